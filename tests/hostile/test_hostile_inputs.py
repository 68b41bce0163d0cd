"""Every hostile input gives a record in time, with the number that it holds, and no other."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest

import orderparse
from orderparse.outputs import records_json
from tests.hostile.inputs import characters, encodings, floods, pages, structure

if TYPE_CHECKING:
    from tests.hostile.inputs.case import Case

CASES = [*floods.cases(), *pages.cases(), *structure.cases(), *encodings.cases(), *characters.cases()]
ACCEPTED = 0.5
SLOWEST = 1.0  # seconds of one core
LONGEST = 100_000  # bytes of those that are always tried


def check(case: Case, data: bytes) -> float:
    """Read an input and compare; gives the seconds it took."""
    began = time.process_time()
    reading = orderparse.parse(data)
    seconds = time.process_time() - began
    assert reading.status == "ok", reading.defects
    accepted = {number.value for number in reading.order_numbers if number.confidence >= ACCEPTED}
    told = {defect.code for defect in reading.defects}
    if case.doubts:
        assert accepted == set()
    elif case.finds is not None:
        assert case.finds in accepted, (accepted, told)
    assert accepted - {case.finds, *case.also} == set()
    assert set(case.defects) <= told
    json.dumps(records_json.of_reading(reading), allow_nan=False, ensure_ascii=False).encode()
    return seconds


@pytest.fixture(scope="module", autouse=True)
def loaded() -> None:
    orderparse.parse(b"From: a@b.example\nSubject: 3 March 2026\n\nloads what is loaded once")


def test_there_are_enough_of_them_and_each_has_a_name() -> None:
    assert len(CASES) >= 220
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_hostile_input_gives_its_number_within_a_second(case: Case) -> None:
    data = case.make()
    check(case, data)  # as warm as in the midst of a mailbox
    assert min(check(case, data) for _ in range(2)) <= SLOWEST


SMALL = [case for case in CASES if case.name.startswith(("num_", "cs_", "mime_b64", "mime_qp", "mime_cte", "mime_boundary", "ld_"))]


@pytest.mark.parametrize("start", range(4))
def test_small_hostile_inputs_give_their_numbers(start: int) -> None:
    for case in SMALL[start::4]:
        data = case.make()
        if len(data) <= LONGEST:
            check(case, data)
