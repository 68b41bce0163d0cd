import pytest

import orderparse


def kind(subject, body="", sender="Lampbutiken <info@lampbutiken.example>", html=False):
    kind_of_text = "html" if html else "plain"
    mail = f"From: {sender}\nSubject: {subject}\nDate: Mon, 09 Mar 2026 10:00:00 +0100\nContent-Type: text/{kind_of_text}; charset=utf-8\n\n{body}"
    reading = orderparse.parse(mail.encode())
    assert reading.kind is not None
    return reading.kind.value.value


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("Thank you for your order", "order_confirmation"),
        ("Orderbekräftelse 48213", "order_confirmation"),
        ("Ihre Zahlung ist eingegangen", "payment"),
        ("Your invoice 77120", "invoice"),
        ("Ditt paket är på väg", "shipping"),
        ("Shipped: desk lamp", "shipping"),
        ("Your parcel is out for delivery", "out_for_delivery"),
        ("Ihr Paket wurde zugestellt", "delivered"),
        ("Ditt paket finns att hämta", "pickup"),
        ("Your delivery is delayed", "exception"),
        ("Deine Bestellung wurde storniert", "cancellation"),
        ("Återbetalning för din retur", "refund"),
        ("You left something in your basket", "other"),
    ],
)
def test_the_subject_tells_the_kind(subject, expected):
    assert kind(subject, "Hello,\nregards\n") == expected


def test_a_later_step_counts_before_the_step_that_it_mentions():
    assert kind("Your lamp", "Your order has been shipped on Monday and has been delivered today.\n") == "delivered"


def test_a_carrier_that_comes_today_is_out_for_delivery():
    body = "We will be with you today between 11 and 12.\nParcel number: 15501234567890\n"
    assert kind("About your parcel", body, sender="DPD <info@dpd.co.uk>") == "out_for_delivery"


def test_a_reply_is_not_what_the_mail_that_it_answers_was():
    assert kind("Re: Thank you for your order", "Hello, the lamp you asked about is two metres high.\nBest wishes, Ann\n") == "other"


def test_markup_that_says_cancelled_outweighs_that_it_is_an_order():
    markup = '<script type="application/ld+json">{"@type":"Order","orderNumber":"48213","orderStatus":"http://schema.org/OrderCancelled"}</script>'
    assert kind("", f"<p>Your lamp</p>{markup}", html=True) == "cancellation"


def test_a_mail_in_an_unknown_language_of_which_nothing_tells_is_of_no_kind():
    reading = orderparse.parse("Subject: Tuta\n\nNuqanchik wasiykipi kachkanchik paqarin tutallaman chayamusaq yachasqaykiman hina\n")
    assert reading.kind is None


@pytest.mark.parametrize(
    ("subject", "body", "expected"),
    [
        ("Ihre Bestellung 400781 vom 11.10.2013: Status geändert", "Bestellnummer: 400781\nNeuer Status: Storniert\n", "cancellation"),
        ("Your order 4821: status changed", "Order number: 4821\nNew status: Shipped\n", "shipping"),
        ("Faktúra č. 2501000934 k objednávke č. 2500871", "Ďakujeme za Váš nákup.\nSuma na úhradu: 187,60 EUR\n", "invoice"),
        ("Lampbutiken: Invoice # 4821 for order # 4822", "Thank you for your order.\nTotal: 12.00 EUR\n", "invoice"),
        ("Your order 4821: confirmed", "Total: 12.00 EUR\n", "order_confirmation"),
    ],
)
def test_a_status_is_told_behind_its_label_and_a_subject_leads_with_a_numbered_paper(subject, body, expected):
    assert kind(subject, body) == expected


@pytest.mark.parametrize(("day", "expected"), [("today, 9 March", "out_for_delivery"), ("on Saturday 14 March", "shipping")])
def test_what_is_being_delivered_on_a_later_day_is_not_out_for_delivery_yet(day, expected):
    mail = kind(f"Your parcel is being delivered {day}", f"Your parcel is being delivered {day}.\n", sender="DPD <noreply@dpd.co.uk>")
    assert mail == expected


def test_what_could_not_be_delivered_has_not_been():
    assert kind("Su envío", "Su envío no fue entregado el 8 de marzo de 2026.\n", sender="Correos <no-reply@correos.es>") == "exception"


def test_a_sum_beside_a_masked_card_in_a_mail_without_an_order_is_a_receipt():
    body = "Thanks for riding, Eva\nTotal 20.96 USD\nPayments\nVisa ••••1890\n4/5/25 5:32 AM\n20.96 USD\n"
    assert kind("Your Friday evening trip", body) == "payment"
    assert kind("Thank you for your order 4821", f"Order number: 4821\n{body}") == "order_confirmation"


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("Order 48213 has been shipped", "shipping"),
        ("Din beställning 48213 är betald", "payment"),
        ("La commande 48213 est annulée", "cancellation"),
        ("Il tuo ordine 48213 è rimborsato", "refund"),
        ("Tilauksesi 48213 on peruttu", "cancellation"),
        ("Zamówienie 48213: opłacone", "payment"),
        ("Lampbutiken faktura 77120", "invoice"),
    ],
)
def test_a_subject_that_ends_with_what_became_of_its_order_tells_the_kind(subject, expected):
    assert kind(subject, "Hello,\nregards\n") == expected


def test_a_subject_that_goes_on_to_tell_something_else_of_your_order_is_no_confirmation():
    assert kind("您的訂單 #48213 已出貨", "您好\n訂單編號：48213\n訂單金額：$1,387\n") == "shipping"


def test_a_refund_that_says_again_what_was_ordered_is_no_confirmation():
    body = "Order #48213\nTotal amount refunded: $34.95\nSubtotal: $34.95\nShipping: $0.00\nTotal: $34.95\n"
    assert kind("A notice", body) == "refund"


def test_a_long_label_of_a_status_is_read():
    assert kind("About 48213", "The order 48213 now has the payment status: paid\n") == "payment"


@pytest.mark.parametrize(
    ("body", "expected"), [("Total: $34.00\nPaid with PayPal", "payment"), ("Our fee for cards will be $2.00.", "other")]
)
def test_a_payment_service_tells_of_a_payment_only_with_a_sum_that_was_paid(body, expected):
    assert kind("News of your account", f"Hello Jane,\nthis is what we write to you.\n{body}\n", "PayPal <service@paypal.com>") == expected


def test_a_parcel_that_has_arrived_and_waits_until_a_day_is_to_be_collected() -> None:
    assert kind("Ditt paket har anlänt", "Hämtas senast: 2026-03-16\n") == "pickup"
    assert kind("Ditt paket har anlänt", "Levererat: 2026-03-09\nHämtas senast: 2026-03-16\n") == "delivered"


def test_a_shop_that_answers_and_says_what_it_does_writes_no_private_letter() -> None:
    body = "Hej Eva,\n\nVi har annullerat din beställning.\n\nAnna\n"
    assert kind("Re: Hej", body, "Anna Ek <anna@garnhuset.example>") == "cancellation"
    assert kind("Re: Hej", body, "Anna Ek <anna.ek@gmail.com>") == "other"


def test_a_carrier_that_got_a_parcel_today_does_not_bring_it_today() -> None:
    body = "Vă informăm că astăzi, 09.03.2026, am preluat de la expeditor coletul.\nAWB: 2408316044917\nLivrarea: 10.03.2026\n"
    assert kind("Expedierea cu AWB 2408316044917", body, "FAN Courier <noreply@fancourier.ro>") == "shipping"


def test_a_transit_centre_is_no_transit() -> None:
    body = "您的包裹已由轉運中心送達配送營業所，預計於今日為您配送。\n託運單號：905173826406\n"
    assert kind("配送通知", body, "黑貓宅急便 <service@t-cat.com.tw>") == "out_for_delivery"


@pytest.mark.parametrize("subject", ["Lumen. Order #52 paid", "Lumen - Order #52 paid", "Order #52 paid"])
def test_the_name_of_who_sent_a_mail_before_what_its_subject_says_changes_nothing(subject):
    told = orderparse.parse(f"From: Lumen <info@lumen.example>\nSubject: {subject}\n\nThank you for your purchase.\n".encode())
    assert told.kind is not None
    assert told.kind.value == "payment"
