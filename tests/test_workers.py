"""Workers give everything in order, and an item that breaks one costs itself alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from itertools import islice

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
        ("memory", "crash", "MemoryError"),
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


def test_no_worker_outlives_a_parent_that_is_killed() -> None:
    parent = (
        "import os, signal\n"
        "from orderparse import workers\n"
        "found = workers.run(iter(range(1000)), lambda _: os.getpid(), lambda *_: None, jobs=2)\n"
        "print(next(found), flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    # Ends when nobody has its standard output any more, of which the workers have a copy.
    done = subprocess.run([sys.executable, "-c", parent], stdout=subprocess.PIPE, timeout=30, check=False)
    assert done.returncode == -signal.SIGKILL
    assert done.stdout.strip().isdigit()
