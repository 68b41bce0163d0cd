"""Assembling: hypotheses become the record of one mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderparse import mentions, readers
from orderparse.assemble import codes, days, named, orders, sums
from orderparse.records import Defect, Finding, Reading
from orderparse.roles import DateRole, MailKind, Role
from orderparse.scoring import features, kinds, model
from orderparse.scoring.model import LIKELY

if TYPE_CHECKING:
    from orderparse.document.model import Document
    from orderparse.knowledge import Knowledge
    from orderparse.mentions import Page
    from orderparse.scoring.model import Model

_CLEAR = 0.8
_WELL_UNDERSTOOD = 0.15  # of the words of running text at least this share are function words of its language


def read(document: Document, knowledge: Knowledge, scales: Model | None = None) -> Reading:
    """Everything that one document says."""
    scales = scales or model.builtin()
    page = mentions.page(document, knowledge)
    pools = features.pools(page, readers.read(page))
    known = page.parties.shop is not None
    found = codes.compete(page, model.hypotheses(scales, pools, known=known))
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
    today = any(day.role is DateRole.DELIVERY_ESTIMATE and day.confidence >= LIKELY and days.is_today(page, day) for day in dates)
    kind, probability, reasons = kinds.kinds(scales, page, best, comes_today=today)[0]
    if probability >= _CLEAR:
        dates = (*dates, *days.by_kind(page, kind, found, dates))
        amounts = (*amounts, *sums.by_kind(page, kind, amounts))
    told = any(name not in {"bias", "understood"} for name, _ in reasons)
    ordered = max(best[Role.ORDER_NUMBER.value], best[Role.TRACKING_NUMBER.value]) >= LIKELY
    if kind is MailKind.OTHER and told and probability >= LIKELY and not ordered:
        dates = days.without_order(dates)
    kind_finding: Finding[MailKind] = Finding(value=kind, confidence=probability, reasons=tuple(r for r in reasons if r[1]))
    items = named.items(page)
    message = document.message
    return Reading(
        source=message.source,
        message_id=message.message_id,
        in_reply_to=message.in_reply_to,
        sent=message.sent,
        sender=message.sender,
        subject=message.subject,
        language=_language(page),
        kind=kind_finding,
        merchant=named.merchant(page, message.authentication),
        order_numbers=order_numbers,
        tracking_numbers=tracking_numbers,
        dates=dates,
        amounts=amounts,
        identifiers=codes.identifiers(page, found),
        items=items,
        payment_method=named.payment_method(page),
        pickup=named.pickup(page, found, dates),
        orders=orders.grouped(order_numbers, tracking_numbers, dates, amounts, items),
        authentication=message.authentication,
        defects=(*document.defects, *_disagreements(page)),
        text=document.text,
    )


def _language(page: Page) -> Finding[str] | None:
    """The language of most of the page; little sure where few of its words are known."""
    if not page.languages:
        return None
    code, share = page.languages[0]
    return Finding(value=code, confidence=share * min(page.understood / _WELL_UNDERSTOOD, 1.0))


def _disagreements(page: Page) -> tuple[Defect, ...]:
    """What a careful reader would like to be told."""
    defects = []
    if page.parties.impostor:
        defects.append(Defect(code="impostor", detail="the sender bears a known name without its domain or a link to it"))
    if page.cut:
        defects.append(Defect(code="values_cut", detail="some of very many numbers were left out"))
    return tuple(defects)
