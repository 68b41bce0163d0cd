"""Records as JSON objects (RFC 8259): the names of the record types, days in ISO 8601, amounts as decimal strings.

Numbers of orders and parcels are strings: a JSON reader may keep 53 bits of an integer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from orderparse.outputs.safe_text import scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime
    from decimal import Decimal

    from orderparse.records import (
        AmountFinding,
        DateFinding,
        Event,
        Finding,
        Identifier,
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

T = TypeVar("T")
Json = dict[str, Any]


def of_reading(reading: Reading) -> Json:
    """The record of one mail; ``reason`` is there only if it could not be read."""
    return {
        "source": scalar(reading.source),
        "status": reading.status,
        **({"reason": reading.reason} if reading.status != "ok" else {}),
        "message_id": _text(reading.message_id),
        "in_reply_to": _text(reading.in_reply_to),
        "sent": _iso(reading.sent),
        "sender": {"address": scalar(reading.sender.address), "name": scalar(reading.sender.name)} if reading.sender is not None else None,
        "subject": scalar(reading.subject),
        "language": _optional(_finding, reading.language),
        "kind": _optional(_finding, reading.kind),
        "merchant": _optional(_merchant, reading.merchant),
        "seller": _optional(_finding, reading.seller),
        "platform": _optional(_finding, reading.platform),
        "order_numbers": _each(_finding, reading.order_numbers),
        "tracking_numbers": _each(_tracking_number, reading.tracking_numbers),
        "dates": _each(_date, reading.dates),
        "amounts": _each(_amount, reading.amounts),
        "identifiers": _each(_identifier, reading.identifiers),
        "items": _each(_item, reading.items),
        "payment_method": _optional(_finding, reading.payment_method),
        "pickup": _optional(_pickup, reading.pickup),
        "orders": _each(_mail_order, reading.orders),
        "authentication": {
            "dmarc": scalar(reading.authentication.dmarc),
            "dkim": scalar(reading.authentication.dkim),
            "spf": scalar(reading.authentication.spf),
        },
        "defects": [{"code": defect.code, "detail": scalar(defect.detail)} for defect in reading.defects],
        **({"left_out": {scalar(role): count for role, count in reading.left_out}} if reading.left_out else {}),
    }


def of_order(order: Order) -> Json:
    """The record of one order across mails."""
    return {
        "merchant": _optional(_merchant, order.merchant),
        "order_number": _optional(_finding, order.order_number),
        "other_order_numbers": _each(_finding, order.other_order_numbers),
        "order_date": _optional(_date, order.order_date),
        "status": _optional(_status, order.status),
        "total": _optional(_amount, order.total),
        "payment": _optional(_finding, order.payment),
        "items": _each(_item, order.items),
        "order_delivery": _each(_delivery, order.order_delivery),
        "events": _each(_event, order.events),
        "messages": [scalar(message) for message in order.messages],
        "confidence": _probability(order.confidence),
        "joined_by": [
            {
                "messages": [scalar(message) for message in join.messages],
                "reason": join.reason,
                "confidence": _probability(join.confidence),
            }
            for join in order.joined_by
        ],
    }


def _mail_order(order: MailOrder) -> Json:
    return {
        "order_number": _optional(_finding, order.order_number),
        "tracking_numbers": _each(_tracking_number, order.tracking_numbers),
        "dates": _each(_date, order.dates),
        "amounts": _each(_amount, order.amounts),
        "items": _each(_item, order.items),
    }


def _finding(found: Finding[Any]) -> Json:
    return {"value": scalar(str(found.value)), "confidence": _probability(found.confidence), **_place(found)}


def _place(found: Finding[Any]) -> Json:
    return {
        "text": scalar(found.text),
        "line": found.line,
        "start": found.span.start if found.span is not None else None,
        "end": found.span.end if found.span is not None else None,
        "hidden": found.hidden,
        "score": round(found.score, 4),
        **({"share": _probability(found.share)} if found.share is not None else {}),
        **({"belongs": _probability(found.belongs)} if found.belongs is not None else {}),
        "reasons": [[scalar(name), round(weight, 4)] for name, weight in found.reasons],
        "alternatives": [[scalar(role), _probability(probability)] for role, probability in found.alternatives],
    }


def _merchant(merchant: Merchant) -> Json:
    return {
        "value": scalar(merchant.value),
        "confidence": _probability(merchant.confidence),
        "verified": merchant.verified,
        **_place(merchant),
    }


def _tracking_number(found: TrackingNumber) -> Json:
    return {
        "value": scalar(found.value),
        "confidence": _probability(found.confidence),
        "carrier": _text(found.carrier),
        "check_digit": found.check_digit,
        "url": _text(found.url),
        **({"handed_over_to": scalar(found.handed_over_to)} if found.handed_over_to is not None else {}),
        **({"shipment": scalar(found.shipment)} if found.shipment is not None else {}),
        **_place(found),
    }


def _date(found: DateFinding) -> Json:
    return {
        "value": found.value.isoformat(),
        "until": _iso(found.until),
        "role": found.role.value,
        "confidence": _probability(found.confidence),
        **_place(found),
    }


def _amount(found: AmountFinding) -> Json:
    return {**_money(found.value), "role": found.role.value, "confidence": _probability(found.confidence), **_place(found)}


def _identifier(found: Identifier) -> Json:
    return {"value": scalar(found.value), "role": found.role.value, "confidence": _probability(found.confidence), **_place(found)}


def _item(item: OrderItem) -> Json:
    return {
        "name": scalar(item.name),
        "quantity": item.quantity,
        "price": _optional(_money, item.price),
        "confidence": _probability(item.confidence),
    }


def _pickup(pickup: Pickup) -> Json:
    return {
        "place": _text(pickup.place),
        "code": _text(pickup.code),
        "until": _iso(pickup.until),
        "confidence": _probability(pickup.confidence),
    }


def _delivery(parcel: ParcelDelivery) -> Json:
    return {
        "tracking_number": _tracking_number(parcel.tracking_number),
        "other_numbers": [scalar(number) for number in parcel.other_numbers],
        "carrier": _text(parcel.carrier),
        "status": _optional(_status, parcel.status),
        "expected_from": _iso(parcel.expected_from),
        "expected_until": _iso(parcel.expected_until),
        "delivered": _iso(parcel.delivered),
        "events": _each(_event, parcel.events),
    }


def _event(event: Event) -> Json:
    return {"at": _iso(event.at), "kind": event.kind.value, "message_id": _text(event.message_id), "source": scalar(event.source)}


def _status(status: Status) -> Json:
    return {"value": status.value.value, "confidence": _probability(status.confidence)}


def _money(money: Money) -> Json:
    return {"value": decimal(money.value), "currency": _text(money.currency)}


def decimal(value: Decimal) -> str:
    """An amount as digits, never with an exponent.

    >>> from decimal import Decimal
    >>> decimal(Decimal("129.00")), decimal(Decimal("1E+3"))
    ('129.00', '1000')
    """
    return format(value, "f")


def _probability(value: float) -> float:
    return round(value, 4)


def _iso(moment: date | datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None


def _text(text: str | None) -> str | None:
    return scalar(text) if text is not None else None


def _optional(form: Callable[[T], Json], value: T | None) -> Json | None:
    return form(value) if value is not None else None


def _each(form: Callable[[T], Json], values: Iterable[T]) -> list[Json]:
    return [form(value) for value in values]
