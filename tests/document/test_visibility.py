from __future__ import annotations

import pytest

from orderparse.document.style_sheets import StyleSheets
from orderparse.document.visibility import hides


@pytest.mark.parametrize(
    "style",
    [
        "display:none", "DISPLAY : NONE !important", "visibility:hidden", "visibility: collapse", "max-height:0", "max-height: 0px; overflow:hidden",
        "mso-hide:all", "opacity:0", "opacity: 0.0", "text-indent:-9999px", "position:absolute;left:-9999px", "height:0;overflow:hidden",
        "color:red;display:none", "display:/* x */none",
    ],
)  # fmt: skip
def test_styles_that_hide(style):
    assert hides(style)


@pytest.mark.parametrize(
    "style",
    [
        "", "display:block", "text-decoration:none", "border:none;display:block", "font-size:0", "max-height:20px", "opacity:0.9", "opacity:1",
        "display:none;display:block", "overflow:hidden", "visibility:visible", "position:relative;left:0", "color:#fff;background:#fff",
        "display:block!important;display:none",
    ],
)  # fmt: skip
def test_styles_that_do_not_hide(style):
    assert not hides(style)


@pytest.mark.parametrize(
    ("css", "hidden"),
    [
        (".x{display:none}", True),
        ("p.x , td{ visibility : hidden }", True),
        ("#y{display:none!important}", True),
        ("span{display:none}", False),
        (".z .x{display:none}", False),
        ("p:hover{display:none}", False),
        ("@media (max-width:600px){.x{display:none}}", False),
        ("@media screen{a{b:c}} .x{display:none}", True),
        ("@import url(a.css); .x{display:none}", True),
        ("/* .x{display:none} */", False),
        ("a{b:c}/* { */.x{color:red;display:none}", True),
        ("body,html,*{display:none}", False),
        (".x{display:block}", False),
        ("}}.x{display:none", False),
    ],
)
def test_simple_rules_hide(lines, css, hidden):
    assert lines(f"<style>{css}</style><p class='w x' id=y>a</p>b") == (["b"] if hidden else ["a", "b"])


def test_an_inline_style_wins_over_a_rule_that_is_not_important(lines):
    css = "<style>.x{display:none}.y{display:none!important}</style>"
    assert lines(f"{css}<p class=x style='display:block'>a</p><p class=y style='display:block'>b</p>") == ["a"]


def test_a_rule_behind_the_text_hides_too(lines):
    assert lines("<p class=x>a</p><p>b</p><style>.x{display:none}</style>") == ["b"]


def test_attributes_and_parents_hide(lines):
    assert lines("<p hidden>a</p><div style='display:none'><table><tr><td>b</table></div><tr><td>c") == ["c"]


def test_hidden_cells_count_no_column(document):
    made = document("<table><tr><td>a<td style='display:none'>x<td>b</table>")
    assert [(made.text[cell.span.slice], cell.column) for cell in made.cells] == [("a", 0), ("b", 1)]


def test_font_size_zero_on_a_wrapper_hides_nothing(lines):
    assert lines("<div style='font-size:0'><p style='font-size:14px'>a</p></div>") == ["a"]


def test_few_rules_are_read():
    sheets = StyleSheets()
    sheets.add("".join(f".c{number}{{display:none}}" for number in range(5_000)))
    assert len(sheets.selectors) == 2_000
