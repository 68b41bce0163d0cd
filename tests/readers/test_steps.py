"""A row of what happens to an order above a row of days."""

from __future__ import annotations

import orderparse


def days(*rows: str) -> set[tuple[str, str]]:
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row.split('|'))}</tr>" for row in rows)
    head = "From: Lampbutiken <order@lampbutiken.example>\nSubject: Hello\nDate: Thu, 05 Mar 2026 10:00:00 +0100\n"
    mail = f"{head}Content-Type: text/html; charset=utf-8\n\n<p>Order number: 48213</p><table>{table}</table>"
    found = orderparse.parse(mail.encode()).dates
    return {(day.role.value, day.value.isoformat()) for day in found if day.confidence >= 0.5}


def test_each_day_is_that_of_the_step_above_it() -> None:
    found = days("Ordered|Paid|Shipped|Delivered", "2026-03-01|2026-03-02|2026-03-03|2026-03-04")
    assert found == {("order", "2026-03-01"), ("payment", "2026-03-02"), ("ship", "2026-03-03"), ("delivered", "2026-03-04")}


def test_an_order_is_made_at_the_first_of_two_steps_that_tell_it() -> None:
    found = days("Ordered|Being prepared|Shipped|Delivered", "2026-03-01|2026-03-02|2026-03-03|2026-03-04")
    assert {day for role, day in found if role == "order"} == {"2026-03-01"}


def test_two_columns_and_rows_of_something_else_are_no_steps() -> None:
    assert days("Being prepared|What for", "2026-03-02|Lamp") == set()
