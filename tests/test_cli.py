from __future__ import annotations

import csv
import errno
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from orderparse import cli
from orderparse.document.build import build

if TYPE_CHECKING:
    from orderparse.document.model import Document
    from orderparse.document.quoted import Marks
    from orderparse.mail.model import Message

PACKAGE = Path(cli.__file__).parents[1]
MAIL = """\
From: Kajutan <order@kajutan.example>
Subject: {subject}
Message-ID: <{ident}@kajutan.example>
Date: Sun, {day} Mar 2026 12:00:00 +0100
Content-Type: text/plain; charset=utf-8

{text}
Order number: {number}
"""


def mail(number: str, day: int = 1, subject: str = "Your order is confirmed", text: str = "Thank you for your order!") -> str:
    return MAIL.format(ident=f"{number}.{day}", number=number, day=day, subject=subject, text=text)


@pytest.fixture
def box(tmp_path: Path) -> Path:
    path = tmp_path / "in.mbox"
    mails = [mail("80123456"), mail("80123457", 2), mail("80123456", 3, "Your order has shipped", "Your order has been shipped.")]
    path.write_text("\n".join(f"From - Sun Mar  1 12:00:00 2026\n{text}" for text in mails), encoding="utf-8")
    return path


@pytest.fixture
def one(tmp_path: Path) -> Path:
    path = tmp_path / "one.eml"
    path.write_text(mail("80123456"), encoding="utf-8")
    return path


def run(*args: str | Path, data: bytes | None = None, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "orderparse", *map(str, args)],
        input=data,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(PACKAGE), **environment},
    )


def called(capsys: pytest.CaptureFixture[str], *args: str | Path) -> tuple[int, str, str]:
    try:
        status = cli.main([str(arg) for arg in args])
    except SystemExit as stop:
        status = int(stop.code or 0)
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_several_mails_give_a_table_of_orders(box: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = called(capsys, box)
    assert (status, err) == (0, "3 mails read, 2 orders\n")
    assert out.count("80123456") == 1
    assert "Ordered" in out


def test_one_mail_alone_is_shown_as_such(one: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = called(capsys, one)
    assert (status, err) == (0, "1 mail read\n")
    assert re.search(r"order number +80123456", out)


def test_records_of_mails_come_in_the_mailboxs_order(box: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = called(capsys, box, "--by", "mail", "--format", "jsonl")
    records = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [record["message_id"].split(".")[0] for record in records] == ["<80123456", "<80123457", "<80123456"]
    assert [record["source"].partition("#")[0] for record in records] == [str(box)] * 3


def test_records_of_orders(box: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = called(capsys, box, "--by", "order", "--format", "jsonl")
    assert [len(json.loads(line)["messages"]) for line in out.splitlines()] == [2, 1]


@pytest.mark.parametrize("by", ["order", "mail"])
def test_a_table_for_spreadsheets(box: Path, capsys: pytest.CaptureFixture[str], by: str) -> None:
    _, out, _ = called(capsys, box, "--by", by, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out, newline="")))
    assert {row["order_number"] for row in rows} == {"80123456", "80123457"}


def test_standard_input_is_a_dash(box: Path) -> None:
    done = run("-", "--by", "mail", "--format", "jsonl", data=box.read_bytes())
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 3
    assert done.stderr == b"3 mails read\n"


def test_quiet_says_nothing(box: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert called(capsys, box, "--quiet")[2] == ""


def test_an_explanation_marks_the_value(one: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = called(capsys, one, "--explain")
    assert status == 0
    assert "^^^^^^^^" in out
    assert "order number" in out


@pytest.mark.parametrize(
    "args",
    [
        [],
        ["--format", "xml", "x"],
        ["--min-confidence", "1.5", "."],
        ["--min-confidence", "nan", "."],
        ["--min-confidence", "high", "."],
        ["--explain", "--by", "order", "."],
        ["--explain", "--format", "csv", "."],
        ["no-such-file.mbox"],
    ],
)
def test_a_wrong_call_has_status_2_and_a_sentence(args: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = called(capsys, *args)
    assert (status, out) == (2, "")
    assert err.splitlines()[-1].startswith("parse-mail: ")


def test_an_empty_folder_or_a_binary_file_alone_is_a_wrong_call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    for path in (tmp_path / "empty", picture):
        status, out, err = called(capsys, path)
        assert (status, out) == (2, "")
        assert str(path) in err
        assert len(err.splitlines()) == 1


def test_a_missing_path_is_told_before_anything_is_read(one: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = called(capsys, one, one.parent / "none.eml")
    assert (status, out) == (2, "")
    assert "none.eml" in err


def test_what_cannot_be_read_beside_mails_is_named_and_has_status_1(one: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = one.parent / "picture.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    status, out, err = called(capsys, one, picture, "--by", "mail", "--format", "jsonl")
    assert status == 1
    assert len(out.splitlines()) == 1
    assert "picture.png" in err.splitlines()[0]
    assert err.splitlines()[-1] == "1 mail read, 1 could not be read"


def test_a_mail_that_meets_a_bug_is_named_and_the_others_are_read(
    box: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def build_or_fail(message: Message, marks: Marks) -> Document:
        if "<80123457." in repr(message):
            raise ZeroDivisionError
        return build(message, marks)

    monkeypatch.setattr("orderparse.api.build", build_or_fail)
    status, out, err = called(capsys, box, "--by", "mail", "--format", "jsonl")
    assert status == 1
    assert [json.loads(line)["status"] for line in out.splitlines()] == ["ok", "failed", "ok"]
    assert err.splitlines()[0].endswith(": crash")
    assert err.splitlines()[-1] == "2 mails read, 1 could not be read"


def test_the_threshold_leaves_out_what_is_less_sure(one: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = called(capsys, one, "--by", "mail", "--format", "jsonl", "--min-confidence", "1")
    assert json.loads(out)["order_numbers"] == []


def test_the_output_file_is_written_whole(box: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = box.parent / "out.jsonl"
    status, out, _ = called(capsys, box, "--by", "mail", "--format", "jsonl", "--output", target)
    assert (status, out) == (0, "")
    assert len(target.read_text(encoding="utf-8").splitlines()) == 3
    assert sorted(path.name for path in box.parent.iterdir()) == ["in.mbox", "out.jsonl"]


def test_the_output_file_is_left_alone_if_there_is_nothing_to_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    target = tmp_path / "out.csv"
    target.write_text("old")
    assert called(capsys, tmp_path / "empty", "--output", target)[0] == 2
    assert target.read_text() == "old"


def test_the_output_must_not_be_the_mailbox(box: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = box.read_bytes()
    assert called(capsys, box, "--output", box)[0] == 2
    assert box.read_bytes() == before


def test_an_output_that_cannot_be_written_has_status_74(one: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = called(capsys, one, "--output", one.parent / "none" / "out.csv")
    assert status == 74
    assert err.startswith("parse-mail: cannot write ")


def test_a_full_disk_has_status_74_and_no_traceback(one: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.StringIO):
        def write(self, _: str) -> int:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(sys, "stdout", Full())
    status, _, err = called(capsys, one)
    assert (status, err) == (74, "parse-mail: cannot write to standard output: No space left on device\n")


def test_a_closed_pipe_ends_silently(box: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "orderparse", str(box), "--by", "mail", "--format", "jsonl", "--quiet"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(PACKAGE)},
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


def test_an_interrupt_has_status_130(one: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr("orderparse.api.build", interrupted)
    target = one.parent / "out.csv"
    target.write_text("old")
    assert called(capsys, one, "--output", target) == (130, "", "parse-mail: stopped\n")
    assert target.read_text() == "old"
    assert sorted(path.name for path in one.parent.iterdir()) == ["one.eml", "out.csv"]


def test_the_output_is_utf8_whatever_the_locale(tmp_path: Path) -> None:
    path = tmp_path / "å.eml"
    path.write_text(mail("80123456", subject="Beställning"), encoding="utf-8")
    runs = [run(path, "--by", "mail", "--format", "jsonl", LC_ALL=locale, PYTHONUTF8="0") for locale in ("C", "C.UTF-8")]
    assert runs[0].stdout == runs[1].stdout
    assert "Beställning" in runs[0].stdout.decode("utf-8")


def test_no_control_character_of_a_file_name_or_a_mail_is_put_out(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31m\n\x9b.eml"
    path.write_text(mail("80123456", subject="=?utf-8?q?=1B]0;title=07_=C2=9B31m?="), encoding="utf-8")
    odd = tmp_path / "b\x1b[31m"
    for args in (
        [path],
        [path, "--by", "mail"],
        [path, "--by", "mail", "--format", "csv"],
        [path, "--explain"],
        [odd],
        ["--x\x1b[31m", path],
    ):
        done = run(*args)
        text = (done.stdout + done.stderr).decode("utf-8").replace("\r\n", "\n")
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)


def test_the_version_starts_as_fast_as_python_itself() -> None:
    def seconds(*args: str) -> float:
        best = 9.0
        for _ in range(5):
            before = os.times()  # the processor's: what else the machine does takes the wall's
            subprocess.run([sys.executable, *args], check=True, capture_output=True, env={**os.environ, "PYTHONPATH": str(PACKAGE)})
            after = os.times()
            best = min(best, after.children_user + after.children_system - before.children_user - before.children_system)
        return best

    assert seconds("-m", "orderparse", "--version") - seconds("-c", "pass") < 0.15


def test_the_version_loads_nothing_heavy() -> None:
    code = "import sys; from orderparse import cli\ntry: cli.main(['--version'])\nexcept SystemExit: pass\nprint(sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    for heavy in ("rich", "selectolax", "lxml", "ahocorasick", "publicsuffixlist", "email", "orderparse.records"):
        assert f"'{heavy}'" not in loaded


def test_a_parcel_is_a_row(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    box = str(PACKAGE / "fixtures" / "mailbox")
    assert cli.main(["--quiet", "--by", "parcel", "--format", "jsonl", box]) == 0
    parcels = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [parcel["tracking_number"]["value"] for parcel in parcels if parcel["order_number"]["value"] == "20417"] == ["CH245965875SE"]
    assert cli.main(["--quiet", "--by", "parcel", "--format", "csv", box]) == 0
    assert len(list(csv.DictReader(io.StringIO(capsys.readouterr().out)))) == len(parcels)
    assert cli.main(["--quiet", "--by", "parcel", box]) == 0
    table = capsys.readouterr().out
    assert all(parcel["tracking_number"]["value"] in table for parcel in parcels)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (["--order", "20417"], ["20417"]),
        (["--merchant", "harrow"], ["HP-10382"]),
        (["--status", "in_transit"], ["000061934"]),
        (["--tracking", "rk 407182357 gb"], ["HP-10382"]),
        (["--since", "2026-11"], ["000061934", "FK-8840"]),
        (["--since", "2026-10-20", "--until", "2026-10"], ["HP-10382", "WF-70318"]),
        (["--kind", "cancellation"], ["WF-70318"]),
        (["--until", "2025"], []),
    ],
)
def test_a_question_shows_only_what_fits(asked: list[str], found: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--quiet", "--format", "jsonl", *asked, str(PACKAGE / "fixtures" / "mailbox")]) == 0
    assert [json.loads(line)["order_number"]["value"] for line in capsys.readouterr().out.splitlines()] == found


@pytest.mark.parametrize(
    "wrong", [["--since", "March"], ["--until", "2026-13"], ["--jobs", "-1"], ["--timeout", "0"], ["--status", "lost"]]
)
def test_a_wrong_question_is_a_wrong_call(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main([*wrong, "."])
    assert stopped.value.code == 2
    told = capsys.readouterr().err
    assert wrong[0] in told
    assert "<" not in told


@pytest.mark.parametrize("jobs", ["0", "1", "3"])
def test_the_number_of_processes_changes_nothing(jobs: str, capsys: pytest.CaptureFixture[str]) -> None:
    box = str(PACKAGE / "fixtures" / "mailbox")
    assert cli.main(["--quiet", "--jobs", jobs, "--by", "mail", "--format", "jsonl", box]) == 0
    told = capsys.readouterr().out
    assert cli.main(["--quiet", "--by", "mail", "--format", "jsonl", box]) == 0
    assert capsys.readouterr().out == told


def test_a_number_is_identified(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--identify", "RB 1234 5678 5 SE", "--hint", "aliexpress.com"]) == 0
    assert "tracking number of PostNord, check digit right" in capsys.readouterr().out
    assert cli.main(["--identify", "RB123456784SE", "--format", "jsonl"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[0])["check_digit"] is False
    assert cli.main(["--identify", "hello\x1b[31m"]) == 0
    assert "\x1b" not in capsys.readouterr().out


def test_identify_goes_with_no_mails(capsys: pytest.CaptureFixture[str]) -> None:
    for wrong in (["--identify", "1", "."], ["--hint", "x", "."], [], ["--identify", "1", "--format", "csv"]):
        with pytest.raises(SystemExit):
            cli.main(wrong)
        assert capsys.readouterr().err


def test_a_users_own_files_are_laid_over_and_a_wrong_one_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "carriers").mkdir()
    own = tmp_path / "carriers" / "xpost.toml"
    own.write_text(
        "name = 'Xpost'\nhome = 'https://x.example/'\n[[formats]]\npattern = 'XP[0-9]{5}'\nlengths = [7, 7]\ntier = 'distinctive'\nvalid = ['XP12345']\n"
    )
    assert cli.main(["--knowledge", str(tmp_path), "--identify", "XP48213"]) == 0
    assert "Xpost" in capsys.readouterr().out
    own.write_text("name = 'Xpost'\nhomepage = 'x'\n")
    assert cli.main(["--knowledge", str(tmp_path), "--identify", "XP48213"]) == 2
    assert "xpost.toml:2: the file has the unknown key homepage; allowed are" in capsys.readouterr().err


@pytest.mark.parametrize("suffix", ["jsonl", "json", "csv", "jsonld", "ics", "html", "parquet", "sqlite", "db", "txt"])
def test_the_suffix_of_the_output_chooses_its_form(suffix: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / f"orders.{suffix}"
    assert cli.main(["--output", str(target), str(PACKAGE / "fixtures" / "mailbox")]) == 0
    assert "22 mails read, 6 orders" in capsys.readouterr().err
    data = target.read_bytes()
    begins = {"jsonl": b"{", "json": b"[", "csv": b'"merchant"', "jsonld": b"{", "ics": b"BEGIN:VCALENDAR\r\n", "html": b"<!DOCTYPE html>"}
    assert data.startswith(
        {**begins, "parquet": b"PAR1", "sqlite": b"SQLite format 3", "db": b"SQLite format 3", "txt": b"Ordered"}[suffix]
    )
    if suffix not in {"parquet", "sqlite", "db"}:
        assert b"FK-8840" in data or suffix == "ics"
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_a_store_is_brought_up_to_date(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target, box = tmp_path / "orders.sqlite", PACKAGE / "fixtures" / "mailbox"
    assert cli.main(["--output", str(target), str(box)]) == 0
    assert cli.main(["--output", str(target), str(box), str(PACKAGE / "fixtures" / "mails" / "aliexpress_sv_shipped.eml")]) == 0
    assert "1 mail read, 22 were known, 7 orders" in capsys.readouterr().err


@pytest.mark.parametrize(
    "wrong",
    [
        ["--format", "html"],
        ["--format", "sqlite"],
        ["--format", "ics", "--by", "mail"],
        ["--format", "json", "--by", "parcel"],
        ["--resume"],
        ["--output", "x.sqlite", "--since", "2026"],
        ["--status", "delivered", "--by", "mail"],
    ],
)
def test_what_does_not_go_together_is_a_wrong_call(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main([*wrong, "."])
    assert stopped.value.code == 2
    assert capsys.readouterr().err.count("\n") >= 2


def test_suspicious_mails_are_listed_and_no_others(capsys: pytest.CaptureFixture[str]) -> None:
    mails = PACKAGE / "fixtures" / "mails"
    assert cli.main(["--quiet", "--suspicious", "--format", "jsonl", str(mails)]) == 0
    found = [json.loads(line)["source"] for line in capsys.readouterr().out.splitlines()]
    assert {Path(source).stem for source in found} >= {"scam_en_parcel_held", "scam_sv_parcel_fee"}
    assert not any("aliexpress" in source or "amazon" in source for source in found)
    with pytest.raises(SystemExit):
        cli.main(["--suspicious", "--by", "order", str(mails)])
