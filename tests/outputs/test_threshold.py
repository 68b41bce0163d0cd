from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from orderparse.outputs import records_json, threshold
from orderparse.records import Order, Reading


def confidences(value: object) -> list[float]:
    if isinstance(value, dict):
        own = [value["confidence"]] if "confidence" in value and "reason" not in value and "expected_from" not in value else []
        return own + [found for key, part in value.items() if key != "joined_by" for found in confidences(part)]
    return [found for part in value for found in confidences(part)] if isinstance(value, list) else []


@given(st.from_type(Reading), st.floats(0, 1))
def test_nothing_less_sure_is_left_of_a_mail(reading: Reading, minimum: float) -> None:
    (kept,) = threshold.readings([reading], minimum)
    assert all(confidence >= round(minimum, 4) for confidence in confidences(records_json.of_reading(kept)))
    assert kept.subject == reading.subject


@given(st.from_type(Order), st.floats(0, 1))
def test_nothing_less_sure_is_left_of_an_order(order: Order, minimum: float) -> None:
    kept = list(threshold.orders([order], minimum))
    assert bool(kept) == (order.confidence >= minimum)
    for one in kept:
        found = records_json.of_order(one)
        found["order_delivery"] = [parcel["tracking_number"] for parcel in found["order_delivery"]]
        assert all(confidence >= round(minimum, 4) for confidence in confidences(found))


@given(st.from_type(Reading))
def test_from_zero_on_all_is_kept(reading: Reading) -> None:
    assert len(next(threshold.readings([reading], 0)).order_numbers) == len(reading.order_numbers)
