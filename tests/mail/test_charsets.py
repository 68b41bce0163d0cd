from __future__ import annotations

import codecs
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from orderparse.mail import charsets

# Codecs in which every byte below 0x80 is its ASCII character, wherever it stands.
TRANSPARENT = [
    "us-ascii",
    "utf-8",
    "iso-8859-1",
    "windows-1251",
    "koi8-r",
    "euc-kr",
    "big5",
    "shift_jis",
    "euc-jp",
    "iso-8859-15",
    "x-nonsense",
]


def test_every_label_means_a_text_codec_of_python() -> None:
    for codec in set(charsets.CODECS.values()):
        assert codecs.lookup(codec)._is_text_encoding


@pytest.mark.parametrize(
    "label", ["idna", "punycode", "rot13", "zlib", "hex", "base64", "unicode_escape", "raw_unicode_escape", "undefined"]
)
def test_a_label_never_calls_what_is_no_charset(label: str) -> None:
    decoded = charsets.decode(b"order 12 =C3=A4 xn--a", label)
    assert decoded.text == "order 12 =C3=A4 xn--a"
    assert decoded.defect is not None
    assert decoded.defect.code == "charset_unknown"


@pytest.mark.parametrize(
    ("label", "data", "text"),
    [
        ("iso-8859-1", b"12\x80", "12€"),
        ("gb2312", "訂單 12".encode("gb18030"), "訂單 12"),
        ("eucgb2312_cn", "订单 12".encode("gb2312"), "订单 12"),
        ("ks_c_5601-1987", "주문 똠 12".encode("cp949"), "주문 똠 12"),
        ("shift_jis", "注文① 12".encode("cp932"), "注文① 12"),
        ("iso-2022-jp", "注文 12".encode("iso2022_jp"), "注文 12"),
        ("utf-7", b"Gr+APwA3w-e 12", "Grüße 12"),
        ("UTF-8*en", "Größe 12".encode(), "Größe 12"),
        ("utf-16", "Größe 12".encode("utf-16"), "Größe 12"),
        ("utf-16", "Größe 12".encode("utf-16-le"), "Größe 12"),
        ("utf-16", "Größe 12 Stück".encode("utf-16-be"), "Größe 12 Stück"),
    ],
)
def test_a_label_means_its_superset(label: str, data: bytes, text: str) -> None:
    decoded = charsets.decode(data, label)
    assert decoded.text == text
    assert decoded.defect is None


@pytest.mark.parametrize(
    ("label", "data", "text"),
    [
        ("iso-8859-1", "Größe 12".encode(), "Größe 12"),
        ("utf-8", "Größe 12".encode("latin-1"), "Größe 12"),
        ("us-ascii", "Größe 12".encode(), "Größe 12"),
        ("gb2312", "您的訂單號 12".encode(), "您的訂單號 12"),
        ("utf-16", b"order 12", "order 12"),
        ("utf-16", "Größe 12".encode(), "Größe 12"),
    ],
)
def test_a_wrong_label_is_told_and_the_text_is_right(label: str, data: bytes, text: str) -> None:
    decoded = charsets.decode(data, label)
    assert decoded.text == text
    assert decoded.defect is not None
    assert decoded.defect.code == "charset_mismatch"


def test_a_few_broken_characters_do_not_turn_utf8_into_windows_1252() -> None:
    assert charsets.decode("Größe, Länge, Höhe ".encode() + b"\xc3 12", "utf-8").text == "Größe, Länge, Höhe \ufffd 12"


def test_without_a_label_the_byte_order_mark_then_meta_then_utf8_then_windows_1252_count() -> None:
    page = b'<html><head><meta charset="windows-1251"></head>' + "заказ 12".encode("cp1251")
    assert charsets.decode("Größe 12".encode("utf-8-sig")).text == "Größe 12"
    assert "заказ 12" in charsets.decode(page, html=True).text
    assert charsets.decode("Größe 12".encode()).text == "Größe 12"
    assert charsets.decode("Größe 12 €".encode("cp1252")).text == "Größe 12 €"


def test_a_label_from_elsewhere_in_the_mail_helps_where_there_is_none() -> None:
    assert charsets.decode("заказ 12".encode("koi8-r"), hint="koi8-r").text == "заказ 12"


def test_japanese_mail_without_a_label_is_known_by_its_escapes() -> None:
    assert charsets.decode("注文 12".encode("iso2022_jp")).text == "注文 12"


def test_utf7_is_read_only_where_it_is_declared() -> None:
    assert charsets.decode(b"12 +ADwscript+AD4").text == "12 +ADwscript+AD4"
    assert charsets.decode(b"<meta charset=utf-7>12 +ADw", html=True).text.endswith("+ADw")


def test_decoding_ascii_does_not_import_a_detector() -> None:
    sys.modules.pop("bs4.dammit", None)
    charsets.decode(b"order 12", "utf-8")
    charsets.decode("Größe".encode())
    assert "bs4.dammit" not in sys.modules


@example(b"\xdd1", None)
@given(st.binary(max_size=200), st.sampled_from([None, *TRANSPARENT]))
def test_ascii_digits_always_survive(data: bytes, label: str | None) -> None:
    if charsets.wide(data) or b"\x1b" in data or data[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
        return
    text = charsets.decode(data, label).text
    assert [char for char in text if char in "0123456789"] == [chr(byte) for byte in data if chr(byte) in "0123456789"]


@given(st.binary(max_size=200), st.one_of(st.none(), st.text(max_size=20), st.sampled_from(sorted(charsets.CODECS))), st.booleans())
def test_any_bytes_with_any_label_give_text(data: bytes, label: str | None, html: bool) -> None:
    assert isinstance(charsets.decode(data, label, html=html, hint=label).text, str)


@given(st.text(st.characters(codec="gb18030"), max_size=60))
def test_what_a_codec_wrote_it_reads(text: str) -> None:
    text = text.replace("\ufeff", "")
    encoded = text.encode("gb18030")
    decoded = charsets.decode(encoded, "gb18030")
    assert decoded.text == text or decoded.defect is not None
