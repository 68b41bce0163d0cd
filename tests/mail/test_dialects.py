from __future__ import annotations

import bz2
import lzma
from dataclasses import replace

import pytest

from orderparse.mail import mailboxes, messages


def read(path):
    told = []
    found = [messages.parse(mail.data) for mail in mailboxes.find(path, on_error=lambda *error: told.append(error))]
    assert told == []
    return found


def bare(message):
    """A message but for its line ends: Outlook keeps those of Windows and none at the end."""
    parts = tuple(replace(part, text=part.text.rstrip()) for part in message.parts)
    return replace(message, parts=parts)


def test_a_mail_reads_the_same_in_every_kind_of_mailbox(dialect, build):
    assert list(map(bare, read(dialect))) == [bare(messages.parse(mail)) for mail in build.mails]


@pytest.mark.parametrize("pack", [bz2.compress, lzma.compress], ids=["bzip2", "xz"])
def test_other_compressed_files_read_as_gzip_does(tmp_path, build, pack):
    (tmp_path / "in").write_bytes(pack(build.mbox(*build.mails)))
    assert read(tmp_path / "in") == [messages.parse(mail) for mail in build.mails]


def test_a_file_of_a_dialect_reads_the_same_by_itself_and_in_its_folder(dialect):
    files = [
        path for path in dialect.iterdir() if path.is_file() and path.suffix in {".mbox", ".zip", ".gz", ".tgz", ".tar", ".msg", ".emlx"}
    ]
    for path in files:
        assert read(path)
    if len(files) == len(list(dialect.iterdir())):
        assert [message for path in sorted(files) for message in read(path)] == read(dialect)
