"""Consignments: which number is that of a parcel, which of a shipment of parcels, and which of the order that both belong to."""

from __future__ import annotations

from math import log1p
from typing import TYPE_CHECKING

from orderparse.document.model import RegionKind
from orderparse.roles import Role
from orderparse.scoring.model import LIKELY
from orderparse.slotted import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from orderparse.mentions import Page
    from orderparse.scoring.model import Hypothesis

_OF_PARCEL = frozenset({Role.TRACKING_NUMBER.value, Role.SHIPMENT_NUMBER.value})
_SURE, _UNSURE = 0.9, 0.2  # of a parcel beside which another number is somebody else's; of that other
_OTHERS = 0.4  # what is left of a number in the subject beside another that is labelled
_ANNOUNCED = 0.75  # the most that a number in a subject about a parcel is likely the order's


def told_from_parcels(page: Page, found: Sequence[Hypothesis], *, carried: bool) -> Sequence[Hypothesis]:
    """The hypotheses, with shipments told from parcels.

    A shipment number is the tracking number where a mail that is ``carried``, about something under way, has no other number to track by;
    a number whose label says either is the shipment's beside that of a parcel.
    """
    parcels = {id(h.pool) for h in found if h.role == Role.TRACKING_NUMBER and h.probability >= _SURE and not _may_be_shipment(h)}
    if parcels:
        found = _once_a_role(_of_shipment(h) if h.role == Role.TRACKING_NUMBER and _may_be_shipment(h) else h for h in found)
    elif carried and not any(h.role == Role.TRACKING_NUMBER and h.probability >= LIKELY for h in found):
        found = _once_a_role(_tracked_by(h) if h.role == Role.SHIPMENT_NUMBER and "link_only" not in h.pool.context else h for h in found)
    return _beside_labelled(page, _of_subject(page, found, parcels))


def _beside_labelled(page: Page, found: Sequence[Hypothesis]) -> Sequence[Hypothesis]:
    """An order number behind "#" that the subject alone names is not sure where the mail labels another: "Shipment notification #77"."""
    labelled = {
        id(h.pool)
        for h in found
        if h.role == Role.ORDER_NUMBER and h.probability >= _SURE and "label" in h.pool.roles.get(Role.ORDER_NUMBER, {})
    }
    if not labelled:
        return found
    return [
        h.weakened(_OTHERS, "another_is_labelled")
        if h.role == Role.ORDER_NUMBER and id(h.pool) not in labelled and _is_announced(page, h)
        else h
        for h in found
    ]


def _may_be_shipment(hypothesis: Hypothesis) -> bool:
    """Whether a number's label means a shipment as well as a parcel, and no page of a carrier shows it: Norwegian "Sendingsnummer"."""
    roles = hypothesis.pool.roles
    linked = any("link" in name for name in roles.get(Role.TRACKING_NUMBER, ()))
    return "label" in roles.get(Role.SHIPMENT_NUMBER, ()) and not linked


def _of_shipment(hypothesis: Hypothesis) -> Hypothesis:
    rivals = tuple(rival for rival in hypothesis.alternatives if rival[0] != Role.SHIPMENT_NUMBER)
    return replace(hypothesis, role=Role.SHIPMENT_NUMBER.value, alternatives=rivals)


def _of_subject(page: Page, found: Sequence[Hypothesis], parcels: set[int]) -> Sequence[Hypothesis]:
    """The number behind "#" in a subject that announces a parcel, as the order's: "Shipment notification #R451920738".

    Only where the mail tells another number to track by, no order number, and no carrier numbers so.
    """
    if not parcels or any(h.role == Role.ORDER_NUMBER and h.probability >= LIKELY for h in found):
        return found
    announced = {id(h.pool) for h in found if h.role in _OF_PARCEL and h.probability >= _UNSURE and _is_announced(page, h)}
    if len(announced) != 1 or not parcels - announced:
        return found
    kept = [h for h in found if id(h.pool) not in announced]
    own = [h for h in found if id(h.pool) in announced and h.role in _OF_PARCEL]
    best = max(own, key=lambda h: h.probability)
    share = min(sum(h.probability for h in own), _ANNOUNCED)
    told = replace(best, role=Role.ORDER_NUMBER.value, probability=share, reasons=(*best.reasons, ("beside_parcel", 0.0)), alternatives=())
    return [*kept, told]


def _is_announced(page: Page, hypothesis: Hypothesis) -> bool:
    """Whether a number stands behind "#" in the subject alone, and has the form of no carrier's."""
    told = hypothesis.pool.roles.get(hypothesis.role, {})
    return not any(name.startswith("shape_") for name in told) and all(
        page.line_of(mention).region is RegionKind.SUBJECT and page.document.text[: mention.span.start].endswith("#")
        for mention in hypothesis.pool.mentions
    )


def _once_a_role(found: Iterable[Hypothesis]) -> list[Hypothesis]:
    """A pool that holds a role twice keeps it once, with both probabilities and the score that they come to."""
    kept: dict[tuple[int, str], Hypothesis] = {}
    for hypothesis in found:
        key = (id(hypothesis.pool), hypothesis.role)
        if key in kept:
            first, second = sorted((kept[key], hypothesis), key=lambda one: -one.probability)
            more = second.probability / first.probability
            kept[key] = replace(
                first,
                probability=min(first.probability * (1 + more), 1.0),
                reasons=(*first.reasons, ("only_number_to_track", round(log1p(more), 4))),
                alternatives=tuple(rival for rival in first.alternatives if rival[0] != Role.SHIPMENT_NUMBER),
            )
        else:
            kept[key] = hypothesis
    return list(kept.values())


def _tracked_by(hypothesis: Hypothesis) -> Hypothesis:
    """A shipment number as the number to track by; the share that it had as tracking number is joined to it."""
    rivals = tuple(rival for rival in hypothesis.alternatives if rival[0] != Role.TRACKING_NUMBER)
    return replace(hypothesis, role=Role.TRACKING_NUMBER.value, alternatives=rivals)
