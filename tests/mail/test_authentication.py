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


def test_what_fails_counts_before_what_passes_but_for_one_of_several_signatures() -> None:
    found = authentication.read(["mx.example.net; dmarc=pass; dmarc=fail; spf=fail; spf=pass; dkim=fail; dkim=pass"], "mx.example.net")
    assert found == Authentication(dmarc="fail", spf="fail", dkim="pass")


def test_what_was_found_of_another_domain_says_nothing_of_this_one() -> None:
    field = "mx.example.net; dmarc=pass header.from=shop.example"
    assert authentication.read([field], "mx.example.net", "news.shop.example").dmarc == "pass"
    assert authentication.read([field], "mx.example.net", "shop.example.evil.test").dmarc == "unknown"


def test_a_semicolon_in_quotes_begins_no_result() -> None:
    field = 'mx.example.net; spf=pass smtp.mailfrom="a; dmarc=pass"@evil.test'
    assert authentication.read([field], "mx.example.net") == Authentication(spf="pass")


def test_the_readers_own_server_stands_on_top_of_most_mails() -> None:
    own, forged, none = (
        b"Received: x\nAuthentication-Results: mx.example.net; spf=pass\nAuthentication-Results: mx.evil.test; dmarc=pass\nFrom: a@b.example\n\nx",
        b"Authentication-Results: mx.evil.test; dmarc=pass\nFrom: a@b.example\n\nx",
        b"From: a@b.example\n\nAuthentication-Results: mx.evil.test; dmarc=pass\n",
    )
    assert authentication.own_server([own] * 6 + [forged] * 5) == "mx.example.net"
    assert authentication.own_server([own] * 5 + [none] * 5) is None
    assert authentication.own_server([own] * 4) is None
    assert authentication.own_server([none] * 10) is None


@given(st.lists(st.binary(max_size=200), max_size=8))
def test_any_mails_have_a_server_or_none(mails: list[bytes]) -> None:
    found = authentication.own_server(mails)
    assert found is None or found
