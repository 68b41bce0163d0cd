"""Letters: what one mail of a made-up mailbox tells, as the bytes of a mail and as the record that a perfect reader makes of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING

from orderparse.languages import AMOUNT_LABELS, DATE_LABELS
from orderparse.records import Address, AmountFinding, DateFinding, Finding, MailOrder, Merchant, Money, Reading, TrackingNumber
from orderparse.roles import AmountRole, MailKind, Role
from orderparse.training import envelope, numbers, words
from orderparse.training.content import Block, Fact, Link
from orderparse.training.layouts import LAYOUTS
from orderparse.training.teller import Cast, Purchase, Teller

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from decimal import Decimal

    from orderparse.carriers import Carrier
    from orderparse.knowledge import Knowledge
    from orderparse.training.mailbox.world import Shop

_MESSAGE_ID = re.compile(rb"^Message-ID: <[^>]*>", re.MULTILINE)
# Where each value stands behind or under its label, as most mails have it; the name of a shop is read in no others.
LABEL_FIRST = (
    *("blocks_as_columns", "broken_lines", "capitals_before_value", "cards_side_by_side", "colon_lines", "deep_spans", "definition_list"),
    *("gaps", "heading_and_paragraph", "indented_below", "invoice_with_box", "label_beside_value", "label_break_value"),
    *("label_headings", "label_over_value", "label_row_above_value_row", "listed", "nested_with_spacers", "padded", "preformatted"),
    *("rows_of_two_spans", "signed", "small_label_over_big_value", "spanned_cells", "steps_and_cards", "tabbed", "two_pairs_a_row"),
    "word_built",
)
_SURE = 0.97  # of all that a perfect reader says


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A parcel as a mail names it; ``local`` only where the mail gives that number too."""

    number: str
    carrier: Carrier
    local: str | None = None
    local_carrier: Carrier | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a mail tells of one order. Days and sums stand with the keys of their labels in the language files."""

    number: str | None = None
    parcels: tuple[Label, ...] = ()
    days: tuple[tuple[str, date], ...] = ()
    sums: tuple[tuple[str, Decimal], ...] = ()
    goods: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One mail before it is written.

    ``names_shop`` says whether a mail that is not the shop's own tells which shop it is about; ``is_reply`` whether it is
    a person's answer in a thread. ``seed`` settles words and layout: letters with one seed have one content.
    """

    kind: MailKind
    sent: datetime
    shop: Shop
    sender: tuple[str, str]
    told: tuple[Told, ...]
    message_id: str
    seed: str
    by_shop: bool = True
    names_shop: bool = True
    is_reply: bool = False
    reply_to: str | None = None


def written(letter: Letter, knowledge: Knowledge, layouts: Sequence[str] = LABEL_FIRST) -> bytes:
    """The bytes of the mail, in one of the layouts; a mail that names another's shop always has its labels first."""
    rng = Random(letter.seed)  # noqa: S311  # made-up mails, no secrets
    teller = _teller(letter, knowledge, rng)
    purchases = [_purchase(teller, told) for told in letter.told]
    blocks = [_block(teller, told, purchase) for told, purchase in zip(letter.told, purchases, strict=True)]
    if not letter.by_shop and letter.names_shop and blocks:
        named = Fact(teller.labels.label("merchant", rng), letter.shop.name)
        blocks[0] = replace(blocks[0], facts=(*blocks[0].facts, named) if named.label else blocks[0].facts)
    if letter.is_reply:
        teller.prose += [teller.words.chatter(rng, 20) for _ in range(rng.randint(1, 4))]
    else:
        teller.prose.append(teller.told(letter.kind) + ".")
        teller.prose += [teller.words.chatter(rng) for _ in range(rng.randrange(3))]
        _track(teller, letter)
    teller.foot()
    subject = f"Re: {teller.words.chatter(rng, 6)[:-1]}" if letter.is_reply else _subject(teller, letter)
    story = teller.made(subject, letter.sender, blocks or [Block()], purchases, from_carrier=not letter.by_shop, untold=letter.is_reply)
    body = LAYOUTS[rng.choice(layouts if letter.by_shop or not letter.names_shop else LABEL_FIRST)](story.content, rng)
    data = envelope.send(story, body, teller.language, rng)
    return with_fields(data, letter.message_id, letter.reply_to)


def with_fields(data: bytes, message_id: str, reply_to: str | None) -> bytes:
    """The mail under this Message-ID, as an answer to another if one is given."""
    end = b"\r\n" if b"\r\nMIME-Version" in data else b"\n"
    fields = f"Message-ID: {message_id}".encode()
    if reply_to is not None:
        fields += end + f"In-Reply-To: {reply_to}".encode()
    return _MESSAGE_ID.sub(lambda _: fields, data, count=1)


def _teller(letter: Letter, knowledge: Knowledge, rng: Random) -> Teller:
    """A teller in the shop's language and money, with nothing left to chance of who writes what and when."""
    shop = letter.shop
    teller = Teller(knowledge, Cast(languages=(shop.language,), merchants=()), rng)
    teller.place = shop.place
    teller.words = words.of(teller.language, knowledge.currencies, shop.place.currency, rng)
    teller.labels = words.of(teller.language, knowledge.currencies, shop.place.currency, rng)
    teller.merchant, teller.shop, teller.domain = shop.merchant, shop.name, shop.domain
    teller.kind, teller.sent, teller.shared = letter.kind, letter.sent, False
    if not letter.by_shop:
        teller.shop, teller.domain = letter.sender[0], letter.sender[1].rpartition("@")[2]
    return teller


def _purchase(teller: Teller, told: Told) -> Purchase:
    """What is told of an order, known to the teller so that no other number of the mail holds one of its numbers."""
    purchase = Purchase(number=told.number)
    if told.number is not None:
        teller.codes[numbers.plain(told.number)] = Role.ORDER_NUMBER
    for parcel in told.parcels:
        for number in filter(None, (parcel.number, parcel.local)):
            teller.codes[numbers.plain(number)] = Role.TRACKING_NUMBER
    return purchase


def _block(teller: Teller, told: Told, purchase: Purchase) -> Block:
    facts: list[Fact] = []
    if told.number is not None:
        facts.append(teller.fact("order_number", told.number, unknown=0))
    for key, day in told.days:
        facts.append(teller.fact(key, teller.shown_day(day), unknown=0))
        purchase.dates.add((DATE_LABELS[key], day))
    for parcel in told.parcels:
        for number, carrier in ((parcel.number, parcel.carrier), (parcel.local, parcel.local_carrier)):
            if number is not None and carrier is not None:
                href = carrier.url(numbers.plain(number)) or "" if teller.chance(0.5) else ""
                facts += [teller.fact("tracking_number", number, href, unknown=0), teller.fact("carrier", carrier.name, unknown=0)]
    if teller.kind is MailKind.INVOICE:
        facts.append(teller.fact("invoice_number", teller.code(Role.INVOICE_NUMBER), unknown=0))
    if teller.kind is MailKind.PAYMENT and teller.chance(0.5):
        facts.append(teller.fact("transaction_id", teller.code(Role.TRANSACTION_ID), unknown=0))
    columns = tuple(teller.labels.label(key, teller.rng) for key in ("item", "quantity", "price")) if told.goods else ()
    rows = tuple((name, "1", teller.words.money(price)) for name, price in told.goods)
    return Block(
        facts=tuple(facts), columns=columns, rows=rows, sums=tuple(teller.amount(key, value, purchase) for key, value in told.sums)
    )


def _track(teller: Teller, letter: Letter) -> None:
    for parcel in (parcel for told in letter.told for parcel in told.parcels):
        url = parcel.carrier.url(numbers.plain(parcel.number))
        if url and teller.language.track_links and teller.chance(0.4):
            teller.buttons.append(Link(words.capital(teller.rng.choice(teller.language.track_links[:12])), url))


def _subject(teller: Teller, letter: Letter) -> str:
    said = teller.told(letter.kind)
    number = letter.told[0].number if len(letter.told) == 1 else None
    if number is not None and teller.chance(0.3):
        return teller.rng.choice((f"{said} #{number.lstrip('#')}", f"{said} ({number.lstrip('#')})"))
    return teller.rng.choice((said, f"{said} - {letter.shop.name}")) if letter.by_shop else said


# The record of a perfect reader


def perfect(letter: Letter, source: str) -> Reading:
    """What a reader that misreads nothing makes of the mail."""
    orders = tuple(_record(told, letter) for told in letter.told)
    named = letter.by_shop or letter.names_shop
    return Reading(
        source=source,
        message_id=letter.message_id,
        in_reply_to=letter.reply_to,
        sent=letter.sent,
        sender=Address(address=letter.sender[1], name=letter.sender[0]),
        kind=Finding(value=letter.kind, confidence=_SURE),
        merchant=Merchant(value=letter.shop.name, confidence=_SURE) if named else None,
        order_numbers=tuple(order.order_number for order in orders if order.order_number is not None),
        tracking_numbers=tuple(dict.fromkeys(number for order in orders for number in order.tracking_numbers)),
        dates=tuple(dict.fromkeys(day for order in orders for day in order.dates)),
        amounts=tuple(dict.fromkeys(amount for order in orders for amount in order.amounts)),
        orders=orders,
    )


def _record(told: Told, letter: Letter) -> MailOrder:
    parcels: list[TrackingNumber] = []
    for parcel in told.parcels:
        local = numbers.plain(parcel.local) if parcel.local is not None else None
        number = numbers.plain(parcel.number)
        parcels.append(TrackingNumber(value=number, confidence=_SURE, carrier=parcel.carrier.name, handed_over_to=local))
        if local is not None and parcel.local_carrier is not None:
            parcels.append(TrackingNumber(value=local, confidence=_SURE, carrier=parcel.local_carrier.name))
    currency = letter.shop.place.currency
    return MailOrder(
        order_number=Finding(value=told.number.lstrip("#"), confidence=_SURE) if told.number is not None else None,
        tracking_numbers=tuple(parcels),
        dates=tuple(DateFinding(value=day, confidence=_SURE, role=DATE_LABELS[key]) for key, day in told.days),
        amounts=tuple(
            AmountFinding(value=Money(value=value, currency=currency), confidence=_SURE, role=AMOUNT_LABELS[key])
            for key, value in told.sums
            if AMOUNT_LABELS[key] is not AmountRole.OTHER
        ),
    )
