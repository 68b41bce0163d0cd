from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import orderparse
from orderparse.errors import RecordError
from orderparse.outputs import records_from_json, records_json
from orderparse.records import Finding, Merchant, Reading

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def as_put_in(reading: Reading) -> Reading:
    """What a record has no place for: the text of the mail, and a reason without a failure."""
    return replace(reading, text="", reason=reading.reason if reading.status != "ok" else None)


@settings(max_examples=40)  # each is large
@given(st.from_type(Reading))
def test_an_exact_record_gives_the_same_reading(reading: Reading) -> None:
    # JSON (RFC 8259) has no way to write two halves of a character that are not one character.
    assume(not re.search(r"\\ud[89ab]..\\ud[cdef]", repr(reading)))
    record = json.dumps(records_json.of_reading(reading, exact=True), allow_nan=False)
    assert records_from_json.reading(json.loads(record)) == as_put_in(reading)


@settings(max_examples=40)  # each is large
@given(st.from_type(Reading))
def test_a_record_as_put_out_gives_a_reading_that_is_put_out_the_same(reading: Reading) -> None:
    record = records_json.of_reading(reading)
    again = records_json.of_reading(records_from_json.reading(json.loads(json.dumps(record))))
    assert without_score(again) == without_score(record)  # the sum of rounded weights is not the rounded sum


def without_score(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: without_score(one) for name, one in value.items() if name != "score"}
    return [without_score(one) for one in value] if isinstance(value, list) else value


def test_what_the_reader_gives_comes_back_with_its_notes_and_certainties(mails: Path, reading: Callable[[Path], Reading]) -> None:
    readings = [as_put_in(reading(path)) for path in sorted(mails.glob("aliexpress_*.eml"))[:30]]
    again = [records_from_json.reading(json.loads(json.dumps(records_json.of_reading(one, exact=True)))) for one in readings]
    assert any(number.notes and number.share is not None for one in again for number in one.order_numbers)
    assert again == readings
    assert orderparse.consolidate(again) == orderparse.consolidate(readings)


def test_a_mail_and_its_record_are_copies_of_one_mail(mails: Path, reading: Callable[[Path], Reading]) -> None:
    for path in sorted(mails.glob("*.eml"))[::3]:
        read = as_put_in(reading(path))
        again = records_from_json.reading(json.loads(json.dumps(records_json.of_reading(read, exact=True))))
        assert repr(again) == repr(read)  # by which copies are known when orders are joined


def test_notes_are_not_put_out() -> None:
    reading = Reading(source="a", merchant=Merchant(value="Shop", confidence=0.9, notes=(("label", "From"),)))
    assert "notes" not in records_json.of_reading(reading)["merchant"]
    assert records_json.of_reading(reading, exact=True)["merchant"]["notes"] == [["label", "From"]]


def test_what_an_older_version_did_not_write_has_its_default() -> None:
    record = {"source": "a", "order_numbers": [{"value": "8012", "confidence": 0.9}]}
    assert records_from_json.reading(record) == Reading(source="a", order_numbers=(Finding(value="8012", confidence=0.9),))


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"source": 5},
        {"source": "a", "sent": "yesterday"},
        {"source": "a", "kind": {"value": "unheard of", "confidence": 1}},
        {"source": "a", "order_numbers": [{"value": "8012"}]},
        {"source": "a", "order_numbers": [{"value": 8012, "confidence": 1}]},
        {"source": "a", "order_numbers": [{"value": "8012", "confidence": "sure"}]},
        {"source": "a", "order_numbers": 5},
        {"source": "a", "amounts": [{"value": "much", "role": "total", "confidence": 1}]},
        {"source": "a", "authentication": {"arc": "pass"}},
        {"source": "a", "sender": []},
    ],
)
def test_what_is_no_record_is_an_error_that_says_so(record: dict[str, Any]) -> None:
    with pytest.raises(RecordError, match="no record of a mail"):
        records_from_json.reading(record)
