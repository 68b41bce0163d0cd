"""Wordlike: letters drawn by chance are told from words."""

from __future__ import annotations

import random
import re
from collections import Counter
from string import ascii_uppercase

from orderparse.knowledge import Knowledge
from orderparse.text.fold import fold
from orderparse.text.wordlike import RARE_PAIRS, wordlike


def _words() -> set[str]:
    found: set[str] = set()
    for language in Knowledge.builtin().languages.values():
        tables = (language.labels, language.nouns, language.kinds, language.status)
        phrases = (phrase for table in tables for listed in table.values() for phrase in listed)
        found.update(word for phrase in phrases for word in re.findall("[a-z]{3,16}", fold(phrase)))
    return found


def test_pairs_that_are_rare_are_so_in_the_words_of_all_languages():
    pairs = Counter(word[at : at + 2].upper() for word in _words() for at in range(len(word) - 1))
    assert max(pairs[pair] for pair in RARE_PAIRS) < pairs.total() * 3e-5


def test_hardly_a_word_is_taken_for_letters_drawn_by_chance():
    pronounceable = [word.upper() for word in _words() if len(word) >= 6]
    assert sum(map(wordlike, pronounceable)) > 0.93 * len(pronounceable)  # "strč", "Wstrzymaj": the rest have few vowels


def test_five_in_six_orders_of_nine_letters_are_no_words():
    rng = random.Random(1)
    drawn = ["".join(rng.choices(ascii_uppercase, k=9)) for _ in range(5000)]
    assert sum(map(wordlike, drawn)) < 5000 / 6
