"""Data files: TOML of languages, carriers, merchants and currencies, and errors that say where a file is wrong.

What is wrong with a file is said with its name, the line and what is allowed there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

from orderparse.errors import KnowledgeError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from enum import StrEnum
    from pathlib import Path

T = TypeVar("T")
E = TypeVar("E", bound="StrEnum")
_LINE = re.compile(r" ?\(at line (\d+), column \d+\)")


class WrongEntryError(ValueError):
    """An entry that the schema does not allow; ``written`` is what stands there in the file, if anything does."""

    def __init__(self, message: str, written: str = "") -> None:
        super().__init__(message)
        self.written = written


def load(path: Path, build: Callable[[Mapping[str, Any]], T]) -> T:
    """What a file's table builds.

    Raises:
        KnowledgeError: The file cannot be read, is no TOML, or not as the schema says.

    """
    import tomllib  # noqa: PLC0415  # what the package brings is compiled: no file is read at a usual start

    text = ""
    try:
        text = path.read_text(encoding="utf-8")
        return build(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        at = _LINE.search(str(error))
        line = at[1] if at else len(text.splitlines())  # "at end of document"
        msg = f"{path}:{line}: no TOML: {_LINE.sub('', str(error))}"
        raise KnowledgeError(msg) from error
    except WrongEntryError as error:
        line = _line(text, error.written)
        msg = f"{path}:{line}: {error}" if line else f"{path}: {error}"
        raise KnowledgeError(msg) from error
    except KeyError as error:
        msg = f"{path}: {error.args[0]} is missing"
        raise KnowledgeError(msg) from error
    except (OSError, UnicodeDecodeError, AttributeError, TypeError, ValueError) as error:
        msg = f"{path}: {error}"
        raise KnowledgeError(msg) from error


def known(table: Mapping[str, Any], keys: frozenset[str] | set[str], where: str) -> None:
    """Refuse keys that the schema does not know.

    >>> known({"name": "X", "shoe_size": 43}, {"name", "home"}, "the file")
    Traceback (most recent call last):
    orderparse.datafiles.WrongEntryError: the file has the unknown key shoe_size; allowed are home, name
    """
    if not hasattr(table, "keys"):
        msg = f"{where}: a table is wanted"
        raise WrongEntryError(msg, where.strip("[]"))
    if not keys.issuperset(table):
        unknown = sorted(table.keys() - keys)
        msg = f"{where} has the unknown key {unknown[0]}; allowed are {', '.join(sorted(keys))}"
        raise WrongEntryError(msg, unknown[0])


def text(table: Mapping[str, Any], key: str) -> str:
    """A text that a file must have."""
    value = table[key]
    if not isinstance(value, str) or not value.strip():
        msg = f"{key}: a text is wanted"
        raise WrongEntryError(msg, key)
    return value


def strings(table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """A list of texts; none if the file does not have it."""
    if key not in table:
        return ()
    found = table[key]
    if not isinstance(found, list) or not all(isinstance(string, str) and string for string in found):
        msg = f"{key}: a list of strings is wanted"
        raise WrongEntryError(msg, key)
    return tuple(found)


def member(kind: type[E], value: Any, where: str) -> E:
    """The member of an enum that a file names."""
    try:
        return kind(value)
    except ValueError:
        msg = f"{where}: {value!r} is none of {', '.join(kind)}"
        raise WrongEntryError(msg, str(value)) from None


def _line(text: str, written: str) -> int:
    """The line where a key or a value stands, from 1; 0 if it is not found."""
    if not written:
        return 0
    key = re.compile(rf"\s*\[*\s*(?:[\w.]+\.)?[\"']?{re.escape(written)}[\"']?\s*[=\]]")
    lines = text.splitlines()
    for found in (key.match, lambda line: written in line.partition(" #")[0] and not line.lstrip().startswith("#")):
        for number, line in enumerate(lines, 1):
            if found(line):
                return number
    return 0
