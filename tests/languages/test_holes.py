"""A kind of mail is told by words that stand apart, with words between them that no file can know."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from orderparse.languages import holes
from orderparse.languages.vocabulary import HOLE, PARTED, TELLING, Phrase
from orderparse.text.fold import fold
from orderparse.text.phrases import Phrases
from orderparse.text.pieces import cut

if TYPE_CHECKING:
    from collections.abc import Sequence

NOTS = {"en": ("not", "never")}


def _told(text: str, *wordings: str) -> Sequence[tuple[str, str]]:
    known = [(before, PARTED, Phrase("kind", "shipping", "en", after)) for before, after in (one.split(HOLE) for one in wordings)]
    found = Phrases.of(known, layers=PARTED + 1).find(cut(fold(text)))[PARTED]
    return [(text[match.span.slice], match.meanings[0].key) for match in holes.kinds(fold(text), found, NOTS)]


def test_free_words_may_stand_in_a_hole() -> None:
    assert _told("I popped your two blue buttons in the post today.", f"popped{HOLE}in the post") == [
        ("popped your two blue buttons in the post", "shipping")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "I popped in the post",  # nothing between
        "I popped round. Yours is in the post",  # another clause
        "I popped round, it is in the post",
        "I have not popped your buttons in the post",
        "I popped your buttons not in the post",
        "I popped out for a loaf of bread and some milk and two eggs in the post",  # too many words
        "I popped your buttons in the posting box",
    ],
)
def test_what_stands_too_far_apart_or_is_denied_tells_nothing(text: str) -> None:
    assert _told(text, f"popped{HOLE}in the post") == []


def test_the_nearest_end_counts() -> None:
    told = _told("We put your lamp in the van and mine in the post", f"put{HOLE}in the post", f"put{HOLE}in the van")
    assert told == [("put your lamp in the van", "shipping")]


def test_of_two_that_overlap_the_longer_counts_and_what_is_in_it_tells_nothing() -> None:
    text = "have handed your old desk to our carrier"
    wordings = ((("have", "to our carrier"), "shipping"), (("handed", "desk"), "delivered"))
    known = [(before, PARTED, Phrase("kind", kind, "en", after)) for (before, after), kind in wordings]
    known.append(("old desk", TELLING, Phrase("kind", "refund", "en")))
    found = Phrases.of(known, layers=PARTED + 1).find(cut(fold(text)), nested={PARTED})
    apart = holes.kinds(fold(text), found[PARTED], NOTS)
    assert [(text[match.span.slice], match.meanings[0].key) for match in apart] == [(text, "shipping")]
    assert [holes.holds(apart, match) for match in found[TELLING]] == [True]
    assert not holes.holds([], found[TELLING][0])
