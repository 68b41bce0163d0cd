from __future__ import annotations

import base64
import json
from urllib.parse import quote, quote_plus

import pytest

from orderparse.values import links

TARGET = "https://www.shop.example/orders/4821?lang=sv"
QUOTED = quote(TARGET, safe="")
CODED = base64.urlsafe_b64encode(TARGET.encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "wrapped",
    [
        f"https://eur01.safelinks.protection.outlook.com/?url={QUOTED}&data=05%7C01&sdata=abc&reserved=0",
        f"https://www.google.com/url?q={QUOTED}&sa=D&ust=1700000000000000",
        f"https://www.google.co.uk/url?sa=t&url={QUOTED}",
        f"https://urldefense.proofpoint.com/v1/url?u={QUOTED}&k=abc",
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__www.shop.example_orders_4821-3Flang-3Dsv&d=DwMFaQ&c=x",
        "https://urldefense.com/v3/__https://www.shop.example/orders/4821?lang=sv__;!!AbC!dEf$",
        "https://urldefense.com/v3/__https:/www.shop.example/orders/4821*lang=sv__;Pw!!AbC!dEf$",
        "https://urldefense.com/v3/__https://www.shop.example**Llang=sv__;L29yZGVycy80ODIxPw!!AbC",
        f"https://l.facebook.com/l.php?u={QUOTED}&h=AT0",
        f"https://www.amazon.de/gp/r.html?C=ABC&K=DEF&T=C&U={QUOTED}&H=XYZ",
        f"https://click.news.example/r?mid=123456&url={QUOTED}",
        f"https://deref.example/mail/client/abc/dereferrer/?redirectUrl={QUOTED}",
        f"https://out.example/?r={CODED}",
        f"https://abc.r.eu-west-1.awstrack.me/L0/{QUOTED}/1/0102018/abc=123",
        f"https://links.news.example/click/12.34/{CODED}/abcdef",
        "https://mandrill.example/track/click/1/www.shop.example?p="
        + base64.urlsafe_b64encode(json.dumps({"s": "x", "v": 1, "p": json.dumps({"u": 30, "url": TARGET})}).encode()).decode(),
        "https://e.news.example/e/c/" + base64.urlsafe_b64encode(json.dumps({"email_id": "a", "href": TARGET}).encode()).decode(),
    ],
)
def test_a_wrapper_gives_its_target(wrapped: str) -> None:
    assert links.parse(wrapped).text == TARGET


def test_wrappers_in_wrappers_are_undone() -> None:
    once = f"https://click.news.example/r?url={QUOTED}"
    twice = f"https://www.google.com/url?q={quote_plus(once)}"
    thrice = f"https://x.safelinks.protection.outlook.com/?url={quote_plus(twice)}"
    assert links.parse(thrice).text == TARGET


@pytest.mark.parametrize(
    "page",
    [
        f"https://carrier.example/track?number=RB123456785SE&returnUrl={QUOTED}",
        f"https://carrier.example/track?trackingNumber=RB123456785SE&url={QUOTED}",
        f"https://carrier.example/tracking?id=RB123456785SE&link={QUOTED}",
        f"https://login.shop.example/?redirect_uri={QUOTED}",
        f"https://shop.example/account?ref={QUOTED}",
        "https://shop.example/a?url=/orders/1",
        "https://mimecast.example/s/AbC123?domain=shop.example",
        "https://click.example/eyJhbGciOiJIUzI1NiJ9",
        "https://click.example/?url=aHR0cP8gICAgICAgIA",
    ],
)
def test_a_page_of_its_own_stays(page: str) -> None:
    assert links.parse(page).text == page
