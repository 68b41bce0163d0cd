"""Pages in a language without a file: what the place of a number still says."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import orderparse
from orderparse.knowledge import Knowledge

if TYPE_CHECKING:
    from orderparse.records import Reading

GERMAN = (
    "<p>Hallo Jana, danke, dass du bei uns eingekauft hast. Wir packen gerade alles sorgfältig für dich ein.</p>"
    "{}<p>Sobald das Paket unser Lager verlassen hat, schicken wir dir gleich noch eine weitere Nachricht.</p>"
)


@cache
def without_german() -> Knowledge:
    return Knowledge.builtin().without_language("de").without_language("lb")  # which says "Bestellnummer" too


def read(html: str, knowledge: Knowledge | None = None) -> Reading:
    head = "From: Mirella <info@mirella.example>\nSubject: Danke!\nDate: Tue, 03 Mar 2026 10:00:00 +0100\nContent-Type: text/html; charset=utf-8\n\n"
    mail = f"{head}<html><body>{GERMAN.format(html)}</body></html>"
    return orderparse.parse(mail.encode(), knowledge=knowledge or without_german())


def features(reading: Reading) -> set[str]:
    return {name for number in reading.order_numbers for name, _ in number.reasons}


def test_a_number_behind_a_sign_in_a_heading_is_an_order_number():
    for heading in ("[Bestellung #40493] (7. März 2026)", "Bestellung n° 40493", "Bestellung Nr. 40493", "Bestellung №40493"):
        reading = read(f"<h2>{heading}</h2>")
        assert [number.value for number in reading.order_numbers if number.confidence >= 0.5] == ["40493"], heading
        assert "sign_heading" in features(reading)


def test_a_heading_of_words_and_a_number_speaks_where_a_platform_counts_so_alone() -> None:
    heading = "<h2>Bestellnummer 40493</h2>"
    assert read(heading).order_numbers == ()
    assert "worded_heading" in features(
        read('<table class="email-order-details"><tr><td id="template_header">' + heading + "</td></tr></table>")
    )


def test_an_article_in_brackets_and_a_line_of_a_label_that_nobody_reads_say_nothing() -> None:
    for html in ("<p>Ø 32 mm / M8 (#40493)</p>", "<p>Alba Nr. 5</p>", "<p>Zeichen: 4049317</p>", "<p>Merkmal Nr. 4049317</p>"):
        assert read(html).order_numbers == (), html


def test_where_the_language_is_known_labels_speak_alone():
    reading = read("<h2>Kundennummer 40493</h2>", Knowledge.builtin())
    assert not features(reading) & {"sign_heading", "worded_heading"}


def test_a_number_that_the_platform_pads_with_zeros_is_an_order_number():
    page = '<p>000006574</p><a href="https://sylius.com">sylius.com</a>'
    reading = read(page)
    assert [(number.value, number.confidence >= 0.5) for number in reading.order_numbers] == [("000006574", True)]
    assert "platform_shape" in features(reading)
    assert read("<p>000006574</p>").order_numbers == ()


def hungarian(subject: str, body: str) -> Reading:
    head = "From: LumenGarten <info@lumengarten.example>\nDate: Tue, 03 Mar 2026 10:00:00 +0100\nContent-Type: text/plain; charset=utf-8\n"
    prose = "Köszönjük, hogy minket választott, hamarosan újra jelentkezünk Önnek.\n\n"
    return orderparse.parse(f"{head}Subject: {subject}\n\n{prose}{body}".encode(), knowledge=Knowledge.builtin().without_language("hu"))


def test_a_number_whose_label_shares_a_stem_with_the_subject_is_the_orders() -> None:
    reading = hungarian("Rendelésedet megkaptuk", "Rendelésszám: 581365652\nRendelés napja: 2026. március 3.\nÜgyfélkód: 77120934\n")
    assert [number.value for number in reading.order_numbers if number.confidence >= 0.5] == ["581365652"]
    assert "topic_label_dated" in features(reading)


def test_a_heading_of_a_column_that_shares_a_stem_with_the_subject_names_the_number_under_it() -> None:
    table = "<table><tr><td>Rendelésszám<td>Ügyfélkód<tr><td>581365652<td>77120934</table>"
    reading = orderparse.parse(
        "From: LumenGarten <info@lumengarten.example>\nSubject: =?utf-8?Q?Rendel=C3=A9sedet_megkaptuk?=\nContent-Type: text/html; charset=utf-8\n\n"
        f"<p>Köszönjük, hogy minket választott, hamarosan újra jelentkezünk Önnek.</p>{table}".encode(),
        knowledge=Knowledge.builtin().without_language("hu"),
    )
    assert [name for number in reading.order_numbers for name, _ in number.reasons if name.startswith("topic")] == ["topic_label"]
    assert [number.value for number in reading.order_numbers] == ["581365652"]


def test_the_shops_name_and_a_sentence_are_no_topic() -> None:
    for body in (
        "LumenGarten Kft, Lumengarten utca 4312\n",
        "Kérjük, a rendelésed ügyében hívja munkatársunkat ma ezen 581365652 számon.\n",
    ):
        assert not [name for name in features(hungarian("LumenGarten: rendelésed", body)) if name.startswith("topic")], body


def test_the_one_number_of_the_subject_that_the_mail_says_again_is_the_orders_where_nothing_names_one() -> None:
    reading = hungarian("Csomagolva (LG-581365)", "Azonosító: LG-581365\nVevőkód: 77120934\n")
    assert [number.value for number in reading.order_numbers] == ["LG-581365"]
    assert "subject_alone" in features(reading)


def test_a_subject_with_two_numbers_a_ticket_or_a_year_names_no_order() -> None:
    for subject in ("Csomagolva LG-581365 KV-771209", "[LG-581365] Csomagolva", "Csomagolva 2026"):
        reading = hungarian(subject, "Azonosító: LG-581365\nVevőkód: KV-771209\nCsomagolva 2026\n")
        assert "subject_alone" not in features(reading), subject


def test_where_a_label_is_read_the_subject_alone_says_nothing() -> None:
    reading = hungarian("Csomagolva (LG-581365)", "Order number: 77120934\nAzonosító: LG-581365\n")
    assert [number.value for number in reading.order_numbers if number.confidence >= 0.5] == ["77120934"]
    assert "subject_alone" not in features(reading)


def test_words_of_indic_scripts_are_compared_whole() -> None:
    text = "From: Lumen <info@lumen.example>\nContent-Type: text/plain; charset=utf-8\nSubject: অর্ডারটি পেয়েছি\n\n"
    prose = "আমাদের সাথে কেনাকাটা করার জন্য আপনাকে অনেক ধন্যবাদ, আমরা খুব শীঘ্রই আবার আপনার সাথে যোগাযোগ করব।\n\n"
    knowledge = Knowledge.builtin().without_language("bn")
    reading = orderparse.parse(f"{text}{prose}অর্ডারের নম্বর: 581365652\nগ্রাহকের সংখ্যা: 77120934\n".encode(), knowledge=knowledge)
    assert [number.value for number in reading.order_numbers] == ["581365652"]
    assert "topic_label" in features(reading)


def test_a_word_of_the_subject_beside_a_number_tells_whose_it_is() -> None:
    for body in (
        "A(z) rendelésed 581365652 számon fut nálunk, hamarosan csomagoljuk.\n",
        "Csomagoltuk: 581365652 rendelésed holnap indul.\n",
    ):
        assert "topic_word" in features(hungarian("Rendelésedet megkaptuk", body)), body


def test_a_list_of_many_numbers_behind_a_word_of_the_subject_is_of_something_else() -> None:
    body = "".join(f"Hirdetés 140388{number} ma érkezett.\n" for number in range(2217, 2221))
    assert not features(hungarian("Négy új hirdetés", body))


def test_of_two_numbers_of_one_line_the_last_is_the_orders() -> None:
    reading = hungarian("Számla a rendelésedhez", "Számla 58136565 a rendelésedhez 77120934\n")
    assert [number.value for number in reading.order_numbers] == ["77120934"]


def test_points_amounts_of_goods_bookings_and_passcodes_name_no_order() -> None:
    for number in ("4.218", "120ml", "X7KQ2P", "581 365"):
        subject = f"{number} tudnivaló" if number == "581 365" else f"Tudnivaló {number}"
        assert "subject_alone" not in features(hungarian(subject, f"Ez most {number} nálunk.\n")), number


def test_the_one_number_of_the_shape_of_the_shops_orders_is_the_orders_without_a_word() -> None:
    text = "From: eBay <ebay@ebay.com>\nSubject: Szia\nContent-Type: text/plain; charset=utf-8\n\n"
    prose = "Köszönjük, hogy minket választott, hamarosan újra jelentkezünk Önnek.\n\n"
    knowledge = Knowledge.builtin().without_language("hu")
    for others, sole in (("", True), ("11-20417-33817\n", False)):
        reading = orderparse.parse(f"{text}{prose}Azonosító 09-11836-60417\n{others}".encode(), knowledge=knowledge)
        assert ("sole_shape" in features(reading)) == sole, others


def test_in_a_carriers_mail_the_subject_is_about_the_parcel() -> None:
    text = "From: Evri <noreply@evri.com>\nSubject: =?utf-8?Q?Csomagod_581365652?=\nContent-Type: text/plain; charset=utf-8\n\n"
    prose = "Köszönjük, hogy minket választott, hamarosan újra jelentkezünk Önnek.\n\nCsomagod: 581365652\n"
    assert not features(orderparse.parse((text + prose).encode(), knowledge=Knowledge.builtin().without_language("hu")))


def test_an_identifier_in_groups_is_the_shops_order_and_a_plain_counter_is_not() -> None:
    text = "From: Allegro <powiadomienia@allegro.pl>\nSubject: Szia\nContent-Type: text/plain; charset=utf-8\n\n"
    prose = "Köszönjük, hogy minket választott, hamarosan újra jelentkezünk Önnek.\n\n"
    knowledge = Knowledge.builtin().without_language("hu")
    identifier = "2b8641a0-7f6a-11e8-ac45-09db60ede9d6"
    assert "sole_shape" in features(orderparse.parse(f"{text}{prose}Azonosító {identifier}\n".encode(), knowledge=knowledge))
    assert not features(orderparse.parse(f"{text}{prose}Azonosító 48213\n".encode(), knowledge=knowledge))


def test_nine_capitals_that_are_no_word_are_the_order_of_a_platform_that_names_orders_so() -> None:
    text = "From: Kertbolt <info@kertbolt.example>\nSubject: [Kertbolt] Szia\nContent-Type: text/html; charset=utf-8\n\n"
    prose = '<p>Köszönjük, hogy minket választott, hamarosan újra jelentkezünk Önnek.</p><table class="table-mail table-recap"><tr><td>{}</table>'
    knowledge = Knowledge.builtin().without_language("hu")
    for letters, named in (("QKZDVHBWM", True), ("ÜDVÖZÖLJÜK", False), ("MEGKAPTUK", False)):
        reading = orderparse.parse(f"{text}{prose.format(letters)}".encode(), knowledge=knowledge)
        assert ("sole_shape" in features(reading)) == named, letters


def test_labels_and_values_in_turn_in_one_row_are_compared_each_with_its_own() -> None:
    text = "From: Lumen <info@lumen.example>\nContent-Type: text/html; charset=utf-8\nSubject: 주문하신 상품의 배송이 완료되었습니다\n\n"
    table = "<table><tr><td>주문번호<td>3372918406<td>주문일자<td>2018-03-19</table>"
    knowledge = Knowledge.builtin().without_language("ko")
    assert "topic_label_dated" in features(
        orderparse.parse(f"{text}{table}<p>상품을 받으셨나요 리뷰를 남겨 주세요</p>".encode(), knowledge=knowledge)
    )


def payment(subject: str, body: str) -> Reading:
    head = "From: PayU <no-reply@payu.com>\nContent-Type: text/plain; charset=utf-8\n"
    prose = "Köszönjük, hogy minket választott, hamarosan újra jelentkezünk Önnek.\n\n"
    return orderparse.parse(f"{head}Subject: {subject}\n\n{prose}{body}".encode(), knowledge=Knowledge.builtin().without_language("hu"))


def test_the_number_of_a_payment_services_subject_is_the_payments() -> None:
    assert "subject_alone" not in features(payment("Sikeres fizetés (KX-581365)", "Azonosító: KX-581365\n"))


def test_what_was_paid_for_is_told_by_a_word_and_a_number_behind_a_label() -> None:
    for purpose in ("Rendelés 48213", "Rendelés #48213", "Rendelés nr 48213"):
        reading = payment("Sikeres fizetés", f"Közlemény: {purpose}\nVevőkód: 77120934\n")
        assert [number.value for number in reading.order_numbers if "purpose" in features(reading)] == ["48213"], purpose


def test_a_known_word_or_a_second_such_number_is_nothing_that_was_paid_for() -> None:
    for body in ("Közlemény: Faktura 48213\n", "Közlemény: Rendelés 48213\nJegyzet: Számla 77120\n", "Közlemény: 48213\n"):
        assert "purpose" not in features(payment("Sikeres fizetés", body)), body


def test_a_number_of_another_clause_does_not_make_a_number_the_first_of_two() -> None:
    for rest in (". A raktárban 77120934 maradt.", ", mert sajnos elfogyott az árucikk 77120934"):
        assert "topic_word" in features(hungarian("Rendelésedet megkaptuk", f"Csomagoltuk: a rendelésed 581365652 ma indul{rest}\n")), rest
