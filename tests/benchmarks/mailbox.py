"""Benchmark of a whole mailbox: mails a second with one process and with two, and the memory of the largest of them.

    python tests/benchmarks/mailbox.py [--megabytes 200] [--by mail|order]

The mailbox is made up: orders with their mails, newsletters between, each mail with an attachment as mails have. Beside it stands
one of a quarter of its size, to show whether memory grows.
"""

from __future__ import annotations

import argparse
import base64
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from orderparse.knowledge import Knowledge
from orderparse.training.mailbox import mailbox

_ATTACHED = 34_000  # bytes before base64: a mail has 48 KB in the mean
_RUN = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(done.returncode)
"""


def build(path: Path, size: int) -> int:
    """Write a mailbox file of about so many bytes; give its count of mails."""
    rng = Random(1)
    made = mailbox(Knowledge.builtin(), "benchmark", orders=320).mails
    written = count = 0
    with path.open("wb") as file:
        while written < size:
            mail = made[count % len(made)]
            head, _, body = mail.data.replace(b"\r\n", b"\n").partition(b"\n\n")
            again = f".{count // len(made)}".encode()
            fields = re.split(rb"\n(?![ \t])", head.replace(b"Message-ID: <", b"Message-ID: <x" + again, 1))
            content = [field for field in fields if field.lower().startswith(b"content-")]
            rest = [field for field in fields if field not in content]
            paper = base64.encodebytes(rng.randbytes(rng.randint(0, 2 * _ATTACHED)))
            parts = (
                b"--a-b-c\n" + b"\n".join(content) + b"\n\n" + body,
                b"--a-b-c\nContent-Type: application/pdf\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64\n\n" + paper,
                b"--a-b-c--\n",
            )
            whole = b"\n".join(rest) + b'\nContent-Type: multipart/mixed; boundary="a-b-c"\n\n' + b"\n".join(parts)
            written += file.write(b"From - Sun Mar  1 12:00:00 2026\n" + whole.replace(b"\nFrom ", b"\n>From ") + b"\n")
            count += 1
    return count


def main() -> int:
    """Print the figures of one run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--by", choices=["mail", "order"], default="order")
    args = parser.parse_args()
    speed = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in (args.megabytes // 4, args.megabytes):
            path = Path(folder) / f"{size}.mbox"
            count = build(path, size << 20)
            for jobs in (1, 2):
                command = [
                    sys.executable,
                    "-m",
                    "orderparse",
                    "--quiet",
                    "--jobs",
                    str(jobs),
                    "--by",
                    args.by,
                    "--format",
                    "jsonl",
                    str(path),
                ]
                start = time.perf_counter()
                run = subprocess.run([sys.executable, "-c", _RUN, *command], capture_output=True, text=True, check=False)
                took = time.perf_counter() - start
                speed[jobs] = count / took
                print(
                    f"{size} MB, {count} mails, {jobs} jobs: {count / took:.0f} mails a second, peak {int(run.stdout) >> 10} MiB a process"
                )
        print(f"two processes: {speed[2] / speed[1]:.2f} times one")
    return 0


if __name__ == "__main__":
    sys.exit(main())
