"""What stands behind a name rather than a number: the merchant, how it was paid, where the parcel waits, what was bought."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orderparse.assemble.consignors import NAME, consignor
from orderparse.document.model import RegionKind
from orderparse.mentions import MentionKind
from orderparse.merchants import links
from orderparse.readers.headings import labels_of, line_at
from orderparse.records import Finding, Merchant, Money, OrderItem, Pickup
from orderparse.roles import DateRole, Role
from orderparse.scoring.model import LIKELY, softmax
from orderparse.text.fold import bare
from orderparse.text.span import Span
from orderparse.values.links import registrable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from orderparse.assemble.certainty import Certainty
    from orderparse.document.model import Cell
    from orderparse.mentions import Page
    from orderparse.records import Authentication, DateFinding
    from orderparse.scoring.model import Hypothesis, Model

_HEADINGS = frozenset({"item", "quantity"})  # of a table of goods
_LONGEST_NAME = 60
_WITHOUT_CODE = 0.6
_SEEN = frozenset({RegionKind.BODY, RegionKind.FORWARDED})
_WORDS_OF_A_NAME = 5


def merchant(page: Page, authentication: Authentication, scales: Model) -> Merchant | None:
    """Who sells: the shop whose domain sent the mail; in a payment's or carrier's mail the shop that it names."""
    verified = _verified(page, authentication)
    who = page.parties
    sender = who.merchant
    doubts = ("failed_authentication",) if verified is False else ()

    def sure(*features: str) -> dict[str, Any]:
        weights = scales.weights["merchant"]
        reasons = tuple((feature, weights.context.get(feature, weights.of("merchant", feature))) for feature in features)
        return {"confidence": softmax({"merchant": sum(weight for _, weight in reasons)})["merchant"], "reasons": reasons}

    if sender is not None and sender.kind not in {"payment", "platform"}:
        return Merchant(value=sender.name, verified=verified, **sure("sender_domain", *doubts))
    stated = next(_stated(page), None)
    named = consignor(page, paid=who.carrier is None) if who.carrier is not None or (stated is None and sender is not None) else None
    if named is not None:
        text, span = named
        line, reasons = line_at(page, span.start), (("consignor", 1.7346),)
        return Merchant(value=text, text=text, line=line, span=span, verified=verified, confidence=0.85, reasons=reasons)
    if stated is not None:
        text, span, reason = stated
        return Merchant(value=text, text=text, line=line_at(page, span.start), span=span, verified=verified, **sure(reason, *doubts))
    if who.impostor:
        return None
    if who.carrier is None and sender is None:
        if who.named_merchant is not None and who.named_merchant.kind not in {"payment", "platform"}:
            return Merchant(value=who.named_merchant.name, verified=verified, **sure("known_display_name", *doubts))
        if who.sender is not None and _brand(who.sender.name):
            return Merchant(value=_brand(who.sender.name), verified=verified, **sure("display_name", *doubts))
    if who.carrier is None:
        for shop in who.linked_merchants:
            if shop.kind not in {"payment", "platform"}:
                return Merchant(value=shop.name, verified=verified, **sure("linked", *doubts))
    return None


def _verified(page: Page, authentication: Authentication) -> bool | None:
    """What mail authentication says of the sender.

    False if it failed; True if it passed for a mail with one From, straight from a domain that is known or bears the sender's name.
    """
    if authentication.dmarc == "fail":
        return False
    who, message = page.parties, page.document.message
    if authentication.dmarc != "pass" or who.impostor or who.sender is None or who.sender != message.sender:
        return None
    if any(defect.code in {"sender_ambiguous", "relay_undone"} for defect in message.defects):
        return None
    if who.merchant is not None or who.senders:
        return True
    label, name = bare(registrable(who.sender.domain).partition(".")[0]), bare(who.sender.name)
    return True if label and name and (label in name or name in label) else None


def seller(page: Page) -> Finding[str] | None:
    """Who sells on a marketplace whose mail it is: "sold by"."""
    market = page.parties.merchant
    if market is None or market.kind != "marketplace":
        return None
    own = {bare(name) for name in (market.name, *market.names, *market.also)}
    for text, span, reason in _stated(page):
        if bare(text) not in own:
            return Finding(value=text, confidence=0.85, text=text, line=line_at(page, span.start), span=span, reasons=((reason, 1.7346),))
    return None


def platform(page: Page, numbers: Iterable[str]) -> Finding[str] | None:
    """What a shop runs on that has no file of its own: known by its templates, or by its links and how it numbers orders."""
    who = page.parties
    if who.platform is not None:
        return Finding(value=who.platform.name, confidence=0.95, reasons=(("template_marks", 2.9444),))
    if who.merchant is not None or who.carrier is not None:
        return None
    found = links.platform(page.knowledge.merchants, (link.url for link in page.document.links), numbers)
    return Finding(value=found.name, confidence=0.9, reasons=(("link_marks", 2.1972),)) if found is not None else None


def _brand(name: str) -> str:
    """A display name without what shops put around their own name; empty if it is an address or no name."""
    name = name.strip(" \"'")
    if "@" in name or not any(char.isalpha() for char in name) or len(name.split()) > _WORDS_OF_A_NAME:
        return ""
    return name


def _stated(page: Page) -> Iterator[tuple[str, Span, str]]:
    """The shop that the text or its markup states: schema.org's merchant or seller, "sold by"."""
    for prop in page.document.properties:
        if prop.path[-1] == "name" and len(prop.path) > 2 and prop.path[-3] in {"merchant", "seller"}:  # noqa: PLR2004  # type.property.type
            yield page.document.text[prop.span.slice].strip(), prop.span, "stated_in_markup"
    # The sender of an inlined mail, with an address, is no seller that a shop states.
    yield from ((text, span, "stated") for text, span in _labelled(page, "merchant") if not {"@", ":"} & set(text))


def payment_method(page: Page) -> Finding[str] | None:
    """How it was paid, as the mail words it."""
    for text, span in _labelled(page, "payment_method"):
        return Finding(value=text, confidence=0.85, text=text, line=line_at(page, span.start), span=span, reasons=(("label", 1.7346),))
    return None


def pickup(page: Page, found: Iterable[Hypothesis], dates: Sequence[DateFinding], certainty: Certainty) -> Pickup | None:
    """Where a parcel waits, with its code and its last day."""
    code = max((h for h in found if h.role == Role.PICKUP_CODE), key=lambda h: h.probability, default=None)
    until: date | None = next((day.value for day in dates if day.role is DateRole.PICKUP_UNTIL and day.confidence >= LIKELY), None)
    place = next((text for text, _ in _labelled(page, "pickup_place")), None)
    shown = code if code is not None and code.probability >= LIKELY else None
    if shown is None and until is None and place is None:
        return None
    value = None
    if shown is not None:
        mention = shown.pool.mentions[0]
        value = mention.code.value if mention.code is not None else None
    confidence = certainty.share(Role.PICKUP_CODE, shown.probability) if shown is not None else _WITHOUT_CODE
    if not certainty.holds(confidence, "pickup" if shown is None else Role.PICKUP_CODE):
        return None
    return Pickup(confidence=confidence, place=place, code=value, until=until)


def _labelled(page: Page, key: str) -> Iterator[tuple[str, Span]]:
    """Texts of a few words that a label names: the rest of the cell or line, else the next line; in a heading row, the cell below."""
    for number, match in page.labelled(key):
        line = page.document.lines[number]
        if line.region not in _SEEN or page.document.text[line.span.start : match.span.start].rpartition("\t")[2].strip():
            continue
        span = _below(page, number, match.span) or _behind(page, number, match.span, name=key == "merchant")
        if span is not None:
            yield page.document.text[span.slice], span


def _below(page: Page, number: int, label: Span) -> Span | None:
    """The text under a heading cell whose neighbours are headings too."""
    cells = page.line_cells.get(number, ())
    own = next((cell for cell in cells if cell.span.holds(label)), None)
    beside = [cell for cell in cells if cell is not own and cell.span.size]
    if own is None or not beside or not all(labels_of(page, cell.span) for cell in beside):
        return None
    under = (cell for cell in page.document.cells if (cell.table, cell.row, cell.column) == (own.table, own.row + 1, own.column))
    return next((_trimmed(page, cell.span) for cell in under), None)


def _behind(page: Page, number: int, label: Span, *, name: bool) -> Span | None:
    lines = page.document.lines
    line = lines[number]
    rest = page.document.text[label.end : line.span.end]
    if rest.strip(" \t:"):
        if name and rest[:1] == " " and not rest.lstrip(" ").startswith((":", "\t")):
            # A sentence: "Sold by Lumen Lamps in Lund"; one word without a colon names nothing: "Shop Pay 31.40".
            found = NAME.match(page.document.text, label.end, line.span.end) if " " in page.document.text[label.slice] else None
            return _trimmed(page, Span(*found.span("name"))) if found is not None else None
        return _trimmed(page, Span(label.end, line.span.end)) if rest[:1] in {":", "\t", " "} else None
    if number + 1 < len(lines) and lines[number + 1].region is line.region:
        return _trimmed(page, lines[number + 1].span)
    return None


def _trimmed(page: Page, span: Span) -> Span | None:
    """The first cell of a span without blanks and colons, if it can be a name: short, no label, no link."""
    text = page.document.text[span.slice]
    start = span.start + len(text) - len(text.lstrip(" \t:"))
    value = page.document.text[start : span.end].partition("\n")[0].partition("\t")[0].strip()
    if not 1 < len(value) <= _LONGEST_NAME or not value[0].isalnum() or value.endswith(":") or "http" in value:
        return None
    found = Span(start, start + len(value))
    return None if labels_of(page, found) else found


def items(page: Page) -> tuple[OrderItem, ...]:
    """What was bought: rows under headings for the thing, its quantity and its price; else schema.org's items."""
    by_table: dict[int, dict[tuple[int, int], Cell]] = {}
    for cell in page.document.cells if all(page.labelled(key) for key in _HEADINGS) else ():
        by_table.setdefault(cell.table, {})[cell.row, cell.column] = cell
    for grid in by_table.values():
        rows = list(_rows(page, grid))
        if rows:
            return tuple(rows)
    return tuple(_marked_up(page))


def _rows(page: Page, grid: dict[tuple[int, int], Cell]) -> Iterator[OrderItem]:
    headings: dict[str, int] = {}
    top = -1
    for (row, column), cell in sorted(grid.items()):
        if headings and row > top:
            break
        for key in labels_of(page, cell.span):
            if key in {"item", "quantity", "price"}:
                headings.setdefault(key, column)
                top = row
    if not headings.keys() >= _HEADINGS:
        return
    for row in sorted({row for row, _ in grid if row > top}):
        name, quantity = grid.get((row, headings["item"])), grid.get((row, headings["quantity"]))
        if name is None or quantity is None or not name.span.size:
            continue
        count = page.document.text[quantity.span.slice].strip(" x×\n")
        if not count.isascii() or not count.isdigit() or len(count) > 4:  # noqa: PLR2004
            continue
        price = grid.get((row, headings["price"])) if "price" in headings else None
        yield OrderItem(
            name=page.document.text[name.span.slice].partition("\n")[0].strip(),
            quantity=int(count),
            price=_money(page, price),
            confidence=0.8,
        )


def _money(page: Page, cell: Cell | None) -> Money | None:
    if cell is None:
        return None
    for mention in page.mentions:
        if mention.kind is MentionKind.AMOUNT and mention.amount is not None and cell.span.holds(mention.span):
            currencies = mention.amount.currencies
            return Money(value=mention.amount.values[0], currency=currencies[0] if len(currencies) == 1 else None)
    return None


def _marked_up(page: Page) -> Iterator[OrderItem]:
    for prop in page.document.properties:
        if prop.path[-2:] == ("Product", "name"):
            yield OrderItem(name=page.document.text[prop.span.slice].strip(), confidence=0.9)
