"""From a stamp to days of the calendar: which year, which order of the numbers, which Tuesday."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from orderparse.values.eras import solar_in
from orderparse.values.stamps import SOLAR

if TYPE_CHECKING:
    from orderparse.values.stamps import Part, Stamp

_BEFORE, _AFTER = 60, 305  # days around the day of the mail in which a date without a year lies
LONGEST_RANGE = 184  # days
_LONG_RANGE = 45  # days; a delivery is hardly promised within more
_BIKRAM = range(56, 58)  # years that Nepal's calendar is ahead: its months are no others' months, and its days are not told here
_NEAR = 400  # days from the mail; farther off, a two-digit year is likely to be something else
_FAR = 5 * 366  # days; so far off, it is something else
_UNLIKELY = 0.05
_WEEK = 7


class DateReading(NamedTuple):
    """One reading of a date; ``last`` is the end of a range; ``share`` is how much of the belief this reading gets."""

    first: date
    last: date | None
    share: float


def readings(stamp: Stamp, sent: date | None, reference: date | None) -> tuple[DateReading, ...]:
    """Give the days that a stamp may mean, best first; none if it needs a day to count from and there is none."""
    if stamp.days is not None:
        return (DateReading(sent + timedelta(days=stamp.days), None, 1.0),) if sent else ()
    if stamp.cycle:
        return _of_weekdays(stamp.cycle, sent) if sent else ()
    anchor = sent or reference
    weights: dict[tuple[date, date | None], float] = {}
    for index, part in enumerate(stamp.firsts):
        first = _day(part, stamp.lasts[index] if stamp.lasts else None, stamp.weekdays, sent, reference)
        last = _last(first, stamp.lasts[index]) if first and stamp.lasts else None
        if first is None or (stamp.lasts and last is None):
            continue
        if anchor and first.year - anchor.year in _BIKRAM:
            continue
        weight = part.weight
        if last is not None and (last - first).days > _LONG_RANGE:
            weight *= _UNLIKELY  # "07/09 - 12/09" is five days of September
        if stamp.short_year and anchor:
            weight *= _belief(part, abs((first - anchor).days))
        if weight > 0:
            weights[first, last] = weights.get((first, last), 0) + weight
    agreeing = {days: weight for days, weight in weights.items() if days[0].weekday() in stamp.weekdays}
    weights = agreeing or weights
    total = sum(weights.values())
    ranked = sorted(weights.items(), key=lambda item: -item[1])
    return tuple(DateReading(first, last, weight / total) for (first, last), weight in ranked)


def _belief(part: Part, distance: int) -> float:
    """How likely two digits are the year that they would be, so many days from the mail."""
    if part.year is None:
        return _UNLIKELY / 5
    return 1 if distance <= _NEAR else _UNLIKELY if distance <= _FAR else 0


def _day(part: Part, last: Part | None, weekdays: frozenset[int], sent: date | None, reference: date | None) -> date | None:
    year = part.year
    if year is None and last is not None and last.year is not None:  # "28 December - 3 January 2027"
        year = last.year if part[1:3] <= last[1:3] else last.year - 1
    if year is not None:
        return _date(year, part)
    anchor = sent or reference
    if anchor is None:
        return None
    reach = 1 if sent else 3
    days = [day for year in range(anchor.year - reach, anchor.year + reach + 1) if (day := _date(year, part))]
    days.sort(key=lambda day: abs((day - anchor).days))
    inside = [day for day in days if sent is None or -_BEFORE <= (day - anchor).days <= _AFTER]
    for day in (*inside, *days):
        if day.weekday() in weekdays:
            return day
    return inside[0] if inside else None


def _last(first: date, part: Part) -> date | None:
    year = part.year
    if year is None:
        year = first.year if (first.month, first.day) <= part[1:3] else first.year + 1
    last = _date(year, part)
    return last if last and 0 <= (last - first).days <= LONGEST_RANGE else None


def _date(year: int, part: Part) -> date | None:
    if part.order == SOLAR:
        return solar_in(year, part.month, part.day)
    try:
        return date(year, part.month, part.day)
    except ValueError:
        return None


def _of_weekdays(cycle: tuple[int, ...], sent: date) -> tuple[DateReading, ...]:
    ahead = (cycle[0] - sent.weekday()) % _WEEK
    shares = {_WEEK: 0.6, 0: 0.3, -_WEEK: 0.1} if ahead == 0 else {ahead: 0.9, ahead - _WEEK: 0.1}
    length = (cycle[-1] - cycle[0]) % _WEEK
    found = []
    for days, share in shares.items():
        first = sent + timedelta(days=days)
        found.append(DateReading(first, first + timedelta(days=length) if len(cycle) > 1 else None, share))
    return tuple(found)
