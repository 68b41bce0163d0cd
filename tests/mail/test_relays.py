from __future__ import annotations

import pytest

from orderparse.mail import relays


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("transaction_at_notice_aliexpress_com_abc_def@privaterelay.appleid.com", "transaction@notice.aliexpress.com"),
        ("no_reply_at_shop_co_uk_8d7f6g5h_a1b2c3@privaterelay.appleid.com", "no_reply@shop.co.uk"),
        ("look_at_me_at_shop_com_8d7f6g5h_a1b2c3@icloud.com", "look_at_me@shop.com"),
        ("order_at_my-shop_com_au_8d7f6g@simplelogin.co", "order@my-shop.com.au"),
        ("order_at_mail.shop.com_reader@duck.com", "order@mail.shop.com"),
    ],
)
def test_the_senders_own_address_is_found(address: str, own: str) -> None:
    assert relays.undo(address) == own


@pytest.mark.parametrize(
    "address",
    [
        "order_at_shop_com_abc_def@shop.example",  # no relay
        "robin@icloud.com",
        "robin_at_home@icloud.com",
        "8d7f6g5h@privaterelay.appleid.com",
        "_at_shop_com_abc_def@privaterelay.appleid.com",
        "order_at_shop_nosuchtld_abcq_defq@privaterelay.appleid.com",
        "order_at_.com_reader@duck.com",
        "order_at_shop.com@duck.com",
        "a_at_" * 200 + "@icloud.com",
    ],
)
def test_other_addresses_are_left_alone(address: str) -> None:
    assert relays.undo(address) is None
