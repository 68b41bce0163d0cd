"""Brackets: labels and sums that stand in them, aside from what a line says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderparse.mentions import MentionKind
from orderparse.readers.headings import line_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orderparse.languages.vocabulary import Phrase
    from orderparse.mentions import Mention, Page
    from orderparse.text.phrases import PhraseMatch


def holds(page: Page, match: PhraseMatch[Phrase], end: int) -> bool:
    """Whether brackets that close before a place hold a label: "Total (cash on delivery) 1,100"."""
    text = page.document.folded
    line = page.document.lines[line_at(page, match.span.start)].span
    opened, closed = text.rfind("(", line.start, match.span.start), text.find(")", match.span.end, end)
    return opened >= 0 and closed >= 0 and ")" not in text[opened : match.span.start]


def aside(page: Page, start: int, mention: Mention) -> bool:
    """Whether a sum stands in brackets between a label and a later sum: "Total (incl. VAT 9.50) 47.50"."""
    text = page.document.folded
    if "(" not in text[start : mention.span.start] or ")" in text[start : mention.span.start]:
        return False
    close = text.find(")", mention.span.end, page.document.lines[mention.line].span.end)
    return close >= 0 and any(other.kind is MentionKind.AMOUNT and other.span.start > close for other in page.line_mentions[mention.line])


def names_before(page: Page, match: PhraseMatch[Phrase], mentions: Sequence[Mention]) -> bool:
    """Whether a label stands in brackets behind a value, whose it is: "4821 [order number], 2 [pieces]"."""
    text = page.document.folded
    opening = match.span.start - 1
    if opening < 1 or text[opening] not in "([" or text[match.span.end : match.span.end + 1] not in {")", "]"}:
        return False
    return any(mention.span.end <= opening <= mention.span.end + 1 for mention in mentions)
