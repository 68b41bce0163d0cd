"""Claims: what one mail says of one order, with the keys that join it to others."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from math import log
from operator import itemgetter
from typing import TYPE_CHECKING

from orderparse.consolidation.forest import Forest
from orderparse.parties import MAIL_PROVIDERS, MAIL_RELAYS
from orderparse.records import MailOrder, Reading
from orderparse.roles import AmountRole, MailKind
from orderparse.slotted import dataclass, replace
from orderparse.text import suffixes
from orderparse.text.fold import fold
from orderparse.text.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    from orderparse.records import Money, TrackingNumber

SURE = 0.5  # a finding below it joins nothing
DISTINCTIVE = 8  # characters from which a number is not met twice by chance
_SHARED = 0.8  # how sure a parcel holds the other orders of its mail too
_NUMBERS_OF_A_PARCEL = 4  # two or three carriers bring it
_SUPPORT = 10.0  # how much likelier (odds) an order number is whose suffix another order of the buyer has
_ALONE = b""  # stands for the content of a mail that was compared with none
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TOP_LEVEL = lazy(r"(?<=...)\.[a-z]{2,3}$")
# What a mail tells of the parcel that it names, not only of the order.
OF_PARCELS = frozenset({MailKind.SHIPPING, MailKind.OUT_FOR_DELIVERY, MailKind.PICKUP, MailKind.DELIVERED, MailKind.EXCEPTION})
# Words that tell how a firm is owned, not which firm it is.
_LEGAL_FORMS = frozenset({
    "ab", "aps", "as", "asa", "bv", "co", "corp", "gmbh", "inc", "kg", "limited", "llc", "ltd", "nv", "oy", "oyj", "plc", "pty", "sa",
    "sarl", "se", "spa", "srl", "the",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Claim:
    """What one mail says of one order.

    ``place`` is that of the mail in time. ``author`` is the merchant as a key, as far as it can be told:
    ``named`` by the mail itself, ``known`` by name from this or another mail, else the sender's domain.
    ``thread`` is the one that the mail stands in, if it names any. A ``silent`` claim is an answer that tells of no order
    by itself: it may go with one, and never makes one.
    """

    place: int
    reading: Reading
    order: MailOrder
    number: str | None
    parcels: tuple[str, ...]
    author: str | None
    named: bool
    known: bool
    thread: str | None
    silent: bool = False
    of_all: Money | None = None  # the total of all orders of the mail, where it has several

    @property
    def threads(self) -> tuple[tuple[str, str], ...]:
        """The thread with its author: others that write in it may mean something else."""
        return ((self.author, self.thread),) if self.author and self.thread else ()

    @property
    def message(self) -> str:
        """The Message-ID, or the source of a mail that has none."""
        return self.reading.message_id or self.reading.source

    def only(self, parcels: frozenset[str]) -> Claim:
        """The claim as far as it tells of these parcels."""
        found = tuple(found for found in self.order.tracking_numbers if parcels.intersection(parcel_keys(found, self.author, self.place)))
        return replace(self, order=replace(self.order, tracking_numbers=found), parcels=tuple(sorted(parcels)))


def _distinct(readings: Iterable[Reading]) -> list[Reading]:
    """Each mail once, in the order of time: copies differ in their source only, and in the defect that says so; the first source stands."""
    # By time and Message-ID, and of those by content: most have no other beside them, and need not be compared.
    alike: dict[tuple[tuple[bool, timedelta], str], dict[bytes, Reading]] = {}
    for reading in readings:
        if reading.status == "ok" and not reading.suspicious:  # a scam is nobody's order
            slim = _slim(reading)
            same = alike.setdefault((when(slim.sent), slim.message_id or ""), {})
            if not same:
                same[_ALONE] = slim
                continue
            alone = same.pop(_ALONE, None)
            if alone is not None:
                same[_content(alone)] = alone
            content = _content(slim)
            if slim.source < same.setdefault(content, slim).source:
                same[content] = slim
    return [reading for _, same in sorted(alike.items(), key=itemgetter(0)) for _, reading in sorted(same.items(), key=itemgetter(0))]


def _content(reading: Reading) -> bytes:
    """A digest of all that a reading says, wherever the mail was found."""
    from hashlib import blake2b  # noqa: PLC0415  # where two mails have one time and one Message-ID

    defects = tuple(defect for defect in reading.defects if defect.code != "copy")
    return blake2b(repr(replace(reading, source="", defects=defects)).encode("utf-8", "backslashreplace"), digest_size=16).digest()


def _slim(reading: Reading) -> Reading:
    """A reading without what joins nothing: most mails of a mailbox tell of no order, and all are held at once."""
    if kind_of(reading) is not MailKind.OTHER or reading.order_numbers or reading.tracking_numbers:
        return replace(reading, text="")
    return Reading(
        source=reading.source,
        message_id=reading.message_id,
        in_reply_to=reading.in_reply_to,
        sent=reading.sent,
        sender=reading.sender,
        merchant=reading.merchant,
    )


def when(sent: datetime | None) -> tuple[bool, timedelta]:
    """For sorting: undated first, so that an undated mail never outranks a dated one."""
    if sent is None:
        return False, timedelta()
    return True, (sent if sent.tzinfo else sent.replace(tzinfo=UTC)) - _EPOCH


def same_shop(one: str | None, other: str | None) -> bool:
    """Whether two keys of merchants are of one: "lumen" and "lumen online", which a carrier may write in full."""
    if not one or not other:
        return False
    short, long = sorted((one, other), key=len)
    return short == long or long.startswith(f"{short} ")


def sent_at(claim: Claim) -> datetime:
    """When the mail of a claim was sent; only asked of mails that say so."""
    sent = claim.reading.sent
    assert sent is not None  # noqa: S101  # who asks has looked
    return sent if sent.tzinfo else sent.replace(tzinfo=UTC)


def _suffix_support(readings: Sequence[Reading], shared_suffix: Mapping[str, int]) -> Mapping[tuple[str, str], float]:
    """(merchant, order number) -> factor on the odds of the number, for numbers whose suffix another sure number has."""
    lengths = {name_key(name): length for name, length in shared_suffix.items()}
    sure: dict[tuple[str, str], set[str]] = defaultdict(set)
    seen: set[tuple[str, str, str]] = set()
    for reading in readings:
        merchant = _merchant_key(reading)
        if merchant not in lengths:
            continue
        for number in (order.order_number for order in _mail_orders(reading)):
            if number is not None and len(number.value) > lengths[merchant]:
                suffix = number.value[-lengths[merchant] :]
                seen.add((merchant, number.value, suffix))
                if number.confidence >= SURE:
                    sure[merchant, suffix].add(number.value)
    return {(merchant, number): _SUPPORT for merchant, number, suffix in seen if sure[merchant, suffix] - {number}}


def of(readings: Iterable[Reading], shared_suffix: Mapping[str, int]) -> list[Claim]:
    """All claims, in the order of time; each mail counts once."""
    distinct = _distinct(readings)
    return _with_other_numbers(list(_claims(distinct, _suffix_support(distinct, shared_suffix))))


def _with_other_numbers(claims: list[Claim]) -> list[Claim]:
    """The claims, each with the other numbers of its parcels too: a mail that knows one may not know that it was handed over."""
    same = Forest()
    for claim in claims:
        for found in claim.order.tracking_numbers:
            if found.confidence >= SURE and found.handed_over_to is not None:
                same.join(parcel_keys(replace(found, shipment=None), claim.author, claim.place))
    numbers: dict[Hashable, set[str]] = defaultdict(set)
    for key in {key for claim in claims for key in claim.parcels}:
        numbers[same.root(key)].add(key)
    told = (({key for own in claim.parcels for key in _few(numbers[same.root(own)])} - set(claim.parcels), claim) for claim in claims)
    return [replace(claim, parcels=(*claim.parcels, *sorted(others))) if others else claim for others, claim in told]


def _few(numbers: set[str]) -> set[str]:
    """The numbers of one parcel; nothing where they are so many that somebody was mistaken."""
    return numbers if len(numbers) <= _NUMBERS_OF_A_PARCEL else set()


def _claims(readings: Sequence[Reading], support: Mapping[tuple[str, str], float]) -> Iterator[Claim]:
    carriers = {name_key(found.carrier) for reading in readings for found in reading.tracking_numbers if found.carrier}
    names = ["" if (name := _merchant_key(reading)) in carriers else name for reading in readings]
    domains = [domain_of(reading) for reading in readings]
    merchants_of: dict[str, set[str]] = defaultdict(set)
    for_others: set[str] = set()  # domains from which somebody wrote in another's business: carriers, payment services
    threads = Forest()
    for reading, name, domain in zip(readings, names, domains, strict=True):
        if name:
            merchants_of[domain].add(name)
            if not _may_be_called(reading, name):
                for_others.add(domain)
        threads.join(reference for reference in (reading.message_id, reading.in_reply_to) if reference)
    for place, (reading, name, domain) in enumerate(zip(readings, names, domains, strict=True)):
        senders = merchants_of.get(domain, set()) if domain else set()
        known = name or (min(senders) if len(senders) == 1 and domain not in for_others else "")
        author = known or (domain if not senders else "") or None
        reference = reading.message_id or reading.in_reply_to
        telling, of_all = _without_grand_total(_telling(reading, known, support))
        for order in telling or ([MailOrder(order_number=None)] if reading.in_reply_to else []):
            yield Claim(
                place=place,
                reading=reading,
                order=order,
                number=_number(order),
                parcels=tuple(
                    dict.fromkeys(
                        key for found in order.tracking_numbers if found.confidence >= SURE for key in parcel_keys(found, author, place)
                    )
                ),
                author=author,
                named=bool(name),
                known=bool(known),
                thread=str(threads.root(reference)) if reference else None,
                silent=not telling,
                of_all=of_all,
            )


def _may_be_called(reading: Reading, merchant: str) -> bool:
    """Whether the sender's display name, if there is one, may be the merchant's: it shares a word with it."""
    shown = name_key(reading.sender.name) if reading.sender is not None else ""
    return not shown or bool(set(shown.split()) & set(merchant.split())) or shown.replace(" ", "") == merchant.replace(" ", "")


def _telling(reading: Reading, merchant: str, support: Mapping[tuple[str, str], float]) -> list[MailOrder]:
    """The orders of a mail that have a sure number or parcel; else the mail as a whole, if its kind is one of an order."""
    orders = [
        _supported(_apart(order, reading), support.get((merchant, order.order_number.value if order.order_number else ""), 1.0))
        for order in _together(_mail_orders(reading), reading)
    ]
    telling = [order for order in orders if _number(order) or any(found.confidence >= SURE for found in order.tracking_numbers)]
    return telling or (orders[:1] if kind_of(reading) is not MailKind.OTHER else [])


def _without_grand_total(orders: list[MailOrder]) -> tuple[list[MailOrder], Money | None]:
    """The orders of a mail and the total of them all, which the last of them seems to have: it adds up theirs, or no other has one."""
    if len(orders) < 2:  # noqa: PLR2004  # several
        return orders, None
    *others, last = ([found for found in order.amounts if found.role is AmountRole.TOTAL and found.confidence >= SURE] for order in orders)
    for whole in last:
        own = [found for found in last if found.value != whole.value]
        each = [{found.value.value for found in told} for told in (*others, own)]
        if not any(each) or (all(len(values) == 1 for values in each) and sum(map(sum, each)) == whole.value.value):
            left = tuple(found for found in orders[-1].amounts if found.role is not AmountRole.TOTAL or found.value != whole.value)
            return [*orders[:-1], replace(orders[-1], amounts=left)], whole.value
    return orders, None


def _together(orders: tuple[MailOrder, ...], reading: Reading) -> tuple[MailOrder, ...]:
    """The orders of a mail about a parcel; where there is only one and several orders, it holds them all, wherever it stands."""
    numbered = [order for order in orders if order.order_number is not None]
    told = [found for order in orders for found in order.tracking_numbers if found.confidence >= SURE]
    numbers = {found.value for found in told}
    taken = {found.handed_over_to for found in told if found.handed_over_to in numbers}
    if kind_of(reading) not in OF_PARCELS or len(numbered) < 2 or len(numbers - taken) != 1:  # noqa: PLR2004  # several
        return orders
    shared = tuple({found.value: replace(found, belongs=min(found.belongs or 1.0, _SHARED)) for found in reversed(told)}.values())
    return tuple(
        order if any(found.confidence >= SURE for found in order.tracking_numbers) else replace(order, tracking_numbers=shared)
        for order in orders
    )


def _apart(order: MailOrder, reading: Reading) -> MailOrder:
    """An order without hand-overs to a parcel that the mail lays to another order: these are two parcels."""
    own = {found.value for found in order.tracking_numbers}
    others = {found.value for other in reading.orders for found in other.tracking_numbers} - own
    if not any(found.handed_over_to in others for found in order.tracking_numbers):
        return order
    numbers = (replace(found, handed_over_to=None) if found.handed_over_to in others else found for found in order.tracking_numbers)
    return replace(order, tracking_numbers=tuple(numbers))


def _mail_orders(reading: Reading) -> tuple[MailOrder, ...]:
    """The orders of a mail; where none has a number, what may be one is the number of the first."""
    orders = reading.orders or (
        MailOrder(
            order_number=None,
            tracking_numbers=reading.tracking_numbers,
            dates=reading.dates,
            amounts=reading.amounts,
            items=reading.items,
        ),
    )
    if any(order.order_number is not None for order in orders) or not reading.order_numbers:
        return orders
    sure = [number for number in reading.order_numbers if number.confidence >= SURE]
    if len(sure) > 1:  # nobody said which number goes with what
        return tuple(MailOrder(order_number=number) for number in sure)
    best = max(reading.order_numbers, key=lambda number: number.confidence)
    return (replace(orders[0], order_number=best), *orders[1:])


def _supported(order: MailOrder, factor: float) -> MailOrder:
    number = order.order_number
    if number is None or factor == 1.0:
        return order
    confidence = factor * number.confidence / (1 + (factor - 1) * number.confidence)
    reasons = (*number.reasons, ("shared_suffix", log(factor)))
    return replace(order, order_number=replace(number, confidence=confidence, reasons=reasons))


def _number(order: MailOrder) -> str | None:
    number = order.order_number
    return number.value.upper() if number is not None and number.confidence >= SURE else None


def parcel_keys(found: TrackingNumber, author: str | None, place: int) -> list[str]:
    """The keys of a parcel, that of the number itself first: a short number is one only together with who wrote it."""
    numbers = (number.upper() for number in (found.value, found.handed_over_to, found.shipment) if number is not None)
    return [number if len(number) >= DISTINCTIVE else f"{number} {author or place}" for number in numbers]


def _merchant_key(reading: Reading) -> str:
    merchant = reading.merchant
    return name_key(merchant.value) if merchant is not None and merchant.confidence >= SURE else ""


@lru_cache(maxsize=10_000)
def name_key(name: str) -> str:
    """A firm's name for comparing: without its legal form and its top-level domain.

    >>> name_key("Elgiganten AB"), name_key("elgiganten.se"), name_key("The S.Oliver Group GmbH & Co. KG"), name_key("Leinefuß")
    ('elgiganten', 'elgiganten', 'soliver group', 'leinefuss')
    """
    words = "".join(char if char.isalnum() or char == "." else " " for char in fold(name.replace("\u00df", "ss"))).split()
    words = [_TOP_LEVEL.sub("", word.strip(".")).replace(".", "") for word in words]
    return " ".join([word for word in words if word and word not in _LEGAL_FORMS] or words)


def domain_of(reading: Reading) -> str:
    """The registrable domain of the sender; empty where it says nothing of who sent the mail."""
    domain = _registrable(reading.sender.domain.lower()) if reading.sender is not None else ""
    return "" if domain in MAIL_PROVIDERS | MAIL_RELAYS else domain


@lru_cache(maxsize=10_000)
def _registrable(domain: str) -> str:
    return suffixes.private_suffix(domain) or domain if domain else ""


def kind_of(reading: Reading) -> MailKind:
    """What the mail tells, if that is sure; else ``OTHER``, which changes nothing."""
    kind = reading.kind
    return kind.value if kind is not None and kind.confidence >= SURE else MailKind.OTHER
