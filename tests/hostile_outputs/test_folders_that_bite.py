"""Folders in which not everything is a file that one can read to its end: nothing blocks, nothing leads out, nothing is lost."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from orderparse import cli
from orderparse.errors import MailboxError
from orderparse.mail import contents, folders, mailboxes, mbox

ROOT = Path(cli.__file__).parents[1]
LINE = b"From a@b.example Tue Mar  3 12:00:00 2026\n"
NAMES = [
    *(b"-rf", b"--output=x", b"a\nb.eml", b"e\x1b[6;66H.eml", b"o\x1b]0;title\x07.eml", b"c\xc2\x9b31m.eml", b"r\xe2\x80\xaegpj.eml", b"\xff\xfe\xe4.eml"),
    *(b"n" * 200 + b".eml", b" .eml", b"'; DROP TABLE mails; --.eml", b"=1+1.eml", b"<img src=x>.eml", b"a#1!b.eml", b"%s{0}.eml", b"\xf0\x9f\x93\xa6.eml", b"a\rb.eml"),
]  # fmt: skip

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="links, pipes and holes as Linux has them")


def mail(number: int) -> bytes:
    return b"From: A <a@b.example>\nSubject: Your order\n\nOrder number: 4821%04d\n" % number


def numbers(root: Path | bytes, **how: object) -> list[int]:
    found = mailboxes.find(Path(os.fsdecode(root)), **how)  # type: ignore[arg-type]
    return sorted(int(match[1]) for one in found if (match := re.search(rb"4821(\d{4})", one.data[:200])))


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    root = tmp_path / "odd"
    root.mkdir()
    (root / "ok.eml").write_bytes(mail(1))
    return root


@pytest.mark.parametrize("target", [".", "..", "/", "self", "/dev/zero", "/dev/tty", "/proc/kmsg", "/etc/passwd", "nothing", "../outside"])
def test_a_link_is_not_followed_and_counted(target: str, odd: Path) -> None:
    (odd.parent / "outside").mkdir()
    (odd.parent / "outside" / "x.eml").write_bytes(mail(2))
    (odd / "self").symlink_to(target)
    told: list[tuple[str, str]] = []
    assert numbers(odd, on_skip=lambda path, kind: told.append((path, kind))) == [1]
    assert told == [(str(odd / "self"), folders.LINK)]


@pytest.mark.parametrize(
    ("target", "found"), [(".", [1]), ("..", [1, 2]), ("self", [1]), ("ok.eml", [1]), ("../outside", [1, 2]), ("/dev/zero", [1])]
)
def test_links_that_are_to_be_followed_lead_to_each_file_once(target: str, found: list[int], odd: Path) -> None:
    (odd.parent / "outside").mkdir()
    (odd.parent / "outside" / "x.eml").write_bytes(mail(2))
    (odd / "self").symlink_to(target)
    (odd.parent / "outside" / "back").symlink_to(odd)
    assert sorted(numbers(odd, follow_links=True)) == found


@pytest.mark.parametrize("kind", ["a named pipe", "a socket", "a device"])
def test_what_is_no_file_is_not_opened_and_told(kind: str, odd: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = odd / "x.eml"
    with socket.socket(socket.AF_UNIX) as listener:
        if kind == "a named pipe":
            os.mkfifo(path)
        elif kind == "a socket":
            monkeypatch.chdir(odd)  # the name of a socket is short
            listener.bind("x.eml")
        else:
            try:
                os.mknod(path, 0o600 | 0o020000, os.makedev(1, 5))
            except PermissionError:
                pytest.skip("only root makes devices")
    told: list[tuple[str, str]] = []
    assert numbers(odd, on_skip=lambda path, kind: told.append((path, kind))) == [1]
    assert told == [(str(path), kind)]
    with pytest.raises(MailboxError):  # named, it blocks nobody either
        list(mailboxes.find(path))


def test_a_file_that_becomes_a_link_before_it_is_opened_is_not_followed(odd: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (odd / "x.eml").symlink_to("/etc/passwd")
    monkeypatch.setattr(folders, "files", lambda *_, **__: iter([folders.File(str(odd / "x.eml"), ".eml", 1, in_maildir=False)]))
    told: list[str] = []
    with pytest.raises(MailboxError):
        list(mailboxes.find(odd, on_error=lambda path, _: told.append(path)))
    assert told == [str(odd / "x.eml")]


@pytest.mark.parametrize("name", ["sparse.mbox", "sparse.eml", "sparse", "sparse.html"])
@pytest.mark.parametrize("begin", [b"", mail(2), LINE + mail(2) + b"\n"])
def test_a_terabyte_of_nothing_is_passed_over(name: str, begin: bytes, odd: Path) -> None:
    with (odd / name).open("wb") as file:
        file.write(begin)
        file.truncate(1 << 40)
    content = contents.FileContent((odd / name).open("rb"))
    assert content.past_hole(1 << 20) == 1 << 40
    content.file.close()
    if len(begin) > len(mail(2)):
        assert [one[:60] for one in (found.data for found in _short(odd / name))] == [mail(2)[:60]]
    else:
        assert numbers(odd) == [1, 2] if begin and name != "sparse.mbox" else [1]


def _short(path: Path) -> list[mbox.RawMail]:
    with path.open("rb") as file:
        spans = list(mbox._spans(mbox._Scan(contents.FileContent(file))))
        return [mbox.RawMail("", contents.FileContent(file)[span.start : min(span.end, span.start + 100)]) for span in spans]


def test_mails_on_both_sides_of_a_hole_are_found(odd: Path) -> None:
    with (odd / "a.mbox").open("wb") as file:
        file.write(LINE + mail(2) + b"\n")
        file.seek(1 << 39)
        file.write(b"\n\n" + LINE + mail(3) + b"\n" + LINE + mail(4))
        file.seek(1 << 40)
        file.write(b"\n\n" + LINE + mail(5))
    assert [one.data[:60] for one in _short(odd / "a.mbox")] == [mail(number)[:60] for number in (2, 3, 4, 5)]


def test_a_file_of_several_names_is_read_once(odd: Path) -> None:
    os.link(odd / "ok.eml", odd / "again.eml")
    os.link(odd / "ok.eml", odd / "again.xyz")
    assert numbers(odd) == [1]


def test_a_name_that_hides_the_mail_does_not_lose_it_to_another_name(odd: Path) -> None:
    (odd / "a.bin").write_bytes(b"Order number: 48210002\n")  # of an unknown name, a text is no mail
    os.link(odd / "a.bin", odd / "b.txt")
    assert numbers(odd) == [1, 2]


def test_two_hundred_levels_are_read_and_a_path_too_long_for_the_system_is_told(odd: Path) -> None:
    deep = odd.joinpath(*(f"{level:03}" for level in range(200)))
    deep.mkdir(parents=True)
    (deep / "x.eml").write_bytes(mail(2))
    long = os.open(odd, os.O_RDONLY)
    for _ in range(25):
        os.mkdir("l" * 200, dir_fd=long)
        inner = os.open("l" * 200, os.O_RDONLY, dir_fd=long)
        os.close(long)
        long = inner
    os.close(long)
    told: list[str] = []
    assert numbers(odd, on_error=lambda _, sentence: told.append(sentence)) == [1, 2]
    assert told == ["cannot be read: File name too long"]


def test_names_of_all_kinds_are_read_and_written_in_valid_characters(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number, name in enumerate(NAMES):
        (tmp_path / os.fsdecode(name)).write_bytes(mail(number))
    assert numbers(tmp_path) == list(range(len(NAMES)))
    assert cli.main(["--by", "mail", "--format", "jsonl", "--jobs", "2", str(tmp_path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    sources = {json.loads(line)["source"].removeprefix(f"{tmp_path}/") for line in lines}
    assert sources == {name.decode("utf-8", "backslashreplace") for name in NAMES}


def test_a_file_that_grows_while_it_is_read_has_the_size_that_it_had(odd: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = odd / "in.mbox"
    path.write_bytes(LINE + mail(2) + b"\n")
    real = os.fstat

    def growing(handle: int) -> os.stat_result:
        found = real(handle)
        with path.open("ab") as file:
            file.write(b"\n" + LINE + mail(3))
        return found

    monkeypatch.setattr(os, "fstat", growing)
    assert [one.data for one in mailboxes.find(path)] == [mail(2)]


def test_a_large_mailbox_that_grows_or_shrinks_meanwhile_ends(tmp_path: Path) -> None:
    for change in ("grow", "shrink"):
        path = tmp_path / "in.mbox"
        one = LINE + mail(2) + b"x" * 50_000 + b"\n\n"
        path.write_bytes(one * 200)
        found = mailboxes.find(path)
        next(found)
        if change == "grow":
            with path.open("ab") as file:
                file.write(one * 100)
        else:
            os.truncate(path, len(one) * 100)
        assert sum(mail(2)[:50] in one.data for one in found) in ({199} if change == "grow" else range(99, 130))


def test_files_that_vanish_are_told_and_the_others_are_read(odd: Path) -> None:
    for number in range(2, 6):
        (odd / f"x{number}.eml").write_bytes(mail(number))
    told: list[str] = []
    found = mailboxes.find(odd, on_error=lambda path, _: told.append(Path(path).name))
    next(found)
    (odd / "x3.eml").unlink()
    assert sorted(int(re.search(rb"4821(\d{4})", one.data)[1]) for one in found) == [2, 4, 5]  # type: ignore[index]
    assert told == ["x3.eml"]


def test_an_unreadable_file_has_a_record_and_status_1(
    odd: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (odd / "secret.eml").write_bytes(mail(2))
    (odd / "secret.eml").chmod(0)
    real = os.open
    monkeypatch.setattr(os, "open", lambda path, *more, **named: _refused() if "secret" in str(path) else real(path, *more, **named))
    assert cli.main(["--by", "mail", "--format", "jsonl", "--jobs", "0", str(odd)]) == 1
    out, err = capsys.readouterr()
    records = [json.loads(line) for line in out.splitlines()]
    assert [(record["status"], record.get("reason")) for record in records] == [("ok", None), ("failed", "unreadable")]
    assert "secret.eml: cannot be read: Permission denied" in err


def _refused() -> int:
    raise PermissionError(13, "Permission denied")


def test_a_terminal_sees_no_escape_of_a_name_or_a_mail(tmp_path: Path) -> None:
    for number, name in enumerate(NAMES):
        (tmp_path / os.fsdecode(name)).write_bytes(mail(number).replace(b"Your order", b"Your order \x1b]0;x\x07\x1b[6;66H\xc2\x9b31m"))
    os.mkfifo(tmp_path / "p\x1b[6;66H")
    (tmp_path / "b\x1b[6;66H.zip").write_bytes(b"PK\x03\x04" + bytes(60))
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "orderparse", str(tmp_path)], stdin=theirs, stdout=theirs, stderr=theirs, env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm"}
    ):  # fmt: skip
        os.close(theirs)
        shown = b""
        until = time.monotonic() + 60
        while time.monotonic() < until and select.select([ours], [], [], 60)[0]:
            try:
                block = os.read(ours, 65536)
            except OSError:  # the other end is closed
                break
            shown += block
        os.close(ours)
    text = shown.decode()
    assert "48210003" in text
    # Colours, the cursor and the line of the progress bar are the program's own.
    rest = re.sub("\x1b\\[[0-9;]*m|\x1b\\[\\?25[lh]|\x1b\\[[12]?[KA]|\r\n?", "", text)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", rest), ascii(rest)
