"""Links: numbers in the parameters and path segments of links.

A host that is known (a carrier's tracking page, a shop's order page) says what its
parameters hold; on other hosts only names that mean one thing everywhere count.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from orderparse.carriers.links import number_in_link
from orderparse.readers.evidence import Evidence
from orderparse.roles import Role
from orderparse.text.fold import fold
from orderparse.values.links import registrable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orderparse.document.model import Link, LinkPart
    from orderparse.languages.vocabulary import Vocabulary
    from orderparse.mentions import Mention, Page
    from orderparse.merchants import Merchant
    from orderparse.values.codes import Code

# Parameter names that mean one thing on every host, folded and without "-" and "_".
_ORDER_PARAMETERS = frozenset(
    {"orderid", "orderids", "orderno", "ordernr", "ordernumber", "ordernum", "orderref", "orderreference", "tradeorderid",
     "ordernummer", "bestellnummer", "bestellnr", "ordrenummer", "ordrenr", "purchaseid", "incrementid", "auftragsnummer", "auftragsnr",
     "bestallningsnummer", "bestelnummer", "bestelnr", "tilausnumero", "tilausnro", "rendelesszam"}
)  # fmt: skip
_TRACKING_PARAMETERS = frozenset(
    {"tracking", "trackingid", "trackingno", "trackingnr", "trackingnumber", "trackingnumbers", "tracknumber", "tracknum", "trackno",
     "tracknumbers", "trackid", "trackingcode", "parcelnumber", "parcelno", "parcelid", "packagenumber", "consignmentid",
     "consignmentnumber", "shipmentid", "sendungsnummer", "kollinummer", "kolliid", "sporingsnummer", "piececode", "waybill", "awb",
     "nums"}
)  # fmt: skip
_RIVAL_PARAMETERS = {
    "productid": Role.PRODUCT_CODE, "sku": Role.PRODUCT_CODE, "skuid": Role.PRODUCT_CODE, "itemid": Role.PRODUCT_CODE,
    "asin": Role.PRODUCT_CODE, "articleid": Role.PRODUCT_CODE, "variantid": Role.PRODUCT_CODE, "ean": Role.PRODUCT_CODE,
    "invoiceid": Role.INVOICE_NUMBER, "invoicenumber": Role.INVOICE_NUMBER, "customerid": Role.CUSTOMER_NUMBER,
    "customernumber": Role.CUSTOMER_NUMBER, "userid": Role.CUSTOMER_NUMBER, "accountid": Role.ACCOUNT_NUMBER,
    "transactionid": Role.TRANSACTION_ID, "paymentid": Role.TRANSACTION_ID, "pmntid": Role.TRANSACTION_ID,
    "sessionid": Role.OTHER, "session": Role.OTHER, "campaign": Role.OTHER, "campaignid": Role.OTHER,
    "couponcode": Role.COUPON, "bookingreference": Role.BOOKING_REFERENCE, "pnr": Role.BOOKING_REFERENCE,
}  # fmt: skip
_ORDER_SEGMENTS = frozenset(
    {"order", "orders", "order-details", "order-detail", "orderdetails", "view-order", "order-status", "orderstatus", "my-orders"}
)  # fmt: skip
_TRACKING_SEGMENTS = frozenset(
    {"track", "tracking", "trace", "parcel", "parcels", "package", "shipment", "shipments", "spara", "sporing", "sendungsverfolgung",
     "sendung", "t", "tracktrace", "track-and-trace", "track-parcel"}
)  # fmt: skip
_NUMBER_SIGNS = range(2, 7)  # letters of "nr", "id", "numero"
_PRODUCT_SEGMENTS = frozenset({"item", "items", "product", "products", "produkt", "p", "dp", "gp", "artikel", "i", "itm"})


class _Place(NamedTuple):
    """Where a link leads, and whether the mail shows its number beside it."""

    own: bool  # to the sender's own host
    carried: bool  # to a carrier's
    shown: bool


def read(page: Page) -> Iterator[Evidence]:
    """Evidence from the parts of links."""
    parts = {part.span.start: part for part in page.document.link_parts}
    own = _own_hosts(page)
    carrier_numbers = _carrier_numbers(page)
    track_links = _track_links(page)
    shown = {mention.code.value for mention in page.mentions if mention.code is not None and page.visible(mention)} if parts else set()
    for mention in page.mentions:
        part = parts.get(mention.span.start)
        if part is None or mention.code is None:
            continue
        link = page.document.links[part.link]
        certain = carrier_numbers.get((link.url.text, mention.code.value))
        if certain is not None:
            loose = "own_carrier_link" if _from_carrier(page, link) else "carrier_link_loose"
            yield Evidence(mention, Role.TRACKING_NUMBER, "carrier_link" if certain else loose, link.url.host)
            continue
        merchant = page.knowledge.merchants.of_domain(link.url.host)
        if merchant is not None:
            if part.name in merchant.ignore:
                continue
            yield from _merchant(merchant, mention, part, link)
        # What a link alone has is often the shop's key of the order, not its number.
        place = _Place(
            own=registrable(link.url.host) in own,
            carried=bool(page.knowledge.lines.of_host(link.url.host)),
            shown=mention.code.value in shown,
        )
        proven = _is_proven(page, mention.code.value)
        if place.carried and proven:
            yield Evidence(mention, Role.TRACKING_NUMBER, "carrier_link", link.url.host)
            continue
        if proven:  # pages that follow the parcels of many carriers are no carrier's
            place = place._replace(carried=True)
        track = part.link in track_links and _looks_tracked(page, mention.code.value)
        yield from _general(page.knowledge.words, mention, part, link, place, track=track)


def _own_hosts(page: Page) -> set[str]:
    """Registrable domains that the sender stands behind: its own, and those of its merchant file."""
    who = page.parties
    hosts = {registrable(who.sender.domain)} if who.sender is not None and who.sender.domain else set()
    if who.shop is not None:
        hosts.update(registrable(domain) for domain in who.shop.domains)
    return hosts


def _carrier_numbers(page: Page) -> dict[tuple[str, str], bool]:
    numbers: dict[tuple[str, str], bool] = {}
    for url in {link.url.text: link.url for link in page.document.links}.values():
        for carrier in page.knowledge.lines.of_host(url.host):
            for value, certain in number_in_link(carrier, url):
                key = (url.text, value)
                numbers[key] = numbers.get(key, False) or certain
    return numbers


def _from_carrier(page: Page, link: Link) -> bool:
    """Whether the carrier that sent the mail owns the host of a link."""
    sent_by = {carrier.code for carrier in page.parties.senders}
    return any(carrier.code in sent_by for carrier in page.knowledge.lines.of_host(link.url.host))


def _track_links(page: Page) -> set[int]:
    """Indexes of the links whose visible text says "track your parcel"."""
    starts = [match.span.start for match in page.phrases if any(meaning.section == "track" for meaning in match.meanings)]
    return {
        index
        for index, link in enumerate(page.document.links)
        if link.span.size and bisect_left(starts, link.span.start) < bisect_left(starts, link.span.end)
    }


def _is_proven(page: Page, value: str) -> bool:
    """Whether a value has a format that no other number has by chance, with its check digit: whatever a carrier calls it in its links."""
    return any(match.check and match.format.tier == "distinctive" for match in page.knowledge.formats.of(value))


def _looks_tracked(page: Page, value: str) -> bool:
    """Whether a value has a format that says more than its length; in a link "track your parcel" nothing else is believed."""
    return any(match.check or (match.check is None and match.format.tier == "distinctive") for match in page.knowledge.formats.of(value))


def _is_token(code: Code | None) -> bool:
    """Whether a value is a key of a program, as job and news mails have in ``trackingId``: no parcel's number mixes large and small."""
    return code is not None and any(map(str.islower, code.value)) and any(map(str.isupper, code.value))


def _merchant(merchant: Merchant, mention: Mention, part: LinkPart, link: Link) -> Iterator[Evidence]:
    for role, names in merchant.links.items():
        if part.name and part.name in names:
            yield Evidence(mention, role, "merchant_link", f"{part.name}= on {link.url.host}")
    for role, segments in merchant.link_paths.items():
        if part.before and part.before in segments:
            yield Evidence(mention, role, "merchant_link", f"{part.before}/ on {link.url.host}")


def _names_order(words: Vocabulary, name: str) -> bool:
    """Whether the name of a parameter is a language's word for an order with one for its number: "idpedido", "nrzamowienia"."""
    signs = words.number_words
    return bool(name) and any(
        (name[size:] in words.order_nouns and (name[:size] in signs or name[:size] == "id"))
        or (name[:-size] in words.order_nouns and (name[-size:] in signs or name[-size:] == "id"))
        for size in _NUMBER_SIGNS
    )


def _is_of_orders(words: Vocabulary, segment: str) -> bool:
    """Whether a segment of a path is a language's word for orders, by itself or behind another: "pedidos", "mis-pedidos"."""
    return segment in _ORDER_SEGMENTS or segment.rpartition("-")[2] in words.order_nouns


def _general(words: Vocabulary, mention: Mention, part: LinkPart, link: Link, place: _Place, *, track: bool) -> Iterator[Evidence]:
    name = fold(part.name).replace("-", "").replace("_", "")
    before = fold(part.before)
    note = f"{part.name or part.before} on {link.url.host}"
    own = "own_" if place.own else ""
    parameter, path = f"{own}parameter", f"{own}path_shown" if place.shown else f"{own}path"
    ordered = name in _ORDER_PARAMETERS or _names_order(words, name)
    if name in _RIVAL_PARAMETERS:
        yield Evidence(mention, _RIVAL_PARAMETERS[name], "parameter", note)
    elif ordered:
        yield Evidence(mention, Role.ORDER_NUMBER, parameter, note)
    elif name in _TRACKING_PARAMETERS and (place.carried or not _is_token(mention.code)):
        yield Evidence(mention, Role.TRACKING_NUMBER, "carrier_path" if place.carried else parameter, note)
    elif name in words.order_nouns:  # campaigns and baskets have "?order=", too
        among_orders = any(_is_of_orders(words, fold(segment)) for segment in link.url.segments)
        yield Evidence(mention, Role.ORDER_NUMBER, parameter if among_orders else f"{own}path", note)
    elif _is_of_orders(words, before):
        yield Evidence(mention, Role.ORDER_NUMBER, path, note)
    elif before in _TRACKING_SEGMENTS and not _is_token(mention.code):
        yield Evidence(mention, Role.TRACKING_NUMBER, "carrier_path" if place.carried else path, note)
    elif before in _PRODUCT_SEGMENTS:
        yield Evidence(mention, Role.PRODUCT_CODE, "path", note)
    if track and name not in _RIVAL_PARAMETERS and not ordered and name not in words.order_nouns:
        yield Evidence(mention, Role.TRACKING_NUMBER, "track_link", note)
