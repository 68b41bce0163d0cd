"""A question finds the orders, parcels and mails that fit all of it, and no others."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import orderparse
from orderparse.outputs.questions import Question
from orderparse.records import Address, Event, Finding, Merchant, Order, ParcelDelivery, Reading, Status, TrackingNumber
from orderparse.roles import MailKind, OrderStatus

MAILBOX = Path(__file__).parents[2] / "fixtures" / "mailbox"
SENT = datetime(2026, 3, 1, 12, tzinfo=UTC)
PARCEL = ParcelDelivery(tracking_number=TrackingNumber(value="RB123456785SE", confidence=0.9), other_numbers=("LP00286410975312",))
ORDER = Order(
    order_number=Finding(value="20417-A", confidence=0.9),
    other_order_numbers=(Finding(value="20418", confidence=0.9),),
    confidence=0.9,
    merchant=Merchant(value="Kjell & Company", confidence=0.9),
    status=Status(value=OrderStatus.IN_TRANSIT, confidence=0.9),
    order_delivery=(PARCEL,),
    events=(Event(at=SENT, kind=MailKind.SHIPPING, message_id=None, source="x"),),
)
MAIL = Reading(
    source="x",
    sent=SENT,
    sender=Address(address="info@kjell.example", name=""),
    order_numbers=(Finding(value="20417-A", confidence=0.9),),
    tracking_numbers=(TrackingNumber(value="RB123456785SE", confidence=0.9),),
    kind=Finding(value=MailKind.SHIPPING, confidence=0.9),
)
FITS = [
    {"since": date(2026, 3, 1), "until": date(2026, 3, 1)},
    {"merchant": "KJELL"},
    {"kind": MailKind.SHIPPING},
    {"order": "20417 a"},
    {"tracking": "RB 123 456 785 SE"},
    {},
]
FAILS = [
    {"since": date(2026, 3, 2)},
    {"until": date(2026, 2, 28)},
    {"merchant": "Komplett"},
    {"kind": MailKind.INVOICE},
    {"order": "20417"},
    {"tracking": "RB123456785"},
]


@pytest.mark.parametrize("asked", FITS)
def test_what_fits_is_found(asked: dict) -> None:
    assert Question(**asked).of_order(ORDER)
    assert Question(**asked).of_reading(MAIL)


@pytest.mark.parametrize("asked", FAILS)
def test_what_does_not_fit_is_not_found(asked: dict) -> None:
    assert not Question(**asked).of_order(ORDER)
    assert not Question(**asked).of_reading(MAIL)
    assert not Question(**{**asked, "merchant": asked.get("merchant", "Kjell")}).of_order(ORDER)


def test_an_order_is_found_by_its_status_its_other_numbers_and_all_numbers_of_its_parcels() -> None:
    assert Question(status=OrderStatus.IN_TRANSIT).of_order(ORDER)
    assert not Question(status=OrderStatus.DELIVERED).of_order(ORDER)
    assert Question(order="20418").of_order(ORDER)
    assert Question(tracking="lp00286410975312").of_order(ORDER)
    assert Question(tracking="lp00286410975312").of_parcel(PARCEL)
    assert not Question(tracking="lp00286410975313").of_parcel(PARCEL)


def test_without_a_day_nothing_is_between_days() -> None:
    assert not Question(since=date(2020, 1, 1)).of_order(replace(ORDER, events=()))
    assert not Question(until=date(2030, 1, 1)).of_reading(replace(MAIL, sent=None))


def test_every_order_of_a_mailbox_is_found_by_its_own_number() -> None:
    orders = orderparse.read_orders(MAILBOX)
    for order in orders:
        if order.order_number is not None:
            assert order in [other for other in orders if Question(order=order.order_number.value).of_order(other)]
