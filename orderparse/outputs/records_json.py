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
        Genuine,
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
_DECIMALS = 4  # of probabilities and weights
_NOTES = "notes"
_CHANGED = frozenset({str, float, list, dict})  # types of what is put out otherwise than it is kept


def of_reading(reading: Reading, *, exact: bool = False) -> Json:
    """The record of one mail; ``reason`` is there only if it could not be read.

    ``exact`` is for programs: nothing is rounded, all characters are as they were read, and the notes are there too.
    :mod:`orderparse.outputs.records_from_json` makes the same reading of it.
    """
    return _reading(reading) if exact else _told(_reading(reading))


def of_order(order: Order) -> Json:
    """The record of one order across mails."""
    return _told(_order(order))


def of_parcel(parcel: ParcelDelivery, order: Order) -> Json:
    """The record of one parcel, with the shop and the number of its order."""
    return _told(
        {
            **_delivery(parcel),
            "merchant": _optional(_merchant, order.merchant),
            "order_number": _optional(_finding, order.order_number),
        }
    )


def _told(fields: Json) -> Json:
    """What is put out of a record: numbers with four decimals, text in Unicode scalar values, no notes."""
    return {
        name if name.isascii() else scalar(name): _shown(value) if type(value) in _CHANGED else value
        for name, value in fields.items()
        if name != _NOTES
    }


def _shown(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.isascii() else scalar(value)
    if isinstance(value, float):
        return round(value, _DECIMALS)
    if isinstance(value, list):
        return [_shown(one) for one in value]
    return _told(value) if isinstance(value, dict) else value


def _reading(reading: Reading) -> Json:
    return {
        "source": reading.source,
        "status": reading.status,
        **({"reason": reading.reason} if reading.status != "ok" else {}),
        "message_id": reading.message_id,
        "in_reply_to": reading.in_reply_to,
        "sent": _iso(reading.sent),
        "sender": {"address": reading.sender.address, "name": reading.sender.name} if reading.sender is not None else None,
        "subject": reading.subject,
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
            "dmarc": reading.authentication.dmarc,
            "dkim": reading.authentication.dkim,
            "spf": reading.authentication.spf,
        },
        "genuine": _optional(_genuine, reading.genuine),
        "defects": [{"code": defect.code, "detail": defect.detail} for defect in reading.defects],
        **({"left_out": dict(reading.left_out)} if reading.left_out else {}),
    }


def _genuine(genuine: Genuine) -> Json:
    return {"confidence": genuine.confidence, "reasons": [list(reason) for reason in genuine.reasons]}


def _order(order: Order) -> Json:
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
        "messages": list(order.messages),
        "confidence": order.confidence,
        "joined_by": [
            {
                "messages": list(join.messages),
                "reason": join.reason,
                "confidence": join.confidence,
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
    return {"value": str(found.value), "confidence": found.confidence, **_place(found)}


def _place(found: Finding[Any]) -> Json:
    return {
        "text": found.text,
        "line": found.line,
        "start": found.span.start if found.span is not None else None,
        "end": found.span.end if found.span is not None else None,
        "hidden": found.hidden,
        "score": found.score,
        **({"share": found.share} if found.share is not None else {}),
        **({"belongs": found.belongs} if found.belongs is not None else {}),
        "reasons": [list(reason) for reason in found.reasons],
        "alternatives": [list(alternative) for alternative in found.alternatives],
        **({_NOTES: [list(note) for note in found.notes]} if found.notes else {}),
    }


def _merchant(merchant: Merchant) -> Json:
    return {
        "value": merchant.value,
        "confidence": merchant.confidence,
        "verified": merchant.verified,
        **_place(merchant),
    }


def _tracking_number(found: TrackingNumber) -> Json:
    return {
        "value": found.value,
        "confidence": found.confidence,
        "carrier": found.carrier,
        "carrier_code": found.carrier_code,
        "check_digit": found.check_digit,
        "url": found.url,
        **({"handed_over_to": found.handed_over_to} if found.handed_over_to is not None else {}),
        **({"shipment": found.shipment} if found.shipment is not None else {}),
        **_place(found),
    }


def _date(found: DateFinding) -> Json:
    return {
        "value": found.value.isoformat(),
        "until": _iso(found.until),
        "role": found.role.value,
        "confidence": found.confidence,
        **_place(found),
    }


def _amount(found: AmountFinding) -> Json:
    return {**_money(found.value), "role": found.role.value, "confidence": found.confidence, **_place(found)}


def _identifier(found: Identifier) -> Json:
    return {"value": found.value, "role": found.role.value, "confidence": found.confidence, **_place(found)}


def _item(item: OrderItem) -> Json:
    return {
        "name": item.name,
        "quantity": item.quantity,
        "price": _optional(_money, item.price),
        "confidence": item.confidence,
    }


def _pickup(pickup: Pickup) -> Json:
    return {
        "place": pickup.place,
        "code": pickup.code,
        "until": _iso(pickup.until),
        "confidence": pickup.confidence,
    }


def _delivery(parcel: ParcelDelivery) -> Json:
    return {
        "tracking_number": _tracking_number(parcel.tracking_number),
        "other_numbers": list(parcel.other_numbers),
        "carrier": parcel.carrier,
        "status": _optional(_status, parcel.status),
        "expected_from": _iso(parcel.expected_from),
        "expected_until": _iso(parcel.expected_until),
        "delivered": _iso(parcel.delivered),
        "events": _each(_event, parcel.events),
    }


def _event(event: Event) -> Json:
    return {"at": _iso(event.at), "kind": event.kind.value, "message_id": event.message_id, "source": event.source}


def _status(status: Status) -> Json:
    return {"value": status.value.value, "confidence": status.confidence}


def _money(money: Money) -> Json:
    return {"value": decimal(money.value), "currency": money.currency}


def decimal(value: Decimal) -> str:
    """An amount as digits, never with an exponent.

    >>> from decimal import Decimal
    >>> decimal(Decimal("129.00")), decimal(Decimal("1E+3"))
    ('129.00', '1000')
    """
    return format(value, "f")


def _iso(moment: date | datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None


def _optional(form: Callable[[T], Json], value: T | None) -> Json | None:
    return form(value) if value is not None else None


def _each(form: Callable[[T], Json], values: Iterable[T]) -> list[Json]:
    return [form(value) for value in values]
