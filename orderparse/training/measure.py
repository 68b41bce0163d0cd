"""The measurement: figures by role, language and merchant, for fixtures, made-up mails and any labelled folder."""

from __future__ import annotations

from dataclasses import asdict
from random import Random
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from orderparse.training import folds, gold, metrics, observe

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from orderparse.training.metrics import Row
    from orderparse.training.observe import Told

RESAMPLES = 200
SEED = "measure"
_CONFUSED = ("order_number", "tracking_number", "product_code", "invoice_number", "phone")


class Left(NamedTuple):
    """The figures of a language's order numbers and tracking numbers with its file, and without it."""

    orders: Row
    orders_left: Row
    parcels: Row
    parcels_left: Row


def generated(count: int, seed: str = SEED, *, rivals: int = 0, without: str = "", precision: float | None = None) -> list[Told]:
    """Made-up mails of the held-out fold, as they are read: languages, merchants and layouts that nothing was fitted on."""
    batches = observe.batches(folds.HELD_OUT, seed, count, rivals=rivals, without=without)
    return list(observe.readings(batches, precision=precision))


def table(told: Sequence[Told]) -> dict[str, Row]:
    """The figures by role."""
    return {role: metrics.row(told, role) for role in metrics.roles(told)}


def lines(told: Sequence[Told], *, by: str | None = None) -> list[str]:
    """The figures as lines of a table; ``by`` (language, situation, layout) gives those of the wanted roles by group too."""
    head = ("role", "truths", "values", "precision", "recall", "exact", "ece", "brier", "auc", "at 50%", "at 80%", "at 90%", "at 95%")
    found = [f"{len(told)} mails", _line(head)]
    found += [_line(_cells(role, row)) for role, row in table(told).items()]
    if by is not None:
        groups = sorted({str(getattr(one, by)) for one in told})
        for group in groups:
            mails = [one for one in told if str(getattr(one, by)) == group]
            found += [_line(_cells(f"{group}: {role}", metrics.row(mails, role))) for role in ("order_number", "tracking_number", "kind")]
    return found


def as_json(told: Sequence[Told]) -> dict[str, Any]:
    """The figures as a JSON object."""
    return {"mails": len(told), "roles": {role: asdict(row) for role, row in table(told).items()}}


def without_file(languages: Sequence[str], count: int, seed: str = SEED) -> dict[str, Left]:
    """What is left of a language without its file: the same made-up mails in it, of all merchants and layouts, are read twice."""
    found = {}
    for language in languages:
        whole, left = (
            list(observe.readings(observe.batches(None, seed, count, without=without, language=language))) for without in ("", "each")
        )
        found[language] = _left(whole, left)
    return found


def gold_without_file(labels: Sequence[dict[str, Any]], folder: Path, languages: Iterable[str]) -> dict[str, Left]:
    """The same of labelled mails, for those of the languages that have some with an order number."""
    by_language: dict[str, tuple[list[Told], list[Told]]] = {language: ([], []) for language in languages}
    asked = [row for row in labels if row.get("language") in by_language]
    for at, without in enumerate((False, True)):
        for one in gold.readings(asked, folder, without_language=without):
            by_language[one.language][at].append(one)
    found = {language: _left(*told) for language, told in sorted(by_language.items())}
    return {language: left for language, left in found.items() if left.orders.truths}


def _left(whole: Sequence[Told], left: Sequence[Told]) -> Left:
    (orders, parcels), (orders_left, parcels_left) = (
        (metrics.row(told, "order_number"), metrics.row(told, "tracking_number")) for told in (whole, left)
    )
    return Left(orders, orders_left, parcels, parcels_left)


def without_lines(found: Mapping[str, Left]) -> list[str]:
    """The figures of languages with and without their files as lines of a table; the last is about the loss of recall."""
    lines = [_line(("language", "P", "P without", "R", "R without", "loss", "tracking", "without"))]
    losses = []
    for language, (whole, left, parcels, parcels_left) in found.items():
        loss = (whole.recall or 0.0) - (left.recall or 0.0)
        losses.append(loss)
        figures = (whole.precision, left.precision, whole.recall, left.recall, loss, parcels.recall, parcels_left.recall)
        lines.append(_line((language, *("–" if figure is None else f"{figure:.3f}" for figure in figures))))
    return [*lines, f"loss of order-number recall: median {median(losses):.3f}, worst {max(losses):.3f}"]


def confusion_lines(told: Sequence[Told]) -> list[str]:
    """How often a number of one role was read as another, as lines of a matrix: true roles down, read ones across."""
    shares = metrics.confusion(told, _CONFUSED)
    rows = [_line((true, *(f"{shares[true, read]:.4f}" for read in _CONFUSED))) for true in _CONFUSED]
    return [_line(("true \\ read", *_CONFUSED)), *rows]


def broken_promises(told: Sequence[Told], precision: float, roles: Iterable[str], resamples: int = RESAMPLES) -> dict[str, tuple[int, int]]:
    """How many of the resamples of mails miss a promised precision, by role, with the number of values that were kept.

    ``told`` are mails read with that precision asked for.
    """
    rng = Random("promises")  # noqa: S311  # a resample, no secret
    found = {}
    for role in roles:
        mails = [[one.right for one in each.verdict.judged if one.role == role] for each in told]
        broken = 0
        for _ in range(resamples):
            kept = [right for mail in rng.choices(mails, k=len(mails)) for right in mail]
            broken += bool(kept) and sum(kept) / len(kept) < precision
        found[role] = (broken, sum(len(mail) for mail in mails))
    return found


def _cells(name: str, row: Row) -> tuple[str, ...]:
    figures = (row.precision, row.recall, row.exact, row.ece, row.brier, row.auc, *(share for _, share in row.accuracy))
    return (name, str(row.truths), str(row.values), *("–" if figure is None else f"{figure:.4f}" for figure in figures))


def _line(cells: Sequence[str]) -> str:
    return f"{cells[0]:28}" + "".join(f"{cell:>10}" for cell in cells[1:])
