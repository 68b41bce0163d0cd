"""Templates: the subjects that a merchant's own file knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderparse.mentions import MentionKind
from orderparse.readers.evidence import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orderparse.mentions import Page


def read(page: Page) -> Iterator[Evidence]:
    """Evidence from subjects of the sender's merchant, and of the platform that the shop runs on."""
    for merchant in {page.parties.merchant, page.parties.platform, *page.parties.linked_merchants} - {None}:
        assert merchant is not None  # noqa: S101  # for the type checker: None was taken out above
        subject = page.document.lines[0]
        for template, slots in merchant.match_subject(page.document.folded[subject.span.slice]):
            for role, (start, end) in slots.items():
                for mention in page.line_mentions.get(0, ()):
                    if mention.kind is MentionKind.CODE and (mention.span.start, mention.span.end) == (
                        subject.span.start + start,
                        subject.span.start + end,
                    ):
                        yield Evidence(mention, role, "merchant_subject", template.text)
