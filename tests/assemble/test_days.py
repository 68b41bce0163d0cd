"""Days: which of them are told by the kind of a mail, and which are no moment of an order."""

from __future__ import annotations

import orderparse

HEAD = "From: Lampbutiken <info@lampbutiken.example>\nDate: Tue, 03 Mar 2026 10:00:00 +0100\nContent-Type: text/plain; charset=utf-8\n"


def days(subject: str, body: str) -> set[tuple[str, str]]:
    reading = orderparse.parse(f"{HEAD}Subject: {subject}\n\n{body}".encode())
    return {(day.role.value, str(day.value)) for day in reading.dates if day.confidence >= 0.5}


def test_a_period_in_which_goods_were_shipped_is_a_rule_and_no_day_of_the_order() -> None:
    body = "Order number: 4821\nPlaced on 3 March 2026\nItems shipped between {} may be returned until 30 April 2026.\n"
    assert days("Your order is confirmed", body.format("1 February and 15 March 2026")) == {("order", "2026-03-03")}
    assert ("ship", "2026-03-01") in days("Your order has shipped", "Order number: 4821\nShipped: 1 - 2 March 2026\n")


def test_a_parcel_that_comes_today_and_is_on_its_way_was_not_sent_today() -> None:
    body = "Tracking number: RB123456785SE\nYour parcel is on its way, and your courier expects to deliver it today between 11:24 - 13:24\n"
    assert days("We're delivering your parcel today", body) == {("delivery_estimate", "2026-03-03")}


def test_the_words_of_who_forwards_a_mail_tell_no_day_of_its_kind() -> None:
    body = (
        "Hej! Hämtar du imorgon? Tack\n\nFrån: Lampbutiken <info@lampbutiken.example>\nSkickat: den 3 mars 2026 16:48\n"
        "Till: Eva Ek <eva@mailbox.example>\nÄmne: Din order har skickats\n\nOrdernummer: 4821\nDin order har skickats.{}\n"
    )
    assert days("VB: Din order har skickats", body.format("")) == set()
    assert days("VB: Din order har skickats", body.format(" 6 mars 2026")) == {("delivery_estimate", "2026-03-06")}


def test_another_day_that_may_be_chosen_is_not_the_day_of_delivery() -> None:
    for body in (
        "Votre colis sera livré demain. Choisissez une autre date de livraison (du 15/03 au 20/03).\n",
        "Your parcel will be delivered tomorrow. Choose another delivery date: 15/03/2026\n",
    ):
        assert days("Votre colis arrive demain", body) == {("delivery_estimate", "2026-03-04")}


def test_a_verb_that_ends_a_sentence_does_not_name_the_day_of_the_next() -> None:
    body = "Your order 99120441 has been shipped. March 18 is the day of delivery.\n"
    assert days("Your order has shipped", body) == {("delivery_estimate", "2026-03-18")}
    assert ("ship", "2026-03-02") in days("Your order has shipped", "Order 99120441\nShipped. 2 March 2026\n")


def test_a_date_of_delivery_that_has_passed_is_no_estimate_in_an_invoice() -> None:
    body = "Invoice number: 77120\nInvoice date: 3 March 2026\nDue date: 31 March 2026\nDelivery date: {}\nTotal: 12.00 EUR\n"
    assert ("delivery_estimate", "2026-03-02") not in days("Invoice 77120", body.format("2 March 2026"))
    assert ("delivery_estimate", "2026-03-09") in days("Invoice 77120", body.format("9 March 2026"))


def test_until_which_day_a_parcel_waits_is_told_in_a_mail_that_it_waits() -> None:
    body = "Votre colis vous attend dans votre bureau de poste, à partir du 4 mars 2026 et jusqu'au 18 mars 2026 inclus.\n"
    assert ("pickup_until", "2026-03-18") in days("Votre colis vous attend dans votre bureau de poste", body)


def test_the_weekday_of_what_is_done_is_the_last_one() -> None:
    text = "From: a@velo.example\nSubject: Bonjour\nDate: Tue, 18 Oct 2016 09:12:31 +0200\nContent-Type: text/plain; charset=utf-8\n\n"
    reading = orderparse.parse(f"{text}Je n'ai reçu aucune nouvelle depuis ma commande de mercredi dernier.\n".encode())
    assert [(day.role.value, day.value.isoformat()) for day in reading.dates if day.confidence >= 0.5] == [("order", "2016-10-12")]


def test_a_day_that_is_called_today_too_is_that_of_the_shipment() -> None:
    head = "From: Tea <a@tea.example>\nSubject: Your order has shipped\nDate: Fri, 16 Feb 2018 10:00:00 +0100\n\n"
    for sentence, expected in (
        ("The parcel left our hands today, 16/02/2018, with all that you wanted.", [("ship", "2018-02-16")]),
        ("Printed on 16/02/2018.", []),
    ):
        reading = orderparse.parse(f"{head}Order number: 48213\n{sentence}\n".encode())
        assert [(day.role.value, day.value.isoformat()) for day in reading.dates if day.confidence >= 0.5] == expected, sentence


def test_a_day_of_dispatch_with_hours_to_come_is_one_of_delivery() -> None:
    head = "From: Tea <a@tea.example>\nSubject: Your order is confirmed\nDate: Fri, 16 Feb 2018 10:00:00 +0100\n\nOrder number: 48213\n"
    for hours, expected in ((", 09:00 - 17:00", "delivery_estimate"), ("", "ship")):
        reading = orderparse.parse(f"{head}Dispatch date: 20 February 2018{hours}\n".encode())
        assert [day.role.value for day in reading.dates if day.confidence >= 0.5] == [expected]


def test_pay_today_is_no_day_of_a_bill() -> None:
    head = "From: Klarna <a@klarna.com>\nSubject: Payment reminder\nDate: Fri, 16 Feb 2018 10:00:00 +0100\n\n"
    reading = orderparse.parse(
        f"{head}We have not got your payment yet. Pay today and there is no fee. Amount to pay: 20.00 EUR\n".encode()
    )
    assert [day.role.value for day in reading.dates if day.role.value == "invoice" and day.confidence >= 0.5] == []


def test_a_day_whose_role_is_told_elsewhere_is_not_told_by_the_kind_of_mail() -> None:
    body = "The invoice fell due on the 24th of February: 24 February 2026.\nDue date: 2026-02-24\nAmount to pay: 20.00 EUR\n"
    assert ("invoice", "2026-02-24") not in days("Your invoice 4821 is overdue", body)


def test_what_can_be_here_tomorrow_in_a_cancellation_is_something_else() -> None:
    body = "Your order 4821 was cancelled.\nStill need it? Similar items that are delivered tomorrow.\n"
    assert days("Your order 4821 was cancelled", body) == set()


def test_a_working_week_is_no_day() -> None:
    for hours in ("Monday - Friday 08:00 - 22:00, Saturday - Sunday 09:00 - 18:00", "Monday - Friday", "Mån - fre 8-17"):
        body = f"Order number: 4821\nYour order has shipped and arrives soon.\nCustomer service {hours}\n"
        assert days("Your order has shipped", body) == set(), hours


def test_a_day_of_delivery_that_a_review_request_tells_stays_and_one_that_a_sale_offers_does_not() -> None:
    told = days(
        "What did you think of your lamp?",
        "Tell others about it: leave a review.\nThe review is of what was delivered on 27 February 2026.\n",
    )
    assert ("delivered", "2026-02-27") in told
    assert days("Up to 50 % off", "Sale! Delivery by 24 March 2026 if you order today.\nUnsubscribe\n") == set()


def test_a_day_beside_an_order_number_gives_way_to_the_one_that_is_called_the_orders() -> None:
    text = "Order number: 48213 of 4 May 2015\nOrder date: 2 May 2015\n"
    assert days("Hello", text.partition("\n")[0] + "\n") == {("order", "2015-05-04")}
    assert days("Hello", text) == {("order", "2015-05-02")}


def test_a_day_from_which_an_order_is_was_not_that_on_which_it_was_sent() -> None:
    assert days("Hej", "Nu har vi skickat en del av din beställning 108842177 från 25 oktober 2015.\n") == {("order", "2015-10-25")}


def test_what_should_be_with_you_in_a_mail_about_a_refund_is_the_money() -> None:
    text = "The shop sent you a refund of £6.50 on 4 March 2026. It should be with you by 24 March 2026.\n"
    assert ("refund", "2026-03-24") in days("Refund sent", text)


def test_a_new_parcel_in_a_mail_about_a_refund_still_comes() -> None:
    text = "Your refund of £6.50 is on its way.\nNew parcel: RR123456785SE\nEstimated delivery: 24 March 2026\n"
    assert ("delivery_estimate", "2026-03-24") in days("Your refund", text)


def test_the_number_of_a_house_behind_the_label_of_an_address_is_no_day_of_delivery() -> None:
    assert days("Hello", "Order number: 48213\nDelivery address: Kirra Dawson, 7/22 Marine Parade\n") == set()


def test_money_may_come_back_on_a_day_to_come() -> None:
    assert ("refund", "2026-03-24") in days("Your refund", "Order number: 48213\nRefund date: 24 March 2026\n")


def test_a_reminder_says_again_when_a_bill_is_due() -> None:
    body = "Invoice number: 20174\nInvoice date: 2026-02-02\nDue date: 2026-02-16\nPlease transfer £34.00 to our account.\n2026-03-13\n"
    assert {("due", "2026-02-16"), ("due", "2026-03-13")} <= days("Payment reminder: invoice 20174", body)


def test_a_parcel_waits_until_the_day_that_is_said_to_be_the_last() -> None:
    body = "Your order 4821 is ready to collect. The shop keeps your things safe, till 10 March 2026.\nThe sequel is out 25 March 2026.\n"
    assert ("pickup_until", "2026-03-10") in days("Your order is ready for collection", body)
    assert ("pickup_until", "2026-03-25") not in days("Your order is ready for collection", body)


def test_of_several_last_days_that_of_the_pickup_counts_and_of_days_that_are_none_no_one():
    sale = "It waits for you, ready for collection, and does so until Tuesday 10 March.\n\nOur spring prices are good until 25 March."
    assert _collected(sale) == {"2026-03-10"}
    party = "The shed is open from 10 March.\n\nOn 25 March we dance in it."
    assert _collected(party) == set()
    below = "It is there from 10 March.\n\nReady until\n17 March"
    assert _collected(below) == {"2026-03-17"}


def _collected(body: str) -> set[str]:
    return {day for role, day in days("Your order is ready for collection", body) if role == "pickup_until"}


def test_who_bought_before_may_be_asked_for_a_review() -> None:
    assert days("How was your purchase?", "On 20 February 2026 you bought from us. Please write a review.\n") == {("order", "2026-02-20")}
    assert days("Did you forget something?", "Finish your purchase today, you ordered nothing yet.\n") == set()


def test_what_arrives_at_a_carriers_depot_was_not_sent_there_and_then() -> None:
    head = HEAD.replace("Lampbutiken <info@lampbutiken.example>", "USPS <auto-reply@usps.com>")
    body = "Tracking Number: 9400111899223410782313\nMoving Through Network\nArrived at USPS Regional Facility, March 3, 2026, 4:12 am\n"
    subject = "USPS Expected Delivery on Thursday, March 5, 2026 arriving by 9:00pm 9400111899223410782313"
    reading = orderparse.parse(f"{head}Subject: {subject}\n\n{body}Your package is moving through our network.\n".encode())
    assert [day.role.value for day in reading.dates if day.confidence >= 0.5] == ["delivery_estimate"]
