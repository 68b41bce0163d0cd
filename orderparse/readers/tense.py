"""Tense: whether the weekday that a sentence names is the last one or the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderparse.text.patterns import lazy
from orderparse.text.pieces import inside_word

if TYPE_CHECKING:
    from orderparse.mentions import Mention, Page

_CLAUSE_END = lazy(r"[.!?;:](?:\s|\Z)|[\t\n()|\u3002\uff01\uff1b\uff1f]")
_SPOKEN = 0.1  # the share of a language on the page


def is_last(page: Page, mention: Mention) -> bool:
    """Whether words make a weekday the last one: "last Thursday", "jeudi dernier", Swedish "i torsdags"."""
    before, behind = _clause(page, mention)
    own = page.document.folded[mention.span.slice]
    return any(_has(own, word) or _ends_with(before, word) or _begins_with(behind, word) for word in page.knowledge.words.behind)


def is_ahead(page: Page, mention: Mention) -> bool | None:
    """Whether the clause of a weekday has a verb of what is yet to be sent: "goes out on Thursday"; None if nobody knows its language's."""
    by_language = page.knowledge.words.ahead
    spoken = [by_language[code] for code, share in page.languages if share >= _SPOKEN and code in by_language]
    if not spoken:
        return None
    before, behind = _clause(page, mention)
    return any(_has(before, verb) or _has(behind, verb) for verbs in spoken for verb in verbs)


def is_over(page: Page, mention: Mention) -> bool:
    """Whether a day is a weekday of what surely has happened."""
    weekday = mention.date is not None and mention.date.form == "weekday"
    return weekday and (is_last(page, mention) or is_ahead(page, mention) is False)


def _clause(page: Page, mention: Mention) -> tuple[str, str]:
    line, folded = page.document.lines[mention.line].span, page.document.folded
    before = _CLAUSE_END.split(folded[line.start : mention.span.start])[-1]
    return before.rstrip(), _CLAUSE_END.split(folded[mention.span.end : line.end], maxsplit=1)[0].lstrip()


def _has(text: str, words: str) -> bool:
    """Whether words stand in a text, as words."""
    at = text.find(words)
    while at >= 0:
        if _whole(text, at, at + len(words)):
            return True
        at = text.find(words, at + 1)
    return False


def _ends_with(text: str, words: str) -> bool:
    return text.endswith(words) and _whole(text, len(text) - len(words), len(text))


def _begins_with(text: str, words: str) -> bool:
    return text.startswith(words) and _whole(text, 0, len(words))


def _whole(text: str, start: int, end: int) -> bool:
    return not inside_word(text, start) and not inside_word(text, end)
