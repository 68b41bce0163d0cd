from __future__ import annotations

import pytest

from orderparse.document import html


def texts(document, region):
    return [document.text[line.span.slice] for line in document.lines if line.region == region]


def cells(document):
    return [(document.text[cell.span.slice], cell.table, cell.row, cell.column) for cell in document.cells]


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("<div>a</div>b<p>c</p>", ["a", "b", "c"]),
        ("a<br>b<br/>c<hr>d", ["a", "b", "c", "d"]),
        ("a  \n b\t<b>c</b>", ["a b c"]),
        ("<p>Order&nbsp;number:&nbsp;&nbsp;4821</p>", ["Order number: 4821"]),
        ("<b>Order</b> <i>number</i>\n<u>4821</u>", ["Order number 4821"]),
        ("<b>Order</b><span> </span><i>4821</i>", ["Order 4821"]),
        ("<span>Order</span><span>4821</span>", ["Order 4821"]),
        ("<b>RB</b><b>123456785</b><b>SE</b> <i>m</i><sup>2</sup>", ["RB123456785SE m2"]),
        ('<div style="display:flex"><span>Order</span><span>A4821</span></div>', ["Order A4821"]),
        ('<p><b style="display:inline-block">Order</b><i>A4821</i></p>', ["Order A4821"]),
        ('<p style="display:flex"><b>Order <i>A</i><i>B</i></b><span>c</span></p>', ["Order AB c"]),
        ("<ul><li>a<li>b</ul>", ["a", "b"]),
        ("<dl><dt>a<dd>b</dl>", ["a", "b"]),
        ("<pre>a  b\nc</pre>", ["a b", "c"]),
        ("<pre><b>a</b>\n<b>c</b></pre>", ["a", "c"]),
        ("a<custom-element>b</custom-element>", ["ab"]),
        ("a<!-- b -->c<!--[if mso]><p>d</p><![endif]-->", ["ac"]),
        ("a<script>b</script><style>c</style><template>d</template><noscript>e</noscript>", ["a"]),
        ("<p>&#8203;</p><p>&shy;</p>a", ["a"]),
    ],
)
def test_lines_break_where_a_browser_breaks_them(lines, written, wanted):
    assert lines(written) == wanted


@pytest.mark.parametrize(
    "number",
    [
        "<span>8012</span><span>3456</span>",
        "8012<wbr>3456",
        "<b>80</b>12<i></i>34<b><i>56</i></b>",
        "8012&#8203;3456",
        "8012&#8288;34&shy;56",
        "80<!-- x -->123456",
        "8012<span style='display:none'>99</span>3456",
    ],
)
def test_a_number_in_pieces_is_one_word(lines, number):
    assert lines(f"<p>No {number}</p>") == ["No 80123456"]


def test_text_behind_the_document_and_a_second_document_are_kept(lines):
    kept = lines("<html><body><p>a</p></body></html>b<html><body><p>c</p></body></html>d")
    assert "".join(kept) == "abcd"


def test_blanks_around_a_hidden_element_are_kept(lines):
    assert lines("<b>a</b> <i hidden>x</i><b>b</b>") == ["a b"]


def test_a_title_is_hidden_text(document):
    made = document("<head><title>Order 4821</title></head><p>a</p>")
    assert texts(made, "hidden") == ["Order 4821"]


def test_hidden_text_stands_below_the_line_it_is_in(document):
    made = document('<p>Order <span style="display:none">999</span>4821</p><p>b</p>')
    assert [made.text[line.span.slice] for line in made.lines[1:]] == ["Order 4821", "999", "b"]
    assert [line.region for line in made.lines[1:]] == ["body", "hidden", "body"]


def test_links_in_hidden_text_have_their_text(document):
    made = document('<p>a<span hidden>b <a href="https://shop.example/1">cd</a></span></p>')
    assert [made.text[link.span.slice] for link in made.links] == ["cd"]


def test_headings_and_header_cells_are_headings(document):
    made = document("<h2>Items</h2><table><tr><th>Number<th>Price<tr><th>Total<td>5</table><p>a <b>b</b></p>")
    assert {made.text[line.span.slice] for line in made.lines if line.heading} == {"Items", "Number\tPrice"}


def test_cells_of_a_row_stand_on_one_line(document):
    made = document("<table><tr><td>Order<td>4821</tr><tr><td><p>Date</p><td><div>1 May</div></table>")
    assert texts(made, "body") == ["Order\t4821", "Date\t1 May"]
    assert cells(made) == [("Order", 0, 0, 0), ("4821", 0, 0, 1), ("Date", 0, 1, 0), ("1 May", 0, 1, 1)]


def test_a_cell_of_several_lines_breaks_the_row(document):
    made = document("<table><tr><td>A<td>B<br>C<td>D</table>")
    assert texts(made, "body") == ["A\tB", "C", "D"]
    assert [made.text[cell.span.slice] for cell in made.cells] == ["A", "B\nC", "D"]


def test_a_cell_that_holds_a_table_is_layout(document):
    made = document("<table><tr><td>A<td>B<table><tr><td>C<td>D</table>E<td>F</table>")
    assert texts(made, "body") == ["A", "B", "C\tD", "E", "F"]
    assert cells(made) == [("A", 0, 0, 0), ("C", 1, 0, 0), ("D", 1, 0, 1), ("F", 0, 0, 2)]


def test_empty_cells_and_spans_count_columns(document):
    made = document(
        "<table><tr><td rowspan=2>A<td colspan=2>B<td></td><td>C<tr><td>D<td><td>E</table><table><tr><td colspan=99999999999>F<td>G</table>"
    )
    assert cells(made) == [
        ("A", 0, 0, 0),
        ("B", 0, 0, 1),
        ("C", 0, 0, 4),
        ("D", 0, 1, 1),
        ("E", 0, 1, 3),
        ("F", 1, 0, 0),
        ("G", 1, 0, 1000),
    ]


def test_a_link_has_its_visible_text(document):
    made = document('<p>Track <a href="https://shop.example/t?id=1">your <b>parcel</b></a> or <a href="mailto:a@b.example">write</a></p>')
    assert [(made.text[link.span.slice], link.url.host) for link in made.links] == [("your parcel", "shop.example")]


def test_an_image_speaks_for_a_link_without_text(document):
    made = document('<a href="https://a.example/"><img alt="Track it"></a><a href="https://b.example/"><img alt="no">B</a><img alt="no">')
    assert [(made.text[link.span.slice], link.url.host) for link in made.links] == [("Track it", "a.example"), ("B", "b.example")]
    assert "no" not in made.text


def test_an_empty_link_has_an_empty_span(document):
    made = document('<p>a</p><a href="https://shop.example/1"></a>')
    (link,) = made.links
    assert link.span.size == 0
    assert link.span.end <= len(made.text)


def test_a_bare_url_is_a_link_but_not_twice(document):
    made = document('<p>https://a.example/1 <a href="https://b.example/2">https://b.example/2</a></p>')
    assert [link.url.text for link in made.links] == ["https://a.example/1", "https://b.example/2"]


def test_letters_with_their_accents_in_other_elements_are_composed(document):
    made = document("<p>o<b>\u0308l</b> <a href='https://a.example'>4821</a></p><p>x</p>")
    assert texts(made, "body") == ["\u00f6l 4821", "x"]
    assert made.text[made.links[0].span.slice] == "4821"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("8012&#8203;3456", "invisible_chars"),
        ("8012<b>&#8203;</b>3456", "invisible_chars"),
        ("8012\u202e3456", "bidi_override"),
        ("8012\x003456", "control_chars"),
        ("8012\x073456", "control_chars"),
    ],
)
def test_odd_characters_are_a_defect(document, written, code):
    made = document(f"<p>{written}</p>")
    assert code in {defect.code for defect in made.defects}


def test_a_control_character_parts_a_number(lines):
    assert lines("<p>8012\x003456</p>") == ["8012 3456"]


def test_shaping_characters_in_words_are_no_defect(document):
    assert not document("<p>Bestell&shy;nummer &zwnj; \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645</p>").defects


def test_class_names_and_ids_and_generators_are_kept(document):
    made = document('<meta name=generator content="Shop 1.2"><p class="b order_item" id=a>x</p>')
    assert made.template_marks == ("a", "b", "generator:Shop 1.2", "order_item")


def test_lone_surrogates_are_replaced():
    assert html.read("<p>a\ud800b</p>").sheet.lines[0].text == "a\ufffdb"


def test_an_empty_text_gives_no_lines():
    assert html.read("").sheet.lines == []
    assert html.read("<frameset><frame></frameset>").sheet.lines == []
