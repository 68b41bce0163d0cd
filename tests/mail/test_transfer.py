from __future__ import annotations

import base64
import quopri

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderparse.mail import transfer

BASE64 = [b"base64"]
QP = [b"quoted-printable"]


@pytest.mark.parametrize("name", [b"base64", b" Base64 ", b"BASE-64", b'"base64"', b"base64;", b"base64 (really)"])
def test_an_encoding_is_known_however_it_is_written(name: bytes) -> None:
    assert transfer.decode(b"MTI=", [name]) == (b"12", ())


def test_several_encoded_blocks_are_all_read() -> None:
    content = transfer.decode(b"MTI=\nMzQ=\nNTY=\n", BASE64)
    assert content.data == b"123456"
    assert content.defects == ("base64_invalid",)


def test_a_text_that_only_says_it_is_base64_is_left_alone() -> None:
    for text in (b"Your order 4821 is on its way to you.", b"<html><p>Your order 4821</p></html>", b"Total=100 EUR for order 4821"):
        assert transfer.decode(text, BASE64) == (text, ("base64_invalid",))


def test_a_number_broken_over_a_soft_line_break_is_joined() -> None:
    for line_break in (b"=\n", b"= \n", b"=\t \n", b"=\r\n"):
        assert transfer.decode(b"order 48" + line_break + b"21", QP).data == b"order 4821"


def test_a_stray_equals_sign_does_not_eat_digits() -> None:
    text = b"Sum=3D12 EUR = total, order=ZZ 4821"
    assert transfer.decode(text, QP).data == b"Sum=12 EUR = total, order=ZZ 4821"


def test_a_link_in_a_text_that_was_never_encoded_keeps_its_number() -> None:
    text = b'<a href="https://shop.example/?id=8012345678">' + b"x" * 60
    assert transfer.decode(text, QP) == (text, ("quoted_printable_invalid",))


@pytest.mark.parametrize("number", [b"00111", b"0123", b"1042", b"7f00"])
def test_no_control_character_is_made_of_a_number(number: bytes) -> None:
    assert transfer.decode(b"a=3Db /?id=" + number, QP).data == b"a=b /?id=" + number


def test_in_utf16_zero_bytes_are_text() -> None:
    assert transfer.decode(b"1=002=00", QP, wide=True) == (b"1\x002\x00", ())


@pytest.mark.parametrize("declared", [[b"7bit"], [b"8bit"], [b"binary"]])
def test_what_says_it_is_not_encoded_is_not_decoded(declared: list[bytes]) -> None:
    text = b"a=3D1 b=3D2 c=3D3 d=C3=A4 ?id=00111"
    assert transfer.decode(text, declared) == (text, ())


def test_evident_quoted_printable_is_decoded_where_nothing_is_declared() -> None:
    content = transfer.decode(b'<p class=3D"a" id=3D"b">Best=C3=A4llning 48=\n21, gr=F6n=20\n?id=00111 year=2024', [])
    assert content.data == '<p class="a" id="b">Beställning 4821, gr'.encode() + b"\xf6n \n?id=00111 year=2024"
    assert content.defects == ("transfer_encoding_undeclared",)


@pytest.mark.parametrize(
    "text",
    [
        b'<a href="x" class="y" id="z">order=20 2024=21</a>',
        b"Total\n==========\n12 EUR\n==========\nThanks\n==========\n",
        b"https://shop.example/?a=3Db&order=4821",
        b"x=1\ny=2\nz=3\n",
    ],
)
def test_a_text_with_equals_signs_is_not_taken_for_quoted_printable(text: bytes) -> None:
    assert transfer.decode(text, []) == (text, ())


def test_of_two_encodings_the_one_that_fits_counts() -> None:
    text = b"Your order 4821 is on its way, and it will be with you in a few days.\n"
    encoded = base64.encodebytes(text)
    for names in ([b"7bit", b"base64"], [b"base64", b"8bit"], [b"quoted-printable", b"base64"]):
        assert transfer.decode(encoded, names) == (text, ("transfer_encoding_ambiguous",))
    assert transfer.decode(text, [b"base64", b"7bit"]).data == text
    assert transfer.decode(encoded, [b"base64", b"base64"]) == (text, ())


def test_an_unknown_encoding_is_told() -> None:
    assert transfer.decode(b"order 4821", [b"x-own"]) == (b"order 4821", ("transfer_encoding_unknown",))


@given(st.binary(max_size=400))
def test_base64_is_undone(data: bytes) -> None:
    assert transfer.decode(base64.encodebytes(data), BASE64) == (data, ())


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="".join(map(chr, [*range(32), 127]))), max_size=300))
def test_quoted_printable_is_undone(text: str) -> None:
    data = text.encode()
    assert transfer.decode(quopri.encodestring(data), QP) == (data, ())


@given(
    st.binary(max_size=300), st.lists(st.sampled_from([b"base64", b"quoted-printable", b"x-uuencode", b"7bit", b"", b"x-own"]), max_size=3)
)
def test_any_bytes_with_any_encoding_give_bytes(body: bytes, declared: list[bytes]) -> None:
    assert isinstance(transfer.decode(body, declared).data, bytes)
