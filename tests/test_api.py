from __future__ import annotations

import dataclasses
import email
import os
import pickle
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import orderparse
from orderparse import api, assemble, workers
from orderparse.document.build import build
from orderparse.errors import MailboxError
from orderparse.mail import mailboxes
from orderparse.mail.mailboxes import RawMail

if TYPE_CHECKING:
    from orderparse.document.model import Document
    from orderparse.document.quoted import Marks
    from orderparse.mail.model import Message

MAIL = """\
From: Kajutan <order@kajutan.example>
Subject: Your order is confirmed
Message-ID: <{ident}@kajutan.example>
Date: Sun, 1 Mar 2026 12:00:00 +0100
Content-Type: text/plain; charset=utf-8

Thank you for your order!
Order number: {number}
Total: 129.00 EUR
"""
TEXT = MAIL.format(ident="a1", number="80123456")


def mbox(*numbers: str) -> str:
    return "\n".join(f"From - Sun Mar  1 12:00:00 2026\n{MAIL.format(ident=number, number=number)}" for number in numbers)


def order_numbers(reading: orderparse.Reading) -> list[str]:
    return [number.value for number in reading.order_numbers if number.confidence >= 0.5]


def test_a_mail_is_read_from_bytes_text_path_and_message(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_text(TEXT, encoding="utf-8")
    for source in (TEXT.encode(), TEXT, path, str(path), email.message_from_string(TEXT)):
        reading = orderparse.parse(source)
        assert (reading.status, order_numbers(reading), reading.message_id) == ("ok", ["80123456"], "<a1@kajutan.example>")


def test_the_source_is_the_path_as_given(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_text(TEXT, encoding="utf-8")
    assert orderparse.parse(path).source == str(path)
    assert orderparse.parse(TEXT).source == ""


@pytest.mark.parametrize("text", ["<html><body>Order number: 80123456</body></html>", "Subject: Order number 80123456"])
def test_a_string_that_begins_as_a_mail_or_html_is_the_text(text: str) -> None:
    assert order_numbers(orderparse.parse(text)) == ["80123456"]


@pytest.mark.parametrize("name", ["no-such-file.eml", "", "x" * 5000, "nul\x00.eml", "C:\\mails\\a.eml"])
def test_a_string_that_is_neither_file_nor_mail_is_an_error(name: str) -> None:
    with pytest.raises(MailboxError, match="is no file, and does not begin as a mail does"):
        orderparse.parse(name)


def test_a_path_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(MailboxError):
        orderparse.parse(tmp_path / "none.eml")


def test_a_folder_or_a_file_of_several_mails_is_for_parse_mailbox(tmp_path: Path) -> None:
    path = tmp_path / "in.mbox"
    path.write_text(mbox("80123456", "80123457"), encoding="utf-8")
    for source in (path, tmp_path):
        with pytest.raises(MailboxError, match="parse_mailbox"):
            orderparse.parse(source)


def test_a_mailbox_file_with_one_mail_is_a_mail(tmp_path: Path) -> None:
    path = tmp_path / "in.mbox"
    path.write_text(mbox("80123456"), encoding="utf-8")
    assert order_numbers(orderparse.parse(path)) == ["80123456"]


@pytest.mark.parametrize("data", [b"", b"\x00\xff\xfe", b"\n\n", b"From: ", bytes(range(256)) * 10])
def test_any_bytes_give_a_reading(data: bytes) -> None:
    reading = orderparse.parse(data)
    assert (reading.status, order_numbers(reading)) == ("ok", [])


def test_a_text_is_encoded_as_its_header_declares() -> None:
    text = "Subject: x\nContent-Type: text/plain; charset=iso-8859-1\n\nBeställningsnummer: 80123456\n"
    assert order_numbers(orderparse.parse(text)) == ["80123456"]
    assert "ä" in orderparse.parse(text).text
    assert "ä" in orderparse.parse(text.replace("iso-8859-1", "undefined")).text
    assert orderparse.parse(text.replace("ä", "\ud800")).status == "ok"


def test_the_mails_of_a_mailbox_come_in_its_order(tmp_path: Path) -> None:
    path = tmp_path / "in.mbox"
    numbers = ["80123458", "80123456", "80123457"]
    path.write_text(mbox(*numbers), encoding="utf-8")
    readings = list(orderparse.parse_mailbox(path))
    assert [order_numbers(reading) for reading in readings] == [[number] for number in numbers]
    assert len({reading.source for reading in readings}) == 3


def test_a_mailbox_is_read_as_it_is_asked_for(tmp_path: Path) -> None:
    readings = orderparse.parse_mailbox(tmp_path / "none.mbox")
    with pytest.raises(MailboxError):
        next(readings)


def test_a_mail_that_meets_a_bug_costs_one_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    def build_or_fail(message: Message, marks: Marks) -> Document:
        if message.message_id == "<80123457@kajutan.example>":
            msg = "secret text of the mail"
            raise ZeroDivisionError(msg)
        return build(message, marks)

    monkeypatch.setattr("orderparse.api.build", build_or_fail)
    mails = [RawMail(number, MAIL.format(ident=number, number=number).encode()) for number in ("80123456", "80123457", "80123458")]
    first, failed, last = api.readings(mails)
    assert (first.status, last.status) == ("ok", "ok")
    assert (failed.status, failed.reason, failed.source) == ("failed", "crash", "80123457")
    assert failed.message_id == "<80123457@kajutan.example>"
    assert "ZeroDivisionError at test_api.py" in failed.defects[-1].detail
    assert "secret" not in repr(failed)


def test_orders_are_joined_across_the_mails_of_a_mailbox(tmp_path: Path) -> None:
    path = tmp_path / "in.mbox"
    path.write_text(mbox("80123456", "80123457", "80123456"), encoding="utf-8")
    orders = orderparse.consolidate(orderparse.parse_mailbox(path))
    assert [order.order_number.value for order in orders if order.order_number is not None] == ["80123456", "80123457"]


def test_the_buyers_digits_are_known_from_the_merchants_file() -> None:
    reading = orderparse.Reading(
        source="a",
        sent=None,
        merchant=orderparse.Merchant(value="AliExpress", confidence=0.9),
        order_numbers=(orderparse.Finding(value="8012345678901234", confidence=0.5),),
    )
    other = orderparse.Reading(
        source="b",
        merchant=orderparse.Merchant(value="AliExpress", confidence=0.9),
        order_numbers=(orderparse.Finding(value="8012345678911234", confidence=0.5),),
    )
    assert [order.confidence > 0.9 for order in orderparse.consolidate([reading, other])] == [True, True]


def test_every_public_name_is_there() -> None:
    for name in orderparse.__all__:
        assert getattr(orderparse, name) is not None
    assert set(orderparse.__all__) <= set(dir(orderparse))
    with pytest.raises(AttributeError):
        orderparse.nothing  # noqa: B018


def test_a_public_function_stays_a_function_whatever_was_imported_before() -> None:
    code = "import orderparse.cli, orderparse.api, orderparse.consolidation; from orderparse import consolidate, parse; consolidate([])"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_version_is_that_of_the_project_file() -> None:
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
    assert orderparse.__version__ == project["project"]["version"]


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys, orderparse; print(len([name for name in sys.modules if name.startswith('orderparse.')]))"
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout == "0\n"


def poisoned(monkeypatch, tmp_path, count):
    """A mailbox of which every tenth mail breaks whoever reads it, each in another way."""
    box = tmp_path / "in.mbox"
    box.write_text(
        "\n".join(f"From - Sun Mar  1 12:00:00 2026\nSubject: Order {number}\n\nOrder number: 4821{number:04}\n" for number in range(count))
    )
    real = assemble.read

    def read(document, *rest, **more):
        subject = document.message.subject
        if subject.endswith("3"):
            os._exit(9)
        if subject.endswith("5"):
            time.sleep(60)
        if subject.endswith("7"):
            return len(bytearray(8 << 30))
        return real(document, *rest, **more)

    monkeypatch.setattr(assemble, "read", read)
    return box


@pytest.mark.skipif(not workers.available(), reason="this system has no fork")
def test_a_mail_that_breaks_its_reader_costs_itself_alone(monkeypatch, tmp_path):
    box = poisoned(monkeypatch, tmp_path, 20)
    mails = api.readings(mailboxes.find(box), jobs=2, seconds=0.7)
    told = [(reading.subject[-2:].strip(), reading.status, reading.reason, len(reading.order_numbers)) for reading in mails]
    lost = {3: "crash", 5: "timeout", 7: "memory"}
    assert [one[1:] for one in told] == [("failed", lost[n % 10], 0) if n % 10 in lost else ("ok", None, 1) for n in range(20)]


def test_several_processes_read_the_same_in_the_same_order(tmp_path):
    box = Path(__file__).parents[1] / "fixtures" / "mailbox"
    alone = list(orderparse.parse_mailbox(box))
    assert list(orderparse.parse_mailbox(box, jobs=3)) == alone
    assert orderparse.read_orders(box, jobs=2) == orderparse.consolidate(alone)


def test_records_compare_hash_and_pickle():
    reading = orderparse.parse(Path(__file__).parents[1] / "fixtures" / "mails" / "aliexpress_sv_shipped.eml")
    again = pickle.loads(pickle.dumps(reading))
    assert again == reading
    assert hash(again) == hash(reading)
    assert dataclasses.asdict(again)["merchant"]["value"] == "AliExpress"
