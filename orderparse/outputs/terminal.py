"""The terminal: how wide it is, whether it has colours, and text that only shows."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple, TextIO

from orderparse.outputs.safe_text import one_line

if TYPE_CHECKING:
    from rich.console import Console

_PIPE_WIDTH = 120  # columns where nobody tells; the environment variable COLUMNS does
UNSURE = 0.8  # below it a value is marked
UNSURE_STYLE = "yellow"


_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "magenta": "35", "cyan": "36"}  # ECMA-48, SGR


class Shown(NamedTuple):
    """A text on one line, and its style: words such as "bold red", for terminals that have colours."""

    text: str
    style: str = ""


class Terminal(NamedTuple):
    """Where lines go: what the file is, how wide it is, and whether it has colours."""

    file: TextIO
    width: int
    colours: bool

    @classmethod
    def of(cls, file: TextIO, width: int | None = None) -> Terminal:
        """The terminal, or whatever else a file is: only a terminal has colours."""
        colours = file.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
        return cls(file, width or columns(_PIPE_WIDTH), colours)

    def styled(self, shown: Shown) -> str:
        """The text in its style."""
        if not (self.colours and shown.style and shown.text):
            return shown.text
        return f"\x1b[{';'.join(_CODES[word] for word in shown.style.split())}m{shown.text}\x1b[0m"


def console(file: TextIO, width: int | None = None) -> Console:
    """A console that writes colours to a terminal only, and takes no text for markup."""
    from rich.console import Console  # noqa: PLC0415  # heavy

    terminal = Terminal.of(file, width)
    return Console(
        file=file,
        width=terminal.width,
        force_terminal=file.isatty(),
        color_system="standard" if terminal.colours else None,
        no_color=not terminal.colours,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )


def columns(otherwise: int) -> int:
    """How wide the terminal is, as :func:`shutil.get_terminal_size` tells, which comes with all kinds of archives."""
    with suppress(KeyError, ValueError):
        if (told := int(os.environ["COLUMNS"])) > 0:
            return told
    with suppress(AttributeError, ValueError, OSError):
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or otherwise  # type: ignore[union-attr]
    return otherwise


def shown(text: str | None, confidence: float = 1.0, style: str = "") -> Shown:
    """A cell: the text on one line, or a dash; with a question mark if it is not sure."""
    if not text:
        return Shown("–", "dim")
    unsure = confidence < UNSURE
    return Shown(one_line(text) + ("?" if unsure else ""), UNSURE_STYLE if unsure else style)


def percent(confidence: float) -> str:
    """A probability as people read it; never a certainty that it is not.

    >>> percent(0.973), percent(0.9999), percent(1.0), percent(0.004)
    ('97%', '>99%', '100%', '<1%')
    """
    if 0.995 <= confidence < 1:  # noqa: PLR2004  # would round to 100
        return ">99%"
    if 0 < confidence < 0.005:  # noqa: PLR2004  # would round to 0
        return "<1%"
    return f"{confidence:.0%}"
