"""Stories: what a made-up mail tells, in which words, with the truth about every number, day and sum in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderparse.roles import MailKind
from orderparse.training.idle import of_nothing
from orderparse.training.purchases import of_purchases
from orderparse.training.teller import Cast, Story, Teller

if TYPE_CHECKING:
    from random import Random

    from orderparse.knowledge import Knowledge

__all__ = ["Cast", "Story", "tell"]


def tell(knowledge: Knowledge, cast: Cast, rng: Random) -> Story:
    """One story, told by chance."""
    teller = Teller(knowledge, cast, rng)
    return of_nothing(teller) if teller.kind is MailKind.OTHER else of_purchases(teller)
