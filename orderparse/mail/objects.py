"""Mails that Python's ``email`` package holds as objects, turned back into bytes.

The package's own generator recurses, and raises on headers and charsets that its parser let pass.
Here nothing is checked: the bytes are read by the same reader as all others.
"""

from __future__ import annotations

from email.message import Message
from typing import Final

from orderparse.mail import limits
from orderparse.text.patterns import lazy

_NAME: Final = lazy(r"[!-9;-~]{1,100}")
_BREAK: Final = lazy(r"[\r\n]+(?![ \t])")


def write(message: Message) -> bytes:
    r"""Bytes of a mail, its parts as they stand in the object.

    >>> from email.message import EmailMessage
    >>> mail = EmailMessage()
    >>> mail["Subject"] = "Your order"
    >>> mail.set_content("4821")
    >>> write(mail).splitlines()[0]
    b'Subject: Your order'
    """
    written: list[bytes] = []
    work: list[tuple[Message | bytes, int]] = [(message, 0)]
    size = count = 0
    while work and size <= limits.MESSAGE_BYTES:
        item, depth = work.pop()
        if isinstance(item, bytes):
            written.append(item)
            size += len(item)
            continue
        count += 1
        payload = vars(item).get("_payload")  # get_payload() would decode it, and lose bytes
        nested = [part for part in payload if isinstance(part, Message)] if isinstance(payload, list) else []
        if count > limits.MIME_PARTS or depth > limits.MIME_DEPTH:
            continue
        if not nested:
            work.append(_leaf(item, payload))
        elif item.get_content_maintype() != "multipart":
            work += [(nested[0], depth + 1), (_header(item) + b"\n", 0)]
        else:
            boundary = b"=_level_%d_part_%d" % (depth, count)
            kind = item.get_content_type().encode("ascii", "replace")
            work.append((b"\n--" + boundary + b"--\n", 0))
            for part in reversed(nested):
                work += [(part, depth + 1), (b"\n--" + boundary + b"\n", 0)]
            work.append((_header(item, b'Content-Type: %b; boundary="%b"\n' % (kind, boundary)), 0))
    return b"".join(written)


def _leaf(part: Message, payload: object) -> tuple[bytes, int]:
    text = payload if isinstance(payload, str) else "" if payload is None or isinstance(payload, list) else str(payload)
    try:
        return _header(part) + b"\n" + text.encode("ascii", "surrogateescape"), 0
    except UnicodeEncodeError:  # a text that was never bytes
        kind = part.get_content_type().encode("ascii", "replace")
        return _header(part, b"Content-Type: %b; charset=utf-8\n" % kind) + b"\n" + _encoded(text), 0


def _header(part: Message, content_type: bytes = b"") -> bytes:
    lines = [content_type]
    for name, value in part.raw_items():
        if (content_type and name.lower() == "content-type") or not _NAME.fullmatch(name):
            continue
        lines.append(_encoded(f"{name}: {_BREAK.sub(' ', str(value).strip())}\n"))
    return b"".join(lines)


def _encoded(text: str) -> bytes:
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace")
