"""A mail that a mailbox holds twice: a record for each file, one order of both, and nothing is read twice for orders."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from orderparse import cli, consolidate, parse_mailbox, read_orders
from orderparse.slotted import replace

if TYPE_CHECKING:
    from pathlib import Path

MAIL = "From: Kajutan <order@kajutan.example>\nDate: Sun, 1 Mar 2026 12:00:00 +0100\nSubject: Your order is confirmed\nMessage-ID: <{ident}>\n\nOrder number: {number}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "mail"
    for name, ident, number in (("a", "1@x", 80123456), ("b", "1@x", 80123456), ("c", "1@x", 80123457), ("d/e", "1@x", 80123456)):
        path = root / f"{name}.eml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(MAIL.format(ident=ident, number=number))
    return root


def copies(records: list[dict[str, object]], folder: Path) -> list[str]:
    """Names of the mails that are copies of a.eml."""
    detail = f"the same bytes as {folder}/a.eml"
    return [str(record["source"])[len(str(folder)) + 1 :] for record in records if {"code": "copy", "detail": detail} in record["defects"]]


@pytest.mark.parametrize("how", [["-j0"], ["-j2"], ["--resume"]], ids=" ".join)
def test_each_mail_has_a_record_and_a_copy_names_the_first(how: list[str], folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    assert cli.main([str(folder), "--by", "mail", "-o", str(output), *how]) == 0
    records = [json.loads(line) for line in output.read_text().splitlines()]
    assert [record["order_numbers"][0]["value"] for record in records] == ["80123456", "80123456", "80123457", "80123456"]
    assert copies(records, folder) == ["b.eml", "d/e.eml"]


@pytest.mark.parametrize("how", [["-j0"], ["-j2"], ["--resume"]], ids=" ".join)
def test_orders_are_read_of_one_mail_alone(how: list[str], folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "out.jsonl"
    assert cli.main([str(folder), "-o", str(output), *how]) == 0
    assert [json.loads(line)["order_number"]["value"] for line in output.read_text().splitlines()] == ["80123456", "80123457"]
    assert "2 copies passed over" in capsys.readouterr().err


def test_a_store_has_one_row_of_a_mail_and_its_copies(folder: Path, tmp_path: Path) -> None:
    import sqlite3

    assert cli.main([str(folder), "-o", str(tmp_path / "out.db"), "--format", "sqlite"]) == 0
    with sqlite3.connect(tmp_path / "out.db") as store:
        assert store.execute("SELECT count(*) FROM mails").fetchone() == (2,)


def test_the_library_tells_of_copies_too(folder: Path) -> None:
    readings = list(parse_mailbox(folder))
    assert [[defect.code for defect in reading.defects] for reading in readings] == [[], ["copy"], [], ["copy"]]
    assert [order.order_number.value for order in read_orders(folder) if order.order_number] == ["80123456", "80123457"]


def test_a_copy_tells_of_no_event_of_its_own(folder: Path) -> None:
    by_number = {order.order_number.value: order for order in read_orders(folder) if order.order_number is not None}
    assert [event.source for event in by_number["80123456"].events] == [f"{folder}/a.eml"]
    marked = consolidate(parse_mailbox(folder))
    unmarked = consolidate(replace(reading, defects=()) for reading in parse_mailbox(folder))
    assert marked == unmarked
