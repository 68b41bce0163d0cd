"""Knowledge: languages, carriers, merchants and currencies as one thing to hand around.

Loaded once (:meth:`Knowledge.builtin`), never global, never changed. A user's own
folder with ``languages/``, ``carriers/``, ``merchants/`` and ``currencies/`` is laid over
it by :meth:`Knowledge.with_folder`.
"""

from __future__ import annotations

import gc
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from orderparse import carriers as carrier_files
from orderparse import compiled, datafiles
from orderparse import currencies as currency_files
from orderparse import languages as language_files
from orderparse import merchants as merchant_files
from orderparse.carriers import Carriers, Formats
from orderparse.errors import KnowledgeError
from orderparse.languages import vocabulary
from orderparse.languages.scams import Scams
from orderparse.languages.vocabulary import LAYERS, NAMING, Phrase, Vocabulary
from orderparse.merchants import Merchants
from orderparse.slotted import dataclass, field, replace
from orderparse.text.fold import fold
from orderparse.text.phrases import Phrases
from orderparse.values.amounts import Symbols
from orderparse.values.dates import Calendar

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from orderparse.carriers import Carrier
    from orderparse.currencies import Currency
    from orderparse.languages import Language
    from orderparse.merchants import Merchant

_PACKAGE = Path(__file__).parent
_FOLDERS = ("languages", "carriers", "merchants", "currencies", "assemble")  # the last has the wording of scams


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """All that is known before a mail is read. ``phrases`` has the layers of :mod:`orderparse.languages.vocabulary`."""

    carriers: Mapping[str, Carrier]
    merchants: Merchants
    currencies: Mapping[str, Currency]
    formats: Formats
    lines: Carriers  # carriers by host and sender domain
    symbols: Symbols
    phrases: Phrases[Phrase]
    words: Vocabulary
    calendar: Calendar
    countries: Mapping[str, tuple[str, ...]]  # names of countries as an address ends with them, folded: their currencies
    scams: Scams
    files: Callable[[], Mapping[str, Language]] = field(repr=False)

    @property
    def languages(self) -> Mapping[str, Language]:
        """The language files, by code. Reading a mail needs none of them: ``phrases`` and ``words`` say what they say."""
        return self.files()

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
        spoken = language_files.load_folder(folder / "languages")
        carriers = carrier_files.load_folder(folder / "carriers")
        merchants = merchant_files.load_folder(folder / "merchants")
        lines, shops = {**self.carriers, **carriers}, {**self.merchants.by_code, **merchants}
        money = {**self.currencies, **currency_files.load_folder(folder / "currencies")}
        phrases = self._phrases_but_of(spoken, carriers, merchants).with_more(_phrases(spoken.values(), carriers, merchants))
        if not spoken:
            return _with((phrases, self.words), lines, shops, money, self.files)
        files = {**self.languages, **spoken}
        return _with((phrases, Vocabulary.of(files.values())), lines, shops, money, lambda: files)

    def with_language(self, language: Language) -> Knowledge:
        """This knowledge with one more language, or with another file for a language."""
        files = {**self.languages, language.code: language}
        phrases = self._phrases_but_of({language.code}).with_more(_phrases([language], {}, {}))
        return self._speaking(phrases, files)

    def without_language(self, code: str) -> Knowledge:
        """This knowledge as if nobody had written the language's file."""
        left = {key: language for key, language in self.languages.items() if key != code}
        return self._speaking(self._phrases_but_of({code}), left)

    def _phrases_but_of(
        self, spoken: Collection[str], carriers: Collection[str] = (), merchants: Collection[str] = ()
    ) -> Phrases[Phrase]:
        """The phrases without those of some languages and the names of some carriers and merchants, by their codes."""
        named = {("carrier", code) for code in carriers} | {(section, code) for code in merchants for section in ("merchant", "platform")}
        if not spoken and not named:
            return self.phrases
        return self.phrases.only(lambda phrase: phrase.language not in spoken and (phrase.section, phrase.key) not in named)

    def _speaking(self, phrases: Phrases[Phrase], files: Mapping[str, Language]) -> Knowledge:
        words = Vocabulary.of(files.values())
        return replace(self, phrases=phrases, words=words, calendar=Calendar(words.calendar, phrases), files=lambda: files)


@cache
def _builtin() -> Knowledge:
    collects = gc.isenabled()
    gc.disable()  # what is loaded stays: to look through it again and again meanwhile is a sixth of the time
    try:
        return _of(compiled.read(compiled.FILE, folders()) or _compiled())
    finally:
        if collects:
            gc.enable()


def _of(found: compiled.Compiled) -> Knowledge:
    tables = found.tables
    return _with(
        (found.phrases, found.vocabulary),
        {code: carrier_files.of_table(code, table) for code, table in tables["carriers"].items()},
        {code: merchant_files.of_table(code, table) for code, table in tables["merchants"].items()},
        {currency.code: currency for currency in map(currency_files.of_table, tables["currencies"].values())},
        _languages,
        scams=Scams(tables["assemble"]["scams"]),
    )


@cache
def _languages() -> Mapping[str, Language]:
    return language_files.load_folder(_PACKAGE / "languages")


def folders() -> tuple[Path, ...]:
    """The folders of the package's files."""
    return tuple(_PACKAGE / name for name in _FOLDERS)


def compile_builtin(path: Path) -> None:
    """Write what the package's files say to a file that is read at once.

    Raises:
        OSError: The file cannot be written.
        KnowledgeError: One of the files is not as its schema says.

    """
    compiled.write(path, folders(), _compiled())


def _compiled() -> compiled.Compiled:
    carriers = carrier_files.load_folder(_PACKAGE / "carriers")
    merchants = merchant_files.load_folder(_PACKAGE / "merchants")
    currency_files.load_folder(_PACKAGE / "currencies")
    spoken = _languages().values()
    return compiled.Compiled(
        Phrases.of(_phrases(spoken, carriers, merchants), LAYERS),
        Vocabulary.of(spoken),
        {name: {path.stem: datafiles.load(path, dict) for path in sorted((_PACKAGE / name).glob("*.toml"))} for name in _FOLDERS[1:]},
    )


def _with(
    told: tuple[Phrases[Phrase], Vocabulary],
    lines: Mapping[str, Carrier],
    shops: Mapping[str, Merchant],
    money: Mapping[str, Currency],
    files: Callable[[], Mapping[str, Language]],
    *,
    scams: Scams | None = None,
) -> Knowledge:
    phrases, words = told
    return Knowledge(
        carriers=lines,
        merchants=Merchants(shops),
        currencies=money,
        formats=Formats(lines.values()),
        lines=Carriers(lines.values()),
        symbols=Symbols(money.values()),
        phrases=phrases,
        words=words,
        calendar=Calendar(words.calendar, phrases),
        countries=_countries(money.values()),
        scams=scams or _builtin().scams,
        files=files,
    )


def _countries(money: Iterable[Currency]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for currency in money:
        for name in currency.named:
            found[fold(name)] = (*found.get(fold(name), ()), currency.code)
    return found


def _phrases(spoken: Iterable[Language], lines: Mapping[str, Carrier], shops: Mapping[str, Merchant]) -> Iterator[tuple[str, int, Phrase]]:
    yield from vocabulary.phrases(spoken)
    yield from vocabulary.calendar_phrases({language.code: language.dates for language in spoken})
    yield from _names(lines, shops)


def _names(lines: Mapping[str, Carrier], shops: Mapping[str, Merchant]) -> Iterator[tuple[str, int, Phrase]]:
    for code, carrier in lines.items():
        for name in carrier.names:
            yield name, NAMING, Phrase("carrier", code, "")
    for code, merchant in shops.items():
        section = "platform" if merchant.kind == "platform" else "merchant"
        for name in merchant.names:
            yield name, NAMING, Phrase(section, code, "")
