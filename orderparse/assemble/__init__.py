"""Assembling: hypotheses become the record of one mail."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING, NamedTuple

from orderparse import mentions, readers
from orderparse.assemble import codes, days, disagreements, doubts, genuine, named, orders, parcels, said, sums
from orderparse.assemble.certainty import Certainty
from orderparse.records import Defect, Finding, Reading
from orderparse.roles import MailKind, Role
from orderparse.scoring import features, kinds, model
from orderparse.scoring.model import LIKELY, Situation
from orderparse.slotted import replace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orderparse.document.model import Document
    from orderparse.knowledge import Knowledge
    from orderparse.mentions import Page
    from orderparse.records import AmountFinding, DateFinding, Genuine, TrackingNumber
    from orderparse.scoring.model import Hypothesis, Model

_CLEAR = 0.75
_WORTH_TELLING = 0.001
_SURELY_OTHER = 0.9
_OF_ANY_KIND = frozenset({"order_number"})  # what a mail of any kind may hold
_LEAST = 1e-4
_WELL_UNDERSTOOD = 0.15  # of the words of running text at least this share are function words of its language


class Values(NamedTuple):
    """The values of a page with their shares, and what they and its words tell of the mail's kind.

    ``best`` maps roles to the share of their best value, ``telling`` kinds to their features.
    """

    found: list[Hypothesis]
    order_numbers: tuple[Finding[str], ...]
    tracking_numbers: tuple[TrackingNumber, ...]
    dates: tuple[DateFinding, ...]
    amounts: tuple[AmountFinding, ...]
    best: Mapping[str, float]
    telling: Mapping[MailKind, Mapping[str, float]]


def read(document: Document, knowledge: Knowledge, scales: Model | None = None, precision: float | None = None) -> Reading:
    """Everything that one document says; with a precision, what holds it in its role."""
    return read_page(mentions.page(document, knowledge), scales or model.builtin(), precision)


def read_page(page: Page, scales: Model, precision: float | None = None) -> Reading:
    """Everything that one page says."""
    document = page.document
    page, truth, doubted = trusted(page)
    certainty = Certainty(scales=scales, situation=situation(page), precision=precision)
    found, order_numbers, tracking_numbers, dates, amounts, best, telling = values(page, scales, doubted=doubted)
    (kind, probability, reasons), *rest = kinds.kinds(scales, telling)
    others = tuple((other.value, share) for other, share, _ in rest if share >= _WORTH_TELLING)
    if probability >= _CLEAR:
        dates = days.with_kind(page, kind, found, dates)
        amounts = sums.with_kind(page, kind, found, amounts)
    amounts = sums.with_sum(page, amounts)
    told = any(name not in {"bias", "understood"} for name, _ in reasons)
    ordered = max(best[Role.ORDER_NUMBER.value], best[Role.TRACKING_NUMBER.value]) >= LIKELY
    if kind is MailKind.OTHER and told and probability >= LIKELY and not ordered:
        dates = days.without_order(page, dates)
        amounts = sums.without_order(amounts)
    if kind is MailKind.OTHER and told and probability >= _SURELY_OTHER:
        order_numbers = codes.without_offers(order_numbers)
    told_kind = None
    if telling.get(kind, {}).keys() - _OF_ANY_KIND:  # a kind for which nothing speaks is no finding
        told_kind = Finding(value=kind, confidence=probability, reasons=tuple(one for one in reasons if one[1]), alternatives=others)
    order_numbers, tracking_numbers, disagreed = disagreements.settled(page, found, order_numbers, tracking_numbers)
    items = tuple(item for item in named.items(page) if certainty.holds(item.confidence, "item"))
    message = document.message
    identifiers = said.without_personal(certainty.of(codes.identifiers(page, found)))
    order_numbers = said.without_personal(certainty.of(order_numbers))
    tracking_numbers = parcels.joined(said.without_personal(certainty.of(tracking_numbers)), identifiers, page.knowledge)
    dates, amounts = certainty.of(dates), certainty.of(amounts)
    reading = Reading(
        source=message.source,
        message_id=message.message_id,
        in_reply_to=message.in_reply_to,
        sent=message.sent,
        sender=message.sender,
        subject=message.subject,
        language=certainty.one(_language(page), "language"),
        kind=certainty.one(told_kind, "kind"),
        merchant=certainty.one(named.merchant(page, message.authentication, scales), "merchant"),
        seller=certainty.one(named.seller(page), "seller"),
        platform=certainty.one(named.platform(page, (number.value for number in order_numbers if number.confidence >= LIKELY)), "platform"),
        order_numbers=order_numbers,
        tracking_numbers=tracking_numbers,
        dates=dates,
        amounts=sums.of_mail(amounts),
        identifiers=identifiers,
        items=items,
        payment_method=certainty.one(named.payment_method(page), "payment_method"),
        pickup=named.pickup(page, found, dates, certainty),
        orders=orders.grouped(order_numbers, tracking_numbers, dates, amounts, items, certainty=certainty),
        authentication=message.authentication,
        genuine=truth,
        defects=_defects(page, (*doubts.defects(page), *disagreed)),
        left_out=tuple(sorted(certainty.left_out.items())),
        text=codes.without_personal(page, found, (*order_numbers, *tracking_numbers, *identifiers)),
    )
    return said.safe(reading)


def situation(page: Page) -> Situation:
    """What is known of a page: its language, its merchant."""
    if page.strange:
        return Situation.STRANGE
    return Situation.KNOWN if page.parties.shop is not None else Situation.UNKNOWN


def trusted(page: Page) -> tuple[Page, Genuine, bool]:
    """A page with how genuine its mail is, and whether that is in doubt; the numbers of one that surely is not are nobody's.

    A sender whose authentication failed may have been forwarded: what that takes from his numbers is told elsewhere.
    """
    truth = genuine.of(page)
    failed = page.document.message.authentication.dmarc == "fail"
    if truth.confidence < LIKELY and not failed and not page.parties.impostor:
        page = replace(page, parties=replace(page.parties, impostor=True))
    return page, truth, genuine.doubtful(truth) and not failed


def values(page: Page, scales: Model, *, doubted: bool = False) -> Values:
    """The values of a page, scored and set against each other, before anything is made of the mail's kind.

    ``doubted`` says that the mail may well be none of whom it claims to be from.
    """
    found = doubts.weighed(page, codes.compete(page, model.hypotheses(scales, features.pools(page, readers.read(page)))))
    for reason, holds in (("doubtful_sender", doubted), ("discussion", page.document.message.discussion)):
        found = doubts.of_doubtful(found, reason) if holds else found
    order_numbers = codes.order_numbers(page, found)
    tracking_numbers = codes.tracking_numbers(page, found)
    dates = days.dates(page, found)
    amounts = sums.amounts(page, found, several_orders=len([n for n in order_numbers if n.confidence >= LIKELY]) > 1)
    best = {
        Role.ORDER_NUMBER.value: max((finding.confidence for finding in order_numbers), default=0.0),
        Role.TRACKING_NUMBER.value: max((finding.confidence for finding in tracking_numbers), default=0.0),
        "total": max((amount.confidence for amount in amounts if amount.role == "total"), default=0.0),
        **{role: max((h.probability for h in found if h.role == role), default=0.0) for role in kinds.TELLING_ROLES},
    }
    today, later = days.coming(page, dates)
    telling = kinds.telling(page, best, comes_today=today, comes_later=later, doubtful=doubted)
    return Values(found, order_numbers, tracking_numbers, dates, amounts, best, telling)


def _language(page: Page) -> Finding[str] | None:
    """The language of most of the page; little sure where few of its words are known, or as many are another's."""
    if not page.languages:
        return None
    (code, share), *others = page.languages
    confidence = share / (share + (others[0][1] if others else 0.0)) * min(page.understood / _WELL_UNDERSTOOD, 1.0)
    odds = max(confidence, _LEAST) / max(1 - confidence, _LEAST)
    return Finding(value=code, confidence=confidence, reasons=(("words_of_the_language", round(log(odds), 4)),))


def _defects(page: Page, disagreed: tuple[Defect, ...]) -> tuple[Defect, ...]:
    """All that is odd about a mail, each code once, as first told: its bytes, those of mails in it, its document, what disagrees."""
    messages = [page.document.message]
    for message in messages:
        messages.extend(message.attached)
    defects = [*(defect for message in messages for defect in message.defects), *page.document.defects, *disagreed]
    if page.parties.impostor:
        defects.append(Defect(code="impostor", detail="the sender bears a known name without its domain or a link to it"))
    if page.cut:
        defects.append(Defect(code="values_cut", detail="some of very many numbers were left out"))
    first: dict[str, Defect] = {}
    for defect in defects:
        first.setdefault(defect.code, defect)
    return tuple(first.values())
