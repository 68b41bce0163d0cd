"""One JSON array (RFC 8259): a record a line inside it, as JSON Lines has them.

The array is whole only at its end: what is broken off is no JSON. For pipes take JSON Lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from orderparse.outputs import records_json
from orderparse.outputs.jsonl import line
from orderparse.records import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orderparse.records import Order


def write(records: Iterable[Reading | Order], file: TextIO) -> None:
    r"""Write each record as it comes; nothing but the record at hand is kept.

    >>> import io
    >>> file = io.StringIO()
    >>> write([], file); file.getvalue()
    '[]\n'
    """
    between = "[\n"
    for record in records:
        fields = records_json.of_reading(record) if isinstance(record, Reading) else records_json.of_order(record)
        file.write(between + line(fields))
        between = ",\n"
    file.write("[]\n" if between == "[\n" else "\n]\n")
