"""HTML of megabytes, made small enough for a walk over its tags: what no mail for people has is taken out, linear in its length.

Images written into the mail (``data:``) and endless attributes go; of tags that stand behind each other again and again some
hundreds stay; of what is too long then, head and tail. A tail that something before it may hide is not read.
"""

from __future__ import annotations

import re
from typing import Final

from orderparse.document.html_elements import RAW_TEXT
from orderparse.document.html_tokens import DEPTH, START, spans
from orderparse.records import Defect
from orderparse.text.patterns import lazy

SIZE: Final = 1 << 20  # characters that are read
TAGS: Final = 12_000
_SMALL: Final = 256 << 10  # characters that are never looked at here, with few tags
_COPIES: Final = DEPTH + 100  # of a group of tags that repeats: what is too deep stays so
_SHORT_COPIES: Final = 200_000  # characters of all those copies

_DATA_URI: Final = lazy(r"""(["'(=])data:[a-z]{1,20}/[^"'()<>\s]{1000,}""", re.IGNORECASE)
_LONG_VALUE: Final = lazy(r"""=(?:"[^"]{8000,}"|'[^']{8000,}')""")
_AGAIN: Final = lazy(r"((?:<[^<>]{1,100}>[^<>]{0,20}){1,8}?)\1{100,}+")
_STEP: Final = 600  # characters from one look for such a group to the next: 200 of the smallest
_ANGLES: Final = lazy(r"<{100,}")  # text, all but the last
_BLANK: Final = lazy(r"[\s>]|(?=<)")
_UNSHOWN: Final = lazy(rf"<(?:!--|(?:{'|'.join(sorted(RAW_TEXT))})[\s>/])", re.IGNORECASE)
_MAY_HIDE: Final = (
    *("hidden", "display", "visib", "opacity", "mso-hide", "height", "indent", "position", "font-size", "overflow"),
    *("<!--", "<template", "<style", "clip"),
)


def abridge(html: str) -> tuple[str, Defect | None]:
    """HTML that is not too long, and what was left out of it.

    >>> abridge("<p>Order 4821")
    ('<p>Order 4821', None)
    >>> html, defect = abridge("<p>Order 4821" + "<i>lorem</i>" * 200_000 + "<p>Total")
    >>> len(html) < SIZE, html[-8:], defect.code
    (True, '<p>Total', 'html_size')
    """
    if len(html) <= _SMALL and html.count("<") <= TAGS:
        return html, None
    defect = None
    if len(html) > _SMALL:
        html = _DATA_URI.sub(r"\1", html)
        html, long = _LONG_VALUE.subn('=""', html)
        if long:
            defect = Defect(code="html_attrs", detail="an endless attribute: left out")
    if html.count("<") > TAGS // 2:
        size = len(html)
        html = _without_copies(_ANGLES.sub("<", html))
        if len(html) < size:
            defect = Defect(code="html_size", detail="tags that repeat: some hundreds of them are read")
    if len(html) <= SIZE and html.count("<") <= TAGS:
        return html, defect
    return _ends(html), Defect(code="html_size", detail="a page too long: its head and its tail are read")


def _without_copies(html: str) -> str:
    """HTML without most of the groups of tags that stand behind each other some hundred times; what is looked at is in it, not each tag."""
    parts: list[str] = []
    done = at = 0
    while (begin := html.find("<", at)) >= 0:
        found = _AGAIN.match(html, begin)
        if found is None:
            at = begin + _STEP
            continue
        unit, copies = found[1], len(found[0]) // len(found[1])
        parts += (html[done:begin], unit * min(copies, _COPIES, _SHORT_COPIES // len(unit)))
        done = at = found.end()
    return "".join((*parts, html[done:]))


def _ends(html: str) -> str:
    """The first two thirds of what is read, and the last third if nothing left out may hide it."""
    head = tags = 0
    for kind, start, end in spans(html):
        tags += kind == START
        if end > SIZE * 2 // 3 or tags > TAGS * 2 // 3:
            head = start
            break
    first = max(head, len(html) - SIZE // 3)
    if html.rfind("<", head, first) > html.rfind(">", head, first):  # in a tag
        first = html.find(">", first) + 1 or len(html)
    first = _behind_word(html, first)
    tail = len(html)
    for _ in range(TAGS // 3):
        before = html.rfind("<", first, tail)
        if before < 0:
            tail = first
            break
        tail = before
    left_out = html[head:tail].lower()
    if any(word in left_out for word in _MAY_HIDE) or _UNSHOWN.search(left_out):
        return html[:head]
    return f"{html[:head]}\n{html[tail:]}"


def _behind_word(html: str, at: int) -> int:
    """The next place where no word is cut."""
    blank = _BLANK.search(html, max(at - 1, 0))
    return blank.end() if blank and at else at
