"""Days as Unicode CLDR writes them, which the language files have no part in, are read in every language."""

from datetime import date, timedelta
from itertools import product

import pytest
from babel import Locale, UnknownLocaleError
from babel.dates import format_interval
from hypothesis import given
from hypothesis import strategies as st

from orderparse.knowledge import Knowledge
from orderparse.text.fold import clean, fold
from orderparse.training import cldr
from orderparse.values import dates
from orderparse.values.eras import SOLAR_MONTHS, from_solar, gregorian

KNOWLEDGE = Knowledge.builtin()
SENT = date(2026, 6, 14)


def read(text, language):
    text = clean(text)
    day_first = 0.05 if language in KNOWLEDGE.words.month_first else 0.95
    found = dates.find(text, fold(text), KNOWLEDGE.calendar, sent=SENT, day_first=day_first, spoken={language: 0.9, "en": 0.1})
    return [match.readings[0].first for match in found]


@pytest.mark.parametrize("language", KNOWLEDGE.languages)
@pytest.mark.parametrize("style", cldr.STYLES)
def test_a_day_is_read_as_its_language_writes_it(language, style):
    days = [SENT + timedelta(days=29 * number - 45) for number in range(12)]
    # A single letter is no name: CLDR's Burmese "ဧ" for April.
    days = [
        day
        for day in days
        if not any(len(word) == 1 and word.isalpha() and not word.isascii() for word in cldr.written(day, language, style).split())
    ]
    found = {day: read(f"- {cldr.written(day, language, style)}", language) for day in days}
    assert len(days) >= 10
    assert {cldr.written(day, language, style): got for day, got in found.items() if got != [day]} == {}


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("2026. gada 5. martā", "lv", date(2026, 3, 5)),
        ("2026 m. kovo 5 d.", "lt", date(2026, 3, 5)),
        ("2026ko martxoaren 5a", "eu", date(2026, 3, 5)),
        ("2026. március 5-én", "hu", date(2026, 3, 5)),
        ("2026.03.05-én", "hu", date(2026, 3, 5)),
        ("ngày 5 tháng 3 năm 2026", "vi", date(2026, 3, 5)),
        ("5 มี.ค. 2569", "th", date(2026, 3, 5)),
        ("๕ มีนาคม ๒๕๖๙", "th", date(2026, 3, 5)),
        ("05/03/2569", "th", date(2026, 3, 5)),
        ("۱۴ اسفند ۱۴۰۴", "fa", date(2026, 3, 5)),
        ("1404/12/14", "fa", date(2026, 3, 5)),
        ("۱۴ مرداد", "fa", date(2026, 8, 5)),
        ("令和8年3月5日", "ja", date(2026, 3, 5)),
        ("令和元年5月1日", "ja", date(2019, 5, 1)),
        ("民國115年3月5日", "zh-Hant", date(2026, 3, 5)),
        ("7/5", "ja", date(2026, 7, 5)),
        ("3月5日（木）", "ja", date(2026, 3, 5)),
        ("7/5(일)", "ko", date(2026, 7, 5)),
        ("5 Mart 2026 Perşembe", "tr", date(2026, 3, 5)),
        ("5. listopada 2026.", "hr", date(2026, 10, 5)),
        ("5 listopada 2026", "pl", date(2026, 11, 5)),
        ("٥ مارس ٢٠٢٦", "ar", date(2026, 3, 5)),
        ("৫ই মার্চ ২০২৬", "bn", date(2026, 3, 5)),
    ],
)
def test_a_day_is_read_as_people_write_it(text, language, day):
    assert read(text, language) == [day]


@pytest.mark.parametrize(("text", "language"), [("5 mars 1405", "sv"), ("14 اسفند 2026", "fa"), ("1405/13/01", "fa"), ("2101/03/05", "en")])
def test_a_year_of_another_calendar_than_the_month_is_none(text, language):
    assert all(day.year != 1405 for day in read(text, language))
    assert date(2026, 3, 5) not in read(text, language)


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)))
def test_a_gregorian_day_stays_as_it_is(day):
    assert gregorian(day.year, day.month, day.day) == (day.year, day.month, day.day)


def test_the_years_of_the_solar_calendar_follow_one_another():
    for year in range(1328, 1470):
        new_year, last = from_solar(year, 1, 1), from_solar(year - 1, 12, 29)
        assert (new_year - last).days in {1, 2}
        assert new_year.month == 3
        assert new_year.day in {19, 20, 21, 22}


# Nowruz as the Institute of Geophysics of the University of Tehran has announced it.
@pytest.mark.parametrize(("year", "day"), [(1395, 20), (1396, 21), (1399, 20), (1400, 21), (1403, 20), (1404, 21), (1405, 21)])
def test_the_solar_year_begins_at_nowruz(year, day):
    assert from_solar(year, 1, 1) == date(year + 621, 3, day)
    assert from_solar(year, 1, sum(SOLAR_MONTHS)) is None


SKELETONS = ("yMMMd", "MMMd", "yMd", "MMMEd", "yMMMEd", "yMEd")


def ranges(text, language="en", sent=date(2026, 3, 12)):
    text = clean(text)
    found = dates.find(
        text,
        fold(text),
        KNOWLEDGE.calendar,
        sent=sent,
        day_first=0.05 if language in KNOWLEDGE.words.month_first else 0.9,
        spoken={language: 0.9},
    )
    return [(match.readings[0].first, match.readings[0].last) for match in found]


# Forms of CLDR that are not read: months in Roman numerals (mn), a year behind each day (ku), a month of one letter (my), "2026-30-03"
# (ky), a weekday that is also a month (lb), hours as like as days (bg), a month that only begins (sw), and some others that mails don't have.
NOT_READ = {
    *((language, skeleton) for language in ("ku", "mn", "my") for skeleton in SKELETONS),
    *(("lb", "MMMEd"), ("lb", "yMMMEd"), ("sq", "MMMd"), ("sq", "MMMEd"), ("bg", "MMMd"), ("sw", "yMMMd")),
    *(("sv", "yMd"), ("am", "yMEd"), ("da", "yMEd"), ("ky", "yMEd"), ("kn", "yMEd")),
}


@pytest.mark.parametrize(("language", "skeleton"), sorted({*product(KNOWLEDGE.languages, SKELETONS)} - NOT_READ))
def test_a_range_is_read_as_its_language_writes_it(language, skeleton):
    try:
        locale = Locale.parse({"pt": "pt_PT"}.get(language, language), sep="_" if language == "pt" else "-")
    except UnknownLocaleError:
        pytest.skip("CLDR does not know the language")
    for days in ((date(2026, 3, 16), date(2026, 3, 18)), (date(2026, 3, 30), date(2026, 4, 2))):
        text = clean(format_interval(*days, skeleton, locale=locale))
        words = "".join(char if char.isalpha() else " " for char in text).split()
        if any(len(word) == 1 for word in words):
            continue  # a weekday of one letter is none
        assert ranges(text, language) == [days], text


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ma 16.3. - ke 18.3.", "fi"),
        ("ma, 16.03 - ke, 18.03", "fi"),
        ("Mon 16.03 - Wed 18.03", "en"),
        ("ma 16-03 - wo 18-03", "nl"),
        ("lun 16/03 - mer 18/03", "it"),
        ("mån 16 – ons 18 mars", "sv"),
        ("Mo., 16. – Mi., 18. März", "de"),
        ("pon. 16 - śr. 18 mar", "pl"),
        ("Isn, 16 Mac – Rab, 18 Mac", "ms"),
        ("16 Mar Pzt – 18 Mar Çar", "tr"),
        ("16.–18. 3.", "cs"),
        ("16. – 18. 3.", "cs"),
        ("16–18.03.2026", "pl"),
        ("3月16日(月)～18日(水)", "ja"),
        ("3월 16일 (월) ~ 18일 (수)", "ko"),
    ],
)
def test_a_range_may_have_its_weekdays_and_its_month_once(text, language):
    assert ranges(text, language) == [(date(2026, 3, 16), date(2026, 3, 18))]


def test_a_short_weekday_is_one_where_the_day_agrees():
    assert ranges("ke 18.03", "fi") == [(date(2026, 3, 18), None)]
    assert ranges("ke 17.03", "fi") == ranges("ke 18.03", "en") == []


def test_a_time_that_ends_a_sentence_is_no_day():
    assert ranges("Toimitettu klo 14.05.") == ranges("Zugestellt um 14.05.") == []
    assert len(ranges("Toimitettu 14.5.")) == 1
