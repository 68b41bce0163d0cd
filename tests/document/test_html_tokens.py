from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderparse.document import html_tokens
from orderparse.document.html_tokens import END, RAW, START, TEXT, attributes, limit, tokens


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("a<b", [(TEXT, "", "a"), (START, "b", "")]),
        ("1 < 2 <3", [(TEXT, "", "1 < 2 <3")]),
        ("<p a='>' b=\">\">x", [(START, "p", " a='>' b=\">\""), (TEXT, "", "x")]),
        ("</p x>y", [(END, "p", ""), (TEXT, "", "y")]),
        ("<!-->a<!--->b<!-- c --!>d", [(TEXT, "", "a"), (TEXT, "", "b"), (TEXT, "", "d")]),
        ("<!doctype html><?x?></>a", [(TEXT, "", "a")]),
        ("<style><p></style>a", [(START, "style", ""), (RAW, "style", "<p>"), (END, "style", ""), (TEXT, "", "a")]),
        ("<script><!--<script></script>--></script>a", [(START, "script", ""), (RAW, "script", "<!--<script></script>-->"), (END, "script", ""), (TEXT, "", "a")]),
        ("<title>a", [(START, "title", ""), (RAW, "title", "a")]),
        ("<plaintext></plaintext>", [(START, "plaintext", ""), (RAW, "plaintext", "</plaintext>")]),
    ],
)  # fmt: skip
def test_tokens_are_those_of_the_standard(html, wanted):
    assert list(tokens(html)) == wanted


def test_the_first_of_equal_attributes_counts():
    assert attributes(" a=1 A=2 b c = 'd e' f=g/h") == {"a": "1", "b": "", "c": "d e", "f": "g/h"}


def test_attributes_are_limited():
    assert len(attributes(" ".join(f"a{number}=1" for number in range(2_000)))) == html_tokens.ATTRIBUTES


@given(st.text(alphabet="<>/!-=\"' abp\n&", max_size=60))
def test_tokens_are_total(html):
    assert sum(len(data) for _, _, data in tokens(html)) <= len(html)


PADDING = "<br>" * 2_500


@pytest.mark.parametrize(
    ("html", "code"),
    [
        (PADDING + "<div>" * 1_500, "html_depth"),
        (PADDING + "<div></x>" * 1_500, "html_depth"),
        (PADDING + "".join(f"<p><b a={number}></p>" for number in range(1_500)), "html_depth"),
        (PADDING + "<div>" * 900 + "<p></p>" * 30_000, "html_depth"),
        (PADDING + "<table><tr><td>" * 600, "html_depth"),
        (PADDING + "<style></div></style><div>" * 1_500, "html_depth"),
        (PADDING + "<p " + " ".join(f"a{number}" for number in range(600)) + ">", "html_attrs"),
        (PADDING + "<p title='" + "x" * 200_000 + "'>", "html_attrs"),
        (PADDING + "<svg><style></svg>", "html_foreign"),
        ("x" * 4_200_000, "html_size"),
    ],
)
def test_what_is_slow_in_a_tree_is_told(html, code):
    defect = limit(html)
    assert defect is not None
    assert defect.code == code


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 300 + "</div>" * 300,
        PADDING + "<div><span>x</span></div>" * 5_000,
        PADDING + "<p>x" * 5_000 + "<ul>" + "<li>x" * 5_000,
        PADDING + "<table>" + "<tr><td>x<td>y" * 5_000 + "</table>",
        PADDING + "<td><p>x</td>" * 5_000,
        "<!--" + "x" * 100_000 + "-->",
    ],
)
def test_large_mails_that_are_well_made_go_the_main_road(html):
    assert limit(html) is None
