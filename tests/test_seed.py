"""What an order number is, statement by statement, in English, Swedish and German.

The statements are those from which the project began: where the number stands, what it is
not, and when there is none.
"""

from __future__ import annotations

import json
from itertools import permutations
from typing import TYPE_CHECKING

import pytest

import orderparse
from orderparse.roles import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from orderparse.records import Finding, Order, Reading

    Read = Callable[[Path], Reading]
    Write = Callable[[str], Path]

ORDER = {"en": "3047719025869057", "sv": "8196304417254463", "de": "1118204473956391"}
STEPS = ("order_confirmation", "payment_accepted", "shipped", "delivered")
LANGUAGES = pytest.mark.parametrize("language", ORDER)


def accepted(findings: Iterable[Finding[str]]) -> list[str]:
    return [finding.value for finding in findings if finding.confidence >= 0.5]


def numbers(orders: Iterable[Order]) -> list[str]:
    return sorted(accepted(order.order_number for order in orders if order.order_number))


@pytest.fixture
def read(mails: Path, reading: Read) -> Callable[[str], Reading]:
    """``read("sv_shipped")`` is what that AliExpress mail says."""
    return lambda name: reading(next(path for path in mails.glob(f"aliexpress_{name}.*") if not path.name.endswith(".json")))


@pytest.fixture
def all_labels(mails: Path) -> dict[str, list[str]]:
    """The order numbers of each AliExpress mail, as a person read them."""
    return {
        path.name.removeprefix("aliexpress_").removesuffix(".expected.json"): json.loads(path.read_text(encoding="utf-8"))["order_numbers"]
        for path in sorted(mails.glob("aliexpress_*.expected.json"))
    }


# The number is in the confirmation, and in the payment mail.


@LANGUAGES
def test_the_order_number_is_in_the_confirmation(language: str, read: Callable[[str], Reading]) -> None:
    assert accepted(read(f"{language}_order_confirmation").order_numbers) == [ORDER[language]]


@LANGUAGES
def test_the_order_number_is_in_the_mail_that_says_the_payment_was_accepted(language: str, read: Callable[[str], Reading]) -> None:
    payment = read(f"{language}_payment_accepted")
    assert payment.kind is not None
    assert payment.kind.value == "payment"
    assert accepted(payment.order_numbers) == [ORDER[language]]


# It is unique for each order.


@LANGUAGES
def test_the_mails_of_one_order_are_one_order(language: str, read: Callable[[str], Reading]) -> None:
    readings = [read(f"{language}_{step}") for step in STEPS]
    (order,) = orderparse.consolidate(readings)
    assert numbers([order]) == [ORDER[language]]
    assert sorted(order.messages) == sorted(reading.message_id or reading.source for reading in readings)


@LANGUAGES
def test_any_two_mails_of_one_order_join(language: str, read: Callable[[str], Reading]) -> None:
    for first, second in permutations(STEPS, 2):
        orders = orderparse.consolidate([read(f"{language}_{first}"), read(f"{language}_{second}")])
        assert numbers(orders) == [ORDER[language]], (first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("sv_order_confirmation", "sv_unpaid_order"),  # one buyer
        ("sv_shipped", "sv_out_for_delivery"),  # of one checkout: the numbers differ in one digit
        ("en_order_confirmation", "en_out_for_delivery"),
        ("de_payment_accepted", "de_in_transit"),
        ("en_order_confirmation", "sv_order_confirmation"),  # two buyers
    ],
)
def test_two_orders_never_join(first: str, second: str, read: Callable[[str], Reading]) -> None:
    orders = orderparse.consolidate([read(first), read(second)])
    assert numbers(orders) == sorted(accepted([*read(first).order_numbers, *read(second).order_numbers]))
    assert len(numbers(orders)) == 2
    assert all(len(order.messages) == 1 for order in orders)


@pytest.mark.parametrize("name", ["de_two_orders_confirmed", "en_combined_delivery"])
def test_two_orders_in_one_mail_stay_two(name: str, read: Callable[[str], Reading]) -> None:
    orders = orderparse.consolidate([read(name)])
    assert numbers(orders) == sorted(accepted(read(name).order_numbers))
    assert len(orders) == 2


def test_a_mailbox_has_as_many_orders_as_order_numbers(all_labels: dict[str, list[str]], read: Callable[[str], Reading]) -> None:
    orders = orderparse.consolidate([read(name) for name in all_labels])
    assert numbers(orders) == sorted({number for labelled in all_labels.values() for number in labelled})


# It is not the tracking number.


@pytest.mark.parametrize(
    ("name", "order", "parcel"),
    [
        ("en_shipped", ORDER["en"], "RV408165275GB"),
        ("sv_shipped", ORDER["sv"], "RB617402835SE"),
        ("de_shipped", ORDER["de"], "00340434619055277147"),
        ("en_parcel_left_departure_region", "3051846620739057", "315193274508162933"),  # the order only in a link
        ("sv_held_at_customs", "8201177350894463", "UC709344121SE"),  # the order only in a link
        ("de_parcel_collected", "1118204474016391", "LP00738146205519"),  # the order only in a link
    ],
)
def test_the_order_number_is_not_the_tracking_number(name: str, order: str, parcel: str, read: Callable[[str], Reading]) -> None:
    assert accepted(read(name).order_numbers) == [order]
    assert accepted(read(name).tracking_numbers) == [parcel]


# It is not the product code.


def test_the_order_number_is_not_the_product_code(all_labels: dict[str, list[str]], read: Callable[[str], Reading]) -> None:
    # AliExpress numbers its goods 1005...: as many digits as its orders have.
    taken = {name: [number for number in accepted(read(name).order_numbers) if number.startswith("1005")] for name in all_labels}
    assert not any(taken.values()), taken


def test_a_product_code_as_long_as_the_order_number_keeps_its_role(written: Write) -> None:
    mail = aliexpress_mail("Your order is confirmed", "Product ID: 1005006284417093\nOrder ID: 8203366190572218\nOrder total: US $4.10")
    reading = orderparse.parse(written(mail))
    assert accepted(reading.order_numbers) == ["8203366190572218"]
    assert "1005006284417093" in accepted(identifier for identifier in reading.identifiers if identifier.role is Role.PRODUCT_CODE)


# A basket has none, an unpaid order has one.


@pytest.mark.parametrize("language", ["en", "sv"])
def test_a_basket_that_was_never_ordered_has_no_order_number(language: str, read: Callable[[str], Reading]) -> None:
    assert accepted(read(f"{language}_basket_reminder").order_numbers) == []
    assert numbers(orderparse.consolidate([read(f"{language}_basket_reminder")])) == []


@pytest.mark.parametrize(("name", "number"), [("en_unpaid_order", "3054418903469057"), ("sv_unpaid_order", "8196304418824463")])
def test_an_order_that_is_not_paid_has_an_order_number(name: str, number: str, read: Callable[[str], Reading]) -> None:
    assert accepted(read(name).order_numbers) == [number]
    assert numbers(orderparse.consolidate([read(name)])) == [number]


# A newsletter has none, whatever numbers it holds.


@pytest.mark.parametrize("name", ["en_coupon_newsletter", "de_coupon_newsletter"])
def test_a_number_that_is_in_no_order_is_not_accepted_from_a_newsletter(name: str, read: Callable[[str], Reading]) -> None:
    assert accepted(read(name).order_numbers) == []


@pytest.mark.parametrize("name", ["en_coupon_newsletter", "de_coupon_newsletter"])
def test_a_newsletter_adds_no_order_to_a_mailbox(name: str, read: Callable[[str], Reading]) -> None:
    # The campaign number of the English one ends in the four digits that all orders of this buyer end in.
    bought = [read(f"{name[:2]}_{step}") for step in STEPS]
    orders = orderparse.consolidate([*bought, read(name)])
    assert numbers(orders) == [ORDER[name[:2]]]
    (order,) = (order for order in orders if order.order_number)
    assert read(name).message_id not in order.messages


def test_a_number_under_no_label_in_an_advertisement_is_no_order_number(written: Write) -> None:
    mail = aliexpress_mail(
        "Nya kuponger till dig",
        "Hej! Handla mer och spara mer.\nKampanj 8203366190572218 pågår till söndag.\nhttps://www.aliexpress.com/gcp/sale?campaignId=8203366190572218",
        sender="ali@deals.aliexpress.com",
    )
    assert accepted(orderparse.parse(written(mail)).order_numbers) == []


# The words of each language keep the numbers apart.

WORDS = {
    "sv": [
        ("Ordernummer", "Spårnummer", "Produktkod"),
        ("Beställningsnummer", "Spårnummer", "Produktkod"),
        ("Ordernummer", "Spårningsnummer", "Produktkod"),
    ],
    "en": [("Order number", "Tracking number", "Product code"), ("Order no.", "Tracking number", "Product code")],
    "de": [("Bestellnummer", "Sendungsnummer", "Artikelnummer"), ("Bestell-Nr.", "Trackingnummer", "Artikelnummer")],
}
OPENING = {
    "sv": "Hej Karin,\n\ntack för att du handlar hos oss. Vi har skickat din beställning idag.",
    "en": "Hi Karin,\n\nthank you for shopping with us. We have shipped your order.",
    "de": "Hallo Karin,\n\nvielen Dank für Ihren Einkauf. Wir haben Ihre Bestellung versandt.",
}
SUBJECT = {"sv": "Din beställning är på väg", "en": "Your order is on its way", "de": "Ihre Bestellung ist unterwegs"}
LABELS = [(language, *labels) for language, rows in WORDS.items() for labels in rows]
PARCEL = "RR482150699SE"


def a_mail(subject: str, body: str, sender: str) -> str:
    return (
        f"From: {sender}\nTo: karin@example.org\nSubject: {subject}\nDate: Tue, 03 Mar 2026 12:00:00 +0100\n"
        "Message-ID: <a1@example.org>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
        f"Content-Transfer-Encoding: 8bit\n\n{body}\n"
    )


def aliexpress_mail(subject: str, body: str, sender: str = "transaction@notice.aliexpress.com") -> str:
    return a_mail(subject, body, f"AliExpress <{sender}>")


def shop_mail(language: str, lines: Iterable[str]) -> str:
    return a_mail(SUBJECT[language], "\n".join([OPENING[language], "", *lines]), "Lyktan <order@lyktan.example>")


@pytest.mark.parametrize(("language", "order", "parcel", "product"), LABELS)
def test_order_tracking_and_product_words_are_kept_apart_in_any_order_of_lines(
    language: str, order: str, parcel: str, product: str, written: Write
) -> None:
    for lines in permutations([f"{order}: 40218853", f"{parcel}: {PARCEL}", f"{product}: 71550264"]):
        reading = orderparse.parse(written(shop_mail(language, lines)))
        assert accepted(reading.order_numbers) == ["40218853"], lines
        assert accepted(reading.tracking_numbers) == [PARCEL], lines


@pytest.mark.parametrize(("language", "order", "parcel", "product"), LABELS)
def test_the_word_decides_where_the_shape_says_nothing(language: str, order: str, parcel: str, product: str, written: Write) -> None:
    for first, second, third in permutations(["4021885317", "7155026498", "5520317746"]):
        reading = orderparse.parse(written(shop_mail(language, [f"{order}: {first}", f"{parcel}: {second}", f"{product}: {third}"])))
        assert accepted(reading.order_numbers) == [first], (first, second, third)
        assert accepted(reading.tracking_numbers) == [second], (first, second, third)


@pytest.mark.parametrize(("language", "order", "parcel", "product"), LABELS)
def test_a_product_word_gives_a_product_code(language: str, order: str, parcel: str, product: str, written: Write) -> None:
    reading = orderparse.parse(written(shop_mail(language, [f"{order}: 40218853", f"{product}: 71550264", f"{parcel}: {PARCEL}"])))
    assert "71550264" in accepted(identifier for identifier in reading.identifiers if identifier.role is Role.PRODUCT_CODE)


@pytest.mark.parametrize(("language", "parcel", "product"), sorted({(language, *rivals) for language, _, *rivals in LABELS}))
def test_a_mail_with_only_tracking_and_product_words_has_no_order_number(language: str, parcel: str, product: str, written: Write) -> None:
    reading = orderparse.parse(written(shop_mail(language, [f"{parcel}: {PARCEL}", f"{product}: 71550264"])))
    assert accepted(reading.order_numbers) == []
