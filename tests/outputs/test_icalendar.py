from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import icalendar as rfc5545
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import orderparse
from orderparse.outputs import icalendar
from orderparse.outputs.safe_text import one_line
from orderparse.records import (
    DateFinding,
    Event,
    Finding,
    MailOrder,
    Merchant,
    Order,
    OrderItem,
    ParcelDelivery,
    Pickup,
    Reading,
    Status,
    TrackingNumber,
)
from orderparse.roles import DateRole, MailKind, OrderStatus

PARCEL = ParcelDelivery(
    tracking_number=TrackingNumber(value="RB123456785SE", confidence=0.9, url="https://track.example/å?n=RB123456785SE"),
    carrier="PostNord",
    expected_from=date(2026, 12, 30),
    expected_until=date(2026, 12, 31),
)
ORDER = Order(
    order_number=Finding(value="8012", confidence=0.9),
    confidence=0.9,
    merchant=Merchant(value="Kettner; Bücher, Söhne", confidence=0.9),
    items=(OrderItem(name="A book of many words, " * 9, confidence=0.9),),
    order_delivery=(PARCEL,),
    events=(
        Event(at=datetime(2026, 12, 1, 12, tzinfo=UTC), kind=MailKind.ORDER_CONFIRMATION, message_id="a", source="a.eml"),
        Event(at=datetime(2026, 12, 2, 12, tzinfo=timezone(timedelta(hours=1))), kind=MailKind.SHIPPING, message_id="b", source="b.eml"),
    ),
    messages=("a", "b"),
)
PICKUP = Reading(
    source="b.eml",
    message_id="b",
    sent=datetime(2026, 12, 2, tzinfo=UTC),
    tracking_numbers=(PARCEL.tracking_number,),
    pickup=Pickup(confidence=0.9, place="Kiosk, Main St. 3", code="4821", until=date(2027, 1, 7)),
)


def written(orders: list[Order], readings: list[Reading] | None = None) -> str:
    file = io.StringIO(newline="")
    icalendar.write(orders, file, readings=readings or ())
    return file.getvalue()


def events(orders: list[Order], readings: list[Reading] | None = None) -> list[Any]:
    return list(rfc5545.Calendar.from_ical(written(orders, readings)).walk("VEVENT"))


def estimate(day: date, confidence: float = 0.9) -> DateFinding:
    return DateFinding(value=day, confidence=confidence, role=DateRole.DELIVERY_ESTIMATE)


def test_an_expected_parcel_is_an_event_of_whole_days() -> None:
    (event,) = events([ORDER])
    assert event.decoded("DTSTART") == date(2026, 12, 30)
    assert event.decoded("DTEND") == date(2027, 1, 1)
    assert event.decoded("DTSTAMP") == datetime(2026, 12, 2, 11, tzinfo=UTC)
    assert event["SUMMARY"] == "Delivery: Kettner; Bücher, Söhne"
    assert str(event["DESCRIPTION"]).splitlines() == ["Order 8012", "PostNord RB123456785SE", ("A book of many words, " * 9).strip()]
    assert event["URL"] == "https://track.example/%C3%A5?n=RB123456785SE"
    assert event["TRANSP"] == "TRANSPARENT"


def test_the_last_day_to_collect_is_an_event() -> None:
    _, event = events([ORDER], [PICKUP])
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (date(2027, 1, 7), date(2027, 1, 8))
    assert event["SUMMARY"] == "Last day to collect: Kettner; Bücher, Söhne"
    assert event["LOCATION"] == "Kiosk, Main St. 3"
    assert (
        str(event["DESCRIPTION"]).splitlines()[:3] == ["Code: 4821", "Order 8012", "PostNord RB123456785SE"]
        or "Parcel" in event["DESCRIPTION"]
    )


def test_a_reminder_moves_the_last_day() -> None:
    assert PICKUP.sent is not None
    assert PICKUP.pickup is not None
    later = replace(PICKUP, message_id="a", sent=PICKUP.sent + timedelta(days=3), pickup=replace(PICKUP.pickup, until=date(2027, 1, 9)))
    found = [event.decoded("DTSTART") for event in events([ORDER], [later, PICKUP])]
    assert found == [date(2026, 12, 30), date(2027, 1, 9)]


def test_an_order_without_a_parcel_has_the_estimate_of_its_newest_mail() -> None:
    order = replace(ORDER, order_delivery=())
    old = Reading(source="a.eml", message_id="a", sent=datetime(2026, 12, 1, tzinfo=UTC), dates=(estimate(date(2026, 12, 9)),))
    mine = MailOrder(order_number=ORDER.order_number, dates=(estimate(date(2026, 12, 12)), estimate(date(2026, 12, 24), 0.4)))
    other = MailOrder(order_number=Finding(value="9", confidence=0.9), dates=(estimate(date(2026, 12, 20)),))
    new = replace(old, message_id="b", sent=datetime(2026, 12, 2, tzinfo=UTC), dates=(*mine.dates, *other.dates), orders=(other, mine))
    assert [event.decoded("DTSTART") for event in events([order], [new, old])] == [date(2026, 12, 12)]


@pytest.mark.parametrize("status", [OrderStatus.DELIVERED, OrderStatus.CANCELLED, OrderStatus.RETURNED])
def test_what_is_over_has_no_event(status: OrderStatus) -> None:
    assert events([replace(ORDER, status=Status(value=status, confidence=0.9))], [PICKUP]) == []


def test_a_parcel_that_came_has_no_event_beside_one_that_did_not() -> None:
    here = replace(PARCEL, delivered=date(2026, 12, 30))
    other = replace(PARCEL, tracking_number=replace(PARCEL.tracking_number, value="2"))
    (event,) = events([replace(ORDER, order_delivery=(here, other))], [PICKUP])
    assert "PostNord 2" in event["DESCRIPTION"]


def test_an_event_keeps_its_uid_when_its_day_moves_and_mails_come() -> None:
    moved = replace(ORDER, order_delivery=(replace(PARCEL, expected_until=date(2027, 1, 3)),), messages=("a", "b", "c"), items=())
    assert [event["UID"] for event in events([ORDER], [PICKUP])] == [event["UID"] for event in events([moved], [PICKUP])]
    assert len({event["UID"] for event in events([ORDER], [PICKUP])}) == 2


def test_the_same_orders_give_the_same_bytes_in_any_order() -> None:
    other = replace(ORDER, order_delivery=(replace(PARCEL, tracking_number=replace(PARCEL.tracking_number, value="2")),))
    assert written([ORDER, other], [PICKUP]) == written([other, ORDER], [PICKUP])


def test_a_parcel_of_two_orders_is_one_event() -> None:
    other = replace(ORDER, order_number=Finding(value="8013", confidence=0.9))
    assert len(events([ORDER, other], [PICKUP])) == 2
    assert written([ORDER, other], [PICKUP]) == written([other, ORDER], [PICKUP])


@settings(max_examples=30)  # each is large
@given(st.from_type(Order), st.from_type(Reading))
def test_whatever_a_mail_says_the_calendar_is_one(order: Order, reading: Reading) -> None:
    text = written([replace(order, messages=(reading.message_id or reading.source,))], [reading])
    *lines, last = text.split("\r\n")
    assert last == ""
    assert not re.search("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u202e]", "".join(lines))
    assert all(len(line.encode("utf-8")) <= 75 for line in lines)
    assert text.count("\r\nBEGIN:VEVENT") == len(rfc5545.Calendar.from_ical(text).walk("VEVENT"))


@settings(max_examples=50)
@given(st.text(max_size=200))
def test_a_text_is_read_back_as_it_was_written(text: str) -> None:
    order = replace(ORDER, merchant=Merchant(value=text, confidence=0.9), items=())
    (event,) = events([order])
    assert str(event["SUMMARY"]).split() == f"Delivery: {one_line(text)}".split()


def test_a_mail_writes_no_events_of_its_own() -> None:
    merchant = Merchant(value="Shop\r\nEND:VEVENT\r\nBEGIN:VALARM", confidence=0.9)
    (event,) = events([replace(ORDER, merchant=merchant)])
    assert event["SUMMARY"] == "Delivery: Shop END:VEVENT BEGIN:VALARM"


def test_the_last_day_of_all_has_no_day_after_it() -> None:
    order = replace(ORDER, order_delivery=(replace(PARCEL, expected_from=None, expected_until=date.max),), events=())
    (event,) = events([order])
    assert event.decoded("DTSTART") == date.max
    assert event.decoded("DTSTAMP") == datetime(1970, 1, 1, tzinfo=UTC)


def test_a_mailbox_gives_a_calendar(mails: Any) -> None:
    readings = list(orderparse.parse_mailbox(mails.parent / "mailbox"))
    found = events(orderparse.consolidate(readings), readings)
    assert found
    assert all(event.decoded("DTSTAMP").year == 2026 for event in found)
