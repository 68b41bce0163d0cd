"""Cards, accounts, persons' and companies' numbers are known by their shape, as python-stdnum knows them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric
from stdnum.exceptions import ValidationError
from stdnum.fi import hetu
from stdnum.se import personnummer

from orderparse.values import withheld

DIGITS = "0123456789"


def number(*parts: tuple[str, int]) -> st.SearchStrategy[str]:
    return st.tuples(*(st.text(alphabet, min_size=size, max_size=size) for alphabet, size in parts)).map("".join)


def dated(written: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(st.dates().map(lambda day: day.strftime("%y%m%d")), written).map("".join)


@given(dated(number(("-", 1), (DIGITS, 4))))
def test_a_swedish_person_is_one_for_stdnum_too(written: str) -> None:
    assert withheld._swedish(written) == personnummer.is_valid(written)
    assert withheld.national_id(written) >= personnummer.is_valid(written)


@given(
    st.tuples(st.dates().map(lambda day: day.strftime("%d%m%y")), number(("-+A", 1), (DIGITS, 3), (withheld._FINNISH_CHECK, 1))).map(
        "".join
    )
)
def test_a_finnish_person_is_one_for_stdnum_too(written: str) -> None:
    try:
        valid = bool(hetu.validate(written, allow_temporary=True))
    except ValidationError:
        valid = False
    # Individual numbers below 002 are given to nobody, which a rival's shape need not know.
    if written[7:10] >= "002":
        assert withheld._finnish(written) == valid
        assert withheld.national_id(written) >= valid


@given(
    number(("1", 1), ("1", 1), (DIGITS, 4)),
    st.dates(min_value=date(1930, 1, 1), max_value=date(2020, 1, 1)),
    number((DIGITS, 3), (DIGITS + "X", 1)),
)
def test_a_chinese_person_has_the_check_character_that_stdnum_computes(place: str, born: object, tail: str) -> None:
    written = f"{place}{born:%Y%m%d}{tail}"
    assert withheld.national_id(written) == (ric.calc_check_digit(written) == written[17])


@pytest.mark.parametrize("written", ["123.456.789-09", "RSSMRA85T10A562S", "756.9217.0769.85", "900101-1234567", "19811218-9876"])
def test_a_person_is_known_by_the_form(written: str) -> None:
    assert withheld.national_id(written)


@pytest.mark.parametrize(
    "written", ["25-0821-1050", "8012345678904321", "260301-123", "ORDER-1234", "2026-03-01", "12345678", "991340-1234"]
)
def test_an_order_number_is_no_person(written: str) -> None:
    assert not withheld.national_id(written)


@pytest.mark.parametrize(
    "written", ["4111 1111 1111 1111", "5555-5555-5555-4444", "3782 822463 10005", "6011 1111 1111 1117", "3530 1113 3330 0000"]
)
def test_a_card_is_known_in_the_groups_of_a_card(written: str) -> None:
    assert withheld.card(written)
    assert not withheld.card(written[:-1] + str((int(written[-1]) + 1) % 10))


@pytest.mark.parametrize("written", ["8012 3456 7890 4321", "4111 1111 11111111", "1005 0061 2345 6789", "41111111"])
def test_other_numbers_in_groups_are_no_cards(written: str) -> None:
    assert not withheld.card(written)


@given(st.text(max_size=40))
def test_any_text_gives_an_answer(written: str) -> None:
    assert {type(judge(written)) for judge in (withheld.card, withheld.iban, withheld.national_id, withheld.company)} == {bool}


@given(number((DIGITS, 16)))
def test_no_more_than_four_digits_of_a_masked_number_are_shown(written: str) -> None:
    assert withheld.masked(written) == "*" * 12 + written[12:]


@given(st.text(alphabet="0123456789 -+.ASE4", max_size=60))
def test_a_masked_text_is_as_long_as_before_and_masked_once_for_all(text: str) -> None:
    masked = withheld.masked_in(text)
    assert len(masked) == len(text)
    assert all(new in {old, "*"} for old, new in zip(text, masked, strict=True))
    assert withheld.masked_in(masked) == masked


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Order 4821-3377 of 12 March",
            "4111 1111 1111 1112",
            "14111 1111 1111 1111",
            "SE45 5000 0000 0583 9825 7467",
            "405-7719204-5530186",
        ),
        *("RB123456785SE", "00340434781635230801", "811218-9875", "+46 70 123 45 67", "2026-03-01 12:00"),
    ],
)
def test_other_numbers_are_not_masked(text: str) -> None:
    assert withheld.masked_in(text) == text


def test_a_text_of_many_numbers_takes_no_square_of_time() -> None:
    text = "SE45 5000 0000 0583 9825 7467 AB12 " * 3000 + "4" * 50_000 + "A1 " * 30_000
    assert withheld.masked_in(text) == text


SECRETS = ("4111 1111 1111 1111", "4111111111111111", "SE45 5000 0000 0583 9825 7466", "811218-9876", "131052-308T", "529.982.247-25")


@given(st.lists(st.sampled_from(SECRETS) | st.text("0123456789ABSE. -aé", max_size=6), max_size=8).map("".join))
def test_what_is_masked_is_what_a_search_from_place_to_place_finds(text: str) -> None:
    masked, at = list(text), 0
    while (found := withheld._IN_TEXT.search(text, at)) is not None:
        written = withheld._account(text, found.start()) if found["account"] else found[0]
        at = found.start() + max(len(written), 1)
        if written and (found["account"] or withheld.card(written, grouped=False) or withheld.national_id(written)):
            for place in range(found.start(), at - withheld._SHOWN):
                masked[place] = "*" if text[place].isalnum() else text[place]
    assert withheld.masked_in(text) == "".join(masked)
