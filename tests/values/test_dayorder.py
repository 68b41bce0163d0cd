from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderparse.values.dayorder import day_first

ENGLISH = [("en", 1.0)]
SENT = date(2026, 6, 10)


def first(text, country=None, sent=None, spoken=ENGLISH):
    return day_first(text, spoken, {"en", "ja"}, country, sent)


def test_a_date_of_one_reading_tells_how_the_others_of_the_mail_are_written():
    assert first("Invoice 10/24/2020, due 11/1/2020") < 0.05
    assert first("Invoice 24/10/2020, due 1/11/2020") > 0.95


def test_the_day_near_the_mails_own_is_the_likelier_one():
    assert first("Order date 06/09/2026", sent=SENT) < first("Order date 06/09/2026") < first("Order date 09/06/2026", sent=SENT)


@pytest.mark.parametrize("text", ["", "no date", "1-2-3", "2026/03/04", "13/14/2026", "00/05/2026", "order 05-06-2026-11", "11/11/2026"])
def test_what_tells_nothing_leaves_the_country_its_say(text):
    assert first(text, "GB", SENT) == pytest.approx(0.95)
    assert first(text, "US", SENT) == pytest.approx(0.05)


@given(st.lists(st.tuples(st.integers(-300, 300), st.booleans(), st.sampled_from("/-")), max_size=30), st.sampled_from(["US", "GB", None]))
def test_a_share_is_never_quite_sure(days, country):
    lines = []
    for offset, month, sign in days:
        day = SENT + timedelta(days=offset)
        lines.append(day.strftime(f"%m{sign}%d{sign}%Y" if month else f"%d{sign}%m{sign}%Y"))
    assert 0.0001 < first(" ".join(lines), country, SENT) < 0.9999


@given(st.lists(st.integers(-60, 60), min_size=1, max_size=8))
def test_the_more_days_agree_the_likelier_their_order(offsets):
    text = " ".join((SENT + timedelta(days=offset)).strftime("%d/%m/%Y") for offset in offsets)
    if any((SENT + timedelta(days=offset)).day > 12 for offset in offsets):
        assert first(text, sent=SENT) > 0.9
