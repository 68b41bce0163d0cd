"""Content-Transfer-Encoding (RFC 2045, section 6): undone, also where it is broken or not declared.

A digit that no encoder wrote as an escape is never taken for one: ``?id=00111`` stays as it is.
"""

from __future__ import annotations

import binascii
from itertools import islice
from typing import Final, Literal, NamedTuple

from orderparse.text.patterns import lazy

Encoding = Literal["base64", "quoted-printable", "x-uuencode", "identity"]

_NAMES: Final[dict[bytes, Encoding]] = {
    b"base64": "base64",
    b"b": "base64",
    b"quotedprintable": "quoted-printable",
    b"qp": "quoted-printable",
    b"q": "quoted-printable",
    b"xuuencode": "x-uuencode",
    b"uuencode": "x-uuencode",
    b"xuue": "x-uuencode",
    b"7bit": "identity",
    b"8bit": "identity",
    b"7bits": "identity",
    b"8bits": "identity",
    b"binary": "identity",
    b"none": "identity",
}
_ALPHABET: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_JUNK: Final = bytes(set(range(256)) - set(_ALPHABET))
_BLANK: Final = b" \t\r\n"
_KNOWN: Final = _ALPHABET + b"=" + _BLANK
_BASE64_LINES: Final = lazy(rb"[A-Za-z0-9+/=\s]*+\Z")
_BASE64_LINE: Final = lazy(rb"\s{0,9}([A-Za-z0-9+/]{60,1000})\r?\n")
_MAIL: Final = lazy(rb"(?:[A-Z][A-Za-z0-9-]{1,40}:[ \t]|From \S)")
_PADDING: Final = lazy(rb"=[=\s]*+")
_BLOCKS: Final = 1000  # encoded blocks in one body
_CROWD: Final = 8  # one foreign byte in so many, or ...
_WORDS: Final = 12  # ... one blank in so many: this is no base64

_ODD_BREAK: Final = lazy(rb"=(?:[ \t]+[\r\n]|\r)")  # a soft line break with blanks, or with CR alone
_SOFT_BREAK: Final = lazy(rb"=[ \t]*+(?:\r++\n?|\n)")
_STRAY: Final = lazy(rb"=(?![0-9A-Fa-f]{2}|\n|\Z)")
# Escapes of control characters other than tab and line ends: no text has them, a link with a raw "=" does.
_CONTROL: Final = lazy(rb"=(?=0[0-8BCEFbcef]|1[0-9A-Fa-f]|7[Ff])")
_LONG_LINE: Final = lazy(rb"[^\n]{77}")
_EQUALS: Final = lazy(rb"=3[Dd]")
_UTF8_ESCAPES: Final = (  # behind the first "="
    rb"(?:[cC][2-9a-fA-F]|[dD][0-9a-fA-F])=[89abAB][0-9a-fA-F]"
    rb"|[eE][0-9a-fA-F](?:=[89abAB][0-9a-fA-F]){2}"
    rb"|[fF][0-4](?:=[89abAB][0-9a-fA-F]){3}"
)
# What careful reading takes for an escape: soft breaks, "=3D", a blank that ends a line, characters
# of UTF-8, a letter of a Latin text in a word. Never "=20" in "year=2024".
_PLAUSIBLE: Final = lazy(
    rb"=(?:\n|3[Dd]|(?:20|09)(?=\n)|"
    + _UTF8_ESCAPES
    + rb"|(?<=[A-Za-z]=)[C-F][0-9A-F](?=[a-z=])|(?<=[\s>]=)[C-F][0-9A-F](?=[a-z])|(?<=\n=)46(?=rom ))"
)
_EVIDENCE: Final = lazy(rb"=(?:\n|3D|(?:20|09)(?=\n)|" + _UTF8_ESCAPES + rb")")
_SAMPLE: Final = 1 << 20  # bytes that are looked at for it
_ENOUGH: Final = 3  # escapes that make undeclared quoted-printable evident


class Content(NamedTuple):
    """Bytes with their transfer encoding undone, and the codes of what was wrong."""

    data: bytes
    defects: tuple[str, ...] = ()


def decode(body: bytes, declared: list[bytes], *, wide: bool = False) -> Content:
    r"""Undo the transfer encoding of a body with LF line ends.

    ``declared`` are the values of all Content-Transfer-Encoding fields, ``wide`` tells a charset
    in which control bytes are part of characters (UTF-16, ISO-2022).

    >>> decode(b"T3JkZXIg!!NDgyMQ=\n", [b"base64"])
    Content(data=b'Order 4821', defects=('base64_invalid',))
    >>> decode(b"Order 48=\n21 f=C3=BCr", [b"quoted-printable"]).data.decode()
    'Order 4821 für'
    >>> decode(b"https://shop.example/?id=00111", [b"7bit"]).data
    b'https://shop.example/?id=00111'
    """
    names = list(dict.fromkeys(name for name in map(_plain, declared) if name))
    if not names:
        return _undeclared(body)
    known = list(dict.fromkeys(_NAMES[name] for name in names if name in _NAMES))
    if not known:
        content = _undeclared(body)
        return Content(content.data, ("transfer_encoding_unknown", *content.defects))
    if len(known) > 1:
        content = _undo(body, _fitting(body, known), wide=wide)
        return Content(content.data, ("transfer_encoding_ambiguous", *content.defects))
    return _undo(body, known[0], wide=wide)


def _plain(value: bytes) -> bytes:
    value = value.partition(b";")[0].partition(b"(")[0]
    return value.translate(None, b" \t\r\n-_\"'").lower()


def _fitting(body: bytes, known: list[Encoding]) -> Encoding:
    """Of several declared encodings, the one that the body looks like."""
    if "base64" in known and body.strip() and _BASE64_LINES.match(body):
        return "base64"
    if "quoted-printable" in known and _evident(body):
        return "quoted-printable"
    return "identity" if "identity" in known else known[0]


def _undo(body: bytes, encoding: Encoding, *, wide: bool) -> Content:
    if encoding == "base64":
        return _base64(body)
    if encoding == "quoted-printable":
        return _quoted_printable(body, wide=wide)
    if encoding == "x-uuencode":
        return _uuencode(body)
    return Content(body)


def _base64(body: bytes) -> Content:
    try:
        plain = body.translate(None, _BLANK)
        return Content(binascii.a2b_base64(plain, strict_mode=True))
    except binascii.Error:
        pass
    pads = list(islice(_PADDING.finditer(body), _BLOCKS))
    # A text that only says it is base64 shows in its lines up to the first padding.
    block = body[: (body.find(b"\n", pads[0].start()) + 1) or len(body)] if pads else body
    foreign = len(block.translate(None, _KNOWN))
    if block.strip().count(b" ") * _WORDS > len(block) or foreign * _CROWD > len(block):
        return Content(body, ("base64_invalid",))
    pieces: list[bytes] = []
    at = 0
    for pad in pads:
        pieces.append(_lenient_base64(body[at : pad.start()]))
        at = pad.end()
    rest = body[at:]
    # Behind the padding: another encoded block, or the footer of a mailing list in plain text.
    if pieces and not _BASE64_LINES.match(rest):
        pieces.append(b"\n" + rest)
    else:
        pieces.append(_lenient_base64(rest))
    return Content(b"".join(pieces), ("base64_invalid",))


def _lenient_base64(block: bytes) -> bytes:
    plain = block.translate(None, _JUNK)
    if len(plain) % 4 == 1:  # six bits are no byte
        plain = plain[:-1]
    return binascii.a2b_base64(plain + b"=" * (-len(plain) % 4))


def _quoted_printable(body: bytes, *, wide: bool) -> Content:
    if b"=" not in body:
        return Content(body)
    if _ODD_BREAK.search(body):
        body = _SOFT_BREAK.sub(b"=\n", body)
    stray = _STRAY.search(body) is not None
    control = not wide and _CONTROL.search(body) is not None
    if not stray and not control:
        return Content(binascii.a2b_qp(body))
    # An encoder that wrote "=3D" once wrote it always: strays are damage then. Else nothing was
    # encoded, or not "=": only what cannot be a number is taken for an escape.
    if _EQUALS.search(body) is None and (stray or _LONG_LINE.search(body)):
        return Content(_careful(body), ("quoted_printable_invalid",))
    if control:
        body = _CONTROL.sub(b"=3D", body)
    return Content(binascii.a2b_qp(body), ("quoted_printable_invalid",))


def mail_within(body: bytes) -> bytes | None:
    r"""The mail in a text that is nothing but base64, as scripts forward it; None if the text is another one.

    >>> import base64
    >>> mail_within(base64.encodebytes(b"From: shop@shop.example\r\nSubject: Order 4821\r\n\r\nThank you for your order!\r\n"))
    b'From: shop@shop.example\nSubject: Order 4821\n\nThank you for your order!\n'
    >>> mail_within(b"Order 4821") is None
    True
    """
    first = _BASE64_LINE.match(body)
    if first is None or not _MAIL.match(binascii.a2b_base64(first[1][: len(first[1]) // 4 * 4])) or not _BASE64_LINES.match(body):
        return None
    return _undeclared(_base64(body).data.replace(b"\r\n", b"\n")).data


def _undeclared(body: bytes) -> Content:
    if b"=" in body and _evident(body):
        return Content(_careful(_SOFT_BREAK.sub(b"=\n", body)), ("transfer_encoding_undeclared",))
    return Content(body)


def _evident(body: bytes) -> bool:
    body = body[:_SAMPLE]
    found = len(_EVIDENCE.findall(body))
    # In plain text or HTML "=" stands before quotes and words far more often than in an escape.
    return found >= _ENOUGH and len(_STRAY.findall(body)) * 4 <= found


def _careful(body: bytes) -> bytes:
    return _PLAUSIBLE.sub(lambda escape: binascii.a2b_qp(escape[0]), body)


def _uuencode(body: bytes) -> Content:
    decoded: list[bytes] = []
    inside = False
    for line in body.split(b"\n"):
        if not inside:
            inside = line.startswith(b"begin ")
            continue
        if line.strip() in {b"end", b"`", b""}:
            inside = inside and line.strip() != b"end"
            continue
        try:
            decoded.append(binascii.a2b_uu(line))
        except binascii.Error:
            # Encoders that pad a line differently: its first character says how many bytes it has.
            size = (((line[0] - 32) & 63) * 4 + 5) // 3
            try:
                decoded.append(binascii.a2b_uu(line[:size]))
            except binascii.Error:
                return Content(body, ("transfer_encoding_invalid",))
    return Content(b"".join(decoded)) if decoded else Content(body, ("transfer_encoding_invalid",))
