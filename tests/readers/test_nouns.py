"""Numbers beside the name of a thing are that thing's."""

from __future__ import annotations

import pytest

import orderparse


def read(body: str, subject: str = "Hello") -> orderparse.Reading:
    head = f"From: Lampbutiken <info@lampbutiken.example>\nSubject: {subject}\nDate: Tue, 03 Mar 2026 10:00:00 +0100\n"
    return orderparse.parse(f"{head}Content-Type: text/plain; charset=utf-8\n\n{body}\n".encode())


def orders(reading: orderparse.Reading) -> list[str]:
    return [number.value for number in reading.order_numbers if number.confidence >= 0.5]


@pytest.mark.parametrize(
    ("body", "number"),
    [
        ("We have packed your order 48213 with care.", "48213"),
        ("The day of your order 48213 was a Monday.", "48213"),
        ("The total of your order 48213 has been paid.", "48213"),
        ("Vi har packat din beställning 48213 och skickar den snart.", "48213"),
    ],
)
def test_a_number_behind_an_order_is_the_orders_where_the_order_ends_a_longer_label_too(body: str, number: str) -> None:
    assert orders(read(body)) == [number]


@pytest.mark.parametrize("body", ["Date of your order 08-12-2025", "Total of your order 651.00 EUR", "Number of your items: 48213"])
def test_a_day_or_sum_behind_its_own_label_is_no_order_number_though_the_label_ends_with_the_order(body: str) -> None:
    assert read(body).order_numbers == ()


def test_a_number_behind_a_dash_that_ends_a_subject_about_an_order_is_the_orders() -> None:
    assert orders(read("Thank you!", "Order confirmation - 48213")) == ["48213"]
    assert orders(read("Thank you!", "Order confirmation - 2 new lamps")) == []


def test_how_many_there_are_is_no_number_of_an_order() -> None:
    assert orders(read("Thank you!", "Order confirmed: your 2 items")) == []
    assert orders(read("Your order 3 items is packed.")) == []


@pytest.mark.parametrize("body", ["Mill Lane 1204", "Your ticket 48213 was answered.", "Ditt ärende 48213 är besvarat."])
def test_a_number_beside_the_name_of_something_else_is_no_order_number(body: str) -> None:
    assert orders(read(body)) == []


@pytest.mark.parametrize(
    "body",
    [
        "We have your return of your order of 19 February with reference ES2LMKQ7R4TX and refund it.",
        "Hemos recibido tu pedido del 19 de febrero con referencia ES2LMKQ7R4TX y lo enviamos.",
    ],
)
def test_a_reference_that_is_said_to_be_an_orders_is_the_orders_number(body: str) -> None:
    assert orders(read(body)) == ["ES2LMKQ7R4TX"]


def test_a_reference_of_its_own_is_no_orders_number() -> None:
    assert orders(read("Your order 48213 was paid. Reference: ES2LMKQ7R4TX")) == ["48213"]


@pytest.mark.parametrize(
    ("body", "numbers"),
    [
        ("Your orders 4833 and 4840 have been shipped together.", ["4833", "4840"]),
        ("Dina order 4852 och 4857 är på väg.", ["4852", "4857"]),
        ("Verwendungszweck: Kerner Bestellungen 4852 + 4857", ["4852", "4857"]),
        ("Your order 48213 and 2 others have been shipped.", ["48213"]),
    ],
)
def test_numbers_of_a_list_behind_a_noun_are_all_of_that_thing(body, numbers):
    text = f"From: Lumen <info@lumen.example>\nSubject: Hello\nContent-Type: text/plain; charset=utf-8\n\n{body}\n"
    assert [number.value for number in orderparse.parse(text.encode()).order_numbers if number.confidence >= 0.5] == numbers


def test_a_number_that_begins_a_line_is_that_of_the_noun_at_the_end_of_the_line_above():
    body = "we enclose the bill of 26 March 2026 for goods of your order\nPL118203 over 32.85 EUR, which is paid."
    text = f"From: Lumen <info@lumen.example>\nSubject: Hello\n\n{body}\n"
    assert [number.value for number in orderparse.parse(text.encode()).order_numbers if number.confidence >= 0.5] == ["PL118203"]


def test_a_number_in_brackets_behind_an_order_and_the_name_of_the_shop_is_the_orders() -> None:
    body = "vielen Dank für Ihre Bestellung bei Imkerbedarf Holm (Nummer: 21874) am 03.03.2026.\nInformationen zu Ihrer Bestellung finden Sie unten. Wir freuen uns, dass Sie bei uns bestellt haben."
    assert orders(read(body)) == ["21874"]


def test_a_short_number_behind_a_sign_is_an_orders_where_the_noun_follows() -> None:
    assert orders(read("Jakin dezazun: zure #918 eskaera jaso dugu.")) == ["918"]
