"""JSON Lines (https://jsonlines.org): one record a line, UTF-8.

Characters that a terminal obeys or that some readers take for the end of a line are escaped,
so a line may be looked at in any pager: C1 controls, U+2028, U+2029, bidi controls.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TextIO

from orderparse.outputs import records_json
from orderparse.records import Reading
from orderparse.text.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from orderparse.records import Order

_UNSAFE = lazy("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")


def line(record: Mapping[str, Any] | Sequence[Any]) -> str:
    r"""A record as one line, without its line break.

    >>> line({"subject": "Tom\u2028Ö\x9b"})
    '{"subject": "Tom\\u2028Ö\\u009b"}'

    Raises:
        ValueError: A number is infinite or not a number.

    """
    text = json.dumps(record, ensure_ascii=False, allow_nan=False)
    return _UNSAFE.sub(lambda char: f"\\u{ord(char[0]):04x}", text)


def write_parcels(orders: Iterable[Order], file: TextIO) -> None:
    """Write each parcel of the orders."""
    file.writelines(line(records_json.of_parcel(parcel, order)) + "\n" for order in orders for parcel in order.order_delivery)


def of_record(record: Reading | Order) -> str:
    """What is written of a record: one line, without its line break."""
    return line(records_json.of_reading(record) if isinstance(record, Reading) else records_json.of_order(record))


def write(records: Iterable[Reading | Order], file: TextIO) -> None:
    """Write each record as it comes, so that a reader at the other end of a pipe need not wait."""
    write_lines(map(of_record, records), file)


def write_lines(lines: Iterable[str], file: TextIO) -> None:
    """Write what :func:`of_record` has made of each record, in whichever process."""
    for told in lines:
        file.write(told + "\n")
        file.flush()
