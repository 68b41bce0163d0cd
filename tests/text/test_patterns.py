import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderparse.text.patterns import inside, lazy


def test_a_pattern_is_compiled_when_it_is_used():
    wrong = lazy("(")
    with pytest.raises(re.error):
        wrong.search("x")


def test_a_pattern_has_its_flags():
    assert lazy("a", re.IGNORECASE).fullmatch("A")
    assert lazy(b"a").pattern == b"a"


@given(st.text(min_size=1), st.text())
def test_a_class_holds_its_characters_and_no_others(chars, text):
    assert lazy(f"[{inside(chars)}]").findall(text) == [char for char in text if char in chars]
