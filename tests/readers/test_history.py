"""A parcel's history tells one day: when the carrier got the parcel."""

from __future__ import annotations

import pytest

import orderparse

HEAD = "From: GLS <noreply@gls-group.eu>\nDate: Tue, 08 Oct 2024 12:49:00 +0200\nContent-Type: text/plain; charset=utf-8\nSubject: {}\n\n{}"


def days(body: str, subject: str = "Your parcel has been delivered") -> set[tuple[str, str]]:
    reading = orderparse.parse(HEAD.format(subject, body).encode())
    return {(day.role.value, str(day.value)) for day in reading.dates if day.confidence >= 0.5}


@pytest.mark.parametrize(
    "history",
    [
        "2024-10-08 12:47 Delivered\n2024-10-07 19:18 Picked up by GLS\n2024-10-06 11:05 Shipping label created\n",
        "2024-10-06 11:05 Shipping label created\n2024-10-07 19:18 Picked up by GLS\n2024-10-08 12:47 Delivered\n",
        "October 8, 2024, 12:47 pm\nDelivered\nOctober 7, 2024, 7:18 pm\nPicked up by GLS\nOctober 6, 2024\nShipping Label Created\n",
        (
            "08.10.2024\t12:47\tKolding\tPakken er leveret\n07.10.2024\t19:18\tKolding\tPakken er afhentet af GLS\n"
            "06.10.2024\t11:05\tCoolshop\tData er modtaget i GLS' it-system\n"
        ),
        "2024-10-08 12:47 [九龍灣] 已簽收\n2024-10-07 18:16 [葵涌] 順豐速運 已收取快件\n2024-10-06 11:00 訂單資料已接收\n",
        (
            "08.10.2024. 12:47  Rīga  Sūtījums piegādāts\n07.10.2024. 17:22  Kauņa  Sūtījums pieņemts no nosūtītāja\n"
            "06.10.2024. 11:09  Saņemti sūtījuma dati\n"
        ),
    ],
)
def test_a_parcel_was_shipped_when_its_carrier_got_it_and_not_when_its_label_was_made(history: str) -> None:
    found = days(f"Tracking history\n{history}")
    assert ("ship", "2024-10-07") in found
    assert not found & {("ship", "2024-10-06"), ("ship", "2024-10-08")}


def test_events_on_the_way_are_no_days_of_shipping_or_delivery() -> None:
    found = days(
        "2024-10-08 06:31 In transit\n2024-10-07 02:47 On its way\n2024-10-06 17:22 Arrived at the delivery depot\n",
        "Your parcel is on its way",
    )
    assert not {role for role, _ in found} & {"ship", "delivery_estimate"}


def test_the_last_event_is_not_that_the_carrier_got_the_parcel() -> None:
    assert ("ship", "2024-10-08") not in days(
        "2024-10-06 06:31 In transit\n2024-10-07 02:47 In the shop\n2024-10-08 17:22 Picked up by J. Ek\n"
    )


def test_a_list_of_days_without_hours_is_no_history() -> None:
    found = days("Order date: 2024-10-05\nShipped: 2024-10-06\nDelivered: 2024-10-08\n")
    assert {("order", "2024-10-05"), ("ship", "2024-10-06"), ("delivered", "2024-10-08")} <= found


def test_a_shop_that_tells_the_history_of_an_order_says_when_it_was_sent() -> None:
    history = "2024-10-05 10:22 Order placed\n2024-10-05 10:24 Paid\n2024-10-06 14:03 Shipped\n2024-10-07 02:10 In transit\n"
    mail = HEAD.replace("GLS <noreply@gls-group.eu>", "Lampbutiken <info@lampbutiken.example>").format(
        "Your order 4821 has been shipped", history
    )
    found = {(day.role.value, str(day.value)) for day in orderparse.parse(mail.encode()).dates if day.confidence >= 0.5}
    assert ("ship", "2024-10-06") in found
    assert ("ship", "2024-10-07") not in found
