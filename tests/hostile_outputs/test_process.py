"""Disks that are full, pipes that close, signals, two runs at once, mails that break their reader: the output is whole or as it was."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from orderparse import cli, workers

ROOT = Path(cli.__file__).parents[1]
BOX = ROOT / "fixtures" / "mailbox"
MAILS = ROOT / "fixtures" / "mails"
FORMS = ["csv", "jsonl", "json", "html", "ics", "jsonld", "txt", "parquet", "sqlite"]
TIMES = [1, pytest.param(20, marks=pytest.mark.slow)]

pytestmark = pytest.mark.skipif(not workers.available(), reason="this system has no fork")


def begin(*args: object, code: str | None = None, **named: object) -> subprocess.Popen[bytes]:
    call = ["-m", "orderparse"] if code is None else ["-c", code]
    return subprocess.Popen([sys.executable, *call, *map(str, args)], env={**os.environ, "PYTHONPATH": str(ROOT)}, **named)  # type: ignore[call-overload, no-any-return]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def living(session: int) -> list[int]:
    """Processes of a session that have not ended."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, of, *_ = path.read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        if int(of) == session and state != "Z":
            found.append(int(path.parent.name))
    return found


def gone(session: int) -> bool:
    until = time.monotonic() + 10  # it takes milliseconds; other programs use the machine too
    while living(session) and time.monotonic() < until:
        time.sleep(0.02)
    return not living(session)


@pytest.mark.parametrize("form", FORMS)
def test_a_full_disk_leaves_the_previous_output_as_it_was(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / f"out.{form}"
    if form == "sqlite":
        assert cli.main(["--quiet", "--jobs", "0", "--output", str(target), str(MAILS / "amazon_en_ordered.eml")]) == 0
    else:
        target.write_text("previous")
    before = target.read_bytes()
    call = ["--quiet", "--jobs", "0", "--output", str(target), str(MAILS / "aliexpress_sv_shipped.eml")]
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (60, limits[1]))
    try:
        status = cli.main(call)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert status == 74
    assert str(target) in capsys.readouterr().err
    assert target.read_bytes() == before
    assert names(tmp_path) == [target.name]
    assert cli.main(call) == 0
    assert target.read_bytes() != before


def test_a_resumed_run_goes_on_after_a_full_disk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "out.jsonl"
    call = ["--quiet", "--jobs", "0", "--by", "mail", "--resume", "--output", str(target), str(BOX)]
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limits[1]))
    try:
        assert cli.main(call) == 74
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert str(target) in capsys.readouterr().err
    assert not target.exists()
    assert cli.main(call) == 0
    assert names(tmp_path) == [target.name]
    assert len(target.read_text().splitlines()) == 22


STREAMS = [(">/dev/full", 74), ("2>/dev/full", 0), ("--output /dev/full", 74), (">&-", 74), ("2>&-", 0), ("<&- -", 2), ("| head -c 1", 0)]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
@pytest.mark.parametrize(
    ("how", "status"), [STREAMS[1], *(pytest.param(*one, marks=pytest.mark.slow) for one in (STREAMS[0], *STREAMS[2:]))]
)
def test_streams_that_are_full_or_closed_bring_no_traceback(how: str, status: int) -> None:
    path = "" if how.endswith("-") and how.startswith("<") else MAILS / "aliexpress_sv_shipped.eml"
    call = ["/bin/sh", "-c", f"{sys.executable} -m orderparse --format csv {path} {how}"]
    done = subprocess.run(call, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    assert done.returncode == status
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("count", TIMES)
def test_a_signal_at_any_time_ends_all_and_leaves_nothing_half(count: int, tmp_path: Path) -> None:
    rng = Random(count)
    target = tmp_path / "out.csv"
    target.write_text("previous")
    ended = Counter[int]()
    for place in range(count):
        number = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)[place % 3]
        process = begin("--jobs", 2, "--output", target, MAILS, BOX, stderr=subprocess.PIPE, start_new_session=True)
        time.sleep(rng.uniform(0.3, 1.0))
        process.send_signal(number)
        told = process.communicate()[1]
        status = process.returncode
        assert gone(process.pid)
        if status != 0:  # it was ready before
            assert status in {128 + number, -number}, told  # before main, Python ends by the signal itself
            assert target.read_text() == "previous"
        else:
            target.write_text("previous")
        assert names(tmp_path) == ["out.csv"]
        ended[status] += 1
    assert ended[0] < count


@pytest.mark.slow
def test_a_signal_keeps_all_finished_records_of_a_resumed_run(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    code = "import sys, orderparse.outputs.sqlite_store as s; s._BATCH = 5; s.Store.__init__.__kwdefaults__['batch'] = 5; from orderparse import cli; sys.exit(cli.main(sys.argv[1:]))"
    process = begin("--jobs", 1, "--by", "mail", "--resume", "--output", target, MAILS, code=code, stderr=subprocess.PIPE)
    kept = target.with_name("out.jsonl.partial")
    while not kept.exists() or kept.stat().st_size < 400_000:
        assert process.poll() is None
        time.sleep(0.01)
    process.terminate()
    told = process.communicate()[1].decode()
    assert process.returncode == 143
    assert str(kept) in told
    assert cli.main(["--jobs", "0", "--by", "mail", "--resume", "--output", str(target), str(MAILS)]) == 0
    records = [json.loads(line)["source"] for line in target.read_text().splitlines()]
    assert len(records) == len(set(records)) > 100


def test_a_killed_run_leaves_no_worker_even_one_that_hangs(tmp_path: Path) -> None:
    code = (
        "import sys, time, orderparse.api as api\nold = api.build\n"
        "def build(*args):\n    open(sys.argv[-1] + '.hangs', 'w').close()\n    while True: pass\n"
        "api.build = build\nfrom orderparse import cli\nsys.exit(cli.main(sys.argv[1:]))"
    )
    target = tmp_path / "out.csv"
    process = begin("--jobs", 2, BOX, "--output", target, code=code, start_new_session=True, stderr=subprocess.DEVNULL)
    while not target.with_name("out.csv.hangs").exists():
        assert process.poll() is None
        time.sleep(0.01)
    assert len(living(process.pid)) == 3
    process.kill()
    process.wait()
    assert gone(process.pid)
    assert cli.main(["--quiet", "--jobs", "0", "--output", str(target), str(BOX)]) == 0  # what it held is free
    assert names(tmp_path) == ["out.csv", "out.csv.hangs"]  # and what it had half written is removed


@pytest.mark.parametrize("name", ["out.csv", "out.sqlite"])
def test_a_second_run_on_the_same_output_refuses(name: str, tmp_path: Path) -> None:
    target = tmp_path / name
    holder = (
        "import sys, pathlib\nfrom orderparse.outputs.alone import alone\n"
        "with alone(pathlib.Path(sys.argv[1])):\n    print('held', flush=True); sys.stdin.read()"
    )
    with begin(target, code=holder, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as first:
        assert first.stdout is not None
        assert first.stdin is not None
        assert first.stdout.readline() == b"held\n"
        second = begin(BOX, "--output", target, stderr=subprocess.PIPE)
        told = second.communicate()[1].decode()
        assert (second.returncode, told) == (75, f"parse-mail: {target}: another run is writing to it\n")
        assert not target.exists()
        first.stdin.close()
    assert names(tmp_path) == []


POISON = """
import ctypes, os, sys, time
import orderparse.api as api
from orderparse import cli
old = api.build
def build(message, marks):
    subject = message.subject
    if subject.startswith("poison crash"):
        ctypes.string_at(0)
    if subject.startswith("poison loop"):
        while True:
            time.sleep(0.01)
    if subject.startswith("poison memory"):
        bytearray(10 << 30)
    return old(message, marks)
api.build = build
sys.exit(cli.main(sys.argv[1:]))
"""


@pytest.mark.parametrize("count", [60, pytest.param(1000, marks=pytest.mark.slow)])
def test_three_poisoned_mails_cost_three_records(count: int, tmp_path: Path) -> None:
    poisons = {count // 4: "crash", count // 2: "loop", count - 1: "memory"}
    with (tmp_path / "in.mbox").open("w") as file:
        for number in range(count):
            subject = f"poison {poisons[number]}" if number in poisons else "Your order"
            file.write(f"From a Tue Mar  3 12:00:00 2026\nFrom: A <a@b.example>\nSubject: {subject}\n\nOrder number: 4821{number:04}\n\n")
    process = begin(
        tmp_path / "in.mbox", "--by", "mail", "--format", "jsonl", "--jobs", 2, "--timeout", 3, "--quiet", code=POISON, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )  # fmt: skip
    out, err = process.communicate()
    assert process.returncode == 1
    records = [json.loads(line) for line in out.splitlines()]
    failed = {place: record["reason"] for place, record in enumerate(records) if record["status"] == "failed"}
    assert failed == {count // 4: "crash", count // 2: "timeout", count - 1: "memory"}
    found = [record["order_numbers"][0]["value"] for record in records if record["status"] == "ok"]
    assert found == [f"4821{number:04}" for number in range(count) if number not in poisons]
    assert err.count(b"\n") == 3
    assert not any(f"poison {reason}".encode() in err for reason in poisons.values())


def test_a_fault_of_the_program_is_told_without_what_the_mail_says(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        int("Order 48210001 for Anna")

    monkeypatch.setattr("orderparse.outputs.csv_table.write_orders", broken)
    assert cli.main(["--format", "csv", "--jobs", "0", str(BOX)]) == 70
    told = capsys.readouterr().err
    assert "ValueError at test_process.py:" in told
    assert "4821" not in told
    assert "Anna" not in told


LOCALES = ["C", "tr_TR.UTF-8", "sv_SE.UTF-8"]
SETTINGS = [(seed, locale, jobs) for seed in range(5) for locale in LOCALES for jobs in (1, 4)]


@pytest.mark.parametrize(
    "settings", [[SETTINGS[place] for place in (0, 27)], pytest.param(SETTINGS, marks=pytest.mark.slow)], ids=["some", "all"]
)
def test_seeds_locales_and_the_count_of_processes_change_no_byte(settings: list[tuple[int, str, int]], tmp_path: Path) -> None:
    written = {}
    forms, box = (1, MAILS / "aliexpress_sv_shipped.eml") if len(settings) == 2 else (3, BOX)
    for seed, locale, jobs in settings:
        environment = {
            "PYTHONHASHSEED": str(seed),
            "LC_ALL": locale,
            "LANG": locale,
            "PYTHONUTF8": str(seed % 2),
            "TZ": ("UTC", "Asia/Tokyo")[seed % 2],
        }
        code = (
            "import sys, os, time; time.tzset()\nfrom orderparse import cli\n"
            "sys.exit(max(cli.main(['--quiet', '--jobs', sys.argv[2], *how, '--output', sys.argv[1] + name, sys.argv[3]]) for how, name in"
            f" [(['--by', 'mail'], 'a.jsonl'), ([], 'b.csv'), ([], 'c.html')][:{forms}]))"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, f"{tmp_path}/", str(jobs), str(box)],
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            check=True,
        )
        assert done.returncode == 0
        written[seed, locale, jobs] = [(tmp_path / name).read_bytes() for name in ("a.jsonl", "b.csv", "c.html")[:forms]]
    first, *others = written.values()
    assert all(first)
    assert all(other == first for other in others)
