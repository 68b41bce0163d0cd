"""Days as Unicode CLDR writes them, which the language files have no part in, are read in every language."""

from datetime import date, timedelta

import pytest
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
