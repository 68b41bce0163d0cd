"""A calendar (iCalendar, RFC 5545): the days when parcels are expected, and those until when they can be collected.

Events of whole days, with UIDs that stay, so a calendar that is imported again moves them and doubles none. What is
delivered, cancelled or returned has none. The time stamp is that of the order's newest mail: the same mails give the same
bytes. Written by hand, as whole-day events need four rules of the RFC: no zones, no repeats, no alarms, no parser.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final, TextIO
from urllib.parse import quote

from orderparse.outputs import identity
from orderparse.outputs.jsonld import web_link
from orderparse.outputs.safe_text import one_line, visible
from orderparse.roles import DateRole, OrderStatus
from orderparse.slotted import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from orderparse.records import DateFinding, Order, ParcelDelivery, Reading

_SURE: Final = 0.5
_OCTETS: Final = 75  # of a line (RFC 5545, section 3.1)
_CLOSED: Final = frozenset({OrderStatus.DELIVERED, OrderStatus.CANCELLED, OrderStatus.RETURNED})
_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)  # the stamp of an order none of whose mails is dated
_URI: Final = "%/:?#[]@!$&'()*+,;=~"  # what RFC 3986 has besides letters, digits and -._
_HEAD: Final = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//orderparse//orderparse//EN", "CALSCALE:GREGORIAN")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Event:
    """An event of whole days, from the first to the last; ``uid`` is made of what the event is of."""

    uid: str
    stamp: datetime
    first: date
    last: date
    summary: str
    description: str
    location: str = ""
    url: str | None = None


def write(orders: Iterable[Order], file: TextIO, *, readings: Iterable[Reading] = ()) -> None:
    """Write the calendar of the orders.

    ``readings`` are those of their mails: they know until when a parcel can be collected, and the estimates of orders of
    whose parcels nothing is known. The file must not change line ends, as with ``newline=""``.
    """
    mails: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        if not reading.suspicious:  # it may bear another mail's Message-ID
            mails[reading.message_id or reading.source].append(reading)
    found = sorted((event for order in orders for event in _of_order(order, mails)), key=_place)
    events = {event.uid: event for event in reversed(found)}  # a parcel of two orders once
    file.writelines(line + "\r\n" for line in _HEAD)
    for event in sorted(events.values(), key=_place):
        file.writelines(folded(line) + "\r\n" for line in _lines(event))
    file.write("END:VCALENDAR\r\n")


def folded(line: str) -> str:
    r"""A content line in lines of at most 75 octets, none of which ends within a character.

    >>> folded("SUMMARY:" + "å" * 40).split("\r\n ")[1]
    'ååååååå'
    """
    parts: list[str] = []
    begin = octets = 0
    for place, char in enumerate(line):
        size = len(char.encode("utf-8"))
        if octets + size > _OCTETS:
            parts.append(line[begin:place])
            begin, octets = place, 1  # the blank before the rest
        octets += size
    return "\r\n ".join([*parts, line[begin:]])


def escaped(text: str) -> str:
    r"""A TEXT value (RFC 5545, section 3.3.11), without controls.

    >>> escaped("Kiosk; 3, Main St.\r\nEND:VEVENT")
    'Kiosk\\; 3\\, Main St.\\nEND:VEVENT'
    """
    marked = visible(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return marked.replace("\n", "\\n")


def _place(event: _Event) -> tuple[date, date, str, datetime, str]:
    return event.first, event.last, event.uid, event.stamp, event.description


def _lines(event: _Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}@orderparse"
    yield f"DTSTAMP:{_moment(event.stamp)}"
    yield f"DTSTART;VALUE=DATE:{_day(event.first)}"
    if event.last < date.max:
        yield f"DTEND;VALUE=DATE:{_day(event.last + timedelta(days=1))}"  # the end is not in the event
    yield f"SUMMARY:{escaped(one_line(event.summary))}"
    if event.description:
        yield f"DESCRIPTION:{escaped(event.description)}"
    if event.location:
        yield f"LOCATION:{escaped(one_line(event.location))}"
    if event.url is not None:
        yield f"URL:{quote(event.url, safe=_URI)}"
    yield "TRANSP:TRANSPARENT"  # nobody is busy on that day
    yield "END:VEVENT"


def _of_order(order: Order, mails: Mapping[str, Sequence[Reading]]) -> Iterator[_Event]:
    if order.status is not None and order.status.value in _CLOSED:
        return
    told = [reading for message in dict.fromkeys(order.messages) for reading in mails.get(message, ())]
    told.sort(key=lambda reading: _utc(reading.sent))
    stamp = max((_utc(event.at) for event in order.events), default=_NEVER)
    for parcel in order.order_delivery:
        days = [day for day in (parcel.expected_from, parcel.expected_until) if day is not None]
        if days and not _arrived(parcel):
            number = parcel.tracking_number.value
            yield _Event(
                uid=identity.digest("delivery", identity.seller(order.merchant), number.upper()),
                stamp=stamp,
                first=min(days),
                last=max(days),
                summary=_called("Delivery", order),
                description=_described(order, number, parcel.carrier),
                url=web_link(parcel.tracking_number.url),
            )
    estimates = [found for reading in told for found in _estimates(order, reading)] if not order.order_delivery else []
    if estimates:
        newest = estimates[-1]
        days = [newest.value, newest.until or newest.value]
        yield _Event(
            uid=identity.digest("delivery", identity.of_order(order)),
            stamp=stamp,
            first=min(days),
            last=max(days),
            summary=_called("Delivery", order),
            description=_described(order, None, None),
        )
    yield from _pickups(order, told, stamp)


def _pickups(order: Order, told: Iterable[Reading], stamp: datetime) -> Iterator[_Event]:
    """The last days to collect parcels, of each as the newest mail has it."""
    arrived = {parcel.tracking_number.value.upper() for parcel in order.order_delivery if _arrived(parcel)}
    events: dict[str, _Event] = {}
    for reading in told:
        pickup = reading.pickup
        if pickup is None or pickup.confidence < _SURE:
            continue
        until = pickup.until or _until(reading)
        sure = [found for found in reading.tracking_numbers if found.confidence >= _SURE]
        parcel = max(sure, key=lambda found: found.confidence, default=None)
        if until is None or (parcel is not None and parcel.value.upper() in arrived):
            continue
        of = (identity.seller(order.merchant), parcel.value.upper()) if parcel is not None else (identity.of_order(order),)
        uid = identity.digest("pickup", *of)
        code = [f"Code: {one_line(pickup.code)}"] if pickup.code else []
        number, carrier = (parcel.value, parcel.carrier) if parcel is not None else (None, None)
        events[uid] = _Event(
            uid=uid,
            stamp=stamp,
            first=until,
            last=until,
            summary=_called("Last day to collect", order),
            description="\n".join([*code, _described(order, number, carrier)]),
            location=pickup.place or "",
            url=web_link(parcel.url) if parcel is not None else None,
        )
    yield from events.values()


def _estimates(order: Order, reading: Reading) -> list[DateFinding]:
    """The surest estimate of a mail for the order, if there is one that is sure."""
    number = order.order_number.value.upper() if order.order_number is not None else None
    own = [one for one in reading.orders if one.order_number is not None and one.order_number.value.upper() == number]
    dates = [found for one in own for found in one.dates] if own else reading.dates if len(reading.orders) <= 1 else []
    sure = [found for found in dates if found.role is DateRole.DELIVERY_ESTIMATE and found.confidence >= _SURE]
    return [max(sure, key=lambda found: found.confidence)] if sure else []


def _until(reading: Reading) -> date | None:
    sure = [found for found in reading.dates if found.role is DateRole.PICKUP_UNTIL and found.confidence >= _SURE]
    best = max(sure, key=lambda found: found.confidence, default=None)
    return (best.until or best.value) if best is not None else None


def _arrived(parcel: ParcelDelivery) -> bool:
    return parcel.delivered is not None or (parcel.status is not None and parcel.status.value is OrderStatus.DELIVERED)


def _called(what: str, order: Order) -> str:
    return f"{what}: {order.merchant.value}" if order.merchant is not None else what


def _described(order: Order, number: str | None, carrier: str | None) -> str:
    """The order, the parcel and what is in it, a line each."""
    lines = [f"Order {one_line(order.order_number.value)}"] if order.order_number is not None else []
    if number is not None:
        lines.append(f"{one_line(carrier or 'Parcel')} {one_line(number)}")
    lines += [one_line(item.name) for item in order.items]
    return "\n".join(lines)


def _utc(moment: datetime | None) -> datetime:
    """A moment in UTC, which it is taken for without a zone."""
    if moment is None:
        return _NEVER
    try:
        return moment.astimezone(UTC) if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    except OverflowError:  # the first or the last day of the calendar, and a zone
        return _NEVER


def _day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _moment(moment: datetime) -> str:
    return f"{_day(moment)}T{moment.hour:02}{moment.minute:02}{moment.second:02}Z"
