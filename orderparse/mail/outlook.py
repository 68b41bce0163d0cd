"""Files of Outlook turned into mails (RFC 5322): .msg (MS-OXMSG), which needs the extra ``outlook``, and winmail.dat."""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING, Any, Final

from orderparse.errors import MailboxError
from orderparse.mail import limits, mapi, tnef

if TYPE_CHECKING:
    from orderparse.mail.formats import Container

_PROPERTIES: Final = "__properties_version1.0"
_STREAM: Final = "__substg1.0_"
_ATTACHED: Final = "__attach_version1.0_"
_EMBEDDED: Final = "__substg1.0_3701000D"  # a mail that is attached as an item of Outlook
_ENTRY: Final = struct.Struct("<HHI8s")  # type, name, flags, value
_TOP_HEADER: Final = 32  # bytes before the properties of a mail ...
_INNER_HEADER: Final = 24  # ... and of a mail in it
_NAME: Final = slice(len(_STREAM), len(_STREAM) + 8)
_DEEPEST: Final = 3
_MOST_ATTACHED: Final = 200


class OutlookError(MailboxError):
    """A file of Outlook that cannot be read; its message has no name before it."""


def mail(data: bytes, kind: Container) -> bytes:
    """The mail in a .msg file (``ole``) or a winmail.dat (``tnef``).

    Raises:
        OutlookError: It is none, or the extra ``outlook`` is not installed.

    """
    if kind == "tnef":
        values = tnef.values(data)
        if not values.keys() & {mapi.SUBJECT, mapi.TEXT, mapi.HTML, mapi.RICH}:
            msg = "is a TNEF file without a mail"
            raise OutlookError(msg)
        return mapi.mail(values)
    try:
        import olefile  # noqa: PLC0415  # of an extra
    except ImportError as error:
        msg = "is an Outlook file, which needs pip install 'orderparse[outlook]'"
        raise OutlookError(msg) from error
    if len(data) > limits.MESSAGE_BYTES:
        msg = "is an Outlook file that is too large"
        raise OutlookError(msg)
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            if ole.exists(_PROPERTIES):
                return _Reader(ole).mail((), _TOP_HEADER)
    except OutlookError:
        raise
    except Exception as error:  # the library raises many kinds on damaged files
        msg = f"is a damaged Outlook file: {type(error).__name__}"
        raise OutlookError(msg) from error
    msg = "is an OLE file, but no mail of Outlook"
    raise OutlookError(msg)


class _Reader:
    """Reads the mails of one compound file."""

    def __init__(self, ole: Any) -> None:
        self.ole = ole
        self.left = limits.MESSAGE_BYTES  # streams may share their sectors
        self.entries: dict[tuple[str, ...], set[str]] = {}  # storage -> what stands in it
        for path in ole.listdir(streams=True, storages=True):
            for depth in range(len(path)):
                self.entries.setdefault(tuple(path[:depth]), set()).add(path[depth])

    def mail(self, folder: tuple[str, ...], header: int) -> bytes:
        """The mail in a storage."""
        names = self.entries.get(folder, set())
        values = self._values(folder, names, header)
        attached: list[bytes] = []
        if len(folder) < 2 * _DEEPEST:
            items = [name for name in sorted(names) if name.startswith(_ATTACHED) and _EMBEDDED in self.entries.get((*folder, name), ())]
            attached.extend(self.mail((*folder, name, _EMBEDDED), _INNER_HEADER) for name in items[:_MOST_ATTACHED])
        return mapi.mail(values, attached)

    def _values(self, folder: tuple[str, ...], names: set[str], header: int) -> dict[int, mapi.Value]:
        values: dict[int, mapi.Value] = {}
        fixed = self._stream((*folder, _PROPERTIES)) if _PROPERTIES in names else b""
        for at in range(header, len(fixed) - _ENTRY.size + 1, _ENTRY.size):
            kind, name, _, value = _ENTRY.unpack_from(fixed, at)
            if kind == mapi.PT_LONG:
                values[name] = int.from_bytes(value[:4], "little", signed=True)
            elif kind == mapi.PT_SYSTIME and (time := mapi.time(int.from_bytes(value, "little"))) is not None:
                values[name] = time
        for stream in sorted(names):
            digits = stream[_NAME]
            if not stream.startswith(_STREAM) or len(stream) != _NAME.stop:
                continue
            try:
                name, kind = int(digits[:4], 16), int(digits[4:], 16)
            except ValueError:
                continue
            if name not in mapi.TEXTS or kind not in {mapi.PT_UNICODE, mapi.PT_STRING8, mapi.PT_BINARY}:
                continue
            data = self._stream((*folder, stream))
            values[name] = data.decode("utf-16-le", "replace") if kind == mapi.PT_UNICODE else data
        return values

    def _stream(self, path: tuple[str, ...]) -> bytes:
        size = self.ole.get_size(list(path))
        self.left -= size
        if self.left < 0:
            msg = "is a damaged Outlook file: its streams overlap"
            raise OutlookError(msg)
        data: bytes = self.ole.openstream(list(path)).read()
        return data
