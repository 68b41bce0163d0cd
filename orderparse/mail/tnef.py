"""TNEF (MS-OXTNEF), the winmail.dat of Outlook and Exchange: the properties of a mail."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

from orderparse.mail import mapi

if TYPE_CHECKING:
    from collections.abc import Iterator

_START: Final = 6  # bytes of the signature and the key
_ATTRIBUTE: Final = struct.Struct("<BII")  # level, name and type, length
_LONG: Final = struct.Struct("<I")
_HEAD: Final = struct.Struct("<HH")  # type and name of a property
_CHECKSUM: Final = 2
_OF_MAIL: Final = 1
_SUBJECT: Final = 0x00018004
_BODY: Final = 0x0002800C
_MESSAGE_ID: Final = 0x00018009
_CODEPAGE: Final = 0x00069007
_PROPERTIES: Final = 0x00069003
_NAMED: Final = 0x8000
_MANY: Final = 0x1000  # a property of many values
_SIZES: Final = {0x0002: 4, 0x0003: 4, 0x0004: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x000A: 4, 0x000B: 4, 0x0014: 8, 0x0040: 8, 0x0048: 16}
_VARIABLE: Final = frozenset({0x000D, mapi.PT_STRING8, mapi.PT_UNICODE, mapi.PT_BINARY})
_GUID: Final = 16
_MOST_VALUES: Final = 10_000
_MOST: Final = 10_000  # properties


def values(data: bytes) -> dict[int, mapi.Value]:
    """Properties of the mail in a TNEF file by their names; what is damaged ends them."""
    found: dict[int, mapi.Value] = {}
    plain: dict[int, mapi.Value] = {}
    for name, content in _attributes(data):
        if name == _PROPERTIES:
            _properties(content, found)
        elif name in {_SUBJECT, _BODY, _MESSAGE_ID}:
            key = {_SUBJECT: mapi.SUBJECT, _BODY: mapi.TEXT, _MESSAGE_ID: mapi.MESSAGE_ID}[name]
            plain[key] = content.rstrip(b"\0")
        elif name == _CODEPAGE and len(content) >= _LONG.size:
            plain[0x3FFD] = _LONG.unpack_from(content)[0]
    return {**plain, **found}


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = _START
    while at + _ATTRIBUTE.size <= len(data):
        level, name, length = _ATTRIBUTE.unpack_from(data, at)
        at += _ATTRIBUTE.size
        if level == _OF_MAIL:
            yield name, data[at : at + length]
        at += length + _CHECKSUM


def _properties(data: bytes, found: dict[int, mapi.Value]) -> None:
    try:
        (count,) = _LONG.unpack_from(data)
        at = _LONG.size
        for _ in range(min(count, _MOST)):
            kind, name = _HEAD.unpack_from(data, at)
            at += _HEAD.size
            if name >= _NAMED:
                at = _after_name(data, at)
            many, kind = kind & _MANY, kind & ~_MANY
            number = 1
            if many or kind in _VARIABLE:
                (number,) = _LONG.unpack_from(data, at)
                at += _LONG.size
            if number > _MOST_VALUES:
                return
            for _ in range(number):
                size = _SIZES.get(kind)
                if kind in _VARIABLE:
                    (size,) = _LONG.unpack_from(data, at)
                    at += _LONG.size
                if size is None or at + size > len(data):
                    return
                value = _value(kind, data[at : at + size])
                at += size + -size % 4
                if value is not None and not many and name < _NAMED:
                    found.setdefault(name, value)
    except struct.error:
        return


def _after_name(data: bytes, at: int) -> int:
    (kind,) = _LONG.unpack_from(data, at + _GUID)
    (length,) = _LONG.unpack_from(data, at + _GUID + _LONG.size)
    at += _GUID + 2 * _LONG.size
    return at + length + -length % 4 if kind else at


def _value(kind: int, data: bytes) -> mapi.Value | None:
    if kind == mapi.PT_UNICODE:
        return data.decode("utf-16-le", "replace").rstrip("\0")
    if kind in {mapi.PT_STRING8, mapi.PT_BINARY}:
        return data
    if kind == mapi.PT_LONG:
        return int.from_bytes(data[:4], "little", signed=True)
    if kind == mapi.PT_SYSTIME:
        return mapi.time(int.from_bytes(data[:8], "little"))
    return None
