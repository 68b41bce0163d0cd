"""What a careful reader would like to be told: parts of a mail that disagree, links that lead elsewhere.

Nothing is repaired: what is doubtful loses a part of its probability, and the defect says why. What people see comes first,
then the plain text beside it, then markup for machines.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeVar

from orderparse.assemble.places import weakened
from orderparse.document.model import RegionKind
from orderparse.mentions import MentionKind
from orderparse.records import Defect, Finding
from orderparse.roles import Role
from orderparse.scoring.model import LIKELY
from orderparse.text.patterns import lazy
from orderparse.values.links import registrable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orderparse.mentions import Page
    from orderparse.records import TrackingNumber
    from orderparse.scoring.model import Hypothesis

F = TypeVar("F", bound=Finding[str])

_SEEN: Final = frozenset({RegionKind.SUBJECT, RegionKind.BODY, RegionKind.FORWARDED})
_ANOTHER_IN_PLAIN: Final = 0.85  # what is left of a number in the HTML, where the plain text has another in its place
_BESIDE_HTML: Final = 0.6  # of that other number: people who read plain text see it
_BESIDE_SHOWN: Final = 0.4  # of one in markup alone, where another is shown
_PLAIN: Final = lazy(r"[\W_]")
_URL: Final = lazy(r"\s*(?:https?://)?(?:[^\s/@]{1,80}@)?((?:[\w-]{1,63}\.){1,8}[a-z]{2,18})(?=[/?#:\s]|$)", re.IGNORECASE)
_SHORTEST_HOST: Final = 4
_LINK_TEXT: Final = 200  # characters of a link that are looked at

DETAILS: Final = {
    "alternatives_disagree": "the plain text has another number in the place of one in the HTML",
    "markup_disagrees": "markup for machines has another number than the mail shows",
    "link_mismatch": "a link shows one web address and leads to another",
}


def settled(
    page: Page, found: Sequence[Hypothesis], order_numbers: tuple[Finding[str], ...], tracking_numbers: tuple[TrackingNumber, ...]
) -> tuple[tuple[Finding[str], ...], tuple[TrackingNumber, ...], tuple[Defect, ...]]:
    """The numbers, weakened where the mail's own parts disagree about them, and what is to be told of it."""
    told: set[str] = set()
    orders = _settled(page, found, order_numbers, Role.ORDER_NUMBER, told)
    parcels = _settled(page, found, tracking_numbers, Role.TRACKING_NUMBER, told)
    if any(True for _ in mismatched(page)):
        told.add("link_mismatch")
    return orders, parcels, tuple(Defect(code=code, detail=detail) for code, detail in DETAILS.items() if code in told)


def _settled(page: Page, found: Sequence[Hypothesis], findings: tuple[F, ...], role: Role, told: set[str]) -> tuple[F, ...]:
    likely = {_key(finding.value) for finding in findings if finding.confidence >= LIKELY}
    if not likely:
        return findings
    sources: dict[str, set[str]] = {}
    for hypothesis in found:
        if hypothesis.role == role and hypothesis.pool.kind is MentionKind.CODE and hypothesis.pool.key in likely:
            lines = [page.line_of(mention) for mention in hypothesis.pool.mentions]
            seen = {line.source for line in lines if line.region in _SEEN}
            hidden = {line.region.value for line in lines if line.region not in _SEEN}
            sources[hypothesis.pool.key] = seen | hidden
    factors: dict[str, tuple[float, str]] = {}
    shown = {key for key, where in sources.items() if where & {"html", "plain", "subject"}}
    in_html = {key for key, where in sources.items() if "html" in where and "plain" not in where}
    in_plain = {key for key, where in sources.items() if "plain" in where and "html" not in where and "subject" not in where}
    unseen = {key for key, where in sources.items() if where == {RegionKind.MARKUP.value}}
    if in_html and in_plain:
        told.add("alternatives_disagree")
        factors.update(dict.fromkeys(in_html, (_ANOTHER_IN_PLAIN, "alternatives_disagree")))
        factors.update(dict.fromkeys(in_plain, (_BESIDE_HTML, "alternatives_disagree")))
    if shown and unseen:
        told.add("markup_disagrees")
        factors.update(dict.fromkeys(unseen, (_BESIDE_SHOWN, "markup_disagrees")))
    return tuple(weakened(finding, *factors[key]) if (key := _key(finding.value)) in factors else finding for finding in findings)


def _key(value: str) -> str:
    return _PLAIN.sub("", value).upper() or value


def mismatched(page: Page) -> Iterator[tuple[str, str]]:
    """Links whose text is a web address of one domain, and which lead to another that is not the sender's: both domains.

    What is not known is the target behind a newsletter's counting link on the sender's own domain, so such links pass.
    """
    sender = page.parties.sender
    own = registrable(sender.domain) if sender is not None else ""
    for link in page.document.links:
        if link.span.size >= _SHORTEST_HOST:
            match = _URL.match(page.document.text[link.span.start : min(link.span.end, link.span.start + _LINK_TEXT)])
            if match is None:
                continue
            shown, target = registrable(match[1].lower()), registrable(link.url.host)
            if target not in (shown, own) and "." in shown:
                yield shown, target
