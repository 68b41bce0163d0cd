"""Copies: mails of a mailbox that have the same bytes as one before them, as where a mail is kept in several folders."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orderparse.mail.mbox import RawMail


def key_of(data: bytes) -> str:
    """What a mail is known by: a digest of its bytes, of 32 hexadecimal digits.

    >>> key_of(b"Subject: a")
    '0e71d73eac7ba75e414520968b8c3910'
    """
    return blake2b(data, digest_size=16).hexdigest()


def marked(mails: Iterable[RawMail]) -> Iterator[RawMail]:
    """The mails, each copy with the source of the first in ``copy_of``; of each mail some hundred bytes are kept.

    >>> from orderparse.mail.mbox import RawMail
    >>> [mail.copy_of for mail in marked([RawMail("a", b"x"), RawMail("b", b"y"), RawMail("c", b"x")])]
    ['', '', 'a']
    """
    first: dict[str, str] = {}

    def mark(mail: RawMail) -> RawMail:
        source = first.setdefault(key_of(mail.data), mail.source)
        return mail if source == mail.source else mail._replace(copy_of=source)

    return map(mark, mails)  # a generator would hold each mail until the next is asked for, and mails may be large
