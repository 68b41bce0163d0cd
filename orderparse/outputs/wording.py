"""The words of the table: statuses, kinds, days and money as people say them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderparse.outputs.records_json import decimal
from orderparse.roles import MailKind, OrderStatus

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from orderparse.records import Money

# The word, and the style that it has where there are colours.
STATUSES: Mapping[OrderStatus, tuple[str, str]] = {
    OrderStatus.PROCESSING: ("processing", ""),
    OrderStatus.PAYMENT_DUE: ("to pay", "bold magenta"),
    OrderStatus.IN_TRANSIT: ("on its way", "cyan"),
    OrderStatus.PICKUP_AVAILABLE: ("to collect", "bold magenta"),
    OrderStatus.DELIVERED: ("delivered", "green"),
    OrderStatus.CANCELLED: ("cancelled", "dim"),
    OrderStatus.RETURNED: ("returned", "dim"),
    OrderStatus.PROBLEM: ("problem", "bold red"),
}
KINDS: Mapping[MailKind, tuple[str, str]] = {
    MailKind.ORDER_CONFIRMATION: ("confirmed", ""),
    MailKind.PAYMENT: ("paid", ""),
    MailKind.INVOICE: ("invoice", ""),
    MailKind.SHIPPING: ("shipped", "cyan"),
    MailKind.OUT_FOR_DELIVERY: ("arriving", "cyan"),
    MailKind.DELIVERED: ("delivered", "green"),
    MailKind.PICKUP: ("to collect", "bold magenta"),
    MailKind.EXCEPTION: ("problem", "bold red"),
    MailKind.CANCELLATION: ("cancelled", "dim"),
    MailKind.REFUND: ("refund", "dim"),
    MailKind.OTHER: ("other", "dim"),
}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(value: date) -> str:
    """A day, short but with its year.

    >>> from datetime import date
    >>> day(date(2026, 3, 1))
    '1 Mar 26'
    """
    return f"{value.day} {MONTHS[value.month - 1]} {value.year % 100:02}"


def days(first: date, last: date, near: date | None = None) -> str:
    """A range of days; without the year if that is the year of a day nearby.

    >>> from datetime import date
    >>> days(date(2026, 3, 10), date(2026, 3, 14), date(2026, 3, 1))
    '10–14 Mar'
    >>> days(date(2026, 12, 28), date(2027, 1, 3), date(2026, 12, 1))
    '28 Dec – 3 Jan 27'
    """
    year = "" if near is not None and near.year == last.year else f" {last.year % 100:02}"
    end = f"{last.day} {MONTHS[last.month - 1]}{year}"
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    return f"{first.day} {MONTHS[first.month - 1]} – {end}"


def money(amount: Money) -> str:
    """An amount with its currency.

    >>> from decimal import Decimal; from orderparse.records import Money
    >>> money(Money(value=Decimal("129.00"), currency="SEK")), money(Money(value=Decimal("5")))
    ('129.00 SEK', '5')
    """
    return f"{decimal(amount.value)} {amount.currency}" if amount.currency else decimal(amount.value)


def words(name: str) -> str:
    """A role in words.

    >>> words("delivery_estimate")
    'delivery estimate'
    """
    return name.replace("_", " ")
