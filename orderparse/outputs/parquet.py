"""Parquet (https://parquet.apache.org): mails and orders with typed columns, for data frames and query engines.

Numbers of orders and parcels are strings, days ``date32``, moments microseconds in UTC. Amounts are ``decimal128(38, 9)``:
all digits of any currency (ISO 4217 has up to four places), and what BigQuery calls NUMERIC; what does not fit is null.
What a record has several of is a list of structs. Needs pyarrow, the extra ``parquet``.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN, Context, Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from orderparse.errors import MissingExtraError
from orderparse.outputs import whole_file
from orderparse.outputs.safe_text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from orderparse.records import AmountFinding, Finding, Money, Order, OrderItem, ParcelDelivery, Pickup, Reading

Row = dict[str, Any]
_GROUP: Final = 5000  # records of a row group: some megabytes in memory
_DIGITS, _PLACES = 38, 9
_EXACT: Final = Context(prec=_DIGITS + _PLACES, rounding=ROUND_HALF_EVEN)
_INTEGERS: Final = range(-(2**63), 2**63)


def write_readings(readings: Iterable[Reading], path: Path) -> None:
    """Write a row a mail; all or nothing.

    Raises:
        MissingExtraError: pyarrow is not installed.
        OSError: The file cannot be written, or the disk is full.

    """
    pa = _pyarrow()
    _write(readings, _of_reading, _reading_schema(pa), path)


def write_orders(orders: Iterable[Order], path: Path) -> None:
    """Write a row an order; all or nothing.

    Raises:
        MissingExtraError: pyarrow is not installed.
        OSError: The file cannot be written, or the disk is full.

    """
    pa = _pyarrow()
    _write(orders, _of_order, _order_schema(pa), path)


def _pyarrow() -> Any:
    try:
        import pyarrow as pa  # noqa: PLC0415  # heavy, and an extra
        import pyarrow.parquet  # noqa: PLC0415
    except ImportError as error:
        msg = "Parquet needs pyarrow: pip install 'orderparse[parquet]'"
        raise MissingExtraError(msg) from error
    return pa


def _write(records: Iterable[Any], row: Callable[[Any], Row], schema: Any, path: Path) -> None:
    pa = _pyarrow()
    left = iter(records)
    with whole_file.writing_bytes(path) as file, pa.parquet.ParquetWriter(file, schema) as writer:
        while rows := [row(record) for record in islice(left, _GROUP)]:
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))


def _reading_schema(pa: Any) -> Any:
    text, number, day, money = pa.string(), pa.float64(), pa.date32(), pa.decimal128(_DIGITS, _PLACES)
    return pa.schema([
        pa.field("source", text, nullable=False),
        pa.field("status", text, nullable=False),
        ("reason", text),
        ("message_id", text),
        ("sent", pa.timestamp("us", tz="UTC")),
        ("sender", text),
        ("subject", text),
        ("language", text),
        ("kind", text),
        ("kind_confidence", number),
        ("merchant", text),
        ("merchant_confidence", number),
        ("seller", text),
        ("platform", text),
        ("order_numbers", _several(pa, value=text, confidence=number)),
        ("tracking_numbers", _several(pa, value=text, carrier=text, check_digit=pa.bool_(), url=text, confidence=number)),
        ("dates", _several(pa, role=text, value=day, until=day, confidence=number)),
        ("amounts", _several(pa, role=text, value=money, currency=text, confidence=number)),
        ("identifiers", _several(pa, role=text, value=text, confidence=number)),
        ("items", _items_type(pa)),
        ("payment_method", text),
        ("pickup", _struct(pa, place=text, code=text, until=day, confidence=number)),
        ("defects", pa.list_(text)),
    ])  # fmt: skip


def _order_schema(pa: Any) -> Any:
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
        pa.field("confidence", number, nullable=False),
    ])  # fmt: skip


def _struct(pa: Any, **types: Any) -> Any:
    return pa.struct(list(types.items()))


def _several(pa: Any, **types: Any) -> Any:
    return pa.list_(_struct(pa, **types))


def _items_type(pa: Any) -> Any:
    money = pa.decimal128(_DIGITS, _PLACES)
    return _several(pa, name=pa.string(), quantity=pa.int64(), price=money, currency=pa.string(), confidence=pa.float64())


def _of_reading(mail: Reading) -> Row:
    return {
        "source": one_line(mail.source),
        "status": mail.status,
        "reason": mail.reason,
        "message_id": _text(mail.message_id),
        "sent": _utc(mail.sent),
        "sender": _text(mail.sender.address if mail.sender is not None else None),
        "subject": one_line(mail.subject),
        "language": _value(mail.language),
        "kind": _value(mail.kind),
        "kind_confidence": _sure(mail.kind),
        "merchant": _value(mail.merchant),
        "merchant_confidence": _sure(mail.merchant),
        "seller": _value(mail.seller),
        "platform": _value(mail.platform),
        "order_numbers": [{"value": one_line(found.value), "confidence": found.confidence} for found in mail.order_numbers],
        "tracking_numbers": [
            {
                "value": one_line(found.value),
                "carrier": _text(found.carrier),
                "check_digit": found.check_digit,
                "url": _text(found.url),
                "confidence": found.confidence,
            }
            for found in mail.tracking_numbers
        ],
        "dates": [
            {"role": found.role.value, "value": found.value, "until": found.until, "confidence": found.confidence} for found in mail.dates
        ],
        "amounts": [{"role": found.role.value, **_money("value", found.value), "confidence": found.confidence} for found in mail.amounts],
        "identifiers": [
            {"role": found.role.value, "value": one_line(found.value), "confidence": found.confidence} for found in mail.identifiers
        ],
        "items": [_item(item) for item in mail.items],
        "payment_method": _value(mail.payment_method),
        "pickup": _pickup(mail.pickup) if mail.pickup is not None else None,
        "defects": [one_line(defect.code) for defect in mail.defects],
    }


def _of_order(order: Order) -> Row:
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
        "confidence": order.confidence,
    }


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
    quantity = item.quantity if item.quantity is not None and item.quantity in _INTEGERS else None
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
