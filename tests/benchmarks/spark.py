"""Benchmark of Spark: how much more it costs to read mails there than with the processes of one machine.

    python tests/benchmarks/spark.py [--mails 20000] [--rounds 4] [--attached 0] [--not-isolated]

Both roads read the same mailbox files with two processes and write what they say as Parquet; the plain one is also timed without
writing anything. They take turns, a part of the mailboxes each time, after Spark and its Python workers have begun. Besides the
time the CPU time of all processes is told, which others on the machine change less. Needs ``pip install '.[spark]'`` and Java 17.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import orderparse
from orderparse import workers
from orderparse.distributed import spark
from orderparse.knowledge import Knowledge
from orderparse.outputs import parquet
from orderparse.training.mailbox import mailbox

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
ORDERS = 25  # of an owner: about 105 mails
CORES = 2


def build(folder: Path, owners: int, *, attached: int = 0) -> int:
    """Write a mailbox file for each owner, ``owner-000.mbox`` and on; give the count of mails."""
    folder.mkdir(parents=True, exist_ok=True)
    knowledge = Knowledge.builtin()

    def write(owner: int) -> int:
        rng = Random(owner)
        mails = mailbox(knowledge, f"owner/{owner}", orders=ORDERS).mails
        with (folder / f"owner-{owner:03}.mbox").open("wb") as file:
            for mail in mails:
                data = mail.data.replace(b"\r\n", b"\n").replace(b"\nFrom ", b"\n>From ")
                file.write(b"From - Sun Mar  1 12:00:00 2026\n" + (_with_paper(data, rng, attached) if attached else data) + b"\n\n")
        return len(mails)

    def lost(owner: int, *why: str) -> int:
        raise RuntimeError(owner, why)

    return sum(workers.run(range(owners), write, lost, jobs=CORES, seconds=300))


def _with_paper(data: bytes, rng: Random, size: int) -> bytes:
    """The mail with an attachment of about so many bytes."""
    import base64
    import re

    head, _, body = data.partition(b"\n\n")
    fields = re.split(rb"\n(?![ \t])", head)
    content = [field for field in fields if field.lower().startswith(b"content-")]
    rest = [field for field in fields if field not in content]
    paper = base64.encodebytes(rng.randbytes(rng.randint(0, 2 * size * 3 // 4)))
    own = b"--a-b-c\nContent-Type: application/pdf\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64\n\n"
    start = b"\n".join(rest) + b'\nContent-Type: multipart/mixed; boundary="a-b-c"\n\n--a-b-c\n'
    return start + b"\n".join(content) + b"\n\n" + body + b"\n" + own + paper + b"--a-b-c--\n"


def session(folder: Path) -> Any:
    """Begin Spark on this machine, with what it writes in a folder."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    from pyspark.sql import SparkSession

    begun = (
        SparkSession.builder.master(f"local[{CORES}]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.memory", "2g")
        .config("spark.local.dir", str(folder))
        .config("spark.sql.warehouse.dir", str(folder / "warehouse"))
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")  # as orderparse's own files have them
        .config("spark.sql.shuffle.partitions", "8")
        .config("spark.ui.showConsoleProgress", "false")
        .getOrCreate()
    )
    begun.sparkContext.setLogLevel("ERROR")
    return begun


def cpu_of(root: int) -> tuple[float, float]:
    """Seconds of CPU time of a process, and of it with all that it began."""
    children = defaultdict(list)
    spent = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        pid = int(stat.parent.name)
        children[int(fields[1])].append(pid)
        spent[pid] = [sum(map(int, fields[11:end])) / os.sysconf("SC_CLK_TCK") for end in (13, 15)]
    total, work = 0.0, [root]
    while work:
        pid = work.pop()
        total += spent[pid][1] if pid in spent else 0.0
        work += children[pid]
    return spent[root][0], total


def main() -> int:
    """Print the figures of one run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mails", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--attached", type=int, default=0, help="bytes of the attachment of a mail, in the mean")
    parser.add_argument("--not-isolated", action="store_true", help="also without a process beside Spark's for the mails of each task")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        owners = -(-args.mails // 100 // args.rounds)
        counts = [build(folder / f"{part}", owners, attached=args.attached) for part in range(args.rounds)]
        size = sum(path.stat().st_size for path in folder.rglob("*.mbox"))
        print(f"{sum(counts)} mails, {size >> 20} MB")
        begun = session(folder / "spark")
        out = folder / "out"

        def plain(part: Path) -> None:
            for _ in orderparse.parse_mailbox(part, jobs=CORES):
                pass

        def to_parquet(part: Path) -> None:
            parquet.write_readings(orderparse.parse_mailbox(part, jobs=CORES), folder / "out.parquet")

        def in_spark(part: Path, **options: Any) -> None:
            read = spark.parse_mails(begun, part, **options)
            read.write.mode("overwrite").parquet(str(out))

        roads: dict[str, Callable[[Path], None]] = {
            "processes": plain,
            "processes, Parquet": to_parquet,
            "Spark, Parquet": in_spark,
        }
        if args.not_isolated:
            roads["Spark, Parquet, not isolated"] = lambda part: in_spark(part, isolated=False)
        warm = folder / "warm"
        build(warm, 10, attached=args.attached)  # until Java has compiled what it runs often
        again = folder / "again"
        build(again, 2)
        for road in roads.values():
            road(warm)
        took: dict[str, float] = defaultdict(float)
        spent: dict[str, float] = defaultdict(float)
        in_java = 0.0
        java = begun.sparkContext._gateway.proc.pid
        for part in range(args.rounds):
            for road, run in roads.items():
                # Spark ends workers that are idle for a minute, whose time is nowhere then, and begins others: its start again.
                if road.startswith("Spark"):
                    run(again)
                before, own, spark_s = time.perf_counter(), sum(os.times()[:4]), cpu_of(java)
                run(folder / f"{part}")
                took[road] += time.perf_counter() - before
                spent[road] += sum(os.times()[:4]) - own
                if road.startswith("Spark"):  # its Python workers are Java's children
                    now = cpu_of(java)
                    spent[road] += now[1] - spark_s[1]
                    in_java += now[0] - spark_s[0]
                print(f"  {part} {road}: {time.perf_counter() - before:.1f} s", file=sys.stderr)
        for road in roads:
            print(
                f"{road}: {sum(counts) / took[road]:.0f} mails a second, {took[road] / took['processes']:.3f} of the time and "
                f"{spent[road] / spent['processes']:.3f} of the CPU time ({1000 * spent[road] / sum(counts):.2f} ms a mail) of the processes alone"
            )
        print(f"Java: {1000 * in_java / sum(counts):.2f} ms of CPU time a mail")
        begun.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
