"""Questions that people have: which orders and mails are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orderparse.slotted import dataclass
from orderparse.text.fold import bare
from orderparse.text.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from orderparse.records import Finding, Merchant, Order, ParcelDelivery, Reading
    from orderparse.roles import MailKind, OrderStatus

_IMPOSTOR = "impostor"  # the reason that a mail's values bear whose sender is not who it claims to be
_NOT_KEPT = lazy(r"[\W_]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked for; None asks nothing. Days are those of the order, or of the mail; both ends count.

    ``merchant`` is a part of the name of the shop or of the sender's address; ``order`` and ``tracking`` are numbers, whose blanks,
    dashes and letter case do not matter. ``kind`` asks for orders of which some mail is of that kind, ``suspicious`` for mails
    whose sender is not who it claims to be.
    """

    since: date | None = None
    until: date | None = None
    merchant: str | None = None
    status: OrderStatus | None = None
    kind: MailKind | None = None
    order: str | None = None
    tracking: str | None = None
    suspicious: bool = False

    def of_order(self, order: Order) -> bool:
        """Whether an order is asked for."""
        days = [event.at.date() for event in order.events if event.at is not None]
        first = order.order_date.value if order.order_date is not None else min(days, default=None)
        numbers = (order.order_number, *order.other_order_numbers)
        return (
            self._within(first)
            and (self.merchant is None or _names(order.merchant, self.merchant))
            and (self.status is None or (order.status is not None and order.status.value is self.status))
            and (self.kind is None or any(event.kind is self.kind for event in order.events))
            and (self.order is None or _plain(self.order) in {_plain(number.value) for number in numbers if number is not None})
            and (self.tracking is None or any(_has(parcel, self.tracking) for parcel in order.order_delivery))
        )

    def of_parcel(self, parcel: ParcelDelivery) -> bool:
        """Whether a parcel of an order that is asked for is asked for itself."""
        return self.tracking is None or _has(parcel, self.tracking)

    def of_reading(self, reading: Reading) -> bool:
        """Whether a mail is asked for. It has no status: that is an order's."""
        sender = reading.sender.address if reading.sender is not None else ""
        return (
            self._within(reading.sent.date() if reading.sent is not None else None)
            and (self.merchant is None or _names(reading.merchant, self.merchant) or bare(self.merchant) in bare(sender))
            and (self.kind is None or (reading.kind is not None and reading.kind.value is self.kind))
            and (self.order is None or _among(reading.order_numbers, self.order))
            and (self.tracking is None or _among(reading.tracking_numbers, self.tracking))
            and (not self.suspicious or suspicious(reading))
        )

    def _within(self, day: date | None) -> bool:
        if self.since is None and self.until is None:
            return True
        return day is not None and (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


def suspicious(reading: Reading) -> bool:
    """Whether a mail is likely not what it claims to be: by its sender, its links and its wording, or by mail authentication (DMARC)."""
    if reading.suspicious:
        return True
    told: list[Finding[Any]] = [*reading.order_numbers, *reading.tracking_numbers, *reading.identifiers]
    if reading.kind is not None:
        told.append(reading.kind)
    return any(name == _IMPOSTOR for found in told for name, _ in found.reasons)


def _names(merchant: Merchant | None, asked: str) -> bool:
    return merchant is not None and bare(asked) in bare(merchant.value)


def _has(parcel: ParcelDelivery, asked: str) -> bool:
    return _plain(asked) in {_plain(number) for number in (parcel.tracking_number.value, *parcel.other_numbers)}


def _among(findings: Iterable[Finding[str]], asked: str) -> bool:
    return any(_plain(found.value) == _plain(asked) for found in findings)


def _plain(number: str) -> str:
    return _NOT_KEPT.sub("", number).upper()
