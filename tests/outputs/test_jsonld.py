from __future__ import annotations

import io
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import orderparse
from orderparse.outputs import jsonld
from orderparse.records import (
    AmountFinding,
    DateFinding,
    Finding,
    Merchant,
    Money,
    Order,
    OrderItem,
    ParcelDelivery,
    Status,
    TrackingNumber,
)
from orderparse.roles import AmountRole, DateRole, OrderStatus

TOTAL = AmountFinding(value=Money(value=Decimal("129.00"), currency="SEK"), confidence=0.9, role=AmountRole.TOTAL)
PARCEL = TrackingNumber(value="RB123456785SE", confidence=0.9, url="https://track.example/RB123456785SE")
ORDER = Order(
    order_number=Finding(value="8012345678901234", confidence=0.9),
    other_order_numbers=(Finding(value="77", confidence=0.9),),
    confidence=0.9,
    merchant=Merchant(value="Fjällkök", confidence=0.9),
    order_date=DateFinding(value=date(2026, 3, 1), confidence=0.9, role=DateRole.ORDER),
    status=Status(value=OrderStatus.IN_TRANSIT, confidence=0.9),
    total=TOTAL,
    payment=Finding(value="Visa", confidence=0.9),
    items=(
        OrderItem(name="Kettle", confidence=0.9, quantity=2, price=Money(value=Decimal("49.50"), currency="SEK")),
        OrderItem(name="Cup", confidence=0.9, quantity=1),
    ),
    order_delivery=(
        ParcelDelivery(
            tracking_number=PARCEL,
            carrier="PostNord",
            status=Status(value=OrderStatus.IN_TRANSIT, confidence=0.9),
            expected_from=date(2026, 3, 10),
            expected_until=date(2026, 3, 14),
        ),
    ),
)


def test_an_order_in_the_terms_of_schema_org() -> None:
    assert jsonld.of_order(ORDER) == {
        "@context": "https://schema.org",
        "@type": "Order",
        "orderNumber": "8012345678901234",
        "identifier": ["77"],
        "orderDate": "2026-03-01",
        "orderStatus": "https://schema.org/OrderInTransit",
        "seller": {"@type": "Organization", "name": "Fjällkök"},
        "price": "129.00",
        "priceCurrency": "SEK",
        "paymentMethod": "Visa",
        "acceptedOffer": [
            {
                "@type": "Offer",
                "itemOffered": {"@type": "Product", "name": "Kettle"},
                "price": "49.50",
                "priceCurrency": "SEK",
                "eligibleQuantity": {"@type": "QuantitativeValue", "value": 2},
            }
        ],
        "orderedItem": [{"@type": "OrderItem", "orderedItem": {"@type": "Product", "name": "Cup"}, "orderQuantity": 1}],
        "orderDelivery": [
            {
                "@type": "ParcelDelivery",
                "trackingNumber": "RB123456785SE",
                "trackingUrl": "https://track.example/RB123456785SE",
                "provider": {"@type": "Organization", "name": "PostNord"},
                "expectedArrivalFrom": "2026-03-10",
                "expectedArrivalUntil": "2026-03-14",
                "deliveryStatus": {"@type": "DeliveryEvent", "name": "in transit"},
            }
        ],
    }


def test_an_order_that_is_to_be_paid_has_an_invoice() -> None:
    order = Order(order_number=None, confidence=0.9, total=TOTAL, status=Status(value=OrderStatus.PAYMENT_DUE, confidence=0.9))
    assert jsonld.of_order(order)["partOfInvoice"] == {
        "@type": "Invoice",
        "paymentStatus": "https://schema.org/PaymentDue",
        "totalPaymentDue": {"@type": "PriceSpecification", "price": "129.00", "priceCurrency": "SEK"},
    }


@pytest.mark.parametrize("status", OrderStatus)
def test_each_status_has_its_name(status: OrderStatus) -> None:
    order = Order(order_number=None, confidence=0.9, status=Status(value=status, confidence=0.9))
    camel = "".join(word.capitalize() for word in status.value.split("_"))
    assert jsonld.of_order(order)["orderStatus"] == f"https://schema.org/Order{camel}"


def test_what_is_not_known_is_left_out() -> None:
    assert jsonld.of_order(Order(order_number=None, confidence=0.9)) == {"@context": "https://schema.org", "@type": "Order"}


@settings(max_examples=30)  # each is large
@given(st.lists(st.from_type(Order), max_size=2))
def test_a_document_is_json_that_ends_no_script_and_steers_no_terminal(orders: list[Order]) -> None:
    file = io.StringIO()
    jsonld.write(orders, file)
    text = file.getvalue()
    document = json.loads(text)
    assert len(document["@graph"]) == len(orders)
    assert [{"@context": document["@context"], **one} for one in document["@graph"]] == [jsonld.of_order(order) for order in orders]
    assert not set("<>&\x1b\x7f\u2028\u202e") & set(text)
    text.encode("utf-8")


def test_no_tag_in_a_mail_gets_out_of_a_script() -> None:
    order = Order(order_number=None, confidence=0.9, merchant=Merchant(value="</script><script>alert(1)//", confidence=0.9))
    text = jsonld.text(jsonld.of_order(order))
    assert "<" not in text
    assert json.loads(text)["seller"]["name"] == "</script><script>alert(1)//"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        " https://a.example",
        "https://a.example/\nx",
        "data:text/html,x",
        "//a.example",
        "",
        'https://a.example/"><b>',
        "https://a.example/\u2028",
    ],
)
def test_a_link_that_leads_nowhere_in_the_web_is_left_out(url: str) -> None:
    parcel = ParcelDelivery(tracking_number=TrackingNumber(value="1", confidence=0.9, url=url))
    order = Order(order_number=None, confidence=0.9, order_delivery=(parcel,))
    assert "trackingUrl" not in jsonld.of_order(order)["orderDelivery"][0]


def test_a_mail_with_the_markup_is_read_as_the_same_order() -> None:
    script = f'<script type="application/ld+json">{jsonld.text(jsonld.of_order(ORDER))}</script>'
    mail = (
        "From: Fjällkök <order@fjallkok.example>\r\nDate: Sun, 1 Mar 2026 12:00:00 +0100\r\nSubject: Thank you for your order\r\n"
        f"Content-Type: text/html; charset=utf-8\r\n\r\n<html><body><p>Thank you for your order!</p>{script}</body></html>"
    )
    (order,) = orderparse.consolidate([orderparse.parse(mail.encode())])
    assert order.order_number is not None
    assert order.order_number.value == "8012345678901234"
    assert [parcel.tracking_number.value for parcel in order.order_delivery] == ["RB123456785SE"]
    assert order.total is not None
    assert order.total.value == TOTAL.value
    assert order.order_date is not None
    assert order.order_date.value == date(2026, 3, 1)
    assert (order.order_delivery[0].expected_from, order.order_delivery[0].expected_until) == (date(2026, 3, 10), date(2026, 3, 14))


def test_an_order_turns_into_jsonld_itself() -> None:
    order = orderparse.read_orders(Path(__file__).parents[2] / "fixtures" / "mailbox")[0]
    assert order.to_jsonld() == jsonld.of_order(order)
    assert order.to_jsonld()["@type"] == "Order"
