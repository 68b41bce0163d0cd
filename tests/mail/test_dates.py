from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderparse.mail import dates

NOON = datetime(2026, 3, 3, 11, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Tue, 3 Mar 2026 12:00:00 +0100",
        "Tue, 03 Mar 2026 12:00:00 +0100 (CET)",
        "3 Mar 2026 11:00 GMT",
        "Tue, 3 Mar 2026 11:00:00",
        "Tue, 3 Mar 2026 11:00:00 -0000",
        "Tue Mar  3 11:00:00 2026",
        "2026-03-03T12:00:00+01:00",
        "2026-03-03 11:00:00",
        "2026-03-03 11:00:00 XYZ",
        "Tuesday, March 3, 2026 11:00:00 AM",
    ],
)
def test_a_date_is_read_with_its_zone(text: str) -> None:
    when = dates.parse(text)
    assert when == NOON
    assert when is not None
    assert when.utcoffset() is not None


@pytest.mark.parametrize(
    "text", ["", "10", "12:00", "March", "yesterday", "3 Mar 2026 12:00:00 +9900", "32 Mar 2026 12:00:00 +0000", "\x00", "٣"]
)
def test_what_is_no_whole_date_is_not_completed(text: str) -> None:
    assert dates.parse(text) is None


def test_a_missing_date_is_the_topmost_received() -> None:
    sent, defect = dates.sent(None, "by mx.example; Tue, 3 Mar 2026 12:00:00 +0100")
    assert sent == NOON
    assert defect is not None
    assert defect.code == "date_missing"


def test_an_unreadable_date_is_the_topmost_received_too() -> None:
    sent, defect = dates.sent("soon", "by mx.example; Tue, 3 Mar 2026 12:00:00 +0100")
    assert sent == NOON
    assert defect is not None
    assert defect.code == "date_invalid"


@pytest.mark.parametrize("year", [1066, 1969, 2101, 9999])
def test_a_year_out_of_range_is_no_date(year: int) -> None:
    sent, defect = dates.sent(f"Tue, 3 Mar {year:04} 12:00:00 +0100", "by mx.example; Tue, 3 Mar 2026 12:00:00 +0100")
    assert sent is None
    assert defect is not None
    assert defect.code == "date_invalid"


def test_a_long_date_takes_no_time() -> None:
    start = time.process_time()
    dates.sent("1 " * 500_000, "(" * 1_000_000)
    assert time.process_time() - start < 1


@given(st.text(max_size=80))
def test_any_text_is_a_date_or_none(text: str) -> None:
    when = dates.parse(text)
    assert when is None or isinstance(when.utcoffset(), timedelta)


@given(
    st.tuples(
        st.sampled_from(["Mon", "Sun"]), st.integers(0, 99), st.sampled_from(["Jan", "Dec"]), st.sampled_from([1000, 1969, 2026, 2999]),
        st.integers(0, 99), st.integers(0, 99), st.integers(0, 99), st.sampled_from("+-"), st.integers(0, 9999),
        st.sampled_from(["", " (CET)", " (UTC)"]),
    )
)  # fmt: skip
def test_a_date_of_the_usual_form_is_read_as_the_standard_library_reads_it(parts) -> None:
    text = "{}, {} {} {:04} {:02}:{:02}:{:02} {}{:04}{}".format(*parts)
    assert dates._USUAL.fullmatch(text)
    fields = parsedate_tz(text)
    assert dates._fields(text) == (*fields[:6], fields[9] or 0)
