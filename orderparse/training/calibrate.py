"""Calibration maps and promises, learned from judged values that the weights were not fitted on.

A map is isotonic regression (pool adjacent violators) drawn towards the identity where values are few. A promise is the least
confidence from which a role's values hold a precision, with a bound for finite samples: thresholds are tried from the surest
downwards, and one is accepted while the upper Clopper-Pearson bound of the error rate at it is below what was promised; the
first that fails ends the search, so that the search itself costs no certainty (fixed-sequence testing; Angelopoulos, Bates,
Candès, Jordan, Lei: Learn then Test, 2021; Geifman, El-Yaniv: Selective classification for deep neural networks, 2017).
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from scipy.stats import beta

from orderparse.scoring.model import LIKELY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Points = list[tuple[float, float]]
PRECISIONS = (0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999)
_RISK = 0.01  # that a promise is broken
_PRIOR = 4.0  # values that a block of the map counts as standing on the identity
_KNOTS = 30
_FEWEST = 60
_DIGITS = 4
_LAST = 0.9995
_BELOW = 0.4999


def calibration_map(judged: Iterable[tuple[float, bool]]) -> Points:
    """A rising map from shares to confidences; empty where too little was judged."""
    counted: dict[float, list[int]] = {}
    for given, true in judged:
        count = counted.setdefault(given, [0, 0])
        count[0] += 1
        count[1] += true
    total = sum(n for n, _ in counted.values())
    if total < _FEWEST:
        return []
    blocks: list[list[float]] = []  # weight, sum of shares, sum of right ones; values of one share are in one block
    size = max(total // _KNOTS, _FEWEST // 4)
    for given, (number, true_ones) in sorted(counted.items()):
        if not blocks or blocks[-1][0] >= size:
            blocks.append([0.0, 0.0, 0.0])
        last = blocks[-1]
        last[0] += number
        last[1] += number * given
        last[2] += true_ones
    if len(blocks) > 1 and blocks[-1][0] < size // 2:
        n_last, shares_last, right_last = blocks.pop()
        blocks[-1] = [blocks[-1][0] + n_last, blocks[-1][1] + shares_last, blocks[-1][2] + right_last]
    smooth = [[n + _PRIOR, shares * (n + _PRIOR) / n, right + _PRIOR * shares / n] for n, shares, right in blocks]
    risen: list[list[float]] = []
    for block in smooth:
        risen.append(block)
        while len(risen) > 1 and risen[-2][2] / risen[-2][0] >= risen[-1][2] / risen[-1][0]:
            n, shares, right = risen.pop()
            risen[-1] = [risen[-1][0] + n, risen[-1][1] + shares, risen[-1][2] + right]
    points: Points = [(0.0, 0.0)]
    for n, shares, right in risen:
        share, confidence = round(shares / n, _DIGITS), round(min(right / n, _LAST), _DIGITS)
        if share > points[-1][0] and confidence >= points[-1][1]:
            points.append((share, confidence))
    if points[-1][0] < 1:
        share, confidence = points[-1]
        # Between the surest values and certainty lies a little more than the surest have.
        points.append((1.0, round(min(max(confidence, confidence + (1 - confidence) / 2), _LAST), _DIGITS)))
    return points


def cautious(points: Points) -> Points:
    """A map that makes no value likely which its reasons do not: below one half it never lifts.

    >>> cautious([(0.0, 0.0), (0.3, 0.6), (0.9, 0.95), (1.0, 0.99)])
    [(0.0, 0.0), (0.3, 0.3), (0.4999, 0.4999), (0.5, 0.7167), (0.9, 0.95), (1.0, 0.99)]
    """
    if not points:
        return points

    def at(share: float) -> float:
        for (x0, y0), (x1, y1) in pairwise(points):
            if x0 <= share <= x1:
                return round(y0 + (y1 - y0) * (share - x0) / (x1 - x0), _DIGITS)
        return points[-1][1]

    below = [(share, min(confidence, share)) for share, confidence in points if share < _BELOW]
    above = [(share, confidence) for share, confidence in points if share > LIKELY]
    return [*below, (_BELOW, min(at(_BELOW), _BELOW)), (LIKELY, at(LIKELY)), *above]


def promises(judged: Iterable[tuple[float, bool]]) -> Points:
    """For each precision that can be promised the least confidence that holds it."""
    values = sorted(judged, key=lambda value: (-value[0], value[1]))
    steps = _steps([confidence for confidence, _ in values])
    errors = list(accumulate((not right for _, right in values), initial=0))
    found: Points = []
    for precision in PRECISIONS:
        least, needed = None, _needed(precision)
        for threshold, count in steps:
            if _bound(errors[count], count) > 1 - precision:
                if count > needed:
                    break
                continue  # too few values yet to tell anything
            least = threshold
        if least is not None:
            found.append((precision, max(least, found[-1][1] if found else 0.0)))
    return found


def _steps(confidences: Sequence[float]) -> list[tuple[float, int]]:
    """Thresholds from the surest downwards, with the number of values that reach each."""
    rising = confidences[::-1]
    grid = sorted({round(1 - 0.5 * 0.93**step, _DIGITS) for step in range(110)} | {0.5}, reverse=True)
    steps = [(threshold, len(rising) - bisect_left(rising, threshold)) for threshold in grid]
    return [(threshold, count) for threshold, count in steps if count]


@cache
def _bound(wrong: int, count: int) -> float:
    """The upper Clopper-Pearson bound of an error rate."""
    return float(beta.ppf(1 - _RISK, wrong + 1, count - wrong)) if wrong < count else 1.0


def _needed(precision: float) -> int:
    """So many values without any error suffice for a promise; twice as many are enough to give it up."""
    count = 1
    while _bound(0, count) > 1 - precision:
        count *= 2
    return count
