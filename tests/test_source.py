"""What holds for the source as a whole."""

import re
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "orderparse"
MODULES = sorted(PACKAGE.rglob("*.py"))


def test_no_pattern_repeats_a_group_possessively():
    # CPython before 3.11.5 matches "(?:...)*+" wrongly where the group backtracks (gh-106052): "(?>(?:...)*)" is right everywhere.
    possessive = re.compile(r"\)(?:[*+?]|\{\{?[0-9,]+\}?\})\+[^+*?]")
    found = [
        f"{path.name}:{number}"
        for path in MODULES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if possessive.search(line) and not line.lstrip().startswith("#") and re.search(r"\br?[fb]?r?[\"']", line)
    ]
    assert found == []


def test_modules_are_small_and_say_what_they_hold():
    for path in MODULES:
        lines = path.read_text(encoding="utf-8").splitlines()
        assert len(lines) <= 400, path
        assert lines[0].lstrip("r").startswith('"""'), path


def test_no_name_of_a_module_names_nothing():
    assert not {path.stem for path in MODULES} & {"util", "utils", "helper", "helpers", "common", "misc", "base", "manager", "core"}


def test_no_file_lies_beside_those_that_belong_there():
    beside = {path.name for path in PACKAGE.parent.iterdir() if path.is_file() and not path.name.startswith(".")}
    assert beside <= {"pyproject.toml", "README.md", "LICENSE"}
