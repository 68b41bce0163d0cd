from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from orderparse.values.plain import plain


def test_digits_of_every_script_become_ascii() -> None:
    assert plain("８０١٢३४") == "801234"


def test_letters_that_look_alike_stay() -> None:
    assert plain("РВ Α") == "РВ Α"


def test_blanks_and_hyphens_become_ascii() -> None:
    assert plain("1\u00a0299\u202f00\u20111\u22122") == "1 299 00-1-2"


@given(st.text(max_size=200))
def test_the_length_stays_and_twice_is_once(text: str) -> None:
    assert len(plain(text)) == len(text)
    assert plain(plain(text)) == plain(text)


@given(st.characters(min_codepoint=0, max_codepoint=0x7F))
def test_ascii_stays(char: str) -> None:
    assert plain(char + "Д€") == char + "Д€"
