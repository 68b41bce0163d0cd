from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderparse.document.style_sheets import StyleSheets


@pytest.mark.parametrize(
    ("css", "hidden"),
    [
        (".x{opacity:0}", True),
        (".x{position:absolute;left:-9999px}", True),
        (".x{text-indent:-9999px}", True),
        (".x{max-height:0;overflow:hidden}", True),
        (".x{font-size:0}", True),
        (".x{color:#fff}", True),
        (".x{color:#fff;background:#333}", False),
        ("div p.x{display:none}", True),
        ("div > p.x{display:none}", True),
        ("section p.x{display:none}", False),
        (".x:hover{display:none}", False),
        (".x::after{content:'1'}", False),
        ("@media screen{.x{display:none}}", True),
        ("@media all and (min-width:480px){.x{display:none}}", True),
        ("@media (min-width:4000px){.x{display:none}}", False),
        ("@media (max-width:480px){.x{display:none}}", False),
        ("@media (max-width:480px){#y{display:none}}", True),
        ("@media (max-width:480px){#y{display:none}.m{display:block!important}}", False),
        ("@media print{.x{display:none}}", False),
        ("@media (prefers-color-scheme:dark){.x{color:#fff}}", False),
        ("@supports (display:grid){.x{display:none}}", True),
        ("@keyframes a{from{opacity:0}to{opacity:1}}", False),
        ("@font-face{font-family:a}.x{display:none}", True),
        ("p[lang]{color:#fff}", False),
    ],
)
def test_what_a_rule_hides(lines, css, hidden):
    assert lines(f"<style>{css}</style><div><p class='w x' id=y>a</p></div>b") == (["b"] if hidden else ["a", "b"])


def test_a_rule_that_paints_behind_the_text_counts_too(lines):
    assert lines("<div class=x>a</div><p>b</p><style>.x{color:#fff}</style>") == ["b"]


def test_a_background_of_a_rule_for_ancestors_is_known(lines):
    assert lines("<style>.bar td{background:#123}</style><table class=bar><tr><td><p style='color:#fff'>a</p></table>b") == ["a", "b"]
    assert lines("<style>.bar td{background:#fff}</style><table class=bar><tr><td><p style='color:#fff'>a</p></table>b") == ["b"]


def test_what_stands_around_a_hidden_text_goes_on(lines):
    assert lines("<p>Order <b style='color:#fff'>99</b> 4821</p>") == ["Order 4821"]


@given(st.text(alphabet=".#ax{}@media screen():;displynoe,>*/-!", max_size=200))
def test_any_text_is_a_style_sheet(css):
    sheets = StyleSheets()
    sheets.add(css)
    assert sheets.match("p", "a x", "y") in {0, 1, 2}
