"""Tongues: which languages a page speaks, and how much of it is understood."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from orderparse.text.pieces import unspaced
from orderparse.text.span import any_overlaps

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from orderparse.knowledge import Knowledge
    from orderparse.languages.vocabulary import Phrase
    from orderparse.text.phrases import PhraseMatch
    from orderparse.text.pieces import Pieces
    from orderparse.text.span import Span

_SAMPLE: Final = 6_000  # pieces: enough to tell, and a bound for giant mails
_GLUE: Final = frozenset({".", "@", "-", "/", "_", "://", "'", "="})
_UNSPACED_FROM: Final = "\u0dff"
_ROUNDS: Final = 5
_VARIANT: Final = 0.2


class Spoken(NamedTuple):
    """What a page speaks."""

    shares: tuple[tuple[str, float], ...]  # of its languages (BCP 47), largest first
    understood: float  # known function words and phrases for each word of the page: about a third, or next to none
    words: float


def spoken(
    pieces: Pieces,
    phrases: Sequence[PhraseMatch[Phrase]],
    function_words: Sequence[PhraseMatch[Phrase]],
    urls: Sequence[Span],
    knowledge: Knowledge,
) -> Spoken:
    """What a page speaks, by its function words and phrases.

    A character of a script without blanks counts as half a word, what stands in one of the ``urls`` as none.
    """
    votes: Counter[tuple[str, ...]] = Counter()
    met = words = 0.0
    known = knowledge.words.stop_words
    sample = [*_outside(pieces, urls)[:_SAMPLE], ""]
    for at, piece in enumerate(sample):
        if piece in known:
            if sample[at - 1] in _GLUE or sample[at + 1] in _GLUE:
                continue  # a part of an address or a compound: "com", the "e" of e-mail
            met += 1
            words += 1
            votes[known[piece]] += 1
        elif piece > "@" and piece[0].isalpha():
            words += 0.5 if piece > _UNSPACED_FROM and unspaced(piece) else 1
    for match in function_words:
        met += match.span.size / 2
        votes[tuple(sorted({meaning.language for meaning in match.meanings}))] += 1
    for match in phrases:
        # The German "bei" is no sign of Swahili, where it is a price.
        told = {meaning.language for meaning in match.meanings if meaning.language}
        codes = tuple(sorted(told.union(known.get(pieces.text[match.span.slice], ())))) if told else ()
        if codes and not (urls and any_overlaps(urls, match.span)):
            met += 1 + pieces.text.count(" ", *match.span)
            votes[codes] += 2
    return Spoken(_mixture(votes, knowledge.words.variants), met / words if words else 0.0, words)


def _outside(pieces: Pieces, urls: Sequence[Span]) -> Sequence[str]:
    """The pieces that stand in no URL."""
    if not urls:
        return pieces.pieces
    kept: list[str] = []
    at = 0
    for url in urls:
        kept += pieces.pieces[at : max(bisect_left(pieces.starts, url.start), at)]
        at = max(bisect_left(pieces.starts, url.end), at)
    return kept + pieces.pieces[at:]


def _mixture(votes: Mapping[tuple[str, ...], float], variants: frozenset[str]) -> tuple[tuple[str, float], ...]:
    """The shares of languages that explain words best of which many belong to several: expectation maximisation, a few rounds.

    A language that is like another has all its phrases: it is spoken where words of its own are.
    """
    shares: dict[str, float] = {code: _VARIANT if code in variants else 1.0 for spoken in votes for code in spoken}
    for _ in range(_ROUNDS):
        told: defaultdict[str, float] = defaultdict(float)
        for spoken, count in votes.items():
            if len(spoken) == 1:
                told[spoken[0]] += count
                continue
            total = sum(shares[code] for code in spoken)
            for code in spoken:
                told[code] += count * shares[code] / total
        shares = told
    total = sum(shares.values())
    return tuple((code, count / total) for code, count in sorted(shares.items(), key=lambda vote: (-vote[1], vote[0])))
