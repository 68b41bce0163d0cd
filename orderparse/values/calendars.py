"""Calendars: the names of months and weekdays, and the words for today, in all languages at once.

A name may mean different months in different languages (listopad is November in Polish and
October in Croatian), or a month and a weekday (mar is March and Tuesday): all meanings are kept.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from orderparse.text.fold import fold
from orderparse.text.phrases import Phrases
from orderparse.text.pieces import cut

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orderparse.languages import DateWords
    from orderparse.text.pieces import Pieces

# Short names of months that are everyday words in another language (of, out, set, has, likes ...).
_EVERYDAY = frozenset({"ago", "ara", "des", "dub", "haz", "lip", "mag", "out", "set", "tem"})
# Wordings in which the word for tomorrow means the morning.
_MORNINGS = ("guten morgen", "goede morgen", "god morgen", "am morgen", "por la mañana", "de la mañana", "esta mañana", "la mañana")
_FULL = 5  # letters: a shorter weekday may be another word, unless it is the longest spelling that its language has
_UNSPACED = "\u1100"  # Hangul, kana, Han: no blanks between words, or short words

DAY = r"(?:3[01]|[12][0-9]|0?[1-9])"
# What follows the number of a day: 1st, 1er, 1:a, 1º (folded to o), 1-го, "1."; languages state more.
_ORDINALS = ("st", "nd", "rd", "th", "er", "re", "ro", "ste", "te", "de", "da", "o", "a", "e", ":an", ":en", ":a", ":e", "-го", "-е")
_BETWEEN = ("de", "del", "di", "of", "den", "do", "da")  # "1 de marzo", "1 of March"
_YEAR_WORDS = ("m.", "ev")
YEAR = r"(?:(?:19|20|25)[0-9]{2}|1[34][0-9]{2})"  # of the Gregorian, the Buddhist and the Solar Hijri calendar
# Letters and digits of folded text, of scripts that part words by blanks.
WORD = "0-9a-z_\u00b5\u00de-\u02af\u0370-\u0588"
_ARTICLE = r"(?:(?:den|the|le|el|il|al|am|dem|du|dia|dnia|de|dne|o) )?"


class Name(NamedTuple):
    """What a name means: months with their shares, weekdays (0 is Monday), days from today. ``full``: no abbreviation."""

    months: tuple[tuple[int, float], ...] = ()
    solar: int | None = None  # a month of the Solar Hijri calendar
    weekdays: frozenset[int] = frozenset()
    shift: int | None = None
    full: bool = False
    everyday: bool = False


class NameMatch(NamedTuple):
    """A name of the calendar in a text."""

    start: int
    end: int
    name: Name


class Calendar:
    """The date words of many languages, to be built once.

    >>> from orderparse.languages import DateWords
    >>> months = tuple((name,) for name in "jan feb mar apr maj jun jul aug sep okt nov dec".split())
    >>> calendar = Calendar([DateWords(months=months, today=("idag",))])
    >>> [(match.start, match.name.months, match.name.shift) for match in calendar.names("idag 3 okt, oktav")]
    [(0, (), 0), (7, ((10, 1.0),), None)]
    """

    def __init__(self, languages: Iterable[DateWords]) -> None:
        months: dict[str, Counter[int]] = {}
        weekdays: dict[str, set[int]] = {}
        shifts: dict[str, int] = {}
        full: set[str] = set()
        until: set[str] = set()
        solar: dict[str, int] = {}
        between, day, year = set(_BETWEEN), set(_ORDINALS), set(_YEAR_WORDS)
        for language in languages:
            for number, names in enumerate(language.months, 1):
                for name in {_key(name) for name in names}:
                    months.setdefault(name, Counter())[number] += 1
            for number, names in enumerate(language.solar_months, 1):
                solar.update((_key(name), number) for name in names)
            for words, own in ((between, language.between), (day, language.day), (year, language.year)):
                words.update(fold(word) for word in own)
            for number, spellings in enumerate(language.weekdays):
                keys = {_key(name) for name in spellings}
                for name in keys:
                    weekdays.setdefault(name, set()).add(number)
                full.update(name for name in keys if _is_full(name, keys))
            for shift, phrases in ((0, language.today), (1, language.tomorrow), (-1, language.yesterday)):
                shifts.update((_key(phrase), shift) for phrase in phrases)
            until.update(" ".join(fold(word).split()) for word in language.until)
        known = {name for name in {*months, *solar, *weekdays, *shifts} if len(name) > 1 and not name[0].isdigit()}
        pairs = [
            (
                name,
                Name(
                    tuple((month, count / months[name].total()) for month, count in months[name].most_common()) if name in months else (),
                    solar.get(name),
                    frozenset(weekdays.get(name, ())),
                    shifts.get(name),
                    name in full,
                    name in _EVERYDAY,
                ),
            )
            for name in sorted(known)
        ]
        self._names = Phrases.of([*((name, 0, meant) for name, meant in pairs), *((phrase, 0, Name()) for phrase in _MORNINGS)])
        words_between = sorted(until - {""}, key=lambda word: (-len(word), word))
        span = "|".join([" ?[-~] ?", *(_between(word) for word in words_between)])
        span = f"(?:{span})"
        #: Between the two days of a range.
        self.gap = re.compile(rf"(?:,? ?[0-9]{{1,2}}:[0-9]{{2}})?(?:{span}| ?/ ?(?=[0-9]{{4}})){_ARTICLE}")
        ordinal = rf"(?:\.|{_any_of(day)})?"
        of = _any_of(between)
        #: A day, or two, before the name of a month: "den 3 och 5 ", "12.-14. ", "1 de ".
        self.before = re.compile(
            rf"(?<![{WORD}])(?<![0-9][.,:/-])(?:(?P<first>{DAY}){ordinal}{span}{_ARTICLE})?(?P<day>{DAY}){ordinal}"
            rf"(?P<mark> (?:{of}) | ?[-/.] ?| ?d'| ?)\Z"
        )
        #: A day, or two, after the name of a month: " 1st, 2026", " 9 - 10, 2026", " 1 12:00:00 UTC 2026".
        self.after = re.compile(
            rf"(?:\.?,? {{0,2}}{_ARTICLE}|[-/])(?P<day>{DAY}){ordinal}(?![{WORD}]|:[0-9]|[.,][0-9]{{1,3}}(?![0-9]))"
            rf"(?:{span}{_ARTICLE}(?P<last>{DAY}){ordinal}(?![{WORD}]|:[0-9]|[.,/-][0-9]{{1,3}}(?![0-9])))?"
            rf"(?: [0-9]{{2}}:[0-9]{{2}}(?::[0-9]{{2}})?(?: [a-z]{{3,4}})? (?P<later>{YEAR})(?![{WORD}]|:[0-9])"
            rf"|(?:,? ?(?:(?:{of}) ?)?|[-/.])(?P<year>{YEAR})(?![{WORD}])|(?:[-/.]|,? ?')(?P<short>[0-9]{{2}})(?![{WORD}]|[.,:][0-9]))?"
        )
        #: The year behind "1 March": of two digits only with a mark, or where nothing but a blank or nothing stands between.
        self.year_after = re.compile(
            rf"(?:\.?,? ?(?:(?:{of}) ?)?|[-/.])(?P<year>{YEAR})(?:[гrg]\b)?(?![{WORD}])"
            rf"|(?:\.? ?'|[-/.])(?P<marked>[0-9]{{2}})(?![{WORD}%]|[.,:][0-9])"
            rf"|(?P<blank>\.? ?)(?P<bare>[0-9]{{2}})(?![{WORD}])(?= ?(?:[\n\t,.;)|]|\Z))(?![.,:][0-9])"
        )
        #: The year before "March 1", and before "1 March" where a word marks it: "2026. gada 1. marts".
        self.year_before = re.compile(
            rf"(?<![{WORD}])(?<![0-9][.,:/-])(?P<year>{YEAR})(?:(?P<worded>\.? ?(?:{_any_of(year)})\.?)|\.|[-/])?,? ?\Z"
        )

    def names(self, folded: str, pieces: Pieces | None = None) -> list[NameMatch]:
        """Names in folded text, in text order; of two the longer one. ``pieces`` are those of the text, if it was cut before."""
        return [
            NameMatch(*match.span, match.meanings[0])
            for match in self._names.find(pieces or cut(folded))[0]
            # "thang 1" is not in "thang 12".
            if not (folded[match.span.end - 1].isdigit() and folded[match.span.end : match.span.end + 1].isdigit())
        ]


def _key(name: str) -> str:
    return " ".join(fold(name).split()).rstrip(".")


def _between(word: str) -> str:
    return rf" ?{re.escape(word)} ?" if word[0] >= _UNSPACED else rf" {re.escape(word)} "


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(" ".join(word.split())) for word in sorted(words, key=lambda word: (-len(word), word)) if word.strip())


def _is_full(name: str, spellings: set[str]) -> bool:
    if any(other.startswith(name + "-") for other in spellings):  # "segunda", a second, for "segunda-feira"
        return False
    # Han and Hangul write a weekday in two or three characters.
    return len(name) >= _FULL or len(name) == max(map(len, spellings)) > _FULL - 2 or name[0] >= _UNSPACED
