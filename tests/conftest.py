"""What all tests share: the mails under ``fixtures/mails`` and a place to write small ones."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

import orderparse

if TYPE_CHECKING:
    from collections.abc import Callable

    from orderparse.records import Reading

# Times are measured by benchmarks, not by deadlines; what CI tries is the same at every run, what a person tries is not.
hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")

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
