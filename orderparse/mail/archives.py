"""Archives (ZIP, tar) and compressed files (gzip, bzip2, xz), read as streams: nothing in them is written under its name.

What an archive may unpack to is limited, by its own size and in all: see ``limits``.
"""

from __future__ import annotations

import lzma
import os
import stat
import struct
import tarfile
import zipfile
import zlib
from contextlib import closing
from typing import IO, TYPE_CHECKING, BinaryIO, Final, NamedTuple, Protocol, cast

from orderparse.errors import MailboxError
from orderparse.mail import limits
from orderparse.slotted import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# What the readers of the standard library raise on what is no archive, or is one that was cut off.
BROKEN: Final = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    LookupError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
    struct.error,
)
_BLOCK: Final = 1 << 20
_PIECE: Final = 128 << 10
_ENCRYPTED: Final = 0x1
_UNKNOWN: Final = "is packed in a way that is not read here"
# Files that are ZIP archives and hold no mails: of Office, of Java, books.
_OTHER_KINDS: Final = frozenset({"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF", "AndroidManifest.xml"})


class ArchiveError(MailboxError):
    """An archive that is not read to its end: it unpacks to too much, or holds too many members."""


@dataclass(slots=True)
class Budget:
    """What an archive, and the archives in it, may still unpack to."""

    bytes_left: int
    members_left: int = limits.ARCHIVE_MEMBERS

    @classmethod
    def of(cls, size: int) -> Budget:
        """Of an archive of so many bytes."""
        return cls(min(limits.ARCHIVE_BYTES, max(limits.ARCHIVE_FREE, size * limits.ARCHIVE_RATIO)))

    def spend(self, size: int) -> None:
        """Take away what was unpacked.

        Raises:
            ArchiveError: It was too much.

        """
        self.bytes_left -= size
        if self.bytes_left < 0:
            msg = "unpacks to more than mails do: the rest of it is not read"
            raise ArchiveError(msg)

    def member(self) -> None:
        """Take away one member.

        Raises:
            ArchiveError: There were too many.

        """
        self.members_left -= 1
        if self.members_left < 0:
            msg = f"holds more than {limits.ARCHIVE_MEMBERS} files: the rest of it is not read"
            raise ArchiveError(msg)


class _Source(Protocol):
    """What the readers of the standard library give."""

    def read1(self, size: int, /) -> bytes: ...


class Stream:
    """What comes out of an archive: read once from front to back, with a look at its beginning."""

    def __init__(self, source: _Source, budget: Budget | None = None) -> None:
        self._source = source
        self._budget = budget
        self._ahead = b""
        self._at = 0
        self.damage: str | None = None  # a sentence, where it ended too early

    def peek(self, size: int) -> bytes:
        """The next bytes, which stay to be read."""
        while len(self._ahead) < size and (block := self._next(size - len(self._ahead))):
            self._ahead += block
        return self._ahead[:size]

    def read(self, size: int = -1) -> bytes:
        """So many bytes, fewer at the end.

        Raises:
            ArchiveError: More is asked for at once than is held in memory.

        """
        if size < 0 or size > limits.ARCHIVE_INDEX:
            msg = "has a header that is too large"
            raise ArchiveError(msg)
        blocks = [self._ahead[:size]]
        self._ahead = self._ahead[size:]
        left = size - len(blocks[0])
        while left and (block := self._next(left)):
            blocks.append(block)
            left -= len(block)
        self._at += size - left
        return b"".join(blocks)

    def tell(self) -> int:
        """How many bytes were read."""
        return self._at

    def seek(self, place: int, whence: int = os.SEEK_SET) -> int:
        """Go forward to a place.

        Raises:
            ValueError: It lies behind.

        """
        if whence != os.SEEK_SET or place < self._at:
            msg = "a stream goes forward only"
            raise ValueError(msg)
        while self._at < place and self.read(min(place - self._at, _BLOCK)):
            pass
        return self._at

    def _next(self, size: int) -> bytes:
        try:
            block = self._source.read1(min(size, _PIECE)) if self.damage is None else b""  # read() loses what comes before damage
        except ArchiveError:
            raise
        except BROKEN as error:  # what came before it is read
            self.damage = broken(error)
            block = b""
        if self._budget is not None:
            self._budget.spend(len(block))
        return block


class _Capped:
    """A file of which no more is read at once than is held in memory."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        if size > limits.ARCHIVE_INDEX:
            msg = "has a header that is too large"
            raise ArchiveError(msg)
        data = self._file.read(size if size >= 0 else limits.ARCHIVE_INDEX + 1)
        if len(data) > limits.ARCHIVE_INDEX:
            msg = "has a header that is too large"
            raise ArchiveError(msg)
        return data


class Member(NamedTuple):
    """A file in an archive: its name, which is shown and never opened, and its bytes."""

    name: str
    stream: Stream


def unzip(file: BinaryIO, budget: Budget, tell: Callable[[str, str], None]) -> Iterator[Member]:
    """Files of a ZIP archive in its own order; ``tell`` is given the name and a sentence for what cannot be read.

    Raises:
        ArchiveError: It unpacks to too much.
        zipfile.BadZipFile: It is none. Others of ``BROKEN`` may be raised too.

    """
    with zipfile.ZipFile(cast(IO[bytes], _Capped(file))) as archive:
        if not _OTHER_KINDS.isdisjoint(archive.NameToInfo):
            return
        for info in archive.infolist():
            budget.member()
            mode = info.external_attr >> 16
            if info.filename.endswith("/") or (stat.S_IFMT(mode) and not stat.S_ISREG(mode)):
                continue
            if info.flag_bits & _ENCRYPTED:
                tell(info.filename, "is encrypted")
                continue
            if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:  # the others unpack without a limit
                tell(info.filename, _UNKNOWN)
                continue
            try:
                opened = archive.open(info)
            except BROKEN as error:
                tell(info.filename, broken(error))
                continue
            with opened:
                yield Member(info.filename, Stream(cast("_Source", opened), budget))


def untar(file: Stream | BinaryIO, budget: Budget) -> Iterator[Member]:
    """Files of a tar archive in its own order; its bytes are counted where they are unpacked, not here.

    Raises:
        ArchiveError: It unpacks to too much.
        tarfile.TarError: It is none. Others of ``BROKEN`` may be raised too.

    """
    source = file if isinstance(file, Stream) else _Capped(file)
    with tarfile.open(fileobj=cast(IO[bytes], source), mode="r:", errorlevel=1) as archive:  # errorlevel: nothing is extracted
        while (info := archive.next()) is not None:
            archive.members.clear()  # type: ignore[attr-defined]  # it would keep them all
            budget.member()
            if not info.isreg() or info.issparse():  # no link is followed; holes are no text
                continue
            opened = archive.extractfile(info)
            if opened is not None:
                with closing(opened):
                    yield Member(info.name, Stream(cast("_Source", opened)))


def decompress(kind: str, file: BinaryIO | Stream, budget: Budget) -> Stream:
    """The content of a compressed file."""
    import bz2  # noqa: PLC0415  # for such files alone
    import gzip  # noqa: PLC0415

    source = cast(IO[bytes], file)
    opened: _Source
    if kind == "gzip":
        opened = gzip.GzipFile(fileobj=source, mode="rb")
    else:
        opened = bz2.BZ2File(source) if kind == "bzip2" else lzma.LZMAFile(source)  # noqa: SIM115  # closed with what is under it
    return Stream(opened, budget)


def broken(error: BaseException) -> str:
    """Say why an archive cannot be read."""
    if isinstance(error, MailboxError):
        return str(error)
    if isinstance(error, NotImplementedError):
        return _UNKNOWN
    return f"is broken or cut off: {error or type(error).__name__}"
