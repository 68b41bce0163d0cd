from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderparse.outputs import jsonl
from orderparse.records import Order, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator


def written(record: Reading | Order) -> str:
    file = io.StringIO()
    jsonl.write([record], file)
    return file.getvalue()


@given(st.from_type(Reading) | st.from_type(Order))
def test_a_record_is_one_line_of_json(record: Reading | Order) -> None:
    text = written(record)
    assert text.endswith("\n")
    assert len(text.splitlines()) == 1
    assert jsonl.line(json.loads(text)) + "\n" == text
    text.encode("utf-8")


@given(st.from_type(Reading))
def test_a_line_of_json_steers_no_terminal(reading: Reading) -> None:
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]", written(reading))


@given(st.text())
def test_a_text_comes_back_as_it_was(text: str) -> None:
    assert json.loads(jsonl.line({"subject": text})) == {"subject": text}


def test_what_is_no_number_is_an_error() -> None:
    with pytest.raises(ValueError, match="JSON"):
        jsonl.line({"confidence": float("nan")})


def test_records_are_written_one_by_one() -> None:
    file = io.StringIO()
    seen: list[int] = []

    def readings() -> Iterator[Reading]:
        for number in range(3):
            seen.append(len(file.getvalue().splitlines()))
            yield Reading(source=str(number))

    jsonl.write(readings(), file)
    assert seen == [0, 1, 2]
