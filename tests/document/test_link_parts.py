from __future__ import annotations

import pytest

from orderparse.document import link_parts
from orderparse.document.link_parts import may_be_number
from orderparse.values import links


def parts(url):
    return list(link_parts.find(links.parse(url)))


def test_segments_know_the_one_before():
    assert parts("https://shop.example/account/orders/4821/RB123456785SE") == [("", "orders", "4821"), ("", "4821", "RB123456785SE")]


def test_the_ending_of_a_page_is_no_part_of_a_number():
    assert parts("https://shop.example/item/1005006123456789.html") == [("", "item", "1005006123456789")]
    assert parts("https://shop.example/orders.php/4821.aspx?x=1.5") == [("", "orders", "4821"), ("x", "", "1.5")]


def test_parameters_have_their_names_and_lists_are_split():
    assert parts("https://shop.example/?o_ids=8012%2C8013,x&empty=&page=a#/track?id=4821") == [
        ("o_ids", "", "8012"),
        ("o_ids", "", "8013"),
        ("id", "", "4821"),
    ]


@pytest.mark.parametrize(
    "url",
    [
        "https://shop.example/img/4821.png",
        "https://shop.example/a.CSS?v=4821",
        "https://shop.example/?utm_campaign=2025",
        "https://shop.example/?bgcolor=ff0033",
    ],
)
def test_files_campaigns_and_colours_have_no_parts(url):
    assert parts(url) == []


@pytest.mark.parametrize("value", ["123", "A1B", "ABCDE", "8012-3456", "1" * 64, "08c8150d-7b7e-4b48-a24d-cfd7082d1571"])
def test_what_may_be_a_number(value):
    assert may_be_number(value)


@pytest.mark.parametrize("value", ["12", "ABCD", "orders", "Orders", "1" * 65, "aB3" * 15, "photo1.jpg", ""])
def test_what_may_not(value):
    assert not may_be_number(value)
