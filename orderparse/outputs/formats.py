"""Formats: which one the name of a file asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_FORMATS: Final[Mapping[str, str]] = {
    "csv": "csv",
    "db": "sqlite",
    "html": "html",
    "ics": "ics",  # RFC 5545
    "json": "json",
    "jsonl": "jsonl",
    "jsonld": "jsonld",
    "ndjson": "jsonl",  # https://github.com/ndjson: another name of the same
    "parquet": "parquet",
    "sqlite": "sqlite",
}


def of_suffix(name: str) -> str | None:
    """The format that a file's name ends with, in any case; None if it ends with none.

    >>> of_suffix("out/Orders.NDJSON"), of_suffix("orders.2026.csv"), of_suffix("orders"), of_suffix("orders.xls")
    ('jsonl', 'csv', None, None)
    """
    stem, dot, suffix = name.replace("\\", "/").rpartition("/")[2].rpartition(".")
    return _FORMATS.get(suffix.lower()) if stem and dot else None
