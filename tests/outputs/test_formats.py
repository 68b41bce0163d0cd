from __future__ import annotations

import pytest

from orderparse.outputs.formats import of_suffix


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.jsonl", "jsonl"),
        ("a.ndjson", "jsonl"),
        ("a.json", "json"),
        ("a.csv", "csv"),
        ("a.parquet", "parquet"),
        ("a.sqlite", "sqlite"),
        ("a.db", "sqlite"),
        ("a.ics", "ics"),
        ("a.jsonld", "jsonld"),
        ("a.html", "html"),
        ("folder.csv/A.JSON", "json"),
        ("C:\\mails\\a.Csv", "csv"),
    ],
)
def test_the_name_of_a_file_tells_its_format(name: str, expected: str) -> None:
    assert of_suffix(name) == expected


@pytest.mark.parametrize("name", ["", "a", "a.", ".csv", "a.txt", "folder.csv/a", "a.csv.gz", "csv", "folder/.json"])
def test_another_name_tells_none(name: str) -> None:
    assert of_suffix(name) is None
