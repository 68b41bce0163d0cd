"""Stacks: labels line by line in one cell, their values line by line in the next.

    Shipping:    62.90
    Insurance:   12.65
    Total:      613.96

In the text of the page, and in the plain text that a program makes of such a table, all labels come first, the last of them often
with the first value on its line.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from orderparse.readers.evidence import Evidence
from orderparse.readers.gaps import PUNCTUATION
from orderparse.readers.headings import NOUN, labels_of, role_of
from orderparse.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orderparse.document.model import Cell
    from orderparse.mentions import Mention, Page

_SURE = 2  # labels that fit their values: then nothing else names them
_HIGHEST = 12  # sums in a plain text
_COLONS = ":\uff1a"


class _Pair(NamedTuple):
    label: Span
    value: Mention


def with_stacks(page: Page, found: Iterable[Evidence]) -> Iterator[Evidence]:
    """The evidence of labels, but for what they seem to say of the values of a stack, with what its own say."""
    held: set[int] = set()
    named: list[Evidence] = []
    for stack in (*_of_cells(page), *_of_lines(page)):
        fitting = [Evidence(value, role, "row_heading", label) for pair in stack for value, role, label in _named(page, pair)]
        if len({item.mention.ident for item in fitting}) >= _SURE:
            held.update(pair.value.ident for pair in stack)
        named += fitting
    yield from (item for item in found if item.mention.ident not in held)
    yield from named


def _named(page: Page, pair: _Pair) -> Iterator[tuple[Mention, str, str]]:
    for key in labels_of(page, pair.label):
        role = None if key.startswith(NOUN) else role_of(pair.value.kind, key)
        if role is not None:
            yield pair.value, role, page.document.text[pair.label.slice]


def _of_cells(page: Page) -> Iterator[list[_Pair]]:
    """Of cells that stand beside each other in their row, with as many lines."""
    text = page.document.text
    before: Cell | None = None
    for cell in page.document.cells:
        beside = before is not None and (before.table, before.row) == (cell.table, cell.row) and before.column < cell.column
        if beside and before is not None and "\n" in text[cell.span.slice]:
            labels, values = _lines(page, before.span), _lines(page, cell.span)
            if len(labels) == len(values):
                yield [_Pair(label, value) for label, line in zip(labels, values, strict=True) for value in _opening(page, line)]
        if cell.span.size:
            before = cell


def _lines(page: Page, span: Span) -> list[Span]:
    lines, at = [], span.start
    for line in page.document.text[span.slice].split("\n"):
        lines.append(Span(at, at + len(line)))
        at += len(line) + 1
    return lines


def _opening(page: Page, line: Span) -> Iterator[Mention]:
    """The values that a line begins with; a day may be a code as well."""
    folded = page.document.folded
    at = bisect_left(page.mentions, line.start, key=lambda mention: mention.span.start)
    for mention in page.mentions[at:]:
        if mention.span.start >= line.end or folded[line.start : mention.span.start].strip(PUNCTUATION):
            return
        if mention.span.end <= line.end:
            yield mention


def _of_lines(page: Page) -> Iterator[list[_Pair]]:
    """Of lines that are in no table: labels with a colon each, then as many sums and no more."""
    number, count = 1, len(page.document.lines)
    while number < count:
        labels: list[Span] = []
        values: list[Mention] = []
        at = number
        while at < count and not values and len(labels) < _HIGHEST and (label := _label(page, at)) is not None:
            labels.append(label)
            values += [
                mention for mention in page.line_mentions.get(at, ()) if mention.span.start >= label.end and mention.amount is not None
            ]
            at += 1
        if len(labels) >= _SURE:
            while at < count and len(values) <= len(labels) and (value := _sum(page, at)) is not None:
                values.append(value)
                at += 1
            if len(values) == len(labels):
                yield [_Pair(label, value) for label, value in zip(labels, values, strict=True)]
        number = max(at, number + 1)


def _label(page: Page, number: int) -> Span | None:
    """What a line says that ends with a colon, or with a colon and a sum."""
    line = page.document.lines[number].span
    sums = [mention for mention in page.line_mentions.get(number, ()) if mention.amount is not None]
    if len(sums) > 1 or page.line_cells.get(number):
        return None
    if sums and page.document.folded[sums[0].span.end : line.end].strip():
        return None
    end = sums[0].span.start if sums else line.end
    words = page.document.folded[line.start : end].rstrip()
    return Span(line.start, line.start + len(words)) if len(words) > 1 and words[-1] in _COLONS else None


def _sum(page: Page, number: int) -> Mention | None:
    """The sum that a line consists of."""
    line = page.document.lines[number].span
    for mention in page.line_mentions.get(number, ()) if not page.line_cells.get(number) else ():
        if mention.amount is not None and (mention.span.start, mention.span.end) == tuple(line):
            return mention
    return None
