"""A document: one text, and spans of it.

Order of the text: the subject (line 0), the parts as they stand in the mail (HTML
before plain text where both are given), then markup (JSON-LD and microdata, one line
a property) and the parts of links, one line each. All in one string, so every answer
has one kind of place.

Lines, cells and links are named tuples: a mail has hundreds of them, and a frozen
dataclass takes three times as long to make.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from orderparse.slotted import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orderparse.mail.model import Message
    from orderparse.records import Defect
    from orderparse.text.span import Span
    from orderparse.values.links import Url


class RegionKind(StrEnum):
    """What kind of text a line is."""

    SUBJECT = "subject"
    BODY = "body"
    FORWARDED = "forwarded"  # the content of a forwarded mail: as good as BODY
    QUOTED = "quoted"  # an older mail below a reply: weaker
    HIDDEN = "hidden"  # in the mail, not shown: support, never the accepted value
    MARKUP = "markup"  # schema.org properties
    LINK = "link"  # path segments and parameters of links


class Line(NamedTuple):
    """A line without its line break. ``source``: subject, html, plain, markup or link. ``heading``: h1 to h6, or th.

    ``doubt`` is the code of the defect that makes its numbers others than a person sees (:mod:`.characters`), or empty.
    """

    number: int
    span: Span
    region: RegionKind
    source: str
    heading: bool = False
    doubt: str = ""


class Cell(NamedTuple):
    """A table cell that holds no other table. ``table`` numbers the tables; row and column start at 0, colspan counted."""

    span: Span
    table: int
    row: int
    column: int
    columns: int = 1
    header: bool = False


class Link(NamedTuple):
    """A link: ``span`` is its visible text (may be empty), ``url`` what it leads to, wrappers undone."""

    span: Span
    url: Url


class LinkPart(NamedTuple):
    """A path segment (``name`` empty) or a parameter of a link, on a line of its own in a LINK region.

    ``link`` is the index into ``Document.links`` of the first link with this URL. ``before`` is the
    path segment before a path segment (``orders`` in ``/orders/4821``), else empty.
    """

    span: Span
    link: int
    name: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """A schema.org property on a line of its own in a MARKUP region; ``span`` is its value.

    ``path`` are the types and properties from the outermost item down, as
    ``("ParcelDelivery", "partOfOrder", "Order", "orderNumber")``. ``item`` numbers the innermost
    item, ``root`` the outermost.
    """

    span: Span
    path: tuple[str, ...]
    item: int
    root: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ForwardedHeader:
    """The header block of the first mail that is forwarded inline; raw, and empty where a field is not there."""

    sender: str = ""
    sent: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a mail shows. ``folded`` is ``text`` folded, offset for offset; all tuples are in text order."""

    message: Message
    text: str
    folded: str
    lines: tuple[Line, ...]
    cells: tuple[Cell, ...]
    links: tuple[Link, ...]
    link_parts: tuple[LinkPart, ...]
    properties: tuple[Property, ...]
    defects: tuple[Defect, ...] = ()
    template_marks: tuple[str, ...] = ()  # class names and generator marks that tell a shop platform
    forwarded: ForwardedHeader | None = None
    cut: Mapping[int, bool] = field(default_factory=dict)  # behind the last words of texts that may have been cut off, whether surely
