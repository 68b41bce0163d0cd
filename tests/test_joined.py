"""The mailboxes of `fixtures/joined`: the orders that are joined in them stay joined. Their README says what the figures are worth."""

from __future__ import annotations

import json
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import orderparse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orderparse.records import Order

JOINED = Path(__file__).parents[1] / "fixtures" / "joined"
# Pairs of mails (precision, recall), exact parcels of an order that has a number.
FLOORS = {"first": (0.94, 0.90, 0.96), "second": (0.97, 0.86, 1.0), "third": (1.0, 0.83, 0.93)}


@cache
def told(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (JOINED / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


@cache
def orders(name: str) -> list[Order]:
    return orderparse.consolidate(orderparse.parse(path) for path in sorted((JOINED / name).glob("*.eml")))


def mails(order: Order) -> set[str]:
    return {Path(event.source).name for event in order.events}


def pairs(groups: Iterable[set[str]]) -> set[tuple[str, str]]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


@pytest.mark.parametrize("name", FLOORS)
def test_mails_of_one_order_stay_joined(name: str) -> None:
    debatable = {mail for order in told(name) for mail in order["debatable"]}
    true = pairs(set(order["mails"]) - debatable for order in told(name))
    found = pairs(mails(order) - debatable for order in orders(name))
    precision, recall, _ = FLOORS[name]
    assert len(true & found) / len(found) >= precision
    assert len(true & found) / len(true) >= recall


@pytest.mark.parametrize("name", FLOORS)
def test_each_order_keeps_its_parcels(name: str) -> None:
    by_number: dict[str, set[str]] = {}
    for order in orders(name):
        if order.order_number is not None:
            number = f"{order.order_number.value} {min(mails(order))}"
            by_number[number] = {parcel.tracking_number.value for parcel in order.order_delivery}
    right = [
        any(
            key.split()[0] == order["order"].lstrip("#") and key.split()[1] in order["mails"] and parcels == set(order["parcels"])
            for key, parcels in by_number.items()
        )
        for order in told(name)
        if order["order"] is not None
    ]
    assert sum(right) / len(right) >= FLOORS[name][2]
