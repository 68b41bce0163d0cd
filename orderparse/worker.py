"""What goes on in a worker: items in, results out, until nobody is there any more."""

from __future__ import annotations

import gc
import json
import mmap
import os
import signal
import struct
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection

T = TypeVar("T")
R = TypeVar("R")

EARLY: Final = 96 << 10  # bytes that go to a worker before it asks, so that it never waits; less where a pipe holds less
RESULT: Final = struct.Struct("=?I")  # before each result: whether it is one, not the name of an error; its bytes
_HELD: Final = 0.005  # seconds for which a worker may hold results back: waking who takes them costs more than a short one
_LENGTHS: Final = struct.Struct("=QQ")  # before each item: the bytes of its two parts
_COUNT: Final = struct.Struct("=Q")
_MOMENT: Final = struct.Struct("=d")
_DEATH_SIGNAL: Final = 1  # PR_SET_PDEATHSIG of Linux' prctl(2)


@dataclass(frozen=True, slots=True)
class Wire(Generic[T, R]):
    """How items and results become bytes and come back: an item as two of any length, such as its name and what it holds.

    ``read_result`` may raise on what is no result.
    """

    item: Callable[[T], tuple[bytes, bytes]]
    read_item: Callable[[bytes, bytes], T]
    result: Callable[[R], bytes]
    read_result: Callable[[bytes], R]


# For what JSON has: texts, numbers, lists.
JSON: Final[Wire[Any, Any]] = Wire(
    lambda item: (b"", json.dumps(item).encode()),
    lambda _, data: json.loads(data),
    lambda result: json.dumps(result).encode(),
    json.loads,
)


class Note:
    """How many items a worker has begun with, and when it began with the last, in memory that its parent shares.

    It is read while it is written. So a field is written whole, eight bytes at once (``struct.pack_into`` would put zeros there
    first), the moment before the count, and never over the moment of the count that stands there.
    """

    def __init__(self) -> None:
        self._shared = mmap.mmap(-1, _COUNT.size + 2 * _MOMENT.size)

    def begin(self, count: int) -> None:
        """Note that so many items have been begun with, the last one now."""
        at = _COUNT.size + (count & 1) * _MOMENT.size
        self._shared[at : at + _MOMENT.size] = _MOMENT.pack(time.monotonic())
        self._shared[: _COUNT.size] = _COUNT.pack(count)

    def read(self) -> tuple[int, float]:
        """The count, and when it became so, or a later moment."""
        (count,) = _COUNT.unpack_from(self._shared)
        (moment,) = _MOMENT.unpack_from(self._shared, _COUNT.size + (count & 1) * _MOMENT.size)
        return count, moment

    def close(self) -> None:
        """Give the memory back."""
        self._shared.close()


def serve(pipes: tuple[Connection, Connection], note: Note, work: Callable[[T], R], memory: int, wire: Wire[T, R]) -> None:
    """What a worker does: chunks in, their results out, until nobody is there any more."""
    given, told = pipes
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who began it tells when to stop
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM})
    _limit(memory)
    gc.freeze()  # what it began with is not looked through again and again, and its pages stay those of the parent
    begun, answers, sent = 0, bytearray(), time.monotonic()
    try:
        while True:
            for name, data in list(_cut(given.recv_bytes())):  # so that the chunk is gone, which may be a large mail a second time
                begun += 1
                note.begin(begun)
                try:
                    good, result = True, wire.result(work(wire.read_item(name, data)))
                except Exception as error:  # noqa: BLE001  # one item is lost, not the worker
                    good, result = False, type(error).__name__.encode()
                answers += RESULT.pack(good, len(result)) + result
                if time.monotonic() - sent > _HELD or len(answers) > EARLY:
                    told.send_bytes(answers)
                    answers, sent = bytearray(), time.monotonic()
            if answers:
                told.send_bytes(answers)
                answers = bytearray()
            sent = time.monotonic()
    except (EOFError, OSError):
        pass
    finally:
        os._exit(0)  # nothing of the parent's is flushed or closed a second time


def _limit(memory: int) -> None:
    try:
        import resource  # noqa: PLC0415  # not on every system

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (memory if hard < 0 else min(memory, hard), hard))
    except (ImportError, AttributeError, OSError, ValueError):
        pass


def framed(item: T, wire: Wire[T, Any]) -> bytes:
    """An item as it goes to a worker."""
    name, data = wire.item(item)
    return b"".join((_LENGTHS.pack(len(name), len(data)), name, data))


def _cut(chunk: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The items of a chunk."""
    at = 0
    while at < len(chunk):
        name, data = _LENGTHS.unpack_from(chunk, at)
        middle = at + _LENGTHS.size + name
        yield chunk[at + _LENGTHS.size : middle], chunk[middle : middle + data]
        at = middle + data


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Signals that end the program wait until the block is done."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def outlive_nobody(parent: int, *, bound: bool) -> None:
    """End with the parent, also if it is killed while this process hangs in its work."""
    if bound and sys.platform == "linux":
        with suppress(ImportError, OSError, AttributeError):
            import ctypes  # noqa: PLC0415  # in workers alone

            ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:  # it has ended already
        os._exit(0)
