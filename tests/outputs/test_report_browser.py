"""The report in a real browser: headless Chromium, spoken to over a pipe (Chrome DevTools Protocol), with no driver in between."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from orderparse.outputs import report
from orderparse.records import (
    Address,
    AmountFinding,
    DateFinding,
    Event,
    Finding,
    Merchant,
    Money,
    Order,
    OrderItem,
    ParcelDelivery,
    Reading,
    Status,
    TrackingNumber,
)
from orderparse.roles import AmountRole, DateRole, MailKind, OrderStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here (Debian: apt-get install chromium)")
_SHOPS = ("Fjällkök", "Kettner Bücher", "Harrow & Pine <b>", "بيت الورد")


class Page:
    """A page in a browser; ``troubles`` are what its console and its policy complain of."""

    def __init__(self, profile: Path) -> None:
        to_browser, self._write = os.pipe()
        self._read, from_browser = os.pipe()
        switches = [
            "--headless",
            "--disable-gpu",
            "--no-first-run",
            "--disable-extensions",
            "--remote-debugging-pipe",
            f"--user-data-dir={profile}",
        ]
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # which Chromium has not for root

        def as_three_and_four() -> None:
            one, other = os.dup(to_browser), os.dup(from_browser)
            os.dup2(one, 3)
            os.dup2(other, 4)

        self._browser = subprocess.Popen(
            [str(CHROMIUM), *switches, *sandbox, "about:blank"],
            preexec_fn=as_three_and_four,  # noqa: PLW1509  # nothing else gives a child its descriptors by number
            pass_fds=(3, 4),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_browser)
        os.close(from_browser)
        self._buffer = b""
        self._last = 0
        self._session: str | None = None
        self.troubles: list[str] = []
        self._loaded = False
        targets = self.ask("Target.getTargets")["targetInfos"]
        target = next(one["targetId"] for one in targets if one["type"] == "page")
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self.ask(f"{domain}.enable")

    def ask(self, method: str, **params: Any) -> Any:
        self._last += 1
        message = {"id": self._last, "method": method, "params": params, **({"sessionId": self._session} if self._session else {})}
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._last:
                assert "error" not in answer, answer
                return answer["result"]

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            data = os.read(self._read, 1 << 16)
            assert data, "the browser has gone"
            self._buffer += data
        message, _, self._buffer = self._buffer.partition(b"\0")
        told: dict[str, Any] = json.loads(message)
        method, params = told.get("method"), told.get("params", {})
        if method == "Log.entryAdded" and params["entry"]["level"] in {"error", "warning"}:
            self.troubles.append(params["entry"]["text"])
        elif method == "Runtime.exceptionThrown":
            self.troubles.append(str(params["exceptionDetails"]))
        elif method == "Runtime.consoleAPICalled":
            self.troubles.append(str(params["args"]))
        elif method == "Page.loadEventFired":
            self._loaded = True
        return told

    def open(self, path: Path) -> None:
        self._loaded = False
        self.troubles.clear()
        self.ask("Page.navigate", url=path.as_uri())
        while not self._loaded:
            self._next()

    def value(self, expression: str) -> Any:
        """What the expression gives, a promise awaited."""
        answer = self.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def press(self, key: str) -> None:
        code = {"Enter": 13, " ": 32, "ArrowDown": 40, "ArrowUp": 38, "End": 35, "Home": 36, "Tab": 9, "Escape": 27}[key]
        text = {"Enter": "\r", " ": " "}.get(key, "")
        name = "Space" if key == " " else key
        self.ask("Input.dispatchKeyEvent", type="keyDown", key=key, code=name, windowsVirtualKeyCode=code, text=text)
        self.ask("Input.dispatchKeyEvent", type="keyUp", key=key, code=name, windowsVirtualKeyCode=code)

    def search(self, words: str) -> list[str]:
        """The order numbers that a search for the words leaves."""
        self.value("search.focus(); search.select()")
        self.ask("Input.insertText", text=words)
        self.value("new Promise((done) => setTimeout(done, 150))")
        return self.value(
            "[...list.children].filter((row) => !row.hidden).map((row) => row.querySelector('.number').lastChild.textContent)"
        )

    def close(self) -> None:
        os.close(self._write)
        os.close(self._read)
        self._browser.terminate()
        self._browser.wait(10)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    page = Page(tmp_path_factory.mktemp("profile"))
    yield page
    page.close()


def orders(count: int) -> tuple[list[Order], list[Reading]]:
    told, mails = [], []
    for place in range(count):
        name = f"<{place}@shop.example>"
        sent = datetime(2026, 1, 1, 9, 30, tzinfo=UTC) + timedelta(days=place % 400)
        reasons = {"reasons": (("label", 6.6), ("bias", -3.3)), "notes": (("label", "Order <number>"),), "text": f"X-{place:05}", "line": 3}
        number = Finding(value=f"X-{place:05}", confidence=0.99, **reasons)
        parcel = TrackingNumber(
            value=f"RK{place:09}GB",
            confidence=0.97,
            carrier="Royal Mail",
            check_digit=True,
            url=f"https://www.royalmail.com/track/RK{place:09}GB",
        )
        shop = Merchant(value=_SHOPS[place % len(_SHOPS)], confidence=0.7)
        status = Status(value=list(OrderStatus)[place % len(OrderStatus)], confidence=0.98)
        mails.append(
            Reading(source=f"{place}.eml", message_id=name, sent=sent, subject=f"Your order X-{place:05} </script><b>",
                    sender=Address(address="orders@shop.example"), order_numbers=(number,), tracking_numbers=(parcel,))
        )  # fmt: skip
        told.append(
            Order(
                order_number=number,
                confidence=0.99,
                merchant=shop,
                order_date=DateFinding(value=sent.date(), confidence=0.95, role=DateRole.ORDER),
                status=status,
                total=AmountFinding(value=Money(value=Decimal(place) + 1, currency="SEK"), confidence=0.9, role=AmountRole.TOTAL),
                items=(OrderItem(name=f"Läslampa {place}", confidence=0.9, quantity=2),),
                order_delivery=(
                    ParcelDelivery(
                        tracking_number=parcel, carrier="Royal Mail", status=status, expected_from=sent.date(),
                        expected_until=min(sent.date() + timedelta(days=4), date.max),
                    ),
                ),
                events=(Event(at=sent, kind=MailKind.SHIPPING, message_id=name, source=f"{place}.eml"),),
                messages=(name,),
            )
        )  # fmt: skip
    return told, mails


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    def write(count: int) -> Path:
        path = tmp_path_factory.mktemp("report") / "orders.html"
        with path.open("w", encoding="utf-8", newline="") as file:
            report.write(*orders(count), file)
        return path

    return write


def test_the_page_opens_without_a_complaint_of_console_or_policy(page: Page, written: Callable[[int], Path]) -> None:
    page.open(written(12))
    assert page.value("list.children.length") == 12
    assert page.value("tools.hidden") is False
    assert page.search("läslampa 7 rk000000007") == ["X-00007"]
    assert page.troubles == []


@pytest.mark.browser
def test_search_folds_accents_and_heeds_neither_blanks_nor_hyphens(page: Page, written: Callable[[int], Path]) -> None:
    page.open(written(12))
    assert page.search("FJALLKOK") == ["X-00008", "X-00004", "X-00000"]
    assert page.search("x 00003") == ["X-00003"]
    assert page.search("RK00000 0005 GB") == ["X-00005"]
    assert page.search("nothing like it") == []
    assert page.value("empty.hidden") is False
    assert page.value("count.textContent") == "0 of 12 orders"


@pytest.mark.browser
def test_filters_leave_what_fits_them_all(page: Page, written: Callable[[int], Path]) -> None:
    page.open(written(12))
    choose = "(id, label) => {{ const by = document.getElementById(id); by.value = [...by.options].find((o) => o.text === label).value; by.dispatchEvent(new Event('input', {{bubbles: true}})); }}"
    page.value(
        f"const choose = {choose.replace('{{', '{').replace('}}', '}')}; choose('by-shop', 'Fjällkök'); choose('by-status', 'processing')"
    )
    assert page.search("") == ["X-00008", "X-00000"]
    page.value("choose('by-kind', 'shipped'); choose('by-year', '2026')")
    assert page.search("00008") == ["X-00008"]


@pytest.mark.browser
@pytest.mark.parametrize("count", [12, report.IN_PLACE + 1])
def test_rows_and_evidence_open_by_keyboard(page: Page, written: Callable[[int], Path], count: int) -> None:
    page.open(written(count))
    page.value("list.firstElementChild.querySelector('summary').focus()")
    page.press("ArrowDown")
    assert page.value("document.activeElement.closest('li') === list.children[1]")
    page.press("Enter")
    assert page.value("list.children[1].firstElementChild.open")
    assert (
        page.value("new Promise((done) => setTimeout(() => done(list.children[1].querySelector('.detail dt').textContent), 100))")
        == "Order number"
    )
    page.press("Tab")
    page.press(" ")
    evidence = page.value("document.activeElement.parentElement.innerText")
    assert "Order <number>" in evidence
    assert "+6.60" in evidence
    assert (
        page.value("document.activeElement.matches(':focus-visible') && getComputedStyle(document.activeElement).outlineStyle") == "solid"
    )
    page.value("list.children[1].querySelector('summary').focus()")
    page.press("End")
    assert page.value("document.activeElement.closest('li') === list.lastElementChild")
    assert page.troubles == []


@pytest.mark.browser
def test_what_data_and_what_markup_hold_of_an_order_is_the_same(page: Page, written: Callable[[int], Path]) -> None:
    shown = "list.lastElementChild.firstElementChild.open = true; new Promise((done) => setTimeout(() => done(list.lastElementChild.querySelector('.detail').outerHTML), 100))"
    page.open(written(2))
    markup = page.value(shown)
    page.open(written(report.IN_PLACE + 1))
    assert page.value(shown) == markup


@pytest.mark.browser
def test_a_heading_sorts_and_says_so(page: Page, written: Callable[[int], Path]) -> None:
    page.open(written(12))
    page.value("document.querySelector('[data-sort=total]').click()")
    assert page.search("fjallkok") == ["X-00008", "X-00004", "X-00000"]
    page.value("document.querySelector('[data-sort=total]').click()")
    assert page.search("fjallkok") == ["X-00000", "X-00004", "X-00008"]
    assert "total" in page.value("said.textContent")


@pytest.mark.browser
def test_dark_follows_the_system_and_the_switch(page: Page, written: Callable[[int], Path]) -> None:
    page.open(written(3))
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    page.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "light"}])
    light = page.value(ground)
    page.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
    dark = page.value(ground)
    assert light != dark
    assert page.value("theme.getAttribute('aria-pressed')") == "true"
    page.value("theme.click()")
    assert page.value(ground) == light
    page.ask("Emulation.setEmulatedMedia", features=[])


@pytest.mark.browser
def test_a_word_stands_before_the_carriers_page(page: Page, written: Callable[[int], Path]) -> None:
    page.open(written(1))
    page.value("list.querySelector('summary').click(); document.querySelector('a.track').click()")
    assert page.value("leave.open")
    assert page.value("document.getElementById('leave-host').textContent") == "www.royalmail.com"
    page.press("Escape")
    assert page.value("leave.open") is False


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1240])
def test_nothing_is_wider_than_the_screen(page: Page, written: Callable[[int], Path], width: int) -> None:
    page.ask("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=False)
    page.open(written(12))
    page.value("for (const details of document.querySelectorAll('details')) details.open = true")
    assert page.value("document.documentElement.scrollWidth") <= width
    page.ask("Emulation.clearDeviceMetricsOverride")


@pytest.mark.browser
def test_without_javascript_all_orders_with_their_details_are_there(page: Page, written: Callable[[int], Path]) -> None:
    page.ask("Emulation.setScriptExecutionDisabled", value=True)
    try:
        page.open(written(12))
        assert page.value("document.getElementById('tools').hidden")
        assert page.value("document.querySelectorAll('#list .detail .why').length") >= 12
    finally:
        page.ask("Emulation.setScriptExecutionDisabled", value=False)


@pytest.mark.browser
def test_a_print_has_the_details_and_no_controls(page: Page, written: Callable[[int], Path]) -> None:
    page.open(written(2))
    page.ask("Emulation.setEmulatedMedia", media="print")
    assert page.value("getComputedStyle(tools).display") == "none"
    page.value("dispatchEvent(new Event('beforeprint'))")
    assert page.value("[...list.children].every((row) => row.firstElementChild.open)")
    page.value("dispatchEvent(new Event('afterprint'))")
    assert page.value("[...list.children].some((row) => row.firstElementChild.open)") is False
    page.ask("Emulation.setEmulatedMedia", media="")
