"""Across free words: some words before or behind a day that no file can know tell what it is: "left our Leeds depot on 3 May"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderparse.languages import DATE_LABELS
from orderparse.languages.holes import CLAUSE_END, FAR, FREE_WORDS
from orderparse.languages.vocabulary import GAP, NAMING
from orderparse.readers.denial import denied
from orderparse.readers.headings import role_of
from orderparse.text.pieces import cut, inside_word, unspaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from orderparse.languages.vocabulary import Phrase
    from orderparse.mentions import Mention, Page
    from orderparse.readers.gaps import Named
    from orderparse.text.phrases import PhraseMatch

_STOPS = frozenset(".!?")
_SMALL = 3  # letters: "on", "am", "den", which stand before a date, not before "today"


def of_day(page: Page, mention: Mention, phrases: Sequence[PhraseMatch[Phrase]]) -> Iterator[Named]:
    """The role of a day from the nearest words in its clause that tell one, those before it first; nothing else may tell between."""
    wordings = [match for match in page.line_wordings.get(mention.line, ()) if any(one.section == "across" for one in match.meanings)]
    yield from [*_nearest(page, mention, wordings, phrases)] or _behind(page, mention, wordings, phrases)


def over_noun(
    page: Page, mention: Mention, nearest: Sequence[PhraseMatch[Phrase]], phrases: Sequence[PhraseMatch[Phrase]]
) -> list[Named]:
    """The same where the label nearest to a day is none: "order on" is no label in "shipped your prescription order on 3 May"."""
    for label in nearest:
        wordings = [
            match
            for match in page.line_wordings.get(mention.line, ())
            if match.span.end < label.span.start and any(one.section == "across" and one.rest for one in match.meanings)
        ]
        noun, _, joint = page.document.folded[label.span.slice].rpartition(" ")
        if wordings and noun and any(one.rest == joint for match in wordings for one in match.meanings) and _is_noun(page, noun):
            return [*_nearest(page, mention, wordings, [match for match in phrases if not match.span.overlaps(label.span)])]
    return []


def _is_noun(page: Page, words: str) -> bool:
    found = page.knowledge.phrases.find(cut(words))[NAMING]
    return any(match.span.size == len(words) and any(meaning.section == "noun" for meaning in match.meanings) for match in found)


def _nearest(
    page: Page, mention: Mention, wordings: Sequence[PhraseMatch[Phrase]], phrases: Sequence[PhraseMatch[Phrase]]
) -> Iterator[Named]:
    relative = mention.date is not None and mention.date.form == "relative"
    for match in reversed(wordings):
        said = match.span
        if said.end > mention.span.start:
            continue
        if mention.span.start - said.end > FAR or _clause_ends(page, said.end, mention.span.start) or denied(page, match):
            return
        between = page.document.folded[said.end : mention.span.start]
        bare = relative and not any(char.isdigit() for char in between)
        found = False
        for meaning in match.meanings:
            last = "" if bare and len(meaning.rest) <= _SMALL else meaning.rest
            if meaning.section != "across" or GAP in meaning.rest or not _leads(between, last):
                continue
            role = role_of(mention.kind, meaning.key)
            if role is not None and not _tells(phrases, said.end, mention.span.start - len(last) - 1):
                found = True
                yield mention, role, "label_near", f"{page.document.text[said.slice]} … {meaning.rest}".strip(" …")
        if found:
            return


def _behind(
    page: Page, mention: Mention, wordings: Iterable[PhraseMatch[Phrase]], phrases: Sequence[PhraseMatch[Phrase]]
) -> Iterator[Named]:
    """The same from words behind a day, where verbs stand last: "am 3. Mai unser Lager in Leeds verlassen"."""
    for match in wordings:
        said = match.span
        if said.start < mention.span.end:
            continue
        if said.start - mention.span.end > FAR or _clause_ends(page, mention.span.end, said.start) or denied(page, match):
            return
        found = False
        for meaning in match.meanings:
            before, gap, after = meaning.rest.partition(GAP)
            if meaning.section != "across" or not gap or not _stands_in(page, mention, said.start, before.strip(), after.strip()):
                continue
            role = role_of(mention.kind, meaning.key)
            if role is not None and not _tells(phrases, mention.span.end, said.start):
                found = True
                yield mention, role, "label_near", f"{meaning.rest} … {page.document.text[said.slice]}"
        if found:
            return


def _clause_ends(page: Page, start: int, end: int) -> bool:
    """Whether a clause ends between two offsets, which no dot before a small letter and no mark in a sum does: "1,250.50 kr. senest"."""
    text = page.document.text
    for match in CLAUSE_END.finditer(page.document.folded, start, end):
        behind = text[match.end() : match.end() + 1]
        if not behind.isdigit() and not (match[0][0] in _STOPS and behind.islower()):
            return True
    return False


def _leads(between: str, last: str) -> bool:
    """Whether free words, not too many, end with the words that stand right before the day."""
    words = between.split()
    if len(words) - len(last.split()) > FREE_WORDS:
        return False
    if unspaced(last):
        return between.rstrip().endswith(last)
    return not last or words[-len(last.split()) :] == last.split()


def _stands_in(page: Page, mention: Mention, end: int, before: str, after: str) -> bool:
    """Whether a day has these words right before it and right behind it, and not too many more before an offset."""
    folded = page.document.folded
    leading = folded[page.document.lines[mention.line].span.start : mention.span.start].rstrip()
    if not leading.endswith(before) or inside_word(leading, len(leading) - len(before)):
        return False
    between = folded[mention.span.end : end].strip()
    if not between.startswith(after) or inside_word(between, len(after)):
        return False
    return 0 < len(between[len(after) :].split()) <= FREE_WORDS


def _tells(phrases: Iterable[PhraseMatch[Phrase]], start: int, end: int) -> bool:
    """Whether words that begin between two offsets tell what a day is."""
    return any(
        start <= match.span.start < end
        and any(meaning.section == "kind" or (meaning.section == "label" and meaning.key in DATE_LABELS) for meaning in match.meanings)
        for match in phrases
    )
