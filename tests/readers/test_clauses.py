import pytest

import orderparse


def kind(subject, body="Hello,\nregards\n"):
    mail = f"From: Lumen <info@lumen.example>\nSubject: {subject}\nDate: Mon, 09 Mar 2026 10:00:00 +0100\nContent-Type: text/plain; charset=utf-8\n\n{body}"
    found = orderparse.parse(mail.encode()).kind
    return found.value.value if found is not None else None


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("Your payment for order 8812 has been confirmed", "payment"),
        ("Payment for order 8812 failed", "exception"),
        ("Din betalning för order 8812 har bekräftats", "payment"),
        ("Zahlung für Bestellung 8812 bestätigt", "payment"),
        ("Pagamento dell'ordine 8812 confermato", "payment"),
        ("Оплата заказа 8812 подтверждена", "payment"),
        ("Your order 8812 has been closed", "cancellation"),
        ("Ваш заказ 8812 закрыт", "cancellation"),
    ],
)
def test_what_is_said_around_a_number_tells_the_kind(subject, expected):
    assert kind(subject) == expected


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("Mary, your payment to END. Clothing is due soon", "invoice"),
        ("Deine Zahlung an Bergfreunde ist überfällig", "invoice"),
        ("Din betalning till Nelly.com förfaller snart", "invoice"),
    ],
)
def test_what_is_said_around_the_name_of_a_shop_tells_the_kind(subject, expected):
    assert kind(subject) == expected


def test_who_names_the_shop_does_not_confirm_its_order():
    assert kind("News", "Your order with Frank Green is confirmed. Your first payment was paid today.\n") != "order_confirmation"


def test_what_was_received_for_an_order_is_no_order_received():
    assert kind("Payment for order 8812 received") == "payment"


def test_an_order_in_brackets_is_not_what_the_sentence_is_about():
    assert kind("Lumen", "Your instalments for the lamp (order 8812) cancelled nothing.\n") != "cancellation"


def test_a_phrase_that_goes_on_behind_the_number_counts_as_a_whole():
    assert kind("News", "Your parcel 8812 has arrived at our depot.\n") != "delivered"


def test_a_number_and_the_sum_behind_it_part_no_clause():
    head = "From: Lumen <info@lumen.example>\nSubject: Lumen Commande (Ref S00012)\nContent-Type: text/plain; charset=utf-8\n\n"
    told = orderparse.parse(f"{head}Votre commande S00012 d'un montant de 112,00 € a été confirmée.\n".encode())
    assert told.kind is not None
    assert told.kind.value == "order_confirmation"
