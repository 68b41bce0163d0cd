"""Readings of days: which day a date, a weekday or a word such as "tomorrow" means in its role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderparse.readers import tense
from orderparse.roles import DateRole

if TYPE_CHECKING:
    from datetime import date

    from orderparse.mentions import Mention, Page
    from orderparse.values.dates import DateReading

DONE = frozenset({DateRole.ORDER, DateRole.PAYMENT, DateRole.SHIP, DateRole.DELIVERED})
_NEAR, _FAR_SHARE = 60, 0.1


def certain(page: Page) -> set[date]:
    """Days that the mail states beyond doubt elsewhere."""
    return {
        mention.date.readings[0].first
        for mention in page.mentions
        if mention.date is not None and len(mention.date.readings) == 1 and mention.date.has_year
    }


def _is_past(page: Page, mention: Mention, role: str) -> bool:
    """Whether a weekday of a role is the last one: of what is done, but for what is yet to be sent, and of money that was sent back."""
    if role == DateRole.SHIP:
        return not tense.is_ahead(page, mention)
    return role in DONE or (role == DateRole.REFUND and tense.is_over(page, mention))


def shares(page: Page, mention: Mention, role: str, stated: set[date]) -> list[tuple[DateReading, float]]:
    """The readings of a date in a role; one that the mail states elsewhere without doubt takes the whole share.

    Of 03/09/2026 in a mail of March the ninth of March is likelier than the third of September: mails speak of
    days near their own. The Wednesday of what is past is the last one.
    """
    assert mention.date is not None  # noqa: S101  # the caller has a date
    readings = mention.date.readings
    if mention.date.form == "weekday" and page.reference is not None:
        last = tuple(reading for reading in readings if reading.first <= page.reference)
        if last and (_is_past(page, mention, role) or tense.is_last(page, mention)):
            return [(last[0], 1.0)]
    agreed = [reading for reading in readings if reading.first in stated]
    if len(readings) > 1 and len(agreed) == 1:
        return [(agreed[0], 1.0)]
    sent = page.document.message.sent
    if len(readings) < 2 or sent is None:  # noqa: PLR2004
        return [(reading, reading.share) for reading in readings]
    weights = [reading.share * (1.0 if abs((reading.first - sent.date()).days) <= _NEAR else _FAR_SHARE) for reading in readings]
    return [(reading, weight / sum(weights)) for reading, weight in zip(readings, weights, strict=True)]
