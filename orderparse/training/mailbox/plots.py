"""Plots: what happens to orders, mail by mail, with the truth of what each mail is about and how each order ends."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from orderparse.roles import MailKind, OrderStatus
from orderparse.training import names
from orderparse.training.mailbox.letters import Label, Letter, Told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

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
        told = Told(
            number=plan.number if numbered else None, days=(("payment_date", self.at.date()),), sums=(("total", plan.total),)
        )
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
        asked = self.write(
            MailKind.OTHER, [], [plan], sender=("Maja Lindqvist", _CUSTOMER), names_shop=False, reply_to=plan.confirmed_by
        )
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


def _sent(t: Tale, plan: Plan) -> Box:
    t.later(1, 4)
    box = t.world.box(t.shop)
    t.ship([plan], [box])
    return box


def _arrived(t: Tale, plan: Plan) -> None:
    box = _sent(t, plan)
    t.deliver([plan], box)
    plan.status = OrderStatus.DELIVERED


def _plain(t: Tale) -> None:
    plan = t.order()
    t.confirm(plan)
    if t.chance(0.5):
        t.later(0, 0)
        t.pay(plan)
    stage = t.world.rng.choices(("placed", "sent", "arrived", "reviewed"), weights=(1, 2, 4, 2))[0]
    if stage == "placed":
        return
    if stage == "sent":
        _sent(t, plan)
        return
    _arrived(t, plan)
    if stage == "reviewed":
        t.review(plan)


def _paid_by_service(t: Tale) -> None:
    plan = t.order()
    t.confirm(plan)
    t.later(0, 1)
    t.pay(plan, service=True, numbered=t.chance(0.4))
    _arrived(t, plan)


def _billed(t: Tale) -> None:
    plan = t.order()
    t.confirm(plan)
    if t.chance(0.4):
        t.later(0, 2)
        t.invoice(plan)
        plan.status = OrderStatus.PAYMENT_DUE
        return
    box = _sent(t, plan)
    t.invoice(plan)
    t.deliver([plan], box)
    plan.status = OrderStatus.DELIVERED


def _refunded(t: Tale) -> None:
    plan = t.order()
    t.confirm(plan)
    _arrived(t, plan)
    t.later(4, 20)
    if t.chance(0.5):
        t.refund(plan, (plan.total / 3).quantize(Decimal(1)))
    else:
        t.refund(plan, plan.total, service=t.chance(0.25))
        plan.status = OrderStatus.RETURNED


def _split(t: Tale) -> None:
    plan = t.order()
    t.confirm(plan)
    boxes = [t.world.box(t.shop) for _ in range(t.world.rng.choice((2, 2, 3)))]
    if t.chance(0.3):
        t.later(1, 3)
        t.ship([plan], boxes)
    else:
        for box in boxes:
            t.later(1, 2)
            t.ship([plan], [box])
    all_came = t.chance(0.7)
    for box in boxes if all_came else boxes[:-1]:
        t.deliver([plan], box)
    plan.status = OrderStatus.DELIVERED if all_came else OrderStatus.IN_TRANSIT


def _combined(t: Tale) -> None:
    plans = [t.order(), t.order()]
    for plan in plans:
        t.confirm(plan)
        t.later(0, 1)
    box = t.world.box(t.shop)
    t.later(1, 3)
    if t.chance(0.6):
        t.ship(plans, [box])
    else:
        for plan in plans:
            t.ship([plan], [box])
            t.later(0, 0)
    t.deliver(plans, box)
    for plan in plans:
        plan.status = OrderStatus.DELIVERED


def _checkout(t: Tale) -> None:
    plans = [t.order() for _ in range(t.world.rng.choice((2, 2, 3)))]
    t.confirm(*plans)
    for plan in plans:
        if t.chance(0.8):
            _arrived(t, plan)


def _handed_over(t: Tale) -> None:
    plan = t.order()
    t.confirm(plan)
    t.later(1, 5)
    box = t.world.box(t.shop, handed_over=True)
    t.ship([plan], [box])
    t.later(4, 15)
    if t.chance(0.5):
        t.ship([plan], [box], both_numbers=True)
    else:
        t.carry(MailKind.SHIPPING, [plan], box, both=True)
    t.deliver([plan], box, local=True)
    plan.status = OrderStatus.DELIVERED


def _sent_twice(t: Tale) -> None:
    plan = t.order()
    t.confirm(plan)
    if t.chance(0.7):
        t.again(0)
        t.later(1, 2)
    t.copy(0)
    _arrived(t, plan)
    t.copy(-1)


def _anew(t: Tale) -> None:
    first = t.order()
    t.confirm(first)
    t.later(0, 2)
    t.tell(MailKind.CANCELLATION, first)
    first.status = OrderStatus.CANCELLED
    if t.chance(0.4):
        t.later(0, 1)
        t.refund(first, first.total)
    t.later(0, 2)
    second = t.order(first.goods)
    t.confirm(second)
    if t.chance(0.3):
        t.pay(second, service=True, numbered=False, tells=False)
    _arrived(t, second)


def _moved(t: Tale) -> None:
    plan = t.order()
    t.confirm(plan)
    box = _sent(t, plan)
    t.later(1, 3)
    if t.chance(0.6):
        t.carry(MailKind.EXCEPTION, [plan], box)
    else:
        t.tell(MailKind.EXCEPTION, plan, ("delivery_estimate", t.at.date() + timedelta(days=4)))
    plan.status = OrderStatus.PROBLEM
    if t.chance(0.7):
        t.later(2, 6)
        t.deliver([plan], box)
        plan.status = OrderStatus.DELIVERED


def _talked_of(t: Tale) -> None:
    plan = t.order()
    t.confirm(plan)
    t.talk(plan)
    if t.chance(0.8):
        _arrived(t, plan)


def _fetched(t: Tale) -> None:
    plan = t.order()
    t.confirm(plan)
    box = _sent(t, plan)
    t.later(1, 3)
    t.carry(MailKind.PICKUP, [plan], box)
    plan.status = OrderStatus.PICKUP_AVAILABLE
    if t.chance(0.5):
        t.later(1, 5)
        t.carry(MailKind.DELIVERED, [plan], box)
        plan.status = OrderStatus.DELIVERED


def _twins(t: Tale) -> None:
    """Two orders of one day for one sum, and a service that says of which sum, not of which order."""
    first = t.order()
    second = t.order(first.goods)
    t.confirm(first)
    t.later(0, 0)
    t.confirm(second)
    t.pay(first, service=True, numbered=False, tells=False)
    _arrived(t, first)
    _arrived(t, second)


def _gift(t: Tale) -> None:
    """Somebody else's order: only the carrier writes."""
    plan = t.order(numbered=False)
    box = t.world.box(t.shop)
    plan.boxes.append(box)
    t.carry(MailKind.SHIPPING, [plan], box)
    t.later(1, 3)
    t.carry(MailKind.PICKUP, [plan], box)
    plan.status = OrderStatus.PICKUP_AVAILABLE


PLOTS: tuple[tuple[Callable[[Tale], None], int], ...] = (
    (_plain, 20),
    (_paid_by_service, 12),
    (_billed, 8),
    (_refunded, 10),
    (_split, 8),
    (_combined, 4),
    (_checkout, 4),
    (_handed_over, 7),
    (_sent_twice, 5),
    (_anew, 5),
    (_moved, 7),
    (_talked_of, 6),
    (_fetched, 5),
    (_twins, 2),
    (_gift, 3),
)


def tale(world: World, index: int) -> Tale:
    """The story of an index at one of the shops, told by chance."""
    rng = world.rng
    at = datetime(2025, 1, 7, 8, tzinfo=UTC) + timedelta(days=rng.randrange(600), minutes=rng.randrange(600))
    told = Tale(world, world.shops[index % len(world.shops)], f"t{index}", at)
    # Each plot comes once before chance decides, so that no mailbox lacks one.
    plot = PLOTS[index][0] if index < len(PLOTS) else rng.choices([plot for plot, _ in PLOTS], weights=[share for _, share in PLOTS])[0]
    plot(told)
    return told
