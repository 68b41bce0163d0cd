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


def test_a_sum_without_a_currency_that_nothing_tells_has_none():
    filler = "ଆପଣଙ୍କ ବରାଦ ପାଇଁ ଧନ୍ୟବାଦ ଆମେ ଖୁବ୍ ଶୀଘ୍ର ପୁଣି ଯୋଗାଯୋଗ କରିବୁ ସମସ୍ତ ବିବରଣୀ ତଳେ ଦିଆଯାଇଛି\n"
    assert total(f"{filler}ଶାଢ଼ୀ 2,700.00\nପଠାଇବା: 150.00\nସମୁଦାୟ: 2,850.00\n") is None


def likely(reading, role):
    return [str(amount.value.value) for amount in reading.amounts if amount.role == role and amount.confidence >= 0.5]


@pytest.mark.parametrize(
    ("body", "totals"),
    [
        ("ବରାଦ ମିଳିଲା।\nଶାଢ଼ୀ INR 2,700.00\nପଠାଇବା: INR 150.00\nସମୁଦାୟ: INR 2,850.00\n", ["2850.00"]),
        ("ବରାଦ ମିଳିଲା।\nଶାଢ଼ୀ INR 2,700.00\nପଠାଇବା: INR 150.00\nସମୁଦାୟ: INR 2,840.00\n", []),
        ("ବରାଦ ମିଳିଲା।\nଶାଢ଼ୀ INR 2,850.00\nସମୁଦାୟ: INR 2,850.00\n", []),
    ],
)
def test_where_no_label_can_be_read_the_total_is_what_adds_up_the_sums_above(body, totals):
    filler = "ଆପଣଙ୍କ ବରାଦ ପାଇଁ ଧନ୍ୟବାଦ ଆମେ ଖୁବ୍ ଶୀଘ୍ର ପୁଣି ଯୋଗାଯୋଗ କରିବୁ ସମସ୍ତ ବିବରଣୀ ତଳେ ଦିଆଯାଇଛି\n"
    assert likely(orderparse.parse((HEAD + filler + body).encode()), "total") == totals


def test_one_order_has_one_subtotal_below_the_prices_of_its_goods():
    items = "".join(f"Lamp {price}\nSubtotal: EUR {price}\n" for price in ("6.71", "33.00"))
    reading = orderparse.parse((HEAD + f"Thank you for your order.\n{items}Subtotal: EUR 39.71\nTotal: EUR 39.71\n").encode())
    assert likely(reading, "subtotal") == ["39.71"]


def test_what_was_paid_is_the_total_where_it_adds_up_the_sums_above() -> None:
    body = "Item(s)\tRs. 1,11,480\nDelivery charges\tRs. 350\nBank offer\t- Rs. 1,750\nCoins used (500)\t- Rs. 500\nAmount Paid\tRs. {}\n"
    assert likely(orderparse.parse((HEAD + body.format("1,09,580")).encode()), "total") == ["109580"]
    assert likely(orderparse.parse((HEAD + body.format("1,09,080")).encode()), "total") == []


def test_a_price_behind_a_dash_of_a_sentence_is_no_deduction() -> None:
    body = "Mug - Rs. 350\nPlate - Rs. 1,750\nAmount Paid\tRs. 2,100\n"
    assert likely(orderparse.parse((HEAD + body).encode()), "total") == ["2100"]


def test_a_receipt_may_begin_with_the_sum_of_what_stands_below() -> None:
    body = "Subject: Betalningskvitto\n\nTack för din betalning.\n1 197,00 kr\nTill Fjällsport\nArtiklar 1 330,00 kr\nAvdrag -133,00 kr\n"
    assert likely(orderparse.parse((HEAD.rstrip("\n") + "\n" + body).encode()), "total") == ["1197.00"]
    refund = "Your refund.\nPrice you paid: $299.99\nMatched price: $259.99\nPrice difference $40.00\nRefund amount $40.00\n"
    assert likely(orderparse.parse((HEAD + refund).encode()), "total") == []


def test_a_currency_that_is_no_more_is_named_by_its_sign() -> None:
    mail = (
        "From: Rukotvorine <info@rukotvorine.hr>\nDate: Wed, 30 Mar 2016 12:00:00 +0200\nSubject: Narudžba 100742\n"
        "Content-Type: text/plain; charset=utf-8\n\nHvala na narudžbi.\nSveukupno: 993,00 {}\n"
    )
    read = [orderparse.parse(mail.format(sign).encode()).amounts[0].value for sign in ("kn", "€")]
    assert [(str(money.value), money.currency) for money in read] == [("993.00", "HRK"), ("993.00", "EUR")]


def amounts(subject, body, sender="Shop <info@shop.example>"):
    head = f"From: {sender}\nDate: Tue, 10 Mar 2026 12:00:00 +0100\nContent-Type: text/plain; charset=utf-8\nSubject: {subject}\n\n"
    found = orderparse.parse((head + body).encode()).amounts
    return {(amount.role.value, str(amount.value.value)) for amount in found if amount.confidence >= 0.5}


def test_a_heading_below_the_sums_that_is_called_as_one_of_them_does_not_turn_them_over():
    body = "Products\n99.85 EUR\nDiscount\n-5.00 EUR\nWrapping\n0.00 EUR\nShipping\n6.90 EUR\nTax\n16.71 EUR\nTotal\n101.75 EUR\nShipping\nCarrier: Post\n"
    assert {("shipping", "6.90"), ("tax", "16.71"), ("total", "101.75")} <= amounts("Order 4821", "Order number: 4821\n" + body)


def test_what_a_parcel_comes_to_is_the_total_where_a_mail_about_it_gives_no_other():
    body = "Your package is on its way.\nOrder number: 4821\nShipment total:\n{}\n"
    assert ("total", "83.60") in amounts("Your order has shipped", body.format("83.60 USD"))
    assert ("total", "0.00") in amounts("Your order has shipped", body.format("0.00 USD"))
    both = amounts("Your order has shipped", body.format("83.60 USD") + "Order total: 120.00 USD\n")
    assert ("total", "120.00") in both
    assert ("total", "83.60") not in both


def test_nothing_to_pay_for_a_parcel_is_no_total_of_its_order() -> None:
    head = "From: PostNord <noreply@postnord.se>\nSubject: Ditt paket finns att hämta\nContent-Type: text/plain; charset=utf-8\n\n"
    reading = orderparse.parse(f"{head}Att betala: 0 kr\nKollinummer: 00373500488771402634\n".encode())
    assert not [amount for amount in reading.amounts if amount.role.value == "total" and amount.confidence >= 0.5]


def test_the_name_of_a_thing_that_looks_like_a_sum_does_not_tell_the_currency() -> None:
    head = "From: Komplett <a@komplett.no>\nSubject: Ordre 48213\nContent-Type: text/plain; charset=utf-8\n\n"
    reading = orderparse.parse(f"{head}Takk for din ordre.\nCorsair RM750 strømforsyning\t1 350,-\nTotalt inkl. mva.\t1 350,-\n".encode())
    assert [amount.value.currency for amount in reading.amounts if amount.role.value == "total"] == ["NOK"]


def test_the_only_sum_of_a_receipt_is_its_total_whatever_word_stands_before_it():
    head = "From: Redsys <info@redsys.example>\nSubject: =?utf-8?q?Confirmaci=C3=B3n_de_pago?=\nContent-Type: text/plain; charset=utf-8\n\n"

    def totals(body):
        found = orderparse.parse(f"{head}Le confirmamos que su pago ha sido realizado.\n{body}".encode()).amounts
        return [str(amount.value.value) for amount in found if amount.role == "total" and amount.confidence >= 0.5]

    assert totals("Importe:      118,35 Euros\nNúmero de pedido: 220905014472\n") == ["118.35"]
    assert totals("Importe:      118,35 Euros\nSaldo:     40,00 Euros\n") == []


@pytest.mark.parametrize("line", ["Unit price (EUR): 4.00\nTotal: 12.00", "Price: 4.00 (EUR)\nTotal: 12.00"])
def test_a_currency_in_brackets_is_that_of_sums_without_a_sign(line):
    assert total(f"Thank you for your order.\n{line}\nJane Roe\n1 Main St\nAustralia") == "EUR"


def test_beside_the_total_of_all_orders_that_of_one_is_a_subtotal_of_the_mail() -> None:
    body = (
        "Order number: 48213\nOrder total: $52.89\n\nOrder number: 48214\nOrder total: $18.98\n\nGrand total: $71.87\n"
        "Thank you for your orders.\n1 Main St\nUSA"
    )
    reading = orderparse.parse((HEAD + body).encode())
    told = {str(found.value.value): found.role.value for found in reading.amounts if found.confidence >= 0.5}
    assert told == {"52.89": "subtotal", "18.98": "subtotal", "71.87": "total"}
    assert [str(found.value.value) for found in reading.orders[0].amounts if found.role == "total"] == ["52.89"]


def test_a_currency_beside_a_sum_without_a_sign_is_its_own() -> None:
    assert total("Kiitos tilauksestasi.\nYhteensä EUR (sis. ALV)\t34,30\n") == "EUR"


def test_a_total_in_a_long_sentence_gives_way_to_one_in_a_line_of_its_own() -> None:
    offer = "Do you need more time? In the app you may pay later or in parts: six months at an effective rate of 19.95 %, total: $1,067.00."
    reading = orderparse.parse((HEAD + f"Order number: 48213\nTotal: $1,008.00\n{offer}\n").encode())
    assert [str(found.value.value) for found in reading.amounts if found.role == "total" and found.confidence >= 0.5] == ["1008.00"]


def test_what_the_courier_collects_is_the_first_sum_behind_its_label() -> None:
    body = "Поръчка № 2184 е изпратена и пътува към Вас.\nНаложен платеж: 63,40 лв. (стоки 57,90 лв. + доставка 5,50 лв.)\n"
    reading = orderparse.parse((HEAD.replace("\n\n", "\nSubject: Поръчка 2184 е изпратена\n\n") + body).encode())
    assert [str(found.value.value) for found in reading.amounts if found.role == "total" and found.confidence >= 0.5] == ["63.40"]


def test_what_is_left_to_pay_after_a_deposit_is_not_the_total():
    body = "Total TTC 355,56 EUR\nAcompte versé -100,00 EUR\nNet à payer 255,56 EUR\n"
    assert likely(orderparse.parse((HEAD + "Facture n° FA-2109\n" + body).encode()), "total") == ["355.56"]


def test_nothing_is_left_to_pay_of_what_was_paid():
    body = "Din order är klar att hämtas.\nAtt betala\n0,00 kr (redan betalt, 342,50 kr med Swish)\n"
    assert likely(orderparse.parse((HEAD.replace("From", "Subject: Din order är klar att hämtas\nFrom") + body).encode()), "total") == ["342.50"]


def test_of_two_sums_paid_that_which_adds_up_the_goods_is_the_total():
    goods = "Summa varor 316,42 kr\nLeveransavgift 49,00 kr\nRabatt -50,00 kr\nTotalt debiterat 315,42 kr\n"
    body = f"Kvitto\n{goods}Betalt med Visa. Reserverat belopp vid beställningen: 348,00 kr.\n"
    assert likely(orderparse.parse((HEAD.replace("From", "Subject: Kvitto\nFrom") + body).encode()), "total") == ["315.42"]


def test_what_the_courier_collects_is_the_total_where_it_is_that_of_the_order_and_the_shipping():
    body = "Vaša narudžba 13580 je poslana.\nOtkupnina: 186,50 KM (iznos narudžbe 178,50 KM + dostava 8,00 KM).\n"
    assert likely(orderparse.parse((HEAD.replace("From", "Subject: Vaša narudžba je poslana\nFrom") + body).encode()), "total") == ["186.50"]


@pytest.mark.parametrize(
    ("subject", "body", "totals"),
    [
        ("Merci pour votre commande", "Commande KXQVBTRLM\nVous avez choisi de régler par virement bancaire.\nMontant : 63,40 €\n", ["63.40"]),
        ("Ordine annullato", "Numero d'ordine: 48213\nImporto\n€ 219,90\nSpedizione € 4,90\n", ["219.90"]),
        ("Merci pour votre commande", "Commande KXQVBTRLM\nPorte-clés 5,00 €\nMontant : 63,40 €\n", []),
        ("Remboursement", "Commande KXQVBTRLM\nNous vous avons remboursé.\nMontant : 63,40 €\n", []),
    ],
)
def test_the_only_sum_of_an_order_is_its_total_if_it_is_called_an_amount(subject, body, totals):
    assert likely(orderparse.parse((HEAD.replace("From", f"Subject: {subject}\nFrom") + body).encode()), "total") == totals


def test_the_price_of_a_hundred_grams_is_no_total() -> None:
    subject = "Subject: Payment received\nFrom"
    body = "Order #2094. Payment received, thank you. Try our new Tie Guan Yin (179 lei{}).\n"
    for per, total in ((" / 100 g", []), ("", ["179"])):
        assert likely(orderparse.parse((HEAD.replace("From", subject) + body.format(per)).encode()), "total") == total


def test_what_a_carrier_wants_for_duties_is_no_total_of_an_order():
    head = "From: PostNord <noreply@postnord.se>\nDate: Thu, 30 Sep 2021 09:27:14 +0200\nContent-Type: text/plain; charset=utf-8\n"
    body = "Subject: Betala moms för försändelse LV704188362CN\n\nDin försändelse har stoppats i tullen. Betala moms och avgift.\nMoms: 59,00 SEK\nAtt betala: 134,00 SEK\n"
    told = orderparse.parse((head + body).encode())
    assert told.kind is not None
    assert told.kind.value == "exception"
    assert [one.value.value for one in told.amounts if one.role == "total" and one.confidence >= 0.5] == []


def test_a_firms_capital_is_no_rival_of_the_one_sum_of_a_receipt():
    head = "From: Cycles Vauban <info@cyclesvauban.example>\nSubject: Paiement de votre commande 4218 confirmé\nContent-Type: text/plain; charset=utf-8\n\n"
    body = "Le paiement de votre commande 4218 d'un montant de 189,80 € a été confirmé.\n\nCycles Vauban SAS au capital de 20 000 €\n"
    totals = [str(one.value.value) for one in orderparse.parse((head + body).encode()).amounts if one.role == "total" and one.confidence >= 0.5]
    assert totals == ["189.80"]


def test_the_sum_behind_an_order_number_is_what_the_order_came_to():
    head = "From: Lumen <info@lumen.example>\nSubject: Orderbekräftelse\nContent-Type: text/plain; charset=utf-8\n\nTack för din beställning!\n\n"
    for said, total in (
        ("Din order S00012 på 1 200 kr har bekräftats.", "1200"),
        ("Din order S00012, som ger dig 1 200 kr i bonus, har bekräftats.", None),
    ):
        read = orderparse.parse(f"{head}{said}\n".encode())
        assert [str(one.value.value) for one in read.amounts if one.role == "total" and one.confidence >= 0.5] == ([total] if total else [])
