"""Authentication-Results (RFC 8601): what the reader's own server found out about the sender.

Anyone can write such a field. Only the topmost one with the identifier of the reader's own server says something
(sections 5 and 7.1): the reader tells that identifier, or the mailbox does, in most of whose mails it stands on top.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from orderparse.mail import headers
from orderparse.records import Authentication
from orderparse.text.patterns import lazy
from orderparse.values.links import registrable

if TYPE_CHECKING:
    from collections.abc import Iterable

_RESULT: Final = lazy(r"(dmarc|dkim|spf)\s*(?:/\s*\d+\s*)?=\s*([a-z]+)")
_RESULTS: Final = frozenset({"none", "pass", "fail", "softfail", "neutral", "policy", "temperror", "permerror"})
_PIECE: Final = lazy(r'"(?>(?:[^"\\]|\\.){0,1000})"|\\.|[()]|[^"\\()]++|["\\]', re.DOTALL)
_LENGTH: Final = 64 << 10  # characters of a field
_FROM: Final = lazy(r"\bheader\.from\s*=\s*\"?([^\s;\"]{1,253})")
_IDENTIFIER: Final = lazy(r"[a-z0-9](?:[a-z0-9._-]{0,251}[a-z0-9])?")
_FEWEST: Final = 5  # mails of which a majority says something
SAMPLE: Final = 200  # mails at the beginning of a mailbox that are asked
_SAMPLE_BYTES: Final = 64 << 10  # of each


def read(fields: Iterable[str], authserv_id: str | None, domain: str = "") -> Authentication:
    """Results of the topmost field whose authserv-id is the given one; of several DKIM signatures one that passes.

    ``domain`` is that of the mail's From: what DMARC found of another domain says nothing of it. Of several results of DMARC
    or SPF one that fails counts.

    >>> read(["mx.example.net; spf=pass smtp.mailfrom=a.example; dkim=fail; dkim=pass"], "mx.example.net")
    Authentication(dmarc='unknown', dkim='pass', spf='pass')
    >>> read(["mx.evil.example; dmarc=pass"], "mx.example.net").dmarc
    'unknown'
    """
    if not authserv_id:
        return Authentication()
    for field in fields:
        server, *results = _pieces(field[:_LENGTH])
        if server.split()[:1] == [authserv_id.lower()]:
            return _results(results, domain)
    return Authentication()


def own_server(mails: Iterable[bytes]) -> str | None:
    r"""The identifier that stands on top in more than half of the mails: that of the reader's own server.

    Mails without such a field count too, so a few that bring a field of their own decide nothing.

    >>> mail = b"Authentication-Results: mx.example.net; dmarc=pass\nFrom: a@b.example\n\nx"
    >>> own_server([mail] * 5), own_server([mail] * 5 + [b"From: a@b.example\n\nx"] * 5)
    ('mx.example.net', None)
    """
    met: Counter[str] = Counter()
    count = 0
    for mail in mails:
        count += 1
        fields = headers.split(mail[:_SAMPLE_BYTES].replace(b"\r\n", b"\n").partition(b"\n\n")[0] + b"\n").fields
        top = next(iter(fields.get(b"authentication-results", ())), None)
        if top is not None:
            first = _pieces(headers.unfold(top).decode("latin-1")[:_LENGTH])[0].split()[:1]
            met.update(name for name in first if _IDENTIFIER.fullmatch(name))
    best = met.most_common(1)
    return best[0][0] if best and count >= _FEWEST and best[0][1] * 2 > count else None


def _results(results: Iterable[str], domain: str) -> Authentication:
    found: dict[str, str] = {}
    for result in results:
        method = _RESULT.match(result.strip())
        if method is None or method[2] not in _RESULTS:
            continue
        name, value = method[1], method[2]
        if name == "dmarc" and value == "pass" and domain:
            of = _FROM.search(result)
            if of is not None and registrable(of[1].rpartition("@")[2]) != registrable(domain):
                continue
        if name not in found or value == ("pass" if name == "dkim" else "fail"):
            found[name] = value
    return Authentication(**found)


def _pieces(field: str) -> list[str]:
    """What semicolons part, without comments, in lower case; a semicolon in quotes parts nothing."""
    kept: list[str] = []
    depth = 0
    for piece in _PIECE.findall(field.lower()):
        if piece == "(":
            depth += 1
        elif piece == ")":
            depth -= depth > 0
        elif not depth:
            kept.append(piece.replace(";", " ") if piece[:1] == '"' else piece)
    return "".join(kept).split(";")
