"""Mail relays that hide the reader's address and write the sender's into their own.

Apple's Hide My Email rewrites ``transaction@notice.shop.example`` to
``transaction_at_notice_shop_example_4f9k2_c81d@privaterelay.appleid.com``, DuckDuckGo to
``transaction_at_notice.shop.example_reader@duck.com``, SimpleLogin in Apple's way. What stands
behind the domain is a random token or two; the domain ends where a public suffix does
(https://publicsuffix.org).
"""

from __future__ import annotations

from typing import Final

from orderparse.text import suffixes

# Relay domain: what separates the labels of the sender's domain there.
RELAYS: Final = {
    "privaterelay.appleid.com": "_",
    "icloud.com": "_",
    "simplelogin.co": "_",
    "simplelogin.com": "_",
    "slmail.me": "_",
    "aleeas.com": "_",
    "8alias.com": "_",
    "duck.com": ".",
}
_LOCAL: Final = 320  # characters of the longest address (RFC 3696, erratum 1690)


def undo(address: str) -> str | None:
    """Sender's own address behind a relay's; None if the address is no relay's.

    >>> undo("transaction_at_notice_aliexpress_com_abc_def@privaterelay.appleid.com")
    'transaction@notice.aliexpress.com'
    >>> undo("news_at_shop.co.uk_reader7@duck.com")
    'news@shop.co.uk'
    >>> undo("a.person_at_home@icloud.com") is None
    True
    """
    local, _, relay = address.rpartition("@")
    dot = RELAYS.get(relay)
    if dot is None or len(local) > _LOCAL:
        return None
    # "at" may be a word of the local part, or a label of the domain: the last reading with a real domain counts.
    at = local.rfind("_at_")
    while at > 0:
        if domain := _domain(local[at + 4 :], dot):
            return f"{local[:at]}@{domain}"
        at = local.rfind("_at_", 0, at)
    return None


def _domain(text: str, dot: str) -> str | None:
    if dot == ".":
        domain = text.partition("_")[0]
        return domain if domain != text and _suffix(domain) else None
    labels = text.split("_")
    real = {size: suffix for size in range(len(labels) - 1, 1, -1) if (suffix := _suffix(".".join(labels[:size])))}
    # "com.au" is no accident; "com.abc" is, where "abc" is random. Two random tokens are the rule.
    sizes = [size for size, suffix in real.items() if "." in suffix] or [len(labels) - 2] * (len(labels) - 2 in real) or list(real)
    return ".".join(labels[: sizes[0]]) if sizes else None


def _suffix(domain: str) -> str | None:
    """Return the listed public suffix that a domain ends in, if a label stands before it."""
    suffix = suffixes.listed_suffix(domain)
    return suffix if suffix is not None and suffix.count(".") < domain.removesuffix(".").count(".") else None
