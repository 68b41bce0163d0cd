"""Orders of one mail: which parcel, date and sum belongs to which order number."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from orderparse.records import AmountFinding, DateFinding, Finding, MailOrder, OrderItem, TrackingNumber
from orderparse.scoring.model import LIKELY

if TYPE_CHECKING:
    from collections.abc import Sequence

F = TypeVar("F", TrackingNumber, DateFinding, AmountFinding)


def grouped(
    order_numbers: Sequence[Finding[str]],
    tracking_numbers: Sequence[TrackingNumber],
    dates: Sequence[DateFinding],
    amounts: Sequence[AmountFinding],
    items: Sequence[OrderItem],
) -> tuple[MailOrder, ...]:
    """The findings of a mail by order.

    With one order number all belongs to it. With several, a finding belongs to the last order number
    that stands before it in the text; what stands before the first belongs to each (a parcel that holds
    several orders, a day that goes for all).
    """
    likely = [number for number in order_numbers if number.confidence >= LIKELY]
    if len(likely) <= 1:
        if not likely and not any((tracking_numbers, dates, amounts, items)):
            return ()
        return (
            MailOrder(
                order_number=likely[0] if likely else None,
                tracking_numbers=tuple(tracking_numbers),
                dates=tuple(dates),
                amounts=tuple(amounts),
                items=tuple(items),
            ),
        )
    likely.sort(key=lambda number: number.span or (0, 0))
    return tuple(
        MailOrder(
            order_number=number,
            tracking_numbers=_belonging(tracking_numbers, likely, at),
            dates=_belonging(dates, likely, at),
            amounts=_belonging(amounts, likely, at),
        )
        for at, number in enumerate(likely)
    )


def _belonging(findings: Sequence[F], numbers: Sequence[Finding[str]], at: int) -> tuple[F, ...]:
    start = numbers[at].span
    following = numbers[at + 1].span if at + 1 < len(numbers) else None
    first = numbers[0].span
    return tuple(
        finding
        for finding in findings
        if finding.span is not None
        and start is not None
        and first is not None
        and (finding.span < first or (start <= finding.span and (following is None or finding.span < following)))
    )
