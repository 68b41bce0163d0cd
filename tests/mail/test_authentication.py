from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from orderparse.mail import authentication
from orderparse.records import Authentication

FIELD = "mx.example.net 1; dmarc=pass (p=reject) header.from=shop.example; dkim=pass header.d=shop.example; spf=softfail"


def test_only_the_readers_own_server_is_believed() -> None:
    assert authentication.read([FIELD], "MX.example.net") == Authentication(dmarc="pass", dkim="pass", spf="softfail")
    assert authentication.read([FIELD], "example.net") == Authentication()
    assert authentication.read([FIELD], None) == Authentication()
    assert authentication.read([FIELD], "") == Authentication()


def test_only_the_topmost_field_of_that_server_counts() -> None:
    assert authentication.read(["mx.example.net; spf=fail", FIELD], "mx.example.net") == Authentication(spf="fail")
    assert authentication.read(["other.example; spf=fail", FIELD], "mx.example.net").spf == "softfail"


def test_what_stands_in_a_comment_is_no_result() -> None:
    assert authentication.read(["mx.example.net; spf=none (dkim=pass; dmarc=pass)"], "mx.example.net") == Authentication(spf="none")


def test_an_unknown_result_is_unknown() -> None:
    assert authentication.read(["mx.example.net; spf=wonderful; none"], "mx.example.net") == Authentication()


@given(st.lists(st.text(max_size=100), max_size=4))
def test_any_text_is_a_field(fields: list[str]) -> None:
    assert isinstance(authentication.read(fields, "mx"), Authentication)
