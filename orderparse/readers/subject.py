"""The subject: what the sender says first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderparse.mentions import MentionKind
from orderparse.readers.evidence import Evidence
from orderparse.readers.nearness import of_line
from orderparse.roles import DateRole, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orderparse.mentions import Page

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
        yield Evidence(mention, role, f"subject_{how}", note)
    if named:
        return  # "[#TKT-20931] About order 14077"
    others = [mention.span for mention in mentions if mention.kind is not MentionKind.CODE]
    wanted = Role.TRACKING_NUMBER if page.parties.carrier is not None else Role.ORDER_NUMBER
    for mention in mentions:
        if mention.code is None or mention.ident in labelled or any(mention.span.overlaps(span) for span in others):
            continue
        if page.document.text[max(mention.span.start - 1, 0)] in {"#", "№"}:
            yield Evidence(mention, wanted, "subject_hash")
        elif len(mention.code.value) >= _BARE and any(char.isdigit() for char in mention.code.value):
            yield Evidence(mention, wanted, "subject_bare")
