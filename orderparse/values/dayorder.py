"""The order of day and month: whether 05/06 is the fifth of June in a mail."""

from __future__ import annotations

from datetime import date
from math import prod
from typing import TYPE_CHECKING

from orderparse.text.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_MOSTLY = 0.5
_EUROPEAN_MONEY = frozenset("€£")
_NUMERIC = lazy(r"(?<![0-9./-])([0-9]{1,2})([/-])([0-9]{1,2})\2((?:19|20)[0-9]{2})(?![0-9/-])")
_MONTHS = 12
_SHOWN = 200.0  # odds by a date that can be read in one order only: who writes 24/10 writes 11/1 so, too
# How often a day so far from the mail's own is named in it, about: most have just been or come soon.
_NAMED = ((10, 1.0), (31, 0.5), (62, 0.15), (200, 0.05))
_FAR_OFF = 0.02
_MOST = 20  # dates that are looked at


def day_first(
    text: str, spoken: Sequence[tuple[str, float]], month_first: Collection[str], country: str | None, sent: date | None
) -> float:
    """The probability that 05/06 is the fifth of June: by the sender's country, else language and money; and by the mail's dates.

    ``spoken`` are the shares of languages, ``month_first`` those that write the month before the day, ``sent`` the day of the mail.

    >>> day_first("Order date: 05/06/2026", [("en", 1.0)], {"en"}, "GB", None)
    0.95
    >>> round(day_first("05/06/2026, due 06/24/2026", [("en", 1.0)], {"en"}, "GB", None), 2)
    0.09
    >>> round(day_first("Order date: 05/06/2026", [("en", 1.0)], {"en"}, None, date(2026, 6, 7)), 2)
    0.74
    """
    likely = _expected(text, spoken, month_first, country)
    odds = likely / (1 - likely) * _told(text, sent)
    return odds / (1 + odds)


def _expected(text: str, spoken: Sequence[tuple[str, float]], month_first: Collection[str], country: str | None) -> float:
    # Where the year comes first, so does the month, in East Asia always and in Europe in some languages.
    year_first = sum(weight for code, weight in spoken if code in month_first and not code.startswith("en"))
    if country is not None:
        return 0.05 if country == "US" or year_first > _MOSTLY else 0.95
    share = sum(weight for code, weight in spoken if code in month_first) if spoken else 0.5
    # English alone decides little: the United States write the month first, all others the day.
    american = 0.9 if "$" in text and not _EUROPEAN_MONEY & set(text) else 0.2 if _EUROPEAN_MONEY & set(text) else 0.7
    return min(max(1 - share * american, 0.05), 0.95)


def _told(text: str, sent: date | None) -> float:
    """The odds for the day first by the dates of a text: those of one reading, and how near the mail the others lie."""
    if "/" not in text and "-" not in text:
        return 1.0
    found: set[tuple[int, int, int]] = set()
    for match in _NUMERIC.finditer(text):
        found.add((int(match[1]), int(match[3]), int(match[4])))
        if len(found) == _MOST:
            break
    shown = [numbers for numbers in sorted(found) if max(numbers[:2]) > _MONTHS]
    odds = prod(_odds(*numbers, sent) for numbers in shown or sorted(found))
    return min(max(odds, 1 / _SHOWN), _SHOWN)


def _odds(one: int, two: int, year: int, sent: date | None) -> float:
    if one == two or min(one, two) > _MONTHS:
        return 1.0
    if max(one, two) > _MONTHS:
        return _SHOWN if one > two else 1 / _SHOWN
    if sent is None or not one or not two:
        return 1.0
    return _named(abs((date(year, two, one) - sent).days)) / _named(abs((date(year, one, two) - sent).days))


def _named(days: int) -> float:
    return next((share for most, share in _NAMED if days <= most), _FAR_OFF)
