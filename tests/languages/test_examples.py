"""The examples of every language file, read by the whole engine."""

from datetime import datetime
from email.utils import format_datetime
from pathlib import Path

import pytest

import orderparse
from orderparse import languages
from orderparse.languages import DATE_LABELS

FOLDER = Path(languages.__file__).parent
SPOKEN = languages.load_folder(FOLDER)
EXAMPLES = [(code, number) for code, language in SPOKEN.items() for number in range(len(language.examples))]
ROLE_KEYS = {role: key for key, role in DATE_LABELS.items()}


PAST = ("order_date", "payment_date", "ship_date", "delivered_date", "invoice_date", "refund_date")


def said(text, expect):
    """What a small mail says, as the examples write it; it was sent on the last day that lies behind it, and before what is expected."""
    day = max((expect[key] for key in PAST if key in expect), default=min("2026-03-10", expect.get("delivery_estimate", "2026-03-10")[:10]))
    sent = datetime.fromisoformat(f"{day}T12:00:00+01:00")
    reading = orderparse.parse(f"From: Shop <info@shop.example>\nDate: {format_datetime(sent)}\n\n{text}".encode())
    found = {}
    for key, findings in (("order_number", reading.order_numbers), ("tracking_number", reading.tracking_numbers)):
        values = [finding.value for finding in findings if finding.confidence >= 0.5]
        if values:
            found[key] = " ".join(values)
    for day in reading.dates:
        if day.confidence >= 0.5:
            found[ROLE_KEYS[day.role]] = day.value.isoformat() + (f"/{day.until.isoformat()}" if day.until else "")
    for amount in reading.amounts:
        if amount.confidence >= 0.5 and amount.role == "total":
            found["total"] = f"{amount.value.value:.2f} {amount.value.currency}"
    return found


@pytest.mark.parametrize(("code", "number"), EXAMPLES, ids=[f"{code}-{number}" for code, number in EXAMPLES])
def test_an_example_of_a_language_file_gives_what_it_says(code, number):
    example = SPOKEN[code].examples[number]
    assert said(example.text, example.expect) == dict(example.expect)


@pytest.mark.parametrize("code", SPOKEN)
def test_a_language_has_examples_with_nothing_to_find(code):
    assert sum(not example.expect for example in SPOKEN[code].examples) >= 3
    assert len(SPOKEN[code].examples) >= 8
