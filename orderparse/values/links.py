"""URLs (RFC 3986, read as browsers read them): their parts, with click wrappers undone, and where they stand in text.

Nothing here touches the network. What a wrapper does not carry in itself stays unknown.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, unquote_plus

from orderparse.text import suffixes
from orderparse.text.patterns import lazy
from orderparse.text.span import Span
from orderparse.values import wrappers

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 8_000  # characters; a longer URL keeps its host and path only
_LEVELS = 3  # a wrapper in a wrapper in a wrapper: mail gateway, newsletter service, shop
_LONGEST_HOST = 253  # RFC 1035


class Url(NamedTuple):
    """The parts of a URL, after unwrapping.

    ``text`` is the URL that the parts come from. ``host`` is in lower case without user, port and
    trailing dot, and empty where there is none. ``segments`` are the decoded parts of the path, and
    of a fragment that is a path itself (``#/track/4821``); none is empty. ``params`` are the decoded
    parameters in order: of the path (``;id=1``), of the query, of the fragment.
    """

    text: str
    scheme: str = ""
    host: str = ""
    segments: tuple[str, ...] = ()
    params: tuple[tuple[str, str], ...] = ()
    fragment: str = ""


_PARTS = lazy(r"(?:([A-Za-z][A-Za-z0-9+.-]{0,20}):)?(?:[/\\]{2}([^/\\?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL)
_AMPERSANDS = lazy(r"&(?:amp|#38|#x26);", re.IGNORECASE)
_HOST = lazy(r"[\w-]++(?>(?:\.[\w-]++)*)|\[[0-9a-f:.]+\]")
_PORT = lazy(r":[0-9]*\Z")
# A semicolon parts parameters only where another name and value follow.
_BETWEEN = lazy(r"&|;(?=[^&;=]++=)")


def parse(url: str) -> Url:
    """Parts of a URL; total: what is no web address gives an empty host.

    >>> parse("https://shop.example/orders/48%2D21?id=7&amp;lang=sv#/track?n=1")[1:5]
    ('https', 'shop.example', ('orders', '48-21', 'track'), (('id', '7'), ('lang', 'sv'), ('n', '1')))
    >>> parse("https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fshop.example%2Fo%2F4821&data=x").text
    'https://shop.example/o/4821'
    >>> parse("https://shop.example@other.example:8080/").host
    'other.example'
    >>> parse("mailto:a@shop.example").host, parse("/orders/4821").host
    ('', '')
    """
    outer = _split(url)
    for _ in range(_LEVELS):
        target = wrappers.target(outer) if outer.host else None
        inner = _split(target) if target else None
        if inner is None or not inner.host:
            break
        outer = inner
    return outer


def _split(url: str) -> Url:
    text = url.strip()
    if len(text) > LONGEST:
        text = re.split(r"[?#]", text[:LONGEST], maxsplit=1)[0]
    text = text.replace("\n", "").replace("\r", "").replace("\t", "")  # as browsers do; mails break long URLs
    for _ in range(_LEVELS):  # "&amp;amp;" comes from escaping twice
        text = _AMPERSANDS.sub("&", text)
    match = _PARTS.fullmatch(text)
    if match is None:
        return Url(text)
    scheme, authority, path, query, fragment = (part or "" for part in match.groups())
    scheme = scheme.lower()
    host = _host(authority) if scheme in {"http", "https", ""} else ""
    if not host:
        return Url(text, scheme)
    segments: list[str] = []
    params: list[tuple[str, str]] = []
    _add_path(path, segments, params)
    _add_params(query, params)
    route, _, route_query = fragment.partition("?")
    if route.startswith(("/", "!/")):
        _add_path(route.removeprefix("!"), segments, params)
    elif "=" in route:
        _add_params(route, params)
    _add_params(route_query, params)
    return Url(text, scheme, host, tuple(segments), tuple(params), unquote(fragment))


def _host(authority: str) -> str:
    host = unquote(authority.rpartition("@")[2])
    if not host.isascii():
        host = unicodedata.normalize("NFKC", host).replace("\u3002", ".")
    host = _PORT.sub("", host).lower().rstrip(".")
    if len(host) > _LONGEST_HOST or not _HOST.fullmatch(host):
        return ""
    return host.strip("[]")


def _add_path(path: str, segments: list[str], params: list[tuple[str, str]]) -> None:
    for part in path.replace("\\", "/").split("/"):
        segment, _, matrix = part.partition(";")
        if matrix and "=" not in matrix:
            segment, matrix = part, ""
        if segment:
            segments.append(unquote(segment))
        _add_params(matrix, params)


def _add_params(query: str, params: list[tuple[str, str]]) -> None:
    if not query:
        return
    for pair in _BETWEEN.split(query):
        name, equals, value = pair.partition("=")
        if name or equals:
            params.append((unquote_plus(name), unquote_plus(value)))


_END = lazy(r"""[\s<>"`{}|^\u00ab\u00bb\u2018-\u201f\u3000-\u3002\u3008-\u3011\uff08\uff09\uff0c\uff1b]""")
_NOT_LAST = frozenset(".,;:!?'*_~\u2026")
_BRACKETS = {")": "(", "]": "["}


def spans(text: str) -> Iterator[Span]:
    """Where http(s) URLs stand in plain text, without the punctuation and the brackets around them.

    >>> text = "See (https://shop.example/a_(b)). Or <http://x.example/>, not ftp://x.example"
    >>> [text[span.slice] for span in spans(text)]
    ['https://shop.example/a_(b)', 'http://x.example/']
    """
    at = text.find("://")
    while at >= 0:
        start = _scheme_start(text, at)
        end = at + 3
        if start is not None:
            stop = _END.search(text, end)
            end = stop.start() if stop else len(text)
            last = _without_tail(text, start, end)
            if last > at + 3:
                yield Span(start, last)
        at = text.find("://", end)


def find(text: str) -> Iterator[tuple[Span, Url]]:
    """Find the http(s) URLs of plain text and where they stand.

    >>> [(span, url.host) for span, url in find("Follow it: https://www.Carrier.example/4821.")]
    [(Span(start=11, end=43), 'www.carrier.example')]
    """
    for span in spans(text):
        yield span, parse(text[span.slice])


def _scheme_start(text: str, at: int) -> int | None:
    for scheme in ("https", "http"):
        start = at - len(scheme)
        if start >= 0 and text[start:at].lower() == scheme:
            before = text[start - 1 : start]
            return None if before.isascii() and before.isalnum() else start
    return None


def _without_tail(text: str, start: int, end: int) -> int:
    surplus = {close: text.count(close, start, end) - text.count(opening, start, end) for close, opening in _BRACKETS.items()}
    while end > start:
        char = text[end - 1]
        if surplus.get(char, 0) > 0:
            surplus[char] -= 1
        elif char not in _NOT_LAST:
            break
        end -= 1
    return end


@lru_cache(maxsize=4096)
def registrable(host: str) -> str:
    """Domain that someone registered, by the Public Suffix List (https://publicsuffix.org/).

    Under an unknown top-level domain these are the last two labels. An address, a public suffix
    or a single label is given back as it is.

    >>> registrable("www.shop.co.uk"), registrable("mail.shop.se.example"), registrable("10.0.0.7")
    ('shop.co.uk', 'se.example', '10.0.0.7')
    """
    host = host.lower().strip(".")
    if ":" in host or host.replace(".", "").isdecimal():
        return host
    try:
        # As it is registered; the labels correspond one to one.
        found = suffixes.private_suffix(host if host.isascii() else host.encode("idna").decode("ascii"))
    except UnicodeError:
        return host
    return ".".join(host.split(".")[-(found.count(".") + 1) :]) if found else host
