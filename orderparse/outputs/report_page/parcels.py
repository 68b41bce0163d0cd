"""The time of parcels: from shipped to delivered, with the days on which each was expected, in SVG and as a table."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from orderparse.outputs.report_page.elements import el
from orderparse.outputs.report_page.words import STATUSES, at, days
from orderparse.outputs.report_page.words import day as in_words
from orderparse.outputs.wording import MONTHS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from orderparse.outputs.report_page.elements import Element
    from orderparse.outputs.report_page.telling import Way

_SHOWN = 25  # parcels that are drawn, the newest
_REACH = timedelta(days=180)  # before the newest: with older ones on it the axis would show nothing of each
_HEAD, _ROW = 24, 38  # pixels: of the names of months, of a parcel
_NAME, _NUMBER = 18, 24  # characters of a shop and of a number that fit a narrow screen
_LABELS = 7  # ticks that have room on a narrow screen


def section(found: Sequence[Way]) -> Element:
    """The section of the page."""
    heading = el("h2", "Parcels", id="parcels")
    if not found:
        return el("section.ways", heading, el("p.note", "No mail tells of a parcel and its days."))
    newest = sorted(found, key=lambda way: (way.last, way.first, way.parcel.tracking_number.value), reverse=True)[:_SHOWN]
    newest = [way for way in newest if newest[0].last - way.first <= _REACH] or newest[:1]
    of_all = f" The newest {len(newest)} of {len(found)}." if len(found) > len(newest) else ""
    return el(
        "section.ways",
        heading,
        el(
            "p.note",
            "A bar runs from the day a parcel was shipped to the day it was delivered, or to the newest mail about it; ",
            f"the outlined box is when it was expected.{of_all}",
        ),
        el("figure", _plot(newest), _table(newest)),
    )


def _plot(found: Sequence[Way]) -> Element:
    first = min(way.first for way in found)
    last = max(way.last for way in found)
    length = max((last - first).days + 1, 7)

    def x(day: date) -> float:
        return (day - first).days / length * 100

    height = _HEAD + len(found) * _ROW
    drawn = list(_ticks(first, length, height))
    for place, way in enumerate(found):
        drawn += _way(way, _HEAD + place * _ROW, x, 100 / length)
    told = f"{len(found)} parcels, {days(first, last)}, the newest on top. The table below holds the same."
    return el(
        "svg.plot",
        el("title", "Parcels from shipped to delivered", id="ways-title"),
        el("desc", told, id="ways-desc"),
        *drawn,
        role="img",
        width="100%",
        height=f"{height}",
        aria_labelledby="ways-title",
        aria_describedby="ways-desc",
    )


def _way(way: Way, y: int, x: Callable[[date], float], one_day: float) -> Iterator[Element]:
    order = way.order
    shop = order.merchant.value if order.merchant is not None else "unknown shop"
    number = way.parcel.tracking_number.value
    name = (
        f"{shop if len(shop) <= _NAME else shop[: _NAME - 1] + '…'} · {number if len(number) <= _NUMBER else number[: _NUMBER - 1] + '…'}"
    )
    yield el("text.name", name, x="0", y=f"{y + 13}")
    status = STATUSES[way.parcel.status.value] if way.parcel.status is not None else ""
    told = f"delivered {_short(way.delivered)}" if way.delivered else status
    yield el("text.tick.outcome", told, x="100%", y=f"{y + 13}", text_anchor="end")
    if way.expected is not None:
        start, end = way.expected
        label = el("title", f"expected {days(start, end)}")
        yield el(
            "rect.window", label, x=f"{x(start):.2f}%", y=f"{y + 18}", width=f"{x(end) - x(start) + one_day:.2f}%", height="14", rx="2"
        )
    start, end = way.first, way.delivered or way.seen
    label = el("title", f"{shop}, {number}: {_sentence(way)}")
    kind = "rect.bar" if told.startswith("delivered") else "rect.bar.open"
    yield el(kind, label, x=f"{x(start):.2f}%", y=f"{y + 22}", width=f"{max(x(end) - x(start), 0) + one_day:.2f}%", height="6", rx="1")


def _short(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"


def _sentence(way: Way) -> str:
    told = [f"shipped {in_words(way.shipped)}" if way.shipped else None, f"expected {days(*way.expected)}" if way.expected else None]
    told.append(f"delivered {in_words(way.delivered)}" if way.delivered else f"newest mail {in_words(way.seen)}")
    return ", ".join(part for part in told if part)


def _ticks(first: date, length: int, height: int) -> Iterator[Element]:
    """Lines at the first days of months, or of weeks where the plot is short."""
    for place, (day, named) in enumerate(_tick_days(first, length)):
        x = f"{(day - first).days / length * 100:.2f}%"
        yield el("line.grid", x1=x, x2=x, y1="16", y2=f"{height}")
        if named:
            year = f" {day.year:04}" if place == 0 or day.month == 1 else ""
            yield el("text.tick", f"{_short(day)}{year}" if length <= _LABELS * 31 else f"{MONTHS[day.month - 1]}{year}", x=x, y="11")


def _tick_days(first: date, length: int) -> list[tuple[date, bool]]:
    """The days of the lines, and whether their names have room."""
    if length <= 70:  # noqa: PLR2004  # ten weeks
        monday = first.toordinal() + (7 - first.weekday()) % 7
        ordinals = range(monday, min(monday + length, date.max.toordinal()), 7)
        mondays = [date.fromordinal(ordinal) for ordinal in ordinals]
        step = max(-(-len(mondays) // _LABELS), 1)
        return [(day, place % step == 0) for place, day in enumerate(mondays) if (day - first).days < length * 0.93]
    serials = range(first.year * 12 + first.month, first.year * 12 + first.month + length // 28 + 1)
    months = [date(serial // 12, serial % 12 + 1, 1) for serial in serials if serial // 12 <= date.max.year]
    months = [day for day in months if (day - first).days < length * 0.93]
    step = -(-len(months) // _LABELS) if months else 1
    return [(day, place % step == 0) for place, day in enumerate(months) if length <= _LABELS * 31 * 4 or place % step == 0]


def _table(found: Sequence[Way]) -> Element:
    head = el("tr", *(el("th", name, scope="col") for name in ("Parcel", "Shop", "Carrier", "Shipped", "Expected", "Delivered")))
    rows = [
        el(
            "tr",
            el("th.code", way.parcel.tracking_number.value, scope="row"),
            el("td", way.order.merchant.value if way.order.merchant is not None else "–", dir="auto"),
            el("td", way.parcel.carrier or "–", dir="auto"),
            el("td", at(way.shipped) if way.shipped else "–"),
            el("td", days(*way.expected) if way.expected else "–"),
            el("td", at(way.delivered) if way.delivered else "–"),
        )
        for way in found
    ]
    return el("details.table", el("summary", "The same as a table"), el("table", el("thead", head), el("tbody", *rows)))
