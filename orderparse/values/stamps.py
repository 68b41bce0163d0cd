"""Stamps: day, month and perhaps year as they stand in a text, before the year is known."""

from __future__ import annotations

from typing import NamedTuple

SOLAR = "solar"  # the order of a part whose month is of the Solar Hijri calendar and whose year is open


class Part(NamedTuple):
    """One way to read the numbers of a date; ``order`` tells which way, ``weight`` how likely it is among the others."""

    year: int | None
    month: int
    day: int
    weight: float = 1.0
    order: str = "named"


class Stamp(NamedTuple):
    """A date, or the two days of a range, with every way to read it.

    ``lasts`` is empty, or has the last day for each of ``firsts``. ``weak`` may be a fraction, and needs
    something beside it that makes it a date. ``short_year`` tells that the year has two digits.
    ``weekdays`` are those that the text names with the first day. ``days`` is a distance from the day of
    the mail, ``cycle`` a weekday alone (and the weekday that ends its range); then there are no ``firsts``. Nor has
    an ``opening`` any, which is a weekday before the first day of a range.
    """

    start: int
    end: int
    form: str
    firsts: tuple[Part, ...] = ()
    lasts: tuple[Part, ...] = ()
    weak: bool = False
    short_year: bool = False
    has_time: bool = False
    weekdays: frozenset[int] = frozenset()
    days: int | None = None
    cycle: tuple[int, ...] = ()
