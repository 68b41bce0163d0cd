"""A whole archive of damaged mails: `ORDERPARSE_CORPUS=archive.tar.xz pytest -m corpus tests/test_corpus.py`."""

import os
import tarfile
import time

import pytest

import orderparse

SLOWEST = 1.0  # seconds of one core a mail


@pytest.mark.corpus
def test_every_mail_of_the_archive_gives_a_record_in_time():
    archive = os.environ.get("ORDERPARSE_CORPUS")
    assert archive, "ORDERPARSE_CORPUS names the archive"
    orderparse.parse(b"Subject: loads what is loaded once\n\n")
    read, failed, slow = 0, [], []
    with tarfile.open(archive) as mails:
        for member in mails:
            file = mails.extractfile(member)
            if file is None:
                continue
            start = time.process_time()
            reading = orderparse.parse(file.read())
            seconds = time.process_time() - start
            read += 1
            if reading.status != "ok":
                failed.append((member.name, reading.reason))
            if seconds > SLOWEST:
                slow.append((member.name, seconds))
    assert read
    assert failed == []
    assert slow == []
