"""Spending by month and by shop, a currency at a time: sums, bar plots in SVG, and the same as tables.

Places along the plots are in percent of their width, so that they fit any screen and their letters stay as large as all others.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from orderparse.outputs.report_page.elements import el
from orderparse.outputs.report_page.telling import day_of
from orderparse.outputs.report_page.words import count, grouped
from orderparse.outputs.wording import MONTHS
from orderparse.roles import OrderStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from orderparse.outputs.report_page.elements import Element
    from orderparse.records import Order

Month: TypeAlias = tuple[int, int]

_NOT_SPENT = frozenset({OrderStatus.CANCELLED, OrderStatus.RETURNED})
_MONTHS = 24  # months that a plot shows at most
_SHOPS = 10  # shops that a plot shows by name
_HEIGHT, _TOP, _FOOT = 150, 18, 36  # pixels: of the bars, above the highest, of the names below
_LEFT = 12  # percent: for the numbers of the axis
_ROW = 34  # pixels of a shop
_LABELS = 8  # names of months that have room on a narrow screen
_STEPS = (1, 2, 3, 6, 12)


class Bar(NamedTuple):
    """What was spent, in how many orders."""

    name: str
    spent: Decimal
    orders: int


class Sums(NamedTuple):
    """What was spent in one currency."""

    currency: str
    orders: int
    by_month: Mapping[Month, Bar]
    by_shop: Sequence[Bar]


def sums(orders: Iterable[Order]) -> list[Sums]:
    """What was spent, the currency of most orders first; what was cancelled or returned is not."""
    spent: dict[str, list[Order]] = defaultdict(list)
    for order in orders:
        if order.total is not None and order.total.value.value > 0 and (order.status is None or order.status.value not in _NOT_SPENT):
            spent[order.total.value.currency or ""].append(order)
    return [_sums(currency, found) for currency, found in sorted(spent.items(), key=lambda one: (-len(one[1]), one[0]))]


def _sums(currency: str, orders: Sequence[Order]) -> Sums:
    months: dict[Month, list[Decimal]] = defaultdict(list)
    shops: dict[str, list[Decimal]] = defaultdict(list)
    for order in orders:
        if order.total is None:
            continue
        day = day_of(order)
        if day is not None:
            months[day.year, day.month].append(order.total.value.value)
        shops[order.merchant.value if order.merchant is not None else "unknown shop"].append(order.total.value.value)
    by_month = {month: Bar(_month(month), sum(paid, Decimal()), len(paid)) for month, paid in sorted(months.items())}
    by_shop = sorted((Bar(name, sum(paid, Decimal()), len(paid)) for name, paid in shops.items()), key=lambda bar: (-bar.spent, bar.name))
    return Sums(currency, len(orders), by_month, by_shop)


def section(found: Sequence[Sums]) -> Element:
    """The section of the page; currencies after the first are folded away."""
    if not found:
        return el("section.spending", el("h2", "Spending", id="spending"), el("p.note", "No mail gives the total of an order."))
    return el(
        "section.spending",
        el("h2", "Spending", id="spending"),
        el("p.note", "Totals of the orders by the day of the order. Cancelled and returned orders are not counted."),
        el("div.currency", el("h3", _heading(found[0])), el("div.pair", *_plots(found[0], 0))),
        *(
            el("details.currency", el("summary", _heading(one)), el("div.pair", *_plots(one, place)))
            for place, one in enumerate(found[1:], 1)
        ),
    )


def _heading(one: Sums) -> str:
    total = sum((bar.spent for bar in one.by_shop), Decimal())
    return f"{one.currency or 'No currency given'}: {grouped(f'{total:.2f}')} in {count(one.orders, 'order')}"


def _plots(one: Sums, place: int) -> Iterator[Element]:
    currency = f" in {one.currency}" if one.currency else ""
    if one.by_month:
        bars = _last_months(one.by_month)
        more = f", last {_MONTHS} months" if len(one.by_month) and bars[0][0] > min(one.by_month) else ""
        yield el(
            "figure",
            el("figcaption", f"By month{currency}{more}"),
            _month_plot(bars, f"month-{place}", f"Spending by month{currency}"),
            _table("Month", one.by_month.values(), one.currency),
        )
    shops = _with_rest(one.by_shop)
    yield el(
        "figure",
        el("figcaption", f"By shop{currency}"),
        _shop_plot(shops, f"shop-{place}", f"Spending by shop{currency}"),
        _table("Shop", one.by_shop, one.currency),
    )


def _last_months(by_month: Mapping[Month, Bar]) -> list[tuple[Month, Bar]]:
    """The newest months without a gap, from the first that has spending."""
    newest = max(by_month)
    since = max(_serial(min(by_month)), _serial(newest) - _MONTHS + 1)
    months = [(serial // 12, serial % 12 + 1) for serial in range(since, _serial(newest) + 1)]
    return [(month, by_month.get(month, Bar(_month(month), Decimal(), 0))) for month in months]


def _serial(month: Month) -> int:
    return month[0] * 12 + month[1] - 1


def _month(month: Month) -> str:
    return f"{MONTHS[month[1] - 1]} {month[0]:04}"


def _month_plot(bars: Sequence[tuple[Month, Bar]], name: str, title: str) -> Element:
    top = _round_above(max(bar.spent for _, bar in bars))
    wide = (100 - _LEFT) / max(len(bars), 6)
    step = next((step for step in _STEPS if len(bars) <= _LABELS * step), _STEPS[-1])
    drawn: list[Element] = []
    for part in (1, Decimal("0.5")):
        y = f"{_TOP + _HEIGHT * float(1 - part):.0f}"
        drawn.append(el("line.grid", x1=f"{_LEFT}%", x2="100%", y1=y, y2=y))
        drawn.append(el("text.tick", grouped(_short(top * part)), x="0", y=y, dy="4"))
    drawn.append(el("line.axis", x1=f"{_LEFT}%", x2="100%", y1=f"{_TOP + _HEIGHT}", y2=f"{_TOP + _HEIGHT}"))
    for place, (month, bar) in enumerate(bars):
        high = float(bar.spent / top) * _HEIGHT
        label = f"{bar.name}: {grouped(f'{bar.spent:.2f}')}, {count(bar.orders, 'order')}"
        x = _LEFT + place * wide
        if bar.orders:
            box = {
                "x": f"{x + wide * 0.16:.2f}%",
                "y": f"{_TOP + _HEIGHT - high:.1f}",
                "width": f"{wide * 0.68:.2f}%",
                "height": f"{high:.1f}",
            }
            drawn.append(el("rect.bar", el("title", label), **box))
        if place % step == 0:
            middle = f"{x + wide / 2:.2f}%"
            drawn.append(el("text.tick", MONTHS[month[1] - 1], x=middle, y=f"{_TOP + _HEIGHT + 15}", text_anchor="middle"))
            if place == 0 or month[1] <= step:
                drawn.append(el("text.tick", f"{month[0]:04}", x=middle, y=f"{_TOP + _HEIGHT + 30}", text_anchor="middle"))
    highest = max((bar for _, bar in bars), key=lambda bar: bar.spent)
    told = f"{count(len(bars), 'month')}; the most in {highest.name}: {grouped(f'{highest.spent:.2f}')}."
    return _svg(name, title, told, _TOP + _HEIGHT + _FOOT, drawn)


def _shop_plot(bars: Sequence[Bar], name: str, title: str) -> Element:
    most = max(bar.spent for bar in bars)
    drawn: list[Element] = []
    for place, bar in enumerate(bars):
        y = place * _ROW
        drawn.append(el("text.name", _clipped(bar.name), x="0", y=f"{y + 14}"))
        drawn.append(el("text.sum", grouped(f"{bar.spent:.2f}"), x="100%", y=f"{y + 14}", text_anchor="end"))
        wide = f"{float(bar.spent / most) * 100:.2f}%"
        label = el("title", f"{bar.name}: {grouped(f'{bar.spent:.2f}')}, {count(bar.orders, 'order')}")
        drawn.append(el("rect.bar", label, x="0", y=f"{y + 20}", width=wide, height="6", rx="1"))
    told = f"{count(len(bars), 'bar')}; the most at {bars[0].name}: {grouped(f'{bars[0].spent:.2f}')}."
    return _svg(name, title, told, len(bars) * _ROW, drawn)


def _svg(name: str, title: str, told: str, height: int, drawn: Iterable[Element]) -> Element:
    heads = el("title", title, id=f"{name}-title"), el("desc", told, id=f"{name}-desc")
    names = {"aria_labelledby": f"{name}-title", "aria_describedby": f"{name}-desc"}
    return el("svg.plot", *heads, *drawn, role="img", width="100%", height=f"{height}", **names)


def _with_rest(bars: Sequence[Bar]) -> list[Bar]:
    rest = bars[_SHOPS:]
    if len(rest) < 2:  # noqa: PLR2004  # one shop may as well be named
        return list(bars)
    other = Bar(f"{len(rest)} other shops", sum((bar.spent for bar in rest), Decimal()), sum(bar.orders for bar in rest))
    return [*bars[:_SHOPS], other]


def _table(heading: str, bars: Iterable[Bar], currency: str) -> Element:
    head = el("tr", el("th", heading, scope="col"), el("th.num", "Orders", scope="col"), el("th.num", currency or "Sum", scope="col"))
    rows = [
        el("tr", el("th", bar.name, scope="row", dir="auto"), el("td.num", f"{bar.orders}"), el("td.num", grouped(f"{bar.spent:.2f}")))
        for bar in bars
    ]
    return el("details.table", el("summary", "The same as a table"), el("table", el("thead", head), el("tbody", *rows)))


def _clipped(name: str) -> str:
    return name if len(name) <= 32 else f"{name[:31]}…"  # noqa: PLR2004  # what fits beside a sum on a narrow screen


def _round_above(value: Decimal) -> Decimal:
    """The next number that reads well: 1, 2, 4, 5, 6 or 8 times a power of ten.

    >>> _round_above(Decimal("1730")), _round_above(Decimal("0.30"))
    (Decimal('2E+3'), Decimal('0.4'))
    """
    power = Decimal(1).scaleb(value.adjusted())
    return next((power * step for step in (1, 2, 4, 5, 6, 8) if power * step >= value), power * 10)


def _short(value: Decimal) -> str:
    """A number of an axis, without zeros behind the point."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
