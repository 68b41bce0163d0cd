"""Payments: mails about money that name a shop, a sum and a day, but no order; which order was paid.

None of these joins alone. Together they do where exactly one order of the shop has that sum in that currency within the days in
which such mails come, no other order of these days is without a sum, and no two payments lay claim to one order. Orders of one mail
that have one total together are paid together.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from orderparse.consolidation.claims import SURE, kind_of, same_shop, sent_at
from orderparse.roles import AmountRole, MailKind
from orderparse.slotted import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from decimal import Decimal

    from orderparse.consolidation.claims import Claim
    from orderparse.consolidation.groups import Group
    from orderparse.records import AmountFinding

    Key = tuple[str, str, Decimal]  # merchant, currency, sum
    Homes = Mapping[tuple[str, Decimal], Mapping[str, set[tuple[int, ...]]]]

# How long before and after an order its money is told of: an authorisation may come first, a bill at the end of the month.
_WINDOWS: Mapping[MailKind, tuple[timedelta, timedelta]] = {
    MailKind.PAYMENT: (timedelta(days=1), timedelta(days=14)),
    MailKind.ORDER_CONFIRMATION: (timedelta(days=1), timedelta(days=14)),  # of a service that pays: "your purchase at Lumen Lamps"
    MailKind.INVOICE: (timedelta(days=1), timedelta(days=45)),
    MailKind.REFUND: (timedelta(0), timedelta(days=120)),
}
_ONE_TELLING = timedelta(days=1)  # two mails of one sum further apart tell of two payments
_ROLES = frozenset({AmountRole.TOTAL, AmountRole.PAID})


def joined(groups: Sequence[Group], units: Iterable[Group]) -> list[Group]:
    """Lays units that are a single mail about money to the groups that were paid for; gives the units that have none."""
    found: dict[tuple[tuple[int, ...], MailKind], list[Group]] = defaultdict(list)
    left: list[Group] = []
    units = list(units)
    homes = _homes(groups)
    unpriced = _unpriced((*groups, *units))
    for unit in units:
        home = _home(unit, groups, homes, unpriced)
        if home is None:
            left.append(unit)
        else:
            found[home, kind_of(unit.by_thread[0].reading)].append(unit)
    for (home, _), same in found.items():
        times = [sent_at(unit.by_thread[0]) for unit in same]
        if max(times) - min(times) <= _ONE_TELLING:
            for place in home:
                groups[place].by_payment += [_of_all(unit.by_thread[0]) if len(home) > 1 else unit.by_thread[0] for unit in same]
        else:
            left += same
    return left


def _of_all(claim: Claim) -> Claim:
    """A payment for several orders at once: its sum is no order's total."""
    paid = surest(claim)
    return replace(claim, of_all=paid.value if paid is not None else None)


def _homes(groups: Sequence[Group]) -> Homes:
    """Currency and total, merchant -> places of the groups that have them, or that were ordered at once and have them together."""
    homes: dict[tuple[str, Decimal], dict[str, set[tuple[int, ...]]]] = defaultdict(lambda: defaultdict(set))
    at_once: dict[tuple[int, Key], list[int]] = defaultdict(list)
    for place, group in enumerate(groups):
        for claim in group.by_number:
            for key in keys(claim, {AmountRole.TOTAL}):
                homes[key[1:]][key[0]].add((place,))
            whole = claim.of_all
            if whole is not None and whole.currency and claim.known and claim.author:
                at_once[claim.place, (claim.author, whole.currency, whole.value)].append(place)
    for (_, key), places in at_once.items():
        homes[key[1:]][key[0]].add(tuple(dict.fromkeys(places)))
    return homes


def _unpriced(groups: Iterable[Group]) -> dict[str, list[datetime]]:
    """Merchant -> when it confirmed the orders of which the number or the sum is not known: any of them may be the one that was paid."""
    found: dict[str, list[datetime]] = defaultdict(list)
    for group in groups:
        if group.by_number and any(claim.of_all or keys(claim, {AmountRole.TOTAL}) for claim in group.by_number):
            continue
        for claim in group.claims:
            if claim.author and claim.reading.sent is not None and kind_of(claim.reading) is MailKind.ORDER_CONFIRMATION:
                found[claim.author].append(sent_at(claim))
    return {author: sorted(times) for author, times in found.items()}


def _home(unit: Group, groups: Sequence[Group], homes: Homes, unpriced: Mapping[str, Sequence[datetime]]) -> tuple[int, ...] | None:
    """The place of the only group that fits a unit, or the places of those that were ordered at once."""
    claims = unit.claims
    if len(claims) != 1 or not unit.by_thread or claims[0].reading.sent is None:
        return None
    (claim,) = claims
    kind = kind_of(claim.reading)
    if kind not in _WINDOWS:
        return None
    before, after = _WINDOWS[kind]
    roles = {AmountRole.REFUND} if kind is MailKind.REFUND else _ROLES
    at = sent_at(claim)
    fitting = set()
    told = ((own[0], known) for own in keys(claim, roles) for known in homes.get(own[1:], {}).items())
    for home in {home for author, (known, places) in told if same_shop(author, known) for home in places}:
        first = min((sent_at(other) for place in home for other in groups[place].by_number if other.reading.sent is not None), default=None)
        if first is not None and first - before <= at <= first + after:
            fitting.add(home)
    if len(fitting) != 1:
        return None
    others = (times for author, times in unpriced.items() if same_shop(author, claim.author))
    itself = kind is MailKind.ORDER_CONFIRMATION
    return None if sum(bisect_right(times, at + before) - bisect_left(times, at - after) for times in others) > itself else fitting.pop()


def numbered(claims: Sequence[Claim]) -> list[tuple[Claim, Claim]]:
    """Claims about money by nobody known, each with one of a merchant that has its number, sum and currency in these days."""
    known: dict[tuple[str, str, Decimal], dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        if claim.number and claim.reading.sent is not None:
            for author, currency, value in keys(claim, {AmountRole.TOTAL}):
                known[claim.number, currency, value][author].append(claim)
    pairs: list[tuple[Claim, Claim]] = []
    for claim in claims:
        kind = kind_of(claim.reading)
        if claim.known or not claim.number or claim.reading.sent is None or kind not in _WINDOWS:
            continue
        before, after = _WINDOWS[kind]
        at = sent_at(claim)
        mates = {
            author: mate
            for found in sums(claim, _ROLES)
            for author, others in known.get((claim.number, found.value.currency or "", found.value.value), {}).items()
            for mate in others
            if sent_at(mate) - before <= at <= sent_at(mate) + after
        }
        if len(mates) == 1:
            pairs += [(claim, mate) for mate in mates.values()]
    return pairs


def keys(claim: Claim, roles: Iterable[AmountRole]) -> set[Key]:
    """What a claim says of money, as far as it is sure who sells, for how much and in which currency."""
    return {
        (claim.author, found.value.currency, found.value.value)
        for found in sums(claim, roles)
        if claim.known and claim.author and found.value.currency
    }


def sums(claim: Claim, roles: Iterable[AmountRole]) -> list[AmountFinding]:
    """The sure sums of a claim in these roles."""
    return [found for found in claim.order.amounts if found.role in roles and found.confidence >= SURE]


def surest(claim: Claim) -> AmountFinding | None:
    """The sum by which a claim may have been joined."""
    return max(sums(claim, {*_ROLES, AmountRole.REFUND}), key=lambda found: found.confidence, default=None)
