"""Shapes: what a number's form and check digit say of it.

Twelve random digits pass the check of some carrier in 44 % of cases, so a shape speaks
as loud as its tier allows, and a check digit adds the odds that it has (about ten to one).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderparse import checkdigits
from orderparse.document.model import RegionKind
from orderparse.readers.evidence import Evidence
from orderparse.readers.gaps import PUNCTUATION
from orderparse.roles import Role
from orderparse.text.patterns import lazy
from orderparse.values import withheld

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orderparse.carriers import FormatMatch
    from orderparse.mentions import Mention, Page
    from orderparse.merchants import Merchant

_SKIPPED = frozenset({RegionKind.MARKUP, RegionKind.LINK})
_SHORTEST, _LONGEST = 8, 36
_GROUPED = 15  # characters of a number in three groups or more, which nothing else has: Amazon's, Rakuten's
_SHORTEST_CARD, _LONGEST_PERSONAL = 13, 18
_SEPARATORS = lazy(r"[^0-9A-Za-z]")
# National significant numbers have 7 to 15 digits (ITU-T E.164); shops write them with a trunk 0, a "+" or an area code in brackets.
_PHONE = lazy(
    r"(?:\d{2,5}[-/ ]\d{2,4}(?:[- ]\d{2,4}){1,4}|0\d{1,4}[-/ ]\d{4,9}|0\d{2,4}[-/ ]\d{1,2}[-/ ]\d{4,8}"
    r"|\d{3}[-. ]\d{3}[-. ]\d{4}|1[568]\d{2}-\d{4})"
)
_CITY_BEHIND = lazy(r" {1,2}[^\W\d_][^\W\d_]{2,}")
_SIGN = lazy(r"[#№] ?\Z")
_RUNNING_NUMBER = lazy(r"[^\W\d_]{3} [1-9]$")
_STATE_BEFORE = lazy(r"\b[A-Z]{2}[ ,]{1,2}$")
_POSTAL = lazy(r"\d{3} \d{2}|\d{5}(?:-\d{4})?|\d{4}|\d{2}-\d{3}")


def read(page: Page) -> Iterator[Evidence]:
    """Evidence from the forms of the numbers that stand in the text."""
    merchant = page.parties.shop or page.parties.platform
    for mention in page.mentions:
        if mention.code is None or page.line_of(mention).region in _SKIPPED:
            continue
        value = mention.code.value
        if merchant is not None:
            yield from _of_merchant(page, mention, merchant)
        plain = _SEPARATORS.sub("", value).upper()
        if _SHORTEST <= len(plain) <= _LONGEST:
            yield from _carriers(page, mention, plain)
        yield from _rivals(page, mention, value, plain)


def _of_merchant(page: Page, mention: Mention, merchant: Merchant) -> Iterator[Evidence]:
    """A number that looks as this merchant's do, or those of the platform that the shop runs on."""
    assert mention.code is not None  # noqa: S101  # asked for codes alone
    shape = merchant.order_number
    if shape is not None and shape.weak and mention.code.value.isalpha() and shape.fits(mention.code.value):
        yield Evidence(mention, Role.ORDER_NUMBER, "merchant_shape", merchant.name)  # nine capitals, of PrestaShop
    value = mention.code.value
    for role in merchant.roles_of(value):
        grouped = role is Role.ORDER_NUMBER and len(value) >= _GROUPED and len(_SEPARATORS.findall(value)) > 1
        yield Evidence(mention, role, "merchant_shape_grouped" if grouped else "merchant_shape", merchant.name)
        telling = merchant.order_number is not None and not merchant.order_number.weak
        if role is Role.ORDER_NUMBER and telling and _SIGN.search(page.document.text, max(mention.span.start - 2, 0), mention.span.start):
            yield Evidence(mention, role, "sign_line", merchant.name)
        if role is Role.ORDER_NUMBER and _RUNNING_NUMBER.search(page.document.text, max(mention.span.start - 24, 0), mention.span.start):
            yield Evidence(mention, Role.ORDER_NUMBER, "behind_running_number", merchant.name)


def _carriers(page: Page, mention: Mention, plain: str) -> Iterator[Evidence]:
    best: dict[str, str] = {}
    for match in page.knowledge.formats.of(plain):
        feature = _carrier_feature(page, match, plain)
        if feature is not None:
            best.setdefault(feature, match.name)
    # A parcel goes through several hands: of a carrier's mail the number may be another carrier's.
    if page.parties.senders and any(match.check and match.format.tier == "distinctive" for match in page.knowledge.formats.of(plain)):
        yield Evidence(mention, Role.TRACKING_NUMBER, "carriers_own_number")
    named = _carrier_before(page, mention)
    if named and any(match.carrier in named and match.check is not False for match in page.knowledge.formats.of(plain)):
        yield Evidence(mention, Role.TRACKING_NUMBER, "carrier_before", page.knowledge.carriers[next(iter(named))].name)
    for feature, carrier in best.items():
        yield Evidence(mention, Role.TRACKING_NUMBER, feature, carrier)


def _carrier_before(page: Page, mention: Mention) -> set[str]:
    """The carrier whose name stands right before a number, or is the whole of the line above it: "DPD 15502847719036"."""
    folded = page.document.folded
    line = page.line_of(mention).span
    before = [match for match in page.line_phrases.get(mention.line, ()) if match.span.end <= mention.span.start]
    if not folded[line.start : mention.span.start].strip(PUNCTUATION):
        above = page.document.lines[mention.line - 1].span if mention.line > 1 else None
        before = [match for match in page.line_phrases.get(mention.line - 1, ()) if above is not None and above.size <= match.span.size + 1]
    elif before and folded[before[-1].span.end : mention.span.start].strip(PUNCTUATION):
        return set()
    return {meaning.key for match in before[-1:] for meaning in match.meanings if meaning.section == "carrier"}


def _carrier_feature(page: Page, match: FormatMatch, number: str) -> str | None:
    known = page.parties.knows_carrier(match.carrier)
    tier = match.format.tier
    sender = any(carrier.code == match.carrier for carrier in page.parties.senders)
    if match.check is False:
        if sender and match.telling(number):
            return "shape_own_misprinted"
        return "shape_misprinted" if tier == "distinctive" or sender or match.carrier in page.parties.linked_carriers else None
    checked = "_checked" if match.check else ""
    if tier == "distinctive":
        return f"shape_distinctive{checked}"
    if tier == "context":
        return f"shape_known_carrier{checked}" if known else f"shape_context{checked}"
    if not known:
        return None
    if tier == "named" or sender:
        return f"shape_named{checked}"
    return "shape_generic"


def _rivals(page: Page, mention: Mention, value: str, plain: str) -> Iterator[Evidence]:
    text = page.document.text
    span = mention.span
    shown = text[span.slice]
    digits = plain.isdigit()
    written = shown.strip("()").replace(") ", " ").replace(")", " ")
    dialled = text[max(span.start - 1, 0)] == "+" or shown[:1] == "+" or _PHONE.fullmatch(written) is not None
    card = len(plain) >= _SHORTEST_CARD and digits and withheld.card(shown)
    if digits and dialled and not card and len(plain) <= 15:  # noqa: PLR2004  # ITU-T E.164
        yield Evidence(mention, Role.PHONE, "shape_phone")
    if _POSTAL.fullmatch(shown) and (_CITY_BEHIND.match(text, span.end) or _STATE_BEFORE.search(text, max(span.start - 5, 0), span.start)):
        yield Evidence(mention, Role.POSTAL_CODE, "shape_postal")
    if digits and len(plain) == 13 and checkdigits.ean13(plain):  # noqa: PLR2004  # GTIN-13
        yield Evidence(mention, Role.PRODUCT_CODE, "shape_ean")
    if card:
        yield Evidence(mention, Role.CARD_NUMBER, "shape_card")
    if 15 <= len(plain) <= 34 and plain[:2].isalpha() and plain[2:4].isdigit() and withheld.iban(plain):  # noqa: PLR2004  # ISO 13616
        yield Evidence(mention, Role.IBAN, "shape_iban")
    if _SHORTEST <= len(plain) <= _LONGEST_PERSONAL:
        shop = page.parties.shop
        own = shop is not None and shop.order_number is not None and shop.order_number.fits(value)
        if not own and withheld.national_id(value):  # Skroutz counts orders as Korea its people
            yield Evidence(mention, Role.NATIONAL_ID, "shape_national_id")
        if withheld.company(value):
            yield Evidence(mention, Role.COMPANY_NUMBER, "shape_company")
