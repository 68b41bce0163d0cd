"""The grid of an HTML table (HTML Living Standard, section 4.9.12): in which column a cell stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orderparse.text.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGEST: Final = 1_000  # columns or rows of one cell; also the last column that is counted
_ROOM: Final = 100_000

_NUMBER: Final = lazy(r"[ \t\n\f\r]*+([0-9]{1,4})([0-9]?)")


class Table:
    """A table that stands open: its number, and the row and column to go on with."""

    __slots__ = ("column", "number", "row", "row_open", "taken")

    def __init__(self, number: int) -> None:
        self.number = number
        self.row = -1
        self.column = 0
        self.row_open = False  # the next cell may go on with the line of the one before
        self.taken: dict[int, int] = {}  # column -> last row that a cell from above reaches

    def begin_row(self) -> None:
        """Go on with the first column of the next row."""
        self.row += 1
        self.column = 0
        self.row_open = False


class Grid:
    """Places cells in their tables; ``room`` is how many places cells of several rows may still take in this part."""

    __slots__ = ("room",)

    def __init__(self) -> None:
        self.room = _ROOM

    def place(self, table: Table, attributes: Mapping[str, str | None]) -> tuple[int, int]:
        """Column of the next cell of a table, and how many columns it takes.

        >>> grid, table = Grid(), Table(0)
        >>> table.begin_row()
        >>> grid.place(table, {"rowspan": "2"}), grid.place(table, {"colspan": "3"}), grid.place(table, {})
        ((0, 1), (1, 3), (4, 1))
        >>> table.begin_row()
        >>> grid.place(table, {})
        (1, 1)
        """
        column = table.column
        columns = 1
        if table.taken and self.room > 0:
            while table.taken.get(column, -1) >= table.row:
                column += 1
            self.room -= column - table.column
        if attributes:
            if colspan := attributes.get("colspan"):
                columns = _count(colspan)
            if rowspan := attributes.get("rowspan"):
                rows = _count(rowspan)
                if rows > 1 and column < LARGEST and self.room > 0:
                    self.room -= columns
                    table.taken.update(dict.fromkeys(range(column, column + columns), table.row + rows - 1))
        column = min(column, LARGEST)
        table.column = column + columns
        return column, columns


def _count(value: str) -> int:
    match = _NUMBER.match(value)
    if match is None:
        return 1
    return LARGEST if match[2] else min(max(int(match[1]), 1), LARGEST)
