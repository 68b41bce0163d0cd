"""Readings from JSON objects: the inverse of :func:`orderparse.outputs.records_json.of_reading`.

Of a record written with ``exact=True`` the same reading comes back, without the mail's text; of any other, one
that is written the same again. What a record of an older version lacks has its default.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from orderparse.errors import RecordError
from orderparse.records import (
    Address,
    AmountFinding,
    Authentication,
    DateFinding,
    Defect,
    Finding,
    Genuine,
    Identifier,
    MailOrder,
    Merchant,
    Money,
    OrderItem,
    Pickup,
    Reading,
    TrackingNumber,
)
from orderparse.roles import AmountRole, DateRole, MailKind, Role
from orderparse.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T")
Fields = dict[str, Any]


def reading(fields: Mapping[str, Any]) -> Reading:
    """The reading that a record was written from.

    >>> reading({"source": "a.eml", "sent": "2026-03-01T12:00:00+01:00"}).sent.hour
    12

    Raises:
        RecordError: The record lacks something that every one has, or something in it is not what it should be.

    """
    try:
        return _reading(dict(fields))
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as error:  # the last for what is no decimal
        msg = f"this is no record of a mail: {type(error).__name__}: {str(error)[:200]}"
        raise RecordError(msg) from error


def _reading(fields: Fields) -> Reading:
    return Reading(
        source=_text(fields["source"]),
        status=_text(fields.get("status", "ok")),
        reason=_text_or_none(fields.get("reason")),
        message_id=_text_or_none(fields.get("message_id")),
        in_reply_to=_text_or_none(fields.get("in_reply_to")),
        sent=_optional(datetime.fromisoformat, fields.get("sent")),
        sender=_optional(lambda sender: Address(address=_text(sender["address"]), name=_text(sender["name"])), fields.get("sender")),
        subject=_text(fields.get("subject", "")),
        language=_optional(_finding, fields.get("language")),
        kind=_optional(_kind, fields.get("kind")),
        merchant=_optional(_merchant, fields.get("merchant")),
        seller=_optional(_finding, fields.get("seller")),
        platform=_optional(_finding, fields.get("platform")),
        order_numbers=_each(_finding, fields, "order_numbers"),
        tracking_numbers=_each(_tracking_number, fields, "tracking_numbers"),
        dates=_each(_date, fields, "dates"),
        amounts=_each(_amount, fields, "amounts"),
        identifiers=_each(_identifier, fields, "identifiers"),
        items=_each(_item, fields, "items"),
        payment_method=_optional(_finding, fields.get("payment_method")),
        pickup=_optional(_pickup, fields.get("pickup")),
        orders=_each(_mail_order, fields, "orders"),
        authentication=Authentication(**{name: _text(word) for name, word in fields.get("authentication", {}).items()}),
        genuine=_optional(_genuine, fields.get("genuine")),
        defects=_each(lambda defect: Defect(code=_text(defect["code"]), detail=_text(defect["detail"])), fields, "defects"),
        left_out=tuple((role, int(count)) for role, count in fields.get("left_out", {}).items()),
    )


def _genuine(fields: Fields) -> Genuine:
    return Genuine(
        confidence=_number(fields["confidence"]),
        reasons=tuple((_text(name), _number(weight)) for name, weight in fields.get("reasons", ())),
    )


def _place(fields: Fields) -> Fields:
    """What all findings have."""
    start, end = fields.get("start"), fields.get("end")
    return {
        "confidence": _number(fields["confidence"]),
        "text": _text(fields.get("text", "")),
        "line": int(fields.get("line", 0)),
        "span": Span(int(start), int(end)) if start is not None and end is not None else None,
        "hidden": bool(fields.get("hidden", False)),
        "reasons": tuple((_text(name), _number(weight)) for name, weight in fields.get("reasons", ())),
        "alternatives": tuple((_text(role), _number(probability)) for role, probability in fields.get("alternatives", ())),
        "share": _optional(_number, fields.get("share")),
        "belongs": _optional(_number, fields.get("belongs")),
        "notes": tuple((_text(name), _text(note)) for name, note in fields.get("notes", ())),
    }


def _finding(fields: Fields) -> Finding[str]:
    return Finding(value=_text(fields["value"]), **_place(fields))


def _kind(fields: Fields) -> Finding[MailKind]:
    return Finding(value=MailKind(fields["value"]), **_place(fields))


def _merchant(fields: Fields) -> Merchant:
    return Merchant(value=_text(fields["value"]), verified=_optional(bool, fields.get("verified")), **_place(fields))


def _tracking_number(fields: Fields) -> TrackingNumber:
    return TrackingNumber(
        value=_text(fields["value"]),
        carrier=_text_or_none(fields.get("carrier")),
        carrier_code=_text_or_none(fields.get("carrier_code")),
        check_digit=_optional(bool, fields.get("check_digit")),
        url=_text_or_none(fields.get("url")),
        handed_over_to=_text_or_none(fields.get("handed_over_to")),
        shipment=_text_or_none(fields.get("shipment")),
        **_place(fields),
    )


def _date(fields: Fields) -> DateFinding:
    return DateFinding(
        value=date.fromisoformat(fields["value"]),
        until=_optional(date.fromisoformat, fields.get("until")),
        role=DateRole(fields["role"]),
        **_place(fields),
    )


def _amount(fields: Fields) -> AmountFinding:
    return AmountFinding(value=_money(fields), role=AmountRole(fields["role"]), **_place(fields))


def _identifier(fields: Fields) -> Identifier:
    return Identifier(value=_text(fields["value"]), role=Role(fields["role"]), **_place(fields))


def _item(fields: Fields) -> OrderItem:
    return OrderItem(
        name=_text(fields["name"]),
        confidence=_number(fields["confidence"]),
        quantity=_optional(int, fields.get("quantity")),
        price=_optional(_money, fields.get("price")),
    )


def _pickup(fields: Fields) -> Pickup:
    return Pickup(
        confidence=_number(fields["confidence"]),
        place=_text_or_none(fields.get("place")),
        code=_text_or_none(fields.get("code")),
        until=_optional(date.fromisoformat, fields.get("until")),
    )


def _mail_order(fields: Fields) -> MailOrder:
    return MailOrder(
        order_number=_optional(_finding, fields.get("order_number")),
        tracking_numbers=_each(_tracking_number, fields, "tracking_numbers"),
        dates=_each(_date, fields, "dates"),
        amounts=_each(_amount, fields, "amounts"),
        items=_each(_item, fields, "items"),
    )


def _money(fields: Fields) -> Money:
    return Money(value=Decimal(_text(fields["value"])), currency=_text_or_none(fields.get("currency")))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        msg = f"{value!r} is no text"
        raise TypeError(msg)
    return value


def _text_or_none(value: Any) -> str | None:
    return None if value is None else _text(value)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        msg = f"{value!r} is no number"
        raise TypeError(msg)
    return float(value)


def _optional(form: Callable[[Any], T], value: Any) -> T | None:
    return None if value is None else form(value)


def _each(form: Callable[[Any], T], fields: Fields, name: str) -> tuple[T, ...]:
    return tuple(form(one) for one in fields.get(name, ()))
