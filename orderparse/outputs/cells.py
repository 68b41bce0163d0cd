"""The cells of a terminal: how many a text takes, and how it is cut and broken to fit. What takes two cells, or none, is asked of rich."""

from __future__ import annotations

from orderparse.text.patterns import lazy

_WORD = lazy(r"\S+\s*|\s+")
_NARROW = lazy("[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u20ac]*")  # a cell each


def width(text: str) -> int:
    """How many cells a text takes.

    >>> width("Größe 4 – 10 €"), width("注文")
    (14, 4)
    """
    if _NARROW.fullmatch(text):
        return len(text)
    from rich.cells import cell_len  # noqa: PLC0415  # here as below: hardly any text has to wait for its tables

    return cell_len(text)


def cropped(text: str, room: int) -> str:
    """A text that takes more cells than there is room for, with an ellipsis for its end.

    >>> cropped("A long name", 7)
    'A long…'
    """
    if _NARROW.fullmatch(text):
        return text[: max(room - 1, 0)] + "…"
    from rich.cells import set_cell_size  # noqa: PLC0415

    return set_cell_size(text, room - 1) + "…"


def broken(text: str, room: int) -> list[str]:
    """The lines that a text takes: broken between words, and inside those that are wider than the room.

    >>> broken("tracking number", 9), broken("3047719025869057", 10), broken("", 10)
    (['tracking ', 'number'], ['3047719025', '869057'], [''])
    """
    lines, line = [], ""
    for word in _WORD.findall(text):
        size = width(word.rstrip())
        if size <= room - width(line):
            line += word
            continue
        if line:
            lines.append(line)
        *whole, line = _chopped(word, room) if size > room else [word]
        lines += whole
    return [_stripped(each, room) for each in (*lines, line)]


def _chopped(word: str, room: int) -> list[str]:
    if _NARROW.fullmatch(word):
        return [word[at : at + room] for at in range(0, len(word), room)]
    from rich.cells import chop_cells  # noqa: PLC0415

    return chop_cells(word, room) or [word]


def _stripped(line: str, room: int) -> str:
    """The line without the blanks at its end that have no room."""
    bare = line.rstrip()
    return bare + line[len(bare) :][: max(room - width(bare), 0)]
