"""The codes of defects are stable: each that the product can give is in the README's table, and no other."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from orderparse.assemble import doubts

ROOT = Path(__file__).parents[1]
_PLACES = {
    "note": slice(0, 1),
    "Content": slice(1, None),
    "_failed": slice(2, 3),
    "lost": slice(1, 2),
    "_lost": slice(1, 2),
    "_lose": slice(1, 2),
}


def _given() -> set[str]:
    """The codes that stand in the source, wherever a defect is made."""
    found = set(doubts.REASONS)
    for path in (ROOT / "orderparse").rglob("*.py"):
        if "training" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            where = (
                [word.value for word in node.keywords if word.arg == "code"]
                if name == "Defect"
                else node.args[_PLACES.get(name, slice(0, 0))]
            )
            literals = (
                inner.value
                for place in where
                if not isinstance(place, ast.Call)
                for inner in ast.walk(place)
                if isinstance(inner, ast.Constant)
            )
            found |= {code for code in literals if isinstance(code, str) and re.fullmatch(r"[a-z][a-z0-9_]+", code)}
    return found


def _listed() -> list[str]:
    table = re.search(r"<!-- defects -->\n(.*?)\n<!-- /defects -->", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert table is not None
    return re.findall(r"^\| `([a-z0-9_]+)` \|", table[1], re.MULTILINE)


def test_every_code_is_in_the_table_once_in_order() -> None:
    assert _listed() == sorted(_given())
