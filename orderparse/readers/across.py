"""Across free words: what happened on a day is told a few words before it that no file can know, as in "left our Leeds depot on 3 May"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderparse.languages import TEXT_LABELS
from orderparse.languages.holes import CLAUSE_END, FAR, FREE_WORDS
from orderparse.readers.denial import denied
from orderparse.readers.headings import role_of
from orderparse.roles import Role
from orderparse.text.pieces import unspaced

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orderparse.languages.vocabulary import Phrase
    from orderparse.mentions import Mention, Page
    from orderparse.readers.gaps import Named
    from orderparse.text.phrases import PhraseMatch

_BY_THE_WAY = TEXT_LABELS | {Role.PHONE.value}  # "dropped the records at the post office", "hang onto your ring"


def of_day(page: Page, mention: Mention, phrases: Sequence[PhraseMatch[Phrase]]) -> Iterator[Named]:
    """The role of a day from the nearest words before it in its clause that tell one of days; nothing else may tell one between."""
    folded = page.document.folded
    for match in reversed(page.line_wordings.get(mention.line, ())):
        said = match.span
        if said.end > mention.span.start or not any(meaning.section == "across" for meaning in match.meanings):
            continue
        between = folded[said.end : mention.span.start]
        if len(between) > FAR or CLAUSE_END.search(between) or denied(page, match):
            return
        found = False
        for meaning in match.meanings:
            role = role_of(mention.kind, meaning.key) if meaning.section == "across" and _leads(between, meaning.rest) else None
            last = mention.span.start - len(meaning.rest) - 1
            if role is not None and not any(said.end <= other.span.start < last and _tells(other) for other in phrases):
                found = True
                yield mention, role, "label_near", f"{page.document.text[said.slice]} … {meaning.rest}".strip(" …")
        if found:
            return


def _leads(between: str, last: str) -> bool:
    """Whether free words, not too many, end with the words that stand right before the day."""
    words = between.split()
    if len(words) - len(last.split()) > FREE_WORDS:
        return False
    if unspaced(last):
        return between.rstrip().endswith(last)
    return not last or words[-len(last.split()) :] == last.split()


def _tells(match: PhraseMatch[Phrase]) -> bool:
    """Whether words tell of something else than where things go and who brings them."""
    return any(meaning.section == "kind" or (meaning.section == "label" and meaning.key not in _BY_THE_WAY) for meaning in match.meanings)
