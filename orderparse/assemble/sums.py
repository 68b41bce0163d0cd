"""Sums: amounts of money in their roles."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from itertools import chain, compress
from typing import TYPE_CHECKING

from orderparse.assemble.places import BY_KIND, place_fields, shown, weakened
from orderparse.mentions import MentionKind
from orderparse.records import AmountFinding, Money
from orderparse.roles import AmountRole, MailKind, Role
from orderparse.scoring.model import LIKELY, LISTED
from orderparse.slotted import replace
from orderparse.text.patterns import lazy
from orderparse.values import companies

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from orderparse.languages.vocabulary import Phrase
    from orderparse.mentions import Mention, Page
    from orderparse.scoring.model import Hypothesis, Reasons
    from orderparse.text.phrases import PhraseMatch

_SPOKEN, _UNDERSTOOD = 0.3, 0.1
_OF_MONEY = frozenset({MailKind.INVOICE, MailKind.PAYMENT, MailKind.ORDER_CONFIRMATION})
_OF_PARCELS = frozenset({MailKind.SHIPPING, MailKind.OUT_FOR_DELIVERY, MailKind.DELIVERED, MailKind.PICKUP})
# A sum that adds up those above it: as likely the total as one that the kind of the mail tells.
_SUMMED: tuple[float, Reasons] = (BY_KIND[0], (("adds_up", BY_KIND[1][0][1]),))
_NOT_TOLD = frozenset({MailKind.REFUND, MailKind.OTHER})
_PARTS = frozenset({AmountRole.SHIPPING, AmountRole.TAX, AmountRole.DISCOUNT})
_BILLED = frozenset({Role.ORDER_NUMBER.value, Role.INVOICE_NUMBER.value})
_AMOUNTING = 4  # words between a number and what it came to: "amounting in", "d'un montant de"
_ADDED = 6  # sums above it that are looked at
_REGISTERED = 3  # votes of a company number
_MINUS = lazy(r"(?:^|[\t:|]) ?- ?\Z", re.MULTILINE)
_MOSTLY = Decimal("0.6")
_AROUND = " .,;*|\t"
_NOBODYS = 0.2
_LOOSELY = frozenset({"label_near", "label_after", "label_below", BY_KIND[1][0][0]})
_PER_UNIT = lazy(r" ?/ ?[0-9]+ ?(?:k?g|[mcd]?l|c?m|st|stk|pcs|кг|г|мл|л|шт)(?![^\W\d_])")  # "79 lei / 100 g"
_HEADED = lazy(r"\(([A-Z]{3})\)")  # "Unit price (EUR)"
_CODE = lazy(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])")
_MAIL_COUNTRY = lazy(r"@[0-9a-z.-]{1,63}\.([a-z]{2})(?![0-9a-z.-]*[0-9a-z])")  # "hola@shop.com.ar"
_GLUED = lazy(r"[A-Z]{1,3}[0-9]+")
_SINGLE = (AmountRole.TOTAL, AmountRole.SUBTOTAL)  # of one order
_SHORT = 100  # characters of a line that is no long sentence
_LOSER = 0.15  # what a second one keeps of its confidence


def amounts(page: Page, found: Iterable[Hypothesis], *, several_orders: bool) -> tuple[AmountFinding, ...]:
    """Amounts as first shown; the same sum in the same role once. One order has one total."""
    currency = _currency(page)
    listed: dict[tuple[AmountRole, Decimal], AmountFinding] = {}
    for hypothesis in found:
        if hypothesis.pool.kind is not MentionKind.AMOUNT or hypothesis.role == AmountRole.OTHER or hypothesis.probability < LISTED:
            continue
        mention = shown(page, hypothesis.pool)
        assert mention.amount is not None  # noqa: S101  # the kind says so
        role, value = AmountRole(hypothesis.role), mention.amount.values[0]
        known = listed.get((role, value))
        if known is not None and known.confidence >= hypothesis.probability:
            continue
        money = Money(value=value, currency=_resolved(mention, currency))
        listed[role, value] = AmountFinding(value=money, role=role, **place_fields(page, hypothesis, mention))
    findings = sorted(listed.values(), key=lambda finding: finding.span or (0, 0))
    for role in () if several_orders else _SINGLE:
        findings = _one_of(page, role, findings)
    paid = any(finding.role is AmountRole.PAID and finding.confidence >= LIKELY and finding.value.value for finding in findings)
    if not paid and any(mention.amount is not None and mention.amount.values[0] and mention.amount.currencies for mention in page.mentions):
        return tuple(findings)
    # "To pay: 0 kr", of a parcel: what the goods came to is not said, or is what was paid.
    nothing = [finding for finding in findings if finding.role is AmountRole.TOTAL and not finding.value.value]
    return tuple(weakened(finding, _LOSER, "nothing_to_pay") if finding in nothing else finding for finding in findings)


def with_kind(page: Page, kind: MailKind, found: Iterable[Hypothesis], listed: Sequence[AmountFinding]) -> tuple[AmountFinding, ...]:
    """Amounts with the total that the kind of mail tells, in place of the same sum as an unlikely one."""
    found = list(found)
    if kind is MailKind.EXCEPTION and page.parties.carrier is not None:
        return _of_carrier(listed)
    told = _collected(page, listed) or _by_kind(page, kind, _of_others(found), listed) or _by_neutral_word(page, kind, found, listed)
    if not told and kind in _OF_MONEY:
        told = _behind_number(page, found, listed)
    if told:
        listed = [
            weakened(finding, _LOSER, "another_total") if finding.role is AmountRole.TOTAL and finding.confidence >= LIKELY else finding
            for finding in listed
        ]
    same = {(finding.role, finding.value.value) for finding in told}
    return (*(finding for finding in listed if (finding.role, finding.value.value) not in same), *told)


def _of_carrier(listed: Iterable[AmountFinding]) -> tuple[AmountFinding, ...]:
    """Amounts of a carrier's mail about trouble: what is to be paid are duties and its fee, not what the order came to."""
    return tuple(weakened(finding, _NOBODYS, "carriers_charge") if finding.role is AmountRole.TOTAL else finding for finding in listed)


def of_mail(listed: tuple[AmountFinding, ...]) -> tuple[AmountFinding, ...]:
    """The amounts of a mail of several orders as the mail's: beside the total of all, that of one order is a subtotal."""
    totals = {found.value.value: found for found in listed if found.role is AmountRole.TOTAL and found.confidence >= LIKELY}
    whole = max(totals, default=Decimal(0))
    parts = sum(value for value in totals if value != whole)
    less = sum(found.value.value for found in listed if found.role is AmountRole.DISCOUNT and found.confidence >= LIKELY)
    if len(totals) < 3 or whole not in {parts, parts + less}:  # noqa: PLR2004  # two orders and both
        return listed
    known = {found.value.value for found in listed if found.role is AmountRole.SUBTOTAL}
    return tuple(
        replace(found, role=AmountRole.SUBTOTAL) if found in totals.values() and found.value.value != whole else found
        for found in listed
        if not (found.role is AmountRole.TOTAL and found.value.value != whole and found.value.value in known)
    )


def _of_others(found: Iterable[Hypothesis]) -> frozenset[int]:
    """The mentions of sums that have labels of other things: a balance, a firm's capital. Prices of goods count."""
    return frozenset(
        mention.ident
        for hypothesis in found
        if hypothesis.pool.kind is MentionKind.AMOUNT and hypothesis.role == AmountRole.OTHER and hypothesis.probability >= LIKELY
        for mention in hypothesis.pool.mentions
    )


def _by_kind(page: Page, kind: MailKind, others: AbstractSet[int], listed: Sequence[AmountFinding]) -> tuple[AmountFinding, ...]:
    """The total of a bill, receipt or confirmation that labels none: what was paid, or a largest sum that stands twice or alone."""
    if any(finding.role is AmountRole.TOTAL and finding.confidence >= LIKELY for finding in listed):
        return ()
    if kind not in _OF_MONEY:
        return _paid(kind, listed) or ((_on_delivery(page) or _of_shipment(page)) if kind in _OF_PARCELS else ())
    counted: Counter[Decimal] = Counter()
    first: dict[Decimal, Mention] = {}
    for mention in page.mentions:
        if mention.amount is None or not mention.amount.currencies or not page.visible(mention) or mention.ident in others:
            continue
        if _PER_UNIT.match(page.document.folded, mention.span.end) is None:
            counted[mention.amount.values[0]] += 1
            first.setdefault(mention.amount.values[0], mention)
    if not counted:
        service = page.parties.merchant is not None and page.parties.merchant.kind == "payment"
        receipt = service or kind in {MailKind.PAYMENT, MailKind.INVOICE}
        return _only(page) if receipt else ()
    largest = max(counted)
    paid = {finding.value.value for finding in listed if finding.role is AmountRole.PAID and finding.confidence >= LIKELY}
    if len(paid) == 1 and (whole := next(iter(paid))) in first and whole >= largest * _MOSTLY:  # less would be an instalment
        return (_as_total(page, first[whole]),)
    if len(paid) > 1 and (summed := _summed(page, paid)):  # beside a sum that was held on the card at first
        return summed
    if largest not in paid and (kind is MailKind.ORDER_CONFIRMATION or (counted[largest] < 2 and len(counted) > 1)):  # noqa: PLR2004
        return _on_delivery(page) or _summed(page, leading=True)
    return (_as_total(page, first[largest]),)


def _only(page: Page) -> tuple[AmountFinding, ...]:
    """The only sum of a receipt, under a word that may mean any: "Amount: 118.35 EUR"."""
    found = [one for one in page.mentions if one.amount is not None and one.amount.currencies and page.visible(one)]
    found = [one for one in found if _PER_UNIT.match(page.document.folded, one.span.end) is None]
    values = {one.amount.values[0] for one in found if one.amount is not None}
    return (_as_total(page, found[0]),) if len(values) == 1 else ()


def with_sum(page: Page, listed: Sequence[AmountFinding]) -> tuple[AmountFinding, ...]:
    """Amounts with the one that adds up the others, where no total can be read: arithmetic needs no language.

    On a page whose language is known it is what was paid.
    """
    if any(finding.role is AmountRole.TOTAL and finding.confidence >= LIKELY for finding in listed):
        return tuple(listed)
    paid = {finding.value.value for finding in listed if finding.role is AmountRole.PAID and finding.confidence >= LIKELY}
    summed = _summed(page, paid if len(paid) == 1 else frozenset()) if paid or page.strange else ()
    known = {(finding.role, finding.value.value) for finding in summed}
    return (*(finding for finding in listed if (finding.role, finding.value.value) not in known), *summed)


def _summed(page: Page, paid: AbstractSet[Decimal] = frozenset(), *, leading: bool = False) -> tuple[AmountFinding, ...]:
    """What was paid, or else the largest sum of a mail, if it adds up those right above it, two at least.

    ``leading`` says that a mail may as well begin with the sum of those below.
    """
    found = [(_signed(page, one), one) for one in page.mentions if one.amount is not None and one.amount.values[0] and page.visible(one)]
    wanted = paid or {max((value for value, _ in found), default=Decimal(0))}
    values = [value for value, _ in found]
    above = (at for at, value in enumerate(values) if value in wanted and _adds_up(value, values[max(at - _ADDED, 0) : at][::-1]))
    below = (at for at, value in enumerate(values) if leading and _adds_up(value, values[at + 1 : at + 1 + _ADDED]))
    at = next(chain(above, below), None)
    return () if at is None else (_as_total(page, found[at][1], _SUMMED),)


def _adds_up(value: Decimal, others: Sequence[Decimal]) -> bool:
    """Whether the first two or more of some sums come to a value above zero."""
    return value > 0 and any(sum(others[:count]) == value for count in range(2, len(others) + 1))


def _signed(page: Page, mention: Mention) -> Decimal:
    """A sum with the minus that stands apart from it, as in "- $ 300.00"."""
    assert mention.amount is not None  # noqa: S101  # the caller has amounts
    value = mention.amount.values[0]
    line = page.line_of(mention).span
    return -value if value > 0 and _MINUS.search(page.document.folded, line.start, mention.span.start) else value


def _as_total(page: Page, mention: Mention, told: tuple[float, Reasons] = BY_KIND) -> AmountFinding:
    assert mention.amount is not None  # noqa: S101  # the callers have amounts
    return AmountFinding(
        value=Money(value=mention.amount.values[0], currency=_resolved(mention, _currency(page))),
        role=AmountRole.TOTAL,
        confidence=told[0],
        text=page.document.text[mention.span.slice],
        line=mention.line,
        span=mention.span,
        reasons=told[1],
    )


def _collected(page: Page, listed: Sequence[AmountFinding]) -> tuple[AmountFinding, ...]:
    """What the courier collects, if that is a total that the mail gives and the shipping."""
    likely = [finding for finding in listed if finding.confidence >= LIKELY]
    totals = {finding.value.value for finding in likely if finding.role is AmountRole.TOTAL}
    shipping = {finding.value.value for finding in likely if finding.role is AmountRole.SHIPPING and finding.value.value}
    told = _on_delivery(page) if totals and shipping else ()
    return told if any(told[0].value.value == total + cost for total in totals for cost in shipping if told) else ()


def _by_neutral_word(page: Page, kind: MailKind, found: Iterable[Hypothesis], listed: Sequence[AmountFinding]) -> tuple[AmountFinding, ...]:
    """The one sum of a mail about an order, but for those it is made of, if it is called "Amount" and no more."""
    if kind in _NOT_TOLD or any(finding.role is AmountRole.TOTAL and finding.confidence >= LIKELY for finding in listed):
        return ()
    if not any(hypothesis.role == Role.ORDER_NUMBER and hypothesis.probability >= LIKELY for hypothesis in found):
        return ()
    parts = {finding.value.value for finding in listed if finding.role in _PARTS and finding.confidence >= LIKELY}
    called = _called(page, _in(page, page.knowledge.words.amount_words, "price", "other_amount"))
    others = _of_others(one for one in found if "column_heading" not in dict(one.reasons))  # a firm's capital, but no goods
    shown_sums = (one for one in page.mentions if one.amount is not None and one.ident not in others and page.visible(one))
    rest = {one.amount.values[0] for one in shown_sums if one.amount is not None} - parts - {Decimal(0)}
    return called if rest <= {finding.value.value for finding in called} else ()


def _behind_number(page: Page, found: Iterable[Hypothesis], listed: Iterable[AmountFinding]) -> tuple[AmountFinding, ...]:
    """The one sum that stands some words behind the number of the order or bill: "your order S00012 amounting in $ 86.40"."""
    if any(finding.role is not AmountRole.PAID and finding.confidence >= LIKELY for finding in listed):
        return ()
    numbers = [
        mention
        for hypothesis in found
        if hypothesis.role in _BILLED and hypothesis.probability >= LIKELY
        for mention in hypothesis.pool.mentions
        if page.visible(mention)
    ]
    told: dict[Decimal, Mention] = {}
    for number in numbers:
        behind = (one for one in page.line_mentions.get(number.line, ()) if one.amount is not None and one.span.start > number.span.end)
        sum_behind = next(behind, None)
        if sum_behind is not None and sum_behind.amount is not None and sum_behind.amount.currencies:
            words = page.document.folded[number.span.end : sum_behind.span.start].replace("'", "").split()
            if 0 < len(words) <= _AMOUNTING and all(map(str.isalpha, words)):
                told.setdefault(sum_behind.amount.values[0], sum_behind)
    return (_as_total(page, next(iter(told.values()))),) if len(told) == 1 else ()


def _on_delivery(page: Page) -> tuple[AmountFinding, ...]:
    """What the courier collects, in a mail about a parcel that gives no total."""
    return _called(page, _in(page, page.knowledge.words.on_delivery, "other_amount"))


def _of_shipment(page: Page) -> tuple[AmountFinding, ...]:
    """What the goods of the one parcel come to, in a mail about it that gives no total; they may be paid already, and cost nothing."""
    return _called(page, _in(page, page.knowledge.words.shipment_total, "other_amount"), nothing=True)


def _in(page: Page, words: AbstractSet[str], *keys: str) -> list[tuple[int, PhraseMatch[Phrase]]]:
    """The labels that are one of some words, in a language that the page speaks: English "COD" is a code in Romanian."""
    named = chain.from_iterable(page.labelled(key) for key in keys)
    return [(number, match) for number, match in named if page.document.folded[match.span.slice] in words]


def _called(page: Page, named: Sequence[tuple[int, PhraseMatch[Phrase]]], *, nothing: bool = False) -> tuple[AmountFinding, ...]:
    """The one sum that labels name, by their lines, if there is any; ``nothing`` says whether it may be zero."""
    found: dict[Decimal, Mention] = {}
    opening: set[Decimal] = set()  # of lines that begin with the labels
    for number, match in sorted(dict(reversed(named)).items()):  # the first of each line
        line = page.document.lines[number].span
        begins = not page.document.folded[line.start : match.span.start].strip(_AROUND)
        own = [mention for mention in page.line_mentions.get(number, ()) if mention.amount is not None]
        below = [mention for mention in page.line_mentions.get(number + 1, ()) if mention.amount is not None and line.size <= _SHORT]
        behind = [mention for mention in own if mention.span.start >= match.span.end][:1]  # what follows says what it is made of
        for mention in behind or own or below[:1]:
            if mention.amount is not None and (nothing or mention.amount.values[0]) and page.visible(mention):
                found.setdefault(mention.amount.values[0], mention)
                opening |= {mention.amount.values[0]} if begins else set()
    values = opening or found.keys()
    return (_as_total(page, found[next(iter(values))]),) if len(values) == 1 else ()


def _paid(kind: MailKind, listed: Iterable[AmountFinding]) -> tuple[AmountFinding, ...]:
    """What was paid, in a mail about a parcel that gives no total and no other sum paid: instalments are several."""
    paid = [finding for finding in listed if finding.role is AmountRole.PAID and finding.confidence >= LIKELY]
    if len(paid) != 1 or kind not in _OF_PARCELS:
        return ()
    return (replace(paid[0], role=AmountRole.TOTAL, confidence=BY_KIND[0], reasons=BY_KIND[1], alternatives=()),)


def without_order(findings: Iterable[AmountFinding]) -> tuple[AmountFinding, ...]:
    """Sums of a mail that is about no order: "from 30 EUR" of a coupon is nobody's total; one with a label of its own is a ticket's."""
    return tuple(
        weakened(finding, _NOBODYS, "no_order")
        if finding.role is AmountRole.TOTAL and _LOOSELY & {name for name, _ in finding.reasons}
        else finding
        for finding in findings
    )


def _one_of(page: Page, role: AmountRole, findings: list[AmountFinding]) -> list[AmountFinding]:
    likely = [finding.role is role and finding.confidence >= LIKELY for finding in findings]
    rivals = list(compress(findings, likely))
    if len(rivals) < 2:  # noqa: PLR2004
        return findings
    rests = _rests(findings, rivals) if role is AmountRole.TOTAL else frozenset()
    rivals = [finding for finding in rivals if finding.value.value not in rests] or rivals
    # Ties go to what is said outside long sentences, then to the last: a column of sums ends with what is to be paid, and the
    # goods' own prices stand above their sum.
    lines = page.document.lines
    best = max(rivals, key=lambda finding: (round(finding.confidence, 3), lines[finding.line].span.size <= _SHORT, finding.span or (0, 0)))
    return [
        weakened(finding, _LOSER, f"another_{role}") if one and finding is not best else finding
        for finding, one in zip(findings, likely, strict=True)
    ]


def _rests(findings: Iterable[AmountFinding], totals: Sequence[AmountFinding]) -> frozenset[Decimal]:
    """What is left to pay of a total when the sum paid before is taken off: "Total 355.56, deposit -100.00, to pay 255.56"."""
    paid = {abs(finding.value.value) for finding in findings if finding.role is AmountRole.PAID and finding.confidence >= LIKELY}
    values = {finding.value.value for finding in totals}
    return frozenset(rest for rest in values if rest and any(rest + sum_paid in values for sum_paid in paid - {Decimal(0)}))


def _currency(page: Page) -> Counter[str]:
    """Votes for the mail's currency: what stands without doubt, then the country of the sender or an address, then the language's."""
    votes: Counter[str] = Counter()
    signed = [mention.amount.currencies for mention in page.mentions if mention.amount is not None]
    for mention in page.mentions:
        if mention.amount is not None and len(mention.amount.currencies) == 1:
            # "RM750" may be a thing's name.
            glued = _GLUED.fullmatch(page.document.text, mention.span.start, mention.span.end) is not None
            votes[mention.amount.currencies[0]] += 1 if glued else 3
    if all(len(codes) == 1 for codes in signed):
        return votes  # nobody asks
    for prop in page.document.properties:
        if prop.path[-1] == "priceCurrency":
            votes[page.document.text[prop.span.slice].strip().upper()] += 3
    for code, currency in page.knowledge.currencies.items():
        if page.parties.country is not None and page.parties.country in currency.countries:
            votes[code] += 2
        for language, share in page.languages[:1]:
            if share >= _SPOKEN and page.understood >= _UNDERSTOOD and page.knowledge.words.countries.get(language) in currency.countries:
                votes[code] += 1
    lines = {mention.line for mention in page.mentions if mention.amount is not None and not mention.amount.currencies}
    beside = chain.from_iterable(_CODE.findall(page.document.text[page.document.lines[line].span.slice]) for line in lines)
    for code in (*_HEADED.findall(page.document.text), *beside):  # "Total EUR (incl. VAT)"
        if code in page.knowledge.currencies:
            votes[code] += 3
    registered = companies.countries(page.document.text)
    for code, currency in page.knowledge.currencies.items() if registered else ():
        votes[code] += _REGISTERED * len(registered & set(currency.countries))
    hosts = {link.url.host.rpartition(".")[2].upper() for link in page.document.links}
    hosts.update(domain.upper() for domain in _MAIL_COUNTRY.findall(page.document.folded))
    for code, currency in page.knowledge.currencies.items():
        votes[code] += len(hosts & set(currency.countries))
    for line in page.document.lines:
        for code in page.knowledge.countries.get(page.document.folded[line.span.slice].strip(_AROUND), ()):
            votes[code] += 2
    return votes


def _resolved(mention: Mention, votes: Counter[str]) -> str | None:
    assert mention.amount is not None  # noqa: S101  # the caller has an amount
    options = mention.amount.currencies
    if len(options) == 1:
        return options[0]
    if not options:
        best, count = next(iter(votes.most_common(1)), ("", 0))
        return best if count > 0 else None  # nobody's vote is no currency
    best = max(options, key=lambda code: (votes[code], -options.index(code)))
    # A dollar or a crown of nobody knows where stays open.
    return best if votes[best] else None
