"""Orders: what the mails of a group tell together (https://schema.org/Order, https://schema.org/ParcelDelivery)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from orderparse.consolidation import payments, references, standing
from orderparse.consolidation.claims import OF_PARCELS, SURE, kind_of, name_key, parcel_keys, when
from orderparse.consolidation.forest import Forest
from orderparse.consolidation.groups import split
from orderparse.records import Event, Finding, Join, Order, ParcelDelivery
from orderparse.roles import AmountRole, DateRole, MailKind
from orderparse.slotted import replace
from orderparse.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    from orderparse.consolidation.claims import Claim
    from orderparse.consolidation.groups import Group
    from orderparse.records import AmountFinding, OrderItem, TrackingNumber

F = TypeVar("F", bound=Finding[Any])

_DOMAIN_ALONE = 0.8  # confidence that mails of one domain are of one merchant, where none is named
_PAYMENT_ALONE = 0.95  # confidence that the only order of a shop, a sum and a time is the one that was paid
_REFERENCE_ALONE = 0.9  # how sure a number of another name is that of the order
_SHOP_ALONE = 0.9  # confidence that the only order of a shop that is under way is the one whose parcel comes
_NOBODY = 0.4  # worth of an order without number, parcel and merchant: not shown unless asked for
_TOTAL_FROM = (MailKind.ORDER_CONFIRMATION, MailKind.PAYMENT, MailKind.INVOICE)  # who states the total best


def of(group: Group) -> Order:
    """The order of a group: of each thing the surest telling, of what changes the newest."""
    claims = group.claims
    numbers = split(claims, lambda claim: claim.number)
    own = group.by_number[0].number if group.by_number else None
    findings = {number: _best(claim.order.order_number for claim in members) for number, members in numbers.items()}
    number = findings.pop(own) if own else _best(claim.order.order_number for claim in claims if not claim.number)
    merchants = [claim.reading.merchant for claim in claims if claim.reading.merchant is not None]
    merchant = _best(claim.reading.merchant for claim in claims if claim.named) or _best(merchants)
    tellers = _tellers(claims)
    told_of = _parcels(tellers)
    bare = [claim for claim in claims if not claim.parcels]
    joins = tuple(_joins(group, tellers))
    sure = _surest_join(joins)
    parcels = tuple(_delivery(told, bare, sure, only=len(told_of) == 1) for told in told_of)
    total = _total(claims, sure)
    if own is not None and number is not None:
        confidence = number.confidence
    elif parcels:
        confidence = max(parcel.tracking_number.confidence for parcel in parcels)
    else:  # only a kind of mail: as good as what is known of the merchant
        kinds = max(claim.reading.kind.confidence for claim in claims if claim.reading.kind is not None)
        confidence = kinds * (merchant.confidence if merchant is not None else _NOBODY)
    readings = {claim.place: claim.reading for claim in claims}
    return Order(
        order_number=number,
        confidence=confidence,
        merchant=merchant,
        other_order_numbers=tuple(finding for _, finding in sorted(findings.items()) if finding is not None),
        order_date=_best(_of_order(found, sure, claim) for claim in claims for found in claim.order.dates if found.role is DateRole.ORDER),
        status=standing.of_order(claims, total, parcels),
        total=total,
        payment=_best(reading.payment_method for reading in readings.values()),
        items=_items(claims),
        order_delivery=parcels,
        events=_events(claims),
        messages=tuple(dict.fromkeys(claim.message for claim in claims)),
        joined_by=joins,
    )


def _tellers(claims: Iterable[Claim]) -> dict[str, list[tuple[Claim, TrackingNumber]]]:
    """Parcel -> the claims that name it, with its number as each has it."""
    tellers: dict[str, list[tuple[Claim, TrackingNumber]]] = defaultdict(list)
    for claim in claims:
        for found in claim.order.tracking_numbers:
            if found.confidence >= SURE:
                tellers[parcel_keys(found, claim.author, claim.place)[0]].append((claim, found))
    return tellers


def _parcels(tellers: Mapping[str, Sequence[tuple[Claim, TrackingNumber]]]) -> list[list[tuple[Claim, TrackingNumber]]]:
    """Who tells of each parcel, by whichever of its numbers: what was handed over, and a shipment with its only piece, are one parcel."""
    same = Forest()
    pieces: dict[str, set[str]] = defaultdict(set)
    for key, told in tellers.items():
        same.root(key)
        for claim, found in told:
            if found.handed_over_to is not None:
                same.join((key, parcel_keys(replace(found, value=found.handed_over_to, shipment=None), claim.author, claim.place)[0]))
            if found.shipment is not None:
                pieces[parcel_keys(replace(found, value=found.shipment, handed_over_to=None), claim.author, claim.place)[0]].add(key)
    for pair in _taken_over(tellers):
        same.join(pair)
    for shipment, keys in pieces.items():
        if shipment in tellers and len(keys - {shipment}) == 1:
            same.join((shipment, *keys))
    parcels: dict[Hashable, list[tuple[Claim, TrackingNumber]]] = defaultdict(list)
    for key, told in tellers.items():
        parcels[same.root(key)] += told
    return list(parcels.values())


def _taken_over(tellers: Mapping[str, Sequence[tuple[Claim, TrackingNumber]]]) -> Iterator[tuple[str, str]]:
    """Pairs of numbers that a carrier's own mail gives together, of which another carrier tells the second as its own.

    The mail alone leaves open whether these are two parcels: it is the later carrier who says that one was handed over.
    """
    carriers = {key: {found.carrier for _, found in told if found.carrier} for key, told in tellers.items()}
    beside: dict[int, dict[str, str]] = defaultdict(dict)
    for key, told in tellers.items():
        for claim, found in told:
            sender = claim.reading.sender
            if found.carrier and sender is not None and name_key(sender.name) == name_key(found.carrier):
                beside[claim.place][key] = found.carrier
    for pair in beside.values():
        if len(pair) == 2 and len(set(pair.values())) == 1 and sorted(len(carriers[key]) for key in pair) == [1, 2]:  # noqa: PLR2004
            first, second = pair
            yield first, second


def _joins(group: Group, tellers: Mapping[str, Sequence[tuple[Claim, TrackingNumber]]]) -> Iterator[Join]:
    """Why the mails are one order: each key that more than one mail has."""
    claims = group.claims
    for members in split(claims, lambda claim: claim.number).values():
        yield from _join("order_number", ((claim, claim.order.order_number) for claim in members))
    for members in split(group.by_number, lambda claim: "".join(filter(str.isdigit, claim.number or ""))).values():
        if len({claim.number for claim in members}) > 1:  # written in two ways
            yield from _join("order_number", ((claim, claim.order.order_number) for claim in members))
    own = group.by_number[0].number if group.by_number else None
    for _, told in sorted(tellers.items()):
        if own is None or any(claim.number != own for claim, _ in told):
            yield from _join("tracking_number", told)
    threads = {claim.thread for claim in group.by_thread}
    yield from _join("thread", ((claim, None if claim.silent else claim.reading.merchant) for claim in claims if claim.thread in threads))
    if group.by_payment:
        yield from _join("payment", ((claim, payments.surest(claim)) for claim in _paid(group)), _PAYMENT_ALONE)
    if group.by_shop:
        known = [claim for claim in group.by_number if claim.known][:1]
        yield from _join("merchant", ((claim, claim.reading.merchant) for claim in (*known, *group.by_shop)), _SHOP_ALONE)
    if group.by_reference:
        numbered = [(claim, claim.order.order_number) for claim in group.by_number[:1]]
        yield from _join("reference", (*numbered, *((claim, references.surest(claim)) for claim in group.by_reference)), _REFERENCE_ALONE)


def _paid(group: Group) -> Iterator[Claim]:
    """The claims that a payment brought, and those whose total it is."""
    told = {key for claim in group.by_payment for key in payments.keys(claim, AmountRole)}
    payers = {claim.place for claim in group.by_payment}
    for claim in group.claims:
        if claim.place in payers or not told.isdisjoint(payments.keys(claim, {AmountRole.TOTAL})):
            yield claim


def _join(reason: str, found: Iterable[tuple[Claim, Finding[Any] | None]], scale: float = 1.0) -> Iterator[Join]:
    """As sure as the surest mail and the least sure are both right."""
    best: dict[str, float] = {}
    for claim, finding in found:
        best[claim.message] = max(best.get(claim.message, 0.0), finding.confidence if finding is not None else _DOMAIN_ALONE)
    if len(best) > 1:
        yield Join(messages=tuple(best), reason=reason, confidence=scale * min(best.values()) * max(best.values()))


def _surest_join(joins: Iterable[Join]) -> Mapping[str, float]:
    """Mail -> how sure it is joined to the order; a mail that is all there is needs no join."""
    sure: dict[str, float] = {}
    for join in joins:
        for message in join.messages:
            sure[message] = max(sure.get(message, 0.0), join.confidence)
    return sure


def _of_order(found: F, sure: Mapping[str, float], claim: Claim) -> F:
    """The finding with the probability that it belongs to the order: within its mail, and its mail to the others."""
    return replace(found, belongs=(1.0 if found.belongs is None else found.belongs) * sure.get(claim.message, 1.0))


def _best(findings: Iterable[F | None]) -> F | None:
    """The surest; the first of equals, which is the oldest mail's."""
    return max((found for found in findings if found is not None), key=lambda found: found.confidence, default=None)


def _total(claims: Sequence[Claim], sure: Mapping[str, float]) -> AmountFinding | None:
    """The total, from the mail that states it best: sure before unsure, confirmation before payment before invoice."""

    def rank(told: tuple[MailKind, AmountFinding]) -> tuple[bool, int, float]:
        kind, found = told
        return found.confidence >= SURE, -(_TOTAL_FROM.index(kind) if kind in _TOTAL_FROM else len(_TOTAL_FROM)), found.confidence

    told = (
        (kind_of(claim.reading), _of_order(found, sure, claim))
        for claim in claims
        for found in claim.order.amounts
        if found.role is AmountRole.TOTAL and found.value != claim.of_all
    )
    return max(told, key=rank, default=(None, None))[1]


def _items(claims: Iterable[Claim]) -> tuple[OrderItem, ...]:
    """Each thing once, by its name; the surest reading of it."""
    best: dict[str, OrderItem] = {}
    for claim in claims:
        for item in claim.order.items:
            name = " ".join(fold(item.name).split())
            if name not in best or best[name].confidence < item.confidence:
                best[name] = item
    return tuple(best.values())


def _delivery(
    told: Sequence[tuple[Claim, TrackingNumber]], bare: Sequence[Claim], sure: Mapping[str, float], *, only: bool
) -> ParcelDelivery:
    """A parcel from the mails that name it and, of estimates and of an only parcel, from the bare ones that name none."""
    naming = [claim for claim, _ in told] + (list(bare) if only else [])
    numbers = [_of_order(found, sure, claim) for claim, found in told]
    before = {found.value for found in numbers if found.handed_over_to is not None} | {found.shipment for found in numbers}
    number = max(numbers, key=lambda found: (found.value not in before, found.confidence))
    others = dict.fromkeys(
        other for found in numbers for other in (found.value, found.handed_over_to, found.shipment) if other not in {None, number.value}
    )
    expected = [
        (when(claim.reading.sent), found.confidence, found)
        for claim in (*(claim for claim, _ in told), *bare)
        for found in claim.order.dates
        if found.role is DateRole.DELIVERY_ESTIMATE and found.confidence >= SURE
    ]
    estimate = max(expected, key=lambda told: told[:2])[2] if expected else None
    delivered = _best(
        found for claim in naming for found in claim.order.dates if found.role is DateRole.DELIVERED and found.confidence >= SURE
    )
    carried = _best(found for found in numbers if found.carrier and found.value == number.value) or _best(
        found for found in numbers if found.carrier
    )
    return ParcelDelivery(
        tracking_number=number,
        other_numbers=tuple(sorted(filter(None, others))),
        carrier=carried.carrier if carried is not None else None,
        status=standing.of_claims(claim for claim in naming if kind_of(claim.reading) in OF_PARCELS),
        expected_from=estimate.value if estimate is not None else None,
        expected_until=(estimate.until or estimate.value) if estimate is not None else None,
        delivered=delivered.value if delivered is not None else None,
        events=_events(sorted((claim for claim in naming if kind_of(claim.reading) in OF_PARCELS), key=lambda claim: claim.place)),
    )


def _events(claims: Iterable[Claim]) -> tuple[Event, ...]:
    """The mails of the claims in the order of time, each once."""
    readings = {claim.place: claim.reading for claim in claims}
    return tuple(
        Event(at=reading.sent, kind=kind_of(reading), message_id=reading.message_id, source=reading.source) for reading in readings.values()
    )


def oldest_first(order: Order) -> tuple[bool, date, str, str, tuple[str, ...]]:
    """For sorting: by the order's own date, else that of its first mail; orders without any date last."""
    first = next((event.at.date() for event in order.events if event.at is not None), None)
    day = order.order_date.value if order.order_date is not None and order.order_date.confidence >= SURE else first
    number = order.order_number.value if order.order_number is not None else ""
    return day is None, day or date.min, number, order.merchant.value if order.merchant is not None else "", order.messages
