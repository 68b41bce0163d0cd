"""Rows of mails as lines of JSON are, as columns, what pyarrow makes of the same rows as Python objects."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

import orderparse
from orderparse.distributed import mail_rows
from orderparse.outputs import records_json, typed_rows
from orderparse.records import AmountFinding, DateFinding, Money, Reading
from orderparse.roles import AmountRole, DateRole

MAILS = Path(__file__).parents[2] / "fixtures" / "mails"


def as_objects(readings):
    rows = [{**typed_rows.of_mail(one), "record": json.dumps(records_json.of_reading(one, exact=True))} for one in readings]
    return pa.RecordBatch.from_pylist(rows, schema=mail_rows.SCHEMA)


def as_lines(readings):
    return pa.RecordBatch.from_arrays(mail_rows.columns([mail_rows.line(one) for one in readings]), schema=mail_rows.SCHEMA)


def test_the_mails_of_the_fixtures_have_the_same_columns_both_ways():
    readings = [orderparse.parse(path) for path in sorted(MAILS.glob("*.eml"))]
    assert len(readings) > 100
    assert as_lines(readings).equals(as_objects(readings))


DAYS = st.dates()
MONEY = st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**20), max_value=10**20)
ZONES = st.integers(-720, 720).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30), timezones=ZONES)  # noqa: DTZ001  # has to be none


@given(st.text(), DAYS, MONEY | st.just(Decimal("1E+40")), MOMENTS, st.floats(0, 1))
def test_any_text_day_amount_and_moment_is_the_same_both_ways(text, day, amount, moment, sure):
    reading = Reading(
        source=text,
        status="ok",
        subject=text,
        sent=moment,
        dates=(DateFinding(value=day, until=None, role=DateRole.ORDER, confidence=sure, text=text),),
        amounts=(AmountFinding(value=Money(value=amount, currency=None), role=AmountRole.TOTAL, confidence=sure, text=text),),
    )
    assert as_lines([reading]).equals(as_objects([reading]))


def test_the_first_and_the_last_day_of_the_calendar_are_days():
    ends = [Reading(source="", status="ok", sent=moment) for moment in (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))]
    assert as_lines(ends).equals(as_objects(ends))
    days = [DateFinding(value=day, until=day, role=DateRole.SHIP, confidence=1.0, text="") for day in (date.min, date.max)]
    reading = Reading(source="", status="ok", dates=tuple(days))
    assert as_lines([reading]).equals(as_objects([reading]))
