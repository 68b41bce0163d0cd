"""Pages of which hardly a word is known: what the place of a number says where its label cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderparse.readers.evidence import Evidence
from orderparse.roles import Role
from orderparse.text.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orderparse.mentions import Page

# Of a page in a language that has a file more words are known; a page of names has few, but they are of one language.
_UNDERSTOOD, _ONE_LANGUAGE = 0.35, 0.75
_FEW = 3  # words of a label
_HASH = lazy(r"[#№][ :]*\Z")
_SIGN = lazy(r"(?:[#№]|\bn[°º]|\b[Nn][ro]\.)[ :]*\Z")
_BEHIND = lazy(r"[])}.:! ]*(?:\((?:[^()]|\([^()]{0,20}\)){1,60}\))?[.:! ]*")  # "(7. März 2026)"
_LABEL = lazy(r"[^\d\t()@/]+?[ :.]*\t?[ ]*")
# Characters of a number that stands behind a sign, behind a label; of one that a platform pads with zeros.
_SIGNED, _LABELLED, _PADDED = 3, 4, 9


def read(page: Page) -> Iterator[Evidence]:
    """Evidence from lines that are a few words, a sign and a number, and from the habits of the shop's platform.

    A number that a platform has padded with zeros is told by its form: Sylius's 000006574, Magento's 100000428. A plain counter
    is told by its heading: "Bestellnummer 40493". Labels that cannot be read tell nothing: they may be of customers or phones.
    """
    foreign = page.understood < _UNDERSTOOD and bool(page.languages) and page.languages[0][1] < _ONE_LANGUAGE
    if not page.strange and not foreign:
        return
    for mention in page.mentions:
        if mention.code is None or not page.visible(mention):
            continue
        value = mention.code.value
        of_platform = _fits_platform(page, value)
        if of_platform and len(value) >= _PADDED and "00" in value[:3]:
            yield Evidence(mention, Role.ORDER_NUMBER, "platform_shape")
        line = page.line_of(mention)
        before = page.document.text[line.span.start : mention.span.start]
        behind = page.document.text[mention.span.end : line.span.end]
        words = before.rstrip(" \t#№:.").split()
        if not 1 <= len(words) <= _FEW or not _BEHIND.fullmatch(behind):
            continue
        signed = (_SIGN if line.heading else _HASH).search(before) is not None and len(value) >= _SIGNED and value.isdigit()
        if signed and "(" not in before and "\t" not in before:  # "Lamp (#LX-2040)" is an article
            yield Evidence(mention, Role.ORDER_NUMBER, "sign_heading" if line.heading else "sign_line")
        elif of_platform and line.heading and len(value) >= _LABELLED and _LABEL.fullmatch(before):
            yield Evidence(mention, Role.ORDER_NUMBER, "worded_heading")


def _fits_platform(page: Page, value: str) -> bool:
    """Whether the platform of the shop numbers orders so; most shapes are plain counters."""
    platform = page.parties.platform
    return platform is not None and platform.order_number is not None and platform.order_number.fits(value)
