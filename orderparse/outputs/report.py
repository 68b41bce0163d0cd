"""The report: orders on one page of HTML that needs nothing but itself.

The page loads nothing: its Content-Security-Policy (CSP Level 3) names the one style sheet and the one script that it holds by their
hashes, and no text of a mail gets into it but through :mod:`orderparse.outputs.report_page.elements`. Without
JavaScript it shows the same orders; the script adds search, filters and sorting. Of a long list the details are kept
as data and become elements when a row is opened, since a browser would take seconds for them all.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from orderparse.outputs.report_page import parcels, spending
from orderparse.outputs.report_page.elements import compact, data_block, el, html, plain, start
from orderparse.outputs.report_page.rows import detail, row
from orderparse.outputs.report_page.telling import Mails, day_of, ways
from orderparse.outputs.report_page.words import KINDS, STATUSES, count, day, days

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from orderparse.outputs.report_page.elements import Child, Element
    from orderparse.records import Order, Reading

_FOLDER = Path(__file__).with_name("report_page")
IN_PLACE = 500  # orders up to which the details are elements from the start
_CHUNK = 100  # orders whose details are read at once, of a longer list
_PRINTED = 2000  # orders up to which a print has their details
_HEADINGS = (
    ("Ordered", "day", "num"), ("Shop", "name", ""), ("Order", "number", ""), ("Total", "total", "num"),
    ("Status", "state", ""), ("Parcels", "parcels", ""), ("Sure", "sure", "num"),
)  # fmt: skip


def write(orders: Iterable[Order], readings: Iterable[Reading], file: TextIO) -> None:
    """Write the page, in UTF-8 if the file does.

    Args:
        orders: What :func:`orderparse.consolidate` made of the readings.
        readings: The mails. Where they have their ``text``, the evidence of a value shows its whole line.
        file: Where the page goes; use ``newline=""``, or the hashes of the inlined blocks may not hold on Windows.

    Raises:
        OSError: The file cannot be written.

    """
    mails = Mails.of(readings)
    told = list(orders)
    shown = [order for order in reversed(told) if not mails.is_suspicious(order)]
    shown.sort(key=lambda order: found.toordinal() if (found := day_of(order)) else 0, reverse=True)
    style, script = ((_FOLDER / name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
    file.write("<!DOCTYPE html>\n")
    file.write(start(el("html", lang="en")))
    file.write(start(_head(style, script)))
    file.write(f"<style>{style}</style></head>\n<body>")
    _write_body(shown, mails, len(told) - len(shown), file)
    file.write(data_block("data", _data(shown, mails)) + "\n")
    if len(shown) > IN_PLACE:
        for place in range(0, len(shown), _CHUNK):
            part = [compact(detail(order, mails)) for order in shown[place : place + _CHUNK]]
            file.write(data_block(f"details-{place // _CHUNK}", part) + "\n")
    file.write(f"<script>{script}</script></body></html>\n")


def policy(style: str, script: str) -> str:
    """The Content-Security-Policy of a page with this style sheet and this script, and nothing from anywhere else."""

    def digest(text: str) -> str:
        return "'sha256-" + b64encode(sha256(text.encode()).digest()).decode() + "'"

    return f"default-src 'none'; style-src {digest(style)}; script-src {digest(script)}; img-src data:; base-uri 'none'; form-action 'none'"


def _head(style: str, script: str) -> Element:
    return el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=policy(style, script)),
        el("meta", name="referrer", content="no-referrer"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="color-scheme", content="light dark"),
        el("title", "Orders"),
    )


def _write_body(orders: Sequence[Order], mails: Mails, left_out: int, file: TextIO) -> None:
    """Everything to be seen; the orders one by one, for there may be many."""
    file.write(html(_top(orders, mails)) + "\n<main>\n")
    if orders:
        file.write(html(_tools(orders)) + "\n")
        heads = (el(f"span.{kind}" if kind else "span", name, data_sort=key) for name, key, kind in _HEADINGS)
        file.write(html(el("div.heads", *heads)) + "\n")
        file.write(start(el("ul.list" if len(orders) <= IN_PLACE else "ul.list.long", id="list", role="list")))
        for order in orders:
            inside = detail(order, mails) if len(orders) <= IN_PLACE else None
            file.write(html(el("li", el("details", row(order), inside))) + "\n")
        file.write("</ul>\n")
        file.write(html(el("p.note", "No order fits the search.", id="empty", hidden="")))
        if len(orders) > IN_PLACE:
            file.write(html(el("noscript", el("p.note", f"What a row opens needs JavaScript from {IN_PLACE} orders on."))))
    else:
        file.write(html(el("p", "These mails tell of no order.")))
    found = [way for order in orders for way in ways(order, mails)]
    file.write(html(parcels.section(found)) + "\n" + html(spending.section(spending.sums(orders))) + "\n")
    if mails.suspicious:
        file.write(html(_set_aside(mails, left_out)) + "\n")
    file.write("</main>\n" + html(_foot()) + html(_leaving()) + html(el("span.seen-by-ear", id="said", role="status")) + "\n")


def _top(orders: Sequence[Order], mails: Mails) -> Element:
    told = [found for order in orders if (found := day_of(order)) is not None]
    span = f", {days(min(told), max(told))}" if told else ""
    by_status = {status: sum(1 for order in orders if order.status and order.status.value is status) for status in STATUSES}
    links: list[Child] = [el("a", "Parcels", href="#parcels"), " ", el("a", "Spending", href="#spending")]
    links += [" ", el("a", "Suspicious mails", href="#suspicious")] if mails.suspicious else []
    return el(
        "header.top",
        el("h1", "Orders"),
        el("nav", *links, " ", el("button", "Dark", id="theme", type="button", hidden="", aria_pressed="false"), aria_label="Page"),
        el("p", f"{count(len(orders), 'order')} from {count(len(mails.by_name), 'mail')}{span}"),
        el(
            "ul.counts",
            *(el("li", el(f"span.state.{status.value}", f"{number} {STATUSES[status]}")) for status, number in by_status.items() if number),
        ),
    )


def _tools(orders: Sequence[Order]) -> Element:
    """Search and filters; hidden until the script is there to heed them."""
    shops, years = _shops(orders), _years(orders)
    statuses = {order.status.value for order in orders if order.status is not None}
    kinds = {event.kind for order in orders for event in order.events}
    return el(
        "form.tools",
        el(
            "label.wide",
            "Search",
            el("input", id="search", type="search", placeholder="number, shop, item, subject", autocomplete="off", spellcheck="false"),
        ),
        _select("shop", "Shop", [(str(place), name) for place, name in enumerate(shops)]),
        _select("status", "Status", [(str(place), word) for place, (status, word) in enumerate(STATUSES.items()) if status in statuses]),
        _select("year", "Year", [(str(year), f"{year:04}") for year in years]),
        _select("kind", "Has a mail", [(str(place), word) for place, (kind, word) in enumerate(KINDS.items()) if kind in kinds]),
        el("button", "Show all", type="reset"),
        el("output", id="count", aria_live="polite"),
        id="tools",
        role="search",
        hidden="",
    )


def _select(name: str, label: str, options: Iterable[tuple[str, str]]) -> Element:
    choices = (el("option", word, value=value) for value, word in options)
    return el("label", label, el("select", el("option", "all", value=""), *choices, id=f"by-{name}", autocomplete="off"))


def _shops(orders: Iterable[Order]) -> list[str]:
    return sorted({plain(order.merchant.value) for order in orders if order.merchant is not None}, key=lambda name: (name.casefold(), name))


def _years(orders: Iterable[Order]) -> list[int]:
    return sorted({found.year for order in orders if (found := day_of(order)) is not None}, reverse=True)


def _data(orders: Sequence[Order], mails: Mails) -> dict[str, Any]:
    """What the script searches, filters and sorts by."""
    shops = _shops(orders)
    places = {name: place for place, name in enumerate(shops)}
    statuses, kinds = list(STATUSES), list(KINDS)
    return {
        "shops": shops,
        "chunk": _CHUNK if len(orders) > IN_PLACE else 0,
        "printed": _PRINTED,
        "orders": [
            {
                "q": "\n".join(dict.fromkeys(plain(text) for text in _searched(order, mails) if text)),
                "shop": places[plain(order.merchant.value)] if order.merchant is not None else None,
                "status": statuses.index(order.status.value) if order.status is not None else None,
                "year": found.year if (found := day_of(order)) is not None else None,
                "kind": sorted({kinds.index(event.kind) for event in order.events}),
                "day": found.isoformat() if found is not None else "",
                "number": plain(order.order_number.value) if order.order_number is not None else "",
                "total": float(order.total.value.value) if order.total is not None else None,
                "currency": plain(order.total.value.currency or "") if order.total is not None else "",
                "parcels": len(order.order_delivery),
                "sure": round(order.confidence, 4),
            }
            for order in orders
        ],
    }


def _searched(order: Order, mails: Mails) -> Iterator[str | None]:
    """The texts of an order that a search looks through."""
    for found in (order.order_number, *order.other_order_numbers, order.merchant, order.payment):
        yield found.value if found is not None else None
    yield from (item.name for item in order.items)
    for parcel in order.order_delivery:
        yield from (parcel.tracking_number.value, *parcel.other_numbers, parcel.carrier)
    yield f"{order.total.value.value}" if order.total is not None else None
    yield from (mail.subject for mail in mails.of_order(order))


def _set_aside(mails: Mails, left_out: int) -> Element:
    without = f" {count(left_out, 'order')} that nothing else tells of {'is' if left_out == 1 else 'are'} not shown." if left_out else ""
    return el(
        "section.aside",
        el("h2", "Suspicious mails", id="suspicious"),
        el("p.note", f"The senders of these mails are not who they claim to be. Open none of their links.{without}"),
        el("ul", *(_suspect(mail) for mail in mails.suspicious.values())),
    )


def _suspect(mail: Reading) -> Element:
    sender = f"{mail.sender.name} <{mail.sender.address}>".strip() if mail.sender is not None else "unknown sender"
    sent = f", {day(mail.sent.date())}" if mail.sent is not None else ""
    where = el("span.note", f" {mail.source.rpartition('/')[2]}", dir="auto")
    return el("li", el("span", mail.subject or "without a subject", dir="auto"), el("span.note", f" – {sender}{sent}", dir="auto"), where)


def _foot() -> Element:
    return el(
        "footer",
        el(
            "p",
            "A percentage is the probability that a value is right. “?” marks less than 80%. “why” shows where a value was read.",
        ),
        el("p", "This page is one file. It loads nothing from the network and sends nothing anywhere."),
    )


def _leaving() -> Element:
    return el(
        "dialog",
        el("p", el("strong", "You are leaving this page", id="leave-title")),
        el(
            "p",
            "The link opens ",
            el("span.code", id="leave-host"),
            ". It learns the number of the parcel, and your address on the network.",
        ),
        el(
            "p.acts",
            el("a", "Open", id="leave-link", href="#", rel="noopener noreferrer", target="_blank"),
            el("button", "Stay here", id="stay", type="button"),
        ),
        id="leave",
        aria_labelledby="leave-title",
    )
