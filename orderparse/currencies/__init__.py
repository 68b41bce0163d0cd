"""A currency (ISO 4217): its code, its decimals and how prices show it.

One TOML file a currency, registered nowhere. Symbols are compared as written; "kr" and "$" belong
to many currencies, and ``rank`` says which of them is meant sooner.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from orderparse import datafiles
from orderparse.datafiles import WrongEntryError, known, strings, text
from orderparse.errors import KnowledgeError
from orderparse.slotted import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_KEYS = {"code", "name", "decimals", "rank", "symbols", "words", "countries", "named"}
_MOST_DECIMALS = 4  # ISO 4217: the unidad de fomento


@dataclass(frozen=True, slots=True, kw_only=True)
class Currency:
    """A currency file as loaded.

    ``symbols`` stand before or behind a number, as written; the code itself needs no mention there.
    ``words`` stand behind a number in any letter case. ``countries`` are ISO 3166-1 alpha-2 codes, ``named`` names of
    the countries as the last line of an address has them, where others have the symbol too. A lower ``rank`` is meant sooner
    by a symbol that currencies share.
    """

    code: str
    name: str
    decimals: int
    rank: int
    symbols: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


def load(path: Path) -> Currency:
    """Load one currency file.

    Raises:
        KnowledgeError: The file is no TOML, or not as the schema says.

    """
    return datafiles.load(path, of_table)


def load_folder(folder: Path) -> dict[str, Currency]:
    """All currency files of a folder by code, in file-name order; a folder that is not there has none.

    Raises:
        KnowledgeError: A file is not as the schema says, or two have one code.

    """
    found: dict[str, Currency] = {}
    for path in sorted(folder.glob("*.toml")):
        currency = load(path)
        if currency.code in found:
            msg = f"{path}: {currency.code} has a file already"
            raise KnowledgeError(msg)
        found[currency.code] = currency
    return found


def of_table(table: Mapping[str, Any]) -> Currency:
    """The currency of a file's table.

    Raises:
        ValueError: The table is not as the schema says.
        KeyError: It lacks a key.

    """
    known(table, _KEYS, "the file")
    code, name = text(table, "code"), text(table, "name")
    if not re.fullmatch(r"[A-Z]{3}", code):
        msg = "code: three capital letters are wanted"
        raise WrongEntryError(msg, "code")
    return Currency(
        code=code,
        name=name,
        decimals=_number(table, "decimals", _MOST_DECIMALS),
        rank=_number(table, "rank", 1000),
        symbols=_listed(table, "symbols", r"\S+(?: \S+)?"),
        words=_listed(table, "words", r"\S+(?: \S+)?"),
        countries=_listed(table, "countries", r"[A-Z]{2}"),
        named=_listed(table, "named", r"\S+(?: \S+){0,5}"),
    )


def _number(table: Mapping[str, Any], key: str, most: int) -> int:
    number = table[key]
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number <= most:
        msg = f"{key}: a number from 0 to {most} is wanted"
        raise WrongEntryError(msg, key)
    return number


def _listed(table: Mapping[str, Any], key: str, pattern: str) -> tuple[str, ...]:
    found = strings(table, key)
    wrong = next((string for string in found if not re.fullmatch(pattern, string)), None)
    if wrong is not None:
        msg = f"{key}: {wrong!r} is not of the form {pattern}"
        raise WrongEntryError(msg, wrong)
    if len(set(found)) != len(found):
        msg = f"{key}: the same string twice"
        raise WrongEntryError(msg, key)
    return found
