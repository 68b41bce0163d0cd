"""Mailbox files (RFC 4155) in all their dialects: mboxo, mboxrd, mboxcl, mboxcl2, Thunderbird's and Google Takeout's.

The dialects differ in how they keep a line ``From `` of a body apart from a separator. Both ways are read at once: a ">"
before it is taken away, and a Content-Length is believed where it leads to a separator or to the end of the file.
A file of any size is read in blocks.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from orderparse.mail import contents, formats, limits
from orderparse.text.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orderparse.mail.contents import Content

MOST: Final = limits.MESSAGE_BYTES + 1  # one more than a mail may have: its reader sees that it has more
_FROM: Final = b"From "
_LINE_END: Final = ord("\n")
_QUOTE: Final = ord(">")
_QUOTED: Final = b">From "
_EMPTY_LINES: Final = (b"\n\n", b"\n\r\n")
# Fields that only the writer of a mailbox puts first: such a separator needs no empty line before it.
_OWN_FIELDS: Final = (b"X-Mozilla-Status:", b"X-Account-Key:", b"X-GM-THRID:")
_OWN_FIELD: Final = 32
_SEPARATOR: Final = 1024  # bytes of a separator line
_BLOCK: Final = 256 << 10
_HEADER: Final = 16 << 10  # bytes of a header in which a Content-Length is looked for
_LENGTH_FIELD: Final = b"\ncontent-length:"
_LENGTH: Final = lazy(rb"[ \t]*(\d{1,15})[ \t]*\r?\n")
_LINE_ENDS: Final = lazy(rb"(?:\r?\n){0,2}")
# Thunderbird keeps its marks in front of the fields of the mail, where no sender can write.
_MOZILLA: Final = lazy(rb"(?:X-(?:Account-Key|UIDL|Mozilla-Keys):[^\n]{0,998}\n){0,3}X-Mozilla-Status:[ \t]*([0-9A-Fa-f]{4})\b")
_EXPUNGED: Final = 0x0008


class RawMail(NamedTuple):
    """A mail as it stands in its mailbox. ``source`` is the path as given, in a mailbox file with ``#`` and the byte offset.

    ``copy_of`` is the source of an earlier mail with the same bytes, if :func:`orderparse.mail.copies.marked` met one.
    """

    source: str
    data: bytes
    copy_of: str = ""


class _Span(NamedTuple):
    """Where a separator line begins, where the mail behind it does, and where that ends.

    ``counted`` says that its Content-Length is believed, ``quoted`` that a ``>From `` may stand in it.
    """

    at: int
    start: int
    end: int
    counted: bool
    quoted: bool


def split(content: Content, source: str = "", part: tuple[int, int] | None = None) -> Iterator[RawMail]:
    r"""Split the content of an mbox file.

    A separator is a line of ``From``, a sender and a date, at the beginning or after an empty line. The ">" that
    was put before a line ``From `` of a body is taken away (mboxrd). What stands before the first separator is no mail,
    nor is what Thunderbird has deleted and not yet removed (``X-Mozilla-Status`` with 0008).

    Of a ``part``, the mails are given whose separators stand in these bytes, up to the second: parts without gaps give all
    mails once. Such a separator may stand in the middle of a mail with a Content-Length, so it is looked for from as many
    bytes before the part as a mail may have.

    >>> box = b"From a Tue Mar  3 12:00:00 2026\nSubject: x\n\nFrom here on\n\nFrom b Tue Mar  3 12:00:01 2026\nSubject: y\n\n"
    >>> [(mail.source, mail.data) for mail in split(box, "in")]
    [('in#0', b'Subject: x\n\nFrom here on\n'), ('in#58', b'Subject: y\n')]
    """
    scan = _Scan(content)
    start, end = part or (0, len(scan))
    for span in _spans(scan, max(start - limits.MESSAGE_BYTES, 0)):
        if span.at >= end:
            return
        if span.at >= start and (mail := _mail(scan, source, span)) is not None:
            yield mail


def holds_any(content: Content) -> bool:
    """Whether a file has a separator at all."""
    return next(_spans(_Scan(content)), None) is not None


def holds_one(content: Content) -> bool:
    """Whether a mailbox file holds one mail and no more."""
    return len(list(islice(_spans(_Scan(content)), 2))) == 1


def _spans(scan: _Scan, behind: int = 0) -> Iterator[_Span]:
    """The spans of all mails, or of those whose separators stand at a place or later."""
    size = len(scan)
    at = behind or formats.text_start(scan[: formats.HEAD])
    first = formats.SEPARATOR.match(scan[at : at + _SEPARATOR]) if not behind else None
    found = (at, at + first.end()) if first else scan.next(at)
    while found is not None:
        at, start = found
        end = _counted_end(scan, start)
        if end is None:
            found = scan.next(start)
            yield _Span(at, start, found[0] if found else size, counted=False, quoted=scan.quoted)
        else:
            line = formats.SEPARATOR.match(scan[end : end + _SEPARATOR])
            found = (end, end + line.end()) if line else None
            yield _Span(at, start, end, counted=True, quoted=True)


class _Scan:
    """Looks for separators from the beginning to the end: in one pass, a block at a time, from which slices are taken too."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.size = len(content)
        self.block = b""
        self.base = 0
        self.last = False
        self.quoted = False  # whether a ">From " was met on the way to the last separator

    def __len__(self) -> int:
        return self.size

    def __getitem__(self, key: slice, /) -> bytes:
        start, stop, _ = key.indices(self.size)
        base = self.base
        if base <= start and stop <= base + len(self.block):
            return self.block[start - base : stop - base]
        return self.content[start:stop]

    def next(self, at: int) -> tuple[int, int] | None:
        """The next separator at a place or later: where it and the mail behind it begin."""
        self.quoted = False
        while True:
            block = self.block
            found = block.find(_FROM, at - self.base)
            if found < 0:
                if self.last:
                    return None
                at = contents.past_hole(self.content, max(at, self.base + len(block) - len(_FROM) + 1))
                self._load(at)
                continue
            before = block[found - 1] if found else 0
            at = self.base + found + 1
            if before == _QUOTE:
                self.quoted = True
            if before != _LINE_END:
                continue
            if not self.last and found + _SEPARATOR + _OWN_FIELD > len(block):
                at = self.base + found
                self._load(at)
                continue
            line = formats.SEPARATOR.match(block, found, found + _SEPARATOR)
            if line is not None and (block.endswith(_EMPTY_LINES, max(found - 3, 0), found) or block.startswith(_OWN_FIELDS, line.end())):
                return self.base + found, self.base + line.end()

    def _load(self, at: int) -> None:
        self.base = max(at - 3, 0)  # an empty line before it is seen
        self.block = self.content[self.base : self.base + _BLOCK]
        self.last = len(self.block) < _BLOCK


def _counted_end(content: Content, start: int) -> int | None:
    """Where the mail that begins at a place ends by its Content-Length, if a separator or the end of the file is there."""
    head = content[start : start + _HEADER]
    blank = _body(head)
    if blank == len(head):
        return None
    width = 2 if head.startswith(b"\n\n", blank) else 3
    header = head[: blank + 1].lower()
    at = header.find(_LENGTH_FIELD)
    length = _LENGTH.match(header, at + len(_LENGTH_FIELD)) if at >= 0 else None
    if length is None:
        return None
    end = start + blank + width + int(length[1])
    size = len(content)
    if end > size:
        return None
    tail = content[end - 1 : end + _SEPARATOR]  # from the last byte of the body on
    begins = _LINE_ENDS.match(tail, 1)
    at = begins.end() if begins else 1
    if end - 1 + at == size:
        return size
    if tail[at - 1 : at] == b"\n" and formats.SEPARATOR.match(tail, at):
        return end - 1 + at
    return None


def _mail(content: Content, source: str, span: _Span) -> RawMail | None:
    """A mail without what the mailbox did to it; None if it is deleted."""
    end = min(span.end, span.start + MOST)
    if end < len(content):  # an empty line ends a mail
        end = _before_line_end(content, span.start, end)
    data = content[span.start : end]
    status = _MOZILLA.match(data)
    if status is not None and int(status[1], 16) & _EXPUNGED:
        return None
    if end == len(content) and data.endswith(_EMPTY_LINES):
        data = data[: _before_line_end(data, 0, len(data))]
    if span.quoted and _QUOTED in data:
        body = _body(data)
        if not (span.counted and b"\nFrom " in data[body:]):  # mboxcl2 quotes nothing
            data = _unquoted(data, body)
    return RawMail(f"{source}#{span.at}", data)


def _before_line_end(content: Content, start: int, end: int) -> int:
    last = content[max(start, end - 2) : end]
    return end - (2 if last == b"\r\n" else 1 if last.endswith(b"\n") else 0)


def _body(data: bytes) -> int:
    """Where the empty line before the body stands; the end if there is none."""
    found = data.find(b"\n\n")
    crlf = data.find(b"\n\r\n", 0, found if found >= 0 else len(data))
    return crlf if crlf >= 0 else found if found >= 0 else len(data)


def _unquoted(data: bytes, body: int) -> bytes:
    """Take one ">" from the lines of a body that begin with any number of them and ``From ``."""
    kept = bytearray(data[:body])
    done = at = seen = body
    while (at := data.find(_QUOTED, at)) >= 0:
        line = data.rfind(b"\n", seen, at) + 1
        if line > 0 and not data[line:at].strip(b">"):
            kept += data[done:line]
            done = line + 1
        seen = at
        at += len(_QUOTED)
    kept += data[done:]
    return bytes(kept)
