"""Whole mailboxes: orders at many shops over months, with every mail that they bring and the truth about all of them.

The truth is told of mails and orders, not of words: which orders a mail is about, which parcels an order has and how it stands
at the end. The same seed gives the same mailbox on any machine. For each mail there is also the record that a perfect reader
would make, so that joining can be measured apart from reading.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING

from orderparse.roles import MailKind
from orderparse.training import envelope, idle, numbers
from orderparse.training.layouts import LAYOUTS
from orderparse.training.mailbox import letters, plots, world
from orderparse.training.teller import Cast, Teller

if TYPE_CHECKING:
    from pathlib import Path

    from orderparse.knowledge import Knowledge
    from orderparse.records import Reading
    from orderparse.roles import OrderStatus
    from orderparse.training.mailbox.tale import Tale
    from orderparse.training.mailbox.world import World

__all__ = ["MadeMailbox", "MailboxMail", "OrderTruth", "mailbox", "write"]

_ORDERS_A_SHOP = 8
_NOISE = 0.12  # mails of no order for each mail of one


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxMail:
    """A mail and what is true of it: the keys of the orders that it is about.

    With ``tells`` false neither the mail nor the others say which order it is, and whoever joins it has guessed. ``perfect``
    is the record that a perfect reader makes; None for mails of no order.
    """

    name: str
    message_id: str
    data: bytes
    about: frozenset[str] = frozenset()
    tells: bool = True
    kind: MailKind = MailKind.OTHER
    perfect: Reading | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderTruth:
    """An order as it stands after all mails; each parcel is the set of its numbers, plain (capital letters and digits)."""

    key: str
    shop: str
    number: str | None
    parcels: frozenset[frozenset[str]]
    status: OrderStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeMailbox:
    """All mails, in an order that tells nothing, and all orders."""

    mails: tuple[MailboxMail, ...]
    orders: tuple[OrderTruth, ...]


def mailbox(knowledge: Knowledge, seed: str, *, orders: int = 320, every_layout: bool = False) -> MadeMailbox:
    """The mailbox of a seed, with at least so many orders and four times as many mails.

    Args:
        knowledge: Where words, merchants and carriers come from.
        seed: Any text; other seeds give other mailboxes.
        orders: How many orders it has at least.
        every_layout: Whether the mails have all layouts, those in which values lose their labels too; else those that are
            read well, so that what goes wrong went wrong in joining.

    """
    rng = Random(f"mailbox/{seed}")  # noqa: S311  # made-up mails, no secrets
    layouts = sorted(LAYOUTS) if every_layout else letters.LABEL_FIRST
    made = world.of(knowledge, max(6, orders // _ORDERS_A_SHOP), rng)
    tales: list[Tale] = []
    while sum(len(tale.plans) for tale in tales) < orders:
        tales.append(plots.tale(made, len(tales)))
    found: list[MailboxMail] = []
    for draft in (draft for tale in tales for draft in tale.drafts):
        data = letters.written(draft.letter, knowledge, layouts)
        mail = MailboxMail(
            name="",
            message_id=draft.letter.message_id,
            data=data,
            about=frozenset(plan.key for plan in draft.about),
            tells=draft.tells,
            kind=draft.letter.kind,
            perfect=letters.perfect(draft.letter, ""),
        )
        found += [mail] * draft.copies
    found += [_noise(made, at) for at in range(int(len(found) * _NOISE))]
    rng.shuffle(found)
    named = tuple(
        replace(mail, name=name, perfect=replace(mail.perfect, source=name) if mail.perfect is not None else None)
        for mail, name in ((mail, f"{at:05}.eml") for at, mail in enumerate(found))
    )
    truths = tuple(
        OrderTruth(
            key=plan.key,
            shop=tale.shop.name,
            number=numbers.plain(plan.number) if plan.number is not None else None,
            parcels=frozenset(box.numbers for box in plan.boxes),
            status=plan.status,
        )
        for tale in tales
        for plan in tale.plans
    )
    return MadeMailbox(mails=named, orders=truths)


def _noise(made: World, at: int) -> MailboxMail:
    """A newsletter, a letter, a scam: a mail of no order, from one of the shops as a rule."""
    while True:
        seed = made.rng.getrandbits(64)
        rng = Random(seed)  # noqa: S311
        shop = made.rng.choice(made.shops)
        teller = Teller(made.knowledge, Cast(languages=(shop.language,), merchants=()), rng)
        teller.kind, teller.merchant, teller.shop, teller.domain = MailKind.OTHER, shop.merchant, shop.name, shop.domain
        story = idle.of_nothing(teller)
        if not story.truth.orders:
            data = envelope.send(story, LAYOUTS[rng.choice(sorted(LAYOUTS))](story.content, rng), teller.language, rng)
            ident = f"<n{at}@{story.sender[1].rpartition('@')[2]}>"
            return MailboxMail(name="", message_id=ident, data=letters.with_fields(data, ident, None))


def write(made: MadeMailbox, folder: Path) -> None:
    """Write each mail into a file of its own.

    Raises:
        OSError: The folder cannot be written.

    """
    folder.mkdir(parents=True, exist_ok=True)
    for mail in made.mails:
        (folder / mail.name).write_bytes(mail.data)
