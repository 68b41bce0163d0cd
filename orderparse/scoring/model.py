"""The model: named features, one softmax over the roles of a value, exact reasons.

The score of a role is its bias plus the weights of its features plus those of the value's
context; "no role" has score 0. The reasons that a record shows are these very summands. The
softmax gives each role its share; what is put out is the share after the role's calibration map,
which ``python -m orderparse.training fit`` learns, as it does the weights.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from enum import StrEnum
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from orderparse.errors import KnowledgeError
from orderparse.roles import AmountRole
from orderparse.slotted import dataclass, field, replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from orderparse.scoring.features import Pool

_FOLDER = Path(__file__).parent
LISTED = 0.05  # nothing less likely is put out
LIKELY = 0.5
SUPPORT = 0.2
_FAMILY_MEMBERS = {
    "label": (
        *("label", "label_near", "label_above", "label_below", "label_after", "label_behind", "column_heading", "row_heading", "wording"),
        *(
            "noun",
            "noun_line",
            "noun_number",
            "noun_above",
            "noun_below",
            "noun_cell",
            "noun_heading",
            "noun_column",
            "noun_far",
            "noun_section",
        ),
        *("kind_phrase", "beside_order_number", "under_order_number"),
    ),
    "subject": (
        *("subject_label", "subject_label_near", "subject_label_after", "subject_noun", "subject_noun_number", "subject_hash"),
        *("subject_bare", "subject_alone", "subject_wording", "merchant_subject"),
    ),
    "topic": ("topic_label", "topic_label_dated", "topic_word", "purpose"),
    "link": (
        *("merchant_link", "carrier_link", "own_carrier_link", "carrier_link_loose", "own_parameter", "parameter"),
        *("own_path", "own_path_shown", "carrier_path", "path", "path_shown", "track_link"),
    ),
    "shape": (
        *("shape_distinctive_checked", "shape_distinctive", "shape_misprinted", "shape_own_misprinted", "shape_known_carrier_checked"),
        *("shape_known_carrier", "shape_context_checked", "shape_context", "shape_named_checked", "shape_named", "shape_generic"),
    ),
}
FAMILIES = {feature: family for family, features in _FAMILY_MEMBERS.items() for feature in features}
Reasons = tuple[tuple[str, float], ...]
# "Total paid" is the total, and what was paid: these two are no rivals.
_WITH = {AmountRole.TOTAL.value: AmountRole.PAID.value, AmountRole.PAID.value: AmountRole.TOTAL.value}


class Situation(StrEnum):
    """What is known where a value was read: calibration and promises are learned for each.

    ``STRANGE`` is a page in a language that nobody wrote a file for; the others' merchants have a file, or none.
    """

    KNOWN = "known"
    UNKNOWN = "unknown"
    STRANGE = "strange"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Weights in log-odds for one kind of value.

    ``features`` hold for every role; ``roles`` override them for one. ``context`` belongs to the value.
    """

    bias: Mapping[str, float]
    features: Mapping[str, float]
    roles: Mapping[str, Mapping[str, float]]
    context: Mapping[str, float]

    def of(self, role: str, feature: str) -> float:
        """The weight of a feature for a role; a feature without one weighs nothing."""
        own = self.roles.get(role)
        if own is not None and feature in own:
            return own[feature]
        return self.features.get(feature, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Weights by kind of value; by role and situation calibration maps and promises.

    A calibration map is a rising list of (share, confidence), a promise a rising list of (precision, the least confidence
    from which values of the role hold it). Roles are those of a finding: ``order_number``, ``date:order``, ``amount:total``,
    ``kind``, ``merchant``, ``language``.
    """

    weights: Mapping[str, Weights]
    calibration: Mapping[str, Mapping[str, Sequence[tuple[float, float]]]]
    promises: Mapping[str, Mapping[str, Sequence[tuple[float, float]]]] = field(default_factory=dict)

    def calibrated(self, role: str, probability: float, situation: Situation) -> float:
        """A probability after the role's monotone map (straight lines between its points).

        A role without a map keeps its probability.
        """
        points = self.calibration.get(role, {}).get(situation, ())
        if not points:
            return probability
        at = bisect_right(points, (probability, math.inf))
        if at == 0:
            return points[0][1]
        if at == len(points):
            return points[-1][1]
        (x0, y0), (x1, y1) = points[at - 1], points[at]
        return y0 + (y1 - y0) * (probability - x0) / (x1 - x0)

    def least(self, role: str, precision: float, situation: Situation) -> float | None:
        """The confidence from which values of a role hold a precision; None where no such promise can be given.

        Raises:
            ValueError: The precision is not between 0 and 1.

        """
        if not 0 < precision < 1:
            msg = f"a precision lies between 0 and 1, without them: {precision}"
            raise ValueError(msg)
        steps = self.promises.get(role, {}).get(situation, ())
        return next((threshold for promised, threshold in steps if promised >= precision), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """A value in a role. The probabilities of all roles of one value sum to at most 1; they are shares, not yet calibrated."""

    pool: Pool
    role: str
    probability: float
    reasons: Reasons
    alternatives: Reasons

    def weakened(self, factor: float, reason: str) -> Hypothesis:
        """The hypothesis with a part of its probability only, and the reason for that: what it loses goes to "no role"."""
        probability, change = weakened(self.probability, sum(weight for _, weight in self.reasons), factor)
        return replace(self, probability=probability, reasons=(*self.reasons, (reason, change)))


def weakened(probability: float, score: float, factor: float) -> tuple[float, float]:
    """A probability times a factor, and by how much that changes the score of its role.

    The score is the logarithm of the role's odds against "no role"; the rivals keep what they have.

    >>> weakened(0.5, 0.0, 0.5)
    (0.25, -1.0986)
    """
    nothing = probability * math.exp(-score)
    kept = probability * factor
    left = nothing + probability - kept
    return kept, round(math.log(kept / left), 4) - round(score, 4) if kept > 0 and left > 0 else 0.0


@cache
def builtin() -> Model:
    """The weights and maps that the package ships."""
    return load(_FOLDER)


def load(folder: Path) -> Model:
    """Load ``weights.json``, ``calibration.json`` and ``promises.json`` of a folder.

    Raises:
        KnowledgeError: A file is missing, is no JSON, or a calibration map falls.

    """
    try:
        weights = json.loads((folder / "weights.json").read_text(encoding="utf-8"))
        maps = json.loads((folder / "calibration.json").read_text(encoding="utf-8"))
        promises = json.loads((folder / "promises.json").read_text(encoding="utf-8"))
        tables = {kind: Weights(**table) for kind, table in weights.items()}
        model = Model(weights=tables, calibration=_maps(maps), promises=_maps(promises))
    except (OSError, ValueError, TypeError) as error:
        msg = f"{folder}: {error}"
        raise KnowledgeError(msg) from error
    for role, table in (*model.calibration.items(), *model.promises.items()):
        for points in table.values():
            if any(left[0] >= right[0] or left[1] > right[1] for left, right in pairwise(points)):
                msg = f"{folder}: the map of {role} does not rise"
                raise KnowledgeError(msg)
    return model


def _maps(tables: Mapping[str, Mapping[str, Iterable[tuple[float, float]]]]) -> dict[str, dict[str, list[tuple[float, float]]]]:
    return {role: {name: [(float(x), float(y)) for x, y in points] for name, points in table.items()} for role, table in tables.items()}


def hypotheses(model: Model, pools: Iterable[Pool]) -> list[Hypothesis]:
    """Every role of every pool with its share, likeliest first within a pool."""
    found: list[Hypothesis] = []
    for pool in pools:
        weights = model.weights[pool.kind.value]
        scored = {role: _score(weights, role, features, pool.context) for role, features in pool.roles.items()}
        shares = _shares({role: sum(weight for _, weight in reasons) for role, reasons in scored.items()})
        ranked = sorted(shares.items(), key=lambda item: (-item[1], item[0]))
        for role, share in ranked:
            rivals = tuple((other, value) for other, value in ranked if other not in {role, _WITH.get(role)})
            found.append(Hypothesis(pool=pool, role=role, probability=share, reasons=scored[role], alternatives=rivals))
    return found


def _shares(scores: Mapping[str, float]) -> dict[str, float]:
    """The shares of roles; of two that may both be right, each has its share as if the other were not there."""
    shares = softmax(scores)
    for role, other in _WITH.items():
        if role in scores and other in scores:
            shares[role] = softmax({name: score for name, score in scores.items() if name != other})[role]
    return shares


def softmax(scores: Mapping[str, float]) -> dict[str, float]:
    """Probabilities of scores against "none of them", which has score 0.

    >>> softmax({"a": 0.0})
    {'a': 0.5}
    """
    top = max(0.0, *scores.values()) if scores else 0.0
    exponents = {role: math.exp(score - top) for role, score in scores.items()}
    total = math.exp(-top) + sum(exponents.values())
    return {role: value / total for role, value in exponents.items()}


def _score(weights: Weights, role: str, features: Mapping[str, str], context: Mapping[str, str]) -> Reasons:
    bias = weights.bias.get(role, weights.bias["*"])
    reasons = [("bias", bias)]
    families: dict[str, list[tuple[float, str]]] = {}
    for feature in features:
        families.setdefault(FAMILIES.get(feature, feature), []).append((weights.of(role, feature), feature))
    for family in families.values():
        # Features of one family tell the same thing in other words: the strongest counts, the others support it.
        family.sort(reverse=True)
        reasons.extend((feature, round(weight * (1.0 if at == 0 else SUPPORT), 4)) for at, (weight, feature) in enumerate(family))
    reasons.extend((feature, weights.context.get(feature, 0.0)) for feature in context)
    return tuple(reason for reason in reasons if reason[1])
