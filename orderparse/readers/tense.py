"""Tense: whether the weekday that a sentence names is the last one or the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderparse.text.patterns import lazy

if TYPE_CHECKING:
    from orderparse.mentions import Mention, Page

_CLAUSE_END = lazy(r"[.!?;:](?:\s|\Z)|[\t\n()|\u3002]")
_WORD = lazy(r"[^\W\d_]+")
_SPOKEN = 0.1  # the share of a language on the page


def is_last(page: Page, mention: Mention) -> bool:
    """Whether words make a weekday the last one: "last Thursday", "jeudi dernier", Swedish "i torsdags"."""
    before, behind = _clause(page, mention)
    known = page.knowledge.words.behind
    return not known.isdisjoint((*before[-1:], *_WORD.findall(page.document.folded[mention.span.slice]), *behind[:1]))


def is_ahead(page: Page, mention: Mention) -> bool | None:
    """Whether the clause of a weekday has a verb of what is yet to be sent: "goes out on Thursday"; None if nobody knows its language's."""
    by_language = page.knowledge.words.ahead
    spoken = [by_language[code] for code, share in page.languages if share >= _SPOKEN and code in by_language]
    if not spoken:
        return None
    before, behind = _clause(page, mention)
    verbs = {verb for verbs in spoken for verb in verbs}
    return not verbs.isdisjoint((*before, *behind))


def is_over(page: Page, mention: Mention) -> bool:
    """Whether a day is a weekday of what surely has happened."""
    weekday = mention.date is not None and mention.date.form == "weekday"
    return weekday and (is_last(page, mention) or is_ahead(page, mention) is False)


def _clause(page: Page, mention: Mention) -> tuple[list[str], list[str]]:
    line, folded = page.document.lines[mention.line].span, page.document.folded
    before = _CLAUSE_END.split(folded[line.start : mention.span.start])[-1]
    behind = _CLAUSE_END.split(folded[mention.span.end : line.end], maxsplit=1)[0]
    return _WORD.findall(before), _WORD.findall(behind)
