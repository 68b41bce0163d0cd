"""What all tests share: the mails under ``fixtures/mails`` and a place to write small ones."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import orderparse

if TYPE_CHECKING:
    from collections.abc import Callable

    from orderparse.records import Reading

MAILS = Path(__file__).parents[1] / "fixtures" / "mails"


@cache
def _reading(path: Path) -> Reading:
    return orderparse.parse(path)


@pytest.fixture(scope="session")
def mails() -> Path:
    """The folder of the labelled mails."""
    return MAILS


@pytest.fixture(scope="session")
def reading() -> Callable[[Path], Reading]:
    """``reading(path)`` is what a mail says; each mail is parsed once in a run."""
    return _reading


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], Path]:
    """``written(mail)`` writes the text of a mail (RFC 5322, lines ended by LF) to a file of its own."""
    count = iter(range(1000))

    def write(mail: str) -> Path:
        path = tmp_path / f"mail_{next(count)}.eml"
        path.write_bytes(mail.encode("utf-8"))
        return path

    return write
