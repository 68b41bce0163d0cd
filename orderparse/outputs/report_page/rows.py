"""An order on the page: its row, and what the row opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderparse.outputs.columns import expected
from orderparse.outputs.report_page.elements import el, https
from orderparse.outputs.report_page.evidence import sure, value
from orderparse.outputs.report_page.telling import day_of, pickup_of, ways
from orderparse.outputs.report_page.words import KINDS, STATUSES, amount, at, count, day, days
from orderparse.outputs.terminal import UNSURE, percent
from orderparse.outputs.wording import days as short_days
from orderparse.outputs.wording import words
from orderparse.roles import OrderStatus

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from orderparse.outputs.report_page.elements import Child, Element
    from orderparse.outputs.report_page.telling import Mails
    from orderparse.records import Event, Order, ParcelDelivery, Pickup, TrackingNumber

_PARCELS = 2  # parcels that a row names
_DONE = frozenset({OrderStatus.DELIVERED, OrderStatus.CANCELLED, OrderStatus.RETURNED})
_JOINED = {
    "order_number": "the order number",
    "tracking_number": "the tracking number",
    "thread": "the thread of replies",
    "payment": "the shop, the sum and the day",
    "merchant": "the shop, of which no other order was under way",
    "reference": "a reference or bill that has the order's number",
}


def row(order: Order) -> Element:
    """The row: what stands in the columns, each cell with its heading for those who do not see them."""
    ordered = day_of(order)
    shop, number, total = order.merchant, order.order_number, order.total
    return el(
        "summary.row",
        _cell("ordered", "Ordered", at(ordered) if ordered is not None else None, order.order_date.confidence if order.order_date else 1.0),
        _cell("shop", "Shop", shop.value if shop is not None else None, shop.confidence if shop is not None else 1.0),
        _cell("number", "Order", number.value if number is not None else None, number.confidence if number is not None else 1.0),
        _cell("total", "Total", amount(total.value) if total is not None else None, total.confidence if total is not None else 1.0),
        el("span.cell.status", el("span.head", "Status "), *_status(order)),
        el(
            "span.cell.parcels" if order.order_delivery else "span.cell.parcels.bare",
            el("span.head", "Parcels "),
            *_parcels(order.order_delivery),
        ),
        el("span.cell.certain", el("span.head", "Sure "), percent(order.confidence)),
    )


def _cell(name: str, heading: str, shown: Child, confidence: float) -> Element:
    if shown is None or shown == "":
        return el(f"span.cell.{name}.none", el("span.head", f"{heading} "), "–")
    mark = el("span.doubt", "?", title=f"{percent(confidence)} sure") if confidence < UNSURE else None
    return el(f"span.cell.{name}", el("span.head", f"{heading} "), el("span", shown, dir="auto"), mark)


def _status(order: Order) -> Iterator[Child]:
    """The status, and the day on which it came true or is awaited."""
    if order.status is None:
        yield "–"
        return
    yield el(f"span.state.{order.status.value.value}", STATUSES[order.status.value])
    delivered = max((parcel.delivered for parcel in order.order_delivery if parcel.delivered is not None), default=None)
    awaited = expected(order)
    if order.status.value is OrderStatus.DELIVERED and delivered is not None:
        yield el("span.under", day(delivered))
    elif order.status.value not in _DONE and awaited is not None and awaited.expected_until is not None:
        first, last = awaited.expected_from or awaited.expected_until, awaited.expected_until
        yield el("span.under", f"expected {short_days(first, last, day_of(order))}")


def _parcels(parcels: tuple[ParcelDelivery, ...]) -> Iterator[Child]:
    if not parcels:
        yield "–"
    for parcel in parcels[:_PARCELS]:
        carrier = f"{parcel.carrier} " if parcel.carrier else ""
        yield el("span.parcel", carrier, el("span.code", parcel.tracking_number.value), dir="auto")
    if len(parcels) > _PARCELS:
        yield el("span.under", f"and {len(parcels) - _PARCELS} more")


def detail(order: Order, mails: Mails) -> Element:
    """What the row opens: items, facts, parcels and mails."""
    return el(
        "div.detail",
        el("section.facts", el("h3", "Order"), el("dl", *_facts(order, mails))),
        el("section.items", el("h3", "Items"), _items(order)) if order.items else None,
        el("section.parcels", el("h3", "Parcels"), *_deliveries(order, mails)) if order.order_delivery else None,
        el("section.mails", el("h3", "Mails"), _story(order, mails), *_joins(order)),
    )


def _facts(order: Order, mails: Mails) -> Iterator[Element]:
    if order.order_number is not None:
        number = order.order_number
        yield _fact("Order number", value(el("span.code", number.value), "order number", number, mails.home(number, order)))
    for other in order.other_order_numbers:
        yield _fact("Other number", value(el("span.code", other.value), "order number", other, mails.home(other, order)))
    if order.merchant is not None:
        shop = order.merchant
        verified = el("span.note", "sender confirmed by mail authentication") if shop.verified else None
        yield _fact("Shop", value(shop.value, "merchant", shop, mails.home(shop, order)), verified)
    if order.order_date is not None:
        ordered = order.order_date
        yield _fact("Ordered", value(at(ordered.value), "order date", ordered, mails.home(ordered, order)))
    if order.total is not None:
        total = order.total
        yield _fact("Total", value(amount(total.value), "total", total, mails.home(total, order)))
    if order.payment is not None:
        yield _fact("Payment", value(order.payment.value, "payment method", order.payment, mails.home(order.payment, order)))
    if order.status is not None:
        yield _fact("Status", el("span.plain", STATUSES[order.status.value], " ", sure(order.status.confidence)))
    pickup = pickup_of(order, mails)
    if pickup is not None:
        yield _fact("Collect", el("span.plain", _pickup(pickup), " ", sure(pickup.confidence)))


def _fact(name: str, *told: Child) -> Element:
    return el("div", el("dt", name), el("dd", *told))


def _pickup(pickup: Pickup) -> str:
    parts = (pickup.place, pickup.code and f"code {pickup.code}", pickup.until and f"until {day(pickup.until)}")
    return ", ".join(part for part in parts if part)


def _items(order: Order) -> Element:
    return el(
        "ul",
        *(
            el(
                "li",
                el("span.times", f"{item.quantity} × ") if item.quantity is not None else None,
                el("span.name", item.name, dir="auto"),
                " ",
                el("span.price", amount(item.price)) if item.price is not None else None,
                " ",
                sure(item.confidence),
            )
            for item in order.items
        ),
    )


def _deliveries(order: Order, mails: Mails) -> Iterator[Element]:
    shipped = {id(way.parcel): way.shipped for way in ways(order, mails)}
    for parcel in order.order_delivery:
        number = parcel.tracking_number
        home = mails.home(number, order)
        yield el(
            "div.parcel",
            el("dl", *_parcel(parcel, order, mails, shipped.get(id(parcel)))),
            _track(number) if home is None or (home.message_id or home.source) not in mails.suspicious else None,
        )


def _parcel(parcel: ParcelDelivery, order: Order, mails: Mails, shipped: date | None) -> Iterator[Element]:
    number = parcel.tracking_number
    yield _fact("Tracking number", value(el("span.code", number.value), "tracking number", number, mails.home(number, order)))
    check = {True: "check digit right", False: "check digit wrong", None: None}[number.check_digit]
    if parcel.carrier or check:
        yield _fact("Carrier", el("span", parcel.carrier or "unknown", dir="auto"), el("span.note", check) if check else None)
    if parcel.other_numbers:
        yield _fact("Also numbered", *(el("span.code", other) for other in parcel.other_numbers))
    if parcel.status is not None:
        yield _fact("Status", STATUSES[parcel.status.value], " ", sure(parcel.status.confidence))
    if shipped is not None:
        yield _fact("Shipped", at(shipped))
    last = parcel.expected_until or parcel.expected_from
    if last is not None:
        yield _fact("Expected", days(parcel.expected_from or last, last))
    if parcel.delivered is not None:
        yield _fact("Delivered", at(parcel.delivered))


def _track(number: TrackingNumber) -> Element | None:
    """The link to the carrier, with a word before one leaves."""
    link = https(number.url)
    if link is None:
        return None
    url, host = link
    return el(
        "p.track",
        el("a.track", "Track this parcel", href=url, rel="noopener noreferrer", target="_blank"),
        el("span.note", f" leaves this page for {host}, which learns the number"),
    )


def _story(order: Order, mails: Mails) -> Element:
    return el("ol.story", *(_event(event, mails) for event in order.events))


def _event(event: Event, mails: Mails) -> Element:
    name = event.message_id or event.source
    mail = mails.by_name.get(name)
    when = at(event.at.date(), f"{day(event.at.date())}, {event.at:%H:%M}") if event.at is not None else "undated"
    sender = mail.sender.address if mail is not None and mail.sender is not None else ""
    return el(
        "li",
        el("span.when", when),
        " ",
        el("span.kind", KINDS[event.kind]),
        " ",
        el("span.subject", mail.subject, dir="auto") if mail is not None and mail.subject else None,
        el("span.note", "suspicious: the sender is not who it claims to be") if name in mails.suspicious else None,
        el("span.note", sender and f"{sender}, ", event.source.rpartition("/")[2], dir="auto"),
    )


def _joins(order: Order) -> Iterator[Element]:
    for join in order.joined_by:
        by = _JOINED.get(join.reason, words(join.reason))
        yield el("p.note", f"{count(len(join.messages), 'mail')} joined by {by} ({percent(join.confidence)}).")
