import orderparse
from orderparse import parties
from orderparse.document import build, quoted
from orderparse.knowledge import Knowledge
from orderparse.languages.vocabulary import NAMING
from orderparse.mail import messages
from orderparse.text.pieces import cut

KNOWLEDGE = Knowledge.builtin()
MARKS = quoted.Marks.of(KNOWLEDGE.words.quoted)


def of(mail):
    document = build.build(messages.parse(mail.encode()), MARKS)
    phrases = tuple(KNOWLEDGE.phrases.find(cut(document.folded))[NAMING])
    return parties.of(document, phrases, KNOWLEDGE)


def test_a_sender_is_known_by_whole_labels_of_its_domain():
    assert of("From: A <a@notice.aliexpress.com>\nSubject: Hello\n\nx").merchant.name == "AliExpress"
    assert of("From: A <a@notaliexpress.com>\nSubject: Hello\n\nx").merchant is None
    assert of("From: A <a@aliexpress.com.evil.example>\nSubject: Hello\n\nx").merchant is None


def test_an_address_in_the_display_name_is_not_the_sender():
    assert of('From: "transaction@notice.aliexpress.com" <a@evil.example>\nSubject: Hello\n\nx').merchant is None


def test_a_known_name_without_its_domain_or_link_is_an_impostor():
    assert of("From: PostNord <a@parcel-fee.example>\nSubject: Hello\n\nx").impostor
    assert not of("From: PostNord <a@postnord.com>\nSubject: Hello\n\nx").impostor
    assert not of("From: PostNord <a@relay.example>\nSubject: Hello\n\nSee https://tracking.postnord.com/se/?id=RB123456785SE").impostor


def test_the_sender_of_an_inlined_mail_counts_before_the_one_who_forwarded_it():
    who = of(
        "From: Maja <maja@friends.example>\nSubject: Fwd: Order\n\n---------- Forwarded message ---------\n"
        "From: AliExpress <transaction@notice.aliexpress.com>\nDate: Tue, 3 Mar 2026\nSubject: Order\nTo: maja@friends.example\n\nHello\n"
    )
    assert who.merchant is not None
    assert who.merchant.name == "AliExpress"


def test_the_country_is_that_of_the_domain_and_a_word_domain_has_none():
    assert of("From: A <a@butik.se>\nSubject: Hello\n\nx").country == "SE"
    assert of("From: A <a@shop.co.uk>\nSubject: Hello\n\nx").country == "GB"
    assert of("From: A <a@shop.io>\nSubject: Hello\n\nx").country is None
    assert of("From: A <a@shop.com.co>\nSubject: Hello\n\nx").country == "CO"
    assert of("From: A <a@shop.com.mx.example>\nSubject: Hello\n\nx").country == "MX"
    assert of("From: A <a@is.example>\nSubject: Hello\n\nx").country is None


def test_a_payment_service_gives_the_shop_as_merchant():
    reading = orderparse.parse(
        "From: Klarna <no-reply@klarna.se>\nSubject: Betalning\n\nButik: Tygboden\nOrdernummer: 48213\nAtt betala: 100 kr\n"
    )
    assert reading.merchant is not None
    assert reading.merchant.value == "Tygboden"


def test_a_name_under_a_top_level_domain_that_its_file_does_not_list_is_no_impostor():
    assert not of("From: Royal Mail <a@royalmail.example>\nSubject: Hello\n\nx").impostor
    assert not of("From: eBay <a@ebay.example>\nSubject: Hello\n\nx").impostor
    assert of("From: Royal Mail <a@royalmail-fee.example>\nSubject: Hello\n\nx").impostor


def test_a_shop_beside_a_known_one_is_no_impostor():
    assert not of("From: Zalando Lounge <a@zalando-lounge.de>\nSubject: Hello\n\nx").impostor
    assert of("From: Zalando <a@zalando-lounge-sale.top>\nSubject: Hello\n\nx").impostor


def test_a_platform_is_known_by_two_marks_of_its_templates_or_by_a_link_to_it_and_a_shop_with_a_file_has_none():
    head = "From: Tygboden <a@tygboden.example>\nSubject: Order\nContent-Type: text/html\n\n"
    marks = '<div id="template_container"><div id="body_content_inner">Order 1042</div></div>'
    assert of(head + marks).platform.name == "WooCommerce"
    assert of(head + '<div id="template_container">Order 1042</div>').platform is None
    assert of(head + '<p>Order 1042</p><a href="https://www.shopify.com/?ref=mail">Powered by Shopify</a>').platform.name == "Shopify"
    assert of(head.replace("tygboden.example", "webhallen.com") + marks).platform is None


def test_a_platform_that_a_shop_gives_credit_to_is_known_and_one_that_a_sentence_tells_of_is_not():
    head = "From: Tygboden <info@tygboden.example>\nSubject: Zamówienie\nContent-Type: text/plain; charset=utf-8\n\nZamówienie: 1042\n\n"
    assert of(f"{head}Oparte na PrestaShop\n").platform.name == "PrestaShop"
    assert of(f"{head}Oparte na PrestaShop\n\nTygboden, ul. Rynek 9\n").platform.name == "PrestaShop"
    assert of(f"{head}We have moved our little shop to PrestaShop, and hope that you like it.\n").platform is None
    assert of(f"{head}https://www.prestashop-project.org/x\n\nEnd of mail\n").platform.name == "PrestaShop"  # by its link
    assert of(f"{head}PrestaShop\n").platform is None
