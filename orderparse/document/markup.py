"""schema.org markup in mails: JSON-LD (https://www.w3.org/TR/json-ld11/) and microdata, as a flat list of leaves.

Nothing is fetched: a ``@context`` is not read. Numbers stay as they are written.
"""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from orderparse.document.html_elements import KINDS, SCRIPT, SKIPPED, STYLE
from orderparse.records import Defect
from orderparse.text.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

BLOCKS: Final = 100  # JSON-LD texts of a mail
BLOCK_SIZE: Final = 256 << 10  # characters
DEPTH: Final = 50
LEAVES: Final = 5_000  # of a mail
VALUE_LENGTH: Final = 500  # characters
_NODES: Final = 200  # that are read for the text of one microdata property

_TOKEN: Final = lazy(r'"(?>(?:[^"\\]|\\.)*)"?|[\[\]{}]', re.DOTALL)
_TRAILING_COMMA: Final = lazy(r'("(?>(?:[^"\\]|\\.)*)")|,(?=\s*+[\]}])', re.DOTALL)
_WRAPPING: Final = lazy(r"\A\s*+(?:<!--|//\s*+<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*+\]\]>|\]\]>|;)\s*+\Z")
_PREFIX: Final = lazy(r"\A(?:https?://(?:www\.)?schema\.org/|schema:)", re.IGNORECASE)


class Leaf(NamedTuple):
    """A property with its value: types and properties from the outermost item down, both items by number."""

    path: tuple[str, ...]
    item: int
    root: int
    value: str


def json_ld(texts: list[str], defects: dict[str, Defect]) -> Iterator[Leaf]:
    """Leaves of JSON-LD texts, in order; what is no JSON is a defect.

    >>> text = '{"@type": "http://schema.org/Order", "seller": {"@type": "Organization", "name": "A"}, "orderNumber": 4821}'
    >>> for leaf in json_ld([text], {}):
    ...     print(leaf.path, leaf.item, leaf.root, leaf.value)
    ('Order', 'seller', 'Organization', 'name') 1 0 A
    ('Order', 'orderNumber') 0 0 4821
    """
    items = 0
    for number, text in enumerate(texts):
        if number >= BLOCKS or len(text) > BLOCK_SIZE:
            defects.setdefault("markup_cut", Defect(code="markup_cut", detail="more JSON-LD than is read"))
            continue
        try:
            value = _load(text)
        except ValueError as error:
            defects.setdefault("markup_invalid", Defect(code="markup_invalid", detail=f"JSON-LD: {error}"[:200]))
            continue
        # Each entry: what is to be read, the path so far, the item it is in, the outermost item.
        waiting: list[tuple[Any, tuple[str, ...], int, int]] = [(value, (), -1, -1)]
        while waiting:
            value, path, item, root = waiting.pop()
            if isinstance(value, list):
                waiting.extend((entry, path, item, root) for entry in reversed(value))
            elif isinstance(value, dict):
                if "@value" in value:
                    waiting.append((value["@value"], path, item, root))
                    continue
                if not path and "@graph" in value:
                    waiting.append((value["@graph"], path, item, root))
                    if "@type" not in value:
                        continue
                number_of_item, items = items, items + 1
                outermost = root if path else number_of_item
                inner = (*path, _type(value.get("@type")))
                waiting.extend(
                    (entry, (*inner, _name(key)), number_of_item, outermost)
                    for key, entry in reversed(value.items())
                    if not key.startswith("@")
                )
            elif path and isinstance(value, str) and value.strip():
                yield Leaf(path, item, root, value)
            elif path and isinstance(value, bool):
                yield Leaf(path, item, root, str(value).lower())


def _load(text: str) -> Any:
    """Read JSON; a second try leaves out what people add to it: escapes of HTML, comment marks, trailing commas."""
    _check_depth(text)
    try:
        return _strict(text)
    except ValueError:
        text = _WRAPPING.sub("", _WRAPPING.sub("", text))
        if '"' not in text:
            text = html.unescape(text)
            _check_depth(text)
        return _strict(_TRAILING_COMMA.sub(r"\1", text))


def _strict(text: str) -> Any:
    return json.loads(text.lstrip("\ufeff"), parse_int=str, parse_float=str, parse_constant=str, strict=False)


def _check_depth(text: str) -> None:
    depth = 0
    for match in _TOKEN.finditer(text):
        if match[0] in "[{":
            depth += 1
            if depth > DEPTH:
                msg = f"nested deeper than {DEPTH}"
                raise ValueError(msg)
        elif match[0] in "]}":
            depth -= 1


def _type(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return _name(value) if isinstance(value, str) else ""


def _name(name: str) -> str:
    return _PREFIX.sub("", name.strip())[:100]


def microdata(root: LexborNode) -> list[Leaf]:
    """Leaves of the microdata in a tree (HTML Living Standard, section 5.2), in order of the tags."""
    leaves: list[Leaf] = []
    items = 0
    node = root
    above: list[LexborNode] = []
    # Of each element above: the path to put properties behind, the item, the outermost item.
    scopes: list[tuple[tuple[str, ...], int, int]] = []
    scope: tuple[tuple[str, ...], int, int] = ((), -1, -1)
    while len(leaves) < LEAVES:
        child = None
        if node.is_element_node:
            attributes = node.attributes
            inner = scope
            names = (attributes.get("itemprop") or "").split(None, 10)[:10]
            path, item, outermost = scope
            if "itemscope" in attributes:
                nested = bool(names and path)
                kind = _name(((attributes.get("itemtype") or "").split() or [""])[0])
                within = (*path, _name(names[0]), kind) if nested else (kind,)
                inner = (within if len(within) <= 2 * DEPTH else path, items, outermost if nested else items)
                items += 1
            elif names and path:
                value = _value(node, attributes)
                if value:
                    leaves.extend(Leaf((*path, _name(name)), item, outermost, value) for name in names)
            child = node.first_child
            if child is not None:
                above.append(node)
                scopes.append(scope)
                scope = inner
                node = child
                continue
        if not above:
            break
        following = node.next
        while following is None:
            node = above.pop()
            scope = scopes.pop()
            if not above:
                return leaves
            following = node.next
        node = following
    return leaves


def _value(node: LexborNode, attributes: dict[str, str | None]) -> str:
    for name in ("content", "href", "src", "datetime", "value"):
        if value := attributes.get(name):
            return value.strip()
    parts: list[str] = []
    size = 0
    for number, inner in enumerate(node.traverse(include_text=True)):
        if number > _NODES or size > VALUE_LENGTH:
            break
        if inner.is_text_node and (inner.parent is None or KINDS.get(inner.parent.tag or "") not in {STYLE, SCRIPT, SKIPPED}):
            text = inner.text_content or ""
            parts.append(text)
            size += len(text)
    return "".join(parts).strip()
