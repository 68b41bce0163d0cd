"""The threshold: records without the findings that are less sure than asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from orderparse.slotted import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orderparse.records import MailOrder, Order, Reading


class _Sure(Protocol):
    @property
    def confidence(self) -> float: ...


S = TypeVar("S", bound=_Sure)


def readings(records: Iterable[Reading], minimum: float) -> Iterator[Reading]:
    """All records, with the findings that are at least so sure."""
    for reading in records:
        yield replace(
            reading,
            language=_one(reading.language, minimum),
            kind=_one(reading.kind, minimum),
            merchant=_one(reading.merchant, minimum),
            order_numbers=_all(reading.order_numbers, minimum),
            tracking_numbers=_all(reading.tracking_numbers, minimum),
            dates=_all(reading.dates, minimum),
            amounts=_all(reading.amounts, minimum),
            identifiers=_all(reading.identifiers, minimum),
            items=_all(reading.items, minimum),
            seller=_one(reading.seller, minimum),
            platform=_one(reading.platform, minimum),
            payment_method=_one(reading.payment_method, minimum),
            pickup=_one(reading.pickup, minimum),
            orders=tuple(order for order in (_mail_order(order, minimum) for order in reading.orders) if order is not None),
        )


def orders(records: Iterable[Order], minimum: float) -> Iterator[Order]:
    """The orders that are at least so sure, with their findings that are."""
    for order in records:
        if order.confidence >= minimum:
            yield replace(
                order,
                order_number=_one(order.order_number, minimum),
                merchant=_one(order.merchant, minimum),
                other_order_numbers=_all(order.other_order_numbers, minimum),
                order_date=_one(order.order_date, minimum),
                status=_one(order.status, minimum),
                total=_one(order.total, minimum),
                payment=_one(order.payment, minimum),
                items=_all(order.items, minimum),
                order_delivery=tuple(parcel for parcel in order.order_delivery if parcel.tracking_number.confidence >= minimum),
            )


def _mail_order(order: MailOrder, minimum: float) -> MailOrder | None:
    """The order with its sure findings; None if none is left of it."""
    kept = replace(
        order,
        order_number=_one(order.order_number, minimum),
        tracking_numbers=_all(order.tracking_numbers, minimum),
        dates=_all(order.dates, minimum),
        amounts=_all(order.amounts, minimum),
        items=_all(order.items, minimum),
    )
    return kept if kept.order_number or kept.tracking_numbers or kept.dates or kept.amounts or kept.items else None


def _one(found: S | None, minimum: float) -> S | None:
    return found if found is not None and found.confidence >= minimum else None


def _all(found: Iterable[S], minimum: float) -> tuple[S, ...]:
    return tuple(one for one in found if one.confidence >= minimum)
