from __future__ import annotations

import io
import mailbox
import os
import socket
import sys
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderparse.errors import MailboxError
from orderparse.mail import mailboxes

LINE = b"From a@b.example Tue Mar  3 12:00:00 2026\n"
MAIL = b"Subject: Your order\n\nOrder 4821\n"


def sources(path: Path) -> list[str]:
    return [Path(mail.source).relative_to(path).as_posix() for mail in mailboxes.find(path)]


def box(*mails: bytes) -> bytes:
    return b"".join(LINE + mail + b"\n" for mail in mails)


def data(content: bytes) -> list[bytes]:
    return [mail.data for mail in mailboxes.split(content)]


def test_mails_of_a_mailbox_file_have_their_byte_offset() -> None:
    content = box(MAIL, b"Subject: b\n\n2\n", MAIL)
    mails = list(mailboxes.split(content, "in.mbox"))
    assert [mail.data for mail in mails] == [MAIL, b"Subject: b\n\n2\n", MAIL]
    for mail in mails:
        name, _, offset = mail.source.partition("#")
        assert name == "in.mbox"
        assert content[int(offset) :].startswith(LINE + mail.data)


def test_crlf_is_kept_and_splits_as_lf_does() -> None:
    content = box(MAIL, MAIL)
    assert data(content.replace(b"\n", b"\r\n")) == [MAIL.replace(b"\n", b"\r\n")] * 2


@pytest.mark.parametrize(
    "line",
    [
        b"From here on",
        b"From Monday to Friday",
        b"From 12:00 on Tue Mar 3",
        b"From the shop on Tue Mar  3 12:00:00 2026 and on",
        b"From: a@b.example Tue Mar  3 12:00:00 2026",
        b"From\tus Tue Mar  3 12:00:00 2026",
    ],
)
def test_a_line_of_a_body_that_begins_with_from_does_not_split(line: bytes) -> None:
    mail = b"Subject: x\n\nHello\n\n" + line + b"\n\nBye\n"
    assert data(box(mail, MAIL)) == [mail, MAIL]


def test_a_separator_within_a_paragraph_does_not_split() -> None:
    mail = b"Subject: x\n\nHello\n" + LINE + b"Bye\n"
    assert data(box(mail)) == [mail]


def test_one_quote_sign_before_from_is_taken_away_in_the_body_alone() -> None:
    mail = b">From x\nSubject: >From y\n\n>From a\n>>From b\n> From c\nx >From d\n"
    assert data(box(mail)) == [b">From x\nSubject: >From y\n\nFrom a\n>From b\n> From c\nx >From d\n"]


def test_what_stands_before_the_first_separator_is_no_mail() -> None:
    assert data(b"garbage\nFrom nobody\n\n" + box(MAIL, MAIL)) == [MAIL, MAIL]


def test_mails_without_body_or_header_are_counted() -> None:
    assert data(box(b"", b"Subject: x\n", b"\nbody\n", MAIL)) == [b"", b"Subject: x\n", b"\nbody\n", MAIL]
    assert data(LINE.rstrip()) == [b""]
    assert data(b"") == []


BODY = st.lists(st.sampled_from([b"", b"From here on", b">From a", b">>From b", b"order 4821", LINE.strip(), b" x", b"From "]), max_size=8)


@given(st.lists(BODY, min_size=1, max_size=5), st.sampled_from([b"\n", b"\r\n"]))
def test_what_is_quoted_as_mboxrd_comes_back(bodies: list[list[bytes]], end: bytes) -> None:
    mails = [end.join([b"Subject: x", b"", *body, b""]) for body in bodies]
    quoted = [
        end.join([b"Subject: x", b"", *[b">" + li if li.lstrip(b">").startswith(b"From ") else li for li in body], b""]) for body in bodies
    ]
    content = b"".join(LINE.strip() + end + mail + end for mail in quoted)
    assert data(content) == mails


def test_as_many_mails_are_found_as_python_finds(tmp_path: Path) -> None:
    path = tmp_path / "in.mbox"
    path.write_bytes(box(*[b"Subject: %d\n\nOrder\n\n%d\n" % (n, n) for n in range(50)]))
    with closing(mailbox.mbox(path)) as theirs:
        assert [mail.data for mail in mailboxes.find(path)] == [message.as_bytes() for message in theirs]


def test_a_file_is_read_by_its_content(tmp_path: Path) -> None:
    for name, content, count in [
        ("a.eml", MAIL, 1),
        ("b.mbox", box(MAIL, MAIL), 2),
        ("c", box(MAIL, MAIL), 2),
        ("d", MAIL, 1),
        ("e.html", b"<html>Order 4821", 1),
        ("f.txt", b"Order 4821", 1),
        ("g.txt", box(MAIL, MAIL), 2),
        ("h.mbox", b"garbage\n\n" + box(MAIL, MAIL), 2),
        ("i.mbox", MAIL, 1),
        ("j.dat", b"Order 4821", 1),
        ("k.eml", b"", 1),
        ("l.mbox", box(MAIL, MAIL).decode().encode("utf-16"), 2),
    ]:
        path = tmp_path / name
        path.write_bytes(content)
        assert len(list(mailboxes.find(path))) == count, name


def test_a_mail_saved_with_its_envelope_line_is_no_mailbox_file(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(LINE + MAIL)
    assert list(mailboxes.find(path)) == [mailboxes.RawMail(str(path), LINE + MAIL)]


def test_the_source_is_the_path_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.eml").write_bytes(MAIL)
    monkeypatch.chdir(tmp_path)
    assert [mail.source for mail in mailboxes.find(Path("in/a.eml"))] == [str(Path("in", "a.eml"))]
    assert [mail.source for mail in mailboxes.find(Path("in"))] == [str(Path("in", "a.eml"))]


def test_a_tree_is_read_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b/2.eml", "b/1.eml", "a.eml", "c", "B/x.html", "z.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(MAIL)
    assert sources(tmp_path) == ["B/x.html", "a.eml", "b/1.eml", "b/2.eml", "c", "z.txt"]


def test_in_a_folder_hidden_binary_and_other_files_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(MAIL)
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "b.eml").write_bytes(MAIL)
    (tmp_path / ".c.eml").write_bytes(MAIL)
    (tmp_path / "d.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "e.eml").write_bytes(b"PK\x03\x04" + bytes(100))
    (tmp_path / "f.json").write_bytes(b'{"order": 4821}')
    (tmp_path / "g.msg1").write_bytes(MAIL)
    (tmp_path / "h.mbox").write_bytes(b"")
    (tmp_path / "12.").write_bytes(MAIL)
    assert sources(tmp_path) == ["12.", "a.eml", "g.msg1"]


def test_of_a_maildir_new_and_cur_are_read(tmp_path: Path) -> None:
    for name in ("cur", "new", "tmp", "sub"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "1709461.M5P8.host.example,S=2:2,S").write_bytes(LINE + MAIL)
    (tmp_path / "dovecot-uidlist").write_bytes(b"3 V1 N2\n")
    names = sources(tmp_path)
    assert [name.partition("/")[0] for name in names] == ["cur", "new", "sub"]
    assert len(list(mailboxes.find(tmp_path / "cur"))) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="no links and pipes there")
def test_links_pipes_and_sockets_in_a_folder_are_not_opened(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(MAIL)
    (tmp_path / "b.eml").symlink_to(tmp_path / "a.eml")
    (tmp_path / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "c.eml")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.fspath(tmp_path / "s"))
        assert sources(tmp_path) == ["a.eml"]
    with pytest.raises(MailboxError, match="standard input"):
        list(mailboxes.find(tmp_path / "c.eml"))
    assert len(list(mailboxes.find(tmp_path / "b.eml"))) == 1


def test_an_unreadable_file_is_told_and_the_walk_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.eml", "b.eml", "c.eml"):
        (tmp_path / name).write_bytes(MAIL)
    opened = os.open

    def refuse(path: str, flags: int) -> int:
        if path.endswith("b.eml"):
            raise PermissionError(13, "Permission denied")
        return opened(path, flags)

    monkeypatch.setattr(mailboxes.os, "open", refuse)
    told: list[tuple[str, str]] = []
    assert len(list(mailboxes.find(tmp_path, on_error=lambda *error: told.append(error)))) == 2
    assert told == [(str(tmp_path / "b.eml"), "cannot be read: Permission denied")]
    assert len(list(mailboxes.find(tmp_path))) == 2
    with pytest.raises(MailboxError, match="cannot be read: Permission denied"):
        list(mailboxes.find(tmp_path / "b.eml"))


def test_a_file_that_goes_away_is_told_and_the_walk_goes_on(tmp_path: Path) -> None:
    for name in ("a.eml", "b.eml", "c.eml"):
        (tmp_path / name).write_bytes(MAIL)
    told: list[tuple[str, str]] = []
    found = mailboxes.find(tmp_path, on_error=lambda *error: told.append(error))
    next(found)
    (tmp_path / "b.eml").unlink()
    assert [Path(mail.source).name for mail in found] == ["c.eml"]
    assert [Path(name).name for name, _ in told] == ["b.eml"]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("none", None, "there is no such file or folder"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "is a PNG image, no mail"),
        ("a.eml", b"\x00\x01" * 500, "is binary data, no mail"),
        ("a", b"", "is empty"),
        ("a.mbox", b"garbage\n", "no mail in this mailbox file"),
        ("a\x00b", None, "is no path"),
    ],
)
def test_a_path_without_mail_is_an_error_with_a_sentence(tmp_path: Path, name: str, content: bytes | None, sentence: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(MailboxError, match=sentence):
        list(mailboxes.find(tmp_path / name))


@pytest.mark.parametrize("name", ["Trash", "a.mbox", "a.eml"])
def test_a_mailbox_file_whose_mails_are_all_deleted_holds_none(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(LINE + b"X-Mozilla-Status: 0009\n" + MAIL + b"\n" + LINE + b"X-Mozilla-Status: 0008\n" + MAIL)
    assert list(mailboxes.find(tmp_path / name)) == []
    with pytest.raises(MailboxError, match="no mail in this folder"):
        list(mailboxes.find(tmp_path))


def test_a_folder_without_mail_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(MailboxError, match="no mail in this folder"):
        list(mailboxes.find(tmp_path))


def test_a_stream_is_read_by_its_content(monkeypatch: pytest.MonkeyPatch) -> None:
    for size in (1 << 20, 40):  # held in memory, and put on disk
        monkeypatch.setattr(mailboxes, "_IN_MEMORY", size)
        assert list(mailboxes.from_stream(io.BytesIO(MAIL * 2))) == [mailboxes.RawMail("-", MAIL * 2)]
        assert [mail.source for mail in mailboxes.from_stream(io.BytesIO(box(MAIL, MAIL)), "in")] == ["in#0", f"in#{len(box(MAIL))}"]
        assert len(list(mailboxes.from_stream(io.BytesIO(b"<html>Order 4821" * 4)))) == 1
        with pytest.raises(MailboxError, match="ZIP"):
            list(mailboxes.from_stream(io.BytesIO(b"PK\x03\x04" * 20)))
    with pytest.raises(MailboxError, match="- is empty"):
        list(mailboxes.from_stream(io.BytesIO(b"")))


def test_a_large_file_is_read_as_a_small_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "in.mbox"
    path.write_bytes(box(MAIL, MAIL))
    small = list(mailboxes.find(path))
    monkeypatch.setattr(mailboxes, "_IN_MEMORY", 10)
    assert list(mailboxes.find(path)) == small


def test_the_bytes_of_a_path_are_those_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(MAIL)
    (tmp_path / "b.mbox").write_bytes(box(MAIL, MAIL))
    assert mailboxes.total_bytes(tmp_path) == len(MAIL) + len(box(MAIL, MAIL))
    assert mailboxes.total_bytes(tmp_path / "a.eml") == len(MAIL)
    assert mailboxes.total_bytes(tmp_path / "none") == 0
