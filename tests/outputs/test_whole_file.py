from __future__ import annotations

import errno
from pathlib import Path

import pytest

from orderparse.outputs.whole_file import writing, writing_bytes


def test_the_file_is_there_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    with writing(path) as file:
        file.write("å\r\n")
        assert not path.exists()
    assert path.read_bytes() == "å\r\n".encode()
    assert list(tmp_path.iterdir()) == [path]


def test_what_stood_there_stands_there_still_if_something_fails(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old")

    def fail() -> None:
        with writing(path) as file:
            file.write("new")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_rights_of_a_replaced_file_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old")
    path.chmod(0o640)
    with writing(path) as file:
        file.write("new")
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    path, link = tmp_path / "out.csv", tmp_path / "link.csv"
    path.write_text("old")
    link.symlink_to(path)
    with writing(link) as file:
        file.write("new")
    assert link.is_symlink()
    assert path.read_text() == "new"


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), writing(tmp_path / "none" / "out.csv"):
        pass


def test_bytes_are_whole_or_not_there_too(tmp_path: Path) -> None:
    path = tmp_path / "out.parquet"

    def fail() -> None:
        with writing_bytes(path) as file:
            file.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert list(tmp_path.iterdir()) == []
    with writing_bytes(path) as file:
        file.write(b"PAR1\r\n\x00")
    assert path.read_bytes() == b"PAR1\r\n\x00"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
def test_a_full_disk_is_an_error() -> None:
    with pytest.raises(OSError, match="No space left") as caught, writing(Path("/dev/full")) as file:
        file.write("x")
    assert caught.value.errno == errno.ENOSPC
