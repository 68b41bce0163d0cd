import pytest

import orderparse

HEAD = "From: Lumen <info@lumen.example>\nSubject: Your order 48213\nDate: Tue, 03 Mar 2026 10:00:00 +0100\nContent-Type: text/{}; charset=utf-8\n\n"


def sums(body, kind="html"):
    reading = orderparse.parse((HEAD.format(kind) + body).encode())
    return {found.role.value: str(found.value.value) for found in reading.amounts if found.confidence >= 0.5}


LABELS, VALUES = "Shipping:<br>Insurance:<br><b>Total:</b>", "$62.90<br>$12.65<br><b>$613.96</b>"


@pytest.mark.parametrize("span", ["", " colspan=3"])
def test_labels_in_one_cell_name_the_values_in_the_next_line_by_line(span):
    found = sums(f"<table><tr><td>Lamp<td>1<td>1<td>$538.41<tr><td{span}>{LABELS}<td>{VALUES}</table>")
    assert (found["total"], found["shipping"]) == ("613.96", "62.90")


def test_cells_of_different_heights_are_no_stack():
    assert sums("<table><tr><td>Shipping:<br>Total:<td>$62.90<br>$5.00<br>$613.96</table>").get("total") != "5.00"


def test_the_plain_text_of_a_stack_has_its_labels_first():
    assert sums("Merchandise total:\nFreight:\nOrder total: 60.08 EUR\n0.00 EUR\n74.50 EUR\n", "plain")["total"] == "74.50"


def test_labels_with_a_value_each_are_no_stack():
    assert sums("Shipping:\nOrder total: 60.08 EUR\nYou saved 5.00 EUR\n", "plain")["total"] == "60.08"


def test_days_of_a_stack_have_the_roles_of_their_labels():
    body = "<table><tr><td>Order number<br>Order date<br>Shipped on<td>48213<br>2026-02-27<br>2026-03-02</table>"
    reading = orderparse.parse((HEAD.format("html") + body).encode())
    assert [(day.role.value, str(day.value)) for day in reading.dates if day.confidence >= 0.5] == [
        ("order", "2026-02-27"),
        ("ship", "2026-03-02"),
    ]
