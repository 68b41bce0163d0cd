"""What the tests of documents share: small languages, and documents from HTML and plain texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from orderparse.document.build import build
from orderparse.document.quoted import Marks
from orderparse.languages import Quoted
from orderparse.mail.model import Message, Part

if TYPE_CHECKING:
    from collections.abc import Callable

    from orderparse.document.model import Document

ENGLISH = Quoted(
    forwarded=("Forwarded message", "Begin forwarded message", "Forwarded by"),
    original=("Original Message",),
    wrote=("wrote",),
    from_=("From",),
    sent=("Sent", "Date"),
    to=("To",),
    subject=("Subject",),
)
SWEDISH = Quoted(
    forwarded=("Vidarebefordrat meddelande",),
    original=("Ursprungligt meddelande",),
    wrote=("skrev",),
    from_=("Från",),
    sent=("Skickat", "Datum"),
    to=("Till",),
    subject=("Ämne",),
)

MARKS = Marks.of([ENGLISH, SWEDISH])


@pytest.fixture(scope="session")
def marks() -> Marks:
    return MARKS


@pytest.fixture(scope="session")
def document() -> Callable[..., Document]:
    """``document(html=..., plain=..., subject=..., attached=...)`` is the document of a message with these parts."""

    def make(html: str | None = None, plain: str | None = None, *, subject: str = "", attached: tuple[Message, ...] = ()) -> Document:
        parts = [Part(kind="html", text=html)] if html is not None else []
        parts += [Part(kind="plain", text=plain)] if plain is not None else []
        return build(Message(source="test", subject=subject, parts=tuple(parts), attached=attached), MARKS)

    return make


@pytest.fixture(scope="session")
def lines(document: Callable[..., Document]) -> Callable[..., list[str]]:
    """``lines(html=...)`` are the visible lines of the body."""

    def make(html: str | None = None, plain: str | None = None, *, subject: str = "") -> list[str]:
        made = document(html, plain, subject=subject)
        return [made.text[line.span.slice] for line in made.lines if line.source in {"html", "plain"} and line.region != "hidden"]

    return make
