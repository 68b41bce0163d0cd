"""Tables are laid out as rich lays them out, which takes a tenth of a second to load."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from orderparse.outputs import cells, layout
from orderparse.outputs.layout import Column, hard, soft
from orderparse.outputs.safe_text import one_line
from orderparse.outputs.terminal import Terminal

WORDS = st.lists(st.sampled_from(["a", "Order", "8012345678901234", "Größe", "–", "注文番号", "📦", "e\u0301", "10 €"]), max_size=8).map(
    " ".join
)
LINES = st.tuples(st.sampled_from([hard, soft]), WORDS, st.sampled_from([0.5, 1.0]))
COLUMNS = (Column("What", least=8), Column("A value", tier=1, least=12, grow=30), Column("Sure", right=True, tier=1, least=3))
ROWS = st.lists(st.tuples(*[st.lists(LINES, max_size=2).map(tuple)] * len(COLUMNS)), min_size=1, max_size=4)


def of_rich(columns, rows, widths):
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for column, width in zip(columns, widths, strict=True):
        table.add_column(Text(column.name), justify="right" if column.right else "left", overflow="fold", width=width)
    for row in rows:
        table.add_row(*("\n".join(layout._cut(line, width).text for line in cell) for cell, width in zip(row, widths, strict=True)))
    file = io.StringIO()
    Console(file=file, width=200, color_system=None, markup=False, emoji=False, highlight=False).print(table)
    return file.getvalue()


@settings(deadline=None)
@given(ROWS, st.integers(40, 120))
def test_a_table_is_as_rich_lays_it_out(made, width):
    rows = [[tuple(line(text, sure) for line, text, sure in cell) or (hard(None),) for cell in row] for row in made]
    file = io.StringIO()
    layout.write(COLUMNS, rows, Terminal(file, width, colours=False))
    natural = [
        max([len(column.name), *(layout._width(line, column.grow) for row in rows for line in row[at])])
        for at, column in enumerate(COLUMNS)
    ]
    assert file.getvalue() == of_rich(COLUMNS, rows, layout.fitted(natural, COLUMNS, width - 4))


@given(st.text() | WORDS)
def test_widths_are_those_of_rich(text):
    assert cells.width(one_line(text)) == cell_len(one_line(text))


@given(WORDS, st.integers(2, 20))
def test_broken_lines_hold_all_that_is_not_blank_and_fit(text, room):
    lines = cells.broken(text, room)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(cell_len(line) <= room for line in lines)


@given(WORDS, st.integers(0, 20))
def test_a_table_as_narrow_as_can_be_has_all_columns(text, width):
    file = io.StringIO()
    layout.write(COLUMNS, [[(hard(text),)] * 3], Terminal(file, width, colours=False))
    assert len({cell_len(line) for line in file.getvalue().splitlines()}) == 1


def test_a_style_ends_with_its_text():
    file = io.StringIO()
    layout.write((Column("Parcel"),), [[(hard("RB1", 1.0, "bold red"), hard("RB2", 0.3))]], Terminal(file, 80, colours=True))
    assert re.findall("\x1b\\[([0-9;]*)m([^\x1b]*)\x1b\\[0m", file.getvalue()) == [("1", "Parcel"), ("1;31", "RB1"), ("33", "RB2?")]


def test_one_mail_is_shown_without_rich():
    mail = Path(__file__).parents[2] / "fixtures/mails/aliexpress_en_shipped.eml"
    program = "import sys; from orderparse.cli import main; main(sys.argv[1:]); sys.exit('rich' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program, "--quiet", str(mail)], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
