"""What shows only from outside: how long a program takes to start, how much memory it has, what one and two processes give."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

from tests.benchmarks.corpus import FIXTURES, ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_UNIT = 1 << 20 if sys.platform == "darwin" else 1 << 10  # of ru_maxrss, in MiB
_MAIL = FIXTURES / "aliexpress_en_shipped.eml"

# The most memory that a process has had since it was asked anew. A program that another one starts begins with that one's ``ru_maxrss``.
_PEAK = """
import resource
def peak(anew=False):
    try:
        if anew:
            with open("/proc/self/clear_refs", "w") as file:
                file.write("5")
        with open("/proc/self/status") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("VmHWM"))
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
"""

_READ = _PEAK + """
import json, resource, sys, time
from pathlib import Path
from orderparse import api
from orderparse.knowledge import Knowledge
from orderparse.mail import mailboxes
from orderparse.outputs import jsonl
path, jobs, form = sys.argv[1:]
api.parse(b"Subject: x\\n\\nOrder number: 20417")  # what is known is loaded before the clock runs, for the workers too
start = time.perf_counter()
used = resource.getrusage(resource.RUSAGE_SELF)
mails, jobs = mailboxes.find(Path(path)), int(jobs) or None
with open("/dev/null", "w") as nowhere:
    if form == "mail":
        jsonl.write_lines(api.told(mails, jsonl.of_record, jobs=jobs, to_bytes=str.encode, of_bytes=bytes.decode), nowhere)
    else:
        jsonl.write(api.consolidate(api.readings(mails, jobs=jobs, text=False)), nowhere)
took = time.perf_counter() - start
own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(json.dumps({
    "seconds": took,
    "parent": own.ru_utime + own.ru_stime - used.ru_utime - used.ru_stime,
    "workers": others.ru_utime + others.ru_stime,
    "peak": max(peak(), others.ru_maxrss),
}))
"""

_SPLIT = """
import json, sys, time
from orderparse.mail import contents, mbox
with open(sys.argv[1], "rb") as file:
    content = contents.FileContent(file)
    took = []
    for find in (lambda: mbox._spans(mbox._Scan(content)), lambda: mbox.split(content)):
        start = time.process_time()
        count = sum(1 for _ in find())
        took.append(time.process_time() - start)
print(json.dumps({"count": count, "bounds": took[0], "split": took[1]}))
"""

_ATTACHMENT = _PEAK + """
import json, sys
import orderparse
orderparse.parse(b"Subject: x\\n\\nOrder number: 20417")
with open(sys.argv[1], "rb") as file:
    data = file.read()
before = peak(anew=True)
read = orderparse.parse(data)
after = peak()
print(json.dumps({"bytes": len(data), "extra": after - before, "found": len(read.tracking_numbers)}))
"""


def _environment() -> dict[str, str]:
    """That of a user: modules are compiled once; the checkout is what is measured."""
    kept = {key: value for key, value in os.environ.items() if key not in {"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}}
    return {**kept, "PYTHONPATH": str(ROOT)}


def _told(script: str, *args: object) -> dict[str, Any]:
    command = [sys.executable, "-c", script, *map(str, args)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, env=_environment())
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def started(rounds: int) -> dict[str, tuple[float, float]]:
    """The least and the median seconds that some programs take, in turns, from their start to their end."""
    programs: dict[str, Sequence[str]] = {
        "bare Python": ["-c", "pass"],
        "import of what reads the files": ["-c", "import orderparse.knowledge"],
        "and all languages, carriers and merchants": ["-c", "from orderparse.knowledge import Knowledge; Knowledge.builtin()"],
        "parse-mail --version": ["-m", "orderparse", "--version"],
        "parse-mail MAIL": ["-m", "orderparse", "--quiet", str(_MAIL)],
        "parse-mail --identify NUMBER": ["-m", "orderparse", "--identify", "RB123456785SE"],
    }
    took: dict[str, list[float]] = {name: [] for name in programs}
    for count in range(rounds + 1):
        for name, args in programs.items():
            start = time.perf_counter()
            subprocess.run([sys.executable, *args], check=True, cwd=ROOT, env=_environment(), stdout=subprocess.DEVNULL)
            if count:  # the first writes the compiled modules
                took[name].append(time.perf_counter() - start)
    return {name: (min(each), statistics.median(each)) for name, each in took.items()}


def read(path: Path, jobs: int, form: str) -> dict[str, float]:
    """Read a mailbox in so many worker processes (0: in one process without workers) to records of mails or orders.

    Gives ``seconds`` of the wall, seconds of the processor for the ``parent`` and its ``workers``, and ``peak``, the MiB of the largest.
    """
    told = _told(_READ, path, jobs, form)
    return {**told, "peak": told["peak"] / _UNIT}


def split(path: Path) -> dict[str, float]:
    """Find the mails of an mbox: MB a second for their ``bounds`` alone, and ``split``, with each mail's bytes."""
    told, size = _told(_SPLIT, path), path.stat().st_size / 1e6
    return {"count": told["count"], "bounds": size / told["bounds"], "split": size / told["split"]}


def attachment(path: Path) -> tuple[float, float]:
    """The bytes of a mail in MiB, and how much memory it takes besides to read it."""
    told = _told(_ATTACHMENT, path)
    if told["found"] != 1:
        msg = "the mail with the attachment was not read"
        raise RuntimeError(msg)
    return told["bytes"] / (1 << 20), told["extra"] / _UNIT
