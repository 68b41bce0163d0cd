"""Mailboxes: mbox files (RFC 4155), Maildir folders, single mails, saved pages, and trees of all of these.

The format of a file is told by its content. Files are read in a fixed order, one mail at a time.
"""

from __future__ import annotations

import mmap
import os
import re
import stat
from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple

from orderparse.errors import MailboxError
from orderparse.mail import folders, formats, limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Content = bytes | mmap.mmap

# A file of these names is one mail whatever its content; of an unknown name, its content must say that it is mail.
_MAIL_NAMES: Final = frozenset({".eml", ".emlx", ".html", ".htm", ".mht", ".mhtml", ".txt"})
_MBOX_NAMES: Final = frozenset({".mbox", ".mbx"})
_KNOWN_NAMES: Final = _MAIL_NAMES | _MBOX_NAMES | {""}
_QUOTED_FROM: Final = re.compile(rb"^>(?=>*From )", re.MULTILINE)
_EMPTY_LINES: Final = (b"\n\n", b"\n\r\n")
_SEPARATOR: Final = 1024  # bytes of a separator line
_MOST: Final = limits.MESSAGE_BYTES + 1  # one more than a mail may have: its reader sees that it has more
_IN_MEMORY: Final = 8 << 20  # bytes of a file or a stream that are read at once
_BLOCK: Final = 1 << 20
_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


class RawMail(NamedTuple):
    """A mail as it stands in its mailbox. ``source`` is the path as given, in a mailbox file with ``#`` and the byte offset."""

    source: str
    data: bytes


def find(path: Path, *, on_error: Callable[[str, str], None] | None = None) -> Iterator[RawMail]:
    """All mails at a path: a file, a Maildir, or a tree of folders with mail in them.

    Binary files in a folder are passed over. ``on_error`` is told of each file in a folder that
    cannot be read: its path and a sentence.

    Raises:
        MailboxError: There is nothing at the path, it cannot be read, or it holds no mail.

    """
    name = os.fspath(path)
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116  # as all of this module, by name
        if not stat.S_ISDIR(mode):
            yield from _of_file(name, folders.suffix(path.name), in_maildir=folders.is_maildir(path.parent), named=True)
            return
        os.scandir(path).close()
    except MailboxError:
        raise
    except FileNotFoundError as error:
        msg = f"{name}: there is no such file or folder"
        raise MailboxError(msg) from error
    except (OSError, ValueError) as error:
        msg = f"{name} {folders.sentence(error) if isinstance(error, OSError) else f'is no path: {error}'}"
        raise MailboxError(msg) from error
    some = False
    for file in folders.files(path, on_error):
        try:
            for mail in _of_file(file.path, file.suffix, in_maildir=file.in_maildir, named=False):
                some = True
                yield mail
        except OSError as error:
            if on_error is not None:
                on_error(file.path, folders.sentence(error))
    if not some:
        msg = f"{name}: there is no mail in this folder"
        raise MailboxError(msg)


def total_bytes(path: Path) -> int:
    """Bytes of all files that ``find`` looks at.

    What ``len(mail.data)`` adds up to, but for separators and for files that are passed over.
    """
    if path.is_dir():
        return sum(file.size for file in folders.files(path))
    return path.stat().st_size if path.exists() else 0


def from_stream(stream: BinaryIO, source: str = "-") -> Iterator[RawMail]:
    """All mails of a stream, as standard input: a mail, a mailbox file or a saved page.

    Raises:
        MailboxError: The stream is empty or binary.

    """
    head = stream.read(_IN_MEMORY)
    if len(head) < _IN_MEMORY:
        yield from _of_content(head, source, "", in_maildir=False, named=True)
        return
    import tempfile  # noqa: PLC0415  # for large streams alone

    with tempfile.TemporaryFile() as spool:
        spool.write(head)
        while block := stream.read(_BLOCK):
            spool.write(block)
        spool.flush()
        with closing(mmap.mmap(spool.fileno(), 0, access=mmap.ACCESS_READ)) as content:
            yield from _of_content(content, source, "", in_maildir=False, named=True)


def split(content: Content, source: str = "") -> Iterator[RawMail]:
    r"""Split the content of an mbox file.

    A separator is a line of ``From``, a sender and a date, at the beginning or after an empty line. The ">" that
    was put before a line ``From `` of a body is taken away (mboxrd). What stands before the first separator is no mail.

    >>> box = b"From a Tue Mar  3 12:00:00 2026\nSubject: x\n\nFrom here on\n\nFrom b Tue Mar  3 12:00:01 2026\nSubject: y\n\n"
    >>> [tuple(mail) for mail in split(box, "in")]
    [('in#0', b'Subject: x\n\nFrom here on\n'), ('in#58', b'Subject: y\n')]
    """
    last: tuple[int, int] | None = None
    for at, start in _separators(content):
        if last is not None:
            yield _mail(content, source, *last, at)
        last = at, start
    if last is not None:
        yield _mail(content, source, *last, len(content))


def _separators(content: Content) -> Iterator[tuple[int, int]]:
    """Where each separator line begins, and where the mail behind it does."""
    at = formats.text_start(content[: formats.HEAD])
    while at >= 0:
        if found := formats.SEPARATOR.match(content[at : at + _SEPARATOR]):
            yield at, at + found.end()
            at += found.end() - 1
        at = content.find(b"\nFrom ", at)
        while at >= 0 and not content[max(at - 2, 0) : at + 1].endswith(_EMPTY_LINES):
            at = content.find(b"\nFrom ", at + 1)
        at = at + 1 if at >= 0 else -1


def _mail(content: Content, source: str, at: int, start: int, end: int) -> RawMail:
    data = content[start : min(end, start + _MOST)]
    if end < len(content) or data.endswith(_EMPTY_LINES):  # an empty line ends a mail
        data = data.removesuffix(b"\n").removesuffix(b"\r")
    if b">From " in data:
        body = min((found for found in (data.find(b"\n\n"), data.find(b"\n\r\n")) if found >= 0), default=len(data))
        data = data[:body] + _QUOTED_FROM.sub(b"", data[body:])
    return RawMail(f"{source}#{at}", data)


def _of_file(path: str, suffix: str, *, in_maildir: bool, named: bool) -> Iterator[RawMail]:
    # A named pipe without a writer would block the opening, a device the reading.
    with open(os.open(path, _FLAGS), "rb") as file:  # noqa: PTH123
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode):
            msg = f"{path} is no regular file; a stream is read from standard input"
            raise MailboxError(msg)
        if found.st_size <= _IN_MEMORY:
            yield from _of_content(file.read(_IN_MEMORY), path, suffix, in_maildir=in_maildir, named=named)
            return
        with closing(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)) as content:
            yield from _of_content(content, path, suffix, in_maildir=in_maildir, named=named)


def _of_content(content: Content, source: str, suffix: str, *, in_maildir: bool, named: bool) -> Iterator[RawMail]:
    head = content[: formats.HEAD]
    one = in_maildir or suffix in _MAIL_NAMES
    if not head.strip():
        if one:  # a mail that lost its content is a mail
            yield RawMail(source, content[:_MOST])
        elif named:
            msg = f"{source} is empty"
            raise MailboxError(msg)
        return
    if (turned := formats.utf8(head)) is not None:
        head = turned
    found = formats.sniff(head)
    if found.format == "binary":
        if named:
            msg = f"{source} is {formats.binary(head)}, no mail"
            raise MailboxError(msg)
        return
    if turned is not None and found.format == "mbox":
        content = formats.utf8(content[:_MOST]) or b""
    if (found.format == "mbox" and not _is_one(content, one=one)) or suffix in _MBOX_NAMES:
        some = False
        for mail in split(content, source):
            some = True
            yield mail
        if some:
            return
    if suffix in _MBOX_NAMES and found.format != "mail":
        if named:
            msg = f"{source}: there is no mail in this mailbox file"
            raise MailboxError(msg)
        return
    if named or suffix in _KNOWN_NAMES or (found.format == "mail" and not found.garbage):
        yield RawMail(source, content[:_MOST])


def _is_one(content: Content, *, one: bool) -> bool:
    """Whether a mailbox file holds one mail and is named as one: a mail that was saved with its envelope line."""
    return one and len(list(islice(_separators(content), 2))) == 1
