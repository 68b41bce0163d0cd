from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderparse.consolidation import consolidate
from orderparse.records import (
    Address,
    AmountFinding,
    DateFinding,
    Finding,
    Identifier,
    MailOrder,
    Merchant,
    Money,
    Order,
    OrderItem,
    Reading,
    TrackingNumber,
)
from orderparse.roles import AmountRole, DateRole, MailKind, OrderStatus, Role

if TYPE_CHECKING:
    from random import Random

LONG, OTHER_LONG = "8012345678901234", "8012345678905678"
PARCEL, OTHER_PARCEL = "RB123456785SE", "00370123456789012345"


def mail(
    ident: str | None,
    kind: MailKind = MailKind.SHIPPING,
    *,
    number: str | None = None,
    sure: float = 0.9,
    parcels: tuple[str, ...] = (),
    carrier: str | None = None,
    shop: str | None = "Kajutan",
    domain: str = "kajutan.example",
    day: int | None = 1,
    reply_to: str | None = None,
    dates: tuple[DateFinding, ...] = (),
    total: str | None = None,
    items: tuple[str, ...] = (),
    payment: str | None = None,
    source: str = "box",
    kind_sure: float = 0.9,
) -> Reading:
    order_number = Finding(value=number, confidence=sure) if number is not None else None
    tracking_numbers = tuple(TrackingNumber(value=parcel, confidence=0.9, carrier=carrier) for parcel in parcels)
    amounts = (AmountFinding(value=Money(value=Decimal(total), currency="SEK"), confidence=0.9, role=AmountRole.TOTAL),) if total else ()
    order = MailOrder(
        order_number=order_number if sure >= 0.5 else None,
        tracking_numbers=tracking_numbers,
        dates=dates,
        amounts=amounts,
        items=tuple(OrderItem(name=name, confidence=0.8) for name in items),
    )
    return Reading(
        source=source,
        message_id=ident,
        in_reply_to=reply_to,
        sent=datetime(2026, 3, day, 12, tzinfo=UTC) if day is not None else None,
        sender=Address(address=f"info@{domain}") if domain else None,
        kind=Finding(value=kind, confidence=kind_sure),
        merchant=Merchant(value=shop, confidence=0.95) if shop is not None else None,
        order_numbers=(order_number,) if order_number is not None else (),
        tracking_numbers=tracking_numbers,
        dates=dates,
        amounts=amounts,
        items=order.items,
        payment_method=Finding(value=payment, confidence=0.9) if payment else None,
        orders=(order,),
    )


def estimate(first: int, last: int | None = None) -> DateFinding:
    until = date(2026, 3, last) if last is not None else None
    return DateFinding(value=date(2026, 3, first), until=until, confidence=0.9, role=DateRole.DELIVERY_ESTIMATE)


def carrier_mail(ident: str, *parcels: str, day: int = 5, kind: MailKind = MailKind.PICKUP, dates: tuple[DateFinding, ...] = ()) -> Reading:
    return mail(ident, kind, parcels=parcels, carrier="PostNord", shop=None, domain="postnord.example", day=day, dates=dates)


def numbers(orders: list[Order]) -> list[str | None]:
    return [order.order_number.value if order.order_number is not None else None for order in orders]


def status(*mails: Reading) -> OrderStatus | None:
    (order,) = consolidate(mails)
    return order.status.value if order.status is not None else None


def test_mails_with_the_order_number_of_one_merchant_are_one_order() -> None:
    (order,) = consolidate([mail("<1>", number="1042"), mail("<2>", number="1042", day=2)])
    assert order.messages == ("<1>", "<2>")
    assert [join.reason for join in order.joined_by] == ["order_number"]
    assert order.joined_by[0].confidence == pytest.approx(0.81)


def test_a_short_order_number_of_two_merchants_is_two_orders() -> None:
    orders = consolidate([mail("<1>", number="1042"), mail("<2>", number="1042", shop="Lykta", domain="lykta.example")])
    assert numbers(orders) == ["1042", "1042"]


def test_a_short_order_number_does_not_join_a_mail_of_nobody_known() -> None:
    orders = consolidate([mail("<1>", number="1042"), mail("<2>", number="1042", shop=None, domain="elsewhere.example")])
    assert len(orders) == 2


def test_the_senders_domain_stands_for_an_unknown_merchant() -> None:
    unknown = partial(mail, number="1042", shop=None, domain="mail.lykta.example")
    assert len(consolidate([unknown("<1>"), unknown("<2>")])) == 1
    assert len(consolidate([mail("<1>", number="1042"), mail("<2>", number="1042", shop=None, domain="news.kajutan.example")])) == 1


def test_two_strangers_at_a_mailbox_provider_have_no_sender_in_common() -> None:
    stranger = partial(mail, number="1042", shop=None, domain="gmail.com")
    assert len(consolidate([stranger("<1>"), stranger("<2>")])) == 2


def test_a_domain_that_mails_for_two_merchants_does_not_tell_who_an_unknown_one_is() -> None:
    pay = "pay.example"
    mails = [
        mail("<1>", number="1042", domain=pay),
        mail("<2>", number="7", shop="Lykta", domain=pay),
        mail("<3>", number="1042", shop=None, domain=pay),
    ]
    assert len(consolidate(mails)) == 3


def test_a_distinctive_order_number_joins_a_mail_without_merchant() -> None:
    assert len(consolidate([mail("<1>", number=LONG), mail("<2>", number=LONG, shop=None, domain="postnord.example")])) == 1


def test_a_carrier_is_not_the_merchant() -> None:
    carried = mail("<2>", number=LONG, parcels=(PARCEL,), carrier="PostNord", shop="PostNord", domain="postnord.example", day=2)
    (order,) = consolidate([mail("<1>", number=LONG), carried])
    assert order.merchant is not None
    assert order.merchant.value == "Kajutan"


def test_a_distinctive_order_number_that_two_merchants_have_joins_no_third() -> None:
    mails = [
        mail("<1>", number=LONG),
        mail("<2>", number=LONG, shop="Lykta", domain="lykta.example"),
        mail("<3>", number=LONG, shop=None, domain="elsewhere.example"),
    ]
    assert len(consolidate(mails)) == 3


@pytest.mark.parametrize("name", ["Kajutan AB", "kajutan.se", "KAJUTAN", "Kajutan Sverige"])
def test_a_merchants_name_may_be_written_in_several_ways(name: str) -> None:
    assert len(consolidate([mail("<1>", number=LONG), mail("<2>", number=LONG, shop=name, domain="pay.example")])) == 1


def test_an_order_number_below_one_half_joins_nothing() -> None:
    orders = consolidate([mail("<1>", number=LONG), mail("<2>", number=LONG, sure=0.4, day=2)])
    assert [order.messages for order in orders] == [("<1>",), ("<2>",)]
    assert orders[1].order_number is not None
    assert orders[1].order_number.confidence == 0.4


def test_a_carriers_mail_joins_the_order_that_has_the_parcel() -> None:
    (order,) = consolidate([mail("<1>", number="1042", parcels=(PARCEL,)), carrier_mail("<2>", PARCEL)])
    assert order.messages == ("<1>", "<2>")
    assert [join.reason for join in order.joined_by] == ["tracking_number"]
    assert order.status is not None
    assert order.status.value is OrderStatus.PICKUP_AVAILABLE
    assert order.order_delivery[0].carrier == "PostNord"


def test_a_parcel_that_is_named_beside_a_known_one_belongs_to_its_order() -> None:
    mails = [mail("<1>", number="1042", parcels=(PARCEL,)), carrier_mail("<2>", PARCEL, OTHER_PARCEL), carrier_mail("<3>", OTHER_PARCEL)]
    (order,) = consolidate(mails)
    assert [parcel.tracking_number.value for parcel in order.order_delivery] == [PARCEL, OTHER_PARCEL]


def test_a_parcel_without_order_is_an_order_without_number() -> None:
    (order,) = consolidate([carrier_mail("<1>", PARCEL), carrier_mail("<2>", PARCEL, kind=MailKind.DELIVERED, day=7)])
    assert order.order_number is None
    assert order.confidence == 0.9
    assert order.order_delivery[0].status is not None
    assert order.order_delivery[0].status.value is OrderStatus.DELIVERED


def test_two_orders_of_one_merchant_that_share_a_parcel_stay_two_and_both_list_it() -> None:
    mails = [
        mail("<1>", number="1042", parcels=(PARCEL,)),
        mail("<2>", number="1043", parcels=(PARCEL,), day=2),
        carrier_mail("<3>", PARCEL),
    ]
    orders = consolidate(mails)
    assert numbers(orders) == ["1042", "1043"]
    assert [order.order_delivery[0].tracking_number.value for order in orders] == [PARCEL, PARCEL]
    assert [order.messages for order in orders] == [("<1>", "<3>"), ("<2>", "<3>")]


def test_a_mail_with_the_parcels_of_two_orders_gives_each_its_own() -> None:
    mails = [
        mail("<1>", number="1042", parcels=(PARCEL,)),
        mail("<2>", number="1043", parcels=(OTHER_PARCEL,), day=2),
        carrier_mail("<3>", PARCEL, OTHER_PARCEL, "JJD000390007712345678"),
    ]
    orders = consolidate(mails)
    parcels = [[parcel.tracking_number.value for parcel in order.order_delivery] for order in orders]
    assert parcels == [[PARCEL], [OTHER_PARCEL], ["JJD000390007712345678"]]


def test_a_short_tracking_number_joins_no_other_sender() -> None:
    assert len(consolidate([mail("<1>", number="1042", parcels=("12345",)), carrier_mail("<2>", "12345")])) == 2


def test_a_carriers_own_number_for_the_order_is_another_order_number() -> None:
    carried = mail("<2>", number="SE-554433", parcels=(PARCEL,), carrier="PostNord", shop=None, domain="postnord.example", day=2)
    (order,) = consolidate([mail("<1>", number=LONG, parcels=(PARCEL,)), carried])
    assert numbers([order]) == [LONG]
    assert [other.value for other in order.other_order_numbers] == ["SE-554433"]


def test_a_reply_within_a_thread_joins_the_merchants_order() -> None:
    (order,) = consolidate([mail("<1>", number="1042"), mail("<2>", MailKind.EXCEPTION, reply_to="<1>", day=2)])
    assert [join.reason for join in order.joined_by] == ["thread"]
    assert order.status is not None
    assert order.status.value is OrderStatus.PROBLEM


def test_a_thread_of_another_merchant_joins_nothing() -> None:
    other = mail("<2>", MailKind.EXCEPTION, reply_to="<1>", shop="Lykta", domain="lykta.example", day=2)
    assert len(consolidate([mail("<1>", number="1042"), other])) == 2


def test_a_thread_with_two_orders_joins_nothing() -> None:
    mails = [mail("<1>", number="1042"), mail("<2>", number="1043", reply_to="<1>", day=2), mail("<3>", reply_to="<1>", day=3)]
    assert sorted(map(str, numbers(consolidate(mails)))) == ["1042", "1043", "None"]


def test_a_mail_of_no_order_is_left_out() -> None:
    assert (
        consolidate([mail("<1>", MailKind.OTHER), mail("<2>", kind_sure=0.3), Reading(source="x", status="failed", reason="crash")]) == []
    )


def test_a_receipt_without_number_is_an_order_as_sure_as_its_kind_and_merchant() -> None:
    (order,) = consolidate([mail("<1>", MailKind.PAYMENT, total="20.00")])
    assert order.confidence == pytest.approx(0.9 * 0.95)
    assert consolidate([mail("<1>", MailKind.PAYMENT, shop=None)])[0].confidence < 0.5


def test_a_copy_of_a_mail_counts_once_and_the_first_source_stands() -> None:
    (order,) = consolidate([mail("<1>", number="1042", source="b"), mail("<1>", number="1042", source="a")])
    assert [event.source for event in order.events] == ["a"]
    assert order.joined_by == ()


def test_two_mails_with_one_message_id_and_different_content_are_two_events() -> None:
    (order,) = consolidate([mail("<1>", number="1042"), mail("<1>", MailKind.DELIVERED, number="1042", day=2)])
    assert [event.kind for event in order.events] == [MailKind.SHIPPING, MailKind.DELIVERED]
    assert order.messages == ("<1>",)


def test_a_mail_without_message_id_is_named_by_its_source() -> None:
    (order,) = consolidate([mail(None, number="1042", source="in.mbox#12")])
    assert order.messages == ("in.mbox#12",)


@pytest.mark.parametrize(
    ("kinds", "stands"),
    [
        ([MailKind.ORDER_CONFIRMATION], OrderStatus.PROCESSING),
        ([MailKind.INVOICE], OrderStatus.PROCESSING),
        ([MailKind.PAYMENT, MailKind.SHIPPING], OrderStatus.IN_TRANSIT),
        ([MailKind.SHIPPING, MailKind.PAYMENT], OrderStatus.IN_TRANSIT),
        ([MailKind.DELIVERED, MailKind.INVOICE], OrderStatus.DELIVERED),
        ([MailKind.DELIVERED, MailKind.SHIPPING], OrderStatus.DELIVERED),
        ([MailKind.PICKUP, MailKind.OUT_FOR_DELIVERY], OrderStatus.PICKUP_AVAILABLE),
        ([MailKind.SHIPPING, MailKind.EXCEPTION], OrderStatus.PROBLEM),
        ([MailKind.SHIPPING, MailKind.EXCEPTION, MailKind.PAYMENT], OrderStatus.PROBLEM),
        ([MailKind.SHIPPING, MailKind.EXCEPTION, MailKind.SHIPPING], OrderStatus.IN_TRANSIT),
        ([MailKind.EXCEPTION, MailKind.PAYMENT], OrderStatus.PROCESSING),
        ([MailKind.DELIVERED, MailKind.REFUND], OrderStatus.RETURNED),
        ([MailKind.CANCELLATION, MailKind.PAYMENT], OrderStatus.CANCELLED),
        ([MailKind.CANCELLATION, MailKind.SHIPPING], OrderStatus.IN_TRANSIT),
        ([MailKind.DELIVERED, MailKind.OTHER], OrderStatus.DELIVERED),
        ([MailKind.OTHER], None),
    ],
)
def test_the_status_follows_the_newest_mail_and_never_falls_back(kinds: list[MailKind], stands: OrderStatus | None) -> None:
    assert status(*(mail(f"<{day}>", kind, number="1042", day=day) for day, kind in enumerate(kinds, 1))) is stands


def test_a_mail_without_date_never_outranks() -> None:
    assert status(mail("<1>", number="1042", day=3), mail("<2>", MailKind.CANCELLATION, number="1042", day=None)) is OrderStatus.IN_TRANSIT
    assert status(mail("<2>", MailKind.CANCELLATION, number="1042", day=None)) is OrderStatus.CANCELLED


def test_an_unsure_kind_changes_nothing() -> None:
    assert (
        status(mail("<1>", number="1042"), mail("<2>", MailKind.CANCELLATION, number="1042", day=2, kind_sure=0.4))
        is OrderStatus.IN_TRANSIT
    )


def test_dates_with_and_without_zone_are_compared() -> None:
    naive = Reading(
        source="n",
        message_id="<n>",
        sent=datetime(2026, 3, 9),  # noqa: DTZ001
        kind=Finding(value=MailKind.DELIVERED, confidence=0.9),
        merchant=Merchant(value="Kajutan", confidence=0.9),
        order_numbers=(Finding(value="1042", confidence=0.9),),
    )
    assert status(naive, mail("<1>", number="1042")) is OrderStatus.DELIVERED


def test_the_newest_estimate_stands() -> None:
    mails = [
        mail("<1>", MailKind.ORDER_CONFIRMATION, number="1042", dates=(estimate(20, 25),)),
        mail("<2>", number="1042", parcels=(PARCEL,), day=2, dates=(estimate(10, 14),)),
        carrier_mail("<3>", PARCEL, dates=(estimate(12),)),
    ]
    (parcel,) = consolidate(mails)[0].order_delivery
    assert (parcel.expected_from, parcel.expected_until) == (date(2026, 3, 12), date(2026, 3, 12))


def test_each_parcel_has_its_own_status_and_days() -> None:
    delivered = DateFinding(value=date(2026, 3, 6), confidence=0.9, role=DateRole.DELIVERED)
    mails = [
        mail("<1>", number="1042", parcels=(PARCEL,), dates=(estimate(6),)),
        mail("<2>", number="1042", parcels=(OTHER_PARCEL,), dates=(estimate(9),), day=2),
        carrier_mail("<3>", PARCEL, kind=MailKind.DELIVERED, dates=(delivered,), day=6),
    ]
    first, second = consolidate(mails)[0].order_delivery
    assert first.status is not None
    assert second.status is not None
    assert (first.status.value, first.delivered, first.expected_from) == (OrderStatus.DELIVERED, date(2026, 3, 6), date(2026, 3, 6))
    assert (second.status.value, second.delivered, second.expected_from) == (OrderStatus.IN_TRANSIT, None, date(2026, 3, 9))


def test_the_total_is_the_confirmations_before_the_payments() -> None:
    mails = [
        mail("<1>", MailKind.PAYMENT, number="1042", total="99.00", payment="Visa"),
        mail("<2>", MailKind.ORDER_CONFIRMATION, number="1042", total="129.00", day=2),
    ]
    (order,) = consolidate(mails)
    assert order.total is not None
    assert order.payment is not None
    assert (order.total.value.value, order.payment.value) == (Decimal("129.00"), "Visa")


def test_an_item_is_listed_once() -> None:
    (order,) = consolidate([mail("<1>", number="1042", items=("Tea  pot", "Cup")), mail("<2>", number="1042", items=("TEA POT",), day=2)])
    assert [item.name for item in order.items] == ["Tea  pot", "Cup"]


def test_the_order_date_is_the_surest_one_that_a_mail_gives() -> None:
    told = DateFinding(value=date(2026, 2, 27), confidence=0.8, role=DateRole.ORDER)
    first, second = consolidate([mail("<1>", number="1042", dates=(told,)), mail("<2>", number="1043")])
    assert first.order_date == replace(told, belongs=1.0)
    assert second.order_date is None


def test_orders_come_oldest_first_and_undated_ones_last() -> None:
    mails = [mail("<1>", number="3", day=None), mail("<2>", number="2", day=9), mail("<3>", number="1", day=4)]
    assert numbers(consolidate(mails)) == ["1", "2", "3"]


def test_orders_of_one_buyer_that_share_their_last_digits_support_one_another() -> None:
    weak = mail("<1>", number="8012345678901234", sure=0.4)
    other = mail("<2>", number="8012345678911234", sure=0.8, day=2)
    alone = consolidate([weak, other])
    together = consolidate([weak, other], shared_suffix={"Kajutan": 4})
    assert [order.confidence for order in alone] == [0.9 * 0.95, 0.8]
    assert together[0].order_number is not None
    assert together[0].order_number.value == "8012345678901234"
    assert together[0].confidence == pytest.approx(10 * 0.4 / (1 + 9 * 0.4))
    assert together[0].order_number.reasons[-1][0] == "shared_suffix"
    assert together[1].confidence == 0.8  # a weak number supports nobody


def test_nothing_gives_nothing() -> None:
    assert consolidate([]) == []


def paid(
    ident: str, total: str, *, day: int = 2, shop: str | None = "Kajutan", number: str | None = None, kind: MailKind = MailKind.PAYMENT
) -> Reading:
    return mail(ident, kind, number=number, shop=shop, domain="pay.example", day=day, total=total)


def confirmed(ident: str, number: str, total: str | None, *, day: int = 1) -> Reading:
    return mail(ident, MailKind.ORDER_CONFIRMATION, number=number, total=total, day=day)


def refunded(ident: str, sums: str, *, day: int = 5) -> Reading:
    amount = AmountFinding(value=Money(value=Decimal(sums), currency="SEK"), confidence=0.9, role=AmountRole.REFUND)
    plain = mail(ident, MailKind.REFUND, number="1042", day=day)
    return replace(plain, amounts=(amount,), orders=(replace(plain.orders[0], amounts=(amount,)),))


def test_a_payment_joins_the_only_order_of_its_shop_sum_and_day() -> None:
    first, second = consolidate([confirmed("<1>", "1042", "99.00"), confirmed("<2>", "1043", "70.00"), paid("<3>", "99.00")])
    assert (first.messages, second.messages) == (("<1>", "<3>"), ("<2>",))
    assert [join.reason for join in first.joined_by] == ["payment"]
    assert first.joined_by[0].confidence == pytest.approx(0.9 * 0.9 * 0.95)


@pytest.mark.parametrize(
    "others",
    [
        [confirmed("<2>", "1043", "99.00"), paid("<3>", "99.00")],  # two orders fit
        [confirmed("<2>", "1043", None), paid("<3>", "99.00")],  # nobody knows what the other one cost
        [paid("<3>", "99.50")],  # another sum
        [paid("<3>", "99.00", day=25)],  # too late
        [paid("<3>", "99.00", shop="Lykta")],  # another shop
        [paid("<3>", "99.00", shop=None)],  # no shop
        [paid("<3>", "99.00"), paid("<4>", "99.00", day=9)],  # two payments, one order
        [mail("<3>", MailKind.OTHER, domain="pay.example", day=2, total="99.00")],  # no payment
    ],
)
def test_a_payment_joins_nothing_where_anything_is_open(others: list[Reading]) -> None:
    for order in consolidate([confirmed("<1>", "1042", "99.00"), *others]):
        assert len(order.messages) == 1


def test_a_short_number_and_the_sum_join_a_payment_that_names_no_shop() -> None:
    assert len(consolidate([confirmed("<1>", "1042", "99.00"), paid("<2>", "99.00", shop=None, number="1042")])) == 1
    assert len(consolidate([confirmed("<1>", "1042", "99.00"), paid("<2>", "98.00", shop=None, number="1042")])) == 2


def test_a_carriers_short_numbers_of_two_shops_are_two_orders() -> None:
    carried = partial(mail, number="1042", shop=None, domain="postnord.example", carrier="PostNord", day=3)
    mails = [
        mail("<1>", number="1042", parcels=(PARCEL,)),
        mail("<2>", number="1042", parcels=(OTHER_PARCEL,), shop="Lykta", domain="lykta.example"),
        carried("<3>", parcels=(PARCEL,)),
        carried("<4>", parcels=(OTHER_PARCEL,)),
    ]
    assert sorted(order.messages for order in consolidate(mails)) == [("<1>", "<3>"), ("<2>", "<4>")]


def test_a_domain_that_speaks_for_a_shop_is_not_the_shop() -> None:
    said = replace(
        carrier_mail("<2>", PARCEL),
        merchant=Merchant(value="Kajutan", confidence=0.9),
        sender=Address(address="no@postnord.example", name="PostNord"),
    )
    other = mail("<3>", number="1042", shop=None, domain="postnord.example", day=6)
    assert len(consolidate([mail("<1>", number="1042", parcels=(PARCEL,)), said, other])) == 2


def test_an_answer_without_number_goes_with_its_thread_and_is_no_order_alone() -> None:
    asked = mail("<2>", MailKind.OTHER, shop="Maja", domain="home.example", reply_to="<1>", day=2)
    answered = mail("<3>", MailKind.OTHER, reply_to="<2>", day=3)
    (order,) = consolidate([mail("<1>", number="1042"), asked, answered])
    assert order.messages == ("<1>", "<2>", "<3>")
    assert consolidate([asked, answered]) == []


def test_the_only_parcel_of_a_shipping_mail_holds_all_its_orders() -> None:
    one = mail("<1>", number="1042")
    two = mail("<1>", number="1043", parcels=(PARCEL,))
    both = replace(one, order_numbers=(*one.order_numbers, *two.order_numbers), orders=(*one.orders, *two.orders))
    orders = consolidate([both, carrier_mail("<2>", PARCEL)])
    assert [order.messages for order in orders] == [("<1>", "<2>"), ("<1>", "<2>")]


def test_a_number_of_which_only_a_carrier_knows_the_hand_over_is_the_same_parcel() -> None:
    local = "RR482150699SE"
    both = carrier_mail("<2>", PARCEL, local, day=3)
    told = tuple(replace(found, handed_over_to=local) if found.value == PARCEL else found for found in both.tracking_numbers)
    both = replace(both, tracking_numbers=told, orders=(replace(both.orders[0], tracking_numbers=told),))
    numbered = mail("<3>", number="1042", parcels=(local,), shop=None, domain="local.example", day=4)
    (order,) = consolidate([mail("<1>", number="1042", parcels=(PARCEL,)), both, numbered])
    assert len(order.order_delivery) == 1


def test_a_refund_of_a_part_returns_nothing() -> None:
    order = (confirmed("<1>", "1042", "99.00"), mail("<2>", MailKind.DELIVERED, number="1042", day=3))
    assert status(*order, refunded("<3>", "40.00")) is OrderStatus.DELIVERED
    assert status(*order, refunded("<3>", "40.00"), refunded("<4>", "40.00")) is OrderStatus.DELIVERED  # told twice
    assert status(*order, refunded("<3>", "40.00"), refunded("<4>", "59.00", day=6)) is OrderStatus.RETURNED
    assert status(*order, refunded("<3>", "99.00")) is OrderStatus.RETURNED


def test_the_money_of_a_cancelled_order_comes_back_and_it_stays_cancelled() -> None:
    assert status(mail("<1>", MailKind.CANCELLATION, number="1042"), refunded("<2>", "99.00")) is OrderStatus.CANCELLED


def test_an_order_of_two_parcels_is_delivered_with_the_last() -> None:
    sent = mail("<1>", number="1042", parcels=(PARCEL, OTHER_PARCEL))
    came = [carrier_mail("<2>", PARCEL, kind=MailKind.DELIVERED), carrier_mail("<3>", OTHER_PARCEL, kind=MailKind.DELIVERED, day=6)]
    assert status(sent, came[0]) is OrderStatus.IN_TRANSIT
    assert status(sent, *came) is OrderStatus.DELIVERED
    assert status(sent, mail("<4>", MailKind.DELIVERED, number="1042", day=7)) is OrderStatus.DELIVERED


def test_a_parcel_has_its_own_story() -> None:
    mails = [mail("<1>", number="1042", parcels=(PARCEL,)), mail("<2>", number="1042", parcels=(OTHER_PARCEL,), day=2)]
    mails += [carrier_mail("<3>", PARCEL, kind=MailKind.EXCEPTION, day=3), carrier_mail("<4>", PARCEL, kind=MailKind.DELIVERED, day=4)]
    first, second = consolidate(mails)[0].order_delivery
    assert [event.message_id for event in first.events] == ["<1>", "<3>", "<4>"]
    assert [event.message_id for event in second.events] == ["<2>"]
    assert first.status is not None
    assert first.status.value is OrderStatus.DELIVERED


mails_strategy = st.lists(
    st.builds(
        mail,
        st.sampled_from([None, "<1>", "<2>", "<3>", "<4>"]),
        st.sampled_from(MailKind),
        number=st.sampled_from([None, "7", "1042", LONG, OTHER_LONG]),
        sure=st.sampled_from([0.3, 0.6, 0.9]),
        parcels=st.lists(st.sampled_from(["12345", PARCEL, OTHER_PARCEL]), unique=True, max_size=3).map(tuple),
        carrier=st.sampled_from([None, "PostNord"]),
        shop=st.sampled_from([None, "Kajutan", "Lykta", "PostNord"]),
        domain=st.sampled_from(["kajutan.example", "lykta.example", "postnord.example", "gmail.com", ""]),
        day=st.sampled_from([None, 1, 2, 3]),
        reply_to=st.sampled_from([None, "<1>", "<2>"]),
        total=st.sampled_from([None, "99.00"]),
        source=st.sampled_from(["a", "b"]),
    ),
    max_size=8,
)


def checkout(ident: str, numbers: tuple[str, ...], totals: tuple[str, ...], day: int = 1) -> Reading:
    """A mail of several orders; the last has its own total, if that is given, and that of all."""
    base = mail(ident, MailKind.ORDER_CONFIRMATION, number=numbers[0], day=day)

    def order(place: int, number: str) -> MailOrder:
        own = totals[place:] if place == len(numbers) - 1 else totals[place : place + 1]
        amounts = tuple(
            AmountFinding(value=Money(value=Decimal(total), currency="SEK"), confidence=0.9, role=AmountRole.TOTAL)
            for total in own
            if total
        )
        return MailOrder(order_number=Finding(value=number, confidence=0.9), amounts=amounts)

    orders = tuple(order(place, number) for place, number in enumerate(numbers))
    found = tuple(order.order_number for order in orders if order.order_number is not None)
    return replace(base, orders=orders, order_numbers=found, amounts=tuple(one for order in orders for one in order.amounts))


@pytest.mark.parametrize("totals", [("60.00", "40.00", "100.00"), ("", "100.00")])
def test_what_was_paid_for_two_orders_at_once_is_of_both_and_the_total_of_neither(totals: tuple[str, ...]) -> None:
    paid = mail("p", MailKind.PAYMENT, total="100.00", shop="Kajutan Nordic", domain="betala.example", day=1)
    first, second = consolidate([checkout("a", (LONG, OTHER_LONG), totals), paid])
    for order, own in ((first, "60.00"), (second, "40.00")):
        assert set(order.messages) == {"a", "p"}
        assert (str(order.total.value.value) if order.total else None) == (own if totals[0] else None)


def test_a_service_that_confirms_a_purchase_at_a_shop_tells_of_the_order_with_that_sum() -> None:
    confirmed = mail("a", MailKind.ORDER_CONFIRMATION, number="4821", total="347.00", day=1)
    bought = mail("b", MailKind.ORDER_CONFIRMATION, total="347.00", domain="betala.example", day=2)
    (order,) = consolidate([confirmed, bought])
    assert set(order.messages) == {"a", "b"}
    other = mail("c", MailKind.ORDER_CONFIRMATION, total="348.00", domain="betala.example", day=2)
    assert len(consolidate([confirmed, other])) == 2


def of_carrier(ident: str, kind: MailKind, day: int, shop: str | None = "Kajutan") -> Reading:
    return mail(ident, kind, shop=shop, domain="paketverket.example", day=day)


def test_a_parcel_that_names_only_its_shop_is_of_the_only_order_under_way() -> None:
    confirmed = mail("a", MailKind.ORDER_CONFIRMATION, number="4821", day=1)
    (order,) = consolidate([confirmed, of_carrier("b", MailKind.OUT_FOR_DELIVERY, 3), of_carrier("c", MailKind.DELIVERED, 3)])
    assert set(order.messages) == {"a", "b", "c"}
    assert order.status is not None
    assert order.status.value is OrderStatus.DELIVERED
    assert {join.reason for join in order.joined_by} == {"merchant"}


def test_a_carrier_writes_a_shops_name_in_full() -> None:
    confirmed = mail("a", MailKind.ORDER_CONFIRMATION, number="4821", day=1)
    (order,) = consolidate([confirmed, of_carrier("b", MailKind.PICKUP, 3, shop="Kajutan Sverige AB")])
    assert set(order.messages) == {"a", "b"}


def test_a_parcel_of_a_shop_joins_no_order_where_it_may_be_anothers() -> None:
    comes = of_carrier("z", MailKind.OUT_FOR_DELIVERY, 9)
    first, second = (mail(name, MailKind.ORDER_CONFIRMATION, number=number, day=1) for name, number in (("a", "4821"), ("b", "4822")))
    nameless = mail("c", MailKind.ORDER_CONFIRMATION, day=2)
    arrived = mail("d", MailKind.DELIVERED, number="4821", day=3)
    other_carrier = mail("e", MailKind.SHIPPING, parcels=(PARCEL,), shop=None, domain="brevbolaget.example", day=3)
    sent = mail("f", MailKind.SHIPPING, number="4821", parcels=(PARCEL,), day=2)
    later = replace(first, sent=datetime(2026, 3, 20, tzinfo=UTC))
    for others in ((first, second), (first, nameless), (first, arrived), (first, sent, other_carrier), (later,)):
        alone = [order for order in consolidate([*others, comes]) if "z" in order.messages]
        assert [order.messages for order in alone] == [("z",)], [other.message_id for other in others]


def test_a_short_number_joins_what_one_domain_writes_under_two_names_that_it_bears() -> None:
    first = mail("a", MailKind.ORDER_CONFIRMATION, number="1042", shop="Kajutan Keramik", domain="kajutankeramik.example")
    for name, domain, orders in (
        ("Tess at Kajutan", "kajutankeramik.example", 1),
        ("Lumen", "kajutankeramik.example", 2),
        ("Tess at Kajutan", "tess.example", 2),
    ):
        answer = mail("b", MailKind.SHIPPING, number="1042", shop=name, domain=domain, day=2)
        assert len(consolidate([first, answer])) == orders, (name, domain)


@given(mails_strategy, st.randoms(use_true_random=False))
def test_the_order_of_the_mails_does_not_matter(mails: list[Reading], random: Random) -> None:
    shuffled = list(mails)
    random.shuffle(shuffled)
    assert consolidate(mails) == consolidate(shuffled)


@given(mails_strategy)
def test_copies_of_the_mails_do_not_matter(mails: list[Reading]) -> None:
    assert consolidate(mails + mails) == consolidate(mails)


@given(mails_strategy)
def test_two_order_numbers_of_one_merchant_are_never_one_order(mails: list[Reading]) -> None:
    named = {f"<{place}>": replace(reading, message_id=f"<{place}>") for place, reading in enumerate(mails)}
    for order in consolidate(named.values()):
        of_merchant: dict[str, set[str]] = {}
        for message in order.messages:
            merchant = named[message].merchant
            if merchant is not None and merchant.value != "PostNord":
                sure = {number.value for number in named[message].order_numbers if number.confidence >= 0.5}
                of_merchant.setdefault(merchant.value, set()).update(sure)
        assert all(len(held) <= 1 for held in of_merchant.values())


@given(mails_strategy)
def test_every_mail_with_a_sure_number_is_in_an_order(mails: list[Reading]) -> None:
    told = {message for order in consolidate(mails) for message in order.messages}
    copies: dict[Reading, set[str]] = {}  # what differs in its source only is one mail, and one source stands for it
    for reading in mails:
        if any(number.confidence >= 0.5 for number in reading.order_numbers):
            copies.setdefault(replace(reading, source=""), set()).add(reading.message_id or reading.source)
    assert all(told & sources for sources in copies.values())


@given(mails_strategy)
def test_confidences_are_probabilities(mails: list[Reading]) -> None:
    for order in consolidate(mails):
        assert 0 <= order.confidence <= 1
        assert all(0 <= join.confidence <= 1 and len(join.messages) > 1 for join in order.joined_by)


def with_reference(reading: Reading, role: Role, value: str) -> Reading:
    return replace(reading, identifiers=(Identifier(value=value, role=role, confidence=0.9),))


def test_a_carriers_reference_that_is_the_number_of_an_order_under_way_joins() -> None:
    ordered = mail("<1>", MailKind.ORDER_CONFIRMATION, number="10874")
    brought = with_reference(carrier_mail("<2>", day=4, kind=MailKind.DELIVERED), Role.REFERENCE, "10874")
    (order,) = consolidate([ordered, brought])
    assert order.messages == ("<1>", "<2>")
    assert [join.reason for join in order.joined_by] == ["reference"]


def test_a_carriers_reference_that_two_orders_have_joins_nothing() -> None:
    two = [mail("<1>", number="10874"), mail("<2>", number="10874", shop="Lykta", domain="lykta.example")]
    brought = with_reference(carrier_mail("<3>", day=4, kind=MailKind.DELIVERED), Role.REFERENCE, "10874")
    assert all("<3>" not in order.messages or order.messages == ("<3>",) for order in consolidate([*two, brought]))


@pytest.mark.parametrize(("bill", "shop", "count"), [("WC-10874", "Kajutan", 1), ("WC-10874", "Lykta", 2), ("WC-108740", "Kajutan", 2)])
def test_a_bill_of_the_shop_that_ends_with_the_number_of_an_order_joins(bill: str, shop: str, count: int) -> None:
    ordered = mail("<1>", MailKind.ORDER_CONFIRMATION, number="10874")
    paid = with_reference(mail("<2>", MailKind.REFUND, shop=shop, domain="paypal.example", day=3), Role.INVOICE_NUMBER, bill)
    assert len(consolidate([ordered, paid])) == count


@pytest.mark.parametrize(
    ("other", "count"), [("AU250417", 1), ("250417", 1), ("AU 25/0417", 1), ("250418", 2), ("AV-25-0417", 2), ("0417", 2)]
)
def test_a_number_that_a_shop_writes_in_two_ways_is_one_order(other: str, count: int) -> None:
    orders = consolidate([mail("<1>", number="AU-25-0417"), mail("<2>", number=other, day=2)])
    assert len(orders) == count
    if count == 1:
        assert [join.reason for join in orders[0].joined_by] == ["order_number"]
