"""No pattern of the product takes the square of a text's length, whatever the text: twice the text, at most 2.5 times the time."""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
import time
from functools import cache
from pathlib import Path

import pytest
import regex

import orderparse
from orderparse.knowledge import Knowledge
from orderparse.text.fold import fold
from orderparse.text.patterns import Lazy
from orderparse.text.pieces import cut

RATIO = 2.5
SIZE = 4_000  # characters: the square of that takes some ten milliseconds at the least
FAST = 0.002  # seconds below which nothing is the square of it
FLOOR = 0.005  # seconds below which a ratio says nothing
_PATTERNS = (re.Pattern, regex.Pattern)
_SCANNING = "search|finditer|findall|sub|subn|split|scanner"
UNITS = (
    "1", " ", "\u00a0", "-", "1 ", "1.", "1,", "1/", "1-", "a", "A", "A1", "a@", "@", "(", ")", "[", "<", "<a ", '"', "'", "\\", "=", "=?", "&", "&#", ";", ":", ".",
    "http://", "https://a.b/", "Order number ", "order", "\n", "\r\n", "\t", "\n ", "> ", "_", "/", "/*", "*", "<!--", "--", "a.", "a,b;", "x=1;", "aA1.-_/@", "EUR 1.", "1 Jan ",
    "\u00e4", "\u8a02", "\u0661", "\u200b", "#", "%", "12:", "2026-", "T12", "{", "}", "=3D", "|",
)  # fmt: skip


def _modules():
    for found in pkgutil.walk_packages(orderparse.__path__, "orderparse."):
        if not found.name.startswith("orderparse.training") and not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


@cache
def _sources() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in Path(orderparse.__file__).parent.rglob("*.py"))


@cache
def _scans(name: str) -> bool:
    """Whether a pattern (``module:name``) is looked for in a text; else only what a text begins with, or is, is compared with it."""
    module, _, name = name.rpartition(":")
    source = Path(str(sys.modules[module].__file__)).read_text(encoding="utf-8") if module else _sources()
    return re.search(rf"\b{re.escape(name)}(?:\[[^\]]*\])?\.(?:{_SCANNING})\b", source) is not None


def _walk():
    """All compiled patterns that can be reached from modules, classes and what the shipped files become."""
    knowledge = Knowledge.builtin()
    waiting = [
        (f"{module.__name__}:{name}", value) for module in _modules() for name, value in vars(module).items() if not name.startswith("__")
    ]
    waiting.append(("knowledge", knowledge))
    met: set[int] = set()
    while waiting:
        name, value = waiting.pop()
        value = value.compiled if isinstance(value, Lazy) else value
        if isinstance(value, _PATTERNS):
            yield name, value
            continue
        if id(value) in met or isinstance(value, str | bytes | int | float | type(None)):
            continue
        met.add(id(value))
        if isinstance(value, dict):
            waiting += [(name, entry) for pair in value.items() for entry in pair if not isinstance(entry, str | int)]
        elif isinstance(value, list | tuple | set | frozenset):
            waiting += [(name, entry) for entry in value if not isinstance(entry, str | int)]
        if isinstance(written := getattr(value, "pattern", None), str) and hasattr(sys.modules[type(value).__module__], "_compiled"):
            yield "pattern", sys.modules[type(value).__module__]._compiled(written)  # of a carrier's or merchant's number
        if type(value).__module__.startswith("orderparse") or (isinstance(value, type) and value.__module__.startswith("orderparse")):
            waiting += list(getattr(value, "__dict__", {}).items())
            own = value if isinstance(value, type) else type(value)
            for slot in (slot for one in own.__mro__ for slot in getattr(one, "__slots__", ())):
                if not isinstance(value, type) and hasattr(value, slot):
                    waiting.append((slot, getattr(value, slot)))


@cache
def patterns() -> list[tuple[str, re.Pattern]]:
    orderparse.parse(
        b"Subject: 3 March 2026\n\nOrder number: 4821 on 3 March 2026, https://shop.example/orders/4821"
    )  # what is built when it is needed
    return sorted(
        {(pattern.pattern, pattern.flags): (name, pattern) for name, pattern in _walk()}.values(), key=lambda one: str(one[1].pattern)
    )


def _seconds(pattern: re.Pattern, text: str | bytes, *, scans: bool, repeats: int = 1) -> float:
    best = float("inf")
    for _ in range(repeats):
        began = time.process_time()
        if scans:
            for _found in pattern.finditer(text):
                pass
        else:
            pattern.match(text)
            pattern.fullmatch(text)
        best = min(best, time.process_time() - began)
    return best


def slow(name: str, pattern: re.Pattern, units=UNITS) -> list[tuple[str, float]]:
    """The units of which a text of twice the length takes more than 2.5 times as long."""
    found = []
    scans = _scans(name)
    for unit in units:
        plain = unit * (SIZE // len(unit))
        text = plain.encode() if isinstance(pattern.pattern, bytes) else plain
        if _seconds(pattern, text, scans=scans) < FAST:
            continue
        size = 1
        once = _seconds(pattern, text, scans=scans, repeats=3)
        while once < FLOOR and size < 64:
            size *= 2
            once = _seconds(pattern, text * size, scans=scans, repeats=3)
        twice = _seconds(pattern, text * 2 * size, scans=scans, repeats=2)
        if twice <= RATIO * once:
            continue
        # Others use the machine: what is slow is so at each doubling.
        times = [_seconds(pattern, text * size * factor, scans=scans, repeats=3) for factor in (1, 2, 4)]
        if times[1] > RATIO * times[0] and times[2] > RATIO * times[1]:
            found.append((unit, times[2] / times[1]))
    return found


def test_the_patterns_of_modules_and_of_files_are_found():
    found = patterns()
    assert len(found) > 300
    assert any("href" in str(pattern.pattern) for _, pattern in found)


def test_a_share_of_the_patterns_takes_no_square_of_the_time():
    found = [(name, pattern.pattern, units) for name, pattern in patterns()[::20] if (units := slow(name, pattern))]
    assert found == []


@pytest.mark.slow
def test_no_pattern_takes_the_square_of_the_time():
    found = [(name, pattern.pattern, units) for name, pattern in patterns() if (units := slow(name, pattern))]
    assert found == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    [
        "order ",
        "order number ",
        "o",
        "a ",
        "1",
        "\u8a02\u55ae",
        "\u0e2b",
        "\u0627\u0644",
        "best\u00e4llning ",
        "tracking number: 1 ",
        " ",
        "-",
    ],
)
def test_the_table_of_phrases_takes_no_square_of_the_time(unit):
    phrases = Knowledge.builtin().phrases

    def seconds(size: int) -> float:
        text = fold(unit * (size // len(unit)))
        best = float("inf")
        for _ in range(3):
            began = time.process_time()
            phrases.find(cut(text))
            best = min(best, time.process_time() - began)
        return best

    seconds(1000)
    # Others use the machine: what is slow is so at each doubling.
    once, twice, again = (max(seconds(size), FLOOR) for size in (100_000, 200_000, 400_000))
    assert twice <= RATIO * once or again <= RATIO * twice
