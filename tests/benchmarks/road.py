"""Benchmark of the whole road against its floor, and of scoring as a share of the road, interleaved in one run.

    python tests/benchmarks/road.py [FOLDER] [--rounds 5]

The floor is what any reader of HTML mails must do: bytes, decoded text parts, an HTML
tree, its text. The road is orderparse.parse. Each round takes every mail through both, one
right after the other, so that what else the machine does hits both alike. Printed are the
ratio of the summed times (per round, and the median), mails a second, and peak memory.
Scoring is what comes between the evidence of the readers and the record: pooling, the
softmax of the values and of the kind, calibration.
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
from orderparse import mentions, readers
from orderparse.assemble.certainty import Certainty
from orderparse.document.build import build
from orderparse.document.quoted import Marks
from orderparse.knowledge import Knowledge
from orderparse.mail import mailboxes, messages
from orderparse.scoring import features, kinds, model
from orderparse.scoring.model import Situation

FIXTURES = Path(__file__).parents[2] / "fixtures" / "mails"


def floor(data: bytes) -> int:
    """Bytes, decoded text parts, the text of their HTML trees; gives its length."""
    return sum(len(LexborHTMLParser(part.text).text()) if part.kind == "html" else len(part.text) for part in messages.parse(data).parts)


class Scoring:
    """What scoring does for a mail, the mail being read so far."""

    def __init__(self, data: bytes) -> None:
        knowledge = Knowledge.builtin()
        self.scales = model.builtin()
        self.page = mentions.page(build(messages.parse(data), Marks.of(knowledge.words.quoted)), knowledge)
        self.evidence = list(readers.read(self.page))
        self.reading = orderparse.parse(data)

    def __call__(self) -> None:
        """Score once more."""
        model.hypotheses(self.scales, features.pools(self.page, self.evidence))
        kinds.kinds(self.scales, kinds.telling(self.page, {}))
        certainty, read = Certainty(scales=self.scales, situation=Situation.UNKNOWN), self.reading
        for group in (read.order_numbers, read.tracking_numbers, read.dates, read.amounts, read.identifiers):
            certainty.of(group)


def main() -> int:
    """Print the figures of one run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=FIXTURES)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    mails = [mail.data for mail in mailboxes.find(args.folder)]
    orderparse.parse(mails[0])  # knowledge is loaded once, outside the clock
    scorings = [Scoring(data) for data in mails]
    ratios: list[float] = []
    shares: list[float] = []
    road_total = 0.0
    for _ in range(args.rounds):
        floor_time = road_time = scoring_time = 0.0
        for data, scoring in zip(mails, scorings, strict=True):
            start = time.perf_counter()
            floor(data)
            middle = time.perf_counter()
            orderparse.parse(data)
            end = time.perf_counter()
            scoring()
            scoring_time += time.perf_counter() - end
            floor_time += middle - start
            road_time += end - middle
        ratios.append(road_time / floor_time)
        shares.append(scoring_time / road_time)
        road_total += road_time
    size = sum(map(len, mails))
    print(f"{len(mails)} mails, {size / 1e6:.1f} MB, {args.rounds} rounds")
    print("road / floor: " + " ".join(f"{ratio:.2f}" for ratio in ratios) + f"  median {statistics.median(ratios):.2f}")
    print("scoring / road: " + " ".join(f"{share:.3f}" for share in shares) + f"  median {statistics.median(shares):.3f}")
    print(f"mails a second: {len(mails) * args.rounds / road_total:.0f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"peak memory: {peak / (1024 * 1024 if sys.platform == 'darwin' else 1024):.0f} MiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
