from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderparse.document.paint import WHITE, Paint, Shade, colour, contrast, of_declarations
from orderparse.document.visibility import declarations


def unseen(*styles: str, link: bool = False) -> bool:
    """Whether a text in elements with these styles, the outermost first, cannot be seen."""
    shade = Shade()
    for style in styles:
        shade = shade.under(of_declarations(declarations(style)) or Paint(), link=link)
    return shade.unseen


@pytest.mark.parametrize(
    "styles",
    [
        ("color:#fff",), ("color:white",), ("color:rgb(255,255,255)",), ("color:rgba(0,0,0,0)",), ("color:#00000000",), ("color:transparent",),
        ("background:#123456", "color:#123456"), ("background-color:#eee", "color:#efefef"), ("font-size:0",), ("font-size:1px",), ("font:0/0 a",),
        ("font-size:0", "font-size:100%"), ("font-size:0", "font-size:2em"), ("background:#000", "background:#fff", "color:#fefefe"), ("font-size:0.1pt",),
    ],
)  # fmt: skip
def test_what_nobody_sees(styles):
    assert unseen(*styles)


@pytest.mark.parametrize(
    "styles",
    [
        ("color:#000",), ("color:#999",), ("background:#000", "color:#fff"), ("background:url(a.png)", "color:#fff"), ("font-size:0", "font-size:12px"),
        ("font-size:1em",), ("font-size:small",), ("font-size:0", "font:12px/14px Arial"), ("background:#222 url(x) no-repeat", "color:#fff"),
        ("background-image:url(a.png)", "color:#fff"), ("color:inherit",), ("color:rgba(255,255,255,.5)",), ("color:var(--x)",), ("font-size:2",),
        ("background:#fff", "background:transparent", "color:#000"), ("background:linear-gradient(#000,#111)", "color:#fff"), ("font-size:0", "font-size:1rem"),
    ],
)  # fmt: skip
def test_what_is_seen_or_not_known(styles):
    assert not unseen(*styles)


def test_a_link_has_a_colour_of_its_own():
    assert not unseen("color:#fff", "text-decoration:none", link=True)


@given(st.text(max_size=60))
def test_any_text_is_a_colour_or_none(text):
    found = colour(text)
    assert found is None or found in {"unknown", "none"} or all(0 <= part <= 255 for part in found)


@given(st.tuples(*[st.integers(0, 255)] * 3), st.tuples(*[st.integers(0, 255)] * 3))
def test_contrast_is_the_same_both_ways_and_at_least_one(one, other):
    assert contrast(one, other) == contrast(other, one) >= 1
    assert contrast(WHITE, (0, 0, 0)) == pytest.approx(21)


@given(st.text(alphabet="colrfntsize:;#0123456789 pxem%()background,/", max_size=80))
def test_any_style_may_be_read(style):
    assert isinstance(unseen(style), bool)
