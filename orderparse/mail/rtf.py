"""Rich text of Outlook: LZFu unpacked (MS-OXRTFCP), the HTML that was put into it taken out again (MS-OXRTFEX), else its text."""

from __future__ import annotations

import codecs
import re
import struct
from typing import Final, NamedTuple

from orderparse.text.patterns import lazy

_HEADER: Final = struct.Struct("<IIII")
_PACKED: Final = 0x75465A4C  # LZFu
_PLAIN: Final = 0x414C454D  # MELA
_WINDOW: Final = 4096
_FIRST: Final = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans SerifSymbolArial"
    rb"Times New RomanCourier{\colortbl\red0\green0\blue0" + b"\r\n" + rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_SHORTEST: Final = 2  # bytes of a repeat

_TOKEN: Final = lazy(
    r"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})?[ ]?|\\'(?P<hex>[0-9A-Fa-f]{2})|\\(?P<sign>[^A-Za-z])"
    r"|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)|\\",
    re.DOTALL,
)
_BREAKS: Final = {
    "par": "\r\n", "line": "\r\n", "tab": "\t", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "bullet": "•", "endash": "–", "emdash": "—", "cell": "\t", "row": "\r\n", "nbsp": "\xa0",
}  # fmt: skip
_SIGNS: Final = {"~": "\xa0", "_": "\u2011", "{": "{", "}": "}", "\\": "\\", "\n": "\r\n", "\r": "\r\n"}
_NO_TEXT: Final = frozenset({
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "footer", "headerl", "headerr", "footerl", "footerr",
    "listtable", "listoverridetable", "revtbl", "rsidtbl", "generator", "themedata", "datastore", "xmlnstbl", "fldinst", "pntext",
})  # fmt: skip
_UNITS: Final = 1 << 16  # of UTF-16, of which \u gives signed ones
_DEEPEST: Final = 1000


class Rich(NamedTuple):
    """The text of a rich text, and whether it is HTML."""

    text: str
    html: bool


class _Group(NamedTuple):
    """What holds within a pair of braces."""

    tag: bool = False  # HTML that stands in the RTF as it was
    silent: bool = False  # no text at all
    hidden: bool = False  # RTF that stands for HTML given elsewhere
    skip: int = 1  # characters behind \u that stand for it


def unpack(data: bytes, most: int) -> bytes:
    r"""RTF that was packed as Outlook does; no more than ``most`` bytes of it. What is damaged ends it.

    >>> unpack(bytes.fromhex("2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232"
    ...     "0af32068656c090020627705b06c647d0a800fa0"), 99)
    b'{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n'
    """
    if len(data) < _HEADER.size:
        return b""
    _, size, kind, _ = _HEADER.unpack_from(data)
    size = min(size, most)
    if kind == _PLAIN:
        return data[_HEADER.size : _HEADER.size + size]
    if kind != _PACKED:
        return b""
    window = bytearray(_FIRST.ljust(_WINDOW, b" "))
    write = len(_FIRST)
    found = bytearray()
    at = _HEADER.size
    end = len(data)
    while at < end and len(found) < size:
        flags = data[at]
        at += 1
        for bit in range(8):
            if not flags >> bit & 1:
                if at >= end:
                    return bytes(found[:size])
                repeat = data[at : at + 1]
                at += 1
            else:
                if at + 1 >= end:
                    return bytes(found[:size])
                place, length = (data[at] << 4) | (data[at + 1] >> 4), (data[at + 1] & 15) + _SHORTEST
                at += 2
                if place == write:  # the end
                    return bytes(found[:size])
                ahead = (write - place) % _WINDOW  # a repeat may reach into what it writes
                once = bytes(window[(place + i) % _WINDOW] for i in range(min(length, ahead)))
                repeat = (once * (length // len(once) + 1))[:length]
            for byte in repeat:
                window[write] = byte
                write = (write + 1) % _WINDOW
            found += repeat
    return bytes(found[:size])


def read(data: bytes) -> Rich:
    r"""The HTML in an RTF, if it was made from one, else its text.

    >>> read(rb"{\rtf1\ansi\fromhtml1 {\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 Order 4821: 5 \'80{\*\htmltag72 </p>}\htmlrtf\par}\htmlrtf0 }")
    Rich(text='<p>Order 4821: 5 €</p>', html=True)
    >>> read(rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0 Order\par \u8364?5}")
    Rich(text='Order\r\n€5', html=False)
    """
    source = data.decode("latin-1")
    html = "\\fromhtml" in source[:1000]
    codec = "cp1252"
    group = _Group()
    stack: list[_Group] = []
    found: list[str] = []
    hexes = bytearray()
    units: list[int] = []
    starred = False
    skip = 0

    def flush() -> None:
        if hexes:
            found.append(hexes.decode(codec, "replace"))
            hexes.clear()
        if units:
            found.append(b"".join(unit.to_bytes(2, "little") for unit in units).decode("utf-16-le", "replace"))
            units.clear()

    for token in _TOKEN.finditer(source):
        shown = not group.silent and not group.hidden
        if token["hex"]:
            if skip:
                skip -= 1
            elif shown:
                if units:
                    flush()
                hexes.append(int(token["hex"], 16))
            continue
        word = token["word"]
        if word == "u" and token["number"]:
            if shown:
                if hexes:
                    flush()
                units.append(int(token["number"]) % _UNITS)
            skip = group.skip
            continue
        if text := token["text"]:
            dropped = min(skip, len(text))
            skip -= dropped
            if shown and dropped < len(text):
                flush()
                piece = text[dropped:]
                found.append(piece if piece.isascii() else piece.encode("latin-1").decode(codec, "replace"))
            starred = False
            continue
        if token["brace"] == "{":
            if len(stack) < _DEEPEST:
                stack.append(group)
            skip = 0
        elif token["brace"] == "}":
            group = stack.pop() if stack else _Group()
            skip = 0
        elif sign := token["sign"]:
            starred = sign == "*"
            if shown and sign in _SIGNS:
                flush()
                found.append(_SIGNS[sign])
            continue
        elif word:
            if word == "htmltag" and starred:
                group = group._replace(tag=True, hidden=False)
            elif word == "htmlrtf":
                group = group._replace(hidden=html and token["number"] != "0")
            elif word == "ansicpg" and token["number"]:
                codec = _codec(token["number"]) or codec
            elif word == "uc" and token["number"]:
                group = group._replace(skip=max(int(token["number"]), 0))
            elif word in _NO_TEXT or (starred and word != "htmltag"):
                group = group._replace(silent=True)
            elif word in _BREAKS and shown:
                flush()
                found.append(_BREAKS[word])
        starred = False
    flush()
    return Rich("".join(found), html)


def _codec(number: str) -> str | None:
    try:
        return codecs.lookup("utf-8" if number == "65001" else f"cp{number}").name
    except LookupError:
        return None
