"""Awaited parcels: mails that say of a shop's parcel where it is, but name neither order nor parcel.

"Your parcel from Lumen Lamps comes today" is of the one order of that shop that is under way then; of several it may be any.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from orderparse.consolidation.claims import OF_PARCELS, domain_of, kind_of, same_shop, sent_at
from orderparse.roles import MailKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from orderparse.consolidation.claims import Claim
    from orderparse.consolidation.groups import Group

_UNDER_WAY = timedelta(days=60)  # from the first mail of an order until its parcel
_JUST_ENDED = timedelta(days=1)  # the shop and the carrier both tell that it came
_ENDS = frozenset({MailKind.DELIVERED, MailKind.CANCELLATION, MailKind.REFUND})


def joined(groups: Sequence[Group], units: Iterable[Group]) -> list[Group]:
    """Lays units that are a single mail about a shop's parcel to the only order of the shop that is under way; gives the others."""
    units = sorted(units, key=lambda unit: unit.claims[0].place)
    # By the first word of the shop, which is all that must be compared: ten years of mail hold thousands of each.
    numbered: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        for word in {_first_word(claim) for claim in group.by_number if claim.known}:
            numbered[word].append(group)
    confirmed: dict[str, list[Claim]] = defaultdict(list)
    for unit in units:
        if kind_of(unit.claims[0].reading) is MailKind.ORDER_CONFIRMATION:
            confirmed[_first_word(unit.claims[0])].append(unit.claims[0])
    left: list[Group] = []
    for unit in units:
        word = _first_word(unit.claims[0])
        home = _home(unit, numbered.get(word, ()), confirmed.get(word, ())) if word else None
        if home is None:
            left.append(unit)
        else:
            home.by_shop += unit.claims
    return left


def _first_word(claim: Claim) -> str:
    return (claim.author or "").partition(" ")[0]


def _home(unit: Group, groups: Sequence[Group], confirmed: Sequence[Claim]) -> Group | None:
    claims = unit.claims
    if len(claims) != 1 or claims[0].number or claims[0].parcels or not claims[0].named or claims[0].reading.sent is None:
        return None
    (claim,) = claims
    if kind_of(claim.reading) not in OF_PARCELS or claim.reading.order_numbers:  # a number that is not sure may be another order's
        return None
    at = sent_at(claim)
    fitting = [group for group in groups if _is_under_way(group, claim, at)]
    return fitting[0] if len(fitting) == 1 and not any(_is_nameless(other, claim.author, at) for other in confirmed) else None


def _is_nameless(other: Claim, author: str | None, at: datetime) -> bool:
    """Whether a claim is of an order of the shop of which the number is not known: its parcel may be the one."""
    if other.reading.sent is None or not same_shop(author, other.author):
        return False
    return sent_at(other) <= at <= sent_at(other) + _UNDER_WAY


def _is_under_way(group: Group, claim: Claim, at: datetime) -> bool:
    """Whether an order of the shop was made in the weeks before, has not come or been called off, and is not with another carrier."""
    if not any(same_shop(claim.author, own.author) for own in group.by_number if own.known):
        return False
    dated = [own for own in group.claims if own.reading.sent is not None]
    first = min(map(sent_at, dated), default=None)
    if first is None or not first <= at <= first + _UNDER_WAY:
        return False
    if any(kind_of(own.reading) in _ENDS and sent_at(own) < at - _JUST_ENDED for own in dated):
        return False
    shops = {domain_of(own.reading) for own in group.by_number}
    carriers = {domain_of(own.reading) for own in (*group.by_parcel, *group.by_shop)} - shops
    domain = domain_of(claim.reading)
    return domain not in shops and (not carriers or domain in carriers)
