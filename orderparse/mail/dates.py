"""Date and Received fields (RFC 5322, section 3.3): when a mail was sent, with its zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from orderparse.records import Defect
from orderparse.text.patterns import lazy

_YEARS: Final = range(1970, 2101)
_LENGTH: Final = 120  # characters of a date with its comment
_DEFAULTS: Final = (datetime(2001, 1, 1, tzinfo=UTC), datetime(2002, 2, 2, tzinfo=UTC))
_FULL_DAY: Final = 86_400  # seconds
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# The form that RFC 5322 wants and nearly all mails have; the standard library's reader of all others comes with sockets and more.
_USUAL: Final = lazy(
    rf"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), ([0-9]{{1,2}}) ({'|'.join(_MONTHS)}) ([12][0-9]{{3}}) ([0-9]{{2}}):([0-9]{{2}}):([0-9]{{2}}) "
    r"([+-])([0-9]{2})([0-9]{2})(?: \([A-Z]{3,4}\))?"
)


def sent(date: str | None, received: str | None) -> tuple[datetime | None, Defect | None]:
    """When a mail was sent: by its Date field, else by the topmost Received field.

    >>> sent("Tue, 3 Mar 2026 12:00:00 +0100", None)[0].isoformat()
    '2026-03-03T12:00:00+01:00'
    >>> sent(None, "from a by b; Tue, 3 Mar 2026 12:00:05 +0000")
    (datetime.datetime(2026, 3, 3, 12, 0, 5, tzinfo=datetime.timezone.utc), Defect(code='date_missing', detail=''))
    >>> sent("Tue, 3 Mar 1926 12:00:00 +0100", None)
    (None, Defect(code='date_invalid', detail='Tue, 3 Mar 1926 12:00:00 +0100'))
    """
    arrived = parse(received.rpartition(";")[2]) if received else None
    if not date:
        return _in_years(arrived), Defect(code="date_missing")
    when = parse(date)
    if (known := _in_years(when)) is not None:
        return known, None
    return _in_years(arrived) if when is None else None, Defect(code="date_invalid", detail=date[:60])


def _in_years(when: datetime | None) -> datetime | None:
    return when if when is not None and when.year in _YEARS else None


def parse(text: str) -> datetime | None:
    """Read a date of RFC 5322 or ISO 8601; None if it is neither. Without a zone it is UTC."""
    text = text.strip()[:_LENGTH]
    try:
        fields = _fields(text)
        if fields is not None:
            zone = fields[6]
            if abs(zone) >= _FULL_DAY:
                return None
            return datetime(*fields[:6], tzinfo=timezone(timedelta(seconds=zone)))
    except (ValueError, TypeError, OverflowError, IndexError):
        pass
    return _guessed(text)


def _fields(text: str) -> tuple[int, int, int, int, int, int, int] | None:
    """Year, month, day, hour, minute, second and the zone in seconds, as :func:`email.utils.parsedate_tz` reads them."""
    usual = _USUAL.fullmatch(text)
    if usual is None:
        from email.utils import parsedate_tz  # noqa: PLC0415  # for dates of other forms

        fields = parsedate_tz(text)
        return (*fields[:6], fields[9] or 0) if fields is not None else None
    day, month, year, hour, minute, second, sign, hours, minutes = usual.groups()
    zone = int(f"{sign}1") * (int(hours) * 3600 + int(minutes) * 60)
    return int(year), _MONTHS.index(month) + 1, int(day), int(hour), int(minute), int(second), zone


def _guessed(text: str) -> datetime | None:
    from dateutil import parser  # noqa: PLC0415  # for the few dates that are odd

    # dateutil fills what is missing from a default: a date that is whole gives the same for two of them.
    try:
        one, two = (parser.parse(text, default=day, tzinfos=_zone) for day in _DEFAULTS)
        return one if one == two and one.utcoffset() is not None else None
    except (ValueError, TypeError, OverflowError, AttributeError, RecursionError, ArithmeticError):
        return None


def _zone(_name: str | None, offset: int | None) -> timezone:
    """Zone by its offset in seconds; a name without one says nothing that is the same everywhere."""
    return timezone(timedelta(seconds=offset or 0))
