"""What a mailbox is read from: bytes in memory, or a file of any size of which a block at a time is held."""

from __future__ import annotations

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

    def __getitem__(self, key: slice, /) -> bytes:
        """Give a slice; a shorter one if the file has become shorter."""
        start, stop, _ = key.indices(self._size)
        if start >= stop:
            return b""
        self.file.seek(start)
        return self.file.read(stop - start)


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
