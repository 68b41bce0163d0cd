"""Scams never become orders or parcels, and no genuine mail of the fixtures is taken for one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from orderparse import cli, consolidate, parse
from orderparse.mail import mailboxes
from tests.hostile_deceit.scams import LABELLED, scams

FIXTURES = Path(__file__).parents[2] / "fixtures"
COUNT = 160  # of each half: all brands, six times


@pytest.mark.parametrize("half", [0, 1])
def test_no_scam_gets_through_to_orders_and_parcels(half: int) -> None:
    made = list(scams(half, COUNT))
    assert len({scam.brand for scam in made}) >= 15
    assert len({scam.language for scam in made}) >= 6
    readings = [parse(scam.data, authserv_id="") for scam in made]
    assert [scam.name for scam, reading in zip(made, readings, strict=True) if not reading.suspicious] == []
    assert consolidate(readings) == []


@pytest.mark.slow
@pytest.mark.parametrize("half", [0, 1])
def test_of_many_scams_next_to_none_gets_through(half: int) -> None:
    through = [scam.name for scam in scams(half, 1200) if not parse(scam.data).suspicious]
    assert len(through) <= 6  # a stranger's server, a neutral name, a short text


def test_no_genuine_mail_is_taken_for_a_scam_and_each_is_likelier_than_any_scam() -> None:
    mails = (path for path in sorted((FIXTURES / "mails").rglob("*.eml")) if path.relative_to(FIXTURES).as_posix() not in LABELLED)
    sure = {path.name: parse(path).genuine for path in mails}  # tests/test_blind.py asks the same of the others
    doubted = {name: found for name, found in sure.items() if found is None or found.confidence < 0.7}
    assert not doubted
    scam = [parse(FIXTURES / name).genuine for name in sorted(LABELLED)]
    assert max(found.confidence for found in scam if found is not None) < 0.6


def box(tmp_path: Path, dmarc: str, count: int = 12, server: str = "mx.home.example") -> Path:
    """A mailbox whose server writes its verdict on top of each mail, and a mail of somebody who forges it."""
    lines = []
    for number in range(count):
        verdict = dmarc if number % 4 == 0 else "pass"
        lines.append(
            f"From x@y Mon Nov  2 10:00:{number:02} 2026\nAuthentication-Results: {server}; dmarc={verdict} header.from=aliexpress.com\n"
            f"Authentication-Results: mx.evil.test; dmarc=pass header.from=aliexpress.com\nFrom: AliExpress <transaction@notice.aliexpress.com>\n"
            f"Subject: Order 80123456789012{number:02}: confirmed\nMessage-ID: <{number}@notice.aliexpress.com>\n"
            f"Date: Mon, 2 Nov 2026 10:00:00 +0000\n\nOrder number: 80123456789012{number:02}\n\n"
        )
    path = tmp_path / "in.mbox"
    path.write_text("".join(lines))
    return path


def told(path: Path, capsys: pytest.CaptureFixture[str], *args: str) -> str:
    assert cli.main(["--quiet", "--by", "mail", "--format", "jsonl", *args, str(path)]) == 0
    return capsys.readouterr().out


def test_the_server_on_top_of_most_mails_is_believed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = box(tmp_path, "fail")
    assert mailboxes.own_server(path) == "mx.home.example"
    one = told(path, capsys, "--jobs", "1")
    assert told(path, capsys, "--jobs", "4") == one
    assert told(path, capsys, "--jobs", "0") == one
    verdicts = [(mail["merchant"]["verified"], mail["authentication"]["dmarc"]) for mail in map(json.loads, one.splitlines())]
    assert verdicts == [(False, "fail") if number % 4 == 0 else (True, "pass") for number in range(12)]
    assert {
        mail["merchant"]["confidence"] <= 0.3 for mail in map(json.loads, one.splitlines()) if mail["merchant"]["verified"] is False
    } == {True}


def test_who_is_asked_for_is_believed_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = box(tmp_path, "fail")
    for asked in ("", "mx.other.example"):
        mails = [json.loads(line) for line in told(path, capsys, "--authserv-id", asked).splitlines()]
        assert {(mail["merchant"]["verified"], mail["authentication"]["dmarc"]) for mail in mails} == {(None, "unknown")}


def test_a_server_on_top_of_few_mails_is_not_believed(tmp_path: Path) -> None:
    path = box(tmp_path, "pass")
    plain = "".join(f"From x@y Mon Nov  2 11:00:{number:02} 2026\nFrom: a@b.example\nSubject: hi {number}\n\nx\n\n" for number in range(12))
    path.write_text(path.read_text() + plain)
    assert mailboxes.own_server(path) is None
    few = tmp_path / "few.mbox"
    few.write_text(box(tmp_path, "pass", 4).read_text())
    assert mailboxes.own_server(few) is None


def test_a_resumed_run_believes_the_same_server(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, target = box(tmp_path, "fail"), tmp_path / "out.jsonl"
    whole = told(path, capsys)
    assert cli.main(["--quiet", "--by", "mail", "--resume", "--output", str(target), str(path)]) == 0
    assert target.read_text() == whole


def test_scams_are_listed_under_suspicious_and_make_no_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number, scam in enumerate(scams(1, 20)):
        (tmp_path / f"{number:02}.eml").write_bytes(scam.data)
    for by in ("order", "parcel"):
        assert cli.main(["--quiet", "--by", by, "--format", "jsonl", str(tmp_path)]) == 0
        assert capsys.readouterr().out == ""
    assert cli.main(["--quiet", "--suspicious", "--format", "jsonl", str(tmp_path)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 20
