"""Names of months and weekdays and words for today as phrases, each with what it means in its language."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from orderparse.text.fold import fold
from orderparse.text.pieces import unspaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orderparse.languages import DateWords


class CalendarWords(NamedTuple):
    """What stands beside the names: in a range, between day, month and year, behind a day and behind a year; folded."""

    until: frozenset[str]
    between: frozenset[str]
    day: frozenset[str]
    year: frozenset[str]

    @classmethod
    def of(cls, languages: Iterable[DateWords]) -> CalendarWords:
        """The words of some languages together."""
        spoken = tuple(languages)
        return cls(*(frozenset(_folded(word) for days in spoken for word in getattr(days, name)) for name in cls._fields))


# Wordings in which the word for tomorrow means the morning.
MORNINGS = ("guten morgen", "goede morgen", "god morgen", "am morgen", "por la mañana", "de la mañana", "esta mañana", "la mañana")
_FULL, _LEAST = 5, 3  # letters: a shorter weekday may be another word, unless it is the longest spelling that its language has
_UNSPACED = "\u1100"  # Hangul, kana, Han: no blanks between words, or short words


def names(days: DateWords) -> Iterator[tuple[str, str, str]]:
    """Folded names with what they name and its number: month and solar from 1, weekday and full_weekday from 0 (Monday), day from today.

    A full weekday is no abbreviation and no everyday word, and may stand alone.
    """
    for section, lists in (("month", days.months), ("solar", days.solar_months)):
        for number, spellings in enumerate(lists, 1):
            yield from ((name, section, str(number)) for name in _keys(spellings))
    for number, spellings in enumerate(days.weekdays):
        keys = _keys(spellings)
        yield from ((name, "full_weekday" if _is_full(name, keys) else "weekday", str(number)) for name in keys)
    for number, spellings in ((0, days.today), (1, days.tomorrow), (-1, days.yesterday)):
        yield from ((name, "day", str(number)) for name in _keys(spellings))


def _folded(word: str) -> str:
    return " ".join(fold(word).split())


def _keys(spellings: tuple[str, ...]) -> list[str]:
    keys = dict.fromkeys(_folded(name).rstrip(".") for name in spellings)
    # "3-р сар" is a month of Mongolian; Han numbers months too, but their days stand right behind.
    return [name for name in keys if len(name) > 1 and not (name[0].isdigit() and (name[-1].isdigit() or unspaced(name[-1])))]


def _is_full(name: str, spellings: list[str]) -> bool:
    if any(other.startswith(name + "-") for other in spellings):  # "segunda", a second, for "segunda-feira"
        return False
    # Han and Hangul write a weekday in two or three characters.
    return len(name) >= _FULL or len(name) == max(map(len, spellings)) >= _LEAST or name[0] >= _UNSPACED
