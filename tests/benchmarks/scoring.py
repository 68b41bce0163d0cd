"""Benchmark of scoring as a share of the whole road.

    python tests/benchmarks/scoring.py [FOLDER] [--rounds 5]

Scoring is what comes between the evidence of the readers and the record: pooling, the softmax of the values and of the kind,
calibration. Each round takes every mail through both, one right after the other.
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path

import orderparse
from orderparse import mentions, readers
from orderparse.assemble.certainty import Certainty
from orderparse.document.build import build
from orderparse.document.quoted import Marks
from orderparse.knowledge import Knowledge
from orderparse.mail import mailboxes, messages
from orderparse.scoring import features, kinds, model

FIXTURES = Path(__file__).parents[2] / "fixtures" / "mails"


def main() -> int:
    """Print the figures of one run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=FIXTURES)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    mails = [mail.data for mail in mailboxes.find(args.folder)]
    knowledge, scales = Knowledge.builtin(), model.builtin()
    marks = Marks.of(knowledge.languages.values())
    pages = [mentions.page(build(messages.parse(data), marks), knowledge) for data in mails]
    evidence = [list(readers.read(page)) for page in pages]
    readings = [orderparse.parse(data) for data in mails]
    shares = []
    for _ in range(args.rounds):
        scoring = road = 0.0
        for data, page, found, reading in zip(mails, pages, evidence, readings, strict=True):
            start = time.perf_counter()
            model.hypotheses(scales, features.pools(page, found))
            kinds.kinds(scales, kinds.telling(page, {}))
            certainty = Certainty(scales=scales, known=False)
            for group in (reading.order_numbers, reading.tracking_numbers, reading.dates, reading.amounts, reading.identifiers):
                certainty.of(group)
            middle = time.perf_counter()
            orderparse.parse(data)
            road += time.perf_counter() - middle
            scoring += middle - start
        shares.append(scoring / road)
    print("scoring / road: " + " ".join(f"{share:.3f}" for share in shares) + f"  median {statistics.median(shares):.3f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
