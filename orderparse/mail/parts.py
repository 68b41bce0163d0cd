"""What a MIME part is (RFC 2045, RFC 2183): text that is shown, an attached mail, or neither."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orderparse.mail import headers

if TYPE_CHECKING:
    from orderparse.mail.headers import Fields, Parameterised
    from orderparse.mail.model import PartKind

_TEXT_TYPES: Final[dict[str, PartKind]] = {
    "text/plain": "plain",
    "text": "plain",
    "text/html": "html",
    "text/htm": "html",
    "html": "html",
    "application/xhtml+xml": "html",
}
_MAIL_TYPES: Final = frozenset({"message/rfc822", "message/global", "message/news"})
_TNEF_TYPES: Final = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_OTHER_TYPES: Final = frozenset({"application", "audio", "font", "image", "message", "model", "video"})


def text_kind(main: str) -> PartKind | None:
    """Kind of text that a media type names; None for what is not shown as text.

    What is no media type at all is text/plain (RFC 2045, section 5.2).

    >>> text_kind("text/html"), text_kind("text/calendar"), text_kind("=?utf-8?")
    ('html', None, 'plain')
    """
    if kind := _TEXT_TYPES.get(main):
        return kind
    return None if "/" in main or main in _OTHER_TYPES else "plain"


def is_multipart(main: str) -> bool:
    """Whether a media type names a multipart, also one that forgot which."""
    return main.startswith("multipart/") or main == "multipart"


def is_attachment(fields: Fields, content: Parameterised | None) -> bool:
    """Whether a text is a file that came along: an attachment with a name."""
    disposition = headers.parameterised(headers.first(fields, b"content-disposition"))
    if disposition is None or disposition.value != "attachment":
        return False
    named = (*disposition.parameters, *(content.parameters if content else ()))
    return any(name.startswith(("filename", "name")) for name in named)


def is_mail(main: str, content: Parameterised | None, fields: Fields) -> bool:
    """Whether a part is a mail of its own, or a file that says it is one by its name."""
    if main in _MAIL_TYPES:
        return True
    if main != "application/octet-stream":
        return False
    return any(name.endswith(".eml") for name in _names(content, fields))


def is_tnef(main: str, content: Parameterised | None, fields: Fields) -> bool:
    """Whether a part is the winmail.dat of Outlook or Exchange."""
    if main in _TNEF_TYPES:
        return True
    return main == "application/octet-stream" and "winmail.dat" in _names(content, fields)


def _names(content: Parameterised | None, fields: Fields) -> list[str]:
    """The file names of a part, in lower case."""
    disposition = headers.parameterised(headers.first(fields, b"content-disposition"))
    names = (content and content.parameters.get("name"), disposition and disposition.parameters.get("filename"))
    return [name.lower() for name in names if name is not None]


def is_encoded(fields: Fields) -> bool:
    """Whether the bytes of a part must be decoded before anything stands in them."""
    declared = b" ".join(fields.get(b"content-transfer-encoding", ())).lower()
    return b"base64" in declared or b"quoted" in declared
