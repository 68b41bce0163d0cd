"""Wording of scams (``scams.toml``): which of the things that scams say a text says."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from orderparse.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ahocorasick_rs import AhoCorasick

_FILE: Final = Path(__file__).with_name("scams.toml")
_MOST: Final = 40_000  # characters that are looked at


def said(folded: str) -> frozenset[str]:
    """The sections of ``scams.toml`` of which a folded text has a phrase, as whole words.

    >>> sorted(said("your parcel is on hold. please pay the fee within 24 hours"))
    ['fee', 'held', 'urgent']
    """
    phrases, sections = _phrases()
    text = folded[:_MOST].replace("\n", " ").replace("\u2019", "'")
    found: set[str] = set()
    for at, start, end in phrases.find_matches_as_indexes(text, overlapping=True):
        if not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()):
            found.update(sections[at])
    return frozenset(found)


@cache
def _phrases() -> tuple[AhoCorasick, list[tuple[str, ...]]]:
    import tomllib  # noqa: PLC0415  # here as below: for mails that are asked about

    from ahocorasick_rs import AhoCorasick  # noqa: PLC0415

    sections: Mapping[str, Mapping[str, list[str]]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    known: dict[str, dict[str, None]] = {}
    for section, languages in sections.items():
        for phrase in (fold(phrase) for phrases in languages.values() for phrase in phrases):
            known.setdefault(phrase, {})[section] = None
    return AhoCorasick(list(known)), [tuple(own) for own in known.values()]
