"""Certainty: shares become confidences by the calibration maps, and what does not hold a promised precision is left out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, TypeVar

from orderparse.assemble import doubts
from orderparse.records import AmountFinding, DateFinding, Finding, Identifier, Merchant, TrackingNumber
from orderparse.scoring.model import LISTED
from orderparse.slotted import dataclass, field, replace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orderparse.scoring.model import Model, Situation

_READINGS = "several_readings"
# All readings of a day together are as sure as their role is; a second total has lost already, a doubtful number is.
_NOT_LIFTED = frozenset(
    {
        _READINGS,
        "another_total",
        "another_subtotal",
        "doubtful_sender",
        "on_its_way",
        "alternatives_disagree",
        "markup_disagrees",
        *doubts.REASONS,
    }
)
_FAILED, _FAILED_AT_MOST = "failed_authentication", 0.3
F = TypeVar("F", bound=Finding[Any])


def role_of(finding: Finding[Any], otherwise: str = "order_number") -> str:
    """The role by which a finding is calibrated and promised."""
    match finding:
        case TrackingNumber():
            return "tracking_number"
        case Identifier():
            return finding.role.value
        case DateFinding():
            return f"date:{finding.role}"
        case AmountFinding():
            return f"amount:{finding.role}"
        case Merchant():
            return "merchant"
    return otherwise


@dataclass(slots=True, kw_only=True)
class Certainty:
    """How sure the findings of one mail are, in its situation.

    With a ``precision`` only findings are kept that hold it in their role; the others are counted by role.
    """

    scales: Model
    situation: Situation
    precision: float | None = None
    left_out: Counter[str] = field(default_factory=Counter)

    def of(self, findings: Iterable[F], role: str = "order_number") -> tuple[F, ...]:
        """The findings with their confidences; those that nobody would believe are dropped."""
        sure = (self._calibrated(finding, role_of(finding, role)) for finding in findings)
        return tuple(
            finding
            for finding in sure
            if finding.confidence >= LISTED
            and self.holds(finding.confidence, role_of(finding, role), itself=any(name == _READINGS for name, _ in finding.reasons))
        )

    def one(self, finding: F | None, role: str) -> F | None:
        """The same for a single finding."""
        return next(iter(self.of((finding,), role)), None) if finding is not None else None

    def share(self, role: str, share: float) -> float:
        """The confidence that a share comes to."""
        return self.scales.calibrated(role, share, self.situation)

    def _calibrated(self, finding: F, role: str) -> F:
        share = finding.confidence
        confidence = self.share(role, share)
        if any(name in _NOT_LIFTED for name, _ in finding.reasons):
            confidence = min(confidence, share)
        if any(name == _FAILED for name, _ in finding.reasons):
            confidence = min(confidence, _FAILED_AT_MOST)
        # What the map takes from a role or gives to it, its rivals and "no role" give or get by their shares.
        scale = (1 - confidence) / (1 - share) if share < 1 else 0.0
        rivals = tuple((other, value * scale) for other, value in finding.alternatives)
        return replace(finding, confidence=confidence, share=share, alternatives=rivals)

    def holds(self, confidence: float, role: str, *, itself: bool = False) -> bool:
        """Whether a value so sure holds the promised precision; counted if not.

        A day of several readings must be so sure ``itself``: 05/06 is the fifth of June in one country and not in another, which
        is nothing that the other days of its role could tell.
        """
        if self.precision is None:
            return True
        least = self.scales.least(role, self.precision, self.situation)
        if itself and least is not None:
            least = max(least, self.precision)
        if least is not None and confidence >= least:
            return True
        self.left_out[role] += 1
        return False
