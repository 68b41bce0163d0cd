"""Public suffixes (https://publicsuffix.org): under which domains others may register theirs.

The list is that of the package ``publicsuffixlist``, and so are the rules. Its own reader takes a tenth of a second, for the Punycode of
each rule; here the list is taken as it stands, and a label of a domain in Punycode is decoded instead.
"""

from __future__ import annotations

from functools import cache
from typing import Final

_PUNYCODE: Final = "xn--"


@cache
def _rules() -> frozenset[str]:
    from pathlib import Path  # noqa: PLC0415  # here as below: for mails with links

    from publicsuffixlist import PSLFILE  # noqa: PLC0415

    # A rule a line. Comments stay among them: no domain looks like one.
    return frozenset(Path(PSLFILE).read_text(encoding="utf-8").split("\n"))


def private_suffix(domain: str) -> str | None:
    """The public suffix with one more label: what someone registered. None if there is no such label.

    The suffix of a domain that no rule has is its last label.

    >>> private_suffix("www.shop.co.uk"), private_suffix("a.b.example"), private_suffix("co.uk")
    ('shop.co.uk', 'b.example', None)
    """
    labels = domain.lower().removesuffix(".").split(".")
    size = _size(labels) or 1
    return ".".join(labels[-size - 1 :]) if "" not in labels and len(labels) > size else None


def listed_suffix(domain: str) -> str | None:
    """The public suffix that some rule has; None if there is no such rule.

    >>> listed_suffix("www.shop.co.uk"), listed_suffix("www.shop.example")
    ('co.uk', None)
    """
    labels = domain.lower().removesuffix(".").split(".")
    size = _size(labels) if "" not in labels else 0
    return ".".join(labels[-size:]) if size else None


def _size(labels: list[str]) -> int:
    """How many labels the public suffix has by the longest rule; 0 if there is none."""
    rules = _rules()
    known = [_decoded(label) if label.startswith(_PUNYCODE) else label for label in labels[-10:]]  # no rule has as many
    size = len(known)
    for at in range(size):
        rest = ".".join(known[at:])
        if f"!{rest}" in rules:
            return size - at - 1
        if f"*.{rest}" in rules:
            return size - at + (at > 0)
        if rest in rules:
            return size - at
    return 0


def _decoded(label: str) -> str:
    try:
        decoded = label.removeprefix(_PUNYCODE).encode("ascii").decode("punycode")
    except UnicodeError:
        return label
    return label if decoded.isascii() else decoded
