"""Holes: words that tell together and stand apart, with words between them that no file can know: "popped your … in the post"."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from orderparse.text.patterns import lazy
from orderparse.text.phrases import PhraseMatch
from orderparse.text.pieces import inside_word
from orderparse.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from orderparse.languages.vocabulary import Phrase

# No dot of "Order no. 4821" ends one.
CLAUSE_END: Final = lazy(r"[.!?](?:\s(?![0-9#])|\Z)|,(?![0-9])|[;:\t\n()|?!\u3001\u3002\uff0c\uff01\uff1f]")
FREE_WORDS: Final = 8  # between what tells of a day and the day
_IN_HOLE: Final = 10  # words that may stand in the hole of a kind
FAR: Final = 70  # characters
_NEAR, _DENYING = 36, 3  # characters before the words; words of these that may be a "not"


def kinds(folded: str, parted: Iterable[PhraseMatch[Phrase]], not_words: Mapping[str, Sequence[str]]) -> list[PhraseMatch[Phrase]]:
    """What tells a kind of mail around a hole, found whole, as if its words stood together; none with a "not" between or before.

    Of two that begin or end within each other the longer counts.
    """
    kept: list[PhraseMatch[Phrase]] = []
    for match in sorted(_whole(folded, parted, not_words), key=lambda match: match.span):
        if not kept or match.span.start >= kept[-1].span.end:
            kept.append(match)
        elif match.span.size > kept[-1].span.size:
            kept[-1] = match
    return kept


def holds(apart: Sequence[PhraseMatch[Phrase]], match: PhraseMatch[Phrase]) -> bool:
    """Whether a phrase that tells a kind of mail is a part of one around a hole, which tells more; those are in text order."""
    if not apart:
        return False
    at = bisect_right(apart, match.span.start, key=_start)
    return at > 0 and apart[at - 1].span.holds(match.span) and any(meaning.section == "kind" for meaning in match.meanings)


def _start(match: PhraseMatch[Phrase]) -> int:
    return match.span.start


def _whole(folded: str, parted: Iterable[PhraseMatch[Phrase]], not_words: Mapping[str, Sequence[str]]) -> Iterator[PhraseMatch[Phrase]]:
    for match in parted:
        before = CLAUSE_END.split(folded[max(match.span.start - _NEAR, 0) : match.span.start])[-1].split()[-_DENYING:]
        clause = CLAUSE_END.split(folded[match.span.end : match.span.end + FAR], maxsplit=1)[0]
        ends: dict[int, list[Phrase]] = {}
        for meaning in match.meanings:
            if meaning.rest not in clause:  # so it is with nearly all
                continue
            nots = not_words.get(meaning.language, ())
            end = None if any(word in nots for word in before) else _behind_hole(clause, meaning.rest, nots)
            if end is not None:
                ends.setdefault(match.span.end + end, []).append(meaning)
        if ends:
            nearest = min(ends)
            yield PhraseMatch(Span(match.span.start, nearest), tuple(ends[nearest]))


def _behind_hole(clause: str, words: str, nots: Sequence[str]) -> int | None:
    """Where the words behind a hole end, with which the rest of a clause begins."""
    at = clause.find(words)
    while at >= 0:
        end = at + len(words)
        if clause[:at].strip() and not inside_word(clause, at) and not inside_word(clause, end):
            free = clause[:at].split()
            return end if len(free) <= _IN_HOLE and not any(word in nots for word in free) else None
        at = clause.find(words, at + 1)
    return None
