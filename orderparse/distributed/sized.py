"""Record batches of a size that is good to hand on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

ROWS: Final = 1000  # of a batch, at most
BYTES: Final = 8 << 20  # of what is large in it, about


def enough(rows: int, size: int) -> bool:
    """Whether so many rows, with so many bytes, are enough for a batch."""
    return rows >= ROWS or size >= BYTES


def record_batches(rows: Iterable[tuple[Mapping[str, Any], int]], schema: Any) -> Iterator[Any]:
    """Batches of rows, which come with their sizes in bytes."""
    waiting: list[Mapping[str, Any]] = []
    size = 0
    for row, row_bytes in rows:
        waiting.append(row)
        size += row_bytes
        if enough(len(waiting), size):
            yield pa.RecordBatch.from_pylist(waiting, schema=schema)
            waiting, size = [], 0
    if waiting:
        yield pa.RecordBatch.from_pylist(waiting, schema=schema)
