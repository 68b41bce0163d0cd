"""Whatever happens to a mailbox and to the runs over it, a run that goes on gives what a run from the beginning gives."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from orderparse import cli, workers
from orderparse.mail.copies import key_of
from orderparse.outputs.sqlite_store import Store

LINE = "From a@b.example Tue Mar  3 12:00:00 2026\n"
NUMBERS = st.integers(1, 6)  # few, so that mails come again
JOBS = st.sampled_from([0, 0, 2])
STEPS = [(3, 8), pytest.param((60, 25), marks=pytest.mark.slow)]


def mail(number: int) -> str:
    kind = ("confirmed", "shipped", "delivered")[number % 3]
    return (
        f"From: Kajutan <order@kajutan.example>\nSubject: Your order is {kind}\nMessage-ID: <{number}@kajutan.example>\n"
        f"Date: Sun, {number} Mar 2026 12:00:00 +0100\n\nOrder number: 801234{number // 3:02}\n"
    )


class Mailbox(RuleBasedStateMachine):
    """A folder of mails that changes between runs, some of which are killed."""

    def __init__(self) -> None:
        super().__init__()
        self.top = Path(tempfile.mkdtemp(prefix="orderparse-machine-"))
        self.box = self.top / "in"
        (self.box / "M" / "new").mkdir(parents=True)
        (self.box / "M" / "cur").mkdir()
        self.made = 0
        self.read: set[str] = set()  # keys of what a run over the store has met
        self.write("a.eml", 1)

    def teardown(self) -> None:
        shutil.rmtree(self.top)

    def write(self, name: str, number: int) -> None:
        (self.box / name).write_text(mail(number))

    def files(self) -> list[Path]:
        return sorted(path for path in self.box.rglob("*") if path.is_file())

    def call(self, target: str, jobs: int, *how: str) -> int:
        return cli.main(["--quiet", "--jobs", str(jobs), *how, "--output", str(self.top / target), str(self.box)])

    @rule(number=NUMBERS, place=st.sampled_from(["{}.eml", "M/new/{}.host", "M/cur/{}.host:2,S", "box{}.mbox"]))
    def add(self, number: int, place: str) -> None:
        self.made += 1
        if place.endswith(".mbox"):
            (self.box / place.format(self.made)).write_text(f"{LINE}{mail(number)}\n")
        else:
            self.write(place.format(self.made), number)

    @rule(number=NUMBERS)
    def append(self, number: int) -> None:
        with (self.box / "all.mbox").open("a") as file:
            file.write(f"{LINE}{mail(number)}\n")

    @precondition(lambda self: len(self.files()) > 1)
    @rule(which=st.integers(0, 99))
    def remove(self, which: int) -> None:
        files = self.files()
        files[which % len(files)].unlink()

    @rule(which=st.integers(0, 99))
    def move(self, which: int) -> None:
        files = self.files()
        self.made += 1
        files[which % len(files)].rename(self.box / f"moved{self.made}{files[which % len(files)].suffix[:5]}")

    @rule(after=st.integers(0, 8), jobs=JOBS, output=st.sampled_from(["out.jsonl", "out.sqlite"]), batch=st.integers(1, 4))
    def kill_a_run(self, after: int, jobs: int, output: str, batch: int) -> None:
        child = os.fork()
        if child == 0:
            left = [after]
            add = Store.add

            def killed(store: Store, *args: object) -> None:
                left[0] -= 1
                if left[0] < 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                add(store, *args)  # type: ignore[arg-type]

            try:
                Store.add = killed  # type: ignore[method-assign,assignment]
                Store.__init__.__kwdefaults__["batch"] = batch
                self.call(output, jobs, *(["--by", "mail", "--resume"] if output.endswith("jsonl") else []))
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        if output.endswith("sqlite"):
            self.read |= self.stored()

    @rule(jobs=JOBS)
    def resume(self, jobs: int) -> None:
        assert self.call("out.jsonl", jobs, "--by", "mail", "--resume") == 0
        assert self.call("whole.jsonl", 0, "--by", "mail") == 0
        assert (self.top / "out.jsonl").read_bytes() == (self.top / "whole.jsonl").read_bytes()
        names = {path.name for path in self.top.iterdir()}
        beside = {".out.sqlite.lock", "out.sqlite-journal"}  # until the next run over the store
        assert names <= {"in", "out.jsonl", "whole.jsonl", "out.sqlite", *beside}

    @rule(jobs=JOBS)
    def bring_up_to_date(self, jobs: int) -> None:
        assert self.call("out.sqlite", jobs) == 0
        self.read |= {key_of(data) for data in self.contents()}
        assert self.stored() == self.read

    def contents(self) -> list[bytes]:
        from orderparse.mail import mailboxes

        return [one.data for one in mailboxes.find(self.box)]

    def stored(self) -> set[str]:
        if not (self.top / "out.sqlite").exists():
            return set()
        db = sqlite3.connect(self.top / "out.sqlite")
        try:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            try:
                keys = [key for (key,) in db.execute("SELECT key FROM mails")]
            except sqlite3.OperationalError:  # killed before its tables were made
                keys = []
        finally:
            db.close()
        assert len(keys) == len(set(keys))
        return set(keys)


@pytest.mark.skipif(not workers.available(), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize("steps", STEPS, ids=["some", "many"])
def test_a_run_that_goes_on_gives_what_a_run_from_the_beginning_gives(steps: tuple[int, int]) -> None:
    examples, count = steps
    how = settings(
        max_examples=examples, stateful_step_count=count, deadline=None, suppress_health_check=list(HealthCheck), derandomize=examples < 10
    )
    run_state_machine_as_test(Mailbox, settings=how)


@pytest.mark.skipif(not workers.available(), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize("jobs", [0, 2])
def test_mails_that_move_and_come_again_between_a_kill_and_the_next_run(jobs: int) -> None:
    box = Mailbox()
    try:
        for number in (2, 3, 4):
            box.add(number, "{}.eml")
        box.kill_a_run(after=3, jobs=jobs, output="out.jsonl", batch=1)
        assert (box.top / "out.jsonl.partial").exists()
        box.move(0)
        box.remove(1)
        box.add(3, "M/new/{}.host")
        box.append(5)
        box.resume(jobs)
    finally:
        box.teardown()
