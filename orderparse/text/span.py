"""A span: where something stands in the one text of a mail."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


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


def any_overlaps(spans: Sequence[Span], span: Span) -> bool:
    """Whether one of some spans, which are sorted and lie apart, shares a character with another.

    >>> any_overlaps([Span(0, 4), Span(6, 9)], Span(4, 6)), any_overlaps([Span(0, 4), Span(6, 9)], Span(4, 7))
    (False, True)
    """
    at = bisect_left(spans, (span.start,))
    return any(other.overlaps(span) for other in spans[max(at - 1, 0) : at + 1])
