import pytest

import orderparse

HEAD = "From: Lampbutiken <info@lampbutiken.example>\nSubject: {subject}\nDate: Tue, 03 Mar 2026 10:00:00 +0100\n\n"


def read(body, subject="Hej"):
    return orderparse.parse((HEAD.format(subject=subject) + body).encode())


def order_numbers(reading):
    return [finding.value for finding in reading.order_numbers if finding.confidence >= 0.5]


def tracking_numbers(reading):
    return [finding.value for finding in reading.tracking_numbers if finding.confidence >= 0.5]


def dates(reading):
    return {(finding.role.value, finding.value.isoformat()) for finding in reading.dates if finding.confidence >= 0.5}


@pytest.mark.parametrize(
    "line",
    [
        "Order number: 48213",
        "Order number 48213",
        "ORDER NUMBER: #48213",
        "Order no. 48213",
        "Your order number is 48213.",
        "Ordernummer: 48213",
        "BESTÄLLNINGSNUMMER 48213",
        "Bestellnummer: 48213",
        "Ihre Bestellnummer lautet 48213",
        "Order #48213 has been received",
        "Din beställning 48213 är på väg",
        "Ihre Bestellung mit der Nummer 48213 ist eingegangen",
        "Order number:\n48213",
        "Order number\n48213",
        "Order number (please keep it):\n48213",
    ],
)
def test_a_value_beside_or_under_its_label_is_the_order_number(line):
    assert order_numbers(read(f"Hello,\n\n{line}\n\nRegards\n")) == ["48213"]


@pytest.mark.parametrize(
    "line",
    [
        "Article number: 48213",
        "Artikelnummer: 48213",
        "Customer number: 48213",
        "Kundennummer 48213",
        "Fakturanummer: 48213",
        "Call us on 48213",
        "Order within 48213 seconds",
        "Thank you for your order! Over 48213 customers trust us",
        "Postcode 48213",
    ],
)
def test_a_rival_is_not_the_order_number(line):
    assert order_numbers(read(f"Hello,\n\n{line}\n\nRegards\n")) == []


def test_the_nearest_label_wins():
    reading = read("Order number: 48213 Customer number: 55100 Invoice number: 77001\n")
    assert order_numbers(reading) == ["48213"]


def test_a_list_behind_a_label_gives_all_its_numbers():
    assert order_numbers(read("Order numbers: 48213, 48214 and 48215\n")) == ["48213", "48214", "48215"]


def test_order_and_tracking_number_of_one_shape_are_told_apart_by_their_labels():
    reading = read("Order number: 8012345678901234\nTracking number: 8098765432101234\n")
    assert order_numbers(reading) == ["8012345678901234"]
    assert tracking_numbers(reading) == ["8098765432101234"]


def test_leading_zeros_and_letter_case_stay_as_written():
    assert order_numbers(read("Order number: 000085560\n")) == ["000085560"]
    assert order_numbers(read("Order number: CpBk4quaORPw\n")) == ["CpBk4quaORPw"]


def test_a_number_in_groups_is_one_number():
    reading = read("Order number: 8012 3456 7890 1234\n")
    assert order_numbers(reading) == ["8012345678901234"]
    assert reading.order_numbers[0].text == "8012 3456 7890 1234"


def test_nine_random_capitals_behind_a_label_are_an_order_number_and_a_word_is_not():
    assert order_numbers(read("Order reference: XKBKNABJK\n")) == ["XKBKNABJK"]
    assert order_numbers(read("Order reference: PENDING\n")) == []


def test_a_date_takes_the_role_of_its_label():
    reading = read("Order date: 2026-03-01\nEstimated delivery: 2026-03-10\n")
    assert dates(reading) == {("order", "2026-03-01"), ("delivery_estimate", "2026-03-10")}


def test_a_date_under_the_order_number_is_the_day_of_the_order():
    assert dates(read("Order number: 48213\n1 March 2026\n")) == {("order", "2026-03-01")}


def test_a_print_date_has_no_role():
    assert dates(read("Print date: 2026-03-01\n")) == set()


def test_an_amount_takes_the_role_of_its_label():
    reading = read("Subtotal: 100.00 USD\nShipping: 9.00 USD\nTotal: 109.00 USD\n")
    assert {(a.role.value, str(a.value.value)) for a in reading.amounts if a.confidence >= 0.5} == {
        ("subtotal", "100.00"),
        ("shipping", "9.00"),
        ("total", "109.00"),
    }


@pytest.mark.parametrize(
    "body",
    [
        "Order #\n48213\n",
        "Order\n48213\nOrdered\n2 March 2026\n",
        "Lampbutiken order ......... 48213, 1 March 2026\n",
    ],
)
def test_a_noun_that_stands_as_a_label_names_the_value(body):
    assert order_numbers(read(body)) == ["48213"]


def test_the_day_that_an_order_is_dated_is_its_day():
    assert dates(read("Bestellung 48213 vom 01.03.2026\n")) == {("order", "2026-03-01")}
    assert dates(read("Rechnung 77120 vom 01.03.2026\n")) == {("invoice", "2026-03-01")}


def test_a_total_that_says_what_it_includes_is_a_total():
    for line in ("Grand total (incl. GST) $90.78", "Summa (varav moms) 90,78 kr", "Endbetrag inkl. USt. 90,78 EUR"):
        assert [str(a.value.value) for a in read(line + "\n").amounts if a.role == "total" and a.confidence >= 0.5] == ["90.78"], line


def test_a_code_behind_a_number_sign_is_no_sum_of_crowns():
    assert order_numbers(read("Din order #KR10482 är här\n")) == ["KR10482"]


def test_a_table_of_capitals_is_a_table_of_labels():
    html = "<table><tr><td>ORDER NUMBER</td><td>DATE PLACED</td><td>CLUB CARD</td></tr><tr><td>48213</td><td>01/03/2026</td><td>none</td></tr></table>"
    mail = f"From: L <info@l.co.uk>\nSubject: Hello\nContent-Type: text/html\n\n{html}"
    assert order_numbers(orderparse.parse(mail)) == ["48213"]


def test_a_value_alone_in_its_cell_is_named_by_a_noun_in_the_cell_beside_it():
    html = "<table><tr><td>Your order at the sender</td><td>48213</td></tr><tr><td>Weight</td><td>87 kg</td></tr></table>"
    assert order_numbers(orderparse.parse(f"From: L <info@l.se>\nSubject: Hello\nContent-Type: text/html\n\n{html}")) == ["48213"]


def test_a_label_that_has_its_value_names_nothing_on_the_line_below():
    assert order_numbers(read("Order number 48213, Total 12.00 USD\n99817 and more\n")) == ["48213"]


def test_labels_below_their_values_name_those_and_not_the_next():
    reading = read("48213\nOrder number\n3 March 2026\nOrder date\n109.00 USD\nTotal\n")
    assert order_numbers(reading) == ["48213"]
    assert dates(reading) == {("order", "2026-03-03")}


def test_labels_above_their_values_stay_so_in_a_run():
    reading = read("Order number\n48213\nOrder date\n3 March 2026\nTotal\n109.00 USD\n")
    assert order_numbers(reading) == ["48213"]
    assert dates(reading) == {("order", "2026-03-03")}


@pytest.mark.parametrize(
    ("body", "number"),
    [
        ("Kedves vásárló, köszönjük a rendelésed!\nA 48213-es számú rendelésedet feladtuk és hamarosan megérkezik.", "48213"),
        ("Kedves vásárló, köszönjük a rendelésed!\nRendelésszám: 48213-as", "48213"),
    ],
)
def test_the_ending_of_a_sentence_is_no_part_of_a_number(body, number):
    assert order_numbers(read(body)) == [number]


def test_a_product_code_with_letters_behind_a_hyphen_is_kept_whole_where_the_language_has_no_endings():
    assert order_numbers(read("Hej, tack för din beställning!\nOrdernummer: 48213-es")) == ["48213-es"]


@pytest.mark.parametrize(
    "body",
    [
        "Order confirmed: 2 February 2026\nQuantity: 2",
        "Hela köpet: 1 347 kr\nPaket 1 av 2",
        "A rendelésedet megkaptuk 2026.03.10-én, köszönjük a vásárlást!",
    ],
)
def test_a_part_of_a_day_or_of_a_sum_is_nobodys_number(body):
    assert order_numbers(read(body)) == []


def test_a_run_of_labels_and_values_is_looked_at_once(monkeypatch):
    from orderparse.readers import labels

    looked = 0
    once = labels._label_line

    def counted(*args, **kwargs):
        nonlocal looked
        looked += 1
        return once(*args, **kwargs)

    monkeypatch.setattr(labels, "_label_line", counted)
    read("48213377\nOrder number\n" * 40)
    first, looked = looked, 0
    read("48213377\nOrder number\n" * 160)
    assert first > 40
    assert looked < 5 * first


@pytest.mark.parametrize("number", ["1 018 837 264", "1148 293 7160", "48 2130 7741"])
@pytest.mark.parametrize("between", [": ", "\n"])
def test_a_number_in_uneven_groups_is_one_number(number, between):
    assert order_numbers(read(f"Hello,\n\nOrder number{between}{number}\n\nRegards\n")) == [number.replace(" ", "")]


@pytest.mark.parametrize("line", ["Order confirmed: your 2 items", "Bestellung bestätigt: 3 Artikel", "Order: 12 items"])
def test_a_count_of_goods_is_no_order_number(line):
    assert order_numbers(read(f"Hello,\n\n{line}\n\nOrder number: 48213\n", subject=line)) == ["48213"]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Wir haben Ihre Bestellung 158403889 vom 03.02.2026 daher storniert.", "2026-02-03"),
        ("Поръчката ти №412837465 от 21.01.2026 е предадена на куриера.", "2026-01-21"),
    ],
)
def test_a_day_right_behind_an_order_number_is_the_orders_whatever_the_sentence_tells(line, day):
    assert dates(read(f"Hello,\n\n{line}\n")) == {("order", day)}


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Gjelder ordre: 31847205, faktura 46620918", "31847205"),
        ("Codice ordine del venditore: TC/2026/00917", "TC/2026/00917"),
        ("2600418 « číslo objednávky u predajcu", "2600418"),
        ("│ Broj narudžbe    │ WEB-2025/11-0483  │", "WEB-2025/11-0483"),
    ],
)
def test_what_stands_between_or_behind_does_not_part_a_number_from_its_label(line, number):
    assert order_numbers(read(f"Hello,\n\n{line}\n")) == [number]


def test_a_line_that_a_mail_program_broke_goes_on_with_the_number():
    body = "oprostite na čekanju! Paket je poslan jučer, broj za praćenje je\n30284719653, a dostava bi trebala biti u petak.\n"
    assert tracking_numbers(read(body)) == ["30284719653"]
    assert tracking_numbers(read("If you write to us, please do not forget to name your tracking number\n30284719653\n")) == []


@pytest.mark.parametrize(
    "lines", ["Total charged to PayPal (x-3371)\n$58.46", "To pay in the shop\n$58.46", "Yhteensä (sis. alv 25,5 %)\t$58.46"]
)
def test_words_behind_the_label_of_a_sum_do_not_part_it_from_the_sum(lines):
    reading = read(f"Thank you for your order!\n\nOrder number: 48213\n\n{lines}\n\nRegards\n")
    assert [str(found.value.value) for found in reading.amounts if found.role == "total" and found.confidence >= 0.5] == ["58.46"]


def test_a_label_at_the_beginning_of_a_row_names_each_value_of_the_row():
    body = (
        "<html><body><table><tr><td><td>Parcel 1<td>Parcel 2</tr><tr><td>Tracking number<td>RB123456785SE<td>MP0048117326</tr>"
        "<tr><td>Weight<td>2 kg<td>3 kg</tr></table>"
    )
    assert tracking_numbers(read(body)) == ["RB123456785SE", "MP0048117326"]


@pytest.mark.parametrize(
    "table",
    [
        "<tr><td>Order<td>Customer<td>Date</tr><tr><td>B-20417736<td>418802<td>2026-03-02</tr>",
        "<tr><td>B-20417736<td>418802<td>2 March 2026</tr><tr><td>ORDER<td>CUSTOMER NO.<td>DATE</tr>",
        "<tr><td>RMA number<td>Store order<td>Invoice no.</tr><tr><td>118402<td>B-20417736<td>214481</tr>",
        "<tr><td>Order<td>Customer no.</tr></table><table><tr><td>B-20417736<td>418802</tr>",
    ],
)
def test_a_noun_that_heads_a_column_of_facts_names_the_number_under_it(table):
    assert order_numbers(read(f"<html><body><p>Hello,</p><table>{table}</table>")) == ["B-20417736"]


def test_a_number_that_is_called_no_more_than_that_is_the_orders_in_a_section_about_the_order():
    assert order_numbers(read("Hello,\n\nOrder details\nNumber: 2026 0208 4417\nPlaced: 8 February 2026\n")) == ["202602084417"]
    assert order_numbers(read("Hello,\n\nYour card\nNumber: 2026 0208 4417\n")) == []


def test_a_number_behind_the_name_of_a_carrier_whose_numbers_look_so_is_the_parcels():
    assert tracking_numbers(read("Your parcel is on its way.\n\nDPD 15502847719036\n")) == ["15502847719036"]


def test_a_number_that_is_asked_to_be_quoted_is_the_orders_if_the_subject_says_so():
    reading = read("We have received it. Please quote WB1048213 in any correspondence.\n", subject="SJS Cycles Order WB1048213")
    assert order_numbers(reading) == ["WB1048213"]


def test_numbers_to_order_goods_by_are_no_orders():
    goods = "".join(f"Lok {number}\nBestell-Nr. {number}\n549,99 €\n\n" for number in (418827, 420773, 422018))
    offers = f"Neuheiten 2026 jetzt bestellen!\nSparen Sie die Versandkosten mit dem Code LIPPE26.\n\n{goods}Newsletter abmelden\n"
    assert order_numbers(read(offers, subject="Nur bis Sonntag: Neuheiten 2026 & Versand sparen")) == []


@pytest.mark.parametrize(("label", "day"), [("Kézbesítés napja", "2026.03.02."), ("배송일시", "2026.03.02")])
def test_a_day_of_delivery_that_has_passed_is_the_day_of_the_delivery(label, day):
    told = {"Kézbesítés napja": "Sikeres kézbesítés. A csomagot kézbesítettük.", "배송일시": "상품이 배송완료 되었습니다."}[label]
    assert dates(read(f"{told}\n\n{label}: {day}\n", subject=told)) == {("delivered", "2026-03-02")}


def test_what_the_courier_collects_is_the_total_of_a_mail_about_a_parcel():
    reading = read("Zásilka je na cestě k vám.\n\nČíslo zásilky: RB123456785SE\nDobírka: 458,00 Kč\n", subject="Zásilka je na cestě")
    assert [str(found.value.value) for found in reading.amounts if found.role == "total" and found.confidence >= 0.5] == ["458.00"]


def test_letters_of_all_scripts_tell_numbers_apart():
    reading = read("Здравствуйте!\n\nНомер заказа: ЧЛ-2041\n")
    assert order_numbers(reading) == ["ЧЛ-2041"]


def test_a_name_with_a_digit_is_no_number():
    mail = "From: Gear4music <info@gear4music.example>\nSubject: Hej\n\n<p>Your order</p><p>Gear4music</p><p>Order number: 48213</p>"
    assert order_numbers(orderparse.parse(mail.encode())) == ["48213"]


def test_a_shop_may_begin_to_number_otherwise_where_a_label_says_so():
    mail = "From: Zalando <info@service-mail.zalando.de>\nSubject: Deine Bestellung ist unterwegs\n\nBestellnummer: 10108 2277 4093 61\n"
    assert order_numbers(orderparse.parse(mail.encode())) == ["101082277409361"]


def test_a_letter_that_stands_for_a_number_sign_is_no_part_of_the_number():
    assert order_numbers(read("Ваша замова нумар 2207 прынята.\n", subject="Новая замова N2207")) == ["2207"]


def test_the_phone_behind_a_carriers_name_is_no_parcel():
    assert tracking_numbers(read("상품이 발송되었습니다.\n\n배송업체: CJ대한통운 (1588-1255)\n송장번호: 681207441832\n")) == [
        "681207441832"
    ]


def test_what_is_delivered_today_by_a_mail_that_says_it_comes_is_still_to_come():
    mail = (
        "From: DHL Paket <noreply@dhl.de>\nSubject: Ihr DHL Paket kommt heute zwischen 12:30 und 14:00 Uhr\nDate: Tue, 03 Mar 2026 08:00:00 +0100\n\n"
        "Ihr Paket wird Ihnen heute zwischen 12:30 und 14:00 Uhr zugestellt.\n\nSendungsnummer 00340434299174403810\n"
    )
    assert dates(orderparse.parse(mail.encode())) == {("delivery_estimate", "2026-03-03")}


def test_a_letter_that_a_label_names_as_part_of_the_number_stays():
    body = '<html><body><p>Order number: N2287410</p><p><a href="https://lampbutiken.example/orders/2287410">View your order</a></p>'
    assert order_numbers(read(body)) == ["N2287410"]


@pytest.mark.parametrize(("word", "days"), [("Date", {("order", "2026-03-03")}), ("Expires on", set()), ("Printed", set())])
def test_a_day_in_a_confirmation_that_is_called_date_and_no_more_is_the_orders(word, days):
    body = f"Thank you for your order!\n\nOrder number: 48213\nShop: Lamps\n{word}: 3 March 2026\nTotal: 49.00 EUR\n"
    told = {(role, day) for role, day in dates(read(body, subject="Order confirmation")) if role == "order"}
    assert told == days


def test_an_order_number_in_the_asterisks_of_bold_text_is_one():
    assert order_numbers(read("Tack för din beställning *104821337* hos oss.\n")) == ["104821337"]


def test_a_month_is_no_order_number():
    assert order_numbers(read("Poängen från dina köp 2024-06 förfaller 2025-06-30.\n")) == []


def test_the_day_behind_an_order_number_is_the_orders_also_where_a_label_follows_it():
    reading = read("Ваш заказ № 10482 от 27.02.2026 передан в доставку.\n", subject="Заказ № 10482 передан в доставку")
    assert ("order", "2026-02-27") in dates(reading)


def test_a_label_below_a_parcels_number_does_not_name_the_code_below_itself():
    body = "Twoja paczka czeka!\n\n482 913\nkod odbioru\n620999683712504881730426\nnumer paczki\nWAW417M\nul. Wałbrzyska 11\n"
    assert tracking_numbers(read(body, subject="Paczka czeka na odbiór w Paczkomacie InPost")) == ["620999683712504881730426"]


def test_a_label_that_has_its_own_value_below_does_not_name_the_sum_above():
    reading = read("Tea towel, large\n11.95 EUR\nSocks, XL\n8.99 EUR\nDiscount code\nSAVE72\nValid until\n6 August 2026\n")
    assert not [amount for amount in reading.amounts if amount.role == "discount"]


def test_how_it_was_paid_heads_no_column():
    table = "<tr><td>80902-90623<td>Order number</tr><tr><td>PayPal<td>Acme way to pay</tr><tr><td>28.06 €<td>Net of all</tr>"
    reading = read(f"<html><body><p>Hello,</p><table>{table}</table>")
    assert not [amount for amount in reading.amounts if amount.role == "paid"]


def test_a_number_in_groups_of_several_sizes_is_not_its_first_group():
    assert order_numbers(read("Siparişini aldık\n\nSipariş no\n481 293 74 65 Sipariş tarihi\n18 Şubat 2026\n")) == ["4812937465"]


def test_a_label_at_the_end_of_a_line_names_the_value_below_it_not_the_one_before():
    reading = read("Order date\n2 March 2026 Estimated delivery\n9 March 2026\n")
    assert dates(reading) == {("order", "2026-03-02"), ("delivery_estimate", "2026-03-09")}


def test_a_label_that_holds_the_day_names_it():
    reading = read("Bedankt voor je bestelling.\n\nUiterlijk morgen in huis\n", subject="Bedankt voor je bestelling")
    assert ("delivery_estimate", "2026-03-04") in dates(reading)


def test_a_row_of_a_day_and_what_happened_then_tells_the_day():
    rows = "<tr><td>27.02.2026<td>Order placed</tr><tr><td>28.02.2026<td>Payment received</tr><tr><td>02.03.2026<td>Order shipped</tr>"
    reading = read(f"<html><body><p>Your order has been shipped.</p><table>{rows}</table>")
    assert {("payment", "2026-02-28"), ("ship", "2026-03-02")} <= dates(reading)


def test_a_number_in_the_words_of_a_row_is_no_value_of_its_column():
    table = "<tr><td>Ordrenr.<td>Ordredato<td>Sendt</tr><tr><td>28471936<td>10.03.2026<td>11.03.2026</tr><tr><td>1 x Samsung 990 PRO 2TB M.2 SSD</tr>"
    assert order_numbers(read(f"<html><body><p>Ordren din er sendt</p><table>{table}</table>")) == ["28471936"]


def totals(reading):
    return [str(found.value.value) for found in reading.amounts if found.role == "total" and found.confidence >= 0.5]


@pytest.mark.parametrize(
    ("body", "total"),
    [
        ("Tack för din order.\n\nTotalt exkl moms    17 183:20\nMoms   4 295:80\nTOTALT INKL MOMS   21 479:00\n", "21479.00"),
        ("Vielen Dank für Ihre Bestellung.\n\nRechnungsbetrag EUR       149,35\n", "149.35"),
        ("Recebemos o pagamento do seu pedido!\n\nSubtotal R$ 2.999,00\nDesconto -R$ 149,95\nValor pago R$ 2.849,05\n", "2849.05"),
        ("Dziękujemy za zakupy. Przyjęliśmy zamówienie.\n\nKoszt wysyłki (pobranie): 19,99 zł\nKwota pobrania: 1 348,97 zł\n", "1348.97"),
        ("<html><p>Благодарим Ви за поръчката.</p><table><tr><td>Обща сума<td>84,50 €<br>(165,27 лв.)</table>", "84.50"),
    ],
)
def test_the_total_is_found_however_it_is_written(body, total):
    assert totals(read(body, subject="Tack för din order")) == [total]


@pytest.mark.parametrize("line", ["{} [{}]", "{} ({})", "{}    {}"])
def test_labels_behind_the_values_of_a_run_name_those_before_them(line):
    told = [("B-20417736", "Order number"), ("2 March 2026", "Order date"), ("9 March 2026", "Estimated delivery"), ("50.95 EUR", "Total")]
    reading = read("Hello\n\n" + "\n".join(line.format(*pair) for pair in told) + "\n\nBye\n", subject="Thank you for your order")
    assert order_numbers(reading) == ["B-20417736"]
    assert dates(reading) == {("order", "2026-03-02"), ("delivery_estimate", "2026-03-09")}
    assert totals(reading) == ["50.95"]


def test_a_day_with_its_own_label_is_not_of_the_heading_above_it():
    table = "<tr><td>Isporučeno</tr><tr><td>Otpremljeno: 7. ožujka 2026.</tr>"
    reading = read(f"<html><body><p>Vaša narudžba je završena.</p><table>{table}</table>", subject="Vaša narudžba je završena")
    assert dates(reading) == {("ship", "2026-03-07")}


def test_a_column_headed_number_beside_one_headed_parcel_has_the_numbers_of_parcels():
    rows = "<tr><th>Parcel</th><th>Number</th></tr><tr><td>1 of 2</td><td>15502847193605</td></tr><tr><td>2 of 2</td><td>15502847193606</td></tr>"
    mail = f"Subject: Your parcels\nContent-Type: text/html; charset=utf-8\n\n<p>Your parcels are on their way.</p><table>{rows}</table>"
    numbers = orderparse.parse(mail.encode()).tracking_numbers
    assert [one.value for one in numbers if one.confidence >= 0.5] == ["15502847193605", "15502847193606"]


def test_a_number_in_groups_of_which_the_first_has_letters_is_read_whole():
    for shown, number in (("A28 470 1936", "A284701936"), ("JL 204 718 365", "JL204718365")):
        reading = orderparse.parse(f"Subject: Hello\n\nThank you for your order, it will arrive soon.\nOrder number: {shown}\n".encode())
        assert [one.value for one in reading.order_numbers if one.confidence >= 0.5] == [number]


@pytest.mark.parametrize(
    ("body", "days"),
    [
        ("Payments\nVisa ••••1890\t€36.80\n18/01/26 6:23 AM\n", {("payment", "2026-01-18")}),
        ("Mastercard **** 1890\n18 January 2026\n", {("payment", "2026-01-18")}),
        ("Visa ••••1890 will be charged\n18 January 2026\n", set()),
        ("Visa ••••1890\nMembers' day 18 January 2026\n", set()),
    ],
)
def test_a_day_right_below_a_masked_card_is_when_it_was_charged(body, days):
    assert dates(read(body)) == days


def test_the_total_includes_a_tax_that_is_no_total():
    reading = orderparse.parse(b"From: A <a@shop.example>\nSubject: Your order 48213\n\nTotal: $21.97\nThe total includes VAT of $4.11.\n")
    assert [str(found.value.value) for found in reading.amounts if found.role == "total" and found.confidence >= 0.5] == ["21.97"]


def test_a_day_called_date_under_an_order_number_is_the_orders():
    reading = orderparse.parse(b"From: A <a@shop.example>\nSubject: Hello\n\nOrder number: 48213\nDate: 14 November 2025\n")
    assert [(day.role.value, str(day.value)) for day in reading.dates if day.confidence >= 0.5] == [("order", "2025-11-14")]


def test_the_days_of_a_list_have_the_role_of_the_label_above_it():
    body = b"From: A <a@shop.example>\nSubject: Hello\nDate: Wed, 21 Oct 2020 10:00:00 +0000\n\nEstimated delivery\nT-Shirt: 4 - 10 November\nStickers: 5 November\n"
    found = [(day.role.value, str(day.value)) for day in orderparse.parse(body).dates if day.confidence >= 0.5]
    assert found == [("delivery_estimate", "2020-11-04"), ("delivery_estimate", "2020-11-05")]


def test_the_day_on_or_before_which_something_comes_has_the_label_above_it():
    body = b"From: A <a@shop.example>\nSubject: Hello\n\nEstimated delivery date\nOn or before Tuesday 3 December 2019\n"
    assert [(day.role.value, str(day.value)) for day in orderparse.parse(body).dates if day.confidence >= 0.5] == [
        ("delivery_estimate", "2019-12-03")
    ]


def test_a_verb_behind_the_clause_of_a_day_is_not_of_the_day_also_at_the_end_of_a_sentence():
    body = "From: A <a@loja.example>\nSubject: Oi\nContent-Type: text/plain; charset=utf-8\n\nO pedido 31840277, feito em 06/07/2025, foi {}.\n"
    for verb in ("cancelado", "enviado"):
        (day,) = [day for day in orderparse.parse(body.format(verb).encode()).dates if day.confidence >= 0.5]
        assert (day.role.value, str(day.value)) == ("order", "2025-07-06")


def test_a_day_that_begins_the_next_sentence_is_not_the_orders():
    reading = orderparse.parse(
        b"From: A <a@shop.example>\nSubject: Hello\n\nYour return of order no. 48213. On 6 June 2025 we closed our shop.\n"
    )
    assert [day for day in reading.dates if day.role == "order" and day.confidence >= 0.5] == []


def test_a_number_sign_may_stand_in_the_cell_of_the_number():
    html = "<table><tr><td>Заказ</td><td>№ 73049</td></tr></table>"
    reading = orderparse.parse(f"From: A <a@shop.example>\nSubject: x\nContent-Type: text/html; charset=utf-8\n\n{html}".encode())
    assert [number.value for number in reading.order_numbers if number.confidence >= 0.5] == ["73049"]


def test_parcels_that_are_counted_keep_their_numbers():
    for first, second in (("Kolli 1: ", "Kolli 2: "), ("Parcel 1/2: ", "Parcel 2/2: ")):
        told = orderparse.parse(f"Subject: Your order 4821\n\n{first}373253010027718463\n{second}373253010027718531\n".encode())
        assert [one.value for one in told.tracking_numbers] == ["373253010027718463", "373253010027718531"]


def test_a_number_in_brackets_is_the_orders_with_a_blank_before_its_colon_as_without():
    for said in ("(numéro : 10562)", "(numéro: 10562)"):
        told = orderparse.parse(f"Subject: Votre commande\n\nLe statut de votre commande chez Atelier Brise {said} a été modifié.\n".encode())
        assert [one.value for one in told.order_numbers] == ["10562"]


def test_a_day_behind_a_sum_is_not_of_the_noun_before_the_sum():
    head = "Subject: Paiement\nContent-Type: text/plain; charset=utf-8\nDate: Thu, 07 Oct 2021 14:00:00 +0200\n\n"
    told = orderparse.parse(f"{head}Le paiement de votre commande 4218 d'un montant de 189,80 € a été confirmé le 07/10/2021.\n".encode())
    assert "order" not in {day.role.value for day in told.dates if day.confidence >= 0.5}


def test_a_day_between_an_order_and_its_number_in_brackets_takes_no_number():
    head = "Subject: Your order\nDate: Thu, 19 Jun 2025 15:39:20 +0200\nContent-Type: text/plain; charset=utf-8\n\n"
    for said in (
        "We have received your order on 17/06/2025 at 10:12 (Number: 10562).",
        "The delivery status of your order at Lumen (Number: 10562) on 17/06/2025 has changed.",
        "Leveransstatusen för din beställning hos Lumen (nummer: 10562) den 17/06/2025 har ändrats.",
    ):
        told = orderparse.parse(f"{head}{said}\n".encode())
        assert [one.value for one in told.order_numbers] == ["10562"], said
        assert ("order", "2025-06-17") in {(day.role.value, str(day.value)) for day in told.dates if day.confidence >= 0.5}, said


def test_a_reference_of_a_bill_is_the_orders_where_the_platform_numbers_orders_so():
    body = "Your invoice INV/2024/00218 (with reference: S00563) is attached.\n\nPowered by Odoo\n"
    told = orderparse.parse(f"Subject: Invoice (Ref INV/2024/00218)\n\n{body}".encode())
    assert [one.value for one in told.order_numbers if one.confidence >= 0.5] == ["S00563"]
    quoted = orderparse.parse(f"Subject: Quotation (Ref S00563)\n\n{body.replace('invoice INV/2024/00218', 'quotation')}".encode())
    assert [one.value for one in quoted.order_numbers if one.confidence >= 0.5] == []
