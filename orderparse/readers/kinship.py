"""Kinship: which of the labels on a line may be that of a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderparse.languages import DATE_LABELS
from orderparse.mentions import MentionKind
from orderparse.readers.headings import LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orderparse.languages.vocabulary import Phrase
    from orderparse.mentions import Mention, Page
    from orderparse.text.phrases import PhraseMatch


def cut_short(match: PhraseMatch[Phrase], labels: Sequence[PhraseMatch[Phrase]]) -> bool:
    """Whether a label begins or ends within a longer one: the "order of" of "order code of the seller"."""
    return any(
        other.span.overlaps(match.span)
        and other.span.size > match.span.size
        and not other.span.holds(match.span)
        and any(meaning.section == "label" for meaning in other.meanings)
        # "Expected delivery" is not cut by the "delivery to a shop" that is a label of a sum.
        and (other.span.start < match.span.start or not any(is_kin(match, kind) for kind in LABELS) or any(_both_kin(other, match)))
        for other in labels
    )


def _both_kin(one: PhraseMatch[Phrase], other: PhraseMatch[Phrase]) -> Iterator[bool]:
    return (is_kin(one, kind) and is_kin(other, kind) for kind in LABELS)


def runs_into(page: Page, match: PhraseMatch[Phrase], mention: Mention) -> bool:
    """Whether a label and a value share a word between them: "Total EUR 49.00", Hebrew "ביום שני 8/7", where it is that of weekdays."""
    shared = page.document.folded[mention.span.start : match.span.end]
    return (
        mention.kind is not MentionKind.CODE
        and match.span.start < mention.span.start < match.span.end < mention.span.end
        and not any(char.isdigit() for char in shared)
    )


def may_name(match: PhraseMatch[Phrase], mention: Mention, last_day: int) -> bool:
    """Whether a label may be that of a value: a code's is no label of a day that stands between, "received on 3 May (number: 4821)".

    ``last_day`` is where the last day before the value begins.
    """
    if mention.kind is not MentionKind.CODE:
        return is_kin(match, mention.kind)
    return match.span.end > last_day or not all(meaning.section == "label" and meaning.key in DATE_LABELS for meaning in match.meanings)


def is_kin(match: PhraseMatch[Phrase], kind: MentionKind) -> bool:
    """Whether a phrase is a label for values of a kind: between a date and its label the labels of numbers do not count."""
    return any(meaning.section == "label" and meaning.key in LABELS[kind] for meaning in match.meanings)
