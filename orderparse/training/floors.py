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
_FEWEST = 20  # values of a role, below which a figure is an accident
_FIGURES = ("precision", "recall", "exact")
Floors = dict[str, dict[str, Any]]


class FloorsError(OrderparseError):
    """Floors would be lowered, and nobody asked for that."""


def measured(fixtures: Path) -> Floors:
    """The figures of now: on the fixtures, and on made-up mails of the fold that nothing was fitted on."""
    found: Floors = {}
    for source, labels, folder in labelled(fixtures):
        told = list(gold.readings(labels, folder))
        found[source] = _pinned(told, _digest_of(sorted(folder.iterdir()), json.dumps(labels, sort_keys=True)))
    told = list(observe.readings(observe.batches(folds.HELD_OUT, SEED, GENERATED)))
    found["generated"] = _pinned(told, generated_digest())
    return found


def labelled(fixtures: Path) -> list[tuple[str, list[dict[str, Any]], Path]]:
    """The labelled mails among the fixtures: a name, the labels, the folder of the mails."""
    found = [("mails", gold.beside(fixtures / "mails"), fixtures / "mails")]
    found += [(f"blind/{path.stem}", gold.rows(path), path.with_suffix("")) for path in sorted((fixtures / "blind").glob("*.jsonl"))]
    return found


def generated_digest() -> str:
    """The digest of the made-up mails that floors are measured on."""
    knowledge = Knowledge.builtin()
    digest = hashlib.sha256()
    for made in generate.mails(knowledge, folds.fold(knowledge, folds.HELD_OUT), SEED, GENERATED):
        digest.update(made.data)
        digest.update(json.dumps(generate.gold_row(made), sort_keys=True).encode())
    return digest.hexdigest()


def _digest_of(paths: Sequence[Path], labels: str) -> str:
    digest = hashlib.sha256(labels.encode())
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _pinned(told: Sequence[Told], digest: str) -> dict[str, Any]:
    figures = {}
    for role in metrics.roles(told):
        row = metrics.row(told, role)
        if row.truths >= _FEWEST:
            figures[role] = {name: round(getattr(row, name), 4) for name in _FIGURES if getattr(row, name) is not None}
    return {"digest": digest, "mails": len(told), "roles": figures}


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
