"""Standing: how an order or a parcel stands after all that its mails say, each at its own time.

A later mail outranks an earlier one, but a bill does not revive an order, and nothing that was shipped is processed again. A
refund of a part returns nothing, and an order with several parcels is delivered when the last of them is.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from orderparse.consolidation.claims import SURE, kind_of, when
from orderparse.records import Status
from orderparse.roles import AmountRole, DateRole, MailKind, OrderStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from orderparse.consolidation.claims import Claim
    from orderparse.records import AmountFinding, Money, ParcelDelivery

_PROGRESS = (OrderStatus.PROCESSING, OrderStatus.IN_TRANSIT, OrderStatus.PICKUP_AVAILABLE, OrderStatus.DELIVERED)
_STATUS: Mapping[MailKind, OrderStatus] = {
    MailKind.ORDER_CONFIRMATION: OrderStatus.PROCESSING,
    MailKind.PAYMENT: OrderStatus.PROCESSING,
    MailKind.INVOICE: OrderStatus.PROCESSING,
    MailKind.SHIPPING: OrderStatus.IN_TRANSIT,
    MailKind.OUT_FOR_DELIVERY: OrderStatus.IN_TRANSIT,
    MailKind.PICKUP: OrderStatus.PICKUP_AVAILABLE,
    MailKind.DELIVERED: OrderStatus.DELIVERED,
    MailKind.CANCELLATION: OrderStatus.CANCELLED,
    MailKind.REFUND: OrderStatus.RETURNED,
    MailKind.EXCEPTION: OrderStatus.PROBLEM,
}
_ASKS_FOR_MONEY = frozenset({MailKind.ORDER_CONFIRMATION, MailKind.INVOICE})
_WHOLE = Decimal("0.9")  # of the total: shops keep what the parcel cost, but nobody sends back nine tenths of an order


def of_order(claims: Sequence[Claim], total: AmountFinding | None, parcels: Sequence[ParcelDelivery]) -> Status | None:
    """How the order stands; ``claims`` in the order of time."""
    due = _payment_due(claims)
    if due is not None:
        return due
    partial = _of_a_part(claims, total.value if total is not None and total.confidence >= SURE else None)
    stands = of_claims(claim for claim in claims if claim.place not in partial)
    whole = any(kind_of(claim.reading) is MailKind.DELIVERED and not claim.parcels for claim in claims)
    if stands is None or stands.value not in _PROGRESS or len(parcels) < 2 or whole:  # noqa: PLR2004  # several parcels
        return stands
    each = [parcel.status for parcel in parcels if parcel.status is not None]
    return min((stands, *each), key=lambda status: _PROGRESS.index(status.value) if status.value in _PROGRESS else -1)


def of_claims(claims: Iterable[Claim]) -> Status | None:
    """How things stand after the newest mail; but nothing that was shipped is processed again, nor delivered goods shipped."""
    steps = sorted(
        (when(claim.reading.sent), _PROGRESS.index(status) if status in _PROGRESS else -1, status, claim.reading.kind.confidence)
        for claim in claims
        if claim.reading.kind is not None and (status := _STATUS.get(kind_of(claim.reading))) is not None
    )
    stands: Status | None = None
    reached = -1
    for _, rank, status, confidence in steps:
        if stands is not None and stands.value not in _PROGRESS:
            if rank == 0 and (reached > 0 or stands.value is not OrderStatus.PROBLEM):
                continue  # a bill or a receipt does not revive an order
            if status is OrderStatus.RETURNED and stands.value is OrderStatus.CANCELLED:
                continue  # the money of what was never sent comes back
        reached = max(reached, rank)
        value = _PROGRESS[reached] if rank >= 0 else status
        if stands is None or stands.value is not value:
            stands = Status(value=value, confidence=confidence)
        elif rank in {-1, reached}:
            stands = Status(value=value, confidence=max(confidence, stands.confidence))
    return stands


def _payment_due(claims: Sequence[Claim]) -> Status | None:
    """Whether the order waits for money: a mail names a day to pay by, none says that it was paid, and nothing else happened since."""
    if any(kind_of(claim.reading) not in {*_ASKS_FOR_MONEY, MailKind.OTHER} for claim in claims):
        return None
    due = [
        found.confidence
        for claim in claims
        if kind_of(claim.reading) in _ASKS_FOR_MONEY
        for found in claim.order.dates
        if found.role is DateRole.DUE and found.confidence >= SURE
    ]
    return Status(value=OrderStatus.PAYMENT_DUE, confidence=max(due)) if due else None


def _of_a_part(claims: Sequence[Claim], total: Money | None) -> set[int]:
    """Places of the refunds after which most of the money is still with the shop; one that names no sum is of all."""
    if total is None:
        return set()
    parts: set[int] = set()
    refunded: dict[tuple[object, Decimal], Decimal] = {}  # a refund that two mails tell of is one
    for claim in claims:
        if kind_of(claim.reading) is not MailKind.REFUND:
            continue
        sums = [found.value for found in claim.order.amounts if found.role is AmountRole.REFUND and found.confidence >= SURE]
        told = [money.value for money in sums if total.currency in {money.currency, None} or money.currency is None]
        if not told:
            continue
        days = sorted(found.value for found in claim.order.dates if found.role is DateRole.REFUND and found.confidence >= SURE)
        sent = claim.reading.sent
        day = days[0] if days else sent.date() if sent is not None else None
        refunded[day, max(told)] = max(told)
        if sum(refunded.values()) < total.value * _WHOLE:
            parts.add(claim.place)
    return parts
