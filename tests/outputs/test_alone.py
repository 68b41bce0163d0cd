from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from orderparse.errors import BusyError
from orderparse.outputs.alone import alone

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="this system has no such locks")


def in_another_process(path: Path) -> str:
    """What happens to another process that wants the same output."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            with alone(path):
                os.write(theirs, b"free")
        except BusyError:
            os.write(theirs, b"busy")
        finally:
            os._exit(0)
    os.close(theirs)
    told = os.read(ours, 10).decode()
    os.close(ours)
    os.waitpid(child, 0)
    return told


def test_one_process_at_a_time_has_an_output(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    assert in_another_process(path) == "free"
    with alone(path):
        assert in_another_process(path) == "busy"
        assert in_another_process(tmp_path / "other.csv") == "free"
    assert in_another_process(path) == "free"
    assert list(tmp_path.iterdir()) == []


def test_a_link_and_what_it_leads_to_are_one_output(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("out.csv")
    with alone(tmp_path / "out.csv"):
        assert in_another_process(tmp_path / "link") == "busy"


def test_what_a_killed_run_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    kept = [
        "out.csv",
        ".out.csv.part",
        ".out.csv.abcdefgh.part.txt",
        ".out.csv.x.abcdefgh.part",
        "out.csv.abcdefgh.part",
        ".other.csv.abcdefgh.part",
    ]
    for name in [*kept, ".out.csv.abcd_fg1.part"]:
        (tmp_path / name).write_text("x")
    with alone(tmp_path / "out.csv"):
        pass
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(kept)


def test_the_lock_is_no_link_that_somebody_has_laid(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("x")
    (tmp_path / ".out.csv.lock").symlink_to("precious")
    with pytest.raises(OSError, match="symbolic link"), alone(tmp_path / "out.csv"):
        pass
    assert (tmp_path / "precious").read_text() == "x"


def test_a_device_needs_no_lock() -> None:
    with alone(Path(os.devnull)):
        pass


def test_a_folder_that_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), alone(tmp_path / "none" / "out.csv"):
        pass
