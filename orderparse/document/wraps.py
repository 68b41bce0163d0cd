"""Wraps: lines of plain text that the writer did not end, but the mail program broke (RFC 3676, section 4, and its customs before that)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from orderparse.text.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDEST: Final = 100  # characters: who writes a longer line does not break lines
_NARROWEST: Final = 50  # a narrower text may be verse, an address, a list
_SHORTEST: Final = 0.6  # of the width, of a line that was broken
_WORDS: Final = 5  # of a line of running text
_ROWS: Final = 40  # of one line: a longer paragraph is several
_ENDS: Final = frozenset(".!?:;\u3002\uff01\uff1f\uff1a|=_*")
# An item of a list, a mark, a number alone, or a label with its value.
_OWN_LINE: Final = lazy(
    r"[-*+\u2022\u00b7>#=|~_\u2013-\u2015\u2500\u2501\u2550]|[0-9]{1,2}\)|[^ ]*[0-9][^ ]*\Z"
    r"|[^\W\d_][^\t:\n]{1,30}[:\uff1a](?:\s|\Z)"
)


class Row(NamedTuple):
    """A line of plain text: how deep it is quoted, its text as it stands, without the marks of quotes, and without blanks around it."""

    quote: int
    body: str
    text: str


def broken(rows: Sequence[Row]) -> set[int]:
    r"""The numbers of the rows that go on with the next one.

    That are those of running text whose width had no room for the first word of the next line, or which end in a blank.

    >>> text = "Your lamp has been packed and will be brought to you by DHL on Tuesday,\n9 September 2025, in the morning.\nOrder: 4821"
    >>> broken([Row(0, line, line) for line in text.split("\n")])
    {0}
    """
    widths: dict[int, int] = {}
    for row in rows:
        if len(row.text) > widths.get(row.quote, 0) and _runs(row.text):
            widths[row.quote] = len(row.text)
    found: set[int] = set()
    run = 1  # rows of the line so far
    if not any(_NARROWEST <= width <= _WIDEST for width in widths.values()):
        return found
    for number, (row, following) in enumerate(pairwise(rows)):
        width = widths.get(row.quote, 0)
        if (
            _NARROWEST <= width <= _WIDEST
            and run < _ROWS
            and following.text
            and following.quote == row.quote
            and len(row.text) >= _SHORTEST * width
            and _runs(row.text)
            and row.text[-1] not in _ENDS
            and "  " not in following.text
            and "\t" not in following.text
            and (len(row.text) + 1 + len(following.text.partition(" ")[0]) > width or row.body.endswith(" "))
            and not _OWN_LINE.match(following.text)
        ):
            found.add(number)
            run += 1
        else:
            run = 1
    return found


def _runs(text: str) -> bool:
    """Whether a line is running text: some words, no columns."""
    return text.count(" ") >= _WORDS - 1 and "  " not in text and "\t" not in text and "://" not in text
