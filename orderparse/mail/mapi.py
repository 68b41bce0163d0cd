"""Properties of Outlook (MAPI, MS-OXPROPS) turned into a mail (RFC 5322): what .msg files and winmail.dat have in common."""

from __future__ import annotations

import base64
import codecs
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING, Final

from orderparse.mail import limits, rtf
from orderparse.text.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Value = str | bytes | int | datetime

SUBJECT: Final = 0x0037
SENT: Final = 0x0039
MESSAGE_ID: Final = 0x1035
TEXT: Final = 0x1000
RICH: Final = 0x1009
HTML: Final = 0x1013
_TRANSPORT_HEADERS: Final = 0x007D
_RECEIVED: Final = 0x0E06
_REPLY_TO_ID: Final = 0x1042
_TO: Final = 0x0E04
_CODEPAGE: Final = 0x3FDE  # of the body
_CODEPAGE_STRINGS: Final = 0x3FFD
# Address, its kind, name: of the sender, and of whom it was sent for.
_SENDERS: Final = ((0x5D02, None, 0x0042), (0x0065, 0x0064, 0x0042), (0x5D01, None, 0x0C1A), (0x0C1F, 0x0C1E, 0x0C1A))

# Properties that are strings or bytes, and of use here.
TEXTS: Final = frozenset({
    SUBJECT, MESSAGE_ID, TEXT, RICH, HTML, _TRANSPORT_HEADERS, _REPLY_TO_ID, _TO,
    *(name for sender in _SENDERS for name in sender if name is not None),
})  # fmt: skip

PT_LONG: Final = 0x0003
PT_BOOLEAN: Final = 0x000B
PT_STRING8: Final = 0x001E
PT_UNICODE: Final = 0x001F
PT_SYSTIME: Final = 0x0040
PT_BINARY: Final = 0x0102

_EPOCH: Final = datetime(1601, 1, 1, tzinfo=UTC)
_HEADER_NAME: Final = lazy(rb"[!-9;-~]{1,76}[ \t]*:")
_MIME_NAMES: Final = (b"content-", b"mime-version")
_CONTROL: Final = lazy(r"[\x00-\x1f\x7f]+")
_ADDRESS: Final = lazy(r"[^\s<>@]{1,200}@[^\s<>@]{1,250}")
_CODECS: Final = {65001: "utf-8", 20127: "ascii", 20866: "koi8-r", 21866: "koi8-u", 51949: "euc-kr", 51932: "euc-jp", 54936: "gb18030"}
_ISO_8859: Final = range(28591, 28607)
_ISO_2022_JP: Final = range(50220, 50223)
_WORD: Final = 40  # bytes of UTF-8 in an encoded word
_FIELD: Final = 4000  # characters of a field that is built


def codec(codepage: object, default: str = "cp1252") -> str:
    """Python's name of a code page of Windows.

    >>> codec(65001), codec(28591), codec(932), codec(7)
    ('utf-8', 'iso8859-1', 'cp932', 'cp1252')
    """
    if not isinstance(codepage, int):
        return default
    if codepage in _ISO_8859:
        name = f"iso8859-{codepage - _ISO_8859.start + 1}"
    elif codepage in _ISO_2022_JP:
        name = "iso2022_jp"
    else:
        name = _CODECS.get(codepage, f"cp{codepage}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return default


def strings_codec(values: Mapping[int, Value]) -> str:
    """Charset of the properties that are 8-bit strings (PT_STRING8)."""
    return codec(values.get(_CODEPAGE_STRINGS, values.get(_CODEPAGE)))


def time(ticks: int) -> datetime | None:
    """A time of Windows: steps of 100 nanoseconds since 1601, in UTC."""
    try:
        return _EPOCH + timedelta(microseconds=ticks // 10)
    except OverflowError:
        return None


def mail(values: Mapping[int, Value], attached: Sequence[bytes] = ()) -> bytes:
    """A mail with the header, the texts and the attached mails of an item; fields that the header lacks are built."""
    fields, names = _transport(_string(values, _TRANSPORT_HEADERS))
    built = {
        b"From": _sender(values),
        b"To": _encoded(_string(values, _TO)),
        b"Subject": _encoded(_string(values, SUBJECT)),
        b"Date": _date(values),
        b"Message-ID": _CONTROL.sub("", _string(values, MESSAGE_ID)).encode("utf-8", "replace"),
        b"In-Reply-To": _CONTROL.sub("", _string(values, _REPLY_TO_ID)).encode("utf-8", "replace"),
    }
    fields += [b"%b: %b" % (name, value) for name, value in built.items() if value and name.lower() not in names]
    bodies = _bodies(values)
    parts = [*(_part(b"text/" + kind, body) for kind, body in bodies), *(_part(b"message/rfc822", one) for one in attached)]
    fields.append(b"MIME-Version: 1.0")
    if len(parts) == 1:
        return b"\n".join(fields) + b"\n" + parts[0]
    # No boundary can stand in a part: all are in base64.
    if attached:
        texts = _multipart(b"alternative", b"texts", parts[: len(bodies)]) if len(bodies) > 1 else b"".join(parts[: len(bodies)])
        whole = _multipart(b"mixed", b"mails", [*([texts] if texts else []), *parts[len(bodies) :]])
    else:
        whole = _multipart(b"alternative", b"texts", parts) if parts else b"Content-Type: text/plain\n\n"
    return b"\n".join(fields) + b"\n" + whole


def _multipart(kind: bytes, boundary: bytes, parts: Sequence[bytes]) -> bytes:
    lines = b"".join(b"--=_%b\n%b\n" % (boundary, part) for part in parts)
    return b'Content-Type: multipart/%b; boundary="=_%b"\n\n%b--=_%b--\n' % (kind, boundary, lines, boundary)


def _part(kind: bytes, body: bytes) -> bytes:
    return b"Content-Type: %b\nContent-Transfer-Encoding: base64\n\n%b" % (kind, base64.encodebytes(body))


def _bodies(values: Mapping[int, Value]) -> list[tuple[bytes, bytes]]:
    """The texts, the plain one first, each with its subtype and charset."""
    text = _string(values, TEXT)
    html = values.get(HTML)
    page, charset = b"", b""
    if isinstance(html, str):
        page, charset = html.encode("utf-8", "replace"), b"utf-8"
    elif isinstance(html, bytes):
        declared = values.get(_CODEPAGE)
        page, charset = html.rstrip(b"\0"), codec(declared, "").encode("ascii")
    packed = values.get(RICH)
    if not page.strip() and isinstance(packed, bytes):
        rich = rtf.read(rtf.unpack(packed, limits.TEXT_BYTES))
        if rich.html:
            page, charset = rich.text.encode("utf-8", "replace"), b"utf-8"
        elif not text.strip():
            text = rich.text
    bodies = [(b"plain; charset=utf-8", text.encode("utf-8", "replace"))] if text.strip() else []
    if page.strip():
        bodies.append((b"html; charset=" + charset if charset else b"html", page))
    return bodies


def _transport(header: str) -> tuple[list[bytes], set[bytes]]:
    """Lines of the header as it came, and its names, but those of MIME: the texts have their own."""
    lines: list[bytes] = []
    names: set[bytes] = set()
    kept = False
    for line in header[: limits.HEADER_BYTES].strip().replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").split(b"\n"):
        if not line.strip():
            break
        if line[:1] in {b" ", b"\t"}:
            if kept:
                lines.append(line)
            continue
        kept = _HEADER_NAME.match(line) is not None and not line.lower().startswith(_MIME_NAMES)
        if kept:
            lines.append(line)
            names.add(line.partition(b":")[0].strip().lower())
    return lines, names


def _sender(values: Mapping[int, Value]) -> bytes:
    for address, kind, name in _SENDERS:
        found = _string(values, address).strip()
        if kind is not None and _string(values, kind).upper() not in {"SMTP", ""}:  # an address within Exchange
            continue
        if _ADDRESS.fullmatch(found):
            shown = _encoded(_string(values, name))
            return b"%b <%b>" % (shown, found.encode("utf-8", "replace")) if shown else found.encode("utf-8", "replace")
    return b""


def _date(values: Mapping[int, Value]) -> bytes:
    for name in (SENT, _RECEIVED):
        found = values.get(name)
        if isinstance(found, datetime):
            return format_datetime(found).encode("ascii")
    return b""


def _encoded(text: str) -> bytes:
    """Text of a field in encoded words (RFC 2047)."""
    shown = _CONTROL.sub(" ", text).strip()[:_FIELD]
    words: list[bytes] = []
    word = b""
    for character in shown:
        encoded = character.encode("utf-8", "replace")
        if len(word) + len(encoded) > _WORD:
            words.append(word)
            word = b""
        word += encoded
    if word:
        words.append(word)
    return b"\n ".join(b"=?utf-8?b?" + base64.b64encode(word) + b"?=" for word in words)


def _string(values: Mapping[int, Value], name: int) -> str:
    found = values.get(name)
    if isinstance(found, bytes):
        return found.decode(strings_codec(values), "replace").rstrip("\0")
    return found.rstrip("\0") if isinstance(found, str) else ""
