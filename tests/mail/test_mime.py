from __future__ import annotations

import email
import email.policy
import time
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderparse.mail import limits, mime


def bodies(data: bytes) -> list[bytes]:
    return [leaf.body for leaf in mime.read(data).leaves]


def codes(mail: mime.Mail) -> set[str]:
    return {defect.code for defect in mail.defects}


def multipart(*parts: bytes, boundary: bytes = b"B", kind: bytes = b"mixed") -> bytes:
    joined = b"".join(b"--" + boundary + b"\n" + part + b"\n" for part in parts)
    return b"Content-Type: multipart/" + kind + b'; boundary="' + boundary + b'"\n\n' + joined + b"--" + boundary + b"--\n"


def text(body: bytes) -> bytes:
    return b"Content-Type: text/plain\n\n" + body


def test_parts_stand_in_order_and_attachments_are_left_out() -> None:
    data = multipart(
        text(b"one"),
        b"Content-Type: application/pdf\n\nnot this",
        multipart(text(b"two"), b"Content-Type: text/html\n\n<p>three", boundary=b"C", kind=b"alternative"),
        b"Content-Type: text/calendar\n\nnor this",
        b'Content-Type: text/html\nContent-Disposition: attachment; filename="a.html"\n\nnor this',
        b"Content-Disposition: inline\n\nfour",
    )
    assert bodies(data) == [b"one", b"two", b"<p>three", b"four"]
    assert mime.read(data).defects == {}


def test_a_mail_that_is_one_file_shows_it() -> None:
    assert bodies(b"Content-Disposition: attachment; filename=a.txt\n\norder 12") == [b"order 12"]


def test_a_boundary_that_begins_another_is_not_it() -> None:
    data = multipart(multipart(text(b"a"), text(b"b"), boundary=b"X-1"), text(b"c\n--X-2\nd"), boundary=b"X")
    assert bodies(data) == [b"a", b"b", b"c\n--X-2\nd"]


def test_the_same_boundary_inside_and_outside_loses_nothing() -> None:
    assert bodies(multipart(multipart(text(b"a")), text(b"b"))) == [b"a", b"b"]


def test_a_missing_inner_terminator_ends_at_the_outer_boundary() -> None:
    inner = multipart(text(b"a"), boundary=b"in").replace(b"--in--\n", b"")
    mail = mime.read(multipart(inner, text(b"b"), boundary=b"out"))
    assert [leaf.body.strip() for leaf in mail.leaves] == [b"a", b"b"]
    assert codes(mail) == {"boundary_unterminated"}


def test_a_rule_of_dashes_is_no_boundary() -> None:
    body = b"Total\n--------\n12\n-- \nThe shop\n---------- \n"
    assert bodies(b"Subject: x\n\n" + body) == [body]
    assert bodies(b"Content-Type: multipart/mixed\n\n" + body) == [body]


def test_a_text_that_quotes_a_mail_is_not_taken_apart() -> None:
    body = b"I got this:\n\n--abc\nContent-Type: text/plain\n\nhello\n--abc--\n"
    assert bodies(b"Subject: x\nContent-Type: text/plain\n\n" + body) == [body]


def test_parts_of_a_digest_are_mails() -> None:
    (attached,) = mime.read(multipart(b"\nSubject: inner\n\norder 12", kind=b"digest")).attached
    assert attached.fields[b"subject"] == [b" inner"]
    assert [leaf.body for leaf in attached.leaves] == [b"order 12"]


def test_a_mail_file_is_an_attached_mail() -> None:
    part = b'Content-Type: application/octet-stream; name="Order.EML"\n\nSubject: inner\n\norder 12'
    assert [leaf.body for leaf in mime.read(multipart(part)).attached[0].leaves] == [b"order 12"]


def test_depth_is_limited() -> None:
    data = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(300)) + text(b"deep")
    mail = mime.read(data)
    assert mail.leaves == []
    assert "mime_depth" in codes(mail)
    chain = mime.read(b"Content-Type: message/rfc822\n\n" * 300 + b"Subject: x\n\ndeep")
    depth = 0
    while chain.attached:
        (chain,) = chain.attached
        depth += 1
    assert depth == limits.MIME_DEPTH
    assert codes(chain) == {"mime_depth"}


def test_the_number_of_parts_is_limited() -> None:
    mail = mime.read(multipart(*[text(b"a")] * (limits.MIME_PARTS + 5)))
    assert len(mail.leaves) == limits.MIME_PARTS
    assert "mime_parts" in codes(mail)


def test_a_long_header_is_cut_and_the_body_is_still_found() -> None:
    mail = mime.read(b"Subject: x\n" + b"X-Long: 1\n" * 200_000 + b"From: a@b.example\n\norder 12")
    assert codes(mail) == {"header_size"}
    assert mail.fields == {b"subject": [b" x"]}
    assert [leaf.body for leaf in mail.leaves] == [b"order 12"]


@pytest.mark.parametrize(
    "piece",
    [
        b"--B\n",
        b"--Bx\n",
        b"--\n",
        b"--B\nContent-Type: multipart/mixed; boundary=C\n\n--D\nContent-Type: text/plain\n\nx\n",
        b"--B\nContent-Type: multipart/mixed; boundary=C\n",
        b"--B\nContent-Type: message/rfc822\n\n",
    ],
)
def test_a_hostile_structure_takes_no_time(piece: bytes) -> None:
    data = b"Content-Type: multipart/mixed; boundary=B\n\n" + piece * (1_000_000 // len(piece))
    start = time.process_time()
    mime.read(data)
    assert time.process_time() - start < 3


TEXT = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=80).map(str.strip).filter(bool)
TREE = st.recursive(TEXT, lambda children: st.lists(children, min_size=1, max_size=4), max_leaves=8)


def build(tree: str | list) -> EmailMessage:
    message = EmailMessage()
    if isinstance(tree, str):
        message.set_content(tree, cte="7bit")
        return message
    message["Content-Type"] = "multipart/mixed"
    for child in tree:
        message.attach(build(child))
    return message


@given(TREE)
def test_the_parts_are_those_that_pythons_parser_finds(tree: str | list) -> None:
    data = build(tree).as_bytes()
    theirs = [part.get_payload() for part in email.message_from_bytes(data).walk() if not part.is_multipart()]
    assert [body.decode() for body in bodies(data)] == theirs
    assert bodies(data.replace(b"\n", b"\r\n")) == [body.replace(b"\n", b"\r\n") for body in bodies(data)]


PIECES = st.sampled_from(
    [
        b"--B\n",
        b"--B--\n",
        b"--C\n",
        b"--C--\r\n",
        b"\n",
        b"\r\n",
        b"x",
        b"Content-Type: multipart/mixed; boundary=B\n",
        b"Content-Type: multipart/mixed; boundary=C\r\n",
        b"Content-Type: multipart/digest\n",
        b"Content-Type: message/rfc822\n",
        b"Content-Type: text/html\n",
        b"Content-Transfer-Encoding: base64\n",
        b"Subject: a\n",
        b" folded\n",
    ]
)


@given(st.lists(PIECES, max_size=40).map(b"".join))
def test_any_pieces_of_structure_are_a_mail_and_no_byte_is_shown_twice(data: bytes) -> None:
    mails = [mime.read(data)]
    for mail in mails:
        mails.extend(mail.attached)
    assert sum(len(leaf.body) for mail in mails for leaf in mail.leaves) <= len(data)
