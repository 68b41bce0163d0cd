"""Errors of data files name the file, the line and what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from orderparse import datafiles
from orderparse.errors import KnowledgeError

if TYPE_CHECKING:
    from pathlib import Path


def told(path: Path, text: bytes) -> str:
    path.write_bytes(text)
    with pytest.raises(KnowledgeError) as error:
        datafiles.load(path, lambda table: datafiles.strings(table, "names") and datafiles.text(table, "name"))
    return str(error.value).removeprefix(str(path))


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (b'# x\nnames = "x"\n', ":2: names: a list of strings is wanted"),
        (b'names = ["x"]\n', ": name is missing"),
        (b'names = ["x"]\n\nname = 7\n', ":3: name: a text is wanted"),
        (b"names = [\n", ":1: no TOML"),
        (b"\xff", ": 'utf-8' codec"),
    ],
)
def test_an_error_names_file_and_line(tmp_path: Path, text: bytes, error: str) -> None:
    assert error in told(tmp_path / "x.toml", text)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"x\.toml: .*No such file"):
        datafiles.load(tmp_path / "x.toml", dict)
