"""Header fields (RFC 5322, RFC 2047, RFC 2045): a block of bytes into fields, a field into text.

Python's own header objects are not used: they raise on unknown charsets, and 40,000 encoded
words take them gigabytes. Here every step is linear, and no bytes are refused.
"""

from __future__ import annotations

import binascii
import re
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from orderparse.mail import charsets, limits
from orderparse.text.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator

# Of trackers of issues, by their manuals. Lists tell nothing: a family may have one for its shopping.
DISCUSSION: Final = frozenset(
    b"x-github-reason x-gitlab-project x-jira-fingerprint x-bugzilla-reason x-redmine-project x-trac-project "
    b"x-gerrit-messagetype x-launchpad-bug".split()
)
# The fields that are read; a mail has twenty to a hundred others.
READ: Final = DISCUSSION | frozenset(
    b"from reply-to subject date received message-id in-reply-to authentication-results "
    b"content-type content-transfer-encoding content-disposition".split()
)

_FIELD: Final = lazy(rb"([!-9;-~]{1,100}+)[ \t]*+:([^\n]*+(?>(?:\n[ \t][^\n]*+)*))\n?")
# A field that only a mail has: lines before it that are none are damage, not the body.
_SURELY_FIELD: Final = lazy(
    rb"^(?:content-(?:type|transfer-encoding|disposition|id|location)|mime-version|subject|from|to|cc|date|received|"
    rb"message-id|return-path|reply-to|delivered-to|dkim-signature|x-[\w-]{1,60})[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
# Where fields are very many only those that are read are looked for.
_MANY: Final = 300
_READ_FIELD: Final = lazy(rb"^(%b)[ \t]*+:([^\n]*+(?>(?:\n[ \t][^\n]*+)*))" % b"|".join(sorted(READ)), re.IGNORECASE | re.MULTILINE)
_WORD: Final = lazy(rb"=\?([^?\s=]{0,75})\?([bBqQ])\?((?>(?:[^?=]|\?(?!=)|=(?!\?[^=]))*))\?=")
_FOLD: Final = lazy(rb"[\r\n]+[ \t]*|[\r\n\t]")
_QUOTED: Final = lazy(r"\\(.)")
_TYPE: Final = lazy(r"\s*([a-z0-9.+_*-]{1,60})\s*(?:/\s*([a-z0-9.+_*-]{1,100}))?")
_PARAMETER: Final = lazy(
    r"""(?:;\s*|(?<!\s)\s+)([A-Za-z0-9_-]{1,40})(?:\*\d{0,3})?\*?\s*=\s*(?:"((?>(?:[^"\\]|\\.)*))"?|([^;\s"][^;\s]*))""", re.DOTALL
)
_ALPHABET: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_JUNK: Final = bytes(set(range(256)) - set(_ALPHABET))

Fields = dict[bytes, list[bytes]]


class Block(NamedTuple):
    """Fields by lower-case name, values as they stand. ``body`` is where the body begins without a blank line before it."""

    fields: Fields
    body: int | None = None
    damaged: bool = False


def split(block: bytes) -> Block:
    r"""Fields of a header block.

    A line that is no field ends the headers, unless fields that only a mail has come after it.

    >>> split(b"Subject: a\n b\nX-Other: 1\nFrom: x@example.com\n")
    Block(fields={b'subject': [b' a\n b'], b'from': [b' x@example.com']}, body=None, damaged=False)
    >>> split(b"Subject: a\nHello there\n").body
    11
    """
    fields: Fields = {}
    at, size, damaged = 0, len(block), False
    count = 0
    while at < size:
        count += 1
        if count > _MANY:
            for found in _READ_FIELD.finditer(block, at):
                if len(values := fields.setdefault(found[1].lower(), [])) < limits.HEADER_FIELDS:
                    values.append(found[2])
            break
        field = _FIELD.match(block, at)
        if field is not None:
            name = field[1].lower()
            if name in READ and len(values := fields.setdefault(name, [])) < limits.HEADER_FIELDS:
                values.append(field[2])
            at = field.end()
        elif at == 0 and block.startswith((b"From ", b">From ")):  # an envelope line of a mailbox file
            at = block.find(b"\n") + 1 or size
        else:
            further = None if block.startswith(b"--", at) else _SURELY_FIELD.search(block, at)
            if further is None:
                return Block(fields, at, damaged=True)
            at, damaged = further.start(), True
    return Block(fields, None, damaged)


def first(fields: Fields, name: bytes) -> bytes | None:
    """First value of a field that is there and not empty."""
    for value in fields.get(name, ()):
        if value.strip():
            return value
    return None


def unfold(value: bytes) -> bytes:
    r"""Return a field value on one line.

    >>> unfold(b" Your order\r\n\t4821 ")
    b'Your order 4821'
    """
    value = value.strip()
    return _FOLD.sub(b" ", value) if b"\n" in value or b"\r" in value or b"\t" in value else value


def text(value: bytes, hint: str | None = None) -> str:
    r"""Text of a field value, encoded words decoded (RFC 2047).

    Encoded words of one charset that stand side by side are joined before they are decoded:
    mailers split them inside a character.

    >>> text(b"=?utf-8?q?Best=C3?= =?utf-8?B?pGxsbmluZw==?= 4821")
    'Best\xe4llning 4821'
    >>> text(b"Bestellung f\xfcr Sie")
    'Bestellung f\xfcr Sie'
    """
    value = unfold(value)
    if b"=?" not in value:
        return charsets.decode(value, hint=hint).text
    return "".join(_pieces(value, hint))


def _pieces(value: bytes, hint: str | None) -> Iterator[str]:
    label, at = "", 0
    held: list[bytes] = []
    words = list(islice(_WORD.finditer(value), limits.HEADER_TOKENS))
    for word in words:
        between = value[at : word.start()]
        name = word[1].decode("ascii", "replace")
        apart = bool(between.strip()) or at == 0
        if held and (apart or name.lower() != label.lower()):
            yield charsets.decode(b"".join(held), label, hint=hint).text
            held = []
        if apart:
            yield charsets.decode(between, hint=hint).text
        label = name
        held.append(_base64(word[3]) if word[2] in b"bB" else _q(word[3]))
        at = word.end()
    if held:
        yield charsets.decode(b"".join(held), label, hint=hint).text
    if len(words) < limits.HEADER_TOKENS:
        yield charsets.decode(value[at:], hint=hint).text


def _base64(word: bytes) -> bytes:
    plain = word.translate(None, _JUNK)
    plain = plain[:-1] if len(plain) % 4 == 1 else plain
    return binascii.a2b_base64(plain + b"=" * (-len(plain) % 4))


def _q(word: bytes) -> bytes:
    return binascii.a2b_qp(word.replace(b" ", b"_"), header=True)


def label(value: bytes | None) -> str | None:
    """Charset of the first encoded word: a hint for text that names none."""
    word = _WORD.search(value) if value and b"=?" in value else None
    return word[1].decode("ascii", "replace") if word else None


class Parameterised(NamedTuple):
    """A value with parameters (RFC 2045): ``text/html; charset=utf-8``."""

    value: str
    parameters: dict[str, str]


def parameterised(value: bytes | None) -> Parameterised | None:
    r"""Content-Type or Content-Disposition, as far as it can be read; None without a readable value.

    >>> parameterised(b'Multipart/Mixed; boundary="a b"; Charset=utf-8')
    Parameterised(value='multipart/mixed', parameters={'boundary': 'a b', 'charset': 'utf-8'})
    """
    if not value:
        return None
    line = unfold(value[:8192]).decode("latin-1")
    main = _TYPE.match(line.lower())
    if main is None:
        return None
    found: dict[str, str] = {}
    for name, quoted, bare in _PARAMETER.findall(line, main.end()):
        found.setdefault(name.lower(), _QUOTED.sub(r"\1", quoted) if quoted else bare)
    return Parameterised(f"{main[1]}/{main[2]}" if main[2] else main[1], found)
