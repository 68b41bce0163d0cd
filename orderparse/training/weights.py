"""Weights: what each reason is worth, fitted to patterns of made-up mails.

A maximum a posteriori fit of the softmax of :mod:`orderparse.scoring.model`. What a person judged before any mail was
counted (``judgement.json``) is the prior: a feature of which the mails say little keeps its judged weight. A role has a weight
of its own for a feature where the mails tell it from the other roles'. Signs are by meaning: what speaks for a role never
weighs less than nothing, and a shape whose check digit is right never less than the shape without.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import minimize

from orderparse.scoring.model import FAMILIES, SUPPORT, Weights

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from orderparse.training.observe import KindPattern, Pattern

_ROUNDS = 3  # which feature of a family is the strongest follows from the weights, and they from it
_OWN_DEVIATION = 0.6  # of a role's weight from that of the feature; of a hint less, as below
_JUDGED_DEVIATION = 1.2  # of a weight from what a person judged
_BIAS_DEVIATION = 0.3  # of a bias: how much of what stands in mails is nothing at all, the generator knows least
_WEAK = 2.0  # log-odds: a hint, of which the generator makes fewer false ones than the world
_WEAK_DEVIATION = 0.3  # of a hint and of a bare shape
_TEMPER = 0.03  # a made-up mail counts for less than a mail: the generator is not the world
_KIND_TEMPER = 0.001  # and it knows least of which words a mail of a kind has besides those that tell it
_TELLS = 0.15  # a role's own weight is kept where it differs by so much
_DIGITS = 2


@dataclass(frozen=True, slots=True)
class _Case:
    """A pattern as the fit sees it: for each role its features with how much of each; which roles are right; how often."""

    roles: tuple[tuple[str, tuple[tuple[str, float], ...]], ...]
    context: tuple[str, ...]
    right: frozenset[str]
    count: int


def fit_values(counted: Mapping[Pattern, int], kind: str, judged: Weights) -> Weights:
    """The weights for one kind of value: code, date or amount."""
    cases = [
        _Case(
            tuple((role, tuple((name, 1.0) for name in names)) for role, names in pattern.roles),
            pattern.context,
            frozenset(pattern.right),
            n,
        )
        for pattern, n in sorted(counted.items())
        if pattern.kind == kind
    ]
    return _fitted(cases, judged, _TEMPER, nothing=True)


def fit_kinds(counted: Mapping[KindPattern, int], judged: Weights) -> Weights:
    """The weights for the kind of a mail; every kind takes part, with or without a feature."""
    every = sorted({kind for pattern in counted for kind, _ in pattern.kinds} | {pattern.right for pattern in counted})
    cases = []
    for pattern, n in sorted(counted.items()):
        told = dict(pattern.kinds)
        cases.append(_Case(tuple((kind, told.get(kind, ())) for kind in every), (), frozenset({pattern.right}), n))
    return _fitted(cases, judged, _KIND_TEMPER, nothing=False)


def _fitted(cases: Sequence[_Case], judged: Weights, temper: float, *, nothing: bool) -> Weights:
    weights = judged
    for _ in range(_ROUNDS):
        weights = _round(cases, weights, judged, temper, nothing=nothing)
    return _rounded(weights)


class _Parameters:
    """Numbers for the parameters: biases by role, features in general and by role, context."""

    def __init__(self, cases: Sequence[_Case], judged: Weights) -> None:
        pairs = sorted({(role, name) for case in cases for role, names in case.roles for name, _ in names})
        roles = sorted({role for case in cases for role, _ in case.roles})
        self.index: dict[tuple[str, ...], int] = {}
        for key in (
            *(("bias", role) for role in roles),
            *(("feature", name) for name in sorted(judged.features)),
            *(("own", role, name) for role, name in pairs if name in judged.features),
            *(("context", name) for name in sorted(judged.context)),
        ):
            self.index[key] = len(self.index)
        self.judged = np.zeros(len(self.index))
        self.deviation = np.full(len(self.index), _JUDGED_DEVIATION)
        self.low = np.full(len(self.index), -np.inf)
        self.high = np.full(len(self.index), np.inf)
        for key, at in self.index.items():
            if key[0] == "bias":
                self.judged[at] = judged.bias.get(key[1], judged.bias["*"])
                self.deviation[at] = _BIAS_DEVIATION
            elif key[0] == "context":
                self.judged[at] = judged.context[key[1]]
                # What speaks against a value stays so, what speaks for it too.
                self.low[at], self.high[at] = (0.0, np.inf) if self.judged[at] > 0 else (-np.inf, 0.0)
            elif key[0] == "feature":
                self.judged[at] = judged.features[key[1]]
                self.low[at] = 0.0
                if self.judged[at] <= _WEAK or key[1].startswith("shape_"):
                    self.deviation[at] = _WEAK_DEVIATION
            else:
                self.judged[at] = judged.of(key[1], key[2])
                self.low[at] = 0.0
        own = [(at, self.index["feature", key[2]]) for key, at in self.index.items() if key[0] == "own"]
        self.own = np.array([at for at, _ in own], dtype=int)
        self.general = np.array([at for _, at in own], dtype=int)
        # A role's own weight is judged relative to the feature's: what a person set apart stays apart unless mails say otherwise.
        self.own_deviation = np.array([_OWN_DEVIATION * self.deviation[at] / _JUDGED_DEVIATION for _, at in own])
        self.apart = self.judged[self.own] - self.judged[self.general] if own else np.zeros(0)


def _round(cases: Sequence[_Case], weights: Weights, judged: Weights, temper: float, *, nothing: bool) -> Weights:
    """One convex fit, with the strongest feature of each family as the weights have it."""
    known = _Parameters(cases, judged)
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    starts, right, counts = [0], [], []
    row = 0
    for case in cases:
        for role, names in case.roles:
            rows.append(row)
            columns.append(known.index["bias", role])
            values.append(1.0)
            for name, much in _shared(weights, role, names):
                if ("own", role, name) in known.index:
                    rows.append(row)
                    columns.append(known.index["own", role, name])
                    values.append(much)
            for name in case.context:
                if ("context", name) in known.index:
                    rows.append(row)
                    columns.append(known.index["context", name])
                    values.append(1.0)
            right.append(1.0 / len(case.right) if role in case.right else 0.0)
            row += 1
        starts.append(row)
        counts.append(case.count)
    matrix = _sparse(rows, columns, values, row, len(known.index))
    solution = _solve(known, matrix, np.array(starts), np.array(right), np.array(counts, float) * temper, nothing=nothing)
    return _as_weights(known, solution, judged)


def _sparse(rows: list[int], columns: list[int], values: list[float], height: int, width: int) -> Any:
    from scipy.sparse import csr_matrix  # noqa: PLC0415  # heavy

    return csr_matrix((values, (rows, columns)), shape=(height, width))


def _shared(weights: Weights, role: str, names: tuple[tuple[str, float], ...]) -> list[tuple[str, float]]:
    """Features with how much of their weight counts: the strongest of a family fully, the others as support."""
    families: dict[str, list[tuple[float, str, float]]] = {}
    for name, much in names:
        families.setdefault(FAMILIES.get(name, name), []).append((weights.of(role, name), name, much))
    found = []
    for family in families.values():
        family.sort(reverse=True)
        found += [(name, much if at == 0 else much * SUPPORT) for at, (_, name, much) in enumerate(family)]
    return found


def _solve(known: _Parameters, matrix: Any, starts: Any, right: Any, counts: Any, *, nothing: bool) -> Any:
    first = starts[:-1]
    sizes = np.diff(starts)
    mass: Any = np.repeat(counts, sizes)

    def loss(theta: Any) -> tuple[float, Any]:
        scores = matrix @ theta
        top = np.maximum.reduceat(scores, first)
        top = np.maximum(top, 0.0) if nothing else top
        exponents = np.exp(scores - np.repeat(top, sizes))
        total = np.add.reduceat(exponents, first) + (np.exp(-top) if nothing else 0.0)
        log_total = np.log(total) + top
        likelihood = counts @ (np.add.reduceat(right * scores, first) - log_total)
        shares = exponents / np.repeat(total, sizes)
        gradient = matrix.T @ (mass * (shares - right))
        apart = theta[known.own] - theta[known.general] - known.apart
        away = theta - known.judged
        away[known.own] = 0.0
        value = -likelihood + apart @ (apart / known.own_deviation**2) / 2 + away @ (away / known.deviation**2) / 2
        gradient = gradient + away / known.deviation**2
        np.add.at(gradient, known.own, apart / known.own_deviation**2)
        np.add.at(gradient, known.general, -apart / known.own_deviation**2)
        return float(value), gradient

    bounds = list(zip(known.low, known.high, strict=True))
    options = {"maxiter": 3000, "maxfun": 6000, "ftol": 1e-13, "gtol": 1e-7, "maxcor": 30}
    return minimize(loss, known.judged, jac=True, method="L-BFGS-B", bounds=bounds, options=options).x


def _as_weights(known: _Parameters, theta: Any, judged: Weights) -> Weights:
    roles: dict[str, dict[str, float]] = {role: dict(own) for role, own in judged.roles.items()}
    bias, features, context = dict(judged.bias), dict(judged.features), dict(judged.context)
    for key, at in known.index.items():
        value = float(theta[at])
        match key:
            case ("bias", role):
                bias[role] = value
            case ("feature", name):
                features[name] = value
            case ("own", role, name):
                roles.setdefault(role, {})[name] = value
            case ("context", name):
                context[name] = value
    for own in (features, *roles.values()):
        for name in own:
            if name.endswith("_checked"):
                plain = name.removesuffix("_checked")
                own[name] = max(own[name], own.get(plain, features.get(plain, 0.0)))
    return Weights(bias=bias, features=features, roles=roles, context=context)


def _rounded(weights: Weights) -> Weights:
    """The weights as they are shipped: two decimals, and of a role's own only those that differ."""
    features = {name: round(value, _DIGITS) for name, value in weights.features.items()}
    roles = {
        role: {
            name: round(value, _DIGITS)
            for name, value in sorted(own.items())
            if not math.isclose(value, features.get(name, 0.0), abs_tol=_TELLS)
        }
        for role, own in sorted(weights.roles.items())
    }
    return Weights(
        bias={role: round(value, _DIGITS) for role, value in weights.bias.items()},
        features=features,
        roles={role: own for role, own in roles.items() if own},
        context={name: round(value, _DIGITS) for name, value in weights.context.items()},
    )
