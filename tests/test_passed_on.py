"""Mails that people pass on, or keep as pages."""

import pytest

import orderparse


def days(reading):
    return [(day.role.value, str(day.value)) for day in reading.dates if day.confidence >= 0.5]


def numbers(reading):
    return [found.value for found in reading.order_numbers if found.confidence >= 0.5]


def mail(subject, body, sent="Fri, 13 Mar 2026 10:00:00 +0100"):
    head = f"From: Mette <mette@mail.dk>\nSubject: {subject}\nDate: {sent}\nContent-Type: text/plain; charset=utf-8\n\n"
    return orderparse.parse((head + body).encode())


DANISH = "Fra: Lumen <info@lumen.dk>\nSendt: 10. marts 2026 12:48\nTil: mette@mail.dk\nEmne: Din ordre 48213\n\nOrdrenummer: 48213\n"
FINNISH = (
    "Lähettäjä: Lumen <info@lumen.fi>\nLähetetty: 10. maaliskuuta 2026\nVastaanottaja: m@mail.fi\nAihe: Tilaus\n\nTilausnumero: 48213\n"
)


@pytest.mark.parametrize(("body", "region"), [(DANISH, "forwarded"), (FINNISH, "quoted")])
def test_vs_forwards_in_danish_and_answers_in_finnish(body, region):
    from orderparse.document import build, quoted
    from orderparse.knowledge import Knowledge
    from orderparse.mail import messages

    text = f"Subject: VS: 48213\nContent-Type: text/plain; charset=utf-8\n\nHer er det brev som jeg talte om i går, venner\n\n{body}"
    made = build.build(messages.parse(text.encode()), quoted.Marks.of(Knowledge.builtin().words.quoted))
    assert made.lines[-1].region == region


def test_tomorrow_in_a_forwarded_mail_is_the_day_after_that_mail():
    body = "See below.\n\n---------- Forwarded message ---------\nFrom: Lumen <info@lumen.example>\nDate: Tue, 10 Mar 2026 at 12:48\n"
    body += "Subject: Your order\nTo: a@mail.example\n\nYour order 48213 will be delivered tomorrow.\n"
    assert days(mail("Fwd: Your order", body)) == [("delivery_estimate", "2026-03-11")]


def test_tomorrow_in_an_attached_mail_is_the_day_after_that_mail():
    inner = "From: Lumen <info@lumen.example>\nDate: Tue, 10 Mar 2026 12:48:00 +0100\nSubject: Your order 48213\n\nIt will be delivered tomorrow.\n"
    outer = "From: Mette <mette@mail.dk>\nDate: Fri, 13 Mar 2026 10:00:00 +0100\nSubject: Fwd: Your order\nContent-Type: message/rfc822\n\n"
    assert days(orderparse.parse((outer + inner).encode())) == [("delivery_estimate", "2026-03-11")]


PAGE = """<html><head><title>Order received - Coffee House</title></head><body>
<a href="https://www.facebook.example/coffee">Follow us</a><a href="https://coffee-house.example/tea">Tea</a>
<h1>Order received</h1><p>Thank you. Your order has been received.</p>
<ul><li>Order number: <b>8841</b></li><li>Date: <b>14 November 2025</b></li><li>Total: <b>$62.70</b></li></ul>
<p>Shipping: DHL. Telephone 070 174 06 38 11</p></body></html>"""


def test_a_saved_page_of_a_shop_has_no_sender_that_its_links_could_lead_away_from():
    reading = orderparse.parse(PAGE.encode())
    assert numbers(reading) == ["8841"]
    assert days(reading) == [("order", "2025-11-14")]


def test_a_mail_that_a_program_printed_is_that_mail_and_no_quote():
    printed = """<html><head><title>Yahoo Mail - Your order 48213</title></head><body><h3>Your order 48213 is confirmed</h3>
    <div>From: Lumen (info@lumen.example)</div><div>To: a@mail.example</div><div>Date: Tuesday, 17 December 2019 at 22:48</div>
    <p>Thank you for your order. Order number: 48213</p><p>Delivery on Friday 20 December</p><p>Order total: $20.00</p></body></html>"""
    reading = orderparse.parse(printed.encode())
    assert numbers(reading) == ["48213"]
    assert ("delivery_estimate", "2019-12-20") in days(reading)
    assert [str(found.value.value) for found in reading.amounts if found.role == "total" and found.confidence >= 0.5] == ["20.00"]


@pytest.mark.parametrize("field", ["X-GitHub-Reason: mention", "X-JIRA-FingerPrint: 9f6c3b6f"])
def test_a_number_in_a_tracker_of_issues_is_nobodys_order(field):
    text = f"From: A B <a@tracker.example>\nSubject: Link is wrong (Issue 4821)\n{field}\n\nOpen order #10234 in the list. Order number: 10234\n"
    reading = orderparse.parse(text.encode())
    assert numbers(reading) == []
    assert reading.kind is not None
    assert reading.kind.value == "other"


def test_a_letter_that_answers_another_is_of_no_kind_of_order_mail():
    reading = mail("Re: blinds!", "Ha, no! They swore the parcel would be here by Friday. On its way, they say.\nLove, Jan\n")
    assert reading.kind is None or reading.kind.value == "other"


def test_a_word_that_means_wrote_elsewhere_begins_no_quote_behind_a_long_number():
    body = "آرڈر نمبر: MK-7318\nکنسائنمنٹ نمبر: 779402816354\nکتب کی تفصیل:\nکل رقم: 3850 روپے\n"
    reading = mail("آپ کا آرڈر", body)
    assert [str(found.value.value) for found in reading.amounts if found.role == "total" and found.confidence >= 0.5] == ["3850"]


QUOTED = "> Order number: {}\n> Order date: 2 March 2026\n> Estimated delivery: 6 March 2026\n> Total: 76.96 EUR\n"


def answered(own, number="48213"):
    wrote = "On 2 Mar 2026, at 10:12, Lumen <shop@lumen.example> wrote:\n"
    reading = mail("Re: Your order", f"{own}\n\n{wrote}{QUOTED.format(number)}")
    totals = [str(amount.value.value) for amount in reading.amounts if amount.role == "total" and amount.confidence >= 0.5]
    return days(reading), totals


@pytest.mark.parametrize("own", ["It has not come yet. Can you help?", "My order 48213 has not come yet. Can you help?"])
def test_what_a_quoted_mail_says_of_the_past_of_the_order_that_is_asked_about_holds(own):
    assert answered(own) == ([("order", "2026-03-02")], ["76.96"])


def test_what_a_quoted_mail_says_of_another_order_does_not():
    assert answered("My order 51990 has not come yet. Can you help?") == ([], [])
