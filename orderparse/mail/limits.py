"""Budgets of one mail: how deep, how many, how much is read before the rest is left out.

Every budget is checked by a scan that is linear in the bytes, and what was left out
is told in a defect: ``mime_depth``, ``mime_parts``, ``header_size``, ``text_truncated``, ``oversize``.
"""

from __future__ import annotations

import string
from typing import Final

MIME_DEPTH: Final = 100  # multiparts and attached mails inside each other
MIME_PARTS: Final = 10_000
ATTACHED_MAILS: Final = 500
BOUNDARY_LINES: Final = 50_000  # lines that begin with "--", of which boundaries are some
HEADER_FIELDS: Final = 100  # of one name: a mail passes fewer servers
HEADER_BYTES: Final = 1 << 20  # of one header block
HEADER_TOKENS: Final = 20_000  # encoded words or addresses in one header field
TEXT_BYTES: Final = 4 << 20  # of one text part, its transfer encoding undone
TEXT_HEAD_BYTES: Final = 3 << 20  # what is kept of a longer one: its head ...
TEXT_TAIL_BYTES: Final = 1 << 20  # ... and its tail, where totals and footers stand
MAIL_TEXT_BYTES: Final = 8 << 20  # of all text parts of one mail; attached mails have budgets of their own
MESSAGE_BYTES: Final = 64 << 20  # of a whole mail: a longer one gives its headers and first text parts

# Of an archive, those in it included. Text and base64 of mails pack 3:1 to 30:1.
ARCHIVE_RATIO: Final = 200  # bytes that a byte of the archive may become ...
ARCHIVE_FREE: Final = 10 << 20  # ... but so many are always granted
ARCHIVE_BYTES: Final = 64 << 30  # of all that it holds: the largest file of a Takeout has 50 GB
ARCHIVE_MEMBERS: Final = 500_000
ARCHIVE_DEPTH: Final = 2  # an archive in an archive
ARCHIVE_INDEX: Final = 24 << 20  # bytes of a ZIP file's directory, or of one header of a tar file: these are held in memory

# The last place where a text may be cut: no number and no word is cut in two. A run of
# 4096 letters and digits is neither, and may be.
_RUN: Final = 4096
_IN_WORDS: Final = string.ascii_letters.encode() + string.digits.encode() + bytes(range(0x80, 0x100))


def shorten(text: bytes) -> bytes | None:
    r"""Head and tail of an encoded text that is longer than ``TEXT_BYTES``; None if it is not.

    Both are cut at multiples of four bytes or between words, so that no encoding loses its step
    and no number its digits.

    >>> shorten(b"short") is None
    True
    >>> len(shorten(b"1234 " * 1_000_000)) <= TEXT_BYTES
    True
    """
    if len(text) <= TEXT_BYTES:
        return None
    head = text[:TEXT_HEAD_BYTES]
    at = len(text) - TEXT_TAIL_BYTES
    tail = text[at + -at % 4 :]
    if b"\x00" in head[:64]:  # UTF-16 or UTF-32: a code unit is never cut at a multiple of four
        return head + tail
    head = head[:-_RUN] + head[-_RUN:].rstrip(_IN_WORDS)
    tail = tail[:_RUN].lstrip(_IN_WORDS) + tail[_RUN:]
    return head + b"\n\n" + tail
