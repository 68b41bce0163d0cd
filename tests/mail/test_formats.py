from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderparse.mail import formats


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"Subject: x\n", "mail"),
        (b"X-Own: x\nDate: y\n", "mail"),
        (b"Received : by a\n", "mail"),
        (b"Own-Field: 1\nFrom: a\nTo: b\n", "mail"),
        (b"Date: 3 March\nTotal: 12\n", "plain"),
        (b"From: Berlin\nArrival: 12:00\n", "plain"),
        (b"Subject to change", "plain"),
        (b"From here on, Tue Mar  3 12:00:00 2026 is the date", "plain"),
        (b"https://shop.example/4821", "plain"),
        (b"  <!-- page --> <!DOCTYPE html>", "html"),
        (b"<table class=x>", "html"),
        (b"<?xml version='1.0'?><html xmlns='x'>", "html"),
        (b"<shop@shop.example> wrote:", "plain"),
        (b"", "plain"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "binary"),
        (b"%PDF-1.7\n", "binary"),
        (b"\x00\x01\x02" * 30, "binary"),
        ("Größe 12 €".encode("cp1252"), "plain"),
        (b"From a@b.example Tue Mar  3 12:00:00 2026\n", "mbox"),
        (b"From - Tue Mar  3 12:00:00 2026\r\n", "mbox"),
        (b"From 1791@xxx Tue Mar 03 12:00:00 +0000 2026\n", "mbox"),
        (b"From a@b Tue, 3 Mar 2026 12:00:00 +0100\n", "mbox"),
        (b'From "Jane Doe"@b.example  Tue Mar  3 12:00 CET 2026\n', "mbox"),
    ],
)
def test_a_format_is_told_by_its_content(data: bytes, expected: str) -> None:
    assert formats.sniff(data).format == expected


def test_a_plain_text_with_a_forwarded_mail_in_it_stays_whole() -> None:
    assert formats.sniff(b"Look at this, order 12:\n\nFrom: Shop\nDate: today\nSubject: x\n\nhello").format == "plain"


def test_garbage_before_the_header_of_a_mail_is_told() -> None:
    data = b"HELO x\nDATA\nFrom: a@b.example\nReceived: by x\nSubject: y\n\n"
    assert formats.sniff(data) == ("mail", len(b"HELO x\nDATA\n"), True)


def test_utf16_becomes_utf8_and_other_files_do_not() -> None:
    assert formats.utf8("Order 4821\n".encode("utf-16")) == b"Order 4821\n"
    assert formats.utf8(b"Order 4821\n") is None
    assert formats.binary("Order 4821\n".encode("utf-16-le")) is None


@given(st.binary(max_size=300))
def test_any_bytes_have_a_format(data: bytes) -> None:
    found = formats.sniff(data)
    assert 0 <= found.start <= len(data)
