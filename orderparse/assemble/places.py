"""Places: where a value is shown, and the fields that every finding has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from orderparse.document.model import RegionKind
from orderparse.records import Finding
from orderparse.scoring import model
from orderparse.slotted import replace

if TYPE_CHECKING:
    from orderparse.mentions import Mention, Page
    from orderparse.scoring.features import Pool
    from orderparse.scoring.model import Hypothesis

# Where a person would point to: the body first, then the subject, at last what nobody sees.
_PREFERRED = (
    RegionKind.BODY,
    RegionKind.FORWARDED,
    RegionKind.SUBJECT,
    RegionKind.QUOTED,
    RegionKind.HIDDEN,
    RegionKind.MARKUP,
    RegionKind.LINK,
)


# Where the kind of a mail leaves one meaning for a day or a sum that nothing names: its probability, and that as a reason.
BY_KIND = (0.6, (("kind_of_mail", 0.4055),))
P = TypeVar("P", bound=Finding[Any])


def weakened(finding: P, factor: float, reason: str) -> P:
    """The finding with a part of its probability only, and the reason for that."""
    confidence, change = model.weakened(finding.confidence, finding.score, factor)
    return replace(finding, confidence=confidence, reasons=(*finding.reasons, (reason, change)))


def shown(page: Page, pool: Pool) -> Mention:
    """The mention to show for a value."""
    return min(pool.mentions, key=lambda mention: (_PREFERRED.index(page.line_of(mention).region), mention.ident))


def finding_fields(page: Page, hypothesis: Hypothesis) -> dict[str, Any]:
    """The fields of :class:`orderparse.records.Finding` for a code."""
    mention = shown(page, hypothesis.pool)
    return {**place_fields(page, hypothesis, mention), "value": mention.code.value if mention.code is not None else hypothesis.pool.key}


def place_fields(page: Page, hypothesis: Hypothesis, mention: Mention) -> dict[str, Any]:
    """The fields of a finding but its value."""
    line = page.line_of(mention)
    return {
        "confidence": hypothesis.probability,
        "text": page.document.text[mention.span.slice],
        "line": line.number,
        "span": mention.span,
        "hidden": line.region in {RegionKind.HIDDEN, RegionKind.LINK, RegionKind.MARKUP},
        "reasons": tuple(sorted(hypothesis.reasons, key=lambda reason: -abs(reason[1]))),
        "alternatives": tuple((str(role), probability) for role, probability in hypothesis.alternatives if probability >= 0.001),  # noqa: PLR2004
        "notes": tuple((feature, note) for feature, note in hypothesis.pool.roles.get(hypothesis.role, {}).items() if note),
    }
