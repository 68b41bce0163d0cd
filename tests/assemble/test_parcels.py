"""A parcel has all its numbers: before and after it was handed over, and that of its shipment."""

from __future__ import annotations

import orderparse

LP, LOCAL, SHIPMENT = "LP00286410975312", "RB123456785SE", "60318264975"
SHIPPED = f"""\
From: AliExpress <transaction@notice.aliexpress.com>
Date: Sun, 1 Mar 2026 12:00:00 +0100
Message-ID: <1@x>
Subject: Order 8012345678904321: order shipped

Order number: 8012345678904321
Tracking number: {LP}
"""
HANDED_OVER = f"""\
From: AliExpress <transaction@notice.aliexpress.com>
Date: Tue, 10 Mar 2026 12:00:00 +0100
Message-ID: <2@x>
Subject: Order 8012345678904321: with local carrier

Order number: 8012345678904321
Tracking number: {LP}
Your package is now with PostNord.
Local tracking number: {LOCAL}
"""
FROM_THE_POST = f"""\
From: PostNord <noreply@postnord.com>
Date: Thu, 12 Mar 2026 12:00:00 +0100
Message-ID: <3@x>
Subject: Your parcel has been delivered

Tracking number: {LOCAL}
Your parcel has been delivered on 12 March 2026.
"""
IN_PIECES = f"""\
From: Shop <order@shop.example>
Date: Sun, 1 Mar 2026 12:00:00 +0100
Message-ID: <4@x>
Subject: Your order 48213 has shipped

Order number: 48213
Carrier: PostNord
Shipment number: {SHIPMENT}
Parcel number: {LOCAL}
"""


def orders(*mails: str) -> list[orderparse.Order]:
    return orderparse.consolidate([orderparse.parse(mail) for mail in mails])


def test_the_number_of_the_carrier_that_brings_it_names_that_of_the_one_that_delivers() -> None:
    numbers = {found.value: found for found in orderparse.parse(HANDED_OVER).tracking_numbers}
    assert {value: found.handed_over_to for value, found in numbers.items()} == {LP: LOCAL, LOCAL: None}


def test_two_numbers_of_one_parcel_are_one_parcel_that_goes_by_the_local_number() -> None:
    (order,) = orders(SHIPPED, HANDED_OVER)
    (parcel,) = order.order_delivery
    assert (parcel.tracking_number.value, parcel.other_numbers, parcel.carrier) == (LOCAL, (LP,), "PostNord")


def test_a_mail_of_the_local_post_belongs_to_the_order() -> None:
    for mails in ((SHIPPED, HANDED_OVER, FROM_THE_POST), (FROM_THE_POST, HANDED_OVER, SHIPPED)):
        (order,) = orders(*mails)
        (parcel,) = order.order_delivery
        assert parcel.other_numbers == (LP,)
        assert str(parcel.delivered) == "2026-03-12"


def test_without_a_mail_that_says_so_two_numbers_are_two_parcels() -> None:
    assert len(orders(SHIPPED, FROM_THE_POST)) == 2


def test_a_parcel_names_its_shipment_and_a_mail_of_the_shipment_is_of_that_order() -> None:
    (found,) = orderparse.parse(IN_PIECES).tracking_numbers
    assert (found.value, found.shipment) == (LOCAL, SHIPMENT)
    by_shipment = FROM_THE_POST.replace("Tracking number", "Shipment number").replace(LOCAL, SHIPMENT)
    (order,) = orders(IN_PIECES, by_shipment)
    (parcel,) = order.order_delivery
    assert (parcel.tracking_number.value, parcel.other_numbers) == (LOCAL, (SHIPMENT,))


def test_two_pieces_of_one_shipment_stay_two_parcels() -> None:
    (order,) = orders(IN_PIECES + "Parcel number: RB123456799SE\n")
    assert len(order.order_delivery) == 2


def test_numbers_that_differ_at_their_end_from_a_sure_parcels_are_parcels_too() -> None:
    head = "From: DPD Polska <powiadomienia@dpd.com.pl>\nSubject: Paczka\nDate: Tue, 3 Mar 2026 10:00:00 +0100\nContent-Type: text/plain; charset=utf-8\n\n"
    body = "Numer paczki: 0000418826374U\nPaczka 1 z 3. Tu jeszcze: 0000418826375U, 0000418826376U. A to nie: 0000977120376U\n"
    found = orderparse.parse((head + body).encode()).tracking_numbers
    likely = {parcel.value: dict(parcel.reasons) for parcel in found if parcel.confidence >= 0.5}
    assert likely.keys() == {"0000418826374U", "0000418826375U", "0000418826376U"}
    assert "sibling_parcel" in likely["0000418826376U"]
