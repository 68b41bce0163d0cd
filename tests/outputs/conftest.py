"""Strategies for records: ``st.from_type(Reading)`` and ``st.from_type(Order)`` give any that the types allow."""

from __future__ import annotations

from datetime import UTC

from hypothesis import strategies as st

from orderparse import records
from orderparse.records import Order, Reading
from orderparse.roles import AmountRole, DateRole, MailKind, OrderStatus, Role
from orderparse.text.span import Span

# Texts as mails have them at their worst: controls, bidi overrides, line separators, formulas, lone surrogates.
NASTY = "\x00\x07\x08\t\n\r\x1b\x7f\x85\x9b\u061c\u200b\u200e\u2028\u2029\u202e\u2066\ufeff\udce9\ud800=+-@'\",;|＝＠å漢🎉"
texts = st.one_of(
    st.text(max_size=12),
    st.text(alphabet=NASTY, max_size=12),
    st.sampled_from(["\x1b]8;;http://x\x07y", "=HYPERLINK(1)", "8012345678901234"]),
)
probabilities = st.floats(0, 1)
spans = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda pair: Span(min(pair), max(pair)))
moments = st.one_of(st.datetimes(), st.datetimes(timezones=st.just(UTC)))
weighted = st.lists(st.tuples(texts, st.floats(-20, 20)), max_size=2).map(tuple)
place = {
    "confidence": probabilities,
    "text": texts,
    "line": st.integers(0, 9),
    "span": st.none() | spans,
    "hidden": st.booleans(),
    "reasons": weighted,
    "alternatives": st.lists(st.tuples(texts, probabilities), max_size=2).map(tuple),
    "share": st.none() | probabilities,
    "belongs": st.none() | probabilities,
    "notes": st.lists(st.tuples(texts, texts), max_size=1).map(tuple),
}


def named(record: type, **fields: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    """Records of a type; their strategy does not tell all it is made of, which would be too long to print."""
    return st.deferred(lambda: st.builds(record, **fields))


amounts = st.builds(
    records.Money, value=st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9), currency=st.none() | texts
)
findings = named(records.Finding, value=texts, **place)
kinds = named(records.Finding, value=st.sampled_from(MailKind), **place)
merchants = named(records.Merchant, value=texts, verified=st.none() | st.booleans(), **place)
tracking_numbers = named(
    records.TrackingNumber,
    value=texts,
    carrier=st.none() | texts,
    check_digit=st.none() | st.booleans(),
    url=st.none() | texts,
    handed_over_to=st.none() | texts,
    shipment=st.none() | texts,
    **place,
)
dates = named(records.DateFinding, value=st.dates(), until=st.none() | st.dates(), role=st.sampled_from(DateRole), **place)
amount_findings = named(records.AmountFinding, value=amounts, role=st.sampled_from(AmountRole), **place)
identifiers = named(records.Identifier, value=texts, role=st.sampled_from(Role), **place)
items = st.builds(
    records.OrderItem, name=texts, confidence=probabilities, quantity=st.none() | st.integers(0, 99), price=st.none() | amounts
)
pickups = st.builds(records.Pickup, confidence=probabilities, place=st.none() | texts, code=st.none() | texts, until=st.none() | st.dates())
statuses = st.builds(records.Status, value=st.sampled_from(OrderStatus), confidence=probabilities)


def several(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(strategy, max_size=2).map(tuple)


mail_orders = st.builds(
    records.MailOrder,
    order_number=st.none() | findings,
    tracking_numbers=several(tracking_numbers),
    dates=several(dates),
    amounts=several(amount_findings),
    items=several(items),
)
st.register_type_strategy(
    Reading,
    st.builds(
        Reading,
        source=texts,
        status=st.sampled_from(["ok", "failed"]),
        reason=st.none() | st.sampled_from(["crash", "memory"]),
        message_id=st.none() | texts,
        in_reply_to=st.none() | texts,
        sent=st.none() | moments,
        sender=st.none() | st.builds(records.Address, address=texts, name=texts),
        subject=texts,
        language=st.none() | findings,
        kind=st.none() | kinds,
        merchant=st.none() | merchants,
        seller=st.none() | findings,
        platform=st.none() | findings,
        order_numbers=several(findings),
        tracking_numbers=several(tracking_numbers),
        dates=several(dates),
        amounts=several(amount_findings),
        identifiers=several(identifiers),
        items=several(items),
        payment_method=st.none() | findings,
        pickup=st.none() | pickups,
        orders=several(mail_orders),
        authentication=st.builds(records.Authentication, dmarc=texts),
        defects=several(st.builds(records.Defect, code=st.just("odd"), detail=texts)),
        left_out=st.dictionaries(texts, st.integers(1, 9), max_size=1).map(lambda counts: tuple(counts.items())),
        text=st.text(alphabet="abc 漢\n\t\x1b", max_size=60),
    ),
)
deliveries = st.builds(
    records.ParcelDelivery,
    tracking_number=tracking_numbers,
    other_numbers=several(texts),
    carrier=st.none() | texts,
    status=st.none() | statuses,
    expected_from=st.none() | st.dates(),
    expected_until=st.none() | st.dates(),
    delivered=st.none() | st.dates(),
)
events = st.builds(records.Event, at=st.none() | moments, kind=st.sampled_from(MailKind), message_id=st.none() | texts, source=texts)
st.register_type_strategy(
    Order,
    st.builds(
        Order,
        order_number=st.none() | findings,
        confidence=probabilities,
        merchant=st.none() | merchants,
        other_order_numbers=several(findings),
        order_date=st.none() | dates,
        status=st.none() | statuses,
        total=st.none() | amount_findings,
        payment=st.none() | findings,
        items=several(items),
        order_delivery=several(deliveries),
        events=several(events),
        messages=several(texts),
        joined_by=several(st.builds(records.Join, messages=several(texts), reason=st.just("thread"), confidence=probabilities)),
    ),
)
