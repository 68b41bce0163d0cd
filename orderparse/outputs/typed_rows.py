"""Mails and orders as rows of typed columns, in the schemas of Apache Arrow (https://arrow.apache.org): the one place that names them.

Parquet files and record batches have these columns. Numbers of orders and parcels are strings, days ``date32``, moments
microseconds in UTC. Amounts are ``decimal128(38, 9)``: all digits of any currency (ISO 4217 has up to four places), and what
BigQuery calls NUMERIC; what does not fit is null. What a record has several of is a list of structs. A finding in a list has
its place in the mail's one text (``text``, ``line``, ``start``, ``end``, ``hidden``), the ``reasons`` for it with their weights
in log-odds, and the ``alternatives``: other roles of the value with their probabilities.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import TYPE_CHECKING, Any, Final

from orderparse.outputs.safe_text import one_line

if TYPE_CHECKING:
    from orderparse.records import AmountFinding, Finding, MailOrder, Money, Order, OrderItem, ParcelDelivery, Pickup, Reading

Row = dict[str, Any]
_DIGITS, _PLACES = 38, 9
_EXACT: Final = Context(prec=_DIGITS + _PLACES, rounding=ROUND_HALF_EVEN)
_INTEGERS: Final = range(-(2**63), 2**63)


def mail_schema(pa: Any) -> Any:
    """The columns of :func:`of_mail`; ``pa`` is pyarrow, which is loaded by those who need it."""
    text, number, day, money = pa.string(), pa.float64(), pa.date32(), pa.decimal128(_DIGITS, _PLACES)

    def found(**types: Any) -> Any:
        return _several(pa, **types, **_place_types(pa))

    return pa.schema([
        pa.field("source", text, nullable=False),
        pa.field("status", text, nullable=False),
        ("reason", text),
        ("message_id", text),
        ("in_reply_to", text),
        ("sent", pa.timestamp("us", tz="UTC")),
        ("sender", text),
        ("subject", text),
        ("language", text),
        ("kind", text),
        ("kind_confidence", number),
        ("merchant", text),
        ("merchant_confidence", number),
        ("merchant_verified", pa.bool_()),
        ("seller", text),
        ("platform", text),
        ("order_numbers", found(role=text, value=text)),
        ("tracking_numbers", found(role=text, value=text, carrier=text, check_digit=pa.bool_(), url=text)),
        ("dates", found(role=text, value=day, until=day)),
        ("amounts", found(role=text, value=money, currency=text)),
        ("identifiers", found(role=text, value=text)),
        ("items", _items_type(pa)),
        ("payment_method", text),
        ("pickup", _struct(pa, place=text, code=text, until=day, confidence=number)),
        ("orders", _several(pa, order_number=text, tracking_numbers=pa.list_(text))),
        ("authentication", _struct(pa, dmarc=text, dkim=text, spf=text)),
        ("defects", _several(pa, code=text, detail=text)),
    ])  # fmt: skip


def order_schema(pa: Any) -> Any:
    """The columns of :func:`of_order`."""
    text, number, day, moment = pa.string(), pa.float64(), pa.date32(), pa.timestamp("us", tz="UTC")
    parcels = _several(
        pa,
        tracking_number=text,
        other_numbers=pa.list_(text),
        carrier=text,
        url=text,
        status=text,
        expected_from=day,
        expected_until=day,
        delivered=day,
        confidence=number,
    )
    return pa.schema([
        ("merchant", text),
        ("merchant_confidence", number),
        ("order_number", text),
        ("order_number_confidence", number),
        ("other_order_numbers", pa.list_(text)),
        ("order_date", day),
        ("status", text),
        ("status_confidence", number),
        ("total", pa.decimal128(_DIGITS, _PLACES)),
        ("currency", text),
        ("total_confidence", number),
        ("payment", text),
        ("items", _items_type(pa)),
        ("parcels", parcels),
        ("events", _several(pa, at=moment, kind=text, message_id=text, source=text)),
        ("messages", pa.list_(text)),
        ("joined_by", _several(pa, reason=text, confidence=number, messages=pa.list_(text))),
        pa.field("confidence", number, nullable=False),
    ])  # fmt: skip


def _struct(pa: Any, **types: Any) -> Any:
    return pa.struct(list(types.items()))


def _several(pa: Any, **types: Any) -> Any:
    return pa.list_(_struct(pa, **types))


def _items_type(pa: Any) -> Any:
    money = pa.decimal128(_DIGITS, _PLACES)
    return _several(pa, name=pa.string(), quantity=pa.int64(), price=money, currency=pa.string(), confidence=pa.float64())


def _place_types(pa: Any) -> Row:
    """What all findings in lists have."""
    return {
        "confidence": pa.float64(),
        "text": pa.string(),
        "line": pa.int64(),
        "start": pa.int64(),
        "end": pa.int64(),
        "hidden": pa.bool_(),
        "reasons": _several(pa, name=pa.string(), weight=pa.float64()),
        "alternatives": _several(pa, role=pa.string(), probability=pa.float64()),
    }


def of_mail(mail: Reading) -> Row:
    """The row of one mail."""
    return {
        "source": one_line(mail.source),
        "status": one_line(mail.status),
        "reason": _text(mail.reason),
        "message_id": _text(mail.message_id),
        "in_reply_to": _text(mail.in_reply_to),
        "sent": _utc(mail.sent),
        "sender": _text(mail.sender.address if mail.sender is not None else None),
        "subject": one_line(mail.subject),
        "language": _value(mail.language),
        "kind": _value(mail.kind),
        "kind_confidence": _sure(mail.kind),
        "merchant": _value(mail.merchant),
        "merchant_confidence": _sure(mail.merchant),
        "merchant_verified": mail.merchant.verified if mail.merchant is not None else None,
        "seller": _value(mail.seller),
        "platform": _value(mail.platform),
        "order_numbers": [{"role": "order_number", "value": one_line(found.value), **_place(found)} for found in mail.order_numbers],
        "tracking_numbers": [
            {
                "role": "tracking_number",
                "value": one_line(found.value),
                "carrier": _text(found.carrier),
                "check_digit": found.check_digit,
                "url": _text(found.url),
                **_place(found),
            }
            for found in mail.tracking_numbers
        ],
        "dates": [{"role": found.role.value, "value": found.value, "until": found.until, **_place(found)} for found in mail.dates],
        "amounts": [{"role": found.role.value, **_money("value", found.value), **_place(found)} for found in mail.amounts],
        "identifiers": [{"role": found.role.value, "value": one_line(found.value), **_place(found)} for found in mail.identifiers],
        "items": [_item(item) for item in mail.items],
        "payment_method": _value(mail.payment_method),
        "pickup": _pickup(mail.pickup) if mail.pickup is not None else None,
        "orders": [_mail_order(order) for order in mail.orders],
        "authentication": {
            "dmarc": one_line(mail.authentication.dmarc),
            "dkim": one_line(mail.authentication.dkim),
            "spf": one_line(mail.authentication.spf),
        },
        "defects": [{"code": one_line(defect.code), "detail": one_line(defect.detail)} for defect in mail.defects],
    }


def of_order(order: Order) -> Row:
    """The row of one order."""
    total: AmountFinding | None = order.total
    return {
        "merchant": _value(order.merchant),
        "merchant_confidence": _sure(order.merchant),
        "order_number": _value(order.order_number),
        "order_number_confidence": _sure(order.order_number),
        "other_order_numbers": [one_line(found.value) for found in order.other_order_numbers],
        "order_date": order.order_date.value if order.order_date is not None else None,
        "status": order.status.value.value if order.status is not None else None,
        "status_confidence": order.status.confidence if order.status is not None else None,
        **_money("total", total.value if total is not None else None),
        "total_confidence": _sure(total),
        "payment": _value(order.payment),
        "items": [_item(item) for item in order.items],
        "parcels": [_parcel(parcel) for parcel in order.order_delivery],
        "events": [
            {"at": _utc(event.at), "kind": event.kind.value, "message_id": _text(event.message_id), "source": one_line(event.source)}
            for event in order.events
        ],
        "messages": [one_line(message) for message in order.messages],
        "joined_by": [
            {"reason": one_line(join.reason), "confidence": join.confidence, "messages": [one_line(message) for message in join.messages]}
            for join in order.joined_by
        ],
        "confidence": order.confidence,
    }


def _place(found: Finding[Any]) -> Row:
    return {
        "confidence": found.confidence,
        "text": one_line(found.text),
        "line": _whole(found.line),
        "start": _whole(found.span.start) if found.span is not None else None,
        "end": _whole(found.span.end) if found.span is not None else None,
        "hidden": found.hidden,
        "reasons": [{"name": one_line(name), "weight": weight} for name, weight in found.reasons],
        "alternatives": [{"role": one_line(role), "probability": probability} for role, probability in found.alternatives],
    }


def _mail_order(order: MailOrder) -> Row:
    return {"order_number": _value(order.order_number), "tracking_numbers": [one_line(found.value) for found in order.tracking_numbers]}


def _parcel(parcel: ParcelDelivery) -> Row:
    return {
        "tracking_number": one_line(parcel.tracking_number.value),
        "other_numbers": [one_line(number) for number in parcel.other_numbers],
        "carrier": _text(parcel.carrier),
        "url": _text(parcel.tracking_number.url),
        "status": parcel.status.value.value if parcel.status is not None else None,
        "expected_from": parcel.expected_from,
        "expected_until": parcel.expected_until,
        "delivered": parcel.delivered,
        "confidence": parcel.tracking_number.confidence,
    }


def _item(item: OrderItem) -> Row:
    quantity = _whole(item.quantity) if item.quantity is not None else None
    return {"name": one_line(item.name), "quantity": quantity, **_money("price", item.price), "confidence": item.confidence}


def _pickup(pickup: Pickup) -> Row:
    return {"place": _text(pickup.place), "code": _text(pickup.code), "until": pickup.until, "confidence": pickup.confidence}


def _money(name: str, money: Money | None) -> Row:
    return {
        name: fitting(money.value) if money is not None else None,
        "currency": _text(money.currency) if money is not None else None,
    }


def fitting(value: Decimal) -> Decimal | None:
    """An amount with nine places; None if it has more than 29 digits before them.

    >>> fitting(Decimal("129.00")), fitting(Decimal("1E+29"))
    (Decimal('129.000000000'), None)
    """
    if not value.is_finite() or value.adjusted() >= _DIGITS - _PLACES:
        return None
    rounded = value.quantize(Decimal(1).scaleb(-_PLACES), context=_EXACT)
    return rounded if rounded.adjusted() < _DIGITS - _PLACES else None


def _whole(number: int) -> int | None:
    return number if number in _INTEGERS else None


def _value(found: Finding[Any] | None) -> str | None:
    return one_line(str(found.value)) if found is not None else None


def _sure(found: Finding[Any] | None) -> float | None:
    return found.confidence if found is not None else None


def _text(text: str | None) -> str | None:
    return one_line(text) if text is not None else None


def _utc(moment: datetime | None) -> datetime | None:
    """A moment in UTC, which it is taken for without a zone."""
    if moment is None:
        return None
    try:
        return moment.astimezone(UTC) if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    except OverflowError:  # the first or the last day of the calendar, and a zone
        return None
