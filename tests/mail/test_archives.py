from __future__ import annotations

import gzip
import io
import os
import random
import tarfile
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderparse.errors import MailboxError
from orderparse.mail import archives, limits, mailboxes

MAIL = b"Subject: Your order\n\nOrder 4821\n"


@pytest.fixture
def told(tmp_path):
    """``told(content)``: the sources of the mails in a file of that content, and what was told."""

    def read(content, name="a"):
        (tmp_path / name).write_bytes(content)
        (tmp_path / "z.eml").write_bytes(MAIL)
        problems = []
        sources = [mail.source for mail in mailboxes.find(tmp_path, on_error=lambda *error: problems.append(error))]
        assert sources.pop() == str(tmp_path / "z.eml")  # no archive costs another mail
        bare = lambda text: text.removeprefix(str(tmp_path) + os.sep)  # noqa: E731
        return [bare(source) for source in sources], [(bare(source), sentence) for source, sentence in problems]

    return read


def test_a_mail_in_an_archive_is_named_by_its_members(told, build):
    box = build.mbox(MAIL, MAIL)
    second = len(box) // 2
    content = build.zipped({"Takeout/Mail/All.mbox": box, "a.eml": MAIL, "b.tar.gz": gzip.compress(build.tarred({"c/1": MAIL}))})
    names = ["Takeout/Mail/All.mbox#0", f"Takeout/Mail/All.mbox#{second}", "a.eml", "b.tar.gz!c/1"]
    assert told(content, "takeout.zip") == ([f"takeout.zip!{name}" for name in names], [])
    assert told(gzip.compress(box, mtime=0), "takeout.zip") == (["takeout.zip#0", f"takeout.zip#{second}"], [])


def test_members_come_in_the_order_of_the_archive(told, build):
    files = dict.fromkeys(("b.eml", "10.eml", "9.eml", "a.eml"), MAIL)
    for content in (build.zipped(files), build.tarred(files)):
        assert told(content) == ([f"a!{name}" for name in files], [])


def test_large_members_are_spooled_and_read_alike(tmp_path, build, monkeypatch):
    inner = build.zipped({"in.mbox": build.mbox(*build.mails)})
    content = build.zipped({"a.zip": inner, "b.mbox": build.mbox(*build.mails), "c.eml": MAIL})
    (tmp_path / "a.zip").write_bytes(content)
    small = list(mailboxes.find(tmp_path / "a.zip"))
    monkeypatch.setattr(mailboxes, "_IN_MEMORY", 10)
    assert list(mailboxes.find(tmp_path / "a.zip")) == small
    assert [mail.data for mail in mailboxes.from_stream(io.BytesIO(content))] == [mail.data for mail in small]
    assert len(small) == 7


def test_a_bomb_is_told_and_what_was_before_it_is_read(told, build, monkeypatch):
    monkeypatch.setattr(limits, "ARCHIVE_FREE", 1 << 20)
    zeros = MAIL + b"a" * (8 << 20)
    sentence = "unpacks to more than mails do: the rest of it is not read"
    zipped = build.zipped({"1.eml": MAIL, "2.mbox": build.mbox(zeros), "3.eml": MAIL})
    assert told(zipped) == (["a!1.eml"], [("a", sentence)])
    assert told(gzip.compress(zeros, mtime=0)) == ([], [("a", sentence)])
    assert told(gzip.compress(build.tarred({"1.eml": MAIL, "2.png": b"\x89PNG" + bytes(8 << 20), "3.eml": MAIL}))) == (
        ["a!1.eml"], [("a", sentence)],
    )  # fmt: skip
    nested = build.zipped({"1.eml": MAIL, "2.zip": zipped, "3.eml": MAIL})
    assert told(nested) == (["a!1.eml", "a!2.zip!1.eml"], [("a", sentence)])


def test_what_packs_well_but_is_small_is_no_bomb(told, build):
    assert told(build.zipped({"1.eml": MAIL + b"a" * (1 << 20)})) == (["a!1.eml"], [])


def test_archives_are_read_to_a_depth_of_two(told, build):
    content = build.zipped({"1.eml": MAIL})
    for _ in range(2):
        content = build.zipped({"0.eml": MAIL, "a.zip": content})
    assert told(content) == (["a!0.eml", "a!a.zip!0.eml"], [("a!a.zip!a.zip", "is an archive too deep within others")])
    packed = MAIL
    for _ in range(30):
        packed = gzip.compress(packed, mtime=0)
    assert [sentence for _, sentence in told(packed)[1]] == ["is an archive too deep within others"]


def test_too_many_members_are_told(told, build, monkeypatch):
    monkeypatch.setattr(archives.Budget, "of", lambda _: archives.Budget(1 << 20, members_left=2))
    files = {f"{number}.eml": MAIL for number in range(4)}
    for content in (build.zipped(files), build.tarred(files)):
        sources, problems = told(content)
        assert sources == ["a!0.eml", "a!1.eml"]
        assert "the rest of it is not read" in problems[0][1]


def encrypted(content):
    data = bytearray(content)
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def test_an_encrypted_member_is_told(told, build, tmp_path):
    content = encrypted(build.zipped({"1.eml": MAIL, "2.eml": MAIL}))
    assert told(content) == (["a!2.eml"], [("a!1.eml", "is encrypted")])
    (tmp_path / "b.zip").write_bytes(encrypted(build.zipped({"1.eml": MAIL})))
    with pytest.raises(MailboxError, match="there is no mail in this ZIP archive: it is encrypted"):
        list(mailboxes.find(tmp_path / "b.zip"))


def test_a_member_that_is_packed_otherwise_is_told(told):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("1.eml", MAIL)
    assert told(out.getvalue()) == ([], [("a!1.eml", "is packed in a way that is not read here")])


def test_links_and_devices_in_an_archive_are_not_followed(told):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE):
            info = tarfile.TarInfo("a.eml")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    assert told(out.getvalue()) == ([], [])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("a.eml")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    assert told(out.getvalue()) == ([], [])


def test_nothing_is_written_under_the_name_of_a_member(told, build, tmp_path, monkeypatch):
    (tmp_path / "in").mkdir()
    monkeypatch.chdir(tmp_path / "in")
    before = sorted(tmp_path.rglob("*"))
    told(build.zipped({"/etc/x.eml": MAIL, "..\\x.eml": MAIL, "x.eml": MAIL, "a\nb.eml": MAIL}), "a.zip")
    assert {path.name for path in tmp_path.rglob("*")} - {path.name for path in before} == {"a.zip", "z.eml"}


def test_files_of_office_and_books_are_no_archives_of_mail(told, build):
    for name in ("[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"):
        assert told(build.zipped({name: b"x", "page.html": b"<html>Order 4821"})) == ([], [])


def test_what_was_read_before_an_archive_breaks_off_stays(told, build):
    text = random.Random(1).randbytes(4000).hex().encode()
    box = build.mbox(MAIL, b"Subject: x\n\n" + text, MAIL)
    sources, problems = told(gzip.compress(box, mtime=0)[:-800])
    assert sources[:1] == ["a#0"]
    assert [source for source, _ in problems] == ["a"]
    sources, problems = told(gzip.compress(build.tarred({"1": MAIL, "2.eml": text, "3": MAIL}))[:-800])
    assert sources[0] == "a!1"
    assert problems[0][1].startswith("is broken or cut off")
    sources, problems = told(build.zipped({"1.eml": MAIL, "2.eml": text, "3.eml": MAIL}).replace(b"\x89", b"\x88"))
    assert {"a!1.eml", "a!3.eml"} <= set(sources)
    assert problems


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04" * 20, "no mail in this ZIP archive: it is broken"),
        (b"\x1f\x8b\x08" + bytes(20), "no mail in this gzip file: it is broken"),
        (b"BZh9" + bytes(20), "no mail in this bzip2 file: it is broken"),
        (b"\xfd7zXZ\x00" + bytes(20), "no mail in this xz file: it is broken"),
        (bytes([97] * 257) + b"ustar" + bytes(300), "no mail in this tar archive: it is broken"),
        (gzip.compress(b"\x89PNG" + bytes(100), mtime=0), "no mail in this gzip file"),
    ],
)
def test_an_archive_without_mail_is_an_error_with_a_sentence(tmp_path, content, sentence):
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(MailboxError, match=sentence):
        list(mailboxes.find(tmp_path / "a"))


@given(
    st.sampled_from(["zip", "tar", "gz"]),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=6),
    st.integers(0, 500),
)
def test_a_damaged_archive_costs_nothing_but_its_mails(tmp_path_factory, build, kind, changes, cut):
    files = {"1.eml": MAIL, "in.mbox": build.mbox(*build.mails)}
    content = {"zip": build.zipped, "tar": build.tarred, "gz": lambda files: gzip.compress(build.tarred(files))}[kind](files)
    data = bytearray(content[: len(content) - cut])
    for at, byte in changes:
        data[at % len(data)] = byte
    folder = tmp_path_factory.mktemp("damaged")
    (folder / "a").write_bytes(data)
    (folder / "z.eml").write_bytes(MAIL)
    assert [mail.source for mail in mailboxes.find(folder)][-1] == str(folder / "z.eml")


def test_the_header_of_a_tar_file_is_not_held_whatever_it_says(told, monkeypatch):
    monkeypatch.setattr(limits, "ARCHIVE_INDEX", 1 << 20)
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.XHDTYPE, 5 << 20
    content = info.tobuf(tarfile.USTAR_FORMAT) + random.Random(1).randbytes(5 << 20)
    for data in (content, gzip.compress(content, mtime=0)):
        assert told(data) == ([], [("a", "has a header that is too large")])
