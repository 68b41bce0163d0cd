from __future__ import annotations

import time
from email.headerregistry import Address as Written

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderparse.mail import addresses


def first(value: bytes) -> tuple[str, str]:
    box = addresses.parse(value)[0]
    return box.address, box.name


@pytest.mark.parametrize(
    ("value", "address", "name"),
    [
        (b"Shop <a@shop.example>", "a@shop.example", "Shop"),
        (b"a@Shop.Example", "a@shop.example", ""),
        (b"a@shop.example (The Shop (Ltd))", "a@shop.example", "The Shop (Ltd)"),
        (b'"Shop, Inc. \\"S\\"" <a@shop.example>', "a@shop.example", 'Shop, Inc. "S'),
        (b"Shop, Inc. <a@shop.example>", "a@shop.example", "Shop , Inc."),
        (b"=?utf-8?q?K=C3=B6p?= <a@shop.example>", "a@shop.example", "Köp"),
        (b"Shop <@relay.example:a@shop.example>", "a@shop.example", "Shop"),
        (b"Shop <mailto:a@shop.example>", "a@shop.example", "Shop"),
        (b"Shop a@shop.example", "a@shop.example", "Shop"),
        (b'"Shop <a@shop.example>', "a@shop.example", "Shop"),
        (b"'a@shop.example'", "a@shop.example", ""),
        (b"Team: a@shop.example, b@shop.example;", "a@shop.example", "Team :"),
    ],
)
def test_the_addr_spec_is_the_address(value: bytes, address: str, name: str) -> None:
    assert first(value) == (address, name.strip(" :"))


@pytest.mark.parametrize(
    "name",
    [
        b'"service@bank.example"',
        b"service@bank.example",
        b"=?utf-8?q?service=40bank=2Eexample?=",
        b"=?utf-8?q?Bank_=3Cservice=40bank=2Eexample=3E?=",
        b"(service@bank.example)",
        b'"Bank <service@bank.example>"',
    ],
)
def test_an_address_in_the_display_name_is_not_the_address(name: bytes) -> None:
    assert [box.address for box in addresses.parse(name + b" <x@evil.example>")] == ["x@evil.example"]


def test_two_addresses_are_two_senders_with_or_without_a_comma() -> None:
    assert [box.address for box in addresses.parse(b"A <a@x.example>, B <b@y.example>")] == ["a@x.example", "b@y.example"]
    assert [box.address for box in addresses.parse(b"A <a@x.example> <b@y.example>")] == ["a@x.example", "b@y.example"]


def test_a_field_that_is_encoded_as_a_whole_is_read() -> None:
    assert first(b"=?utf-8?q?Shop_=3Ca=40shop=2Eexample=3E?=") == ("a@shop.example", "Shop")


def test_what_has_no_address_has_no_sender() -> None:
    assert addresses.parse(b"undisclosed-recipients:;") == []
    assert addresses.parse(b"") == []


@pytest.mark.parametrize("piece", [b"(", b"()", b"<", b'"', b'\\"', b"a,", b"a@b,", b"@", b",", b"a@b "])
def test_a_long_field_takes_no_time(piece: bytes) -> None:
    start = time.process_time()
    addresses.parse(piece * 200_000)
    assert time.process_time() - start < 2


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=30))
def test_a_quoted_display_name_never_changes_the_address(name: str) -> None:
    written = str(Written(name.strip(), "a", "shop.example")).encode()
    assert [box.address for box in addresses.parse(written)] == ["a@shop.example"]


@given(st.binary(max_size=300))
def test_any_bytes_are_an_address_field(value: bytes) -> None:
    for box in addresses.parse(value):
        assert "@" in box.address
        assert box.address == box.address.lower()
