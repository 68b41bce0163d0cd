"""HTML (https://html.spec.whatwg.org/) as lines, cells and links: one walk over the parser's tree, without recursion."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborHTMLParser

from orderparse.document import abridged, html_tokens, markup
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
    NOTHING,
    PREFORMATTED,
    ROW,
    SCRIPT,
    STYLE,
    TABLE,
    TEXT,
)
from orderparse.document.html_page import HIDDEN, PAINTED, REST, STRONG, WEAK, Page
from orderparse.document.paint import Paint, Shade
from orderparse.document.sheet import BLANK, BREAK, TAB, Sheet

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_WITHOUT_EVENTS: Final = 1  # LexborDocumentOptions.WO_EVENTS: no copying of options while parsing
_FIXED_IDS: Final = 4_096  # a tag id above is an address, made up for a name that the parser does not know
_KINDS: Final[dict[int, int]] = {}  # kind by tag id, filled as tags are met

_End = Callable[[], None]  # what is to be done where an element ends


def read(html: str, at: int = 0, *, tables: int = 0) -> Page:
    """Lay out an HTML text that begins at an offset of the text of a mail, behind so many tables.

    What is too deep or too large for a tree goes the road of ``deep_html``, with a defect.
    """
    page = Page(Sheet(at, tables=tables))
    html, cut = abridged.abridge(html)
    if cut is not None:
        page.sheet.defects[cut.code] = cut
    try:
        encoded = html.encode()
    except UnicodeEncodeError:  # lone surrogates
        html = html.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        encoded = html.encode()
    if b"\0" in encoded:  # the parser would drop them, and join what they part; another control character it keeps
        page.sheet.note("\0")
        html = html.replace("\0", "\1")
        encoded = html.encode()
    if defect := html_tokens.limit(html):
        from orderparse.document import deep_html  # noqa: PLC0415  # one mail in thousands

        page.sheet.defects[defect.code] = defect
        return deep_html.read(html, page)
    root = LexborHTMLParser(encoded, options=_WITHOUT_EVENTS).root
    if root is None:
        return page
    _Walk(page).run(root)
    if page.late_rules:
        defects = page.sheet.defects
        page = Page(Sheet(at, tables=tables), page.style_sheets)
        page.sheet.defects.update(defects)
        _Walk(page).run(root)
    page.sheet.finish()
    if page.has_items:
        page.leaves = markup.microdata(root)
    return page


class _Walk:
    """One walk: where the text goes, and what stands open around the node in hand."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.sheet = page.sheet
        self.hidden = False  # all that is read now is; nothing of it needs to be asked again
        self.shade = Shade()  # what holds for text here
        self.unseen = False  # text here is put down, but cannot be seen
        self.preformatted = 0
        self.strong = 0  # quotes of mail programs
        self.weak = 0  # other block quotes
        self.rest = False  # all that follows is an older mail

    def run(self, root: LexborNode) -> None:
        """Write a page.

        This loop takes most of the time of a document, so what is frequent is written out in it. The parser
        gives elements and texts in order, without the white space between tags; an element ends when the
        next node has a parent that stands further up.
        """
        inside: list[int] = []  # the open elements but the innermost, and what ends with each
        ends: list[_End | None] = []
        innermost = 0
        flexible: set[int] = set()  # elements whose children are boxes beside each other (CSS Flexible Box Layout, Grid)
        muted = 0  # number of open elements from which on nothing is read, or 0
        kind_of = _KINDS.get
        page = self.page
        style_means = page.styles.get
        name_means = page.named.get
        sheets = page.style_sheets
        rules = bool(sheets)
        sheet = self.sheet
        for node in root.traverse(include_text=True, skip_empty=True):
            up = node.parent.mem_id  # type: ignore[union-attr]  # only the document has no parent
            if up != innermost:
                while ends and innermost != up:
                    end = ends.pop()
                    if end is not None:
                        end()
                        sheet = self.sheet
                    innermost = inside.pop()
                if muted > len(ends):
                    muted = 0
            tag_id = node.tag_id
            kind = kind_of(tag_id, -1)
            if kind < 0:
                kind = KINDS.get(node.tag or "", INLINE)
                if tag_id < _FIXED_IDS:
                    _KINDS[tag_id] = kind
            if kind == TEXT:
                if not muted:
                    text = node.text_content or ""
                    if sheet.size and not sheet.pending and not text[:1].isspace():
                        self._blank_before(node)
                        if text[:1].isdigit() and not sheet.pending and sheet.ends_with_word():
                            sheet.pending = BLANK  # "<span>Order</span><span>4821": a style sheet keeps them apart
                    if self.unseen and not self.hidden:
                        self._write_unseen(text)
                    elif self.preformatted:
                        self._write_preformatted(text)
                    else:
                        sheet.text(text)
                continue
            end = None
            if muted:
                pass
            elif kind >= LINE_BREAK:
                if kind == LINE_BREAK:
                    sheet.break_line()
                    continue
                if kind == NOTHING:
                    continue
                if kind >= STYLE:
                    self._beside(node, kind)
                    rules = bool(sheets)
                muted = len(ends) + 1
            else:
                attributes = node.attributes
                verdict = 0
                if flexible and innermost in flexible:
                    self._apart()
                if attributes:
                    if value := attributes.get("style"):
                        if kind == INLINE and ("float" in value or "block" in value):
                            self._apart()  # shown apart from the words before it and behind it
                            end = self._apart
                        elif "flex" in value or "grid" in value:
                            flexible.add(node.mem_id)
                        meaning = style_means(value)
                        verdict = page.judge_style(value) if meaning is None else meaning
                    if value := attributes.get("class"):
                        meaning = name_means(value)
                        verdict |= page.judge_names(value) if meaning is None else meaning
                    if value := attributes.get("id"):
                        meaning = name_means(value)
                        verdict |= page.judge_names(value) if meaning is None else meaning
                    if "hidden" in attributes:
                        verdict = HIDDEN
                    if "itemscope" in attributes:
                        page.has_items = True
                painted = None
                if rules and (attributes or sheets.by_element):
                    ruled_out, painted = page.ruled(node, tag_id, attributes)
                    if ruled_out:
                        verdict = HIDDEN
                if verdict > 0 and verdict & PAINTED:
                    verdict -= PAINTED
                    painted = page.paint(attributes, painted)
                elif painted is not None or "bgcolor" in attributes or "color" in attributes or "background" in attributes:
                    painted = page.paint(attributes, painted)
                if (painted is not None or (kind == LINK and self.shade.text is not None)) and not self.hidden:
                    ending = self._paint(painted, link=kind == LINK)
                    end = ending if end is None else _both(ending, end)
                if verdict:
                    mark = self._mark(node, verdict)
                    if mark is not None:
                        end = mark if end is None else _both(mark, end)
                    sheet = self.sheet
                if kind == CELL:
                    sheet.open_cell(attributes)
                    end = sheet.close_cell if end is None else _both(sheet.close_cell, end)
                elif kind == ROW:
                    sheet.open_row()
                    end = sheet.close_row if end is None else _both(sheet.close_row, end)
                elif kind == BLOCK:
                    if sheet.pending != TAB:
                        sheet.pending = BREAK
                    end = sheet.break_line if end is None else _both(sheet.break_line, end)
                elif kind:
                    more = self._open(kind, attributes)
                    end = more if end is None else _both(more, end)
            inside.append(innermost)
            ends.append(end)
            innermost = node.mem_id
        while ends:
            end = ends.pop()
            if end is not None:
                end()

    def _paint(self, painted: Paint | None, *, link: bool) -> _End:
        """Begin an element that sets colours or a size; gives what ends it."""
        before = self.shade, self.unseen
        self.shade = self.shade.under(painted or Paint(), link=link)
        self.unseen = self.shade.unseen

        def end() -> None:
            self.shade, self.unseen = before

        return end

    def _write_unseen(self, text: str) -> None:
        """Put a text that nobody can see beside the others."""
        if text.strip():
            inner = Sheet(hidden=True)
            inner.text(text)
            self.sheet.hide(inner)
        self._apart()

    def _apart(self) -> None:
        if not self.sheet.pending:
            self.sheet.pending = BLANK

    def _mark(self, node: LexborNode, verdict: int) -> _End | None:
        """Begin a quote, or a hidden element on a sheet of its own; gives what ends it."""
        if verdict > 0:
            return self._begin_quote(verdict)
        if self.hidden:
            return None
        outer = self.sheet
        if outer.size and not outer.pending:
            self._blank_before(node)
        inner = self.sheet = Sheet(hidden=True)
        self.hidden = True

        def end() -> None:
            outer.hide(inner)
            self.sheet = outer
            self.hidden = False

        return end

    def _begin_quote(self, quote: int) -> _End:
        self._quote(quote, 1)
        return lambda: self._quote(quote, -1)

    def _quote(self, quote: int, step: int) -> None:
        self.sheet.break_line()
        if quote == WEAK:
            self.weak += step
        else:
            self.strong += step
            self.rest = self.rest or quote >= REST
        self.sheet.quote = 2 if self.strong or self.rest else int(self.weak > 0)

    def _open(self, kind: int, attributes: dict[str, str | None]) -> _End | None:
        """Begin an element of a less frequent kind; gives what ends it."""
        sheet = self.sheet
        if kind == TABLE:
            sheet.open_table()
            return sheet.close_table
        if kind == LINK:
            href = (attributes.get("href") or "").strip()
            sheet.open_link(href if href[:4].lower() == "http" else "")
            return sheet.close_link
        if kind == IMAGE:
            if alt := attributes.get("alt"):
                sheet.alternative(alt)
            return None
        if kind == HEADER_CELL:
            sheet.open_cell(attributes, header=True)
            return sheet.close_header_cell
        if kind == HEADING:
            sheet.open_heading()
            return sheet.close_heading
        if kind == PREFORMATTED:
            self.preformatted += 1
            sheet.break_line()
            return self._close_preformatted
        sheet.break_line()
        return self._begin_quote(STRONG if attributes.get("type") == "cite" or "cite" in attributes else WEAK)

    def _close_preformatted(self) -> None:
        self.preformatted -= 1
        self.sheet.break_line()

    def _write_preformatted(self, text: str) -> None:
        first, *others = text.split("\n")
        self.sheet.text(first)
        for line in others:
            self.sheet.break_line()
            self.sheet.text(line)

    def _blank_before(self, node: LexborNode) -> None:
        """Put the white space before a text that stands close to the text before it; the walk leaves it out."""
        at: LexborNode | None = node
        while at is not None:
            before = at.prev
            if before is None:
                at = at.parent
                continue
            while (kind := _KINDS.get(before.tag_id, INLINE)) < LINE_BREAK and (last := before.last_child) is not None:
                before = last
            if kind == TEXT:
                if before.is_empty_text_node and (text := before.text_content):
                    self.sheet.pending = BREAK if self.preformatted and "\n" in text else BLANK
                return
            at = before

    def _beside(self, node: LexborNode, kind: int) -> None:
        """Keep what is no text of the page."""
        page = self.page
        if kind == STYLE:
            page.add_style_sheet(node.text())
        elif kind == SCRIPT:
            if "ld+json" in (node.attributes.get("type") or "").lower():
                page.scripts.append(node.text())
        elif kind == META:
            attributes = node.attributes
            if (attributes.get("name") or "").lower() == "generator":
                page.names.add(f"generator:{(attributes.get('content') or '')[:60]}")
        elif self.hidden:  # a title
            self.sheet.text(node.text())
        else:
            inner = Sheet(hidden=True)
            inner.text(node.text())
            self.sheet.hide(inner)


def _both(first: _End | None, second: _End) -> _End:
    if first is None:
        return second

    def end() -> None:
        first()
        second()

    return end
