from __future__ import annotations

import time

import pytest

DEEP = "<div>" * 3_000


def texts(made, region="body"):
    return [made.text[line.span.slice] for line in made.lines if line.region == region]


def test_text_below_any_depth_is_kept(document):
    made = document(f"{DEEP}Order<br><b>48</b>21{'</div>' * 3_000}tail</html><p>more")
    assert texts(made) == ["Order", "4821", "tail", "more"]
    assert [defect.code for defect in made.defects] == ["html_depth"]


def test_three_hundred_levels_are_nothing_odd(document):
    made = document("<div>" * 300 + "4821" + "</div>" * 300)
    assert texts(made) == ["4821"]
    assert not made.defects


def test_links_hidden_text_and_scripts_are_told_apart(document):
    made = document(
        f"{DEEP}<title>t</title><a href='https://shop.example/1'>Track&amp;<img alt=x></a><a href='https://shop.example/2'><img alt='y'></a>"
        "<p style='display:none'>h<p>v<div hidden>h<div>h</div></div><p>w<script>no</script><noscript>h</noscript>"
        '<script type="application/ld+json">{"@type":"Order","orderNumber":"4821"}</script><h1>H</h1><i hidden>rest'
    )
    assert texts(made) == ["Track&y", "v", "w", "H"]
    assert [made.text[link.span.slice] for link in made.links] == ["Track&", "y"]
    assert texts(made, "markup") == ["4821"]
    assert set(" ".join(texts(made, "hidden")).split()) == {"t", "h", "rest"}
    assert [made.text[line.span.slice] for line in made.lines if line.heading] == ["H"]


HOSTILE = {
    "nested_div": lambda: "<div>" * 400_000,
    "nested_b": lambda: "<b>" * 600_000,
    "nested_font": lambda: "".join(f"<font size={number}>" for number in range(100_000)),
    "nested_table": lambda: "<table><tr><td>" * 130_000,
    "nested_template": lambda: "<template>" * 200_000,
    "nested_frameset": lambda: "<frameset>" * 200_000,
    "nested_select": lambda: "<select><option>" * 125_000,
    "nested_svg": lambda: "<svg><style>" * 160_000,
    "nested_hidden": lambda: "<i hidden>x" * 180_000,
    "nested_lists": lambda: "<ul><li>x" * 220_000,
    "unmatched_ends": lambda: "<div></x>" * 220_000,
    "misnested": lambda: "<a><b><i>x</a></b></i>" * 90_000,
    "only_ends": lambda: "</a></b></i></u>" * 125_000,
    "reopened": lambda: "".join(f"<p><b a={number}>x</p>" for number in range(90_000)),
    "paragraphs_below": lambda: "<div>" * 900 + "<p></p>" * 280_000,
    "attributes": lambda: "<p " + " ".join(f"a{number}=1" for number in range(200_000)) + ">x",
    "attributes_quoted": lambda: "<p " + " ".join(f"a{number}='>'" for number in range(150_000)) + ">x",
    "equal_attributes": lambda: "<p " + "a=1 " * 500_000 + ">x",
    "long_attribute": lambda: "<p title='" + "x" * 2_000_000 + "'>x",
    "styles": lambda: "<style>" + "".join(f".c{n}{{display:none}}" for n in range(20_000)) + "</style>" + "".join(f"<p class=c{n}>x" for n in range(20_000)),
    "inline_styles": lambda: "".join(f"<p style='display:block;width:{number}px'>x" for number in range(50_000)),
    "many_styles": lambda: "<style>p{display:none}</style>x" * 60_000,
    "open_angles": lambda: "<" * 2_000_000,
    "open_tags": lambda: "<a" * 1_000_000,
    "open_quotes": lambda: "<a b='" * 330_000,
    "open_comments": lambda: "<!--" * 500_000,
    "comments": lambda: "<!-- x -->" * 200_000,
    "scripts": lambda: "<script><!--<script>" * 100_000,
    "entities": lambda: "&amp;" * 400_000,
    "ampersands": lambda: "&" * 2_000_000,
    "far_number": lambda: "&#" + "9" * 2_000_000 + ";",
    "spans": lambda: "<table>" + "<tr><td colspan=1000 rowspan=1000>x" * 50_000,
    "taken_rows": lambda: "<table><tr>" + "<td rowspan=1000>x" * 1_000 + "<tr><td>x" * 20_000,
    "links": lambda: "<a href='https://a.example/1?b=2'>x</a>" * 50_000,
    "distinct_links": lambda: "".join(f"<a href='https://a.example/{number}'>x</a>" for number in range(45_000)),
    "bare_links": lambda: "http://a.example/1 " * 100_000,
    "accents": lambda: "a\u0308\u0323<a href='http://a.example/'>x</a>" * 40_000,
    "invisible": lambda: "\u200b" * 1_000_000,
    "invisible_letters": lambda: "a\u200b" * 600_000,
    "blanks": lambda: "a" + " " * 2_000_000 + "b",
    "empty_elements": lambda: "a<i></i>" * 200_000,
    "long_gap": lambda: "a" + "<i></i>" * 250_000 + "b",
    "json": lambda: "<script type='application/ld+json'>" + '{"a":' * 50_000 + "</script>",
    "json_blocks": lambda: "<script type='application/ld+json'>{}</script>" * 40_000,
    "json_leaves": lambda: "<script type='application/ld+json'>[" + '{"@type":"A","b":"c"},' * 11_000 + "{}]</script>",
    "items": lambda: "<div itemscope itemtype=A>" * 900 + "<p itemprop=b>" * 90_000,
    "nested_properties": lambda: "<div itemscope itemtype=A>" + "<div itemprop=b>" * 900 + "x" * 500_000,
}  # fmt: skip


def seconds(document, html):
    began = time.process_time()
    made = document(html)
    assert len(made.folded) == len(made.text)
    return time.process_time() - began


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_html_takes_no_time(document, name):
    assert seconds(document, HOSTILE[name]()[:400_000]) < 1.5


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_two_megabytes_of_hostile_html_take_no_time(document, name):
    assert seconds(document, HOSTILE[name]()) < 4
