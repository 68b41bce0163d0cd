from __future__ import annotations

import base64
import email
import email.policy
import quopri
import time
from datetime import UTC, datetime
from email.message import EmailMessage, Message

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderparse.mail import limits, messages
from orderparse.mail.model import Part
from orderparse.records import Address, Authentication

HEAD = b"From: Shop <order@shop.example>\nSubject: Your order\nDate: Tue, 3 Mar 2026 12:00:00 +0100\nMessage-ID: <1@shop.example>\n"


def codes(data: bytes) -> set[str]:
    return {defect.code for defect in messages.parse(data).defects}


def test_the_headers_that_count_are_read() -> None:
    message = messages.parse(
        b"Received: by mx.example; Tue, 3 Mar 2026 12:00:09 +0100\nReply-To: Help <help@shop.example>\nIn-Reply-To: <0@shop.example> (x)\n"
        b"Authentication-Results: mx.example; dmarc=pass\n" + HEAD + b"\nOrder 4821",
        source="in#0",
        authserv_id="mx.example",
    )
    assert message.source == "in#0"
    assert message.message_id == "<1@shop.example>"
    assert message.in_reply_to == "<0@shop.example>"
    assert message.sent == datetime(2026, 3, 3, 11, tzinfo=UTC)
    assert message.sender == Address(address="order@shop.example", name="Shop")
    assert message.reply_to == Address(address="help@shop.example", name="Help")
    assert message.subject == "Your order"
    assert message.parts == (Part(kind="plain", text="Order 4821"),)
    assert message.authentication == Authentication(dmarc="pass")
    assert message.defects == ()


def test_nothing_is_believed_of_authentication_without_the_readers_server() -> None:
    data = b"Authentication-Results: mx.example; dmarc=pass\n" + HEAD + b"\n"
    assert messages.parse(data).authentication == Authentication()


def test_an_attached_mail_is_never_authenticated() -> None:
    inner = b"Authentication-Results: mx.example; dmarc=pass\n" + HEAD + b"\nOrder 4821"
    message = messages.parse(HEAD + b"Content-Type: message/rfc822\n\n" + inner, authserv_id="mx.example")
    assert message.attached[0].authentication == Authentication()


def test_a_saved_page_is_one_html_part_without_a_subject() -> None:
    message = messages.parse("<html><head><title>Best\xe4llning</title></head><p>Order 4821".encode())
    assert [part.kind for part in message.parts] == ["html"]
    assert (message.subject, message.sender, message.defects) == ("", None, ())


def test_a_plain_text_is_one_plain_part() -> None:
    for text in ("Order 4821\nThank you", "Date: 3 March 2026\nOrder number: 4821", "http://shop.example/4821", "Note: 4821\nOther: 1"):
        assert messages.parse(text.encode()).parts == (Part(kind="plain", text=text),)


def test_a_text_that_begins_with_header_fields_is_a_mail() -> None:
    assert messages.parse(b"Subject: Your order\n\n4821").subject == "Your order"
    assert messages.parse(b"From: a@b.example\nTo: c\n\n4821").sender == Address(address="a@b.example")


@pytest.mark.parametrize(
    "before", [b"\xef\xbb\xbf", b"\n\n", b" ", b"From x Tue Mar  3 12:00:00 2026\n", b">From x Tue Mar  3 12:00:00 2026\n"]
)
def test_what_stands_before_the_header_is_stepped_over(before: bytes) -> None:
    message = messages.parse(before + HEAD + b"\n4821")
    assert message.subject == "Your order"
    assert message.defects == ()


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32"])
def test_a_file_saved_in_another_unicode_encoding_is_a_mail(codec: str) -> None:
    text = HEAD.decode() + "Content-Type: text/plain; charset=iso-8859-1\n\nBeställning 4821 från oss"
    message = messages.parse(text.encode(codec))
    assert message.subject == "Your order"
    assert [part.text for part in message.parts] == ["Beställning 4821 från oss"]


def test_a_mail_of_apple_mail_ends_where_its_count_says() -> None:
    mail = HEAD + b"\nOrder 4821\n"
    message = messages.parse(b"%d  \n" % len(mail) + mail + b'<?xml version="1.0"?><plist>8012345678</plist>')
    assert [part.text for part in message.parts] == ["Order 4821\n"]


def test_a_binary_file_is_no_text() -> None:
    assert messages.parse(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9).parts == ()
    assert codes(b"\x00\x01\x02\x03" * 100) == {"binary"}


def test_a_long_text_keeps_its_head_and_tail_and_cuts_no_number() -> None:
    message = messages.parse(HEAD + b"\nfirst " + b"8012345678 " * 600_000 + b"last")
    (part,) = message.parts
    assert part.text.startswith("first ")
    assert part.text.endswith(" last")
    assert set(part.text.split()) == {"first", "8012345678", "last"}
    assert limits.TEXT_BYTES - 10_000 < len(part.text) <= limits.TEXT_BYTES
    assert [defect.code for defect in message.defects] == ["text_truncated"]


def test_a_huge_mail_gives_its_header_and_first_texts() -> None:
    data = HEAD + b"Content-Type: multipart/mixed; boundary=B\n\n--B\n\nOrder 4821\n--B\nContent-Type: image/png\n\n"
    message = messages.parse(data + b"A" * limits.MESSAGE_BYTES + b"\n--B--\n")
    assert [part.text for part in message.parts] == ["Order 4821"]
    assert "oversize" in {defect.code for defect in message.defects}


@pytest.mark.parametrize(
    "data",
    [
        b"\n" * 2_000_000,
        b"Subject: " + b"=?utf-8?q?a?= " * 140_000,
        b"From: " + b"a@b, " * 400_000,
        HEAD + b"\n" + b"=3D=\n" * 400_000,
        HEAD + b"Content-Transfer-Encoding: base64\n\n" + b"A=" * 1_000_000,
        HEAD + b"\n" + b"\xe9\x81" * 1_000_000,
        b"<" * 2_000_000,
        b"<!--" + b"-" * 2_000_000,
        b"From " * 400_000,
        b"\x00a" * 1_000_000,
    ],
)
def test_two_hostile_megabytes_take_little_time(data: bytes) -> None:
    start = time.process_time()
    messages.parse(data)
    assert time.process_time() - start < 3


@given(st.binary(max_size=500))
def test_any_bytes_give_a_message(data: bytes) -> None:
    assert messages.parse(data, source="x").source == "x"


MAIL = st.lists(
    st.sampled_from(
        [
            b"Subject: =?utf-8?b?w7Y?=",
            b"From: a@b.example, <c@d.example>",
            b"Date: 32 Foo",
            b"Content-Type: text/html; charset=x",
            b"Content-Type: multipart/mixed; boundary=B",
            b"Content-Transfer-Encoding: base64",
            b"Content-Transfer-Encoding: quoted-printable",
            b"--B",
            b"--B--",
            b"",
            b"w7bDtg==",
            b"=C3=A4=",
            b"\xe4\xff\x00",
            b"order 4821",
            b" indented",
        ]
    ),
    max_size=30,
)


@given(MAIL)
def test_lf_and_crlf_agree(lines: list[bytes]) -> None:
    assert messages.parse(b"\n".join(lines)) == messages.parse(b"\r\n".join(lines))


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff"), min_size=1, max_size=200).filter(str.strip))
def test_all_transfer_encodings_of_a_text_give_the_same_part(text: str) -> None:
    text += "\nOrder 4821\n"
    data = text.encode()
    head = HEAD + b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: "
    ways = [
        head + b"8bit\n\n" + data,
        head + b"base64\n\n" + base64.encodebytes(data),
        head + b"base64\n\n" + base64.encodebytes(data.replace(b"\n", b"\r\n")),
        head + b"quoted-printable\n\n" + quopri.encodestring(data),
    ]
    parsed = [messages.parse(way) for way in ways]
    assert {message.parts for message in parsed} == {(Part(kind="plain", text=text),)}
    assert {message.defects for message in parsed} == {()}


def test_a_mail_that_python_built_is_read_as_its_bytes_are() -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Date"] = "Köp <a@shop.example>", "Beställning 4821", "Tue, 3 Mar 2026 12:00:00 +0100"
    mail.set_content("Beställning 4821\n")
    mail.add_alternative("<p>Beställning 4821</p>\n", subtype="html")
    mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")
    message = messages.of_email(mail, source="s")
    assert message.parts == messages.parse(mail.as_bytes()).parts
    assert [part.kind for part in message.parts] == ["plain", "html"]
    assert message.subject == "Beställning 4821"
    assert message.sender == Address(address="a@shop.example", name="Köp")


@pytest.mark.parametrize("policy", [email.policy.compat32, email.policy.default])
def test_a_mail_that_python_parsed_is_read_as_its_bytes_are(policy: email.policy.Policy) -> None:
    data = HEAD + b"Content-Type: text/plain; charset=iso-8859-1\n\nBest\xe4llning 4821"
    assert messages.of_email(email.message_from_bytes(data, policy=policy)).parts == messages.parse(data).parts


def test_a_mail_object_with_letters_that_were_never_bytes_is_read() -> None:
    mail = email.message_from_string("Subject: 訂單 4821\nContent-Type: text/plain; charset=gb2312\n\n訂單 4821")
    message = messages.of_email(mail)
    assert message.subject == "訂單 4821"
    assert [part.text for part in message.parts] == ["訂單 4821"]


def test_a_mail_object_that_holds_a_mail_gives_it() -> None:
    inner = email.message_from_bytes(HEAD + b"\nOrder 4821")
    outer = Message()
    outer["Content-Type"] = "message/rfc822"
    outer.set_payload([inner])
    assert [part.text for part in messages.of_email(outer).attached[0].parts] == ["Order 4821"]


def test_a_mail_object_without_end_is_read_to_the_limit() -> None:
    mail = Message()
    mail["Content-Type"] = "multipart/mixed"
    mail.set_payload([mail, mail])
    assert messages.of_email(mail).parts == ()
