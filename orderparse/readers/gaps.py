"""Gaps: what stands between a label and a value, and how much of it says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from orderparse.mentions import MentionKind
from orderparse.text.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orderparse.mentions import Mention, Page
    from orderparse.text.span import Span

PUNCTUATION = (
    " \t:.;,#-/|()[]<>*=~_'\"`!«»„“”’·•→>№°º&"
    "\u0903\u0983\u0a03\u0a83\u0c03\u0c83\u0d03\u3001\u3002\uff1a\uff0c\u300c\u300d\u3010\u3011\u300e\u300f\uff08\uff09"
)
ASIDE = lazy(r"\([^()]{0,60}\)")  # "(please keep it)"
RUNNING_NUMBER = lazy(r" [0-9]{1,2}(?: ?/ ?[0-9]{1,2})?:(?= )")  # "Parcel 2:", "Parcel 1/2:"
_SENTENCE_END = lazy(r"[.!?] |[\u3002\uff01\uff1f]")
_NUMBER_SIGNS = "#:№"
_CLAUSE, _SENTENCE = 30, 200  # characters between a day and the verb behind it; of a sentence that is looked at
_OWN_WORDS = 2
JOINT_WORDS = 2  # between two days of which the same is told, or a day and its verb: "and on"
_LINE_ENDS = frozenset({".\n", "!\n", "."})

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
    if ":" in text:
        text = text.replace(" : ", ": ")  # as the French write it
        text = RUNNING_NUMBER.sub(":", text, count=1) if RUNNING_NUMBER.match(text) else text
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


def ends_clause(page: Page, label: Span, mentions: Sequence[Mention]) -> bool:
    """Whether a label ends a sentence of its own, as in "Your order has been shipped. March 18 is the day" of delivery.

    Such a sentence has words before the label, or a day, as where the verb stands last: "on 4 February ordered. On 6 February sent."
    """
    folded = page.document.folded
    if _SENTENCE_END.match(folded, label.end) is None and folded[label.end : label.end + 2] not in _LINE_ENDS:
        return False
    start = max(folded.rfind("\n", 0, label.start) + 1, label.start - _SENTENCE)
    ends = [match.end() for match in _SENTENCE_END.finditer(folded, start, label.start)]
    before = folded[ends[-1] if ends else start : label.start]
    if "\t" in before or ":" in before:
        return False
    days = [one.span.end for one in mentions if one.kind is MentionKind.DATE and label.start - len(before) < one.span.end <= label.start]
    return (bool(days) and label.start - days[-1] <= _CLAUSE) or (not days and len(before.split()) >= _OWN_WORDS)


def of_earlier(page: Page, label: Span, mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether a label stands last in the clause of an earlier day: "am 3. Mai bestellt und am 5. Mai bezahlt"."""
    folded = page.document.folded
    joint = folded[label.end : mention.span.start]
    if joint.strip().partition(" ")[0].strip(PUNCTUATION) not in page.knowledge.words.calendar.until:
        return False
    days = [other.span.end for other in mentions if other.date is not None and other.span.end <= label.start]
    before = folded[days[-1] : label.start] if days else ","
    return "," not in before and len(before.split()) <= JOINT_WORDS


def names_code(page: Page, label: Span, mentions: Sequence[Mention]) -> bool:
    """Whether a label is that of the code behind its colon, and of no sum after it: Romanian "cod: AV-2055516 4 1.196,00 RON"."""
    folded = page.document.folded
    codes = [other for other in mentions if other.code is not None and other.span.start > label.end]
    return any(
        folded[label.end : other.span.start].strip() == ":" and any(map(str.isalpha, other.code.value)) for other in codes if other.code
    )
