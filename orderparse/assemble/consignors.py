"""Consignors: the shop whose parcel a carrier brings, as the carrier's mail names it ("your parcel from Lumen Lamps").

Payment services name the shop that was paid so: "your purchase at Lumen Lamps".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderparse.document.model import RegionKind
from orderparse.roles import Role
from orderparse.text.patterns import lazy
from orderparse.text.span import Span

if TYPE_CHECKING:
    from orderparse.mentions import Page

_SEEN = frozenset({RegionKind.SUBJECT, RegionKind.BODY, RegionKind.FORWARDED})
# The last are labels, too: "your order from Lumen Lamps", "your order from 3 May".
_THINGS = frozenset({Role.TRACKING_NUMBER.value, Role.SHIPMENT_NUMBER.value, Role.ORDER_NUMBER.value, "order_date", "merchant"})
# Words that begin with a capital or a digit; the last of them may end with a full stop, which is not the name's.
_BEGUN = r"(?:[^\W\d_a-z\u00df-\u00f6\u00f8-\u00ff]|[0-9])"
_WORD = rf"{_BEGUN}[^\s,;:!?()\"|.]*(?:\.[^\s,;:!?()\"|.]+)*"
NAME = lazy(rf"[ \n](?P<name>{_WORD}(?: (?:(?:&|\+|och|and|und|og|et|of) )?{_WORD}){{0,4}})")
_LINK = lazy(r"[ \n]([^\W\d_]{1,8})(?=[ \n])")
_LETTER = lazy(r"[^\W\d_]{2}")


def consignor(page: Page, *, paid: bool = False) -> tuple[str, Span] | None:
    """The name behind a parcel and a word for "from", where it stands; the first of a mail. Of who was ``paid``, behind "purchase at"."""
    text, folded = page.document.text, page.document.folded
    links = page.knowledge.words.sent_by
    for number, matches in page.line_phrases.items():
        if page.document.lines[number].region not in _SEEN:
            continue
        for match in matches:
            if not any(meaning.section in {"noun", "label"} and meaning.key in _THINGS for meaning in match.meanings):
                continue
            end = match.span.end
            bought = paid and " " in folded[match.span.slice] and any(meaning.key == "merchant" for meaning in match.meanings)
            if not bought and folded[match.span.slice].rpartition(" ")[2] not in links:
                link = _LINK.match(folded, end)
                if link is None or link[1] not in links:
                    continue
                end = link.end()
            found = NAME.match(text, end)
            if found is None or not _LETTER.search(found["name"]):
                continue
            span = Span(*found.span("name"))
            if not any(mention.date is not None and mention.span.overlaps(span) for mention in page.line_mentions.get(number, ())):
                return text[span.slice], span
    return None
