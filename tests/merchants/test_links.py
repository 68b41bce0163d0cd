"""Platforms known by the links that their shops make."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import orderparse
from orderparse.errors import KnowledgeError
from orderparse.knowledge import Knowledge
from orderparse.merchants import load
from orderparse.merchants.links import platform, wrong
from orderparse.values.links import parse

if TYPE_CHECKING:
    from pathlib import Path

MERCHANTS = Knowledge.builtin().merchants
TOKENS = {"digits": "4821", "hex": "0f3a9c27", "token": "hsncibgg"}


def link_of(mark: str) -> str:
    """A link with a mark: whole slots are as long as the mark says."""
    filled = re.sub(r"\{([a-z]+)(?::(\d+))?\}", lambda slot: (TOKENS[slot[1]] * 9)[: int(slot[2])] if slot[2] else TOKENS[slot[1]], mark)
    path, *params = filled.split("/?")
    return f"https://shop.example/se{path}" + ("?" + "&".join(params) if params else "")


@pytest.mark.parametrize(("code", "mark"), [(merchant.code, mark) for merchant in MERCHANTS.linking for mark in merchant.link_marks])
def test_a_link_of_a_mark_and_a_number_of_the_shape_tell_the_platform(code: str, mark: str) -> None:
    merchant = MERCHANTS.by_code[code]
    number = merchant.order_number.valid[0] if merchant.order_number else "4821"
    assert platform(MERCHANTS, [parse(link_of(mark))], [number]) is merchant


def test_neither_a_link_alone_nor_a_number_alone_tells_a_platform() -> None:
    link = parse("https://shop.example/account/order/" + "aB3_" * 8)
    found = platform(MERCHANTS, [link], ["10042"])
    assert found is not None
    assert found.name == "Shopware"
    assert platform(MERCHANTS, [link], ["SE-10042"]) is None
    assert platform(MERCHANTS, [link], []) is None
    assert platform(MERCHANTS, [parse("https://shop.example/account/order/4821")], ["10042"]) is None
    assert platform(MERCHANTS, [], ["10042"]) is None


def test_a_path_must_end_with_the_mark() -> None:
    assert platform(MERCHANTS, [parse("https://shop.example/order/hsncibggkf/review")], ["000006574"]) is None
    assert platform(MERCHANTS, [parse("https://shop.example/my-order/hsncibggkf")], ["000006574"]) is None
    assert platform(MERCHANTS, [parse("https://shop.example/order/hsncibggkf?utm_source=mail")], ["000006574"]) is not None


@pytest.mark.parametrize("mark", ["order/{digits}", "/order/{number}", "/order/{digits", "/order/{Hex:32}"])
def test_a_wrong_mark_is_told_with_its_line(mark: str, tmp_path: Path) -> None:
    assert wrong(mark)
    path = tmp_path / "shop.toml"
    path.write_text(f'name = "Shop"\nhome = "https://shop.example/"\nkind = "platform"\nlink_marks = ["{mark}"]\n', encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"shop\.toml:4: .*link_marks"):
        load(path)


def test_a_mail_of_an_unknown_shop_names_its_platform() -> None:
    reading = orderparse.parse(
        b"From: Tsuki <orders@tsuki.example>\nSubject: Confirmation of order 102797\n\n"
        b"We are pleased to confirm your order 102797.\nhttps://tsuki.example/accounts/order-status/102797/a75255440880f9dfba07/\n"
    )
    assert reading.platform is not None
    assert reading.platform.value == "django-oscar"
    assert reading.merchant is not None
    assert reading.merchant.value == "Tsuki"
