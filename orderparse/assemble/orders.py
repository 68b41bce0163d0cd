"""Orders of one mail: which parcel, date and sum belongs to which order number."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from orderparse.records import AmountFinding, DateFinding, Finding, MailOrder, OrderItem, TrackingNumber
from orderparse.scoring.model import LIKELY
from orderparse.slotted import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from orderparse.assemble.certainty import Certainty

# The share of findings that belong to the order, by where they stand; what is put out is that after calibration.
_SHARES = {"only": 0.98, "behind_number": 0.9, "before_all": 0.6}
F = TypeVar("F", TrackingNumber, DateFinding, AmountFinding)


def grouped(
    order_numbers: Sequence[Finding[str]],
    tracking_numbers: Sequence[TrackingNumber],
    dates: Sequence[DateFinding],
    amounts: Sequence[AmountFinding],
    items: Sequence[OrderItem],
    *,
    certainty: Certainty,
) -> tuple[MailOrder, ...]:
    """The findings of a mail by order, each with the probability that it belongs there.

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
                tracking_numbers=_placed(tracking_numbers, "only", certainty),
                dates=_placed(dates, "only", certainty),
                amounts=_placed(amounts, "only", certainty),
                items=tuple(items),
            ),
        )
    likely.sort(key=lambda number: number.span or (0, 0))
    return tuple(
        MailOrder(
            order_number=number,
            tracking_numbers=_belonging(tracking_numbers, likely, at, certainty),
            dates=_belonging(dates, likely, at, certainty),
            amounts=_belonging(amounts, likely, at, certainty),
        )
        for at, number in enumerate(likely)
    )


def _placed(findings: Iterable[F], place: str, certainty: Certainty) -> tuple[F, ...]:
    belongs = certainty.share("belongs", _SHARES[place])
    return tuple(replace(finding, belongs=belongs) for finding in findings)


def _belonging(findings: Sequence[F], numbers: Sequence[Finding[str]], at: int, certainty: Certainty) -> tuple[F, ...]:
    start = numbers[at].span
    following = numbers[at + 1].span if at + 1 < len(numbers) else None
    first = numbers[0].span
    if start is None or first is None:
        return ()
    placed = [finding for finding in findings if finding.span is not None]
    found: list[F] = []
    for finding in placed:
        if finding.span is not None and finding.span < first:
            found += _placed((finding,), "before_all", certainty)
        elif finding.span is not None and start <= finding.span and (following is None or finding.span < following):
            found += _placed((finding,), "behind_number", certainty)
    return tuple(found)
