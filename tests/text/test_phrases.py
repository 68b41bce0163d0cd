from hypothesis import given
from hypothesis import strategies as st

from orderparse.text.fold import fold
from orderparse.text.phrases import Phrases


def found(phrases, text):
    return [(text[match.span.slice], match.meanings) for match in phrases.find(fold(text))]


def test_the_longest_phrase_wins():
    phrases = Phrases([("order", 1), ("order number", 2), ("number", 3)])
    assert found(phrases, "Order number") == [("Order number", (2,))]


def test_a_phrase_inside_a_word_is_not_found():
    phrases = Phrases([("order", 1)])
    assert found(phrases, "border orders reorder") == []


def test_a_digit_ends_a_word():
    assert found(Phrases([("order", 1)]), "order4821") == [("order", (1,))]


def test_scripts_without_blanks_need_no_word_boundary():
    assert found(Phrases([("注文番号", 1)]), "ご注文番号は") == [("注文番号", (1,))]


def test_one_phrase_may_have_several_meanings():
    assert found(Phrases([("Referens", 1), ("referens", 2)]), "referens") == [("referens", (1, 2))]


def test_a_longer_phrase_that_fails_at_its_boundary_leaves_the_shorter_one():
    assert found(Phrases([("order", 1), ("order nr", 2)]), "order nrx") == [("order", (1,))]


@given(st.lists(st.sampled_from(["order", "order number", "number", "total", "x y z"])), st.text(alphabet="ordenumbtalxyz \n"))
def test_matches_are_whole_phrases_in_text_order(phrases, text):
    known = Phrases([(phrase, phrase) for phrase in [*phrases, "order"]])
    spans = [match.span for match in known.find(fold(text))]
    assert spans == sorted(spans)
    for match in known.find(fold(text)):
        assert match.meanings == (fold(text)[match.span.slice],)
