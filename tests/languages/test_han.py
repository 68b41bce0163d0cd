"""What one writing of Chinese calls a number is read in the other."""

from __future__ import annotations

import pytest

import orderparse
from orderparse.knowledge import Knowledge
from orderparse.languages.han import _ONE_WAY, _PAIRS, other_writing


@pytest.mark.parametrize(("code", "label"), [("zh-Hant", "訂單編號"), ("zh-Hans", "订单编号"), ("zh-Hant", "訂單號碼"), ("zh-Hans", "订单号")])
def test_an_order_number_is_found_though_nobody_wrote_the_file_of_its_writing(code: str, label: str) -> None:
    mail = f"Subject: {label} 20240712093415\n\n{label}：20240712093415\n"
    read = orderparse.parse(mail, knowledge=Knowledge.builtin().without_language(code))
    assert [number.value for number in read.order_numbers if number.confidence > 0.5] == ["20240712093415"]


@pytest.mark.parametrize(("text", "code"), [("您的訂單已經出貨，我們會盡快為您送達", "zh-Hant"), ("您的订单已经发货，我们会尽快为您送达", "zh-Hans")])
def test_the_writing_of_a_mail_is_told(text: str, code: str) -> None:
    language = orderparse.parse(f"Subject: {text}\n\n{text}\n").language
    assert language is not None
    assert language.value == code


def test_each_pair_is_of_two_characters_and_no_character_has_two_meanings() -> None:
    pairs = [*_PAIRS.split(), *_ONE_WAY.split()]
    assert all(len(pair) == 2 and pair[0] != pair[1] for pair in pairs)
    assert len({pair[0] for pair in _PAIRS.split()}) == len(_PAIRS.split())
    assert len({pair[1] for pair in pairs}) == len(pairs)


def test_what_is_written_in_traditional_characters_comes_back() -> None:
    simplified = "".join(pair[0] for pair in _PAIRS.split())
    assert other_writing("zh-Hant", other_writing("zh-Hans", simplified) or "") == simplified


def test_other_languages_have_one_writing() -> None:
    assert other_writing("ja", "国") is None
