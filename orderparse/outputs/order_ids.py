"""Order ids: an order that grew, got its number or another name since keeps the id that it had.

Orders are made anew of all mails each time. One is the same as before if it has the merchant and the number
of before, else if mails of before tell of it and no two numbers say otherwise.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from orderparse.outputs import identity
from orderparse.outputs.safe_text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from orderparse.records import Finding, Order


class Known(NamedTuple):
    """An order of before; ``messages`` as in :class:`orderparse.records.Order`, but each on one line."""

    id: str
    merchant: str | None
    order_number: str | None
    messages: tuple[str, ...]


def matched(orders: Sequence[Order], known: Iterable[Known]) -> list[str]:
    """An id for each order, no two the same."""
    left = {one.id: one for one in known}
    ids: dict[int, str] = {}
    by_number: dict[tuple[str, str], str] = {}
    for one in left.values():
        if one.order_number is not None:
            by_number.setdefault((identity.seller(one.merchant), one.order_number.upper()), one.id)
    for place, order in enumerate(orders):
        if order.order_number is not None:
            found = by_number.get((identity.seller(order.merchant), _number(order.order_number)))
            if found in left:
                ids[place] = left.pop(found).id
    for _, place, found in sorted(_pairs({place: order for place, order in enumerate(orders) if place not in ids}, left)):
        if place not in ids and found in left:
            ids[place] = left.pop(found).id
    taken = set(ids.values())
    for place, order in enumerate(orders):
        if place not in ids:
            ids[place] = _free(identity.of_order(order), taken)
            taken.add(ids[place])
    return [ids[place] for place in range(len(orders))]


def _pairs(orders: dict[int, Order], left: dict[str, Known]) -> list[tuple[tuple[bool, int], int, str]]:
    """(rank, place of an order, id of before) of those that may be the same; the lowest rank is the likeliest."""
    telling: dict[str, list[str]] = defaultdict(list)
    for one in left.values():
        for message in dict.fromkeys(one.messages):
            telling[message].append(one.id)
    pairs = []
    for place, order in orders.items():
        shared = Counter(found for message in dict.fromkeys(map(one_line, order.messages)) for found in telling.get(message, ()))
        numbers = {_number(number) for number in (order.order_number, *order.other_order_numbers) if number is not None}
        for found, count in shared.items():
            before = left[found].order_number
            same = before is not None and before.upper() in numbers
            if same or before is None or order.order_number is None:
                pairs.append(((not same, -count), place, found))
    return pairs


def _number(found: Finding[str]) -> str:
    return one_line(found.value).upper()  # as the store has it


def _free(name: str, taken: set[str]) -> str:
    again = 0
    found = name
    while found in taken:
        again += 1
        found = identity.digest(name, str(again))
    return found
