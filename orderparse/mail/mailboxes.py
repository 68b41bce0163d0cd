"""Mailboxes: mbox files, Maildir and other folders, single mails, saved pages, archives, and trees of all of these.

The format of a file is told by its content. Files are read in a fixed order, one mail at a time.
"""

from __future__ import annotations

import os
import stat
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from orderparse.errors import MailboxError
from orderparse.mail import authentication, contents, folders, formats, limits, mbox
from orderparse.mail.mbox import RawMail as RawMail  # noqa: PLC0414  # part of what this module gives
from orderparse.mail.mbox import split as split  # noqa: PLC0414
from orderparse.slotted import dataclass, replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from orderparse.mail.archives import Budget, Stream
    from orderparse.mail.contents import Content
    from orderparse.mail.formats import Container

# A file of these names is one mail whatever its content; of an unknown name, its content must say that it is mail.
_MAIL_NAMES: Final = frozenset({".eml", ".emlx", ".html", ".htm", ".mht", ".mhtml", ".txt"})
_MBOX_NAMES: Final = frozenset({".mbox", ".mbx"})
_KNOWN_NAMES: Final = _MAIL_NAMES | _MBOX_NAMES | {""}
_OUTLOOK_NAMES: Final = frozenset({".msg", ".dat"})
_PACKED: Final = {"gzip": ".gz", "bzip2": ".bz2", "xz": ".xz"}
_KINDS: Final = {"zip": "ZIP archive", "tar": "tar archive", "gzip": "gzip file", "bzip2": "bzip2 file", "xz": "xz file"}
_DEEPEST: Final = 2 * limits.ARCHIVE_DEPTH + 1  # an archive counts two, a compressed file one
_IN_MEMORY: Final = contents.IN_MEMORY
# A named pipe without a writer would block the opening; a terminal would become that of the program.
_FLAGS: Final = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"))
_NO_LINK: Final = getattr(os, "O_NOFOLLOW", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a content is from, and what its name says. What ``named`` says was asked for by itself: that it is no mail is an error."""

    source: str
    suffix: str = ""
    in_maildir: bool = False
    named: bool = False
    follow_links: bool = False
    on_error: Callable[[str, str], None] | None = None
    part: tuple[int, int] | None = None  # bytes whose mails are asked for
    depth: int = 0  # of archives around it
    budget: Budget | None = None  # of the archive that it is in

    def tell(self, source: str, sentence: str) -> None:
        if self.on_error is not None:
            self.on_error(source, sentence)


def own_server(path: Path, *, follow_links: bool = False) -> str | None:
    """The server that wrote Authentication-Results on top of most mails at the beginning of a mailbox; None if none did."""
    try:
        return authentication.own_server(mail.data for mail in islice(find(path, follow_links=follow_links), authentication.SAMPLE))
    except OSError:  # told where it is read
        return None


def find(
    path: Path,
    *,
    follow_links: bool = False,
    on_error: Callable[[str, str], None] | None = None,
    on_skip: Callable[[str, str], None] | None = None,
) -> Iterator[RawMail]:
    """All mails at a path: a file, an archive, a Maildir, or a tree of folders with mail in them.

    Binary files in a folder or an archive are passed over, and a file of several names (hard links, or symbolic links that are
    followed) is read once. The
    source of a mail in an archive is the path, ``!`` and the name that the archive gives it. ``on_error`` is told of each
    file in a folder or an archive that cannot be read: its source and a sentence; ``on_skip`` of each entry of a folder
    that is not opened: its path, and what it is.

    Raises:
        MailboxError: There is nothing at the path, it cannot be read, or it holds no mail.

    """
    name = os.fspath(path)
    if not stat.S_ISDIR(folders.look(name).st_mode):
        in_maildir = folders.is_maildir(path.parent)
        suffix = "" if in_maildir else folders.suffix(path.name)
        try:
            yield from _of_file(name, _Place(source=name, suffix=suffix, in_maildir=in_maildir, named=True, on_error=on_error))
        except MailboxError:
            raise
        except OSError as error:
            msg = f"{name} {folders.sentence(error)}"
            raise MailboxError(msg) from error
        return
    some = False
    seen: set[tuple[int, int]] = set()
    for file in folders.files(path, on_error, on_skip, follow_links=follow_links):
        if file.inode in seen:
            continue
        try:
            place = _Place(source=file.path, suffix=file.suffix, in_maildir=file.in_maildir, follow_links=follow_links, on_error=on_error)
            for mail in _of_file(file.path, place):
                some = True
                if file.inode is not None:
                    seen.add(file.inode)
                yield mail
        except OSError as error:
            if on_error is not None:
                on_error(file.path, folders.sentence(error))
    if not some:
        msg = f"{name}: there is no mail in this folder"
        raise MailboxError(msg)


def of_file(
    path: str,
    *,
    suffix: str = "",
    in_maildir: bool = False,
    named: bool = False,
    part: tuple[int, int] | None = None,
    on_error: Callable[[str, str], None] | None = None,
) -> Iterator[RawMail]:
    """Mails of one file of a folder, as :func:`find` gives them of all its files; or as of one that was ``named`` itself.

    Of a ``part`` the mails that begin in these bytes, up to the second, if the file is an mbox; any other file is one piece,
    which begins in its first byte.

    Raises:
        OSError: The file cannot be read.

    """
    yield from _of_file(path, _Place(source=path, suffix=suffix, in_maildir=in_maildir, named=named, part=part, on_error=on_error))


def of_content(
    content: Content,
    source: str,
    *,
    suffix: str = "",
    in_maildir: bool = False,
    named: bool = False,
    part: tuple[int, int] | None = None,
    on_error: Callable[[str, str], None] | None = None,
) -> Iterator[RawMail]:
    """The same of a content that is no file of this machine's."""
    yield from _of_content(content, _Place(source=source, suffix=suffix, in_maildir=in_maildir, named=named, part=part, on_error=on_error))


def total_bytes(path: Path) -> int:
    """Bytes of all files that ``find`` looks at.

    What ``len(mail.data)`` adds up to, but for separators and for files that are passed over.
    """
    if path.is_dir():
        return sum(file.size for file in folders.files(path))
    return path.stat().st_size if path.exists() else 0


def from_stream(stream: BinaryIO, source: str = "-", *, on_error: Callable[[str, str], None] | None = None) -> Iterator[RawMail]:
    """All mails of a stream, as standard input: a mail, a mailbox file, a saved page, an archive.

    Raises:
        MailboxError: The stream is empty or holds no mail.

    """
    with contents.spooled(stream, _IN_MEMORY) as content:
        yield from _of_content(content, _Place(source=source, named=True, on_error=on_error))


def _of_file(path: str, place: _Place) -> Iterator[RawMail]:
    with open(os.open(path, _FLAGS | (0 if place.named or place.follow_links else _NO_LINK)), "rb") as file:  # noqa: PTH123
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode):
            msg = f"{path} is no regular file; a stream is read from standard input"
            raise MailboxError(msg)
        if found.st_size <= _IN_MEMORY:
            yield from _of_content(file.read(found.st_size), place)  # no more, should it grow
        else:
            yield from _of_content(contents.FileContent(file), place)


def _of_content(content: Content, place: _Place) -> Iterator[RawMail]:
    source, suffix, named, part = place.source, place.suffix, place.named, place.part
    head = content[: formats.HEAD]
    later = part is not None and part[0] > 0
    one = place.in_maildir or suffix in _MAIL_NAMES
    if later and (not head.strip() or formats.utf8(head) is not None):  # such files are one piece
        return
    if not head.strip():
        if one:  # a mail that lost its content is a mail
            yield RawMail(source, content[: mbox.MOST])
        elif named:
            msg = f"{source} is empty"
            raise MailboxError(msg)
        return
    if (turned := formats.utf8(head)) is not None:
        head = turned
    found = formats.sniff(head)
    if found.format == "binary":
        if not later:
            yield from _of_binary(content, head, place)
        return
    if turned is not None and found.format == "mbox":
        content = formats.utf8(content[: mbox.MOST]) or b""
    if (found.format == "mbox" and not (one and mbox.holds_one(content))) or suffix in _MBOX_NAMES:  # a mail may have its envelope line
        some = False
        for mail in split(content, source, part if turned is None else None):
            some = True
            yield mail
        if some or later or (part is not None and mbox.holds_any(content)):
            return
        if found.format == "mbox":  # all of its mails are deleted
            return
    if later:
        return
    if suffix in _MBOX_NAMES and found.format != "mail":
        if named:
            msg = f"{source}: there is no mail in this mailbox file"
            raise MailboxError(msg)
        return
    if named or suffix in _KNOWN_NAMES or (found.format == "mail" and not found.garbage):
        yield RawMail(source, content[: mbox.MOST])


def _of_binary(content: Content, head: bytes, place: _Place) -> Iterator[RawMail]:
    """Mails of an archive, of a compressed file or of a file of Outlook's; all else is no mail."""
    kind = formats.container(head)
    if kind is None:
        if place.named:
            msg = f"{place.source} is {formats.binary(head)}, no mail"
            raise MailboxError(msg)
    elif kind == "ole" or kind == "tnef":  # noqa: PLR1714  # as the type checker understands it
        yield from _of_outlook(content, kind, place)
    else:
        yield from _of_archive(content, kind, place)


def _of_outlook(content: Content, kind: Container, place: _Place) -> Iterator[RawMail]:
    from orderparse.mail import outlook  # noqa: PLC0415  # for such files alone

    try:
        data = outlook.mail(content[: mbox.MOST], kind)
    except outlook.OutlookError as error:
        if place.named:
            msg = f"{place.source} {error}"
            raise MailboxError(msg) from error
        if place.suffix in _OUTLOOK_NAMES:  # another such file is one of old Office, or of Windows
            place.tell(place.source, str(error))
        return
    yield RawMail(place.source, data)


def _of_archive(content: Content | Stream, kind: Container, place: _Place) -> Iterator[RawMail]:
    """Mails of an archive or a compressed file. That it breaks off, or is a bomb, is told; what was read before stays."""
    from orderparse.mail import archives  # noqa: PLC0415  # for such files alone

    problems: list[str] = []

    def tell(source: str, sentence: str) -> None:
        problems.append(sentence)
        place.tell(source, sentence)

    outermost = place.budget is None
    size = 0 if isinstance(content, archives.Stream) else len(content)
    inner = replace(place, on_error=tell, named=False, budget=place.budget or archives.Budget.of(size))
    some = False
    try:
        for mail in _unpacked(content, kind, inner):
            some = True
            yield mail
    except archives.ArchiveError as error:
        if not outermost:  # the archive around it is over as well
            raise
        tell(place.source, str(error))
    except archives.BROKEN as error:
        tell(place.source, archives.broken(error))
    if place.named and not some:
        msg = f"{place.source}: there is no mail in this {_KINDS[kind]}" + (f": it {problems[0]}" if problems else "")
        raise MailboxError(msg)


def _unpacked(content: Content | Stream, kind: Container, place: _Place) -> Iterator[RawMail]:
    from orderparse.mail import archives  # noqa: PLC0415

    budget = place.budget
    packed = _PACKED.get(kind)
    depth = place.depth + (1 if packed else 2)
    if budget is None or depth > _DEEPEST:
        place.tell(place.source, "is an archive too deep within others")
        return
    file = content if isinstance(content, archives.Stream) else contents.stream(content)
    if packed:
        name = place.source.rpartition("!")[2].lower()
        suffix = folders.suffix(name.removesuffix(packed)) if name.endswith(packed) else ""
        yield from _of_stream(archives.decompress(kind, file, budget), replace(place, suffix=suffix, depth=depth))
        return
    found = archives.untar(file, budget) if kind == "tar" else archives.unzip(cast(BinaryIO, file), budget, partial(_tell_member, place))
    for member in found:
        said = folders.member(member.name)
        if said is None:
            continue
        suffix, in_maildir = said
        source = f"{place.source}!{member.name}"
        yield from _of_stream(member.stream, replace(place, source=source, suffix=suffix, in_maildir=in_maildir, depth=depth))


def _tell_member(place: _Place, name: str, sentence: str) -> None:
    place.tell(f"{place.source}!{name}", sentence)


def _of_stream(stream: Stream, place: _Place) -> Iterator[RawMail]:
    """Mails of what comes out of an archive. No more of it is read than is needed to see that it is no mail."""
    head = stream.peek(formats.HEAD)
    kind = formats.container(head)
    if kind == "tar" or kind in _PACKED:
        yield from _of_archive(stream, kind, place)
    else:
        turned = formats.utf8(head)
        found = formats.sniff(head if turned is None else turned).format
        if kind is not None or found in {"mail", "mbox"} or (found != "binary" and place.suffix in _KNOWN_NAMES):
            whole = kind == "zip" or found == "mbox" or place.suffix in _MBOX_NAMES
            with contents.spooled(stream, _IN_MEMORY, None if whole else mbox.MOST) as content:
                yield from _of_content(content, place)
    if stream.damage is not None:
        place.tell(place.source, stream.damage)
