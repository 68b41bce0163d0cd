"""Click wrappers: links of mail gateways, newsletter services and search engines that carry their target in themselves.

Sources: the vendors' own descriptions (Microsoft Safe Links, Proofpoint URL Defense v1 to v3, Amazon SES
click tracking, Mailchimp Transactional) and what their links look like.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from orderparse.text.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orderparse.values.links import Url

# Wrappers known by host: the part of the host they end with, the path they begin with, the parameter with the target.
_KNOWN = (
    (".safelinks.protection.outlook.com", "", "url"),
    (".safelinks.protection.office365.us", "", "url"),
    ("urldefense.proofpoint.com", "v1", "u"),
    ("l.facebook.com", "l.php", "u"),
    ("lm.facebook.com", "l.php", "u"),
    ("l.instagram.com", "", "u"),
    ("linkprotect.cudasvc.com", "url", "a"),
)
_GOOGLE = lazy(r"(?:www\.)?google\.[a-z]{2,3}(?:\.[a-z]{2})?")
_AMAZON = lazy(r"(?:[a-z0-9-]+\.)*amazon\.[a-z]{2,3}(?:\.[a-z]{2})?")
_PROOFPOINT = frozenset({"urldefense.proofpoint.com", "urldefense.com", "urldefense.us"})
_PROOFPOINT_V3 = lazy(r"/v3/__(.+?)__;([A-Za-z0-9_-]*=*)!", re.DOTALL)
_PROOFPOINT_RUNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

# Names of parameters that hold where a click leads to. Names for the way back (returnUrl, redirect_uri,
# continue, next, ref) are no such names: tracking and login pages have them.
_TARGETS = frozenset(
    {
        *("url", "u", "uri", "href", "link", "linkurl", "goto", "out", "loc", "deeplink", "clickurl", "landingurl"),
        *("target", "targeturl", "dest", "desturl", "destination", "destinationurl", "durl", "rurl"),
        *("redirect", "redirecturl", "redirectto", "redir"),
        *("desktopurl", "fallbackurl", "afwebdp", "ued", "murl", "mpre"),  # Branch, AppsFlyer, Awin, Rakuten, eBay
    }
)
# Names that mean this only in a redirector: one whose path says so, or that has no other parameter.
_TARGETS_OF_REDIRECTORS = frozenset({"q", "r", "to", "l", "d"})
_REDIRECTOR = lazy(
    r"(?:click|clk|redir|redirect|redirector|outgoing|away|goto|leave|dereferrer|open|cl0|l0|ls|ct|r|l|c|out|go)[0-9]?", re.IGNORECASE
)
_REDIRECTOR_WORD = lazy(r"click|redir|deref", re.IGNORECASE)
# A page that shows an order or a parcel keeps its own parameters, whatever else it links back to.
_OF_ORDER = lazy(
    r"order|track|parcel|paket|pakk?e|package|shipment|consign|sendung|kolli|colis|envio|pedido|commande|bestell|invoice|barcode|waybill|awb"
    r"|\A(?:code|tn|nr|no|num|nums|number|oid)\Z",
    re.IGNORECASE,
)
_OWN_VALUE = lazy(r"(?=[^0-9]{0,39}[0-9])[A-Za-z0-9][A-Za-z0-9 ._/-]{3,39}")
_ABSOLUTE = lazy(r"https?:(?://|%2f%2f)", re.IGNORECASE)
_TARGET_HOST = lazy(r"https?://(?:[^/\\?#@]*@)?([^/\\?#@:]+\.[^/\\?#@:]+)", re.IGNORECASE)
_PAYLOAD_KEYS = ("url", "u", "href", "target", "redirect", "link", "destination", "p")
_PAYLOAD_NAMES = frozenset({"p", "data", "payload", "e", "t"})
# base64 of "http" and of '{"'
_PAYLOAD = lazy(r"(?:aHR0c|eyJ)[A-Za-z0-9+/_-]{8,}={0,2}")


def target(url: Url) -> str | None:
    """Absolute URL that a wrapper leads to; None for a page of its own.

    A parameter named as where a click leads to is believed if its value is an absolute http(s) URL,
    or base64 of one, on another host, and if the outer URL has no order or parcel number of its own.
    """
    found = _known(url) or _proofpoint(url) or _in_path(url)
    if found:
        return found
    others = tuple((name, value) for name, value in url.params if not _ABSOLUTE.match(value))
    if any(_OF_ORDER.search(name) and _OWN_VALUE.fullmatch(value) for name, value in others):
        return None
    redirector = bool(_REDIRECTOR_WORD.search(url.host)) or any(
        _REDIRECTOR.fullmatch(segment) or _REDIRECTOR_WORD.search(segment) for segment in url.segments
    )
    if not redirector and any(name.lower() == "id" and _OWN_VALUE.fullmatch(value) for name, value in others) and _shows_order(url):
        return None
    for name, value in url.params:
        plain = re.sub(r"[^a-z0-9]", "", name.lower())
        if plain in _TARGETS or (plain in _TARGETS_OF_REDIRECTORS and (redirector or len(url.params) == 1)):
            found = _absolute(value) or _payload(value)
        elif plain in _PAYLOAD_NAMES:
            found = _payload(value)
        else:
            continue
        if found and (redirector or _host(found) != url.host):
            return found
    return None


def _shows_order(url: Url) -> bool:
    return any(_OF_ORDER.search(segment) for segment in (url.host, *url.segments))


def _known(url: Url) -> str | None:
    first = url.segments[0].lower() if url.segments else ""
    for host, path, name in _KNOWN:
        if (url.host.endswith(host) if host.startswith(".") else url.host == host) and (not path or first == path):
            return _first(url.params, (name,))
    if first == "url" and _GOOGLE.fullmatch(url.host):
        return _first(url.params, ("q", "url"))
    if url.segments[-2:] == ("gp", "r.html") and _AMAZON.fullmatch(url.host):
        return _first(url.params, ("U",))
    return None


def _first(params: Iterable[tuple[str, str]], names: tuple[str, ...]) -> str | None:
    return next((found for name, value in params if name in names and (found := _absolute(value))), None)


def _proofpoint(url: Url) -> str | None:
    if url.host not in _PROOFPOINT:
        return None
    if url.segments[:1] == ("v2",):
        coded = next((value for name, value in url.params if name == "u"), "")
        return _absolute(unquote(coded.replace("-", "%").replace("_", "/")))
    match = _PROOFPOINT_V3.search(url.text)
    if match is None:
        return None
    try:
        replaced = _decoded(match[2])
    except ValueError:
        return None
    at = 0

    def put_back(mark: re.Match[str]) -> str:
        nonlocal at
        length = 2 + _PROOFPOINT_RUNS.index(mark[1]) if mark[1] else 1
        at += length
        return replaced[at - length : at]

    shown = re.sub(r"\A(https?:/)(?=[^/])", r"\1/", match[1], flags=re.IGNORECASE)
    return _absolute(re.sub(r"\*(?:\*([A-Za-z0-9_-]))?", put_back, shown))


def _in_path(url: Url) -> str | None:
    for before, segment in zip(("", *url.segments), url.segments, strict=False):
        if _ABSOLUTE.match(segment) and (url.host.endswith(".awstrack.me") or _REDIRECTOR.fullmatch(before) or "secure-web" in url.host):
            return _absolute(segment)
        if _PAYLOAD.match(segment):
            found = _payload(segment)
            if found:
                return found
    return None


def _absolute(value: str) -> str | None:
    value = value.strip()
    if not _ABSOLUTE.match(value):
        return None
    if "://" not in value[:8]:
        value = unquote(value)
    return value if _host(value) else None


def _host(url: str) -> str:
    match = _TARGET_HOST.match(url)
    return match[1].lower().rstrip(".") if match else ""


def _payload(value: str) -> str | None:
    """URL in base64, or in base64 of JSON (also as the second part of a JSON Web Token)."""
    for part in value.split(".")[:2]:
        if _PAYLOAD.fullmatch(part):
            try:
                found = _in_json(_decoded(part))
            except (ValueError, RecursionError):
                continue
            if found:
                return found
    return None


def _in_json(text: str) -> str | None:
    for _ in range(3):  # Mailchimp: JSON in a string of JSON
        found = _absolute(text)
        if found:
            return found if found.isprintable() else None
        table = json.loads(text)
        if not isinstance(table, dict):
            return None
        text = next((table[key] for key in _PAYLOAD_KEYS if isinstance(table.get(key), str)), "")
    return None


def _decoded(coded: str) -> str:
    bare = coded.rstrip("=")
    altchars = None if "+" in bare or "/" in bare else b"-_"
    try:
        raw = base64.b64decode(bare + "=" * (-len(bare) % 4), altchars=altchars)
    except binascii.Error as error:
        raise ValueError(coded) from error
    return raw.decode("utf-8")
