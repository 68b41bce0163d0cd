"""Layout: columns of lines fitted to the width of a terminal.

A number is never cut: it breaks onto the next line where it must. Names and subjects give way first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from orderparse.outputs.terminal import UNSURE_STYLE, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console
    from rich.text import Text

_GAP = 2  # blanks between two columns


class Line(NamedTuple):
    """A line of a cell; a ``soft`` one may lose its end."""

    text: Text
    soft: bool = False


class Column(NamedTuple):
    """A column. Those of the highest ``tier`` give way first, down to ``least``; ``grow`` is how wide soft lines make it."""

    name: str
    right: bool = False
    tier: int = 0
    least: int = 4
    grow: int = 0


Cell = tuple[Line, ...]


def hard(text: str | None, confidence: float = 1.0, style: str = "") -> Line:
    """A line that is shown whole."""
    return Line(shown(text, confidence, style))


def soft(text: str | None, confidence: float = 1.0, style: str = "") -> Line:
    """A line that may end in an ellipsis."""
    return Line(shown(text, confidence, style), soft=True)


def write(columns: Sequence[Column], rows: Iterable[Sequence[Cell]], out: Console) -> None:
    """Write the table; an empty cell is a dash."""
    from rich import box  # noqa: PLC0415  # heavy
    from rich.table import Table  # noqa: PLC0415  # heavy
    from rich.text import Text  # noqa: PLC0415  # heavy

    cells = [[cell or (hard(None),) for cell in row] for row in rows]
    natural = [
        max([len(column.name), *(_width(line, column.grow) for row in cells for line in row[place])])
        for place, column in enumerate(columns)
    ]
    widths = fitted(natural, columns, out.width - _GAP * (len(columns) - 1))
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, _GAP - 1, 0, 0), header_style="bold")
    for column, width in zip(columns, widths, strict=True):
        table.add_column(Text(column.name), justify="right" if column.right else "left", overflow="fold", width=width)
    for row in cells:
        table.add_row(*(Text("\n").join(_cut(line, width) for line in cell) for cell, width in zip(row, widths, strict=True)))
    out.print(table)


def fitted(natural: Sequence[int], columns: Sequence[Column], room: int) -> list[int]:
    """The widths that fit into the room, as far as the columns give way.

    >>> fitted([10, 30, 20], [Column("a"), Column("b", tier=2, least=8), Column("c", tier=1, least=10)], 35)
    [10, 8, 17]
    """
    widths = list(natural)
    for tier in sorted({column.tier for column in columns}, reverse=True):
        giving = [place for place, column in enumerate(columns) if column.tier == tier]
        while sum(widths) > room:
            widest = max(giving, key=lambda place: widths[place] - columns[place].least)
            if widths[widest] <= columns[widest].least:
                break
            widths[widest] -= 1
    return widths


def _width(line: Line, grow: int) -> int:
    return min(line.text.cell_len, grow) if line.soft else line.text.cell_len


def _cut(line: Line, width: int) -> Text:
    """The line as wide as its column; one that is not sure keeps its mark."""
    text = line.text.copy()
    if line.soft and text.cell_len > width:
        unsure = text.style == UNSURE_STYLE
        text.truncate(width - unsure, overflow="ellipsis")
        text.append("?" if unsure else "")
    return text
