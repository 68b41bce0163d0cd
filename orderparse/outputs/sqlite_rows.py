"""Rows of a store: readings and orders as the columns of :mod:`orderparse.outputs.sqlite_schema` have them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from orderparse.outputs import columns, records_json
from orderparse.outputs.jsonl import line
from orderparse.outputs.records_json import decimal
from orderparse.outputs.safe_text import one_line
from orderparse.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime
    from decimal import Decimal

    from orderparse.records import Finding, Money, Order, Reading

_EXACT = 10**15  # from here on an integer is TEXT: not all readers keep its last digits
Row = dict[str, Any]


class MailRows(NamedTuple):
    """The row of a mail and those of its findings, without the id of the mail."""

    mail: Row
    findings: list[Row]


class OrderRows(NamedTuple):
    """The row of an order and those that hang on it."""

    order: Row
    parcels: list[Row]
    items: list[Row]
    events: list[Row]


def of_reading(key: str, reader: str, reading: Reading) -> MailRows:
    """The rows of a mail."""
    record = json.dumps(records_json.of_reading(reading, exact=True), allow_nan=False).replace("\x7f", "\\u007f")
    mail = {
        "key": key,
        "reader": one_line(reader),
        "source": one_line(reading.source),
        "message_id": _text(reading.message_id),
        "sent": _iso(reading.sent),
        "sender": _text(reading.sender.address if reading.sender is not None else None),
        "subject": one_line(reading.subject),
        "kind": reading.kind.value.value if reading.kind is not None else None,
        "kind_confidence": reading.kind.confidence if reading.kind is not None else None,
        "merchant": _text(reading.merchant.value if reading.merchant is not None else None),
        "merchant_confidence": reading.merchant.confidence if reading.merchant is not None else None,
        "status": one_line(reading.status),
        "reason": _text(reading.reason),
        "reading": record,
    }
    return MailRows(mail, list(_findings(reading)))


def of_order(name: str, place: int, order: Order) -> OrderRows:
    """The rows of an order with the id of this name."""
    table = columns.of_orders()
    flat = dict(zip(table.names, table.row(order), strict=True))
    kept = (
        *("merchant", "merchant_confidence", "order_number", "order_number_confidence", "order_date", "status", "status_confidence"),
        *("currency", "total_confidence", "payment", "expected_from", "expected_until", "delivered", "first_mail", "last_mail"),
        *("mails", "confidence"),
    )
    row: Row = {column: _text(cell) if isinstance(cell := flat[column], str) else cell for column in kept}
    row |= {
        "id": name,
        "place": place,
        "other_order_numbers": _names(number.value for number in order.other_order_numbers),
        **_amount("total", order.total.value if order.total is not None else None),
        "record": line(records_json.of_order(order)),
    }
    return OrderRows(
        order=row,
        parcels=[
            {
                "order_id": name,
                "place": at,
                "tracking_number": one_line(parcel.tracking_number.value),
                "other_numbers": _names(parcel.other_numbers),
                "carrier": _text(parcel.carrier),
                "check_digit": parcel.tracking_number.check_digit,
                "url": _text(parcel.tracking_number.url),
                "status": parcel.status.value.value if parcel.status is not None else None,
                "status_confidence": parcel.status.confidence if parcel.status is not None else None,
                "expected_from": _iso(parcel.expected_from),
                "expected_until": _iso(parcel.expected_until),
                "delivered": _iso(parcel.delivered),
                "confidence": parcel.tracking_number.confidence,
            }
            for at, parcel in enumerate(order.order_delivery)
        ],
        items=[
            {
                "order_id": name,
                "place": at,
                "name": one_line(item.name),
                "quantity": integer(item.quantity),
                **_amount("price", item.price),
                "currency": _text(item.price.currency if item.price is not None else None),
                "confidence": item.confidence,
            }
            for at, item in enumerate(order.items)
        ],
        events=[
            {
                "order_id": name,
                "place": at,
                "at": _iso(event.at),
                "kind": event.kind.value,
                "message_id": _text(event.message_id),
                "source": one_line(event.source),
            }
            for at, event in enumerate(order.events)
        ],
    )


def integer(value: int | None) -> int | str | None:
    """An integer as it is kept: with 16 digits and more, as text.

    >>> integer(2), integer(1005006123456789)
    (2, '1005006123456789')
    """
    return value if value is None or abs(value) < _EXACT else str(value)


def _findings(reading: Reading) -> Iterator[Row]:
    for place, number in enumerate(reading.order_numbers):
        yield _row("order_numbers", place, Role.ORDER_NUMBER, number.value, number)
    for place, parcel in enumerate(reading.tracking_numbers):
        yield _row("tracking_numbers", place, Role.TRACKING_NUMBER, parcel.value, parcel)
    for place, day in enumerate(reading.dates):
        yield _row("dates", place, day.role, day.value.isoformat(), day) | {"until": _iso(day.until)}
    for place, amount in enumerate(reading.amounts):
        yield _row("amounts", place, amount.role, decimal(amount.value.value), amount) | _priced(amount.value)
    for place, identifier in enumerate(reading.identifiers):
        yield _row("identifiers", place, identifier.role, identifier.value, identifier)
    for name in ("language", "seller", "platform", "payment_method"):
        found: Finding[str] | None = getattr(reading, name)
        if found is not None:
            yield _row(name, 0, name, found.value, found)
    for place, item in enumerate(reading.items):
        priced = _priced(item.price) if item.price is not None else {}
        yield _bare("items", place, "item", item.name, item.confidence) | priced
    pickup = reading.pickup
    if pickup is not None:
        told = {"pickup_place": pickup.place, "pickup_code": pickup.code, "pickup_until": _iso(pickup.until)}
        for place, (role, value) in enumerate(told.items()):
            if value is not None:
                yield _bare("pickup", place, role, value, pickup.confidence)


def _row(name: str, place: int, role: str, value: str, found: Finding[Any]) -> Row:
    return _bare(name, place, role, value, found.confidence) | {
        "line": found.line,
        "start": found.span.start if found.span is not None else None,
        "end": found.span.end if found.span is not None else None,
        "text": one_line(found.text),
        "reasons": line([[one_line(reason), round(weight, 4)] for reason, weight in found.reasons]),
    }


def _bare(name: str, place: int, role: str, value: str, confidence: float) -> Row:
    nothing = dict.fromkeys(("until", "amount", "currency", "line", "start", "end", "text", "reasons"))
    return {"list": name, "place": place, "role": str(role), "value": one_line(value), "confidence": confidence, **nothing}


def _priced(money: Money) -> Row:
    return {"amount": float(money.value), "currency": _text(money.currency)}


def _amount(name: str, money: Money | None) -> Row:
    value: Decimal | None = money.value if money is not None else None
    return {name: float(value) if value is not None else None, f"{name}_exact": decimal(value) if value is not None else None}


def _names(texts: Any) -> str:
    return line([one_line(text) for text in texts])


def _iso(moment: date | datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None


def _text(text: str | None) -> str | None:
    return one_line(text) if text is not None else None
