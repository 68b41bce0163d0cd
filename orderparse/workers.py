"""Work in several processes: results in order, each item under a deadline, an item that breaks its worker costing nobody else.

A worker tells of each item as it is done. So it is known which one a worker died of or hangs in: that one is lost, with the
reason, and the rest of what the worker had goes to another. Nothing runs far ahead of who takes the results.
``concurrent.futures`` gives up the whole pool when a worker dies, and cannot end one that hangs. Pebble can, but forks from
threads, which CPython warns of since 3.12, and loses what else was sent to that worker.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections import deque
from itertools import islice
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkContext

T = TypeVar("T")
R = TypeVar("R")

SECONDS = 30.0  # for one item
MEMORY = 2 << 30  # bytes of data that one worker may have
_CHUNK = 256 << 10  # bytes that go to a worker at once: some tenths of a second of work
_MOST = 64  # items of a chunk
_AHEAD = 8  # chunks a worker that may wait to be taken


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


class _Worker(Generic[T]):
    """A process with what it was given and has not done yet."""

    def __init__(self, context: ForkContext, work: Callable[[T], Any], memory: int) -> None:
        self.pipe, other = context.Pipe()
        self.process = context.Process(target=_serve, args=(other, self.pipe, work, memory), daemon=True)
        self.process.start()
        other.close()
        self.given: deque[tuple[int, T]] = deque()
        self.since = 0.0

    def give(self, chunk: list[tuple[int, T]]) -> None:
        self.given.extend(chunk)
        self.since = time.monotonic()
        self.pipe.send(chunk)

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


class _Pool(Generic[T, R]):
    def __init__(self, work: Callable[[T], R], lost: Callable[[T, str, str], R], jobs: int, seconds: float, memory: int) -> None:
        self._context: ForkContext = multiprocessing.get_context("fork")
        self._work, self._lost = work, lost
        self._seconds, self._memory = seconds, memory
        self._workers = [_Worker(self._context, work, memory) for _ in range(max(jobs, 1))]
        self._done: dict[int, R] = {}
        self._again: deque[tuple[int, T]] = deque()  # what a worker had that broke before it came to that

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
            self._workers[at].give(chunk)
        except OSError:  # it died between two chunks, of nothing that was given to it
            self._workers[at].end()
            self._workers[at] = _Worker(self._context, self._work, self._memory)
            self._workers[at].give(chunk)

    def _wait(self) -> None:
        """Take what has been done, and lose what takes too long or broke its worker."""
        busy = [worker for worker in self._workers if worker.given]
        if not busy:
            return
        until = min(worker.since for worker in busy) + self._seconds
        ready = set(wait([worker.pipe for worker in busy], timeout=max(until - time.monotonic(), 0)))
        for at, worker in enumerate(self._workers):
            if worker.pipe in ready:
                self._take(at)
            elif worker.given and time.monotonic() - worker.since > self._seconds:
                self._lose(at, "timeout", f"more than {self._seconds:g} seconds")

    def _take(self, at: int) -> None:
        worker = self._workers[at]
        try:
            number, result, error = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join(1)
            self._lose(at, "crash", _end_of(worker.process.exitcode))
            return
        _, item = worker.given.popleft()
        worker.since = time.monotonic()
        self._done[number] = self._lost(item, "crash", error) if error is not None else result

    def _lose(self, at: int, reason: str, detail: str) -> None:
        worker = self._workers[at]
        worker.end()
        number, item = worker.given.popleft()
        self._done[number] = self._lost(item, reason, detail)
        self._again.extend(worker.given)
        self._workers[at] = _Worker(self._context, self._work, self._memory)


def _end_of(status: int | None) -> str:
    if status is not None and status < 0:
        return f"ended by {signal.Signals(-status).name}" if -status in set(signal.Signals) else f"ended by signal {-status}"
    return f"ended with status {status}"


def _serve(pipe: Connection, parents: Connection, work: Callable[[T], Any], memory: int) -> None:
    """What a worker does: chunks in, one result after the other out, until nobody is there any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who began it tells when to stop
    _limit(memory)
    parents.close()  # else the pipe would not end with the parent, and this process would outlive one that was killed
    try:
        while True:
            for number, item in pipe.recv():
                told: tuple[int, Any, str | None]
                try:
                    told = (number, work(item), None)
                except Exception as error:  # noqa: BLE001  # one item is lost, not the worker
                    told = (number, None, type(error).__name__)
                pipe.send(told)
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
