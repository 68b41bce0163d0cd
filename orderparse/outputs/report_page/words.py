"""The words of the page: days, amounts and counts as people read them, and what a mail or a status is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderparse.outputs import wording
from orderparse.outputs.report_page.elements import el
from orderparse.outputs.wording import MONTHS, money
from orderparse.outputs.wording import days as short_days
from orderparse.roles import MailKind, OrderStatus

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from orderparse.outputs.report_page.elements import Element
    from orderparse.records import Money

_GROUP = " "  # between groups of three digits, as the SI brochure has it

KINDS: Mapping[MailKind, str] = {
    MailKind.ORDER_CONFIRMATION: "order confirmed",
    MailKind.PAYMENT: "paid",
    MailKind.INVOICE: "invoice",
    MailKind.SHIPPING: "shipped",
    MailKind.OUT_FOR_DELIVERY: "out for delivery",
    MailKind.DELIVERED: "delivered",
    MailKind.PICKUP: "ready to collect",
    MailKind.EXCEPTION: "problem",
    MailKind.CANCELLATION: "cancelled",
    MailKind.REFUND: "refund",
    MailKind.OTHER: "other mail",
}
# In the order in which they want something of whoever looks.
STATUSES: Mapping[OrderStatus, str] = {
    status: wording.STATUSES[status][0]
    for status in (
        *(OrderStatus.PAYMENT_DUE, OrderStatus.PICKUP_AVAILABLE, OrderStatus.PROBLEM, OrderStatus.IN_TRANSIT, OrderStatus.PROCESSING),
        *(OrderStatus.DELIVERED, OrderStatus.RETURNED, OrderStatus.CANCELLED),
    )
}


def day(value: date) -> str:
    """A day with its year.

    >>> from datetime import date
    >>> day(date(2026, 9, 1))
    '1 Sep 2026'
    """
    return f"{value.day} {MONTHS[value.month - 1]} {value.year:04}"


def days(first: date, last: date) -> str:
    """A range of days.

    >>> from datetime import date
    >>> days(date(2026, 9, 1), date(2026, 9, 4)), days(date(2026, 9, 1), date(2027, 1, 4))
    ('1–4 Sep 2026', '1 Sep 2026 – 4 Jan 2027')
    """
    if first == last:
        return day(last)
    return f"{short_days(first, last, last)} {last.year:04}" if first.year == last.year else f"{day(first)} – {day(last)}"


def at(value: date, shown: str | None = None) -> Element:
    """A day, for people and programs."""
    return el("time", shown or day(value), datetime=value.isoformat()[:10])


def amount(value: Money) -> str:
    """An amount with its currency, thousands set apart.

    >>> from decimal import Decimal; from orderparse.records import Money
    >>> amount(Money(value=Decimal("12990.00"), currency="SEK"))
    '12 990.00 SEK'
    """
    number, _, currency = money(value).partition(" ")
    return f"{grouped(number)} {currency}" if currency else grouped(number)


def grouped(number: Decimal | str) -> str:
    """A number with its thousands set apart.

    >>> grouped("-1234567.50"), grouped("999")
    ('-1 234 567.50', '999')
    """
    whole, point, fraction = str(number).partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    first = len(digits) % 3 or 3
    return sign + _GROUP.join([digits[:first], *(digits[place : place + 3] for place in range(first, len(digits), 3))]) + point + fraction


def count(number: int, noun: str) -> str:
    """A count with its noun.

    >>> count(1, "order"), count(2300, "order")
    ('1 order', '2 300 orders')
    """
    return f"{grouped(str(number))} {noun}" + ("" if number == 1 else "s")
