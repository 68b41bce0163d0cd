"""Metrics of judged values: precision, recall, calibration error, Brier score, AUC, accuracy at coverage."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from orderparse.training.observe import Told

THRESHOLD = 0.5
BINS = 10
COVERAGES = (0.5, 0.8, 0.9, 0.95)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The figures of one role (or one group of mails). ``None`` where nothing was there to measure.

    ``precision``, ``recall`` and ``exact`` (mails whose values of the role are just the true ones) count values from a
    confidence of 0.5; the others count every value that was put out. ``accuracy`` maps a coverage (share of the surest
    values) to the share of right ones among them.
    """

    truths: int
    values: int
    precision: float | None
    recall: float | None
    exact: float | None
    ece: float | None
    brier: float | None
    auc: float | None
    accuracy: tuple[tuple[float, float], ...]


def row(told: Sequence[Told], role: str) -> Row:
    """The figures of one role over mails."""
    judged: list[tuple[float, bool]] = []
    truths = hit = kept = right = exact = mails = 0
    for one in told:
        true = {value for own, value in one.verdict.truths if own == role}
        found = [value for value in one.verdict.judged if value.role == role]
        if not true and not found:
            continue
        mails += 1
        judged += [(value.confidence, value.right) for value in found]
        sure = [value for value in found if value.confidence >= THRESHOLD]
        got = {value.value for value in sure if value.right} & true if true else set()
        truths += len(true)
        hit += len(got)
        kept += len(sure)
        right += sum(value.right for value in sure)
        exact += got == true and all(value.right for value in sure)
    return Row(
        truths=truths,
        values=len(judged),
        precision=right / kept if kept else None,
        recall=hit / truths if truths else None,
        exact=exact / mails if mails else None,
        ece=calibration_error(judged),
        brier=sum((confidence - ok) ** 2 for confidence, ok in judged) / len(judged) if judged else None,
        auc=area(judged),
        accuracy=tuple((coverage, at_coverage(judged, coverage)) for coverage in COVERAGES) if judged else (),
    )


def calibration_error(judged: Sequence[tuple[float, bool]]) -> float | None:
    """Expected calibration error over ten bins of equal width.

    >>> calibration_error([(0.9, True), (0.9, False)])
    0.4
    """
    if not judged:
        return None
    return round(sum(abs(share - right) * count for share, right, count in bins(judged)) / len(judged), 6)


def bins(judged: Iterable[tuple[float, bool]]) -> list[tuple[float, float, int]]:
    """(mean confidence, share of right ones, count) of each bin that holds a value."""
    inside: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, right in judged:
        inside[min(int(confidence * BINS), BINS - 1)].append((confidence, right))
    return [(sum(c for c, _ in part) / len(part), sum(r for _, r in part) / len(part), len(part)) for part in inside if part]


def area(judged: Sequence[tuple[float, bool]]) -> float | None:
    """The area under the ROC curve of the confidence: how often a right value is surer than a wrong one.

    >>> area([(0.9, True), (0.8, True), (0.1, False)])
    1.0
    """
    right = [confidence for confidence, ok in judged if ok]
    wrong = sorted(confidence for confidence, ok in judged if not ok)
    if not right or not wrong:
        return None
    below = sum((bisect_left(wrong, confidence) + bisect_right(wrong, confidence)) / 2 for confidence in right)
    return below / (len(right) * len(wrong))


def at_coverage(judged: Sequence[tuple[float, bool]], coverage: float) -> float:
    """The share of right values among the surest.

    >>> at_coverage([(0.9, True), (0.2, False)], 0.5)
    1.0
    """
    surest = sorted(judged, key=lambda value: -value[0])[: max(round(len(judged) * coverage), 1)]
    return sum(right for _, right in surest) / len(surest)


def roles(told: Iterable[Told]) -> list[str]:
    """The roles that mails speak of, the two wanted ones first."""
    found = {role for one in told for role, _ in one.verdict.truths} | {value.role for one in told for value in one.verdict.judged}
    first = ("order_number", "tracking_number", "kind", "merchant")
    return [role for role in first if role in found] + sorted(found - set(first))


def confusion(told: Iterable[Told], names: Sequence[str]) -> dict[tuple[str, str], float]:
    """(true role, role read at 0.5 or more) -> share of the true role's values that were read so."""
    true_of: dict[tuple[str, str], int] = dict.fromkeys(((one, other) for one in names for other in names), 0)
    totals = dict.fromkeys(names, 0)
    for one in told:
        own = {value: role for role, value in one.verdict.truths if role in names}
        for role in own.values():
            totals[role] += 1
        for judged in one.verdict.judged:
            if judged.role in names and judged.confidence >= THRESHOLD and judged.value in own:
                true_of[own[judged.value], judged.role] += 1
    return {(true, read): count / totals[true] if totals[true] else 0.0 for (true, read), count in true_of.items()}
