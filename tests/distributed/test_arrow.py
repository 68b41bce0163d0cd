"""Record batches: a row a mail, whatever is in it, and the orders of each owner as on one machine."""

from __future__ import annotations

import importlib
import json
import os
import re
import sys
import time
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet as pq

import orderparse
from orderparse import assemble, workers
from orderparse.distributed import arrow, sized
from orderparse.errors import ColumnError, MissingExtraError, RecordError
from orderparse.knowledge import Knowledge
from orderparse.outputs import parquet, records_json, typed_rows
from orderparse.records import Defect, Reading
from orderparse.training.mailbox import mailbox

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).parents[2]
SHIPPED = (
    b"From: Nordljus <order@nordljus.example>\nMessage-ID: <1@nordljus.example>\nDate: Mon, 5 Oct 2026 10:00:00 +0200\n"
    b"Subject: Your order %d has been shipped\n\nOrder number: %d\nTracking number: RB123456785SE\nTotal: 129.00 SEK\n"
)


def shipped(number: int) -> bytes:
    return SHIPPED % (number, number)


def batch(mails: list[bytes | None], **columns: list[Any]) -> pa.RecordBatch:
    return pa.record_batch({**columns, "mail": pa.array(mails, pa.binary())})


def rows(batches: Iterable[pa.RecordBatch]) -> list[dict[str, Any]]:
    return [row for batch in batches for row in batch.to_pylist()]


def test_a_row_comes_out_for_each_that_went_in_with_its_other_columns_in_front() -> None:
    (told,) = arrow.parse_batches([batch([shipped(48211), shipped(48212)], id=[7, 8], owner=["a", None])])
    assert told.schema.names == ["id", "owner", *arrow.SCHEMA.names]
    assert told.column("id").to_pylist() == [7, 8]
    assert told.column("owner").to_pylist() == ["a", None]
    first, second = told.to_pylist()
    assert [number["value"] for row in (first, second) for number in row["order_numbers"]] == ["48211", "48212"]
    number = first["order_numbers"][0]
    assert number["role"] == "order_number"
    assert number["confidence"] > 0.5
    assert (number["text"], number["hidden"], number["end"] - number["start"]) == ("48211", False, 5)
    assert {"name", "weight"} == number["reasons"][0].keys()
    assert first["kind"] == "shipping"


def test_a_row_says_what_the_library_says() -> None:
    told = rows(arrow.parse_batches([batch([shipped(48211)], source=["in.mbox#0"])]))[0]
    reading = replace(orderparse.parse(shipped(48211)), source="in.mbox#0", text="")
    assert json.loads(told.pop("record")) == json.loads(json.dumps(records_json.of_reading(reading, exact=True)))
    assert told == pa.RecordBatch.from_pylist([typed_rows.of_mail(reading)], typed_rows.mail_schema(pa)).to_pylist()[0]


MAILS = st.lists(st.none() | st.binary(max_size=200) | st.integers(0, 99).map(shipped), max_size=6)


@settings(max_examples=25)
@given(st.lists(MAILS, max_size=4))
def test_how_mails_are_cut_into_batches_changes_no_row(cut: list[list[bytes | None]]) -> None:
    mails = [mail for one in cut for mail in one]
    whole = rows(arrow.parse_batches([batch(mails, id=list(range(len(mails))))]))
    assert [row["id"] for row in whole] == list(range(len(mails)))
    assert [row["status"] for row in whole] == ["failed" if mail is None else "ok" for mail in mails]
    ids = iter(range(len(mails)))
    assert rows(arrow.parse_batches(batch(one, id=[next(ids) for _ in one]) for one in cut)) == whole


def test_a_null_is_a_row_that_could_not_be_read() -> None:
    empty, told = rows(arrow.parse_batches([batch([None, shipped(48211)], source=["a", "b"])]))
    assert (empty["source"], empty["status"], empty["reason"]) == ("a", "failed", "unreadable")
    assert empty["defects"] == [{"code": "no_mail", "detail": "the row has no mail"}]
    assert (told["source"], told["status"]) == ("b", "ok")


@pytest.fixture
def poisoned(monkeypatch: pytest.MonkeyPatch) -> None:
    read = assemble.read

    def poisonous(document: Any, *args: Any, **options: Any) -> Reading:
        if "poison exit" in document.text:
            os._exit(3)
        if "poison hang" in document.text:
            time.sleep(60)
        if "poison raise" in document.text:
            raise KeyError
        return read(document, *args, **options)

    monkeypatch.setattr(assemble, "read", poisonous)


@pytest.mark.usefixtures("poisoned")
@pytest.mark.skipif(not workers.available(), reason="this system has no fork")
def test_a_poisoned_mail_costs_its_own_row() -> None:
    mails = [shipped(48211), b"Subject: poison exit\n\n", b"Subject: poison hang\n\n", None, b"Subject: poison raise\n\n", shipped(48212)]
    told = rows(arrow.parse_batches([batch(mails, id=list(range(6)))], jobs=1, seconds=0.5))
    assert [(row["id"], row["reason"]) for row in told] == [
        (0, None),
        (1, "crash"),
        (2, "timeout"),
        (3, "unreadable"),
        (4, "crash"),
        (5, None),
    ]
    assert told[5]["order_numbers"][0]["value"] == "48212"
    assert told[1]["defects"] == [{"code": "crash", "detail": "ended with status 3"}]


@pytest.mark.skipif(not workers.available(), reason="this system has no fork")
def test_other_processes_say_the_same() -> None:
    batches = [batch([shipped(number) for number in range(48200, 48240)]), batch([]), batch([None, shipped(1)])]
    assert rows(arrow.parse_batches(batches, jobs=2)) == rows(arrow.parse_batches(batches))


def test_batches_that_come_out_are_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sized, "ROWS", 3)
    many = batch([shipped(number) for number in range(8)], id=list(range(8)))
    assert [told.num_rows for told in arrow.parse_batches([many])] == [3, 3, 2]
    monkeypatch.setattr(sized, "BYTES", 1)
    told = list(arrow.parse_batches([many]))
    assert [one.num_rows for one in told] == [1] * 8
    assert [row["id"] for row in rows(told)] == list(range(8))


def test_no_batch_is_taken_before_its_rows_are_asked_for() -> None:
    taken = []

    def batches() -> Iterator[pa.RecordBatch]:
        for number in range(100):
            taken.append(number)
            yield batch([shipped(number)] * 2)

    told = arrow.parse_batches(batches())
    next(told)
    next(told)
    assert taken == [0, 1]


def test_columns_that_are_handed_through_can_be_named() -> None:
    given = batch([shipped(1)], id=[1], subject=["mine"], name=["a.eml"])
    (told,) = arrow.parse_batches([given], keep=["id"], source="name")
    assert told.schema.names == ["id", *arrow.SCHEMA.names]
    assert told.column("source").to_pylist() == ["a.eml"]


@pytest.mark.parametrize("kind", [pa.binary(), pa.large_binary(), pa.binary(len(shipped(10)))])
def test_bytes_of_any_kind_are_mails(kind: pa.DataType) -> None:
    given = pa.record_batch({"body": pa.array([shipped(10)], kind)})
    assert rows(arrow.parse_batches([given], mail="body"))[0]["status"] == "ok"


@pytest.mark.parametrize(
    ("columns", "options", "said"),
    [
        ({"mail": ["text"]}, {}, "are bytes .* not string"),
        ({"body": [b""]}, {}, "no column 'mail' among body"),
        ({"mail": [b""], "Subject": [""]}, {}, "columns Subject are called as some that come out"),
        ({"mail": [b""], "id": [1]}, {"keep": ["owner"]}, "no column 'owner' among mail, id"),
    ],
)
def test_what_is_wrong_with_the_columns_is_said(columns: dict[str, list[Any]], options: dict[str, Any], said: str) -> None:
    with pytest.raises(ColumnError, match=said):
        list(arrow.parse_batches([pa.record_batch(columns)], **options))


def test_half_characters_are_no_obstacle() -> None:
    reading = Reading(source="\udce4.eml", subject="\ud83d", message_id="<\udfff>", defects=(Defect(code="x", detail="\ud83d"),))
    record = json.dumps(records_json.of_reading(reading, exact=True))
    told = pa.RecordBatch.from_pylist([{**typed_rows.of_mail(reading), "record": record}], arrow.SCHEMA)
    told.validate(full=True)
    assert told.column("source").to_pylist() == ["\\xe4.eml"]
    assert arrow._reading(told.column("record")[0].as_py()) == reading


def test_parquet_files_have_the_same_columns(tmp_path: Path) -> None:
    parquet.write_readings([], tmp_path / "mails.parquet")
    parquet.write_orders([], tmp_path / "orders.parquet")
    assert pq.read_schema(tmp_path / "mails.parquet") == arrow.SCHEMA.remove(arrow.SCHEMA.get_field_index("record"))
    assert pq.read_schema(tmp_path / "orders.parquet") == arrow.ORDER_SCHEMA.remove(arrow.ORDER_SCHEMA.get_field_index("record"))


def test_a_stream_of_any_library_is_read() -> None:
    table = pa.Table.from_batches([batch([shipped(1), None], id=[1, 2])])
    told = arrow.parse_stream(table, keep=["id"])
    assert told.schema.names == ["id", *arrow.SCHEMA.names]
    assert told.read_all().to_pylist() == rows(arrow.parse_batches(table.to_batches()))
    with pytest.raises(ColumnError):
        arrow.parse_stream(table, mail="id")


def test_the_lines_of_the_readme_run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    (code,) = re.findall(r"<!-- duckdb -->\n```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    exec(compile(code, "README.md", "exec"), {})
    assert re.search(r"│ AliExpress .*│ \w+", capsys.readouterr().out)


# Orders.


@cache
def boxes() -> dict[int, list[Reading]]:
    """The mails of some owners, read."""
    made = {owner: mailbox(Knowledge.builtin(), f"arrow/{owner}", orders=6).mails for owner in (3, 1, 2)}
    return {owner: [replace(orderparse.parse(mail.data), source=mail.name) for mail in mails] for owner, mails in made.items()}


def records(owner: int | None, readings: list[Reading]) -> pa.RecordBatch:
    told = [json.dumps(records_json.of_reading(reading, exact=True)) for reading in readings]
    return pa.record_batch({"owner": pa.array([owner] * len(told), pa.int64()), "record": pa.array(told, pa.string())})


def expected(owner: int | None, readings: list[Reading]) -> list[dict[str, Any]]:
    found = orderparse.consolidate(readings)
    told = pa.RecordBatch.from_pylist([typed_rows.of_order(order) for order in found], typed_rows.order_schema(pa)).to_pylist()
    return [{"owner": owner, **row, "record": json.dumps(records_json.of_order(order))} for row, order in zip(told, found, strict=True)]


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_orders_of_each_owner_are_those_of_one_machine(size: int) -> None:
    table = pa.Table.from_batches([records(owner, readings) for owner, readings in boxes().items()]).combine_chunks()
    told = rows(arrow.join_orders(table.to_batches(max_chunksize=size)))
    assert told == [row for owner, readings in boxes().items() for row in expected(owner, readings)]
    assert len({row["owner"] for row in told}) == 3


def test_rows_without_an_owner_are_one_owners() -> None:
    assert rows(arrow.join_orders([records(None, boxes()[1])])) == expected(None, boxes()[1])


def test_without_a_column_of_owners_all_is_one_mailbox() -> None:
    (told,) = arrow.join_orders([records(1, boxes()[1])], owner=None)
    assert told.schema == arrow.ORDER_SCHEMA
    assert [{"owner": 1, **row} for row in told.to_pylist()] == expected(1, boxes()[1])


def test_orders_come_in_small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sized, "ROWS", 2)
    told = list(arrow.join_orders([records(1, boxes()[1])]))
    assert max(one.num_rows for one in told) == 2
    assert rows(told) == expected(1, boxes()[1])


def test_without_mails_there_are_no_orders() -> None:
    assert list(arrow.join_orders([])) == []
    assert list(arrow.join_orders([records(1, [])])) == []


def test_what_is_no_record_is_an_error() -> None:
    for record in ("{", "{}", "[]"):
        with pytest.raises(RecordError):
            list(arrow.join_orders([pa.record_batch({"owner": [1], "record": [record]})]))
    with pytest.raises(ColumnError, match="holds what parse_batches gives"):
        list(arrow.join_orders([pa.record_batch({"owner": [1], "record": [1]})]))
    with pytest.raises(ColumnError, match="called as some that come out"):
        list(arrow.join_orders([pa.record_batch({"status": ["a"], "record": ["{}"]})], owner="status"))


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.delitem(sys.modules, "orderparse.distributed.arrow")
    with pytest.raises(MissingExtraError, match=r"orderparse\[arrow\]"):
        importlib.import_module("orderparse.distributed.arrow")
