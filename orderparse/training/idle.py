"""Stories of no purchase: newsletters, letters, journeys, secrets, scams, and requests for a review."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from orderparse.roles import MailKind, Role
from orderparse.training import names, numbers, words
from orderparse.training.content import Block, Fact, Link
from orderparse.training.teller import Purchase, Story, Teller

if TYPE_CHECKING:
    from decimal import Decimal


def of_nothing(t: Teller) -> Story:
    """A mail that tells of no order, or nothing new of one."""
    tellers = (
        partial(_letter, t),
        partial(_letter, t),
        partial(_newsletter, t),
        partial(_newsletter, t),
        partial(_review, t),
        partial(_secret, t),
        partial(_journey, t),
        partial(_statement, t),
        partial(_scam, t),
        partial(_ticket, t),
    )
    return t.rng.choice(tellers)()


def _letter(t: Teller) -> Story:
    """A mail that is about nothing of the kind: words, and now and then a day, a price, a number or a link."""
    rng, w = t.rng, t.words
    t.prose += [w.chatter(rng, 30) for _ in range(rng.randint(2, 8))]
    loose = (
        lambda: t.shown_day(t.sent.date() + timedelta(days=rng.randint(-20, 40))),
        lambda: w.money(_free_price(t)),
        lambda: t.code(Role.OTHER, shared=True),
        lambda: f"#{t.code(Role.OTHER)}",
        lambda: f"{words.capital(w.noun(rng.choice((Role.ORDER_NUMBER, Role.TRACKING_NUMBER)), rng))}.",
    )
    t.prose += [f"{w.chatter(rng, 8)[:-1]} {rng.choice(loose)()} {w.chatter(rng, 8)}" for _ in range(rng.randrange(4))]
    rng.shuffle(t.prose)
    t.buttons += [Link(w.chatter(rng, 6)[:-1], t.session()) for _ in range(rng.randrange(4))]
    t.foot()
    return t.made(w.chatter(rng, 8)[:-1], t.shop_sender(), [Block()], [], untold=True)


def _free_price(t: Teller) -> Decimal:
    """A price of which nothing is asked."""
    price = t.price()
    t.free_amounts.add(price)
    return price


def _newsletter(t: Teller) -> Story:
    rng, w = t.rng, t.words
    facts = [Fact(names.product(rng), w.money(t.price())) for _ in range(rng.randint(1, 5))]
    if t.chance(0.5):
        facts.append(t.fact("coupon", t.code(Role.COUPON)))
    if t.chance(0.5):
        facts.append(t.day("other_date", 1, 30, None))
    if t.chance(0.35):  # "delivery by Christmas" is nobody's parcel
        day = t.sent.date() + timedelta(days=rng.randint(0, 20))
        facts.append(t.fact("delivery_estimate", t.shown_day(day)))
    if t.chance(0.3):
        facts.append(t.fact("product_code", t.code(Role.PRODUCT_CODE, shared=True)))
    if t.chance(0.2):
        facts.append(t.fact("membership_number", t.code(Role.MEMBERSHIP_NUMBER, shared=True)))
    t.free_amounts |= {value for _, value in t.amounts}
    t.prose += [t.told(MailKind.OTHER) + ".", w.chatter(rng), w.chatter(rng)]
    t.buttons += [Link(t.told(MailKind.OTHER), t.session()) for _ in range(rng.randint(1, 4))]
    t.foot()
    subject = t.told(MailKind.OTHER)
    if t.chance(0.15):
        subject = f"{t.code(Role.COUPON)}: {subject}"
    return t.made(subject, t.shop_sender(), [Block(facts=tuple(facts))], [])


def _review(t: Teller) -> Story:
    """A request for a review, or a basket left: it names the order, and tells nothing of it."""
    rng, w = t.rng, t.words
    purchase = Purchase(number=t.code(Role.ORDER_NUMBER))
    facts = [t.fact("order_number", purchase.number or "")]
    if t.chance(0.4):
        facts.append(t.fact("product_code", t.code(Role.PRODUCT_CODE, shared=t.shared)))
    t.prose += [t.told(MailKind.OTHER) + ".", w.chatter(rng)]
    t.foot()
    return t.made(t.told(MailKind.OTHER), t.shop_sender(), [Block(facts=tuple(facts))], [purchase])


def _secret(t: Teller) -> Story:
    rng, w = t.rng, t.words
    code = t.code(Role.OTHER)
    told = w.around("other", code, rng)
    facts = (Fact("", code),) if not told or t.chance(0.5) else ()
    t.prose += [told + "." if told else t.told(MailKind.OTHER) + ".", w.chatter(rng)]
    t.foot()
    return t.made(t.told(MailKind.OTHER), t.shop_sender(), [Block(facts=facts)], [])


def _journey(t: Teller) -> Story:
    rng, w = t.rng, t.words
    facts = [t.fact("booking_reference", t.code(Role.BOOKING_REFERENCE, shared=t.chance(0.3)), unknown=0)]
    facts += [t.day("other_date", 2, 200, None) for _ in range(rng.randint(1, 3))]
    price = t.price(30, 3000)
    t.free_amounts.add(price)
    sums = (Fact(t.labels.label("total", rng), w.money(price)),)
    t.prose += [t.told(MailKind.OTHER) + "."]
    t.foot()
    subject = f"{words.capital(w.noun(Role.BOOKING_REFERENCE, rng))} {facts[0].value}" if t.chance(0.3) else t.told(MailKind.OTHER)
    return t.made(subject, t.shop_sender(), [Block(facts=tuple(facts), sums=sums)], [])


def _statement(t: Teller) -> Story:
    rng = t.rng
    facts = [
        t.fact("account_number", t.code(Role.ACCOUNT_NUMBER)),
        t.fact("customer_number", t.code(Role.CUSTOMER_NUMBER, shared=True)),
    ]
    facts += [t.amount("other_amount", t.price(), None) for _ in range(rng.randint(1, 3))]
    facts += [t.day("other_date", -30, 20, None)]
    t.prose += [t.words.chatter(rng), t.words.chatter(rng)]
    t.foot()
    return t.made(t.told(MailKind.OTHER), t.shop_sender(), [Block(facts=tuple(facts))], [])


def _ticket(t: Teller) -> Story:
    rng = t.rng
    number = t.code(Role.OTHER, shared=True)
    t.prose += [t.words.chatter(rng) for _ in range(3)]
    t.foot()
    noun = words.capital(t.words.noun(Role.OTHER, rng))
    facts = (t.fact("other", number, unknown=0),)
    return t.made(f"[{noun} {number}] {t.told(MailKind.OTHER)}", t.shop_sender(), [Block(facts=facts)], [])


def _scam(t: Teller) -> Story:
    """A parcel scam: a carrier's name, somebody else's domain, a number that is nobody's."""
    rng, w = t.rng, t.words
    carrier = t.knowledge.carriers[rng.choice([code for code, line in t.knowledge.carriers.items() if line.domains and line.formats])]
    number = numbers.tracking_number(carrier, rng)
    t.codes[numbers.plain(number)] = Role.OTHER
    t.shop = carrier.name
    t.merchant = None
    t.domain = names.domain(names.shop(rng), rng.choice(("top", "xyz", "info", "ru", "com")), rng)
    told = t.told(rng.choice((MailKind.EXCEPTION, MailKind.PICKUP, MailKind.SHIPPING)))
    t.prose += [told + ".", w.chatter(rng)]
    t.buttons.append(Link(told, f"https://{t.domain}/{number}"))
    facts = (t.fact("tracking_number", number, unknown=0),)
    return t.made(told, (carrier.name, f"support@{t.domain}"), [Block(facts=facts)], [])
