"""Calendars: the names of months and weekdays, and the words for today, in all languages at once.

A name may mean different months in different languages (listopad is November in Polish and
October in Croatian), or a month and a weekday (mar is March and Tuesday): all meanings are kept.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from orderparse.languages.calendar_names import CalendarWords
from orderparse.languages.vocabulary import CALENDAR, LAYERS, calendar_phrases
from orderparse.text.phrases import Phrases
from orderparse.text.pieces import cut, latin, unspaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from orderparse.languages import DateWords
    from orderparse.languages.vocabulary import Phrase
    from orderparse.text.phrases import PhraseMatch

# Short names of months that are everyday words, in their own language or in another (of, out, set, has, likes, light, in ...).
_EVERYDAY = frozenset({
    "abe", "abu", "ag", "ago", "api", "ara", "avg", "aza", "bal", "des", "dub", "eka", "haz", "hul", "hun", "ira", "kas", "kol",
    "kov", "led", "lip", "lis", "mag", "nen", "noi", "out", "pri", "pro", "rij", "sen", "set", "sub", "svi", "tem", "tet", "tra",
    "uno", "vas", "zar", "ean", "fra", "gor", "hyd", "ion", "lul", "mej", "лис", "лист", "мам", "там", "лют", "আগ", "জুল", "সেপ", "ஆக",
    "जाने", "ဒီ", "အောက်", "နို", "စက်", "ဖေ",
})  # fmt: skip
_SHORT = 4  # letters
_HEARD, _UNHEARD, _LEAST, _MORE = 0.02, 0.01, 0.05, 2
_ARABIC = "\u0600"
_UNSPACED = "\u1100"  # Hangul, kana, Han: no blanks between words, or short words

DAY = r"(?:3[01]|[12][0-9]|0?[1-9])"
# What follows the number of a day: 1st, 1er, 1:a, 1º (folded to o), 1-го, "1."; languages state more.
_ORDINALS = (
    "st",
    "nd",
    "rd",
    "th",
    "er",
    "re",
    "ro",
    "ste",
    "te",
    "de",
    "da",
    "o",
    "a",
    "e",
    "\u00b0",
    ".o",
    ".a",
    ":an",
    ":en",
    ":a",
    ":e",
    "-го",
    "-е",
)
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
    """The date words of many languages, to be built once; ``phrases`` have their names in a layer.

    >>> from orderparse.languages import DateWords
    >>> months = tuple((name,) for name in "jan feb mar apr maj jun jul aug sep okt nov dec".split())
    >>> calendar = Calendar.of({"sv": DateWords(months=months, today=("idag",))})
    >>> [(match.start, match.name.months, match.name.shift) for match in calendar.names("idag 3 okt, oktav")]
    [(0, (), 0), (7, ((10, 1.0),), None)]
    """

    def __init__(self, words: CalendarWords, phrases: Phrases[Phrase]) -> None:
        self._words = words
        until = words.until
        between, day, year = words.between | {*_BETWEEN}, words.day | {*_ORDINALS}, words.year | {*_YEAR_WORDS}
        self._phrases = phrases
        words_between = sorted(until - {""}, key=lambda word: (-len(word), word))
        span = "|".join([" ?[-~] ?", *(_between(word) for word in words_between)])
        span = f"(?:{span})"
        line_end = r" ?- ?\n"  # "Friday, November 20 -", and the last day on the next line
        self._gap = rf"(?:\.| ?(?:{_any_of(year)})\.?)?(?:,? ?[0-9]{{1,2}}:[0-9]{{2}})?(?:{line_end}|{span}| ?/ ?(?=[0-9]{{4}})){_ARTICLE}"
        apart = _any_of(word for word in day if word.endswith("."))  # Lithuanian "5 d."
        ordinal = rf"(?:\.|{_any_of(day)}{f'| (?:{apart})' if apart else ''})?"
        of = _any_of(between)
        self._before = (
            rf"(?<![{WORD}])(?<![0-9][.,:/-])(?:(?P<first>{DAY}){ordinal}{span}{_ARTICLE})?(?P<day>{DAY}){ordinal}"
            rf"(?P<mark> (?:{of}) | ?[-/.] ?|, | ?d'| ?)\Z"
        )
        self._after = (
            # Danish "fra 17/01/2021" is no month of Maltese.
            rf"(?:\.?,? {{0,2}}{_ARTICLE}|[-/])(?!{DAY}(?P<mark>[-/.])[0-9]{{1,2}}(?P=mark)[0-9])"
            rf"(?P<day>{DAY}){ordinal}(?![{WORD}]|:[0-9]|[.,][0-9]{{1,3}}(?![0-9]))"
            rf"(?:{span}{_ARTICLE}(?P<last>{DAY}){ordinal}(?![{WORD}]|:[0-9]|[.,/-][0-9]{{1,3}}(?![0-9])))?"
            rf"(?: [0-9]{{2}}:[0-9]{{2}}(?::[0-9]{{2}})?(?: [a-z]{{3,4}})? (?P<later>{YEAR})(?![{WORD}]|:[0-9])"
            rf"|(?:,? ?(?:(?:{of}) ?)?|[-/.])(?P<year>{YEAR})(?![{WORD}])|(?:[-/.]|,? ?')(?P<short>[0-9]{{2}})(?![{WORD}]|[.,:][0-9]))?"
        )
        self._year_after = (
            rf"(?:\.?,? ?(?:(?:{of}) ?)?|[-/.])(?P<year>{YEAR})(?:[гrg]\b)?(?![{WORD}])"
            rf"|(?:\.? ?'|[-/.])(?P<marked>[0-9]{{2}})(?![{WORD}%]|[.,:][0-9])"
            rf"|(?P<blank>\.? ?)(?P<bare>[0-9]{{2}})(?![{WORD}])(?= ?(?:[\n\t,.;)|]|\Z))(?![.,:][0-9])"
        )
        self._year_before = rf"(?<![{WORD}])(?<![0-9][.,:/-])(?P<year>{YEAR})(?:(?P<worded>\.? ?(?:{_any_of(year)})\.?)|\.|[-/])?,? ?\Z"

    @cached_property
    def latin(self) -> Calendar:
        """The same for a text whose letters are all Latin: the words that are left are a third, and so is the time to compile them."""
        return Calendar(CalendarWords(*(frozenset(filter(latin, words)) for words in self._words)), self._phrases)

    @cached_property
    def gap(self) -> re.Pattern[str]:
        """Between the two days of a range."""
        return re.compile(self._gap)

    @cached_property
    def before(self) -> re.Pattern[str]:
        """A day, or two, before the name of a month: "den 3 och 5 ", "12.-14. ", "1 de "."""
        return re.compile(self._before)

    @cached_property
    def after(self) -> re.Pattern[str]:
        """A day, or two, after the name of a month: " 1st, 2026", " 9 - 10, 2026", " 1 12:00:00 UTC 2026"."""
        return re.compile(self._after)

    @cached_property
    def year_after(self) -> re.Pattern[str]:
        """The year behind "1 March": of two digits only with a mark, or where nothing but a blank or nothing stands between."""
        return re.compile(self._year_after)

    @cached_property
    def year_before(self) -> re.Pattern[str]:
        """The year before "March 1", and before "1 March" where a word marks it: "2026. gada 1. marts"."""
        return re.compile(self._year_before)

    @classmethod
    def of(cls, languages: Mapping[str, DateWords]) -> Calendar:
        """The calendar of some languages alone."""
        return cls(CalendarWords.of(languages.values()), Phrases.of(calendar_phrases(languages), LAYERS))

    def names(
        self, folded: str, matches: Iterable[PhraseMatch[Phrase]] | None = None, spoken: Mapping[str, float] | None = None
    ) -> list[NameMatch]:
        """Names in folded text, in text order; of two the longer one.

        ``matches`` are those of the calendar's layer, if the phrases of the text were found before; ``spoken`` are the shares of
        the languages of the text: they say which month a name means.
        """
        found = self._phrases.find(cut(folded))[CALENDAR] if matches is None else matches
        return [
            NameMatch(*match.span, _name(match.meanings, folded[match.span.slice], spoken))
            for match in found
            # "thang 1" is not in "thang 12", nor "1-р сар" in "11-р сар".
            if not (folded[match.span.end - 1].isdigit() and folded[match.span.end : match.span.end + 1].isdigit())
            and not (folded[match.span.start].isdigit() and folded[max(match.span.start - 1, 0) : match.span.start].isdigit())
        ]


def _name(meanings: Iterable[Phrase], name: str, spoken: Mapping[str, float] | None) -> Name:
    months: dict[int, float] = {}
    weekdays: set[int] = set()
    solar = shift = None
    full = heard = False
    weekly = daily = 0.0
    for meaning in meanings:
        share = 1.0 if spoken is None else spoken.get(meaning.language, 0.0)
        heard = heard or share >= _HEARD
        match meaning.section:
            case "month":
                months[int(meaning.key)] = months.get(int(meaning.key), 0.0) + share + _UNHEARD
            case "solar":
                solar = int(meaning.key)
            case "weekday" | "full_weekday":
                weekdays.add(int(meaning.key))
                weekly = max(weekly, share)
                full = full or meaning.section == "full_weekday"
            case "day":
                shift = int(meaning.key)
                daily = max(daily, share)
    if weekdays and months and heard and max(months.values()) < _HEARD:
        months.clear()  # "lun" is August in Irish, but Monday in the Italian of the page
    if weekdays and spoken is not None and daily > weekly * _MORE:
        weekdays.clear()  # "ma" is Monday in Danish, but today in the Hungarian of the page
    total = sum(months.values())
    ranked = sorted(months.items(), key=lambda month: (-month[1], month[0]))
    return Name(
        months=tuple((month, weight / total) for month, weight in ranked if weight >= total * _LEAST),
        solar=solar,
        weekdays=frozenset(weekdays),
        shift=shift,
        full=full,
        # A short name of a month that is one in no language of the page may be any word.
        everyday=name in _EVERYDAY or (len(name) < _SHORT and not heard),
    )


def _between(word: str) -> str:
    if word[0] >= _UNSPACED or unspaced(word):
        return rf" ?{re.escape(word)} ?"
    if len(word) == 1 and word > _ARABIC:
        return rf" {re.escape(word)} ?"  # Arabic writes "and" as a part of the next word
    return rf" {re.escape(word)}{'' if word.endswith('-') else ' '}"  # Maltese "sat-12"


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(" ".join(word.split())) for word in sorted(words, key=lambda word: (-len(word), word)) if word.strip())
