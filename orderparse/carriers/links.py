"""Links to the pages of carriers: which number they carry, and how certain that is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from orderparse import checkdigits
from orderparse.carriers import SEPARATORS
from orderparse.text.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orderparse.carriers import Carrier, Link


class Url(Protocol):
    """The parts of a link: ``host`` in lower case, path ``segments`` and ``params`` percent-decoded."""

    @property
    def host(self) -> str: ...  # noqa: D102  # see the class
    @property
    def segments(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def params(self) -> Sequence[tuple[str, str]]: ...  # noqa: D102
    @property
    def fragment(self) -> str: ...  # noqa: D102


# Parameters that any page has: their value must also look like one of the carrier's numbers to be certain.
GENERIC_PARAMS = frozenset({"id", "q", "code", "number", "match", "ref", "reference", "search", "query", "item", "b", "n"})


def number_in_link(carrier: Carrier, url: Url) -> Iterator[tuple[str, bool]]:
    """Yield the numbers that a link to one of the carrier's pages carries, as written, and whether each is certain.

    Certain is a number in a place that is made for it, unless its check digit is wrong, and in a place that
    may hold anything (``?id=``, a path of one segment) one that has a format of the carrier or of the UPU.
    """
    seen = set()
    for link in carrier.links:
        if not any(url.host == host or url.host.endswith("." + host) for host in link.hosts):
            continue
        for value, generic in _values(link, url):
            for number in re.split(r"[,;|\s]+", value.partition("*")[0], maxsplit=50):
                if number not in seen and _CODE.fullmatch(number):
                    seen.add(number)
                    yield number, not link.token and _certain(carrier, number, generic=generic)


_CODE = lazy(r"(?=[^0-9]{0,40}[0-9])[0-9A-Za-z][0-9A-Za-z._-]{3,62}[0-9A-Za-z]", re.ASCII)


def _values(link: Link, url: Url) -> Iterator[tuple[str, bool]]:
    for name, value in url.params:
        if name.lower() in link.params:
            yield value, name.lower() in GENERIC_PARAMS
    for segments, template in ((url.segments, link.path), ([part for part in url.fragment.split("/") if part], link.fragment)):
        value = _slot(segments, template)
        if value:
            yield value, all(part.startswith(("{number}", "*")) for part in template)


def _slot(segments: Sequence[str], template: Sequence[str]) -> str:
    """What stands at ``{number}``; empty if the segments are other ones."""
    found = ""
    for segment, wanted in zip(segments, template, strict=False):
        before, slot, after = wanted.partition("{number}")
        if slot and segment.startswith(before):
            found = segment.removeprefix(before)
            found = found.partition("-")[0] if after else found
        elif wanted != "*" and segment.lower() != wanted:
            return ""
    return found if len(segments) >= len(template) else ""


def _certain(carrier: Carrier, number: str, *, generic: bool) -> bool:
    compact = number.translate(SEPARATORS).upper()
    checks = [shape.checks(compact) for shape in carrier.formats if shape.fits(compact)]
    if checkdigits.s10(compact):
        checks.append(True)
    if any(check is not False for check in checks):
        return True
    return not generic and not checks
