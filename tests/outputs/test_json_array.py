from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from orderparse.outputs import json_array, jsonl, records_json
from orderparse.records import Order, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator


def written(records: list[Reading | Order]) -> str:
    file = io.StringIO()
    json_array.write(records, file)
    return file.getvalue()


@settings(max_examples=20)  # each is large
@given(st.lists(st.from_type(Order), max_size=2))
def test_the_records_are_one_array_of_what_json_lines_has(orders: list[Order]) -> None:
    text = written([*orders])
    assert json.loads(text) == [records_json.of_order(order) for order in orders]
    lines = io.StringIO()
    jsonl.write(orders, lines)
    assert text.replace("[\n", "", 1).replace("\n]\n", "\n").replace("},\n{", "}\n{") == (lines.getvalue() or "[]\n")


def test_without_records_there_is_an_empty_array() -> None:
    assert json.loads(written([])) == []


def test_mails_and_orders_stand_one_a_line() -> None:
    text = written([Reading(source="a.eml"), Order(order_number=None, confidence=0.5)])
    assert text.count("\n") == 4
    assert [record.get("source") for record in json.loads(text)] == ["a.eml", None]


def test_records_are_written_one_by_one() -> None:
    file = io.StringIO()
    seen: list[int] = []

    def readings() -> Iterator[Reading]:
        for number in range(3):
            seen.append(file.getvalue().count("source"))
            yield Reading(source=str(number))

    json_array.write(readings(), file)
    assert seen == [0, 1, 2]
