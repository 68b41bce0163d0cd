"""Work in several processes: results in order, each item under a deadline, an item that breaks its worker costing nobody else.

A worker tells of each item as it is done. So it is known which one a worker died of or hangs in: that one is lost, with the
reason, and the rest of what the worker had goes to another. Nothing runs far ahead of who takes the results.
``concurrent.futures`` gives up the whole pool when a worker dies, and cannot end one that hangs. Pebble can, but forks from
threads, which CPython warns of since 3.12, and loses what else was sent to that worker.

Between the processes go bytes that the caller makes and reads (a :class:`Wire`), never pickles: a worker reads what anybody
may have sent, and what it answers must not be able to do more than to be wrong. No worker outlives the one who began it,
however that one ends.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkContext

T = TypeVar("T")
R = TypeVar("R")


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

SECONDS = 30.0  # for one item
MEMORY = 2 << 30  # bytes of data that one worker may have
_CHUNK = 256 << 10  # bytes that go to a worker at once: some tenths of a second of work
_MOST = 64  # items of a chunk
_AHEAD = 8  # chunks a worker that may wait to be taken
_WORD = 8  # bytes of the length of what follows
_DONE, _BROKE = b"\0", b"\1"  # of an answer: there is a result, or the name of an error
_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux' prctl(2)


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def available() -> bool:
    """Whether workers can be had: they begin as copies of this process (fork), which Windows has not."""
    return "fork" in multiprocessing.get_all_start_methods()


def run(
    items: Iterable[T],
    work: Callable[[T], R],
    lost: Callable[[T, str, str], R],
    *,
    jobs: int,
    seconds: float = SECONDS,
    memory: int = MEMORY,
    size: Callable[[T], int] = lambda _: _CHUNK // _MOST,
    wire: Wire[T, R] = JSON,
) -> Iterator[R]:
    """What ``work`` makes of each item, in the order of the items.

    Args:
        items: Taken in one by one, not much sooner than their results are asked for.
        work: Called in a worker. What it raises is lost as a crash.
        lost: What stands for an item that broke its worker: the item, ``crash``, ``timeout`` or ``memory``, and a detail.
        jobs: How many workers.
        seconds: How long an item may take.
        memory: Bytes that a worker may allocate; more is a MemoryError in ``work``, where the system can limit it.
        size: Bytes of an item.
        wire: How items and results go from one process to the other.

    """
    pool = _Pool(work, lost, seconds, memory, wire)
    try:
        pool.begin(jobs)
        yield from pool.results(items, size)
    finally:
        pool.end()


class _Worker(Generic[T]):
    """A process with what it was given and has not done yet."""

    def __init__(self, context: ForkContext, serve: Callable[[Connection, Connection], None]) -> None:
        self.given: deque[tuple[int, T]] = deque()
        self.since = 0.0
        given, self.items = context.Pipe(duplex=False)  # two pipes: one of both directions would be a socket
        self.answers, told = context.Pipe(duplex=False)

        def begun() -> None:  # in the new process
            self.close()
            serve(given, told)

        self.process = context.Process(target=begun, daemon=True)
        with _uninterrupted():  # a worker that nobody knows of would stay
            self.process.start()
        given.close()
        told.close()

    def close(self) -> None:
        for pipe in (self.items, self.answers):
            with suppress(OSError):
                pipe.close()

    def give(self, chunk: list[tuple[int, T]], wire: Wire[T, Any]) -> None:
        self.given.extend(chunk)
        self.since = time.monotonic()
        # In one piece: a worker that answers while more is written to it could wait for its reader for ever.
        self.items.send_bytes(b"".join(part for _, item in chunk for data in wire.item(item) for part in (_length(data), data)))

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.close()


class _Pool(Generic[T, R]):
    def __init__(self, work: Callable[[T], R], lost: Callable[[T, str, str], R], seconds: float, memory: int, wire: Wire[T, R]) -> None:
        self._context: ForkContext = multiprocessing.get_context("fork")
        self._work, self._lost, self._wire = work, lost, wire
        self._seconds, self._memory = seconds, memory
        self._workers: list[_Worker[T]] = []
        self._done: dict[int, R] = {}
        self._again: deque[tuple[int, T]] = deque()  # what a worker had that broke before it came to that

    def begin(self, jobs: int) -> None:
        for _ in range(max(jobs, 1)):
            self._workers.append(self._new())

    def _new(self) -> _Worker[T]:
        parent = os.getpid()
        bound = threading.current_thread() is threading.main_thread()  # to Linux, a parent is the thread that forks

        def serve(given: Connection, told: Connection) -> None:  # in the new process
            _outlive_nobody(parent, bound=bound)
            for worker in self._workers:  # an end that stays open here would hide from the others that the parent is gone
                worker.close()
            _serve(given, told, self._work, self._memory, self._wire)

        return _Worker(self._context, serve)

    def results(self, items: Iterable[T], size: Callable[[T], int]) -> Iterator[R]:
        numbered = enumerate(items)
        told = taken = 0
        more = True
        while True:
            for at, worker in enumerate(self._workers):
                if not worker.given and (self._again or (more and taken - told < _AHEAD * _MOST * len(self._workers))):
                    chunk = self._chunk(numbered, size)
                    more = bool(chunk) and more
                    taken = max(taken, chunk[-1][0] + 1) if chunk else taken
                    if chunk:
                        self._give(at, chunk)
            if told not in self._done and not any(worker.given for worker in self._workers):
                return
            while told in self._done:
                yield self._done.pop(told)
                told += 1
            self._wait()

    def end(self) -> None:
        for worker in self._workers:
            worker.end()

    def _chunk(self, numbered: Iterator[tuple[int, T]], size: Callable[[T], int]) -> list[tuple[int, T]]:
        if self._again:
            return [self._again.popleft()]  # alone: whatever broke the worker may be in the next one too
        chunk: list[tuple[int, T]] = []
        room = _CHUNK
        for one in islice(numbered, _MOST):
            chunk.append(one)
            room -= size(one[1])
            if room <= 0:
                break
        return chunk

    def _give(self, at: int, chunk: list[tuple[int, T]]) -> None:
        try:
            self._workers[at].give(chunk, self._wire)
        except OSError:  # it died between two chunks, of nothing that was given to it
            self._workers[at].end()
            self._workers[at] = self._new()
            self._workers[at].give(chunk, self._wire)

    def _wait(self) -> None:
        """Take what has been done, and lose what takes too long or broke its worker."""
        busy = [worker for worker in self._workers if worker.given]
        if not busy:
            return
        until = min(worker.since for worker in busy) + self._seconds
        ready = set(wait([worker.answers for worker in busy], timeout=max(until - time.monotonic(), 0)))
        for at, worker in enumerate(self._workers):
            if worker.answers in ready:
                self._take(at)
            elif worker.given and time.monotonic() - worker.since > self._seconds:
                self._lose(at, "timeout", f"more than {self._seconds:g} seconds")

    def _take(self, at: int) -> None:
        worker = self._workers[at]
        try:
            answer = worker.answers.recv_bytes()
        except (EOFError, OSError):
            worker.process.join(1)
            self._lose(at, "crash", _end_of(worker.process.exitcode))
            return
        state, told = answer[:1], answer[1:]
        number, item = worker.given[0]
        if state == _BROKE:
            error = told.decode("ascii", "replace")
            self._done[number] = self._lost(item, "memory" if error == MemoryError.__name__ else "crash", error)
        else:
            try:
                self._done[number] = self._wire.read_result(told)
            except Exception:  # noqa: BLE001  # whatever a broken worker sends
                self._lose(at, "crash", "its answer cannot be read")
                return
        worker.given.popleft()
        worker.since = time.monotonic()

    def _lose(self, at: int, reason: str, detail: str) -> None:
        worker = self._workers[at]
        worker.end()
        number, item = worker.given.popleft()
        self._done[number] = self._lost(item, reason, detail)
        self._again.extend(worker.given)
        self._workers[at] = self._new()


def _length(data: bytes) -> bytes:
    return len(data).to_bytes(_WORD, "big")


def _framed(chunk: bytes) -> list[tuple[bytes, bytes]]:
    """The items of a chunk, cut out of it, so that it need not be kept."""
    found = []
    at = 0
    while at < len(chunk):
        middle = at + _WORD + int.from_bytes(chunk[at : at + _WORD], "big")
        end = middle + _WORD + int.from_bytes(chunk[middle : middle + _WORD], "big")
        found.append((chunk[at + _WORD : middle], chunk[middle + _WORD : end]))
        at = end
    return found


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Signals that end the program wait until the block is done."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _outlive_nobody(parent: int, *, bound: bool) -> None:
    """End with the parent, also if it is killed while this process hangs in its work."""
    if bound and sys.platform == "linux":
        with suppress(ImportError, OSError, AttributeError):
            import ctypes  # noqa: PLC0415  # in workers alone

            ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:  # it has ended already
        os._exit(0)


def _end_of(status: int | None) -> str:
    if status is not None and status < 0:
        return f"ended by {signal.Signals(-status).name}" if -status in set(signal.Signals) else f"ended by signal {-status}"
    return f"ended with status {status}"


def _serve(given: Connection, told: Connection, work: Callable[[T], R], memory: int, wire: Wire[T, R]) -> None:
    """What a worker does: chunks in, one result after the other out, until nobody is there any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who began it tells when to stop
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM})
    _limit(memory)
    try:
        while True:
            for name, data in _framed(given.recv_bytes()):
                try:
                    answer = _DONE + wire.result(work(wire.read_item(name, data)))
                except Exception as error:  # noqa: BLE001  # one item is lost, not the worker
                    answer = _BROKE + type(error).__name__.encode()
                told.send_bytes(answer)
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
