"""Slots: days of a confirmation with the hours in which the goods are brought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderparse.roles import MailKind
from orderparse.scoring.model import LIKELY
from orderparse.text.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from orderparse.mentions import Mention, Page
    from orderparse.records import DateFinding

_SOON = 60  # days
_ABOVE = 2  # lines
_TIME = r"[0-9]{1,2}(?:[:.h][0-9]{2})? ?(?:[ap]\.?m\.?|uhr|h)?"
# "kl. 17:00-22:00", "7am to 2pm": hours, of which one at least is written as a clock shows it.
_HOURS = lazy(
    r"(?=[^\n]{0,30}(?:[0-9][:.h][0-9]{2}|[0-9] ?[ap]\.?m|uhr))"
    rf"[^0-9\n]{{0,12}}{_TIME} ?(?:[-\u2013\u2014~]|[^\W\d]{{1,5}}) ?{_TIME}(?![0-9])"
)


def of(page: Page, kind: MailKind, free: Iterable[Mention], listed: Sequence[DateFinding]) -> Iterator[Mention]:
    """Days to come that nothing else names, with hours behind them, and a word for delivery before them.

    "Home delivery / Friday 2 December / 6:00pm - 7:00pm". ``free`` are the days that have no role yet, ``listed`` those that have.
    """
    sent = page.document.message.sent
    if kind is not MailKind.ORDER_CONFIRMATION or sent is None:
        return
    known = {day.value for day in listed if day.confidence >= LIKELY}
    for mention in free:
        day = mention.date.readings[0].first if mention.date is not None else None
        if day is None or day in known or not 0 < (day - sent.date()).days <= _SOON:
            continue
        if _HOURS.match(_behind(page, mention)) and _is_of_delivery(page, mention.line):
            known.add(day)
            yield mention


def _behind(page: Page, mention: Mention) -> str:
    """What stands behind a day on its line, or on the next if it ends its line."""
    lines, folded = page.document.lines, page.document.folded
    behind = folded[mention.span.end : lines[mention.line].span.end].strip(" ,.:|-")
    if behind or mention.line + 1 >= len(lines):
        return behind
    return folded[lines[mention.line + 1].span.slice]


def _is_of_delivery(page: Page, number: int) -> bool:
    """Whether a line, or one of the two above it, has a label of days of delivery."""
    return any(
        meaning.section == "label" and meaning.key == "delivery_estimate"
        for at in range(number - _ABOVE, number + 1)
        for match in page.line_phrases.get(at, ())
        for meaning in match.meanings
    )
