"""A short number is an order's only where words say that it is a number, and no count or sum."""

from __future__ import annotations

import pytest

import orderparse


def _orders(sentence: str) -> list[str]:
    mail = f"From: Wollwerk <info@wollwerk-leinetal.com>\nSubject: x\nContent-Type: text/plain; charset=utf-8\n\n{sentence}\n"
    return [number.value for number in orderparse.parse(mail.encode()).order_numbers if number.confidence >= 0.5]


@pytest.mark.parametrize(
    "sentence",
    ["Jag har Kvarngatan 8 på beställning 562.", "Your order 562 is on its way to you.", "Ihre Bestellung Nr. 562 ist da.", "Order 562"],
)
def test_a_number_of_three_digits_is_read_where_it_is_named(sentence: str) -> None:
    assert _orders(sentence) == ["562"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Free shipping on any order 562 kr or more.",
        "You get free shipping from order 500.",
        "We took your order 12.",
        "Thanks for your order of 562 pieces.",
        "Please order 562 pieces",
    ],
)
def test_a_count_or_a_sum_behind_an_order_is_no_number(sentence: str) -> None:
    assert _orders(sentence) == []
