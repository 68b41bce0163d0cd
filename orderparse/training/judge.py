"""Judging: what a reading says, held against the truth: each value right or wrong, each truth found or missed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from orderparse.roles import DateRole, MailKind, Role
from orderparse.text.fold import fold
from orderparse.training.numbers import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from orderparse.records import DateFinding, Reading
    from orderparse.training.truth import Truth

# A number read as what its rival is called too: neither is wrong.
_ALIKE = (
    frozenset({Role.REFERENCE, Role.OTHER, Role.ACCOUNT_NUMBER}),
    frozenset({Role.CUSTOMER_NUMBER, Role.MEMBERSHIP_NUMBER, Role.ACCOUNT_NUMBER}),
    frozenset({Role.INVOICE_NUMBER, Role.TRANSACTION_ID}),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A value that was read: its role (``order_number``, ``date:order``, ``amount:total``, ``kind`` ...), how sure, whether right.

    The role ``belongs`` judges the second confidence: that a right value belongs to the order which it stands with.
    """

    role: str
    confidence: float
    right: bool
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """All judgements of one mail, and the truths that it has, by role."""

    judged: tuple[Judged, ...]
    truths: frozenset[tuple[str, str]]

    @property
    def missed(self) -> frozenset[tuple[str, str]]:
        """The truths that no value at all was right about."""
        return self.truths - {(one.role, one.value) for one in self.judged if one.right}


def judge(reading: Reading, truth: Truth) -> Verdict:
    """Hold a reading against the truth."""
    return Verdict(judged=tuple(_judged(reading, truth)), truths=frozenset(_truths(truth)))


def _truths(truth: Truth) -> Iterator[tuple[str, str]]:
    for code, role in (truth.codes or {}).items():
        if role in {Role.ORDER_NUMBER, Role.TRACKING_NUMBER} or (
            truth.codes_known and role is not Role.OTHER and role is not Role.COMPANY_NUMBER
        ):
            yield role.value, code
    for day_role, day in truth.dates or ():
        yield f"date:{day_role}", day.isoformat()
    for sum_role, value in truth.amounts or ():
        yield f"amount:{sum_role}", f"{value.normalize():f}"
    if truth.kind is not None:
        yield "kind", _kind(truth.kind)
    if truth.merchant is not None:
        yield "merchant", fold(truth.merchant)


def _kind(kind: MailKind) -> str:
    """A mail that a parcel waits says as well that it has come."""
    return MailKind.DELIVERED.value if kind is MailKind.PICKUP else kind.value


def _judged(reading: Reading, truth: Truth) -> Iterator[Judged]:
    if truth.codes is not None:
        yield from _codes(reading, truth, truth.codes)
    if truth.orders:
        yield from _at_home(reading, truth)
    if truth.dates is not None:
        for day in reading.dates:
            if not ({day.value, day.until} & truth.free_dates) or _days(day) & truth.dates:
                right = _days(day) <= truth.dates
                yield Judged(role=f"date:{day.role}", confidence=day.confidence, right=right, value=day.value.isoformat())
                if right and day.until is not None:
                    yield Judged(role=f"date:{day.role}", confidence=day.confidence, right=True, value=day.until.isoformat())
    if truth.amounts is not None:
        for amount in reading.amounts:
            role, value = amount.role, amount.value.value
            if truth.amount_roles is not None and role not in truth.amount_roles:
                continue
            right = (role, value) in truth.amounts and truth.currency in {None, amount.value.currency}
            if value in truth.free_amounts and not right:
                continue
            yield Judged(role=f"amount:{role}", confidence=amount.confidence, right=right, value=f"{value.normalize():f}")
    if truth.kind is not None and reading.kind is not None:
        kind = _kind(reading.kind.value)
        yield Judged(role="kind", confidence=reading.kind.confidence, right=kind == _kind(truth.kind), value=kind)
    if truth.merchant is not None and reading.merchant is not None:
        name = fold(reading.merchant.value)
        yield Judged(role="merchant", confidence=reading.merchant.confidence, right=name == fold(truth.merchant), value=name)
    if truth.language is not None and reading.language is not None:
        right = reading.language.value.partition("-")[0] == truth.language.partition("-")[0]
        yield Judged(role="language", confidence=reading.language.confidence, right=right, value=reading.language.value)


def _at_home(reading: Reading, truth: Truth) -> Iterator[Judged]:
    """Whether the right values of a mail stand with the orders that they belong to."""
    homes = {order.order_number: order for order in truth.orders}
    for order in reading.orders:
        number = plain(order.order_number.value) if order.order_number is not None else None
        if number not in homes:
            continue
        home = homes[number]
        for parcel in order.tracking_numbers:
            key = plain(parcel.value)
            if (truth.codes or {}).get(key) is Role.TRACKING_NUMBER and parcel.belongs is not None:
                yield Judged(role="belongs", confidence=parcel.belongs, right=key in home.tracking_numbers, value=f"{number} {key}")
        for day in order.dates:
            if _days(day) <= (truth.dates or frozenset()) and day.belongs is not None:
                value = f"{number} {day.role} {day.value}"
                yield Judged(role="belongs", confidence=day.belongs, right=_days(day) <= home.dates, value=value)
        for amount in order.amounts:
            told = (amount.role, amount.value.value)
            if told in (truth.amounts or frozenset()) and amount.belongs is not None:
                value = f"{number} {amount.role} {amount.value.value}"
                yield Judged(role="belongs", confidence=amount.belongs, right=told in home.amounts, value=value)


def _codes(reading: Reading, truth: Truth, codes: Mapping[str, Role]) -> Iterator[Judged]:
    for role, findings in ((Role.ORDER_NUMBER, reading.order_numbers), (Role.TRACKING_NUMBER, reading.tracking_numbers)):
        for finding in findings:
            key = plain(finding.value)
            if key not in truth.free_codes:
                yield Judged(role=role.value, confidence=finding.confidence, right=codes.get(key) is role, value=key)
    if truth.codes_known:
        for found in reading.identifiers:
            key = plain(found.value)
            own = codes.get(key)
            if key in truth.free_codes:
                continue
            right = own is found.role or any({own, found.role} <= alike for alike in _ALIKE)
            yield Judged(role=found.role.value, confidence=found.confidence, right=right, value=key)


def _days(day: DateFinding) -> set[tuple[DateRole, date]]:
    return {(day.role, one) for one in (day.value, day.until) if one is not None}
