"""A sheet: the lines of a mail while they are laid out, as a browser lays out inline text, blocks and table rows.

White space is put down only when text follows, so breaks at the edges of cells and blocks cost no lines.
Every separator is one character: offsets stay right whichever of them it becomes.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final, NamedTuple

from orderparse.document import budget
from orderparse.document.characters import doubt, is_clean, odd_characters
from orderparse.document.grid import Grid, Table
from orderparse.document.model import Cell
from orderparse.records import Defect
from orderparse.text.fold import INVISIBLE, clean
from orderparse.text.patterns import lazy
from orderparse.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

NOTHING: Final = 0  # what waits to be put before the next text
BLANK: Final = 1
TAB: Final = 2
BREAK: Final = 3

LINES: Final = 50_000  # of a part; a mail for people has some hundreds
CELLS: Final = 50_000  # of a part; those behind them are text alone
_ENDLESS: Final = 2 * budget.LINE  # characters of one line
_COMPOSED: Final = 1_000_000  # characters that may be composed again to find where spans move to
_NUMBER: Final = lazy(r"[0-9]{4}|[0-9][0-9 .-]{3,20}[0-9]")
_WORD: Final = 4  # letters of the shortest word that is no part of a code


class SheetLine(NamedTuple):
    """A finished line. ``quote`` is 2 in a quoted mail, 1 in a plain ``blockquote``, else 0; ``doubt`` as in the model."""

    text: str
    heading: bool = False
    quote: int = 0
    hidden: bool = False
    doubt: str = ""


class SheetLink(NamedTuple):
    """A link: offsets of its visible text, and where it leads as written."""

    start: int
    end: int
    href: str


class _OpenLink:
    __slots__ = ("alt", "href", "start")

    def __init__(self, href: str) -> None:
        self.href = href
        self.start = -1
        self.alt = ""


class Sheet:
    """Lines, cells and links in text order; ``at`` is the offset at which the line in hand begins."""

    __slots__ = (
        "_carry", "_cell", "_cell_line", "_cell_start", "_cell_tab", "_deferred", "_doubt", "_end",
        "_grid", "_headings", "_hidden", "_line_quote", "_links", "_parts", "_plain", "_tables",
        "_unplaced", "at", "cells", "defects", "full", "lines", "links", "pending",
        "quote", "size", "table_count",
    )  # fmt: skip

    def __init__(self, at: int = 0, *, tables: int = 0, hidden: bool = False) -> None:
        self.at = at
        self.lines: list[SheetLine] = []
        self.cells: list[Cell] = []
        self.links: list[SheetLink] = []
        self.defects: dict[str, Defect] = {}
        self.quote = 0
        self._hidden = hidden
        self._parts: list[str] = []
        self.size = 0
        self.full = False  # no more lines are taken
        self.pending = NOTHING
        self._end = -1  # offset behind the last text
        self._headings = 0
        self._plain = False  # the line in hand holds text that is no heading
        self._line_quote = 0
        self._doubt = ""  # of the line in hand
        self._unplaced = ""  # doubt of an element without text, which goes to the next text
        self._carry = ""  # invisible character at the end of the last text
        self._links: list[_OpenLink] = []
        # The cell in hand, if it holds no table: column, columns, header. Then the line and the offset at
        # which its text begins, and where among the parts of that line the tab before it stands; or -1.
        self._cell: tuple[int, int, bool] | None = None
        self._cell_line = self._cell_start = self._cell_tab = -1
        self._tables: list[Table] = []
        self.table_count = tables
        self._grid = Grid()
        self._deferred: list[Sheet] = []

    def add(self, text: str, *, quote: int = 0, hidden: bool = False, doubt: str = "") -> int:
        """Put down a whole line that is clean already; gives the offset of its start."""
        start = self.at
        self.lines.append(SheetLine(text, heading=False, quote=quote, hidden=hidden, doubt=doubt))
        self.at = start + len(text) + 1
        if len(self.lines) >= LINES:
            self._cut()
        return start

    @property
    def begun(self) -> bool:
        """Whether any visible text was put down."""
        return self._end >= 0

    def ends_with_word(self) -> bool:
        """Whether the text so far ends with a word of some letters, the last one small."""
        last = self._parts[-1] if self._parts else ""
        return last[-1:].islower() and last[-_WORD:].isalpha() and len(last) >= _WORD

    def note(self, text: str) -> None:
        """Keep the defects that a raw text shows."""
        for defect in odd_characters(text):
            self.defects.setdefault(defect.code, defect)

    def text(self, raw: str) -> None:
        """Put down inline text; runs of white space are one blank, also across calls."""
        if len(raw) > _ENDLESS:
            self.defects.setdefault("text_truncated", Defect(code="text_truncated", detail="an endless line"))
            for piece in budget.pieces(raw):
                self.text(piece)
                self.break_line()
            return
        words = raw.split()
        if not words or self.full:
            if raw and not self.pending:
                self.pending = BLANK
            return
        text = " ".join(words)
        leading = trailing = False
        if len(text) != len(raw):
            leading, trailing = raw[0].isspace(), raw[-1].isspace()
        if self._carry or not (text.isprintable() and (text.isascii() or is_clean(text))):
            self._note_odd(text, leading=leading)
            cleaned = clean(text)
            text = " ".join(cleaned.split())
            if not text:
                if (cleaned or leading or trailing) and not self.pending:
                    self.pending = BLANK
                return
            leading = leading or cleaned[0].isspace()
            trailing = trailing or cleaned[-1].isspace()
        if self.size:
            pending = self.pending
            if pending == BREAK:
                self.flush()
                if self.full:
                    return
            elif pending == TAB:
                self._cell_tab = len(self._parts)
                self._parts.append("\t")
                self.size += 1
            elif pending or leading:
                self._parts.append(" ")
                self.size += 1
        start = self.at + self.size
        if not self.size:
            self._line_quote = self.quote
        if self._cell_start < 0:
            self._cell_start = start
            self._cell_line = len(self.lines)
        if self._links and self._links[-1].start < 0:
            self._links[-1].start = start
        self._parts.append(text)
        if self._unplaced:
            self._doubt, self._unplaced = self._doubt or self._unplaced, ""
        self.size += len(text)
        self._end = start + len(text)
        self.pending = BLANK if trailing else NOTHING
        if not self._headings:
            self._plain = True

    def _note_odd(self, text: str, *, leading: bool) -> None:
        apart = leading or self.pending or not self.size
        before = "" if apart else self._parts[-1][-1]
        if apart:
            self._carry = ""
        raw = f"{before}{self._carry}{text}"
        self.note(raw)
        self._unplaced = self._unplaced or doubt(raw)
        if text[-1] not in INVISIBLE:
            self._carry = ""
        elif before or self._carry or not INVISIBLE.issuperset(text):
            self._carry = text[-1]

    def break_line(self) -> None:
        """Begin a new line with the next text; before the first text of a cell nothing is to break."""
        if self.pending != TAB:
            self.pending = BREAK

    def flush(self) -> None:
        """End the line in hand, if it holds anything."""
        if self.size:
            parts = self._parts
            text = parts[0] if len(parts) == 1 else "".join(parts)
            if not text.isascii() and not unicodedata.is_normalized("NFC", text):
                text = self._compose(text)
            self.lines.append(SheetLine(text, not self._plain, self._line_quote, self._hidden, self._doubt))
            self.at += len(text) + 1
            if len(self.lines) >= LINES:
                self._cut()
            parts.clear()
            self.size = 0
            self._plain = False
            self._doubt = ""
        if self._deferred:
            for inner in self._deferred:
                self._place(inner)
            self._deferred.clear()
        self._carry = ""

    def _cut(self) -> None:
        self.full = True
        self.defects["lines_cut"] = Defect(code="lines_cut", detail=f"more than {LINES} lines")

    def finish(self) -> None:
        """End the line in hand and close what is still open."""
        while self._links:
            self.close_link()
        self.flush()
        self.pending = NOTHING
        self._cell = None
        self._tables.clear()
        self._headings = 0

    def _compose(self, text: str) -> str:
        """Compose letters with accents of the next element, and move the offsets into this line along."""
        composed = unicodedata.normalize("NFC", text)
        moved: dict[int, int] = {}

        def move(offset: int) -> int:
            if offset <= self.at:
                return offset
            if offset not in moved:
                # Far more spans on one long odd line than people write: the end of the line will do.
                few = len(moved) * len(text) < _COMPOSED
                within = unicodedata.normalize("NFC", text[: offset - self.at]) if few else composed
                moved[offset] = self.at + min(len(within), len(composed))
            return moved[offset]

        for index in range(len(self.cells) - 1, -1, -1):
            cell = self.cells[index]
            if cell.span.end <= self.at:
                break
            self.cells[index] = cell._replace(span=Span(move(cell.span.start), move(cell.span.end)))
        for index in range(len(self.links) - 1, -1, -1):
            start, end, href = self.links[index]
            if end <= self.at:
                break
            self.links[index] = SheetLink(move(start), move(end), href)
        for link in self._links:
            link.start = move(link.start)
        self._cell_start = move(self._cell_start)
        self._end = move(self._end)
        return composed

    def hide(self, inner: Sheet) -> None:
        """Put the lines of a hidden element below the line in hand, which goes on as if they were not there."""
        inner.finish()
        self.defects.update(inner.defects)
        if self.full or not (inner.lines or inner.links):
            return
        if self.size:
            self._deferred.append(inner)
        else:
            self._place(inner)

    def _place(self, inner: Sheet) -> None:
        base = self.at
        self.lines.extend(inner.lines)
        self.links.extend(SheetLink(start + base, end + base, href) for start, end, href in inner.links)
        self.at = base + inner.at

    def open_heading(self) -> None:
        """Begin a heading: ``h1`` to ``h6``."""
        self._headings += 1
        self.break_line()

    def close_heading(self) -> None:
        """End a heading."""
        self._headings -= 1
        self.break_line()

    def open_link(self, href: str) -> None:
        """Begin a link, or with an empty ``href`` an anchor that leads nowhere; they may stand in each other."""
        self._links.append(_OpenLink(href))

    def alternative(self, alt: str) -> None:
        """Keep the text of an image, in case its link has no other."""
        if self._links and not self._links[-1].alt:
            self._links[-1].alt = alt

    def close_link(self) -> None:
        """End the innermost link; without text of its own it shows the text of its image."""
        if not self._links:
            return
        link = self._links[-1]
        if link.start < 0 and link.alt and link.href:
            if _NUMBER.search(link.alt):  # seen by nobody whose mail program shows images
                inner = Sheet(hidden=True)
                inner.text(link.alt)
                self.hide(inner)
            else:
                self.text(link.alt)
        self._links.pop()
        if link.start < 0:
            at = self.at + self.size
            if link.href:
                self.links.append(SheetLink(at, at, link.href))
            return
        if link.href:
            self.links.append(SheetLink(link.start, self._end, link.href))
        if self._links and self._links[-1].start < 0:
            self._links[-1].start = link.start

    def open_table(self) -> None:
        """Begin a table. The cell around it, if any, is only layout then."""
        if self._cell is not None and self._cell_tab >= 0 and self._cell_line == len(self.lines):
            # The text of that cell stands on the line of its neighbour: part them again.
            rest = self._parts[self._cell_tab + 1 :]
            plain, deferred = self._plain, self._deferred
            del self._parts[self._cell_tab :]
            self._deferred = []
            self.flush()
            self._parts, self._plain, self._deferred = rest, plain, deferred
            self.size = sum(map(len, rest))
        self._cell = None
        self.pending = BREAK
        self._tables.append(Table(self.table_count))
        self.table_count += 1

    def close_table(self) -> None:
        """End the innermost table."""
        if self._tables:
            self._tables.pop()
        self._cell = None
        self.pending = BREAK

    def open_row(self) -> None:
        """Begin a table row."""
        self.pending = BREAK
        if self._tables:
            self._tables[-1].begin_row()

    def close_row(self) -> None:
        """End a table row."""
        self.pending = BREAK

    def open_cell(self, attributes: Mapping[str, str | None], *, header: bool = False) -> None:
        """Begin a table cell with the attributes of its tag."""
        self._headings += header
        if not self._tables:
            self.pending = BREAK
            return
        table = self._tables[-1]
        column, columns = self._grid.place(table, attributes)
        self._cell = (column, columns, header)
        self._cell_start = self._cell_tab = -1
        self.pending = TAB if table.row_open and self.size else BREAK

    def close_header_cell(self) -> None:
        """End a header cell."""
        self._headings -= 1
        self.close_cell()

    def close_cell(self) -> None:
        """End a table cell; an empty one leaves nothing but its column."""
        self.pending = BREAK
        if not self._tables:
            return
        table = self._tables[-1]
        if self._cell is None:
            table.row_open = False
        elif self._cell_start >= 0:
            column, columns, header = self._cell
            span = Span(self._cell_start, self._end)
            if len(self.cells) < CELLS:
                self.cells.append(Cell(span, table.number, table.row, column, columns, header))
            table.row_open = self._cell_line == len(self.lines)
        self._cell = None
