"""Eight ways to read a page; each brings evidence, none decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderparse.readers import labels, links, markup, shapes, subject, tables, templates, unread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from orderparse.mentions import Page
    from orderparse.readers.evidence import Evidence

READERS: tuple[Callable[[Page], Iterable[Evidence]], ...] = (
    labels.read,
    tables.read,
    subject.read,
    links.read,
    markup.read,
    shapes.read,
    templates.read,
    unread.read,
)


def read(page: Page) -> Iterator[Evidence]:
    """All evidence of a page, reader by reader."""
    for reader in READERS:
        yield from reader(page)
