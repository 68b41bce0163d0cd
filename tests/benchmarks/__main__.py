"""All benchmarks in one command.

    python -m tests.benchmarks                     # the mails of fixtures/mails
    python -m tests.benchmarks --mails FOLDER      # another folder's
    python -m tests.benchmarks road start          # some of them
    python -m tests.benchmarks --write             # and fill the tables of the README

What they measure: ``road`` the whole road, its stages and its rivals against the floor; ``start`` programs from start to end; ``growth``
t(2n)/t(n); ``processes`` one and two of them; ``memory`` a mail with an attachment of 25 MB; ``split`` an mbox of 1 GB.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import re
import resource
import statistics
import sys
import tempfile
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

from tests.benchmarks import clock, corpus, growth, programs, rivals, road

PARTS = ("road", "start", "growth", "processes", "memory", "split")
README = corpus.ROOT / "README.md"
_MIB = 1 << 20

Rows = list[tuple[str, ...]]


def main(argv: list[str] | None = None) -> int:
    """Measure, print, and write what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], default=[], help="which (default: all)")
    parser.add_argument("--mails", type=Path, default=corpus.FIXTURES, help="a folder of mails")
    parser.add_argument("--most", type=int, help="so many mails of it")
    parser.add_argument("--rounds", type=int, default=5, help="how often each is taken")
    parser.add_argument("--megabytes", type=int, default=40, help="size of the mailbox that processes read")
    parser.add_argument("--split-megabytes", type=int, default=1024, help="size of the mailbox that is split")
    parser.add_argument("--first", type=int, help="how many the series of growth begin with")
    parser.add_argument("--write", action="store_true", help="fill the tables of the README")
    args = parser.parse_args(argv)
    told: dict[str, Rows] = {}
    with tempfile.TemporaryDirectory() as folder:
        for part in args.parts or PARTS:
            told[part] = globals()[f"_{part}"](args, Path(folder))
            print(_table(told[part]), flush=True)
            print()
    print(_where())
    if args.write:
        _write(told)
    return 0


def _road(args: argparse.Namespace, _: Path) -> Rows:
    mails = corpus.of_folder(args.mails, args.most)
    stages = road.stages()
    calls = {"floor": road.floor, "whole road": road.road, **stages, **rivals.installed(lambda line: print(line, file=sys.stderr))}
    for stage in stages.values():
        for data in mails:
            stage.prepare(data)
    took = clock.interleaved(calls, mails, args.rounds)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    rows: Rows = [
        ("milliseconds a mail", "median", "mean", "mean / floor"),
        *(
            (name, _ms(statistics.median(each)), _ms(statistics.fmean(each)), f"{sum(each) / sum(took['floor']):.2f}")
            for name, each in took.items()
        ),
    ]
    groups = {
        "well-formed mails": [corpus.well_formed(data) for data in mails],
        "mails that hold nothing": [corpus.without_evidence(data) for data in mails],
    }
    for name, chosen in groups.items():
        if any(chosen):
            floor, whole = (
                [seconds for seconds, of_these in zip(took[key], chosen, strict=True) if of_these] for key in ("floor", "whole road")
            )
            rows.append(
                (
                    f"whole road, the {sum(chosen)} {name}",
                    _ms(statistics.median(whole)),
                    _ms(statistics.fmean(whole)),
                    f"{sum(whole) / sum(floor):.2f}",
                )
            )
    size = sum(map(len, mails)) / len(mails) / 1000
    whole = took["whole road"]
    rows.append(
        (
            f"{len(mails)} mails of {size:.1f} KB in the mean: {len(mails) / sum(whole):.0f} a second a core, {peak // programs._UNIT} MiB",
            "",
            "",
            "",
        )
    )
    return rows


def _start(args: argparse.Namespace, _: Path) -> Rows:
    took = programs.started(max(args.rounds * 4, 2))
    bare = took["bare Python"]
    rows: Rows = [("from start to end", "least, ms", "median, ms", "more than bare Python")]
    rows += [(name, f"{1e3 * low:.0f}", f"{1e3 * middle:.0f}", f"{1e3 * (low - bare[0]):.0f}") for name, (low, middle) in took.items()]
    return rows


def _growth(args: argparse.Namespace, _: Path) -> Rows:
    rows: Rows = [("twice as many", "t(2n)/t(n)", "for n =")]
    for name, (_make, usual) in growth.SERIES.items():
        first = args.first or usual
        took = growth.of(name, rounds=min(args.rounds, 3), size=first)
        if growth.worst(took) > growth.MOST:  # noise, or so? A second look tells.
            took = [min(pair) for pair in zip(took, growth.of(name, rounds=args.rounds, size=first), strict=True)]
        steps = pairwise(took)
        rows.append((name, ", ".join(f"{after / before:.2f}" for before, after in steps), f"{first} ({_ms(took[0])} ms), {2 * first}"))
    return rows


def _processes(args: argparse.Namespace, folder: Path) -> Rows:
    box = folder / "processes.mbox"
    count = corpus.build(box, args.megabytes << 20)
    rows: Rows = [(f"{count} mails, {args.megabytes} MB", "mails a second", "times one", "processor: parent, workers", "largest process")]
    for form in ("mail", "order"):
        took: dict[int, list[dict[str, float]]] = {jobs: [] for jobs in (0, 1, 2)}
        for _ in range(max(args.rounds // 2, 1)):
            for jobs, each in took.items():
                each.append(programs.read(box, jobs, form))
        best = {jobs: min(each, key=lambda one: one["seconds"]) for jobs, each in took.items()}
        for jobs, one in best.items():
            name = f"{jobs} process{'es' if jobs > 1 else ''} read" if jobs else "no other process"
            rows.append(
                (
                    f"records of {form}s, {name}",
                    f"{count / one['seconds']:.0f}",
                    f"{best[1]['seconds'] / one['seconds']:.2f}",
                    f"{one['parent']:.1f} s, {one['workers']:.1f} s",
                    f"{one['peak']:.0f} MiB",
                )
            )
    return rows


def _memory(_: argparse.Namespace, folder: Path) -> Rows:
    path = folder / "attachment.eml"
    path.write_bytes(corpus.with_attachment(25 * _MIB))
    size, extra = programs.attachment(path)
    return [
        ("a mail with an attachment of 25 MB", "memory besides its bytes"),
        (f"{size:.0f} MiB in base64", f"{extra:.1f} MiB, {extra / size:.2f} times them"),
    ]


def _split(args: argparse.Namespace, folder: Path) -> Rows:
    box = folder / "split.mbox"
    corpus.build(box, args.split_megabytes << 20)
    told = programs.split(box)
    return [
        (f"an mbox of {args.split_megabytes} MB, {told['count']:.0f} mails", "MB a second"),
        ("where its mails begin and end", f"{told['bounds']:.0f}"),
        ("split into mails", f"{told['split']:.0f}"),
    ]


def _ms(seconds: float) -> str:
    return f"{1e3 * seconds:.2f}"


def _table(rows: Rows) -> str:
    """Rows as a Markdown table, the first of them its head; a row that has only a first cell is a sentence behind it."""
    whole = [row for row in rows if any(row[1:])]
    told = [row[0] for row in rows if not any(row[1:])]
    lines = [whole[0], tuple("---" if not at else "---:" for at in range(len(whole[0]))), *whole[1:]]
    return "\n".join([*("| " + " | ".join(line) + " |" for line in lines), *(f"\n{line}." for line in told)])


def _where() -> str:
    """When and on what."""
    model = platform.processor() or platform.machine()
    with suppress(OSError, IndexError):
        model = re.findall(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))[0]
    today = dt.datetime.now(tz=dt.UTC).date()
    return f"Measured on {today:%-d %B %Y}: {os.cpu_count()} cores of {model}, {platform.system()}, Python {platform.python_version()}."


def _write(told: dict[str, Rows]) -> None:
    """Fill the README between its markers; a part that was not measured stays as it is."""
    text = README.read_text(encoding="utf-8")
    for part, rows in told.items():
        text = _filled(text, f"speed: {part}", _table(rows))
    README.write_text(_filled(text, "speed: where", _where()), encoding="utf-8")


def _filled(text: str, marker: str, content: str) -> str:
    begin, end = f"<!-- {marker} -->\n", f"<!-- /{marker} -->"
    head, found, rest = text.partition(begin)
    return f"{head}{begin}{content}\n{end}{rest.partition(end)[2]}" if found else text


if __name__ == "__main__":
    sys.exit(main())
