"""Memory: a mail takes at most 64 MiB and three times its size, a mail of 1 GiB at most 256 MiB, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile.inputs import floods, pages, structure
from tests.hostile.inputs.case import LINE, NUMBER, mail, multipart, of

ROOT = Path(__file__).parents[2]
MIB = 1 << 20
GIB = 1 << 30
# Of the process itself the kernel's own count is taken: what getrusage tells begins with the size of the process that started it.
_TELL_SELF = "import re, sys; print(int(re.search('VmHWM:[^0-9]*([0-9]+)', open('/proc/self/status').read())[1]) // 1024, file=sys.stderr)"
_TELL_CHILDREN = "import resource; print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024, file=sys.stderr)"
_PARSE = (
    "import sys, orderparse; print([n.value for n in orderparse.parse(sys.stdin.buffer.read()).order_numbers if n.confidence >= .5]); "
    + _TELL_SELF
)
_COMMAND = (
    "import sys; from orderparse.cli import main; status = main(sys.argv[1:]); " + _TELL_SELF + "; " + _TELL_CHILDREN
    + "; sys.exit(status)"
)  # fmt: skip


def run(code: str, *arguments: str, data: bytes | None = None) -> tuple[str, int]:
    """What a process of its own prints, and the MiB that it and its workers had at the most."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        input=data,
        capture_output=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    return done.stdout.decode(), max(int(line) for line in done.stderr.decode().split("\n") if line.isdigit())


@pytest.mark.slow
@pytest.mark.parametrize(
    "make",
    [
        lambda: floods.text("digit_space", 10_000_000),
        lambda: floods.text("crlf", 10_000_000),
        lambda: floods.page("accents", 10_000_000),
        lambda: pages.page(of(b"<div>x", 10_000_000) + pages.BLOCK),
        lambda: floods.header("one_field", 10_000_000),
        lambda: floods.header("fields", 10_000_000),
        structure.STRUCTURES["big_attachment"],
        lambda: mail(of(b"lorem ipsum\n", 60_000_000) + LINE),
    ],
)
def test_a_mail_takes_three_times_its_size(make):
    data = make()
    found, most = run(_PARSE, data=data)
    assert NUMBER in found
    assert most <= 64 + 3 * len(data) / MIB


def giant(path: Path, *, before: bytes = b"") -> Path:
    """A mail of 1 GiB: a text and an attachment that is mostly a hole in the file."""
    head = before + multipart(b"", b"--b1\nContent-Type: text/plain\n\n" + LINE + b"--b1\n" + structure.ATTACHMENT)
    with path.open("wb") as file:
        file.write(head)
        file.truncate(GIB)
        file.seek(GIB)
        file.write(b"\n--b1--\n")
    return path


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["mail", "mailbox", "two in a mailbox", "text"])
def test_a_mail_of_a_gibibyte_takes_256_mebibytes(tmp_path, kind):
    path = tmp_path / ("box.mbox" if "mailbox" in kind else "giant.eml")
    separator = b"From orders@lampshop.example Tue Mar  3 12:00:00 2026\n"
    if kind == "text":
        unit = (b"lorem ipsum dolor sit amet\n" * 40_000)[:MIB]
        with path.open("wb") as file:
            file.write(mail(LINE))
            for _ in range(GIB // MIB):
                file.write(unit)
    else:
        giant(path, before=separator if "mailbox" in kind else b"")
    if kind == "two in a mailbox":
        with path.open("ab") as file:
            file.write(b"\n" + separator + mail(LINE).replace(b"8012345678907734", b"8012345678907799"))
    found, most = run(_COMMAND, str(path), "--by", "mail", "--format", "jsonl", "--quiet")
    assert NUMBER in found
    assert ("8012345678907799" in found) == (kind == "two in a mailbox")
    assert '"oversize"' in found
    assert most <= 256
