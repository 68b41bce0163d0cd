"""One hostile input: its bytes are made when they are asked for, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

NUMBER = "8012345678907734"
LINE = f"Order number: {NUMBER}\n".encode()
BLOCK = f"<p>Order number: {NUMBER}</p>".encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A family's input and what must be true of its record.

    ``finds`` is the order number that must be accepted (from 0.5 on), None if there need not be one; no other may be, but for
    those of ``also``. ``doubts`` says that none may be accepted. ``defects`` must all be told.
    """

    name: str
    make: Callable[[], bytes]
    finds: str | None = NUMBER
    also: tuple[str, ...] = ()
    doubts: bool = False
    defects: tuple[str, ...] = ()


def mail(
    body: bytes,
    kind: str = "plain",
    *,
    charset: str = "utf-8",
    encoding: str = "8bit",
    more: bytes = b"",
    subject: bytes = b"Order confirmation",
) -> bytes:
    """A mail of one part."""
    return (
        b"From: Lamps <orders@lampshop.example>\nTo: Jo <jo@inbox.example>\nSubject: " + subject + b"\n"
        b"Date: Tue, 3 Mar 2026 12:00:00 +0100\nMessage-ID: <1@lampshop.example>\nMIME-Version: 1.0\n"
        + more
        + f"Content-Type: text/{kind}; charset={charset}\nContent-Transfer-Encoding: {encoding}\n\n".encode()
        + body
    )


def multipart(head: bytes, body: bytes, kind: bytes = b"mixed", boundary: bytes = b"b1") -> bytes:
    """A mail with a multipart body as given."""
    return (
        b"From: Lamps <orders@lampshop.example>\nSubject: Order confirmation\nDate: Tue, 3 Mar 2026 12:00:00 +0100\nMIME-Version: 1.0\n"
        + head
        + b"Content-Type: multipart/"
        + kind
        + b'; boundary="'
        + boundary
        + b'"\n\n'
        + body
    )


def of(unit: bytes, size: int) -> bytes:
    """Copies of a unit up to so many bytes."""
    return unit * (size // len(unit))
