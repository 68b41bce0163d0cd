"""The table for people: what was ordered where and when, what it costs, where it is now."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from orderparse.outputs import layout
from orderparse.outputs.columns import surest
from orderparse.outputs.layout import Cell, Column, hard, soft
from orderparse.outputs.terminal import UNSURE, UNSURE_STYLE, Shown, Terminal, percent
from orderparse.outputs.wording import KINDS, STATUSES, day, days, money
from orderparse.roles import AmountRole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from orderparse.records import Order, ParcelDelivery, Reading

_WIDE = 110  # characters from which items, subjects and percentages have a column of their own
_SHOP = Column("Shop", tier=2, least=10, grow=24)
_ORDER = Column("Order", tier=1, least=12, grow=16)
_PARCEL = Column("Parcel", tier=1, least=10, grow=20)
_TOTAL = Column("Total", right=True)
_CARRIER = Column("Carrier", tier=2, least=8, grow=16)


def write_orders(orders: Iterable[Order], file: TextIO, *, width: int | None = None) -> None:
    """An order a row."""
    out = Terminal.of(file, width)
    if out.width >= _WIDE:
        items, sure = Column("Items", tier=3, least=10, grow=60), Column("Sure", right=True)
        wide = (Column("Ordered"), _SHOP, _ORDER, items, _TOTAL, Column("Status"), _PARCEL, sure)
        rows = [_wide_order(order) for order in orders]
        kept = [place for place, column in enumerate(wide) if column is not items or any(row[place] for row in rows)]
        _write([wide[place] for place in kept], [[row[place] for place in kept] for row in rows], out, "No orders found.")
    else:
        narrow = (Column("Ordered"), _SHOP, _ORDER, _TOTAL, Column("Status"), _PARCEL)
        _write(narrow, [_narrow_order(order) for order in orders], out, "No orders found.")


def write_parcels(orders: Iterable[Order], file: TextIO, *, width: int | None = None) -> None:
    """A parcel a row, those first that are awaited."""
    columns = (Column("Due"), Column("Status"), Column("Parcel", tier=1, least=10, grow=24), _CARRIER, _SHOP, _ORDER)
    found = [(parcel, order) for order in orders for parcel in order.order_delivery]
    found.sort(key=lambda one: (one[0].delivered is not None, one[0].expected_until is None, one[0].expected_until))
    _write(columns, [_parcel(parcel, order) for parcel, order in found], Terminal.of(file, width), "No parcels found.")


def write_readings(readings: Iterable[Reading], file: TextIO, *, width: int | None = None) -> None:
    """A mail a row."""
    out = Terminal.of(file, width)
    columns: tuple[Column, ...] = (Column("Sent"), _SHOP, Column("Mail"), _ORDER, _TOTAL, _PARCEL)
    if out.width >= _WIDE:
        columns = (*columns, Column("Subject", tier=3, least=10, grow=80))
    _write(columns, [_mail(reading)[: len(columns)] for reading in readings], out, "No mails.")


def _write(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], out: Terminal, nothing: str) -> None:
    if not rows:
        out.file.write(f"{nothing}\n")
        return
    layout.write(columns, rows, out)
    if any(line.text.style == UNSURE_STYLE for row in rows for cell in row for line in cell):
        note = Shown(f"? less than {percent(UNSURE)} sure", "dim")
        out.file.write(f"\n{out.styled(note)}\n")


def _wide_order(order: Order) -> list[Cell]:
    ordered, shop, number, items, total, status, parcels = _order(order)
    return [ordered, shop, number, items, total, status, parcels, (hard(percent(order.confidence), style="dim"),)]


def _narrow_order(order: Order) -> list[Cell]:
    ordered, shop, number, items, total, status, parcels = _order(order)
    return [(*ordered, hard(f"{percent(order.confidence)} sure", style="dim")), shop, number + items, total, status, parcels]


def _order(order: Order) -> tuple[Cell, Cell, Cell, Cell, Cell, Cell, Cell]:
    """Ordered, shop, number, items, total, status, parcels."""
    ordered = _ordered(order)
    numbers = [hard(order.order_number.value, order.order_number.confidence, "bold") if order.order_number is not None else hard(None)]
    numbers += [hard(other.value, other.confidence, "dim") for other in order.other_order_numbers]
    return (
        (hard(day(ordered) if ordered else None, order.order_date.confidence if order.order_date is not None else 1.0),),
        (soft(order.merchant.value, order.merchant.confidence),) if order.merchant is not None else (),
        tuple(numbers),
        _items(order),
        (hard(money(order.total.value), order.total.confidence),) if order.total is not None else (),
        tuple(_status(order, ordered)),
        tuple(
            line
            for parcel in order.order_delivery
            for line in _number_of_parcel(parcel.tracking_number.value, parcel.carrier, parcel.tracking_number.confidence)
        ),
    )


def _parcel(parcel: ParcelDelivery, order: Order) -> list[Cell]:
    """Due or delivered, status, numbers, carrier, shop, order."""
    first, last = (parcel.delivered, parcel.delivered) if parcel.delivered is not None else (parcel.expected_from, parcel.expected_until)
    word, style = STATUSES[parcel.status.value] if parcel.status is not None else (None, "")
    number = parcel.tracking_number
    return [
        (hard(days(first, last or first) if first is not None else None),),
        (hard(word, parcel.status.confidence if parcel.status is not None else 1.0, style),),
        (hard(number.value, number.confidence, "bold"), *(hard(other, style="dim") for other in parcel.other_numbers)),
        (soft(parcel.carrier),) if parcel.carrier else (),
        (soft(order.merchant.value, order.merchant.confidence),) if order.merchant is not None else (),
        (hard(order.order_number.value, order.order_number.confidence),) if order.order_number is not None else (),
    ]


def _ordered(order: Order) -> date | None:
    """The day of the order: as a mail says, else that of the first mail."""
    if order.order_date is not None:
        return order.order_date.value
    return next((event.at.date() for event in order.events if event.at is not None), None)


def _items(order: Order) -> Cell:
    names = [soft(item.name, item.confidence, "dim") for item in order.items[:2]]
    more = len(order.items) - len(names)
    return (*names, hard(f"+{more} more", style="dim")) if more else tuple(names)


def _status(order: Order, ordered: date | None) -> Iterator[layout.Line]:
    """The status, and the day on which it came true or is awaited."""
    status = order.status
    if status is None:
        return
    word, style = STATUSES[status.value]
    yield hard(word, status.confidence, style)
    delivered = max((parcel.delivered for parcel in order.order_delivery if parcel.delivered is not None), default=None)
    expected = _expected(order.order_delivery)
    if word == "delivered" and delivered is not None:
        yield hard(days(delivered, delivered, ordered), style="dim")
    elif word not in {"delivered", "cancelled", "returned"} and expected is not None:
        yield hard(days(*expected, ordered), style="dim")


def _expected(parcels: Iterable[ParcelDelivery]) -> tuple[date, date] | None:
    """The days when the next parcel is expected."""
    awaited = [
        (parcel.expected_from, parcel.expected_until or parcel.expected_from)
        for parcel in parcels
        if parcel.expected_from is not None and parcel.delivered is None
    ]
    return min(awaited, default=None)


def _number_of_parcel(number: str, carrier: str | None, confidence: float) -> Cell:
    line = hard(number, confidence)
    return (line, soft(carrier, style="dim")) if carrier else (line,)


def _mail(mail: Reading) -> list[Cell]:
    """Sent, shop, mail, order, total, parcel, subject."""
    totals = surest(found for found in mail.amounts if found.role is AmountRole.TOTAL)
    sender = mail.sender.domain if mail.sender is not None else None
    return [
        (hard(day(mail.sent.date()) if mail.sent is not None else None),),
        (soft(mail.merchant.value, mail.merchant.confidence) if mail.merchant is not None else soft(sender, style="dim"),),
        (_kind(mail),),
        tuple(hard(found.value, found.confidence, "bold") for found in surest(mail.order_numbers)),
        (hard(money(totals[0].value), totals[0].confidence),) if totals else (),
        tuple(line for found in surest(mail.tracking_numbers) for line in _number_of_parcel(found.value, found.carrier, found.confidence)),
        (soft(mail.subject or mail.source, style="dim"),),
    ]


def _kind(mail: Reading) -> layout.Line:
    if mail.status != "ok":
        return hard(mail.reason or "failed", style="bold red")
    if mail.kind is None:
        return hard(None)
    word, style = KINDS[mail.kind.value]
    return hard(word, mail.kind.confidence, style)
