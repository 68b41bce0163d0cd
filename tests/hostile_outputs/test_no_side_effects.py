"""No socket, no other program, no file written but the output, no pickle, no code loaded late, and nothing of a mail in what is logged.

An audit hook (PEP 578) in a process of its own sees what the interpreter does; once strace sees what the process does.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from orderparse import cli, workers
from orderparse.outputs.safe_text import one_line

ROOT = Path(cli.__file__).parents[1]
FIXTURES = ROOT / "fixtures"
FOLDERS = [FIXTURES / name for name in ("mails", "malformed", "blind", "mailbox")]
HOOK = '''
import os, sys

OUTPUT, FAULTS, STARTED = sys.argv[1], [], False
TREE = sys.argv[2]
FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.spawn", "os.system", "os.startfile", "pickle.", "marshal.load", "shelve.",
             "urllib.", "http.", "ftplib.", "smtplib.", "webbrowser.", "shutil.", "pty.", "syslog.", "winreg.", "os.chown", "os.symlink", "os.link", "code.__new__")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

def own(path):
    path = os.path.abspath(os.fsdecode(path)) if isinstance(path, (str, bytes, os.PathLike)) else ""
    folder, name = os.path.split(path)
    # The output, and what stands beside it under its name while it is made: the lock, the part, SQLite's journal.
    return folder == os.path.dirname(OUTPUT) and os.path.basename(OUTPUT) in name or path == os.devnull

def hook(event, args):
    if not STARTED or os.getpid() != PID and event == "open" and args[0] is None:
        return
    if event.startswith(FORBIDDEN):
        importing = event.startswith(("marshal.load", "code.__new__")) and any("importlib" in name for name in frames())
        if not importing:
            FAULTS.append((event, str(args)[:200]))
    elif event == "open" and isinstance(args[0], (str, bytes)):
        if isinstance(args[2], int) and args[2] & WRITING or isinstance(args[1], str) and set(args[1]) & set("wax+"):
            if not own(args[0]):
                FAULTS.append((event, str(args)))
    elif event in ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.chmod", "sqlite3.connect"):
        if not own(args[0]):
            FAULTS.append((event, str(args)))
    elif event == "import":
        package = args[0].partition(".")[0]
        if package not in LATE | set(sys.stdlib_module_names) and not package.startswith("_sysconfigdata"):
            FAULTS.append((event, args[0]))

def frames():
    frame = sys._getframe(2)
    while frame is not None:
        yield frame.f_code.co_filename
        frame = frame.f_back

PID, LATE = os.getpid(), None
sys.addaudithook(hook)

def begin():
    """From here on nothing forbidden may happen, and no package be loaded but those that the project names."""
    global STARTED, LATE
    LATE = {"orderparse", "ahocorasick_rs", "bs4", "marisa_trie", "publicsuffixlist", "dateutil", "six", "regex", "rich", "selectolax", "olefile", "pyarrow",
            # What these try besides, whether it is there or not.
            "soupsieve", "typing_extensions", "cchardet", "chardet", "charset_normalizer", "html5lib", "webencodings", "lxml", "rnc2rng", "numpy", "org"}
    STARTED = True

def end():
    global STARTED
    STARTED = False
    for fault in FAULTS[:20]:
        print("FAULT", *fault)
    print(len(FAULTS), "faults")
'''
WORKS = {
    "parse": """
        import orderparse
        from pathlib import Path
        begin()
        for path in sorted(Path(TREE).rglob("*")):
            if path.is_file() and path.stat().st_size < 200_000:
                orderparse.parse(path.read_bytes())
        end()
    """,
    "command": """
        from orderparse import cli
        how = sys.argv[4:]
        if OUTPUT.endswith("parquet"):
            import pyarrow, pyarrow.parquet
            pyarrow.Table.from_pylist([{"a": "b"}])  # it loads pandas where that is installed, which is its own affair
        begin()
        assert cli.main(["--quiet", *how, "--output", OUTPUT, sys.argv[3]]) == 0
        end()
    """,
}
WRONG = {
    "socket": "import socket; begin(); socket.socket().close(); end()",
    "resolver": "import socket; begin()\ntry: socket.getaddrinfo('127.0.0.1', 1)\nexcept OSError: pass\nend()",
    "program": "import subprocess; begin(); subprocess.run(['/bin/true']); end()",
    "shell": "begin(); os.system('true'); end()",
    "write": "begin(); open(OUTPUT[:-12] + 'elsewhere', 'w').close(); end()",
    "write_by_descriptor": "begin(); os.close(os.open(OUTPUT[:-12] + 'elsewhere', os.O_WRONLY | os.O_CREAT)); end()",
    "remove": "open(OUTPUT[:-12] + 'elsewhere', 'w').close(); begin(); os.remove(OUTPUT[:-12] + 'elsewhere'); end()",
    "database": "import sqlite3; begin(); sqlite3.connect(OUTPUT[:-12] + 'elsewhere').close(); end()",
    "pickle": "import pickle, decimal; data = pickle.dumps(decimal.Decimal(1)); begin(); pickle.loads(data); end()",
    "marshal": "import marshal; data = marshal.dumps(1); begin(); marshal.loads(data); end()",
    "package": "begin(); import iniconfig; end()",
}
CALLS = [
    ("out.csv", "--jobs", "2"),
    *(pytest.param((f"out.{form}", "--jobs", "2"), marks=pytest.mark.slow) for form in ("jsonl", "html", "sqlite", "ics", "parquet")),
]
TREES = [FIXTURES / "malformed", pytest.param(FIXTURES, marks=pytest.mark.slow)]


def hooked(tmp_path: Path, code: str, tree: Path, *how: str, name: str = "out.csv") -> str:
    (tmp_path / "dir").mkdir(exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-c", HOOK + dedent(code), str(tmp_path / "dir" / name), str(tree), str(FIXTURES / "mailbox"), *how],
        capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return done.stdout.decode()


@pytest.mark.parametrize("what", WRONG)
def test_the_hook_sees_what_is_forbidden(what: str, tmp_path: Path) -> None:
    told = hooked(tmp_path, WRONG[what], FIXTURES)
    assert told.startswith("FAULT"), told


@pytest.mark.parametrize("tree", TREES, ids=lambda path: path.name)
def test_reading_mails_has_no_side_effect(tree: Path, tmp_path: Path) -> None:
    assert hooked(tmp_path, WORKS["parse"], tree) == "0 faults\n"


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call[0])
def test_the_command_writes_its_output_and_does_nothing_else(call: tuple[str, ...], tmp_path: Path) -> None:
    name, *how = call
    assert hooked(tmp_path, WORKS["command"], FIXTURES, *how, name=name) == "0 faults\n"
    assert [path.name for path in (tmp_path / "dir").iterdir()] == [name]


STRACE = shutil.which("strace")


@pytest.mark.slow
@pytest.mark.skipif(
    STRACE is None, reason="strace is not installed: what the process asks of the system is not seen, only what the interpreter does"
)
def test_the_system_sees_no_network_no_program_and_one_file_written(tmp_path: Path) -> None:
    trace, target = tmp_path / "trace", tmp_path / "out.csv"
    call = [
        sys.executable,
        "-B",
        "-m",
        "orderparse",
        "--quiet",
        "--jobs",
        "2",
        "--output",
        str(target),
        str(FIXTURES / "mailbox"),
        str(FIXTURES / "malformed"),
    ]
    calls = "trace=%network,execve,execveat,openat,open,creat,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat"
    done = subprocess.run(
        [str(STRACE), "-f", "-o", str(trace), "-e", calls, *call],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    if done.returncode and b"ptrace" in done.stderr:
        pytest.skip("strace is not allowed here: what the process asks of the system is not seen")
    assert done.returncode == 0, done.stderr
    lines = [line.partition(" ")[2].strip() for line in trace.read_text(errors="replace").splitlines()]
    assert sum(line.startswith("execve") for line in lines) == 1  # Python itself
    # The pipes to the workers are pairs of sockets, which lead nowhere else.
    assert not [line for line in lines if re.match(r"(socket|connect|bind|listen|sendto|getaddrinfo)\(", line)]
    written = {
        match[1] for line in lines if re.search(r"O_(WRONLY|RDWR|CREAT)|^(rename|unlink|mkdir|creat)", line) and " = -1 " not in line
        for match in re.finditer(r'"([^"]+)"', line)
    }  # fmt: skip
    assert {path for path in written if path != "/dev/null" and not Path(path).name.startswith((".out.csv.", "out.csv"))} == set()


def words_of(record: dict[str, Any]) -> set[str]:
    found = {
        record["subject"],
        *(number["value"] for kind in ("order_numbers", "tracking_numbers", "identifiers") for number in record[kind]),
    }
    found |= set(record["sender"].values()) if record["sender"] is not None else set()
    return {one_line(text) for text in found if len(text) > 5}


@pytest.mark.parametrize(
    "folder",
    [FIXTURES / "malformed", *(pytest.param(path, marks=pytest.mark.slow) for path in FOLDERS if path.name != "malformed")],
    ids=lambda path: path.name,
)
def test_nothing_of_a_mail_is_logged(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    box = tmp_path / "in"
    box.mkdir()
    for number, path in enumerate(
        sorted(path for path in folder.rglob("*") if path.suffix in {".eml", ".html", ".txt"} and path.is_file())
    ):
        (box / f"{number}{path.suffix}").write_bytes(path.read_bytes())  # the names of files are the user's own
    for number in range(3):  # what cannot be read is named by its place
        (box / f"z{number}.zip").write_bytes(b"PK\x03\x04 Order number: 48213377 anna@kajutan.example")
    cli.main(
        [
            "--jobs",
            "2" if workers.available() else "0",
            "--by",
            "mail",
            "--format",
            "jsonl",
            "--output",
            str(tmp_path / "out.jsonl"),
            str(box),
        ]
    )
    told = capsys.readouterr().err
    assert "mails read" in told
    words = set().union(*map(words_of, map(json.loads, (tmp_path / "out.jsonl").read_text().splitlines())))
    assert len(words) > 10
    assert not [word for word in words if word in told]
    assert "48213377" not in told
    assert "kajutan" not in told
