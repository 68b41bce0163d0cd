"""A value with its confidence, and behind it the evidence: what the mail shows where, the reasons, what else it could be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orderparse.outputs.because import sentence
from orderparse.outputs.report_page.elements import Table, el
from orderparse.outputs.report_page.words import day
from orderparse.outputs.terminal import UNSURE, percent
from orderparse.outputs.wording import words

if TYPE_CHECKING:
    from orderparse.outputs.report_page.elements import Child, Element
    from orderparse.records import Finding, Reading

_AROUND = 60  # characters of a line that are shown on either side of a value
_CERTAIN = 0.995  # from which nothing need be said
_LONGEST = 200  # characters of a text of the mail that are shown


def sure(confidence: float) -> Element:
    """A confidence in percent, marked where it is low."""
    return el("span.sure.unsure" if confidence < UNSURE else "span.sure", percent(confidence), title="how sure this is")


def value(shown: Element | str, role: str, found: Finding[Any], home: Reading | None) -> Element:
    """The value with its confidence; opened, the evidence. ``home`` is the mail that it was read from."""
    return el(
        "details.value",
        el("summary", el("span.is", shown, dir="auto"), " ", sure(found.confidence)),
        el("div.why", *_why(role, found, home)),
    )


def _why(role: str, found: Finding[Any], home: Reading | None) -> list[Child]:
    return [
        el("p", el("span", sentence(role, found), dir="auto"), ".") if isinstance(found.value, str) and found.notes else None,
        _shown(found, home),
        _reasons(found),
        _others(found),
    ]


def _shown(found: Finding[Any], home: Reading | None) -> Element:
    """What the mail shows and where."""
    mail: list[Child] = []
    if home is not None:
        mail = [", in ", el("span.quoted", home.subject[:_LONGEST] or "a mail without a subject", dir="auto")]
        mail += [f" of {day(home.sent.date())}"] if home.sent is not None else []
    hidden = " It is not visible in the mail." if found.hidden else ""
    if found.span is None or not found.text:
        return el("p", "Not from one place in the text", *mail, ": told by the sender, the links or the layout.", hidden)
    return el("p", "The mail shows ", _in_its_line(found, home), f", line {found.line}", *mail, ".", hidden)


def _in_its_line(found: Finding[Any], home: Reading | None) -> Element:
    """The text of the value; with what stands around it in the line where the text of the mail is at hand."""
    text, span = home.text if home is not None else "", found.span
    if span is None or not text or text[span.start : span.end] != found.text:
        return el("mark", found.text[:_LONGEST], dir="auto")
    start = max(text.rfind("\n", 0, span.start) + 1, span.start - _AROUND)
    end = text.find("\n", span.end)
    end = min(len(text) if end < 0 else end, span.end + _AROUND)
    before, after = text[start : span.start], text[span.end : end]
    return el("span.line", before or None, el("mark", found.text[:_LONGEST]), after or None, dir="auto")


def _reasons(found: Finding[Any]) -> Table | None:
    """The reasons with their weights in log-odds, the heaviest first, their sum and what it comes to."""
    if not found.reasons:
        return None
    notes = dict(found.notes)
    heaviest = sorted(found.reasons, key=lambda reason: -abs(reason[1]))
    rows = [(words(name), notes.get(name, "")[:_LONGEST], _signed(weight)) for name, weight in heaviest]
    share = f"{percent(found.share)} among its possible roles" if found.share is not None else ""
    return Table("reasons", ("reason", "in the mail", "weight"), (*rows, ("sum", share, _signed(found.score))))


def _signed(weight: float) -> str:
    return f"{weight:+.2f}".replace("-", "\N{MINUS SIGN}")


def _others(found: Finding[Any]) -> Element | None:
    told = []
    if found.alternatives:
        rivals = ", ".join(f"{words(name)} ({percent(probability)})" for name, probability in found.alternatives)
        told.append(f"It could also be: {rivals}.")
    if found.belongs is not None and found.belongs < _CERTAIN:
        told.append(f"It belongs to this order: {percent(found.belongs)}.")
    return el("p", " ".join(told)) if told else None
