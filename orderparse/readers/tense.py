"""Tense: whether the weekday that a sentence names is the last one or the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderparse.text.patterns import lazy
from orderparse.text.pieces import inside_word, unspaced

if TYPE_CHECKING:
    from orderparse.mentions import Mention, Page

_CLAUSE_END = lazy(r"[.!?;:](?:\s|\Z)|[\t\n()|\u3002\uff01\uff1b\uff1f]")
_COMMA = lazy(r",(?=\s)|[\u060c\u3001\uff0c]")
_ALONE, _LETTERS = 2, 4  # small words beside a weekday: "on Thursday, as promised"; in a script without blanks
_SPOKEN = 0.2  # the share of a language on the page


def is_last(page: Page, mention: Mention) -> bool:
    """Whether words make a weekday the last one: "last Thursday", "jeudi dernier", Swedish "i torsdags"."""
    before, behind = _clause(page, mention)
    own = page.document.folded[mention.span.slice]
    return any(_has(own, word) or _ends_with(before, word) or _begins_with(behind, word) for word in page.knowledge.words.behind)


def is_ahead(page: Page, mention: Mention) -> bool | None:
    """Whether the clause of a weekday tells what is yet to be sent: "goes out on Thursday"; None if nobody knows its language's words.

    Where verbs have no tenses, as in Chinese, what has happened is marked, and all else is ahead.
    """
    words = page.knowledge.words
    spoken = [code for code, share in page.languages if share >= _SPOKEN]
    verbs = [verb for code in spoken for verb in words.ahead.get(code, ())]
    marks = [mark for code in spoken for mark in words.done.get(code, ())]
    if not verbs and not marks:
        return None
    before, behind = _part(*_clause(page, mention))
    if any(_has(before, mark) or _has(behind, mark) for mark in marks):
        return False
    return bool(marks) or any(_has(before, verb) or _has(behind, verb) for verb in verbs)


def is_over(page: Page, mention: Mention) -> bool:
    """Whether a day is a weekday of what surely has happened."""
    weekday = mention.date is not None and mention.date.form == "weekday"
    return weekday and (is_last(page, mention) or is_ahead(page, mention) is False)


def _clause(page: Page, mention: Mention) -> tuple[str, str]:
    """What stands before a day and behind it in its clause, up to other days; what leads to the next one is not said of this."""
    line, folded = page.document.lines[mention.line].span, page.document.folded
    days = [other.span for other in page.line_mentions.get(mention.line, ()) if other.date is not None]
    start = max((day.end for day in days if day.end <= mention.span.start), default=line.start)
    end = min((day.start for day in days if day.start >= mention.span.end), default=line.end)
    before = _CLAUSE_END.split(folded[start : mention.span.start])[-1].rstrip()
    if end < line.end and len(before.split()) > _ALONE and not _CLAUSE_END.search(folded, mention.span.end, end):
        return before, ""
    return before, _CLAUSE_END.split(folded[mention.span.end : end], maxsplit=1)[0].lstrip()


def _part(before: str, behind: str) -> tuple[str, str]:
    """The part of a clause between two commas in which a weekday stands; all of it where the weekday is nearly alone there."""
    near, beyond = _COMMA.split(before)[-1], _COMMA.split(behind, maxsplit=1)[0]
    return (near, beyond) if len(near.split()) + len(beyond.split()) > _ALONE or _letters(near + beyond) > _LETTERS else (before, behind)


def _letters(text: str) -> int:
    """The letters of a text of a script that has no blanks between words."""
    return len(text) if unspaced(text) else 0


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
