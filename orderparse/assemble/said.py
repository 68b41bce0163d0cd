"""What a reading says in words (the subject, names, items, places): without numbers that are nobody's business, and not too long."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from orderparse.records import Defect
from orderparse.slotted import replace
from orderparse.values import withheld

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from orderparse.records import Finding, OrderItem, Reading

F = TypeVar("F", bound="Finding[str]")
LONGEST_SUBJECT: Final = 1000  # characters; a line of a header has no more (RFC 5322, section 2.1.1)
LONGEST_NAME: Final = 500  # characters of an item's name


class _Kept:
    """Numbers that a reading puts out; it holds each of their pieces, one of which may have the form of a card's."""

    def __init__(self, numbers: Iterable[str]) -> None:
        self._numbers = tuple(numbers)

    def __contains__(self, piece: object) -> bool:
        return isinstance(piece, str) and any(piece in number for number in self._numbers)


def safe(reading: Reading) -> Reading:
    """The reading with cards, accounts and persons' numbers masked wherever it has text of the mail.

    A number that the reading puts out as one of an order, a parcel or the like stays, so that all it says agrees. Message-ids
    stay: they are made by machines, and join mails. What is cut is told as ``field_cut``.
    """
    values = (*reading.order_numbers, *reading.tracking_numbers, *reading.identifiers)
    keep = _Kept({"".join(filter(str.isalnum, one)) for found in values for one in (found.value, found.text)})
    mask = partial(withheld.masked_in, keep=keep)
    items = tuple(_item(item, mask) for item in reading.items)
    long = [f"subject of {len(reading.subject)} characters"] if len(reading.subject) > LONGEST_SUBJECT else []
    long += [f"name of an item of {len(item.name)} characters" for item in reading.items if len(item.name) > LONGEST_NAME]
    sender, pickup = reading.sender, reading.pickup
    return replace(
        reading,
        subject=mask(reading.subject[:LONGEST_SUBJECT]),
        defects=(*reading.defects, *(Defect(code="field_cut", detail=detail) for detail in long[:1])),
        sender=replace(sender, name=mask(sender.name), address=mask(sender.address)) if sender is not None else None,
        merchant=_finding(reading.merchant, mask),
        seller=_finding(reading.seller, mask),
        payment_method=_finding(reading.payment_method, mask),
        items=items,
        pickup=replace(pickup, place=mask(pickup.place)) if pickup is not None and pickup.place is not None else pickup,
        orders=tuple(replace(order, items=tuple(_item(item, mask) for item in order.items)) for order in reading.orders),
        text=mask(reading.text),
    )


def without_personal(found: Iterable[F]) -> tuple[F, ...]:
    """The findings but hidden ones, as in markup, that are nobody's business: a number that is shown was judged by where it stands."""
    return tuple(one for one in found if not one.hidden or not (_is_personal(one.value) or _is_personal(one.text)))


def _is_personal(value: str) -> bool:
    return withheld.card(value) or withheld.iban(value) or withheld.national_id(value)


def _finding(found: F | None, mask: Callable[[str], str]) -> F | None:
    return replace(found, value=mask(found.value), text=mask(found.text)) if found is not None else None


def _item(item: OrderItem, mask: Callable[[str], str]) -> OrderItem:
    name = mask(item.name[:LONGEST_NAME])
    return item if name == item.name else replace(item, name=name)
