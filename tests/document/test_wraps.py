"""Lines that a mail program broke are one line; what its writer ended stays apart."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

import orderparse
from orderparse.document import plain

_LETTERS = st.text("abcdefghij", min_size=1, max_size=9)


def _lines(text: str) -> list[str]:
    return [line.text for line in plain.read(text).lines]


@given(st.lists(_LETTERS, min_size=40, max_size=120).map(" ".join), st.integers(60, 90))
def test_a_paragraph_that_was_broken_is_one_line_again(paragraph: str, width: int) -> None:
    assert _lines(textwrap.fill(paragraph, width)) == [paragraph]


@given(st.lists(st.lists(_LETTERS, min_size=1, max_size=30).map(" ".join), max_size=8))
def test_no_word_is_lost_or_joined_with_another(lines: list[str]) -> None:
    assert " ".join(_lines("\n".join(lines))).split() == " ".join(lines).split()


@pytest.mark.parametrize(
    "text",
    [
        "Thank you for shopping with us, we hope that you will like it a lot\nOrder number: 4821",
        "Thank you for shopping with us, we hope that you will like it a lot.\nBestwishes from all of us",
        "We have packed these things for you and hand them over to the postman\n- a lamp\n- two bulbs",
        "12 Harbour Street\nThe old brewery, second yard on the left\nLeeds",
        "Article              Number of pieces and other things       Price each\nLamp                 2                                       49.00",
        "> Thank you for shopping with us, we hope that you will like it a lot\nSo do I",
        "We have packed these things for you and hand them over to the postman\n\ntomorrow",
    ],
)
def test_what_its_writer_ended_stays_apart(text: str) -> None:
    assert len(_lines(text)) == len([line for line in text.split("\n") if line])


def test_a_text_with_long_lines_has_no_broken_ones() -> None:
    text = "We have packed these things for you and hand them over to the postman\ntomorrow\n" + "word " * 30
    assert len(_lines(text)) == 3


def test_a_line_that_ends_in_a_blank_goes_on() -> None:
    flowed = "We have packed all of these things for you and they will \nbe brought to you on the day that you have chosen yourself. \nBye"
    assert _lines(flowed)[0].endswith("will be brought to you on the day that you have chosen yourself.")


def test_a_day_that_was_broken_is_read_with_its_verb() -> None:
    mail = (
        "From: Wollwerk <info@wollwerk-leinetal.com>\nSubject: x\nDate: Mon, 11 Mar 2024 10:00:00 +0000\n\n"
        "The cards have been printed and will be delivered to you by DHL on Tuesday\n19 March 2024, between eight and twelve in the morning."
    )
    assert [(day.role.value, day.value.isoformat()) for day in orderparse.parse(mail).dates] == [("delivery_estimate", "2024-03-19")]


def test_a_rule_ends_a_line() -> None:
    text = "We have packed all of these things for you and will hand them over\n\u2500\u2500\u2500\u2500\nto whom it may concern and not before that"
    assert len(_lines(text)) == 2


def test_a_paragraph_of_ten_thousand_lines_is_no_endless_line() -> None:
    row = "these are the words of a text that somebody broke at seventy signs"
    assert max(map(len, _lines("\n".join([row] * 10_000)))) < 40 * 70


def test_what_is_odd_in_one_of_the_lines_is_odd_in_the_whole() -> None:
    text = "Your order has the number 48\u202e21 and will be packed as soon as we have\nall of the things together that you wanted to have from us"
    assert [line.doubt for line in plain.read(text).lines] == ["bidi_override"]
