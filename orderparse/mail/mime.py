"""MIME structure (RFC 2046): which bytes of a mail are text parts, which are mails attached to it.

One pass over the lines that begin with ``--``, with the open boundaries on a stack: linear in the
bytes however parts nest, and attachments are stepped over, never copied or decoded. What is
damaged is read as a mail program would show it: a boundary that was not declared or was declared
wrongly is known by the part header behind it, a missing terminator by the boundary further out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from orderparse.mail import headers, limits, parts, transfer
from orderparse.records import Defect
from orderparse.slotted import dataclass, field
from orderparse.text.patterns import lazy

if TYPE_CHECKING:
    from orderparse.mail.headers import Fields, Parameterised
    from orderparse.mail.model import Cut, PartKind

_PART_HEADER: Final = lazy(rb"(?:[ \t]*\r?\n)?(?:content-[a-z-]{2,40}|mime-version)[ \t]*:", re.IGNORECASE)
_SOFT_BREAK: Final = lazy(rb"=\r?\n\Z")
_LINE_END: Final = 3  # bytes of that
_FULL_BASE64: Final = lazy(rb"(?:\n[A-Za-z0-9+/]{60,76}\r?){2}\n\Z")
_FULL_END: Final = 2 * 78 + 1
_WORD_CHARACTER: Final = lazy(rb"[0-9A-Za-z]")
_MORE_HEADER: Final = lazy(rb"(?:from|to|subject|date|received|message-id|mime-version|content-type)[ \t]*:", re.IGNORECASE)
_TRACE: Final = frozenset({b"received", b"authentication-results"})  # fields that servers put before a mail
_EMPTY_LINES: Final = 3
_LONG_WORD: Final = lazy(rb"\s{0,9}[A-Za-z0-9+/]{60}")  # as a text of nothing but base64 begins
_PREAMBLE: Final = 400  # bytes before the first boundary where none was declared
_BOUNDARY: Final = 1024  # bytes of a boundary line: RFC 2046 allows 70 characters, mailers take more


@dataclass(slots=True)
class Leaf:
    """A text part: the kind that it says it is, and its body with transfer encoding and line ends as they came."""

    kind: PartKind
    fields: Fields
    type: Parameterised | None
    body: bytes
    cut: Cut = ""  # the bytes end in it: without a line end, in the middle of an encoded line, or without the boundary that is due


@dataclass(slots=True)
class Mail:
    """A mail as it is being read: its header fields, its text parts, the mails attached to it."""

    fields: Fields = field(default_factory=dict)
    leaves: list[Leaf] = field(default_factory=list)
    attached: list[Mail] = field(default_factory=list)
    defects: dict[Defect, None] = field(default_factory=dict)
    header_cut: bool = False
    depth: int = 0  # of the multiparts and mails around it
    tnef: Leaf | None = None  # a winmail.dat, in which the texts of a mail without any may stand
    encoded: bytes | None = None  # the bytes of an attached mail that had a transfer encoding, until they are read

    def note(self, code: str, detail: str = "") -> None:
        """Add a defect once."""
        self.defects[Defect(code=code, detail=detail)] = None


def read(data: bytes, *, start: int = 0) -> Mail:
    """Read the structure of a mail whose header begins at ``start``."""
    root = Mail()
    work = [root]
    count = 0
    while work:
        mail = work.pop()
        content, mail.encoded = mail.encoded, None
        reader = _Reader(data if content is None else content, mail, count)
        reader.run(start if content is None else 0)
        count = reader.count
        work.extend(reader.encoded)
    return root


class _Open(NamedTuple):
    """What is being read at a place: a text of a kind, or (``kind`` None) a mail that has a transfer encoding."""

    kind: PartKind | None
    fields: Fields
    type: Parameterised | None
    start: int
    tnef: bool = False


@dataclass(slots=True)
class _Level:
    """A multipart that is open; or an attached mail, which has no boundary."""

    mail: Mail
    start: int
    multipart: bool
    boundary: bytes | None = None
    fields: Fields = field(default_factory=dict)
    digest: bool = False
    seen: bool = False
    closed: bool = False


def _cut_end(body: bytes) -> Cut:
    """How sure it is that a text breaks off, by its last line: a soft line break of quoted-printable, a full line of base64."""
    if not body.endswith(b"\n") or _SOFT_BREAK.search(body, max(len(body) - _LINE_END, 0)):
        return "maybe"
    return "maybe" if _FULL_BASE64.search(body, max(len(body) - _FULL_END, 0)) else ""


class _Reader:
    """Reads one run of bytes; the mails that stand in it encoded are left in ``encoded``."""

    def __init__(self, data: bytes, mail: Mail, count: int) -> None:
        self.data = data
        self.root = mail
        self.count = count  # of parts
        self.encoded: list[Mail] = []
        self.levels: list[_Level] = []
        self.boundaries: dict[bytes, list[int]] = {}  # boundary -> the levels that have it
        self.open: _Open | None = None
        self.at = 0  # where the next boundary is looked for
        self.blank = -1  # the next blank lines with LF and with CRLF, each looked for once
        self.blank_crlf = -1
        self.lines: dict[bytes, int] | None = None  # text behind "--" -> where it last stands

    @property
    def mail(self) -> Mail:
        """The mail that the place belongs to."""
        return self.levels[-1].mail if self.levels else self.root

    def run(self, start: int) -> None:
        """Read all parts."""
        self._entity(start)
        find = self.data.find
        lines = 0
        while (dash := find(b"\n--", self.at)) >= 0:
            self.at = dash + 3
            line = self._line(dash)
            place = self._place(line)
            if place is None and self._adopt(line, dash):
                place = len(self.levels) - 1, False
            if place is not None and not self._boundary(*place, dash):
                break
            lines += 1
            if lines == limits.BOUNDARY_LINES:
                self.root.note("mime_parts")
                break
        self._end(len(self.data))
        self._pop(0, len(self.data))

    def _line(self, dash: int) -> bytes:
        end = self.data.find(b"\n", dash + 1, dash + _BOUNDARY)
        return self.data[dash + 3 : end if end >= 0 else dash + _BOUNDARY].rstrip()

    def _place(self, line: bytes) -> tuple[int, bool] | None:
        """Return the level that a boundary line belongs to, and whether the line closes it."""
        if levels := self.boundaries.get(line):
            return levels[-1], False
        if line.endswith(b"--") and (levels := self.boundaries.get(line[:-2])):
            return levels[-1], True
        return None

    def _boundary(self, number: int, closing: bool, dash: int) -> bool:  # noqa: FBT001  # the pair of _place
        """Take a boundary line; False when there are too many parts."""
        self._end(dash)
        self._pop(number + 1, dash)
        level = self.levels[number]
        level.seen, level.closed = True, closing
        if closing:  # what follows is the epilogue, or more parts behind a terminator that came too early
            return True
        self.count += 1
        if self.count > limits.MIME_PARTS:
            level.mail.note("mime_parts")
            return False
        line_end = self.data.find(b"\n", dash + 1)
        self._entity(line_end + 1 if line_end >= 0 else len(self.data))
        return True

    def _pop(self, number: int, at: int) -> None:
        """Close the levels from ``number`` on; a multipart without any boundary in it is a text."""
        while len(self.levels) > number:
            level = self.levels.pop()
            if level.boundary is not None:
                self.boundaries[level.boundary].pop()
            if not level.multipart or level.closed:
                continue
            if level.seen:
                level.mail.note("boundary_unterminated")
            elif (body := self.data[level.start : at]).strip():
                level.mail.note("boundary_missing")
                level.mail.leaves.append(Leaf("plain", level.fields, None, body))

    def _entity(self, start: int) -> None:
        """Read a header, and the headers of mails that follow at once."""
        while True:
            mail, level = self.mail, self.levels[-1] if self.levels else None
            fields, body = self._header(start, mail)
            if level is None or not level.multipart:
                body = self._further_header(fields, body, mail)
                mail.fields = fields
            self.at = max(body - 1, 0)
            content = headers.parameterised(headers.first(fields, b"content-type"))
            main = content.value if content else "message/rfc822" if level and level.digest else "text/plain"
            kind = parts.text_kind(main)
            if kind is not None:
                if level is None or not level.multipart or not parts.is_attachment(fields, content):
                    self.open = _Open(kind, fields, content, body)
                return
            multipart = parts.is_multipart(main)
            if mail.tnef is None and parts.is_tnef(main, content, fields):
                self.open = _Open(None, fields, content, body, tnef=True)
                return
            if not multipart and not parts.is_mail(main, content, fields):
                return
            if len(self.levels) + mail.depth >= limits.MIME_DEPTH:
                mail.note("mime_depth")
                return
            if multipart:
                self._multipart(fields, content, body)
                return
            if parts.is_encoded(fields):
                self.open = _Open(None, fields, content, body)
                return
            attached = Mail(depth=mail.depth)
            mail.attached.append(attached)
            self.levels.append(_Level(attached, body, multipart=False))
            start = body

    def _multipart(self, fields: Fields, content: Parameterised | None, body: int) -> None:
        boundary = content.parameters.get("boundary", "").encode("latin-1").rstrip() if content else b""
        digest = content is not None and content.value == "multipart/digest"
        self._push(_Level(self.mail, body, multipart=True, boundary=boundary or None, fields=fields, digest=digest))

    def _push(self, level: _Level) -> None:
        if level.boundary is not None:
            self.boundaries.setdefault(level.boundary, []).append(len(self.levels))
        self.levels.append(level)

    def _header(self, start: int, mail: Mail) -> tuple[Fields, int]:
        """Return the fields of the header at ``start``, and where the body begins."""
        data = self.data
        end, body = self._blank_line(start)
        # A boundary inside the header ends it.
        dash = data.find(b"\n--", max(start - 1, 0), end) if self.boundaries else -1
        while dash >= 0:
            if self._place(self._line(dash)) is not None:
                end = body = dash + 1
                break
            dash = data.find(b"\n--", dash + 3, end)
        if end - start > limits.HEADER_BYTES:
            mail.note("header_size")
            end = data.rfind(b"\n", start, start + limits.HEADER_BYTES) + 1 or start + limits.HEADER_BYTES
        mail.header_cut = end == len(data) and not data.endswith(b"\n")
        block = headers.split(data[start:end])
        if block.damaged:
            mail.note("header_damaged")
        if block.body is not None:
            mail.header_cut = False  # no blank line before it
            body = start + block.body
        return block.fields, body

    def _further_header(self, fields: Fields, body: int, mail: Mail) -> int:
        """Add what stands behind an empty line that fell into the header of a mail; return where the body begins."""
        for _ in range(_EMPTY_LINES):
            if not fields.keys() <= _TRACE or not _MORE_HEADER.match(self.data, body):
                break
            mail.note("header_damaged")
            further, body = self._header(body, mail)
            for name, values in further.items():
                fields.setdefault(name, []).extend(values)
        return body

    def _blank_line(self, start: int) -> tuple[int, int]:
        """Return where the header at ``start`` ends and its body begins, by the first empty line."""
        data, size = self.data, len(self.data)
        if data.startswith(b"\n", start):
            return start, start + 1
        if data.startswith(b"\r\n", start):
            return start, start + 2
        if self.blank < start:
            self.blank = data.find(b"\n\n", start)
            self.blank = size if self.blank < 0 else self.blank
        if self.blank_crlf < start:
            self.blank_crlf = data.find(b"\n\r\n", start)
            self.blank_crlf = size if self.blank_crlf < 0 else self.blank_crlf
        if self.blank < self.blank_crlf:
            return self.blank + 1, self.blank + 2
        return min(self.blank_crlf + 1, size), min(self.blank_crlf + 3, size)

    def _end(self, at: int) -> None:
        """Close the text or the encoded mail that is open; its body ends at ``at``."""
        opened, self.open = self.open, None
        if opened is None:
            return
        body = self.data[opened.start : max(at, opened.start)]
        if at < len(self.data):  # the line end before a boundary belongs to the boundary
            body = body.removesuffix(b"\r")
        mail = self.mail
        if opened.kind == "plain" and (within := self._mail_within(opened, body)) is not None:
            attached = Mail(depth=mail.depth + len(self.levels) + 1, encoded=within)
            mail.note("transfer_encoding_undeclared")
            mail.attached.append(attached)
            self.encoded.append(attached)
            return
        if opened.kind is not None:
            cut: Cut = "" if at < len(self.data) else "surely" if self.levels else _cut_end(body)
            mail.leaves.append(Leaf(opened.kind, opened.fields, opened.type, body, cut))
            return
        if opened.tnef:
            mail.tnef = Leaf("plain", opened.fields, opened.type, body)
            return
        attached = Mail(depth=mail.depth + len(self.levels) + 1)
        declared = opened.fields.get(b"content-transfer-encoding", [])
        attached.encoded = transfer.decode(body.replace(b"\r\n", b"\n"), declared).data
        mail.attached.append(attached)
        self.encoded.append(attached)

    def _mail_within(self, opened: _Open, body: bytes) -> bytes | None:
        if not _LONG_WORD.match(body) or self.mail.depth + len(self.levels) >= limits.MIME_DEPTH:
            return None
        declared = opened.fields.get(b"content-transfer-encoding", [])
        return transfer.mail_within(transfer.decode(body.replace(b"\r\n", b"\n"), declared).data)

    def _adopt(self, line: bytes, dash: int) -> bool:
        """Take a line as a boundary that was not declared, if its place and what follows say so."""
        if self.open is not None:
            return self._adopt_in_text(self.open, line, dash)
        level = self.levels[-1] if self.levels else None
        if level is None or not level.multipart or level.seen:
            return False
        if level.boundary is not None and self._stands_after(level.boundary, dash):
            return False
        if not self._begins_part(line, dash):
            return False
        self.levels.pop()
        if level.boundary is not None:
            self.boundaries[level.boundary].pop()
        level.mail.note("boundary_undeclared" if level.boundary is None else "boundary_mismatched")
        level.boundary = line
        self._push(level)
        return True

    def _adopt_in_text(self, opened: _Open, line: bytes, dash: int) -> bool:
        """Take the first line of a text as a boundary: a multipart whose Content-Type was lost."""
        if opened.kind != "plain" or dash - opened.start > _PREAMBLE or len(self.levels) >= limits.MIME_DEPTH:
            return False
        before = self.data[opened.start : max(dash, opened.start)]
        if before.strip() and (opened.type is not None or b"MIME" not in before):
            return False
        if not self._begins_part(line, dash):
            return False
        self.mail.note("boundary_undeclared")
        self.open = None
        self._push(_Level(self.mail, opened.start, multipart=True, boundary=line))
        return True

    def _begins_part(self, line: bytes, dash: int) -> bool:
        end = self.data.find(b"\n", dash + 1)
        if end < 0 or not _WORD_CHARACTER.search(line):
            return False
        return _PART_HEADER.match(self.data, end + 1) is not None or self._stands_after(line + b"--", dash)

    def _stands_after(self, boundary: bytes, dash: int) -> bool:
        """Whether a boundary line comes later on: all of them are listed once, when first asked for."""
        if self.lines is None:
            self.lines = {}
            at = -1
            for _ in range(limits.BOUNDARY_LINES):
                at = self.data.find(b"\n--", at + 1)
                if at < 0:
                    break
                self.lines[self._line(at)] = at
        return max(self.lines.get(boundary, -1), self.lines.get(boundary + b"--", -1)) > dash
