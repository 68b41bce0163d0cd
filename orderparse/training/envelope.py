"""Envelopes: a body becomes the bytes of a mail (RFC 5322, MIME), as mailers, forwarding programs and accidents make them."""

from __future__ import annotations

import base64
import html as html_entities
import quopri
import re
from email.header import Header
from email.utils import format_datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from orderparse.training import names
from orderparse.training.content import Body

if TYPE_CHECKING:
    from datetime import datetime
    from random import Random

    from orderparse.languages import Language
    from orderparse.training.stories import Story

_HREF = re.compile(r'href="(https?://[^"]{1,800})"')
_BODY = re.compile(r"(<body[^>]*>)", re.IGNORECASE)
_WRAPPED_AT = 72


def send(story: Story, body: Body, language: Language, rng: Random) -> bytes:
    """The bytes of a mail that tells a story with this body."""
    subject, sender, sent = story.subject, story.sender, story.sent
    if rng.random() < 0.1:  # noqa: PLR2004
        forward = rng.choice((_outlook, _gmail, _apple))
        body = forward(story, body, language)
        prefix = rng.choice(("Fwd: ", "FW: ", "VB: ", "WG: ", "Fw: "))
        subject = prefix + subject
        sender = (names.person(rng), "someone@mailbox.example")
    if body.html is not None and rng.random() < 0.08:  # noqa: PLR2004
        body = Body(html=_HREF.sub(_safe_link, body.html), text=body.text)
    return _mime(subject, sender, sent, body, rng)


def _safe_link(match: re.Match[str]) -> str:
    """A link as Microsoft's Safe Links rewrites it."""
    target = quote(html_entities.unescape(match[1]), safe="")
    return f'href="https://eur01.safelinks.protection.outlook.com/?url={target}&amp;data=05%7C02%7C&amp;sdata=kQ%3D&amp;reserved=0"'


# Forwarding


def _fields(story: Story, language: Language) -> list[tuple[str, str]]:
    """The header of the inner mail as a mail program writes it in the reader's language."""
    quoted = language.quoted
    said = (quoted.from_, quoted.sent, quoted.to, quoted.subject)
    words = [words[0] if words else word for words, word in zip(said, ("From", "Sent", "To", "Subject"), strict=True)]
    values = (f"{story.sender[0]} <{story.sender[1]}>", format_datetime(story.sent), "me@mailbox.example", story.subject)
    return list(zip(words, values, strict=True))


def _outlook(story: Story, body: Body, language: Language) -> Body:
    fields = _fields(story, language)
    text = body.text and "\n".join(("", "_" * 32, *(f"{name}: {value}" for name, value in fields), "", body.text))
    rows = "<br>".join(f"<b>{name}:</b> {html_entities.escape(value)}" for name, value in fields)
    top = f'<div><p class="MsoNormal">&nbsp;</p></div><hr tabindex="-1"><div id="divRplyFwdMsg"><font face="Calibri">{rows}</font></div>'
    return Body(html=body.html and _on_top(body.html, top), text=text or None)


def _gmail(story: Story, body: Body, language: Language) -> Body:
    mark = f"---------- {language.quoted.forwarded[0] if language.quoted.forwarded else 'Forwarded message'} ---------"
    fields = _fields(story, language)
    text = body.text and "\n".join((mark, *(f"{name}: {value}" for name, value in fields), "", "", body.text))
    rows = "<br>".join(f"{name}: {html_entities.escape(value)}" for name, value in fields)
    top = (
        f'<div dir="ltr"><br><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">{mark}<br>{rows}<br></div><br><br></div></div>'
    )
    return Body(html=body.html and _on_top(body.html, top), text=text or None)


def _apple(story: Story, body: Body, language: Language) -> Body:
    mark = f"{language.quoted.forwarded[-1] if language.quoted.forwarded else 'Begin forwarded message'}:"
    fields = _fields(story, language)
    text = body.text and "\n".join(
        (mark, "", *(f"> {name}: {value}" for name, value in fields), ">", *(f"> {line}" for line in body.text.split("\n")))
    )
    rows = "".join(f"<div><span><b>{name}: </b></span><span>{html_entities.escape(value)}<br></span></div>" for name, value in fields)
    top = f'<br><div><br><blockquote type="cite"><div>{mark}</div><br>{rows}<br></blockquote></div>'
    return Body(html=body.html and _on_top(body.html, top), text=text or None)


def _on_top(page: str, top: str) -> str:
    """The page with something before everything that it shows."""
    return _BODY.sub(lambda match: match[1] + top, page, count=1) if _BODY.search(page) else top + page


# MIME


def _mime(subject: str, sender: tuple[str, str], sent: datetime, body: Body, rng: Random) -> bytes:
    html, text = body.html, body.text
    if html is not None and text is not None and rng.random() < 0.2:  # noqa: PLR2004
        text = None
    lines = [
        f"From: {_encoded(sender[0])} <{sender[1]}>",
        "To: <me@mailbox.example>",
        f"Subject: {_encoded(subject)}",
        f"Date: {format_datetime(sent)}",
        f"Message-ID: <{rng.getrandbits(64):x}@{sender[1].rpartition('@')[2]}>",
        "MIME-Version: 1.0",
    ]
    parts = [_part("plain", text, rng)] if text is not None else []
    parts += [_part("html", html, rng)] if html is not None else []
    end = "\r\n" if rng.random() < 0.5 else "\n"  # noqa: PLR2004
    if len(parts) == 1 and rng.random() < 0.7:  # noqa: PLR2004
        head, payload = parts[0]
        return (
            (end.join([*lines, *head, "", ""]).encode() + payload.replace(b"\n", end.encode()))
            if end != "\n"
            else ("\n".join([*lines, *head, "", ""]).encode() + payload)
        )
    mark = f"=_{rng.getrandbits(48):x}"
    kind = "alternative" if len(parts) > 1 else rng.choice(("alternative", "mixed", "related"))
    pieces = ["\n".join([*lines, f'Content-Type: multipart/{kind}; boundary="{mark}"', "", "This is a multi-part message."]).encode()]
    pieces += ["\n".join(["", f"--{mark}", *head, "", ""]).encode() + payload for head, payload in parts]
    if rng.random() > 0.04:  # noqa: PLR2004  # now and then the end is lost
        pieces.append(f"\n--{mark}--\n".encode())
    return b"".join(pieces).replace(b"\n", end.encode())


def _encoded(text: str) -> str:
    return text if text.isascii() and "=?" not in text else Header(text, "utf-8", maxlinelen=10_000).encode()


def _part(subtype: str, text: str, rng: Random) -> tuple[list[str], bytes]:
    """The header and the encoded bytes of a part, in a charset that can hold it."""
    charset = rng.choice(("utf-8", "utf-8", "utf-8", "iso-8859-1", "windows-1252", "iso-8859-15"))
    try:
        data = text.encode(charset)
    except UnicodeEncodeError:
        charset = "utf-8"
        data = text.encode(charset)
    declared = f"; charset={charset}" if charset != "utf-8" or rng.random() < 0.95 else ""  # noqa: PLR2004
    coding = rng.choice(("quoted-printable", "base64", "8bit"))
    if coding == "quoted-printable":
        payload = quopri.encodestring(data)
    elif coding == "base64":
        payload = base64.encodebytes(data)
        if rng.random() < 0.02:  # noqa: PLR2004
            payload = payload.rstrip(b"=\n") + b"\n"
    else:
        payload = data
    return [f"Content-Type: text/{subtype}{declared}", f"Content-Transfer-Encoding: {coding}"], payload
