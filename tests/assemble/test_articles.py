"""Numbers whose label may be an order's or an article's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orderparse

if TYPE_CHECKING:
    from orderparse.records import Reading


def read(text: str, subject: str = "Guten Tag") -> Reading:
    head = f"From: Kabelhaus <info@kabelhaus.example>\nSubject: {subject}\nDate: Tue, 03 Mar 2026 10:00:00 +0100\n"
    return orderparse.parse(f"{head}Content-Type: text/plain; charset=utf-8\n\n{text}".encode())


def orders(reading: Reading) -> list[str]:
    return [number.value for number in reading.order_numbers if number.confidence >= 0.5]


def articles(reading: Reading) -> list[str]:
    return sorted(i.value for i in reading.identifiers if i.role.value == "product_code" and i.confidence >= 0.5)


def test_a_label_of_two_meanings_names_articles_where_another_number_is_the_orders() -> None:
    reading = read("Auftragsnummer: 311907264\n\nMultimeter VC\nBestell-Nr.: 190123\n\nAkku NiMH\nBestell-Nr.: 652010\n")
    assert orders(reading) == ["311907264"]
    assert articles(reading) == ["190123", "652010"]


def test_a_label_of_two_meanings_names_the_order_where_it_names_one_number_alone() -> None:
    reading = read("Vielen Dank.\nBestell-Nr.: 100234567\nArt.-Nr.: 44-1207\n")
    assert orders(reading) == ["100234567"]
    assert articles(reading) == ["44-1207"]


def test_a_label_of_two_meanings_with_many_numbers_names_articles() -> None:
    reading = read("Neu im Katalog\n\nLampe\nBestell-Nr.: 190123\n\nAkku\nBestell-Nr.: 652010\n\nKabel\nBestell-Nr.: 419303\n")
    assert orders(reading) == []
    assert articles(reading) == ["190123", "419303", "652010"]


def test_a_number_that_is_surely_the_orders_stays_so_whatever_else_it_is_called() -> None:
    reading = read("Bestell-Nr.: 311907264\nLampe\nBestell-Nr.: 190123\n", subject="Ihr Auftrag 311907264")
    assert orders(reading) == ["311907264"]
    assert articles(reading) == ["190123"]


def test_what_decided_adds_up_with_the_other_reasons() -> None:
    (number,) = (i for i in read("Auftragsnummer: 311907264\nLampe\nBestell-Nr.: 190123\n").identifiers if i.value == "190123")
    assert "told_apart" in dict(number.reasons)
    assert (
        number.score == sum(weight for _, weight in number.reasons) or abs((number.score or 0) - sum(w for _, w in number.reasons)) < 1e-6
    )
