"""A currency (ISO 4217): its code, its decimals and how prices show it.

One TOML file a currency, registered nowhere. Symbols are compared as written; "kr" and "$" belong
to many currencies, and ``rank`` says which of them is meant sooner.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from orderparse.errors import KnowledgeError

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
    try:
        return _currency(tomllib.loads(path.read_text(encoding="utf-8")))
    except (UnicodeDecodeError, TypeError, KeyError, ValueError) as error:
        msg = f"{path}: {error}"
        raise KnowledgeError(msg) from error


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


def _currency(table: Mapping[str, Any]) -> Currency:
    unknown = sorted(set(table) - _KEYS)
    if unknown:
        msg = f"unknown keys: {', '.join(unknown)}"
        raise ValueError(msg)
    code, name = table["code"], table["name"]
    if not isinstance(code, str) or not re.fullmatch(r"[A-Z]{3}", code) or not isinstance(name, str) or not name:
        msg = "a code of three capital letters and a name are wanted"
        raise ValueError(msg)
    return Currency(
        code=code,
        name=name,
        decimals=_number(table, "decimals", _MOST_DECIMALS),
        rank=_number(table, "rank", 1000),
        symbols=_strings(table, "symbols", r"\S+(?: \S+)?"),
        words=_strings(table, "words", r"\S+(?: \S+)?"),
        countries=_strings(table, "countries", r"[A-Z]{2}"),
        named=_strings(table, "named", r"\S+(?: \S+){0,5}"),
    )


def _number(table: Mapping[str, Any], key: str, most: int) -> int:
    number = table[key]
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number <= most:
        msg = f"{key}: a number from 0 to {most} is wanted"
        raise ValueError(msg)
    return number


def _strings(table: Mapping[str, Any], key: str, pattern: str) -> tuple[str, ...]:
    strings = table.get(key, [])
    if not isinstance(strings, list) or not all(isinstance(string, str) and re.fullmatch(pattern, string) for string in strings):
        msg = f"{key}: a list of strings of the form {pattern} is wanted"
        raise ValueError(msg)
    if len(set(strings)) != len(strings):
        msg = f"{key}: the same string twice"
        raise ValueError(msg)
    return tuple(strings)
