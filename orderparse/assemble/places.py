"""Places: where a value is shown, and the fields that every finding has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orderparse.document.model import RegionKind

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
        "alternatives": tuple((role, probability) for role, probability in hypothesis.alternatives if probability >= 0.001),  # noqa: PLR2004
    }
