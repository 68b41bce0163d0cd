import pytest

import orderparse


def mail(html="", subject="Hello", sender="Lampbutiken <info@lampbutiken.example>"):
    head = f"From: {sender}\nSubject: {subject}\nDate: Tue, 03 Mar 2026 10:00:00 +0100\nContent-Type: text/html; charset=utf-8\n\n"
    return orderparse.parse((head + f"<html><body>{html}</body></html>").encode())


def likely(findings):
    return [finding.value for finding in findings if finding.confidence >= 0.5]


def test_a_heading_row_names_the_values_under_it():
    reading = mail(
        "<table><tr><th>Order number</th><th>Order date</th><th>Total</th></tr>"
        "<tr><td>48213</td><td>2026-03-01</td><td>109.00 USD</td></tr></table>"
    )
    assert likely(reading.order_numbers) == ["48213"]
    assert [(day.role.value, day.value.isoformat()) for day in reading.dates if day.confidence >= 0.5] == [("order", "2026-03-01")]
    assert [(sum_.role.value, str(sum_.value.value)) for sum_ in reading.amounts if sum_.confidence >= 0.5] == [("total", "109.00")]


def test_a_column_of_article_numbers_holds_no_order_number():
    reading = mail("<table><tr><th>Item</th><th>Article number</th></tr><tr><td>Lamp</td><td>48213</td></tr></table>")
    assert likely(reading.order_numbers) == []
    assert [(i.value, i.role.value) for i in reading.identifiers] == [("48213", "product_code")]


def test_label_and_value_in_separate_divs_belong_together():
    assert likely(mail("<div>Order number</div><div><b>48213</b></div>").order_numbers) == ["48213"]


def test_a_number_only_in_the_subject_is_found():
    assert likely(mail("<p>Thank you!</p>", subject="Order confirmation #48213").order_numbers) == ["48213"]


def test_a_number_only_in_the_link_to_a_known_order_page_is_found():
    html = '<a href="https://www.aliexpress.com/p/tracking/index.html?tradeOrderId=8012345678904321">Track</a>'
    reading = mail(html, sender="AliExpress <transaction@notice.aliexpress.com>")
    assert likely(reading.order_numbers) == ["8012345678904321"]
    assert reading.order_numbers[0].hidden


def test_a_session_id_in_a_link_is_no_order_number_whatever_its_shape():
    html = '<p>Hello</p><a href="https://www.amazon.com/gp/f.html?C=113-1112223-3334445&amp;session-id=143-1112223-3334445">Shop</a>'
    reading = mail(html, sender="Amazon.com <shipment-tracking@amazon.com>")
    assert likely(reading.order_numbers) == []


def test_a_tracking_link_gives_number_and_carrier():
    html = '<a href="https://www.ups.com/track?tracknum=1Z999AA10123456784">Track your package</a>'
    (tracking,) = mail(html).tracking_numbers
    assert (tracking.value, tracking.carrier, tracking.check_digit) == ("1Z999AA10123456784", "UPS", True)
    assert tracking.confidence >= 0.9


def test_a_hidden_number_is_never_accepted():
    reading = mail('<div style="display:none">Order number: 99999</div><p>Order number: 48213</p>')
    assert likely(reading.order_numbers) == ["48213"]


def test_a_distinctive_shape_with_its_check_digit_needs_no_label():
    reading = mail("<p>RB123456785SE</p>")
    assert [(t.value, t.carrier) for t in reading.tracking_numbers if t.confidence >= 0.5] == [("RB123456785SE", "PostNord")]


def test_a_wrong_check_digit_lowers_confidence():
    (right,) = mail("<p>Tracking number: RB123456785SE</p>").tracking_numbers
    (wrong,) = mail("<p>Tracking number: RB123456786SE</p>").tracking_numbers
    assert (right.check_digit, wrong.check_digit) == (True, False)
    assert wrong.share < right.share  # behind its label both are as sure as the map can be
    assert wrong.confidence <= right.confidence


def test_markup_alone_gives_order_parcel_and_days():
    reading = mail(
        '<script type="application/ld+json">{"@context":"http://schema.org","@type":"ParcelDelivery","trackingNumber":"1Z999AA10123456784",'
        '"expectedArrivalUntil":"2026-03-10","partOfOrder":{"@type":"Order","orderNumber":"48213","merchant":{"@type":"Organization",'
        '"name":"Lampbutiken"}}}</script><p>On its way.</p>'
    )
    assert likely(reading.order_numbers) == ["48213"]
    assert likely(reading.tracking_numbers) == ["1Z999AA10123456784"]
    assert [(d.role.value, d.value.isoformat()) for d in reading.dates] == [("delivery_estimate", "2026-03-10")]
    assert reading.merchant is not None
    assert reading.merchant.value == "Lampbutiken"


def test_a_sender_that_only_bears_a_carriers_name_is_an_impostor():
    reading = mail("<p>Tracking number: RB123456785SE. Pay the fee now.</p>", sender="PostNord <info@parcel-fee.example>")
    assert likely(reading.tracking_numbers) == []
    assert "impostor" in [defect.code for defect in reading.defects]
    assert reading.kind is not None
    assert reading.kind.value == "other"


def test_a_card_number_is_never_put_out():
    reading = mail("<p>Card number: 4111 1111 1111 1111</p>")
    values = {f.value for f in (*reading.order_numbers, *reading.tracking_numbers, *reading.identifiers) if f.confidence >= 0.05}
    assert "4111111111111111" not in values


def test_labels_in_one_table_name_the_values_of_the_table_beside_it():
    left = "".join(f"<tr><td>{label}</td></tr>" for label in ("Order number", "Order date", "Payment method"))
    right = "".join(f"<tr><td>{value}</td></tr>" for value in ("48213", "3 March 2026", "Visa"))
    reading = mail(f"<table><tr><td><table>{left}</table></td><td><table>{right}</table></td></tr></table>")
    assert likely(reading.order_numbers) == ["48213"]
    assert [(day.role.value, day.value.isoformat()) for day in reading.dates if day.confidence >= 0.5] == [("order", "2026-03-03")]


def test_tables_of_unlike_heights_are_no_twins():
    left = "".join(f"<tr><td>{label}</td></tr>" for label in ("Order number", "Order date"))
    right = "".join(f"<tr><td>{value}</td></tr>" for value in ("A lamp", "48213", "A rug"))
    reading = mail(f"<table><tr><td><table>{left}</table></td><td><table>{right}</table></td></tr></table>")
    assert likely(reading.order_numbers) == []


def test_twin_tables_are_compared_once(monkeypatch):
    from orderparse.readers import tables

    compared = []
    once = tables._are_twins
    monkeypatch.setattr(tables, "_are_twins", lambda known, table: compared.append(table) or once(known, table))
    left, right = ("".join(f"<tr><td>{text}</td></tr>" for text in [text] * 50) for text in ("Order number", "48213377"))
    mail(f"<table><tr><td><table>{left}</table></td><td><table>{right}</table></td></tr></table>")
    assert len(compared) == 1


def test_a_number_in_an_order_link_counts_more_where_the_text_shows_it():
    link = '<a href="https://www.lampbutiken.example/orders/TR7048213">See more</a>'
    for text, feature in (("", "own_path"), ("<p>TR7048213</p>", "own_path_shown")):
        (number,) = mail(text + link).order_numbers
        assert feature in {name for name, _ in number.reasons}


def test_a_parameter_for_parcels_on_a_carriers_host_holds_its_number() -> None:
    reading = mail('<a href="https://vas.brt.it/track.hsm?ParcelID=084412709900316">Segui</a>')
    assert likely(reading.tracking_numbers) == ["084412709900316"]


def test_a_number_with_its_check_digit_on_a_carriers_host_is_the_parcels_whatever_its_parameter_is_called():
    mail = (
        "From: Lino namai <info@linonamai.example>\nDate: Wed, 19 Aug 2020 11:36:00 +0300\nSubject: Siunta\n"
        "Content-Type: text/plain; charset=utf-8\n\nhttps://www.post.lt/siuntu-sekimas/?parcels={}\n"
    )
    right, wrong = (orderparse.parse(mail.format(number).encode()).tracking_numbers for number in ("CE309277148LT", "CE309277149LT"))
    assert [number.value for number in right if number.confidence >= 0.5] == ["CE309277148LT"]
    assert not [number for number in wrong if number.confidence >= 0.5]


def test_a_paper_that_a_shop_counts_as_its_orders_is_no_parcel():
    mail = (
        "From: Shop <info@shop.example>\nDate: Wed, 19 Aug 2020 11:36:00 +0300\nSubject: Your order has been shipped\n"
        "Content-Type: text/plain; charset=utf-8\n\nOrder number: 000001138\nTracking number: {}\n"
    )
    found = {
        number: orderparse.parse(mail.format(number).encode()).tracking_numbers[0].confidence for number in ("000000976", "0000009761")
    }
    assert found["000000976"] < 0.5 < found["0000009761"]


def test_labels_in_one_cell_name_the_values_of_the_same_lines_in_the_next():
    reading = mail(
        "<table><tr><td>Customer number<br>Order number<br>Order date<br>Payment<br></td>"
        "<td>771209<br>48213<br>2026-03-01<br>Visa<br></td></tr></table>"
    )
    assert likely(reading.order_numbers) == ["48213"]
    assert [(day.role.value, day.value.isoformat()) for day in reading.dates if day.confidence >= 0.5] == [("order", "2026-03-01")]
    assert [i.value for i in reading.identifiers if i.role.value == "customer_number"] == ["771209"]


def test_cells_of_other_counts_of_lines_are_not_paired():
    reading = mail("<table><tr><td>Facts<br>Order number<br>Order date</td><td>771209<br>48213</td></tr></table>")
    assert likely(reading.order_numbers) == []


GOODS = "<table><tr><th>Pos.</th><th>Bestell-Nr.</th><th>Bezeichnung</th><th>Menge</th></tr>{}</table>"


def test_numbers_in_a_column_of_goods_are_the_articles_where_another_is_the_orders():
    rows = (
        "<tr><td>10</td><td>191204</td><td>Netzgerät</td><td>1</td></tr><tr><td>20</td><td>588370</td><td>Messleitung</td><td>3</td></tr>"
    )
    reading = mail("<p>Ihre Auftragsnummer: 4018827365</p>" + GOODS.format(rows))
    assert likely(reading.order_numbers) == ["4018827365"]
    assert sorted(i.value for i in reading.identifiers if i.role.value == "product_code") == ["191204", "588370"]


def test_the_one_number_in_a_column_of_goods_is_the_orders_where_there_is_no_other():
    assert likely(mail(GOODS.format("<tr><td>10</td><td>191204</td><td>Netzgerät</td><td>1</td></tr>")).order_numbers) == ["191204"]


def test_a_wrong_check_digit_of_a_form_that_many_numbers_have_says_nothing():
    html = "<p>Shipping method: FedEx Ground</p><p>Maker's #: 710-744770122</p><a href='https://shop.example/p/710-744770122'>Coil</a>"
    assert likely(mail(html).tracking_numbers) == []


def test_a_fax_number_in_uneven_groups_is_no_parcel():
    html = "<p>Wir versenden mit DHL Paket.</p><p>Tel.: 0180 6 312111, Fax: 0180 5 312110</p>"
    assert likely(mail(html).tracking_numbers) == []


def test_a_number_of_the_shops_own_shape_is_no_persons_number():
    html = "<p>Η παραγγελία σου 260303-4821093 είναι καθ' οδόν</p>"
    assert likely(mail(html, sender="Skroutz <no-reply@skroutz.gr>").order_numbers) == ["260303-4821093"]


def test_what_a_wording_says_of_a_day_with_its_time_is_read():
    days = mail("<p>感谢您！您于 2026-03-02 21:17:40 提交的订单已经出库。</p>").dates
    (day,) = [day for day in days if day.confidence >= 0.5]
    assert (day.role.value, day.value.isoformat()) == ("order", "2026-03-02")


def test_a_day_that_is_asked_about_is_not_the_day_of_what_happened():
    reading = mail("<p>The rotor is on its way, could somebody be at receiving on Thursday? Many thanks.</p>")
    assert [day.role.value for day in reading.dates if day.confidence >= 0.5] == []


def test_the_day_behind_an_order_number_is_its_order_day_where_a_mail_program_broke_the_line():
    text = "From: s@palarnia.example\nSubject: Status\nDate: Tue, 03 Mar 2026 10:00:00 +0100\n\nstatus zamówienia o numerze 6284 z dnia\n2026-02-22 14:05:31 uległ zmianie.\n"
    (day,) = orderparse.parse(text.encode()).dates
    assert (day.role.value, day.value.isoformat()) == ("order", "2026-02-22")


def test_a_possessive_behind_the_word_for_order_does_not_hide_its_number():
    for sentence in (
        "Γεια σου, πριν λίγες μέρες παρέλαβες την παραγγελία σου 48219370 και θα θέλαμε τη γνώμη σου.",
        "Bună ziua, comanda dumneavoastră 48219370 este pregătită de colegii noștri.",
        "Halo, pesanan Anda 48219370 sedang disiapkan oleh tim kami dan segera dikirim.",
        "สวัสดีค่ะ คำสั่งซื้อของคุณ 48219370 กำลังเตรียมจัดส่ง",
    ):
        assert likely(mail(f"<p>{sentence}</p>").order_numbers) == ["48219370"], sentence


def test_a_number_in_brackets_ends_a_subject_about_an_order() -> None:
    assert likely(mail("<p>Hello</p>", subject="The status of your order has changed (48213-102938)").order_numbers) == ["48213-102938"]
    assert likely(mail("<p>Hello</p>", subject="The invoice of the order of last week (48213-102938)").order_numbers) == []


def test_the_word_for_number_may_begin_the_line_behind_the_thing() -> None:
    html = "<p>we must tell you that the advance invoice for the goods of your order<br>no. 2300731 of 12 April has not been paid.</p>"
    assert likely(mail(html).order_numbers) == ["2300731"]


def test_columns_of_sums_stand_under_their_headings_though_no_edge_is_in_line() -> None:
    text = "Thank you.\n\nOrder no.   Order date   Total\nA-118204    2026-03-01     1612.40\nA-118377    2026-03-02       93.75\n"
    head = "From: Timber <a@timber.example>\nSubject: Statement\nDate: Tue, 03 Mar 2026 10:00:00 +0100\n\n"
    assert likely(orderparse.parse((head + text).encode()).order_numbers) == ["A-118204", "A-118377"]


def test_what_is_ordered_and_shipped_of_each_article_is_no_number() -> None:
    table = (
        "<table><tr><td>Part</td><td>Ordered</td><td>Shipped</td><td>Unit price</td><td>Total</td></tr>"
        "<tr><td>LM358P</td><td>4000</td><td>4000</td><td>0.19</td><td>38.72</td></tr></table>"
    )
    assert likely(mail(table, subject="Invoice 88214037").order_numbers) == []


def test_a_count_of_orders_is_no_number() -> None:
    assert likely(mail("<p>Thank you!</p>", subject="Purchase confirmation: 2 orders from 2 sellers").order_numbers) == []


def test_words_on_both_sides_say_more_of_a_day_than_a_label() -> None:
    head = "From: Vinted <a@vinted.example>\nSubject: È pronto per il ritiro\nDate: Tue, 03 Mar 2026 10:00:00 +0100\n\n"
    reading = orderparse.parse(f"{head}Il pacco è arrivato al punto di ritiro. Hai tempo fino al 10/03/2026 per ritirarlo.\n".encode())
    assert [(day.role.value, day.value.isoformat()) for day in reading.dates if day.confidence >= 0.5] == [("pickup_until", "2026-03-10")]


def test_what_a_link_of_another_site_calls_a_tracking_id_is_no_parcel() -> None:
    html = '<p>You appeared in 3 searches</p><a href="https://www.linkedin.com/comm/feed?trackingId=9vQk2LxS3mTz8aRw4Nc1Bg">See all</a>'
    assert likely(mail(html, sender="LinkedIn <notifications-noreply@linkedin.com>").tracking_numbers) == []


def test_the_clause_of_a_day_is_over_at_its_comma() -> None:
    (day,) = [day for day in mail("<p>Your order 48213, made on 1 March 2026, was shipped.</p>").dates if day.confidence >= 0.5]
    assert day.role.value == "order"


def test_a_longer_wording_tells_more_than_one_within_it() -> None:
    html = "<p>Your parcel is waiting. Please collect it by 10 March 2026 or it is sent back.</p>"
    (day,) = [day for day in mail(html, subject="Your parcel 48213 is ready to collect").dates if day.confidence >= 0.5]
    assert (day.role.value, day.value.isoformat()) == ("pickup_until", "2026-03-10")


def test_a_number_only_in_a_link_of_the_shop_that_names_orders_in_another_language_is_found() -> None:
    html = '<p>Hola</p><a href="https://www.lampara.es/mi-cuenta/pedidos/detalle?pedido=C0417729938">Ver el estado de tu pedido</a>'
    assert likely(mail(html, sender="Lampara <hola@lampara.es>").order_numbers) == ["C0417729938"]


def test_an_order_that_only_a_link_to_the_basket_names_is_not_believed() -> None:
    html = '<p>Noch da?</p><a href="https://www.lumen.de/checkout?bestellung=wk-81401277">Bestellung abschließen</a>'
    assert not likely(mail(html, sender="Lumen <post@lumen.de>").order_numbers)


def test_a_heading_may_bear_the_shops_own_name() -> None:
    table = "<table><tr><td>N° client<td>Date facture<tr><td>60418827<td>17/02/2026<tr><td>N° commande LUMA<td>Date commande<tr><td>55284106<td>13/02/2026</table>"
    assert likely(mail(table, sender="LUMA <facturation@luma.example>").order_numbers) == ["55284106"]


def dated(heads, values):
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in (heads, values))
    found = mail(f"<table>{cells}</table>").dates
    return {(day.role.value, day.value.isoformat()) for day in found if day.confidence >= 0.5}


def test_a_day_under_date_is_that_of_the_number_to_its_left():
    heads, values = ("Invoice no.", "Date", "Due date", "Order no."), ("A-3817", "30/01/2026", "30/03/2026", "VP24-11862")
    assert dated(heads, values) == {("invoice", "2026-01-30"), ("due", "2026-03-30")}
    assert dated(("Date", "Invoice no.", "Points"), ("30/01/2026", "A-3817", "28")) == set()


def test_a_day_between_small_words_stands_below_its_label():
    lines = "<p>FECHA</p><p>20 de febrero de 2026</p><p>ENTREGA ESTIMADA</p><p>Entre el miércoles 4 y el jueves 5 de marzo</p>"
    found = [day for day in mail(f"<p>Hemos recibido tu pedido</p>{lines}").dates if day.confidence >= 0.5]
    assert ("delivery_estimate", "2026-03-04") in {(day.role.value, day.value.isoformat()) for day in found}
    assert all(day.role.value != "delivery_estimate" or day.value.month == 3 for day in found)


def test_what_mixes_large_and_small_letters_in_a_carriers_link_is_a_key_and_no_parcel() -> None:
    sender = "Instabox <no-reply@instabox.se>"
    for token, found in (("B2qMJAznk8vaQSzHo0bkmf", []), ("UA309188425SE", ["UA309188425SE"])):
        html = f'<p>Ditt paket är framme.</p><a href="https://instabox.se/track/{token}">Visa vägen</a>'
        assert likely(mail(html, sender=sender).tracking_numbers) == found


def test_what_is_said_of_a_day_may_stand_around_it_and_the_same_day_in_other_words() -> None:
    for text, role in (
        ("<p>您的包裹預計於今日（3月3日）為您配送。</p>", "delivery_estimate"),
        ("<p>Vă informăm că astăzi, 03.03.2026, am preluat de la expeditor coletul.</p>", "ship"),
    ):
        days = mail(text).dates
        assert {(day.role.value, str(day.value)) for day in days if day.confidence >= 0.5} == {(role, "2026-03-03")}


def test_the_date_below_an_order_in_a_receipt_of_a_payment_service_is_that_of_the_payment() -> None:
    html = "<p>Potwierdzamy wykonanie płatności.</p><p>Kwota: 214,00 PLN</p><p>Opis: Zamówienie #7716</p><p>Data: 2026-03-03 09:30</p>"
    days = mail(html, "Potwierdzenie płatności", "Przelewy24 <przelewy24@przelewy24.pl>").dates
    assert {(day.role.value, str(day.value)) for day in days if day.confidence >= 0.5} == {("payment", "2026-03-03")}


def test_a_day_in_brackets_right_behind_an_order_number_is_its_day() -> None:
    days = mail("<p>Your order #4409 (29/1/2026). You will see it soon.</p>").dates
    assert {(day.role.value, str(day.value)) for day in days if day.confidence >= 0.5} == {("order", "2026-01-29")}


def test_a_count_behind_an_order_number_is_no_other_order() -> None:
    assert likely(mail("<p>eBay order 14-10562-88317, 3 cards of buttons</p>").order_numbers) == ["14-10562-88317"]
    assert likely(mail("<p>Your orders 48211, 48213 and 48219 are on their way.</p>").order_numbers) == ["48211", "48213", "48219"]


def test_what_is_said_behind_a_comma_and_of_another_day_is_not_said_of_a_day() -> None:
    text = "<p>Din bestilling 8840: rammerne kom i går, og nu er det hele afleveret til PostNord.</p>"
    assert not [day for day in mail(text).dates if day.role.value == "ship" and day.confidence >= 0.5]
    text = "<p>Beställning 48213: jag syr på fredag och skickar på måndag.</p>"
    assert {str(day.value) for day in mail(text).dates if day.role.value == "ship" and day.confidence >= 0.5} == {"2026-03-09"}


@pytest.mark.parametrize(
    "url",
    [
        "https://www.pochta.ru/tracking#RR123456785RU",
        "https://t.17track.net/en#nums=RR123456785RU",
        "https://parcelsapp.com/en/tracking/RR123456785RU",
    ],
)
def test_a_proven_number_in_a_link_that_tracks_is_a_parcels_whosever_page_it_is(url):
    told = orderparse.parse(f"Subject: Your parcel\nContent-Type: text/plain\n\nTrack your parcel: {url}\n".encode())
    assert [one.value for one in told.tracking_numbers if one.confidence >= 0.5] == ["RR123456785RU"]
    session = orderparse.parse(b"Subject: Your parcel\n\nTrack it: https://shop.example/x?session=RR123456785RU\n")
    assert session.tracking_numbers == ()
