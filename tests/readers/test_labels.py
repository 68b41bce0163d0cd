import pytest

import orderparse

HEAD = "From: Lampbutiken <info@lampbutiken.example>\nSubject: {subject}\nDate: Tue, 03 Mar 2026 10:00:00 +0100\n\n"


def read(body, subject="Hej"):
    return orderparse.parse((HEAD.format(subject=subject) + body).encode())


def order_numbers(reading):
    return [finding.value for finding in reading.order_numbers if finding.confidence >= 0.5]


def tracking_numbers(reading):
    return [finding.value for finding in reading.tracking_numbers if finding.confidence >= 0.5]


def dates(reading):
    return {(finding.role.value, finding.value.isoformat()) for finding in reading.dates if finding.confidence >= 0.5}


@pytest.mark.parametrize(
    "line",
    [
        "Order number: 48213",
        "Order number 48213",
        "ORDER NUMBER: #48213",
        "Order no. 48213",
        "Your order number is 48213.",
        "Ordernummer: 48213",
        "BESTÄLLNINGSNUMMER 48213",
        "Bestellnummer: 48213",
        "Ihre Bestellnummer lautet 48213",
        "Order #48213 has been received",
        "Din beställning 48213 är på väg",
        "Ihre Bestellung mit der Nummer 48213 ist eingegangen",
        "Order number:\n48213",
        "Order number\n48213",
        "Order number (please keep it):\n48213",
    ],
)
def test_a_value_beside_or_under_its_label_is_the_order_number(line):
    assert order_numbers(read(f"Hello,\n\n{line}\n\nRegards\n")) == ["48213"]


@pytest.mark.parametrize(
    "line",
    [
        "Article number: 48213",
        "Artikelnummer: 48213",
        "Customer number: 48213",
        "Kundennummer 48213",
        "Fakturanummer: 48213",
        "Call us on 48213",
        "Order within 48213 seconds",
        "Thank you for your order! Over 48213 customers trust us",
        "Postcode 48213",
    ],
)
def test_a_rival_is_not_the_order_number(line):
    assert order_numbers(read(f"Hello,\n\n{line}\n\nRegards\n")) == []


def test_the_nearest_label_wins():
    reading = read("Order number: 48213 Customer number: 55100 Invoice number: 77001\n")
    assert order_numbers(reading) == ["48213"]


def test_a_list_behind_a_label_gives_all_its_numbers():
    assert order_numbers(read("Order numbers: 48213, 48214 and 48215\n")) == ["48213", "48214", "48215"]


def test_order_and_tracking_number_of_one_shape_are_told_apart_by_their_labels():
    reading = read("Order number: 8012345678901234\nTracking number: 8098765432101234\n")
    assert order_numbers(reading) == ["8012345678901234"]
    assert tracking_numbers(reading) == ["8098765432101234"]


def test_leading_zeros_and_letter_case_stay_as_written():
    assert order_numbers(read("Order number: 000085560\n")) == ["000085560"]
    assert order_numbers(read("Order number: CpBk4quaORPw\n")) == ["CpBk4quaORPw"]


def test_a_number_in_groups_is_one_number():
    reading = read("Order number: 8012 3456 7890 1234\n")
    assert order_numbers(reading) == ["8012345678901234"]
    assert reading.order_numbers[0].text == "8012 3456 7890 1234"


def test_nine_random_capitals_behind_a_label_are_an_order_number_and_a_word_is_not():
    assert order_numbers(read("Order reference: XKBKNABJK\n")) == ["XKBKNABJK"]
    assert order_numbers(read("Order reference: PENDING\n")) == []


def test_a_date_takes_the_role_of_its_label():
    reading = read("Order date: 2026-03-01\nEstimated delivery: 2026-03-10\n")
    assert dates(reading) == {("order", "2026-03-01"), ("delivery_estimate", "2026-03-10")}


def test_a_date_under_the_order_number_is_the_day_of_the_order():
    assert dates(read("Order number: 48213\n1 March 2026\n")) == {("order", "2026-03-01")}


def test_a_print_date_has_no_role():
    assert dates(read("Print date: 2026-03-01\n")) == set()


def test_an_amount_takes_the_role_of_its_label():
    reading = read("Subtotal: 100.00 USD\nShipping: 9.00 USD\nTotal: 109.00 USD\n")
    assert {(a.role.value, str(a.value.value)) for a in reading.amounts if a.confidence >= 0.5} == {
        ("subtotal", "100.00"),
        ("shipping", "9.00"),
        ("total", "109.00"),
    }
