from __future__ import annotations

import csv
import io
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderparse.outputs import csv_table
from orderparse.outputs.columns import of_orders, of_readings
from orderparse.records import AmountFinding, Finding, Money, Order, Reading
from orderparse.roles import AmountRole


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def of(reading: Reading) -> str:
    file = io.StringIO(newline="")
    csv_table.write_readings([reading], file)
    return file.getvalue()


@given(st.from_type(Reading))
def test_a_mail_is_a_row_that_the_csv_module_reads_back(reading: Reading) -> None:
    (row,) = rows(of(reading))
    assert tuple(row) == of_readings().names
    assert row["subject"] == csv_table.harmless(reading.subject)
    assert row["source"] == csv_table.harmless(reading.source)


@given(st.from_type(Order))
def test_an_order_is_a_row_that_the_csv_module_reads_back(order: Order) -> None:
    file = io.StringIO(newline="")
    csv_table.write_orders([order], file)
    (row,) = rows(file.getvalue())
    assert tuple(row) == of_orders().names
    assert row["mails"] == str(len(order.events))


@given(st.from_type(Reading))
def test_no_text_in_a_cell_is_a_formula_or_steers_a_terminal(reading: Reading) -> None:
    text = of(reading)
    (row,) = rows(text)
    numbers = {
        "kind_confidence",
        "merchant_confidence",
        "order_number_confidence",
        "tracking_number_confidence",
        "total",
        "total_confidence",
    }
    for name, cell in row.items():
        if name not in numbers:
            assert not unicodedata.normalize("NFKC", cell[:1]).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert not any(unicodedata.category(char) == "Cc" for char in text.replace("\r\n", ""))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\rx", "＝1", " =1"])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert csv_table.harmless(text).startswith("'")


def test_an_order_number_is_quoted_text_and_an_amount_a_bare_number() -> None:
    reading = Reading(
        source="a",
        order_numbers=(Finding(value="0012345678901234", confidence=0.9),),
        amounts=(AmountFinding(value=Money(value=Decimal("-1E+3"), currency="SEK"), confidence=0.9, role=AmountRole.TOTAL),),
    )
    assert '"0012345678901234",0.9' in of(reading)
    assert ',-1000,"SEK",' in of(reading)


def test_several_values_stand_in_one_cell_the_surest_first() -> None:
    reading = Reading(source="a", order_numbers=(Finding(value="7", confidence=0.6), Finding(value="8", confidence=0.9)))
    assert rows(of(reading))[0]["order_number"] == "8 | 7"


def test_without_records_there_is_a_header() -> None:
    file = io.StringIO()
    csv_table.write_orders([], file)
    assert len(file.getvalue().splitlines()) == 1
