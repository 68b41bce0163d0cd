"""What is nobody's business is masked in the text that --explain and the report show."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest

import orderparse
from orderparse.assemble import said
from orderparse.outputs import card, csv_table, explain, icalendar, json_array, jsonl, jsonld, report, table

MAIL = Path(__file__).parents[2] / "fixtures" / "mails" / "personal_numbers_sv.eml"
SECRETS = ("811218-9876", "4111 1111 1111 1111", "SE45 5000 0000 0583 9825 7466")


def test_cards_accounts_and_persons_are_masked_in_the_text_which_keeps_its_length() -> None:
    reading = orderparse.parse(MAIL)
    whole = MAIL.read_text(encoding="utf-8")
    assert all(secret in whole and secret not in reading.text for secret in SECRETS)
    assert all("*" * 2 in line for line in reading.text.splitlines() if line.startswith(("Personnummer", "Kort", "IBAN")))
    for number in reading.order_numbers:
        assert number.span is not None
        assert reading.text[number.span.slice] == number.text


def test_they_are_shown_nowhere(tmp_path: Path) -> None:
    target = tmp_path / "x.txt"
    with target.open("w", encoding="utf-8") as file:
        explain.write(orderparse.parse(MAIL), file, width=200)
    shown = target.read_text(encoding="utf-8")
    assert "771204" in shown
    assert not any(secret in shown or secret.replace(" ", "") in shown for secret in SECRETS)


NUMBERS = [
    *("4111 1111 1111 1111", "5555-5555-5555-4444", "3782-822463-10005", "SE45 5000 0000 0583 9825 7466", "DE89370400440532013000"),
    *("811218-9876", "19811218-9876", "131052-308T", "11010519491231002X", "900101-1234567", "123.456.789-09", "RSSMRA85T10A562S", "756.9217.0769.85"),
]  # fmt: skip
PRODUCT = {"@type": "Product", "name": "Lamp {}"}
MARKUP = {
    "@context": "http://schema.org", "@type": "Order", "orderNumber": "{}", "merchant": {"@type": "Organization", "name": "K {}"},
    "acceptedOffer": {"@type": "Offer", "itemOffered": PRODUCT},
}  # fmt: skip
PLACES = {
    "label": "<p>Order number: {}</p>",
    "card": "<p>Card number: {}</p><p>Personnummer: {}</p>",
    "item": "<table><tr><th>Item</th><th>Qty</th><th>Price</th></tr><tr><td>Lamp {}</td><td>1</td><td>12.00 EUR</td></tr></table>",
    "markup": "<script type='application/ld+json'>" + json.dumps(MARKUP) + "</script>",
    "parcel": "<p>Tracking number: {}</p><p>Your parcel can be collected at: Kiosk {}</p><p>Pickup code: {}</p>",
    "payment": "<p>Payment method: Visa {}</p><p>Paid with {}</p><p>Total: 12.00 EUR</p>",
    "link": "<a href='https://kajutan.example/?orderId={}'>your order</a>",
}


TRIED = {place: NUMBERS[at % 4 :: 4] for at, place in enumerate(("subject", "sender", *PLACES))}  # a quarter each, all in the slow ones


@pytest.mark.parametrize(
    ("place", "numbers"),
    [*TRIED.items(), *(pytest.param(place, NUMBERS, marks=pytest.mark.slow) for place in TRIED)],
    ids=lambda one: one if isinstance(one, str) else len(one),
)
def test_no_output_holds_a_card_an_account_or_a_person_s_number(place: str, numbers: list[str]) -> None:
    for number in numbers:
        body = PLACES.get(place, "").replace("{}", number)
        subject, name = (number if place == where else "" for where in ("subject", "sender"))
        mail = (
            f'From: "Kajutan {name}" <order@kajutan.example>\nSubject: Your order {subject}\nMessage-ID: <1@x.example>\nContent-Type: text/html; charset=utf-8\n\n'
            f"<html><body><p>Order number: 48213377</p>{body}</body></html>\n"
        )
        reading = orderparse.parse(mail.encode())
        orders = orderparse.consolidate([reading])
        assert "48213377" in {found.value for found in reading.order_numbers}
        file = io.StringIO()
        for write in (jsonl.write, csv_table.write_readings, table.write_readings, json_array.write):
            write([reading], file)
        for write in (jsonl.write, csv_table.write_orders, table.write_orders, jsonld.write):
            write(orders, file)
        explain.write(reading, file)
        card.write(reading, file)
        report.write(orders, [reading], file)
        icalendar.write(orders, file, readings=[reading])
        plain = re.sub(r"[ .-]", "", file.getvalue())
        assert re.sub(r"[ .-]", "", number) not in plain, (place, number)


def test_a_number_that_the_mail_says_is_an_order_s_stays_in_its_words() -> None:
    mail = b"From: K <order@kajutan.example>\nSubject: Your order 4111111111111111\n\nOrder number: 4111111111111111\n"
    reading = orderparse.parse(mail)
    assert [found.value for found in reading.order_numbers] == ["4111111111111111"]
    assert reading.subject == "Your order 4111111111111111"


def test_long_words_are_cut_and_told() -> None:
    rows = f"<table><tr><th>Item</th><th>Qty</th><th>Price</th></tr><tr><td>{'lamp ' * 1000}</td><td>1</td><td>12.00 EUR</td></tr></table>"
    mail = f"Subject: Your order {'a ' * 5000}\nFrom: K <order@kajutan.example>\nContent-Type: text/html\n\n<p>Order number: 48213377</p>{rows}"
    reading = orderparse.parse(mail.encode())
    assert len(reading.subject) == said.LONGEST_SUBJECT
    assert [len(item.name) for item in reading.items] == [said.LONGEST_NAME]
    assert [defect.detail for defect in reading.defects if defect.code == "field_cut"] == ["subject of 10010 characters"]


def test_a_number_that_is_put_out_stands_in_the_text_though_a_card_is_named_beside_it() -> None:
    mail = (
        b"From: R <service@r.example>\nSubject: x\nContent-Type: text/plain\n\ninspection. On November 22, 2024 we sent a credit of $48.37 to the Visa\n"
        b"card you paidTracking number: RB123456785SE with (last four 3081). Banks usually need 3 to 7 days to\nshow it.\n"
    )
    reading = orderparse.parse(mail)
    assert reading.tracking_numbers
    for number in reading.tracking_numbers:
        assert number.span is not None
        assert reading.text[number.span.slice] == number.text


def test_a_piece_of_a_parcels_number_that_looks_like_a_cards_is_shown_as_the_record_has_it():
    mail = b"From: Posti <noreply@posti.fi>\n\nHei,\n\nL\xc3\xa4hetystunnus:   JJFI 6417 0912 8033 5541 7\n"
    reading = orderparse.parse(mail)
    (parcel,) = reading.tracking_numbers
    assert reading.text[parcel.span.slice] == parcel.text == "JJFI 6417 0912 8033 5541 7"
