"""Work in several processes: results in order, each item under a deadline, an item that breaks its worker costing nobody else.

A worker notes each item that it begins with, in memory that is shared. So it is known which one it died of or hangs in: that one is
lost, with the reason, and the rest of what the worker had goes to another. Work goes on behind a slow one: results wait as the bytes
that came, and so many bytes may wait. Nothing is taken in while nobody asks for results.
``concurrent.futures`` gives up the whole pool when a worker dies, and cannot end one that hangs. Pebble can, but forks from
threads, which CPython warns of since 3.12, and loses what else was sent to that worker.

Between the processes go bytes that the caller makes and reads (a :class:`Wire`), never pickles: a worker reads what anybody
may have sent, and what it answers must not be able to do more than to be wrong. No worker outlives the one who began it,
however that one ends.
"""

from __future__ import annotations

import multiprocessing
import os
import selectors
import signal
import sys
import threading
import time
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, Generic, NamedTuple, TypeVar

from orderparse.worker import EARLY, JSON, RESULT, Note, Wire, framed, outlive_nobody, serve, uninterrupted

__all__ = ["JSON", "MEMORY", "Pool", "Wire", "available", "cores", "run"]

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkContext

T = TypeVar("T")
R = TypeVar("R")


MEMORY: Final = 2 << 30  # bytes of data that one worker may have
_CHUNK: Final = 256 << 10  # bytes that go to an idle worker at once: some tenths of a second of work
_MOST: Final = 64  # items of a chunk
_PIPE: Final = 64 << 10  # bytes that a pipe holds if the system does not tell
_WAITING: Final = 32 << 20  # bytes of results, and of the items that they are of, that may wait for a slow one before them
_ENTRY: Final = 256  # bytes that a result takes besides its own


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
    seconds: float = 30.0,
    memory: int = MEMORY,
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
        wire: How items and results go from one process to the other.

    """
    pool = Pool(work, lost, jobs=jobs, seconds=seconds, memory=memory, wire=wire)
    try:
        yield from pool.run(items)
    finally:
        pool.end()


class _Source(Generic[T]):
    """The items with their numbers, of which the next one's size is known before it is taken."""

    def __init__(self, items: Iterable[T], wire: Wire[T, Any]) -> None:
        self._items = iter(items)
        self._wire = wire
        self._next: list[tuple[T, bytes]] = []  # none or one
        self._taken = 0

    def chunk(self, room: int, *, more: bool) -> tuple[list[tuple[int, T]], bytes]:
        """The next items and their bytes, so many of them; ``more`` allows the last item to have more than that."""
        taken: list[tuple[int, T]] = []
        parts: list[bytes] = []
        while len(taken) < _MOST and room > 0:
            if not self._next:
                self._next.extend(self._one())
                if not self._next:
                    break
            item, data = self._next[0]
            room -= len(data)
            if room < 0 and not more:
                break
            self._next.clear()
            taken.append((self._taken, item))
            parts.append(data)
            self._taken += 1
        return taken, b"".join(parts)

    def _one(self) -> Iterator[tuple[T, bytes]]:
        for item in self._items:
            yield item, framed(item, self._wire)
            return


class _Done(NamedTuple, Generic[T]):
    """An answer as it came, and what it answers."""

    item: T
    answer: bytes
    size: int  # of both


class _Worker(Generic[T]):
    """A process with what it was given and has not done yet."""

    def __init__(self, context: ForkContext, serve: Callable[[Connection, Connection, Note], None]) -> None:
        given, self.items = context.Pipe(duplex=False)  # two pipes: one of both directions would be a socket
        self.answers, told = context.Pipe(duplex=False)
        self._note = Note()
        #: Bytes that can be sent while it works and does not read.
        self.early = min(_room(self.items), EARLY)
        self.given: deque[tuple[int, T]] = deque()
        self.unread: int | None = None  # the first number of a chunk that it has not begun with
        self._told = 0  # of how many items
        self._since = 0.0  # when it was given something to begin with, or told of the last thing before it

        def begun() -> None:  # in the new process
            self.close()
            serve(given, told, self._note)

        self.process = context.Process(target=begun, daemon=True)
        with uninterrupted():  # a worker that nobody knows of would stay
            self.process.start()
        given.close()
        told.close()

    def close(self) -> None:
        for pipe in (self.items, self.answers):
            with suppress(OSError):
                pipe.close()

    def give(self, chunk: list[tuple[int, T]], data: bytes) -> None:
        if self.given:
            self.unread = chunk[0][0]
        else:
            self._since = time.monotonic()
        self.given.extend(chunk)
        # In one piece: a worker that answers while more is written to it could wait for its reader for ever.
        self.items.send_bytes(data)

    def done(self) -> tuple[int, T]:
        """What it told of."""
        number, item = self.given.popleft()
        if self.given and self.given[0][0] == self.unread:
            self.unread = None  # it begins with that now, so its pipe is empty
        self._told += 1
        self._since = time.monotonic()
        return number, item

    @property
    def since(self) -> float:
        """When it began with what it is at."""
        begun, since = self._note.read()
        return since if begun > self._told else self._since

    def broken(self) -> tuple[tuple[int, T] | None, list[tuple[int, T]]]:
        """The item that it ended in, and what else it had; of what was done just before that it may not have told."""
        begun, _ = self._note.read()
        had = list(self.given)
        at = max(min(begun - self._told, len(had)), 1) - 1
        return (had[at], had[:at] + had[at + 1 :]) if had else (None, [])

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.close()
        self._note.close()


class Pool(Generic[T, R]):
    """Workers that stay for run after run, one run at a time: a new one reads its first hundred mails at two thirds of the speed.

    Arguments are those of :func:`run`. They begin with the first run, and stay until :meth:`end` or until this process ends.
    """

    def __init__(
        self,
        work: Callable[[T], R],
        lost: Callable[[T, str, str], R],
        *,
        jobs: int,
        seconds: float = 30.0,
        memory: int = MEMORY,
        wire: Wire[T, R] = JSON,
    ) -> None:
        self._context: ForkContext = multiprocessing.get_context("fork")
        self._work, self._lost, self._wire = work, lost, wire
        self._jobs, self._seconds, self._memory = max(jobs, 1), seconds, memory
        self._ready = selectors.DefaultSelector()
        self._workers: list[_Worker[T]] = []
        self._done: dict[int, _Done[T] | tuple[R]] = {}  # an answer, or what stands for one
        self._waiting = 0  # bytes of the answers
        self._again: deque[tuple[int, T]] = deque()  # what a worker had that broke before it came to that

    def run(self, items: Iterable[T]) -> Iterator[R]:
        """As the function; whoever does not take all results ends the workers, which are at what nobody asks for any more."""
        whole = False
        try:
            while len(self._workers) < self._jobs:
                self._begin(None)
            yield from self._results(items)
            whole = True
        finally:
            if not whole:
                self.end()

    def _results(self, items: Iterable[T]) -> Iterator[R]:
        source = _Source(items, self._wire)
        told = 0
        while True:
            self._feed(source)
            while (done := self._done.pop(told, None)) is not None:
                told += 1
                yield self._result(done)
                self._take(0)  # whoever takes the results may be slow: meanwhile nobody waits for more work
                self._feed(source)
            if not any(worker.given for worker in self._workers):
                return
            self._wait()

    def end(self) -> None:
        """End the workers; another run begins others."""
        for worker in self._workers:
            worker.end()
        self._ready.close()
        self._ready = selectors.DefaultSelector()
        self._workers.clear()
        self._done.clear()
        self._again.clear()
        self._waiting = 0

    def _result(self, done: _Done[T] | tuple[R]) -> R:
        if not isinstance(done, _Done):
            return done[0]
        self._waiting -= done.size
        try:
            return self._wire.read_result(done.answer)
        except Exception:  # noqa: BLE001  # whatever a broken worker sends
            return self._lost(done.item, "crash", "its answer cannot be read")

    def _begin(self, at: int | None) -> None:
        """Begin a worker, in the place of one that has ended or as one more."""
        parent = os.getpid()
        bound = threading.current_thread() is threading.main_thread()  # to Linux, a parent is the thread that forks

        def begun(given: Connection, told: Connection, note: Note) -> None:  # in the new process
            outlive_nobody(parent, bound=bound)
            for worker in self._workers:  # an end that stays open here would hide from the others that the parent is gone
                worker.close()
            serve((given, told), note, self._work, self._memory, self._wire)

        worker: _Worker[T] = _Worker(self._context, begun)
        if at is None:
            at = len(self._workers)
            self._workers.append(worker)
        else:
            self._workers[at] = worker
        self._ready.register(worker.answers, selectors.EVENT_READ, at)

    def _end(self, at: int) -> None:
        self._ready.unregister(self._workers[at].answers)
        self._workers[at].end()

    def _feed(self, source: _Source[T]) -> None:
        for at, worker in enumerate(self._workers):
            if self._again:
                if not worker.given:  # alone: whatever broke the worker may be in the next one too
                    number, item = self._again.popleft()
                    self._give(at, [(number, item)], framed(item, self._wire))
            elif self._waiting < _WAITING:
                if not worker.given:
                    self._give(at, *source.chunk(_CHUNK, more=True))
                if worker.given and worker.unread is None:
                    self._give(at, *source.chunk(worker.early, more=False))

    def _give(self, at: int, chunk: list[tuple[int, T]], data: bytes) -> None:
        if not chunk:
            return
        worker = self._workers[at]
        try:
            worker.give(chunk, data)
        except OSError:
            if len(worker.given) > len(chunk):
                return  # it died of what it had: that is told when its end is read
            self._end(at)  # it died between two chunks, of nothing that was given to it
            self._begin(at)
            self._workers[at].give(chunk, data)

    def _wait(self) -> None:
        """Take what has been done, and lose what takes too long or broke its worker."""
        until = min(worker.since for worker in self._workers if worker.given) + self._seconds
        self._take(max(until - time.monotonic(), 0))
        for at, worker in enumerate(self._workers):
            if worker.given and time.monotonic() - worker.since > self._seconds and not worker.answers.poll():
                self._lose(at, "timeout", f"more than {self._seconds:g} seconds")

    def _take(self, seconds: float) -> None:
        """Take what has been done until then."""
        for key, _ in self._ready.select(seconds):
            worker = self._workers[key.data]
            try:
                message = worker.answers.recv_bytes()
            except (EOFError, OSError):
                worker.process.join(1)
                self._lose(key.data, "crash", _end_of(worker.process.exitcode))
                continue
            end = 0
            while end < len(message):
                good, size = RESULT.unpack_from(message, end)
                begin = end + RESULT.size
                end = begin + size
                number, item = worker.done()
                if good:
                    done = _Done(item, message[begin:end], size + sum(map(len, self._wire.item(item))) + _ENTRY)
                    self._done[number] = done
                    self._waiting += done.size
                else:
                    error = message[begin:end].decode("ascii", "replace")
                    self._done[number] = (self._lost(item, "memory" if error == MemoryError.__name__ else "crash", error),)

    def _lose(self, at: int, reason: str, detail: str) -> None:
        broken, others = self._workers[at].broken()
        self._end(at)
        if broken is not None:
            number, item = broken
            self._done[number] = (self._lost(item, reason, detail),)
            self._again.extend(others)
        self._begin(at)


def _room(pipe: Connection) -> int:
    """Bytes that can be written to an empty pipe that nobody reads; two pages less, for the lengths that go before."""
    try:
        import fcntl  # noqa: PLC0415  # not on every system

        held = fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, 2 * EARLY)
    except (ImportError, AttributeError, OSError):
        held = _PIPE if sys.platform == "linux" else 16 << 10  # macOS begins with 16 KiB
    return held - 8192


def _end_of(status: int | None) -> str:
    if status is not None and status < 0:
        return f"ended by {signal.Signals(-status).name}" if -status in set(signal.Signals) else f"ended by signal {-status}"
    return f"ended with status {status}"
