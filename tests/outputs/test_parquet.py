from __future__ import annotations

import sys
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet as pq

from orderparse.errors import MissingExtraError
from orderparse.outputs import parquet, typed_rows
from orderparse.outputs.safe_text import one_line
from orderparse.records import AmountFinding, DateFinding, Event, Finding, Money, Order, ParcelDelivery, Reading, TrackingNumber
from orderparse.roles import AmountRole, DateRole, MailKind

if TYPE_CHECKING:
    from collections.abc import Iterator


def rows(path: Path) -> list[dict[str, Any]]:
    return pq.read_table(path).to_pylist()


def test_an_order_is_a_row_of_typed_cells(tmp_path: Path) -> None:
    path = tmp_path / "orders.parquet"
    order = Order(
        order_number=Finding(value="0012345678901234", confidence=0.99),
        confidence=0.9,
        order_date=DateFinding(value=date(2026, 3, 1), confidence=0.9, role=DateRole.ORDER),
        total=AmountFinding(value=Money(value=Decimal("129.90"), currency="SEK"), confidence=0.9, role=AmountRole.TOTAL),
        order_delivery=(
            ParcelDelivery(
                tracking_number=TrackingNumber(value="RB123456785SE", confidence=0.9), other_numbers=("1",), expected_until=date(2026, 3, 9)
            ),
        ),
        events=(
            Event(at=datetime(2026, 3, 1, 12, tzinfo=timezone(timedelta(hours=1))), kind=MailKind.SHIPPING, message_id="a", source="b"),
        ),
        messages=("a",),
    )
    parquet.write_orders([order], path)
    table = pq.read_table(path)
    assert [table.schema.field(name).type for name in ("order_number", "order_date", "total")] == [
        pa.string(),
        pa.date32(),
        pa.decimal128(38, 9),
    ]
    (row,) = table.to_pylist()
    assert (row["order_number"], row["order_date"], row["total"], row["currency"]) == (
        "0012345678901234",
        date(2026, 3, 1),
        Decimal("129.9"),
        "SEK",
    )
    (parcel,) = row["parcels"]
    assert (parcel["tracking_number"], parcel["other_numbers"], parcel["expected_until"]) == ("RB123456785SE", ["1"], date(2026, 3, 9))
    assert row["events"] == [{"at": datetime(2026, 3, 1, 11, tzinfo=UTC), "kind": "shipping", "message_id": "a", "source": "b"}]
    assert (row["merchant"], row["items"], row["messages"]) == (None, [], ["a"])


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])  # each is large
@given(st.from_type(Reading), st.from_type(Order))
def test_any_record_is_a_row(tmp_path: Path, reading: Reading, order: Order) -> None:
    path = tmp_path / "any.parquet"
    parquet.write_readings([reading], path)
    (row,) = rows(path)
    assert row["subject"] == one_line(reading.subject)
    assert [found["value"] for found in row["dates"]] == [found.value for found in reading.dates]
    assert [found["confidence"] for found in row["order_numbers"]] == [found.confidence for found in reading.order_numbers]
    parquet.write_orders([order], path)
    (row,) = rows(path)
    assert row["confidence"] == order.confidence
    assert len(row["parcels"]) == len(order.order_delivery)


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_an_amount_fits_or_is_left_out(value: Decimal) -> None:
    fitted = typed_rows.fitting(value)
    if fitted is None:
        assert abs(value) >= Decimal(10**29) - Decimal("1e-9")
    else:
        assert len(fitted.as_tuple().digits) <= 38
        pa.array([fitted], pa.decimal128(38, 9))
        assert abs(fitted - value) <= Decimal("1e-9")


def test_an_amount_at_the_brim_fits_or_is_left_out() -> None:
    for text in ("99999999999999999999999999999.9999999999", "-99999999999999999999999999999.9999999999", "1E+28", "1E-30", "NaN"):
        pa.array([typed_rows.fitting(Decimal(text))], pa.decimal128(38, 9))
    assert typed_rows.fitting(Decimal("1E+28")) == Decimal("1E+28")


def test_without_records_there_are_columns(tmp_path: Path) -> None:
    path = tmp_path / "mails.parquet"
    parquet.write_readings([], path)
    table = pq.read_table(path)
    assert table.num_rows == 0
    assert "tracking_numbers" in table.column_names


def test_many_records_come_in_row_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "_GROUP", 2)
    path = tmp_path / "mails.parquet"
    parquet.write_readings([Reading(source=str(number)) for number in range(5)], path)
    assert pq.ParquetFile(path).num_row_groups == 3
    assert [row["source"] for row in rows(path)] == list("01234")


def test_what_stood_there_stands_there_still_if_something_fails(tmp_path: Path) -> None:
    path = tmp_path / "mails.parquet"
    path.write_text("old")

    def readings() -> Iterator[Reading]:
        yield Reading(source="a")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        parquet.write_readings(readings(), path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_without_the_extra_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"orderparse\[parquet\]"):
        parquet.write_orders([], tmp_path / "orders.parquet")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
def test_a_full_disk_is_an_error() -> None:
    with pytest.raises(OSError, match="No space left"):
        parquet.write_orders([Order(order_number=None, confidence=0.5)], Path("/dev/full"))
