"""Folds: languages, merchants and layouts in groups, so that what is fitted on one is tried on strangers.

A fold holds its own languages *and* merchants *and* layouts; a mail belongs to one fold in all three. The last fold is never
fitted on: what is measured there was seen by nothing that was learned.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from orderparse.merchants import MerchantKind
from orderparse.training.layouts import LAYOUTS

if TYPE_CHECKING:
    from orderparse.knowledge import Knowledge

FOLDS = 5
HELD_OUT = FOLDS - 1
FITTED = tuple(range(HELD_OUT))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """The codes of languages and merchants, and the names of layouts, that mails are made of."""

    languages: tuple[str, ...]
    merchants: tuple[str, ...]
    layouts: tuple[str, ...]


def of(name: str) -> int:
    """The fold of a language, merchant or layout: by its name alone, so that a new one moves no other.

    >>> of("sv") == of("sv")
    True
    """
    return hashlib.sha256(name.encode()).digest()[0] % FOLDS


def fold(knowledge: Knowledge, number: int) -> Fold:
    """One fold."""
    return Fold(
        languages=tuple(sorted(code for code in knowledge.languages if of(code) == number)),
        merchants=tuple(sorted(code for code in shops(knowledge) if of(code) == number)),
        layouts=tuple(sorted(name for name in LAYOUTS if of(name) == number)),
    )


def everything(knowledge: Knowledge) -> Fold:
    """All languages, merchants and layouts."""
    return Fold(languages=tuple(sorted(knowledge.languages)), merchants=tuple(sorted(shops(knowledge))), layouts=tuple(sorted(LAYOUTS)))


def shops(knowledge: Knowledge) -> list[str]:
    """The merchants that sell in their own name and mail from a domain of theirs."""
    sells = {MerchantKind.SHOP, MerchantKind.MARKETPLACE}
    return [code for code, merchant in knowledge.merchants.by_code.items() if merchant.kind in sells and merchant.domains]
