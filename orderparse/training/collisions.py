"""Collisions: which formats take each other's numbers, and what decides between them.

Made of numbers that are rolled for each format of a carrier and each shape of a merchant, with right check digits.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from orderparse.carriers import Formats, Tier
from orderparse.training import numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orderparse.knowledge import Knowledge

FILE = Path(__file__).with_name("collisions.tsv")
_ROLLED = 40  # numbers a format
_DECIDES = {
    Tier.DISTINCTIVE: "nothing: it is believed by its shape",
    Tier.CONTEXT: "a label, or a hint of the claimant",
    Tier.NAMED: "the claimant named or linked",
    Tier.CARRIER: "the claimant named or linked, and a label",
}


def lines(knowledge: Knowledge) -> list[str]:
    """The table: tab-separated lines under a heading, sorted."""
    formats = Formats(knowledge.carriers.values())
    place = {id(shape): f"{code} {at}" for code, carrier in knowledge.carriers.items() for at, shape in enumerate(carrier.formats, 1)}
    rows = ["owner\tclaimant\ttaken\twhat the claimant wants besides"]
    for owner, tier, rolled in _owners(knowledge):
        taken: Counter[tuple[str, str]] = Counter()
        for number in rolled:
            claims = {
                (place[id(match.format)], match.format.tier): match.check is not False
                for match in formats.of(number)
                if place[id(match.format)] != owner
            }
            taken.update(((name, _wants(tier, claimant)) for (name, claimant), right in claims.items() if right))
        rows += [f"{owner}\t{claimant}\t{count / len(rolled):.0%}\t{wants}" for (claimant, wants), count in sorted(taken.items())]
    return rows


def _wants(owner: Tier | None, claimant: Tier) -> str:
    return "the check digit and the longer prefix" if owner is claimant is Tier.DISTINCTIVE else _DECIDES[claimant]


def _owners(knowledge: Knowledge) -> Iterator[tuple[str, Tier | None, list[str]]]:
    """Each format and each shape of order numbers, with numbers that have it."""
    for code, carrier in knowledge.carriers.items():
        for at, shape in enumerate(carrier.formats, 1):
            rng = Random(f"{code} {at}")  # noqa: S311  # as everything made up here
            examples = [numbers.plain(number) for number in shape.valid]
            yield f"{code} {at}", shape.tier, [numbers.like(rng.choice(examples), shape.takes, rng) for _ in range(_ROLLED)]
    for code, merchant in knowledge.merchants.by_code.items():
        number = merchant.order_number
        if number is not None and not number.weak:
            rng = Random(code)  # noqa: S311
            rolled = [numbers.plain(numbers.like(rng.choice(number.valid), number.fits, rng)) for _ in range(_ROLLED)]
            yield f"{code} order number", None, rolled


def write(knowledge: Knowledge) -> None:
    """Write the table to :data:`FILE`."""
    FILE.write_text("\n".join(lines(knowledge)) + "\n", encoding="utf-8")
