"""Check digits agree with python-stdnum and see the changes that their sums can see."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import ean, iban, isbn, luhn
from stdnum.iso7064 import mod_37_36, mod_97_10

from orderparse.checkdigits import CHECKS

DIGITS = "0123456789"
ALPHABET = DIGITS + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def digits(shortest: int, longest: int | None = None) -> st.SearchStrategy[str]:
    return st.text(DIGITS, min_size=shortest, max_size=longest or shortest)


# The number with "?" where the check character stands.
OPEN_NUMBERS = {
    "luhn": digits(1, 30).map("{}?".format),
    "gs1": digits(1, 30).map("{}?".format),
    "gls": digits(11).map("{}?".format),
    "ean13": digits(12).map("{}?".format),
    "isbn13": digits(9).map("978{}?".format),
    "s10": st.tuples(st.text(ALPHABET[10:], min_size=4, max_size=4), digits(8)).map(lambda it: f"{it[0][:2]}{it[1]}?{it[0][2:]}"),
    "mod7": digits(9, 11).map("{}?".format),
    "iso7064_37_36": st.text(ALPHABET, min_size=1, max_size=30).map("{}?".format),
    "mod97": digits(20).map("SE?{}".format),
    "identcode": digits(11).map("{}?".format),
    "ups1z": st.text(ALPHABET, min_size=15, max_size=15).map("1Z{}?".format),
    "ups_waybill": digits(9).map("J{}?".format),
    "fedex12": digits(11).map("{}?".format),
    "fedex15": digits(14).map("{}?".format),
    "fedex96": digits(19).map("96{}?".format),
    "fedex34": digits(33).map("{}?".format),
    "evri": st.text(ALPHABET, min_size=15, max_size=15).map("{}?".format),
    "usps": st.tuples(st.sampled_from(["", "42012345", "420123456789"]), digits(20)).map("9".join).map("{}?".format),
    "usps91": digits(19).map("{}?".format),
    "smartpost": digits(17).map("61{}?".format),
    "air_waybill": digits(10).map("{}?".format),
    "colissimo": digits(10).map("6A{}?".format),
    "correos": st.text(ALPHABET, min_size=22, max_size=22).map("{}?".format),
    "ontrac": digits(13).map("C{}?".format),
}
CHARACTERS = {"iso7064_37_36": list(ALPHABET), "correos": list(ALPHABET), "mod97": [f"{number:02}" for number in range(2, 99)]}
# Every change of one digit of the number is seen; of the others only every change of the check digit.
SEE_EVERY_DIGIT = {"luhn", "gs1", "gls", "ean13", "isbn13", "iso7064_37_36", "mod97", "fedex15", "usps91", "smartpost", "colissimo"}


def closed(name: str, number: str) -> list[str]:
    """The numbers with each check character that is right."""
    return [
        number.replace("?", character) for character in CHARACTERS.get(name, list(DIGITS)) if CHECKS[name](number.replace("?", character))
    ]


def test_every_check_is_tested() -> None:
    assert set(OPEN_NUMBERS) == set(CHECKS)


@pytest.mark.parametrize("name", sorted(CHECKS))
@given(data=st.data())
def test_every_number_has_exactly_one_check_character(name: str, data: st.DataObject) -> None:
    assert len(closed(name, data.draw(OPEN_NUMBERS[name]))) == 1


@pytest.mark.parametrize("name", sorted(SEE_EVERY_DIGIT))
@given(data=st.data())
def test_a_changed_digit_is_seen(name: str, data: st.DataObject) -> None:
    number = closed(name, data.draw(OPEN_NUMBERS[name]))[0]
    first = 2 if name in {"colissimo", "mod97"} else 0
    at = data.draw(st.sampled_from([place for place in range(first, len(number)) if number[place].isdigit()] or [None]))
    if at is not None:
        other = data.draw(st.sampled_from([digit for digit in DIGITS if digit != number[at]]))
        assert not CHECKS[name](number[:at] + other + number[at + 1 :])


@pytest.mark.parametrize("name", sorted(CHECKS))
@given(text=st.text(max_size=40) | st.text("0123456789AZaz٣ß-_ ", max_size=40))
def test_any_text_gives_an_answer(name: str, text: str) -> None:
    assert CHECKS[name](text) in {True, False}


@pytest.mark.parametrize("name", sorted(CHECKS))
def test_a_megabyte_of_digits_gives_an_answer(name: str) -> None:
    assert CHECKS[name]("7" * 1_000_000) in {True, False}


@pytest.mark.parametrize("name", sorted(CHECKS))
@given(data=st.data())
def test_digits_of_other_scripts_are_wrong(name: str, data: st.DataObject) -> None:
    number = closed(name, data.draw(OPEN_NUMBERS[name]))[0]
    foreign = number.translate({ord(digit): chr(0x0660 + int(digit)) for digit in DIGITS})
    if foreign != number:
        assert not CHECKS[name](foreign)


@given(digits(2, 30))
def test_luhn_agrees_with_stdnum(number: str) -> None:
    assert CHECKS["luhn"](number) == luhn.is_valid(number)


@given(st.text(ALPHABET, min_size=2, max_size=30))
def test_iso7064_agrees_with_stdnum(number: str) -> None:
    assert CHECKS["iso7064_37_36"](number) == mod_37_36.is_valid(number)


@given(digits(12))
def test_ean13_agrees_with_stdnum(body: str) -> None:
    for number in (body + ean.calc_check_digit(body), body + "0", body + "5"):
        assert CHECKS["ean13"](number) == ean.is_valid(number)


@given(st.sampled_from(["978", "979", "123"]), digits(9))
def test_isbn13_agrees_with_stdnum(prefix: str, body: str) -> None:
    number = prefix + body + ean.calc_check_digit(prefix + body)
    assert CHECKS["isbn13"](number) == isbn.is_valid(number)


@given(st.text(ALPHABET[10:], min_size=2, max_size=2), st.integers(2, 98), st.text(ALPHABET, min_size=11, max_size=30))
def test_mod97_agrees_with_stdnum(country: str, check: int, account: str) -> None:
    number = f"{country}{check:02}{account}"
    assert CHECKS["mod97"](number) == mod_97_10.is_valid(number[4:] + number[:4])


def test_published_ibans_are_right() -> None:
    # SWIFT IBAN registry
    for number in ("GB29NWBK60161331926819", "SE4550000000058398257466", "DE89370400440532013000", "NO9386011117947"):
        assert iban.is_valid(number)
        assert CHECKS["mod97"](number)


def test_mock_numbers_of_fedex_are_right() -> None:
    # FedEx developer portal, "Mock Tracking Numbers for FedEx Express and FedEx Ground"
    for number in (
        "568838414941",
        "797806677146",
        "852426136339213",
        "070358180009382",
        "449044304137821",
        "581190049992",
        "076288115212522",
    ):
        assert CHECKS[f"fedex{len(number)}"](number)


def test_a_remainder_of_zero_and_of_six_share_the_s10_digit_five() -> None:
    assert CHECKS["s10"]("RR000000005SE")
    assert CHECKS["s10"]("RR010000005SE")


def test_usps_sums_the_package_code_without_the_zip_code() -> None:
    assert CHECKS["usps"]("9205510286410975312462")
    assert CHECKS["usps"]("420123459205510286410975312462")
    assert CHECKS["usps"]("4201234567899205510286410975312462")
    assert not CHECKS["usps"]("420123459205510286410975312463")
