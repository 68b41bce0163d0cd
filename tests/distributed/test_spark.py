"""A real Spark on this machine reads what one machine reads, and makes the same orders of it."""

from __future__ import annotations

import json
import os
import re
import runpy
import shutil
import sys
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from pyarrow import parquet as pq

import orderparse
from orderparse.distributed import arrow, spark
from orderparse.errors import ColumnError, MissingExtraError
from orderparse.mail.mbox import RawMail
from orderparse.outputs import records_json, typed_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).parents[2]
OWNERS, MAILS = 200, 20_000
LACKS = (
    "Spark needs Java: apt-get install openjdk-17-jre-headless"
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ
    else "Spark is not installed: pip install '.[spark]'"
    if find_spec("pyspark") is None or find_spec("pandas") is None
    else ""
)


def needs_spark(test: Any) -> Any:
    marks = (pytest.mark.spark, pytest.mark.skipif(bool(LACKS), reason=LACKS), pytest.mark.filterwarnings("ignore"))
    for mark in marks:
        test = mark(test)
    return test


@pytest.fixture(scope="module")
def benchmark() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "tests" / "benchmarks" / "spark.py"))


@pytest.fixture(scope="module")
def session(benchmark: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    begun = benchmark["session"](tmp_path_factory.mktemp("spark"))
    yield begun
    begun.stop()


@pytest.fixture(scope="module")
def folder(benchmark: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A mailbox file of each owner."""
    place = tmp_path_factory.mktemp("mail")
    assert benchmark["build"](place, OWNERS) >= MAILS
    return place


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(MissingExtraError, match=r"orderparse\[spark\]"):
        spark.read_mails(None, "in.mbox")  # type: ignore[arg-type]
    with pytest.raises(MissingExtraError, match=r"orderparse\[spark\]"):
        spark.parse_mails(None, "in.mbox")  # type: ignore[arg-type]


def alone(folder: Path) -> tuple[int, dict[str, list[str]]]:
    """How many mails one machine reads, and the orders of each owner, in JSON: columns and record."""
    readings = defaultdict(list)
    for reading in orderparse.parse_mailbox(folder, jobs=2, authserv_id=""):  # a table has no mailbox to tell a server from
        readings[re.search(r"owner-\d+", reading.source)[0]].append(reading)
    found = {}
    for owner, own in readings.items():
        orders = orderparse.consolidate(own)
        table = pa.Table.from_pylist([typed_rows.of_order(order) for order in orders], typed_rows.order_schema(pa))
        found[owner] = [
            told({**row, "record": json.dumps(records_json.of_order(order))}) for row, order in zip(table.to_pylist(), orders, strict=True)
        ]
    return sum(map(len, readings.values())), found


def told(row: dict[str, Any]) -> str:
    return json.dumps(row, default=str)


@needs_spark
def test_orders_of_many_owners_are_those_of_one_machine(session: Any, folder: Path, tmp_path: Path) -> None:
    from pyspark.sql import functions

    mails = spark.read_mails(session, folder, part_bytes=1 << 20)
    read = spark.parse(mails).withColumn("owner", functions.regexp_extract("source", r"owner-\d+", 0))
    read.write.parquet(str(tmp_path / "read"))
    again = session.read.parquet(str(tmp_path / "read"))
    spark.orders(again).write.parquet(str(tmp_path / "orders"))

    count, orders = alone(folder)
    assert count >= MAILS
    assert again.count() == count
    assert again.where("status = 'ok' and problem is null").count() == count
    found = defaultdict(list)
    for row in pq.read_table(tmp_path / "orders").to_pylist():
        found[row.pop("owner")].append(told(row))
    assert len(found) == OWNERS
    assert sum(map(len, found.values())) > 20 * OWNERS
    assert found == orders


@needs_spark
def test_rows_come_in_the_order_of_the_mailbox_and_hold_what_the_library_says(session: Any) -> None:
    box = ROOT / "fixtures" / "mailbox"
    rows = spark.parse(spark.read_mails(session, box, part_bytes=10_000)).drop("problem").collect()  # the mbox is cut
    readings = list(orderparse.parse_mailbox(box))
    assert [row["source"] for row in rows] == [reading.source for reading in readings]
    for row, reading in zip(rows, readings, strict=True):
        assert json.loads(row["record"]) == json.loads(json.dumps(records_json.of_reading(reading, exact=True)))
        assert [date["value"] for date in row["dates"]] == [found.value for found in reading.dates]
        assert [number["confidence"] for number in row["order_numbers"]] == [found.confidence for found in reading.order_numbers]


def test_tasks_of_one_worker_share_the_process_that_reads() -> None:
    how = spark._How(None, None, None, seconds=28.0)
    mails = [RawMail("a", b"Subject: x\n\nOrder number: 48211\n")]
    for _ in range(2):
        (line,) = spark._lines(how, mails)
        assert json.loads(line)["order_numbers"][0]["value"] == "48211"
    assert len(spark._IDLE[os.getpid(), how]) == 1
    left = spark._lines(how, mails * 1000)
    next(left)
    left.close()
    assert not spark._IDLE[os.getpid(), how]  # its workers were at what nobody asks for any more
    list(spark._lines(how, mails))
    list(spark._lines(how._replace(seconds=27.0), mails))
    assert (os.getpid(), how) not in spark._IDLE  # another job's workers have ended


@needs_spark
def test_mails_parsed_where_they_are_read_are_those_of_two_steps(session: Any, folder: Path) -> None:
    box = min(folder.glob("*.mbox"))
    once = spark.parse_mails(session, box, part_bytes=20_000)
    twice = spark.parse(spark.read_mails(session, box, part_bytes=20_000))
    assert once.schema == twice.schema
    assert once.collect() == twice.collect()


@needs_spark
def test_a_mail_that_ends_its_process_costs_its_own_row(session: Any) -> None:
    mails = [(number, b"Subject: poison\n\n" if number % 20 == 7 else b"Subject: x\n\nOrder number: 48211\n") for number in range(100)]

    def poisonous(batches: Iterable[Any]) -> Iterator[Any]:
        import ctypes

        from orderparse import assemble

        read = assemble.read

        def or_die(document: Any, *args: Any, **options: Any) -> Any:
            if "poison" in document.text:
                ctypes.string_at(0)  # a segmentation fault
            return read(document, *args, **options)

        assemble.read = or_die
        try:
            own = spark._How(None, None, None, seconds=29.0)  # no workers that were begun for another test
            yield from spark._parse(own, batches, keep=["id"])
        finally:
            assemble.read = read

    frame = session.createDataFrame(mails, "id int, mail binary").repartition(4)
    rows = frame.mapInArrow(poisonous, spark.parse(frame, keep=["id"]).schema).collect()
    assert {row["id"]: row["reason"] for row in rows} == {number: "crash" if number % 20 == 7 else None for number, _ in mails}
    (detail,) = {row["defects"][0]["detail"] for row in rows if row["reason"]}
    assert detail == "ended by SIGSEGV"


@needs_spark
def test_a_null_and_a_file_that_cannot_be_read_are_rows(session: Any, tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(b"Subject: x\n\nOrder number: 48211\n")
    (tmp_path / "b.zip").write_bytes(b"PK\x03\x04" + b"\0" * 100)
    rows = spark.parse(spark.read_mails(session, tmp_path)).collect()
    assert [(Path(row["source"]).name, row["status"], row["problem"] is None) for row in rows] == [
        ("a.eml", "ok", True),
        ("b.zip", "failed", False),
    ]


@needs_spark
def test_what_is_wrong_with_the_columns_is_said_before_anything_runs(session: Any) -> None:
    with pytest.raises(ColumnError, match="are binary, not string"):
        spark.parse(session.createDataFrame([("x",)], "mail string"))
    with pytest.raises(ColumnError, match="no column 'mail'"):
        spark.parse(session.createDataFrame([("x",)], "body string"))
    with pytest.raises(ColumnError, match="called as some that come out"):
        spark.parse(session.createDataFrame([(b"x", "y")], "mail binary, Kind string"))
    with pytest.raises(ColumnError, match="no column 'owner'"):
        spark.orders(session.createDataFrame([("x",)], "record string"))


@needs_spark
def test_a_folder_of_ones_own_is_read_on_the_workers(session: Any, tmp_path: Path) -> None:
    (tmp_path / "carriers").mkdir()
    (tmp_path / "carriers" / "xpost.toml").write_text(
        "name = 'Xpost'\nhome = 'https://x.example/'\n[[formats]]\npattern = 'XP[0-9]{5}'\nlengths = [7, 7]\n"
        "tier = 'distinctive'\nvalid = ['XP12345']\n"
    )
    frame = session.createDataFrame([(b"Subject: Your parcel\n\nTracking number: XP48213\n",)], "mail binary")
    for folder, carrier in ((tmp_path, "Xpost"), (None, None)):
        (row,) = spark.parse(frame, knowledge=folder).collect()
        assert [found["carrier"] for found in row["tracking_numbers"]] == [carrier]


@needs_spark
def test_the_lines_of_the_readme_run(session: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pyspark.sql import SparkSession

    (code,) = re.findall(r"<!-- spark -->\n```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    for owner in ("anna", "bo"):
        shutil.copytree(ROOT / "fixtures" / "mailbox", tmp_path / "mail" / owner)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(SparkSession.Builder, "getOrCreate", lambda _: session)
    exec(compile(code.replace('"/data/', f'"{tmp_path}/'), "README.md", "exec"), {})
    orders = pq.read_table(tmp_path / "orders")
    assert sorted(set(orders.column("owner").to_pylist())) == ["anna", "bo"]
    assert orders.num_rows == 12
    assert arrow.ORDER_SCHEMA.names == [name for name in orders.schema.names if name != "owner"]
