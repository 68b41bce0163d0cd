"""The subject: what the sender says first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderparse.mentions import MentionKind
from orderparse.readers.evidence import Evidence
from orderparse.readers.nearness import of_line
from orderparse.roles import DateRole, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orderparse.mentions import Mention, Page

_BARE = 5  # a shorter number without a label says nothing


def read(page: Page) -> Iterator[Evidence]:
    """Evidence from the subject line: labels and nouns there, and numbers that stand there alone."""
    mentions = page.line_mentions.get(0, ())
    labelled: set[int] = set()
    named = False
    for mention, role, how, note in of_line(page, 0, mentions):
        if role == DateRole.PAYMENT and how == "kind_phrase":
            continue  # "Your order receipt from 3 May": the day of the order, as likely as not
        labelled.add(mention.ident)
        named = named or role == Role.ORDER_NUMBER
        yield Evidence(mention, role, "subject_noun" if how == "noun_far" else f"subject_{how}", note)
    if named:
        return  # "[#TKT-20931] About order 14077"
    bracketed = _bracketed(page) if page.parties.carrier is None else None
    if bracketed is not None:
        yield Evidence(bracketed, Role.ORDER_NUMBER, "subject_noun")
        return
    others = [mention.span for mention in mentions if mention.kind is not MentionKind.CODE]
    wanted = Role.TRACKING_NUMBER if page.parties.carrier is not None else Role.ORDER_NUMBER
    for mention in mentions:
        if mention.code is None or mention.ident in labelled or any(mention.span.overlaps(span) for span in others):
            continue
        if page.document.text[max(mention.span.start - 1, 0)] in {"#", "№"}:
            yield Evidence(mention, wanted, "subject_hash")
        elif len(mention.code.value) >= _BARE and any(char.isdigit() for char in mention.code.value):
            yield Evidence(mention, wanted, "subject_bare")


def _bracketed(page: Page) -> Mention | None:
    """The number in brackets that ends a subject about an order and no other thing: "The status of your order has changed (4821)"."""
    nouns = {meaning.key for match in page.line_phrases.get(0, ()) for meaning in match.meanings if meaning.section == "noun"}
    text, end = page.document.text, page.document.lines[0].span.end
    if nouns != {Role.ORDER_NUMBER}:
        return None
    for mention in page.line_mentions.get(0, ()):
        if mention.code is not None and len(mention.code.value) >= _BARE and text[mention.span.end : end].strip() == ")":
            return mention if text[max(mention.span.start - 1, 0)] == "(" else None
    return None
