"""Hundreds of thousands of phrases found in one pass over folded text.

The phrases stand in a trie (marisa-trie), which is stored and read back at once; what they mean stands beside it. An
Aho-Corasick automaton (ahocorasick-rs 1.0) is no faster, since it finds six times as many, within words; it takes 2.9 s to build
of 680,000 phrases, and cannot be stored.
"""

from __future__ import annotations

from array import array
from itertools import compress, repeat
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from marisa_trie import Trie

from orderparse.text.fold import fold
from orderparse.text.patterns import lazy
from orderparse.text.pieces import first_word, inside_word
from orderparse.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

    from orderparse.text.pieces import Pieces

T = TypeVar("T")
Row = tuple[tuple[int, tuple[T, ...]], ...]
_Known = tuple[int, int, int, tuple[T, ...]]  # characters before the first word, and from there on; layer; meanings

_OPENINGS = (3, 7)  # pieces: two words, four words
_MEMORY = 50_000  # openings, words
_LONGER: Any = object()
_EMPTY = 0
_new = tuple.__new__
_INSIDE_NUMBER = lazy(r"[0-9.,][0-9]")  # "7% VAT" is not in "7.7% VAT"


class PhraseMatch(NamedTuple, Generic[T]):
    """A phrase met in a text, with everything that was said of that phrase."""

    span: Span
    meanings: tuple[T, ...]


class Stored(NamedTuple, Generic[T]):
    """Phrases as they are written down.

    ``numbers`` has for each number of the trie that of a row. A row has the layers of a phrase with its meanings in each.
    ``words`` is a trie of those that phrases begin with; ``heads`` what may stand before them.
    """

    trie: Trie
    numbers: Sequence[int]
    rows: Sequence[Row[T]]
    words: Trie
    heads: Mapping[str, Sequence[str]]
    longest: int
    layers: int


def _longest_first(heads: Iterable[str]) -> list[str]:
    return sorted(heads, key=lambda head: (-len(head), head))


class _Words(dict[str, bool]):
    """Whether a word is one of those that phrases begin with: asked of their trie once, remembered after that."""

    def __init__(self, trie: Trie, longest: int) -> None:
        super().__init__()
        self._trie = trie
        self._longest = longest

    def __missing__(self, word: str) -> bool:
        if len(word) > self._longest:
            return False
        if len(self) >= _MEMORY:
            self.clear()
        known = self[word] = word in self._trie
        return known


class _Openings(dict[str, "Sequence[_Known[T]]"], Generic[T]):
    """The phrases that an opening of some words holds; ``_LONGER`` if there are longer ones that begin with it.

    What has been looked up is remembered: mails say the same things again and again.
    """

    def __init__(self, stored: Stored[T]) -> None:
        super().__init__()
        self._trie = stored.trie
        self._numbers = stored.numbers
        self._rows = stored.rows
        self._longest = stored.longest

    def __missing__(self, opening: str) -> Sequence[_Known[T]]:
        if len(opening) > self._longest:  # a piece may be a megabyte
            return self.beginning(opening[: self._longest + 1])
        if len(self) >= _MEMORY:
            self.clear()
        known = self[opening] = _LONGER if next(self._trie.iterkeys(opening), None) is not None else self.beginning(opening)
        return known

    def beginning(self, text: str, before: int = 0) -> Sequence[_Known[T]]:
        """The phrases that a text begins with, the longest first; the text begins and ends with a piece, or is longer than any phrase."""
        rows, numbers = self._rows, self._numbers
        return [
            (before, len(phrase) - before, layer, meanings)
            for phrase, number in reversed([*self._trie.iter_prefixes_with_ids(text)])
            if not inside_word(text, len(phrase))
            for layer, meanings in rows[numbers[number]]
        ]


class _Growing(dict[tuple[int, int, T], int], Generic[T]):
    """Which row comes of a row, by its number, with one more meaning in a layer: very many phrases have few different rows."""

    def __init__(self, rows: Iterable[Row[T]]) -> None:
        super().__init__()
        self.rows: list[Row[T]] = [(), *rows]  # the first is ``_EMPTY``
        self._numbers = {row: number for number, row in enumerate(self.rows)}

    def __missing__(self, more: tuple[int, int, T]) -> int:
        before, layer, meaning = more
        row = dict(self.rows[before])
        row[layer] = tuple(dict.fromkeys((*row.get(layer, ()), meaning)))
        grown = tuple(sorted(row.items(), key=_layer))
        number = self[more] = self._numbers.setdefault(grown, len(self.rows))
        if number == len(self.rows):
            self.rows.append(grown)
        return number


def _layer(item: tuple[int, object]) -> int:
    return item[0]


class Phrases(Generic[T]):
    """Phrases with meanings; several meanings may share one phrase. A phrase has a letter.

    Phrases of one layer do not hide those of another: where "order confirmation" tells a kind of mail, "order" is still there.

    >>> from orderparse.text.pieces import cut
    >>> phrases = Phrases.of([("Order number", 0, "order"), ("order", 0, "noun"), ("order number", 1, "told")], layers=2)
    >>> labels, told = phrases.find(cut(fold("Your ORDER NUMBER: 1, border")))
    >>> [(m.span, m.meanings) for m in labels], [m.meanings for m in told]
    ([(Span(start=5, end=17), ('order',))], [('told',)])
    """

    def __init__(self, stored: Stored[T]) -> None:
        self.stored = stored
        self._words = _Words(stored.words, stored.longest)
        self._heads = {word: tuple(before) for word, before in stored.heads.items()}
        self._met = _Openings(stored)

    @classmethod
    def of(cls, phrases: Iterable[tuple[str, int, T]], layers: int = 1) -> Phrases[T]:
        """The phrases as people write them, each with its layer, counted from 0, and a meaning."""
        return cls(Stored(trie=Trie(), numbers=(), rows=(), words=Trie(), heads={}, longest=0, layers=layers)).with_more(phrases)

    def only(self, keep: Callable[[T], bool]) -> Phrases[T]:
        """The same phrases with those of their meanings that are to be kept."""
        rows = [
            tuple((layer, kept) for layer, meanings in row if (kept := tuple(meaning for meaning in meanings if keep(meaning))))
            for row in self.stored.rows
        ]
        return Phrases(self.stored._replace(rows=rows))

    def items(self) -> Iterator[tuple[str, Row[T]]]:
        """The phrases, folded, with their layers and meanings."""
        for phrase, number in self.stored.trie.items():
            yield phrase, self.stored.rows[self.stored.numbers[number]]

    def with_more(self, phrases: Iterable[tuple[str, int, T]]) -> Phrases[T]:
        """These phrases and some more, which is sooner done than making all of them anew.

        >>> few = Phrases.of([("order number", 0, "order")]).with_more([("Order number", 0, "noun"), ("parcel", 0, "parcel")])
        >>> from orderparse.text.pieces import cut
        >>> [match.meanings for match in few.find(cut("order number, parcel"))[0]]
        [('order', 'noun'), ('parcel',)]
        """
        mine = self.stored
        grown = _Growing(mine.rows)
        told = {phrase: mine.numbers[at] + 1 for phrase, at in mine.trie.items()}
        words = {*mine.words.iterkeys()}
        heads = {word: {*before} for word, before in mine.heads.items()}
        for phrase, layer, meaning in phrases:
            folded = " ".join(fold(phrase).split())
            row = told.get(folded)
            if row is None:
                first = first_word(folded)
                if first is None:
                    continue
                words.add(first[0])
                if first[1]:
                    heads.setdefault(first[0], set()).add(folded[: first[1]])
                row = _EMPTY
            told[folded] = grown[row, layer, meaning]
        trie = Trie(sorted(told))
        numbers = array("I", bytes(4 * len(told)))
        kept: dict[int, int] = {}  # rows that have not grown on
        for phrase, row in told.items():
            numbers[trie.key_id(phrase)] = kept.setdefault(row, len(kept))
        return Phrases(
            Stored(
                trie=trie,
                numbers=numbers,
                rows=[grown.rows[row] for row in kept],
                words=Trie(sorted(words)),
                heads={word: _longest_first(before) for word, before in sorted(heads.items())},
                longest=max(map(len, told), default=0),
                layers=mine.layers,
            )
        )

    def find(self, within: Pieces, nested: Container[int] = ()) -> list[list[PhraseMatch[T]]]:
        """Whole-word matches of each layer in text order; a match inside a longer one is dropped but in ``nested`` layers."""
        text, pieces, starts = within
        heads, longest = self._heads, self.stored.longest
        found: list[list[PhraseMatch[T]]] = [[] for _ in range(self.stored.layers)]
        reached = [0] * self.stored.layers
        met = self._met
        few, more = _OPENINGS
        ends = [*starts, *repeat(len(text), more)]
        for at in compress(range(len(pieces)), map(self._words.__getitem__, pieces)):
            start = starts[at]
            known = met[text[start : ends[at + few]]]
            if known is _LONGER:
                known = met[text[start : ends[at + more]]]
                if known is _LONGER:
                    known = met.beginning(text[start : start + longest + 1])
            piece = pieces[at]
            if piece in heads and text.endswith(heads[piece], 0, start):
                known = [*self._headed(text, start, heads[piece]), *known]
            for before, size, layer, meanings in known:
                end = start + size
                if end > reached[layer]:
                    reached[layer] = end
                elif layer not in nested:
                    continue
                # What the constructors do, without them: there are hundreds of matches in a mail.
                found[layer].append(_new(PhraseMatch, (_new(Span, (start - before, end)), meanings)))
        return found

    def _headed(self, text: str, start: int, heads: Sequence[str]) -> Iterator[_Known[T]]:
        """The phrases that begin before the first of their words."""
        for head in heads:
            before = start - len(head)
            if text.endswith(head, 0, start) and not (before and _INSIDE_NUMBER.match(text, before - 1)):
                yield from self._met.beginning(text[before : before + self.stored.longest + 1], len(head))
