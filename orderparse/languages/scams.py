"""Wording of scams (``orderparse/assemble/scams.toml``): which of the things that scams say a text says."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from orderparse.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ahocorasick_rs import AhoCorasick

_MOST: Final = 40_000  # characters that are looked at


class Scams:
    """Phrases by section and language.

    >>> scams = Scams({"held": {"en": ["on hold"], "sv": ["väntar"]}, "fee": {"en": ["pay the fee"]}})
    >>> sorted(scams.said("your parcel is on hold. please pay the fees"))
    ['held']
    """

    def __init__(self, sections: Mapping[str, Mapping[str, Sequence[str]]]) -> None:
        self._sections = sections

    def said(self, folded: str) -> frozenset[str]:
        """The sections of which a folded text has a phrase, as whole words."""
        phrases, sections = self._phrases
        text = folded[:_MOST].replace("\n", " ").replace("\u2019", "'")
        found: set[str] = set()
        for at, start, end in phrases.find_matches_as_indexes(text, overlapping=True):
            if not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()):
                found.update(sections[at])
        return frozenset(found)

    @cached_property
    def _phrases(self) -> tuple[AhoCorasick, list[tuple[str, ...]]]:
        from ahocorasick_rs import AhoCorasick  # noqa: PLC0415  # for mails that are asked about

        known: dict[str, dict[str, None]] = {}
        for section, languages in self._sections.items():
            for phrase in (fold(phrase) for phrases in languages.values() for phrase in phrases):
                known.setdefault(phrase, {})[section] = None
        return AhoCorasick(list(known)), [tuple(own) for own in known.values()]
