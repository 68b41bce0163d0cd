"""CSV (RFC 4180): a row a record, UTF-8, all text quoted, numbers bare.

Order and tracking numbers are text. A spreadsheet that guesses types rounds a number of 16 digits
all the same, unless the column is imported as text; the file does not lie about it with formulas.
Text that a spreadsheet would run as a formula gets a leading apostrophe (OWASP, "CSV Injection").
"""

from __future__ import annotations

import csv
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TextIO

from orderparse.outputs import columns
from orderparse.outputs.safe_text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orderparse.outputs.columns import Cell, Table
    from orderparse.records import Order, Reading

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_readings(readings: Iterable[Reading], file: TextIO) -> None:
    """A header, then a row a mail."""
    _write(columns.of_readings(), readings, file)


def write_orders(orders: Iterable[Order], file: TextIO) -> None:
    """A header, then a row an order."""
    _write(columns.of_orders(), orders, file)


def write_parcels(orders: Iterable[Order], file: TextIO) -> None:
    """A header, then a row a parcel."""
    _write(columns.of_parcels(), [(parcel, order) for order in orders for parcel in order.order_delivery], file)


def harmless(text: str) -> str:
    r"""Text on one line that no spreadsheet takes for a formula, be it written full-width or behind blanks.

    >>> harmless("=1+1"), harmless("＠SUM(A1)"), harmless("\tx"), harmless("8012-3")
    ("'=1+1", "'＠SUM(A1)", "'x", '8012-3')
    """
    line = one_line(text)
    formula = any(unicodedata.normalize("NFKC", start).startswith(_FORMULA) for start in (text[:1], line[:1]))
    return f"'{line}" if formula else line


def _write(table: Table, records: Iterable[Any], file: TextIO) -> None:
    writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow(table.names)
    for record in records:
        writer.writerow([_cell(cell) for cell in table.row(record)])


def _cell(cell: Cell) -> str | int | float | _Digits:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return harmless(cell)
    return _Digits(cell) if isinstance(cell, Decimal) else cell


class _Digits(Decimal):
    """A number for the csv module that is written with all its digits and without exponent."""

    def __str__(self) -> str:
        return format(self, "f")
