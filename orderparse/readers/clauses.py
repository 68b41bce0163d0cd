"""Clauses: what a line says of the thing whose number, or whose shop's name, stands in its midst.

"Your payment for order 4821 has been confirmed" says "Your payment has been confirmed", "Your order 4821 has been closed" says "Your
order has been closed", "Your payment to Teahouse is due" says "Your payment is due": phrases that tell the kind of a mail are written
without numbers and names.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from orderparse.languages.vocabulary import TELLING
from orderparse.mentions import MentionKind
from orderparse.readers.gaps import PUNCTUATION
from orderparse.roles import MailKind
from orderparse.text.patterns import lazy
from orderparse.text.pieces import cut
from orderparse.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from orderparse.mentions import Mention, Page

_LONGEST = 300  # characters of a line that is looked at
_MOST = 6  # values of a line
_SPOKEN = 0.1  # the share of a language on the page
_SUM_WORDS = 4  # between an order's number and what it came to
_NAME = 4  # words of the name of a shop
_WORD = lazy(r"[^\s,;:!?]+")


def kinds(page: Page, number: int) -> list[MailKind]:
    """The kinds of mail that phrases of a line tell which numbers, sums or names of shops part."""
    line = page.document.lines[number].span
    if line.size > _LONGEST:
        return []
    nouns = [match.span for match in page.line_phrases.get(number, ()) if any(one.section in {"noun", "label"} for one in match.meanings)]
    if not nouns:
        return []
    first: list[Span] = []  # what is taken out, and then another choice of it
    second: list[Span] = []
    for mention in page.line_mentions.get(number, ())[:_MOST]:
        choices = [*_asides(page, line.start, mention, nouns)]
        first += choices[:1]
        second += choices[-1:]
    told = (_crossing(page, line, first) if first else []) or (_crossing(page, line, second) if second != first else [])
    if not told and (joined := [*_with_sums(page, number, [*first, *second])]):
        told = _crossing(page, line, joined)
    names = [] if told else list(_names(page, line, nouns))
    # Who names the shop is another, and confirms no order of it.
    return told or [kind for kind in (_crossing(page, line, [*first, *names]) if names else ()) if kind is not MailKind.ORDER_CONFIRMATION]


def _asides(page: Page, start: int, mention: Mention, nouns: Sequence[Span]) -> Iterator[Span]:
    """What a sentence can do without: "of $20.00", "for order 4821" if it is said of another thing, else the number alone.

    "Payment for order 4821 received" is no order that was received.
    """
    folded, noun = page.document.folded, mention.span
    if mention.kind is MentionKind.CODE:
        named = (span for span in reversed(nouns) if span.end <= mention.span.start and _is_gap(page, span.end, mention.span.start))
        noun = next(named, mention.span)
    if mention.kind is MentionKind.DATE or (mention.kind is MentionKind.CODE and noun is mention.span):
        return
    before = _before(page, start, noun.start)
    said_of_another = bool(folded[start:before].strip(PUNCTUATION))
    if said_of_another:
        yield Span(before, mention.span.end)
    in_brackets = folded[start : noun.start].rstrip().endswith("(")
    if noun is not mention.span and (not said_of_another or not (in_brackets or folded[before : noun.start].strip())):
        yield Span(noun.end, mention.span.end)


def _with_sums(page: Page, number: int, asides: Iterable[Span]) -> Iterator[Span]:
    """Asides that are an order's number and the sum behind it, a few words apart: "order S00012 amounting in $ 86.40"."""
    sums = [one.span for one in page.line_mentions.get(number, ()) if one.amount is not None]
    for aside in dict.fromkeys(asides):
        behind = next((one for one in sums if aside.end < one.start), None)
        if behind is not None:
            words = page.document.folded[aside.end : behind.start].replace("'", "").split()
            if len(words) <= _SUM_WORDS and all(map(str.isalpha, words)):
                yield Span(aside.start, behind.end)


def _names(page: Page, line: Span, nouns: Sequence[Span]) -> Iterator[Span]:
    """Names with the small word that leads to them: "to Teahouse" behind "Your payment"; German writes all nouns with a capital."""
    known = page.knowledge.words
    words = list(_WORD.finditer(page.document.text, line.start, line.end))
    for at, leading in enumerate(words):
        folded = page.document.folded[leading.start() : leading.end()]
        if folded in known.stop_words or folded in known.fillers:
            named = [Span(*word.span()) for word in takewhile(lambda word: word[0][0].isupper(), words[at + 1 : at + 1 + _NAME])]
            if named and not any(noun.overlaps(Span(named[0].start, named[-1].end)) for noun in nouns):
                yield Span(leading.start(), named[-1].end)


def _crossing(page: Page, line: Span, asides: Iterable[Span]) -> list[MailKind]:
    """The kinds that phrases tell which have words before an aside and words behind it."""
    text, at = "", line.start
    joints: list[int] = []
    for aside in sorted(asides):
        if aside.start >= at:
            text += page.document.folded[at : aside.start].rstrip(" (#").lstrip(" )" if joints else "")
            joints.append(len(text))
            text += " "
            at = aside.end
    text += page.document.folded[at : line.end].lstrip(" )")
    spoken = {code for code, share in page.languages if share >= _SPOKEN} | {"", "en"}
    found = page.knowledge.phrases.find(cut(text))[TELLING]
    return list(
        dict.fromkeys(
            MailKind(meaning.key)
            for match in found
            if any(match.span.start < joint and match.span.end > joint + 1 for joint in joints)
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
