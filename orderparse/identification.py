"""What a number may be, asked of the number alone: "which number do I need?", "why is it not recognised?".

Ranked candidates with reasons in plain words. A number without any context stays doubtful where chance could have made it:
twelve random digits pass the check digit of some carrier in 44 % of cases, so a shape of plain digits alone never
comes to a half, unless fewer than one number in a hundred thousand has it. Nothing is repaired: what a number lacks is said.
"""

from __future__ import annotations

import math
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

from orderparse import checkdigits
from orderparse.carriers import Format, Tier
from orderparse.knowledge import Knowledge
from orderparse.languages.vocabulary import NAMING
from orderparse.records import Candidate
from orderparse.roles import Role
from orderparse.slotted import replace
from orderparse.text.fold import fold
from orderparse.text.patterns import lazy
from orderparse.text.pieces import cut
from orderparse.values import codes, withheld
from orderparse.values.links import parse as parse_url

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from orderparse.carriers import Carrier, FormatMatch
    from orderparse.merchants import Merchant, Shape

_LONGEST = 64
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# Log-odds by tier: with a right check digit, without any, with a wrong one.
_BY_TIER: Mapping[Tier, tuple[float, float, float]] = {
    Tier.DISTINCTIVE: (4.5, 3.0, -0.2),
    Tier.CONTEXT: (1.0, 0.0, -2.5),
    Tier.NAMED: (0.3, -0.7, -3.0),
    Tier.CARRIER: (0.2, -1.2, -3.5),
}
_HINTED, _HINTED_COUNTRY, _HINTED_ROLE, _MISPRINTED = 4.0, 1.2, 3.0, 2.0
_SELDOM = math.log(100_000)  # numbers, of which fewer than one has the shape
_A_NAT = 0.12  # of rarity: the narrower shape is meant sooner
_TELLING = 8.0  # nats of rarity from which a shop's shape speaks for itself: "402-2864109-7531246"
_SEPARATOR = 3.5  # nats: a dash where the shop has its dashes
_DOUBT = 1.05  # odds of "nothing known" against all that speaks by its shape alone
_A_COUNTRY, _MOST_COUNTRIES = 0.02, 15  # who carries in more countries, carries more
_LIKE_AN_ORDER = ((9, -0.6), (11, -1.0), (_LONGEST, -1.5))  # up to so many characters: the longer, the sooner a parcel's
_LOOK_ALIKES = str.maketrans("OIQSBZ", "010582")
_MOST, _WORTH_TELLING = 8, 0.005  # candidates, and beside a strong one
_NEARLY = -0.3
_DATE = lazy(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
_PERSONAL = frozenset({Role.CARD_NUMBER, Role.IBAN, Role.NATIONAL_ID})
_CAPITALS = lazy(r"[A-Z]{5,12}")
_UUID = lazy(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_PHONE = lazy(r"\+[0-9][0-9 ()/-]{6,20}")
_CHECK_PLACES = {"s10": 10}  # from 0; the last character elsewhere


class _Hint(NamedTuple):
    """What a hint names."""

    carriers: frozenset[str] = frozenset()
    merchant: Merchant | None = None
    country: str | None = None
    role: str | None = None


class _Claim(NamedTuple):
    """A candidate before the claims are set against each other; ``strong``: it needs no more than its shape, or has a hint."""

    candidate: Candidate
    weight: float
    strong: bool


def identify(number: str, *, hint: str | None = None, knowledge: Knowledge | None = None) -> tuple[Candidate, ...]:
    """What this number may be, the likeliest first.

    Args:
        number: As written; blanks, dashes and a leading # do not matter, nor does the case of letters in a tracking number.
        hint: What is known of where it comes from: a domain, a link, a sender's address, the name of a shop or carrier, a
            country (ISO 3166), or the words beside it ("order number").
        knowledge: Carriers, merchants and languages; what the package brings if None.

    Returns:
        Candidates, whose confidences come to at most 1. Cards, accounts and persons' numbers are given masked. Where nothing
        fits, candidates of little confidence may say what the number lacks.

    >>> best, *_ = identify("RB 1234 5678 5 SE")
    >>> best.role.value, best.value, best.carrier, best.check_digit, best.confidence > 0.9
    ('tracking_number', 'RB123456785SE', 'PostNord', True, True)
    >>> best.tracking_url
    'https://tracking.postnord.com/se/?id=RB123456785SE'
    >>> best, *_ = identify("1005006123456789", hint="aliexpress.com")
    >>> best.role.value, best.merchant
    ('product_code', 'AliExpress')
    >>> identify("RB123456784SE")[0].reasons[-1]
    'the check digit should be 5, not 4'

    """
    known = knowledge if knowledge is not None else Knowledge.builtin()
    value = codes.normal(number)
    plain = codes.compact(number).upper()
    if not plain or len(plain) > _LONGEST or not plain.isascii():
        return ()
    about = _hint(hint, known) if hint else _Hint()
    claims = [*_tracking(value, plain, about, known), *_of_merchants(value, about, known), *_rivals(number.strip(), value, plain)]
    if not any(claim.strong for claim in claims):
        claims += _nearly(value, plain, about, known)
    claims += _like_an_order(value, plain, about)
    return _ranked(claims, about)


def _ranked(claims: list[_Claim], about: _Hint) -> tuple[Candidate, ...]:
    weighed = [claim._replace(weight=claim.weight + (_HINTED_ROLE if about.role == claim.candidate.role else 0.0)) for claim in claims]
    odds = [math.exp(claim.weight) for claim in weighed]
    strong = any(claim.strong for claim in claims)
    nothing = 1.0 if strong else max(1.0, _DOUBT * sum(odds))
    total = nothing + sum(odds)
    best: dict[tuple[str, str | None, str | None], Candidate] = {}
    for claim, share in sorted(zip(weighed, odds, strict=True), key=lambda pair: -pair[1]):
        told = claim.candidate
        key = (told.role, told.carrier, told.merchant)
        if key not in best:
            best[key] = replace(told, confidence=share / total)
    found = tuple(one for one in [*best.values()][:_MOST] if one.confidence >= _WORTH_TELLING or not strong)
    if found and found[0].role in _PERSONAL:  # then in no other role either
        return tuple(replace(one, value=found[0].value, tracking_url=None) for one in found)
    return found


def _hint(hint: str, known: Knowledge) -> _Hint:
    """What a hint names, by the first of these that fits: an address, a host, a name, a country, a label."""
    text = hint.strip()
    host = text.rpartition("@")[2].lower() if "@" in text else parse_url(text).host if "://" in text else text.lower()
    if "." in host and " " not in host:
        carriers = frozenset(carrier.code for carrier in (*known.lines.of_host(host), *known.lines.of_domain(host)))
        merchant = known.merchants.of_sender(text) if "@" in text else known.merchants.of_domain(host)
        if carriers or merchant:
            return _Hint(carriers, merchant)
    named = frozenset(carrier.code for carrier in known.lines.of_name(text))
    merchant = known.merchants.of_name(text)
    if named or merchant:
        return _Hint(named, merchant)
    if len(text) == 2 and text.isalpha():  # noqa: PLR2004  # ISO 3166-1 alpha-2
        return _Hint(country=text.upper())
    for match in known.phrases.find(cut(fold(text)))[NAMING]:
        for meaning in match.meanings:
            if meaning.section == "label" and meaning.key in set(Role):
                return _Hint(role=meaning.key)
    return _Hint()


def _tracking(value: str, plain: str, about: _Hint, known: Knowledge) -> Iterator[_Claim]:
    for match in known.formats.of(plain):
        carrier = known.carriers[match.carrier]
        # What is hardly another's, is misprinted where its check digit is wrong.
        right, open_, wrong = _BY_TIER[Tier.DISTINCTIVE if match.check is False and match.telling(plain) else match.format.tier]
        weight = {True: right, None: open_, False: wrong}[match.check]
        hinted = match.carrier in about.carriers
        if hinted:
            weight += _HINTED if match.check is not False else _MISPRINTED
        elif about.country is not None and about.country in carrier.countries:
            weight += _HINTED_COUNTRY
        weight += _A_COUNTRY * min(len(carrier.countries), _MOST_COUNTRIES)
        rarity = _rarity(match.format)
        weight += _A_NAT * min(rarity, _SELDOM)
        seldom = not plain.isdigit() or rarity + (math.log(_odds(match.format.check)) if match.check else 0.0) >= _SELDOM
        strong = match.check is not False and (hinted or (match.format.tier is Tier.DISTINCTIVE and seldom))
        yield _Claim(_candidate(value, plain, match, carrier, hinted=hinted), weight, strong)


def _candidate(value: str, plain: str, match: FormatMatch, carrier: Carrier, *, hinted: bool) -> Candidate:
    said = [f"it has the shape of {match.name}'s numbers"]
    if match.name != carrier.name:
        said = [f"it has the shape of postal numbers (UPU S10), and its letters {plain[-2:]} are {match.name}'s"]
    if hinted:
        said.append("the hint names the carrier")
    elif match.format.tier in {Tier.NAMED, Tier.CARRIER}:
        said.append("many other numbers have that shape: the carrier should be named beside it")
    if match.check:
        said.append(f"its check digit is right, as it would be in one random number of {_odds(match.format.check)}")
    elif match.check is False:
        place = _CHECK_PLACES.get(match.format.check or "", len(plain) - 1)
        wanted = _wanted(match.format, plain, place)
        said.append(f"the check digit should be {wanted}, not {plain[place]}" if wanted else "its check digit is wrong")
    return Candidate(
        role=Role.TRACKING_NUMBER,
        value=plain if plain != value.upper() else value.upper(),
        carrier=match.name,
        check_digit=match.check,
        reasons=tuple(said),
        tracking_url=match.url,
    )


def _odds(check: str | None) -> int:
    return {"s10": 11, "iso7064_37_36": 36, "mod7": 10, "correos": 23}.get(check or "", 10)


def _wanted(shape: Format, plain: str, place: int) -> str:
    """The one character that would be right at the place of the check digit; empty if none is, or several."""
    right = [char for char in _ALPHABET if shape.fits(other := plain[:place] + char + plain[place + 1 :]) and shape.checks(other)]
    return right[0] if len(right) == 1 else ""


class _Fits(Protocol):
    """A shape, of a carrier's numbers or a merchant's."""

    @property
    def valid(self) -> tuple[str, ...]: ...  # see the class
    def fits(self, number: str) -> bool: ...


@cache
def _rarity(shape: _Fits) -> float:
    """How seldom numbers of the same letters and digits have a shape, as a logarithm: character by character around one that has it."""
    number = shape.valid[0] if shape.fits(shape.valid[0]) else codes.compact(shape.valid[0]).upper()
    seldom = 0.0
    for place, char in enumerate(number):
        if not char.isalnum():
            seldom += _SEPARATOR
            continue
        like = _ALPHABET[:10] if char.isdigit() else _ALPHABET[10:]
        fitting = sum(shape.fits(number[:place] + other + number[place + 1 :]) for other in like)
        seldom += math.log(len(like) / fitting) if fitting else 0.0
    return seldom


def _of_merchants(value: str, about: _Hint, known: Knowledge) -> Iterator[_Claim]:
    shop = about.merchant
    found = [(merchant, role, shape) for merchant, role, shape in known.merchants.telling if merchant is not shop and shape.fits(value)]
    if shop is not None:
        found += [(shop, role, shape) for role, shape in shop.shapes if shape.fits(value)]
        if shop.order_number is None:
            said = (f"it may be {shop.name}'s, whose order numbers have no shape that is known",)
            yield _Claim(Candidate(role=Role.ORDER_NUMBER, value=value, merchant=shop.name, reasons=said), 0.5, strong=False)
    for merchant, role, shape in found:
        hinted = merchant is shop
        rarity = 0.0 if shape.weak else _rarity(shape)
        weight = (_HINTED if hinted else 0.0) - 0.6 + 0.35 * min(rarity, _TELLING)
        weight += 1.5 if role is Role.PRODUCT_CODE else 0.0  # what begins so is hardly an order
        yield _Claim(_merchants(value, merchant, role, shape, hinted=hinted), weight, hinted or rarity >= _TELLING)


def _merchants(value: str, merchant: Merchant, role: Role, shape: Shape, *, hinted: bool) -> Candidate:
    said = [f"it has the shape of {merchant.name}'s {role.replace('_', ' ')}s"]
    if hinted:
        said.append("the hint names the merchant")
    if shape.note:
        said.append(shape.note)
    return Candidate(role=role, value=value, merchant=merchant.name, reasons=tuple(said))


def _rivals(written: str, value: str, plain: str) -> Iterator[_Claim]:
    """Claims of what is neither an order nor a parcel."""

    def claim(role: Role, weight: float, said: str, *, check: bool | None = None, hidden: bool = False) -> _Claim:
        shown = withheld.masked(plain) if hidden else value
        return _Claim(Candidate(role=role, value=shown, check_digit=check, reasons=(said,)), weight, weight >= 3)  # noqa: PLR2004

    digits = plain.isdigit()
    if digits and withheld.card(written, grouped=False):
        grouped = withheld.card(written)
        yield claim(
            Role.CARD_NUMBER, 4.0 if grouped else 1.2, "a payment card has such digits, and Luhn's check is right", check=True, hidden=True
        )
    if withheld.iban(plain):
        yield claim(Role.IBAN, 6.0, "it is an IBAN, and its check digits are right (ISO 13616)", check=True, hidden=True)
    if withheld.national_id(value):
        yield claim(Role.NATIONAL_ID, 4.0, "a person's identity number has this form", hidden=True)
    if withheld.company(value):
        yield claim(Role.COMPANY_NUMBER, 4.0, "a company's VAT or registration number has this form")
    if checkdigits.isbn13(plain):
        yield claim(Role.PRODUCT_CODE, 3.5, "it is an ISBN, and its check digit is right (ISO 2108)", check=True)
    elif checkdigits.ean13(plain):
        yield claim(Role.PRODUCT_CODE, 1.0, "it may be an EAN (GTIN-13): the check digit is right", check=True)
    elif digits and len(plain) == 12 and checkdigits.gs1(plain):  # noqa: PLR2004  # GTIN-12
        yield claim(Role.PRODUCT_CODE, -0.5, "it may be a UPC (GTIN-12): the check digit is right", check=True)
    elif digits and len(plain) == 15 and checkdigits.luhn(plain):  # noqa: PLR2004  # 3GPP TS 23.003
        yield claim(Role.OTHER, -0.3, "it may be the IMEI of a telephone: the check digit is right", check=True)
    if _PHONE.fullmatch(written):
        yield claim(Role.PHONE, 5.0, "it is written as a telephone number (ITU-T E.123)")
    if _DATE.fullmatch(plain):
        yield claim(Role.OTHER, 0.8, "it may be a date, year first")
    if _UUID.fullmatch(value):
        yield claim(Role.OTHER, 1.5, "it is a UUID: payment services and some shops number by them, carriers do not")


def _nearly(value: str, plain: str, about: _Hint, known: Knowledge) -> Iterator[_Claim]:
    """What the number would be with one character more, one less, or with digits for letters that look like them."""
    said: dict[tuple[str, str], FormatMatch] = {}
    alike = plain.translate(_LOOK_ALIKES)
    if alike != plain:
        for match in known.formats.of(plain[:2] + alike[2:-2] + plain[-2:]) + known.formats.of(alike):
            if match.check and (match.format.tier is Tier.DISTINCTIVE or match.carrier in about.carriers):
                said.setdefault((match.name, "it has letters where digits should be, such as O for 0"), match)
    wants_letters = plain.isdigit() and not about.carriers
    if len(plain) < _LONGEST and not wants_letters:
        for place in range(len(plain) + 1):
            for match in known.formats.of(f"{plain[:place]}0{plain[place:]}"):
                if _telling(match, about):
                    said.setdefault((match.name, f"it is one digit short of {match.name}'s numbers, which have {len(plain) + 1}"), match)
    for place in range(len(plain) if not wants_letters else 0):
        for match in known.formats.of(plain[:place] + plain[place + 1 :]):
            if _telling(match, about):
                said.setdefault((match.name, f"it is one character longer than {match.name}'s numbers, which have {len(plain) - 1}"), match)
    for (name, sentence), _ in list(said.items())[:_MOST]:
        yield _Claim(Candidate(role=Role.TRACKING_NUMBER, value=value, carrier=name, reasons=(sentence,)), _NEARLY, strong=False)
    merchant = about.merchant
    if merchant is not None and merchant.order_number is not None and not merchant.order_number.allows(value):
        sentence = f"{merchant.name}'s order numbers have another shape" + _length(value, merchant.order_number)
        yield _Claim(Candidate(role=Role.ORDER_NUMBER, value=value, merchant=merchant.name, reasons=(sentence,)), _NEARLY, strong=False)


def _telling(match: FormatMatch, about: _Hint) -> bool:
    return match.carrier in about.carriers or (match.format.tier is Tier.DISTINCTIVE and not match.format.valid[0].isdigit())


def _length(value: str, shape: Shape) -> str:
    lengths = sorted({len(number) for number in shape.valid})
    if len(value) in lengths or not lengths:
        return ""
    told = " or ".join(map(str, lengths))
    return f": it has {len(value)} characters, they have {told}"


def _like_an_order(value: str, plain: str, about: _Hint) -> Iterator[_Claim]:
    """The claim of any shop, of the one that a hint names if its numbers may look so."""
    if len(plain) < 3 or not (any(map(str.isdigit, plain)) or _CAPITALS.fullmatch(value)):  # noqa: PLR2004  # a word, or a count
        return
    shop = about.merchant
    merchant = shop.name if shop is not None and (shop.order_number is None or shop.order_number.allows(value)) else None
    if about.role not in {None, Role.ORDER_NUMBER, Role.TRACKING_NUMBER}:
        told = Candidate(role=Role(about.role), value=value, reasons=("the words of the hint say so",))
        yield _Claim(told, 0.0, strong=True)
    weight = next(weight for longest, weight in _LIKE_AN_ORDER if len(plain) <= longest)
    said = "shops number their orders like that; only the words beside it can tell"
    yield _Claim(Candidate(role=Role.ORDER_NUMBER, value=value, merchant=merchant, reasons=(said,)), weight, strong=False)
