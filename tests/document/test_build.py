from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from orderparse.document import link_parts
from orderparse.document.build import LINKS, build
from orderparse.mail.model import Message, Part
from orderparse.text.fold import clean, fold

if TYPE_CHECKING:
    from orderparse.document.model import Document


def test_the_text_has_its_parts_in_order(document):
    made = document(
        '<p>Hi <a href="https://shop.example/orders/4821">there</a></p><script type="application/ld+json">{"@type":"Order","orderNumber":"17"}</script>',
        "Hello\nhttps://shop.example/orders/4821",
        subject=" Your\n order\u200b ",
    )
    assert made.text == "Your order\nHi there\nHello\nhttps://shop.example/orders/4821\n17\n4821"
    assert [(line.region.value, line.source) for line in made.lines] == [
        ("subject", "subject"),
        ("body", "html"),
        ("body", "plain"),
        ("body", "plain"),
        ("markup", "markup"),
        ("link", "link"),
    ]
    assert [line.number for line in made.lines] == [0, 1, 2, 3, 4, 5]
    assert [(made.text[link.span.slice], link.url.text) for link in made.links] == [
        ("there", "https://shop.example/orders/4821"),
        ("https://shop.example/orders/4821", "https://shop.example/orders/4821"),
    ]
    (part,) = made.link_parts
    assert (made.text[part.span.slice], part.link, part.name, part.before) == ("4821", 0, "", "orders")


def test_html_stands_before_plain_text_however_the_mail_has_them(marks):
    made = build(
        Message(source="x", parts=(Part(kind="plain", text="b"), Part(kind="html", text="<p>a"), Part(kind="html", text="<p>c"))), marks
    )
    assert made.text == "\na\nc\nb"


def test_a_message_without_parts_has_its_subject_line(marks):
    made = build(Message(source="x"), marks)
    assert made.text == ""
    assert [(line.region, line.span) for line in made.lines] == [("subject", (0, 0))]


def test_wrapped_links_are_unwrapped(document):
    made = document(
        '<a href="https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fshop.example%2Forders%2F4821&amp;data=x">x</a>'
    )
    assert made.links[0].url.host == "shop.example"
    assert [made.text[part.span.slice] for part in made.link_parts] == ["4821"]


def test_tables_of_all_parts_are_numbered_on(marks):
    table = "<table><tr><td>a</table>"
    message = Message(
        source="x", parts=(Part(kind="html", text=table * 2), Part(kind="html", text=table), Part(kind="plain", text="A  B\n1  2"))
    )
    assert [cell.table for cell in build(message, marks).cells] == [0, 1, 2, 3, 3, 3, 3]


def test_links_and_their_parts_are_limited(document):
    made = document(
        "".join(f"<a href='https://a.example/{number}/{number + 1}/{number + 2}'>x</a>" for number in range(1_000, 1_000 + LINKS + 10))
    )
    assert len(made.links) == LINKS
    assert len(made.link_parts) == link_parts.PARTS
    assert {defect.code for defect in made.defects} == {"links_cut"}


def test_lines_are_limited(document):
    made = document("".join(f"<p>x{number}" for number in range(20_000)))
    assert 1_000 < len(made.lines) <= 8_001
    assert "text_truncated" in {defect.code for defect in made.defects}


def check(made: Document) -> None:
    assert made.folded == fold(made.text)
    assert made.text == "\n".join(made.text[line.span.slice] for line in made.lines)
    assert all("\n" not in made.text[line.span.slice] for line in made.lines)
    assert all(line.span.size for line in made.lines[1:])
    assert [line.number for line in made.lines] == list(range(len(made.lines)))
    spans = [part.span for part in (*made.cells, *made.links, *made.link_parts, *made.properties)]
    assert all(0 <= span.start <= span.end <= len(made.text) for span in spans)
    assert [link.span.start for link in made.links] == sorted(link.span.start for link in made.links)
    assert [cell.span.start for cell in made.cells] == sorted(cell.span.start for cell in made.cells)
    assert unicodedata.is_normalized("NFC", made.text)
    assert clean(made.text) == made.text
    places = [(cell.table, cell.row, cell.column) for cell in made.cells]
    assert len(places) == len(set(places)) or any(cell.column >= 1_000 for cell in made.cells)


TAGS = st.sampled_from(
    "<p> </p> <br> <b> </b> <td> </td> <tr> </tr> <table> </table> <a\x20href='http://a.example/4821'> </a> <div\x20hidden> </div> <pre> "
    "<th\x20colspan=2> <td\x20rowspan=3> <span\x20style='display:none'> </span> <style>.x{display:none}</style> <p\x20class=x> <h1> </h1> "
    "<img\x20alt='c\u0301'> <blockquote> </blockquote> <li> <title> </title> <!-- --> <template> <select> <option> <svg> <plaintext> </html>".replace("\x20", "\x01").split()
).map(lambda tag: tag.replace("\x01", " "))  # fmt: skip
CHARACTERS = st.text(
    alphabet="a1 \n\t\r\u00a0\u200b\u00ad\u0301\u0308o\x00\x85\u2028\ufb1d\u0958\u1161\u1100\u115f8\u202e&;<>\ud800", max_size=6
)


@settings(max_examples=300, deadline=None)
@given(st.lists(TAGS | CHARACTERS, max_size=25).map("".join))
def test_any_html_gives_a_document_whose_spans_hold(marks, html):
    check(build(Message(source="x", parts=(Part(kind="html", text=html),)), marks))


@settings(max_examples=200, deadline=None)
@given(
    st.text(max_size=60) | CHARACTERS,
    st.lists(CHARACTERS | st.sampled_from(["> ", "  ", "http://a.example/4821", "a wrote:", "From: b\n"]), max_size=15).map("".join),
)
def test_any_subject_and_plain_text_give_a_document_whose_spans_hold(marks, subject, plain):
    check(build(Message(source="x", subject=subject, parts=(Part(kind="plain", text=plain),)), marks))


@given(st.lists(TAGS | st.sampled_from(["a", "1", " ", "\n"]), max_size=20).map("".join))
def test_line_breaks_as_crlf_make_no_difference(marks, html):
    one = build(Message(source="x", parts=(Part(kind="html", text=html),)), marks)
    two = build(Message(source="x", parts=(Part(kind="html", text=html.replace("\n", "\r\n")),)), marks)
    assert (one.text, one.lines, one.cells) == (two.text, two.lines, two.cells)
