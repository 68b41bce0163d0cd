"""Work in several processes: results in order, each item under a deadline, an item that breaks its worker costing nobody else.

A worker notes each item that it begins with, in memory that is shared. So it is known which one it died of or hangs in: that one is
lost, with the reason, and the rest of what the worker had goes to another. Work goes on behind a slow one: results wait as the bytes
that came, and so many bytes may wait. Nothing is taken in while nobody asks for results.
``concurrent.futures`` gives up the whole pool when a worker dies, and cannot end one that hangs. Pebble can, but forks from
threads, which CPython warns of since 3.12, and loses what else was sent to that worker.
"""

from __future__ import annotations

import gc
import mmap
import multiprocessing
import os
import selectors
import signal
import socket
import struct
import time
from collections import deque
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from multiprocessing.context import ForkContext

T = TypeVar("T")
R = TypeVar("R")

MEMORY = 2 << 30  # bytes of data that one worker may have
_CHUNK = 256 << 10  # bytes that go to an idle worker at once: some tenths of a second of work
_MOST = 64  # items of a chunk
_EARLY = 96 << 10  # bytes that go to a worker before it asks, so that it never waits; less where the system keeps less for it
_WAITING = 32 << 20  # bytes of results that may wait for a slow one before them
_ENTRY = 256  # bytes that a result takes besides its own
_HELD = 0.005  # seconds for which a worker may hold results back: waking who takes them costs more than a short one
_NOTE = struct.Struct("=Qd")  # how many items a worker has begun with, and when it began with the last
_RESULT = struct.Struct("=?I")  # before each result: whether it is one, not the name of an error; its bytes


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
    size: Callable[[T], int] = lambda _: _CHUNK // _MOST,
) -> Iterator[R]:
    """What ``work`` makes of each item, in the order of the items.

    Args:
        items: Taken in one by one, not much sooner than their results are asked for.
        work: Called in a worker. Its results go through pickle; what it raises is lost as a crash.
        lost: What stands for an item that broke its worker: the item, ``crash`` or ``timeout``, and a detail.
        jobs: How many workers.
        seconds: How long an item may take.
        memory: Bytes that a worker may allocate; more is a MemoryError in ``work``, where the system can limit it.
        size: Bytes of an item.

    """
    pool = _Pool(work, lost, jobs, seconds, memory)
    try:
        yield from pool.results(items, size)
    finally:
        pool.end()


class _Source(Generic[T]):
    """The items with their numbers, of which the next one's size is known before it is taken."""

    def __init__(self, items: Iterable[T], size: Callable[[T], int]) -> None:
        self._items = iter(items)
        self._size = size
        self._next: list[T] = []  # none or one
        self._taken = 0

    def chunk(self, room: int, *, more: bool) -> list[tuple[int, T]]:
        """The next items, of so many bytes together; ``more`` allows the last one to have more than that."""
        taken: list[tuple[int, T]] = []
        while len(taken) < _MOST and room > 0:
            if not self._next:
                self._next.extend(next(((item,) for item in self._items), ()))
                if not self._next:
                    break
            room -= self._size(self._next[0])
            if room < 0 and not more:
                break
            taken.append((self._taken, self._next.pop()))
            self._taken += 1
        return taken


class _Worker(Generic[T]):
    """A process with what it was given and has not done yet."""

    def __init__(self, context: ForkContext, work: Callable[[T], Any], memory: int, beside: list[Connection]) -> None:
        ours, its = socket.socketpair()
        for end in (ours, its):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2 * _EARLY)
        #: Bytes that can be sent while it works and does not read: its socket keeps a third of them in its own frames at most.
        self.early = min(ours.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) // 3, _EARLY)
        self.pipe, other = Connection(ours.detach()), Connection(its.detach())
        self._note = mmap.mmap(-1, _NOTE.size)
        self.process = context.Process(target=_serve, args=(other, self._note, work, memory, [*beside, self.pipe]), daemon=True)
        self.process.start()
        other.close()
        self.given: deque[tuple[int, T]] = deque()
        self.unread: int | None = None  # the first number of a chunk that it has not begun with
        self._told = 0  # of how many items
        self._since = 0.0  # when it was given something to begin with, or told of the last thing before it

    def give(self, chunk: list[tuple[int, T]]) -> None:
        if self.given:
            self.unread = chunk[0][0]
        else:
            self._since = time.monotonic()
        self.given.extend(chunk)
        self.pipe.send([item for _, item in chunk])

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
        begun, since = _NOTE.unpack(self._note)
        return since if begun > self._told else self._since

    def broken(self) -> tuple[tuple[int, T] | None, list[tuple[int, T]]]:
        """The item that it ended in, and what else it had; of what was done just before that it may not have told."""
        begun, _ = _NOTE.unpack(self._note)
        had = list(self.given)
        at = max(min(begun - self._told, len(had)), 1) - 1
        return (had[at], had[:at] + had[at + 1 :]) if had else (None, [])

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()
        self._note.close()


class _Pool(Generic[T, R]):
    def __init__(self, work: Callable[[T], R], lost: Callable[[T, str, str], R], jobs: int, seconds: float, memory: int) -> None:
        self._context: ForkContext = multiprocessing.get_context("fork")
        self._work, self._lost = work, lost
        self._seconds, self._memory = seconds, memory
        self._ready = selectors.DefaultSelector()
        self._workers: list[_Worker[T]] = []
        for _ in range(max(jobs, 1)):
            self._begin(None)
        self._done: dict[int, bytes | tuple[R]] = {}  # a result as it came, or what stands for one
        self._waiting = 0  # bytes of them
        self._again: deque[tuple[int, T]] = deque()  # what a worker had that broke before it came to that

    def results(self, items: Iterable[T], size: Callable[[T], int]) -> Iterator[R]:
        source = _Source(items, size)
        told = 0
        while True:
            self._feed(source)
            while (done := self._done.pop(told, None)) is not None:
                told += 1
                if isinstance(done, bytes):
                    self._waiting -= len(done) + _ENTRY
                    yield ForkingPickler.loads(done)
                else:
                    yield done[0]
                self._take(0)  # whoever takes the results may be slow: meanwhile nobody waits for more work
                self._feed(source)
            if not any(worker.given for worker in self._workers):
                return
            self._wait()

    def end(self) -> None:
        for worker in self._workers:
            worker.end()
        self._ready.close()

    def _begin(self, at: int | None) -> None:
        """Begin a worker, in the place of one that has ended or as one more."""
        beside = [other.pipe for other in self._workers if not other.pipe.closed]
        worker: _Worker[T] = _Worker(self._context, self._work, self._memory, beside)
        if at is None:
            at = len(self._workers)
            self._workers.append(worker)
        else:
            self._workers[at] = worker
        self._ready.register(worker.pipe, selectors.EVENT_READ, at)

    def _end(self, at: int) -> None:
        self._ready.unregister(self._workers[at].pipe)
        self._workers[at].end()

    def _feed(self, source: _Source[T]) -> None:
        for at, worker in enumerate(self._workers):
            if self._again:
                if not worker.given:  # alone: whatever broke the worker may be in the next one too
                    self._give(at, [self._again.popleft()])
            elif self._waiting < _WAITING:
                if not worker.given and (chunk := source.chunk(_CHUNK, more=True)):
                    self._give(at, chunk)
                if worker.given and worker.unread is None and (chunk := source.chunk(worker.early, more=False)):
                    self._give(at, chunk)

    def _give(self, at: int, chunk: list[tuple[int, T]]) -> None:
        worker = self._workers[at]
        try:
            worker.give(chunk)
        except OSError:
            if len(worker.given) > len(chunk):
                return  # it died of what it had: that is told when its end is read
            self._end(at)  # it died between two chunks, of nothing that was given to it
            self._begin(at)
            self._workers[at].give(chunk)

    def _wait(self) -> None:
        """Take what has been done, and lose what takes too long or broke its worker."""
        until = min(worker.since for worker in self._workers if worker.given) + self._seconds
        self._take(max(until - time.monotonic(), 0))
        for at, worker in enumerate(self._workers):
            if worker.given and time.monotonic() - worker.since > self._seconds and not worker.pipe.poll():
                self._lose(at, "timeout", f"more than {self._seconds:g} seconds")

    def _take(self, seconds: float) -> None:
        """Take what has been done until then."""
        for key, _ in self._ready.select(seconds):
            worker = self._workers[key.data]
            try:
                message = worker.pipe.recv_bytes()
            except (EOFError, OSError):
                worker.process.join(1)
                self._lose(key.data, "crash", _end_of(worker.process.exitcode))
                continue
            end = 0
            while end < len(message):
                good, size = _RESULT.unpack_from(message, end)
                begin = end + _RESULT.size
                end = begin + size
                number, item = worker.done()
                if good:
                    self._done[number] = message[begin:end]
                    self._waiting += size + _ENTRY
                else:
                    self._done[number] = (self._lost(item, "crash", message[begin:end].decode()),)

    def _lose(self, at: int, reason: str, detail: str) -> None:
        broken, others = self._workers[at].broken()
        self._end(at)
        if broken is not None:
            number, item = broken
            self._done[number] = (self._lost(item, reason, detail),)
            self._again.extend(others)
        self._begin(at)


def _end_of(status: int | None) -> str:
    if status is not None and status < 0:
        return f"ended by {signal.Signals(-status).name}" if -status in set(signal.Signals) else f"ended by signal {-status}"
    return f"ended with status {status}"


def _serve(pipe: Connection, note: mmap.mmap, work: Callable[[T], Any], memory: int, others: list[Connection]) -> None:
    """What a worker does: chunks in, their results out, until nobody is there any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who began it tells when to stop
    for other in others:  # the parent's ends: as long as one is open here, nobody sees that the parent is gone
        other.close()
    _limit(memory)
    gc.freeze()  # what it began with is not looked through again and again, and its pages stay those of the parent
    begun, told, sent = 0, bytearray(), time.monotonic()
    try:
        while True:
            for item in pipe.recv():
                begun += 1
                _NOTE.pack_into(note, 0, begun, time.monotonic())
                try:
                    good, result = True, ForkingPickler.dumps(work(item))
                except Exception as error:  # noqa: BLE001  # one item is lost, not the worker
                    good, result = False, memoryview(type(error).__name__.encode())
                told += _RESULT.pack(good, len(result)) + result
                if time.monotonic() - sent > _HELD or len(told) > _EARLY:
                    pipe.send_bytes(told)
                    told, sent = bytearray(), time.monotonic()
            if told:
                pipe.send_bytes(told)
                told = bytearray()
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
