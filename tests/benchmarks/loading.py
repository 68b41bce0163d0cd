"""Benchmark of loading all that is known, and of finding the phrases of all languages in a mail.

    python tests/benchmarks/loading.py [FOLDER] [--rounds 5]

Loading is measured in fresh processes, each with its modules imported: the languages (compiled phrases, vocabulary and
calendar), and the carriers and merchants. Finding is what comes between the folded text of a mail and its phrases; beside it
stands the whole road, taken in the same run. Last come what a number alone may be, for random ones of 8 to 24 digits.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import orderparse
from orderparse.knowledge import Knowledge
from orderparse.mail import mailboxes
from orderparse.text.fold import fold
from orderparse.text.pieces import cut

FIXTURES = Path(__file__).parents[2] / "fixtures" / "mails"
LOADING = """
import time
import orderparse.api
from orderparse import carriers, compiled, knowledge, merchants
from orderparse.values.dates import Calendar
start = time.perf_counter()
phrases, words, tables = compiled.read(compiled.FILE, knowledge.made_of())
Calendar(words.calendar, phrases)
middle = time.perf_counter()
lines = {code: carriers.of_table(code, table) for code, table in tables["carriers"].items()}
shops = {code: merchants.of_table(code, table) for code, table in tables["merchants"].items()}
carriers.Formats(lines.values())
carriers.Carriers(lines.values())
merchants.Merchants(shops)
print(middle - start, time.perf_counter() - middle)
"""


def main() -> int:
    """Print the figures of one run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=FIXTURES)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    loads = []
    for _ in range(args.rounds):
        printed = subprocess.run([sys.executable, "-c", LOADING], capture_output=True, text=True, check=True).stdout
        loads.append([float(seconds) for seconds in printed.split()])
    spoken, others = (1000 * statistics.median(load[at] for load in loads) for at in (0, 1))
    print(f"load: languages {spoken:.0f} ms, carriers and merchants {others:.0f} ms")
    mails = [mail.data for mail in mailboxes.find(args.folder)]
    texts = [fold(orderparse.parse(data).text) for data in mails]
    phrases = Knowledge.builtin().phrases
    finding = road = 0.0
    for _ in range(args.rounds):
        for data, text in zip(mails, texts, strict=True):
            start = time.perf_counter()
            phrases.find(cut(text))
            middle = time.perf_counter()
            orderparse.parse(data)
            road += time.perf_counter() - middle
            finding += middle - start
    count = len(mails) * args.rounds
    print(
        f"phrases: {1e6 * finding / count:.0f} us a mail, {finding / road:.3f} of the road, {sum(map(len, texts)) // len(texts)} characters"
    )
    rng = Random(1)  # no secret
    numbers = ["".join(rng.choices("0123456789", k=rng.randint(8, 24))) for _ in range(2000)]
    took = []
    for number in numbers:
        start = time.perf_counter()
        orderparse.identify(number)
        took.append(time.perf_counter() - start)
    took.sort()
    print(f"identify: {1e3 * statistics.median(took):.2f} ms, 99 of 100 within {1e3 * took[int(len(took) * 0.99)]:.2f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
