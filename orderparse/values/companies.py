"""Company numbers that tell a country: of those whose currency is written "$", where nothing else may tell whose dollar or peso it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orderparse.text.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_NUMBER: Final = lazy(
    r"(?<![\w.-])(?:"
    r"(?P<AR>[0-9]{2}-[0-9]{8}-[0-9])"  # CUIT
    r"|(?P<CL>[0-9]{1,2}\.[0-9]{3}\.[0-9]{3}-[0-9Kk])"  # RUT
    r"|(?P<CO>[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9])"  # NIT
    r"|ABN[:. ]{0,3}(?P<AU>[0-9]{2} ?[0-9]{3} ?[0-9]{3} ?[0-9]{3})"
    r"|(?P<MX>RFC[:. ]{0,3}[A-Z&\u00d1]{3,4}[0-9]{6}[0-9A-Z]{3}|S\.? ?(?:A\.?(?:P\.?I\.?)?|de R\.? ?L\.?) de C\.? ?V)"  # S.A. de C.V.
    r"|(?P<CA>[0-9]{9} ?RT ?[0-9]{4})"  # GST/HST account
    r"|UEN[:. ]{0,3}(?P<SG>[0-9]{8,9}[A-Z])"
    r")(?![\w-])"
)
_CUIT: Final = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_NIT: Final = (41, 37, 29, 23, 19, 17, 13, 7, 3)
_ABN: Final = (10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19)


def countries(text: str) -> frozenset[str]:
    """The ISO 3166 codes of the countries whose company numbers, with right check digits where these have any, stand in a text.

    The check digits are those of AFIP (CUIT), SII (RUT), DIAN (NIT) and the Australian Business Register (ABN); a Mexican RFC
    or legal form, a Canadian GST account and a Singaporean UEN are told by their form and, but for the Canadian, the name before them.

    >>> sorted(countries("CUIT 30-71234567-1, RUT 76.086.428-5, ABN 88 000 014 675, phone 30-71234567-2"))
    ['AR', 'AU', 'CL']
    """
    found = set()
    for match in _NUMBER.finditer(text):
        country = match.lastgroup
        if country is not None and _CHECKS.get(country, _any)(match[country]):
            found.add(country)
    return frozenset(found)


def _any(_number: str) -> bool:
    return True


def _cuit(number: str) -> bool:
    digits = [int(char) for char in number if char.isdigit()]
    return digits[-1] == -_weighted(digits, _CUIT) % 11


def _rut(number: str) -> bool:
    body, check = number[:-2].replace(".", ""), number[-1].upper()
    weights = tuple(2 + at % 6 for at in range(len(body)))
    return check == "0123456789K"[-_weighted([int(char) for char in reversed(body)], weights) % 11]


def _nit(number: str) -> bool:
    digits = [int(char) for char in number if char.isdigit()]
    rest = _weighted(digits, _NIT) % 11
    return digits[-1] == (rest if rest < 2 else 11 - rest)


def _abn(number: str) -> bool:
    digits = [int(char) for char in number if char.isdigit()]
    digits[0] -= 1
    return _weighted(digits, _ABN) % 89 == 0


def _weighted(digits: list[int], weights: tuple[int, ...]) -> int:
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=False))


_CHECKS: Final[Mapping[str, Callable[[str], bool]]] = {"AR": _cuit, "CL": _rut, "CO": _nit, "AU": _abn}
