"""The same mail in another form says the same: line ends, transfer encodings, charsets, wrappings, attachments, order of fields."""

from __future__ import annotations

import base64
import email
import email.policy
import quopri
import re
from pathlib import Path

import pytest

import orderparse
from orderparse.outputs import records_json

MAILS = sorted((Path(__file__).parents[1] / "fixtures" / "mails").glob("*.eml"))
VALUES = ("order_numbers", "tracking_numbers", "dates", "amounts", "identifiers")
_TEXT_PART = re.compile(rb"^text/(?:plain|html)", re.IGNORECASE)


def values(data: bytes, *, sure: float = 0.0):
    """What is found, with its role and its confidence to three places."""
    record = records_json.of_reading(orderparse.parse(data))
    said = [
        (name, str(found["value"]), str(found.get("role")), str(found.get("until")), round(found["confidence"], 3))
        for name in VALUES
        for found in record[name]
        if found["confidence"] >= sure
    ]
    return sorted(said), record["merchant"] and record["merchant"]["value"], record["kind"] and record["kind"]["value"]


def names(data: bytes):
    """The same without confidences, of what is accepted."""
    said, merchant, kind = values(data, sure=0.5)
    return sorted(one[:4] for one in said), merchant, kind


def lf(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n")


def parted(data: bytes) -> tuple[bytes, bytes]:
    head, _, body = lf(data).partition(b"\n\n")
    return head + b"\n", body


def encoded(data: bytes, encoding: str, charset: str = "utf-8") -> bytes | None:
    """The mail with its text parts in another transfer encoding and charset; None if it has no plain structure."""
    mail = email.message_from_bytes(lf(data), policy=email.policy.compat32)
    if mail.defects or any(part.get_content_type() == "message/rfc822" for part in mail.walk()):
        return None
    for part in mail.walk():
        if part.is_multipart() or not _TEXT_PART.match(part.get_content_type().encode()) or part.get_filename():
            continue
        own = part.get_content_charset("us-ascii")
        try:
            text = part.get_payload(decode=True).decode(own)
            raw = text.encode(charset)
        except (LookupError, UnicodeError):
            return None
        if "charset=" in text.lower():  # a meta element would say another thing
            return None
        del part["Content-Transfer-Encoding"]
        part["Content-Transfer-Encoding"] = encoding
        part.set_param("charset", charset)
        written = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring, "8bit": bytes}[encoding](raw)
        part.set_payload(written.decode("ascii", "surrogateescape"))
    return mail.as_bytes()


def wrapped(data: bytes, kind: bytes) -> bytes:
    """The whole mail as the only part of a multipart; the fields stay outside but those of its content."""
    head, body = parted(data)
    fields = re.findall(rb"[^\n]+\n(?:[ \t][^\n]*\n)*", head)
    content = [field for field in fields if field.lower().startswith(b"content-")]
    outer = [field for field in fields if field not in content]
    start = b'Content-Type: multipart/%b; boundary="outer_1"\n\n--outer_1\n' % kind
    return b"".join(outer) + start + b"".join(content) + b"\n" + body + b"\n--outer_1"


def with_attachment(data: bytes) -> bytes:
    pdf = b'\nContent-Type: application/pdf; name="terms.pdf"\nContent-Disposition: attachment; filename="terms.pdf"\nContent-Transfer-Encoding: base64\n\n'
    return wrapped(data, b"mixed") + pdf + base64.encodebytes(b"%PDF-1.4 Order number: 11111111" * 100) + b"\n--outer_1--\n"


def other_order(data: bytes) -> bytes:
    head, body = parted(data)
    fields = re.findall(rb"[^\n]+\n(?:[ \t][^\n]*\n)*", head)
    stay = [field for field in fields if field.lower().startswith((b"received:", b"authentication-results:"))]
    return b"".join([*stay, *reversed([field for field in fields if field not in stay])]) + b"\n" + body


FORMS = {
    "crlf": lambda data: lf(data).replace(b"\n", b"\r\n"),
    "lf": lf,
    "base64": lambda data: encoded(data, "base64"),
    "quoted_printable": lambda data: encoded(data, "quoted-printable"),
    "eight_bit": lambda data: encoded(data, "8bit"),
    "utf_16": lambda data: encoded(data, "base64", "utf-16"),
    "latin_1": lambda data: encoded(data, "quoted-printable", "iso-8859-1"),
    "gb18030": lambda data: encoded(data, "base64", "gb18030"),
    "mixed": lambda data: wrapped(data, b"mixed") + b"--\n",
    "related": lambda data: wrapped(data, b"related") + b"--\n",
    "attachment": with_attachment,
    "order_of_fields": other_order,
}


def apart(path: Path, form: str) -> list[object]:
    """What another form of a mail says that the mail does not, and the other way round."""
    data = path.read_bytes()
    other = FORMS[form](data)
    if other is None:
        return []
    one, two = values(data), values(other)
    return [] if one == two else [set(one[0]) ^ set(two[0]), one[1:], two[1:]]


def forwarded(data: bytes) -> bytes:
    """The mail attached to another one by the same sender."""
    head, _ = parted(data)
    kept = [
        field for field in re.findall(rb"[^\n]+\n(?:[ \t][^\n]*\n)*", head) if field.lower().startswith((b"from:", b"date:", b"subject:"))
    ]
    return b"".join(kept) + b"MIME-Version: 1.0\nContent-Type: message/rfc822\n\n" + lf(data)


@pytest.mark.parametrize("form", FORMS)
def test_a_share_of_the_mails_says_the_same_in_another_form(form):
    at = list(FORMS).index(form)
    assert {path.stem: difference for path in MAILS[at :: 4 * len(FORMS)] if (difference := apart(path, form))} == {}


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("path", MAILS, ids=lambda path: path.stem)
def test_a_mail_says_the_same_in_another_form(path, form):
    assert apart(path, form) == []


@pytest.mark.slow
@pytest.mark.parametrize("path", MAILS, ids=lambda path: path.stem)
def test_an_attached_mail_says_what_it_says_alone(path):
    data = path.read_bytes()
    assert {row for row in names(data)[0] if row[0].endswith("numbers")} <= {
        row for row in names(forwarded(data))[0] if row[0].endswith("numbers")
    }
