"""Codes: order numbers, tracking numbers, article numbers and all else that looks like an identifier.

This floor says only what *could* be a code and in what form; dates, amounts and phone numbers
among them are told apart by others. No character of a code is ever added, dropped or exchanged
for one that looks alike; only blanks, invisible characters and a leading mark (#, №) are no part of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from orderparse.text.fold import INVISIBLE
from orderparse.text.patterns import inside, lazy
from orderparse.text.span import Span
from orderparse.values import links
from orderparse.values.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 64  # characters of a code
_SHORTEST_RUN, _LONGEST_RUN, _FEW_GROUPS, _MOST_GROUPS = 6, 34, 3, 8  # of codes written in groups; an IBAN has up to 34 characters

# Letters of scripts that part words by blanks. A letter of another script (Han, kana, Thai, Hebrew,
# Arabic ...) ends a code: "订单号8012345号" holds 8012345.
_LETTERS = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af"  # Latin
    "\u0370-\u0373\u0376-\u0377\u037b-\u037d\u0386\u0388-\u03ff"  # Greek
    "\u0400-\u0481\u048a-\u052f\u0531-\u0556\u0561-\u0587"  # Cyrillic, Armenian
)
_WORD = f"0-9{_LETTERS}"
# A token from its first digit on; what stands before that digit is looked up backwards.
# Google Play counts the renewals of a subscription behind two dots: "GPA.2864-1097-5312-46085..3".
_FROM_DIGIT = lazy(rf"[0-9][{_WORD}]*+(?>(?:[-._/][{_WORD}]++)*)(?:(?<=-[0-9]{{5}})\.\.[0-9]{{1,4}}(?![{_WORD}.]))?")
_BACKWARDS = lazy(rf"[{_WORD}._/-]")
_CAPITALS = lazy(rf"[A-Z](?<![{_WORD}].)(?<![{_WORD}][-._/].)[A-Z]{{3,15}}(?![{_WORD}])(?![-._/][{_WORD}])")
# With the zone that a forwarded header writes behind it (RFC 5322, 3.3), which is no phone number.
_CLOCK = lazy(r"[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?(?![0-9:])(?: [+-](?:0[0-9]|1[0-4])(?:00|15|30|45)(?![ -]?[0-9A-Za-z]))?")
_CLOCK_REST = lazy(r"(?::[0-5][0-9]){1,2}(?:\.[0-9]+)?(?:[+-][0-9]{2}:?[0-9]{2})?(?![0-9:])")
_CLOCK_HOUR = lazy(r"T[0-2][0-9]\Z")
# When a shop is open: "9.00-17.00", "8h30-18h00".
_HOURS = lazy(r"(?:[01]?[0-9]|2[0-4])[.hH][0-5][0-9]-(?:[01]?[0-9]|2[0-4])[.hH][0-5][0-9]")
_HOST = lazy(rf"(?>(?:[{_WORD}-]++\.)+)(?<=\.)[a-z]{{2,24}}(?![{_WORD}.])")
_FILE = lazy(r"\.(?:pdf|html?|xml|zip|docx?|xlsx?|csv|png|jpe?g|gif|txt|ics|eml)\Z")
_WORD_PIECE = lazy(rf"(?=[^._/-]*[a-z\u00df-\u00f6\u00f8-\u00ff\u03ac-\u03ce\u0430-\u045f])[{_LETTERS}]++")
_LABEL = lazy(rf"(?>(?:[{_LETTERS}]++\.)+)(?=[0-9])")
_GROUP = lazy(r"[A-Z0-9]{1,8}(?:-[A-Z0-9]{1,8})?")
_BETWEEN = lazy(r"\)? (?:[A-Z]{1,4} )?\(?")
_AREA = lazy(r"\([0-9]{1,5}\Z")
_AREA_AFTER = lazy(r"[0-9]{1,5}\) [0-9]")
_LETTERS_BEFORE = lazy(rf"(?<![{_WORD}._/-])[A-Z]{{1,3}} \Z")
_CAPITALS_BEFORE = lazy(rf"(?<![{_WORD}._/-])[A-Z]{{1,8}} \Z")  # before four groups or more: "PNTVGF 0004 7182 9304 6"
_LETTERS_AFTER = lazy(rf" [A-Z]{{1,2}}(?![{_WORD}_/-]|\.[{_WORD}])")
_NO_BLANK = lazy(r"\S*")
_BREAKS = frozenset(" \n\t(#:$")
_MARKS = frozenset(",.:'")
_NO_LETTER = lazy(r"[ ()]*")
_DIGIT = lazy(r"[0-9]")
_DIGITS = lazy(r"[0-9-]+")
_MAIL_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.!#$%&'*+/=?^_`{|}~-"  # RFC 5322, atext
_MAIL_DOMAIN = lazy(r"@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
_NOT_KEPT = lazy(rf"[\s()\[\]{inside(INVISIBLE)}]+")
_SEPARATORS = lazy(r"[^\w]|_")


class Code(NamedTuple):
    """A code and where it stands.

    ``value`` has ASCII digits and no blanks; letter case, inner dashes, dots, slashes, underscores
    and leading zeros are as written. ``joined`` tells that blanks part its groups in the text.
    """

    span: Span
    value: str
    joined: bool


def find(text: str) -> Iterator[Code]:
    """Codes of a cleaned text, in the order in which they begin; a joined code comes besides its pieces.

    Given are tokens of letters and digits with a digit in them, words of 4 to 16 capital letters,
    and runs of groups that are parted by one blank. Never given are clock times and parts of
    e-mail addresses, host names and URLs.

    >>> [code.value for code in find("Order #0048-21 (AB12), Nr.77001, RB 123 456 785 SE")]
    ['0048-21', 'AB12', '77001', 'RB123456785SE', '123456785', '123', '456', '785']
    >>> [code.value for code in find("at 12:30, a1@shop.example, https://x.example/4821, www.24shop.example/77, hello")]
    []
    """
    text = plain(text)
    covered = _covered(text)
    found = _tokens(text, covered)
    for match in _CAPITALS.finditer(text):
        if not _inside(covered, match.start()):
            found.append(Code(Span(*match.span()), match[0], joined=False))
    found.sort(key=lambda code: (code.span.start, -code.span.end))
    yield from found


def normal(text: str) -> str:
    r"""Give the normal form of a code: ASCII digits, no blanks, invisible characters, brackets or leading mark.

    >>> normal(" #８０１２ 3456-٧ "), normal("(503) 555\u200b-0148"), normal("№ ab/0012")
    ('80123456-7', '503555-0148', 'ab/0012')
    """
    return _NOT_KEPT.sub("", plain(text)).lstrip("#№")


def compact(text: str) -> str:
    """Letters and digits of a code only, as number formats are compared; letter case as written.

    >>> compact("RB 123-456.785/SE"), compact("250-1234567-0000001")
    ('RB123456785SE', '25012345670000001')
    """
    return _SEPARATORS.sub("", normal(text))


def _tokens(text: str, covered: list[tuple[int, int]]) -> list[Code]:
    found: list[Code] = []
    run: list[tuple[int, int]] = []
    done = 0
    rest = iter((*covered, (len(text), len(text) + 1)))
    hidden = next(rest)
    for match in _FROM_DIGIT.finditer(text):
        start, end = match.span()
        if start < done:
            continue
        before = text[start - 1] if start else " "
        if before not in _BREAKS and _BACKWARDS.match(before):
            start = _start(text, done, start)
            before = text[start - 1] if start else " "
        while hidden[1] <= start:
            hidden = next(rest)
        if hidden[0] <= start or end - start > LONGEST:
            done = end
            continue
        if _HOURS.fullmatch(text, start, end):
            done = end
            continue
        after = text[end : end + 1]
        done = (after == ":" and _clock(text, start, end)) or end
        if done > end:  # of a date and a time the date is left
            day = _CLOCK_HOUR.search(text, start, end)
            if not day:
                continue
            end = day.start()
        token = text[start:end]
        if "." not in token:
            found.append(Code(Span(start, end), token, joined=False))
        elif (host := _HOST.match(text, start)) and host.end() <= end and not _FILE.search(text, start, host.end()):
            done = _blank_after(text, end)
            continue
        else:
            found.extend(_pieces(text, start, end))
        # Groups that one blank parts may be one code; "299" in "1 299,00" is no group.
        if (after in _MARKS and text[end + 1 : end + 2].isdecimal()) or (before in _MARKS and text[start - 2 : start - 1].isdecimal()):
            grouped = False
        else:
            grouped = end - start <= 17 and _GROUP.fullmatch(token) is not None  # two times 8 and a dash
        if run and not (grouped and _adjoins(text, run[-1][1], start)):
            found.extend(_joined(text, run))
            run = []
        if grouped:
            run.append((start, end))
    found.extend(_joined(text, run))
    return found


def _start(text: str, done: int, digit: int) -> int:
    """Where the token begins whose first digit is given; what lies more than ``LONGEST`` before it makes it too long."""
    start = digit
    stop = max(done, digit - LONGEST - 1)
    while start > stop and _BACKWARDS.match(text, start - 1):
        if text[start - 1] in "-._/" and (start < 2 or text[start - 2] in "-._/" or not _BACKWARDS.match(text, start - 2)):
            break
        start -= 1
    return start


def _clock(text: str, start: int, end: int) -> int:
    """Where a clock time ends whose first part the token is or ends in; 0 if there is none."""
    match = _CLOCK.match(text, start)
    if match is None and _CLOCK_HOUR.search(text, start, end):
        match = _CLOCK_REST.match(text, end)
    return match.end() if match else 0


def _blank_after(text: str, at: int) -> int:
    match = _NO_BLANK.match(text, at)
    return match.end() if match else at


def _pieces(text: str, start: int, end: int) -> Iterator[Code]:
    """Codes of a token, without words that a full stop glues to it: "Nr.12345", "4821.Thank"."""
    at = begin = start
    for piece in [*text[start:end].split("."), ""]:
        if at > end or _WORD_PIECE.fullmatch(piece):
            if begin < at:
                yield from _piece(text, begin, at - 1)
            begin = at + len(piece) + 1
        at += len(piece) + 1


def _piece(text: str, start: int, end: int) -> Iterator[Code]:
    token = text[start:end]
    if _DIGIT.search(token):
        yield Code(Span(start, end), token, joined=False)
        label = _LABEL.match(token)
        if label:
            yield Code(Span(start + label.end(), end), token[label.end() :], joined=False)


def _joined(text: str, run: list[tuple[int, int]]) -> Iterator[Code]:
    if len(run) < 2:  # groups
        return
    start, end = run[0][0], run[-1][1]
    before = (_CAPITALS_BEFORE if len(run) > _FEW_GROUPS else _LETTERS_BEFORE).search(text, max(0, start - 10), start)
    after = _LETTERS_AFTER.match(text, end)
    whole = Span(before.start() if before else start, after.end() if after else end)
    if whole.size <= 2 * _LONGEST_RUN:
        groups = re.split(r"[ ()]+", text[whole.slice])
        if _may_be_joined(groups):
            yield Code(whole, "".join(groups), joined=True)
    digits = _longest_of_digits(text, run)
    if len(digits) > 1 and (digits[0][0], digits[-1][1]) != whole:
        groups = [text[first:last] for first, last in digits]
        if _may_be_joined(groups):
            yield Code(Span(digits[0][0], digits[-1][1]), "".join(groups), joined=True)


def _adjoins(text: str, before: int, start: int) -> bool:
    """Whether a group goes on with the run that ends at ``before``: one blank, or an area code in brackets, between them."""
    gap = text[before:start]
    if gap == " ":
        return True
    if len(gap) > 8 or not _BETWEEN.fullmatch(gap):  # ") WXYZ ("
        return False
    return (gap[0] != ")" or _AREA.search(text, before - 6, before) is not None) and (
        gap[-1] != "(" or _AREA_AFTER.match(text, start) is not None
    )


def _longest_of_digits(text: str, run: list[tuple[int, int]]) -> list[tuple[int, int]]:
    longest: list[tuple[int, int]] = []
    digits: list[tuple[int, int]] = []
    for first, last in run:
        numeral = _DIGITS.fullmatch(text, first, last) is not None
        if digits and not (numeral and _NO_LETTER.fullmatch(text, digits[-1][1], first)):
            longest = max(longest, digits, key=len)
            digits = []
        if numeral:
            digits.append((first, last))
    return max(longest, digits, key=len)


def _may_be_joined(groups: list[str]) -> bool:
    if not 2 <= len(groups) <= _MOST_GROUPS or not _SHORTEST_RUN <= sum(map(len, groups)) <= _LONGEST_RUN:
        return False
    return len(groups) > 2 or min(map(len, groups)) >= 3


def _covered(text: str) -> list[tuple[int, int]]:
    """Where URLs, bare web hosts and e-mail addresses stand, in text order."""
    spans: list[tuple[int, int]] = [*links.spans(text)] if "://" in text else []
    last = 0
    at = text.find("@")
    while at >= 0:
        domain = _MAIL_DOMAIN.match(text, at)
        before = text[max(last, at - LONGEST) : at]
        local = len(before) - len(before.rstrip(_MAIL_CHARACTERS))
        if domain and local and not domain[0].replace(".", "").removeprefix("@").isdecimal():
            last = domain.end()
            spans.append((at - local, last))
        at = text.find("@", at + 1)
    at = text.find("www.")
    while at >= 0:
        end = _blank_after(text, at)
        spans.append((at, end))
        at = text.find("www.", end)
    covered: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if covered and start <= covered[-1][1]:
            covered[-1] = (covered[-1][0], max(end, covered[-1][1]))
        else:
            covered.append((start, end))
    return covered


def _inside(covered: list[tuple[int, int]], at: int) -> bool:
    index = bisect_right(covered, (at, 1 << 62)) - 1
    return index >= 0 and at < covered[index][1]
