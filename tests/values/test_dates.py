from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderparse.languages import DateWords
from orderparse.text.fold import clean, fold
from orderparse.values import dates
from orderparse.values.dates import Calendar, DateMatch


def names(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(name.split("|")) for name in text.split())


SWEDISH = DateWords(
    order="ymd",
    months=names(
        "januari|jan februari|feb mars|mar april|apr maj juni|jun juli|jul augusti|aug september|sep oktober|okt november|nov december|dec"
    ),
    weekdays=names("måndag|mån tisdag|tis onsdag|ons torsdag|tors fredag|fre lördag|lör söndag|sön"),
    today=("idag", "i dag"),
    tomorrow=("imorgon",),
    yesterday=("igår",),
    until=("till", "och"),
)
ENGLISH = DateWords(
    order="mdy",
    months=names(
        "january|jan february|feb march|mar april|apr may june|jun "
        "july|jul august|aug september|sep|sept october|oct november|nov december|dec"
    ),
    weekdays=names("monday|mon tuesday|tue|tues wednesday|wed thursday|thu|thurs friday|fri saturday|sat sunday|sun"),
    today=("today",),
    tomorrow=("tomorrow",),
    yesterday=("yesterday",),
    until=("to", "and", "until"),
)
GERMAN = DateWords(
    months=names(
        "Januar|Jan Februar|Feb März|Mär April|Apr Mai Juni|Jun Juli|Jul August|Aug September|Sep Oktober|Okt November|Nov Dezember|Dez"
    ),
    weekdays=names("Montag|Mo Dienstag|Di Mittwoch|Mi Donnerstag|Do Freitag|Fr Samstag|Sa Sonntag|So"),
    today=("heute",),
    tomorrow=("morgen",),
    until=("bis", "und"),
)
SPANISH = DateWords(
    months=names(
        "enero|ene febrero|feb marzo|mar abril|abr mayo|may junio|jun "
        "julio|jul agosto|ago septiembre|sept octubre|oct noviembre|nov diciembre|dic"
    ),
    weekdays=names("lunes|lun martes|mar miércoles|mié jueves|jue viernes|vie sábado|sáb domingo|dom"),
    today=("hoy",),
    until=("al", "y"),
)
ITALIAN = DateWords(
    months=names(
        "gennaio|gen febbraio|feb marzo|mar aprile|apr maggio|mag giugno|giu "
        "luglio|lug agosto|ago settembre|set ottobre|ott novembre|nov dicembre|dic"
    ),
    weekdays=names("lunedì|lun martedì|mar mercoledì|mer giovedì|gio venerdì|ven sabato|sab domenica|dom"),
)
LANGUAGES = {"sv": SWEDISH, "en": ENGLISH, "de": GERMAN, "es": SPANISH, "it": ITALIAN}
CALENDAR = Calendar.of(LANGUAGES)
SENT = date(2026, 3, 3)  # a Tuesday


def find(
    text: str,
    *,
    sent: date | None = SENT,
    day_first: float = 0.5,
    reference: date | None = None,
    calendar: Calendar = CALENDAR,
    spoken: dict[str, float] | None = None,
) -> list[DateMatch]:
    text = clean(text)
    return [*dates.find(text, fold(text), calendar, sent=sent, day_first=day_first, reference=reference, spoken=spoken)]


def best(text: str, **known: Any) -> list[str]:
    return [
        str(match.readings[0].first) + (f"/{match.readings[0].last}" if match.readings[0].last else "") for match in find(text, **known)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-01",
        "2026-03-01T23:30:00-05:00",
        "Datum:2026-03-01.",
        "2026/3/1",
        "2026.03.01",
        "2026. 3. 1.",
        "20260301",
        "20260301T120000Z",
        "1.3.2026",
        "01.03.2026",
        "1. 3. 2026",
        "2026-3-1, 12:00",
        "1 March 2026",
        "1. März 2026",
        "March 1, 2026",
        "March 1st, 2026",
        "march 1 2026",
        "MARCH 01, 2026",
        "Mar. 1, 2026",
        "den 1 mars 2026",
        "1 mars, 2026",
        "1 de marzo de 2026",
        "1 mar. 2026",
        "01-Mar-2026",
        "01MAR26",
        "01MAR2026",
        "1-Mar-26",
        "1 Mar '26",
        "1 Mar 26",
        "2026 March 1",
        "2026-Mar-01",
        "1st of March 2026",
        "the 1st of March, 2026",
        "Sun, 01 Mar 2026 12:00:00 +0100",
        "Sun Mar  1 12:00:00 2026",
        "Sun Mar 01 12:00:00 UTC 2026",
        "Sunday, 1 March 2026*",
        "söndag 1 mars",
        "söndag den 1 mars",
        "domenica 01 marzo",
        "1 mars",
        "2026年3月1日",
        "3月1日",
        "2026년 3월 1일",
        "２０２６年３月１日",
        "٢٠٢٦-٠٣-٠١",
        "2026–03–01",
        "1/3-2026",
        "1/3 2026",
    ],
)
def test_the_first_of_march(text: str) -> None:
    assert best(text, day_first=0.9) == ["2026-03-01"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("22nd oktober 2026", "2026-10-22"),
        ("Mär 14,2026, 07:55", "2026-03-14"),
        ("jueves, junio 23", "2026-06-23"),
        ("martedì 01 dicembre", "2026-12-01"),
        ("Tuesday, 11 August 2020*", "2020-08-11"),
        ("5 de out. de 2026", "2026-10-05"),
    ],
)
def test_named_months_in_every_order(text: str, day: str) -> None:
    portuguese = DateWords(
        months=names(
            "janeiro|jan fevereiro|fev março|mar abril|abr maio|mai junho|jun "
            "julho|jul agosto|ago setembro|set outubro|out novembro|nov dezembro|dez"
        )
    )
    assert best(text, calendar=Calendar.of({**LANGUAGES, "pt": portuguese})) == [day]


def test_a_numeric_date_has_both_readings_with_the_shares_of_the_order() -> None:
    (match,) = find("05/06/2026", day_first=0.8)
    assert [(str(day.first), round(day.share, 3)) for day in match.readings] == [("2026-06-05", 0.8), ("2026-05-06", 0.2)]
    assert match.form == "numeric"
    assert match.has_year


@pytest.mark.parametrize(("text", "day"), [("13/05/2026", "2026-05-13"), ("05/13/2026", "2026-05-13"), ("05/05/2026", "2026-05-05")])
def test_a_number_above_twelve_decides_the_order(text: str, day: str) -> None:
    (match,) = find(text)
    assert [(str(reading.first), reading.share) for reading in match.readings] == [(day, 1)]


def test_a_weekday_decides_the_order() -> None:
    assert [str(day.first) for day in find("Fri, 06/05/2026", day_first=0.99)[0].readings] == ["2026-06-05"]
    assert best("Fri, 06/25/2021") == ["2021-06-25"]


def test_the_end_of_a_number_before_a_date_is_no_weekday() -> None:
    (found,) = find("RB123456785DO\t28/05/2026")
    assert found.span.start == len("RB123456785DO\t")


def test_a_short_word_before_a_date_is_no_weekday() -> None:
    assert len(find("do 05/06/2026")[0].readings) == 2
    assert best("Fr 05/06/2026", day_first=0.1) == ["2026-06-05"]
    assert best("fr., 05/06/2026", day_first=0.1) == ["2026-06-05"]


def test_dots_put_the_day_first() -> None:
    (match,) = find("05.06.2026", day_first=0.5)
    assert match.readings[0].first == date(2026, 6, 5)
    assert match.readings[0].share > 0.9


def test_years_of_the_minguo_era_have_three_digits() -> None:
    assert best("發票日期      113/03/26  20:14:07, 113/13/26, 1113/03/26") == ["2024-03-26"]


def test_two_digit_years_are_read_near_the_mail() -> None:
    assert {str(day.first) for day in find("05-06-26")[0].readings} == {"2026-06-05", "2026-05-06", "2005-06-26"} - {"2005-06-26"}
    assert best("26-03-01") == ["2026-03-01"]
    assert find("14.4.21", sent=date(2035, 1, 1)) == []


def test_a_short_date_has_no_year_of_its_own() -> None:
    (match,) = find("5/6", day_first=0.9)
    assert not match.has_year
    assert [str(day.first) for day in match.readings] == ["2026-06-05", "2026-05-06"]
    assert best("senast 5.6. i butik") == ["2026-06-05"]


@pytest.mark.parametrize(
    "text",
    [
        "10.05",
        "10.05 kr",
        "€10.05.",
        "24/7",
        "1/2",
        "3/4 liter",
        "25-0821-1050",
        "123-4567890",
        "250-1234567-1234567",
        "v1.2.2026",
        "192.168.10.26",
        "2026-13-01",
        "31/02/2026",
        "30 February 2026",
        "32 mars 2026",
        "00/00/2026",
        "2026-03-01-77",
        "AB-05/06/2026",
        "A20260301",
        "20260301-1234",
        "120260301",
        "99991231",
        "https://shop.example/2026/03/01/friday-deal-1-march-2026",
        "5/6/7/8",
        "12:30",
        "1.2. Delivery",
        "March 2026",
        "5 out of 6",
        "the 3 ago",
        "set 5",
        "mars",
        "Order 12345March5",
        "5½/6/2026",
        "²/3/2026",
        "9-17",
        "0046701234567",
        "Sun and mar",
        "08.00 - 16.00",
        "08.10 - 28.11",
        "06.02 - 06.02",
        "09.02 - 06.02",
        "36.02 - 38.02",
        "1" * 5000 + "/1/2026",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("March 27 - March 28", "2026-03-27/2026-03-28"),
        ("3-5 maj", "2026-05-03/2026-05-05"),
        ("12.–14. März 2026", "2026-03-12/2026-03-14"),
        ("between 3 May and 5 May", "2026-05-03/2026-05-05"),
        ("mellan den 3 och 5 maj", "2026-05-03/2026-05-05"),
        ("December 9 - 10, 2026", "2026-12-09/2026-12-10"),
        ("2026-03-10 - 2026-03-14", "2026-03-10/2026-03-14"),
        ("2026-03-10/2026-03-14", "2026-03-10/2026-03-14"),
        ("10.-14.3.2026", "2026-03-10/2026-03-14"),
        ("10.03. - 14.03.2026", "2026-03-10/2026-03-14"),
        ("05/05/2026-07/05/2026", "2026-05-05/2026-05-07"),
        ("10-14/3", "2026-03-10/2026-03-14"),
        ("28 December - 3 January 2027", "2026-12-28/2027-01-03"),
        ("28 December 2026 to 3 January", "2026-12-28/2027-01-03"),
        ("28 dec - 3 jan", "2026-12-28/2027-01-03"),
        ("Tue, March 10 - Thu, March 12", "2026-03-10/2026-03-12"),
        ("del 3 al 5 de mayo", "2026-05-03/2026-05-05"),
        ("3月10日～3月14日", "2026-03-10/2026-03-14"),
        ("3月10日-14日", "2026-03-10/2026-03-14"),
        ("Tuesday - Thursday", "2026-03-10/2026-03-12"),
        ("March 27-28, 2026", "2026-03-27/2026-03-28"),
        ("Do., 12.03. - Sa., 14.03.", "2026-03-12/2026-03-14"),
        ("Mar 5 to Mar 9", "2026-03-05/2026-03-09"),
        ("Mar 27 - 2 Apr", "2026-03-27/2026-04-02"),
        ("17.03 - 18.03.2026", "2026-03-17/2026-03-18"),
        ("17.03–18.03.2026", "2026-03-17/2026-03-18"),
        ("30.12 - 02.01.2026", "2025-12-30/2026-01-02"),
        ("Monday, 9, and Tuesday, 10 March", "2026-03-09/2026-03-10"),
        ("07/04 - 12/04/2026", "2026-04-07/2026-04-12"),
        ("06.04 - 09.04", "2026-04-06/2026-04-09"),
        ("29.04–03.05.", "2026-04-29/2026-05-03"),
    ],
)
def test_a_range_gives_two_days(text: str, days: str) -> None:
    assert best(text, day_first=0.9) == [days]


def test_two_dates_that_are_no_range_stay_two() -> None:
    assert best("2026-03-14 - 2026-03-10") == ["2026-03-14", "2026-03-10"]
    assert best("Ordered 1 March 2026\nShips 3 March 2026") == ["2026-03-01", "2026-03-03"]
    assert best("1 March 2026, 3 March 2026") == ["2026-03-01", "2026-03-03"]


@pytest.mark.parametrize(
    ("text", "day"),
    [("Arriving Friday", "2026-03-06"), ("på fredag", "2026-03-06"), ("Arriving Monday", "2026-03-09"), ("Arriving Tuesday", "2026-03-10")],
)
def test_a_weekday_alone_is_the_next_such_day(text: str, day: str) -> None:
    (match,) = find(text)
    assert (match.form, match.has_year, str(match.readings[0].first)) == ("weekday", False, day)
    assert find(text, sent=None, reference=SENT) == []


def test_a_weekday_alone_may_also_be_past() -> None:
    assert [str(day.first) for day in find("delivered on Monday")[0].readings] == ["2026-03-09", "2026-03-02"]


@pytest.mark.parametrize(
    "text", ["mon", "Sun", "on sat", "Mar", "Open Monday - Friday", "Monday: 9-17\nTuesday: 10-17", "mondays", "måndagsklubben"]
)
def test_short_weekdays_and_opening_hours_are_no_dates(text: str) -> None:
    assert find(text) == []


def test_delivery_hours_behind_a_weekday_leave_it_a_date() -> None:
    (match,) = find("Arriving Friday 10:00 - 14:00")
    assert match.has_time


@pytest.mark.parametrize(
    ("text", "day"), [("idag", "2026-03-03"), ("Tomorrow!", "2026-03-04"), ("igår", "2026-03-02"), ("Morgen", "2026-03-04")]
)
def test_words_for_today_need_the_day_of_the_mail(text: str, day: str) -> None:
    assert best(text) == [day]
    assert find(text, sent=None, reference=SENT) == []


def test_a_good_morning_is_not_tomorrow() -> None:
    assert find("Guten Morgen, Frau Muster") == []


@pytest.mark.parametrize(
    ("text", "sent", "day"),
    [
        ("20 December", date(2026, 1, 5), "2025-12-20"),
        ("20 December", date(2026, 3, 5), "2026-12-20"),
        ("2 January", date(2026, 12, 28), "2027-01-02"),
        ("Monday 1 March", date(2026, 3, 5), "2027-03-01"),
        ("29 February", date(2026, 3, 5), None),
        ("29 February", date(2028, 1, 5), "2028-02-29"),
    ],
)
def test_a_date_without_year_gets_the_year_of_the_mail(text: str, sent: date, day: str | None) -> None:
    assert best(text, sent=sent) == ([day] if day else [])


def test_without_the_day_of_the_mail_weekday_and_reference_give_the_year() -> None:
    assert best("Saturday 1 March", sent=None, reference=date(2026, 7, 1)) == ["2025-03-01"]
    assert best("1 March", sent=None, reference=date(2024, 7, 1)) == ["2024-03-01"]
    assert find("1 March", sent=None) == []


def test_the_span_holds_the_date_and_its_weekday() -> None:
    text = "Leverans: fredag den 6 mars 2026 kl 12:30, tack"
    (match,) = find(text)
    assert text[match.span.slice] == "fredag den 6 mars 2026"
    assert match.has_time


def test_a_name_with_two_meanings_has_two_readings() -> None:
    polish = DateWords(months=names("a1 b2 c3 d4 e5 f6 g7 h8 i9 j10 listopad l12"))
    croatian = DateWords(months=names("a1 b2 c3 d4 e5 f6 g7 h8 i9 listopad k11 l12"))
    calendar = Calendar.of({"pl": polish, "hr": croatian})
    (match,) = find("5 listopad 2026", calendar=calendar)
    assert {(str(day.first), day.share) for day in match.readings} == {("2026-11-05", 0.5), ("2026-10-05", 0.5)}
    (match,) = find("5 listopad 2026", calendar=calendar, spoken={"hr": 0.8, "en": 0.2})
    assert [str(day.first) for day in match.readings] == ["2026-10-05"]


@pytest.mark.parametrize("text", ["", "x", "2026", "2026-02-30", "March", "1" * 10_000, "2026-03-01" * 50, "2026\u00bd"])
def test_parse_raises_on_what_is_no_iso_or_rfc_date(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        dates.parse(text)


@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2070, 1, 1), timezones=st.just(timezone(timedelta(hours=2)))))  # noqa: DTZ001
def test_iso_strings_are_parsed_to_the_day_as_written(moment: datetime) -> None:
    assert dates.parse(moment.isoformat()) == moment.date()
    assert best(moment.isoformat()) == [str(moment.date())]


@given(
    st.dates(min_value=date(2020, 1, 1), max_value=date(2032, 1, 1)),
    st.sampled_from([SWEDISH, ENGLISH, GERMAN, SPANISH, ITALIAN]),
    st.data(),
)
def test_a_date_is_found_in_every_language_whatever_the_case(day: date, words: DateWords, data: st.DataObject) -> None:
    month = data.draw(st.sampled_from(words.months[day.month - 1]))
    weekday = data.draw(st.sampled_from(["", *words.weekdays[day.weekday()]]))
    form = data.draw(
        st.sampled_from(
            ["{w} {d} {m} {y}", "{w}, {d}. {m} {y}", "{w} {m} {d}, {y}", "{w} {d} de {m} de {y}", "{d}-{m}-{y}", "({w} {d} {m}. {y})"]
        )
    )
    text = form.format(w=weekday, d=day.day, m=data.draw(st.sampled_from([month, month.upper()])), y=day.year).strip(" ,")
    assert best(text) == [str(day)]


@given(
    st.text(max_size=100) | st.text(alphabet="0123456789-/. ,marschJUN:年月日TZ", max_size=60), st.floats(0, 1), st.none() | st.just(SENT)
)
def test_any_text_gives_readings_that_sum_to_one_inside_the_text(text: str, day_first: float, sent: date | None) -> None:
    text = clean(text)
    last = 0
    for match in dates.find(text, fold(text), CALENDAR, sent=sent, day_first=day_first, reference=SENT):
        assert last <= match.span.start < match.span.end <= len(text)
        last = match.span.end
        assert match.readings
        assert sum(day.share for day in match.readings) == pytest.approx(1)
        assert [day.share for day in match.readings] == sorted((day.share for day in match.readings), reverse=True)
        assert all(day.last is None or day.last >= day.first for day in match.readings)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("entre el miércoles 18 y el viernes 20 de marzo", date(2026, 3, 18), date(2026, 3, 20)),
        ("zwischen Mittwoch, 18. und Freitag, 20. März 2026", date(2026, 3, 18), date(2026, 3, 20)),
        ("between Monday 30 and Thursday 2 April", date(2026, 3, 30), date(2026, 4, 2)),
    ],
)
def test_a_range_of_weekdays_has_the_month_of_its_last_day(text, first, last):
    (found,) = dates.find(text, fold(text), CALENDAR, sent=date(2026, 3, 16))
    assert [(reading.first, reading.last) for reading in found.readings] == [(first, last)]


def test_a_year_of_nepals_calendar_is_no_day_of_the_gregorian_one() -> None:
    assert best("2082-11-29") == []
    assert best("2083-11-29") == []
    assert best("2080-11-29") == ["2080-11-29"]


def test_the_word_for_year_may_be_glued_to_a_date() -> None:
    for text in ("20.03.2026\u0433.", "20.03.2026\u0440.", "20.03.2026\u0569."):
        assert best(text) == ["2026-03-20"]
    assert best("20.03.2026\u0440\u0443\u0431") == []


def test_a_range_over_two_months_has_no_year_of_two_digits_in_it() -> None:
    for text in ("28 Nov\u201306 Dec, 2022", "28 Nov-06 Dec 2022"):
        (match,) = find(text, sent=date(2022, 11, 21))
        assert (match.readings[0].first, match.readings[0].last) == (date(2022, 11, 28), date(2022, 12, 6))
    assert best("28-Nov-22", sent=date(2022, 11, 21)) == ["2022-11-28"]


def test_a_range_goes_on_behind_a_dash_at_the_end_of_a_line() -> None:
    (found,) = find("Estimated delivery date:\n20 November -\n25 November\n", sent=date(2015, 11, 16))
    assert (found.readings[0].first, found.readings[0].last) == (date(2015, 11, 20), date(2015, 11, 25))


def test_a_weekday_in_brackets_is_within_a_range() -> None:
    (found,) = find("21 March (Sat) - 22 March (Sun) 2026", sent=date(2026, 3, 16))
    assert (found.readings[0].first, found.readings[0].last) == (date(2026, 3, 21), date(2026, 3, 22))


def test_signs_and_letters_of_an_ordinal_belong_to_the_day() -> None:
    for text in ("1° marzo 2026", "1.º marzo 2026", "1º marzo 2026", "1ª marzo 2026"):
        assert best(text) == ["2026-03-01"], text


def test_a_word_that_is_short_for_a_month_takes_no_day_from_the_month_behind_it() -> None:
    calendar = Calendar.of(
        {
            "pl": DateWords(
                months=names("stycznia luty|lutego marca kwietnia maja czerwca lipca sierpnia|sie września października listopada grudnia")
            )
        }
    )
    text = "doręczenia proszę spodziewać się 15 lutego 2023"
    (match,) = dates.find(text, fold(text), calendar, sent=date(2023, 2, 7))
    assert match.readings[0].first == date(2023, 2, 15)


@pytest.mark.parametrize("written", ["mar 17/01/2021", "mar. 17-01-2021", "jun 17.01.2021", "Mar 17/1/21"])
def test_a_word_that_is_short_for_a_month_takes_no_day_from_a_date_in_digits(written):
    # "fra" is February in Maltese and "from" in Danish, "mar" Tuesday in Spanish, "des" December in Norwegian and "of the" in French.
    (match,) = dates.find(written, fold(written), Calendar.of({"sv": SWEDISH}), sent=date(2021, 1, 19))
    assert (match.form, match.readings[0].first) == ("numeric", date(2021, 1, 17))
