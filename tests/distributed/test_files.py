"""Files of mail for many machines: the tasks together read what one machine reads."""

from __future__ import annotations

import io
import os
import tarfile
from pathlib import Path
from typing import Any

import pytest

from orderparse.distributed import files, sized
from orderparse.errors import MailboxError
from orderparse.mail import mailboxes
from orderparse.outputs.safe_text import scalar

ROOT = Path(__file__).parents[2]
LINE = b"From a@b.example Tue Mar  3 12:00:00 2026\n"


def read(path: str | Path, part_bytes: int | None = None) -> list[dict[str, Any]]:
    return [row for task in files.plan(path, part_bytes=part_bytes) for batch in files.read(path, task) for row in batch.to_pylist()]


def alone(path: Path) -> list[dict[str, Any]]:
    return [{"source": scalar(mail.source), "mail": mail.data, "problem": None} for mail in mailboxes.find(path)]


def mbox(path: Path, count: int) -> Path:
    path.write_bytes(b"".join(LINE + b"Subject: %d\n\nOrder %d\n\n" % (number, number) for number in range(count)))
    return path


@pytest.mark.parametrize("part_bytes", [700, 5000, 64 << 20])
def test_tasks_read_a_folder_as_one_machine_does(part_bytes: int) -> None:
    for folder in (ROOT / "fixtures" / "mailbox", ROOT / "fixtures" / "malformed"):
        assert read(folder, part_bytes) == alone(folder)


@pytest.mark.parametrize("name", ["in.mbox", "in", "in.eml"])
def test_a_long_mailbox_file_is_read_by_many_tasks(tmp_path: Path, name: str) -> None:
    path = mbox(tmp_path / name, 500)
    assert len(list(files.plan(path, part_bytes=1000))) > 20
    assert read(path, 1000) == alone(path)
    assert len(alone(path)) == 500


@pytest.mark.parametrize("data", [b"", b"Subject: one\n\nOrder 4821\n" * 100, "Fråga\n\nText".encode() * 100, b"\0\1\2" * 500])
@pytest.mark.parametrize("name", ["a.eml", "a.mbox", "a.txt", "a"])
def test_what_is_no_mailbox_file_is_read_once(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / name
    path.write_bytes(data)
    for place in (path, path.parent):
        try:
            told = alone(place)
        except MailboxError:
            told = []
        assert [row for row in read(place, 100) if row["problem"] is None] == told


def test_an_archive_is_read_once(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "in.tar", "w") as tar:
        for number in range(20):
            data = b"Subject: %d\n\nOrder\n" % number
            member = tarfile.TarInfo(f"{number}.eml")
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    assert read(tmp_path, 1000) == alone(tmp_path)


def test_small_files_share_a_task(tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"{number:02}.eml").write_bytes(b"Subject: x\n\nOrder 4821\n")
    assert [len(task) for task in files.plan(tmp_path, part_bytes=160 << 10)] == [9, 9, 9, 3]


def test_each_core_has_some_tasks_of_not_too_few_bytes(tmp_path: Path) -> None:
    path = tmp_path / "in.mbox"
    path.touch()
    for size, cores, tasks in ((1 << 10, 8, 1), (20 << 20, 8, 20), (64 << 20, 4, 16), (100 << 30, 4, 1600)):
        os.truncate(path, size)  # a file with a hole
        assert len(list(files.plan(path, cores=cores))) == tasks


def test_a_file_that_cannot_be_read_is_told_in_a_row(tmp_path: Path) -> None:
    mbox(tmp_path / "a.mbox", 2)
    mbox(tmp_path / "b.mbox", 2)
    (task,) = files.plan(tmp_path)
    (tmp_path / "a.mbox").unlink()
    told = [row for batch in files.read(tmp_path, task) for row in batch.to_pylist()]
    assert told[0] == {"source": str(tmp_path / "a.mbox"), "mail": None, "problem": "cannot be read: No such file or directory"}
    assert [row["mail"] is not None for row in told] == [False, True, True]


def test_a_file_that_was_asked_for_and_is_no_mail_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 100)
    (row,) = read(tmp_path / "a.png")
    assert row["mail"] is None
    assert row["problem"].endswith("no mail")


def test_a_uri_is_read_as_the_folder_is(tmp_path: Path) -> None:
    (tmp_path / "new box" / "cur").mkdir(parents=True)
    mbox(tmp_path / "new box" / "in.mbox", 50)
    (tmp_path / "new box" / "cur" / "1709461.M5P8.host:2,S").write_bytes(b"Subject: x\n\nOrder 4821\n")
    (tmp_path / "new box" / ".hidden").write_bytes(b"Subject: x\n\nOrder 4821\n")
    root = f"file://{tmp_path}"
    told = read(root, 700)
    assert len(told) == 51
    assert [{**row, "source": row["source"].replace(root, str(tmp_path))} for row in told] == alone(tmp_path)
    assert read(f"{root}/new%20box/in.mbox")[0]["mail"] == told[-50]["mail"]


def test_names_of_any_bytes_are_text(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/r\xe4k.eml"
    Path(os.fsdecode(path)).write_bytes(b"Subject: x\n\nOrder 4821\n")
    (row,) = read(tmp_path)
    assert row["source"] == f"{tmp_path}/r\\xe4k.eml"


@pytest.mark.parametrize("path", ["/nowhere/at/all", "file:///nowhere/at/all", "gopher://a/b", "a\0b"])
def test_a_path_that_is_none_raises(path: str) -> None:
    with pytest.raises(MailboxError):
        list(files.plan(path))


def test_batches_of_mails_are_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = mbox(tmp_path / "in.mbox", 10)
    monkeypatch.setattr(sized, "BYTES", 50)
    (task,) = files.plan(path)
    assert [batch.num_rows for batch in files.read(path, task)] == [3, 3, 3, 1]
