from __future__ import annotations

import pytest

from orderparse.document.model import ForwardedHeader
from orderparse.document.quoted import prefix


def shown(made):
    return [(made.text[line.span.slice], line.region.value) for line in made.lines if line.source in {"html", "plain"}]


def regions(made):
    return [region for _, region in shown(made)]


@pytest.mark.parametrize("subject", ["Re: a", "SV: a", "Aw: a", "Antw: a", "RE[2]: a", "Re: Fwd: a", "[shop] Re: a", "回复：a"])
def test_prefixes_of_answers(subject):
    assert prefix(subject) == "quoted"


@pytest.mark.parametrize("subject", ["Fwd: a", "FW: a", "Vb: a", "WG: a", "Doorst: a", "Fwd: Re: a", "转发: a"])
def test_prefixes_of_forwarded_mails(subject):
    assert prefix(subject) == "forwarded"


@pytest.mark.parametrize("subject", ["", "Order: 4821", "Your order", "Rechnung: 1", "10:30"])
def test_other_subjects_tell_nothing(subject):
    assert prefix(subject) is None


def test_a_mail_without_marks_is_body(document):
    assert set(regions(document("<p>On 3 May we sent your order:</p><p>4821</p>", "From: Berlin\nTo: Malmö\nDate: 3 May"))) == {"body"}


ATTRIBUTIONS = [
    "On Mon, 3 Mar 2025 at 10:12, A Shop <order@shop.example> wrote:",
    "Den mån 3 mars 2025 kl 10:12 skrev A Shop <order@shop.example>:",
    "On 3 March 2025, A Shop wrote:",
    "2025年3月3日 10:12 A Shop <order@shop.example>:",
]


@pytest.mark.parametrize("attribution", ATTRIBUTIONS)
def test_what_stands_below_an_attribution_is_quoted(document, attribution):
    made = document(plain=f"Where is my parcel, please?\n\n{attribution}\n> Order 4821\n> Thanks\nAnna", subject="Re: Order 4821")
    assert regions(made) == ["body", "quoted", "quoted", "quoted", "body"]
    assert made.forwarded is None


def test_an_attribution_may_be_wrapped(document):
    made = document(plain="Where is my parcel?\nOn Mon, 3 Mar 2025 at 10:12, A Shop <\norder@shop.example> wrote:\nOrder 4821")
    assert regions(made) == ["body", "quoted", "quoted", "quoted"]


def test_quote_marks_alone_quote(document):
    made = document(plain="Please tell me where it is\n> Order 4821\nAnna")
    assert regions(made) == ["body", "quoted", "body"]


def test_a_mail_that_is_all_quoted_is_forwarded(document):
    made = document(
        plain="> From: A Shop <order@shop.example>\n> Subject: Order 4821\n> Date: 3 March 2025\n>\n> Order 4821\n>> older 17",
        subject="Re: x",
    )
    assert regions(made) == ["forwarded"] * 4 + ["quoted"]
    assert made.forwarded == ForwardedHeader(sender="A Shop <order@shop.example>", sent="3 March 2025", subject="Order 4821")


GMAIL = """---------- Forwarded message ---------
From: A Shop <order@shop.example>
Date: Mon, 3 Mar 2025 at 10:12
Subject: Order 4821
To: <anna@mail.example>


Thanks for your order
"""


@pytest.mark.parametrize("above", ["", "fyi\n", "Here is the mail that you asked me for\n"])
def test_a_forward_mark_begins_a_forwarded_mail(document, above):
    made = document(plain=above + GMAIL)
    assert set(regions(made)[len(above.splitlines()) :]) == {"forwarded"}
    assert made.forwarded == ForwardedHeader(sender="A Shop <order@shop.example>", sent="Mon, 3 Mar 2025 at 10:12", subject="Order 4821")


def test_a_quote_in_a_forwarded_mail_is_quoted(document):
    made = document(plain=GMAIL + "and for your patience\nOn 1 Feb 2025, B wrote:\n> Order 17")
    assert regions(made) == ["forwarded"] * 7 + ["quoted"] * 2


def test_a_header_block_in_another_language_begins_a_mail(document):
    block = "Från: A Shop <order@shop.example>\nSkickat: den 3 mars 2025 10:12\nTill: Anna\nÄmne: Order 4821\n\nTack!"
    assert regions(document(plain=f"Var är mitt paket nu?\n{block}", subject="SV: Order 4821")) == ["body"] + ["quoted"] * 5
    forwarded = document(plain=f"\n{block}", subject="VB: Order 4821")
    assert regions(forwarded) == ["forwarded"] * 5
    assert forwarded.forwarded == ForwardedHeader(sender="A Shop <order@shop.example>", sent="den 3 mars 2025 10:12", subject="Order 4821")


def test_bold_labels_and_values_on_the_next_line_are_read(document):
    made = document(plain="*From:* A Shop\n*Sent:* 3 March 2025\n*To:* Anna\n*Subject:*\nOrder 4821\n\nThanks")
    assert made.forwarded == ForwardedHeader(sender="A Shop", sent="3 March 2025", subject="Order 4821")


@pytest.mark.parametrize(("subject", "region"), [("Re: Order 4821", "quoted"), ("Fw: Order 4821", "forwarded"), ("", "quoted")])
def test_original_messages_go_by_the_subject_and_the_own_text(document, subject, region):
    made = document(plain="Where is my parcel, please?\n-----Original Message-----\nFrom: A\nSubject: B\nOrder 4821", subject=subject)
    assert regions(made) == ["body"] + [region] * 4


def test_few_own_words_are_no_answer(document):
    assert set(regions(document(plain="see below\n-----Original Message-----\nOrder 4821"))) == {"body", "forwarded"}


def test_a_forwarder_may_be_named_in_the_mark(document):
    assert regions(document(plain="----- Forwarded by A/B on 03/03/2025 -----\nOrder 4821")) == ["forwarded"] * 2


def test_quotes_of_mail_programs_in_html(document):
    answer = "<div>Where is my parcel, please?</div><div class=gmail_quote><div>On 3 Mar 2025, A wrote:</div><blockquote>Order 4821</blockquote></div>x"
    assert regions(document(answer)) == ["body", "quoted", "quoted", "body"]
    forward = (
        "<div class=gmail_quote>---------- Forwarded message ---------<br>From: <b>A</b> &lt;a@shop.example&gt;<br>Date: 3 Mar 2025"
        "<br>Subject: B<br><p>Order 4821</p></div>"
    )
    made = document(forward)
    assert set(regions(made)) == {"forwarded"}
    assert made.forwarded == ForwardedHeader(sender="A <a@shop.example>", sent="3 Mar 2025", subject="B")


def test_all_that_follows_the_header_of_outlook_is_the_older_mail(document):
    html = "<p>Where is my parcel, please?</p><div id=x_divRplyFwdMsg><b>Von:</b> A<br></div><p>Order 4821</p>"
    assert regions(document(html)) == ["body", "quoted", "quoted"]


def test_header_tables_are_read(document):
    html = (
        "<div class=moz-forward-container>-------- Forwarded Message --------<table><tr><th>Subject: <td>Order 4821<tr><th>Date: <td>3 Mar 2025"
        "<tr><th>From: <td>A &lt;a@shop.example&gt;</table><p>Thanks</div>"
    )
    made = document(html)
    assert made.forwarded == ForwardedHeader(sender="A <a@shop.example>", sent="3 Mar 2025", subject="Order 4821")
    assert set(regions(made)) == {"forwarded"}


def test_a_block_quote_is_a_quote_only_in_answers_and_below_attributions(document):
    html = "<p>Thank you for your order, Anna</p><blockquote>Order 4821<p>Lamp</blockquote>"
    assert set(regions(document(html))) == {"body"}
    assert regions(document(html, subject="Re: x")) == ["body", "quoted", "quoted"]
    assert regions(document(html.replace("<blockquote", "<p>On 3 Mar 2025, A wrote:</p><blockquote"))) == ["body"] + ["quoted"] * 3
    assert regions(document(html.replace("<blockquote", "<blockquote type=cite"))) == ["body", "quoted", "quoted"]


def test_hidden_lines_stay_hidden_in_quotes(document):
    html = "<div class=gmail_quote>-- Forwarded message --<p hidden>x</p><p>Order 4821</div>"
    assert regions(document(html)) == ["forwarded", "hidden", "forwarded"]


def test_attached_mails_are_forwarded(document):
    from orderparse.mail.model import Message, Part

    deepest = Message(source="c", subject="", parts=(Part(kind="plain", text="Order 17"),))
    inner = Message(
        source="b",
        subject="Order 4821",
        parts=(Part(kind="plain", text="Thanks\n> older"), Part(kind="html", text="<p>Hi</p>")),
        attached=(deepest,),
    )
    made = document(plain="see the mail that is attached", attached=(inner,))
    assert [(made.text[line.span.slice], line.region.value, line.source) for line in made.lines] == [
        ("", "subject", "subject"),
        ("see the mail that is attached", "body", "plain"),
        ("Order 4821", "forwarded", "subject"),
        ("Hi", "forwarded", "html"),
        ("Thanks", "forwarded", "plain"),
        ("older", "forwarded", "plain"),
        ("Order 17", "forwarded", "plain"),
    ]


def test_a_header_block_below_an_unknown_mark_is_of_the_mail_that_is_forwarded(document):
    quoted = (
        "<p>Can you fetch it?</p><blockquote type=cite>Zde je ta zpráva:<br>Od: A Shop &lt;a@shop.example&gt;<br>Datum: 3. 3. 2025<br>"
        "Komu: b@c.example<br>Předmět: Objednávka<br><br></blockquote><blockquote type=cite><p>Objednávka 4821</p></blockquote>"
    )
    assert set(regions(document(quoted, subject="Fwd: Objednávka"))[1:]) == {"forwarded"}
