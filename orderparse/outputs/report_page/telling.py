"""What the mails tell beyond the orders: where each value was read, when a parcel left, which mails are suspicious."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from orderparse.outputs.questions import suspicious
from orderparse.roles import DateRole, MailKind
from orderparse.slotted import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orderparse.records import Finding, Order, ParcelDelivery, Pickup, Reading

_FAR = timedelta(days=400)  # between a mail and a day that it tells of; what is farther is no day of that order


@dataclass(slots=True)
class Mails:
    """The mails by what orders call them, and what each of them says."""

    by_name: dict[str, Reading] = field(default_factory=dict)
    suspicious: dict[str, Reading] = field(default_factory=dict)
    _places: dict[str, frozenset[tuple[str, str, int, object]]] = field(default_factory=dict)

    @classmethod
    def of(cls, readings: Iterable[Reading]) -> Mails:
        """The mails that could be read."""
        mails = cls()
        for reading in readings:
            name = reading.message_id or reading.source
            if reading.status == "ok" and name not in mails.by_name:
                mails.by_name[name] = reading
                if suspicious(reading):
                    mails.suspicious[name] = reading
        return mails

    def of_order(self, order: Order) -> list[Reading]:
        """The mails that tell of an order, as far as they are here."""
        return [self.by_name[name] for name in order.messages if name in self.by_name]

    def is_suspicious(self, order: Order) -> bool:
        """Whether nobody but suspicious mails tells of the order."""
        return bool(order.messages) and all(name in self.suspicious for name in order.messages)

    def home(self, found: Finding[Any], order: Order) -> Reading | None:
        """The first mail of the order that has this value at this place."""
        key = _place(found)
        for name in order.messages:
            reading = self.by_name.get(name)
            if reading is None:
                continue
            if name not in self._places:
                self._places[name] = frozenset(_place(other) for other in _findings(reading))
            if key in self._places[name]:
                return reading
        return None


def _place(found: Finding[Any]) -> tuple[str, str, int, object]:
    return repr(found.value), found.text, found.line, found.span


def _findings(reading: Reading) -> Iterator[Finding[Any]]:
    for single in (reading.merchant, reading.payment_method):
        if single is not None:
            yield single
    several: list[Iterable[Finding[Any]]] = [reading.order_numbers, reading.tracking_numbers, reading.dates, reading.amounts]
    for order in reading.orders:
        if order.order_number is not None:
            yield order.order_number
        several += [order.tracking_numbers, order.dates, order.amounts]
    for found in several:
        yield from found


def day_of(order: Order) -> date | None:
    """The day of the order; that of its first mail, if no mail names one or the two lie too far apart to be true."""
    first = next((event.at.date() for event in order.events if event.at is not None), None)
    if order.order_date is None:
        return first
    return first if first is not None and abs(order.order_date.value - first) > _FAR else order.order_date.value


def pickup_of(order: Order, mails: Mails) -> Pickup | None:
    """Where a parcel of the order waits, after the newest mail that says so."""
    return next((mail.pickup for mail in reversed(mails.of_order(order)) if mail.pickup is not None), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A parcel on its way; ``seen`` is the day of the newest mail about the order. A day that cannot be true is None."""

    order: Order
    parcel: ParcelDelivery
    shipped: date | None
    seen: date
    expected: tuple[date, date] | None
    delivered: date | None

    @property
    def first(self) -> date:
        """The first day that is known."""
        return min(filter(None, (self.shipped, self.delivered, self.seen)))

    @property
    def last(self) -> date:
        """The last day that is known."""
        return max(filter(None, (self.delivered or self.seen, self.expected and self.expected[1])))


def ways(order: Order, mails: Mails) -> Iterator[Way]:
    """The parcels of the order of which days are known."""
    days = [event.at.date() for event in order.events if event.at is not None]
    if not days or not order.order_delivery:
        return
    first, last = min(days), max(days)

    def likely(day: date | None) -> date | None:
        return day if day is not None and abs(day - first) <= _FAR + (last - first) else None

    for parcel in order.order_delivery:
        numbers = {parcel.tracking_number.value, *parcel.other_numbers}
        naming = [mail for mail in mails.of_order(order) if any(found.value in numbers for found in mail.tracking_numbers)]
        stated = (found.value for mail in naming for found in mail.dates if found.role is DateRole.SHIP)
        sent = (mail.sent.date() for mail in naming if mail.sent is not None and mail.kind and mail.kind.value is MailKind.SHIPPING)
        events = (event.at.date() for event in order.events if event.at is not None and event.kind is MailKind.SHIPPING)
        shipped = next(filter(None, map(likely, (*stated, *sent, *events))), None)
        start, end = likely(parcel.expected_from), likely(parcel.expected_until)
        window = (start, end) if start is not None and end is not None and start <= end else None
        delivered = likely(parcel.delivered)
        if shipped is not None and delivered is not None and delivered < shipped:
            shipped = None
        yield Way(order=order, parcel=parcel, shipped=shipped, seen=last, expected=window, delivered=delivered)
