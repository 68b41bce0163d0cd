"""What is quicker for Latin letters gives what the large classes of all scripts give."""

from hypothesis import given
from hypothesis import strategies as st

from orderparse.text import pieces
from orderparse.text.fold import fold

LATIN = st.text(st.characters(max_codepoint=0x2C1) | st.characters(min_codepoint=0x2000, max_codepoint=0x2BFF) | st.sampled_from("📦ab1 €"))


@given(LATIN | st.text())
def test_a_text_is_cut_as_by_the_classes_of_all_scripts(text):
    folded = fold(text)
    assert pieces.cut(folded).pieces == pieces._PIECE.findall(folded)


@given(st.text(st.sampled_from("aé€–📦\u0301жא注한1 ²") | st.characters(), min_size=2, max_size=2))
def test_a_word_goes_on_between_letters_of_scripts_with_blanks_alone(pair):
    plain = all(char < pieces._PLAIN for char in pair)
    letters = all(char.isalpha() if plain else pieces._SPACED_LETTER.match(char) for char in pair)
    assert pieces.inside_word(pair, 1) is bool(letters)


@given(LATIN)
def test_signs_are_no_other_script(text):
    assert pieces.latin(text)
