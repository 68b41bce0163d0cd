"""The truth about a mail, made up or labelled by a person: what a perfect reader would say of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from orderparse.roles import AmountRole, DateRole, MailKind, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderTruth:
    """What belongs to one order of a mail. Numbers are plain: capital letters and digits."""

    order_number: str
    tracking_numbers: frozenset[str] = frozenset()
    dates: frozenset[tuple[DateRole, date]] = frozenset()
    amounts: frozenset[tuple[AmountRole, Decimal]] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """All that is right of a mail, by field; a field that is None was not labelled, and nothing is said of it.

    ``codes`` maps plain numbers to their roles; with ``codes_known`` every number of the mail is among them, or else only
    order and tracking numbers are. ``written`` has the numbers as the mail writes them. A range of days is both its ends.
    ``free_codes``, ``free_dates`` and ``free_amounts`` are neither right nor wrong. ``known`` says whether the shop has a file.
    """

    language: str | None = None
    kind: MailKind | None = None
    merchant: str | None = None
    known: bool | None = None
    codes: Mapping[str, Role] | None = None
    codes_known: bool = True
    written: Mapping[str, str] = field(default_factory=dict)
    carriers: Mapping[str, str] = field(default_factory=dict)
    dates: frozenset[tuple[DateRole, date]] | None = None
    amounts: frozenset[tuple[AmountRole, Decimal]] | None = None
    currency: str | None = None
    amount_roles: frozenset[AmountRole] | None = None  # the roles that were labelled; None means all
    free_codes: frozenset[str] = frozenset()
    free_dates: frozenset[date] = frozenset()
    free_amounts: frozenset[Decimal] = frozenset()
    orders: tuple[OrderTruth, ...] = ()
