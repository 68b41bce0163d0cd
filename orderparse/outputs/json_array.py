"""One JSON array (RFC 8259): a record a line inside it, as JSON Lines has them.

The array is whole only at its end: what is broken off is no JSON. For pipes take JSON Lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from orderparse.outputs.jsonl import of_record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orderparse.records import Order, Reading


def write(records: Iterable[Reading | Order], file: TextIO) -> None:
    r"""Write each record as it comes; nothing but the record at hand is kept.

    >>> import io
    >>> file = io.StringIO()
    >>> write([], file); file.getvalue()
    '[]\n'
    """
    write_lines(map(of_record, records), file)


def write_lines(lines: Iterable[str], file: TextIO) -> None:
    """Write what :func:`orderparse.outputs.jsonl.of_record` has made of each record, in whichever process."""
    between = "[\n"
    for told in lines:
        file.write(between + told)
        between = ",\n"
    file.write("[]\n" if between == "[\n" else "\n]\n")
