"""The law of the same order: one order told in the words of every language gives one record."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from email.message import EmailMessage
from email.utils import format_datetime
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import orderparse
from orderparse.checkdigits import s10
from orderparse.knowledge import Knowledge
from orderparse.roles import MailKind
from orderparse.training import cldr
from orderparse.training.content import Block, Content, Fact
from orderparse.training.layouts import LAYOUTS

KNOWLEDGE = Knowledge.builtin()
USUAL = ("label_beside_value", "label_row_above_value_row", "broken_lines", "small_label_over_big_value", "colon_lines", "padded")


def capital(text):
    return text[:1].upper() + text[1:]


def told(language, order, layout, at):
    """The order as a shop writes it that has the language's words and calendar: labels that its file begins with."""
    words = KNOWLEDGE.languages[language]

    def fact(key, value):
        labels = words.labels[key]
        return Fact(capital(labels[min(at, len(labels) - 1)]), value)

    def day(value):
        return cldr.written(value, language, "long")

    whole, cents = divmod(order["cents"], 100)
    sum_of = f"{whole}{words.numbers.decimal}{cents:02} EUR"
    content = Content(
        language=language,
        shop="Velmora",
        title=capital(words.kinds[MailKind.SHIPPING][0]),
        prose=(capital(words.kinds[MailKind.SHIPPING][0]) + ".",),
        blocks=(
            Block(
                facts=(
                    fact("order_number", order["number"]),
                    fact("order_date", day(order["ordered"])),
                    fact("tracking_number", order["parcel"]),
                    fact("delivery_estimate", day(order["expected"])),
                    fact("customer_number", order["customer"]),
                ),
                sums=(fact("total", sum_of),),
            ),
        ),
    )
    body = LAYOUTS[layout](content, Random(1))
    mail = EmailMessage()
    mail["From"] = "Velmora <post@velmora.example>"
    mail["Date"] = format_datetime(order["sent"])
    mail["Subject"] = content.title
    mail.set_content(body.text or " ")
    if body.html:
        mail.add_alternative(body.html, subtype="html")
    return mail.as_bytes()


def record(mail):
    reading = orderparse.parse(mail)
    return {
        "kind": reading.kind.value if reading.kind and reading.kind.confidence >= 0.5 else None,
        "orders": sorted(finding.value for finding in reading.order_numbers if finding.confidence >= 0.5),
        "parcels": sorted(finding.value for finding in reading.tracking_numbers if finding.confidence >= 0.5),
        "days": sorted((str(found.role), found.value) for found in reading.dates if found.confidence >= 0.5),
        "total": [
            (found.value.value, found.value.currency) for found in reading.amounts if found.confidence >= 0.5 and found.role == "total"
        ],
    }


@st.composite
def orders(draw):
    sent = datetime(2026, 1, 1, 9, tzinfo=UTC) + timedelta(days=draw(st.integers(0, 300)))
    digits = f"{draw(st.integers(10_000_000, 99_999_999))}"
    return {
        "number": f"{draw(st.integers(1_000_000, 999_999_999_999))}",
        "customer": f"{draw(st.integers(10_000, 99_999))}",
        "parcel": next(number for check in range(10) if s10(number := f"RB{digits}{check}SE")),
        "ordered": sent.date() - timedelta(days=draw(st.integers(1, 9))),
        "expected": sent.date() + timedelta(days=draw(st.integers(2, 12))),
        "cents": draw(st.integers(1_00, 999_99)),
        "sent": sent,
    }


@pytest.mark.parametrize("layout", USUAL)
@settings(max_examples=2)
@given(order=orders(), at=st.integers(0, 2))
def test_the_same_order_gives_the_same_record_in_every_language(layout, order, at):
    records = {language: record(told(language, order, layout, at)) for language in KNOWLEDGE.languages}
    wanted = {
        "kind": MailKind.SHIPPING,
        "orders": [order["number"]],
        "parcels": [order["parcel"]],
        "days": sorted([("delivery_estimate", order["expected"]), ("order", order["ordered"])]),
        "total": [(Decimal(order["cents"]) / 100, "EUR")],
    }
    assert {language: found for language, found in records.items() if found != wanted} == {}
