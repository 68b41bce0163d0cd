"""Nouns: a number beside the name of a thing, as in "your order 4821", is that thing's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderparse.languages.vocabulary import NAMING
from orderparse.mentions import MentionKind
from orderparse.readers.gaps import PUNCTUATION
from orderparse.readers.headings import LABELS, line_at
from orderparse.roles import MailKind, Role
from orderparse.text.patterns import lazy
from orderparse.text.pieces import cut

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orderparse.languages.vocabulary import Phrase
    from orderparse.mentions import Mention, Page
    from orderparse.readers.gaps import Named
    from orderparse.text.phrases import PhraseMatch

_LEADER = lazy(r"(?:\t|\.{3,}|…| : |: {2,})[ .:#№]*$")
_COUNT = 3  # digits of a number of goods
_COUNTED = lazy(r": [0-9]{1,2} [^\W\d]")
_DASHES = frozenset({"-", "\u2013", "\u2014", "|"})
_OF_GOODS = frozenset({"quantity", "item", "price"})
_FEW_WORDS = 6
_SMALL_WORDS, _SMALL_WORD = 2, 4  # "of", "with"; letters


def named(page: Page, match: PhraseMatch[Phrase], mention: Mention) -> list[str]:
    """The roles that a number behind a phrase has, by the thing that the phrase names."""
    if any(meaning.section == "carrier" for meaning in match.meanings):
        return []  # what stands behind a carrier's name may be its phone: Korean "(1588-1255)"
    roles = [meaning.key for meaning in match.meanings if meaning.section == "noun"] or _swallowed(page, match, mention)
    if any(confirms(meaning) for meaning in match.meanings):
        roles.append(Role.ORDER_NUMBER)
    return list(dict.fromkeys(roles))


def _swallowed(page: Page, match: PhraseMatch[Phrase], mention: Mention) -> list[str]:
    """The things that end a label of days or sums: in "the day of your order 4821" the number is the order's, but if it is the day."""
    if any(other.code is None and other.span.overlaps(mention.span) for other in page.line_mentions[mention.line]):
        return []
    if any(meaning.section != "label" or meaning.key in LABELS[MentionKind.CODE] for meaning in match.meanings):
        return []
    _, _, words = page.document.folded[match.span.slice].partition(" ")
    known = page.knowledge.words
    return [
        meaning.key
        for inner in (page.knowledge.phrases.find(cut(words))[NAMING] if words else ())
        if all(word in known.fillers or word in known.stop_words for word in words[inner.span.end :].split())
        for meaning in inner.meanings
        if meaning.section == "noun"
    ]


def refers_to_order(page: Page, label: PhraseMatch[Phrase], mention: Mention) -> bool:
    """Whether a reference is said to be an order's: "your order of 19 July with reference X7LMKQ2", or that of a bill for one."""
    number = line_at(page, label.span.start)
    before = [match for match in page.line_phrases.get(number, ()) if match.span.end <= label.span.start and _is_order(match)]
    if not before:
        return _is_billed(page, number, label, mention)
    start = before[-1].span.end
    between = [one for one in page.line_mentions.get(number, ()) if start <= one.span.start and one.span.end < label.span.start]
    dated = [mention.span for mention in between if mention.date is not None]
    if any(mention.date is None and not any(span.holds(mention.span) for span in dated) for mention in between):
        return False
    words = page.document.folded[start : dated[0].start if dated else label.span.start]
    if dated:
        words += page.document.folded[dated[-1].end : label.span.start]
    return len(words.split()) <= _SMALL_WORDS and all(word.isalpha() and len(word) <= _SMALL_WORD for word in words.split())


def _is_billed(page: Page, number: int, label: PhraseMatch[Phrase], mention: Mention) -> bool:
    """Whether a bill refers to a number as its platform numbers orders: "your invoice INV/2024/00218 (with reference: S00563)"."""
    platform = page.parties.platform
    shape = platform.order_number if platform is not None else None
    fits = shape is not None and mention.code is not None and not mention.code.value.isdigit() and shape.fits(mention.code.value)
    return fits and any(
        match.span.end <= label.span.start and any(meaning.key == Role.INVOICE_NUMBER for meaning in match.meanings)
        for match in page.line_phrases.get(number, ())
    )


def _is_order(match: PhraseMatch[Phrase]) -> bool:
    return any(
        (meaning.section == "noun" and meaning.key == Role.ORDER_NUMBER) or (meaning.section == "label" and meaning.key == "order_date")
        for meaning in match.meanings
    )


def confirms(meaning: Phrase) -> bool:
    """Whether a phrase confirms an order: "Order confirmation 4821" names the order as "order 4821" does."""
    return meaning.section == "kind" and meaning.key == MailKind.ORDER_CONFIRMATION


def of_cell(page: Page, before: Sequence[PhraseMatch[Phrase]], mention: Mention) -> Iterator[Named]:
    """A value alone in its cell, beside a cell or a leader with one noun and a few words: "Your order with us .... 4821"."""
    line = page.document.lines[mention.line].span
    behind = page.document.folded[mention.span.end : line.end].partition("\t")[0]
    leader = _LEADER.search(page.document.folded[line.start : mention.span.start])
    if leader is None or behind.strip(PUNCTUATION):
        return
    cell = page.document.folded.rfind("\t", line.start, line.start + leader.start()) + 1
    cell = max(cell, line.start)
    words = page.document.folded[cell : line.start + leader.start()]
    if len(words.split()) > _FEW_WORDS:
        return
    named = [meaning for match in before if match.span.start >= cell for meaning in match.meanings]
    roles = {meaning.key for meaning in named if meaning.section in {"noun", "label"}}
    if len(roles) == 1:
        (role,) = roles
        if role in LABELS[MentionKind.CODE]:
            yield mention, role, "noun_cell", words


def counts(page: Page, mention: Mention) -> bool:
    """Whether a number says how many there are: "Order confirmed: your 2 items"."""
    if mention.code is None or len(mention.code.value) > _COUNT or not mention.code.value.isdigit():
        return False
    if len(mention.code.value) < _COUNT and _COUNTED.match(page.document.text, mention.span.start - 2):
        return True  # "Purchase confirmed: 2 orders"
    return page.document.text[mention.span.start - 1] not in "#№" and any(
        match.span.start == mention.span.end + 1 and any(one.section == "label" and one.key in _OF_GOODS for one in match.meanings)
        for match in page.line_phrases.get(mention.line, ())
    )


def ends_subject(page: Page, match: PhraseMatch[Phrase], mention: Mention) -> bool:
    """Whether a subject says of an order and, behind a dash, a number and no more: "Order confirmation - 48213"."""
    folded, end = page.document.folded, page.document.lines[0].span.end
    return (
        mention.code is not None
        and len(mention.code.value) > _COUNT
        and folded[match.span.end : mention.span.start].strip() in _DASHES
        and not folded[mention.span.end : end].strip(PUNCTUATION)
        and any(confirms(one) or (one.section == "noun" and one.key == Role.ORDER_NUMBER) for one in match.meanings)
    )


def parted_by_sum(match: PhraseMatch[Phrase], mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether a sum parts a value from a bare noun: "the payment of your order of 189.80 was confirmed on 7 October"."""
    return any(meaning.section == "noun" for meaning in match.meanings) and any(
        other.amount is not None and match.span.end <= other.span.start and other.span.end <= mention.span.start for other in mentions
    )
