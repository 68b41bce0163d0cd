"""The world of a made-up mailbox: its shops with their numbers, the carriers that they send by, the services that take the money."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from orderparse.merchants import MerchantKind
from orderparse.training import folds, names, numbers, places

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from orderparse.carriers import Carrier
    from orderparse.knowledge import Knowledge
    from orderparse.merchants import Merchant
    from orderparse.training.places import Place

COUNTED_FROM = 1042  # the first number of each shop that counts its orders: all of them have such an order
_COUNTER = "counter"
_ALWAYS = ("en", "sv", "de")
_LANGUAGES = 12
_CARRIERS = 14
_LONG = 10  # characters: numbers of parcels that are not met twice by chance
_SERVICES = ("paypal", "klarna", "stripe", "swish", "mollie", "qliro")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """A shop of the mailbox. ``shape`` is that of its order numbers (see :mod:`orderparse.training.numbers`)."""

    name: str
    domain: str
    mailbox: str
    language: str
    place: Place
    merchant: Merchant | None
    shape: str
    carriers: tuple[Carrier, ...]

    @property
    def prefix(self) -> str:
        """The shop's own letters."""
        return "".join(word[0] for word in self.name.split() if word[0].isascii() and word[0].isalpha()).upper()[:3] or "S"


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A parcel. ``local`` and ``local_carrier`` are what it has after it was handed over."""

    number: str
    carrier: Carrier
    local: str | None = None
    local_carrier: Carrier | None = None

    @property
    def numbers(self) -> frozenset[str]:
        """All numbers of the parcel, plain."""
        return frozenset(numbers.plain(number) for number in (self.number, self.local) if number is not None)


@dataclass(slots=True)
class World:
    """Who takes part in a mailbox, and which numbers are taken."""

    knowledge: Knowledge
    rng: Random
    shops: list[Shop] = field(default_factory=list)
    services: tuple[Merchant, ...] = ()
    _counters: dict[str, int] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)

    def order_number(self, shop: Shop) -> str:
        """A new order number of the shop, as it writes it."""
        if shop.shape == _COUNTER:
            at = self._counters.get(shop.name, COUNTED_FROM)
            self._counters[shop.name] = at + self.rng.choice((1, 1, 2, 7, 40))
            return str(at)
        while True:
            if shop.merchant is not None and shop.merchant.order_number is not None and shop.merchant.order_number.valid:
                shape = shop.merchant.order_number
                number = numbers.like(self.rng.choice(shape.valid), shape.fits, self.rng)
            else:
                number = numbers.of_shape(shop.shape, self.rng, shop.prefix)
            if self._take(f"{shop.name} {numbers.plain(number)}"):
                return number

    def box(self, shop: Shop, *, handed_over: bool = False) -> Box:
        """A new parcel of the shop; one that is handed over comes by a carrier that does so, then by one of the shop's own."""
        if not handed_over:
            carrier = self.rng.choice(shop.carriers)
            return Box(number=self._tracking(carrier), carrier=carrier)
        first = self.knowledge.carriers["cainiao"]
        local = self.rng.choice([carrier for carrier in shop.carriers if not carrier.hands_over])
        return Box(number=self._tracking(first), carrier=first, local=self._tracking(local), local_carrier=local)

    def _tracking(self, carrier: Carrier) -> str:
        while True:
            number = numbers.tracking_number(carrier, self.rng)
            if len(number) >= _LONG and self._take(numbers.plain(number)):
                return number

    def _take(self, number: str) -> bool:
        if number in self._taken:
            return False
        self._taken.add(number)
        return True


def of(knowledge: Knowledge, shops: int, rng: Random) -> World:
    """A world with so many shops: every third counts its orders from the same number, some have a file of their own."""
    world = World(knowledge, rng)
    others = sorted(knowledge.languages.keys() - set(_ALWAYS))
    languages = [*_ALWAYS, *rng.sample(others, _LANGUAGES - len(_ALWAYS))]
    known = [
        shop
        for code in folds.shops(knowledge)
        if (shop := knowledge.merchants.by_code[code]).order_number is not None
        and shop.order_number.valid
        and shop.kind is MerchantKind.SHOP
        and _varies([numbers.like(shop.order_number.valid[0], shop.order_number.fits, rng) for _ in range(4)])
    ]
    rng.shuffle(known)
    codes = rng.sample(sorted(knowledge.carriers), len(knowledge.carriers))
    lines = list(islice((line for code in codes if _posts(line := knowledge.carriers[code], rng)), _CARRIERS))
    world.services = tuple(knowledge.merchants.by_code[code] for code in _SERVICES if code in knowledge.merchants.by_code)
    used: set[str] = set()
    while len(world.shops) < shops:
        at = len(world.shops)
        merchant = known.pop() if at % 5 == 4 and known else None  # noqa: PLR2004  # every fifth shop
        language = languages[at % len(languages)] if merchant is None else _ALWAYS[0]
        homes = [place for place in places.of(language) if merchant is None or merchant.domains[0].endswith(f".{place.domain}")]
        place = rng.choice(homes or places.of(language))
        name = merchant.name if merchant else names.shop(rng)
        domain = merchant.domains[0] if merchant else names.domain(name, place.domain, rng)
        bare = re.sub(r"\W", "", name).lower()
        if bare in used or domain in used:
            continue
        used |= {bare, domain}
        world.shops.append(
            Shop(
                name=name,
                domain=domain,
                mailbox=rng.choice(("noreply", "order", "info", "orders", "support")),
                language=language,
                place=place,
                merchant=merchant,
                shape=_COUNTER if merchant is None and at % 3 == 0 else rng.choice(numbers.ORDER_SHAPES),
                carriers=tuple(rng.sample(lines, 2)),
            )
        )
    return world


def _posts(line: Carrier, rng: Random) -> bool:
    """Whether mails of the carrier can be written: it has a domain, and numbers that are many and not met by chance."""
    if not line.domains or line.hands_over or not any(shape.valid for shape in line.formats):
        return False
    rolled = [numbers.tracking_number(line, rng) for _ in range(4)]
    return _varies(rolled) and min(map(len, rolled)) >= _LONG


def _varies(rolled: Sequence[str]) -> bool:
    """Whether there are many such numbers: a shape that no other number fits is rolled as its example each time."""
    return len(set(rolled)) == len(rolled)
