"""Stories of purchases: confirmations, bills, parcels, refunds, with the rivals of the order number among what they say."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from orderparse.languages import DATE_LABELS
from orderparse.roles import DateRole, MailKind, Role
from orderparse.training import names, numbers, words
from orderparse.training.content import Block, Fact, Link

if TYPE_CHECKING:
    from random import Random


from orderparse.training.teller import Parcel, Purchase, Story, Teller

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


def of_purchases(t: Teller) -> Story:
    """A mail of one order or several, from the shop or from a carrier."""
    rng, kind = t.rng, t.kind
    from_carrier = kind in _WITH_PARCEL and t.chance(0.35)
    count = rng.choices((1, 2, 3), weights=(12, 1, 1))[0] if kind in {MailKind.SHIPPING, MailKind.ORDER_CONFIRMATION} else 1
    purchases = [_purchase(t, from_carrier=from_carrier) for _ in range(count)]
    first = purchases[0]
    shown_in_subject = first.number if count == 1 and first.number and t.chance(0.55) else None
    blocks = [_block(t, purchase, alone=count == 1) for purchase in purchases]
    if count == 1:
        blocks += _side_blocks(t)
    _tell_of(t, first, alone=count == 1)
    t.foot()
    subject = _subject(t, shown_in_subject, first)
    sender = _carrier_sender(t, first) if from_carrier else t.shop_sender()
    return t.made(subject, sender, blocks, purchases, from_carrier=from_carrier)


def _purchase(t: Teller, *, from_carrier: bool) -> Purchase:
    purchase = Purchase()
    if not from_carrier or t.chance(0.25):
        named = {MailKind.PAYMENT: 0.8, MailKind.INVOICE: 0.75}.get(t.kind, 0.95)
        purchase.number = t.code(Role.ORDER_NUMBER) if t.chance(named) else None
    if t.kind in _WITH_PARCEL and (from_carrier or t.chance(0.85)):
        for _ in range(t.rng.choices((1, 2), weights=(9, 1))[0]):
            carrier = t.knowledge.carriers[t.rng.choice(sorted(t.knowledge.carriers))]
            number = numbers.tracking_number(carrier, t.rng)
            if any(numbers.plain(number) in other or other in numbers.plain(number) for other in t.codes):
                continue
            t.codes[numbers.plain(number)] = Role.TRACKING_NUMBER
            t.written[numbers.plain(number)] = number
            t.carriers[numbers.plain(number)] = carrier.name
            purchase.parcels.append(Parcel(number=number, carrier=carrier))
    return purchase


def _block(t: Teller, purchase: Purchase, *, alone: bool) -> Block:
    """The block of one order: its number, days, parcels and sums, with rivals among them."""
    rng = t.rng
    heading = t.told(t.kind) if t.chance(0.3) else ""
    if purchase.number is not None:
        bare = t.chance(0.12)
        noun = t.words.noun(Role.ORDER_NUMBER, rng)
        if bare and noun:
            heading = f"{words.capital(noun)} {purchase.number}"
        else:
            key = "reference" if alone and t.chance(0.01) else "order_number"
            purchase.facts.append(t.fact(key, purchase.number, _order_link(t, purchase.number) if t.chance(0.4) else ""))
    for key, share, low, high in _DAYS[t.kind]:
        if t.chance(share):
            purchase.facts.append(t.day(key, low, high, purchase))
    for parcel in purchase.parcels:
        shown = _spaced(parcel.number, rng) if t.chance(0.12) else parcel.number
        href = parcel.carrier.url(numbers.plain(parcel.number)) or "" if t.chance(0.4) else ""
        purchase.facts.append(t.fact("tracking_number", shown, href))
        if t.chance(0.6):
            purchase.facts.append(t.fact("carrier", parcel.carrier.name, unknown=0))
    sums = _sums(t, purchase)
    if alone:
        purchase.facts += _rivals(t)
    if t.chance(0.5):
        rest = purchase.facts[1:]
        rng.shuffle(rest)
        purchase.facts[1:] = rest
    columns, rows = _goods(t)
    return Block(heading=heading, facts=tuple(purchase.facts), columns=columns, rows=rows, sums=tuple(sums))


def _order_link(t: Teller, number: str) -> str:
    """Where the shop shows the order; its number is in half of them."""
    if t.merchant is not None and t.merchant.links.get(Role.ORDER_NUMBER):
        name = t.rng.choice(t.merchant.links[Role.ORDER_NUMBER])
        return f"https://www.{t.domain}/order?{name}={numbers.plain(number)}"
    plain = number.lstrip("#").replace(" ", "").replace("/", "-")
    if t.chance(0.5):  # many shops link by a key of their database, which is nobody's order number
        plain = numbers.of_shape(t.rng.choice(("89999999", "XX9XXAXXXX", "899999", "AXX9XXXXXXX9X")), t.rng).lower()
    return t.rng.choice((f"https://{t.domain}/orders/{plain}", f"https://www.{t.domain}/account?order={plain}", t.session()))


def _rivals(t: Teller) -> list[Fact]:
    """Numbers that are something else, several of them in the shape of the order number."""
    found: list[Fact] = []
    count = t.cast.rivals or t.rng.choices((0, 1, 2, 3), weights=(5, 4, 2, 1))[0]
    roles = list(_RIVALS)
    t.rng.shuffle(roles)
    if t.cast.rivals:
        roles = [Role.PRODUCT_CODE, *(role for role in roles if role is not Role.PRODUCT_CODE)]
    only_shipment = not any(role is Role.TRACKING_NUMBER for role in t.codes.values())
    for role in roles:
        if len(found) >= count:
            break
        if role is Role.SHIPMENT_NUMBER and (only_shipment or t.kind not in _WITH_PARCEL):
            continue
        shared = bool(t.cast.rivals) or (t.shared and t.chance(0.7))
        found.append(t.fact(role.value, t.code(role, shared=shared), unknown=0.06))
    if t.kind is MailKind.PAYMENT and t.chance(0.6):
        found.append(t.fact("transaction_id", t.code(Role.TRANSACTION_ID)))
    if t.kind is MailKind.INVOICE:
        found.insert(0, t.fact("invoice_number", t.code(Role.INVOICE_NUMBER, shared=t.shared)))
    if t.kind is MailKind.PICKUP and t.chance(0.6):
        found.append(t.fact("pickup_code", t.code(Role.PICKUP_CODE)))
    if t.kind is MailKind.REFUND and t.chance(0.3):
        found.append(t.fact("reference", t.code(Role.REFERENCE, shared=t.shared)))
    if t.chance(0.1):
        found.append(t.day("other_date", -300, 40, None))
    if t.chance(0.15):
        found.append(t.fact("payment_method", t.rng.choice(("Visa", "Mastercard", "Klarna", "PayPal", "Swish")), unknown=0))
    return found


def _goods(t: Teller) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    if not t.chance(0.5):
        return (), ()
    rng = t.rng
    with_code = t.chance(0.5)
    keys = ("item", *(("product_code",) if with_code else ()), "quantity", "price")
    columns = tuple(t.labels.label(key, rng) for key in keys)
    rows = []
    for _ in range(rng.randint(1, 4)):
        row = [names.product(rng)]
        if with_code:
            row.append(t.code(Role.PRODUCT_CODE, shared=t.shared and t.chance(0.5)))
        row += [str(rng.choices((1, 2, 3, 10), weights=(12, 3, 1, 1))[0]), t.words.money(t.price())]
        rows.append(tuple(row))
    return columns, tuple(rows)


def _sums(t: Teller, purchase: Purchase) -> list[Fact]:
    """The column of sums: what each is, with the total last as a rule."""
    kind = t.kind
    if kind is MailKind.REFUND:
        refund = t.price()
        return [t.amount("refund_amount", refund, purchase)] if t.chance(0.85) else []
    if kind in _WITH_MONEY:
        if not t.chance(0.88):
            return []
    elif not t.chance(0.15):
        return []
    goods, freight = t.price(), t.rng.choice((Decimal(0), Decimal(29), Decimal(49), t.price(2, 20)))
    less = t.price(2, 30) if t.chance(0.15) and goods > 60 else Decimal(0)  # noqa: PLR2004
    total = goods + freight - less
    tax = (total / 5).quantize(Decimal("0.01") if t.words.currency.decimals else Decimal(1))
    sums: list[Fact] = []
    if t.chance(0.6):
        sums.append(t.amount("subtotal", goods, purchase))
    if freight and t.chance(0.7):
        sums.append(t.amount("shipping_cost", freight, purchase))
    if less:
        sums.append(t.amount("discount", less, purchase))
    last = [t.amount("total", total, purchase)]
    if tax and t.chance(0.5):
        last.append(t.amount("tax", tax, purchase))
    if t.chance(0.3):
        last.reverse()
    sums += last
    if kind is MailKind.PAYMENT and t.chance(0.4):
        sums.append(t.amount("amount_paid", total, purchase))
    if t.chance(0.08):
        sums.append(t.amount("other_amount", t.price(), None))
    return sums


def _side_blocks(t: Teller) -> list[Block]:
    """What stands beside an order: the address, an offer, the shop's own dates."""
    rng = t.rng
    blocks = []
    if t.chance(0.3):
        facts = [Fact("", names.person(rng)), Fact("", names.street(rng))]
        if t.chance(0.5):
            facts.append(Fact("", f"{rng.randrange(10000, 99999)} {names.town(rng)}"))
        if t.chance(0.4):
            facts.append(t.fact("phone", t.phone(), unknown=0))
        blocks.append(Block(heading=names.person(rng) if t.chance(0.2) else "", facts=tuple(facts)))
    if t.chance(0.12):
        facts = [t.fact("coupon", t.code(Role.COUPON)), t.day("other_date", 5, 60, None)]
        blocks.append(Block(heading=t.told(MailKind.OTHER), facts=tuple(facts)))
    return blocks


def _tell_of(t: Teller, purchase: Purchase, *, alone: bool) -> None:
    """Sentences: what happened, perhaps with the number or a day in them, and what else may happen."""
    rng, w = t.rng, t.words
    if t.chance(0.8):
        t.prose.append(t.told(t.kind) + ".")
    if alone and purchase.number is not None and t.chance(0.2):
        told = w.around("order_number", purchase.number, rng) if t.chance(0.4) else ""
        noun = w.noun(Role.ORDER_NUMBER, rng)
        t.prose.append((told or f"{words.capital(noun)} {purchase.number}") + ".")
    if alone and t.chance(0.12):
        key, low, high = rng.choice([(key, low, high) for key, _, low, high in _DAYS[t.kind]])
        known = {role for role, _ in t.dates}
        if DATE_LABELS[key] not in known:
            fact = t.day(key, low, high, purchase)
            t.prose.append(w.around(key, fact.value, rng) + "." if t.language.around.get(key) else f"{fact.label} {fact.value}.")
    if alone and t.kind in _DAY_BEHIND and t.chance(0.12):  # "has been delivered 3 May", "arrives today"
        key, _, low, high = _DAYS[t.kind][0]
        if DATE_LABELS[key] not in {role for role, _ in t.dates}:
            t.prose.append(f"{t.told(t.kind)} {t.day(key, low, high, purchase).value}.")
    for _ in range(rng.randrange(4)):
        t.prose.append(w.chatter(rng))
    if t.chance(0.3):  # "as soon as it has been shipped, you will get another mail"
        later = rng.choice((MailKind.SHIPPING, MailKind.DELIVERED, MailKind.REFUND, MailKind.CANCELLATION, MailKind.INVOICE))
        told = t.told(later)
        t.prose.append(f"{w.chatter(rng)[:-1]}, {told[:1].lower()}{told[1:]} {w.chatter(rng, 6)}")
    for parcel in purchase.parcels:
        if t.language.track_links and t.chance(0.6):
            text = words.capital(rng.choice(t.language.track_links[:12]))
            url = parcel.carrier.url(numbers.plain(parcel.number))
            t.buttons.append(Link(text, url if url and t.chance(0.7) else t.session()))
    if purchase.number is not None and t.chance(0.4):
        t.buttons.append(Link(words.capital(w.noun(Role.ORDER_NUMBER, rng)) or t.shop, _order_link(t, purchase.number)))
    if t.chance(0.3):
        t.buttons.append(Link(t.shop, t.session()))


def _subject(t: Teller, number: str | None, purchase: Purchase) -> str:
    rng, w = t.rng, t.words
    told = t.told(t.kind)
    if t.chance(0.06):
        told = t.told(MailKind.OTHER) if t.chance(0.2) else t.shop
    noun = words.capital(w.noun(Role.ORDER_NUMBER, rng) or "#")
    parcel = next((parcel.number for parcel in purchase.parcels), None)
    if number is not None:
        bare = number.lstrip("#")
        return rng.choice(
            (
                *(f"{told} #{bare}", f"{told} ({bare})", f"{noun} {number}: {w.status(t.kind, rng)}", f"{told} - {noun} {number}"),
                *(f"{t.labels.label('order_number', rng)} {number} - {told}", f"[{t.shop}] {told} (#{bare})"),
            )
        )
    days = [day for role, day in t.dates if role is DateRole.ORDER]
    if len(days) == 1 and t.chance(0.4):  # "Your order of 3 May at ..."
        shown = t.shown_day(days[0])
        dated = w.around("order_date", shown, rng) if t.chance(0.5) else ""
        return rng.choice((told, noun)) + " " + (dated or f"{t.labels.label('order_date', rng)} {shown}")
    if number is None and t.chance(0.06):  # what was bought, in capitals: no order number
        told = f"{_thing(t)}: {told}"
    if parcel is not None and t.chance(0.15):
        return f"{told}: {parcel}"
    return rng.choice((told, f"{told} - {t.shop}", f"{t.shop}: {told}", f"{told}!"))


def _thing(t: Teller) -> str:
    """The name of a thing that has the shape of a number, in the subject and perhaps in a sentence too."""
    thing = t.code(Role.OTHER) if t.chance(0.5) else f"{t.code(Role.COUPON)[:5]}-{t.rng.randrange(10, 99)}"
    if t.chance(0.6):
        t.prose.append(f"{t.words.chatter(t.rng, 6)[:-1]} {thing} {t.words.chatter(t.rng, 6)}")
    return thing


def _carrier_sender(t: Teller, purchase: Purchase) -> tuple[str, str]:
    carrier = next((parcel.carrier for parcel in purchase.parcels if parcel.carrier.domains), None)
    if carrier is None:
        return t.shop_sender()
    return carrier.name, f"noreply@{carrier.domains[0]}"


def _spaced(number: str, rng: Random) -> str:
    """A long number in groups, as people print them."""
    if len(number) < 10 or not number.isalnum():  # noqa: PLR2004
        return number
    size = rng.choice((3, 4))
    if number[:2].isalpha() and number[-2:].isalpha():  # S10: AA 123 456 789 BB
        return f"{number[:2]} {number[2:5]} {number[5:8]} {number[8:11]} {number[11:]}"
    return " ".join(number[at : at + size] for at in range(0, len(number), size))
