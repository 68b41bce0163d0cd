"""How much of what a mail shows is read: head, tail, and between them the places where a number stands.

A mail for people shows some thousand characters, one with its terms of business some ten thousand. A text of megabytes
would take minutes to weigh; of it so much is kept that any mail is read within a second, and no number is ever cut in two.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from orderparse.slotted import dataclass
from orderparse.text.patterns import lazy
from orderparse.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orderparse.document.sheet import Sheet, SheetLine

PART: Final = 96 << 10  # characters of one part ...
MAIL: Final = 128 << 10  # ... and of all parts of a mail, attached mails included
NUMBERS: Final = 2_000  # runs of digits of one part
MAIL_NUMBERS: Final = 3_000
LINES: Final = 8_000  # of one part
LINE: Final = 8_000  # characters of a line; of a longer one its two ends are kept
LINE_NUMBERS: Final = 240  # runs of digits of a line
_HEAD, _TAIL, _PICKS, _SHARES = 5, 2, 1, 8  # how a budget is dealt out
_AROUND: Final = 200  # characters before and behind a number that is picked out of the middle
_LOOKED_AT: Final = 5_000  # numbers of the middle that are looked at
_BACK: Final = 2_000  # characters that a cut is moved by, so that no number is cut in two ...
_LITTLE: Final = 64  # ... around a number that is picked out

_RUN: Final = lazy(r"\d+")
_LONG_RUN: Final = lazy(r"\d{4,}")
_DIGIT: Final = lazy(r"\d")
_JOINING: Final = frozenset("-._/@:%&=?#+")


@dataclass(slots=True)
class Room:
    """What is left of a mail's budget."""

    characters: int = MAIL
    numbers: int = MAIL_NUMBERS

    def take(self, text: str) -> None:
        """Charge a text that is kept."""
        self.characters -= len(text) + 1
        if self.numbers < len(text):  # else it cannot matter
            self.numbers -= len(_RUN.findall(text))


def kept(text: str, room: Room) -> list[Span] | None:
    r"""The stretches of a text that are read, in order, each on lines of its own; None if all of it is.

    >>> kept("Order number: 4821", Room()) is None
    True
    >>> long = "lorem ipsum\n" * 100_000
    >>> spans = kept(f"{long}Order number: 4821\n{long}", Room())
    >>> sum(span.size for span in spans) < PART, any("4821" in long[:0] + f"{long}Order number: 4821\n{long}"[span.slice] for span in spans)
    (True, True)
    """
    size = len(text)
    characters, numbers = min(PART, room.characters), min(NUMBERS, room.numbers)
    if size <= min(characters, LINE, 2 * numbers, 2 * LINE_NUMBERS):
        return None
    if size <= characters and text.count("\n") < LINES and _fits(text, numbers):
        return None
    if characters <= 0 or numbers <= 0:
        return []
    head = _Budget(text, characters, numbers, _HEAD).forwards()
    at = head[-1].end if head else 0
    tail = _Budget(text, characters, numbers, _TAIL).backwards(at)
    stop = tail[0].start if tail else size
    return [*head, *_Budget(text, characters, numbers, _PICKS).picks(at, stop), *tail]


def _fits(text: str, numbers: int) -> bool:
    """Whether lines and numbers are few enough."""
    if len(text) > 2 * numbers and len(_RUN.findall(text)) > numbers:
        return False
    return all(
        len(line) <= LINE and (len(line) <= 2 * LINE_NUMBERS or len(_RUN.findall(line)) <= LINE_NUMBERS) for line in text.split("\n")
    )


class _Budget:
    """A share of the budget of one part, and what is taken by it."""

    def __init__(self, text: str, characters: int, numbers: int, share: int) -> None:
        self.text = text
        self.characters = characters * share // _SHARES
        self.numbers = numbers * share // _SHARES
        self.lines = LINES * share // _SHARES
        self.spans: list[Span] = []

    def _add(self, start: int, end: int) -> bool:
        """Take a stretch of a line; False when there is no room for it."""
        numbers = len(_RUN.findall(self.text, start, end)) if end > start else 0
        if end - start >= self.characters or numbers > self.numbers or not self.lines:
            return False
        self.characters -= end - start + 1
        self.numbers -= numbers
        self.lines -= 1
        self.spans.append(Span(start, end))
        return True

    def forwards(self) -> list[Span]:
        """The beginning of the text."""
        at, size = 0, len(self.text)
        while at < size:
            end = self.text.find("\n", at)
            end = size if end < 0 else end
            if not all(self._add(*piece) for piece in self._pieces(at, end)):
                break
            at = end + 1
        return self.spans

    def backwards(self, first: int) -> list[Span]:
        """The end of the text, but nothing before a place."""
        end = len(self.text)
        while end > first:
            start = max(self.text.rfind("\n", first, end) + 1, first)
            if not all(self._add(*piece) for piece in reversed(self._pieces(start, end))):
                break
            end = start - 1
        self.spans.reverse()
        return self.spans

    def picks(self, at: int, stop: int) -> list[Span]:
        """Lines with a number of four digits or more between two places, but not one like another."""
        text = self.text
        met: set[str] = set()
        for _ in range(_LOOKED_AT):
            number = _LONG_RUN.search(text, at, stop)
            if number is None:
                break
            above = text.rfind("\n", at, number.start())  # a label stands on the line above at times
            start = max(text.rfind("\n", at, max(above, at)) + 1, at, number.start() - _AROUND)
            end = text.find("\n", number.end(), min(number.end() + _AROUND, stop))
            end = min(number.end() + _AROUND, stop) if end < 0 else end
            start, end = _behind_word(text, start, number.start(), _LITTLE), _before_word(text, end, number.end(), _LITTLE)
            at = max(number.end(), end)
            like = _DIGIT.sub("0", text[start:end])
            if like in met:
                continue
            met.add(like)
            if not self._add(start, end):
                break
        return self.spans

    def _pieces(self, start: int, end: int) -> list[tuple[int, int]]:
        """A line; or its two ends, if it is too long or holds too many numbers."""
        text = self.text
        if end - start <= 2 * LINE_NUMBERS or (end - start <= LINE and len(_RUN.findall(text, start, end)) <= LINE_NUMBERS):
            return [(start, end)]
        half, few = LINE // 2, LINE_NUMBERS // 2
        head, tail = min(start + half, end), max(end - half, start)
        runs = [run.end() for run in _RUN.finditer(text, start, head)]
        head = _before_word(text, min(head, runs[few - 1] + 1) if len(runs) >= few else head, start)
        runs = [run.start() for run in _RUN.finditer(text, tail, end)]
        tail = _behind_word(text, max(tail, runs[-few]) if len(runs) >= few else tail, end)
        return [piece for piece in ((start, head), (max(tail, head), end)) if piece[0] < piece[1]]


def _joins(char: str) -> bool:
    return char in _JOINING or char.isdigit() or (char.isascii() and char.isalnum())


def _before_word(text: str, at: int, first: int, back: int = _BACK) -> int:
    """The last place up to ``at`` where no word is cut; ``first`` if the word is endless."""
    if at >= len(text) or not _joins(text[at]):
        return at
    stop = max(first, at - back)
    while at > stop and _joins(text[at - 1]):
        at -= 1
    return first if at == stop else at


def _behind_word(text: str, at: int, last: int, on: int = _BACK) -> int:
    """The first place from ``at`` on where no word is cut; ``last`` if the word is endless."""
    if at <= 0 or not _joins(text[at - 1]):
        return at
    stop = min(last, at + on)
    while at < stop and _joins(text[at]):
        at += 1
    return last if at == stop else at


def pieces(line: str) -> list[str]:
    """The two ends of an endless line, and between them the places of numbers."""
    head, tail = (_before_word(line, LINE // 2, 0), _behind_word(line, len(line) - LINE // 2, len(line)))
    middle = _Budget(line, LINE, LINE_NUMBERS, _SHARES).picks(head, tail)
    return [line[:head], *(line[span.slice] for span in middle), line[tail:]]


def shorten(sheet: Sheet, room: Room) -> bool:
    """Leave a sheet what is read of it, with its cells and links where they are then; gives whether anything was left out."""
    lines = sheet.lines
    if not lines:
        return False
    base = sheet.at - sum(len(line.text) + 1 for line in lines)
    text = "\n".join(line.text for line in lines)
    spans = kept(text, room)
    if spans is None:
        return False
    starts: list[int] = []
    at = 0
    for line in lines:
        starts.append(at)
        at += len(line.text) + 1
    segments: list[tuple[int, int, int]] = []  # where it began, where it ended, where it begins now
    new: list[SheetLine] = []
    to = 0
    for start, end in _by_line(spans, text):
        line = lines[bisect_right(starts, start) - 1]
        segments.append((start, end, to))
        new.append(line._replace(text=text[start:end]))
        to += end - start + 1
    begins = [segment[0] for segment in segments]

    def move(first: int, last: int) -> Span | None:
        """Where a stretch is now; None if it is cut or gone."""
        number = bisect_right(begins, first - base) - 1
        if number < 0:
            return None
        start, end, place = segments[number]
        if last - base > end:
            return None
        return Span(base + first - base - start + place, base + last - base - start + place)

    sheet.cells[:] = [cell._replace(span=span) for cell in sheet.cells if (span := move(*cell.span)) is not None]
    sheet.links[:] = [
        link._replace(start=span.start, end=span.end) for link in sheet.links if (span := move(link.start, link.end)) is not None
    ]
    sheet.lines[:] = new
    sheet.at = base + to
    return True


def _by_line(spans: list[Span], text: str) -> Iterator[tuple[int, int]]:
    """Stretches of lines; those that hold nothing are left out."""
    for start, end in spans:
        at = start
        while at <= end:
            stop = text.find("\n", at, end)
            stop = end if stop < 0 else stop
            if stop > at:
                yield at, stop
            at = stop + 1
