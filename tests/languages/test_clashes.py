"""Words that mean one thing in a language and another in the next: what the page speaks decides."""

import pytest

import orderparse

# A sentence or two of each language, so that the page speaks it.
SPOKEN = {
    "sv": "Hej! Tack för din beställning. Vi har skickat ditt paket och du kan hämta det när det är framme hos ditt ombud.",
    "de": "Guten Tag, vielen Dank für Ihre Bestellung. Wir haben Ihre Ware versendet und Sie erhalten sie in den nächsten Tagen.",
    "en": "Hello, thank you for your order. We have sent it and you will receive it in the next days, if all goes well.",
    "it": "Ciao, grazie per il tuo ordine. Abbiamo spedito la merce e la riceverai nei prossimi giorni con il corriere.",
    "pl": "Dzień dobry, dziękujemy za zamówienie. Twoja przesyłka została wysłana i możesz ją odebrać, jeśli chcesz.",
    "cs": "Dobrý den, děkujeme za vaši objednávku. Zboží jsme odeslali a brzy ho obdržíte, pokud bude vše v pořádku.",
    "hr": "Poštovani, hvala vam na narudžbi. Vaša pošiljka je poslana i možete je preuzeti kada stigne na vašu adresu.",
    "pt": "Olá, obrigado pela sua encomenda. Já enviámos os seus artigos e vai recebê-los nos próximos dias em sua casa.",
    "tr": "Merhaba, siparişiniz için teşekkür ederiz. Ürünleriniz kargoya verildi ve size en kısa sürede teslim edilecek.",
    "fr": "Bonjour, merci pour votre commande. Nous avons expédié vos articles et vous les recevrez dans les prochains jours.",
    "nl": "Hallo, bedankt voor je bestelling. We hebben je pakket verzonden en je ontvangt het binnen enkele dagen thuis.",
    "es": "Hola, gracias por tu pedido. Hemos enviado tus artículos y los recibirás en los próximos días en tu casa.",
    "ar": "مرحبا، شكرا لك على طلبك. لقد تم شحن المنتجات الخاصة بك وسوف تصل إليك خلال الأيام القادمة إن شاء الله.",
    "ur": "السلام علیکم، آپ کے آرڈر کا شکریہ۔ ہم نے آپ کا سامان بھیج دیا ہے اور یہ آپ کو چند دن میں مل جائے گا۔",
    "id": "Halo, terima kasih atas pesanan Anda. Kami telah mengirim barang Anda dan Anda akan menerimanya dalam beberapa hari.",
}


def read(language, text):
    mail = "From: Shop <info@shop.example>\nDate: Tue, 10 Mar 2026 12:00:00 +0100\nContent-Type: text/plain; charset=utf-8\n\n"
    return orderparse.parse(f"{mail}{SPOKEN[language]}\n\n{text}\n".encode())


def roles(reading, number):
    """The roles that a number was given, surest first."""
    found = [("order_number", f) for f in reading.order_numbers] + [("tracking_number", f) for f in reading.tracking_numbers]
    found += [(f.role.value, f) for f in reading.identifiers]
    return [
        role for role, finding in sorted(found, key=lambda one: -one[1].confidence) if finding.value == number and finding.confidence >= 0.5
    ]


@pytest.mark.parametrize(
    ("language", "text", "number", "role"),
    [
        ("sv", "Hämtkod: 482913", "482913", "pickup_code"),
        ("pl", "Kod produktu: 48291377", "48291377", "product_code"),
        ("pl", "Kod odbioru: 482913", "482913", "pickup_code"),
        ("tr", "Ürün kodu: 48291377", "48291377", "product_code"),
        ("de", "Bestellnummer: 48291377", "48291377", "order_number"),
        ("sv", "Beställningsnummer: 48291377", "48291377", "order_number"),
        ("sv", "Order: 48291377", "48291377", "order_number"),
        ("pt", "Número da encomenda: 48291377", "48291377", "order_number"),
        ("pl", "Nr oferty: 48291377", "48291377", "product_code"),
        ("ar", "رقم الطلب: 48291377", "48291377", "order_number"),
        ("ur", "آرڈر نمبر: 48291377", "48291377", "order_number"),
        ("hr", "Broj narudžbe: 48291377", "48291377", "order_number"),
        ("hr", "Broj računa: 48291377", "48291377", "invoice_number"),
    ],
)
def test_a_word_of_several_languages_has_the_role_that_it_has_in_that_of_the_page(language, text, number, role):
    assert roles(read(language, text), number)[:1] == [role]


def test_a_bare_code_is_neither_an_order_nor_a_parcel():
    assert not {"order_number", "tracking_number"} & {*roles(read("sv", "Kod: 482913"), "482913")}


@pytest.mark.parametrize(
    ("language", "text", "days"),
    [
        ("it", "Data ordine: 5 marzo 2026", ["2026-03-05"]),
        ("pl", "Data zamówienia: 5 marca 2026", ["2026-03-05"]),
        ("hr", "Datum narudžbe: 5. listopada 2025.", ["2025-10-05"]),
        ("pl", "Data zamówienia: 5 listopada 2025", ["2025-11-05"]),
        ("cs", "Datum objednávky: 5. listopadu 2025", ["2025-11-05"]),
        ("sv", "Data: 5 GB", []),
        ("id", "Tanggal pemesanan: 5 Maret 2026", ["2026-03-05"]),
    ],
)
def test_data_is_a_date_where_it_means_one_and_a_month_is_that_of_the_language(language, text, days):
    assert [str(day.value) for day in read(language, text).dates if day.confidence >= 0.5 and day.role == "order"] == days


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Votre colis est arrivé hier."),
        ("nl", "Dun karton, kas en sub 4 cm."),
        ("en", "Pro version: 15 Pro, 4 set, 3 out of 5."),
        ("es", "La cara de la moneda: viso 4821, kopa 551207."),
    ],
)
def test_an_everyday_word_is_no_day_and_no_label_of_another_language(language, text):
    reading = read(language, text)
    assert [finding.value for finding in (*reading.order_numbers, *reading.amounts) if finding.confidence >= 0.5] == []
    assert [str(day.value) for day in reading.dates if day.confidence >= 0.5 and str(day.value) != "2026-03-09"] == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sv", "Order number: 48291377\nTracking number: RB123456785SE"),
        ("de", "Order ID: 48291377\nTracking ID: RB123456785SE"),
        ("de", "Numer zamówienia: 48291377\nNumer przesyłki: RB123456785SE"),
        ("fr", "订单号：48291377\n运单号：RB123456785SE"),
        ("ar", "Order number: 48291377\nTracking number: RB123456785SE"),
        ("tr", "Bestellnummer: 48291377\nSendungsnummer: RB123456785SE"),
    ],
)
def test_the_labels_of_a_mail_may_be_in_another_language_than_its_sentences(language, text):
    reading = read(language, text)
    assert reading.language.value == language
    assert [finding.value for finding in reading.order_numbers if finding.confidence >= 0.5] == ["48291377"]
    assert [finding.value for finding in reading.tracking_numbers if finding.confidence >= 0.5] == ["RB123456785SE"]


@pytest.mark.parametrize(("language", "text"), [("sv", "Vi hörs!"), ("hr", "Hvala."), ("pt", "Obrigado."), ("id", "Terima kasih.")])
def test_the_language_of_a_page_is_told_from_its_near_relatives(language, text):
    assert read(language, text).language.value == language
