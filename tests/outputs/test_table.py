from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from orderparse.outputs import card, explain, table
from orderparse.records import (
    AmountFinding,
    DateFinding,
    Event,
    Finding,
    Merchant,
    Money,
    Order,
    OrderItem,
    ParcelDelivery,
    Reading,
    Status,
    TrackingNumber,
)
from orderparse.roles import AmountRole, DateRole, MailKind, OrderStatus


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def an_order(number: str | None = "8012345678901234", sure: float = 0.98) -> Order:
    return Order(
        order_number=Finding(value=number, confidence=sure) if number else None,
        confidence=sure,
        merchant=Merchant(value="AliExpress", confidence=0.97),
        order_date=DateFinding(value=date(2026, 3, 1), confidence=0.9, role=DateRole.ORDER),
        status=Status(value=OrderStatus.IN_TRANSIT, confidence=0.95),
        total=AmountFinding(value=Money(value=Decimal("1249.90"), currency="SEK"), confidence=0.9, role=AmountRole.TOTAL),
        items=(OrderItem(name="USB-C cable, 2 m, braided, for fast charging", confidence=0.9),),
        order_delivery=(
            ParcelDelivery(
                tracking_number=TrackingNumber(value="00370123456789012345", confidence=0.9),
                carrier="PostNord",
                expected_from=date(2026, 3, 10),
                expected_until=date(2026, 3, 14),
            ),
        ),
        events=(Event(at=datetime(2026, 3, 1, tzinfo=UTC), kind=MailKind.PAYMENT, message_id="<1>", source="a"),),
    )


def shown(order: Order, width: int = 120) -> str:
    file = io.StringIO()
    table.write_orders([order], file, width=width)
    return file.getvalue()


def test_a_row_tells_when_where_what_how_much_and_where_it_is() -> None:
    text = shown(an_order())
    for part in ("1 Mar 26", "AliExpress", "8012345678901234", "USB-C cable", "1249.90 SEK", "on its way", "10–14 Mar", "PostNord", "98%"):
        assert part in text


@pytest.mark.parametrize("width", [80, 100, 120, 200])
def test_the_table_fits_the_terminal(width: int) -> None:
    assert all(cell_len(line) <= width for line in shown(an_order(), width).splitlines())


@pytest.mark.parametrize("width", [60, 80, 120])
def test_a_number_is_never_cut(width: int) -> None:
    columns = [re.split(r" {2,}", line) for line in shown(an_order(), width).splitlines()]
    digits = "".join(part for line in columns for part in line if part.isdecimal())
    for number in ("8012345678901234", "00370123456789012345"):
        rest = iter(digits)
        assert all(digit in rest for digit in number)


def test_an_unsure_value_is_marked_and_the_mark_explained() -> None:
    text = shown(an_order(sure=0.6))
    assert "8012345678901234?" in text
    assert "less than 80% sure" in text
    assert "?" not in shown(an_order())


def test_a_name_that_is_cut_keeps_its_mark() -> None:
    order = replace(an_order(), merchant=Merchant(value="A shop with quite a long name", confidence=0.6))
    assert re.search(r"A sh[a-z ]*…\?", shown(order, 80))


def test_a_column_without_items_is_left_out() -> None:
    assert "Items" in shown(an_order())
    assert "Items" not in shown(replace(an_order(), items=()))


def test_a_delivered_order_tells_the_day() -> None:
    order = Order(
        order_number=None,
        confidence=0.9,
        status=Status(value=OrderStatus.DELIVERED, confidence=0.9),
        order_delivery=(ParcelDelivery(tracking_number=TrackingNumber(value="RB123456785SE", confidence=0.9), delivered=date(2026, 3, 9)),),
    )
    assert "9 Mar" in shown(order)


def test_without_orders_a_sentence_stands_for_the_table() -> None:
    file = io.StringIO()
    table.write_orders([], file)
    assert file.getvalue() == "No orders found.\n"


def test_a_pipe_gets_no_colours_and_a_terminal_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    terminal = Terminal()
    table.write_orders([an_order()], terminal, width=80)
    assert "\x1b[" in terminal.getvalue()
    assert "\x1b" not in shown(an_order())
    monkeypatch.setenv("NO_COLOR", "1")
    plain = Terminal()
    table.write_orders([an_order()], plain, width=80)
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]m", plain.getvalue())


def test_a_mail_that_could_not_be_read_is_in_the_table() -> None:
    file = io.StringIO()
    table.write_readings([Reading(source="a.eml", status="failed", reason="crash")], file)
    assert "crash" in file.getvalue()


def test_markup_of_the_table_writer_in_a_mail_is_text() -> None:
    file = io.StringIO()
    table.write_readings([Reading(source="a", subject="[bold red]Order[/] :smile:")], file, width=200)
    assert "[bold red]Order[/] :smile:" in file.getvalue()


def steers(text: str) -> bool:
    return any(unicodedata.category(char) in {"Cc", "Cs"} and char != "\n" for char in text) or bool(
        set(text) & set("\u061c\u200e\u200f\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029")
    )


@settings(deadline=None, max_examples=30)
@given(st.lists(st.from_type(Reading), max_size=2), st.sampled_from([40, 80, 120]))
def test_no_mail_steers_the_terminal(readings: list[Reading], width: int) -> None:
    file = io.StringIO()
    table.write_readings(readings, file, width=width)
    for reading in readings:
        card.write(reading, file, width=width)
        explain.write(reading, file, width=width)
    assert not steers(file.getvalue())


@settings(deadline=None, max_examples=30)
@given(st.lists(st.from_type(Order), max_size=2), st.sampled_from([40, 80, 120]))
def test_no_order_steers_the_terminal(orders: list[Order], width: int) -> None:
    file = io.StringIO()
    table.write_orders(orders, file, width=width)
    assert not steers(file.getvalue())
