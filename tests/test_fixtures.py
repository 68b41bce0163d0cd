"""The labelled mails under ``fixtures/mails``: what each says is what a person read in it.

A label file holds a part of the record; what it leaves out is not looked at. Its lists are
exact from a confidence of 0.5 on, but for ``identifiers``, which must be among those found.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from orderparse.records import AmountFinding, DateFinding, Finding, Identifier, Merchant, Money, Reading, TrackingNumber
from orderparse.roles import AmountRole, DateRole, MailKind, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

MAILS = Path(__file__).parents[1] / "fixtures" / "mails"
LABEL = ".expected.json"
LABELS = sorted(MAILS.glob(f"*{LABEL}"))
MAIL_SUFFIXES = (".eml", ".html", ".txt")
FIELDS = {
    "language",
    "kind",
    "merchant",
    "seller",
    "platform",
    "order_numbers",
    "tracking_numbers",
    "dates",
    "total",
    "identifiers",
    "shows",
}
ACCEPTED = 0.5

Read = list[tuple[str, float]]  # a value as a person would write it, with its confidence


def stem(path: Path) -> str:
    return path.name.removesuffix(LABEL) if path.name.endswith(LABEL) else path.stem


def mail_of(label: Path) -> Path:
    return next(path for suffix in MAIL_SUFFIXES if (path := MAILS / f"{stem(label)}{suffix}").exists())


def day(value: str, until: str | None, role: str) -> str:
    return f"{role} {value}" if until in {None, value} else f"{role} {value} to {until}"


def money(value: Decimal, currency: str | None) -> str:
    return f"{value.normalize():f} {currency}"


def said(finding: Finding[Any] | None) -> Read:
    return [] if finding is None else [(str(finding.value), finding.confidence)]


def wanted_and_read(expected: dict[str, Any], reading: Reading) -> Iterator[tuple[str, list[str], Read]]:
    """Each labelled field: what the label wants, what the mail was read to say."""
    for name, found in (
        ("language", reading.language),
        ("kind", reading.kind),
        ("merchant", reading.merchant),
        ("seller", reading.seller),
        ("platform", reading.platform),
    ):
        if name in expected:
            yield name, [expected[name]] if expected[name] else [], said(found)
    if "order_numbers" in expected:
        yield "order_numbers", expected["order_numbers"], [(found.value, found.confidence) for found in reading.order_numbers]
    if "tracking_numbers" in expected:
        named = {row["value"]: f"{row['value']} of {row['carrier']}" for row in expected["tracking_numbers"] if "carrier" in row}
        yield (
            "tracking_numbers",
            [named.get(row["value"], row["value"]) for row in expected["tracking_numbers"]],
            [
                (f"{found.value} of {found.carrier}" if found.value in named else found.value, found.confidence)
                for found in reading.tracking_numbers
            ],
        )
    if "dates" in expected:
        yield (
            "dates",
            [day(row["value"], row.get("until"), row["role"]) for row in expected["dates"]],
            [
                (day(str(found.value), str(found.until) if found.until else None, found.role), found.confidence)
                for found in reading.dates
                if found.role is not DateRole.OTHER
            ],
        )
    if "total" in expected:
        total = expected["total"]
        yield (
            "total",
            [money(Decimal(total["value"]), total["currency"])] if total else [],
            [
                (money(found.value.value, found.value.currency), found.confidence)
                for found in reading.amounts
                if found.role is AmountRole.TOTAL
            ],
        )
    if "identifiers" in expected:
        wanted = [f"{row['value']} as {row['role']}" for row in expected["identifiers"]]
        read = [(f"{found.value} as {found.role}", found.confidence) for found in reading.identifiers]
        yield "identifiers", wanted, [(value, confidence) for value, confidence in read if value in wanted]


def differences(expected: dict[str, Any], reading: Reading) -> list[str]:
    """What a person would have to change to make the two agree, one sentence each."""
    return [sentence for name, wanted, read in wanted_and_read(expected, reading) for sentence in _apart(name, wanted, read)]


def _apart(name: str, wanted: Iterable[str], read: Read) -> Iterator[str]:
    accepted = Counter(value for value, confidence in read if confidence >= ACCEPTED)
    for value in wanted:
        if value not in accepted:
            doubtful = [f"{confidence:.2f}" for other, confidence in read if other == value]
            yield f"{name}: missed {value}" + (f" (read at {', '.join(doubtful)})" if doubtful else "")
    for value, confidence in read:
        if confidence >= ACCEPTED and value not in wanted:
            yield f"{name}: wrong {value} (read at {confidence:.2f})"
    yield from (f"{name}: {value} is listed {times} times" for value, times in accepted.items() if times > 1)


@pytest.mark.parametrize("label", LABELS, ids=stem)
def test_a_mail_says_what_its_label_says(label: Path, reading: Callable[[Path], Reading]) -> None:
    expected = json.loads(label.read_text(encoding="utf-8"))
    apart = differences(expected, reading(mail_of(label)))
    assert not apart, "\n".join([f"{mail_of(label).name}: {expected['shows']}", *apart])


@pytest.mark.parametrize("label", LABELS, ids=stem)
def test_a_label_uses_the_words_of_the_record(label: Path) -> None:
    expected = json.loads(label.read_text(encoding="utf-8"))
    assert set(expected) <= FIELDS
    assert expected["shows"].strip()
    assert expected.get("kind") in {None, *MailKind}
    assert all(number == re.sub(r"\s|^#", "", number) for number in expected.get("order_numbers", ()))
    assert {key for row in expected.get("tracking_numbers", ()) for key in row} <= {"value", "carrier"}
    assert {row["role"] for row in expected.get("dates", ())} <= set(DateRole) - {DateRole.OTHER}
    assert all(date.fromisoformat(row["value"]) <= date.fromisoformat(row.get("until", row["value"])) for row in expected.get("dates", ()))
    assert {row["role"] for row in expected.get("identifiers", ())} <= set(Role) - {Role.ORDER_NUMBER, Role.TRACKING_NUMBER}
    if expected.get("total"):
        assert Decimal(expected["total"]["value"]) >= 0
        assert re.fullmatch("[A-Z]{3}", expected["total"]["currency"])


def test_each_mail_has_a_label_and_each_label_a_mail() -> None:
    mails = Counter(path.stem for path in MAILS.iterdir() if path.suffix in MAIL_SUFFIXES)
    assert mails == Counter(stem(label) for label in LABELS)


def test_there_is_nothing_else_in_the_folder() -> None:
    assert [path.name for path in MAILS.iterdir() if path.suffix not in MAIL_SUFFIXES and not path.name.endswith(LABEL)] == []


def test_the_names_of_mails_are_snake_case() -> None:
    assert [path.name for path in MAILS.iterdir() if not re.fullmatch(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*", stem(path))] == []


def test_there_are_at_least_forty_mails() -> None:
    assert len(LABELS) >= 40


# The comparison itself.

EXPECTED: dict[str, Any] = {
    "language": "sv",
    "kind": "payment",
    "merchant": "AliExpress",
    "order_numbers": ["8012345678907734"],
    "tracking_numbers": [{"value": "RB123456785SE", "carrier": "PostNord"}],
    "dates": [{"value": "2026-03-01", "role": "order"}, {"value": "2026-03-10", "until": "2026-03-14", "role": "delivery_estimate"}],
    "total": {"value": "129.00", "currency": "SEK"},
    "identifiers": [{"value": "1005006123456789", "role": "product_code"}],
    "shows": "A made-up reading.",
}


def made_up(
    number: str = "8012345678907734", confidence: float = 0.9, carrier: str = "PostNord", role: AmountRole = AmountRole.TOTAL
) -> Reading:
    return Reading(
        source="made up",
        language=Finding(value="sv", confidence=0.9),
        kind=Finding(value=MailKind.PAYMENT, confidence=0.9),
        merchant=Merchant(value="AliExpress", confidence=0.9),
        order_numbers=(Finding(value=number, confidence=confidence), Finding(value="1005006123456789", confidence=0.1)),
        tracking_numbers=(TrackingNumber(value="RB123456785SE", confidence=0.9, carrier=carrier),),
        dates=(
            DateFinding(value=date(2026, 3, 1), confidence=0.9, role=DateRole.ORDER),
            DateFinding(value=date(2026, 3, 10), until=date(2026, 3, 14), confidence=0.9, role=DateRole.DELIVERY_ESTIMATE),
            DateFinding(value=date(2026, 4, 1), confidence=0.9, role=DateRole.OTHER),
        ),
        amounts=(AmountFinding(value=Money(value=Decimal(129), currency="SEK"), confidence=0.9, role=role),),
        identifiers=(
            Identifier(value="1005006123456789", confidence=0.9, role=Role.PRODUCT_CODE),
            Identifier(value="0701740631", confidence=0.9, role=Role.PHONE),
        ),
    )


def test_a_reading_that_agrees_shows_no_difference() -> None:
    assert differences(EXPECTED, made_up()) == []


def test_a_field_that_is_left_out_is_not_looked_at() -> None:
    assert differences({"shows": "nothing"}, made_up()) == []


def test_an_unnamed_carrier_is_not_looked_at() -> None:
    assert differences({"tracking_numbers": [{"value": "RB123456785SE"}]}, made_up(carrier="Nobody")) == []


@pytest.mark.parametrize(
    ("reading", "sentences"),
    [
        (
            made_up(number="8012345678900000"),
            ["order_numbers: missed 8012345678907734", "order_numbers: wrong 8012345678900000 (read at 0.90)"],
        ),
        (made_up(confidence=0.4), ["order_numbers: missed 8012345678907734 (read at 0.40)"]),
        (
            made_up(carrier="DHL"),
            ["tracking_numbers: missed RB123456785SE of PostNord", "tracking_numbers: wrong RB123456785SE of DHL (read at 0.90)"],
        ),
        (made_up(role=AmountRole.SUBTOTAL), ["total: missed 129 SEK"]),
        (
            Reading(source="empty"),
            [
                "language: missed sv",
                "kind: missed payment",
                "merchant: missed AliExpress",
                "order_numbers: missed 8012345678907734",
                "tracking_numbers: missed RB123456785SE of PostNord",
                "dates: missed order 2026-03-01",
                "dates: missed delivery_estimate 2026-03-10 to 2026-03-14",
                "total: missed 129 SEK",
                "identifiers: missed 1005006123456789 as product_code",
            ],
        ),
    ],
    ids=["another number", "a doubtful number", "another carrier", "another role", "nothing read"],
)
def test_a_difference_is_told_in_words(reading: Reading, sentences: list[str]) -> None:
    assert differences(EXPECTED, reading) == sentences


def test_a_total_where_none_is_expected_is_a_difference() -> None:
    assert differences({"total": None}, made_up()) == ["total: wrong 129 SEK (read at 0.90)"]


def test_a_number_that_is_listed_twice_is_a_difference() -> None:
    twice = Reading(source="twice", order_numbers=(Finding(value="4821", confidence=0.9), Finding(value="4821", confidence=0.8)))
    assert differences({"order_numbers": ["4821"]}, twice) == ["order_numbers: 4821 is listed 2 times"]
