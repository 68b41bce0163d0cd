"""The small mailbox of the README: the orders that must come out of it."""

import json
from pathlib import Path

import orderparse

FIXTURES = Path(__file__).parents[1] / "fixtures"


def test_the_mailbox_gives_its_orders_with_status_parcels_and_totals():
    expected = json.loads((FIXTURES / "mailbox.expected.json").read_text(encoding="utf-8"))
    orders = [order for order in orderparse.consolidate(orderparse.parse_mailbox(FIXTURES / "mailbox")) if order.confidence >= 0.5]
    found = [
        {
            "merchant": order.merchant and order.merchant.value,
            "order_number": order.order_number and order.order_number.value,
            "status": order.status and order.status.value.value,
            "tracking_numbers": [parcel.tracking_number.value for parcel in order.order_delivery],
            "messages": len(order.messages),
            "total": order.total and {"value": str(order.total.value.value), "currency": order.total.value.currency},
        }
        for order in orders
    ]
    key = lambda order: str(order["order_number"])  # noqa: E731
    assert sorted(found, key=key) == sorted(expected, key=key)


def test_a_mailbox_read_twice_gives_the_same_orders():
    once = orderparse.consolidate(orderparse.parse_mailbox(FIXTURES / "mailbox"))
    readings = list(orderparse.parse_mailbox(FIXTURES / "mailbox"))
    assert orderparse.consolidate([*readings, *reversed(readings)]) == once
