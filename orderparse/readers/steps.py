"""Steps: a row of what happens to an order above a row of days, as the bar of a progress has it ("Placed | Paid | Shipped")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderparse.readers.gaps import PUNCTUATION
from orderparse.readers.headings import labels_of, line_at, role_of
from orderparse.readers.telling import KIND_DATES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orderparse.document.model import Cell
    from orderparse.mentions import Mention, Page

_LEAST = 2  # other steps of the row
_COLUMNS = 12


def role_of_step(page: Page, grid: Mapping[tuple[int, int, int], Cell], cell: Cell, mention: Mention) -> tuple[str, Cell] | None:
    """The role of a day that is all of its cell, by the step right above it, which no label names; and the cell of that step."""
    text = page.document.text
    if (text[cell.span.start : mention.span.start] + text[mention.span.end : cell.span.end]).strip(PUNCTUATION):
        return None
    step = grid.get((cell.table, cell.row - 1, cell.column))
    if step is None or _is_labelled(page, mention, step):
        return None
    kind = _kind(page, step)
    if not kind:
        return None
    before = (grid.get((cell.table, cell.row - 1, column)) for column in range(cell.column))
    if any(other is not None and _kind(page, other) == kind for other in before):
        return None  # "Confirmed | Being packed | Shipped": the order was made at the first
    row = [grid.get((cell.table, cell.row - 1, column)) for column in range(_COLUMNS) if column != cell.column]
    others = [other for other in row if other is not None and (_is_labelled(page, mention, other) or _kind(page, other))]
    return (KIND_DATES[kind], step) if len(others) >= _LEAST else None


def _is_labelled(page: Page, mention: Mention, cell: Cell) -> bool:
    return any(role_of(mention.kind, key) is not None for key in labels_of(page, cell.span))


def _kind(page: Page, cell: Cell) -> str:
    """The kind that all words of a cell tell together; empty if they tell none that has a day."""
    words = page.document.folded[cell.span.slice].strip(PUNCTUATION)
    for match in page.line_phrases.get(line_at(page, cell.span.start), ()):
        if cell.span.holds(match.span) and page.document.folded[match.span.slice] == words:
            for meaning in match.meanings:
                if meaning.section in {"kind", "status"} and meaning.key in KIND_DATES:
                    return meaning.key
    return ""
