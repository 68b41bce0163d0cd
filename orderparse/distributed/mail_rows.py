"""Rows of mails on their way to columns: lines of JSON, made where the mail is read, and laid out many at once by Arrow.

A line costs the process that takes it in nothing but its bytes; days, moments and amounts stand in it as text.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
from pyarrow import json as arrow_json

from orderparse.outputs import records_json, typed_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orderparse.records import Reading

RECORD: Final = "record"

#: The columns of a mail; ``record`` is the object of :func:`orderparse.outputs.records_json.of_reading` with ``exact=True`` in
#: JSON (ASCII), of which the reading can be made again.
SCHEMA: Final = typed_rows.mail_schema(pa).append(pa.field(RECORD, pa.string(), nullable=False))


def line(reading: Reading) -> bytes:
    """The row of a mail as a line of JSON, without its end."""
    record = json.dumps(records_json.of_reading(reading, exact=True), allow_nan=False)
    return json.dumps({**typed_rows.of_mail(reading), RECORD: record}, allow_nan=False, default=_text).encode("ascii")


def columns(lines: Sequence[bytes]) -> list[Any]:
    """The columns of :data:`SCHEMA` of some rows."""
    data = b"\n".join(lines)
    whole = arrow_json.ReadOptions(use_threads=False, block_size=len(data) + 1)
    as_text = arrow_json.ParseOptions(explicit_schema=_AS_TEXT, unexpected_field_behavior="error")
    table = arrow_json.read_json(pa.BufferReader(data), read_options=whole, parse_options=as_text)
    return list(table.cast(SCHEMA).combine_chunks().to_batches()[0].columns)


def _text(value: object) -> str:
    """A value that JSON has not, as Arrow reads it out of text."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")  # typed rows have moments in UTC
    return value.isoformat() if isinstance(value, date) else str(value)


def _textual(kind: Any) -> Any:
    """A type in which what JSON has not is text."""
    of = pa.types
    if of.is_list(kind):
        return pa.list_(_textual(kind.value_type))
    if of.is_struct(kind):
        return pa.struct([pa.field(field.name, _textual(field.type)) for field in kind])
    return pa.string() if of.is_date(kind) or of.is_timestamp(kind) or of.is_decimal(kind) else kind


_AS_TEXT: Final = pa.schema([pa.field(field.name, _textual(field.type)) for field in SCHEMA])
