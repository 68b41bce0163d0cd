from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from orderparse.outputs.safe_text import one_line, scalar, visible


@given(st.text(alphabet=st.characters(codec=None)))
def test_no_control_reaches_a_terminal(text: str) -> None:
    shown = visible(text)
    assert {char for char in shown if unicodedata.category(char) in {"Cc", "Cs"}} <= {"\n", "\t"}
    assert not set(shown) & set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029")


@given(st.text(alphabet=st.characters(codec=None)))
def test_one_line_is_one_line(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1


@given(st.text())
def test_text_of_scalar_values_is_kept_for_data(text: str) -> None:
    assert scalar(text) == text


def test_a_file_name_that_is_no_utf8_is_told_by_its_bytes() -> None:
    assert scalar(b"r\xe4k.eml".decode("utf-8", "surrogateescape")) == "r\\xe4k.eml"
