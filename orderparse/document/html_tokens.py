"""HTML tokens (HTML Living Standard, section 13.2.5) in linear time, without a tree.

Tree builders take time in the square of the depth and of the attributes of a tag. So a scan
over the tokens decides whether a tree is built at all: :func:`limit`.
"""

from __future__ import annotations

import html as entities
import re
from typing import TYPE_CHECKING, Final

from orderparse.document.html_elements import RAW_TEXT, VOID
from orderparse.records import Defect
from orderparse.text.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZE: Final = 4 << 20  # characters
DEPTH: Final = 1_000
ATTRIBUTES: Final = 500  # of one tag
TAG_LENGTH: Final = 100_000
_WORK: Final = 20_000_000  # depth summed over all tags: what a tree builder looks through at the worst

# Below these no input is slow, whatever it holds: the worst takes a second.
_FEW_TAGS: Final = 2_000
_SHORT: Final = 98_304  # characters

_WS: Final = r"[ \t\n\f\r]"
_ATTRIBUTE: Final = rf"""[^ \t\n\f\r/>][^ \t\n\f\r/>=]*+(?>(?:{_WS}*+={_WS}*+(?>(?:"[^"]*+"|'[^']*+'|[^ \t\n\f\r>"'][^ \t\n\f\r>]*+)?))?)"""
_MARKUP: Final = lazy(rf"<(?:(/?+)([a-zA-Z][^ \t\n\f\r/>]*+)((?>(?:[ \t\n\f\r/]++|{_ATTRIBUTE})*))>?+|!--|[!?/])")
_ATTRIBUTES: Final = lazy(
    rf"""([^ \t\n\f\r/>][^ \t\n\f\r/>=]*+)(?>(?:{_WS}*+={_WS}*+(?>(?:"([^"]*+)"|'([^']*+)'|([^ \t\n\f\r>"'][^ \t\n\f\r>]*+))?))?)"""
)
_COMMENT_END: Final = lazy(r"--!?+>")
_SCRIPT_TURN: Final = lazy(r"<!--|-->|<(/?+)script(?=[ \t\n\f\r/>])", re.IGNORECASE)
_RAW_END: Final = {name: re.compile(rf"</{name}(?=[ \t\n\f\r/>])", re.IGNORECASE) for name in RAW_TEXT - {"script", "plaintext"}}
_FAR_NUMBER: Final = lazy(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{7,})")

# Where these stand the tree builder may see other tokens than a scan does.
_FOREIGN: Final = lazy(r"<(?:svg|math|select|frameset)|<!\[CDATA\[", re.IGNORECASE)
_NOT_NESTED: Final = VOID | {"html", "head", "body"}
_CELLS: Final = frozenset({"td", "th"})


TEXT: Final = 0  # kinds of tokens
START: Final = 1
END: Final = 2
RAW: Final = 3  # the content of a raw-text element


def tokens(html: str) -> Iterator[tuple[int, str, str]]:
    """Kind, name and data of all tokens but comments and declarations, in order.

    The name is in lower case; data is the text, or the attributes of a start tag as written.

    >>> [name or data for kind, name, data in tokens('<p>a<!-- b --><BR>c</p>')]
    ['p', 'a', 'br', 'c', 'p']
    """
    at = 0
    end = len(html)
    search = _MARKUP.search
    while match := search(html, at):
        start = match.start()
        if start > at:
            yield TEXT, "", html[at:start]
        at = match.end()
        closing, name, data = match.groups()
        if name is None:
            at = _behind(html, match[0], at)
            continue
        name = name.lower()
        if closing:
            yield END, name, ""
            continue
        yield START, name, data
        if name in RAW_TEXT:
            stop = _raw_end(html, at, name)
            if stop > at:
                yield RAW, name, html[at:stop]
            at = stop
    if at < end:
        yield TEXT, "", html[at:]


def spans(html: str) -> Iterator[tuple[int, int, int]]:
    """Kind, begin and end of all tags, comments (as ``END``) and raw texts, in order."""
    at = 0
    search = _MARKUP.search
    while match := search(html, at):
        at = match.end()
        closing, name, _ = match.groups()
        if name is None:
            at = _behind(html, match[0], at)
        kind = END if closing or name is None else START
        yield kind, match.start(), at
        if kind == START and name.lower() in RAW_TEXT:
            stop = _raw_end(html, at, name.lower())
            yield RAW, at, stop
            at = stop


def _behind(html: str, opening: str, at: int) -> int:
    """Where a comment or declaration ends that was opened before ``at``."""
    if opening == "<!--":
        stop = _COMMENT_END.search(html, at - 2)
        return stop.end() if stop else len(html)
    return html.find(">", at) + 1 or len(html)


def _raw_end(html: str, at: int, name: str) -> int:
    if name == "plaintext":
        return len(html)
    if name != "script":
        stop = _RAW_END[name].search(html, at)
        return stop.start() if stop else len(html)
    # "script data double escaped state": in a comment, a script in the script must end first.
    escaped = double = False
    while stop := _SCRIPT_TURN.search(html, at):
        turn = stop[0]
        at = stop.end()
        if turn == "<!--":
            escaped = True
            at -= 2
        elif turn == "-->":
            escaped = double = False
        elif not stop[1]:
            double = escaped
        elif double:
            double = False
        else:
            return stop.start()
    return len(html)


def attributes(written: str) -> dict[str, str]:
    """Attributes of a start tag, the first of each name; a tag has at most ``ATTRIBUTES``.

    >>> attributes(' HREF="/a?b=1&amp;c=2" hidden class=x')
    {'href': '/a?b=1&c=2', 'hidden': '', 'class': 'x'}
    """
    found: dict[str, str] = {}
    for count, match in enumerate(_ATTRIBUTES.finditer(written)):
        if count >= ATTRIBUTES:
            break
        name, double, single, bare = match.groups()
        found.setdefault(name.lower(), unescape(double or single or bare or ""))
    return found


def unescape(text: str) -> str:
    """Text with its character references resolved; numbers far outside of Unicode are U+FFFD.

    >>> unescape("R&oslash;d &#8364;") + unescape("&#" + "9" * 5000 + ";")[0]
    'Rød €\N{REPLACEMENT CHARACTER}'
    """
    if "&" not in text:
        return text
    return entities.unescape(_FAR_NUMBER.sub("\ufffd", text))


def limit(html: str) -> Defect | None:
    """Why no tree may be built from an HTML text, or None if one may.

    The depth is taken to be what no tree exceeds but for the elements that HTML implies: an end tag
    counts only where it ends the innermost element, and a start tag ends the one before it only
    where it always does.
    """
    size = len(html)
    if size > SIZE:
        return Defect(code="html_size", detail=f"{size} characters: read without a tree")
    if size <= _SHORT and html.count("<") <= _FEW_TAGS:
        return None
    if _FOREIGN.search(html):
        return Defect(code="html_foreign", detail="svg, math or select in a large mail: read without a tree")
    stack: list[str] = []
    work = at = 0
    search = _MARKUP.search
    while match := search(html, at):
        at = match.end()
        closing, name, data = match.groups()
        if name is None:
            at = _behind(html, match[0], at)
            continue
        name = name.lower()
        if closing:
            if stack:
                if stack[-1] == name:
                    stack.pop()
                elif stack[-1] == "p" and stack[-2:-1] == [name]:
                    del stack[-2:]
                work += len(stack)
            continue
        if len(data) > ATTRIBUTES and _many_attributes(data):
            return Defect(code="html_attrs", detail="a tag with too many or too long attributes: read without a tree")
        if name in RAW_TEXT:
            at = _raw_end(html, at, name)
        elif name not in _NOT_NESTED:
            if stack:
                _imply(stack, name)
            stack.append(name)
            work += len(stack)
            if len(stack) > DEPTH or work > _WORK:
                return Defect(code="html_depth", detail="elements nested too deep: read without a tree")
    return None


def _imply(stack: list[str], name: str) -> None:
    """End the elements that a start tag ends by itself, in a table or in none."""
    if name == "tr":
        while stack and (stack[-1] in _CELLS or stack[-1] == "tr"):
            stack.pop()
    elif name in _CELLS:
        while stack and stack[-1] in _CELLS:
            stack.pop()
    elif name in {"p", "li", "option"} and stack[-1] == name:
        stack.pop()


def _many_attributes(written: str) -> bool:
    if len(written) > TAG_LENGTH:
        return True
    return sum(1 for _ in _ATTRIBUTES.finditer(written)) > ATTRIBUTES
