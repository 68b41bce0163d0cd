from __future__ import annotations

from orderparse.mail import limits


def test_a_text_within_the_limit_is_not_touched() -> None:
    assert limits.shorten(b"1" * limits.TEXT_BYTES) is None


def test_a_word_that_would_be_cut_is_left_out() -> None:
    data = b"12345 67 " * 1_000_000
    short = limits.shorten(data)
    assert short is not None
    assert len(short) <= limits.TEXT_BYTES
    assert set(short.split()) == {b"12345", b"67"}
    assert data.startswith(short[: limits.TEXT_HEAD_BYTES - 10])
    assert data.endswith(short[-limits.TEXT_TAIL_BYTES + 10 :])


def test_utf16_keeps_its_step() -> None:
    short = limits.shorten(("order 4821 " * 400_001).encode("utf-16-le"))
    assert short is not None
    assert set(short.decode("utf-16-le")) == set("order 4821 ")
