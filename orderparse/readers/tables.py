"""Tables: a value under the cell that heads its column, or in a row behind the cell that names it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from orderparse.languages import DATE_LABELS
from orderparse.mentions import MentionKind
from orderparse.readers import steps
from orderparse.readers.evidence import Evidence
from orderparse.readers.gaps import PUNCTUATION
from orderparse.readers.headings import NOUN, is_bare_date, labels_of, line_at, names_service, role_of
from orderparse.roles import AmountRole, DateRole, Role

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from orderparse.document.model import Cell
    from orderparse.mentions import Mention, Page

_ROWS_ABOVE = 40
_ROWS_BESIDE = 4
_COLUMNS = 20
_LINES_OF_CELL = 4
_WORDS_OF_VALUE = 2
_DAYS = {
    Role.ORDER_NUMBER.value: DateRole.ORDER,
    Role.TRACKING_NUMBER.value: DateRole.SHIP,
    Role.INVOICE_NUMBER.value: DateRole.INVOICE,
}
_PAPERS = frozenset({Role.ORDER_NUMBER, Role.INVOICE_NUMBER, Role.SHIPMENT_NUMBER, Role.TRACKING_NUMBER})
_GOODS = frozenset({"item", "quantity", "price", "product_code", f"{NOUN}product_code"})


class _Tables(NamedTuple):
    """The cells of a page by table, row and column; and which tables were found to be twins."""

    page: Page
    grid: dict[tuple[int, int, int], Cell]
    twins: dict[int, bool]


def read(page: Page) -> Iterator[Evidence]:
    """Evidence from heading cells."""
    if not page.document.cells:
        return
    tables = _Tables(page, {(cell.table, cell.row, cell.column): cell for cell in page.document.cells}, {})
    for mentions in page.line_mentions.values():
        for mention in mentions:
            cell = _cell_of(page, mention)
            if cell is not None:
                yield from _headed(tables, cell, mention)


def _cell_of(page: Page, mention: Mention) -> Cell | None:
    # A cell of several lines begins on an earlier line than its later values.
    for number in range(mention.line, max(mention.line - 8, -1), -1):
        for cell in page.line_cells.get(number, ()):
            if cell.span.holds(mention.span):
                return cell
    return None


def _headed(tables: _Tables, cell: Cell, mention: Mention) -> Iterator[Evidence]:
    if mention.kind is MentionKind.AMOUNT and _is_aside(tables, cell, mention):
        return
    beside = _right(tables, cell) or _twin(tables, cell)
    above = None
    if beside is None and not _is_labelled(tables, cell, mention):
        above = _above(tables, cell, cell if _fills(tables, cell, mention) else None)
    for feature, heading in (("column_heading", above), ("row_heading", beside or _left(tables, cell, mention))):
        if heading is None:
            continue
        for key in _labels(tables, heading):
            role = role_of(mention.kind, key)
            if mention.kind is MentionKind.AMOUNT and feature == "column_heading" and _of_goods(tables, heading):
                role = AmountRole.OTHER  # the sum of one line of goods
            if role == Role.REFERENCE and feature == "column_heading" and _of_goods(tables, heading):
                role = Role.PRODUCT_CODE
            if feature == "column_heading" and mention.kind is MentionKind.CODE and _in_sentence(tables, cell, mention):
                continue
            if role is not None:
                named = feature
                if role == Role.ORDER_NUMBER and feature == "column_heading" and _counted(tables, heading) and not _dated(tables, heading):
                    named = "goods_column"  # "Bestell-Nr." beside what the goods are called: by which they are ordered, or in which order
                elif key.startswith(NOUN):
                    facts = feature == "column_heading" and _of_facts(tables, heading, cell) and _fills(tables, cell, mention)
                    named = "noun_column" if facts else "noun_heading"
                yield Evidence(mention, role, named, tables.page.document.text[heading.span.slice])
    if mention.kind is MentionKind.DATE:
        yield from _of_number_beside(tables, cell, mention)
        step = steps.role_of_step(tables.page, tables.grid, cell, mention)
        if step is not None:
            yield Evidence(mention, step[0], "column_heading", tables.page.document.text[step[1].span.slice])


def _is_aside(tables: _Tables, cell: Cell, mention: Mention) -> bool:
    """Whether a sum stands in brackets behind another of its cell: the same in another currency."""
    before = tables.page.document.text[cell.span.start : mention.span.start]
    return before.endswith("(") and any(
        other.amount is not None and cell.span.holds(other.span) and other.span.end <= mention.span.start
        for number in range(mention.line, max(mention.line - _LINES_OF_CELL, -1), -1)
        for other in tables.page.line_mentions.get(number, ())
    )


def _in_sentence(tables: _Tables, cell: Cell, mention: Mention) -> bool:
    """Whether a number is one of many words of its cell: "1 x Samsung 990 PRO 2TB M.2 SSD" is no value of a column."""
    text = tables.page.document.text
    words = (text[cell.span.start : mention.span.start] + " " + text[mention.span.end : cell.span.end]).split()
    return sum(word[0].isalpha() for word in words) > _WORDS_OF_VALUE


def _of_number_beside(tables: _Tables, cell: Cell, mention: Mention) -> Iterator[Evidence]:
    """A day under "Date", beside a number under its heading, best the nearest to the left: the day of that order, parcel or bill."""
    for column in sorted(range(_COLUMNS), key=lambda column: (column > cell.column, abs(column - cell.column))):
        other = tables.grid.get((cell.table, cell.row, column))
        above = _above(tables, other) if other is not None and other is not cell else None
        heading = tables.grid.get((cell.table, above.row, cell.column)) if above is not None else None
        if above is None or heading is None:
            continue
        if not is_bare_date(tables.page, heading.span):
            return
        keys = {key.removeprefix(NOUN) for key in _labels(tables, above)}
        role = next((day for key, day in _DAYS.items() if key in keys), None)
        if role is DateRole.INVOICE and column > cell.column:
            continue  # a list of days, each with a bill: points that were collected
        if role is not None:
            yield Evidence(mention, role, "column_heading", tables.page.document.text[heading.span.slice])
            return


def _is_labelled(tables: _Tables, cell: Cell, mention: Mention) -> bool:
    """Whether a label for its kind of value stands before a value on its line of the cell: "Shipped: 3 May" below "Delivered"."""
    start = max(cell.span.start, tables.page.document.lines[mention.line].span.start)
    return any(
        start <= match.span.start and match.span.end <= mention.span.start
        for match in tables.page.line_phrases.get(mention.line, ())
        if any(meaning.section == "label" and role_of(mention.kind, meaning.key) is not None for meaning in match.meanings)
    )


def _fills(tables: _Tables, cell: Cell, mention: Mention) -> bool:
    """Whether a value is all that its cell holds."""
    folded = tables.page.document.folded
    return not (folded[cell.span.start : mention.span.start] + folded[mention.span.end : cell.span.end]).strip(PUNCTUATION)


def _of_facts(tables: _Tables, heading: Cell, value: Cell) -> bool:
    """Whether a heading row heads facts of an order, or a list of orders: two labels at least, and a day's if goods are among them."""
    first = tables.grid.get((value.table, value.row, 0))
    named = value.column > 0 and first is not None and bool(_labels(tables, first))  # a row of a label and its value
    if named or any(char.isdigit() for char in tables.page.document.folded[heading.span.slice]):
        return False
    row = [cell for column in range(_COLUMNS) if (cell := tables.grid.get((heading.table, heading.row, column))) is not None]
    labels = {cell.column: set(keys) for cell in row if (keys := _labels(tables, cell))}
    if len(labels) < 2:  # noqa: PLR2004
        return False
    if not any(map(_is_of_goods, labels.values())):
        return True
    if any(DATE_LABELS.keys() & keys and _holds_day(tables, value, column) for column, keys in labels.items()):
        return True  # but "Ordered | Shipped | Unit price" counts goods
    if sum(any(key.removeprefix(NOUN) in _PAPERS for key in keys) for keys in labels.values()) > 1:  # "Order | Delivery note | What for"
        return True
    return any(is_bare_date(tables.page, cell.span) for cell in row)


def _holds_day(tables: _Tables, value: Cell, column: int) -> bool:
    """Whether there is a day in a column of a value's row."""
    cell = tables.grid.get((value.table, value.row, column))
    if cell is None:
        return False
    mentions = tables.page.line_mentions.get(line_at(tables.page, cell.span.start), ())
    return any(mention.date is not None and cell.span.holds(mention.span) for mention in mentions)


def _labels(tables: _Tables, cell: Cell) -> tuple[str, ...]:
    """What a cell is a label of; "Number" beside "Parcel" is that of the parcel."""
    named = labels_of(tables.page, cell.span)
    if named or cell.column == 0:
        return named
    words = tables.page.knowledge.words.number_words
    left = tables.grid.get((cell.table, cell.row, cell.column - 1))
    bare = tables.page.document.folded[cell.span.slice].strip(PUNCTUATION)
    return labels_of(tables.page, left.span) if left is not None and bare in words else ()


def _above(tables: _Tables, cell: Cell, value: Cell | None = None) -> Cell | None:
    """The heading of a cell's column; ``value`` is the cell if it holds a value and no more."""
    for row in range(cell.row - 1, max(cell.row - _ROWS_ABOVE, -1), -1):
        heading = tables.grid.get((cell.table, row, cell.column))
        if heading is None:
            continue
        if (
            row < cell.row - 1
            and (heading.table, row, cell.column + 1) not in tables.grid
            and (heading.table, row, cell.column - 1) not in tables.grid
        ):
            return None  # a list of labels and values in one column: each label is for the line below it
        if _labels(tables, heading):
            return heading if _heads(tables, heading, value) and not _is_value(tables, heading) else None
        if heading.header:
            return None
    return _apart(tables, cell) if value is not None and cell.row == 0 else None


def _is_value(tables: _Tables, heading: Cell) -> bool:
    """Whether what might head a column is one of its values, whose labels stand behind them: "PayPal" or "Visa", how it was paid."""
    if names_service(tables.page, heading.span):
        return True
    above, behind = (tables.grid.get((heading.table, heading.row - 1, column)) for column in (0, 1))
    if heading.column or above is None or behind is None or not behind.span.size or (heading.table, heading.row, 2) in tables.grid:
        return False
    numeric = [any(char.isdigit() for char in tables.page.document.folded[cell.span.slice]) for cell in (above, behind)]
    return numeric == [True, False]


def _apart(tables: _Tables, cell: Cell) -> Cell | None:
    """The heading of a value in a table of one row: in a table of one row before it, or in the row below, where only labels stand."""
    row = _row(tables, cell.table, 0)
    before, below = _row(tables, cell.table - 1, 0), _row(tables, cell.table, 1)
    for headings, others in ((before, _row(tables, cell.table - 1, 1)), (below, _row(tables, cell.table, 2))):
        if len(headings) != len(row) or len(row) < 2 or others or (headings is before and below):  # noqa: PLR2004
            continue
        if sum(bool(_labels(tables, heading)) for heading in headings) < 2 or any(_labels(tables, other) for other in row):  # noqa: PLR2004
            continue
        if not any(char.isdigit() for heading in headings for char in tables.page.document.folded[heading.span.slice]):
            heading = headings[row.index(cell)]
            return heading if _labels(tables, heading) else None
    return None


def _row(tables: _Tables, table: int, row: int) -> list[Cell]:
    cells = (tables.grid.get((table, row, column)) for column in range(_COLUMNS))
    return [cell for cell in cells if cell is not None and cell.span.size]


def _heads(tables: _Tables, heading: Cell, below: Cell | None) -> bool:
    """Whether a row holds headings: no digits, and not just one label with its value beside it; ``below`` is a value right under it."""
    row = [
        cell for column in range(_COLUMNS) if (cell := tables.grid.get((heading.table, heading.row, column))) is not None and cell.span.size
    ]
    named = [cell for cell in row if _labels(tables, cell)]
    others = [cell for cell in row if cell not in named]
    if any(char.isdigit() for cell in others for char in tables.page.document.folded[cell.span.slice]):
        return False
    if not others or heading.column > 0 or (len(named) > 1 and len(row) > 2):  # noqa: PLR2004  # more than a key and its value
        return True
    return below is not None and below.row == heading.row + 1 and not _labels(tables, below)


def _of_goods(tables: _Tables, heading: Cell) -> bool:
    """Whether a heading row heads a list of goods: "Reference" beside "Quantity" is the article's."""
    row = (tables.grid.get((heading.table, heading.row, column)) for column in range(_COLUMNS))
    return any(_is_of_goods(_labels(tables, cell)) for cell in row if cell is not None)


def _is_of_goods(keys: Container[str]) -> bool:
    """Whether labels are of goods; "Bestell-Nr." may be the order's as well."""
    return any(key in keys for key in _GOODS) and not (Role.ORDER_NUMBER.value in keys and Role.PRODUCT_CODE.value in keys)


def _counted(tables: _Tables, heading: Cell) -> bool:
    """Whether a heading row has quantities: those of a list of goods."""
    row = (tables.grid.get((heading.table, heading.row, column)) for column in range(_COLUMNS))
    return any("quantity" in _labels(tables, cell) for cell in row if cell is not None)


def _dated(tables: _Tables, heading: Cell) -> bool:
    """Whether a heading row has days, too: those of a list of orders."""
    row = (tables.grid.get((heading.table, heading.row, column)) for column in range(_COLUMNS))
    return any(DATE_LABELS.keys() & set(_labels(tables, cell)) or is_bare_date(tables.page, cell.span) for cell in row if cell is not None)


def _right(tables: _Tables, cell: Cell) -> Cell | None:
    """The label behind a value, in a table whose rows are a value and its label: no other row begins with a label."""
    heading = tables.grid.get((cell.table, cell.row, 1))
    if cell.column or heading is None or not _labels(tables, heading) or _labels(tables, cell):
        return None
    for row in range(max(cell.row - _ROWS_BESIDE, 0), cell.row + _ROWS_BESIDE):
        first, third = tables.grid.get((cell.table, row, 0)), tables.grid.get((cell.table, row, 2))
        if third is not None and third.span.size:
            return None
        if first is not None and _labels(tables, first) and not _labels(tables, tables.grid.get((cell.table, row, 1), first)):
            return None
    return heading


def _twin(tables: _Tables, cell: Cell) -> Cell | None:
    """The label in the same row of the table before, where that table holds labels alone and this one their values."""
    heading = tables.grid.get((cell.table - 1, cell.row, 0))
    if cell.column or heading is None or not _labels(tables, heading):
        return None
    if cell.table not in tables.twins:
        tables.twins[cell.table] = _are_twins(tables, cell.table)
    return heading if tables.twins[cell.table] else None


def _are_twins(tables: _Tables, table: int) -> bool:
    """Whether a table has one column of values for the labels in the one column of the table before it."""
    row = named = misnamed = 0
    while (label := tables.grid.get((table - 1, row, 0))) is not None:
        value = tables.grid.get((table, row, 0))
        wide = (table - 1, row, 1) in tables.grid or (table, row, 1) in tables.grid
        if value is None or wide or any(char.isdigit() for char in tables.page.document.folded[label.span.slice]):
            return False
        named += bool(_labels(tables, label))
        misnamed += bool(_labels(tables, value))  # "Visa" is a card's label, and how an order was paid
        row += 1
    return named > max(1, misnamed * 2) and (table, row, 0) not in tables.grid


def _left(tables: _Tables, cell: Cell, mention: Mention) -> Cell | None:
    """The nearest cell to the left that is a label, unless it stands on the same line: the labels reader saw it."""
    for column in range(cell.column - 1, -1, -1):
        heading = tables.grid.get((cell.table, cell.row, column))
        if heading is None or not heading.span.size:
            continue
        if not _labels(tables, heading):
            return None
        same_line = tables.page.document.lines[mention.line].span.holds(heading.span)
        return None if same_line else heading
    return None
