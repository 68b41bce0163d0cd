"""Tales: orders while they go, and each mail that may be written on the way with the truth of what it is about."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from orderparse.roles import MailKind, OrderStatus
from orderparse.training import names
from orderparse.training.mailbox.letters import Label, Letter, Told

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from orderparse.training.mailbox.world import Box, Shop, World

_CUSTOMER = "me@mailbox.example"


@dataclass(slots=True, kw_only=True, eq=False)
class Plan:
    """An order as it goes. ``key`` names it in the truth; ``number`` is None where only a carrier tells of it."""

    key: str
    number: str | None
    goods: tuple[tuple[str, Decimal], ...]
    boxes: list[Box] = field(default_factory=list)
    status: OrderStatus = OrderStatus.PROCESSING
    confirmed_by: str = ""  # Message-ID

    @property
    def total(self) -> Decimal:
        """What the goods cost together."""
        return sum((price for _, price in self.goods), Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A letter with its truth: the orders that it is about, and whether a reader of all mails could know which they are."""

    letter: Letter
    about: tuple[Plan, ...]
    tells: bool = True
    copies: int = 1


@dataclass(slots=True)
class Tale:
    """One story at one shop, told in the order of time."""

    world: World
    shop: Shop
    name: str
    at: datetime
    plans: list[Plan] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)

    def later(self, low: int, high: int) -> None:
        """Let days pass."""
        self.at += timedelta(days=self.world.rng.randint(low, high), minutes=self.world.rng.randint(20, 400))

    def chance(self, share: float) -> bool:
        """Whether a share of all stories has something."""
        return self.world.rng.random() < share

    def order(self, goods: tuple[tuple[str, Decimal], ...] = (), *, numbered: bool = True) -> Plan:
        """A new order of some goods."""
        rng = self.world.rng
        if not goods:
            wanted = [(names.product(rng), Decimal(rng.randrange(2000, 90000)) / 100) for _ in range(rng.randint(1, 3))]
            goods = tuple((name, price.quantize(Decimal(1)) if self._no_cents() else price) for name, price in wanted)
        number = self.world.order_number(self.shop) if numbered else None
        plan = Plan(key=f"{self.name}/{len(self.plans)}", number=number, goods=goods)
        self.plans.append(plan)
        return plan

    def _no_cents(self) -> bool:
        return self.world.knowledge.currencies[self.shop.place.currency].decimals == 0

    def write(
        self,
        kind: MailKind,
        told: Sequence[Told],
        about: Iterable[Plan],
        *,
        sender: tuple[str, str] | None = None,
        names_shop: bool = True,
        reply_to: str | None = None,
        tells: bool = True,
    ) -> str:
        """Write a mail, the shop's own if no sender is given; gives its Message-ID."""
        by_shop = sender is None
        sender = sender or (self.shop.name, f"{self.shop.mailbox}@{self.shop.domain}")
        ident = f"<{self.name}.{len(self.drafts)}@{sender[1].rpartition('@')[2]}>"
        letter = Letter(
            kind=kind,
            sent=self.at,
            shop=self.shop,
            sender=sender,
            told=tuple(told),
            message_id=ident,
            seed=f"{self.world.rng.getrandbits(64):x}",
            by_shop=by_shop,
            names_shop=names_shop,
            is_reply=reply_to is not None,
            reply_to=reply_to,
        )
        self.drafts.append(Draft(letter=letter, about=tuple(about), tells=tells))
        return ident

    # What happens

    def confirm(self, *plans: Plan) -> None:
        """A confirmation of one order, or of all orders of one checkout."""
        soon = self._day(3, 12)
        days: tuple[tuple[str, date], ...] = (("order_date", self.at.date()), ("delivery_estimate", soon))
        told = [
            Told(number=plan.number, days=days if self.chance(0.6) else days[:1], sums=(("total", plan.total),), goods=plan.goods)
            for plan in plans
        ]
        ident = self.write(MailKind.ORDER_CONFIRMATION, told, plans)
        for plan in plans:
            plan.confirmed_by = ident

    def pay(self, plan: Plan, *, service: bool = False, numbered: bool = True, tells: bool = True) -> None:
        """The shop has got the money, or a service says that it has paid the shop."""
        sender = None
        if service:
            payer = self.world.rng.choice(self.world.services)
            sender = (payer.name, f"service@{payer.domains[0]}")
        told = Told(number=plan.number if numbered else None, days=(("payment_date", self.at.date()),), sums=(("total", plan.total),))
        self.write(MailKind.PAYMENT, [told], [plan], sender=sender, tells=tells)

    def invoice(self, plan: Plan) -> None:
        """A bill with a day to pay by."""
        told = Told(
            number=plan.number,
            days=(("invoice_date", self.at.date()), ("due_date", self._day(14, 30))),
            sums=(("total", plan.total),),
            goods=plan.goods,
        )
        self.write(MailKind.INVOICE, [told], [plan])

    def ship(self, plans: Sequence[Plan], boxes: Sequence[Box], *, both_numbers: bool = False) -> None:
        """The shop has sent parcels; with several orders, each parcel holds all of them."""
        labels = tuple(_label(box, both=both_numbers) for box in boxes)
        days = (("delivery_estimate", self._day(2, 9)),) if self.chance(0.6) else ()
        told = [Told(number=plan.number, parcels=labels, days=days) for plan in plans]
        self.write(MailKind.SHIPPING, told, plans)
        for plan in plans:
            plan.boxes += [box for box in boxes if box not in plan.boxes]
            plan.status = OrderStatus.IN_TRANSIT

    def carry(self, kind: MailKind, plans: Sequence[Plan], box: Box, *, local: bool = False, both: bool = False) -> None:
        """The carrier tells of a parcel: as a rule nothing but its number, now and then the shop or one shop's number too."""
        label = _label(box, both=both)
        if local and box.local is not None and box.local_carrier is not None:
            label = Label(number=box.local, carrier=box.local_carrier)
        days: tuple[tuple[str, date], ...] = {
            MailKind.DELIVERED: (("delivered_date", self.at.date()),),
            MailKind.EXCEPTION: (("delivery_estimate", self._day(2, 7)),),
            MailKind.PICKUP: (("pickup_until", self._day(6, 14)),),
        }.get(kind, ())
        numbered = len(plans) == 1 and self.chance(0.15)
        told = Told(number=plans[0].number if numbered else None, parcels=(label,), days=days)
        sender = (label.carrier.name, f"noreply@{label.carrier.domains[0]}")
        self.write(kind, [told], plans, sender=sender, names_shop=self.chance(0.25))

    def tell(self, kind: MailKind, plan: Plan, *days: tuple[str, date], sums: tuple[tuple[str, Decimal], ...] = ()) -> None:
        """The shop tells of an order by its number alone."""
        self.write(kind, [Told(number=plan.number, days=days, sums=sums)], [plan])

    def refund(self, plan: Plan, amount: Decimal, *, service: bool = False) -> None:
        """Money comes back: from the shop, or by a service that does not know the order's number."""
        sums = (("refund_amount", amount),)
        if service:
            payer = self.world.rng.choice(self.world.services)
            sender = (payer.name, f"service@{payer.domains[0]}")
            self.write(MailKind.REFUND, [Told(days=(("refund_date", self.at.date()),), sums=sums)], [plan], sender=sender)
        else:
            self.tell(MailKind.REFUND, plan, ("refund_date", self.at.date()), sums=sums)

    def deliver(self, plans: Sequence[Plan], box: Box, *, local: bool = False) -> None:
        """The last leg of a parcel: it is brought, or waits and is fetched."""
        if self.chance(0.5):
            self.later(0, 2)
            self.carry(MailKind.OUT_FOR_DELIVERY, plans, box, local=local)
        self.later(0, 1)
        if len(plans) == 1 and len(plans[0].boxes) == 1 and self.chance(0.3):
            self.tell(MailKind.DELIVERED, plans[0], ("delivered_date", self.at.date()))
        else:
            self.carry(MailKind.DELIVERED, plans, box, local=local)

    def review(self, plan: Plan) -> None:
        """The shop asks how it was."""
        self.later(3, 20)
        self.write(MailKind.OTHER, [Told(number=plan.number)], [plan])

    def talk(self, plan: Plan) -> None:
        """The customer answers the confirmation, the shop the customer; nobody names a number."""
        self.later(0, 1)
        asked = self.write(MailKind.OTHER, [], [plan], sender=("Maja Lindqvist", _CUSTOMER), names_shop=False, reply_to=plan.confirmed_by)
        self.later(0, 2)
        self.write(MailKind.OTHER, [], [plan], reply_to=asked)

    def again(self, at: int) -> None:
        """The shop sends a mail once more: the same content under another Message-ID, some hours later."""
        draft = self.drafts[at]
        ident = draft.letter.message_id.replace("@", ".again@")
        sent = draft.letter.sent + timedelta(hours=self.world.rng.randint(1, 30))
        self.drafts.append(replace(draft, letter=replace(draft.letter, message_id=ident, sent=sent)))

    def copy(self, at: int) -> None:
        """A mail lies in the mailbox twice."""
        self.drafts[at] = replace(self.drafts[at], copies=2)

    def _day(self, low: int, high: int) -> date:
        return self.at.date() + timedelta(days=self.world.rng.randint(low, high))


def _label(box: Box, *, both: bool = False) -> Label:
    if both and box.local is not None:
        return Label(number=box.number, carrier=box.carrier, local=box.local, local_carrier=box.local_carrier)
    return Label(number=box.number, carrier=box.carrier)
