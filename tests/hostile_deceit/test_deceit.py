"""No text and no sender deceives: the visible true value wins, and what is doubtful says so."""

from __future__ import annotations

from collections import Counter

import pytest

from orderparse import parse
from tests.hostile_deceit.inputs import Input, inputs

INPUTS = inputs()


def troubles(one: Input) -> list[str]:
    """What the reading of an input has that it must not have, or lacks."""
    reading = parse(one.data, authserv_id=one.authserv_id)
    found: list[str] = []
    if reading.status != "ok":
        found.append(f"status {reading.status} {reading.defects}")
    orders = [number for number in reading.order_numbers if number.confidence >= 0.5 and not number.hidden]
    parcels = [number for number in reading.tracking_numbers if number.confidence >= 0.5 and not number.hidden]
    if one.order is not None and (not reading.order_numbers or max(reading.order_numbers, key=lambda n: n.confidence).value != one.order):
        found.append(f"order {[(n.value, round(n.confidence, 3)) for n in reading.order_numbers]}")
    elif one.order is not None and not any(n.value == one.order and n.confidence >= 0.5 for n in reading.order_numbers):
        found.append(f"order unsure {[(n.value, round(n.confidence, 3)) for n in reading.order_numbers]}")
    if one.parcel is not None and (not parcels or max(parcels, key=lambda number: number.confidence).value != one.parcel):
        found.append(f"parcel {[(n.value, round(n.confidence, 3)) for n in reading.tracking_numbers]}")
    found += [
        f"accepted {number.value} {number.confidence:.2f} hidden={number.hidden}"
        for number in (*reading.order_numbers, *reading.tracking_numbers)
        if number.value in one.never and number.confidence >= 0.5
    ]
    if any(number.confidence > one.order_at_most for number in orders):
        found.append("too sure")
    codes = {defect.code for defect in reading.defects}
    if missing := set(one.flags) - codes:
        found.append(f"not flagged {missing} of {codes}")
    if wrong := set(one.unflagged) & codes:
        found.append(f"flagged {wrong}")
    merchant = reading.merchant
    if one.verified != "any" and (merchant.verified if merchant else None) is not one.verified:
        found.append(f"verified {merchant.verified if merchant else None}")
    if merchant is not None and merchant.confidence > one.merchant_at_most:
        found.append(f"merchant {merchant.value} {merchant.confidence:.2f}")
    if one.sender is not None and (reading.sender is None or reading.sender.address != one.sender):
        found.append(f"sender {reading.sender}")
    if one.suspicious is not None and reading.suspicious is not one.suspicious:
        found.append(f"suspicious {reading.suspicious} {getattr(reading, 'genuine', None)}")
    return found


@pytest.mark.parametrize("family", sorted({one.family for one in INPUTS}))
def test_no_input_of_the_family_deceives(family: str) -> None:
    wrong = {one.name: found for one in INPUTS if one.family == family and (found := troubles(one))}
    assert not wrong


def test_there_are_enough_inputs_and_they_are_the_same_each_time() -> None:
    assert len(INPUTS) >= 80
    assert inputs() == INPUTS
    assert max(Counter((one.family, one.name) for one in INPUTS).values()) == 1
