"""Days: dates in their roles."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from orderparse.assemble import dayreadings, slots
from orderparse.assemble.places import BY_KIND, place_fields, shown, weakened
from orderparse.document.model import RegionKind
from orderparse.mentions import MentionKind
from orderparse.readers.headings import is_bare_date
from orderparse.readers.labels import in_header_block
from orderparse.records import DateFinding
from orderparse.roles import DateRole, MailKind, Role
from orderparse.scoring.model import LIKELY, LISTED
from orderparse.slotted import replace
from orderparse.text.patterns import lazy
from orderparse.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from orderparse.mentions import Mention, Page
    from orderparse.scoring.model import Hypothesis

_DELIVERIES = frozenset({MailKind.DELIVERED.value, MailKind.OUT_FOR_DELIVERY.value, MailKind.PICKUP.value})
_BESIDE = 14  # characters, with the name of a weekday
_HOUR = r"(?:[01]?[0-9]|2[0-3])(?:[:.][0-5][0-9])?"
_WINDOW = lazy(rf"[^\n\t0-9]{{0,24}}{_HOUR} {{0,2}}[-\u2013\u2014~] {{0,2}}{_HOUR}(?![0-9./-])")
_ON_ITS_WAY = 0.4  # what is left of a day of delivery in a mail that the parcel is on its way
_TAKEN = 0.2  # a day that may well have another role is not free for this one
_NOBODYS = 0.2
_OVER = frozenset({MailKind.CANCELLATION, MailKind.REFUND})
_OFFERED = frozenset({DateRole.ORDER, DateRole.SHIP, DateRole.DELIVERY_ESTIMATE, DateRole.PICKUP_UNTIL})
_NEVER_TODAY = frozenset({DateRole.INVOICE, DateRole.REFUND})
_PICKUPS = frozenset({MailKind.PICKUP.value, DateRole.PICKUP_UNTIL.value})
_TOLD = frozenset({"kind", "label"})
_UNTIL_WORDS = 3  # "till och med"
_PERIOD = 31  # days: what was done within a longer time is a rule, such as that of returns at Christmas
_OWN = frozenset({RegionKind.BODY, RegionKind.FORWARDED})
# The roles that a day can have in a kind of mail, and within how many days after the mail it lies then.
_ROLES_OF_KIND: dict[MailKind, tuple[tuple[DateRole, int, int], ...]] = {
    MailKind.SHIPPING: ((DateRole.DELIVERY_ESTIMATE, 1, 45), (DateRole.SHIP, 0, 0)),
    MailKind.OUT_FOR_DELIVERY: ((DateRole.DELIVERY_ESTIMATE, 0, 1),),
    MailKind.DELIVERED: ((DateRole.DELIVERED, -10, 0),),
    MailKind.PICKUP: ((DateRole.PICKUP_UNTIL, 1, 30),),
    MailKind.PAYMENT: ((DateRole.PAYMENT, -2, 1),),
    MailKind.ORDER_CONFIRMATION: ((DateRole.ORDER, -1, 0),),
    MailKind.INVOICE: ((DateRole.INVOICE, -3, 0), (DateRole.DUE, 1, 60)),
    MailKind.REFUND: ((DateRole.REFUND, -7, 1),),
}

_GUESSES = frozenset({"beside_order_number", "under_order_number"})
_WEIGHTY = 2.0  # log-odds: what weighs less only adds to other evidence


def dates(page: Page, found: Iterable[Hypothesis]) -> tuple[DateFinding, ...]:
    """Dates as first shown; the same day in the same role once, with its best confidence."""
    listed: dict[tuple[DateRole, date, date | None], DateFinding] = {}
    certain = dayreadings.certain(page)
    found = list(found)
    numbers = {mention.span for h in found if h.pool.kind is MentionKind.CODE and h.probability >= LIKELY for mention in h.pool.mentions}
    for hypothesis in found:
        role = hypothesis.role
        if hypothesis.pool.kind is not MentionKind.DATE or role == DateRole.OTHER:
            continue
        mention = shown(page, hypothesis.pool)
        if mention.date is not None and mention.date.form == "compact" and mention.span in numbers:
            continue  # eight digits that are a number already
        for reading, share in dayreadings.shares(page, mention, role, certain):
            if reading.last is not None and role in dayreadings.DONE and (reading.last - reading.first).days > _PERIOD:
                continue
            read = hypothesis.weakened(share, "several_readings") if share < 1 else hypothesis
            key = (DateRole(role), reading.first, reading.last)
            if read.probability < LISTED or (key in listed and listed[key].confidence >= read.probability):
                continue
            fields = place_fields(page, read, mention)
            listed[key] = DateFinding(value=reading.first, until=reading.last, role=key[0], **fields)
    _within_ranges(listed)
    _without_guesses(listed)
    return tuple(sorted(listed.values(), key=lambda finding: (finding.span or (0, 0), -finding.confidence)))


def _without_guesses(listed: dict[tuple[DateRole, date, date | None], DateFinding]) -> None:
    """Drop the days that only stand beside an order number where another day is called the order's."""
    guessed = [key for key, found in listed.items() if key[0] is DateRole.ORDER and _is_guess(found)]
    if any(key[0] is DateRole.ORDER and key not in guessed and found.confidence >= LIKELY for key, found in listed.items()):
        for key in guessed:
            del listed[key]


def _is_guess(found: DateFinding) -> bool:
    """Whether nothing that weighs speaks for a day but where it stands."""
    told = {name for name, weight in found.reasons if weight >= _WEIGHTY}
    return bool(told) and told <= _GUESSES


def _within_ranges(listed: dict[tuple[DateRole, date, date | None], DateFinding]) -> None:
    """Drop the single days that a range of the same role begins or ends with; join schema.org's From and Until."""
    marked = [finding for finding in listed.values() if finding.reasons and finding.reasons[0][0] == "markup" and finding.until is None]
    arrivals = sorted(finding.value for finding in marked if finding.role is DateRole.DELIVERY_ESTIMATE)
    if len(arrivals) == 2:  # noqa: PLR2004  # expectedArrivalFrom and expectedArrivalUntil
        first = listed.pop((DateRole.DELIVERY_ESTIMATE, arrivals[0], None))
        listed.pop((DateRole.DELIVERY_ESTIMATE, arrivals[1], None))
        listed[DateRole.DELIVERY_ESTIMATE, arrivals[0], arrivals[1]] = replace(first, until=arrivals[1])
    for role, first_day, last_day in [key for key in listed if key[2] is not None]:
        listed.pop((role, first_day, None), None)
        if last_day is not None:
            listed.pop((role, last_day, None), None)


def with_kind(page: Page, kind: MailKind, found: Iterable[Hypothesis], listed: Sequence[DateFinding]) -> tuple[DateFinding, ...]:
    """The days with those that the kind of the mail tells; a day that both tell stands once."""
    if kind is MailKind.SHIPPING:
        listed = _handed_over(page, listed)
    elif kind is MailKind.DELIVERED:
        listed = _has_come(page, listed)
    elif kind is MailKind.OUT_FOR_DELIVERY:
        listed = _comes(page, listed)
    elif kind is MailKind.INVOICE:
        listed = _supplied(page, listed)
    elif kind in _OVER:
        listed = _not_to_come(page, listed)
        if kind is MailKind.REFUND:
            listed = _given_back(page, found, listed)
    listed = _with_window(page, listed)
    told = by_kind(page, kind, found, listed)
    days = {(day.role, day.value, day.until) for day in told}
    return (*(day for day in listed if (day.role, day.value, day.until) not in days), *told)


def _handed_over(page: Page, listed: Sequence[DateFinding]) -> Sequence[DateFinding]:
    """Days of a mail that a parcel is on its way: what a shop "delivered today" was to the carrier, what "arrived" did so at a depot."""
    sent = page.document.message.sent
    shipped = any(day.role is DateRole.SHIP and day.confidence >= LIKELY for day in listed)
    told: list[DateFinding] = []
    for day in listed:
        if day.role is not DateRole.DELIVERED:
            told.append(day)
        elif not shipped and page.parties.carrier is None and day.confidence >= LIKELY and sent is not None and day.value == sent.date():
            told.append(replace(day, role=DateRole.SHIP, confidence=BY_KIND[0], reasons=BY_KIND[1], alternatives=()))
        else:
            told.append(weakened(day, _ON_ITS_WAY, "on_its_way"))
    return told


def _has_come(page: Page, listed: Sequence[DateFinding]) -> Sequence[DateFinding]:
    """Days of a mail that a parcel was delivered: a "time of delivery" that has passed, or else what was "handed over" then."""
    sent = page.document.message.sent
    likely = [day for day in listed if day.confidence >= LIKELY and day.until is None]
    if sent is None:
        return listed
    come = {day.value for day in likely if day.role is DateRole.DELIVERED}
    if come:  # "Delivery date: 9 February" says the same once more
        return [day for day in listed if day.role is not DateRole.DELIVERY_ESTIMATE or day.until is not None or day.value not in come]
    for role, first in ((DateRole.DELIVERY_ESTIMATE, -10), (DateRole.SHIP, -1)):
        told = [day for day in likely if day.role is role and first <= (day.value - sent.date()).days <= 0]
        if len(told) == 1:
            sure = min(told[0].confidence, BY_KIND[0])
            return [replace(day, role=DateRole.DELIVERED, confidence=sure, alternatives=()) if day is told[0] else day for day in listed]
    return listed


def _comes(page: Page, listed: Sequence[DateFinding]) -> Sequence[DateFinding]:
    """Days of a mail that a parcel comes today: what is "delivered today" is to come, and what is on its way was not sent today."""
    sent = page.document.message.sent
    if sent is None:
        return listed
    own = {day.value for day in listed if day.role is DateRole.DELIVERY_ESTIMATE}
    today = [day for day in listed if day.role is DateRole.DELIVERED and day.value == sent.date()]
    told = [replace(day, role=DateRole.DELIVERY_ESTIMATE, alternatives=()) for day in today if day.value not in own]
    sent_off = [day for day in listed if day.role is DateRole.SHIP and day.value in own and "kind_phrase" in dict(day.reasons)]
    return [*(day for day in listed if day not in today and day not in sent_off), *told]


def _supplied(page: Page, listed: Sequence[DateFinding]) -> Sequence[DateFinding]:
    """Days of a bill: a "date of delivery" that has passed is that of the supply, for the tax."""
    sent = page.document.message.sent
    if sent is None:
        return listed
    return [
        weakened(day, _NOBODYS, "supplied") if day.role is DateRole.DELIVERY_ESTIMATE and (day.until or day.value) <= sent.date() else day
        for day in listed
    ]


def _not_to_come(page: Page, listed: Sequence[DateFinding]) -> Sequence[DateFinding]:
    """Days of a mail about an order that is over: what can be "here tomorrow" is something else that is for sale."""
    words = {
        mention.span: mention.date.form == "relative"
        for day in listed
        for mention in page.line_mentions.get(day.line, ())
        if mention.date is not None
    }
    return [
        weakened(day, _NOBODYS, "no_order")
        if day.role is DateRole.DELIVERY_ESTIMATE and day.span is not None and words.get(day.span)
        else day
        for day in listed
    ]


def _given_back(page: Page, found: Iterable[Hypothesis], listed: Sequence[DateFinding]) -> Sequence[DateFinding]:
    """Days of a mail about a refund: what should be "with you by 24 June" is the money, where the line says so or no parcel is named."""
    sent = page.document.message.sent
    if sent is None:
        return listed
    parcels = any(hypothesis.role == Role.TRACKING_NUMBER and hypothesis.probability >= LIKELY for hypothesis in found)
    lines = {
        number
        for number, matches in page.line_phrases.items()
        if any(meaning.section == "kind" and meaning.key == MailKind.REFUND for match in matches for meaning in match.meanings)
    }
    return [
        replace(day, role=DateRole.REFUND, confidence=min(day.confidence, BY_KIND[0]), alternatives=())
        if day.role is DateRole.DELIVERY_ESTIMATE and day.value >= sent.date() and (day.line in lines or not parcels)
        else day
        for day in listed
    ]


def by_kind(page: Page, kind: MailKind, found: Iterable[Hypothesis], listed: Sequence[DateFinding]) -> tuple[DateFinding, ...]:
    """A day that nothing names, in a mail whose kind leaves one meaning for it.

    Only if the mail gives no other day in that role, and just one day that could have it: a day to come in a mail that
    a parcel is on its way, the day of the mail itself in a confirmation or receipt, a recent one in a delivery notice.
    """
    sent = page.document.message.sent
    if sent is None:
        return ()
    taken = {
        mention.ident
        for hypothesis in found
        if hypothesis.probability >= _TAKEN
        for mention in hypothesis.pool.mentions
        if not (hypothesis.role == DateRole.OTHER and _left_open(page, kind, mention))
    }
    forwarded = any(line.region is RegionKind.FORWARDED for line in page.document.lines)
    own = frozenset({RegionKind.FORWARDED}) if forwarded else _OWN  # what somebody writes who forwards a mail is not of its kind
    free = [
        mention
        for mention in page.mentions
        if mention.date is not None
        and mention.date.form != "compact"
        and mention.ident not in taken
        and page.line_of(mention).region in own
        and not in_header_block(page, mention.line)
    ]
    added = [_told(page, mention, DateRole.DELIVERY_ESTIMATE) for mention in slots.of(page, kind, free, listed)]
    known = {day.value for day in listed if day.confidence >= LIKELY}
    for role, low, high in _ROLES_OF_KIND.get(kind, ()):
        # A reminder says when the bill was due first, and when it is now.
        overdue = role is DateRole.DUE
        if any(one.role is role and one.confidence >= LIKELY and not (overdue and one.value < sent.date()) for one in listed):
            continue
        candidates: dict[tuple[date, date | None], Mention] = {}
        for mention in free:
            if role in _NEVER_TODAY and mention.date is not None and mention.date.form == "relative":
                continue  # "pay today", "order today"
            if mention.date is not None and mention.date.readings[0].first in known:
                continue  # its role is told elsewhere: "was due on 14 February" beside "Due date: 2023-02-14"
            if role is DateRole.SHIP and not _today_too(page, mention):
                continue
            if mention.date is not None and low <= (mention.date.readings[0].first - sent.date()).days <= high:
                candidates.setdefault((mention.date.readings[0].first, mention.date.readings[0].last), mention)
        if role is DateRole.PICKUP_UNTIL and candidates:  # "from 3 May until 10 May"
            until = {days: mention for days, mention in candidates.items() if days[1] is not None or _stands_behind_until(page, mention)}
            collected = {days: mention for days, mention in until.items() if _of_pickup(page, mention)}
            last = max(collected or until or candidates, key=lambda days: days[1] or days[0])
            candidates = {last: candidates[last]} if until or len(candidates) == 1 else {}
        if len(candidates) == 1:
            added.append(_told(page, next(iter(candidates.values())), role))
    return tuple(added)


def _stands_behind_until(page: Page, mention: Mention) -> bool:
    """Whether a day stands behind words such as "until" on its line, or begins it under such a line: "Ready until"."""
    start = page.line_of(mention).span.start
    if mention.line and not page.document.folded[start : mention.span.start].strip():
        start = page.document.lines[mention.line - 1].span.start
    before = page.document.folded[start : mention.span.start].rstrip(" :\n").split()
    known = page.knowledge.words.calendar.until
    return any(" ".join(before[-size:]) in known for size in range(1, _UNTIL_WORDS + 1))


def _of_pickup(page: Page, mention: Mention) -> bool:
    """Whether the line of a day tells that something waits or is fetched: that of a sale does not."""
    told = (meaning for match in page.line_phrases.get(mention.line, ()) for meaning in match.meanings if meaning.section in _TOLD)
    return any(meaning.key in _PICKUPS for meaning in told)


def _told(page: Page, mention: Mention, role: DateRole) -> DateFinding:
    assert mention.date is not None  # noqa: S101  # the callers have days
    first, last = mention.date.readings[0].first, mention.date.readings[0].last
    if role is DateRole.PICKUP_UNTIL and last is not None:  # "from 3 May until 10 May"
        first, last = last, None
    return DateFinding(
        value=first,
        until=last,
        role=role,
        confidence=BY_KIND[0],
        text=page.document.text[mention.span.slice],
        line=mention.line,
        span=mention.span,
        reasons=BY_KIND[1],
    )


def _left_open(page: Page, kind: MailKind, mention: Mention) -> bool:
    """Whether the kind of a mail can tell a day that has words of its own.

    "Date: 3 May" names a day and says nothing of it: in a confirmation it is that of the order. "Until 3 May" waits a parcel.
    """
    return kind is MailKind.PICKUP or (kind in {MailKind.ORDER_CONFIRMATION, MailKind.PAYMENT} and _is_bare(page, mention))


def _today_too(page: Page, mention: Mention) -> bool:
    """Whether a day is called today as well, and not that of a delivery: "we have sent it today, 12 September"."""
    said = [meaning for match in page.line_phrases.get(mention.line, ()) for meaning in match.meanings]
    if any(one.key in _DELIVERIES and (one.section == "kind" or one.key == MailKind.DELIVERED) for one in said):
        return False
    return any(
        other.date is not None
        and other.date.form == "relative"
        and other is not mention
        and 0 <= mention.span.start - other.span.end <= _BESIDE
        and mention.date is not None
        and other.date.readings[0].first == mention.date.readings[0].first
        for other in page.line_mentions.get(mention.line, ())
    )


def _with_window(page: Page, listed: Sequence[DateFinding]) -> list[DateFinding]:
    """Days to come behind which hours stand are of deliveries, whatever they are called: "day of dispatch: 18 March, 09:00 - 17:00"."""
    sent = page.document.message.sent
    if sent is None:
        return list(listed)
    folded = page.document.folded
    return [
        replace(day, role=DateRole.DELIVERY_ESTIMATE)
        if day.role is DateRole.SHIP and day.span is not None and day.value > sent.date() and _WINDOW.match(folded, day.span[1])
        else day
        for day in listed
    ]


def _is_bare(page: Page, mention: Mention) -> bool:
    """Whether a day is called "Date" and no more."""
    return is_bare_date(page, Span(page.line_of(mention).span.start, mention.span.start))


def without_order(page: Page, findings: Iterable[DateFinding]) -> tuple[DateFinding, ...]:
    """Days of a mail that is about no order: a sale's "delivery by Dec 24" is nobody's parcel.

    None tells when it was delivered. When somebody bought, before the day of the mail, holds: he may be asked for a review.
    """
    sent = page.document.message.sent
    return tuple(
        weakened(finding, _NOBODYS, "no_order")
        if finding.role in _OFFERED and not (finding.role is DateRole.ORDER and sent is not None and finding.value < sent.date())
        else finding
        for finding in findings
    )


def coming(page: Page, listed: Iterable[DateFinding]) -> tuple[bool, bool]:
    """Whether a delivery is announced for "today", by a word and not by its date; and whether for later days alone."""
    sent = page.document.message.sent
    likely = [day for day in listed if day.role is DateRole.DELIVERY_ESTIMATE and day.confidence >= LIKELY]
    today = any(
        mention.span == day.span and mention.date is not None and mention.date.form == "relative" and day.value == page.reference
        for day in likely
        for mention in page.line_mentions.get(day.line, ())
    )
    if sent is None or not likely:
        return today, False
    day_of_mail = max(sent.date(), sent.astimezone(UTC).date() if sent.tzinfo is not None else sent.date())  # its server may be far west
    return today, all(day.value > day_of_mail for day in likely)
