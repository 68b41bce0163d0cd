"""The shop whose parcel a carrier brings, as the carrier's mail names it."""

from __future__ import annotations

import pytest

import orderparse


def named(body: str, sender: str = "PostNord <no-reply@postnord.se>", subject: str = "Hej") -> str | None:
    head = f"From: {sender}\nSubject: {subject}\nDate: Tue, 03 Mar 2026 10:00:00 +0100\nContent-Type: text/plain; charset=utf-8\n\n"
    merchant = orderparse.parse(f"{head}{body}\n".encode()).merchant
    return merchant.value if merchant is not None else None


@pytest.mark.parametrize(
    ("body", "shop"),
    [
        ("Ditt paket från Lampbutiken i Lund lämnades ut 2026-03-02.", "Lampbutiken"),
        ("Your parcel from Bramble & Bee Yarns is out for delivery.", "Bramble & Bee Yarns"),
        ("Your order from Lumen Lamps will be delivered today by Marek.", "Lumen Lamps"),
        ("Ihre Sendung von Kräuter Nagel GmbH kommt morgen.", "Kräuter Nagel GmbH"),
        ("Je pakket van Lampenhuis.nl komt vandaag.", "Lampenhuis.nl"),
        ("Din pakke fra Garnhuset. Hent den senest tirsdag.", "Garnhuset"),
    ],
)
def test_a_carriers_mail_names_the_shop_behind_the_parcel(body: str, shop: str) -> None:
    assert named(body) == shop


@pytest.mark.parametrize(
    "body",
    [
        "Your parcel from us is on its way.",
        "Ditt paket från 3 mars väntar.",
        "Your parcel will come on Tuesday.",
        "Your parcel is with Marek.",
    ],
)
def test_what_is_no_name_behind_a_parcel_is_no_shop(body: str) -> None:
    assert named(body) is None


def test_one_word_without_a_colon_names_no_shop() -> None:
    shop = "Lampbutiken <order@lampbutiken.example>"
    assert named("Payment method\nShop Pay 31.40 GBP", shop) == "Lampbutiken"


def test_a_name_in_a_sentence_ends_where_its_capitals_do() -> None:
    head = "From: Amazon.co.uk <auto-confirm@amazon.co.uk>\nSubject: Hello\nContent-Type: text/plain; charset=utf-8\n\n"
    seller = orderparse.parse(f"{head}Sold by Lumen Lamps and sent by us today\n".encode()).seller
    assert seller is not None
    assert seller.value == "Lumen Lamps"


@pytest.mark.parametrize(
    "body",
    [
        "Deine Zahlung über 119,00 € für deinen Einkauf bei Lumen Lampen vom 02.04.2025 ist eingegangen.",
        "Din betalning för ditt köp hos Lumen Lampen har mottagits.",
        "Your payment for your purchase at Lumen Lampen has been received.",
    ],
)
def test_a_payment_service_names_the_shop_that_was_paid_in_a_sentence(body: str) -> None:
    assert named(body, "Klarna <noreply@klarna.com>") == "Lumen Lampen"
