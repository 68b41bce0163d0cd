"""Knowledge: languages, carriers, merchants and currencies as one thing to hand around.

Loaded once (:meth:`Knowledge.builtin`), never global, never changed. A user's own
folder with ``languages/``, ``carriers/``, ``merchants/`` and ``currencies/`` is laid over
it by :meth:`Knowledge.with_folder`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from orderparse import carriers as carrier_files
from orderparse import currencies as currency_files
from orderparse import languages as language_files
from orderparse import merchants as merchant_files
from orderparse.carriers import Carriers, Formats
from orderparse.errors import KnowledgeError
from orderparse.languages import TEXT_LABELS
from orderparse.merchants import Merchants
from orderparse.text.fold import fold
from orderparse.text.phrases import Phrases
from orderparse.values.amounts import Symbols
from orderparse.values.dates import Calendar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from orderparse.carriers import Carrier
    from orderparse.currencies import Currency
    from orderparse.languages import Language
    from orderparse.merchants import Merchant

_PACKAGE = Path(__file__).parent


class Phrase(NamedTuple):
    """What a phrase means: a ``section`` of a language file or a name, its key there, and the language (or "")."""

    section: str  # label | noun | kind | status | track | carrier | merchant
    key: str
    language: str


class Wording(NamedTuple):
    """A wording with the value inside: folded text before and after it (one may be empty)."""

    before: str
    after: str
    key: str
    language: str


@dataclass(frozen=True, kw_only=True)
class Knowledge:
    """All that is known before a mail is read."""

    languages: Mapping[str, Language]
    carriers: Mapping[str, Carrier]
    merchants: Merchants
    currencies: Mapping[str, Currency]
    formats: Formats
    lines: Carriers  # carriers by host and sender domain
    symbols: Symbols
    calendar: Calendar
    phrases: Phrases[Phrase]
    # Kinds, link texts and labels of names stand apart, so that "order confirmation" and "order at" do not swallow "order".
    told: Phrases[Phrase]
    wordings: Phrases[tuple[str, Wording]]
    fillers: frozenset[str]
    list_words: frozenset[str]  # "and", "to": what joins the values of a list or a range
    dated: frozenset[str]  # words between an order number and its day
    header_words: frozenset[str]  # "from", "sent", "to", "subject" in every language
    number_words: frozenset[str]
    day_words: Mapping[str, frozenset[str]]  # "today", "tomorrow", weekdays, folded, with the languages that have them
    stop_words: Mapping[str, tuple[str, ...]]

    @classmethod
    def builtin(cls) -> Knowledge:
        """What the package brings, loaded at the first call."""
        return _builtin()

    def with_folder(self, folder: Path) -> Knowledge:
        """This knowledge with a user's files laid over it; a file of the same code replaces one.

        Raises:
            KnowledgeError: There is no such folder, or a file in it does not load.

        """
        if not folder.is_dir():
            msg = f"{folder} is not a folder"
            raise KnowledgeError(msg)
        return _of(
            {**self.languages, **language_files.load_folder(folder / "languages")},
            {**self.carriers, **carrier_files.load_folder(folder / "carriers")},
            {**self.merchants.by_code, **merchant_files.load_folder(folder / "merchants")},
            {**self.currencies, **currency_files.load_folder(folder / "currencies")},
        )

    def with_language(self, language: Language) -> Knowledge:
        """This knowledge with one more language, or with another file for a language."""
        return _of({**self.languages, language.code: language}, self.carriers, self.merchants.by_code, self.currencies)

    def without_language(self, code: str) -> Knowledge:
        """This knowledge as if nobody had written the language's file."""
        left = {key: language for key, language in self.languages.items() if key != code}
        return _of(left, self.carriers, self.merchants.by_code, self.currencies)


@cache
def _builtin() -> Knowledge:
    return _of(
        language_files.load_folder(_PACKAGE / "languages"),
        carrier_files.load_folder(_PACKAGE / "carriers"),
        merchant_files.load_folder(_PACKAGE / "merchants"),
        currency_files.load_folder(_PACKAGE / "currencies"),
    )


def _of(
    spoken: Mapping[str, Language],
    lines: Mapping[str, Carrier],
    shops: Mapping[str, Merchant],
    money: Mapping[str, Currency],
) -> Knowledge:
    stop_words: dict[str, list[str]] = {}
    for code, language in spoken.items():
        for word in language.stop_words:
            stop_words.setdefault(fold(word), []).append(code)
    return Knowledge(
        languages=spoken,
        carriers=lines,
        merchants=Merchants(shops),
        currencies=money,
        formats=Formats(lines.values()),
        lines=Carriers(lines.values()),
        symbols=Symbols(money.values()),
        calendar=Calendar(language.dates for language in spoken.values()),
        phrases=Phrases(_phrases(spoken, lines, shops)),
        told=Phrases(_told(spoken)),
        wordings=Phrases(_wordings(spoken)),
        fillers=frozenset(fold(word) for language in spoken.values() for word in language.fillers),
        list_words=frozenset(fold(word) for language in spoken.values() for word in language.dates.until),
        dated=frozenset(fold(word) for language in spoken.values() for word in language.dated),
        header_words=frozenset(
            fold(word).rstrip(":")
            for language in spoken.values()
            for words in (language.quoted.from_, language.quoted.sent, language.quoted.to, language.quoted.subject)
            for word in words
        ),
        day_words=_day_words(spoken),
        number_words=frozenset(fold(word).rstrip(".") for language in spoken.values() for word in language.number_words),
        stop_words={word: tuple(codes) for word, codes in stop_words.items()},
    )


def _day_words(spoken: Mapping[str, Language]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for code, language in spoken.items():
        days = language.dates
        for words in (days.today, days.tomorrow, days.yesterday, *days.weekdays):
            for word in words:
                found.setdefault(fold(word).rstrip("."), set()).add(code)
    return {word: frozenset(codes) for word, codes in found.items()}


def _phrases(spoken: Mapping[str, Language], lines: Mapping[str, Carrier], shops: Mapping[str, Merchant]) -> Iterator[tuple[str, Phrase]]:
    for code, language in spoken.items():
        for section, table in (("label", language.labels), ("noun", language.nouns)):
            for key, phrases in table.items():
                for phrase in phrases if key not in TEXT_LABELS else ():
                    yield phrase, Phrase(section, key, code)
    for code, carrier in lines.items():
        for name in dict.fromkeys((carrier.name, *carrier.names)):
            yield name, Phrase("carrier", code, "")
    for code, merchant in shops.items():
        if merchant.kind != "platform":
            for name in merchant.names:
                yield name, Phrase("merchant", code, "")


def _told(spoken: Mapping[str, Language]) -> Iterator[tuple[str, Phrase]]:
    for code, language in spoken.items():
        for kind, phrases in language.kinds.items():
            for phrase in phrases:
                yield phrase, Phrase("kind", kind.value, code)
        for kind, phrases in language.status.items():
            for phrase in phrases:
                yield phrase, Phrase("status", kind.value, code)
        for key in TEXT_LABELS & language.labels.keys():
            for phrase in language.labels[key]:
                yield phrase, Phrase("label", key, code)
        for phrase in language.track_links:
            yield phrase, Phrase("track", "tracking_number", code)


def _wordings(spoken: Mapping[str, Language]) -> Iterator[tuple[str, tuple[str, Wording]]]:
    for code, language in spoken.items():
        for key, phrases in language.around.items():
            for phrase in phrases:
                before, _, after = (" ".join(part.split()) for part in fold(phrase).partition("{}"))
                wording = Wording(before, after, key, code)
                if before:
                    yield before, ("before", wording)
                elif after:
                    yield after, ("after", wording)
