from __future__ import annotations

import io
from decimal import Decimal

from orderparse.outputs import card, explain
from orderparse.records import AmountFinding, Defect, Finding, Merchant, Money, Reading, TrackingNumber
from orderparse.roles import AmountRole, MailKind
from orderparse.text.span import Span

TEXT = "Order 漢字 8012 3456 is paid\nHello\n" + "bla " * 60 + "parcel RB123456785SE " + "bla " * 60


def place(part: str) -> Span:
    return Span(TEXT.index(part), TEXT.index(part) + len(part))


READING = Reading(
    source="in.mbox#0",
    kind=Finding(value=MailKind.PAYMENT, confidence=0.97, reasons=(("subject", 3.0),)),
    merchant=Merchant(value="Kajutan", confidence=0.9, verified=False),
    order_numbers=(
        Finding(
            value="80123456",
            confidence=0.993,
            text="8012 3456",
            span=place("8012 3456"),
            reasons=(("label", 2.5), ("shape", -0.3)),
            alternatives=(("product_code", 0.004),),
        ),
    ),
    tracking_numbers=(
        TrackingNumber(value="RB123456785SE", confidence=0.9, text="RB123456785SE", span=place("RB123456785SE"), hidden=True),
    ),
    amounts=(
        AmountFinding(value=Money(value=Decimal("5.00"), currency="SEK"), confidence=0.9, role=AmountRole.TOTAL, span=Span(0, 10**6)),
    ),
    defects=(Defect(code="impostor", detail="no link"),),
    text=TEXT,
)


def explained(width: int = 100) -> list[str]:
    file = io.StringIO()
    explain.write(READING, file, width=width)
    return file.getvalue().splitlines()


def test_a_value_is_marked_where_it_stands() -> None:
    lines = explained()
    at = next(place for place, line in enumerate(lines) if "8012 3456" in line)
    # Two ideographs are as wide as four letters.
    assert lines[at + 1].index("^") == lines[at].index("8012 3456") + 2
    assert lines[at + 1].count("^") == len("8012 3456")


def test_role_probability_reasons_and_rivals_stand_below() -> None:
    text = " ".join(" ".join(explained(200)).split())
    assert "order number 80123456 99% label +2.5, shape -0.3 = +2.2 else product code <1%" in text


def test_of_a_long_line_the_part_around_the_value_is_shown() -> None:
    line = next(line for line in explained() if "RB123456785SE" in line)
    assert len(line) <= 100
    assert line.count("…") == 2


def test_a_hidden_value_says_so() -> None:
    assert any("hidden" in line for line in explained())


def test_what_has_no_place_in_the_text_is_told_before_it() -> None:
    lines = explained()
    assert any(line.startswith("kind payment 97%") for line in lines)
    assert any(line.startswith("total 5.00 SEK 90%") for line in lines)  # its place is not in the text
    assert any("defect: impostor" in line for line in lines)


def test_the_card_of_a_mail_tells_each_finding() -> None:
    file = io.StringIO()
    card.write(READING, file, width=100)
    text = file.getvalue()
    for part in ("paid", "Kajutan (the sender may be an impostor)", "order number", "80123456", "99%", "RB123456785SE", "5.00 SEK"):
        assert part in text
