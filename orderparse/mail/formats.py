"""File formats of mail, told by content: RFC 5322, mbox (RFC 4155), HTML, plain text, or no mail at all."""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

from orderparse.mail import charsets
from orderparse.text.patterns import lazy

Format = Literal["mail", "mbox", "html", "plain", "binary"]
Container = Literal["zip", "tar", "gzip", "bzip2", "xz", "ole", "tnef"]

_BLANK: Final = lazy(rb"\s+")
HEAD: Final = 16 << 10  # bytes that tell the format

# Fields that begin a mail, and fields that a plain text may begin with too: "Date: ..." alone is no mail.
_STRONG: Final = (
    rb"received|return-path|delivered-to|envelope-to|x-original-to|message-id|mime-version|dkim-signature|arc-seal|"
    rb"authentication-results|x-mozilla-status|x-gmail-labels|x-gm-thrid|x-account-key"
)
_LETTER: Final = rb"subject|content-type|content-transfer-encoding|reply-to|in-reply-to|references|sender|x-[a-z0-9-]{1,60}"
_WEAK: Final = rb"from|to|cc|bcc|date|sent"
_FIELD: Final = lazy(
    rb"(?:(?P<sure>" + _STRONG + rb"|" + _LETTER + rb")|(?P<weak>" + _WEAK + rb")|[!-9;-~]{1,76})[ \t]*:(?!//)",
    re.IGNORECASE,
)
_TRANSPORT: Final = lazy(rb"^(?:" + _STRONG + rb"|content-type)[ \t]*:", re.IGNORECASE | re.MULTILINE)
_GARBAGE: Final = 8 << 10  # bytes before a header that are stepped over
_FIELD_LINES: Final = 60
_HTML_PAGE: Final = lazy(
    rb"\s*+(?:<\?xml[^>]{0,200}>\s*+)?(?>(?:<!--(?>(?:[^-]|-(?!->))*)-->\s*+){0,5})(?:<!doctype\s++html|<html[\s>])", re.IGNORECASE
)
_HTML_START: Final = lazy(
    rb"\s*+(?>(?:<!--(?>(?:[^-]|-(?!->))*)-->\s*+){0,5})"
    rb"<(?:a|article|b|base|body|br|center|div|font|h[1-6]|head|img|link|main|meta|p|script|section|span|strong|style|table|tbody|td|title|tr|ul)[\s/>]",
    re.IGNORECASE,
)

_DAY: Final = rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_MONTH: Final = rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_ZONE: Final = rb"(?:[ \t]+(?:[+-]\d{4}|\(?[A-Z]{1,5}\)?)){0,2}"
_CLOCK: Final = rb"\d{1,2}:\d\d(?::\d\d)?"
# "From " + a sender (blanks are met in it) + a date as asctime writes it, or as RFC 5322 does.
SEPARATOR: Final = lazy(
    rb"From (?:[^\n]{0,300}?[ \t])??[ \t]{0,8}(?:"
    + _DAY + rb"[ \t]+" + _MONTH + rb"[ \t]+\d{1,2}[ \t]+" + _CLOCK + _ZONE + rb"[ \t]+\d{4}" + _ZONE
    + rb"|(?:" + _DAY + rb",?[ \t]+)?\d{1,2}[ \t]+" + _MONTH + rb"[ \t]+\d{4}[ \t]+" + _CLOCK + _ZONE
    + rb")[ \t]*\r?(?:\n|\Z)"
)  # fmt: skip

_MAGIC: Final = (
    (b"%PDF-", "a PDF file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"\x1f\x8b", "gzip data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"(\xb5/\xfd", "zstd data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an OLE file (Outlook .msg, old Office)"),
    (b"\x78\x9f\x3e\x22", "a TNEF file (winmail.dat)"),
    (b"!BDN", "an Outlook data file (.pst)"),
    (b"\x7fELF", "an executable"),
    (b"MZ\x90\x00", "an executable"),
    (b"\xca\xfe\xba\xbe", "an executable"),
    (b"\xcf\xfa\xed\xfe", "an executable"),
    (b"PAR1", "a Parquet file"),
    (b"RIFF", "a RIFF file"),
    (b"OggS", "an Ogg file"),
    (b"ID3", "an MP3 file"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"{\\rtf", "an RTF file"),
)
_CONTAINERS: Final[tuple[tuple[bytes, Container], ...]] = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b\x08", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"\x78\x9f\x3e\x22", "tnef"),
)
_TAR_MAGIC: Final = slice(257, 262)  # in a tar header, which has 512 bytes
_COUNT_LINE: Final = lazy(rb"(\d{1,9})[ \t]{0,80}\r?\n")
_PLIST: Final = lazy(rb"<\?xml[^>]{0,200}>\s{0,8}<!DOCTYPE plist|<plist[\s>]")
_DECLARATION: Final = 300  # bytes between the XML declaration and the property list
_NUL_SHARE: Final = 50  # one NUL in so many bytes: no text
_CONTROL: Final = bytes([*range(9), *range(14, 27), *range(28, 32), 127])
_CONTROL_SHARE: Final = 10


class Found(NamedTuple):
    """A format, where the mail begins in it, and whether garbage stands before that."""

    format: Format
    start: int = 0
    garbage: bool = False


def sniff(data: bytes) -> Found:
    r"""Tell the format of a file by its first bytes. UTF-16 must be turned into UTF-8 before (``utf8``).

    >>> sniff(b"Subject: Your order\n\n4821").format, sniff(b"<!DOCTYPE html><p>4821").format, sniff(b"Order 4821").format
    ('mail', 'html', 'plain')
    >>> sniff(b"From shop@example.com Tue Mar  3 12:00:00 2026\nSubject: Your order\n\n4821").format
    'mbox'
    """
    start = text_start(data)
    if data[:1].isdigit() and (count := _COUNT_LINE.match(data)) and _is_header(data[count.end() : count.end() + HEAD]):
        return Found("mail", count.end())
    line = data.rfind(b"\n", 0, start) + 1  # blanks before the first field are no garbage, and no fold
    head = data[start : start + HEAD]
    if SEPARATOR.match(head):
        return Found("mbox", start)
    if _is_header(head):
        return Found("mail", start)
    if binary(data) is not None:
        return Found("binary")
    if _HTML_PAGE.match(head) or _HTML_START.match(head):
        return Found("html", start)
    for field in _TRANSPORT.finditer(head, 0, _GARBAGE):
        if _is_header(head[_first_field(head, field.start()) :]):
            return Found("mail", start + _first_field(head, field.start()), garbage=True)
    return Found("plain", line)


def container(head: bytes) -> Container | None:
    r"""Tell the kind of a file that mails may stand in but not as text; None for all others.

    >>> container(b"PK\x03\x04..."), container(b"Subject: x")
    ('zip', None)
    """
    for magic, kind in _CONTAINERS:
        if head.startswith(magic):
            return kind
    return "tar" if head[_TAR_MAGIC] == b"ustar" else None


def emlx(data: bytes) -> bytes | None:
    r"""The mail in a file of Apple Mail (.emlx): behind a line with its number of bytes, before a property list.

    >>> emlx(b"15\nSubject: Order\n<?xml version='1.0'?><plist></plist>")
    b'Subject: Order\n'
    """
    count = _COUNT_LINE.match(data) if data[:1].isdigit() else None
    if count is None or not _is_header(data[count.end() : count.end() + HEAD]):
        return None
    end = count.end() + int(count[1])
    if _PLIST.match(data, end) is None:  # the count is wrong, as where line ends were changed on the way
        end = max(data.rfind(mark) for mark in (b"<?xml", b"<plist"))
        if _PLIST.match(data, end) is None or not data.rstrip().endswith(b"</plist>"):
            end = len(data)
        elif (declaration := data.rfind(b"<?xml", max(end - _DECLARATION, 0), end)) >= 0:
            end = declaration
    return data[count.end() : end]


def text_start(data: bytes) -> int:
    """Where the text begins behind a byte order mark and blanks."""
    start = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    blank = _BLANK.match(data, start, HEAD)
    return blank.end() if blank else start


def is_page(text: bytes) -> bool:
    """Whether a text that is said to be plain is an HTML page."""
    return b"<" in text[:HEAD] and _HTML_PAGE.match(text, 0, HEAD) is not None


def utf8(data: bytes) -> bytes | None:
    """Turn a file in UTF-16 or UTF-32 into UTF-8; None if it is in neither."""
    codec = charsets.wide(data)
    if codec is None:
        return None
    return data.decode(codec, "replace").removeprefix("\ufeff").encode("utf-8", "replace")


def binary(data: bytes) -> str | None:
    r"""Name the kind of a binary file; None for text, in whatever charset.

    >>> binary(b"\x89PNG\r\n\x1a\n"), binary(b"Order 4821")
    ('a PNG image', None)
    """
    for magic, name in _MAGIC:
        if data.startswith(magic):
            return name
    head = data[:HEAD]
    if charsets.wide(data) is not None:
        return None
    size = len(head) - head.count(b"\r")  # the line ends of a text say nothing about it
    if head.count(0) * _NUL_SHARE > size:
        return "binary data"
    control = len(head) - len(head.translate(None, _CONTROL))
    return "binary data" if control * _CONTROL_SHARE > size else None


def _is_header(head: bytes) -> bool:
    """Whether text begins with the header of a mail: one field that only a mail has, or two that it may have."""
    at = weak = 0
    if head.startswith((b"From ", b">From ")) and not _FIELD.match(head):
        at = head.find(b"\n") + 1
    for _ in range(_FIELD_LINES):
        field = _FIELD.match(head, at)
        if field is None:
            return False
        if field["sure"]:
            return True
        weak += field["weak"] is not None
        if weak > 1:
            return True
        at = head.find(b"\n", at) + 1
        while at and head[at : at + 1] in {b" ", b"\t"}:
            at = head.find(b"\n", at) + 1
        if not at:
            return False
    return False


def _first_field(head: bytes, at: int) -> int:
    """Step back from a field over the fields right above it."""
    while at:
        above = head.rfind(b"\n", 0, at - 1) + 1
        if head[above : above + 1] in {b" ", b"\t"} or not _FIELD.match(head, above):
            break
        at = above
    return at
