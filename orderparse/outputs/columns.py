"""Columns: records as rows of a flat table, the same for every tabular format.

A cell is text, a number or None; days and moments are text in ISO 8601. Where a record has
several values they stand in one cell, the surest first, with ``|`` between them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, TypeVar

from orderparse.records import Finding, Order, Reading
from orderparse.roles import AmountRole, DateRole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime
    from decimal import Decimal

    from orderparse.records import AmountFinding, DateFinding, ParcelDelivery

F = TypeVar("F", bound=Finding[Any])
R = TypeVar("R", Reading, Order)
Cell: TypeAlias = "str | int | float | Decimal | None"
Columns: TypeAlias = "tuple[tuple[str, Callable[[R], Cell]], ...]"


class Table(NamedTuple):
    """The names of the columns, and a row of cells for each record."""

    names: tuple[str, ...]
    row: Callable[[Any], list[Cell]]


def of_readings() -> Table:
    """Columns of one mail a row."""
    return Table(tuple(name for name, _ in _READING), lambda reading: [cell(reading) for _, cell in _READING])


def of_parcels() -> Table:
    """Columns of one parcel a row; its record is the pair of parcel and order."""
    return Table(tuple(name for name, _ in _PARCEL), lambda pair: [cell(*pair) for _, cell in _PARCEL])


def of_orders() -> Table:
    """Columns of one order a row."""
    return Table(tuple(name for name, _ in _ORDER), lambda order: [cell(order) for _, cell in _ORDER])


def joined(values: Iterable[str | None]) -> str | None:
    """Each value once, in one cell; None if there is none.

    >>> joined(["PostNord", None, "DHL", "PostNord"])
    'PostNord | DHL'
    """
    return " | ".join(dict.fromkeys(value for value in values if value)) or None


def surest(findings: Iterable[F]) -> list[F]:
    """The surest first."""
    return sorted(findings, key=lambda found: -found.confidence)


def expected(order: Order) -> ParcelDelivery | None:
    """The parcel that is awaited last among those not delivered; else the one with the latest estimate."""
    parcels = [parcel for parcel in order.order_delivery if parcel.expected_until is not None]
    return max(parcels, key=lambda parcel: (parcel.delivered is None, str(parcel.expected_until)), default=None)


def _best(findings: Iterable[F | None]) -> F | None:
    return max((found for found in findings if found is not None), key=lambda found: found.confidence, default=None)


def _day(reading: Reading, role: DateRole) -> DateFinding | None:
    return _best(found for found in reading.dates if found.role is role)


def _total(reading: Reading) -> AmountFinding | None:
    return _best(found for found in reading.amounts if found.role is AmountRole.TOTAL)


def _text(found: Finding[str] | None) -> str | None:
    return found.value if found is not None else None


def _confidence(found: Finding[Any] | None) -> float | None:
    return round(found.confidence, 4) if found is not None else None


def _iso(moment: date | datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None


def _first(found: DateFinding | None) -> str | None:
    return _iso(found.value) if found is not None else None


def _last(found: DateFinding | None) -> str | None:
    return _iso(found.until or found.value) if found is not None else None


def _money(found: AmountFinding | None) -> Decimal | None:
    return found.value.value if found is not None else None


def _currency(found: AmountFinding | None) -> str | None:
    return found.value.currency if found is not None else None


_READING: Columns[Reading] = (
    ("source", lambda mail: mail.source),
    ("status", lambda mail: mail.status),
    ("reason", lambda mail: mail.reason),
    ("message_id", lambda mail: mail.message_id),
    ("sent", lambda mail: _iso(mail.sent)),
    ("sender", lambda mail: mail.sender.address if mail.sender is not None else None),
    ("subject", lambda mail: mail.subject),
    ("language", lambda mail: _text(mail.language)),
    ("kind", lambda mail: mail.kind.value.value if mail.kind is not None else None),
    ("kind_confidence", lambda mail: _confidence(mail.kind)),
    ("merchant", lambda mail: _text(mail.merchant)),
    ("merchant_confidence", lambda mail: _confidence(mail.merchant)),
    ("seller", lambda mail: _text(mail.seller)),
    ("order_number", lambda mail: joined(found.value for found in surest(mail.order_numbers))),
    ("order_number_confidence", lambda mail: _confidence(_best(mail.order_numbers))),
    ("tracking_number", lambda mail: joined(found.value for found in surest(mail.tracking_numbers))),
    ("tracking_number_confidence", lambda mail: _confidence(_best(mail.tracking_numbers))),
    ("carrier", lambda mail: joined(found.carrier for found in surest(mail.tracking_numbers))),
    ("order_date", lambda mail: _first(_day(mail, DateRole.ORDER))),
    ("expected_from", lambda mail: _first(_day(mail, DateRole.DELIVERY_ESTIMATE))),
    ("expected_until", lambda mail: _last(_day(mail, DateRole.DELIVERY_ESTIMATE))),
    ("delivered", lambda mail: _first(_day(mail, DateRole.DELIVERED))),
    ("due", lambda mail: _first(_day(mail, DateRole.DUE))),
    ("total", lambda mail: _money(_total(mail))),
    ("currency", lambda mail: _currency(_total(mail))),
    ("total_confidence", lambda mail: _confidence(_total(mail))),
    ("payment", lambda mail: _text(mail.payment_method)),
    ("items", lambda mail: joined(item.name for item in mail.items)),
    ("pickup_place", lambda mail: mail.pickup.place if mail.pickup is not None else None),
    ("pickup_code", lambda mail: mail.pickup.code if mail.pickup is not None else None),
    ("pickup_until", lambda mail: _iso(mail.pickup.until) if mail.pickup is not None else None),
    ("defects", lambda mail: joined(defect.code for defect in mail.defects)),
)

_ORDER: Columns[Order] = (
    ("merchant", lambda order: _text(order.merchant)),
    ("merchant_confidence", lambda order: _confidence(order.merchant)),
    ("order_number", lambda order: _text(order.order_number)),
    ("order_number_confidence", lambda order: _confidence(order.order_number)),
    ("other_order_number", lambda order: joined(found.value for found in order.other_order_numbers)),
    ("order_date", lambda order: _first(order.order_date)),
    ("status", lambda order: order.status.value.value if order.status is not None else None),
    ("status_confidence", lambda order: round(order.status.confidence, 4) if order.status is not None else None),
    ("tracking_number", lambda order: joined(parcel.tracking_number.value for parcel in order.order_delivery)),
    ("carrier", lambda order: joined(parcel.carrier for parcel in order.order_delivery)),
    ("expected_from", lambda order: _iso(parcel.expected_from) if (parcel := expected(order)) is not None else None),
    ("expected_until", lambda order: _iso(parcel.expected_until) if (parcel := expected(order)) is not None else None),
    ("delivered", lambda order: max((day for parcel in order.order_delivery if (day := _iso(parcel.delivered))), default=None)),
    ("total", lambda order: _money(order.total)),
    ("currency", lambda order: _currency(order.total)),
    ("total_confidence", lambda order: _confidence(order.total)),
    ("payment", lambda order: _text(order.payment)),
    ("items", lambda order: joined(item.name for item in order.items)),
    ("first_mail", lambda order: next((_iso(event.at) for event in order.events if event.at is not None), None)),
    ("last_mail", lambda order: next((_iso(event.at) for event in reversed(order.events) if event.at is not None), None)),
    ("mails", lambda order: len(order.events)),
    ("confidence", lambda order: round(order.confidence, 4)),
)

_PARCEL: tuple[tuple[str, Callable[[ParcelDelivery, Order], Cell]], ...] = (
    ("tracking_number", lambda parcel, _: parcel.tracking_number.value),
    ("tracking_number_confidence", lambda parcel, _: _confidence(parcel.tracking_number)),
    ("other_numbers", lambda parcel, _: joined(parcel.other_numbers)),
    ("carrier", lambda parcel, _: parcel.carrier),
    ("status", lambda parcel, _: parcel.status.value.value if parcel.status is not None else None),
    ("expected_from", lambda parcel, _: _iso(parcel.expected_from)),
    ("expected_until", lambda parcel, _: _iso(parcel.expected_until)),
    ("delivered", lambda parcel, _: _iso(parcel.delivered)),
    ("url", lambda parcel, _: parcel.tracking_number.url),
    ("merchant", lambda _, order: _text(order.merchant)),
    ("order_number", lambda _, order: _text(order.order_number)),
)
