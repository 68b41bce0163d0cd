"""Folders of mail: Maildir, MH, Thunderbird, Apple Mail, and trees of saved mails; which files may be mail, in a fixed order."""

from __future__ import annotations

import os
import stat
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final, NamedTuple

from orderparse.errors import MailboxError
from orderparse.text.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    OnError = Callable[[str, str], None]

_SUFFIX: Final = lazy(r"\.[A-Za-z][A-Za-z0-9]{0,7}\Z")  # ".1" and ".host,S=12:2,S", as mail folders have, are none
_NEW: Final = "new"
_MAILDIR: Final = frozenset({"cur", _NEW})
_REMOVED: Final = lazy(r"[,#]\d+\Z")  # MH puts a sign before the number of a mail that is deleted
_MAILDIR_NAME: Final = lazy(r"\d{9,11}\.[^.]+\.")  # time, delivery, host: what stands in the tmp of a Maildir
# Pages that come along with mails and are none: of a Takeout, and Thunderbird's log of its filters.
_NO_MAIL: Final = frozenset({"archive_browser.html", "filterlog.html", "junklog.html"})
_MOST_DIGITS: Final = 18
LINK: Final = "a link"
_OTHER_KINDS: Final = (
    (stat.S_ISLNK, LINK),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class File(NamedTuple):
    """A regular file: its suffix in lower case (empty in a Maildir, where names mean something else) and its bytes.

    ``inode`` is there if it has other names too.
    """

    path: str
    suffix: str
    size: int
    in_maildir: bool
    inode: tuple[int, int] | None = None


def suffix(name: str) -> str:
    """Suffix of a file name in lower case, if it is one.

    >>> suffix("Order.EML"), suffix("1709461.M5P8.host,S=2:2,S"), suffix("README")
    ('.eml', '', '')
    """
    found = _SUFFIX.search(name)
    return found[0].lower() if found else ""


def files(root: Path, on_error: OnError | None = None, on_skip: OnError | None = None, *, follow_links: bool = False) -> Iterator[File]:
    """Regular files of a tree in the order of their names (of MH numbers: by number); no links, unless they are to be followed.

    Nothing hidden is among them but the folders of a Maildir++ (``.Orders``), nothing of a Maildir but its mails, nothing
    that a mail program has removed or keeps beside its mails. ``on_error`` is told of what cannot be looked at, ``on_skip`` of
    what is neither file nor folder and what it is: its opening could block for ever, or lead out of the tree. Links may
    lead in a circle: where they are followed, a folder that was met before is passed over.
    """
    work = _entries(os.fspath(root), on_error)
    met = {_inode(os.stat(root))} if follow_links else set()  # noqa: PTH116
    while work:
        entry, kind, in_maildir = work.pop()
        try:
            if entry.is_dir(follow_symlinks=follow_links):
                if follow_links:
                    inode = _inode(entry.stat())
                    if inode in met:
                        continue
                    met.add(inode)
                work += _entries(entry.path, on_error)
            elif entry.is_file(follow_symlinks=follow_links):
                found = entry.stat(follow_symlinks=follow_links)
                yield File(entry.path, kind, found.st_size, in_maildir, _inode(found) if follow_links or found.st_nlink > 1 else None)
            elif on_skip is not None:
                on_skip(entry.path, _kind(entry.stat(follow_symlinks=False).st_mode))
        except OSError as error:
            if on_error is not None:
                on_error(entry.path, sentence(error))


def _inode(found: os.stat_result) -> tuple[int, int]:
    return found.st_dev, found.st_ino


def member(name: str) -> tuple[str, bool] | None:
    """What the name of an archive's member says: its suffix, and whether it is in a Maildir; None if it is passed over.

    >>> member("Mail/All.mbox"), member("Maildir/.Orders/cur/1709461.M5P8.host:2,S"), member("__MACOSX/Mail/._All.mbox")
    (('.mbox', False), ('', True), None)
    """
    *parents, last = PurePosixPath(name.replace("\\", "/")).parts or ("",)
    parent = parents[-1] if parents else ""
    in_maildir = parent in _MAILDIR
    hidden = [part for part in parents if part.startswith(".")]
    if last.startswith(".") or (hidden and not in_maildir) or "__MACOSX" in parents:
        return None
    if _REMOVED.match(last) or last in _NO_MAIL or (parent == "tmp" and _MAILDIR_NAME.match(last)):
        return None
    return "" if in_maildir else suffix(last), in_maildir


def _kind(mode: int) -> str:
    return next((name for is_one, name in _OTHER_KINDS if is_one(mode)), "a special file")


def sentence(error: OSError) -> str:
    """Say what went wrong with a file."""
    return f"cannot be read: {error.strerror or error}"


def look(path: str) -> os.stat_result:
    """What is at a path: a folder that can be listed, or something else.

    Raises:
        MailboxError: There is nothing, or it cannot be looked at.

    """
    try:
        found = os.stat(path)  # noqa: PTH116  # as all of this module, by name
        if stat.S_ISDIR(found.st_mode):
            os.scandir(path).close()
    except FileNotFoundError as error:
        msg = f"{path}: there is no such file or folder"
        raise MailboxError(msg) from error
    except (OSError, ValueError) as error:
        msg = f"{path} {sentence(error) if isinstance(error, OSError) else f'is no path: {error}'}"
        raise MailboxError(msg) from error
    return found


def _entries(folder: str, on_error: OnError | None) -> list[tuple[os.DirEntry[str], str, bool]]:
    """Entries of a folder, the last first: what their suffix says, and whether they are mails of a Maildir."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=_order, reverse=True)
    except OSError as error:
        if on_error is not None:
            on_error(folder, sentence(error))
        return []
    folders = {entry.name for entry in entries if entry.is_dir(follow_symlinks=False)}
    if _is_maildir(folders):
        # The files beside new and cur are indexes of a mail server; mails in tmp are not there yet.
        entries = [
            entry
            for entry in entries
            if entry.name in folders and entry.name != "tmp" and (not entry.name.startswith(".") or _has_maildir(entry.path))
        ]
        return [(entry, "", False) for entry in entries]
    names = {entry.name for entry in entries}
    in_maildir = is_maildir(Path(folder))
    in_package = any(parent.endswith(".mbox") for parent in Path(folder).parts[-8:])  # Apple Mail: X.mbox/UUID/Data/Messages
    kept = []
    for entry in entries:
        name = entry.name
        if name.startswith(".") or _REMOVED.match(name) or name in _NO_MAIL or (in_package and name == "Attachments"):
            continue
        kind = ".mbox" if f"{name}.msf" in names else suffix(name)  # Thunderbird's index stands beside its mailbox file
        kept.append((entry, "" if in_maildir else kind, in_maildir))
    return kept


def is_maildir(folder: Path) -> bool:
    """Whether a folder is the new or cur of a Maildir."""
    return folder.name in _MAILDIR and _has_maildir(folder.parent)


def _has_maildir(folder: Path | str) -> bool:
    return _is_maildir({name for name in ("cur", "new", "tmp") if Path(folder, name).is_dir()})


def _is_maildir(folders: set[str]) -> bool:
    """Whether a folder that has such folders is a Maildir; Thunderbird's has no new."""
    return "cur" in folders and not folders.isdisjoint({_NEW, "tmp"})


def _order(entry: os.DirEntry[str]) -> tuple[int, int, str]:
    """By name, but numbers by number, and before all others, as an MH folder has them."""
    name = entry.name
    number = name.isascii() and name.isdigit() and len(name) <= _MOST_DIGITS
    return (0, int(name), name) if number else (1, 0, name)
