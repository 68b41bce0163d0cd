"""Times that can be trusted on a machine that does other things too.

What is compared is taken in turns in one process, mail by mail, so that all is slowed by the same. Counted is the processor's time,
not the wall's; of each mail the median of its rounds.
"""

from __future__ import annotations

import gc
import statistics
import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

T = TypeVar("T")


def interleaved(work: Mapping[str, Callable[[T], object]], items: Sequence[T], rounds: int) -> dict[str, list[float]]:
    """Seconds of each piece of work for each item: the median of the rounds. One more round goes before, uncounted."""
    took: dict[str, list[list[float]]] = {name: [[] for _ in items] for name in work}
    gc.collect()
    for count in range(rounds + 1):
        for at, item in enumerate(items):
            for name, call in work.items():
                start = time.process_time()
                call(item)
                seconds = time.process_time() - start
                if count:
                    took[name][at].append(seconds)
    return {name: [statistics.median(seconds) for seconds in each] for name, each in took.items()}


def least(call: Callable[[], object], *, rounds: int = 3) -> float:
    """Seconds of the quickest of some calls: nothing but noise makes one slower."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        call()
        best = min(best, time.process_time() - start)
    return best
