"""Clauses: what a line says of the thing whose number stands in its midst.

"Your payment for order 4821 has been confirmed" says "Your payment has been confirmed", "Your order 4821 has been closed" says "Your
order has been closed": phrases that tell the kind of a mail are written without numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderparse.languages.vocabulary import TELLING
from orderparse.mentions import MentionKind
from orderparse.readers.gaps import PUNCTUATION
from orderparse.roles import MailKind
from orderparse.text.pieces import cut
from orderparse.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orderparse.mentions import Page

_LONGEST = 300  # characters of a line that is looked at
_MOST = 3  # numbers of a line
_SPOKEN = 0.1  # the share of a language on the page


def kinds(page: Page, number: int) -> Iterator[tuple[MailKind, Span]]:
    """The kinds of mail that phrases tell which a number parts, each with the place of number and noun."""
    line = page.document.lines[number].span
    if line.size > _LONGEST:
        return
    spoken = {code for code, share in page.languages if share >= _SPOKEN} | {"", "en"}
    codes = [mention for mention in page.line_mentions.get(number, ()) if mention.kind is MentionKind.CODE]
    nouns = [match.span for match in page.line_phrases.get(number, ()) if any(one.section in {"noun", "label"} for one in match.meanings)]
    for mention in codes[:_MOST] if nouns else ():
        noun = next(
            (span for span in reversed(nouns) if span.end <= mention.span.start and _is_gap(page, span.end, mention.span.start)), None
        )
        if noun is None:
            continue
        behind = page.document.folded[mention.span.end : line.end].lstrip(" )")
        for left in _ends(page, line.start, noun) if behind else ():
            before = page.document.folded[line.start : left].rstrip(" (#")
            told = _crossing(page, before, behind, spoken)
            yield from ((kind, Span(left, mention.span.end)) for kind in told)
            if told:
                break


def _ends(page: Page, start: int, noun: Span) -> Iterator[int]:
    """Where what stands before a number and its noun ends: before the noun, if it is said of another thing, else behind it.

    "Payment for order 4821 received" is no order that was received.
    """
    before = _before(page, start, noun.start)
    said_of_another = bool(page.document.folded[start:before].strip(PUNCTUATION))
    if said_of_another:
        yield before
    in_brackets = page.document.folded[start : noun.start].rstrip().endswith("(")
    if not said_of_another or not (in_brackets or page.document.folded[before : noun.start].strip()):
        yield noun.end


def _crossing(page: Page, before: str, behind: str, spoken: set[str]) -> list[MailKind]:
    """The kinds that phrases tell which have words before a number and words behind it."""
    found = page.knowledge.phrases.find(cut(f"{before} {behind}"))[TELLING]
    return list(
        dict.fromkeys(
            MailKind(meaning.key)
            for match in found
            if match.span.start < len(before) and match.span.end > len(before) + 1
            # "Your parcel has arrived" goes on: "has arrived at our depot".
            if not any(match.span.start < other.span.start < match.span.end < other.span.end for other in found)
            for meaning in match.meanings
            if meaning.section == "kind" and meaning.language in spoken
        )
    )


def _is_gap(page: Page, start: int, end: int) -> bool:
    """Whether no more than words for "number" stand between a noun and a value."""
    words = page.document.folded[start:end].split()
    return all(not (bare := word.strip(PUNCTUATION)) or bare in page.knowledge.words.number_words for word in words)


def _before(page: Page, start: int, end: int) -> int:
    """Where the small words before a noun begin: "for your" of "payment for your order"."""
    words = page.knowledge.words
    text = page.document.folded[start:end]
    while text:
        rest, _, word = text.rstrip(" '\u2019").rpartition(" ")
        if word not in words.fillers and word not in words.stop_words:
            break
        text = rest
    return start + len(text.rstrip())
