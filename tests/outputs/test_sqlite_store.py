from __future__ import annotations

import errno
import json
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import orderparse
from orderparse import api
from orderparse.errors import StoreError
from orderparse.mail import mailboxes
from orderparse.mail.copies import key_of
from orderparse.mail.mailboxes import RawMail
from orderparse.outputs import sqlite_schema
from orderparse.outputs.sqlite_store import Store
from orderparse.records import (
    AmountFinding,
    DateFinding,
    Event,
    Finding,
    Merchant,
    Money,
    Order,
    OrderItem,
    ParcelDelivery,
    Pickup,
    Reading,
    Status,
    TrackingNumber,
)
from orderparse.roles import AmountRole, DateRole, MailKind, OrderStatus
from orderparse.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

SENT = datetime(2026, 3, 1, 12, tzinfo=UTC)
NUMBER = Finding(value="8012345678901234", confidence=0.99, text="8012 3456", line=3, span=Span(9, 18), reasons=(("label", 2.5),))


def rows(path: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute(query).fetchall()


def order(number: str | None = "8012", merchant: str | None = "Fjällkök", *mails: str, **fields: Any) -> Order:
    return Order(
        order_number=Finding(value=number, confidence=0.9) if number is not None else None,
        merchant=Merchant(value=merchant, confidence=0.9) if merchant is not None else None,
        confidence=0.9,
        events=tuple(Event(at=SENT, kind=MailKind.SHIPPING, message_id=mail, source=f"{mail}.eml") for mail in mails),
        messages=mails,
        **fields,
    )


def total(value: str, currency: str = "SEK") -> AmountFinding:
    return AmountFinding(value=Money(value=Decimal(value), currency=currency), confidence=0.9, role=AmountRole.TOTAL)


def bought(day: date) -> DateFinding:
    return DateFinding(value=day, confidence=0.9, role=DateRole.ORDER)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "orders.sqlite"


def test_what_mails_say_comes_back_as_it_was(path: Path, mails: Path, reading: Callable[[Path], Reading]) -> None:
    readings = [reading(file) for file in sorted(mails.glob("*_sv_*.eml"))[:40]]
    with Store(path, batch=7) as store:
        for number, one in enumerate(readings):
            store.add(str(number), one)
    with Store(path) as store:
        kept = list(store.readings())
    assert kept == [replace(one, text="") for one in readings]
    assert api.consolidate(kept) == api.consolidate(readings)


@settings(
    max_examples=40, phases=(Phase.explicit, Phase.reuse, Phase.generate), suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.from_type(Reading), st.from_type(Order))
def test_any_mail_and_any_order_can_be_kept_and_shown(tmp_path: Path, reading: Reading, order: Order) -> None:
    path = tmp_path / "any.sqlite"  # one for all: what is added under a key again replaces what was there
    with Store(path) as store:
        store.add("a", reading)
        (kept,) = store.readings()
        store.put_orders([order])
    assert kept.sent == reading.sent
    assert len(kept.order_numbers) == len(reading.order_numbers)
    shown = [*rows(path, "SELECT * FROM mails"), *rows(path, "SELECT * FROM findings"), *rows(path, "SELECT * FROM orders")]
    shown += [*rows(path, "SELECT * FROM parcels"), *rows(path, "SELECT * FROM items"), *rows(path, "SELECT * FROM events")]
    texts = [cell for row in shown for cell in row if isinstance(cell, str)]
    assert not any(ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0 or char in "\u202e\u2066" for text in texts for char in text)


def test_a_mail_that_was_read_is_known_and_not_read_again(path: Path) -> None:
    mails = [RawMail("a.eml", b"Subject: a\n\n"), RawMail("b.eml", b"Subject: b\n\n"), RawMail("copy of a.eml", b"Subject: a\n\n")]
    read: list[str] = []

    def reader(found: Iterable[RawMail]) -> Iterator[Reading]:
        for mail in found:
            read.append(mail.source)
            yield Reading(source=mail.source)

    with Store(path) as store:
        assert [one.source for one in store.update(mails[:1], reader)] == ["a.eml"]
        assert store.known(key_of(mails[0].data))
        assert not store.known(key_of(mails[1].data))
    with Store(path) as store:
        assert [one.source for one in store.update(mails, reader)] == ["b.eml"]
        assert [one.source for one in store.readings()] == ["a.eml", "b.eml"]
    assert read == ["a.eml", "b.eml"]


def test_readings_go_with_their_mails_however_far_the_reader_looks_ahead(path: Path) -> None:
    mails = [RawMail(f"{number}.eml", b"Subject: %d\n\n" % number) for number in range(5)]
    with Store(path) as store:
        assert len(list(store.update(mails, lambda found: [Reading(source=mail.source) for mail in found]))) == 5
    assert rows(path, "SELECT key, source FROM mails ORDER BY id") == [(key_of(mail.data), mail.source) for mail in mails]


def test_a_mail_that_failed_or_that_another_version_read_is_read_again_in_its_place(path: Path) -> None:
    with Store(path, reader="1") as store:
        store.add("a", Reading(source="a.eml", status="failed", reason="memory"))
        store.add("b", Reading(source="b.eml", order_numbers=(NUMBER, NUMBER)))
        assert (store.known("a"), store.known("b")) == (False, True)
        store.flush()
        assert (store.known("a"), store.known("b")) == (False, True)
    with Store(path, reader="2") as store:
        assert not store.known("b")
        store.add("b", Reading(source="b.eml", order_numbers=(NUMBER,)))
        assert store.known("b")
    assert rows(path, "SELECT id, key, status, reader FROM mails ORDER BY id") == [(1, "a", "failed", "1"), (2, "b", "ok", "2")]
    assert rows(path, "SELECT mail_id, list, place FROM findings") == [(2, "order_numbers", 0)]


def test_each_finding_of_a_mail_is_a_row(path: Path) -> None:
    reading = Reading(
        source="a.eml",
        order_numbers=(NUMBER,),
        dates=(DateFinding(value=date(2026, 3, 10), until=date(2026, 3, 14), confidence=0.8, role=DateRole.DELIVERY_ESTIMATE),),
        amounts=(total("-1E+3"),),
        payment_method=Finding(value="Visa", confidence=0.9),
        items=(OrderItem(name="Cable", confidence=0.8, price=Money(value=Decimal("49.50"), currency="SEK")),),
        pickup=Pickup(confidence=0.9, place="Kiosk", until=date(2026, 3, 12)),
    )
    with Store(path) as store:
        store.add("a", reading)
    found = rows(
        path, "SELECT list, place, role, value, until, amount, currency, confidence, line, start, end, text, reasons FROM findings"
    )
    nothing = (None, None, None, None, None)
    none = (0, None, None, "", "[]")
    assert sorted(found) == [
        ("amounts", 0, "total", "-1000", None, -1000.0, "SEK", 0.9, *none),
        ("dates", 0, "delivery_estimate", "2026-03-10", "2026-03-14", None, None, 0.8, *none),
        ("items", 0, "item", "Cable", None, 49.5, "SEK", 0.8, *nothing),
        ("order_numbers", 0, "order_number", "8012345678901234", None, None, None, 0.99, 3, 9, 18, "8012 3456", '[["label", 2.5]]'),
        ("payment_method", 0, "payment_method", "Visa", None, None, None, 0.9, *none),
        ("pickup", 0, "pickup_place", "Kiosk", None, None, None, 0.9, *nothing),
        ("pickup", 2, "pickup_until", "2026-03-12", None, None, None, 0.9, *nothing),
    ]


def test_long_numbers_are_text_and_amounts_have_all_their_digits(path: Path) -> None:
    item = OrderItem(name="Cable", confidence=0.8, quantity=1005006123456789)
    with Store(path) as store:
        store.put_orders([order("0012345678901234", total=total("129.00"), items=(item, replace(item, quantity=2)))])
    assert rows(path, "SELECT order_number, typeof(order_number), total, total_exact FROM orders") == [
        ("0012345678901234", "text", 129.0, "129.00")
    ]
    assert json.loads(rows(path, "SELECT record FROM orders")[0][0])["items"][0]["quantity"] == 1005006123456789
    assert rows(path, "SELECT quantity FROM items") == [(1005006123456789,), (2,)]


def test_orders_hang_together_with_their_mails(path: Path) -> None:
    with Store(path) as store:
        store.add("a", Reading(source="a.eml", message_id="a"))
        store.add("b", Reading(source="b.eml", message_id="b"))
        (name,) = store.put_orders([order("1", "Shop", "b")])
    assert rows(path, "SELECT order_id, mail_id FROM order_mails") == [(name, 2)]
    assert rows(path, "SELECT order_id, place, at, kind, message_id, source FROM events") == [
        (name, 0, "2026-03-01T12:00:00+00:00", "shipping", "b", "b.eml")
    ]


def test_an_order_keeps_its_id(path: Path) -> None:
    parcel = ParcelDelivery(tracking_number=TrackingNumber(value="RB123456785SE", confidence=0.9))
    with Store(path) as store:
        before = store.put_orders([order("1", "Shop", "a"), order(None, None, "b", order_delivery=(parcel,)), order("3", "Shop", "c")])
        assert len(set(before)) == 3
    with Store(path) as store:
        grown = [order("4", "Shop", "d"), order("2", "Shop", "b", "e"), order("3", "Shop AB", "c", "f"), order("1", "shop")]
        after = store.put_orders(grown)
        assert after[1:] == [before[1], before[2], before[0]]
        assert after[0] not in before
        assert store.put_orders(grown) == after
    assert rows(path, "SELECT id FROM orders ORDER BY place") == [(name,) for name in after]


def test_orders_of_one_mail_keep_apart(path: Path) -> None:
    with Store(path) as store:
        first, second = store.put_orders([order("1", None, "a"), order("2", None, "a")])
        assert store.put_orders([order("2", "Shop", "a"), order("1", "Shop", "a")]) == [second, first]


def test_two_orders_that_nothing_tells_apart_have_two_ids(path: Path) -> None:
    with Store(path) as store:
        assert len(set(store.put_orders([order("1"), order("1"), order("1")]))) == 3


def test_orders_are_replaced_all_or_none(path: Path) -> None:
    with Store(path) as store:
        store.put_orders([order("1")])
        with pytest.raises(AttributeError):
            store.put_orders([order("2"), "no order"])  # type: ignore[list-item]
        store.put_orders([order("3")] if rows(path, "SELECT order_number FROM orders") == [("1",)] else [])
    assert rows(path, "SELECT order_number FROM orders") == [("3",)]


def test_the_views_answer_questions(path: Path) -> None:
    def stands(status: OrderStatus) -> dict[str, Any]:
        return {"status": Status(value=status, confidence=0.9)}

    def parcel(number: str, until: date | None, **fields: Any) -> ParcelDelivery:
        return ParcelDelivery(
            tracking_number=TrackingNumber(value=number, confidence=0.9), carrier="PostNord", expected_until=until, **fields
        )

    orders = [
        order("1", "Shop", order_date=bought(date(2026, 2, 27)), total=total("0.10"), **stands(OrderStatus.DELIVERED)),
        order(
            *("2", "Shop", "a"),
            total=total("0.20"),
            order_delivery=(
                parcel("late", date(2026, 3, 14)),
                parcel("soon", date(2026, 3, 9)),
                parcel("there", None, delivered=date(2026, 3, 2)),
            ),
            **stands(OrderStatus.IN_TRANSIT),
        ),
        order("3", "Shop", order_date=bought(date(2026, 3, 5)), total=total("5", "EUR"), **stands(OrderStatus.PAYMENT_DUE)),
        order("4", "Shop", order_date=bought(date(2026, 3, 5)), total=total("99"), **stands(OrderStatus.CANCELLED)),
        order("5", "Other", order_date=bought(date(2026, 3, 5)), total=total("0.10")),
    ]
    with Store(path) as store:
        store.put_orders(orders)
    assert rows(path, "SELECT order_number FROM orders_open") == [("2",), ("3",), ("5",)]
    assert rows(path, "SELECT tracking_number, carrier, merchant FROM parcels_expected") == [
        ("soon", "PostNord", "Shop"),
        ("late", "PostNord", "Shop"),
    ]
    assert rows(path, "SELECT * FROM spending_by_month") == [
        ("2026-02", "SEK", 1, 0.1),
        ("2026-03", "EUR", 1, 5.0),
        ("2026-03", "SEK", 2, 0.3),
    ]
    assert rows(path, "SELECT merchant, currency, orders, total FROM spending_by_merchant") == [
        ("Shop", "EUR", 1, 5.0),
        ("Shop", "SEK", 2, 0.3),
        ("Other", "SEK", 1, 0.1),
    ]


KILLED = """
import itertools, sys
from orderparse.outputs.sqlite_store import Store
from orderparse.records import Finding, Reading
store = Store(sys.argv[1], batch=5)
for number in itertools.count():
    store.add(str(number), Reading(source=str(number), order_numbers=(Finding(value=str(number), confidence=0.9),)))
    if number == 12:
        print("some", flush=True)
"""


def test_a_store_whose_program_was_killed_opens_and_goes_on(path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"some"
        process.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    with Store(path) as store:
        kept = list(store.readings())
        assert len(kept) >= 10
        assert len(kept) % 5 == 0
        assert [one.source for one in kept] == [str(number) for number in range(len(kept))]
        assert store.known("9")
        store.add("new", Reading(source="new"))
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]
    assert rows(path, "PRAGMA foreign_key_check") == []
    assert rows(path, "SELECT count(*) FROM mails") == [(len(kept) + 1,)]
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_what_was_read_is_kept_if_the_user_breaks_off(path: Path) -> None:
    def interrupted() -> None:
        with Store(path) as store:
            store.add("a", Reading(source="a"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert rows(path, "SELECT source FROM mails") == [("a",)]


def test_a_full_disk_is_told_as_such_and_costs_nothing_that_was_kept(path: Path) -> None:
    def fill(store: Store) -> None:
        pages = rows(path, "PRAGMA page_count")[0][0]
        store._db.execute(f"PRAGMA max_page_count = {pages}")
        for number in range(50):
            store.add(str(number), Reading(source=str(number), subject="long" * 500))

    with Store(path, batch=20) as store:
        store.add("first", Reading(source="first"))
    with pytest.raises(OSError, match="No space left") as caught, Store(path, batch=20) as store:
        fill(store)
    assert isinstance(caught.value, StoreError)
    assert (caught.value.errno, caught.value.filename) == (errno.ENOSPC, str(path))
    with Store(path) as store:
        assert [one.source for one in store.readings()] == ["first"]
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]


def test_a_store_of_a_newer_version_is_left_alone(path: Path) -> None:
    Store(path).__exit__(None, None, None)
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA user_version = {sqlite_schema.VERSION + 1}")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="take a newer orderparse"):
        Store(path)
    assert path.read_bytes() == before


def test_another_file_is_no_store(path: Path) -> None:
    path.write_text("merchant,order_number\r\n" * 100)
    with pytest.raises(StoreError, match="no SQLite file"):
        Store(path)
    path.unlink()
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE mails (id)")
    with pytest.raises(StoreError, match="no store of orderparse"):
        Store(path)


def test_a_missing_folder_is_an_error(path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened"):
        Store(path.parent / "none" / "orders.sqlite")


def test_a_damaged_record_costs_no_other_mail(path: Path) -> None:
    with Store(path) as store:
        for name in "abc":
            store.add(name, Reading(source=f"{name}.eml"))
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE mails SET reading = '{\"source\": 5}' WHERE key = 'a'")
        db.execute("UPDATE mails SET reading = '{' WHERE key = 'b'")
    told: list[str] = []
    with Store(path) as store:
        kept = list(store.readings(on_error=lambda source, sentence: told.append(f"{source} {sentence}")))
    assert [one.source for one in kept] == ["c.eml"]
    assert [sentence.split()[0] for sentence in told] == ["a.eml", "b.eml"]


def test_more_mails_than_a_page_come_back_once_each(path: Path) -> None:
    with Store(path, batch=1000) as store:
        for number in range(600):
            store.add(str(number), Reading(source=str(number)))
        assert [one.source for one in store.readings()] == [str(number) for number in range(600)]


def test_a_mailbox_in_a_store_gives_the_orders_of_the_mailbox(path: Path, mails: Path) -> None:
    mailbox = mails.parent / "mailbox"
    with Store(path) as store:
        read = len(list(store.update(mailboxes.find(mailbox), api.readings)))
        orders = api.consolidate(store.readings())
        ids = store.put_orders(orders)
    with Store(path) as store:
        assert list(store.update(mailboxes.find(mailbox), api.readings)) == []
        assert store.put_orders(api.consolidate(store.readings())) == ids
    assert read == rows(path, "SELECT count(*) FROM mails")[0][0]
    assert [event.source for event in orders[0].events] == [
        source for (source,) in rows(path, f"SELECT source FROM events WHERE order_id = '{ids[0]}'")
    ]
    assert orderparse.consolidate(orderparse.parse_mailbox(mailbox)) == orders
    assert rows(path, "SELECT count(*) FROM order_mails") == rows(path, "SELECT count(*) FROM events")
