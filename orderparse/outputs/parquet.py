"""Parquet (https://parquet.apache.org): mails and orders with typed columns, for data frames and query engines.

Which columns these are stands in :mod:`orderparse.outputs.typed_rows`. Needs pyarrow, the extra ``parquet``.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from orderparse.errors import MissingExtraError
from orderparse.outputs import typed_rows, whole_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from orderparse.records import Order, Reading

_GROUP: Final = 5000  # records of a row group: some megabytes in memory


def write_readings(readings: Iterable[Reading], path: Path) -> None:
    """Write a row a mail; all or nothing.

    Raises:
        MissingExtraError: pyarrow is not installed.
        OSError: The file cannot be written, or the disk is full.

    """
    pa = _pyarrow()
    _write(readings, typed_rows.of_mail, typed_rows.mail_schema(pa), path)


def write_orders(orders: Iterable[Order], path: Path) -> None:
    """Write a row an order; all or nothing.

    Raises:
        MissingExtraError: pyarrow is not installed.
        OSError: The file cannot be written, or the disk is full.

    """
    pa = _pyarrow()
    _write(orders, typed_rows.of_order, typed_rows.order_schema(pa), path)


def _pyarrow() -> Any:
    try:
        import pyarrow as pa  # noqa: PLC0415  # heavy, and an extra
        import pyarrow.parquet  # noqa: PLC0415
    except ImportError as error:
        msg = "Parquet needs pyarrow: pip install 'orderparse[parquet]'"
        raise MissingExtraError(msg) from error
    return pa


def _write(records: Iterable[Any], row: Callable[[Any], typed_rows.Row], schema: Any, path: Path) -> None:
    pa = _pyarrow()
    left = iter(records)
    with whole_file.writing_bytes(path) as file, pa.parquet.ParquetWriter(file, schema) as writer:
        while rows := [row(record) for record in islice(left, _GROUP)]:
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))
