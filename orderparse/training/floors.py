"""Floors: the figures that the package may not fall below, pinned with a digest of what they were measured on."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from orderparse.errors import OrderparseError
from orderparse.knowledge import Knowledge
from orderparse.training import folds, generate, gold, metrics, observe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from orderparse.training.observe import Told

GENERATED = 400  # mails of the held-out fold
SEED = "floors"
_FEWEST = 5  # values of a role, below which a figure is an accident
_FIGURES = ("precision", "recall", "exact")
Floors = dict[str, dict[str, Any]]


class FloorsError(OrderparseError):
    """Floors would be lowered, and nobody asked for that."""


def measured(fixtures: Path) -> Floors:
    """The figures of now: on the fixtures, and on made-up mails of the fold that nothing was fitted on."""
    found: Floors = {source: figures(list(gold.readings(*mails)), digest(*mails)) for source, mails in labelled(fixtures).items()}
    found["generated"] = of_generated()
    return found


def of_generated() -> dict[str, Any]:
    """The figures of now on made-up mails."""
    return figures(list(observe.readings(observe.batches(folds.HELD_OUT, SEED, GENERATED))), generated_digest())


def labelled(fixtures: Path) -> dict[str, tuple[list[dict[str, Any]], Path]]:
    """The labelled mails among the fixtures, by name: the labels, the folder of the mails."""
    blind = {f"blind/{path.stem}": (gold.rows(path), path.with_suffix("")) for path in sorted((fixtures / "blind").glob("*.jsonl"))}
    return {"mails": (gold.beside(fixtures / "mails"), fixtures / "mails"), **blind}


def generated_digest() -> str:
    """The digest of the made-up mails that floors are measured on."""
    knowledge = Knowledge.builtin()
    told = hashlib.sha256()
    for made in generate.mails(knowledge, folds.fold(knowledge, folds.HELD_OUT), SEED, GENERATED):
        told.update(made.data)
        told.update(json.dumps(generate.gold_row(made), sort_keys=True).encode())
    return told.hexdigest()


def digest(labels: Sequence[dict[str, Any]], folder: Path) -> str:
    """The digest of labelled mails, with all files of their folder."""
    told = hashlib.sha256(json.dumps(labels, sort_keys=True).encode())
    for path in sorted(folder.iterdir()):
        told.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return told.hexdigest()


def figures(told: Sequence[Told], measured_on: str) -> dict[str, Any]:
    """The figures of some mails, with the digest of what they were measured on."""
    found = {}
    for role in metrics.roles(told):
        row = metrics.row(told, role)
        if row.truths >= _FEWEST:
            found[role] = {name: round(getattr(row, name), 4) for name in _FIGURES if getattr(row, name) is not None}
    return {"digest": measured_on, "mails": len(told), "roles": found}


def read(path: Path) -> Floors:
    """The pinned floors; none if there is no such file."""
    floors: Floors = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return floors


def moved(pinned: Floors, now: Floors) -> list[str]:
    """Sentences for what was measured on something else than its floor."""
    return [
        f"{source}: the floor was measured on other mails; measure --pin measures it anew"
        for source in sorted(pinned.keys() | now.keys())
        if pinned.get(source, {}).get("digest") != now.get(source, {}).get("digest")
    ]


def below(pinned: Floors, now: Floors) -> list[str]:
    """Sentences for what is below its floor."""
    found = []
    for source, floor in pinned.items():
        if source not in now:
            found.append(f"{source}: measured no longer")
            continue
        for role, figures in floor["roles"].items():
            own: Mapping[str, float] = now[source]["roles"].get(role, {})
            found += [
                f"{source}: {name} of {role} is {own.get(name)}, its floor {value}"
                for name, value in figures.items()
                if own.get(name, 0.0) < value
            ]
    return found


def pin(path: Path, now: Floors, *, lower: bool = False) -> None:
    """Write the figures as floors.

    Raises:
        FloorsError: One of them is lower than its floor, and ``lower`` does not allow that.

    """
    falling = below(read(path), now)
    if falling and not lower:
        msg = "; ".join([*falling, "--lower pins them all the same"])
        raise FloorsError(msg)
    path.write_text(json.dumps(now, indent=1, sort_keys=True) + "\n", encoding="utf-8")
