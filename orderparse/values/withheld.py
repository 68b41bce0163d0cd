"""Numbers that are nobody's business: payment cards, bank accounts, national identity numbers; and company numbers.

They are known so that none of them is taken for an order number or put out. Given is a number as written.
A shape is only here if it is hardly anything else's; the others need a label ("CPR-nr.", "PESEL").
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from orderparse import checkdigits
from orderparse.text.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Container

_NOT_KEPT = lazy(r"[^0-9A-Za-z]")
# ISO/IEC 7812 prefixes: Visa, Mastercard, Maestro and Discover, JCB, UnionPay; American Express; Diners Club.
_CARD = lazy(
    r"(?:4[0-9]{12}(?:[0-9]{3}){0,2}|(?:5[0-9]{2}[0-9]|2[2-7][0-9]{2}|6[0-9]{3}|35[2-8][0-9])[0-9]{12}|3[47][0-9]{13}|3(?:0[0-5]|[689][0-9])[0-9]{11})"
)
_IN_CARD_GROUPS = lazy(r"[0-9]{4}([ -])[0-9]{4}\1[0-9]{4}\1[0-9]{4}(?:\1[0-9]{3})?|[0-9]{4}([ -])[0-9]{6}\2[0-9]{4,5}")
SHOWN_CARD = lazy(r"(?:[\u2022\u00b7\u25cf*]{2,4} ?){1,4}[0-9]{4}(?![0-9])")  # as receipts name one: "Visa ••••1890"
_SWEDISH = lazy(r"(?:19|20)?[0-9]{6}[-+][0-9]{4}|(?:19|20)[0-9]{10}")
_FINNISH = lazy(r"[0-9]{6}[-+A-FU-Y][0-9]{3}[0-9A-FHJ-NPR-Y]")
_FINNISH_CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_CHINESE = lazy(r"[1-8][0-9]{5}(?:19|20)[0-9]{9}[0-9X]")
_CHINESE_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_KOREAN = lazy(r"[0-9]{6}-[1-8][0-9]{6}")
_BY_FORM = lazy(
    r"[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}"  # Brazil, CPF
    r"|[A-Z]{6}[0-9]{2}[A-EHLMPRST][0-9]{2}[A-Z][0-9]{3}[A-Z]"  # Italy, codice fiscale
    r"|[A-Z]{4}[0-9]{6}[HM][A-Z]{5}[0-9A-Z][0-9]"  # Mexico, CURP
    r"|756\.[0-9]{4}\.[0-9]{4}\.[0-9]{2}"  # Switzerland, AHV
)
# VAT numbers of the EU (VIES), Britain, Norway and Switzerland: the country's letters and its count of digits.
_VAT = lazy(
    r"ATU[0-9]{8}|BE[01][0-9]{9}|BG[0-9]{9,10}|CY[0-9]{8}[A-Z]|CZ[0-9]{8,10}|DE[0-9]{9}|DK[0-9]{8}|EE[0-9]{9}|(?:EL|GR)[0-9]{9}"
    r"|ES[0-9A-Z][0-9]{7}[0-9A-Z]|FI[0-9]{8}|FR[0-9A-Z]{2}[0-9]{9}|HR[0-9]{11}|HU[0-9]{8}|IE[0-9]{7}[A-Z]{1,2}|IT[0-9]{11}"
    r"|LT(?:[0-9]{9}|[0-9]{12})|LU[0-9]{8}|LV[0-9]{11}|MT[0-9]{8}|NL[0-9]{9}B[0-9]{2}|PL[0-9]{10}|PT[0-9]{9}|RO[0-9]{8,10}|SE[0-9]{10}01"
    r"|SI[0-9]{8}|SK[0-9]{10}|(?:GB|XI)(?:[0-9]{9}|[0-9]{12})|NO[0-9]{9}(?:MVA)?|CHE[0-9]{9}(?:MWST|TVA|IVA)?"
)
_SWEDISH_COMPANY = lazy(r"[15-9][0-9][2-9][0-9]{3}-[0-9]{4}")  # Skatteverket SKV 709: the third digit is at least 2
# In running text: a card in groups or without, the beginning of an IBAN, persons' numbers. Each is then tried by its check digits.
_PERSONS = "|".join(pattern.pattern for pattern in (_SWEDISH, _FINNISH, _CHINESE, _KOREAN, _BY_FORM))
_IN_TEXT = lazy(
    rf"(?<![0-9A-Za-z])(?:{_IN_CARD_GROUPS.pattern}|[0-9]{{15,16}}|(?P<account>[A-Z]{{2}}[0-9]{{2}}(?=[ 0-9A-Z]{{11}}))|{_PERSONS})"
    r"(?(account)|(?![0-9A-Za-z]))"
)
_OPENING = lazy(r"[0-9A-Z][0-9A-Z]{2}[0-9A-Z.]")  # what all of these begin with: a class of characters is found at once
_RUN = lazy(r"[0-9A-Za-z]+")
_ACCOUNT = lazy(r"[A-Z]{2}[0-9]{2}(?: ?[0-9A-Z]){11,30}")
_SHORTEST_ACCOUNT = 15  # characters (Norway)
_SHOWN = 4  # characters of a masked number that stay


def card(written: str, *, grouped: bool = True) -> bool:
    """Whether it is the number of a payment card: a network's prefix, Luhn (ISO/IEC 7812-1) and, if ``grouped``, groups as on a card.

    >>> card("4111 1111 1111 1111"), card("3782-822463-10005"), card("4111111111111111"), card("4111111111111111", grouped=False)
    (True, True, False, True)
    """
    if grouped and not _IN_CARD_GROUPS.fullmatch(written):
        return False
    plain = written.replace(" ", "").replace("-", "")
    return _CARD.fullmatch(plain) is not None and checkdigits.luhn(plain)


def iban(written: str) -> bool:
    """Whether it is an IBAN (ISO 13616).

    >>> iban("SE45 5000 0000 0583 9825 7466"), iban("SE45 5000 0000 0583 9825 7467")
    (True, False)
    """
    return checkdigits.mod97(_NOT_KEPT.sub("", written).upper())


def national_id(written: str) -> bool:
    """Whether it can hardly be anything but the number of a person.

    >>> national_id("811218-9876"), national_id("131052-308T"), national_id("556042-7220"), national_id("811218-9875")
    (True, True, False, False)
    """
    return (
        _BY_FORM.fullmatch(written) is not None
        or _swedish(written)
        or _finnish(written)
        or _chinese(written)
        or (_KOREAN.fullmatch(written) is not None and _day(written[:6]))
    )


def company(written: str) -> bool:
    """Whether it has the shape of a company's VAT number, or of a Swedish organisation number with its check digit.

    >>> company("DE 136695976"), company("556042-7220"), company("NL001234567B01"), company("556042-7221")
    (True, True, True, False)
    """
    plain = _NOT_KEPT.sub("", written).upper()
    return _VAT.fullmatch(plain) is not None or (_SWEDISH_COMPANY.fullmatch(written) is not None and checkdigits.luhn(plain))


def masked(written: str) -> str:
    """The last four characters with a mark for each before them, as cards are shown.

    >>> masked("4111 1111 1111 1234"), masked("811218-9876")
    ('************1234', '******9876')
    """
    plain = _NOT_KEPT.sub("", written)
    return "*" * (len(plain) - 4) + plain[-4:]


def masked_in(text: str, keep: Container[str] = frozenset()) -> str:
    """The text, as long as before, with the cards, accounts and persons' numbers in it masked but for their last four characters.

    ``keep`` are numbers, letters and digits alone, that are something else for certain.

    >>> masked_in("Paid with 4111 1111 1111 1111, SE45 5000 0000 0583 9825 7466 and 4111111111111112")
    'Paid with **** **** **** 1111, **** **** **** **** **** 7466 and 4111111111111112'
    """
    done = at = 0
    parts: list[str] = []
    while (opening := _OPENING.search(text, at)) is not None:
        begin = opening.start()
        found = _IN_TEXT.match(text, begin)
        if found is None:
            run = _RUN.match(text, begin)
            assert run is not None  # noqa: S101  # what opens is a part of it
            at = run.end()
            continue
        written = _account(text, begin) if found["account"] else found[0]
        at = begin + max(len(written), 1)
        if (
            written
            and (found["account"] or card(written, grouped=False) or national_id(written))
            and _NOT_KEPT.sub("", written) not in keep
        ):
            parts += (text[done : found.start()], "".join("*" if char.isalnum() else char for char in written[:-_SHOWN]))
            done = at - _SHOWN
    return "".join((*parts, text[done:]))


def _account(text: str, at: int) -> str:
    """The IBAN that begins at a place; nothing if none does. Words in capitals may follow it."""
    found = _ACCOUNT.match(text, at)
    written = found[0] if found else ""
    while written:
        if not text[at + len(written) : at + len(written) + 1].isalnum() and iban(written):
            return written
        written = written[:-1].rstrip()
        if len(written) < _SHORTEST_ACCOUNT:
            break
    return ""


def _swedish(written: str) -> bool:
    if _SWEDISH.fullmatch(written) is None:
        return False
    digits = written.replace("-", "").replace("+", "")[-10:]
    return _day(digits[:6]) and checkdigits.luhn(digits)


def _finnish(written: str) -> bool:
    if _FINNISH.fullmatch(written) is None or not _day(written[4:6] + written[2:4] + written[:2]):
        return False
    return _FINNISH_CHECK[int(written[:6] + written[7:10]) % 31] == written[10]


def _chinese(written: str) -> bool:
    if _CHINESE.fullmatch(written) is None or not _day(written[8:14]):
        return False
    rest = sum(weight * int(digit) for weight, digit in zip(_CHINESE_WEIGHTS, written[:17], strict=True)) % 11
    return "10X98765432"[rest] == written[17]


def _day(written: str) -> bool:
    """Whether six digits are year, month and day; a day counted from 60 is a Swedish coordination number's."""
    year, month, day = int(written[:2]), int(written[2:4]), int(written[4:])
    try:
        date(2000 + year, month, day - 60 if day > 60 else day)  # Skatteverket SKV 707
    except ValueError:
        return False
    return True
