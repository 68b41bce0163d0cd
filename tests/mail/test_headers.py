from __future__ import annotations

import base64
import time

from hypothesis import given
from hypothesis import strategies as st

from orderparse.mail import headers


def test_adjacent_words_split_inside_a_character_are_joined() -> None:
    words = b"=?UTF-8?B?w6TD?=\r\n =?utf-8?Q?=B6_12?="
    assert headers.text(words) == "äö 12"


def test_blanks_between_words_are_dropped_and_others_are_kept() -> None:
    assert headers.text(b"a =?utf-8?q?b?= =?utf-8?q?c?= d") == "a bc d"


def test_words_of_different_charsets_are_decoded_apart() -> None:
    assert headers.text(b"=?iso-8859-1?q?=E4?= =?utf-8?q?=C3=B6?=") == "äö"


def test_a_question_mark_that_was_not_encoded_does_not_end_a_word() -> None:
    assert headers.text(b"=?utf-8?q?Where_is_order_12??=") == "Where is order 12?"


def test_an_unknown_charset_still_gives_the_digits() -> None:
    assert headers.text(b"=?x-nonsense?q?order_4821?=") == "order 4821"


def test_a_broken_word_stays_as_it_is() -> None:
    assert headers.text(b"=?utf-8?q?order 4821") == "=?utf-8?q?order 4821"


def test_raw_bytes_are_read_by_the_charset_of_the_mail() -> None:
    assert headers.text("Größe".encode("cp1252")) == "Größe"
    assert headers.text("заказ".encode("koi8-r"), "koi8-r") == "заказ"


def test_a_line_without_a_colon_ends_the_header() -> None:
    block = headers.split(b"Subject: a\nOrder 12 is on its way\nTotal: 3\n")
    assert block.body == len(b"Subject: a\n")
    assert block.damaged


def test_a_line_that_lost_its_indent_does_not() -> None:
    block = headers.split(b"Received: by a\nfor b; c\nSubject: x\n")
    assert block.fields[b"subject"] == [b" x"]
    assert block.body is None


def test_parameters_are_read_however_they_are_quoted() -> None:
    for value in (b'text/html; charset="utf-8"', b"Text/HTML;charset=utf-8", b'text/html;; CHARSET = "utf-8', b"text/html charset=utf-8"):
        assert headers.parameterised(value) == ("text/html", {"charset": "utf-8"})
    assert headers.parameterised(b" ; charset=utf-8") is None


def test_an_encoded_word_of_an_unknown_charset_is_read_as_the_body_is() -> None:
    word = base64.b64encode("黑貓宅急便 配送通知".encode("big5"))
    assert headers.text(b"=?x-nonsense?B?" + word + b"?=", "big5") == "黑貓宅急便 配送通知"
    assert headers.text(b"=?big5_tw?B?" + word + b"?=") == "黑貓宅急便 配送通知"


def test_forty_thousand_encoded_words_take_no_time() -> None:
    start = time.process_time()
    headers.text(b"=?utf-8?q?a?= " * 40_000)
    headers.text(b"=?utf-8?q?" * 40_000)
    assert time.process_time() - start < 2


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff"), max_size=60), st.integers(1, 20))
def test_a_text_split_into_words_anywhere_is_read_as_it_was(text: str, size: int) -> None:
    data = text.encode()
    words = [b"=?utf-8?B?" + base64.b64encode(data[at : at + size]) + b"?=" for at in range(0, len(data), size)]
    assert headers.text(b"\r\n ".join(words)) == text


@given(st.binary(max_size=300))
def test_any_bytes_are_a_header(data: bytes) -> None:
    headers.split(data)
    headers.parameterised(data)
    assert isinstance(headers.text(data), str)
