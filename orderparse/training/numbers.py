"""Made-up numbers: the shapes that shops give their orders, and numbers of known formats with right check digits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from orderparse.roles import Role

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from orderparse.carriers import Carrier

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_PLAIN = re.compile(r"[\W_]")
_TRIES = 300
_LAST = 9  # characters of an example that are rolled anew; what stands before them is a prefix as often as not

# What shops number their orders by. 9 is a digit, 8 a digit but 0, A a letter, X either; P is the shop's own letters, and what
# stands in braces is meant as it stands.
ORDER_SHAPES = (
    *("8999", "89999", "899999", "8999999", "89999999", "899999999", "8999999999", "{00000}899999", "{0000}899999"),
    *("89999999999", "899999999999", "8999999999999", "89999999999999", "899999999999999", "8999999999999999", "{1000}899999"),
    *("P-89999", "P-899999", "P-8999", "P89999", "P899999", "P8999999", "P89999999", "P8999999999", "P-89999999"),
    *("899-8999999-8999999", "89-99999-99999", "8999-9999-9999", "89999-89999", "8999-999999", "89999/{26}", "{2026}-89999", "{26}-899999"),
    *("AX9XXA", "AXXX9XXX", "AXXXX9XXX", "XX9AXXXXXX", "P_899999", "P-{2026}-8999", "P/8999/{2026}", "P-A9X9-XXX9", "8999999-{1}"),
    *("#8999", "#89999", "#P8999", "#899999", "8999 9999 9999 9999", "899 999 999"),
)
# What is written of other numbers, by role. Where a rival shares the shape of the order number, that shape is taken instead.
RIVAL_SHAPES = {
    Role.PRODUCT_CODE: (
        *("8999999", "P-8999", "PX-99-AX", "899-999", "899999", "{1005008}999999999", "899.999.99", "{B0A}XXX9XXX"),
        *("P8999-A", "{73}899999"),
    ),
    Role.INVOICE_NUMBER: ("89999999", "P-{2026}-8999", "{INV-}89999", "899999", "{F}8999999", "{2026}-8999", "{RE-}899999", "89999"),
    Role.CUSTOMER_NUMBER: ("899999", "8999999", "{K-}89999", "89999999", "{C}899999", "{100}89999"),
    Role.TRANSACTION_ID: (
        *("9AX99999AX999999A", "AXX9XXXX", "89999999999999999999", "{pi_}9XXAXXXX9XXX", "A9XXXX9XXXXX", "8999999999"),
        "{CH_}9XXXAXXX9X",
    ),
    Role.REFERENCE: ("8999-9999", "{R-}89999", "89999999", "{REF}8999", "AX9XXXX"),
    Role.SHIPMENT_NUMBER: ("899999999999", "8999999999", "{SHP}89999999", "89999999", "8999999999999999"),
    Role.PICKUP_CODE: ("9999", "99999", "999999", "AX99", "9AX9"),
    Role.COUPON: ("AAAAA99", "{SAVE}89", "AAAA899", "AXX9AXX"),
    Role.MEMBERSHIP_NUMBER: ("8999999", "899999999", "8999 9999 9999", "{M-}899999"),
    Role.BOOKING_REFERENCE: ("AX9XAX", "AAX9AX", "AAAXA9", "89999999"),
    Role.ACCOUNT_NUMBER: ("8999-9999", "8999999", "89-9999-8"),
    Role.OTHER: ("899999", "99999999", "A-89999", "8999"),
}

# Parcels of carriers whose numbers have no shape that is known.
_OF_NO_FORMAT = ("89999999", "899999999999", "8999999999", "AAX9X9XXAX99", "AA999999999", "XX99-9XXX-99XX", "8999999999999", "AA8999999999")


def of_shape(shape: str, rng: Random, prefix: str = "") -> str:
    """A number of a shape.

    >>> from random import Random
    >>> import re
    >>> bool(re.fullmatch("[A-Z][0-9]{2}-NB", of_shape("A99-P", Random(1), "NB")))
    True
    """
    marks = {
        "9": lambda: rng.choice("0123456789"),
        "8": lambda: rng.choice("123456789"),
        "A": lambda: rng.choice(_LETTERS),
        "X": lambda: rng.choice(_LETTERS + "0123456789"),
        "P": lambda: prefix,
    }
    parts = re.split(r"\{(.*?)\}", shape)
    return "".join(
        part if index % 2 else "".join(marks[char]() if char in marks else char for char in part) for index, part in enumerate(parts)
    )


def plain(number: str) -> str:
    """A number as it is compared: capital letters and digits.

    >>> plain("#nb-10 482")
    'NB10482'
    """
    return _PLAIN.sub("", number).upper()


def like(example: str, fits: Callable[[str], bool], rng: Random) -> str:
    """A number that differs from an example in its last characters and fits as it does; the example if none is found."""
    for _ in range(_TRIES):
        head, tail = example[:-_LAST], example[-_LAST:]
        rolled = "".join(
            rng.choice("0123456789") if char.isdigit() else rng.choice(_LETTERS) if char.isupper() and len(example) < _LAST else char
            for char in tail
        )
        if rolled != tail and fits(head + rolled):
            return head + rolled
    return example


def tracking_number(carrier: Carrier, rng: Random) -> str:
    """A number of one of the carrier's formats, its check digit right; of a carrier that publishes none, one of some shape."""
    shapes = [shape for shape in carrier.formats if shape.valid]
    if not shapes:
        return of_shape(rng.choice(_OF_NO_FORMAT), rng)
    shape = rng.choice(shapes)
    return like(rng.choice(shape.valid), shape.takes, rng)


def phone(prefix: str, rng: Random) -> str:
    """A telephone number as printed; the area is one that nobody has."""
    tail = "".join(rng.choice("0123456789") for _ in range(7))
    area = rng.randrange(20, 99)
    return rng.choice((f"+{prefix} {area} {tail[:3]} {tail[3:5]} {tail[5:]}", f"0{area}-{tail[:3]} {tail[3:]}", f"0{area} {tail}"))
