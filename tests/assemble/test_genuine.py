from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderparse import Knowledge, parse
from orderparse.assemble import lookalikes


def reading(sender: str, body: str = "x", subject: str = "Hello"):
    return parse(f"From: {sender}\nSubject: {subject}\nDate: Mon, 2 Nov 2026 10:00:00 +0000\n\n{body}\n".encode())


@pytest.fixture(scope="module")
def brands():
    known = Knowledge.builtin()
    return lookalikes.brands(known.merchants, known.lines)


@pytest.mark.parametrize(
    ("host", "how"),
    [
        ("amazon.example", "same"), ("amaz0n.com", "disguised"), ("аmazon.com", "disguised"), ("xn--mazon-3ve.com", "disguised"), ("arnazon.com", "near"),
        ("amazzon.com", "near"), ("amaozn.com", "near"), ("amazon.com.evil.example", "below"), ("amazon-refund.example", "word"), ("amazonrefund.example", "part"),
    ],
)  # fmt: skip
def test_a_domain_is_like_a_brands(brands, host, how):
    assert brands.likeness(host)["merchant:amazon"] == how


@pytest.mark.parametrize("host", ["hollowkiln.example", "mail.example", "amazing.example", "lakeside-dental.example", "a", "", "10.0.0.7"])
def test_most_domains_are_like_nobodys(brands, host):
    assert "merchant:amazon" not in brands.likeness(host)


@pytest.mark.parametrize("name", ["Аmazon", "Amaz0n", "A m a z o n", "Ama\u200bzon"])
def test_a_name_that_only_looks_so_is_known(brands, name):
    assert "merchant:amazon" in brands.of_name(name)
    assert reading(f"{name} <a@b.example>").suspicious


@pytest.mark.parametrize("name", ["Amazon", "Royal Mail", "Mail Delivery Subsystem", "Anna 4821", "Ämazing Shop", "Ольга"])
def test_a_plain_name_is_no_disguise(brands, name):
    assert not brands.of_name(name)


def test_a_name_with_a_desk_behind_it_claims_the_same():
    body = "See https://other.example/a"
    assert not reading("Hollow Kiln Support <a@hollowkiln.example>", body).suspicious
    told = dict(reading("Amazon Support <a@other.example>", body).genuine.reasons)
    assert "name_of_another" in told


def test_a_shops_own_mail_is_believed_with_the_wording_of_scams():
    body = "Your parcel is on hold: pay the customs fee within 24 hours and confirm your address. https://www.dhl.de/zoll"
    assert not reading("DHL <noreply@dhl.de>", body).suspicious
    assert reading("Parcel desk <noreply@parcels-24.example>", body.replace("www.dhl.de", "pay.example")).suspicious


def test_the_reasons_make_the_probability():
    from math import exp

    found = reading("Amazon <a@b.example>").genuine
    assert found.confidence == pytest.approx(1 / (1 + exp(-sum(weight for _, weight in found.reasons))))


def test_a_suspicious_mail_gives_no_numbers():
    told = reading("Amazon <a@amaz0n.example>", "Order number: 302-1234567-7654321", "Your order")
    assert told.suspicious
    assert not [number for number in told.order_numbers if number.confidence >= 0.5]


def test_phrases_count_as_whole_words():
    assert Knowledge.builtin().scams.said("the coffee pot is on holder") == frozenset()
    assert Knowledge.builtin().scams.said("it is on hold.") == {"held"}


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_sender_has_a_probability(name, domain):
    found = parse(f"From: {name} <a@{domain}>\nSubject: x\n\nhttps://{domain}/a\n".encode("utf-8", "replace"))
    assert found.status == "ok"
    assert 0 <= found.genuine.confidence <= 1


def test_a_shop_that_writes_under_its_own_name_is_likelier() -> None:
    body = "Your order 48213 is held: please confirm your address at once."
    own, other = (reading(f"Iron Spruce Games <crew@{domain}>", body).genuine for domain in ("ironspruce.example", "tallpine.example"))
    assert own is not None
    assert other is not None
    assert own.confidence > other.confidence
    assert "name_of_domain" in dict(own.reasons)


def test_a_name_like_a_brands_or_a_cheap_domain_is_nobodys_own() -> None:
    for sender in (
        "Parcel Notice Desk <x@parcelnoticedesk.top>",
        "Amazon Refund <x@amazonrefund.example>",
        "Anna Holm <annaholm@gmail.com>",
    ):
        found = reading(sender).genuine
        assert found is not None
        assert "name_of_domain" not in dict(found.reasons)


def test_a_mail_with_nothing_to_press_and_nobody_to_ring_is_likelier() -> None:
    body = "A parcel is held for you at the desk. It is returned to the sender if you do not collect it at once."
    unlinked, linked = (reading("Harbor House <desk@harborhouse.example>", f"{body}\n{more}").genuine for more in ("", "https://x.example/a"))
    assert unlinked is not None
    assert linked is not None
    assert unlinked.confidence > linked.confidence
