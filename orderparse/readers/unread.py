"""Pages of which hardly a word is known: what the place of a number says where its label cannot be read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from orderparse.readers.evidence import Evidence
from orderparse.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orderparse.mentions import Mention, Page

# Of a page in a language that has a file more words are known; a page of names has few, but they are of one language.
_UNDERSTOOD, _ONE_LANGUAGE = 0.35, 0.75
_FEW = 3  # words of a label
_SIGN = re.compile(r"(?:[#№]|\bn[°º]|\b[Nn][ro]\.)[ :]*\Z")
_BEHIND = re.compile(r"[])}.:! ]*(?:\((?:[^()]|\([^()]{0,20}\)){1,60}\))?[.:! ]*")  # "(7. März 2026)"
_LABEL = re.compile(r"[^\d\t()@/]+?[ :.]*\t?[ ]*")
# Characters of a number that stands behind a sign, behind a label; of one that a platform pads with zeros.
_SIGNED, _LABELLED, _PADDED = 3, 4, 9


def read(page: Page) -> Iterator[Evidence]:
    """Evidence from lines that are a few words and a number, and from the habits of the shop's platform."""
    foreign = page.understood < _UNDERSTOOD and bool(page.languages) and page.languages[0][1] < _ONE_LANGUAGE
    if not page.strange and not foreign:
        return
    first = True
    for mention in page.mentions:
        if mention.code is None or not page.visible(mention):
            continue
        plain = mention.code.value
        yield from _of_platform(page, mention, plain)
        line = page.line_of(mention)
        before = page.document.text[line.span.start : mention.span.start]
        behind = page.document.text[mention.span.end : line.span.end]
        words = before.rstrip(" \t#№:.").split()
        if not 1 <= len(words) <= _FEW or not _BEHIND.fullmatch(behind):
            continue
        signed = len(plain) >= _SIGNED and plain.isdigit() and _SIGN.search(before) is not None
        if signed and "(" not in before and "\t" not in before:  # "Lamp (#LX-2040)" is an article
            yield Evidence(mention, Role.ORDER_NUMBER, "sign_heading" if line.heading else "sign_line")
        elif len(plain) >= _LABELLED and any(map(str.isdigit, plain)) and _LABEL.fullmatch(before):
            if line.heading:
                yield Evidence(mention, Role.ORDER_NUMBER, "worded_heading")
            elif first:
                yield Evidence(mention, Role.ORDER_NUMBER, "worded_first")
            first = False


def _of_platform(page: Page, mention: Mention, value: str) -> Iterator[Evidence]:
    """A number that the platform of the shop has padded with zeros: Sylius's 000006574, Magento's 100000428."""
    platform = page.parties.platform
    if platform is None or platform.order_number is None:
        return
    if len(value) >= _PADDED and "00" in value[:3] and platform.order_number.fits(value):
        yield Evidence(mention, Role.ORDER_NUMBER, "platform_shape", platform.name)
