"""All formats asked at once say what each says alone."""

import re
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderparse.carriers import _firsts
from orderparse.knowledge import Knowledge

FORMATS = Knowledge.builtin().formats
VALID = sorted({number for carrier in Knowledge.builtin().carriers.values() for shape in carrier.formats for number in shape.valid})
SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@cache
def alone(pattern):
    return re.compile(f"(?:{pattern}\n)", re.ASCII | re.VERBOSE)


def check(number):
    candidates = FORMATS._candidates.get(len(number), ())
    assert [*FORMATS.of(number)] == [one.match(number) for one in candidates if alone(one.format.pattern).fullmatch(number)]


@given(st.sampled_from(VALID), st.integers(0, 40), st.sampled_from(["", *SIGNS]))
def test_a_number_near_a_valid_one_has_the_formats_that_take_it(number, at, sign):
    plain = re.sub("[^0-9A-Z]", "", number.upper())
    check(plain[:at] + sign + plain[at + 1 :] if sign else plain)


@given(st.text(SIGNS, min_size=1, max_size=42) | st.text("0123456789", min_size=1, max_size=42))
def test_any_number_has_the_formats_that_take_it(number):
    check(number)


@pytest.mark.parametrize(
    "pattern", ["", "A|", "A?1", "(?:A)?1", "(?:A){0,2}1", "[^A]1", "(?!A)1", "\\d1", ".1", "A{,2}1", "1 | (?=A)A", "(?i:a)"]
)
def test_where_a_pattern_may_begin_otherwise_nothing_is_said_of_its_first_character(pattern):
    assert not _firsts(pattern)
