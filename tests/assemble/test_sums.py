import pytest

import orderparse

HEAD = "From: Shop <info@shop.example>\nDate: Tue, 10 Mar 2026 12:00:00 +0100\nContent-Type: text/plain; charset=utf-8\n\n"


def total(body):
    reading = orderparse.parse((HEAD + body).encode())
    (found,) = [amount for amount in reading.amounts if amount.role == "total" and amount.confidence >= 0.5]
    return found.value.currency


@pytest.mark.parametrize(
    ("body", "currency"),
    [
        ("Gracias por tu pedido.\nTotal: $ 452.610,00\nMartina López\nAv. Corrientes 2456\nArgentina", "ARS"),
        ("Gracias por tu pedido.\nTotal: $1,870.20\nJuan Pérez\nAv. Reforma 12\nMéxico", "MXN"),
        ("Thank you for your order.\nTotal: $45.00\nJane Roe\n1 Main St\nAustralia", "AUD"),
        ("ご注文ありがとうございます。商品を発送いたしました。\n合計：¥1,280", "JPY"),
        ("感谢您的订购，您的订单已经发货，请您注意查收。\n总计：¥129.00", "CNY"),
        ("感謝您的訂購，您的訂單已經出貨，請您留意收件。\n總計：$640", "TWD"),
        ("Tack för din beställning, vi har skickat ditt paket.\nTotalt: 129 kr", "SEK"),
        ("Takk for bestillingen din, vi har sendt pakken til deg.\nTotalt: 129 kr", "NOK"),
    ],
)
def test_a_sign_of_several_currencies_is_that_of_the_country_or_the_language(body, currency):
    assert total(body) == currency


def test_a_dollar_of_nobody_knows_where_stays_open():
    assert total("Gracias por tu pedido.\nTotal: $ 452.610,00") is None
