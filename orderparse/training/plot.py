"""Reliability plots as SVG: confidence against the share of right values, a square a role."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from orderparse.training.metrics import bins

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_SIDE, _GAP, _ACROSS = 150, 46, 4


def reliability(judged: Mapping[str, Sequence[tuple[float, bool]]]) -> str:
    """An SVG document. A dot is a bin of ten; the more values it holds, the larger; on the diagonal it keeps its promise."""
    cells = [_cell(at, role, values) for at, (role, values) in enumerate(judged.items())]
    width = _ACROSS * (_SIDE + _GAP) + _GAP
    height = -(-len(cells) // _ACROSS) * (_SIDE + _GAP + 14) + _GAP
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="sans-serif" font-size="11">'
    return "\n".join((head, f'<rect width="{width}" height="{height}" fill="#fff"/>', *cells, "</svg>", ""))


def _cell(at: int, role: str, values: Sequence[tuple[float, bool]]) -> str:
    left, top = _GAP + at % _ACROSS * (_SIDE + _GAP), _GAP + at // _ACROSS * (_SIDE + _GAP + 14)
    most = max((count for _, _, count in bins(values)), default=1)
    dots = "".join(
        f'<circle cx="{left + share * _SIDE:.1f}" cy="{top + (1 - right) * _SIDE:.1f}"'
        f' r="{2 + 5 * (count / most) ** 0.5:.1f}" fill="#1565c0">'
        f"<title>{share:.3f} said, {right:.3f} right, {count} values</title></circle>"
        for share, right, count in bins(values)
    )
    return (
        f'<g><rect x="{left}" y="{top}" width="{_SIDE}" height="{_SIDE}" fill="none" stroke="#999"/>'
        f'<line x1="{left}" y1="{top + _SIDE}" x2="{left + _SIDE}" y2="{top}" stroke="#bbb" stroke-dasharray="4 3"/>{dots}'
        f'<text x="{left}" y="{top - 6}">{escape(role)} ({len(values)})</text>'
        f'<text x="{left}" y="{top + _SIDE + 14}" fill="#666">confidence →</text></g>'
    )
