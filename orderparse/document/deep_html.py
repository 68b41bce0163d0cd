"""HTML that is too deep or too large for a tree: lines and links from its tokens alone, in linear time.

Tables give no cells here, and only inline styles and the ``hidden`` attribute hide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orderparse.document.html_elements import (
    BLOCK,
    CELL,
    HEADER_CELL,
    HEADING,
    IMAGE,
    INLINE,
    KINDS,
    LINE_BREAK,
    LINK,
    META,
    PREFORMATTED,
    QUOTE,
    ROW,
    SCRIPT,
    SKIPPED,
    TABLE,
    TITLE,
    VOID,
)
from orderparse.document.html_tokens import END, RAW, START, TEXT, attributes, tokens, unescape
from orderparse.document.sheet import Sheet
from orderparse.document.visibility import hides

if TYPE_CHECKING:
    from orderparse.document.html_page import Page

# Raw text of these is shown.
_SHOWN: Final = frozenset({"plaintext", "textarea", "xmp"})
# Elements whose content is not shown although it is markup.
_UNSEEN: Final = frozenset({"audio", "canvas", "datalist", "noscript", "template", "video"})
# Elements that do no more here than break the line.
_BREAKING: Final = frozenset({BLOCK, TABLE, ROW, CELL, HEADER_CELL, PREFORMATTED})
# Elements that the next of their kind ends.
_ENDED_BY_NEXT: Final = frozenset({"dd", "dt", "li", "option", "p", "td", "th", "tr"})


def read(html: str, page: Page) -> Page:
    """Write the lines and links of an HTML text to the sheet of a page."""
    sheet = page.sheet
    outer = sheet
    hidden_by = ""  # name of the element that hides what is read now
    hidden_depth = 0  # elements of that name that stand open in it
    in_link = False
    headings = 0
    script = ""  # type of the script before its text
    for kind, name, data in tokens(html):
        if kind == TEXT:
            if outer.full:
                break
            sheet.text(unescape(data))
            continue
        if kind == RAW:
            if name == "script":
                if "ld+json" in script:
                    page.scripts.append(data)
            elif name in _SHOWN:
                sheet.text(unescape(data))
            elif name == "title":
                inner = Sheet(hidden=True)
                inner.text(unescape(data))
                outer.hide(inner)
            continue
        element = KINDS.get(name, INLINE)
        if element == INLINE and not data and name != hidden_by:
            continue  # most of what is nested deep is this, or the next
        if element in _BREAKING and not data and not hidden_by:
            sheet.break_line()
            continue
        if hidden_by in _ENDED_BY_NEXT and kind == START and (name == hidden_by or (hidden_by == "p" and element == BLOCK)):
            outer.hide(sheet)
            sheet, hidden_by = outer, ""
        if hidden_by and name == hidden_by:
            hidden_depth += 1 if kind == START else -1
            if not hidden_depth:
                outer.hide(sheet)
                sheet, hidden_by = outer, ""
                continue
        if element == LINE_BREAK:
            sheet.break_line()
            continue
        if kind == START:
            found = attributes(data) if data else {}
            if not hidden_by and name not in VOID and ("hidden" in found or hides(found.get("style", "")) or name in _UNSEEN):
                sheet, hidden_by, hidden_depth = Sheet(hidden=True), name, 1
                continue
            if element == SCRIPT:
                script = found.get("type", "").lower()
            elif element == IMAGE:
                sheet.alternative(found.get("alt", ""))
            elif element == LINK and not hidden_by:
                if in_link:
                    sheet.close_link()
                href = found.get("href", "").strip()
                in_link = href[:4].lower() == "http"
                if in_link:
                    sheet.open_link(href)
        elif element == LINK and not hidden_by and in_link:
            sheet.close_link()
            in_link = False
        if element == HEADING and not hidden_by:
            # Only ever one: what is nested here is broken.
            if kind == START and not headings:
                headings = 1
                sheet.open_heading()
            elif kind == END and headings:
                headings = 0
                sheet.close_heading()
        if element not in {INLINE, LINK, IMAGE, SKIPPED, SCRIPT, TITLE, META}:
            if element == QUOTE:
                sheet.quote = int(kind == START)
            sheet.break_line()
    if hidden_by:
        # Nothing ended it. A browser shows nothing of the rest either.
        outer.hide(sheet)
    outer.finish()
    return page
