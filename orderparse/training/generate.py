"""The generator: endless made-up mails with the truth about each, from what the package itself knows.

Languages give the words, merchants and carriers their numbers and links, :mod:`orderparse.training.layouts` the shape of the
mail. A mail depends on its seed and index alone, so any of them can be made by itself, on any machine.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any

from orderparse.roles import AmountRole, Role
from orderparse.training import envelope, folds, stories
from orderparse.training.layouts import LAYOUTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from orderparse.knowledge import Knowledge
    from orderparse.training.folds import Fold
    from orderparse.training.truth import Truth


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeMail:
    """A made-up mail: its bytes, the truth about it, the layout that it has."""

    name: str
    data: bytes
    truth: Truth
    layout: str


def mail(knowledge: Knowledge, fold: Fold, seed: str, index: int, *, rivals: int = 0) -> MadeMail:
    """The mail of a seed and an index.

    Args:
        knowledge: Where words, merchants and carriers come from.
        fold: The languages, merchants and layouts to draw from.
        seed: Any text; other seeds give other mails.
        index: The number of the mail.
        rivals: At least so many other numbers have the shape of the order number; 0 leaves it to chance.

    """
    rng = Random(f"{seed}/{index}")  # noqa: S311  # made-up mails, no secrets
    story = stories.tell(knowledge, stories.Cast(languages=fold.languages, merchants=fold.merchants, rivals=rivals), rng)
    layout = rng.choice(fold.layouts)
    body = LAYOUTS[layout](story.content, rng)
    data = envelope.send(story, body, knowledge.languages[story.content.language], rng)
    return MadeMail(name=f"{index:06}.eml", data=data, truth=story.truth, layout=layout)


def mails(knowledge: Knowledge, fold: Fold, seed: str, count: int, *, rivals: int = 0) -> Iterator[MadeMail]:
    """The first mails of a seed."""
    return (mail(knowledge, fold, seed, index, rivals=rivals) for index in range(count))


def write(folder: Path, count: int, seed: str, knowledge: Knowledge) -> None:
    """Write mails and ``gold.jsonl``, one line a mail, into a folder.

    Raises:
        OSError: The folder cannot be written.

    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "gold.jsonl").open("w", encoding="utf-8") as gold:
        for made in mails(knowledge, folds.everything(knowledge), seed, count):
            (folder / made.name).write_bytes(made.data)
            gold.write(json.dumps(gold_row(made), ensure_ascii=False) + "\n")


def gold_row(made: MadeMail) -> dict[str, Any]:
    """The truth about a mail as a line of a gold file."""
    truth = made.truth
    codes = truth.codes or {}
    total = next((value for role, value in sorted(truth.amounts or ()) if role is AmountRole.TOTAL), None)
    return {
        "file": made.name,
        "language": truth.language,
        "kind": truth.kind,
        "layout": made.layout,
        "order_numbers": [truth.written[code] for code, role in codes.items() if role is Role.ORDER_NUMBER],
        "tracking_numbers": [
            {"number": truth.written[code], "carrier": truth.carriers.get(code)}
            for code, role in codes.items()
            if role is Role.TRACKING_NUMBER
        ],
        "dates": [{"value": day.isoformat(), "role": role} for role, day in sorted(truth.dates or ())],
        "total": {"amount": str(total), "currency": truth.currency} if total is not None else None,
    }
