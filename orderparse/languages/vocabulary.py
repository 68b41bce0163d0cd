"""Vocabulary: what all languages say together, folded, as a reader needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from orderparse.languages import TEXT_LABELS, Quoted, calendar_names
from orderparse.languages.calendar_names import CalendarWords
from orderparse.languages.han import other_writing
from orderparse.roles import MailKind, Role
from orderparse.slotted import dataclass
from orderparse.text.fold import fold
from orderparse.text.pieces import unspaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from orderparse.languages import DateWords, Language

# Phrases of one layer do not hide those of another: kinds, link texts and labels of names stand apart from labels of numbers, so
# that "order confirmation" and "order at" do not swallow "order"; a status, which tells where it stands alone, does not hide the kind
# that "delayed" tells in "delivery delayed". Function words stand here only in scripts without blanks. What stands before a hole of a
# kind tells nothing yet.
LAYERS = 7
_SHORT = 2  # letters
NAMING, TELLING, STATES, WORDINGS, FUNCTION_WORDS, CALENDAR, PARTED = range(LAYERS)


class Phrase(NamedTuple):
    """What a phrase means: a ``section`` of a language file or a name, its key there, and the language (or "").

    The section of a wording with the value inside is "before" or "after", which the phrase stands of the value, and
    ``rest`` is what must stand on the other side; of one that free words part from the value ("across") right before that, or
    with its gap in it where the value comes first; of a kind around a hole, behind it.
    """

    # label | noun | kind | neutral | status | track | before | after | across |
    # stop | month | solar | weekday | full_weekday | day | carrier | merchant | platform
    section: str
    key: str
    language: str
    rest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Single words, dates and marks of quoted mails, in all languages at once."""

    fillers: frozenset[str]
    amount_words: frozenset[str]  # labels that say that a sum is one, and no more
    on_delivery: frozenset[str]  # labels of the sum that a courier collects
    shipment_total: frozenset[str]  # labels of what the goods of one parcel come to
    taken_over: frozenset[str]  # what a parcel's history says when the carrier has got it
    dated: frozenset[str]  # words between an order number and its day
    sent_by: frozenset[str]  # words between a parcel and who sent it
    order_nouns: frozenset[str]  # what a link may call an order: long nouns in the letters of links
    ahead: Mapping[str, tuple[str, ...]]  # by language: verbs of what is yet to be sent
    done: Mapping[str, tuple[str, ...]]  # by language whose verbs have no tenses: marks of what has happened
    behind: frozenset[str]  # what makes a weekday the last one
    not_words: Mapping[str, tuple[str, ...]]  # by language: words that deny the verb that they stand with
    header_words: frozenset[str]  # "from", "sent", "to", "subject"
    date_words: frozenset[str]  # "date", as mails have it in their headers; not "sent", which parcels are too
    number_words: frozenset[str]
    day_words: Mapping[str, frozenset[str]]  # "today", "tomorrow", weekdays, with the languages that have them
    stop_words: Mapping[str, tuple[str, ...]]  # with the languages that have them
    calendar: CalendarWords
    month_first: frozenset[str]  # languages in which 3/5 without a year is the fifth of March
    quoted: tuple[Quoted, ...]
    countries: Mapping[str, str]  # in which a language is spoken most, where that tells a currency
    number_endings: Mapping[str, tuple[str, ...]]  # "-es" of "4821-es", with the languages that have it
    variants: frozenset[str]  # languages that are like another: they share its phrases

    @classmethod
    def of(cls, languages: Iterable[Language]) -> Vocabulary:
        """The vocabulary of some languages."""
        spoken = tuple(languages)
        days: dict[str, set[str]] = {}
        stops: dict[str, list[str]] = {}
        endings: dict[str, list[str]] = {}
        for language in spoken:
            own = language.dates
            for words in (own.today, own.tomorrow, own.yesterday, *own.weekdays):
                for word in words:
                    if len(folded := fold(word).rstrip(".")) > _SHORT or unspaced(folded):  # "to" is a Thursday, too
                        days.setdefault(folded, set()).add(language.code)
            for word in language.stop_words:
                stops.setdefault(fold(word), []).append(language.code)
            for word in language.number_endings:
                endings.setdefault(fold(word), []).append(language.code)
        quoted = tuple(language.quoted for language in spoken)
        return cls(
            fillers=frozenset(fold(word) for language in spoken for word in language.fillers),
            dated=frozenset(fold(word) for language in spoken for word in language.dated),
            sent_by=frozenset(fold(word) for language in spoken for word in language.sent_by),
            order_nouns=frozenset(_in_links(noun for language in spoken for noun in language.nouns.get(Role.ORDER_NUMBER, ()))),
            amount_words=frozenset(fold(word) for language in spoken for word in language.amount_words),
            on_delivery=frozenset(fold(word) for language in spoken for word in language.on_delivery),
            shipment_total=frozenset(fold(word) for language in spoken for word in language.shipment_total),
            taken_over=frozenset(fold(words) for language in spoken for words in language.taken_over),
            ahead={language.code: tuple(map(fold, language.ahead)) for language in spoken if language.ahead},
            done={language.code: tuple(map(fold, language.done)) for language in spoken if language.done},
            behind=frozenset(fold(word) for language in spoken for word in language.behind),
            not_words={language.code: tuple(map(fold, language.not_words)) for language in spoken if language.not_words},
            header_words=frozenset(
                fold(word).rstrip(":") for marks in quoted for words in (marks.from_, marks.sent, marks.to, marks.subject) for word in words
            ),
            date_words=frozenset(fold(word).rstrip(":") for marks in quoted for word in marks.sent)
            - {fold(word) for language in spoken for word in _of_parcels(language)},
            number_words=frozenset(fold(word).rstrip(".") for language in spoken for word in language.number_words),
            day_words={word: frozenset(codes) for word, codes in days.items()},
            stop_words={word: tuple(dict.fromkeys(codes)) for word, codes in stops.items()},
            calendar=CalendarWords.of(language.dates for language in spoken),
            month_first=frozenset(language.code for language in spoken if language.dates.month_first),
            quoted=quoted,
            countries={language.code: language.country for language in spoken if language.country},
            number_endings={word: tuple(codes) for word, codes in endings.items()},
            variants=frozenset(language.code for language in spoken if language.like),
        )

    def as_json(self) -> dict[str, Any]:
        """The vocabulary in the types of JSON; sets are sorted."""
        from dataclasses import asdict  # noqa: PLC0415  # only where what is known is compiled

        return {
            **{name: sorted(getattr(self, name)) for name in _SETS},
            "day_words": {word: sorted(codes) for word, codes in self.day_words.items()},
            "stop_words": dict(self.stop_words),
            "calendar": [sorted(words) for words in self.calendar],
            "quoted": [asdict(marks) for marks in self.quoted],
            "ahead": dict(self.ahead),
            "done": dict(self.done),
            "not_words": dict(self.not_words),
            "countries": dict(self.countries),
            "number_endings": dict(self.number_endings),
        }

    @classmethod
    def from_json(cls, table: Mapping[str, Any]) -> Vocabulary:
        """The vocabulary that was given as JSON."""
        return cls(
            **{name: frozenset(table[name]) for name in _SETS},
            day_words={word: frozenset(codes) for word, codes in table["day_words"].items()},
            stop_words={word: tuple(codes) for word, codes in table["stop_words"].items()},
            calendar=CalendarWords(*map(frozenset, table["calendar"])),
            quoted=tuple(Quoted(**_tuples(marks)) for marks in table["quoted"]),
            ahead={code: tuple(words) for code, words in table["ahead"].items()},
            done={code: tuple(words) for code, words in table["done"].items()},
            not_words={code: tuple(words) for code, words in table["not_words"].items()},
            countries=table["countries"],
            number_endings={word: tuple(codes) for word, codes in table["number_endings"].items()},
        )


def _of_parcels(language: Language) -> Iterator[str]:
    """What is said of parcels that were sent or have come."""
    for kind in (MailKind.SHIPPING, MailKind.DELIVERED):
        yield from language.status.get(kind, ())
    for key in ("ship_date", "delivered_date"):
        yield from language.labels.get(key, ())


HOLE = "…"  # of a wording: some words that nobody knows
GAP = "{}"  # of a wording: where the value stands
_JOINTS = "-'\u2019 "  # Hungarian "{}-ig", Turkish "{}'ta"
_LONG_NOUN = 5  # letters
_SETS = (
    "fillers",
    "amount_words",
    "on_delivery",
    "shipment_total",
    "taken_over",
    "dated",
    "sent_by",
    "order_nouns",
    "header_words",
    "date_words",
    "number_words",
    "variants",
    "month_first",
    "behind",
)


def _in_links(nouns: Iterable[str]) -> Iterator[str]:
    """Nouns as links have them: one word of Latin letters, without accents, that is long enough to mean nothing else."""
    for noun in map(fold, nouns):
        if noun.isascii() and noun.isalpha() and len(noun) >= _LONG_NOUN:
            yield noun


def _tuples(table: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _tuple(value) for key, value in table.items()}


def _tuple(value: Any) -> Any:
    return tuple(_tuple(one) for one in value) if isinstance(value, list) else value


def phrases(languages: Iterable[Language]) -> Iterator[tuple[str, int, Phrase]]:
    """Every phrase of some languages with its layer and meaning.

    Those of Chinese stand in its other writing too, there as nobody's: they tell no language.
    """
    for language in languages:
        for phrase, layer, meaning in _own_phrases(language):
            yield phrase, layer, meaning
            other = other_writing(language.code, phrase) if layer != FUNCTION_WORDS else None
            if other is not None:
                yield other, layer, meaning._replace(language="", rest=other_writing(language.code, meaning.rest) or meaning.rest)


def _own_phrases(language: Language) -> Iterator[tuple[str, int, Phrase]]:
    code = language.code
    for section, table in (("label", language.labels), ("noun", language.nouns)):
        for key, listed in table.items():
            layer = TELLING if key in TEXT_LABELS else NAMING
            for phrase in listed:
                yield phrase, layer, Phrase(section, key, code)
    for section, kinds, layer in (("kind", language.kinds, TELLING), ("status", language.status, STATES)):
        for kind, listed in kinds.items():
            for phrase in listed:
                if HOLE in phrase:
                    yield _parted(phrase, PARTED, Phrase(section, kind.value, code))
                else:
                    yield phrase, layer, Phrase(section, kind.value, code)
    for phrase in language.neutral:
        yield phrase, TELLING, Phrase("neutral", "", code)
    for phrase in language.track_links:
        yield phrase, TELLING, Phrase("track", "tracking_number", code)
    yield from _wordings(language)
    for word in language.stop_words:
        if unspaced(fold(word)):
            yield word, FUNCTION_WORDS, Phrase("stop", "", code)


def calendar_phrases(dates: Mapping[str, DateWords]) -> Iterator[tuple[str, int, Phrase]]:
    """The names of the calendars of some languages."""
    for code, days in dates.items():
        for name, section, key in calendar_names.names(days):
            yield name, CALENDAR, Phrase(section, key, code)
    for words in calendar_names.MORNINGS:
        yield words, CALENDAR, Phrase("morning", "", "")


def _wordings(language: Language) -> Iterator[tuple[str, int, Phrase]]:
    for key, listed in language.around.items():
        for wording in listed:
            before, _, after = (" ".join(part.split()) for part in fold(wording).partition("{}"))
            if any(char.isalpha() for char in before):
                yield before, WORDINGS, Phrase("before", key, language.code, after.lstrip(_JOINTS))
            elif after:
                yield after, WORDINGS, Phrase("after", key, language.code, before)
    for key, listed in language.across.items():
        for wording in listed:
            yield _parted(wording, WORDINGS, Phrase("across", key, language.code))


def _parted(wording: str, layer: int, meaning: Phrase) -> tuple[str, int, Phrase]:
    """A wording with a hole: what stands before it, with what stands behind it in the meaning; the other way round behind a day."""
    words, _, last = (" ".join(fold(part).split()) for part in wording.partition(HOLE))
    if GAP in words:
        words, last = last, words
    return words, layer, meaning._replace(rest=last)
