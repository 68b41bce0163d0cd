"""Benchmark of the whole road against its floor, interleaved in one run.

    python tests/benchmarks/road.py [FOLDER] [--rounds 5]

The floor is what any reader of HTML mails must do: bytes, decoded text parts, an HTML
tree, its text. The road is orderparse.parse. Each round takes every mail through both, one
right after the other, so that what else the machine does hits both alike. Printed are the
ratio of the summed times (per round, and the median), mails a second, and peak memory.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import time
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

import orderparse
from orderparse.mail import mailboxes, messages

FIXTURES = Path(__file__).parents[2] / "fixtures" / "mails"


def floor(data: bytes) -> int:
    """Bytes, decoded text parts, the text of their HTML trees; gives its length."""
    return sum(len(LexborHTMLParser(part.text).text()) if part.kind == "html" else len(part.text) for part in messages.parse(data).parts)


def main() -> int:
    """Print the figures of one run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=FIXTURES)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    mails = [mail.data for mail in mailboxes.find(args.folder)]
    orderparse.parse(mails[0])  # knowledge is loaded once, outside the clock
    ratios: list[float] = []
    road_total = 0.0
    for _ in range(args.rounds):
        floor_time = road_time = 0.0
        for data in mails:
            start = time.perf_counter()
            floor(data)
            middle = time.perf_counter()
            orderparse.parse(data)
            end = time.perf_counter()
            floor_time += middle - start
            road_time += end - middle
        ratios.append(road_time / floor_time)
        road_total += road_time
    size = sum(map(len, mails))
    print(f"{len(mails)} mails, {size / 1e6:.1f} MB, {args.rounds} rounds")
    print("road / floor: " + " ".join(f"{ratio:.2f}" for ratio in ratios) + f"  median {statistics.median(ratios):.2f}")
    print(f"mails a second: {len(mails) * args.rounds / road_total:.0f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"peak memory: {peak / (1024 * 1024 if sys.platform == 'darwin' else 1024):.0f} MiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
