import orderparse

HEAD = "From: Lumen <info@lumen.example>\nSubject: Your order 48213 has been shipped\nDate: Tue, 10 Mar 2026 12:00:00 +0100\n"


def parcels(body, head=HEAD):
    reading = orderparse.parse(f"{head}Content-Type: text/html; charset=utf-8\n\n{body}".encode())
    return [number.value for number in reading.tracking_numbers if number.confidence >= 0.5]


def test_a_number_with_and_without_its_check_character_is_one_parcel():
    link = '<a href="https://track.dpd.co.uk/parcels/01193106482909">Track</a>'
    assert parcels(f"<p>DPD parcel number: 0119 3106 4829 098</p><p>Your parcel number is 01193106482909. {link}</p>") == ["01193106482909"]


def test_an_sscc_with_and_without_its_application_identifier_is_one_parcel():
    link = '<a href="https://tracking.postnord.com/se/?id=373300009041182272">Spåra</a>'
    assert parcels(f"<p>PostNord, Kolli-ID: 00373300009041182272 {link}</p>") == ["00373300009041182272"]


def test_the_own_number_of_who_forwards_a_parcel_is_no_tracking_number():
    link = '<a href="https://trackings.post.japanpost.jp/services/srv/search/direct?reqCodeNo1=RR123456785JP">Japan Post</a>'
    assert parcels(f"<p>Parcel number: 1184207</p><p>Tracking number: RR123456785JP {link}</p>") == ["RR123456785JP"]


def test_a_delivery_note_in_a_mail_about_trouble_is_no_number_to_track_by():
    head = "From: Lumen <info@lumen.example>\nSubject: Terminänderung zu Ihrem Auftrag 2033714558\nDate: Tue, 10 Mar 2026 12:00:00 +0100\n"
    assert parcels("<p>Alle weiteren Positionen wurden bereits ausgeliefert (Lieferschein 8331099274).</p>", head) == []


def test_a_number_behind_a_hash_in_a_subject_about_a_parcel_is_the_orders_where_the_parcel_has_its_own():
    head = "From: Lumen <info@lumen-shop.example>\nDate: Mon, 06 May 2024 10:00:00 +0200\nSubject: Lumen Notificação de Envio #{}\n\nSeu pedido foi enviado\n\n{}"
    told = orderparse.parse(head.format("R306218845", "Rastreamento: OV281640934BR\n").encode())
    assert ([one.value for one in told.order_numbers], [one.value for one in told.tracking_numbers]) == (["R306218845"], ["OV281640934BR"])
    named = orderparse.parse(head.format("R306218845", "Número do pedido: 4821\nRastreamento: OV281640934BR\n").encode())
    assert [one.value for one in named.order_numbers if one.confidence >= 0.5] == ["4821"]
    alone = orderparse.parse(head.replace("Notificação de Envio", "Envio").format("R306218845", "Obrigado\n").encode())
    assert [one.value for one in alone.order_numbers if one.confidence >= 0.5] == []
