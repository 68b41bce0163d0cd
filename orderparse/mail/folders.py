"""Folders of mail: Maildir, MH, and trees of saved mails; which files may be mail, in a fixed order."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    OnError = Callable[[str, str], None]

_SUFFIX: Final = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,7}\Z")  # ".1" and ".host,S=12:2,S", as mail folders have, are none
_MAILDIR: Final = frozenset({"cur", "new"})


class File(NamedTuple):
    """A regular file: its suffix in lower case (empty in a Maildir, where names mean something else) and its bytes."""

    path: str
    suffix: str
    size: int
    in_maildir: bool


def suffix(name: str) -> str:
    """Suffix of a file name in lower case, if it is one.

    >>> suffix("Order.EML"), suffix("1709461.M5P8.host,S=2:2,S"), suffix("README")
    ('.eml', '', '')
    """
    found = _SUFFIX.search(name)
    return found[0].lower() if found else ""


def files(root: Path, on_error: OnError | None = None) -> Iterator[File]:
    """Regular files of a tree in the order of their names; nothing hidden, no links, nothing of a Maildir but its mails.

    ``on_error`` is told of folders and files that cannot be looked at.
    """
    work = _entries(os.fspath(root), on_error)
    while work:
        entry, in_maildir = work.pop()
        try:
            if entry.is_dir(follow_symlinks=False):
                work += _entries(entry.path, on_error)
            elif entry.is_file(follow_symlinks=False):
                size = entry.stat(follow_symlinks=False).st_size
                yield File(entry.path, "" if in_maildir else suffix(entry.name), size, in_maildir)
        except OSError as error:
            if on_error is not None:
                on_error(entry.path, sentence(error))


def sentence(error: OSError) -> str:
    """Say what went wrong with a file."""
    return f"cannot be read: {error.strerror or error}"


def _entries(folder: str, on_error: OnError | None) -> list[tuple[os.DirEntry[str], bool]]:
    """Entries of a folder, the last first, and whether they are mails of a Maildir."""
    try:
        with os.scandir(folder) as found:
            entries = sorted((entry for entry in found if not entry.name.startswith(".")), key=_name, reverse=True)
    except OSError as error:
        if on_error is not None:
            on_error(folder, sentence(error))
        return []
    folders = {entry.name for entry in entries if entry.is_dir(follow_symlinks=False)}
    if folders >= _MAILDIR:
        # The files beside new and cur are indexes of a mail server; mails in tmp are not there yet.
        entries = [entry for entry in entries if entry.name in folders and entry.name != "tmp"]
    in_maildir = is_maildir(Path(folder))
    return [(entry, in_maildir) for entry in entries]


def is_maildir(folder: Path) -> bool:
    """Whether a folder is the new or cur of a Maildir."""
    return folder.name in _MAILDIR and all((folder.parent / name).is_dir() for name in _MAILDIR)


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name
