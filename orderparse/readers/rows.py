"""Rows: one label for several values side by side, each in a cell of its own ("Tracking | RB1... | LX2...")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderparse.mentions import MentionKind
from orderparse.readers.gaps import PUNCTUATION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orderparse.mentions import Mention, Page
    from orderparse.text.span import Span

_SHORTEST = 6  # characters of a number: a column of parcels has no counts


def in_row(page: Page, number: int, label: Span, mentions: Sequence[Mention], mention: Mention) -> bool:
    """Whether all that stands between a label, which begins its line, and a value are values of the same kind in cells of their own."""
    folded = page.document.folded
    line = page.document.lines[number].span
    if mention.kind is MentionKind.AMOUNT or folded[line.start : label.start].strip(PUNCTUATION):
        return False
    cells = folded[label.end : line.end].split("\t")
    if len(cells) < 3 or cells[0].strip(PUNCTUATION):  # noqa: PLR2004  # the rest of the label's cell, and two values
        return False
    at = label.end + len(cells[0]) + 1
    for cell in cells[1:]:
        end = at + len(cell)
        if not any(_fills(page, at, end, one, mention.kind) for one in mentions):
            return False
        if mention.span.start < end:
            return True
        at = end + 1
    return False


def _fills(page: Page, start: int, end: int, mention: Mention, kind: MentionKind) -> bool:
    folded = page.document.folded
    return (
        mention.kind is kind
        and start <= mention.span.start
        and mention.span.end <= end
        and not folded[start : mention.span.start].strip(PUNCTUATION)
        and not folded[mention.span.end : end].strip(PUNCTUATION)
        and (mention.code is None or len(mention.code.value) >= _SHORTEST)
    )
