"""The explanation of a reading: the lines of the mail with what was found in them, and why.

Under each value stand its role, its probability, the features that spoke for it with their weights in
log-odds and their sum, which is the score that was used, what that comes to among the value's roles before
calibration, the roles that it could have had instead, and of a number all this in a sentence.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

from orderparse.outputs.because import sentence
from orderparse.outputs.safe_text import visible
from orderparse.outputs.terminal import console, percent
from orderparse.outputs.wording import money, words
from orderparse.records import DateFinding, Money

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console
    from rich.text import Text

    from orderparse.records import Finding, Reading
    from orderparse.text.span import Span

_MARGIN = 7  # characters before the text: the number of the line and a bar
_LEAD = 24  # characters before a value that are shown of a line that is too long


class _Line(NamedTuple):
    number: int
    start: int
    end: int


def write(reading: Reading, file: TextIO, *, width: int | None = None) -> None:
    """Explain the reading of one mail."""
    from rich.text import Text  # noqa: PLC0415  # heavy

    out = console(file, width)
    out.print(Text(_shown(reading.source), style="bold underline"))
    if reading.status != "ok":
        out.print(Text(f"not read: {_shown(reading.reason or 'unknown')}", style="bold red"))
    placed: list[tuple[Span, str, Finding[Any]]] = []
    for role, found in _findings(reading):
        if found.span is not None and found.span.end > found.span.start and found.span.end <= len(reading.text):
            placed.append((found.span, role, found))
        else:
            out.print(_why(role, found, value=True))
    placed.sort(key=lambda place: place[:2])
    last = -1
    for line, findings in groupby(placed, key=lambda place: _line_at(reading.text, place[0].start)):
        if line.number > last + 1:
            out.print(Text(f"{'⋯':>{_MARGIN - 2}}", style="dim"))
        last = line.number
        _explain_line(out, reading.text, line, list(findings))
    for defect in reading.defects:
        out.print(Text(_shown(f"defect: {defect.code} {defect.detail}"), style="dim"))


def _findings(reading: Reading) -> Iterator[tuple[str, Finding[Any]]]:
    """Every finding of a reading with its role."""
    for role, single in (
        ("language", reading.language),
        ("kind", reading.kind),
        ("merchant", reading.merchant),
        ("seller", reading.seller),
        ("platform", reading.platform),
        ("payment method", reading.payment_method),
    ):
        if single is not None:
            yield role, single
    yield from (("order number", found) for found in reading.order_numbers)
    yield from (("tracking number", found) for found in reading.tracking_numbers)
    for several in (reading.dates, reading.amounts, reading.identifiers):
        yield from ((words(found.role), found) for found in several)


def _line_at(text: str, place: int) -> _Line:
    start = text.rfind("\n", 0, place) + 1
    end = text.find("\n", place)
    return _Line(text.count("\n", 0, place), start, len(text) if end < 0 else end)


def _explain_line(out: Console, text: str, line: _Line, findings: list[tuple[Span, str, Finding[Any]]]) -> None:
    """The line once if it fits, else the part around each value; below it a mark and the reasons for each value."""
    from rich.cells import cell_len  # noqa: PLC0415  # heavy
    from rich.padding import Padding  # noqa: PLC0415  # heavy
    from rich.text import Text  # noqa: PLC0415  # heavy

    room = max(out.width - _MARGIN, _LEAD * 2)
    fits = cell_len(_shown(text[line.start : line.end])) <= room
    written: tuple[int, int] | None = None
    for span, role, found in findings:
        start = line.start if fits else max(line.start, span.start - _LEAD)
        value_end = min(span.end, line.end)
        end = line.end if fits else min(line.end, max(value_end, start + room - 2))
        before, value, after = (_shown(part) for part in (text[start : span.start], text[span.start : value_end], text[value_end:end]))
        before = f"…{before}" if start > line.start else before
        after = f"{after}…" if end < line.end else after
        if written != (start, end):
            numbered = Text(f"{line.number:>{_MARGIN - 3}} │ ", style="dim")
            out.print(numbered.append(before, style="default").append(value, style="bold").append(after, style="default"), overflow="fold")
            written = (start, end)
        indent = cell_len(before)
        out.print(Text(" " * (_MARGIN - 2) + "│ " + " " * indent, style="dim").append("^" * max(cell_len(value), 1), style="green"))
        out.print(Padding(_why(role, found), (0, 0, 0, min(_MARGIN + indent, out.width // 2))))


def _why(role: str, found: Finding[Any], *, value: bool = False) -> Text:
    """Role, value if it is not seen above, probability, reasons with their sum, rivals, and of a number the sentence."""
    from rich.text import Text  # noqa: PLC0415  # heavy

    line = Text(f"{role} ", style="bold green")
    if value or _shown(str(found.value)) != _shown(found.text):
        line.append(f"{_value(found)} ", style="bold")
    line.append(percent(found.confidence), style="default")
    if found.hidden:
        line.append(" (hidden in the mail)", style="default")
    if found.reasons:
        line.append("  " + ", ".join(f"{_shown(name)} {weight:+.1f}" for name, weight in found.reasons), style="dim")
        line.append(f" = {found.score:+.1f}", style="dim")
        if found.share is not None:
            line.append(f" → {percent(found.share)} before calibration", style="dim")
    if found.alternatives:
        rivals = ", ".join(f"{words(_shown(name))} {percent(probability)}" for name, probability in found.alternatives)
        line.append(f"  else {rivals}", style="dim")
    if isinstance(found.value, str) and found.notes:
        line.append(f"\n{_shown(sentence(role, found))}", style="italic")
    return line


def _value(found: Finding[Any]) -> str:
    if isinstance(found.value, Money):
        return _shown(money(found.value))
    if isinstance(found, DateFinding) and found.until is not None:
        return f"{found.value.isoformat()} to {found.until.isoformat()}"
    return _shown(str(found.value))


def _shown(text: str) -> str:
    """One line, blanks as they are: what is marked must stand above its mark."""
    return visible(text).replace("\n", " ").replace("\t", " ")
