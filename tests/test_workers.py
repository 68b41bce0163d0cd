"""Workers give everything in order, and an item that breaks one costs itself alone."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path

import pytest

from orderparse import workers

pytestmark = pytest.mark.skipif(not workers.available(), reason="this system has no fork")


def work(item: int | str) -> int | str:
    if item == "exit":
        os._exit(3)
    if item == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if item == "hang":
        time.sleep(60)
    if item == "raise":
        raise KeyError(item)
    if item == "memory":
        return len(bytearray(1 << 30))
    if item == "slow":
        time.sleep(0.3)
    return item


def broken_wire() -> workers.Wire:
    return workers.Wire(
        workers.JSON.item,
        workers.JSON.read_item,
        lambda result: b"x" if result == 7 else workers.JSON.result(result),
        workers.JSON.read_result,
    )


def run(items, jobs=2, **limits):
    return list(workers.run(items, work, lambda item, reason, detail: (item, reason, detail), jobs=jobs, **limits))


@pytest.mark.parametrize("jobs", [1, 2, 4])
def test_results_come_in_the_order_of_the_items(jobs: int) -> None:
    assert run(range(1000), jobs) == list(range(1000))
    assert run([], jobs) == []


def test_a_slow_item_does_not_change_the_order() -> None:
    items = ["slow", *range(300), "slow", *range(300)]
    assert run(items) == items


@pytest.mark.parametrize(
    ("poison", "reason", "detail"),
    [
        ("exit", "crash", "ended with status 3"),
        ("kill", "crash", "ended by SIGKILL"),
        ("hang", "timeout", "more than 0.5 seconds"),
        ("raise", "crash", "KeyError"),
        ("memory", "memory", "MemoryError"),
    ],
)
def test_an_item_that_breaks_its_worker_is_lost_alone(poison: str, reason: str, detail: str) -> None:
    items = [*range(50), poison, *range(50, 100), poison, *range(100, 150)]
    found = run(items, seconds=0.5, memory=512 << 20)
    assert found == [(poison, reason, detail) if item == poison else item for item in items]


def test_items_are_taken_in_no_sooner_than_there_is_need_of_them() -> None:
    taken = []

    def items():
        for number in range(100_000):
            taken.append(number)
            yield number

    found = workers.run(items(), work, lambda *_: None, jobs=2)
    assert list(islice(found, 10)) == list(range(10))
    found.close()
    assert len(taken) < 3000


def test_no_worker_outlives_its_run() -> None:
    found = workers.run(iter(range(1000)), lambda _: os.getpid(), lambda *_: None, jobs=2)
    ours = next(found)
    found.close()
    with pytest.raises(ProcessLookupError):
        os.kill(ours, 0)


def test_a_pools_workers_stay_for_the_next_run() -> None:
    pool = workers.Pool(lambda _: os.getpid(), lambda *_: None, jobs=2)
    first, second = set(pool.run(range(200))), set(pool.run(range(200)))
    pool.end()
    assert first == second
    for ours in first:
        with pytest.raises(ProcessLookupError):
            os.kill(ours, 0)


def test_a_pool_begins_others_for_a_run_after_one_that_was_left() -> None:
    pool = workers.Pool(lambda item: [item, os.getpid()], lambda *_: None, jobs=2)
    left = pool.run(range(5000))
    _, ours = next(left)
    left.close()
    with pytest.raises(ProcessLookupError):
        os.kill(ours, 0)
    assert [item for item, _ in pool.run(range(5000, 5100))] == [*range(5000, 5100)]
    pool.end()


def test_what_a_pool_loses_in_one_run_costs_nothing_in_the_next() -> None:
    pool = workers.Pool(work, lambda item, reason, _: (item, reason), jobs=2)
    assert list(pool.run([1, "exit", 2])) == [1, ("exit", "crash"), 2]
    assert list(pool.run([3, 4])) == [3, 4]
    pool.end()


def test_a_slow_item_does_not_keep_the_others_from_being_worked_on() -> None:
    others = multiprocessing.get_context("fork").Value("i", 0)

    def patient(item: int) -> int:
        if item == 0:  # it waits for nearly all others; of the first chunk those wait that come behind it
            end = time.monotonic() + 20
            while others.value < 4800 and time.monotonic() < end:
                time.sleep(0.01)
            return others.value
        with others.get_lock():
            others.value += 1
        return item

    seen = list(workers.run(range(5000), patient, lambda *_: -1, jobs=2))
    assert seen[1:] == list(range(1, 5000))
    assert seen[0] >= 4800


def test_what_was_done_before_a_crash_is_not_lost() -> None:
    items = ["a", "b", "kill", "c", "kill", "kill", "d", *range(200)]
    found = run(items)
    assert [item for item in found if not isinstance(item, tuple)] == [item for item in items if item != "kill"]
    assert found[2] == ("kill", "crash", "ended by SIGKILL")


def test_the_time_of_many_short_items_is_not_that_of_one() -> None:
    def busy(item: int) -> int:
        time.sleep(0.02)
        return item

    assert list(workers.run(range(150), busy, lambda *_: -1, jobs=2, seconds=0.7)) == list(range(150))


def test_workers_end_when_their_parent_is_killed() -> None:
    code = """
import os, time
from orderparse import workers
found = workers.run(iter(range(10**6)), lambda _: os.getpid(), lambda *_: 0, jobs=3)
print(*{next(found) for _ in range(2000)}, flush=True)
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        parent.kill()
    assert pids
    for _ in range(100):
        if not any(_lives(pid) for pid in pids):
            return
        time.sleep(0.1)
    pytest.fail("a worker outlives its parent")


def _lives(pid: int) -> bool:
    try:
        return (
            Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z" if sys.platform == "linux" else not os.kill(pid, 0)
        )
    except (OSError, ProcessLookupError):
        return False


def test_an_answer_that_cannot_be_read_costs_its_item_alone() -> None:
    assert run(range(10), wire=broken_wire()) == [*range(7), (7, "crash", "its answer cannot be read"), 8, 9]


def test_items_and_results_of_any_size_go_through() -> None:
    items = ["a" * size for size in (0, 1, 1 << 16, (1 << 16) + 1, 3 << 20)] * 2
    assert run(items) == items
