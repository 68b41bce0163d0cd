"""text/plain (RFC 2046, RFC 3676 for quotes) as lines, and as cells where columns are aligned with blanks."""

from __future__ import annotations

import html
import re
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from orderparse.document import wraps
from orderparse.document.characters import cleaned, doubt, is_clean
from orderparse.document.model import Cell
from orderparse.document.sheet import CELLS, Sheet
from orderparse.text.patterns import lazy
from orderparse.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_QUOTE: Final = lazy(r"[ \t]{0,3}+>(?!From )(?>(?: {0,2}+>)*) ?+")
_DECORATION: Final = frozenset("=-_*~+|\u2500\u2501\u2550\u2013\u2014\u2015 \t")
_FIELD: Final = lazy(r"[^ \t\n]++(?>(?: [^ \t\n]++)*)")
_ROWS: Final = 5_000  # of one table; a longer one is several
_FIELDS: Final = 100  # of a line that are looked at
_PAIR: Final = 2  # fields; fewer make no table
_SLACK: Final = 1  # characters by which the edges of a column may differ

# Tags that shops leave in their plain text. What an address in angle brackets begins with is no tag.
_BREAKING: Final = "br|p|div|tr|li|ul|ol|table|h[1-6]|hr|dl|dt|dd|blockquote|center"
_INLINE: Final = "a|abbr|b|big|body|em|font|head|html|i|img|small|span|strike|strong|style|sub|sup|tbody|td|th|thead|tt|u|title|meta|link"
_TAG: Final = lazy(rf"<(/?+)({_BREAKING}|{_INLINE})((?>(?:[ \t\r\n][^<>]{{0,5000}}+)?))/?+>", re.IGNORECASE)
_HREF: Final = lazy(r"""\bhref[ \t\r\n]*+=[ \t\r\n]*+["']?+(https?://[^"'<> \t\r\n]++)""", re.IGNORECASE)
_ENTITY: Final = lazy(r"&(?:[a-zA-Z]{2,8}|#[0-9]{1,6}|#[xX][0-9a-fA-F]{1,5});")
_LINE_BREAK: Final = lazy(r"[\x0b\x0c\x85\u2028\u2029]")  # what becomes one when a text is cleaned
_WHOLE: Final = lazy(r"[\s\ufeff]*+<(?:!doctype[ \t]++html|html|head|body)[\s>]", re.IGNORECASE)


class _Row(NamedTuple):
    """A line with gaps: its offset, the blanks before it, its text."""

    start: int
    indent: int
    text: str


class _Field(NamedTuple):
    """A stretch of words: the places where it begins and ends on its line, and its span."""

    left: int
    right: int
    span: Span


def is_html(text: str) -> bool:
    r"""Whether a text that is declared as plain is an HTML document.

    >>> is_html("\n<!DOCTYPE html><p>Order"), is_html("<b>Order</b>")
    (True, False)
    """
    return _WHOLE.match(text) is not None


def read(text: str, at: int = 0, *, tables: int = 0) -> Sheet:
    """Lay out a plain text that begins at an offset of the text of a mail, behind so many tables."""
    sheet = Sheet(at, tables=tables)
    if "<" in text and _TAG.search(text):
        text = _without_tags(text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    doubts: dict[int, str] = {}  # by line
    if not is_clean(text.replace("\n", " ").replace("\t", " ")):
        sheet.note(text)
        # A line break in a number is odd if it is none of those that mail has.
        doubts = _doubts(text)
        text = cleaned(text)
    rows = [_row(raw) for raw in text.split("\n")]
    broken = wraps.broken(rows)
    block: list[_Row] = []  # neighbouring lines with gaps in them
    begun = begun_doubt = ""  # the line so far that goes on
    for number, (quote, body, line) in enumerate(rows):
        if not line:
            _cells(sheet, block)
            continue
        if _DECORATION.issuperset(line):
            continue
        if sheet.full:
            break
        begun = f"{begun} {line}" if begun else line
        begun_doubt = begun_doubt or doubts.get(number, "")
        if number in broken:
            continue
        start = sheet.add(begun, quote=quote, doubt=begun_doubt)
        if ("  " in line or "\t" in line) and line is begun:
            if len(block) >= _ROWS:
                _cells(sheet, block)
            block.append(_Row(start, len(body) - len(body.lstrip()), line))
        else:
            _cells(sheet, block)
        begun = begun_doubt = ""
    _cells(sheet, block)
    return sheet


def _row(raw: str) -> wraps.Row:
    """A line with its marks of quotes taken off."""
    quote = 0
    if ">" in raw and (match := _QUOTE.match(raw)):
        quote = 1 + raw.count(">", 0, match.end())
        raw = raw[match.end() :]
    return wraps.Row(quote, raw, raw.strip())


def _doubts(text: str) -> dict[int, str]:
    """Doubts of the lines that a raw text has when it is clean: one line in it may be several then."""
    found: dict[int, str] = {}
    number = 0
    for line in text.split("\n"):
        parts = len(_LINE_BREAK.findall(line)) + 1
        if code := doubt(line):
            found.update(dict.fromkeys(range(number, number + parts), code))
        number += parts
    return found


def _without_tags(text: str) -> str:
    r"""Text without stray tags; where a link led stands behind its text in angle brackets.

    >>> _without_tags('Your <b>order</b><br>is <a href="https://shop.example/o">here</a> <info@shop.example>')
    'Your order\nis here <https://shop.example/o> <info@shop.example>'
    """
    for name in ("style", "script", "title"):
        text = _without(text, name)
    target = ""

    def write(match: re.Match[str]) -> str:
        nonlocal target
        closing, name, written = match[1], match[2].lower(), match[3]
        if name == "a":
            if not closing:
                href = _HREF.search(written)
                target = href[1] if href else ""
                return ""
            shown, target = target, ""
            return f" <{shown}>" if shown else ""
        if name in {"td", "th"}:
            return "\t" if closing else ""
        return "\n" if re.fullmatch(_BREAKING, name) else ""

    text = _TAG.sub(write, text)
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text)


def _without(text: str, name: str) -> str:
    """Text without elements of a name and what is in them."""
    kept: list[str] = []
    lowered = text.lower() if f"<{name}" in text.lower() else ""
    if len(lowered) != len(text):
        return text
    at = 0
    while (start := lowered.find(f"<{name}", at)) >= 0 and (end := lowered.find(f"</{name}>", start)) >= 0:
        kept.append(text[at:start])
        at = end + len(name) + 3
    kept.append(text[at:])
    return "".join(kept)


def _cells(sheet: Sheet, block: list[_Row]) -> None:
    """Cells of neighbouring lines, where their columns agree; empties the block."""
    if len(block) > 1 and len(sheet.cells) < CELLS:
        for table in _tables(block):
            number = sheet.table_count
            sheet.table_count += 1
            sheet.cells.extend(Cell(span, number, row, column) for row, fields in enumerate(table) for span, column in fields)
    block.clear()


def _tables(block: list[_Row]) -> Iterator[list[list[tuple[Span, int]]]]:
    """Runs of two and more lines whose fields stand in the columns of the first; no list of labels with values."""
    head: list[_Field] = []
    rows: list[list[tuple[Span, int]]] = []
    labels = True
    for line in block:
        fields = _fields(line)
        columns = _columns(head, fields) if rows else None
        if columns is None:
            if len(rows) > 1 and not labels:
                yield rows
            head, rows, labels = fields, [], True
            columns = list(range(len(fields)))
        rows.append([(field.span, column) for field, column in zip(fields, columns, strict=True)])
        labels = labels and len(fields) == _PAIR and line.text[: fields[0].span.end - line.start].endswith((":", "\uff1a"))
    if len(rows) > 1 and not labels:
        yield rows


def _fields(line: _Row) -> list[_Field]:
    """Fields of a line. Where tabs part them the number of a field is its place, else the characters before it."""
    tabs = "\t" in line.text
    found: list[_Field] = []
    for number, match in enumerate(islice(_FIELD.finditer(line.text), _FIELDS)):
        left, right = match.span()
        span = Span(line.start + left, line.start + right)
        found.append(_Field(number, number, span) if tabs else _Field(line.indent + left, line.indent + right, span))
    return found


def _columns(head: list[_Field], fields: list[_Field]) -> list[int] | None:
    """Columns of the head that fields stand in, or None if they do not line up."""
    if len(head) < _PAIR or len(fields) < _PAIR:
        return None
    columns: list[int] = []
    column = 0
    for left, right, _ in fields:
        while column < len(head) and not _in_line(head[column], left, right):
            column += 1
        if column == len(head):
            return None
        columns.append(column)
        column += 1
    return columns


def _in_line(heading: _Field, left: int, right: int) -> bool:
    """Whether a field stands in the column of a heading: an edge in line with one of its own, or under it, as sums do that end in line."""
    if abs(heading.left - left) <= _SLACK or abs(heading.right - right) <= _SLACK:
        return True
    return left < heading.right and heading.left < right
