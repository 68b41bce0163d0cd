"""Authentication-Results (RFC 8601): what the reader's own server found out about the sender.

Anyone can write such a field. Only the topmost one with the identifier of the reader's own
server says something, and only if the reader told that identifier.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from orderparse.records import Authentication

if TYPE_CHECKING:
    from collections.abc import Iterable

_RESULT: Final = re.compile(r"(dmarc|dkim|spf)\s*(?:/\s*\d+\s*)?=\s*([a-z]+)")
_RESULTS: Final = frozenset({"none", "pass", "fail", "softfail", "neutral", "policy", "temperror", "permerror"})
_PIECE: Final = re.compile(r'"(?>(?:[^"\\]|\\.){0,1000})"|\\.|[()]|[^"\\()]++|["\\]', re.DOTALL)
_LENGTH: Final = 64 << 10  # characters of a field


def read(fields: Iterable[str], authserv_id: str | None) -> Authentication:
    """Results of the topmost field whose authserv-id is the given one; of several DKIM signatures one that passes.

    >>> read(["mx.example.net; spf=pass smtp.mailfrom=a.example; dkim=fail; dkim=pass"], "mx.example.net")
    Authentication(dmarc='unknown', dkim='pass', spf='pass')
    >>> read(["mx.evil.example; dmarc=pass"], "mx.example.net").dmarc
    'unknown'
    """
    if not authserv_id:
        return Authentication()
    for field in fields:
        server, *results = _without_comments(field[:_LENGTH]).lower().split(";")
        if server.split()[:1] == [authserv_id.lower()]:
            return _results(results)
    return Authentication()


def _results(results: Iterable[str]) -> Authentication:
    found: dict[str, str] = {}
    for result in results:
        method = _RESULT.match(result.strip())
        if method and method[2] in _RESULTS and (method[1] not in found or method[2] == "pass"):
            found[method[1]] = method[2]
    return Authentication(**found)


def _without_comments(field: str) -> str:
    kept: list[str] = []
    depth = 0
    for piece in _PIECE.findall(field):
        if piece == "(":
            depth += 1
        elif piece == ")":
            depth -= depth > 0
        elif not depth:
            kept.append(piece)
    return "".join(kept)
