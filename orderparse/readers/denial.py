"""Denial: words that name a day of what did not happen, as in "could not be delivered on 5 May"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderparse.readers.gaps import PUNCTUATION
from orderparse.text.patterns import lazy
from orderparse.text.pieces import unspaced

if TYPE_CHECKING:
    from orderparse.languages.vocabulary import Phrase
    from orderparse.mentions import Page
    from orderparse.text.phrases import PhraseMatch

_NEAR, _BEHIND = 36, 16  # characters before the words and behind them that are looked at
_WORDS = 4  # of those before: "no ha podido ser entregado"
_SHORT = 2  # "no later than" denies nothing
_CLAUSE_END = lazy(r"[.,:;!?\t\n()|]")


def denied(page: Page, match: PhraseMatch[Phrase]) -> bool:
    """Whether what a phrase says is denied by the words before it or right behind it, in the same clause and language."""
    folded, said, by_language = page.document.folded, match.span, page.knowledge.words.not_words
    nots = {word for meaning in match.meanings for word in by_language.get(meaning.language, ())}
    if not nots:
        return False
    before = _CLAUSE_END.split(folded[max(said.start - _NEAR, 0) : said.start])[-1]
    if any(word.strip(PUNCTUATION) in nots for word in before.split()[-_WORDS:]):
        return True
    behind = _CLAUSE_END.split(folded[said.end : said.end + _BEHIND], maxsplit=1)[0]
    if any(len(word) > _SHORT and word in nots for word in behind.split()[:1]):
        return True
    if not unspaced(folded[said.start : said.start + 1]):
        return False
    return any(before.endswith(word) or behind.startswith(word) for word in nots if unspaced(word))
