"""A run that is stopped, however rudely, goes on where it was: nothing lost, nothing twice, the same bytes in the end."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from orderparse import cli, workers

ROOT = Path(cli.__file__).parents[1]
MAILS = ROOT / "fixtures" / "mails"
KILLS = [3, pytest.param(100, marks=pytest.mark.slow)]

pytestmark = pytest.mark.skipif(not workers.available(), reason="this system has no fork")


def begin(*args: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "orderparse", "--quiet", "--jobs", "2", *map(str, args)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def kill_some(count: int, *args: object) -> int:
    """Begin and kill so often; give how many runs were still at work then."""
    rng = Random(count)
    killed = 0
    for _ in range(count):
        process = begin(*args)
        time.sleep(rng.uniform(0.3, 1.5))
        killed += process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.wait()
    return killed


@pytest.mark.parametrize("count", KILLS)
def test_after_kills_a_resumed_run_writes_what_one_run_writes(count: int, tmp_path: Path) -> None:
    whole, resumed = tmp_path / "whole.jsonl", tmp_path / "resumed.jsonl"
    assert begin(MAILS, "--by", "mail", "--output", whole).wait() == 0
    call = (MAILS, "--by", "mail", "--resume", "--output", resumed)
    assert kill_some(count, *call) > 0
    assert begin(*call).wait() == 0
    assert resumed.read_bytes() == whole.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir() if not path.name.endswith(".part")) == ["resumed.jsonl", "whole.jsonl"]


@pytest.mark.parametrize("count", KILLS)
def test_after_kills_a_store_holds_each_mail_once(count: int, tmp_path: Path) -> None:
    store = tmp_path / "orders.sqlite"
    assert kill_some(count, MAILS, "--output", store) > 0
    assert begin(MAILS, "--output", store).wait() == 0
    orders = tmp_path / "orders.jsonl"
    assert begin(MAILS, "--output", orders).wait() == 0
    with sqlite3.connect(store) as db:
        ((check,),) = db.execute("PRAGMA integrity_check")
        mails = db.execute("SELECT count(*), count(DISTINCT key) FROM mails").fetchone()
        numbers = sorted(str(number) for (number,) in db.execute("SELECT order_number FROM orders"))
    distinct = {path.read_bytes() for path in MAILS.iterdir() if path.suffix in {".eml", ".html", ".txt"}}
    assert (check, mails) == ("ok", (len(distinct), len(distinct)))
    told = [json.loads(line)["order_number"] for line in orders.read_text(encoding="utf-8").splitlines()]
    assert numbers == sorted(str(number["value"] if number else None) for number in told)


def test_an_interrupt_keeps_what_was_read_and_says_where(tmp_path: Path) -> None:
    target = tmp_path / "x.csv"
    mails = [str(ROOT / "fixtures" / "blind" / name) for name in ("fourth", "fifth", "sixth", "seventh", "eighth")]
    process = subprocess.Popen(  # of so many mails that it is at work for seconds
        [sys.executable, "-m", "orderparse", "--jobs", "1", "--resume", "--output", str(target), *mails],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        # A shell's background jobs ignore the signal, and so would this one.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509  # it takes no lock
    )
    kept = tmp_path / "x.csv.partial"
    while not kept.exists():
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate()
    assert process.returncode == 130
    assert str(kept) in told.decode()
    assert not target.exists()
    assert begin(*mails, "--resume", "--output", target).wait() == 0
    assert target.exists()
    assert not kept.exists()
