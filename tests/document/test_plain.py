from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderparse.document import plain


def texts(sheet):
    return [line.text for line in sheet.lines]


def cells(text):
    sheet = plain.read(text)
    whole = "\n".join(texts(sheet))
    return [(whole[cell.span.slice], cell.table, cell.row, cell.column) for cell in sheet.cells]


def test_lines_are_stripped_and_empty_and_decorative_ones_dropped():
    assert texts(plain.read("  Order\r\n\r\n-----=====\rNo. 4821 \n* * *\n__\n")) == ["Order", "No. 4821"]


def test_line_breaks_do_not_matter():
    assert plain.read("a\r\nb  c\r\nd  e").lines == plain.read("a\nb  c\nd  e").lines


def test_no_break_spaces_are_blanks_and_invisible_characters_go():
    sheet = plain.read("Order\u00a0number: 8012\u200b3456")
    assert texts(sheet) == ["Order number: 80123456"]
    assert set(sheet.defects) == {"invisible_chars"}


def test_a_control_character_is_a_defect():
    sheet = plain.read("8012\x003456")
    assert texts(sheet) == ["8012 3456"]
    assert set(sheet.defects) == {"control_chars"}


@pytest.mark.parametrize(
    ("line", "text", "quote"),
    [
        ("> a", "a", 2),
        (">> a", "a", 3),
        ("> > a", "a", 3),
        (">a", "a", 2),
        (" > a", "a", 2),
        (">From the shop", ">From the shop", 0),
        ("a > b", "a > b", 0),
    ],
)
def test_quote_marks_are_taken_off(line, text, quote):
    assert [(line.text, line.quote) for line in plain.read(line).lines] == [(text, quote)]


def test_aligned_columns_are_cells():
    text = "Item        Qty   Price\n-----------------------\nRed lamp      2   49.50\nCable         1    5.00\n"
    assert cells(text) == [
        ("Item", 0, 0, 0), ("Qty", 0, 0, 1), ("Price", 0, 0, 2),
        ("Red lamp", 0, 1, 0), ("2", 0, 1, 1), ("49.50", 0, 1, 2),
        ("Cable", 0, 2, 0), ("1", 0, 2, 1), ("5.00", 0, 2, 2),
    ]  # fmt: skip


def test_an_empty_column_is_counted():
    assert cells("A     B     C\n1           3")[3:] == [("1", 0, 1, 0), ("3", 0, 1, 2)]


def test_tabs_part_columns():
    assert cells("Number\tDate\n4821\t1 May") == [("Number", 0, 0, 0), ("Date", 0, 0, 1), ("4821", 0, 1, 0), ("1 May", 0, 1, 1)]


def test_indented_and_quoted_columns_are_cells():
    assert [cell[0] for cell in cells("  A    B\n  1    2")] == ["A", "B", "1", "2"]
    assert [cell[0] for cell in cells("> A    B\n> 1    2")] == ["A", "B", "1", "2"]


@pytest.mark.parametrize("text", ["Order:    4821\nDate:     1 May", "A    B", "A    B\n\n1    2", "A    B\n  1       2   x    y"])
def test_labels_with_values_and_lone_lines_are_no_tables(text):
    assert cells(text) == []


def test_two_tables_have_two_numbers():
    assert {cell[1] for cell in cells("A  B\n1  2\n\nC  D\n3  4")} == {0, 1}


def test_stray_tags_are_stripped():
    text = (
        "Your <b>order</b> 4821<br>from <a href='https://shop.example/o?a=1'>the shop</a> &amp; co <shop@shop.example> 1 < 2 <i>\nbye</p>"
    )
    assert texts(plain.read(text)) == [
        "Your order 4821",
        "from the shop <https://shop.example/o?a=1> & co <shop@shop.example> 1 < 2",
        "bye",
    ]


def test_urls_in_angle_brackets_stay():
    assert texts(plain.read("Track <https://shop.example/1>")) == ["Track <https://shop.example/1>"]


def test_an_html_document_declared_as_plain_is_read_as_html(lines):
    assert lines(plain="<html><body><p>a</p><p>b</p></body></html>") == ["a", "b"]


@given(st.text(alphabet="ab1: \t\n\r>-<p/", max_size=80))
def test_cells_lie_in_one_line(text):
    sheet = plain.read(text)
    whole = "\n".join(texts(sheet))
    for cell in sheet.cells:
        shown = whole[cell.span.slice]
        assert shown
        assert "\n" not in shown
        assert shown == shown.strip()


def test_style_sheets_and_scripts_in_stray_html_are_no_text():
    assert texts(plain.read("a<style>p { b: c }</style>\n<SCRIPT x>d</SCRIPT>e<b>f</b> <style>g")) == ["a", "ef g"]


HOSTILE = {
    "one_line": lambda: "1 " * 500_000,
    "blanks": lambda: "a" + " " * 1_000_000 + "b",
    "columns": lambda: "a  b  c  d\n" * 90_000,
    "one_wide_row": lambda: ("a  " * 100_000 + "\n") * 3,
    "quote_marks": lambda: "> " * 500_000,
    "quoted_lines": lambda: "> a\n>> b\n" * 100_000,
    "tags": lambda: "<b" * 500_000,
    "anchors": lambda: "<a href='http://a.example/1'>" * 35_000,
    "styles": lambda: "<style>" * 140_000,
    "headers": lambda: "From: a@b.example\n" * 55_000,
    "attributions": lambda: "On 3 Mar 2025, A wrote:\n" * 41_000,
    "decorated": lambda: "----- a\n" * 125_000,
    "urls": lambda: "http://a.example/?" + "a=1&" * 250_000,
    "spaced_urls": lambda: "http://a.example/1 " * 52_000,
    "entities": lambda: "<b>" + "&amp;" * 200_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_plain_text_takes_no_time(document, name):
    began = time.process_time()
    made = document(plain=HOSTILE[name](), subject="Re: " * 5_000)
    assert time.process_time() - began < 3
    assert len(made.folded) == len(made.text)
