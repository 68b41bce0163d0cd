"""Mailbox files as programs and accidents leave them: the count of mails is exact, and no mail is lost."""

from __future__ import annotations

import gzip
import hashlib
import re
import time
import tracemalloc
import zipfile
from typing import TYPE_CHECKING

import pytest

import orderparse
from orderparse.errors import MailboxError
from orderparse.mail import mailboxes

if TYPE_CHECKING:
    from pathlib import Path

LINE = b"From a@b.example Tue Mar  3 12:00:00 2026\n"
BODY = b"Thank you!\n\nFrom here on we pack.\nOrder number: 4821%04d\n"
LIES = [0, 1, 7, 10_000, 10**15]


def mail(number: int, *fields: bytes, body: bytes = BODY) -> bytes:
    return b"".join(b"%s\n" % field for field in (b"From: A <a@b.example>", b"Subject: Your order", *fields)) + b"\n" + body % number


def box(*mails: bytes, line: bytes = LINE, between: bytes = b"\n") -> bytes:
    return between.join(line + one for one in mails)


def quoted(data: bytes) -> bytes:
    return re.sub(rb"(?m)^(>*From )", rb">\1", data)


FIVE = [mail(number) for number in range(5)]
PLAIN = [mail(number, body=b"Order number: 4821%04d\n") for number in range(5)]
RECEIVED = [b"Received: from x\n" + one for one in PLAIN]
DELETED = [
    mail(number, body=b"Order number: 4821%04d\n").replace(
        b"From: ", b"X-Mozilla-Status: %s\nFrom: " % (b"0009" if number == 2 else b"0001"), 1
    )
    for number in range(5)
]
BOXES = {
    "mboxo": box(*map(quoted, FIVE)),
    "mboxrd": box(*(quoted(one.replace(b"From here", b">From here")) for one in FIVE)),
    "mboxcl": box(*(mail(n, b"Content-Length: %d" % len(quoted(BODY % n))).replace(b"\nFrom here", b"\n>From here") for n in range(5))),
    "mboxcl2": box(*(mail(n, b"Content-Length: %d" % len(BODY % n)) for n in range(5))),
    "mboxcl2_holds_a_separator": box(
        *(mail(n, b"Content-Length: %d" % (len(BODY % n) + len(LINE) + 1), body=b"\n" + LINE + BODY) for n in range(5))
    ),
    **{f"length_lies_{lie}": box(*(mail(n, b"Content-Length: %d" % lie) for n in range(5))) for lie in LIES},
    "unquoted": box(*FIVE),
    "crlf": box(*FIVE).replace(b"\n", b"\r\n"),
    "mixed_line_ends": box(FIVE[0], FIVE[1].replace(b"\n", b"\r\n"), FIVE[2], FIVE[3].replace(b"\n", b"\r\n"), FIVE[4]),
    "no_last_newline": box(*FIVE)[:-1],
    "no_empty_line_before_takeout": box(
        *(b"X-GM-THRID: 1\n" + one for one in PLAIN), line=b"From 1@xxx Tue Mar  3 12:00:00 +0000 2026\n", between=b""
    ),
    "garbage_before": b"\x1b[0mgarbage\nFrom nobody\n\n" + box(*FIVE),
    "byte_order_mark": b"\xef\xbb\xbf" + box(*FIVE),
    "nul_padding_behind": box(*FIVE) + b"\0" * 4096,
    "empty_lines_between": box(*FIVE, between=b"\n" * 50),
    "thunderbird": box(
        *(b"X-Mozilla-Status: 0001\nX-Mozilla-Status2: 00000000\n" + one for one in FIVE), line=b"From - Tue Mar  3 12:00:00 2026\n"
    ),
    "sender_with_blanks": box(*FIVE, line=b"From Some One at b.example Tue Mar  3 12:00:00 2026\n"),
    "date_with_zone": box(*FIVE, line=b"From a@b.example Tue Mar  3 12:00:00 CET 2026\n"),
    "date_of_rfc_5322": box(*FIVE, line=b"From a@b.example Tue, 3 Mar 2026 12:00:00 +0100\n"),
    "cut_in_the_last_mail": box(*PLAIN, mail(9, b"Content-Type: multipart/mixed; boundary=b", body=b"--b\n\nOrder number: 4821%04d\n--b")),
    "utf16": box(*PLAIN).decode().encode("utf-16"),
}
COUNTS = {"thunderbird_deleted": (box(*DELETED), 4), "only_separators": ((LINE + b"\n") * 3, 3), "one_separator": (LINE, 1)}


@pytest.mark.parametrize("name", BOXES)
def test_no_mail_of_a_mailbox_file_is_lost_or_found_twice(name: str, tmp_path: Path) -> None:
    path = tmp_path / "in.mbox"
    path.write_bytes(BOXES[name])
    found = [one.data for one in mailboxes.find(path)]
    numbers = [re.findall(rb"4821(\d{4})", data) for data in found]
    expected = [0, 1, 2, 3, 4, *([9] if name == "cut_in_the_last_mail" else [])]
    assert numbers == [[b"%04d" % number] for number in expected]
    sources = [one.source for one in mailboxes.find(path)]
    assert len(set(sources)) == len(sources)


@pytest.mark.parametrize("name", COUNTS)
def test_the_count_of_odd_mailbox_files_is_exact(name: str, tmp_path: Path) -> None:
    data, count = COUNTS[name]
    path = tmp_path / "in.mbox"
    path.write_bytes(data)
    assert len(list(mailboxes.find(path))) == count


def test_a_mail_of_a_truncated_download_is_read_as_far_as_it_goes() -> None:
    reading = orderparse.parse(box(mail(9, b"Content-Type: multipart/mixed; boundary=b", body=b"--b\n\nOrder number: 4821%04d\n")))
    assert [number.value for number in reading.order_numbers] == ["48210009"]
    assert "boundary_unterminated" in {defect.code for defect in reading.defects}


@pytest.mark.parametrize("count", [10_000, pytest.param(100_000, marks=pytest.mark.slow)])
def test_very_many_empty_mails_are_counted(count: int, tmp_path: Path) -> None:
    path = tmp_path / "in.mbox"
    path.write_bytes((LINE + b"\n") * count)
    begin = time.process_time()
    assert sum(1 for _ in mailboxes.find(path)) == count
    assert time.process_time() - begin < 60  # it takes one second; a law against what grows with the square


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.pst", b"!BDN" + bytes(1000)),
        ("x.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)),
        ("winmail.dat", b"\x78\x9f\x3e\x22" + bytes(100)),
        ("x.7z", b"7z\xbc\xaf\x27\x1c" + bytes(100)),
        ("x.olm.zip", b"PK\x03\x04" + bytes(100)),
    ],
)
def test_what_is_not_read_is_refused_with_a_sentence(name: str, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(MailboxError) as caught:
        list(mailboxes.find(path))
    assert str(path) in str(caught.value)
    (tmp_path / "ok.eml").write_bytes(mail(1))
    assert [one.data for one in mailboxes.find(tmp_path)] == [mail(1)]  # beside a mail it costs nothing


@pytest.mark.parametrize(("name", "number"), [("count_too_small", 3), ("count_too_large", 99999), ("count_right", len(mail(1)))])
def test_a_lying_count_of_an_apple_mail_loses_nothing(name: str, number: int, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.emlx"
    path.write_bytes(b"%d\n" % number + mail(1) + b'<?xml version="1.0"?><plist><dict/></plist>\n')
    assert [found.value for found in orderparse.parse(path).order_numbers] == ["48210001"]


def test_a_compressed_mailbox_that_was_cut_gives_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "in.mbox.gz"
    path.write_bytes(
        gzip.compress(box(*(mail(n, b"X-Junk: %s" % hashlib.sha512(b"%d" % n).hexdigest().encode()) for n in range(200))))[:-400]
    )
    told: list[str] = []
    found = list(mailboxes.find(path, on_error=lambda _, sentence: told.append(sentence)))
    assert len(found) > 150
    assert len(told) == 1


def test_a_member_of_an_archive_without_a_name_is_read(tmp_path: Path) -> None:
    path = tmp_path / "in.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo("x"), box(*PLAIN))
    data = path.read_bytes()
    at = data.rindex(b"PK\x01\x02")
    end = data.rindex(b"PK\x05\x06")
    directory = data[at : at + 28] + b"\0\0" + data[at + 30 : at + 46] + data[at + 47 : end]
    first = data[:26] + b"\0\0" + data[28:30] + data[31:at]
    ending = data[end : end + 12] + (len(directory)).to_bytes(4, "little") + len(first).to_bytes(4, "little") + data[end + 20 :]
    path.write_bytes(first + directory + ending)
    assert len(list(mailboxes.find(path))) == 5


def test_a_maildir_is_read_without_tmp_and_with_names_of_all_systems(tmp_path: Path) -> None:
    names = [
        "new/1.M1.host",
        "cur/2.M2.host:2,S",
        "cur/3.M3.host:2,ST",
        "cur/4.M4.host;2,S",
        "cur/5.M5.host!2,",
        ".Best&AOQ-llning/cur/6.M6.host:2,",
        ".A.B/new/7",
    ]
    for place, name in enumerate([*names, "tmp/8.M8.host"]):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(mail(place))
        for beside in ("cur", "new", "tmp"):
            (file.parents[1] / beside if file.parent.name in {"cur", "new", "tmp"} else file.parent / beside).mkdir(exist_ok=True)
    (tmp_path / "dovecot-uidlist").write_text("3 V1\n")
    found = {one.data for one in mailboxes.find(tmp_path)}
    assert found == {mail(place) for place in range(7)}


@pytest.mark.parametrize("kind", ["gz", *(pytest.param(kind, marks=pytest.mark.slow) for kind in ("zip", "nested"))])
def test_a_decompression_bomb_ends_early(kind: str, tmp_path: Path) -> None:
    zeros = bytes(64 << 20)
    path = tmp_path / f"in.mbox.{kind}"
    if kind == "gz":
        path.write_bytes(gzip.compress(LINE + mail(1) + b"\n" + zeros, 1))
    else:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.writestr("All.mbox", LINE + mail(1) + b"\n" + zeros)
    if kind == "nested":
        inner = path.read_bytes()
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.writestr("inner.zip", inner)
    del zeros
    told: list[str] = []
    tracemalloc.start()
    try:
        list(mailboxes.find(path, on_error=lambda _, sentence: told.append(sentence)))
    except MailboxError as error:
        told.append(str(error))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert told
    assert peak < 300 << 20
