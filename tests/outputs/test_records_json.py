from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from orderparse.outputs import records_json
from orderparse.records import (
    Address,
    AmountFinding,
    Authentication,
    DateFinding,
    Defect,
    Event,
    Finding,
    Genuine,
    Identifier,
    Join,
    MailOrder,
    Merchant,
    Money,
    Order,
    OrderItem,
    ParcelDelivery,
    Pickup,
    Reading,
    Status,
    TrackingNumber,
)
from orderparse.roles import AmountRole, DateRole, MailKind, OrderStatus, Role
from orderparse.text.span import Span

PLACE = {"text": "", "line": 0, "start": None, "end": None, "hidden": False, "score": 0, "reasons": [], "alternatives": []}
NUMBER: Finding[str] = Finding(
    value="8012345678901234",
    confidence=0.99123456,
    text="8012 3456 7890 1234",
    line=14,
    span=Span(612, 631),
    reasons=(("label", 2.5), ("merchant_shape", 2.000049)),
    alternatives=(("product_code", 0.00412),),
)
NUMBER_JSON = {
    "value": "8012345678901234",
    "confidence": 0.9912,
    "text": "8012 3456 7890 1234",
    "line": 14,
    "start": 612,
    "end": 631,
    "hidden": False,
    "score": 4.5,
    "reasons": [["label", 2.5], ["merchant_shape", 2.0]],
    "alternatives": [["product_code", 0.0041]],
}
PARCEL = TrackingNumber(
    value="RB123456785SE", confidence=0.98, carrier="PostNord", check_digit=True, url="https://track.example/RB123456785SE"
)
PARCEL_JSON = {
    "value": "RB123456785SE",
    "confidence": 0.98,
    "carrier": "PostNord",
    "carrier_code": None,
    "check_digit": True,
    "url": "https://track.example/RB123456785SE",
    **PLACE,
}
TOTAL = AmountFinding(value=Money(value=Decimal("129.00"), currency="SEK"), confidence=0.95, role=AmountRole.TOTAL)
TOTAL_JSON = {"value": "129.00", "currency": "SEK", "role": "total", "confidence": 0.95, **PLACE}
ORDERED = DateFinding(value=date(2026, 3, 1), confidence=0.96, role=DateRole.ORDER)
ORDERED_JSON = {"value": "2026-03-01", "until": None, "role": "order", "confidence": 0.96, **PLACE}
ITEM = OrderItem(name="Cable", confidence=0.8, quantity=2, price=Money(value=Decimal("49.50"), currency="SEK"))
ITEM_JSON = {"name": "Cable", "quantity": 2, "price": {"value": "49.50", "currency": "SEK"}, "confidence": 0.8}
SENT = datetime(2026, 3, 1, 12, tzinfo=UTC)
EVENT = Event(at=SENT, kind=MailKind.PAYMENT, message_id="<a1@example>", source="in.mbox#41")
EVENT_JSON = {"at": "2026-03-01T12:00:00+00:00", "kind": "payment", "message_id": "<a1@example>", "source": "in.mbox#41"}


def test_the_record_of_a_mail() -> None:
    reading = Reading(
        source="in.mbox#41",
        message_id="<a1@example>",
        sent=SENT,
        sender=Address(address="info@shop.example", name="Shop"),
        subject="Order",
        language=Finding(value="sv", confidence=0.99),
        kind=Finding(value=MailKind.PAYMENT, confidence=0.97),
        merchant=Merchant(value="AliExpress", confidence=0.98),
        seller=Finding(value="Tygboden", confidence=0.85),
        order_numbers=(NUMBER,),
        tracking_numbers=(PARCEL,),
        dates=(ORDERED, DateFinding(value=date(2026, 3, 10), until=date(2026, 3, 14), confidence=0.9, role=DateRole.DELIVERY_ESTIMATE)),
        amounts=(TOTAL,),
        identifiers=(Identifier(value="1005006123456789", confidence=0.93, role=Role.PRODUCT_CODE),),
        items=(ITEM,),
        payment_method=Finding(value="Visa", confidence=0.9),
        pickup=Pickup(confidence=0.9, place="Kiosk", code="4821", until=date(2026, 3, 12)),
        orders=(MailOrder(order_number=NUMBER, tracking_numbers=(PARCEL,), dates=(ORDERED,), amounts=(TOTAL,), items=(ITEM,)),),
        authentication=Authentication(dmarc="pass"),
        genuine=Genuine(confidence=0.95257, reasons=(("bias", 3.0),)),
        defects=(Defect(code="charset_unknown", detail="x-odd"),),
        text="not put out",
    )
    assert records_json.of_reading(reading) == {
        "source": "in.mbox#41",
        "status": "ok",
        "message_id": "<a1@example>",
        "in_reply_to": None,
        "sent": "2026-03-01T12:00:00+00:00",
        "sender": {"address": "info@shop.example", "name": "Shop"},
        "subject": "Order",
        "language": {"value": "sv", "confidence": 0.99, **PLACE},
        "kind": {"value": "payment", "confidence": 0.97, **PLACE},
        "merchant": {"value": "AliExpress", "confidence": 0.98, "verified": None, **PLACE},
        "seller": {"value": "Tygboden", "confidence": 0.85, **PLACE},
        "platform": None,
        "order_numbers": [NUMBER_JSON],
        "tracking_numbers": [PARCEL_JSON],
        "dates": [
            ORDERED_JSON,
            {"value": "2026-03-10", "until": "2026-03-14", "role": "delivery_estimate", "confidence": 0.9, **PLACE},
        ],
        "amounts": [TOTAL_JSON],
        "identifiers": [{"value": "1005006123456789", "role": "product_code", "confidence": 0.93, **PLACE}],
        "items": [ITEM_JSON],
        "payment_method": {"value": "Visa", "confidence": 0.9, **PLACE},
        "pickup": {"place": "Kiosk", "code": "4821", "until": "2026-03-12", "confidence": 0.9},
        "orders": [
            {
                "order_number": NUMBER_JSON,
                "tracking_numbers": [PARCEL_JSON],
                "dates": [ORDERED_JSON],
                "amounts": [TOTAL_JSON],
                "items": [ITEM_JSON],
            }
        ],
        "authentication": {"dmarc": "pass", "dkim": "unknown", "spf": "unknown"},
        "genuine": {"confidence": 0.9526, "reasons": [["bias", 3.0]]},
        "defects": [{"code": "charset_unknown", "detail": "x-odd"}],
    }


def test_a_mail_that_could_not_be_read_tells_why() -> None:
    record = records_json.of_reading(Reading(source="a.eml", status="failed", reason="crash"))
    assert (record["status"], record["reason"], record["order_numbers"]) == ("failed", "crash", [])


def test_the_record_of_an_order() -> None:
    order = Order(
        order_number=NUMBER,
        confidence=0.97,
        merchant=Merchant(value="AliExpress", confidence=0.98, verified=True),
        order_date=ORDERED,
        status=Status(value=OrderStatus.IN_TRANSIT, confidence=0.97),
        total=TOTAL,
        payment=Finding(value="Visa", confidence=0.9),
        items=(ITEM,),
        order_delivery=(
            ParcelDelivery(
                tracking_number=PARCEL,
                carrier="PostNord",
                status=Status(value=OrderStatus.IN_TRANSIT, confidence=0.9),
                expected_from=date(2026, 3, 10),
                expected_until=date(2026, 3, 14),
                events=(EVENT,),
            ),
        ),
        events=(EVENT,),
        messages=("<a1@example>", "<b2@example>"),
        joined_by=(Join(messages=("<a1@example>", "<b2@example>"), reason="order_number", confidence=0.999),),
    )
    assert records_json.of_order(order) == {
        "merchant": {"value": "AliExpress", "confidence": 0.98, "verified": True, **PLACE},
        "order_number": NUMBER_JSON,
        "other_order_numbers": [],
        "order_date": ORDERED_JSON,
        "status": {"value": "in_transit", "confidence": 0.97},
        "total": TOTAL_JSON,
        "payment": {"value": "Visa", "confidence": 0.9, **PLACE},
        "items": [ITEM_JSON],
        "order_delivery": [
            {
                "tracking_number": PARCEL_JSON,
                "other_numbers": [],
                "carrier": "PostNord",
                "status": {"value": "in_transit", "confidence": 0.9},
                "expected_from": "2026-03-10",
                "expected_until": "2026-03-14",
                "delivered": None,
                "events": [EVENT_JSON],
            }
        ],
        "events": [EVENT_JSON],
        "messages": ["<a1@example>", "<b2@example>"],
        "confidence": 0.97,
        "joined_by": [{"messages": ["<a1@example>", "<b2@example>"], "reason": "order_number", "confidence": 0.999}],
    }
