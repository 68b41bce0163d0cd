"""Stories: what a made-up mail tells, in which words, with the truth about every number, day and sum in it."""

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
_WITH_PARCEL = frozenset({MailKind.SHIPPING, MailKind.OUT_FOR_DELIVERY, MailKind.DELIVERED, MailKind.PICKUP, MailKind.EXCEPTION})
_WITH_MONEY = frozenset({MailKind.ORDER_CONFIRMATION, MailKind.PAYMENT, MailKind.INVOICE})
# The days that a kind of mail gives: the label, how often, and from when to when they lie, in days after the mail.
_DAYS: dict[MailKind, tuple[tuple[str, float, int, int], ...]] = {
    MailKind.ORDER_CONFIRMATION: (("order_date", 0.7, -1, 0), ("delivery_estimate", 0.35, 2, 30), ("ship_date", 0.08, 1, 4)),
    MailKind.PAYMENT: (("payment_date", 0.6, -2, 0), ("order_date", 0.2, -4, 0)),
    MailKind.INVOICE: (("invoice_date", 0.8, -3, 0), ("due_date", 0.7, 8, 35), ("order_date", 0.25, -9, -1)),
    MailKind.SHIPPING: (("delivery_estimate", 0.6, 1, 14), ("ship_date", 0.35, -2, 0), ("order_date", 0.2, -9, -1)),
    MailKind.OUT_FOR_DELIVERY: (("delivery_estimate", 0.7, 0, 0),),
    MailKind.DELIVERED: (("delivered_date", 0.7, -2, 0), ("order_date", 0.1, -20, -4)),
    MailKind.PICKUP: (("pickup_until", 0.75, 5, 16), ("delivered_date", 0.1, -1, 0)),
    MailKind.EXCEPTION: (("delivery_estimate", 0.7, 2, 21),),
    MailKind.CANCELLATION: (("order_date", 0.3, -9, 0),),
    MailKind.REFUND: (("refund_date", 0.5, -4, 0), ("order_date", 0.2, -40, -5)),
    MailKind.OTHER: (),
}
# Kinds whose phrases a day may stand behind, and say when.
_DAY_BEHIND = frozenset({MailKind.OUT_FOR_DELIVERY, MailKind.DELIVERED, MailKind.PAYMENT, MailKind.REFUND})
_RIVALS = (
    *(Role.CUSTOMER_NUMBER, Role.CUSTOMER_NUMBER, Role.INVOICE_NUMBER, Role.REFERENCE, Role.TRANSACTION_ID, Role.MEMBERSHIP_NUMBER),
    *(Role.SHIPMENT_NUMBER, Role.COUPON, Role.OTHER, Role.PRODUCT_CODE, Role.PRODUCT_CODE),
)


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


def tell(knowledge: Knowledge, cast: Cast, rng: Random) -> Story:
    """One story, told by chance."""
    return _Teller(knowledge, cast, rng).story()


@dataclass(slots=True, kw_only=True)
class _Parcel:
    number: str | None
    carrier: Carrier


@dataclass(slots=True)
class _Purchase:
    """One order as it is written down: its block and what belongs to it."""

    number: str | None = None
    parcels: list[_Parcel] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    dates: set[tuple[DateRole, date]] = field(default_factory=set)
    amounts: set[tuple[AmountRole, Decimal]] = field(default_factory=set)


class _Teller:
    def __init__(self, knowledge: Knowledge, cast: Cast, rng: Random) -> None:
        self.rng = rng
        self.knowledge = knowledge
        self.cast = cast
        self.language = knowledge.languages[rng.choice(cast.languages)]
        self.place = rng.choice(places.of(self.language.code))
        self.words = words.of(self.language, knowledge.currencies, self.place.currency, rng)
        # The labels of some shops are in English, whatever the language of their letters.
        mixed = rng.random() < 0.07 and "en" in cast.languages  # noqa: PLR2004
        self.labels = words.of(knowledge.languages["en"], knowledge.currencies, self.place.currency, rng) if mixed else self.words
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
        self.free_dates: set[date] = set()
        self.carriers: dict[str, str] = {}
        self.prose: list[str] = []
        self.footer: list[str] = []
        self.buttons: list[Link] = []

    # What there is

    def _known_merchant(self) -> Merchant | None:
        if not self.cast.merchants or self.rng.random() > 0.35:  # noqa: PLR2004
            return None
        return self.knowledge.merchants.by_code[self.rng.choice(self.cast.merchants)]

    def chance(self, share: float) -> bool:
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

    def day(self, key: str, low: int, high: int, purchase: _Purchase | None) -> Fact:
        """A labelled day, or a span of days for a delivery, told to the truth."""
        rng = self.rng
        role = DATE_LABELS[key]
        first = self.sent.date() + timedelta(days=rng.randint(low, high))
        shown = self._day(first)
        days = {first}
        if role is DateRole.DELIVERY_ESTIMATE:
            if low > 0 and self.chance(0.3):
                last = first + timedelta(days=rng.randint(1, 6))
                days.add(last)
                shown = f"{shown} {rng.choice(('-', '–', *self.language.dates.until[:1]))} {self._day(last)}"
            elif low == 0 == high and self.language.dates.today and self.chance(0.5):
                shown = words.capital(self.language.dates.today[0])
        told = {(role, one) for one in days}
        if role is not DateRole.OTHER:
            self.dates |= told
            if purchase is not None:
                purchase.dates |= told
        else:
            self.free_dates -= days
        return self.fact(key, shown)

    def _day(self, day: date) -> str:
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

    def amount(self, key: str, value: Decimal, purchase: _Purchase | None) -> Fact:
        """A labelled sum, told to the truth."""
        role = AMOUNT_LABELS[key]
        if role is not AmountRole.OTHER:
            self.amounts.add((role, value))
            if purchase is not None:
                purchase.amounts.add((role, value))
        sign = "-" if role is AmountRole.DISCOUNT and self.chance(0.6) else ""
        return self.fact(key, sign + self.words.money(value))

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

    # What is told

    def story(self) -> Story:
        if self.kind is MailKind.OTHER:
            return self._of_nothing()
        return self._of_purchases()

    def _of_purchases(self) -> Story:
        rng, kind = self.rng, self.kind
        from_carrier = kind in _WITH_PARCEL and self.chance(0.35)
        count = rng.choices((1, 2, 3), weights=(12, 1, 1))[0] if kind in {MailKind.SHIPPING, MailKind.ORDER_CONFIRMATION} else 1
        purchases = [self._purchase(from_carrier=from_carrier) for _ in range(count)]
        first = purchases[0]
        shown_in_subject = first.number if count == 1 and first.number and self.chance(0.4) else None
        blocks = [self._block(purchase, alone=count == 1) for purchase in purchases]
        if count == 1:
            blocks += self._side_blocks()
        self._tell_of(first, alone=count == 1)
        self._foot()
        subject = self._subject(shown_in_subject, first)
        sender = self._carrier_sender(first) if from_carrier else self._shop_sender()
        return self._made(subject, sender, blocks, purchases, from_carrier=from_carrier)

    def _purchase(self, *, from_carrier: bool) -> _Purchase:
        purchase = _Purchase()
        if not from_carrier or self.chance(0.25):
            named = {MailKind.PAYMENT: 0.8, MailKind.INVOICE: 0.75}.get(self.kind, 0.95)
            purchase.number = self.code(Role.ORDER_NUMBER) if self.chance(named) else None
        if self.kind in _WITH_PARCEL and (from_carrier or self.chance(0.85)):
            for _ in range(self.rng.choices((1, 2), weights=(9, 1))[0]):
                carrier = self.knowledge.carriers[self.rng.choice(sorted(self.knowledge.carriers))]
                number = numbers.tracking_number(carrier, self.rng)
                if number is None or any(numbers.plain(number) in other or other in numbers.plain(number) for other in self.codes):
                    continue
                self.codes[numbers.plain(number)] = Role.TRACKING_NUMBER
                self.written[numbers.plain(number)] = number
                self.carriers[numbers.plain(number)] = carrier.name
                purchase.parcels.append(_Parcel(number=number, carrier=carrier))
        return purchase

    def _block(self, purchase: _Purchase, *, alone: bool) -> Block:
        """The block of one order: its number, days, parcels and sums, with rivals among them."""
        rng = self.rng
        heading = self.told(self.kind) if self.chance(0.3) else ""
        if purchase.number is not None:
            bare = self.chance(0.12)
            noun = self.words.noun(Role.ORDER_NUMBER, rng)
            if bare and noun:
                heading = f"{words.capital(noun)} {purchase.number}"
            else:
                key = "reference" if alone and self.chance(0.01) else "order_number"
                purchase.facts.append(self.fact(key, purchase.number, self._order_link(purchase.number)))
        for key, share, low, high in _DAYS[self.kind]:
            if self.chance(share):
                purchase.facts.append(self.day(key, low, high, purchase))
        for parcel in purchase.parcels:
            if parcel.number is None:
                continue
            shown = _spaced(parcel.number, rng) if self.chance(0.12) else parcel.number
            href = parcel.carrier.url(numbers.plain(parcel.number)) or "" if self.chance(0.4) else ""
            purchase.facts.append(self.fact("tracking_number", shown, href))
            if self.chance(0.6):
                purchase.facts.append(self.fact("carrier", parcel.carrier.name, unknown=0))
        sums = self._sums(purchase)
        if alone:
            purchase.facts += self._rivals()
        if self.chance(0.5):
            rest = purchase.facts[1:]
            rng.shuffle(rest)
            purchase.facts[1:] = rest
        columns, rows = self._goods()
        return Block(heading=heading, facts=tuple(purchase.facts), columns=columns, rows=rows, sums=tuple(sums))

    def _order_link(self, number: str) -> str:
        if self.chance(0.6):
            return ""
        if self.merchant is not None and self.merchant.links.get(Role.ORDER_NUMBER):
            name = self.rng.choice(self.merchant.links[Role.ORDER_NUMBER])
            return f"https://www.{self.domain}/order?{name}={numbers.plain(number)}"
        plain = number.lstrip("#").replace(" ", "").replace("/", "-")
        if self.chance(0.5):  # many shops link by a key of their database, which is nobody's order number
            plain = numbers.of_shape(self.rng.choice(("89999999", "XX9XXAXXXX", "899999", "AXX9XXXXXXX9X")), self.rng).lower()
        return self.rng.choice(
            (f"https://{self.domain}/orders/{plain}", f"https://www.{self.domain}/account?order={plain}", self._session())
        )

    def _session(self) -> str:
        """A link of a newsletter machine: its number has the shape of an order number, and is none."""
        number = "".join(self.rng.choice("0123456789") for _ in range(16))
        return self.rng.choice(
            (
                f"https://click.{self.domain}/ls/click?upn={number}x",
                f"https://{self.domain}/r/{number}",
                f"https://{self.domain}/?sid={number}",
            )
        )

    def _rivals(self) -> list[Fact]:
        """Numbers that are something else, several of them in the shape of the order number."""
        found: list[Fact] = []
        count = self.cast.rivals or self.rng.choices((0, 1, 2, 3), weights=(5, 4, 2, 1))[0]
        roles = list(_RIVALS)
        self.rng.shuffle(roles)
        if self.cast.rivals:
            roles = [Role.PRODUCT_CODE, *(role for role in roles if role is not Role.PRODUCT_CODE)]
        only_shipment = not any(role is Role.TRACKING_NUMBER for role in self.codes.values())
        for role in roles:
            if len(found) >= count:
                break
            if role is Role.SHIPMENT_NUMBER and (only_shipment or self.kind not in _WITH_PARCEL):
                continue
            shared = bool(self.cast.rivals) or (self.shared and self.chance(0.7))
            found.append(self.fact(role.value, self.code(role, shared=shared), unknown=0.06))
        if self.kind is MailKind.PAYMENT and self.chance(0.6):
            found.append(self.fact("transaction_id", self.code(Role.TRANSACTION_ID)))
        if self.kind is MailKind.INVOICE:
            found.insert(0, self.fact("invoice_number", self.code(Role.INVOICE_NUMBER, shared=self.shared)))
        if self.kind is MailKind.PICKUP and self.chance(0.6):
            found.append(self.fact("pickup_code", self.code(Role.PICKUP_CODE)))
        if self.kind is MailKind.REFUND and self.chance(0.3):
            found.append(self.fact("reference", self.code(Role.REFERENCE, shared=self.shared)))
        if self.chance(0.1):
            found.append(self.day("other_date", -300, 40, None))
        if self.chance(0.15):
            found.append(self.fact("payment_method", self.rng.choice(("Visa", "Mastercard", "Klarna", "PayPal", "Swish")), unknown=0))
        return found

    def _goods(self) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        if not self.chance(0.5):
            return (), ()
        rng = self.rng
        with_code = self.chance(0.5)
        keys = ("item", *(("product_code",) if with_code else ()), "quantity", "price")
        columns = tuple(self.labels.label(key, rng) for key in keys)
        rows = []
        for _ in range(rng.randint(1, 4)):
            row = [names.product(rng)]
            if with_code:
                row.append(self.code(Role.PRODUCT_CODE, shared=self.shared and self.chance(0.5)))
            row += [str(rng.choices((1, 2, 3, 10), weights=(12, 3, 1, 1))[0]), self.words.money(self.price())]
            rows.append(tuple(row))
        return columns, tuple(rows)

    def _sums(self, purchase: _Purchase) -> list[Fact]:
        """The column of sums: what each is, with the total last as a rule."""
        kind = self.kind
        if kind is MailKind.REFUND:
            refund = self.price()
            return [self.amount("refund_amount", refund, purchase)] if self.chance(0.85) else []
        if kind in _WITH_MONEY:
            if not self.chance(0.88):
                return []
        elif not self.chance(0.15):
            return []
        goods, freight = self.price(), self.rng.choice((Decimal(0), Decimal(29), Decimal(49), self.price(2, 20)))
        less = self.price(2, 30) if self.chance(0.15) and goods > 60 else Decimal(0)  # noqa: PLR2004
        total = goods + freight - less
        tax = (total / 5).quantize(Decimal("0.01") if self.words.currency.decimals else Decimal(1))
        sums: list[Fact] = []
        if self.chance(0.6):
            sums.append(self.amount("subtotal", goods, purchase))
        if freight and self.chance(0.7):
            sums.append(self.amount("shipping_cost", freight, purchase))
        if less:
            sums.append(self.amount("discount", less, purchase))
        last = [self.amount("total", total, purchase)]
        if tax and self.chance(0.5):
            last.append(self.amount("tax", tax, purchase))
        if self.chance(0.3):
            last.reverse()
        sums += last
        if kind is MailKind.PAYMENT and self.chance(0.4):
            sums.append(self.amount("amount_paid", total, purchase))
        if self.chance(0.08):
            sums.append(self.amount("other_amount", self.price(), None))
        return sums

    def _side_blocks(self) -> list[Block]:
        """What stands beside an order: the address, an offer, the shop's own dates."""
        rng = self.rng
        blocks = []
        if self.chance(0.3):
            facts = [Fact("", names.person(rng)), Fact("", names.street(rng))]
            if self.chance(0.5):
                facts.append(Fact("", f"{rng.randrange(10000, 99999)} {names.town(rng)}"))
            if self.chance(0.4):
                facts.append(self.fact("phone", self._phone(), unknown=0))
            blocks.append(Block(heading=names.person(rng) if self.chance(0.2) else "", facts=tuple(facts)))
        if self.chance(0.12):
            facts = [self.fact("coupon", self.code(Role.COUPON)), self.day("other_date", 5, 60, None)]
            blocks.append(Block(heading=self.told(MailKind.OTHER), facts=tuple(facts)))
        return blocks

    def _tell_of(self, purchase: _Purchase, *, alone: bool) -> None:
        """Sentences: what happened, perhaps with the number or a day in them, and what else may happen."""
        rng, w = self.rng, self.words
        if self.chance(0.8):
            self.prose.append(self.told(self.kind) + ".")
        if alone and purchase.number is not None and self.chance(0.2):
            told = w.around("order_number", purchase.number, rng) if self.chance(0.4) else ""
            noun = w.noun(Role.ORDER_NUMBER, rng)
            self.prose.append((told or f"{words.capital(noun)} {purchase.number}") + ".")
        if alone and self.chance(0.12):
            key, low, high = rng.choice([(key, low, high) for key, _, low, high in _DAYS[self.kind]])
            known = {role for role, _ in self.dates}
            if DATE_LABELS[key] not in known:
                fact = self.day(key, low, high, purchase)
                self.prose.append(w.around(key, fact.value, rng) + "." if self.language.around.get(key) else f"{fact.label} {fact.value}.")
        if alone and self.kind in _DAY_BEHIND and self.chance(0.12):  # "has been delivered 3 May", "arrives today"
            key, _, low, high = _DAYS[self.kind][0]
            if DATE_LABELS[key] not in {role for role, _ in self.dates}:
                self.prose.append(f"{self.told(self.kind)} {self.day(key, low, high, purchase).value}.")
        for _ in range(rng.randrange(4)):
            self.prose.append(w.chatter(rng))
        if self.chance(0.3):  # "as soon as it has been shipped, you will get another mail"
            later = rng.choice((MailKind.SHIPPING, MailKind.DELIVERED, MailKind.REFUND, MailKind.CANCELLATION, MailKind.INVOICE))
            told = self.told(later)
            self.prose.append(f"{w.chatter(rng)[:-1]}, {told[:1].lower()}{told[1:]} {w.chatter(rng, 6)}")
        for parcel in purchase.parcels:
            if parcel.number is not None and self.language.track_links and self.chance(0.6):
                text = words.capital(rng.choice(self.language.track_links[:12]))
                url = parcel.carrier.url(numbers.plain(parcel.number))
                self.buttons.append(Link(text, url if url and self.chance(0.7) else self._session()))
        if self.chance(0.3):
            self.buttons.append(Link(self.shop, self._session()))

    def _foot(self) -> None:
        rng = self.rng
        company = f"{self.shop} {rng.choice(('AB', 'Ltd', 'GmbH', 'Oy', 'A/S', 'B.V.', 'S.r.l.', 'SAS'))}"
        self.footer.append(rng.choice((company, f"© {self.sent.year} {company}", f"{company}, {names.street(rng)}, {names.town(rng)}")))
        if self.chance(0.35):
            number = f"{rng.randrange(500000, 599999)}-{rng.randrange(1000, 9999)}"
            self.codes[numbers.plain(number)] = Role.COMPANY_NUMBER
            self.footer.append(f"{self.labels.label('company_number', rng)}: {number}")
        if self.chance(0.35):
            self.footer.append(f"{self.labels.label('phone', rng)}: {self._phone()}")
        if self.chance(0.4):
            self.footer.append(self.words.chatter(rng, 20))

    def _phone(self) -> str:
        number = numbers.phone(self.place.calling, self.rng)
        self.codes[numbers.plain(number)] = Role.PHONE
        return number

    def _subject(self, number: str | None, purchase: _Purchase) -> str:
        rng, w = self.rng, self.words
        told = self.told(self.kind)
        if self.chance(0.06):
            told = self.told(MailKind.OTHER) if self.chance(0.2) else self.shop
        noun = words.capital(w.noun(Role.ORDER_NUMBER, rng) or "#")
        parcel = next((parcel.number for parcel in purchase.parcels if parcel.number), None)
        if number is not None:
            bare = number.lstrip("#")
            return rng.choice(
                (
                    *(f"{told} #{bare}", f"{told} ({bare})", f"{noun} {number}: {w.status(self.kind, rng)}", f"{told} - {noun} {number}"),
                    *(f"{self.labels.label('order_number', rng)} {number} - {told}", f"[{self.shop}] {told} (#{bare})"),
                )
            )
        if parcel is not None and self.chance(0.15):
            return f"{told}: {parcel}"
        return rng.choice((told, f"{told} - {self.shop}", f"{self.shop}: {told}", f"{told}!"))

    def _shop_sender(self) -> tuple[str, str]:
        mailbox = self.rng.choice(("noreply", "order", "info", "no-reply", "kundservice", "orders", "support"))
        host = self.domain if self.chance(0.7) else f"{self.rng.choice(('mail', 'notice', 'e'))}.{self.domain}"
        return self.shop, f"{mailbox}@{host}"

    def _carrier_sender(self, purchase: _Purchase) -> tuple[str, str]:
        carrier = next((parcel.carrier for parcel in purchase.parcels if parcel.carrier.domains), None)
        if carrier is None:
            return self._shop_sender()
        return carrier.name, f"noreply@{carrier.domains[0]}"

    def _made(
        self,
        subject: str,
        sender: tuple[str, str],
        blocks: Sequence[Block],
        purchases: Sequence[_Purchase],
        *,
        from_carrier: bool = False,
        untold: bool = False,
    ) -> Story:
        rng = self.rng
        greeting = (
            f"{words.capital(rng.choice(self.language.stop_words or ('',)))} {names.person(rng).split()[0]}," if self.chance(0.6) else ""
        )
        title = self.told(self.kind) if self.chance(0.7) and not untold else ""
        own = sender[1].rpartition("@")[2].endswith(self.domain)
        orders = tuple(
            OrderTruth(
                order_number=numbers.plain(purchase.number),
                tracking_numbers=frozenset(numbers.plain(parcel.number) for parcel in purchase.parcels if parcel.number),
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
            subject=subject,
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
            ),
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
                free_dates=frozenset(self.free_dates),
                orders=orders,
            ),
        )

    # Mails of no order

    def _of_nothing(self) -> Story:
        tellers = (
            self._letter,
            self._letter,
            self._newsletter,
            self._newsletter,
            self._review,
            self._secret,
            self._journey,
            self._statement,
            self._scam,
            self._ticket,
        )
        return self.rng.choice(tellers)()

    def _letter(self) -> Story:
        """A mail that is about nothing of the kind: words, and now and then a day, a price, a number or a link."""
        rng, w = self.rng, self.words
        self.prose += [w.chatter(rng, 30) for _ in range(rng.randint(2, 8))]
        loose = (
            lambda: self._day(self.sent.date() + timedelta(days=rng.randint(-20, 40))),
            lambda: w.money(self._free_price()),
            lambda: self.code(Role.OTHER, shared=True),
            lambda: f"#{self.code(Role.OTHER)}",
            lambda: f"{words.capital(w.noun(rng.choice((Role.ORDER_NUMBER, Role.TRACKING_NUMBER)), rng))}.",
        )
        self.prose += [f"{w.chatter(rng, 8)[:-1]} {rng.choice(loose)()} {w.chatter(rng, 8)}" for _ in range(rng.randrange(4))]
        rng.shuffle(self.prose)
        self.buttons += [Link(w.chatter(rng, 6)[:-1], self._session()) for _ in range(rng.randrange(4))]
        self._foot()
        return self._made(w.chatter(rng, 8)[:-1], self._shop_sender(), [Block()], [], untold=True)

    def _free_price(self) -> Decimal:
        """A price of which nothing is asked."""
        price = self.price()
        self.free_amounts.add(price)
        return price

    def _newsletter(self) -> Story:
        rng, w = self.rng, self.words
        facts = [Fact(names.product(rng), w.money(self.price())) for _ in range(rng.randint(1, 5))]
        if self.chance(0.5):
            facts.append(self.fact("coupon", self.code(Role.COUPON)))
        if self.chance(0.5):
            facts.append(self.day("other_date", 1, 30, None))
        if self.chance(0.35):  # "delivery by Christmas" is nobody's parcel
            day = self.sent.date() + timedelta(days=rng.randint(0, 20))
            facts.append(self.fact("delivery_estimate", self._day(day)))
        if self.chance(0.3):
            facts.append(self.fact("product_code", self.code(Role.PRODUCT_CODE, shared=True)))
        if self.chance(0.2):
            facts.append(self.fact("membership_number", self.code(Role.MEMBERSHIP_NUMBER, shared=True)))
        self.free_amounts |= {value for _, value in self.amounts}
        self.prose += [self.told(MailKind.OTHER) + ".", w.chatter(rng), w.chatter(rng)]
        self.buttons += [Link(self.told(MailKind.OTHER), self._session()) for _ in range(rng.randint(1, 4))]
        self._foot()
        return self._made(self.told(MailKind.OTHER), self._shop_sender(), [Block(facts=tuple(facts))], [])

    def _review(self) -> Story:
        """A request for a review, or a basket left: it names the order, and tells nothing of it."""
        rng, w = self.rng, self.words
        purchase = _Purchase(number=self.code(Role.ORDER_NUMBER))
        facts = [self.fact("order_number", purchase.number or "")]
        if self.chance(0.4):
            facts.append(self.fact("product_code", self.code(Role.PRODUCT_CODE, shared=self.shared)))
        self.prose += [self.told(MailKind.OTHER) + ".", w.chatter(rng)]
        self._foot()
        return self._made(self.told(MailKind.OTHER), self._shop_sender(), [Block(facts=tuple(facts))], [purchase])

    def _secret(self) -> Story:
        rng, w = self.rng, self.words
        code = self.code(Role.OTHER)
        told = w.around("other", code, rng)
        facts = (Fact("", code),) if not told or self.chance(0.5) else ()
        self.prose += [told + "." if told else self.told(MailKind.OTHER) + ".", w.chatter(rng)]
        self._foot()
        return self._made(self.told(MailKind.OTHER), self._shop_sender(), [Block(facts=facts)], [])

    def _journey(self) -> Story:
        rng, w = self.rng, self.words
        facts = [self.fact("booking_reference", self.code(Role.BOOKING_REFERENCE, shared=self.chance(0.3)), unknown=0)]
        facts += [self.day("other_date", 2, 200, None) for _ in range(rng.randint(1, 3))]
        price = self.price(30, 3000)
        self.free_amounts.add(price)
        sums = (Fact(self.labels.label("total", rng), w.money(price)),)
        self.prose += [self.told(MailKind.OTHER) + "."]
        self._foot()
        subject = (
            f"{words.capital(w.noun(Role.BOOKING_REFERENCE, rng))} {facts[0].value}" if self.chance(0.3) else self.told(MailKind.OTHER)
        )
        return self._made(subject, self._shop_sender(), [Block(facts=tuple(facts), sums=sums)], [])

    def _statement(self) -> Story:
        rng = self.rng
        facts = [
            self.fact("account_number", self.code(Role.ACCOUNT_NUMBER)),
            self.fact("customer_number", self.code(Role.CUSTOMER_NUMBER, shared=True)),
        ]
        facts += [self.amount("other_amount", self.price(), None) for _ in range(rng.randint(1, 3))]
        facts += [self.day("other_date", -30, 20, None)]
        self.prose += [self.words.chatter(rng), self.words.chatter(rng)]
        self._foot()
        return self._made(self.told(MailKind.OTHER), self._shop_sender(), [Block(facts=tuple(facts))], [])

    def _ticket(self) -> Story:
        rng = self.rng
        number = self.code(Role.OTHER, shared=True)
        self.prose += [self.words.chatter(rng) for _ in range(3)]
        self._foot()
        noun = words.capital(self.words.noun(Role.OTHER, rng))
        facts = (self.fact("other", number, unknown=0),)
        return self._made(f"[{noun} {number}] {self.told(MailKind.OTHER)}", self._shop_sender(), [Block(facts=facts)], [])

    def _scam(self) -> Story:
        """A parcel scam: a carrier's name, somebody else's domain, a number that is nobody's."""
        rng, w = self.rng, self.words
        carrier = self.knowledge.carriers[
            rng.choice([code for code, line in self.knowledge.carriers.items() if line.domains and line.formats])
        ]
        number = numbers.tracking_number(carrier, rng) or "1"
        self.codes[numbers.plain(number)] = Role.OTHER
        self.shop = carrier.name
        self.merchant = None
        self.domain = names.domain(names.shop(rng), rng.choice(("top", "xyz", "info", "ru", "com")), rng)
        told = self.told(rng.choice((MailKind.EXCEPTION, MailKind.PICKUP, MailKind.SHIPPING)))
        self.prose += [told + ".", w.chatter(rng)]
        self.buttons.append(Link(told, f"https://{self.domain}/{number}"))
        facts = (self.fact("tracking_number", number, unknown=0),)
        return self._made(told, (carrier.name, f"support@{self.domain}"), [Block(facts=facts)], [])


def _spaced(number: str, rng: Random) -> str:
    """A long number in groups, as people print them."""
    if len(number) < 10 or not number.isalnum():  # noqa: PLR2004
        return number
    size = rng.choice((3, 4))
    if number[:2].isalpha() and number[-2:].isalpha():  # S10: AA 123 456 789 BB
        return f"{number[:2]} {number[2:5]} {number[5:8]} {number[8:11]} {number[11:]}"
    return " ".join(number[at : at + size] for at in range(0, len(number), size))
