"""A span: where something stands in the one text of a mail."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """Half-open range of character offsets, ``0 <= start <= end <= len(text)``.

    >>> "Order 4821"[Span(6, 10).slice]
    '4821'
    """

    start: int
    end: int

    @property
    def slice(self) -> slice:
        """The span as a slice of the text."""
        return slice(self.start, self.end)

    @property
    def size(self) -> int:
        """Number of characters."""
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character.

        >>> Span(0, 4).overlaps(Span(4, 6)), Span(0, 4).overlaps(Span(3, 6))
        (False, True)
        """
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Whether the other lies wholly within this one."""
        return self.start <= other.start and other.end <= self.end
