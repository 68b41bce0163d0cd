"""The calendar for texts in Latin letters finds the dates that the calendar of all scripts finds."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from orderparse.knowledge import Knowledge
from orderparse.text.fold import fold
from orderparse.text.pieces import latin
from orderparse.values import dates

CALENDAR = Knowledge.builtin().calendar
WORDS = [word for words in CALENDAR._words for word in sorted(words) if latin(word)]
PARTS = st.sampled_from(
    ["1", "3.", "12th", "27", "2026", "1405", "'26", "12:00", "March", "mars", "Dez", "juni", "-", "/", ",", ".", "€", "–", *WORDS]
)


@settings(deadline=None)
@given(st.lists(PARTS, max_size=9), st.sampled_from(["", " "]))
def test_a_date_in_latin_letters_needs_no_words_of_other_scripts(parts, between):
    text = between.join(parts)
    found = [[*dates.find(text + end, fold(text + end), CALENDAR, sent=date(2026, 3, 1))] for end in ("", "\nж")]
    assert found[0] == found[1]
