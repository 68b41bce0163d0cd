"""The README says what is so: its lists, its Python, its command's output."""

import contextlib
import io
import re
from pathlib import Path

import pytest

from orderparse.cli import main
from orderparse.knowledge import Knowledge
from orderparse.training.language_check import covers
from orderparse.training.layouts import LAYOUTS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def listed(name):
    return re.search(rf"<!-- {name} -->\n(.*?)\n<!-- /{name} -->", README, re.DOTALL)[1]


def test_all_languages_are_listed():
    assert listed("languages") == "\n".join(covers(Knowledge.builtin().languages.values()))


def test_all_carriers_are_listed():
    assert listed("carriers") == ", ".join(sorted({carrier.name for carrier in Knowledge.builtin().carriers.values()}, key=str.casefold))


def test_all_merchants_are_listed():
    merchants = Knowledge.builtin().merchants.by_code.values()
    assert listed("merchants") == ", ".join(sorted({merchant.name for merchant in merchants}, key=str.casefold))


def test_there_are_two_set_up_commands():
    assert len(re.findall(r"^<!-- (run|test) -->$", README, re.MULTILINE)) == 2
    assert len(re.findall(r"python3 -m venv", README)) == 2


def test_the_python_of_the_readme_runs(monkeypatch):
    monkeypatch.chdir(ROOT)
    (code,) = re.findall(r"\n\n```python\n(.*?)```", README, re.DOTALL)  # those of other sections have marks, and tests
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown):
        exec(compile(code, "README.md", "exec"), {})
    assert "delivered" in shown.getvalue()
    assert len(code.splitlines()) <= 12


def test_the_table_of_the_readme_is_what_the_command_prints(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "110")
    assert main(["--quiet", "fixtures/mailbox"]) == 0
    table = re.search(r"\$ parse-mail fixtures/mailbox\n(.*?)```", README, re.DOTALL)[1]
    printed = "\n".join(line.rstrip() for line in capsys.readouterr().out.strip("\n").splitlines())
    assert table.strip("\n") == printed


def test_what_the_readme_says_of_a_number_is_what_the_command_prints(capsys):
    number, hint, printed = re.search(r"\$ parse-mail --identify (\S+) --hint (\S+)\n(.*?)```", README, re.DOTALL).groups()
    assert main(["--identify", number, "--hint", hint]) == 0
    assert capsys.readouterr().out == printed


@pytest.mark.parametrize("word", ["coming soon", "blazing", "to be done"])
def test_the_readme_promises_nothing(word):
    assert word not in README


def test_the_number_of_layouts_is_that_of_the_generator():
    assert f"in {len(LAYOUTS)} layouts" in README
