"""Layout: columns of lines fitted to the width of a terminal.

A number is never cut: it breaks onto the next line where it must. Names and subjects give way first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from orderparse.outputs import cells
from orderparse.outputs.terminal import UNSURE_STYLE, Shown, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from orderparse.outputs.terminal import Terminal

_GAP = 2  # blanks between two columns


class Line(NamedTuple):
    """A line of a cell; a ``soft`` one may lose its end."""

    text: Shown
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


def write(columns: Sequence[Column], rows: Iterable[Sequence[Cell]], out: Terminal) -> None:
    """Write the table; an empty cell is a dash."""
    table = [[cell or (hard(None),) for cell in row] for row in rows]
    natural = [
        max([len(column.name), *(_width(line, column.grow) for row in table for line in row[place])])
        for place, column in enumerate(columns)
    ]
    room = out.width - _GAP * (len(columns) - 1)
    wanted = fitted(natural, columns, room)
    widths = _squeezed(wanted, room)
    heads = [[Shown(part, "bold") for part in cells.broken(column.name, width)] for column, width in zip(columns, widths, strict=True)]
    tallest = max(map(len, heads))
    _write_row(columns, [[*[Shown("")] * (tallest - len(head)), *head] for head in heads], widths, out)
    out.file.write("─" * (sum(widths) + _GAP * (len(columns) - 1)) + "\n")
    for row in table:
        broken = [
            [part for line in cell for part in _broken(_cut(line, most), width)]
            for cell, most, width in zip(row, wanted, widths, strict=True)
        ]
        _write_row(columns, broken, widths, out)


def _write_row(columns: Sequence[Column], row: Sequence[Sequence[Shown]], widths: Sequence[int], out: Terminal) -> None:
    """Write the lines of a row, from the top of its cells."""
    for at in range(max(map(len, row))):
        parts = []
        for column, cell, width in zip(columns, row, widths, strict=True):
            text = cell[at] if at < len(cell) else Shown("")
            if column.right:
                text = text._replace(text=text.text.rstrip())
            blanks = " " * (width - cells.width(text.text))
            parts.append(blanks + out.styled(text) if column.right else out.styled(text) + blanks)
        out.file.write((" " * _GAP).join(parts) + "\n")


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


def _squeezed(widths: Sequence[int], room: int) -> list[int]:
    """The widths where the columns have given way and there is still no room: all give alike, down to a wide character."""
    left, excess = [], sum(widths) - room
    for place, width in enumerate(widths):
        less = max(min(width - 2, round(excess / (len(widths) - place))), 0)
        left.append(width - less)
        excess -= less
    return left


def _width(line: Line, grow: int) -> int:
    width = cells.width(line.text.text)
    return min(width, grow) if line.soft else width


def _cut(line: Line, width: int) -> Shown:
    """The line as wide as its column; one that is not sure keeps its mark."""
    text, style = line.text
    if line.soft and cells.width(text) > width:
        unsure = style == UNSURE_STYLE
        text = cells.cropped(text, width - unsure) + ("?" if unsure else "")
    return Shown(text, style)


def _broken(text: Shown, width: int) -> list[Shown]:
    return [Shown(part, text.style) for part in cells.broken(text.text, width)]
