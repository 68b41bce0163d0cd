"""Mailboxes of RFC 5322: who a mail says it is from.

Only the addr-spec counts. A display name is for show, and an address in it is a known trick:
it never becomes the address.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from orderparse.mail import headers, limits
from orderparse.records import Address
from orderparse.text.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator

# Tokens of an address list, as bytes that are not decoded yet: an encoded word may hold any character.
_TOKEN: Final = lazy(
    rb"""
      "(?P<quoted>(?>(?:[^"\\]|\\.){0,1000}))"      # a quoted string
    | <(?P<angle>[^<>]*+)>                # an address, with a route before a colon at times
    | (?P<comment>\()                     # comments nest: they are counted
    | (?P<mark>[,;:])
    | (?P<atom>[^\s"<>(),;:]++|["<>)])    # an unpaired mark is a character like others
    | \s++
    """,
    re.VERBOSE | re.DOTALL,
)
_ADDRESS: Final = lazy(rb'(?:"[^"<>\r\n]{1,64}"|[^\s@<>"]++)(?>(?:@[^\s@<>]++)+)')
_ESCAPED: Final = lazy(rb"\\(.)", re.DOTALL)
_PARENTHESIS: Final = lazy(rb"\\.|[()]", re.DOTALL)
_NUL_TAIL: Final = lazy(rb"\0[^<>,;\s]*+")
_LIST_BYTES: Final = 16 << 10  # of an address list: no sender has more
_NAME_BYTES: Final = 4096


def parse(value: bytes, hint: str | None = None) -> list[Address]:
    r"""All mailboxes of an address field that have an address, in order.

    >>> parse(b'"Shop, Inc." <Orders@Shop.example>, b@c.example (Bob)')
    [Address(address='orders@shop.example', name='Shop, Inc.'), Address(address='b@c.example', name='Bob')]
    >>> parse(b'"service@bank.example" <x@evil.example>')
    [Address(address='x@evil.example', name='service@bank.example')]
    """
    value = _NUL_TAIL.sub(b"", headers.unfold(value)[:_LIST_BYTES])  # programs in C end there
    found = list(_mailboxes(value, hint))
    if not found and b"=?" in value:
        # Some mailers encode the whole field, address and all.
        found = list(_mailboxes(headers.text(value, hint).encode("utf-8", "replace"), "utf-8"))
    return found


def _mailboxes(value: bytes, hint: str | None) -> Iterator[Address]:
    words: list[bytes] = []  # of the display name, and addresses without angles
    bare: list[bytes] = []
    comments: list[bytes] = []
    angle: bytes | None = None
    at = count = 0
    while at < len(value) and count < limits.HEADER_TOKENS:
        token = _TOKEN.match(value, at)
        if token is None:  # pragma: no cover  # every character begins a token
            break
        at, count = token.end(), count + 1
        if token["quoted"] is not None:
            words.append(_ESCAPED.sub(rb"\1", token["quoted"]))
        elif token["comment"] is not None:
            end = _comment_end(value, at)
            comments.append(value[at : end - 1])
            at = end
        elif token["atom"] is not None:
            words.append(token["atom"])
            if b"@" in token["atom"] and _ADDRESS.fullmatch(token["atom"].strip(b"'")):
                bare.append(token["atom"])
        elif token["angle"] is not None:
            inside = token["angle"].strip().removeprefix(b"mailto:")
            inside = inside.rpartition(b":")[2] if inside.startswith(b"@") else inside  # a route (RFC 822)
            if not _ADDRESS.fullmatch(inside):
                words.append(inside)
            elif angle is None:
                angle = inside
            else:  # two addresses without a comma
                yield _mailbox(words, comments, angle, hint)
                words, bare, comments, angle = [], [], [], inside
        elif token["mark"] in {b",", b";"} and (angle or len(bare) == 1):
            yield _mailbox(words, comments, angle or bare[0], hint)
            words, bare, comments, angle = [], [], [], None
        elif token["mark"] is not None:  # a comma in a name without quotes, the name of a group
            words.append(token["mark"])
    if angle or bare:
        yield _mailbox(words, comments, angle or bare[0], hint)


def _comment_end(value: bytes, at: int) -> int:
    depth = 1
    for mark in _PARENTHESIS.finditer(value, at):
        depth += (mark[0] == b"(") - (mark[0] == b")")
        if depth == 0:
            return mark.end()
    return len(value) + 1


def _mailbox(words: list[bytes], comments: list[bytes], address: bytes, hint: str | None) -> Address:
    shown = [word for word in words if word != address] or comments
    name = headers.text(b" ".join(shown)[:_NAME_BYTES], hint).strip(" ,;:'\"<>")
    return Address(address=address.strip(b"'").decode("utf-8", "replace").lower(), name=name)
