from datetime import date
from decimal import Decimal

from orderparse.records import AmountFinding, DateFinding, Finding, Identifier, MailOrder, Money, Reading, TrackingNumber
from orderparse.roles import AmountRole, DateRole, MailKind, Role
from orderparse.training.judge import judge
from orderparse.training.truth import OrderTruth, Truth

DAY = date(2026, 3, 10)
TRUTH = Truth(
    kind=MailKind.PICKUP,
    codes={"NB10482": Role.ORDER_NUMBER, "551207": Role.PRODUCT_CODE},
    dates=frozenset({(DateRole.DELIVERY_ESTIMATE, DAY)}),
    amounts=frozenset({(AmountRole.TOTAL, Decimal("9.5"))}),
    currency="EUR",
    free_codes=frozenset({"777"}),
)


def rights(**fields):
    return [(one.role, one.right) for one in judge(Reading(source="", **fields), TRUTH).judged]


def test_a_number_is_compared_without_signs_and_case():
    assert rights(order_numbers=(Finding(value="#nb-10482", confidence=0.9),)) == [("order_number", True)]


def test_a_product_code_as_order_number_is_wrong():
    assert rights(order_numbers=(Finding(value="551207", confidence=0.9),)) == [("order_number", False)]
    assert rights(identifiers=(Identifier(value="551207", confidence=0.9, role=Role.PRODUCT_CODE),)) == [("product_code", True)]


def test_what_is_free_is_neither_right_nor_wrong():
    assert rights(order_numbers=(Finding(value="777", confidence=0.9),)) == []


def test_a_range_is_right_only_with_both_days():
    fields = {"value": DAY, "confidence": 0.9, "role": DateRole.DELIVERY_ESTIMATE}
    assert rights(dates=(DateFinding(until=date(2026, 3, 12), **fields),)) == [("date:delivery_estimate", False)]
    assert rights(dates=(DateFinding(**fields),)) == [("date:delivery_estimate", True)]


def test_a_total_in_another_currency_is_wrong():
    for currency, right in (("EUR", True), ("SEK", False)):
        money = Money(value=Decimal("9.50"), currency=currency)
        assert rights(amounts=(AmountFinding(value=money, confidence=0.9, role=AmountRole.TOTAL),)) == [("amount:total", right)]


def test_a_parcel_that_waits_has_come():
    assert rights(kind=Finding(value=MailKind.DELIVERED, confidence=0.9)) == [("kind", True)]


def test_what_was_not_found_is_missed():
    assert ("order_number", "NB10482") in judge(Reading(source=""), TRUTH).missed


def test_a_parcel_with_the_wrong_order_is_not_at_home():
    truth = Truth(
        codes={"1001": Role.ORDER_NUMBER, "RB123456785SE": Role.TRACKING_NUMBER},
        orders=(OrderTruth(order_number="1001"), OrderTruth(order_number="1002", tracking_numbers=frozenset({"RB123456785SE"}))),
    )
    parcel = TrackingNumber(value="RB123456785SE", confidence=0.9, belongs=0.8)
    for number, right in (("1001", False), ("1002", True)):
        order = MailOrder(order_number=Finding(value=number, confidence=0.9), tracking_numbers=(parcel,))
        verdict = judge(Reading(source="", orders=(order,)), truth)
        assert [(one.confidence, one.right) for one in verdict.judged if one.role == "belongs"] == [(0.8, right)]
