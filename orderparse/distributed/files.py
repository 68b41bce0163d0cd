"""Files of mail for many machines: which task reads which of them, and what it reads, in record batches.

A task has some files, or a part of an mbox: its bytes are cut anywhere, and each part has the mails that begin in it. Paths
without a scheme are this machine's and must be the same on all; a URI (``s3://``, ``gs://``, ``hdfs://``, ``file://``) is read
through ``pyarrow.fs``, which looks for credentials where its documentation says.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NamedTuple, cast

import pyarrow as pa

from orderparse.distributed import sized
from orderparse.errors import MailboxError
from orderparse.mail import contents, folders, mailboxes
from orderparse.outputs.safe_text import scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orderparse.mail.mailboxes import RawMail

#: What :func:`read` gives: the name of a mail (path, in an mbox with ``#`` and the byte offset) and its bytes; or null and the
#: sentence that says why a file, or something in an archive, cannot be read.
SCHEMA: Final = pa.schema([pa.field("source", pa.string(), nullable=False), ("mail", pa.binary()), ("problem", pa.string())])

# Bytes of the files of one task: at some megabytes a second a core, ten seconds or twenty. Less, where cores would be idle.
_MOST_BYTES: Final = 64 << 20
_LEAST_BYTES: Final = 1 << 20
_TASKS_A_CORE: Final = 4  # some take longer than others
_OPENING: Final = 16 << 10  # what opening a file costs, in bytes
_SCHEME: Final = "://"


class Piece(NamedTuple):
    """A file, or the bytes of it in which the mails begin that are meant. ``named`` says that it was asked for by itself."""

    path: str
    suffix: str
    in_maildir: bool
    named: bool
    start: int
    end: int


def plan(path: str | Path, *, cores: int = 1, part_bytes: int | None = None) -> Iterator[list[Piece]]:
    """The pieces of each task, in the order in which :func:`orderparse.parse_mailbox` reads the files of a path.

    A file that is longer than ``part_bytes`` is cut; if it is no mbox, its first part has all of it.

    Args:
        path: A file, a folder, or a URI of one.
        cores: How many read at a time: each should have some tasks.
        part_bytes: Bytes of the files of a task; 1 to 64 MiB if None.

    Raises:
        MailboxError: There is no such path, or it cannot be looked at.

    """
    files = list(_files(os.fspath(path)))
    if part_bytes is None:
        whole = sum(file.size + _OPENING for file, _ in files)
        part_bytes = min(max(whole // (cores * _TASKS_A_CORE), _LEAST_BYTES), _MOST_BYTES)
    task: list[Piece] = []
    room = part_bytes
    for file, named in files:
        for start in range(0, max(file.size, 1), part_bytes):
            end = min(start + part_bytes, file.size)
            cost = end - start + _OPENING
            if task and cost > room:
                yield task
                task, room = [], part_bytes
            task.append(Piece(file.path, file.suffix, file.in_maildir, named, start, end))
            room -= cost
    if task:
        yield task


def read(path: str | Path, pieces: Iterable[Piece]) -> Iterator[Any]:
    """The mails of some pieces of a path, in batches of at most 1000 mails or about 8 MiB; never raises over a file."""
    rows = ((mail, len(mail["mail"] or b"")) for mail in _mails(os.fspath(path), pieces))
    yield from sized.record_batches(rows, SCHEMA)


def _mails(root: str, pieces: Iterable[Piece]) -> Iterator[dict[str, Any]]:
    problems: list[tuple[str, str]] = []
    for piece in pieces:
        try:
            for mail in _of_piece(root, piece, problems):
                yield {"source": scalar(mail.source), "mail": mail.data, "problem": None}
        except MailboxError as error:
            problems.append((piece.path, str(error)))
        except OSError as error:
            problems.append((piece.path, folders.sentence(error)))
        for source, sentence in problems:
            yield {"source": scalar(source), "mail": None, "problem": scalar(sentence)}
        problems.clear()


def _of_piece(root: str, piece: Piece, problems: list[tuple[str, str]]) -> Iterator[RawMail]:
    options: dict[str, Any] = {
        "suffix": piece.suffix,
        "in_maildir": piece.in_maildir,
        "named": piece.named,
        "part": (piece.start, piece.end),
        "on_error": lambda source, sentence: problems.append((source, sentence)),
    }
    if _SCHEME not in root:
        yield from mailboxes.of_file(piece.path, **options)
        return
    system, inside = _file_system(root)
    with system.open_input_file(inside + piece.path[len(root.rstrip("/")) :]) as file:
        content = contents.FileContent(cast("BinaryIO", file))
        small = len(content) <= contents.IN_MEMORY
        yield from mailboxes.of_content(content[:] if small else content, piece.path, **options)


def _files(path: str) -> Iterator[tuple[folders.File, bool]]:
    """The files of a path, and whether it is one file that was asked for."""
    if _SCHEME in path:
        yield from _remote_files(path)
        return
    found = folders.look(path)
    place = Path(path)
    if stat.S_ISDIR(found.st_mode):
        yield from ((file, False) for file in folders.files(place))
    else:
        in_maildir = folders.is_maildir(place.parent)
        yield folders.File(path, "" if in_maildir else folders.suffix(place.name), found.st_size, in_maildir), True


def _remote_files(uri: str) -> Iterator[tuple[folders.File, bool]]:
    import pyarrow.fs  # noqa: PLC0415  # for URIs alone

    root = uri.rstrip("/")
    system, inside = _file_system(root)
    found = system.get_file_info(inside)
    if found.type == pyarrow.fs.FileType.NotFound:
        msg = f"{uri}: there is no such file or folder"
        raise MailboxError(msg)
    if found.type == pyarrow.fs.FileType.File:
        yield folders.File(root, folders.suffix(found.base_name), found.size, in_maildir=False), True
        return
    below = system.get_file_info(pyarrow.fs.FileSelector(inside, recursive=True))
    for file in sorted((one for one in below if one.type == pyarrow.fs.FileType.File), key=lambda one: one.path):
        name = file.path[len(inside) :].lstrip("/")
        said = folders.member(name)
        if said is not None:
            yield folders.File(f"{root}/{name}", said[0], file.size, said[1]), False


def _file_system(uri: str) -> tuple[Any, str]:
    """The file system of a URI and the path in it.

    Raises:
        MailboxError: It is none that is known.

    """
    import pyarrow.fs  # noqa: PLC0415

    try:
        # Hadoop's names of what others call s3.
        system, inside = pyarrow.fs.FileSystem.from_uri(f"s3://{uri.partition(_SCHEME)[2]}" if uri.startswith(("s3a:", "s3n:")) else uri)
    except ValueError as error:
        msg = f"{uri}: {error}"
        raise MailboxError(msg) from error
    return system, inside.rstrip("/")
