from __future__ import annotations

import io
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderparse.mail import contents, mbox

LINE = b"From a@b.example Tue Mar  3 12:00:00 2026\n"
MAIL = b"Subject: Your order\n\nOrder 4821\n"
WORDS = [b"", b"From here on", b">From a", b"order 4821", LINE.strip(), b" x", b"From ", b"X-Mozilla-Status: 0009"]
BODIES = st.lists(st.lists(st.sampled_from(WORDS), max_size=8), min_size=1, max_size=5)


def data(content):
    return [mail.data for mail in mbox.split(content)]


def counted(body, length=None):
    return b"Subject: x\nContent-Length: %d\n\n%b" % (len(body) if length is None else length, body)


@given(BODIES, st.booleans())
def test_what_stands_in_a_counted_body_does_not_split_it(bodies, last):
    mails = [counted(b"\n".join([*body, b"From z", b""])) for body in bodies]  # a bare From tells that nothing was quoted
    content = b"".join(LINE + mail + b"\n" for mail in mails)
    assert data(content if last else content[:-1]) == mails


@pytest.mark.parametrize("length", [0, 1, 10, 11, 13, 40, 80, 10**9, 10**14])
def test_a_length_that_leads_nowhere_is_not_believed(length):
    mail = counted(b"Order 4821\n\nBye\n", length)
    assert data(LINE + mail + b"\n" + LINE + MAIL + b"\n") == [mail, MAIL]


def test_a_length_in_the_body_is_none():
    mail = b"Subject: x\n\nContent-Length: %d\n\n" % (len(LINE + MAIL) + 1)
    assert data(LINE + mail + b"\n" + LINE + MAIL) == [mail, MAIL]


@pytest.mark.parametrize(
    ("fields", "read"),
    [
        (b"X-Mozilla-Status: 0008\n", False),
        (b"X-Account-Key: account1\nX-UIDL: 12\nX-Mozilla-Status: 000d\r\n", False),
        (b"X-Mozilla-Status: 0001\n", True),
        (b"X-Mozilla-Status: 1000\n", True),
        (b"Received: by x\nX-Mozilla-Status: 0009\n", True),  # a sender's, not Thunderbird's
    ],
)
def test_what_thunderbird_has_deleted_is_not_read(fields, read):
    assert len(data(LINE + fields + MAIL)) == read


def test_thunderbird_and_takeout_need_no_empty_line_before_a_separator():
    for fields in (b"X-Mozilla-Status: 0001\n", b"X-Account-Key: account1\n", b"X-GM-THRID: 1\n"):
        content = LINE + fields + MAIL + LINE + fields + MAIL
        assert len(data(content)) == 2


@given(st.lists(st.sampled_from([LINE, MAIL, b"\n", b"\r\n", b">From x\n", b"From x", b">>From ", b"Content-Length: 11\n"]), max_size=30))
def test_blocks_split_as_a_whole_does(pieces):
    content = b"".join(pieces)
    whole = list(mbox.split(content))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mbox, "_BLOCK", 1100)
        filled = content.replace(b"Order 4821\n", b"Order 4821\n" + b"y" * 700 + b"\n")
        small = list(mbox.split(contents.FileContent(io.BytesIO(filled))))
    assert list(mbox.split(contents.FileContent(io.BytesIO(content)))) == whole
    assert small == list(mbox.split(filled))
    assert all(f"#{mail.source[1:]}" == mail.source for mail in whole)


def test_a_file_that_became_shorter_ends_where_it_does():
    file = io.BytesIO(LINE + MAIL + b"\n" + LINE + MAIL)
    content = contents.FileContent(file)
    file.truncate(len(LINE + MAIL))
    assert data(content) == [MAIL]


def in_parts(content, cuts):
    places = [0, *sorted(cuts), len(content)]
    return [mail for part in pairwise(places) for mail in mbox.split(content, "in", part)]


@given(
    st.lists(st.sampled_from([LINE, MAIL, b"\n", b"\r\n", b">From x\n", b"From x", b"Content-Length: 11\n"]), max_size=40).map(b"".join),
    st.lists(st.integers(0, 600), max_size=5),
)
def test_parts_give_all_mails_once_and_in_order(content, cuts):
    assert in_parts(content, [min(cut, len(content)) for cut in cuts]) == list(mbox.split(content, "in"))


@given(BODIES, st.lists(st.integers(0, 2000), min_size=1, max_size=5))
def test_a_part_that_begins_in_a_counted_body_begins_at_the_next_mail(bodies, cuts):
    bodies = [b"\n".join([*body, b"", LINE.strip(), b"Subject: quoted", b"", b"From z", b""]) for body in bodies]
    content = b"".join(LINE + counted(body) + b"\n" for body in bodies)
    with pytest.MonkeyPatch.context() as patch:  # as if the file were much longer than any of its mails
        patch.setattr(mbox.limits, "MESSAGE_BYTES", max(map(len, bodies)) + 200)
        assert in_parts(content, [min(cut, len(content)) for cut in cuts]) == list(mbox.split(content, "in"))


def test_a_part_is_read_without_the_rest_of_the_file(monkeypatch):
    asked = set()

    class Watched(bytes):
        def __getitem__(self, key):
            asked.update((key.start, min(key.stop, len(self))))
            return super().__getitem__(key)

    monkeypatch.setattr(mbox, "_BLOCK", 4096)
    monkeypatch.setattr(mbox.limits, "MESSAGE_BYTES", 4096)
    one = LINE + MAIL + b"\n"
    content = Watched(one * 20_000)
    assert len(list(mbox.split(content, "in", (700_000, 700_000 + 10 * len(one))))) == 10
    assert min(asked) > 690_000
    assert max(asked) < 730_000
