from __future__ import annotations

import orderparse
from orderparse.languages import DateWords
from orderparse.text.fold import fold
from orderparse.values.calendars import Calendar

MONTHS = tuple((name,) for name in ["uno", "due", "tre", "quattro", "mag", "sei", "sette", "otto", "nove", "dieci", "undici", "dodici"])
WEEKDAYS = (("segunda-feira", "segunda"), ("tirsdag", "tir"), ("salı",), ("星期四", "四"), ("sábado", "sáb"), ("a",), ("b",))
CALENDAR = Calendar.of({"x": DateWords(months=MONTHS, weekdays=WEEKDAYS, today=("hoy",), tomorrow=("morgen",))})


def full(text: str) -> list[bool]:
    return [match.name.full for match in CALENDAR.names(fold(text))]


def test_only_full_weekdays_may_stand_alone() -> None:
    assert full("tirsdag, tir, salı, 星期四, segunda-feira, segunda") == [True, False, True, True, True, False]


def test_names_of_one_character_are_left_out() -> None:
    assert CALENDAR.names("a, b, 四") == []


def test_a_month_that_is_an_everyday_word_is_marked() -> None:
    assert [match.name.everyday for match in CALENDAR.names("mag, otto")] == [True, False]


def test_a_good_morning_means_no_day() -> None:
    assert [match.name.shift for match in CALENDAR.names("guten morgen, morgen")] == [None, 1]


def test_a_calendar_without_languages_finds_nothing() -> None:
    assert Calendar.of({}).names("monday 1 march") == []


def test_a_word_that_is_short_for_a_weekday_elsewhere_is_today_in_the_language_of_the_page():
    told = orderparse.parse(
        "Subject: Feladtuk\nDate: Thu, 05 Mar 2026 09:12:00 +0100\nContent-Type: text/plain; charset=utf-8\n\n"
        "Csomagodat ma feladtuk. Köszönjük a vásárlást, a rendelésed részletei az alábbiak.\n".encode()
    )
    assert [(day.role.value, str(day.value)) for day in told.dates] == [("ship", "2026-03-05")]
