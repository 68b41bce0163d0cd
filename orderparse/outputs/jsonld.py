"""schema.org as JSON-LD (https://www.w3.org/TR/json-ld11/): orders for search engines, mail programs and assistants.

The terms are those of https://schema.org/Order, https://schema.org/ParcelDelivery, https://schema.org/Invoice. An order
has ``price`` and ``priceCurrency`` besides, as in https://developers.google.com/gmail/markup/reference/order.
schema.org has no word for confidences and reasons: set a threshold before.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, TextIO

from orderparse.outputs.jsonl import line
from orderparse.outputs.records_json import decimal
from orderparse.outputs.safe_text import one_line
from orderparse.roles import OrderStatus
from orderparse.text.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from orderparse.records import Money, Order, OrderItem, ParcelDelivery

Json = dict[str, Any]
CONTEXT: Final = "https://schema.org"
_STATUSES: Final[Mapping[OrderStatus, str]] = {
    OrderStatus.PROCESSING: "OrderProcessing",
    OrderStatus.PAYMENT_DUE: "OrderPaymentDue",
    OrderStatus.IN_TRANSIT: "OrderInTransit",
    OrderStatus.PICKUP_AVAILABLE: "OrderPickupAvailable",
    OrderStatus.DELIVERED: "OrderDelivered",
    OrderStatus.CANCELLED: "OrderCancelled",
    OrderStatus.RETURNED: "OrderReturned",
    OrderStatus.PROBLEM: "OrderProblem",
}
_WEB: Final = lazy(r"https?://[^\s<>\"\\^`{|}\x00-\x20\x7f-\x9f]+", re.IGNORECASE)  # RFC 3986, with the letters of RFC 3987
_MARKS: Final = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def of_order(order: Order) -> Json:
    """An order as a JSON-LD object of its own, with its context.

    >>> from orderparse.records import Finding, Order
    >>> of_order(Order(order_number=Finding(value="8012", confidence=0.9), confidence=0.9))
    {'@context': 'https://schema.org', '@type': 'Order', 'orderNumber': '8012'}
    """
    return {"@context": CONTEXT, **_order(order)}


def text(value: Mapping[str, Any]) -> str:
    r"""JSON-LD as text of one line that may stand in a ``<script type="application/ld+json">`` too.

    >>> text({"name": "</script><!--"})
    '{"name": "\\u003c/script\\u003e\\u003c!--"}'
    """
    return line(value).translate(_MARKS)  # in JSON they stand in strings only


def write(orders: Iterable[Order], file: TextIO) -> None:
    """Write all orders as one document: a graph with an order a line."""
    file.write(f'{{"@context": "{CONTEXT}", "@graph": [')
    between = "\n"
    for order in orders:
        file.write(between + text(_order(order)))
        between = ",\n"
    file.write("\n]}\n")


def web_link(url: str | None) -> str | None:
    """A link that leads into the web; None if there is none, or it is a script or no link at all.

    >>> web_link("https://track.example/8012"), web_link("javascript:alert(1)")
    ('https://track.example/8012', None)
    """
    return url if url is not None and _WEB.fullmatch(url) else None


def _order(order: Order) -> Json:
    due = order.status is not None and order.status.value is OrderStatus.PAYMENT_DUE
    offers = [_offer(item, item.price) for item in order.items if item.price is not None]
    return {
        "@type": "Order",
        **_some("orderNumber", order.order_number.value if order.order_number is not None else None),
        **_some("identifier", [one_line(number.value) for number in order.other_order_numbers]),
        **_some("orderDate", order.order_date.value.isoformat() if order.order_date is not None else None),
        **_some("orderStatus", f"{CONTEXT}/{_STATUSES[order.status.value]}" if order.status is not None else None),
        **_some("seller", _organization(order.merchant.value if order.merchant is not None else None)),
        **(_price(order.total.value) if order.total is not None else {}),
        **_some("paymentMethod", order.payment.value if order.payment is not None else None),
        **_some("partOfInvoice", _invoice(order) if due else None),
        **_some("acceptedOffer", offers),
        **_some("orderedItem", [_item(item) for item in order.items if item.price is None]),
        **_some("orderDelivery", [_delivery(parcel) for parcel in order.order_delivery]),
    }


def _invoice(order: Order) -> Json:
    return {
        "@type": "Invoice",
        "paymentStatus": f"{CONTEXT}/PaymentDue",
        **_some("totalPaymentDue", {"@type": "PriceSpecification", **_price(order.total.value)} if order.total is not None else None),
        **_some("provider", _organization(order.merchant.value if order.merchant is not None else None)),
    }


def _delivery(parcel: ParcelDelivery) -> Json:
    """A parcel; that it was delivered is a DeliveryEvent, whose day is its start."""
    status = {
        **_some("name", parcel.status.value.value.replace("_", " ") if parcel.status is not None else None),
        **_some("startDate", parcel.delivered.isoformat() if parcel.delivered is not None else None),
    }
    return {
        "@type": "ParcelDelivery",
        "trackingNumber": one_line(parcel.tracking_number.value),
        **_some("identifier", [one_line(number) for number in parcel.other_numbers]),
        **_some("trackingUrl", web_link(parcel.tracking_number.url)),
        **_some("provider", _organization(parcel.carrier)),
        **_some("expectedArrivalFrom", parcel.expected_from.isoformat() if parcel.expected_from is not None else None),
        **_some("expectedArrivalUntil", parcel.expected_until.isoformat() if parcel.expected_until is not None else None),
        **_some("deliveryStatus", {"@type": "DeliveryEvent", **status} if status else None),
    }


def _offer(item: OrderItem, price: Money) -> Json:
    quantity = {"@type": "QuantitativeValue", "value": item.quantity}
    return {
        "@type": "Offer",
        "itemOffered": {"@type": "Product", "name": one_line(item.name)},
        **_price(price),
        **_some("eligibleQuantity", quantity if item.quantity is not None else None),
    }


def _item(item: OrderItem) -> Json:
    return {
        "@type": "OrderItem",
        "orderedItem": {"@type": "Product", "name": one_line(item.name)},
        **_some("orderQuantity", item.quantity),
    }


def _organization(name: str | None) -> Json | None:
    return {"@type": "Organization", "name": one_line(name)} if name else None


def _price(money: Money) -> Json:
    """An amount as a text with a full stop, as https://schema.org/price asks for; no digit is lost to a float."""
    return {"price": decimal(money.value), **_some("priceCurrency", money.currency)}


def _some(name: str, value: Any) -> Json:
    if value is None or value in ("", []):
        return {}
    return {name: one_line(value) if isinstance(value, str) else value}
