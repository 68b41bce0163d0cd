from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from orderparse.text.fold import fold
from orderparse.text.phrases import Phrases
from orderparse.text.pieces import cut


def one_layer(*pairs):
    return Phrases.of((phrase, 0, meaning) for phrase, meaning in pairs)


def found(phrases, text):
    return [(text[match.span.slice], match.meanings) for match in phrases.find(cut(fold(text)))[0]]


def test_the_longest_phrase_wins():
    assert found(one_layer(("order", 1), ("order number", 2), ("number", 3)), "Order number") == [("Order number", (2,))]


def test_a_phrase_of_another_layer_is_not_hidden():
    naming, telling = Phrases.of([("order", 0, 1), ("order confirmed", 1, 2)], layers=2).find(cut("order confirmed"))
    assert [match.meanings for match in naming] == [(1,)]
    assert [match.meanings for match in telling] == [(2,)]


def test_a_phrase_inside_a_word_is_not_found():
    assert found(one_layer(("order", 1)), "border orders reorder") == []


def test_a_vowel_sign_is_a_part_of_its_word():
    phrases = one_layer(("मूल", 1), ("मूल्य", 2))
    assert found(phrases, "मूल्य") == [("मूल्य", (2,))]
    assert found(one_layer(("मूल", 1)), "मूल्य") == []


def test_a_digit_ends_a_word():
    assert found(one_layer(("order", 1)), "order4821") == [("order", (1,))]


def test_scripts_without_blanks_need_no_word_boundary():
    assert found(one_layer(("注文番号", 1)), "ご注文番号は") == [("注文番号", (1,))]
    assert found(one_layer(("เลขพัสดุ", 1)), "ที่เลขพัสดุคือ") == [("เลขพัสดุ", (1,))]


def test_one_phrase_may_have_several_meanings():
    assert found(one_layer(("Referens", 1), ("referens", 2)), "referens") == [("referens", (1, 2))]


def test_meanings_that_are_left_out_hide_nothing():
    phrases = one_layer(("order", 1), ("order number", 2)).only(lambda meaning: meaning == 1)
    assert found(phrases, "order number") == [("order", (1,))]


def test_a_longer_phrase_that_fails_at_its_boundary_leaves_the_shorter_one():
    assert found(one_layer(("order", 1), ("order nr", 2)), "order nrx") == [("order", (1,))]


def test_a_phrase_may_begin_and_end_with_other_than_words():
    phrases = one_layer(("% off", 1), ("nr.", 2), ("7-eleven", 3))
    assert found(phrases, "20% off, Nr. 7 at 7-Eleven, 5 % off") == [("% off", (1,)), ("Nr.", (2,)), ("7-Eleven", (3,)), ("% off", (1,))]


PHRASES = ["order", "order number", "number", "number total.", "x y z", "% x", "注文", "注文番号", "番"]


@given(st.lists(st.sampled_from(PHRASES), min_size=1), st.text(alphabet="ordenumbtalxyz.% \n注文番号", max_size=60))
def test_what_is_found_is_what_a_search_for_each_phrase_finds(phrases, text):
    def inside(at):
        return 0 < at < len(text) and text[at - 1].isascii() and text[at].isascii() and text[at - 1].isalpha() and text[at].isalpha()

    everywhere = [
        (at, at + len(phrase))
        for phrase in set(phrases)
        for at in range(len(text))
        if text.startswith(phrase, at) and not inside(at) and not inside(at + len(phrase))
    ]
    outermost = [(a, b) for a, b in everywhere if not any((c, d) != (a, b) and c <= a and b <= d for c, d in everywhere)]
    known = one_layer(*((phrase, phrase) for phrase in phrases))
    matches = known.find(cut(text))[0]
    assert [(match.span.start, match.span.end) for match in matches] == sorted(outermost)
    assert all(match.meanings == (text[match.span.slice],) for match in matches)


@given(st.text())
def test_pieces_are_the_whole_text(text):
    folded = fold(text)
    pieces = cut(folded)
    assert "".join(pieces.pieces) == folded
    assert pieces.starts == [0, *accumulate(map(len, pieces.pieces))]


def test_what_is_remembered_of_a_text_is_never_longer_than_a_phrase():
    phrases = one_layer(("order number", 1))
    assert found(phrases, "order " + "1" * 10_000) == []
    assert found(phrases, "border, order") == []
    assert max(map(len, phrases._met)) <= len("order number")


def test_a_phrase_that_begins_with_digits_is_not_found_within_a_number():
    phrases = one_layer(("7% vat", 1))
    assert found(phrases, "Total incl. 7.7% VAT") == found(phrases, "17% VAT") == []
    assert found(phrases, "7% VAT 7% vat") == [("7% VAT", (1,)), ("7% vat", (1,))]
