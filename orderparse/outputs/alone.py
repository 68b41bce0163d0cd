"""One run at a time writes to an output: a lock beside it, which goes with the process that holds it, however that ends."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from orderparse.errors import BusyError
from orderparse.text.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator

_PART: Final = lazy(r"[a-z0-9_]{8}\.part")  # as tempfile.mkstemp names it for whole_file
_LONG: Final = 100  # characters of a name that whole_file keeps: longer ones may have the beginning in common


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the lock of an output; what a run that was killed has left half written beside it is removed.

    A lock of the process (``fcntl``), not of the file: forked workers do not have it, and a killed run holds none. The
    empty file ``.NAME.lock`` is removed in the end. What is no regular file, as a pipe or a device, has no lock, nor
    has a system without such locks.

    Raises:
        BusyError: Another run has it.
        OSError: The folder is missing or cannot be written to.

    """
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        yield
        return
    lock = target.with_name(f".{target.name[:_LONG]}.lock")
    handle = _locked(lock)
    try:
        if len(target.name) <= _LONG:
            _sweep(target)
        yield
    finally:
        with suppress(OSError):
            lock.unlink()
        os.close(handle)


def _locked(lock: Path) -> int:
    try:
        import fcntl  # noqa: PLC0415  # not on every system
    except ImportError:
        return os.open(os.devnull, os.O_RDONLY)
    while True:
        handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError) as error:  # POSIX allows EACCES as well as EAGAIN
            os.close(handle)
            raise BusyError(error.errno, "another run is writing to it") from error
        except OSError:  # a file system without locks
            return handle
        with suppress(FileNotFoundError):
            if os.path.samestat(lock.lstat(), os.fstat(handle)):
                return handle
        os.close(handle)  # its last holder has removed it meanwhile: that was another file


def _sweep(target: Path) -> None:
    prefix = f".{target.name}."
    with suppress(OSError):
        for entry in target.parent.iterdir():
            if entry.name.startswith(prefix) and _PART.fullmatch(entry.name[len(prefix) :]) and entry.is_file():
                entry.unlink()
