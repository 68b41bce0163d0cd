from orderparse import mentions
from orderparse.document import build, quoted
from orderparse.knowledge import Knowledge
from orderparse.mail import messages
from orderparse.mentions import MentionKind

KNOWLEDGE = Knowledge.builtin()
MARKS = quoted.Marks.of(KNOWLEDGE.words.quoted)


def page(body, head="From: A <a@butik.se>\nDate: Tue, 03 Mar 2026 10:00:00 +0100\n"):
    return mentions.page(build.build(messages.parse(f"{head}\n{body}".encode()), MARKS), KNOWLEDGE)


def values(found, kind):
    return [mention.span for mention in found.mentions if mention.kind is kind]


def test_every_value_is_found_once_with_its_line():
    found = page("Ordernummer: 48213\nDatum: 2026-03-01\nSumma: 100,00 kr\n")
    for mention in found.mentions:
        assert found.document.lines[mention.line].span.holds(mention.span)
    assert len({(mention.kind, mention.span) for mention in found.mentions}) == len(found.mentions)
    assert [found.document.text[span.slice] for span in values(found, MentionKind.DATE)] == ["2026-03-01"]
    assert [found.document.text[span.slice] for span in values(found, MentionKind.AMOUNT)] == ["100,00 kr"]


def test_a_word_for_a_day_of_another_language_is_no_date():
    german = page("Sie können den Status der Bestellung hier und im Konto ansehen, wenn Sie das möchten.\n")
    assert values(german, MentionKind.DATE) == []


def test_the_readings_of_a_numeric_date_follow_the_senders_country():
    def first(domain):
        found = page("Leverans 05/06/2026\n", head=f"From: A <a@shop.{domain}>\nSubject: Hello\n")
        (mention,) = [mention for mention in found.mentions if mention.kind is MentionKind.DATE]
        return mention.date.readings[0].first.isoformat()

    assert first("se") == "2026-06-05"
    assert first("us") == "2026-05-06"


def test_languages_are_told_by_function_words_and_labels():
    assert page("Hej! Din beställning är på väg till dig och vi hör av oss när den är framme.\n").languages[0][0] == "sv"
    assert page("Hello! Your order is on its way and we will tell you when it has arrived.\n").languages[0][0] == "en"
    assert page("Guten Tag, Ihre Bestellung ist auf dem Weg und wir melden uns, wenn sie da ist.\n").languages[0][0] == "de"


def test_text_of_an_unknown_language_is_not_understood():
    assert page("Kwakuu zimbo tarafa mundele kopanda sili mbeya\n").understood < 0.1


def test_a_running_number_glued_to_an_order_number_is_parted_only_where_the_shop_knows_the_rest():
    head = "From: A <transaction@notice.aliexpress.com>\nSubject: Hello\n"
    glued = page("Bestellung 13051234567891234\n", head=head)
    assert [m.code.value for m in glued.mentions if m.code] == ["13051234567891234", "3051234567891234"]
    assert [m.code.value for m in page("Bestellung 13051234567891234\n").mentions if m.code] == ["13051234567891234"]


def test_words_of_a_url_are_no_words_of_a_page_that_nobody_understands():
    words = "Jūsų siunta iš Pigu buvo pristatyta. Gavėjas: Rasa. Kaip vertinate kurjerio darbą?\n"
    url = "https://u5528101.ct.sendgrid.net/ls/click?upn=u001.pIY-kMC-HlfUiRi-DOpvyiGlF-cMmwSUV-kYk-iBTHI-ytdR-UAmL-NqrdQ"
    alone, beside = page(words), page(words + f"( {url} )\n" * 8)
    assert not beside.strange
    assert abs(alone.understood - beside.understood) < 0.05


def test_an_ending_that_a_sentence_glues_to_a_number_is_no_part_of_it():
    for body in ("Merhaba, 482130nolu siparişiniz kargoya verildi. Teşekkür ederiz.\n", "A 482130-as számú rendelésed úton van hozzád.\n"):
        found = page(body)
        assert "482130" in [mention.code.value for mention in found.mentions if mention.code is not None], body
