from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderparse.values import links


def test_the_parts_are_decoded_and_in_order() -> None:
    url = links.parse("HTTPS://User:pw@Shop.Example.:8443/a%20b//c;v=1/?n=RB%20123&m=1+Z;k=2#part")
    assert url.scheme == "https"
    assert url.host == "shop.example"
    assert url.segments == ("a b", "c")
    assert url.params == (("v", "1"), ("n", "RB 123"), ("m", "1 Z"), ("k", "2"))
    assert url.fragment == "part"


def test_a_fragment_that_is_a_route_gives_segments_and_parameters() -> None:
    url = links.parse("https://carrier.example/app#/track/RB123456785SE?lang=sv")
    assert url.segments == ("app", "track", "RB123456785SE")
    assert url.params == (("lang", "sv"),)


def test_a_fragment_of_parameters_gives_parameters() -> None:
    assert links.parse("https://carrier.example/sv#nums=RB123456785SE").params == (("nums", "RB123456785SE"),)


@pytest.mark.parametrize("escaped", ["&amp;", "&amp;amp;", "&#38;"])
def test_an_escaped_ampersand_parts_parameters(escaped: str) -> None:
    assert links.parse(f"https://shop.example/?a=1{escaped}b=2").params == (("a", "1"), ("b", "2"))


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://shop.example@evil.example/", "evil.example"),
        ("https://evil.example\\@shop.example/", "evil.example"),
        ("https://shop.example:443", "shop.example"),
        ("//shop.example/x", "shop.example"),
        ("https://[2001:db8::1]:80/", "2001:db8::1"),
        ("https://ｓｈｏｐ.example/", "shop.example"),
    ],
)
def test_the_host_is_the_one_a_browser_goes_to(url: str, host: str) -> None:
    assert links.parse(url).host == host


@pytest.mark.parametrize(
    "url", ["", "http://", "https://a b/", "mailto:x@shop.example", "tel:+4670", "/orders/1", "javascript:alert(1)", "http://[::1"]
)
def test_what_is_no_web_address_has_no_host(url: str) -> None:
    assert links.parse(url).host == ""


def test_a_very_long_url_keeps_host_and_path_only() -> None:
    url = links.parse("https://shop.example/orders?x=" + "a" * 10_000 + "&id=1")
    assert (url.host, url.segments, url.params) == ("shop.example", ("orders",), ())


def test_urls_in_text_end_before_punctuation_and_brackets() -> None:
    text = "a (https://x.example/a_(b)), b <https://y.example/?q=1>; c https://z.example/p. [http://v.example]! (https://w.example/)"
    assert [text[span.slice] for span, _ in links.find(text)] == [
        "https://x.example/a_(b)",
        "https://y.example/?q=1",
        "https://z.example/p",
        "http://v.example",
        "https://w.example/",
    ]


@pytest.mark.parametrize("text", ["ftp://x.example", "xhttp://x.example", "http://", "://", "www.shop.example", "https://)."])
def test_what_is_no_url_in_text(text: str) -> None:
    assert list(links.find(text)) == []


def test_a_url_ends_at_ideographic_punctuation() -> None:
    text = "配送状況はhttps://carrier.example/12345。よろしく"
    assert [text[span.slice] for span in links.spans(text)] == ["https://carrier.example/12345"]


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.amazon.co.uk", "amazon.co.uk"),
        ("tracking.shop.se.example", "se.example"),
        ("shop.se.example", "se.example"),
        ("www.shop.se", "shop.se"),
        ("mine.myshopify.com", "mine.myshopify.com"),
        ("www.xn--80aswg.xn--p1ai", "xn--80aswg.xn--p1ai"),
        ("www.сайт.рф", "сайт.рф"),
        ("localhost", "localhost"),
        ("co.uk", "co.uk"),
        ("192.0.2.1", "192.0.2.1"),
        ("", ""),
    ],
)
def test_the_registrable_domain(host: str, domain: str) -> None:
    assert links.registrable(host) == domain


@given(st.text(max_size=300) | st.from_regex(r"https?://[a-z.]{1,20}[/?#;&=%a-zA-Z0-9+@:\\\[\]-]{0,80}", fullmatch=True))
def test_any_text_has_parts(url: str) -> None:
    parts = links.parse(url)
    assert all(parts.segments)
    assert parts.host == parts.host.lower()
    assert isinstance(links.registrable(parts.host), str)


@given(st.text(alphabet="htps:/.()[]<> a1&;=?#", max_size=200))
def test_urls_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    last = 0
    for span in links.spans(text):
        assert last <= span.start < span.end <= len(text)
        assert "://" in text[span.slice]
        last = span.end


@given(st.lists(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="/"), min_size=1, max_size=12), max_size=4))
def test_a_decoded_segment_is_what_was_encoded(segments: list[str]) -> None:
    url = links.parse("https://shop.example/" + "/".join(quote(segment, safe="") for segment in segments))
    assert list(url.segments) == segments
