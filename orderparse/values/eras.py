"""Years that are not counted from Christ: Buddhist (2569), Solar Hijri (1405), Japanese and Minguo eras (令和8年).

They are told apart by plausibility alone: no Gregorian year of a mail is 2569 or 1405.
"""

from __future__ import annotations

from datetime import date, timedelta

FIRST_YEAR, LAST_YEAR = 1900, 2100
# Thai solar calendar, equal to the Gregorian one but for its years (Royal Decree of 1940).
_BUDDHIST = 543
# The year before the first of each era: Shōwa 1926, Heisei 1989, Reiwa 2019; Minguo 1912.
ERAS = {"\u662d\u548c": 1925, "\u5e73\u6210": 1988, "\u4ee4\u548c": 2018, "\u6c11\u570b": 1911, "\u6c11\u56fd": 1911}

# Leap years of the Solar Hijri calendar in its cycles of 33 years: right from 1244 to 1472 (Heydari-Malayeri,
# "A concise review of the Iranian calendar", 2004).
_CYCLE = 33
_LEAP = (1, 5, 9, 13, 17, 22, 26, 30)
_NOWRUZ_1399 = date(2020, 3, 20)
_SOLAR_YEARS = range(1300, 1473)
SOLAR_MONTHS = (31, 31, 31, 31, 31, 31, 30, 30, 30, 30, 30, 29)


def from_solar(year: int, month: int, day: int) -> date | None:
    """Give the Gregorian day of a Solar Hijri one; None if there is no such day.

    >>> from_solar(1405, 1, 1), from_solar(1403, 12, 30), from_solar(1404, 12, 30)
    (datetime.date(2026, 3, 21), datetime.date(2025, 3, 20), None)
    """
    if year not in _SOLAR_YEARS or not 1 <= month <= len(SOLAR_MONTHS):
        return None
    if not 1 <= day <= SOLAR_MONTHS[month - 1] + (month == len(SOLAR_MONTHS) and year % _CYCLE in _LEAP):
        return None
    days = (year - 1399) * 365 + _leaps(year) - _leaps(1399)
    return _NOWRUZ_1399 + timedelta(days=days + sum(SOLAR_MONTHS[: month - 1]) + day - 1)


def _leaps(year: int) -> int:
    """Leap years before a year, of the calendar as if it had always had cycles."""
    cycles, rest = divmod(year, _CYCLE)
    return cycles * len(_LEAP) + sum(leap < rest for leap in _LEAP)


def solar_in(year: int, month: int, day: int) -> date | None:
    """Give the day of a Gregorian year that has a month and day of the Solar Hijri calendar."""
    for solar in (year - 622, year - 621):
        found = from_solar(solar, month, day)
        if found is not None and found.year == year:
            return found
    return None


def gregorian(year: int, month: int, day: int) -> tuple[int, int, int] | None:
    """Year, month and day as the Gregorian calendar has them; None for a year that no calendar has now.

    The day is not looked up in the calendar unless the calendar is another.

    >>> gregorian(2569, 3, 5), gregorian(1405, 2, 14), gregorian(2026, 2, 14), gregorian(1200, 1, 1)
    ((2026, 3, 5), (2026, 5, 4), (2026, 2, 14), None)
    """
    if FIRST_YEAR <= year <= LAST_YEAR:
        return year, month, day
    if FIRST_YEAR <= year - _BUDDHIST <= LAST_YEAR:
        return year - _BUDDHIST, month, day
    solar = from_solar(year, month, day)
    return (solar.year, solar.month, solar.day) if solar else None
