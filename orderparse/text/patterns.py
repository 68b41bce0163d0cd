"""Patterns that are compiled when they are first used: a mail needs half of them, and to compile all takes as long as reading it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, AnyStr, cast

if TYPE_CHECKING:
    from collections.abc import Iterable


def lazy(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """A pattern as :func:`re.compile` gives it, which is compiled at its first use.

    >>> word = lazy("[a-z]+")
    >>> word.findall("a bc"), word.pattern
    (['a', 'bc'], '[a-z]+')

    Raises:
        re.error: The pattern is wrong. Raised when it is used.

    """
    return cast(re.Pattern[AnyStr], Lazy(pattern, flags))


def inside(chars: Iterable[str]) -> str:
    r"""The inside of a character class: hundreds of characters as the ranges that they make are compiled and looked for in no time.

    >>> inside("dab]c")
    '\\]-\\]a-d'
    """
    codes = {*map(ord, chars)}
    first = sorted(code for code in codes if code - 1 not in codes)
    last = sorted(code for code in codes if code + 1 not in codes)
    return "".join(f"{re.escape(chr(start))}-{re.escape(chr(end))}" for start, end in zip(first, last, strict=True))


class Lazy:
    """Takes over each method of the compiled pattern when it is asked for it, so that the next call finds it as its own."""

    def __init__(self, pattern: Any, flags: int) -> None:
        self._told = pattern, flags

    def __getattr__(self, name: str) -> Any:
        value = re.compile(*self._told) if name == "compiled" else getattr(self.compiled, name)
        setattr(self, name, value)
        return value
