"""Plots: what happens to orders, each a way in which shops, carriers and services write about them, and how the orders end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from orderparse.roles import MailKind, OrderStatus
from orderparse.training.mailbox.tale import Tale

if TYPE_CHECKING:
    from collections.abc import Callable

    from orderparse.training.mailbox.tale import Plan
    from orderparse.training.mailbox.world import Box, World


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


def _unpaid(t: Tale) -> None:
    plan = t.order()
    t.confirm(plan)
    t.later(0, 2)
    t.invoice(plan)
    plan.status = OrderStatus.PAYMENT_DUE


def _billed(t: Tale) -> None:
    plan = t.order()
    t.confirm(plan)
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
    (_billed, 5),
    (_unpaid, 3),
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
