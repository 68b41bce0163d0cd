"""The teller: what every story needs, from numbers and days that the truth is told of to the sender and the small print."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from orderparse.languages import AMOUNT_LABELS, DATE_LABELS
from orderparse.roles import AmountRole, DateRole, MailKind, Role
from orderparse.training import names, numbers, places, words
from orderparse.training.content import Block, Content, Fact, Link
from orderparse.training.truth import OrderTruth, Truth

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from orderparse.carriers import Carrier
    from orderparse.knowledge import Knowledge
    from orderparse.merchants import Merchant

_KINDS = {
    MailKind.ORDER_CONFIRMATION: 30,
    MailKind.SHIPPING: 17,
    MailKind.OTHER: 34,
    MailKind.PAYMENT: 6,
    MailKind.INVOICE: 5,
    MailKind.DELIVERED: 7,
    MailKind.OUT_FOR_DELIVERY: 5,
    MailKind.PICKUP: 5,
    MailKind.EXCEPTION: 4,
    MailKind.CANCELLATION: 4,
    MailKind.REFUND: 4,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A mail before it is laid out and sent. ``sender`` is the display name and the address."""

    subject: str
    sender: tuple[str, str]
    sent: datetime
    content: Content
    truth: Truth


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Who may take part: the codes of languages and merchants to draw from, and how many rivals share the order number's shape."""

    languages: Sequence[str]
    merchants: Sequence[str]
    rivals: int = 0


@dataclass(slots=True, kw_only=True)
class Parcel:
    """A parcel as it is written down."""

    number: str
    carrier: Carrier


@dataclass(slots=True)
class Purchase:
    """One order as it is written down: its block and what belongs to it."""

    number: str | None = None
    parcels: list[Parcel] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    dates: set[tuple[DateRole, date]] = field(default_factory=set)
    amounts: set[tuple[AmountRole, Decimal]] = field(default_factory=set)


class Teller:
    """A story while it is told: who takes part, what has been said, and the truth about it."""

    def __init__(self, knowledge: Knowledge, cast: Cast, rng: Random) -> None:
        self.rng = rng
        self.knowledge = knowledge
        self.cast = cast
        self.language = knowledge.languages[rng.choice(cast.languages)]
        self.place = rng.choice(places.of(self.language.code))
        self.words = words.of(self.language, knowledge.currencies, self.place.currency, rng)
        # The labels of some shops are in another language than their letters.
        mixed = rng.choice(cast.languages) if rng.random() < 0.07 else self.language.code  # noqa: PLR2004
        self.labels = words.of(knowledge.languages[mixed], knowledge.currencies, self.place.currency, rng)
        self.merchant = self._known_merchant()
        self.shop = self.merchant.name if self.merchant else names.shop(rng)
        self.domain = rng.choice(self.merchant.domains) if self.merchant else names.domain(self.shop, self.place.domain, rng)
        self.kind = rng.choices(list(_KINDS), weights=list(_KINDS.values()))[0]
        start = datetime(2018, 1, 1, 6, tzinfo=UTC)
        self.sent = start + timedelta(days=rng.randrange(3280), minutes=rng.randrange(960))
        self.prefix = "".join(word[0] for word in self.shop.split() if word[0].isalpha()).upper()[:3] or "S"
        self.shape = rng.choice(numbers.ORDER_SHAPES)
        self.shared = cast.rivals > 0 or rng.random() < 0.4  # noqa: PLR2004
        self.codes: dict[str, Role] = {}
        self.written: dict[str, str] = {}
        self.dates: set[tuple[DateRole, date]] = set()
        self.amounts: set[tuple[AmountRole, Decimal]] = set()
        self.free_amounts: set[Decimal] = set()
        self.carriers: dict[str, str] = {}
        self.prose: list[str] = []
        self.footer: list[str] = []
        self.buttons: list[Link] = []

    def _known_merchant(self) -> Merchant | None:
        if not self.cast.merchants or self.rng.random() > 0.35:  # noqa: PLR2004
            return None
        return self.knowledge.merchants.by_code[self.rng.choice(self.cast.merchants)]

    def chance(self, share: float) -> bool:
        """Whether a share of all stories has something."""
        return self.rng.random() < share

    def code(self, role: Role, *, shared: bool = False) -> str:
        """A new number of a role, told to the truth."""
        for _ in range(20):
            number = self._number(role, shared=shared)
            plain = numbers.plain(number)
            if not any(plain in other or other in plain for other in self.codes):
                break
        self.codes[plain] = role
        self.written[plain] = number.lstrip("#")
        return number

    def _number(self, role: Role, *, shared: bool) -> str:
        if role is Role.ORDER_NUMBER and self.merchant is not None and self.merchant.order_number is not None:
            shape = self.merchant.order_number
            if shape.valid:
                return numbers.like(self.rng.choice(shape.valid), shape.fits, self.rng)
        if role is Role.ORDER_NUMBER or shared:
            return numbers.of_shape(self.shape, self.rng, self.prefix)
        return numbers.of_shape(self.rng.choice(numbers.RIVAL_SHAPES[role]), self.rng, self.prefix)

    def fact(self, key: str, value: str, href: str = "", unknown: float = 0.02) -> Fact:
        """A labelled value; now and then the label is the shop's own word, or has the shop's name with it."""
        label = words.unknown_label(self.rng) if self.chance(unknown) else self.labels.label(key, self.rng)
        if label and self.chance(0.04):
            label = f"{self.shop} {label[:1].lower()}{label[1:]}"
        return Fact(label or words.unknown_label(self.rng), value, href)

    def day(self, key: str, low: int, high: int, purchase: Purchase | None) -> Fact:
        """A labelled day, or a span of days for a delivery, told to the truth."""
        rng = self.rng
        role = DATE_LABELS[key]
        first = self.sent.date() + timedelta(days=rng.randint(low, high))
        shown = self.shown_day(first)
        days = {first}
        if role is DateRole.DELIVERY_ESTIMATE:
            if low > 0 and self.chance(0.3):
                last = first + timedelta(days=rng.randint(1, 6))
                days.add(last)
                shown = f"{shown} {rng.choice(('-', '–', *self.language.dates.until[:1]))} {self.shown_day(last)}"
            elif low == 0 == high and self.language.dates.today and self.chance(0.5):
                shown = words.capital(self.language.dates.today[0])
        told = {(role, one) for one in days}
        if role is not DateRole.OTHER:
            self.dates |= told
            if purchase is not None:
                purchase.dates |= told
        return self.fact(key, shown)

    def shown_day(self, day: date) -> str:
        """A day as the shop writes it; one that is far away with its year."""
        far = abs((day - self.sent.date()).days) > 60  # noqa: PLR2004
        if far and self.words.day_style == "no_year":
            return day.isoformat()
        return self.words.day(day)

    def price(self, low: int = 3, high: int = 2000) -> Decimal:
        """A price; most are small."""
        rng = self.rng
        whole = int(low * (high / low) ** rng.random())
        cents = rng.choice((0, 0, 90, 95, 99, rng.randrange(100)))
        return Decimal(whole) + (Decimal(cents) / 100 if self.words.currency.decimals else 0)

    def amount(self, key: str, value: Decimal, purchase: Purchase | None) -> Fact:
        """A labelled sum, told to the truth."""
        sign = "-" if AMOUNT_LABELS[key] is AmountRole.DISCOUNT and self.chance(0.6) else ""
        fact = self.fact(key, sign + self.words.money(value))
        roles = {AMOUNT_LABELS[key], *(AMOUNT_LABELS[other] for other in self.labels.also(fact.label, AMOUNT_LABELS))}
        told = {(role, -value if sign else value) for role in roles - {AmountRole.OTHER}}
        self.amounts |= told
        if purchase is not None:
            purchase.amounts |= told
        return fact

    def told(self, kind: MailKind) -> str:
        """A phrase that tells a kind of mail. One that says "today" tells a day, and nothing is said of tomorrow."""
        dates = self.language.dates
        for _ in range(12):
            phrase = self.words.told(kind, self.rng)
            heard = phrase.lower()
            if any(word in heard for word in (*dates.tomorrow, *dates.yesterday)):
                continue
            if any(word in heard for word in dates.today):
                role = {MailKind.OUT_FOR_DELIVERY: DateRole.DELIVERY_ESTIMATE, MailKind.DELIVERED: DateRole.DELIVERED}.get(kind)
                if role is None or kind is not self.kind:
                    continue
                self.dates.add((role, self.sent.date()))
            return phrase
        return self.shop

    def session(self) -> str:
        """A link of a newsletter machine: its number has the shape of an order number, and is none."""
        number = "".join(self.rng.choice("0123456789") for _ in range(16))
        return self.rng.choice(
            (
                f"https://click.{self.domain}/ls/click?upn={number}x",
                f"https://{self.domain}/r/{number}",
                f"https://{self.domain}/?sid={number}",
            )
        )

    def phone(self) -> str:
        """A telephone number, told to the truth."""
        number = numbers.phone(self.place.calling, self.rng)
        self.codes[numbers.plain(number)] = Role.PHONE
        return number

    def foot(self) -> None:
        """The small print, with a number of a company or a telephone in it."""
        rng = self.rng
        company = f"{self.shop} {rng.choice(('AB', 'Ltd', 'GmbH', 'Oy', 'A/S', 'B.V.', 'S.r.l.', 'SAS'))}"
        self.footer.append(rng.choice((company, f"© {self.sent.year} {company}", f"{company}, {names.street(rng)}, {names.town(rng)}")))
        if self.chance(0.35):
            number = f"{rng.randrange(500000, 599999)}-{rng.randrange(1000, 9999)}"
            self.codes[numbers.plain(number)] = Role.COMPANY_NUMBER
            self.footer.append(f"{self.labels.label('company_number', rng)}: {number}")
        if self.chance(0.35):
            self.footer.append(f"{self.labels.label('phone', rng)}: {self.phone()}")
        if self.chance(0.4):
            self.footer.append(self.words.chatter(rng, 20))

    def shop_sender(self) -> tuple[str, str]:
        """Display name and address of the shop."""
        mailbox = self.rng.choice(("noreply", "order", "info", "no-reply", "kundservice", "orders", "support"))
        host = self.domain if self.chance(0.7) else f"{self.rng.choice(('mail', 'notice', 'e'))}.{self.domain}"
        return self.shop, f"{mailbox}@{host}"

    def made(
        self,
        subject: str,
        sender: tuple[str, str],
        blocks: Sequence[Block],
        purchases: Sequence[Purchase],
        *,
        from_carrier: bool = False,
        untold: bool = False,
    ) -> Story:
        """The whole story, with the truth as it stands now."""
        rng = self.rng
        greeting = (
            f"{words.capital(rng.choice(self.language.stop_words or ('',)))} {names.person(rng).split()[0]}," if self.chance(0.6) else ""
        )
        title = self.told(self.kind) if self.chance(0.7) and not untold else ""
        own = sender[1].rpartition("@")[2].endswith(self.domain)
        orders = tuple(
            OrderTruth(
                order_number=numbers.plain(purchase.number),
                tracking_numbers=frozenset(numbers.plain(parcel.number) for parcel in purchase.parcels),
                dates=frozenset(purchase.dates),
                amounts=frozenset(purchase.amounts),
            )
            for purchase in purchases
            if purchase.number is not None
        )
        if len(orders) == 1:  # what the title and the sentences tell is told of it
            orders = (replace(orders[0], dates=frozenset(self.dates)),)
        paid = {value for role, value in self.amounts if role is AmountRole.PAID}
        return Story(
            subject=self.words.in_own_digits(subject),
            sender=sender,
            sent=self.sent,
            content=Content(
                language=self.language.code,
                shop=self.shop,
                title=title,
                greeting=greeting,
                prose=tuple(self.prose),
                blocks=tuple(blocks),
                buttons=tuple(self.buttons),
                footer=tuple(self.footer),
            ).mapped(self.words.in_own_digits),
            truth=Truth(
                language=self.language.code,
                kind=self.kind,
                merchant=self.shop if own and not from_carrier else None,
                known=self.merchant is not None if own else None,
                codes=self.codes,
                written=self.written,
                carriers=self.carriers,
                dates=frozenset(self.dates),
                amounts=frozenset(self.amounts),
                currency=self.place.currency,
                free_amounts=frozenset(self.free_amounts | paid),
                orders=orders,
            ),
        )
