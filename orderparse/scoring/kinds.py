"""The kind of a mail: what its subject and heading lead with, weighed against the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderparse.document.model import RegionKind
from orderparse.document.quoted import prefix
from orderparse.parties import MAIL_PROVIDERS
from orderparse.readers import clauses
from orderparse.readers.denial import denied
from orderparse.roles import MailKind, Role
from orderparse.scoring.model import LIKELY, Reasons, softmax
from orderparse.text.fold import fold
from orderparse.text.patterns import lazy
from orderparse.values.links import registrable
from orderparse.values.withheld import SHOWN_CARD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from orderparse.languages.vocabulary import Phrase
    from orderparse.mentions import Page
    from orderparse.scoring.model import Model
    from orderparse.text.phrases import PhraseMatch

_OPENING_LINES = 6
_UNDERSTOOD = 0.1  # of all words: below it the language has no file, and finding no phrase says little
_NUMBERED = lazy(
    r" (?:[^\W\d]\.|(?P<word>[^\W\d]{2,12})(?![^\W\d]))?[.: ]{0,2}[#№]? ?(?:[a-z]{1,4}-?)?\d"
)  # "Invoice 100482 of ...", "Invoice no. 4 for ..."
_PREFIXES = lazy(r"^(?:[a-z]{2,3}: *)*(?:\[[^]]*\] *)?")  # "Re: [4821] "
_NEWS = lazy(r"\d[^:]{0,60}: {0,2}[^\W\d]")
_FACTS = frozenset({MailKind.ORDER_CONFIRMATION, MailKind.PAYMENT, MailKind.INVOICE})
_NO_NEWS = frozenset({MailKind.ORDER_CONFIRMATION, MailKind.OTHER})
_LABEL_WORDS = 9  # "The order now has the payment status: paid"
_PREDICATE_WORDS = 2  # "Order 4821 has been shipped"
_CLAUSE_END = lazy(r"[,:;!?()|]")
_CHARGED_LINES = 3  # the card's and those below it in which its sum stands
_AROUND = " .:!,;-*#|()"
# A value that only one kind of mail leads with.
_TELLING = {
    "ship": MailKind.SHIPPING,
    "delivered": MailKind.DELIVERED,
    "due": MailKind.INVOICE,
    "invoice_number": MailKind.INVOICE,
    "payment": MailKind.PAYMENT,
    "pickup_until": MailKind.PICKUP,
    "pickup_code": MailKind.PICKUP,
    "refund": MailKind.REFUND,
}
_SHOWN = frozenset({RegionKind.SUBJECT, RegionKind.BODY, RegionKind.FORWARDED})
_NOT_ON_ITS_WAY = frozenset({MailKind.DELIVERED, MailKind.PICKUP, MailKind.EXCEPTION})
_UNDER_WAY = (MailKind.SHIPPING, MailKind.OUT_FOR_DELIVERY, MailKind.DELIVERED, MailKind.PICKUP, MailKind.EXCEPTION)
# schema.org types that tell the kind: https://schema.org/docs/full.html
_MARKUP_KINDS = {
    "Order": MailKind.ORDER_CONFIRMATION,
    "ParcelDelivery": MailKind.SHIPPING,
    "Invoice": MailKind.INVOICE,
    "FlightReservation": MailKind.OTHER,
    "LodgingReservation": MailKind.OTHER,
    "EventReservation": MailKind.OTHER,
    "TrainReservation": MailKind.OTHER,
    "BusReservation": MailKind.OTHER,
    "RentalCarReservation": MailKind.OTHER,
    "FoodEstablishmentReservation": MailKind.OTHER,
}


# https://schema.org/OrderStatus
_MARKUP_STATUS = {
    "OrderProcessing": MailKind.ORDER_CONFIRMATION,
    "OrderInTransit": MailKind.SHIPPING,
    "OrderPickupAvailable": MailKind.PICKUP,
    "OrderDelivered": MailKind.DELIVERED,
    "OrderCancelled": MailKind.CANCELLATION,
    "OrderReturned": MailKind.REFUND,
    "OrderProblem": MailKind.EXCEPTION,
}
# The roles whose values say something of the kind, but for order number, tracking number and total.
TELLING_ROLES = (*_TELLING, "booking_reference", "delivery_estimate")


def telling(
    page: Page, found: Mapping[str, float], *, comes_today: bool = False, comes_later: bool = False, doubtful: bool = False
) -> dict[MailKind, dict[str, float]]:
    """What speaks for each kind of mail: features, and how much of each.

    ``found`` maps roles to the probability of the best value found for them; ``comes_today`` says that the mail announces a
    delivery for "today", ``comes_later`` one for later days alone, ``doubtful`` that it may not be from whom it claims to be from.
    """
    features: dict[MailKind, dict[str, float]] = {}

    def add(kind: MailKind, feature: str) -> None:
        known = features.setdefault(kind, {})
        # A second phrase at the same place says half as much, a third a quarter.
        known[feature] = min(known[feature] * 0.5 + 1.0, 2.0) if feature in known else 1.0

    _phrases(page, add, later=comes_later, waits=found.get("pickup_until", 0.0) >= LIKELY > found.get("delivered", 0.0))
    _structure(page, found, frozenset(features), add)
    if page.understood >= _UNDERSTOOD:
        add(MailKind.OTHER, "understood")
    if comes_today:
        add(MailKind.OUT_FOR_DELIVERY, "comes_today")
    if doubtful:
        add(MailKind.OTHER, "doubtful_sender")
    return features


def kinds(model: Model, features: Mapping[MailKind, Mapping[str, float]]) -> list[tuple[MailKind, float, Reasons]]:
    """The kinds of mail with probabilities and reasons, likeliest first; every mail is of some kind."""
    weights = model.weights["kind"]
    reasons = {
        kind: (
            ("bias", weights.bias.get(kind, weights.bias["*"])),
            *((name, round(weights.of(kind, name) * factor, 4)) for name, factor in features.get(kind, {}).items()),
        )
        for kind in MailKind
    }
    probabilities = softmax({kind: sum(weight for _, weight in own) for kind, own in reasons.items()})
    total = sum(probabilities.values())
    ranked = sorted(MailKind, key=lambda kind: -probabilities[kind])
    return [(kind, probabilities[kind] / total, reasons[kind]) for kind in ranked]


def _phrases(page: Page, add: Callable[[MailKind, str], None], *, later: bool, waits: bool) -> None:
    shown = [line.number for line in page.document.lines if line.region in _SHOWN and line.number]
    opening = set(shown[:_OPENING_LINES])
    first: set[str] = set()
    replied = prefix(page.document.message.subject) is RegionKind.QUOTED
    for number, matches in page.line_phrases.items():
        line = page.document.lines[number]
        place = _place(line.region, number, opening, heading=line.heading)
        if place == "subject" and replied:
            place = "body"  # what the mail that it answers was about
        if place is None:
            continue
        parted = clauses.kinds(page, number) if place != "body" or not number else []
        told = [(kind, line.span) for kind in parted]
        for match in matches:
            for kind in _told(page, number, match, later=later, waits=waits, parted=bool(parted)):
                if any(kind is other and span.overlaps(match.span) for other, span in told):
                    continue  # "shipped" in "was shipped"
                told.append((kind, match.span))
        for kind, _ in told:
            if place in {"subject", "heading", "opening"} and place not in first:
                first.add(place)
                add(kind, f"{place}_first")
            else:
                add(kind, place)


def _told(page: Page, number: int, match: PhraseMatch[Phrase], *, later: bool, waits: bool, parted: bool) -> Iterable[MailKind]:
    """The kinds of mail that a phrase tells where it stands; single words tell none where a phrase is ``parted`` by a number.

    ``later`` and ``waits`` say that a delivery is announced for later days alone, and that a parcel waits until some day.
    """
    told = [MailKind(meaning.key) for meaning in match.meanings if meaning.section == "kind"]
    states = [MailKind(meaning.key) for meaning in match.meanings if meaning.section == "status"]
    if states and not parted and _alone(page, number, match):
        # "Your order 4821: status changed" is about an order that was confirmed before.
        news = not number and _is_news(page, match)
        fact = bool(number) and _heads_day(page, number)
        told += [kind for kind in states if not (news and kind is MailKind.ORDER_CONFIRMATION) and not (fact and kind in _FACTS)]
    for kind in dict.fromkeys(told):
        if kind is MailKind.ORDER_CONFIRMATION and page.parties.carrier is not None:
            continue  # "your order has been accepted" for delivery, says a carrier
        if kind is MailKind.DELIVERED and denied(page, match):
            yield MailKind.EXCEPTION  # "could not be delivered"
        elif kind is MailKind.DELIVERED and waits:
            yield MailKind.PICKUP  # "has arrived", at a shop
        elif kind is MailKind.OUT_FOR_DELIVERY and later:
            yield MailKind.SHIPPING  # "is being delivered on Saturday"
        else:
            yield kind


def _heads_day(page: Page, number: int) -> bool:
    """Whether the line below begins with a day: "Ordered" over "3 May" is a fact of the order, and no news."""
    below = page.document.lines[number + 1 : number + 2]
    return bool(below) and any(
        mention.date is not None and mention.span.start == below[0].span.start for mention in page.line_mentions.get(number + 1, ())
    )


def _is_news(page: Page, match: PhraseMatch[Phrase]) -> bool:
    """Whether a subject goes on to tell something else of an order: "Your order 4821: status changed", "Your order 4821 is paid"."""
    end = page.document.lines[0].span.end
    for other in page.line_phrases.get(0, ()):
        if other.span.start >= match.span.end:
            told = {"kind"} if page.document.folded[other.span.end : end].strip(_AROUND) else {"kind", "status"}
            if any(meaning.section in told and meaning.key not in _NO_NEWS for meaning in other.meanings):
                return True
    return _NEWS.search(page.document.folded, match.span.end, end) is not None


def _alone(page: Page, number: int, match: PhraseMatch[Phrase]) -> bool:
    """Whether a phrase is the whole of its line, what a line says of its label ("Status: shipped"), or leads or ends a subject."""
    line, span = page.document.lines[number].span, match.span
    before = page.document.folded[line.start : span.start]
    behind = page.document.folded[span.end : line.end]
    if number:
        label = before.rstrip()
        labelled = label.endswith(":") and "," not in label and len(label.split()) <= _LABEL_WORDS
        return (labelled or not before.strip(_AROUND)) and not behind.strip(_AROUND)
    titled = before.rstrip().endswith((":", "-", "]"))  # "Order 4821: shipped", "Nordljus: Invoice # 4"
    before = _PREFIXES.sub("", before)
    if before and _is_sender(page, before.strip(_AROUND)):
        before = ""  # "Verkkokauppa.com invoice 4821"
    leads = not before and behind[:1] in {"", ":", "!", "-", ","}
    ends = not behind.strip(_AROUND) and (titled or _is_said_of_order(page, match))
    return leads or ends or ((titled or not before) and _is_numbered(page, behind))


def _is_sender(page: Page, folded: str) -> bool:
    """Whether words are the name of who sent the mail."""
    sender = page.parties.sender
    return sender is not None and folded in {fold(sender.name), registrable(sender.domain)}


def _is_said_of_order(page: Page, match: PhraseMatch[Phrase]) -> bool:
    """Whether what ends a subject is said of the order that the subject names right before it: "Order 4821 has been shipped"."""
    numbers = [mention.span for mention in page.line_mentions.get(0, ()) if mention.code is not None]
    orders = [one.span for one in page.line_phrases.get(0, ()) for meaning in one.meanings if meaning.key == Role.ORDER_NUMBER]
    named = [span for span in (*numbers, *orders) if span.end <= match.span.start]
    if not named:
        return False
    between = page.document.folded[max(span.end for span in named) : match.span.start]
    if len(between.split()) > _PREDICATE_WORDS or _CLAUSE_END.search(between) or denied(page, match):
        return False
    first = min(span.start for span in [span for span in orders if span in named] or named)
    leading = _CLAUSE_END.split(page.document.folded[page.document.lines[0].span.start : first])[-1]
    if _is_sender(page, leading.strip(_AROUND)):
        leading = ""  # "Teahouse. Order 52 paid"
    small = (page.knowledge.words.stop_words, page.knowledge.words.fillers)
    return all(any(word in known for known in small) for word in leading.split())  # but "Payment for order 4821 was received"


def _is_numbered(page: Page, behind: str) -> bool:
    """Whether a number stands behind the word that leads a subject: "Invoice 100482 of ...", "Invoice no. 4 for ..."."""
    match = _NUMBERED.match(behind)
    return match is not None and (match["word"] is None or match["word"] in page.knowledge.words.number_words)


def _names_today(page: Page) -> bool:
    """Whether the subject or the first lines say "today"."""
    opening = [line.number for line in page.document.lines if line.region in _SHOWN][: _OPENING_LINES + 1]
    return any(
        mention.date is not None and mention.date.form == "relative" and mention.date.readings[0].first == page.reference
        for number in opening
        for mention in page.line_mentions.get(number, ())
    )


def _charged(page: Page) -> bool:
    """Whether a card, masked as receipts show it, stands beside a sum or above it."""
    for line in page.document.lines:
        if line.region in _SHOWN and line.number and SHOWN_CARD.search(page.document.folded, line.span.start, line.span.end):
            near = (number for number in range(line.number, line.number + _CHARGED_LINES))
            if any(mention.amount is not None for number in near for mention in page.line_mentions.get(number, ())):
                return True
    return False


def _is_letter(page: Page, told: AbstractSet[MailKind]) -> bool:
    """Whether a mail answers one whose subject told no kind, and comes neither from a known sender nor with a link to his own pages."""
    who = page.parties
    if prefix(page.document.message.subject) is not RegionKind.QUOTED or who.shop is not None or who.carrier is not None:
        return False
    if any(meaning.section in {"kind", "status"} for match in page.line_phrases.get(0, ()) for meaning in match.meanings):
        return False
    own = registrable(who.sender.domain) if who.sender is not None else ""
    if told and own not in MAIL_PROVIDERS:
        return False  # a shop that answers and says what it does
    return all(registrable(link.url.host) != own for link in page.document.links)


def _place(region: RegionKind, number: int, opening: set[int], *, heading: bool) -> str | None:
    if number == 0:
        return "subject"
    if region is RegionKind.HIDDEN:
        return "preheader"
    if region not in _SHOWN:
        return None
    if heading:
        return "heading"
    return "opening" if number in opening else "body"


def _structure(page: Page, found: Mapping[str, float], told: frozenset[MailKind], add: Callable[[MailKind, str], None]) -> None:
    who = page.parties
    if who.carrier is not None:
        for kind in _UNDER_WAY:
            add(kind, "carrier_sender")
    paid = max(found.get(role, 0.0) for role in ("total", "payment", "order_number")) >= LIKELY
    if paid and who.merchant is not None and who.merchant.kind == "payment":  # else it may be of new terms
        add(MailKind.PAYMENT, "payment_sender")
    for role, kind in _TELLING.items():
        # Every mail of a carrier tells when the parcel was shipped.
        if found.get(role, 0.0) >= LIKELY and not (role == "ship" and who.carrier is not None):
            add(kind, "telling_value")
    if found.get("order_number", 0.0) >= LIKELY:
        for kind in MailKind:
            if kind is not MailKind.OTHER:
                add(kind, "order_number")
    if found.get("tracking_number", 0.0) >= LIKELY:
        if found.get("delivery_estimate", 0.0) >= LIKELY and not told:
            add(MailKind.SHIPPING, "telling_value")
        for kind in _UNDER_WAY:
            add(kind, "tracking_number")
        if who.carrier is None:
            add(MailKind.SHIPPING, "shop_tracking")
        elif not told & _NOT_ON_ITS_WAY and found.get("ship", 0.0) < LIKELY and _names_today(page):
            add(MailKind.OUT_FOR_DELIVERY, "today_from_carrier")
    elif found.get("total", 0.0) >= LIKELY:
        if found.get("order_number", 0.0) >= LIKELY:
            if found.get("refund", 0.0) < LIKELY:  # a mail about one says what had been ordered
                add(MailKind.ORDER_CONFIRMATION, "order_and_total")
        elif _charged(page):
            add(MailKind.PAYMENT, "telling_value")
    if found.get("booking_reference", 0.0) >= LIKELY and found.get("order_number", 0.0) < LIKELY:
        add(MailKind.OTHER, "travel")
    for kind in {_MARKUP_KINDS[prop.path[0]] for prop in page.document.properties if prop.path[0] in _MARKUP_KINDS}:
        add(kind, "markup_type")
    for prop in page.document.properties:
        if prop.path[-1] in {"orderStatus", "deliveryStatus"} and prop.path[0] in {"Order", "ParcelDelivery"}:
            status = page.document.text[prop.span.slice].strip().rpartition("/")[2]
            if status in _MARKUP_STATUS:
                add(_MARKUP_STATUS[status], "markup_status")
    if who.impostor:
        add(MailKind.OTHER, "impostor")
    if page.document.message.discussion:
        add(MailKind.OTHER, "discussion")
    elif _is_letter(page, told - {MailKind.OTHER}) and max(found.get("order_number", 0.0), found.get("tracking_number", 0.0)) < LIKELY:
        add(MailKind.OTHER, "letter")
    subject = page.document.lines[0].span
    for merchant in {who.merchant, *who.linked_merchants} - {None}:
        assert merchant is not None  # noqa: S101  # for the type checker: None was taken out above
        for template, _ in merchant.match_subject(page.document.folded[subject.slice]):
            if template.kind is not None:
                add(template.kind, "merchant_subject")
