"""A mail that was cut off: no number that stands at the cut is believed as if it were whole."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

import orderparse
from orderparse.values import codes

MAILS = sorted((Path(__file__).parents[1] / "fixtures" / "mails").glob("*.eml"))[:100]
BELIEVED = 0.9


def numbers(reading):
    return [*reading.order_numbers, *reading.tracking_numbers, *reading.identifiers]


def held(reading) -> set[str]:
    """All that may be a number in a mail, as it is written and as it was read."""
    return {codes.compact(code.value).upper() for code in codes.find(reading.text)} | {
        codes.compact(number.value).upper() for number in numbers(reading)
    }


def new_numbers(data: bytes, percents) -> list[tuple[int, str, float]]:
    """What is believed of a mail cut off somewhere, and is no number of the whole mail."""
    whole = held(orderparse.parse(data))
    found = []
    for percent in percents:
        reading = orderparse.parse(data[: len(data) * percent // 100])
        assert reading.status == "ok"
        found += [
            (percent, number.value, number.confidence)
            for number in numbers(reading)
            if number.confidence >= BELIEVED and codes.compact(number.value).upper() not in whole
        ]
    return found


@pytest.mark.parametrize("path", MAILS[::12], ids=lambda path: path.stem)
def test_a_mail_that_was_cut_off_has_no_new_number(path):
    assert new_numbers(path.read_bytes(), range(35, 100, 9)) == []


@pytest.mark.slow
@pytest.mark.parametrize("path", MAILS, ids=lambda path: path.stem)
def test_a_mail_cut_at_every_percent_has_no_new_number(path):
    assert new_numbers(path.read_bytes(), range(1, 100)) == []


@pytest.mark.parametrize("head", ["text/plain", "text/html"])
@pytest.mark.parametrize("size", range(1, 16))
def test_a_number_that_is_cut_is_not_believed(head, size):
    start = f"From: Lamps <info@lampshop.example>\nSubject: Your order\nContent-Type: {head}\n\nThank you for your order.\nOrder number: ".encode()
    reading = orderparse.parse(start + b"8012345678907734"[:size])
    assert all(number.confidence < BELIEVED for number in numbers(reading))
    ended = orderparse.parse(start + b"8012345678907734\n")
    assert any(number.value == "8012345678907734" and number.confidence >= BELIEVED for number in ended.order_numbers)


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("quoted-printable", b"Order number: 8012345=\n"),
        ("quoted-printable", b"Order number: 8012345=\r\n"),
        ("base64", base64.encodebytes(b"Thank you for your order. ".ljust(149) + b"\nOrder number: 801234567890")[: 77 * 3]),
    ],
)
def test_a_number_at_the_end_of_an_encoded_line_that_goes_on_is_not_believed(encoding, body):
    head = f"From: Lamps <info@lampshop.example>\nSubject: Your order\nContent-Type: text/plain\nContent-Transfer-Encoding: {encoding}\n\n"
    reading = orderparse.parse(head.encode() + body)
    assert reading.text.endswith("8012345")
    assert all(number.confidence < BELIEVED for number in numbers(reading))


def test_the_first_groups_of_a_number_that_is_cut_are_not_believed():
    head = (
        b"From: Lamps <info@lampshop.example>\nSubject: Your order\n\n<p>Thank you for your order.</p><p>Please pay to IBAN: DE97 9999 9999"
    )
    assert all(number.confidence < BELIEVED for number in numbers(orderparse.parse(head)))
