"""A small share of the fuzzing at every run; with ``-m fuzz`` a hundred thousand executions of both targets."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

SHARE = {"parse": 60, "mailbox": 1000}
FOUND = sorted(Path(__file__).with_name("found").iterdir())
WHOLE = {"parse": 12_000, "mailbox": 88_000}


def loaded() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fuzz_targets", Path(__file__).with_name("targets.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", SHARE)
def test_random_changes_break_no_law(name: str) -> None:
    seed = 0 if os.environ.get("CI") else int.from_bytes(os.urandom(4), "big")
    assert loaded().run_plain(name, runs=SHARE[name], seconds=60, seed=seed) > 0


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.stem)
def test_what_was_found_once_breaks_no_law_any_more(path: Path) -> None:
    loaded().TARGETS[path.stem.partition("-")[0]][0](path.read_bytes())


def test_what_breaks_a_law_is_told_and_kept(tmp_path: Path) -> None:
    targets = loaded()
    targets.TARGETS["parse"] = (lambda data: 1 // (b"Order" not in data), targets.seeds)
    with pytest.raises(ZeroDivisionError) as caught:
        targets.run_plain("parse", runs=1000, seconds=60, keep=tmp_path)
    (path,) = tmp_path.iterdir()
    assert b"Order" in path.read_bytes()
    assert str(path) in "".join(caught.value.__notes__)


@pytest.mark.fuzz
def test_a_hundred_thousand_executions_break_no_law(tmp_path: Path) -> None:
    script = str(Path(__file__).with_name("targets.py"))
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    begun = [
        subprocess.Popen(
            [sys.executable, script, name, "--runs", str(runs), "--seconds", "3600", "--keep", str(tmp_path)],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment,
        )
        for name, runs in WHOLE.items()
    ]  # fmt: skip
    told = [process.communicate()[0] for process in begun]
    assert [process.returncode for process in begun] == [0, 0], "\n".join(text[-3000:] for text in told)
    assert not list(tmp_path.iterdir())
    done = sum(
        int(number) for text in told for number in re.findall(r"^Done (\d+) runs|^(\d+) executions", text, re.MULTILINE)[-1] if number
    )
    assert done >= sum(WHOLE.values())
