"""What a mailbox is read from: bytes in memory, or a file of any size of which a block at a time is held."""

from __future__ import annotations

import errno
import io
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

IN_MEMORY: Final = 8 << 20  # bytes of a file or a stream that are read at once
_BLOCK: Final = 1 << 20


class Content(Protocol):
    """Bytes of which slices are taken, as ``bytes`` are; a slice that reaches behind the end is short."""

    def __len__(self) -> int:
        """Count the bytes."""

    def __getitem__(self, key: slice, /) -> bytes:
        """Give a slice, its step one."""


class Readable(Protocol):
    """What a stream must do at least: give up to so many bytes, none at its end."""

    def read(self, size: int, /) -> bytes:
        """Give up to so many bytes."""


class FileContent:
    """A file, of which slices are read when they are asked for.

    Not a memory map: a mail program that compacts its mailbox meanwhile would end the process (SIGBUS), and all pages
    of a map that were seen count as memory of the process.
    """

    __slots__ = ("_size", "file")

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self._size = file.seek(0, os.SEEK_END)

    def __len__(self) -> int:
        """Count the bytes, as they were at the beginning."""
        return self._size

    def past_hole(self, at: int) -> int:
        """The next place at which the file holds anything: a file of a terabyte may be one hole (``lseek``, SEEK_DATA)."""
        if not hasattr(os, "SEEK_DATA"):
            return at
        try:
            handle = self.file.fileno()
        except io.UnsupportedOperation:  # no file of the system's
            return at
        before = os.lseek(handle, 0, os.SEEK_CUR)  # the buffer of the file counts on it
        try:
            return max(at, os.lseek(handle, at, os.SEEK_DATA))
        except OSError as error:  # no data behind it, or a file system that does not tell
            return self._size if error.errno == errno.ENXIO else at
        finally:
            os.lseek(handle, before, os.SEEK_SET)

    def __getitem__(self, key: slice, /) -> bytes:
        """Give a slice; a shorter one if the file has become shorter."""
        start, stop, _ = key.indices(self._size)
        if start >= stop:
            return b""
        self.file.seek(start)
        return self.file.read(stop - start)


def past_hole(content: Content, at: int) -> int:
    """The place, or the end of the hole that it is in."""
    return content.past_hole(at) if isinstance(content, FileContent) else at


def stream(content: Content) -> BinaryIO:
    """A binary file over a content, at its beginning."""
    if isinstance(content, FileContent):
        content.file.seek(0)
        return content.file
    return io.BytesIO(content[:])


@contextmanager
def spooled(source: Readable, most: int, end: int | None = None) -> Iterator[Content]:
    """All bytes of a stream, or its first ``end``: in memory, or from ``most`` bytes on in a temporary file without a name."""
    blocks: list[bytes] = []
    size = 0
    most = most if end is None else end
    while size < most and (block := source.read(min(_BLOCK, most - size))):
        blocks.append(block)
        size += len(block)
    if size < most or end is not None:
        yield b"".join(blocks)
        return
    import tempfile  # noqa: PLC0415  # for large streams alone

    with tempfile.TemporaryFile() as file:
        file.writelines(blocks)
        blocks.clear()
        while block := source.read(_BLOCK):
            file.write(block)
        yield FileContent(file)
