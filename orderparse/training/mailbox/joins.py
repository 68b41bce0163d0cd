"""How well mails are joined: the orders that came out of a made-up mailbox against its truth."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from orderparse.training import numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from orderparse.records import Order
    from orderparse.training.mailbox import MadeMailbox, OrderTruth


@dataclass(frozen=True, slots=True, kw_only=True)
class Joins:
    """Pairs of mails in one order: ``right``, ``false`` and ``missed``; of the orders, how many have the right parcels and status.

    ``wrong`` says what went wrong, a line each.
    """

    orders: int
    mails: int
    right: int
    false: int
    missed: int
    parcels: int
    status: int
    wrong: tuple[str, ...]

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall of the pairs."""
        return 2 * self.right / (2 * self.right + self.false + self.missed or 1)

    @property
    def false_share(self) -> float:
        """Of the pairs that were joined, the share of those which are no pair."""
        return self.false / (self.right + self.false or 1)


def measure(made: MadeMailbox, orders: Sequence[Order], least: float = 0.5) -> Joins:
    """The measure of the orders that are at least so sure; mails that came out with none are pairs of nobody."""
    sure = [order for order in orders if order.confidence >= least]
    about: dict[str, frozenset[str]] = {mail.message_id: mail.about for mail in made.mails}
    guesses = {mail.message_id for mail in made.mails if not mail.tells}
    members: dict[str, set[str]] = defaultdict(set)
    for message, keys in about.items():
        for key in keys:
            members[key].add(message)
    true = _pairs(members[key] for key in sorted(members))
    told = {pair for pair in true if not guesses.intersection(pair)}
    found = _pairs(set(order.messages) & about.keys() for order in sure)
    right = {pair for pair in found & true if not guesses.intersection(pair)}
    wrong = [f"false: {' '.join(pair)}" for pair in sorted(found - right)] + [f"missed: {' '.join(pair)}" for pair in sorted(told - found)]
    parcels = status = 0
    for truth in made.orders:
        order = _match(truth, members[truth.key], sure)
        shown = _parcels(order) if order is not None else []
        if _same_parcels(truth, shown):
            parcels += 1
        else:
            own, read = sorted(map(sorted, truth.parcels)), sorted(map(sorted, shown))
            wrong.append(f"parcels of {truth.key} ({truth.number}): {own} read as {read}")
        stands = order.status.value if order is not None and order.status is not None else None
        if stands is truth.status:
            status += 1
        else:
            wrong.append(f"status of {truth.key} ({truth.number}): {truth.status} read as {stands}")
    return Joins(
        orders=len(made.orders),
        mails=len(made.mails),
        right=len(right),
        false=len(found - right),
        missed=len(told - found),
        parcels=parcels,
        status=status,
        wrong=tuple(wrong),
    )


def _pairs(groups: Iterable[set[str]]) -> set[tuple[str, str]]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def _match(truth: OrderTruth, messages: set[str], orders: Sequence[Order]) -> Order | None:
    """The order that is meant: the one with its number that has most of its mails, else the one that has most of them."""

    def fits(order: Order) -> tuple[bool, int]:
        number = numbers.plain(order.order_number.value) if order.order_number is not None else None
        return number == truth.number, len(messages.intersection(order.messages))

    best = max(orders, key=fits, default=None)
    if best is None or not messages.intersection(best.messages):
        best = max(orders, key=lambda order: len(messages.intersection(order.messages)), default=None)
    return best if best is not None and messages.intersection(best.messages) else None


def _parcels(order: Order) -> list[frozenset[str]]:
    return [
        frozenset(map(numbers.plain, (parcel.tracking_number.value, *parcel.other_numbers)))
        for parcel in order.order_delivery
        if parcel.tracking_number.confidence >= 0.5  # noqa: PLR2004  # what is shown
    ]


def _same_parcels(truth: OrderTruth, shown: Sequence[frozenset[str]]) -> bool:
    """Whether each parcel is there once, under one number of its own at least and none of another's."""
    return len(shown) == len(truth.parcels) and all(sum(numbers <= parcel for numbers in shown) == 1 for parcel in truth.parcels)
