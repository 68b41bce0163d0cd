"""The terminal: how wide it is, whether it has colours, and text that only shows."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, TextIO

from orderparse.outputs.safe_text import one_line

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_PIPE_WIDTH = 120  # columns where nobody tells; the environment variable COLUMNS does
UNSURE = 0.8  # below it a value is marked
UNSURE_STYLE = "yellow"


def console(file: TextIO, width: int | None = None) -> Console:
    """A console that writes colours to a terminal only, and takes no text for markup."""
    from rich.console import Console  # noqa: PLC0415  # heavy

    colour = file.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    return Console(
        file=file,
        width=width or shutil.get_terminal_size((_PIPE_WIDTH, 24)).columns,
        force_terminal=file.isatty(),
        color_system="standard" if colour else None,
        no_color=not colour,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )


def shown(text: str | None, confidence: float = 1.0, style: str = "") -> Text:
    """A cell: the text on one line, or a dash; with a question mark if it is not sure."""
    from rich.text import Text  # noqa: PLC0415  # heavy

    if not text:
        return Text("–", style="dim")
    unsure = confidence < UNSURE
    return Text(one_line(text) + ("?" if unsure else ""), style=UNSURE_STYLE if unsure else style)


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
