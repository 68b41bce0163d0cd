"""Forwarded and quoted mails inside a mail (RFC 3676 section 4.5; Outlook's and Gmail's header blocks), in every language.

A forwarded mail is as good as the mail itself: people forward their order mails. A mail quoted
below a reply is an older one and weaker.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple, get_args

from ahocorasick_rs import AhoCorasick

from orderparse.document.model import ForwardedHeader, RegionKind
from orderparse.slotted import dataclass
from orderparse.text.fold import fold
from orderparse.text.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from orderparse.document.sheet import SheetLine
    from orderparse.languages import Quoted

# Subject prefixes that mean the same wherever they are used
# (https://en.wikipedia.org/wiki/List_of_email_subject_abbreviations).
_REPLY: Final = frozenset(fold("re sv aw antw antwort odp res r rif ynt va vast απ σχετ 回复 回覆 答复 השב رد").split())
_FORWARD: Final = frozenset(fold("fwd fw vb wg doorst tr rv enc i pd vl ilt tovabb tovabbitas πρθ 转发 轉寄 轉發 הועבר").split())
_BOTH: Final = {"vs": "fra"}  # forwards in Danish and Norwegian, where the header block below begins with this word; answers in Finnish
_PREFIX: Final = lazy(r"\s*(?:\[[^\]]{0,80}\]\s*)?(\w{1,12})\s?(?:[\[(]\d{1,3}[\])]|\d{1,2})?\s?[:\uff1a]")

_PRINTED: Final = 5  # lines above the header of a mail that a program prints: its name, the subject
OWN_WORDS: Final = 3  # fewer words above a quoted mail are no text of one's own
_HEADER_LINES: Final = 12  # within which the fields of an inlined header stand
_MARK_LINE: Final = 200  # characters of the longest line that may be a mark
_ATTRIBUTION: Final = 400  # characters of the longest attribution
_STRONG: Final = 2  # see SheetLine.quote
_STRIPPED: Final = " \t-_=*>:~#|\u2500"
_DECORATED: Final = lazy(r"[ \t>|]*+[-_=*~\u2500]{3,}")
_MOMENT: Final = lazy(r"(?<!\d)\d{4}(?!\d)|\d{1,2}[:.]\d\d")  # a year or a time of day

Field = Literal["sender", "sent", "to", "subject"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Marks:
    """What begins a quoted or forwarded mail, folded, in all languages at once."""

    forwarded: frozenset[str]
    original: frozenset[str]
    wrote: tuple[str, ...]
    fields: dict[str, Field]
    some: AhoCorasick  # is met in every text that has one of them

    @classmethod
    def of(cls, quoted: Sequence[Quoted]) -> Marks:
        """Marks of some languages together."""
        forwarded = frozenset(_folded(phrase for marks in quoted for phrase in marks.forwarded))
        original = frozenset(_folded(phrase for marks in quoted for phrase in marks.original)) - forwarded
        wrote = tuple(_folded(phrase for marks in quoted for phrase in marks.wrote))
        fields: dict[str, Field] = {}
        for marks in quoted:
            words: tuple[tuple[Field, tuple[str, ...]], ...] = (
                ("sender", marks.from_), ("subject", marks.subject), ("sent", marks.sent), ("to", marks.to),
            )  # fmt: skip
            for field, phrases in words:
                for phrase in _folded(phrases):
                    fields.setdefault(phrase, field)
        senders = [word for word, field in fields.items() if field == "sender"]
        shapes = [f"\n{star}{word}{colon}" for word in senders for star in ("", "*") for colon in (":", " :", "*:", ":*")]
        some = AhoCorasick(list(dict.fromkeys([*forwarded, *original, *wrote, *shapes, ">:"])))
        return cls(forwarded=forwarded, original=original, wrote=wrote, fields=fields, some=some)


def _folded(phrases: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(plain for phrase in phrases if (plain := _plain(fold(phrase)))))


def _plain(folded: str) -> str:
    return " ".join(folded.strip(_STRIPPED).split())


def prefix(subject: str) -> RegionKind | None:
    """What the first prefix of a subject says of the mail below: FORWARDED, QUOTED (a reply) or nothing.

    >>> prefix("Fwd: Re: Your order"), prefix("SV: Din order"), prefix("Order 4821: shipped")
    (<RegionKind.FORWARDED: 'forwarded'>, <RegionKind.QUOTED: 'quoted'>, None)
    """
    word = _opening(subject)
    if word in _FORWARD:
        return RegionKind.FORWARDED
    return RegionKind.QUOTED if word in _REPLY else None


def _opening(subject: str) -> str:
    match = _PREFIX.match(fold(subject[:200]))
    return match[1] if match is not None else ""


def regions(
    lines: Sequence[SheetLine],
    folded: Sequence[str],
    marks: Marks,
    *,
    subject: str = "",
    body: RegionKind = RegionKind.BODY,
    headless: bool = False,
) -> tuple[list[RegionKind], ForwardedHeader | None]:
    """Region of each line of one part, and the header block of the first mail that is forwarded in it.

    ``body`` is the region of the part's own text: BODY, or FORWARDED in an attached mail. In a ``headless`` mail, which is a page
    that somebody saved, a header block near the top is its own, with what a mail program printed above it.
    """
    marked = any(line.quote for line in lines) or bool(marks.some.find_matches_as_indexes("\n" + "\n".join(folded)))
    shown = [index for index, line in enumerate(lines) if not line.hidden]  # the others stand between what a person reads
    found = [RegionKind.HIDDEN] * len(lines)
    header = None
    if marked:
        reader = _Reader([lines[index] for index in shown], [folded[index] for index in shown], marks, subject, headless=headless)
        for index, region in zip(shown, reader.regions(body), strict=True):
            found[index] = region
        header = reader.header
    else:
        for index in shown:
            found[index] = body
    return found, header


class _Start(NamedTuple):
    """What begins an older mail: the kind of mark, the last line that belongs to it, its header block."""

    kind: Literal["forwarded", "original", "wrote", "header"]
    last: int
    header: ForwardedHeader | None = None


class _Reader:
    """Reads the visible lines of one part from top to bottom."""

    def __init__(self, lines: Sequence[SheetLine], folded: Sequence[str], marks: Marks, subject: str, *, headless: bool) -> None:
        self.lines = lines
        self.folded = folded
        self.marks = marks
        self.said = prefix(subject)
        self.opening = _opening(subject)
        self.headless = headless
        self.header: ForwardedHeader | None = None

    def regions(self, body: RegionKind) -> Iterator[RegionKind]:
        """Region of each line; ``header`` is set behind the last."""
        levels = [line.quote for line in self.lines]
        starts = self._starts()
        # Where all is quoted the mail itself is; what counts then is what is quoted deeper.
        lowest = min(levels, default=0)
        whole = lowest >= _STRONG
        quoted = self._quoted(levels, starts, lowest if whole else 0)
        state, to_the_end = (RegionKind.FORWARDED, True) if whole else (body, False)
        own = not whole
        words = began = 0  # words that were read in this state, and the line that it began with
        last = -1  # last line of the mark in hand
        for index, line in enumerate(self.lines):
            if index > last:
                start = starts.get(index)
                if not own and not to_the_end and not quoted[index]:
                    own, state = True, body  # between or below quotes
                if own and (start or quoted[index]):
                    state = self._decide(index, words, starts)
                    after = start.last + 1 if start else index
                    to_the_end = start is not None and not quoted[index] and not (after < len(quoted) and quoted[after])
                    own, words, began = False, 0, index
                elif (
                    start
                    and not own
                    and state == RegionKind.FORWARDED
                    and start.kind != "forwarded"
                    and words >= OWN_WORDS
                    and index > began + 1  # a header block below a mark that nobody knows is of the same mail
                ):
                    state = RegionKind.QUOTED  # what the forwarded mail was an answer to
                if start:
                    last = start.last
                    if state == RegionKind.FORWARDED and self.header is None:
                        self.header = start.header
                if index > last:
                    words += len(line.text.split(None, OWN_WORDS))
            yield RegionKind.QUOTED if whole and quoted[index] else state

    def _decide(self, index: int, words: int, starts: Mapping[int, _Start]) -> RegionKind:
        near = (starts.get(line) for line in range(index, index + 4))
        if any(start is not None and start.kind == "forwarded" for start in near):
            return RegionKind.FORWARDED
        if self.said is not None:
            return self.said
        if self.opening in _BOTH and _plain(self.folded[index].partition(":")[0]) == _BOTH[self.opening]:
            return RegionKind.FORWARDED
        start = starts.get(index)
        if self.headless and index < _PRINTED and start is not None and start.header is not None and not start.header.subject:
            return RegionKind.FORWARDED  # who prints a mail puts its subject above the other fields
        return RegionKind.FORWARDED if words < OWN_WORDS else RegionKind.QUOTED

    def _quoted(self, levels: list[int], starts: Mapping[int, _Start], base: int) -> list[bool]:
        """Whether each line stands in quote marks or in a quote of a mail program.

        A ``blockquote`` as such is a matter of style; it is a quote below an attribution, and in answers.
        """
        found: list[bool] = []
        behind = {start.last + 1 for start in starts.values()}
        for index, level in enumerate(levels):
            if level == 1:
                again = index > 0 and levels[index - 1] == 1 and found[-1]
                found.append(self.said is not None or index in behind or again)
            else:
                found.append(level > base)
        return found

    def _starts(self) -> dict[int, _Start]:
        found: dict[int, _Start] = {}
        last = -1
        for index in range(len(self.lines)):
            if index > last and (start := self._start(index)):
                found[index] = start
                last = start.last
        return found

    def _start(self, index: int) -> _Start | None:
        mark = self._mark(index)
        if mark is not None:
            end, header = self._header(index + 1, marked=True)
            return _Start(mark, max(end, index), header)
        end = self._attribution(index)
        if end >= 0:
            return _Start("wrote", end)
        end, header = self._header(index)
        return _Start("header", end, header) if header else None

    def _mark(self, index: int) -> Literal["forwarded", "original"] | None:
        folded = self.folded[index]
        plain = _plain(folded) if len(folded) <= _MARK_LINE else ""
        if not plain:
            return None
        if plain in self.marks.forwarded:
            return "forwarded"
        if plain in self.marks.original:
            return "original"
        if _DECORATED.match(folded):  # "----- Forwarded by A B on 1/2/2025 -----"
            if any(plain.startswith(phrase) for phrase in self.marks.forwarded):
                return "forwarded"
            if any(plain.startswith(phrase) for phrase in self.marks.original):
                return "original"
        return None

    def _attribution(self, index: int) -> int:
        """Last line of an attribution ("On 3 March 2025 A B wrote:") that begins here, or -1."""
        folded = self.folded[index]
        if len(folded) > _ATTRIBUTION:
            return -1
        if folded.endswith(":"):
            return index if self._attributes(folded) else -1
        if index + 1 == len(self.folded) or not _MOMENT.search(folded):
            return -1
        following = self.folded[index + 1]
        # Mail programs wrap the line before or in the address.
        if len(following) <= _ATTRIBUTION and following.endswith(":") and ("@" in following or following.startswith(self.marks.wrote)):
            return index + 1 if self._attributes(f"{folded} {following}") else -1
        return -1

    def _attributes(self, folded: str) -> bool:
        if not any(char.isdigit() or char == "@" for char in folded):
            return False
        if folded.endswith(">:") and "@" in folded and _MOMENT.search(folded):
            return True
        return any(_has_word(folded, word) for word in self.marks.wrote)

    def _header(self, first: int, *, marked: bool = False) -> tuple[int, ForwardedHeader | None]:
        """Last line and fields of the header block that begins on a line, or -1 and None."""
        found: dict[str, str] = {}
        last = -1
        waiting: Field | None = None  # field whose value stands on the next line
        for index in range(first, min(first + _HEADER_LINES, len(self.lines))):
            label, colon, _ = self.folded[index].partition(":")
            field = self.marks.fields.get(_plain(label)) if colon and len(label) <= _MARK_LINE else None
            if (field in found and field != "to") or (index - first >= len(_FIELDS) and "sender" not in found):
                break
            if field is not None:
                value = self.lines[index].text.partition(":" if ":" in self.lines[index].text else "\uff1a")[2].strip(" \t*")
                found.setdefault(field, value)
                waiting = None if value else field
                last = index
            elif waiting is not None:
                found[waiting] = self.lines[index].text
                waiting = None
                last = index
            elif not (colon and found and len(label) <= _MARK_LINE and len(found) < len(_FIELDS) and label.isalpha()):
                break  # a field with a name that is not known, as "Importance:", does not end the block
        enough = 2 if marked else 3
        if "sender" not in found or len(found) < enough:
            return -1, None
        if not marked and "subject" not in found and "@" not in found["sender"]:
            return -1, None  # "From", "To" and "Date" of a parcel
        return last, ForwardedHeader(sender=found["sender"], sent=found.get("sent", ""), subject=found.get("subject", ""))


_FIELDS: Final = get_args(Field)


def _has_word(folded: str, word: str) -> bool:
    at = folded.find(word)
    while at >= 0:
        end = at + len(word)
        before, after = folded[at - 1 : at], folded[end : end + 1]
        if not (before.isascii() and before.isalpha()) and not (after.isascii() and after.isalpha()):
            return True
        at = folded.find(word, end)
    return False
