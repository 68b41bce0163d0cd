"""How the time grows where one thing in a mail becomes twice as many: t(2n)/t(n), which is 2 where it is in proportion."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import orderparse
from tests.benchmarks import clock

if TYPE_CHECKING:
    from collections.abc import Callable

MOST = 2.2  # times: what twice as many may take
_HEAD = "From: Nordljus <order@nordljus.example>\r\nSubject: Order 20417 shipped\r\nDate: Mon, 12 Oct 2026 08:00:00 +0200\r\nMIME-Version: 1.0\r\n"
_WORDS = "Thank you for your order with us, it leaves our store on Monday and should be with you before the weekend. "


def _html(body: str) -> bytes:
    return f"{_HEAD}Content-Type: text/html; charset=utf-8\r\n\r\n<html><body>{body}</body></html>".encode()


def _plain(body: str) -> bytes:
    return f"{_HEAD}Content-Type: text/plain; charset=utf-8\r\n\r\n{body}".encode()


def _parts(count: int, kind: str) -> bytes:
    parts = "".join(f"--a-b\r\nContent-Type: {kind}\r\n\r\nOrder number: {20000 + at}\r\n" for at in range(count))
    return f'{_HEAD}Content-Type: multipart/mixed; boundary="a-b"\r\n\r\n{parts}--a-b--\r\n'.encode()


def _nested(count: int) -> bytes:
    opened = "".join(f'Content-Type: multipart/mixed; boundary="b{at}"\r\n\r\n--b{at}\r\n' for at in range(count))
    return f"{_HEAD}{opened}Content-Type: text/plain\r\n\r\nOrder number: 20417\r\n".encode()


#: What becomes more, how a mail with so many of it is made, and how many it begins with.
SERIES: dict[str, tuple[Callable[[int], bytes], int]] = {
    "text in lines": (lambda n: _plain("\r\n".join(_WORDS for _ in range(n))), 250),
    "text in one line": (lambda n: _plain(_WORDS * n), 250),
    "HTML text": (lambda n: _html("".join(f"<p>{_WORDS}</p>" for _ in range(n))), 250),
    "one word": (lambda n: _plain("x" * n), 100_000),
    "links": (
        lambda n: _html("".join(f'<p><a href="https://nordljus.example/o/{20000 + at}?t={at}">Track {at}</a>' for at in range(n))),
        250,
    ),
    "one long link": (lambda n: _html(f'<a href="https://nordljus.example/?u={"a%2Fb" * n}">Track</a>'), 4000),
    "table rows": (lambda n: _html("<table>" + "".join(f"<tr><td>Lamp {at}<td>2<td>{at}.50 EUR" for at in range(n)) + "</table>"), 100),
    "table columns": (
        lambda n: _html("<table>" + "".join("<tr>" + "".join(f"<td>{at * 37}" for at in range(n)) for _ in range(3)) + "</table>"),
        250,
    ),
    "nested tables": (lambda n: _html("<table><tr><td>" * n + "Order number: 20417"), 200),
    "labels": (lambda n: _plain("".join(f"Order number: {20417 + 7 * at}\r\n" for at in range(n))), 150),
    "labels without values": (lambda n: _html("".join("<p>Order number:<p>Tracking number:" for _ in range(n))), 150),
    "labels in one line": (lambda n: _plain(" ".join(f"Order number: {20417 + 7 * at}" for at in range(n))), 100),
    "values of one label": (lambda n: _plain("Order number: " + ", ".join(f"NL-{20417 + 7 * at}" for at in range(n))), 100),
    "one number's digits": (lambda n: _plain("Order number: " + "7" * n), 50_000),
    "digits in groups": (lambda n: _plain(" ".join(f"{1000 + at % 9000}" for at in range(n))), 500),
    "amounts": (lambda n: _plain("\r\n".join(f"Total: {at}.50 EUR" for at in range(n))), 150),
    "dates": (lambda n: _plain("\r\n".join(f"Delivery: {1 + at % 28} October {2026 + at % 3}" for at in range(n))), 150),
    "events of a parcel": (lambda n: _plain("\r\n".join(f"2026-10-{1 + at // n:02} 10:22 In transit" for at in range(n))), 150),
    "parts": (lambda n: _parts(n, "text/plain"), 100),
    "attached mails": (lambda n: _parts(n, "message/rfc822").replace(b"\r\nOrder", b"\r\nSubject: x\r\n\r\nOrder"), 100),
    "nested parts": (_nested, 300),
    "header fields": (lambda n: ("".join(f"X-Field-{at}: a\r\n" for at in range(n))).encode() + _plain("Order number: 20417"), 2000),
    "quotes in quotes": (lambda n: _plain("".join(f"{'>' * (at % 20)} On 12 Oct 2026 x wrote:\r\n" for at in range(n))), 250),
    "open tags": (lambda n: _html("<b>" * n + "Order number: 20417"), 4000),
    "brackets": (lambda n: _html("<" * n), 20_000),
    "entities": (lambda n: _html("&amp;" * n), 10_000),
}


def of(name: str, *, doublings: int = 2, rounds: int = 3, size: int | None = None) -> list[float]:
    """Seconds for n of a series, for 2n and so on."""
    make, first = SERIES[name]
    count = first if size is None else size
    took = []
    for step in range(doublings + 1):
        data = make(count << step)
        took.append(clock.least(lambda data=data: orderparse.parse(data), rounds=rounds))
    return took


def worst(took: list[float]) -> float:
    """The largest t(2n)/t(n) of a series."""
    return max(after / before for before, after in pairwise(took))
