"""Gaps: what stands between a label and a value, and how much of it says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from orderparse.text.patterns import lazy

if TYPE_CHECKING:
    from orderparse.mentions import Mention, Page

PUNCTUATION = " \t:.;,#-/|()[]<>*=~_'\"`!«»„“”’·•→>№°º&\u0983\u3001\u3002\uff1a\uff0c\u300c\u300d\u3010\u3011\u300e\u300f\uff08\uff09"
ASIDE = lazy(r"\([^()]{0,60}\)")  # "(please keep it)"
_SENTENCE_END = lazy(r"[.!?] |[\u3002\uff01\uff1f]")
_NUMBER_SIGNS = "#:№"

Named: TypeAlias = "tuple[Mention, str, str, str]"  # a value with its role, how words tell it, and the words


class Gap(NamedTuple):
    """What stands between a label and a value."""

    text: str
    words: int  # words that are no fillers
    numbered: bool  # a number sign or a word for "number" stands there
    sentence_end: bool
    number_last: bool = False  # such a sign or word is the last thing before the value


def gap_between(page: Page, start: int, end: int) -> Gap:
    """What stands between two offsets of one line."""
    text = page.document.folded[start:end]
    words = 0
    if ")" in text:
        if "(" not in text[: text.index(")")]:  # the label's tail is in brackets itself: "Total (incl. VAT 9.50) 47.50"
            text = text[text.index(")") + 1 :]
        text = ASIDE.sub(" ", text)  # "Total (paid online)" is a total
    numbered = any(sign in text for sign in _NUMBER_SIGNS)
    for raw in text.split():
        word = raw.strip(PUNCTUATION)
        if not word:
            continue
        if word in page.knowledge.words.number_words:
            numbered = True
        elif word not in page.knowledge.words.fillers and word not in page.knowledge.words.day_words:
            words += 1
    last = text.split()[-1:]
    number_last = bool(last) and (last[0].strip(PUNCTUATION) in page.knowledge.words.number_words or last[0].endswith(("#", "№")))
    return Gap(text, words, numbered, words > 0 and _SENTENCE_END.search(text) is not None, number_last)
