"""Headings: what a cell or line names that is a label and nothing else, and the roles that labels give."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from orderparse.languages import AMOUNT_LABELS, CODE_LABELS, DATE_LABELS
from orderparse.mentions import MentionKind
from orderparse.readers.gaps import PUNCTUATION, gap_between
from orderparse.text.fold import fold
from orderparse.text.span import Span
from orderparse.values.links import registrable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orderparse.languages.vocabulary import Phrase
    from orderparse.mentions import Page
    from orderparse.text.phrases import PhraseMatch

LABELS = {
    MentionKind.CODE: {key: role.value for key, role in CODE_LABELS.items()},
    MentionKind.DATE: {key: role.value for key, role in DATE_LABELS.items()},
    MentionKind.AMOUNT: {key: role.value for key, role in AMOUNT_LABELS.items()},
}
NOUN = "noun:"


def labels_of(page: Page, span: Span) -> tuple[str, ...]:
    """The label keys of a span that holds a label, or a noun (marked as such), and nothing else: a heading cell.

    A noun may have a word before it: "Sender's order".
    """
    known = page.headings.get(span)
    if known is None:
        known = page.headings[span] = tuple(_labels(page, span)) if span.size else ()
    return known


def _labels(page: Page, span: Span) -> Iterator[str]:
    matches = [match for match in page.line_phrases.get(line_at(page, span.start), ()) if span.holds(match.span)]
    if not matches:
        return
    for name in sorted({match.span for match in matches}, key=lambda found: (-found.size, -found.start)):
        meanings = [meaning for match in matches if match.span == name for meaning in match.meanings]
        if _is_all(page, span, name, matches, spare=all(meaning.section != "label" for meaning in meanings)):
            break
    else:
        return
    for meaning in meanings:
        if meaning.section == "label":
            yield meaning.key
        elif meaning.section == "noun":
            yield f"{NOUN}{meaning.key}"


def _is_all(page: Page, span: Span, name: Span, matches: Sequence[PhraseMatch[Phrase]], *, spare: bool) -> bool:
    """Whether a span says no more than a name in it; ``spare`` allows a word before it, and a carrier's may be behind: "Parcel InPost"."""
    end = name.end
    for match in sorted(matches):
        named = any(meaning.section in {"carrier", "merchant"} for meaning in match.meanings)
        if named and match.span.start >= end and not page.document.folded[end : match.span.start].strip(PUNCTUATION):
            end = match.span.end
    start = span.start
    if is_own_name(page, Span(end, span.end)):
        end = span.end  # "N° commande RAJA", in the mail of that shop
    if is_own_name(page, Span(start, name.start)):
        start = name.start  # "Lumen order number"
    return gap_between(page, start, name.start).words <= spare and not gap_between(page, end, span.end).words


def is_own_name(page: Page, span: Span) -> bool:
    """Whether a span is empty, or what the sender calls itself, in full or by its first word, or its domain."""
    words = page.document.folded[span.slice].strip(PUNCTUATION)
    sender = page.parties.sender
    if not words or sender is None:
        return not words
    name = fold(sender.name).strip(PUNCTUATION)
    return words in {name, name.partition(" ")[0], registrable(sender.domain)}


def names_service(page: Page, span: Span) -> bool:
    """Whether a span is the name of a shop or payment service: "PayPal" beside a sum is how it was paid, and heads no column."""
    return any(
        match.span == span and meaning.section == "merchant"
        for match in page.line_phrases.get(line_at(page, span.start), ())
        for meaning in match.meanings
    )


def is_bare_date(page: Page, span: Span) -> bool:
    """Whether a span says "Date" and no more."""
    return page.document.folded[span.slice].strip(PUNCTUATION) in page.knowledge.words.date_words


def role_of(kind: MentionKind, key: str) -> str | None:
    """The role that a label key gives a mention of a kind."""
    return LABELS[kind].get(key.removeprefix(NOUN))


def line_at(page: Page, offset: int) -> int:
    """The number of the line that an offset is on."""
    return bisect_right(page.document.lines, offset, key=lambda line: line.span.start) - 1
