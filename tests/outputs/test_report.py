from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

import orderparse
from orderparse.outputs import report
from orderparse.outputs.report_page import spending, telling
from orderparse.outputs.report_page.elements import TAGS, compact, data_block, el, html, https, plain
from orderparse.records import (
    AmountFinding,
    DateFinding,
    Event,
    Finding,
    Merchant,
    Money,
    Order,
    ParcelDelivery,
    Reading,
    Status,
    TrackingNumber,
)
from orderparse.roles import AmountRole, DateRole, MailKind, OrderStatus

FIXTURES = Path(__file__).parents[2] / "fixtures"
HOSTILE = st.sampled_from([
    "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", '" onclick="x', "' autofocus onfocus='x", "<!--", "-->", "]]>",
    "</title></summary></style>", "&lt;b&gt;", "&#60;b>", "<svg/onload=x>", "javascript:alert(1)", "\u2028</li>", "<\x00script>", "\ud800<b>",
])  # fmt: skip
anything = st.one_of(HOSTILE, st.text(max_size=12))


def page_of(orders: list[Order], readings: list[Reading]) -> str:
    file = io.StringIO(newline="")
    report.write(orders, readings, file)
    return file.getvalue()


def parsed(text: str) -> Any:
    return lxml.html.document_fromstring(text.encode("utf-8"))


def texts(tree: Any, path: str) -> list[str]:
    return [element.text_content() for element in tree.xpath(path)]


@st.composite
def hostile_orders(draw: st.DrawFn) -> tuple[list[Order], list[Reading]]:
    """An order and its mail with anything in every field that holds text."""
    order = draw(st.from_type(Order))
    text = draw(anything)
    name = draw(anything) or "m"
    evidence: dict[str, Any] = {
        "text": text,
        "reasons": ((draw(anything), 1.0),),
        "notes": ((draw(anything), text),),
        "alternatives": ((draw(anything), 0.1),),
    }
    number = Finding(value=draw(anything), confidence=0.6, **evidence)
    parcel = TrackingNumber(
        value=draw(anything),
        confidence=0.9,
        carrier=draw(anything),
        url=draw(st.sampled_from(["https://a.example/x?y=%22", text])),
        **evidence,
    )
    order = replace(
        order,
        order_number=number,
        merchant=Merchant(value=draw(anything), confidence=0.9, **evidence),
        payment=Finding(value=draw(anything), confidence=0.9, **evidence),
        order_delivery=(*order.order_delivery, ParcelDelivery(tracking_number=parcel, carrier=text, other_numbers=(text,))),
        messages=(name, *order.messages),
        events=(*order.events, Event(at=None, kind=MailKind.OTHER, message_id=name, source=draw(anything))),
    )
    mail = replace(
        draw(st.from_type(Reading)), status="ok", message_id=name, subject=draw(anything), order_numbers=(number,), text=draw(anything)
    )
    return [order], [mail]


@settings(max_examples=50)
@given(hostile_orders())
def test_no_text_creates_an_element_or_an_attribute(told: tuple[list[Order], list[Reading]]) -> None:
    (order,), mails = told
    text = page_of([order], mails)
    tree = parsed(text.replace("\x00", ""))
    found = list(tree.iter())
    assert all(isinstance(element.tag, str) for element in found)  # no comment, no processing instruction
    assert {element.tag for element in found} <= TAGS | {"style", "script"}
    as_browsers_do = LexborHTMLParser(text.replace("\x00", ""))  # HTML5; lxml reads HTML4
    assert {node.tag for node in as_browsers_do.root.traverse(include_text=False)} <= TAGS | {"style", "script"}
    assert as_browsers_do.root.attributes == {"lang": "en"}
    assert [sorted(script.attrib) for script in tree.iter("script")] == [["id", "type"], []]
    for element in found:
        assert not any(name.startswith("on") or name in {"style", "src", "srcdoc", "action", "formaction"} for name in element.attrib)
        assert element.get("href", "#").startswith(("#", "https://"))
    if not telling.Mails.of(mails).is_suspicious(order):
        # What a reader of HTML gives back is what the record holds, made visible.
        assert order.order_number is not None
        shown = plain(order.order_number.value)
        assert texts(tree, "//span[contains(@class, 'cell number')]/span[@dir]") == ([shown] if order.order_number.value else [])
        data = json.loads(tree.get_element_by_id("data").text)
        assert data["orders"][0]["number"] == shown


@given(st.lists(anything, max_size=4), anything)
def test_a_block_of_data_reads_back_and_cannot_be_ended(values: list[str], name: str) -> None:
    block = data_block("data", [plain(value) for value in (*values, name)])
    inside = block.removeprefix('<script type="application/json" id="data">').removesuffix("</script>")
    assert not set(inside) & set("<>&\u2028\u2029")
    assert json.loads(inside) == [plain(value) for value in (*values, name)]


@given(anything, anything)
def test_a_child_and_an_attribute_are_text(child: str, attribute: str) -> None:
    made = el("p.a", child, el("span", title=attribute))
    (paragraph,) = lxml.html.fragments_fromstring(html(made))
    assert (paragraph.text or "") == plain(child)
    assert paragraph[0].get("title") == plain(attribute)
    assert compact(made)[1:-1] == [plain(child)]


@pytest.mark.parametrize("tag", ["script", "iframe", "img", "style", "b onclick=x"])
def test_an_element_that_the_page_has_not_is_refused(tag: str) -> None:
    with pytest.raises(ValueError, match="no element"):
        el(tag)
    with pytest.raises(ValueError, match="no element"):
        el("p", onclick="x")


@pytest.mark.parametrize(
    "url",
    [
        None, "", "http://www.dhl.de/", "javascript:alert(1)", "data:text/html,x", "https:/x.example", "https://", "https://user@dhl.de/", "//dhl.de",
        "https://dhl.de\\@evil.example/", "https://dhl.de:8443/", "https://dhl.de/ x", "https://dhl.de/\u202e", "HTTPS://dhl.de/", 'https://dhl.de/"x',
        "https://localhost/", "https://[::1]/", "https://dhl.de:x/", "https://püst.example/",
    ],
)  # fmt: skip
def test_only_a_plain_https_link_is_a_link(url: str | None) -> None:
    assert https(url) is None


def test_the_policy_names_the_style_sheet_and_the_script_by_their_hashes() -> None:
    text = page_of([], [])
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    (script,) = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    policy = parsed(text).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == [report.policy(style, script)]
    assert policy[0].startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy[0]
    assert "innerHTML" not in script
    assert "http:" not in text.replace("http-equiv", "")


def test_the_mailbox_is_on_the_page_without_its_suspicious_mail() -> None:
    readings = list(orderparse.parse_mailbox(FIXTURES / "mailbox"))
    orders = orderparse.consolidate(readings)
    tree = parsed(page_of(orders, readings))
    rows = texts(tree, "//summary[@class='row']//span[contains(@class, 'cell number')]/span[@dir]")
    assert rows == ["FK-8840", "000061934", "WF-70318", "HP-10382", "20417", "405-7719204-5530186"]
    (suspicious,) = texts(tree, "//section[@class='aside']//li")
    assert "ups-tull-se.example" in suspicious
    assert "1Z000X990000000000" not in " ".join(texts(tree, "//main/ul"))
    assert "The mail shows Order total £86.50, line 12, in Harrow & Pine order confirmation HP-10382 of 20 Oct 2026." in texts(tree, "//p")
    assert tree.xpath("//a[@class='track']/@rel") == ["noopener noreferrer"] * 4


def test_an_order_that_only_suspicious_mails_tell_of_is_not_shown() -> None:
    number = Finding(value="X-1", confidence=0.9, reasons=(("impostor", -2.0),))
    mail = Reading(source="a.eml", subject="Pay now", order_numbers=(number,))
    text = page_of([Order(order_number=number, confidence=0.9, messages=("a.eml",))], [mail])
    assert "These mails tell of no order." in text
    assert "1 order that nothing else tells of is not shown." in text


def test_a_long_list_keeps_its_details_as_data(monkeypatch: pytest.MonkeyPatch) -> None:
    readings = list(orderparse.parse_mailbox(FIXTURES / "mailbox"))
    orders = orderparse.consolidate(readings)
    monkeypatch.setattr(report, "IN_PLACE", 2)
    tree = parsed(page_of(orders, readings))
    assert tree.xpath("//div[@class='detail']") == []
    held = json.loads(tree.get_element_by_id("details-0").text)
    assert [detail[0] for detail in held] == ["div.detail"] * len(tree.xpath("//summary[@class='row']"))


def test_a_page_is_the_same_each_time() -> None:
    readings = list(orderparse.parse_mailbox(FIXTURES / "mailbox"))
    orders = orderparse.consolidate(readings)
    assert page_of(orders, readings) == page_of(orders, readings)


def bought(total: str, day: date, status: OrderStatus = OrderStatus.DELIVERED, currency: str | None = "SEK", shop: str = "A") -> Order:
    return Order(
        order_number=None,
        confidence=0.9,
        merchant=Merchant(value=shop, confidence=0.9),
        order_date=DateFinding(value=day, confidence=0.9, role=DateRole.ORDER),
        status=Status(value=status, confidence=0.9),
        total=AmountFinding(value=Money(value=Decimal(total), currency=currency), confidence=0.9, role=AmountRole.TOTAL),
    )


def test_spending_is_summed_by_currency_month_and_shop_without_what_was_cancelled_or_returned() -> None:
    day = date(2026, 3, 1)
    found = spending.sums([
        bought("10.10", day), bought("0.20", day, shop="B"), bought("5", date(2026, 4, 2)), bought("7", day, currency="EUR"),
        bought("99", day, OrderStatus.CANCELLED), bought("99", day, OrderStatus.RETURNED), bought("-3", day),
    ])  # fmt: skip
    assert [one.currency for one in found] == ["SEK", "EUR"]
    assert {bar.name: bar.spent for bar in found[0].by_month.values()} == {"Mar 2026": Decimal("10.30"), "Apr 2026": Decimal(5)}
    assert [(bar.name, bar.spent) for bar in found[0].by_shop] == [("A", Decimal("15.10")), ("B", Decimal("0.20"))]


def test_plots_are_named_and_have_their_table() -> None:
    tree = parsed(html(spending.section(spending.sums([bought("10", date(2026, 3, 1)), bought("5", date(2020, 1, 1))]))))
    for plot in tree.xpath("//svg"):
        assert plot.get("role") == "img"
        title, described = (tree.get_element_by_id(plot.get(name)) for name in ("aria-labelledby", "aria-describedby"))
        assert (title.tag, described.tag) == ("title", "desc")
        assert plot.getparent().xpath(".//table")
    assert texts(tree, "//figcaption") == ["By month in SEK, last 24 months", "By shop in SEK"]


def test_a_parcel_runs_from_its_shipping_mail_and_days_that_cannot_be_true_are_not_drawn() -> None:
    parcel = TrackingNumber(value="RK1", confidence=0.9)
    sent = datetime(2026, 3, 2, 10, tzinfo=UTC)
    mail = Reading(source="a", sent=sent, kind=Finding(value=MailKind.SHIPPING, confidence=0.9), tracking_numbers=(parcel,))
    order = Order(
        order_number=None,
        confidence=0.9,
        order_delivery=(
            ParcelDelivery(tracking_number=parcel, delivered=date(2026, 3, 6), expected_from=date(9999, 1, 1), expected_until=date.max),
        ),
        events=(Event(at=sent, kind=MailKind.SHIPPING, message_id=None, source="a"),),
        messages=("a",),
    )
    (way,) = telling.ways(order, telling.Mails.of([mail]))
    assert (way.shipped, way.delivered, way.expected) == (date(2026, 3, 2), date(2026, 3, 6), None)


def test_style_sheet_and_script_come_with_the_package() -> None:
    folder = Path(report.__file__).with_name("report_page")
    for name in ("page.css", "page.js"):
        text = (folder / name).read_text(encoding="utf-8")
        assert "</" not in text
        assert "\r" not in text
        assert "http" not in text.replace("https://", "")
