"""Parcels with several numbers: what one carrier hands over to another, and pieces of a shipment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderparse.roles import Role
from orderparse.scoring.model import LIKELY
from orderparse.slotted import replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orderparse.knowledge import Knowledge
    from orderparse.records import Identifier, TrackingNumber


def joined(numbers: Sequence[TrackingNumber], identifiers: Sequence[Identifier], knowledge: Knowledge) -> tuple[TrackingNumber, ...]:
    """The tracking numbers of a mail, each with the other numbers that its parcel has.

    A mail that gives one number of a carrier that brings parcels to another country's post and one of a carrier
    that delivers them, gives two numbers of one parcel; with more of either nobody said which is which.
    """
    likely = [number for number in numbers if number.confidence >= LIKELY]
    handing = [number for number in likely if _hands_over(number, knowledge)]
    delivering = [number for number in likely if number.carrier is not None and not _hands_over(number, knowledge)]
    taken = {handing[0].value: delivering[0].value} if len(handing) == len(delivering) == 1 else {}
    shipments = {one.value for one in identifiers if one.role is Role.SHIPMENT_NUMBER and one.confidence >= LIKELY}
    shipment = shipments.pop() if len(shipments) == 1 else None
    return tuple(
        replace(number, handed_over_to=taken.get(number.value), shipment=shipment) if number.confidence >= LIKELY else number
        for number in numbers
    )


def _hands_over(number: TrackingNumber, knowledge: Knowledge) -> bool:
    carrier = knowledge.carriers.get(number.carrier_code or "")
    return carrier is not None and carrier.hands_over
