"""The card of one mail, for people: what it says, one finding a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from orderparse.outputs import layout
from orderparse.outputs.columns import surest
from orderparse.outputs.layout import Cell, Column, hard, soft
from orderparse.outputs.terminal import Terminal, percent
from orderparse.outputs.wording import KINDS, day, days, money, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orderparse.records import Reading

_COLUMNS = (Column("What", least=8), Column("Value", tier=1, least=20, grow=90), Column("Sure", right=True))


def write(reading: Reading, file: TextIO, *, width: int | None = None) -> None:
    """Write the card of a mail."""
    layout.write(_COLUMNS, list(_rows(reading)), Terminal.of(file, width))


def _rows(mail: Reading) -> Iterator[list[Cell]]:
    sender = f"{mail.sender.name} <{mail.sender.address}>" if mail.sender is not None and mail.sender.name else ""
    yield from _row("from", sender or (mail.sender.address if mail.sender is not None else None))
    yield from _row("sent", day(mail.sent.date()) if mail.sent is not None else None)
    yield from _row("subject", mail.subject)
    if mail.status != "ok":
        yield from _row("failed", mail.reason or "not read")
    if mail.kind is not None:
        yield from _row("kind", KINDS[mail.kind.value][0], mail.kind.confidence)
    if mail.merchant is not None:
        impostor = " (the sender may be an impostor)" if mail.merchant.verified is False else ""
        yield from _row("shop", mail.merchant.value + impostor, mail.merchant.confidence)
    for found in surest(mail.order_numbers):
        yield from _row("order number", found.value, found.confidence, "bold")
    for parcel in surest(mail.tracking_numbers):
        carrier = f"{parcel.carrier}, " if parcel.carrier else ""
        check = {True: "check digit right", False: "check digit wrong", None: ""}[parcel.check_digit]
        about = (carrier + check).rstrip(", ")
        yield from _row("tracking number", parcel.value, parcel.confidence, "bold", about)
    for date in mail.dates:
        yield from _row(words(date.role), days(date.value, date.until or date.value), date.confidence)
    for amount in mail.amounts:
        yield from _row(words(amount.role), money(amount.value), amount.confidence)
    if mail.seller is not None:
        yield from _row("seller", mail.seller.value, mail.seller.confidence)
    if mail.payment_method is not None:
        yield from _row("payment", mail.payment_method.value, mail.payment_method.confidence)
    for item in mail.items:
        times = f"{item.quantity} × " if item.quantity is not None else ""  # the sign that bills use
        price = f", {money(item.price)}" if item.price is not None else ""
        yield from _row("item", f"{times}{item.name}{price}", item.confidence)
    if mail.pickup is not None:
        until = f"until {day(mail.pickup.until)}" if mail.pickup.until is not None else None
        about = ", ".join(part for part in (mail.pickup.code, until) if part)
        yield from _row("pickup", mail.pickup.place or about, mail.pickup.confidence, "", about if mail.pickup.place else "")
    for identifier in mail.identifiers:
        yield from _row(words(identifier.role), identifier.value, identifier.confidence)


def _row(name: str, value: str | None, confidence: float | None = None, style: str = "", about: str = "") -> Iterator[list[Cell]]:
    if value:
        first = (
            hard(value, 1.0 if confidence is None else confidence, style)
            if style
            else soft(value, 1.0 if confidence is None else confidence)
        )
        sure = hard(percent(confidence), style="dim") if confidence is not None else soft(" ")
        yield [(hard(name, style="dim"),), (first, soft(about, style="dim")) if about else (first,), (sure,)]
