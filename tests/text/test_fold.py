import sys
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from orderparse.text.fold import INVISIBLE, clean, fold


def test_every_code_point_folds_to_exactly_one_character():
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    assert len(fold(everything)) == len(everything)


def test_folding_twice_changes_nothing_for_any_code_point():
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    once = fold(everything)
    assert fold(once) == once


def test_line_breaks_and_tabs_survive_folding():
    assert fold("a\n\tB") == "a\n\tb"


def test_decimal_digits_of_every_script_become_ascii():
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        if unicodedata.category(char) == "Nd":
            assert fold(char) == str(unicodedata.decimal(char))


def test_accents_and_case_do_not_matter_after_folding():
    assert fold("BESTÄLLNINGSNUMMER") == fold("bestallningsnummer")
    assert fold("Købsdato") == "kobsdato"


@given(st.text())
def test_cleaned_text_has_no_invisible_or_control_characters(text):
    cleaned = clean(text)
    assert not INVISIBLE & set(cleaned)
    assert all(
        char in "\n\t" or not unicodedata.category(char).startswith("C") or unicodedata.category(char) in {"Co", "Cn", "Cf"}
        for char in cleaned
    )


@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    assert clean(clean(text)) == clean(text)


@given(st.text())
def test_lf_and_crlf_clean_to_the_same(text):
    assert clean(text.replace("\r", "")) == clean(text.replace("\r", "").replace("\n", "\r\n"))


def test_hangul_syllables_and_signs_that_look_like_digits_stay_themselves():
    assert fold("월요일") != fold("일요일")
    assert fold("½²①") == "½²①"


@given(st.text(alphabet=st.sampled_from("aA\u200b\u0300\u0308\u200d1 ")))
def test_cleaned_text_is_in_nfc(text):
    assert unicodedata.is_normalized("NFC", clean(text))


def test_a_character_folds_the_same_in_text_that_is_ascii_and_in_text_that_is_not():
    for char in map(chr, range(128)):
        assert fold(char) == fold(f"é{char}")[1:]


def test_marks_behind_labels_and_sentences_of_other_scripts_are_those_of_latin() -> None:
    assert fold("Պատվեր՝ 778812։") == "պատվեր: 778812."
    assert fold("លេខ៖ ១២។") == "លេខ: 12."
    assert fold("ऑर्डर।") == "ऑर्डर."
    assert fold("և") == "և"


def test_thai_and_lao_am_in_two_pieces_is_the_one_letter() -> None:
    assert clean("\u0e19\u0e4d\u0e32 \u0e99\u0ecd\u0eb2") == "\u0e19\u0e33 \u0e99\u0eb3"


def test_malayalam_letters_without_a_vowel_are_one_however_they_are_written() -> None:
    assert clean("\u0d13\u0d30\u0d4d\u200d\u0d21\u0d30\u0d4d\u200d") == "\u0d13\u0d7c\u0d21\u0d7c"
