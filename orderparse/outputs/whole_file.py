"""A file that is there whole or not at all: written beside its place, then renamed into it (POSIX ``rename``)."""

from __future__ import annotations

import io
import os
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def writing(path: Path) -> Iterator[TextIO]:
    """Open a file for UTF-8 text; if the block raises, what stood there stands there still.

    A link is followed. What is no regular file, as a pipe or a device, is written to directly.

    Raises:
        OSError: The folder is missing or cannot be written to, or the disk is full.

    """
    with writing_bytes(path) as binary:
        file = io.TextIOWrapper(binary, encoding="utf-8", newline="")
        try:
            yield file
            file.flush()
        finally:
            with suppress(OSError, ValueError):  # said already where it matters; the bytes are closed outside
                file.detach()


@contextmanager
def writing_bytes(path: Path) -> Iterator[BinaryIO]:
    """Open a file for bytes, as :func:`writing` does for text.

    Raises:
        OSError: The folder is missing or cannot be written to, or the disk is full.

    """
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        with target.open("wb") as file:
            yield file
        return
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", suffix=".part", dir=target.parent)
    try:
        with open(handle, "wb") as file:  # noqa: PTH123  # a handle, not a path
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        Path(name).replace(target)
        _keep(target.parent)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _keep(folder: Path) -> None:
    """Have the system write down the new name too, where it can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _umask() -> int:
    umask = os.umask(0o077)
    os.umask(umask)
    return umask
