"""Codes: which hypothesis of a number is put out, in which list, with which carrier."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from orderparse.assemble import consignments
from orderparse.assemble.articles import told_apart
from orderparse.assemble.places import finding_fields, shown, weakened
from orderparse.mentions import MentionKind
from orderparse.records import Finding, Identifier, TrackingNumber
from orderparse.roles import MailKind, Role
from orderparse.scoring.model import LIKELY, LISTED
from orderparse.text.fold import fold
from orderparse.text.patterns import lazy
from orderparse.values import withheld

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from orderparse.carriers import Carrier, FormatMatch
    from orderparse.mentions import Page
    from orderparse.scoring.model import Hypothesis

_UNDER_WAY = frozenset({MailKind.SHIPPING, MailKind.OUT_FOR_DELIVERY, MailKind.DELIVERED, MailKind.PICKUP})
_NUMBER = lazy(r"(?:[A-Z]{1,3}[0-9]{0,3})?[0-9]{6,}")  # in groups, of which the first may have letters: "A28 470 1936"
# The evidence of a format with its check digit that no other number has, and of the carrier's own page for a number.
_PROVEN = frozenset({"shape_distinctive_checked", "carrier_link"})
_SHORTEST_PARCEL = 9  # characters of nearly all carriers' numbers
_SSCC = 20  # digits with the application identifier
_COUNTED = lazy(r"0{2,}[0-9]+")  # numbers that a shop counts up: "000001138"
_OF_SERIES = 0.2  # what is left of the probability that such a number is a parcel's, beside orders that are counted so
_PLAIN = lazy(r"[\W_]")
_MANY, _OFFERED = 3, 0.3  # order numbers of a mail that is no order's, and what is left of their probability
# Never put out: a card, an account or a person's number is nobody's business, the others are no identifiers of a purchase.
_PERSONAL = frozenset({Role.CARD_NUMBER.value, Role.NATIONAL_ID.value, Role.IBAN.value})
_WITHHELD = frozenset({*_PERSONAL, Role.POSTAL_CODE, Role.COMPANY_NUMBER})
_SECRET_SHAPES = frozenset({"shape_card", "shape_national_id", "shape_iban"})
_SURE, _UNSURE = 0.9, 0.2  # of a parcel beside which another is likely; of that other
_SIBLING, _APART = 12, 4  # characters of their numbers; in which they may differ
_SHOWN, _SHORTEST_PERSONAL = 4, 9  # characters of a masked number that stay; of one that is no sum beside "Visa"
# Characters of the shortest that is put out: what is shorter is a count of goods, or a country's code before the rest of its phone number.
_SHORTEST = {Role.OTHER: 3, Role.REFERENCE: 3, Role.PHONE: 4}
_SUSPECT = 0.1  # as likely a number must be personal to be put out in no other role
_TIERS = {"distinctive": 3, "context": 2, "named": 1, "carrier": 0}


def compete(page: Page, hypotheses: Iterable[Hypothesis]) -> list[Hypothesis]:
    """Hypotheses after the competition for places: of two codes that overlap, the likelier stands.

    A shipment number is the tracking number where the mail has no other number to track by.
    """
    found = _without_secrets(hypotheses)
    best: dict[int, tuple[float, int, str]] = {}  # by pool: its certainty, its size, its likeliest role
    for hypothesis in found:
        key = id(hypothesis.pool)
        size = max(mention.span.size for mention in hypothesis.pool.mentions)
        certainty = 1.0 if _is_secret(hypothesis) else hypothesis.probability  # a piece of an account is no number of its own
        best[key] = max(best.get(key, (0.0, 0, "")), (certainty, size, hypothesis.role))
    joined = {
        id(h.pool) for h in found if _NUMBER.fullmatch(h.pool.key) and all(m.code is not None and m.code.joined for m in h.pool.mentions)
    }
    losers: set[int] = set()
    owners: dict[int, list[tuple[int, int, int]]] = {}
    for hypothesis in {id(h.pool): h for h in found if h.pool.kind is MentionKind.CODE}.values():
        for mention in hypothesis.pool.mentions:
            owners.setdefault(mention.line, []).append((mention.span.start, mention.span.end, id(hypothesis.pool)))
    for spans in owners.values():
        spans.sort()
        for at, (_, end, pool) in enumerate(spans):
            for start, _, other in spans[at + 1 :]:
                if start >= end:
                    break
                if other == pool:
                    continue
                small, large = sorted((pool, other), key=lambda key: best[key][1])
                if large in joined and small not in joined and best[small][2] == best[large][2]:
                    losers.add(small)  # "481" of "481 293 74 65" is a piece of the number
                else:
                    losers.add(min(pool, other, key=lambda key: best[key]))
    standing = told_apart(page, [hypothesis for hypothesis in found if id(hypothesis.pool) not in losers])
    who = page.parties
    carried = bool(who.senders or who.linked_carriers or who.named_carriers) or _sent_off(page)
    return _with_siblings(_without_twins(page, consignments.told_from_parcels(page, standing, carried=carried)))


def _without_twins(page: Page, found: Sequence[Hypothesis]) -> Sequence[Hypothesis]:
    """Each parcel once where a mail writes its number in two ways, the one that people see, then the one that links have.

    Such are an SSCC with and without the application identifier 00 (GS1 General Specifications), and a number with and without its
    check character, as DPD's labels and mails have it.
    """
    tracked = {h.pool.key: h for h in found if h.role == Role.TRACKING_NUMBER and h.probability >= LISTED}
    twins: set[int] = set()
    for key, full in tracked.items():
        sscc = len(key) == _SSCC and key.startswith("00")
        bare = tracked.get(key[2:] if sscc else key[:-1])
        if bare is None or not any(match.check for match in page.knowledge.formats.of(key)):
            continue
        unseen = [twin for twin in (full, bare) if "link_only" in twin.pool.context]
        twin = unseen[0] if len(unseen) == 1 else bare if sscc else full
        twins.add(id(twin.pool))
    return [h for h in found if id(h.pool) not in twins]


def _with_siblings(found: Sequence[Hypothesis]) -> list[Hypothesis]:
    """Numbers of a carrier's shape that differ in their last characters only from that of a sure parcel: what was sent together."""
    sure = [h for h in found if h.role == Role.TRACKING_NUMBER and h.probability >= _SURE and len(h.pool.key) >= _SIBLING]
    return [h.weakened(_SURE / h.probability, "sibling_parcel") if sure and _is_sibling(h, sure) else h for h in found]


def _is_sibling(hypothesis: Hypothesis, sure: Iterable[Hypothesis]) -> bool:
    key = hypothesis.pool.key
    return (
        hypothesis.role == Role.TRACKING_NUMBER
        and _UNSURE <= hypothesis.probability < LIKELY
        and not hypothesis.alternatives
        and any(name.startswith("shape_") for name, _ in hypothesis.reasons)
        and any(len(other.pool.key) == len(key) and other.pool.key[:-_APART] == key[:-_APART] for other in sure)
    )


def _is_secret(hypothesis: Hypothesis) -> bool:
    """Whether a value has the shape of a card, an account or a person's number."""
    return any(_SECRET_SHAPES & features.keys() for features in hypothesis.pool.roles.values())


def _without_secrets(hypotheses: Iterable[Hypothesis]) -> list[Hypothesis]:
    """Hypotheses without the other roles of what may be a card, an account or a person's number: it is put out in none of them."""
    found = list(hypotheses)
    secret = {
        id(hypothesis.pool)
        for hypothesis in found
        if hypothesis.pool.kind is MentionKind.CODE
        and (
            any(_SECRET_SHAPES & features.keys() for role, features in hypothesis.pool.roles.items() if role in _PERSONAL)
            or (Role.CARD_NUMBER in hypothesis.pool.roles and withheld.card(hypothesis.pool.key, grouped=False))
        )
        and (hypothesis.probability if hypothesis.role in _PERSONAL else _share_of_personal(hypothesis)) >= _SUSPECT
    }
    return [hypothesis for hypothesis in found if id(hypothesis.pool) not in secret or hypothesis.role in _PERSONAL]


def without_offers(found: tuple[Finding[str], ...]) -> tuple[Finding[str], ...]:
    """The order numbers of a mail that is no order's: as many as these are numbers to order goods by, German "Bestell-Nr."."""
    if sum(number.confidence >= LIKELY for number in found) < _MANY:
        return found
    return tuple(weakened(number, _OFFERED, "no_order") for number in found)


def without_personal(page: Page, found: Iterable[Hypothesis], put_out: Iterable[Finding[str]]) -> str:
    """The text of a page, with the numbers that are nobody's business masked but for their last four characters; as long as before.

    What is put out as another number, and might be personal as well, is shown: the text says what the record does.
    """
    put_out = tuple(put_out)
    shown = {finding.text for finding in put_out}
    places = [finding.span for finding in put_out if finding.span is not None]
    text = page.document.text
    for hypothesis in found:
        if hypothesis.role in _PERSONAL and hypothesis.probability >= _SUSPECT and len(hypothesis.pool.key) >= _SHORTEST_PERSONAL:
            # A piece of a parcel's number may have the form of a card's: "JJFI 6417 0912 8033 5541 7".
            spans = [one.span for one in hypothesis.pool.mentions if not any(place.overlaps(one.span) for place in places)]
            for span in spans if shown.isdisjoint(page.document.text[span.slice] for span in spans) else ():
                hidden = "".join("*" if char.isalnum() else char for char in text[span.start : span.end - _SHOWN])
                text = text[: span.start] + hidden + text[span.start + len(hidden) :]
    return text


def _share_of_personal(hypothesis: Hypothesis) -> float:
    return sum(share for role, share in hypothesis.alternatives if role in _PERSONAL)


def _sent_off(page: Page) -> bool:
    """Whether the subject says that a parcel is under way or has come: then the mail is a carrier's or tells of one."""
    told = {meaning.key for match in page.line_phrases.get(0, ()) for meaning in match.meanings if meaning.section == "kind"}
    return bool(told & _UNDER_WAY)


def order_numbers(page: Page, found: Iterable[Hypothesis]) -> tuple[Finding[str], ...]:
    """Order numbers, as first shown."""
    return tuple(
        Finding(**finding_fields(page, hypothesis))
        for hypothesis in found
        if hypothesis.pool.kind is MentionKind.CODE and hypothesis.role == Role.ORDER_NUMBER and hypothesis.probability >= LISTED
    )


def tracking_numbers(page: Page, found: Iterable[Hypothesis]) -> tuple[TrackingNumber, ...]:
    """Tracking numbers with their carriers, as first shown."""
    found = [h for h in found if h.pool.kind is MentionKind.CODE]
    counted = {len(h.pool.key) for h in found if h.role == Role.ORDER_NUMBER and h.probability >= LIKELY and _COUNTED.fullmatch(h.pool.key)}
    tracked = [h for h in found if h.role == Role.TRACKING_NUMBER and h.probability >= LISTED]
    proven = any(h.probability >= _SURE and any(name in _PROVEN for name, _ in h.reasons) for h in tracked)
    return tuple(
        _tracking(
            page,
            hypothesis.weakened(_OF_SERIES, "number_of_the_shop")
            if _is_of_series(hypothesis, counted) or (proven and _is_nobodys(page, hypothesis))
            else hypothesis,
        )
        for hypothesis in tracked
    )


def _is_of_series(hypothesis: Hypothesis, counted: Container[int]) -> bool:
    """Whether a number is one of a series that the shop counts, as its orders are: "shipment #000000976 of order #000001138"."""
    return len(hypothesis.pool.key) in counted and _COUNTED.fullmatch(hypothesis.pool.key) is not None


def _is_nobodys(page: Page, hypothesis: Hypothesis) -> bool:
    """Whether a number is short and of no carrier that the mail knows: who forwards parcels numbers them, "parcel 1184207"."""
    key = hypothesis.pool.key
    return len(key) < _SHORTEST_PARCEL and not any(page.parties.knows_carrier(match.carrier) for match in page.knowledge.formats.of(key))


def identifiers(page: Page, found: Iterable[Hypothesis]) -> tuple[Identifier, ...]:
    """The rivals that are worth knowing: each value in its likeliest role."""
    found = list(found)
    secret = [mention.span for hypothesis in found if _is_secret(hypothesis) for mention in hypothesis.pool.mentions]
    listed: list[Identifier] = []
    for hypothesis in found:
        if hypothesis.pool.kind is not MentionKind.CODE or hypothesis.role in {Role.ORDER_NUMBER, Role.TRACKING_NUMBER, *_WITHHELD}:
            continue
        if secret and all(any(span.holds(m.span) and span != m.span for span in secret) for m in hypothesis.pool.mentions):
            continue  # "DE97" of an account
        if len(hypothesis.pool.key) < _SHORTEST.get(Role(hypothesis.role), 0):
            continue
        if hypothesis.probability < LISTED or any(other > hypothesis.probability for _, other in hypothesis.alternatives):
            continue
        listed.append(Identifier(role=Role(hypothesis.role), **finding_fields(page, hypothesis)))
    return tuple(listed)


def _tracking(page: Page, hypothesis: Hypothesis) -> TrackingNumber:
    fields = finding_fields(page, hypothesis)
    plain = _PLAIN.sub("", str(fields["value"])).upper()
    matches = page.knowledge.formats.of(plain)
    code, match = _carrier(page, hypothesis, matches)
    carrier = page.knowledge.carriers.get(code or (match.carrier if match is not None else ""))
    if carrier is None:
        return TrackingNumber(**fields)
    name = _as_named(page, carrier, match.name if match is not None else carrier.name)
    if match is not None and plain.isdigit():
        fields["value"] = plain  # groups of digits are written with dashes or blanks: 3817-4026-5911
    if match is None:
        return TrackingNumber(**fields, carrier=name, carrier_code=carrier.code, url=carrier.url(plain))
    return TrackingNumber(**fields, carrier=name, carrier_code=carrier.code, check_digit=match.check, url=match.url)


def _as_named(page: Page, carrier: Carrier, otherwise: str) -> str:
    """The name that the mail has for a carrier: its own where that stands there, else the one that stands there most often."""
    who = page.parties
    if who.carrier is carrier and who.sender is not None and _first_words(who.sender.name, carrier.called):
        return who.sender.name.strip()  # as it calls itself: "Hermes" is the first word of Hermes Parcelnet
    folded = page.document.folded
    met = Counter(
        folded[match.span.slice]
        for match in page.phrases
        for meaning in match.meanings
        if meaning.section == "carrier" and meaning.key == carrier.code
    )
    if not met or any(fold(otherwise) in name for name in met):  # "PostNord Sverige" names PostNord
        return otherwise
    wanted = carrier.name if fold(carrier.name) in met else met.most_common(1)[0][0]
    return next((name for name in carrier.called if fold(name) == fold(wanted)), otherwise)


def _first_words(name: str, called: Iterable[str]) -> bool:
    """Whether a name is a shorter one of these, itself none of them."""
    words = fold(name).split()
    names = [fold(other).split() for other in called]
    return bool(words) and words not in names and any(other[: len(words)] == words for other in names)


def _carrier(page: Page, hypothesis: Hypothesis, matches: Iterable[FormatMatch]) -> tuple[str | None, FormatMatch | None]:
    """The carrier: of the link that holds the number, else of a format that the mail's carriers fit, else of the sender."""
    who = page.parties
    matches = list(matches)
    linked = _linked(page, hypothesis, {match.carrier for match in matches})
    if linked is not None:
        return linked, next((match for match in matches if match.carrier == linked), None)
    ranked = sorted(
        (match for match in matches if who.knows_carrier(match.carrier) or _speaks_for_itself(match, hypothesis)),
        key=lambda match: (not who.knows_carrier(match.carrier), match.check is not True, -_TIERS[match.format.tier], match.carrier),
    )
    if who.carrier is not None:
        own = next((match for match in ranked if match.carrier == who.carrier.code), None)
        if own is None and ranked and ranked[0].check and ranked[0].format.tier == "distinctive":
            return ranked[0].carrier, ranked[0]  # of the carrier that it was handed over to, or taken over from
        return who.carrier.code, own
    if ranked and (ranked[0].check is not False):
        return ranked[0].carrier, ranked[0]
    near = _named_near(page, hypothesis)
    if near is not None:
        return near, next((match for match in matches if match.carrier == near), None)
    return None, ranked[0] if ranked else None


def _speaks_for_itself(match: FormatMatch, hypothesis: Hypothesis) -> bool:
    """Whether a format names the carrier where nothing else in the mail does: it is distinctive, or right and long."""
    return match.format.tier == "distinctive" or (match.check is True and match.telling(hypothesis.pool.key))


def _linked(page: Page, hypothesis: Hypothesis, fitting: set[str]) -> str | None:
    """The carrier of a link that holds the number; of several on one host the one whose format fits, then the one that is named."""
    starts = {mention.span.start for mention in hypothesis.pool.mentions}
    for part in page.document.link_parts:
        if part.span.start in starts:
            linked = page.knowledge.lines.of_host(page.document.links[part.link].url.host)
            if linked:
                named = page.parties.named_carriers
                return max(linked, key=lambda carrier: (carrier.code in fitting, named.get(carrier.code, 0))).code
    return None


def _named_near(page: Page, hypothesis: Hypothesis) -> str | None:
    """The carrier that is named nearest to the number, if the mail names any."""
    mention = shown(page, hypothesis.pool)
    named = [
        (abs(match.span.start - mention.span.start), meaning.key)
        for match in page.phrases
        for meaning in match.meanings
        if meaning.section == "carrier"
    ]
    return min(named)[1] if named else None
