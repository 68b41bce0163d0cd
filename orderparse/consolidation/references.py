"""References: mails that call no number an order's, but have one of another name that is it.

A payment service gives the shop's bill, "WC-4840" for order 4840; a carrier gives what the sender wrote on the parcel,
"reference: 10874". A bare number is only believed of the one order under way that has it, a part of one only of the shop that is named.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from orderparse.consolidation.claims import OF_PARCELS, SURE, kind_of, same_shop, sent_at
from orderparse.roles import MailKind, Role
from orderparse.text.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from orderparse.consolidation.claims import Claim
    from orderparse.consolidation.groups import Group
    from orderparse.records import Identifier

_NAMED_SO = frozenset({Role.REFERENCE, Role.INVOICE_NUMBER})
_BEFORE = timedelta(days=1)  # a payment may be told of before the order is
_UNDER_WAY = timedelta(days=60)  # from the first mail of an order until its parcel or payment
_MONEY_BACK = timedelta(days=120)
_LEAST = 4  # digits
_AFTER_LETTERS = lazy(r"[A-Z]{1,8}[-_/ ]?([0-9]+)", re.ASCII)


def joined(groups: Sequence[Group], units: Iterable[Group]) -> list[Group]:
    """Lays units that are a single mail with such a reference to the only order that it may mean; gives the others."""
    numbered: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        for number in {claim.number for claim in group.by_number if claim.number}:
            numbered[number].append(group)
    left: list[Group] = []
    for unit in units:
        homes = list(_homes(unit, numbered))
        if len(homes) == 1:
            homes[0].by_reference += unit.claims
        else:
            left.append(unit)
    return left


def _homes(unit: Group, numbered: Mapping[str, Sequence[Group]]) -> Iterator[Group]:
    claims = unit.claims
    if len(claims) != 1 or claims[0].number or claims[0].reading.sent is None:
        return
    (claim,) = claims
    found: dict[int, Group] = {}
    for one in _named(claim):
        written = one.value.upper()
        part = _AFTER_LETTERS.fullmatch(written)
        for number in {written, part[1]} if part is not None and claim.known else {written}:
            found.update((id(group), group) for group in numbered.get(number, ()) if len(number) >= _LEAST and _fits(group, claim))
    yield from found.values()


def _named(claim: Claim) -> list[Identifier]:
    return [one for one in claim.reading.identifiers if one.role in _NAMED_SO and one.confidence >= SURE]


def surest(claim: Claim) -> Identifier | None:
    """The reference by which a claim may have been joined."""
    return max(_named(claim), key=lambda one: one.confidence, default=None)


def _fits(group: Group, claim: Claim) -> bool:
    """Whether a mail may be about an order by its sender and its day."""
    if claim.known and not any(same_shop(claim.author, own.author) for own in group.by_number if own.known):
        return False
    if not claim.known and kind_of(claim.reading) not in OF_PARCELS:
        return False
    first = min((sent_at(own) for own in group.claims if own.reading.sent is not None), default=None)
    longest = _MONEY_BACK if kind_of(claim.reading) is MailKind.REFUND else _UNDER_WAY
    return first is not None and first - _BEFORE <= sent_at(claim) <= first + longest
