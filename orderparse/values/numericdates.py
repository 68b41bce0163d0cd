"""Dates in numbers only: ISO 8601, 05/06/2026, 5.6., 20260301, 2026年3月1日."""

from __future__ import annotations

import re
from datetime import MAXYEAR
from typing import TYPE_CHECKING

from orderparse.text.patterns import lazy
from orderparse.values.calendars import WORD
from orderparse.values.eras import ERAS, FIRST_YEAR, LAST_YEAR, gregorian
from orderparse.values.stamps import SOLAR, Part, Stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MONTH_FIRST = 0.1  # of the probability that the day stands first: of languages in which the year does
_PIVOT = 70  # two-digit years from here on are of the last century (POSIX: 69)

# Where a date in numbers may begin: one search that rejects nearly all numbers.
_BEGIN = lazy(rf"[0-9](?<![{WORD}].)(?<![0-9][.,:].)(?<![{WORD}][-/].)[0-9]{{0,3}}(?:[-/.]\ ?[0-9]|[0-9]{{4}}(?![0-9]))")
_DATE = lazy(
    r"""
      (?P<ry>[0-9]{4})\.\ ?(?P<rm>[0-9]{1,2})\.\ ?(?P<rd>[0-9]{1,2})\.?\ ?-\ ?(?P<rl>[0-9]{1,2})(?!\.?\ ?[0-9]|[.:-]{2}|[:-])
                                                                                                   # 2026. 03. 16-18.
    | (?P<era>1[0-4][0-9])/(?P<em>[01][0-9])/(?P<ed>[0-3][0-9])                                # 115/02/05 of the Minguo era
    | (?P<y>[0-9]{4}) (?P<ys>[-/.])(?:(?<=\.)\ )? (?P<ym>[0-9]{1,2}) (?P=ys)(?:(?<=\.)\ )? (?P<yd>[0-9]{1,2})  # 2026-03-01, 2026. 3. 1
    | (?:(?P<h>[0-9]{1,2})\.?\ ?-\ ?(?=[0-9]{1,2}\.))?                                          # 16-18.03.2026
      (?P<a>[0-9]{1,2}) (?P<s>[-/.])(?:(?<=\.)\ )? (?P<b>[0-9]{1,2}) (?P=s)(?:(?<=\.)\ (?=[0-9]{4}))?
      (?P<c>[0-9]{4}|[0-9]{2})                                                                  # 05/06/2026, 5. 6. 2026
    | (?:(?P<f>[0-9]{1,2})-)? (?P<p>[0-9]{1,2})/(?P<q>[0-9]{1,2}) (?:[-\ ](?P<py>20[0-9]{2}))?  # 5/6, 10-14/3, 1/3 2026
    | (?:(?P<g>[0-9]{1,2})\.?\ ?-\ ?)? (?P<u>[0-9]{1,2})\.\ ?(?P<v>[0-9]{1,2})\.                # 5.6., 10.-14.3.
    | (?P<compact>(?:19|20)[0-9]{6})
    """,
    re.VERBOSE,
)
_DAY_BEFORE = lazy(rf"(?<![{WORD}])(?<![0-9][.,:])(?<![0-9]\.\ )(?P<day>[0-9]{{1,2}})\.?\ ?-\ ?\Z")
_MONTH_BEFORE = lazy(rf"(?<![{WORD}])(?<![0-9][.,:])(?P<day>[0-9]{{1,2}})\.(?P<month>[0-9]{{1,2}})\.?\ ?-\ ?\Z")
_GLUED = lazy(
    r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.?-(?P<ld>[0-9]{1,2})\.(?P<lm>[0-9]{1,2})\.(?P<y>(?:19|20)[0-9]{2})(?![0-9]|[-/.][0-9])"
)
_BARE_RANGE = lazy(r"([0-3][0-9])\.([01][0-9]) ?- ?([0-3][0-9])\.([01][0-9])(?![0-9]|[.,:-][0-9])")
_MONTH, _SOME_DAYS = 30, 14  # days
# "20.03.2026г.": the word for year in Russian and Bulgarian, Ukrainian, Kazakh, Armenian.
_YEAR_WORD = lazy(rf"(?<=[0-9]{{4}})[\u0433\u0440\u0436\u0569](?![{WORD}])")
_ENDING = lazy(r"-[^\W\d_]{2,3}(?![\w-])")
_CLOCK = lazy(r"t[0-9]{2}(?::?[0-9]{2}){1,2}(?:\.[0-9]+)?(?:z|[+-][0-9]{2}:?[0-9]{2})?")
# Fractions that are met more often than these days of January to April, and "24/7".
_FRACTIONS = frozenset({(1, 1), (1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (1, 5), (2, 2), (3, 3)})
_AROUND_THE_CLOCK = (24, 7)
_CJK = lazy(
    rf"(?:(?:(?P<era>{'|'.join(ERAS)})\s?(?P<n>元|\d{{1,3}})|(?P<y>\d{{2,4}}))\s?[年년]\s?)?"
    r"(?P<m>\d{1,2})\s?[月월]\s?(?P<d>\d{1,2})\s?[日일号號]"
    r"(?:(?:\s?[(\uff08][月火水木金土日월화수목금토일][)\uff09])?\s?[~\uff5e\u301c\u2013-]\s?(?P<l>\d{1,2})\s?[日일号號])?"
)


def stamps(folded: str, day_first: float) -> Iterator[Stamp]:
    """Dates of folded text. ``day_first`` is the probability that 05/06 is the fifth of June.

    >>> [stamp.firsts[0][:3] for stamp in stamps("2026-03-01 7/3 2026 10.5. 25-0821-1050 24/7 v1.2.2026 10.05 kr", 1)]
    [(2026, 3, 1), (2026, 3, 7), (None, 5, 10)]
    """
    at = 0
    while begin := _BEGIN.search(folded, at):
        match = _DATE.match(folded, begin.start())
        stamp = _stamp(folded, match, day_first) if match else _glued(folded, begin.start()) or _bare_range(folded, begin.start())
        at = stamp.end if stamp else begin.end() - 1
        if stamp:
            yield stamp


def cjk_stamps(text: str) -> Iterator[Stamp]:
    """Dates of Chinese, Japanese and Korean text (not folded: folding keeps but the first letter of a Hangul syllable).

    >>> [(stamp.firsts[0][:3], stamp.lasts) for stamp in cjk_stamps("2026年3月1日 12月24日 令和8年3月5日")]
    [((2026, 3, 1), ()), ((None, 12, 24), ()), ((2026, 3, 5), ())]
    """
    if "月" not in text and "월" not in text:
        return
    for match in _CJK.finditer(text):
        if match.start() and text[match.start() - 1].isdecimal():
            continue
        year = _year(match["y"]) if match["y"] else None
        if match["era"]:
            year = ERAS[match["era"]] + (1 if match["n"] == "元" else int(match["n"]))
        first = _part(year, match["m"], match["d"], order="ymd")
        last = _part(first.year, match["m"], match["l"], order="ymd") if first and match["l"] else None
        if first:
            yield Stamp(*match.span(), "named", (first,), (last,) if last else ())


def _glued(folded: str, start: int) -> Stamp | None:
    """A range without blanks whose first day has no year: "17.03-18.03.2026"."""
    match = _GLUED.match(folded, start)
    last = match and _part(int(match["y"]), match["lm"], match["ld"])
    ranged = _from_month(match, (last,)) if match and last else None
    return Stamp(start, match.end(), "numeric", (ranged[0],), (ranged[1],)) if match and ranged else None


def _bare_range(folded: str, start: int) -> Stamp | None:
    """A range of some days without years, of two digits each: "06.02 - 09.02"; a month is no minute of opening hours."""
    match = _BARE_RANGE.match(folded, start)
    if match is None or not _ends(folded, match.end()):
        return None
    (day, month, other, next_month) = (int(part) for part in match.groups())
    first, last = (valid(Part(None, *part, order="dmy")) for part in ((month, day), (next_month, other)))
    if first is None or last is None or not 0 < (next_month - month) % 12 * _MONTH + other - day <= _SOME_DAYS:
        return None
    return Stamp(start, match.end(), "numeric", (first,), (last,))


def _stamp(folded: str, match: re.Match[str], day_first: float) -> Stamp | None:
    start, end = match.span()
    if match["ry"]:
        from_ = _part(int(match["ry"]), match["rm"], match["rd"], order="ymd")
        until = _part(int(match["ry"]), match["rm"], match["rl"], order="ymd")
        return Stamp(start, end, "numeric", (from_,), (until,)) if from_ and until and from_.day < until.day else None
    if match["era"]:
        day = _part(_year(match["era"]), match["em"], match["ed"], order="ymd")
        return Stamp(start, end, "numeric", (day,)) if day and _ends(folded, end) else None
    form = "iso" if match["y"] else "compact" if match["compact"] else "numeric"
    clock = _CLOCK.match(folded, end) if form != "numeric" else None
    if not clock and not _ends(folded, end):
        tail = _DATE.match(folded, end + 1) if folded[end] == "-" or (folded[end] == "/" and form == "iso") else None
        last = tail and _ends(folded, tail.end()) and _parts(tail, day_first)
        if not (tail and last):
            return None
        firsts = _parts(match, day_first)
        paired = tuple((first, other) for first in firsts for other in last if first.order == other.order)
        if not paired:
            return None
        days, others = zip(*paired, strict=True)
        return Stamp(start, tail.end(), form, days, others, short_year=_short(match))
    end = clock.end() if clock else end
    firsts = _parts(match, day_first)
    if not firsts:
        return None
    numbers = (int(match["p"]), int(match["q"])) if match["p"] else ()
    if numbers == _AROUND_THE_CLOCK and not match["py"]:
        return None
    weak = numbers in _FRACTIONS and "0" not in match[0] and not match["py"]
    # "1.2. Delivery" begins a section.
    weak = weak or (match["u"] is not None and len(match["u"] + match["v"]) == 2 and folded[start - 1 : start] in {"", "\n"})
    day_before = match["f"] or match["g"] or match["h"]
    if not day_before and form == "numeric" and (match["s"] == "." or match["u"]):
        before = _DAY_BEFORE.search(folded, max(0, start - 6), start)
        if before and int(before["day"]) <= firsts[0].day:
            day_before, start = before["day"], before.start()
    if not day_before and match["s"] == "." and (before := _MONTH_BEFORE.search(folded, max(0, start - 10), start)):
        ranged = _from_month(before, firsts)
        if ranged:
            return Stamp(before.start(), end, form, (ranged[0],), (ranged[1],), short_year=_short(match))
    if not day_before:
        return Stamp(start, end, form, firsts, weak=weak, has_time=clock is not None, short_year=_short(match))
    lasts = tuple(part for part in firsts if part.order == "dmy" and 0 < int(day_before) <= part.day)
    return Stamp(start, end, form, tuple(last._replace(day=int(day_before)) for last in lasts), lasts) if lasts else None


def _from_month(before: re.Match[str], lasts: Iterable[Part]) -> tuple[Part, Part] | None:
    """The first and last day of "17.03 - 18.03.2026"."""
    for last in lasts:
        if last.order == "dmy" and last.year is not None:
            month = int(before["month"])
            first = valid(last._replace(year=last.year - (month > last.month), month=month, day=int(before["day"])))
            if first and (month, first.day) != (last.month, last.day) and (month != last.month or first.day < last.day):
                return first, last
    return None


def _short(match: re.Match[str]) -> bool:
    return match["c"] is not None and len(match["c"]) == 2  # digits


def _ends(folded: str, end: int) -> bool:
    """Whether no token goes on where a date ends; a full stop may be glued to the next sentence."""
    after, then = folded[end : end + 1], folded[end + 1 : end + 2]
    if not after:
        return True
    if after == ".":
        return not then.isdecimal()
    if after in "-/_":
        # "2026.03.10-en": on the tenth, in Hungarian.
        return not _word(then) or (after == "-" and folded[end - 1] in ".0123456789" and _ENDING.match(folded, end) is not None)
    return not _word(after) or _YEAR_WORD.match(folded, end) is not None


def _word(char: str) -> bool:
    return char.isalnum() and char < "\u0590"


def _parts(match: re.Match[str], day_first: float) -> tuple[Part, ...]:
    if match["compact"]:
        digits = match["compact"]
        parts = [_part(int(digits[:4]), digits[4:6], digits[6:], order="ymd")]
    elif match["y"]:
        parts = [_part(int(match["y"]), match["ym"], match["yd"], order="ymd")]
    elif match["u"]:
        parts = [_part(None, match["v"], match["u"], order="dmy")]
        if day_first <= _MONTH_FIRST:  # Hungarian "04. 02."
            parts = [_part(None, match["u"], match["v"], 1 - day_first, "mdy"), _part(None, match["v"], match["u"], day_first, "dmy")]
    else:
        one, two = (match["a"], match["b"]) if match["a"] else (match["p"], match["q"])
        written = match["c"] or match["py"]
        year = _year(written) if written else None
        if match["s"] == ".":  # dots are hardly ever written month first
            day_first = 1 - (1 - day_first) / 10
        parts = [_part(year, two, one, day_first, "dmy"), _part(year, one, two, 1 - day_first, "mdy")]
        if _short(match):
            parts.append(_part(_year(match["a"]), match["b"], match["c"], 0.3 if match["s"] == "-" else 0.05, "ymd"))
    return tuple(part for part in parts if part and part.weight > 0)


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) == len("115"):
        return year + ERAS["\u6c11\u570b"]
    if len(digits) > 2:
        return year
    return year + (2000 if year < _PIVOT else 1900)


def _part(year: int | None, month: str, day: str, weight: float = 1.0, order: str = "dmy") -> Part | None:
    if year is None:
        return valid(Part(None, int(month), int(day), weight, order))
    written = gregorian(year, int(month), int(day))
    return valid(Part(*written, weight, order)) if written else None


def valid(part: Part) -> Part | None:
    """Return the part if its day is in the calendar; the 29th of February counts where the year is open."""
    if part.order == SOLAR:
        return part if 1 <= part.month <= 12 and 1 <= part.day <= 31 else None  # months, days
    if part.year is not None and not FIRST_YEAR <= part.year <= min(LAST_YEAR, MAXYEAR):
        return None
    return part if 1 <= part.month <= 12 and 1 <= part.day <= days_of(part.year, part.month) else None  # months


def days_of(year: int | None, month: int) -> int:
    """Give the number of days of a month, of February in a leap year if the year is open.

    >>> days_of(2026, 2), days_of(None, 2), days_of(2100, 2)
    (28, 29, 28)
    """
    if month == 2:  # February
        leap = year is None or (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
        return 29 if leap else 28
    return 30 if month in {4, 6, 9, 11} else 31
