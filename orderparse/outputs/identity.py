"""Identity: names for orders and parcels that stay the same as long as what they are known by does."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from orderparse.text.fold import fold

if TYPE_CHECKING:
    from orderparse.records import Merchant, Order

_BYTES = 16  # of a digest: no two are met by chance


def digest(*parts: str) -> str:
    """A name of 32 hexadecimal digits made of parts, of each of which it depends.

    >>> digest("a", "bc") == digest("ab", "c")
    False
    """
    made = blake2b(digest_size=_BYTES)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        made.update(len(data).to_bytes(8, "big") + data)
    return made.hexdigest()


def seller(merchant: Merchant | str | None) -> str:
    """A merchant for comparing, without case, accents and blanks at its ends; empty if there is none.

    >>> seller(" Fjällkök ")
    'fjallkok'
    """
    name = merchant if isinstance(merchant, str) or merchant is None else merchant.value
    return " ".join(fold(name).split()) if name else ""


def of_order(order: Order) -> str:
    """The name of an order: by its merchant and number, else by its first parcel's number, else by its first mail."""
    if order.order_number is not None:
        return digest("number", seller(order.merchant), order.order_number.value.upper())
    if order.order_delivery:
        return digest("parcel", min(parcel.tracking_number.value.upper() for parcel in order.order_delivery))
    return digest("mail", seller(order.merchant), *order.messages[:1])
