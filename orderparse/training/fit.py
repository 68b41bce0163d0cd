"""The fit: from the generator to the shipped ``weights.json``, ``calibration.json`` and ``promises.json``."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orderparse.roles import Role
from orderparse.scoring.model import Model, Situation, Weights
from orderparse.training import calibrate, folds, observe, weights

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from orderparse.training.observe import Patterns

MAILS = 3000  # a fold, for the weights
_JUDGED = 3  # times as many for the maps and promises, since the rarest roles stand in three mails of a hundred
SEED = "fit"
VALUES = ("code", "date", "amount")
# Of the mails in a language without a file, which are as many as are needed to learn from them, so many-th counts beside the others:
# near two in a hundred, as in a mailbox. Pages that are seen to be in such a language have maps of their own.
_RARE = 10
_WANTED = (Role.ORDER_NUMBER.value, Role.TRACKING_NUMBER.value)
_JUDGEMENT = Path(__file__).with_name("judgement.json")


def judgement() -> Model:
    """The weights that a person judged, without calibration."""
    tables = json.loads(_JUDGEMENT.read_text(encoding="utf-8"))
    return Model(weights={kind: Weights(**table) for kind, table in tables.items()}, calibration={})


def fit(say: Callable[[str], None], mails: int = MAILS) -> Model:
    """Fit weights, calibration maps and promises.

    The weights are fitted on all folds but the held-out one. For calibration each of these folds is read with weights fitted on
    the others, so that its languages, merchants and layouts are strangers.
    """
    judged = judgement()
    by_fold: dict[int, Patterns] = {}
    for fold in folds.FITTED:
        say(f"fold {fold}: values of {mails} mails")
        by_fold[fold] = observe.patterns(observe.batches(fold, SEED, mails, without="some"))
    models: dict[int | None, Model] = {}
    for left_out in (*folds.FITTED, None):
        say(f"weights of values {_named(left_out)}")
        models[left_out] = _with_values(judged, [found for fold, found in by_fold.items() if fold != left_out])
    for fold in folds.FITTED:
        say(f"fold {fold}: kinds of {mails} mails")
        by_fold[fold] = observe.patterns(observe.batches(fold, SEED, mails, without="some"), models[fold])
    for left_out in (*folds.FITTED, None):
        say(f"weights of kinds {_named(left_out)}")
        models[left_out] = _with_kinds(models[left_out], [found for fold, found in by_fold.items() if fold != left_out])
    judged_values: dict[str, dict[Situation, list[tuple[float, bool]]]] = defaultdict(lambda: {situation: [] for situation in Situation})
    for fold in folds.FITTED:
        say(f"fold {fold}: judged by the weights of the others")
        without = 0
        for told in observe.readings(observe.batches(fold, f"{SEED} calibration", mails * _JUDGED, without="some"), models[fold]):
            if told.without and told.situation is not Situation.STRANGE:
                without += 1
                if without % _RARE:
                    continue
            for one in told.verdict.judged:
                judged_values[one.role][told.situation].append((one.confidence, one.right))
    maps = {role: _by_situation(values, calibrate.calibration_map) for role, values in sorted(judged_values.items())}
    for role in _WANTED:  # precision first
        maps[role] = {situation: calibrate.cautious(points) for situation, points in maps[role].items()}
    calibrated = replace(models[None], calibration={role: table for role, table in maps.items() if any(table.values())})
    promised = {}
    for role, values in sorted(judged_values.items()):
        if role == "belongs":  # a confidence beside the value's own, which no promise is made of
            continue
        sure = {
            situation: [(calibrated.calibrated(role, share, situation), right) for share, right in found]
            for situation, found in values.items()
        }
        promised[role] = _by_situation(sure, calibrate.promises)
    return replace(calibrated, promises={role: table for role, table in promised.items() if any(table.values())})


def _named(left_out: int | None) -> str:
    return "for all folds" if left_out is None else f"without fold {left_out}"


def _by_situation(
    values: Mapping[Situation, list[tuple[float, bool]]], learn: Callable[[Iterable[tuple[float, bool]]], calibrate.Points]
) -> dict[str, calibrate.Points]:
    """What is learned of each situation; where one of them has too little, what all have together."""
    together = learn([value for found in values.values() for value in found])
    return {situation.value: learn(found) or together for situation, found in values.items()}


def _with_values(model: Model, found: Iterable[Patterns]) -> Model:
    counted = _together(found).values
    tables = dict(model.weights)
    for kind in VALUES:
        tables[kind] = weights.fit_values(counted, kind, model.weights[kind])
    return replace(model, weights=tables)


def _with_kinds(model: Model, found: Iterable[Patterns]) -> Model:
    return replace(model, weights={**model.weights, "kind": weights.fit_kinds(_together(found).kinds, model.weights["kind"])})


def _together(found: Iterable[Patterns]) -> Patterns:
    whole = observe.Patterns()
    for one in found:
        whole.add(one)
    return whole


def write(model: Model, folder: Path) -> None:
    """Write the files that the package ships.

    Raises:
        OSError: The folder cannot be written.

    """
    tables: dict[str, Any] = {
        kind: {"bias": table.bias, "features": table.features, "roles": table.roles, "context": table.context}
        for kind, table in model.weights.items()
    }
    for name, content in (("weights", tables), ("calibration", model.calibration), ("promises", model.promises)):
        (folder / f"{name}.json").write_text(_readable(content), encoding="utf-8")


def _readable(content: Mapping[str, Any]) -> str:
    """JSON with a line a table: what has changed is seen in a comparison."""
    lines = []
    for key, table in content.items():
        inner = ",\n".join(f"  {json.dumps(name)}: {json.dumps(value)}" for name, value in table.items())
        lines.append(f" {json.dumps(key)}: {{\n{inner}\n }}")
    return "{\n" + ",\n".join(lines) + "\n}\n"
