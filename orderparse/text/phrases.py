"""Thousands of phrases found in one pass over folded text.

One Aho-Corasick automaton; then a check that a match does not begin or end inside a word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from ahocorasick_rs import AhoCorasick

from orderparse.text.fold import fold
from orderparse.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")


class PhraseMatch(NamedTuple, Generic[T]):
    """A phrase met in a text, with everything that was said of that phrase."""

    span: Span
    meanings: tuple[T, ...]


class Phrases(Generic[T]):
    """Phrases with meanings; several meanings may share one phrase.

    >>> phrases = Phrases([("Order number", "order"), ("order", "noun")])
    >>> [(m.span, m.meanings) for m in phrases.find(fold("Your ORDER NUMBER: 1, border"))]
    [(Span(start=5, end=17), ('order',))]
    """

    def __init__(self, pairs: Iterable[tuple[str, T]]) -> None:
        meanings: dict[str, list[T]] = {}
        for phrase, meaning in pairs:
            folded = " ".join(fold(phrase).split())
            if folded:
                known = meanings.setdefault(folded, [])
                if meaning not in known:
                    known.append(meaning)
        self._meanings = [tuple(known) for known in meanings.values()]
        self._automaton = AhoCorasick(list(meanings))

    def find(self, folded: str) -> Iterator[PhraseMatch[T]]:
        """Whole-word matches in text order; a match inside a longer one is dropped."""
        kept: list[tuple[int, int, int]] = []
        for index, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            if _inside_word(folded, start) or _inside_word(folded, end):
                continue
            # Matches come ordered by end: a longer one swallows those it holds.
            while kept and start <= kept[-1][0]:
                kept.pop()
            if kept and kept[-1][1] == end:  # a longer match with this end came first
                continue
            kept.append((start, end, index))
        for start, end, index in kept:
            yield PhraseMatch(Span(start, end), self._meanings[index])


def _inside_word(text: str, at: int) -> bool:
    if at == 0 or at == len(text):
        return False
    before, after = text[at - 1], text[at]
    if not (before.isalpha() and after.isalpha()):
        # "order1042" and "nr.5" end a word; "1042order" begins one only after a unit-less digit.
        return False
    if before < "\u0e00" and after < "\u0e00":  # nearly always
        return True
    # Scripts without spaces (Han, kana, Thai ...) have no word boundary to check.
    return _spaced(before) and _spaced(after)


# Blocks of The Unicode Standard whose scripts put blanks between words; from Thai on there are gaps in them.
_SPACED_BLOCKS = ((0x0000, 0x0E00), (0x0F00, 0x1000), (0x10A0, 0x1780), (0x1E00, 0x2E80), (0xAC00, 0xD7B0))


def _spaced(char: str) -> bool:
    return any(first <= ord(char) < end for first, end in _SPACED_BLOCKS)
