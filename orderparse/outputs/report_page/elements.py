"""Elements of the page: the only road on which a text gets into it.

A text becomes part of the page as the child or the attribute of an :class:`Element`, never as markup: :func:`html`
escapes every one of them, and :func:`compact` gives what the page's script builds with ``createElement`` and
``textContent``. Names of elements and attributes are the program's own, and those of this file.
"""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urlsplit

from orderparse.outputs.safe_text import one_line
from orderparse.slotted import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

TAGS = frozenset({
    *("html", "head", "meta", "title", "body", "header", "main", "footer", "nav", "section", "form", "dialog", "noscript"),
    *("h1", "h2", "h3", "p", "div", "span", "strong", "small", "mark", "time", "a", "button", "label", "input", "select", "option"),
    "output",
    *("ol", "ul", "li", "dl", "dt", "dd", "details", "summary", "figure", "figcaption"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
    *("svg", "g", "rect", "line", "circle", "text", "desc"),
})  # fmt: skip
ATTRIBUTES = frozenset({
    *("id", "class", "lang", "dir", "hidden", "title", "href", "rel", "target", "datetime", "charset", "name", "content", "http-equiv"),
    *("type", "for", "value", "placeholder", "autocomplete", "spellcheck", "role", "scope", "colspan", "tabindex", "data-sort"),
    *("aria-label", "aria-labelledby", "aria-describedby", "aria-live", "aria-pressed", "aria-hidden"),
    *("width", "height", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "dy", "text-anchor"),
})  # fmt: skip
_EMPTY = frozenset({"meta", "input"})  # elements without an end tag
_HOST = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.-")
_JSON_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}

Child: TypeAlias = "Element | Table | str | None"


@dataclass(frozen=True, slots=True)
class Element:
    """An element of HTML or SVG; an attribute with an empty value has none, as ``hidden``."""

    tag: str
    attributes: tuple[tuple[str, str], ...]
    children: tuple[Element | Table | str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of texts, in its shortest form: most of a page's evidence is such. The last column holds numbers, the last row sums."""

    classes: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def element(self) -> Element:
        """The same as elements."""
        last = len(self.head) - 1
        *rows, total = (
            tuple(el("td.num" if place == last else "td", text, dir="auto") for place, text in enumerate(row)) for row in self.rows
        )
        heads = (el("th.num" if place == last else "th", text, scope="col") for place, text in enumerate(self.head))
        return el(
            f"table.{self.classes}", el("thead", el("tr", *heads)), el("tbody", *(el("tr", *row) for row in rows), el("tr.sum", *total))
        )


def el(tag: str, *children: Child, **attributes: str | None) -> Element:
    """An element; children and attributes that are None are left out.

    The class is written ``class_`` and stands with the tag too; a hyphen is written as an underscore.

    >>> html(el("td.num", "a < b", title='"', hidden=None))
    '<td class="num" title="&quot;">a &lt; b</td>'
    """
    name, _, classes = tag.partition(".")
    named = (
        ("class", classes.replace(".", " ") or None),
        *((key.rstrip("_").replace("_", "-"), value) for key, value in attributes.items()),
    )
    kept = tuple((key, value) for key, value in named if value is not None)
    unknown = [given for given in (name,) if given not in TAGS] + [key for key, _ in kept if key not in ATTRIBUTES]
    if unknown:
        msg = f"no element or attribute of the page: {unknown}"
        raise ValueError(msg)
    return Element(name, kept, tuple(child for child in children if child is not None))


def html(element: Element | Table | str) -> str:
    """The element as HTML; a text as text."""
    return "".join(_html(element))


def start(element: Element) -> str:
    """The start tag alone, with the children that it has, for an element whose rest is written piece by piece."""
    return "".join(_html(element)).removesuffix(f"</{element.tag}>")


def _html(element: Element | Table | str) -> Iterator[str]:
    if isinstance(element, str):
        yield escape(plain(element))
        return
    if isinstance(element, Table):
        element = element.element()
    yield f"<{element.tag}"
    for name, value in element.attributes:
        yield f' {name}="{escape(plain(value))}"' if value else f" {name}"
    yield ">"
    if element.tag not in _EMPTY:
        for child in element.children:
            yield from _html(child)
        yield f"</{element.tag}>"


def plain(text: str) -> str:
    r"""The text as a reader sees it, on one line, without controls and bidi overrides; one blank at either end stays.

    >>> plain(" a\u202e\tb "), plain(" ")
    (' a b ', ' ')
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text
    line = one_line(text)
    if not line:
        return text and " "
    return (" " if text[0].isspace() else "") + line + (" " if text[-1].isspace() else "")


def compact(element: Element | Table) -> list[Any]:
    """The element as JSON arrays: tag and classes, attributes if there are others, children; of a table the texts alone.

    >>> compact(el("p.a", "x", el("a", "y", href="https://x.example")))
    ['p.a', 'x', ['a', {'href': 'https://x.example'}, 'y']]
    """
    if isinstance(element, Table):
        return [f"table.{element.classes}", [[plain(text) for text in row] for row in (element.head, *element.rows)]]
    attributes = dict(element.attributes)
    classes = attributes.pop("class", "")
    made: list[Any] = [element.tag + "".join(f".{name}" for name in classes.split())]
    if attributes:
        made.append({name: plain(value) for name, value in attributes.items()})
    made += [plain(child) if isinstance(child, str) else compact(child) for child in element.children]
    return made


def data_block(name: str, value: Any) -> str:
    r"""A block of data (``application/json``), which no text in it can end.

    >>> data_block("a", "</script>&")
    '<script type="application/json" id="a">"\\u003c/script\\u003e\\u0026"</script>'
    """
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_JSON_ESCAPES)
    return f'<script type="application/json" id="{escape(name)}">{data}</script>'


def https(url: str | None) -> tuple[str, str] | None:
    r"""The link and its host, if it is one of ``https`` to a host without a user's name; else nothing.

    >>> https("https://www.royalmail.com/track?q=1")
    ('https://www.royalmail.com/track?q=1', 'www.royalmail.com')
    >>> https("javascript:alert(1)"), https("https://dhl.com@evil.example/"), https("https://a.example\\@b.example")
    (None, None, None)
    """
    if (
        url is None
        or not url.startswith("https://")
        or not url.isascii()
        or not url.isprintable()
        or any(char in url for char in ' \\"<>`')
    ):
        return None
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if "@" in parts.netloc or port not in {None, 443} or "." not in host.strip(".") or not set(host) <= _HOST:
        return None
    return url, host
