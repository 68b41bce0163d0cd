"""Articles: numbers by which goods are ordered, which a catalogue and a list of goods may call as an order's: German "Bestell-Nr."."""

from __future__ import annotations

from collections import defaultdict
from math import log1p
from typing import TYPE_CHECKING

from orderparse.mentions import MentionKind
from orderparse.readers.gaps import PUNCTUATION
from orderparse.roles import Role
from orderparse.scoring.model import LIKELY
from orderparse.slotted import replace
from orderparse.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from orderparse.mentions import Page
    from orderparse.scoring.features import Pool
    from orderparse.scoring.model import Hypothesis

_ROLES = frozenset({Role.ORDER_NUMBER.value, Role.PRODUCT_CODE.value})
_SEVERAL = 3  # numbers with one label: hardly the orders of one mail
_GOODS = "goods_column"
# Features that stand on a label, whose words are their notes.
_LABELLED = frozenset({"label", "label_near", "label_above", "label_after", "column_heading", "row_heading", _GOODS})
_OF_NUMBER = frozenset({"merchant_shape", "subject_bare", "linked"})  # what says nothing of the role


def told_apart(page: Page, found: Sequence[Hypothesis]) -> list[Hypothesis]:
    """Hypotheses in which a number that may be the order's or an article's, by its label, is one of them.

    It is an article's where another number is surely the order's, or where several have the same label.
    """
    order = {id(h.pool): h for h in found if h.pool.kind is MentionKind.CODE and h.role == Role.ORDER_NUMBER}
    article = {id(h.pool): h for h in found if h.role == Role.PRODUCT_CODE}
    both = {
        page.document.folded[match.span.slice].strip(PUNCTUATION)
        for match in page.phrases
        if {meaning.key for meaning in match.meanings if meaning.section == "label"} >= _ROLES
    }
    labels = {key: _labels_of_both(h.pool, both) for key, h in order.items()}
    doubtful = {key: label for key, label in labels.items() if label is not None}
    if not doubtful:
        return list(found)
    named = any(label == "" or (label is None and order[key].probability >= LIKELY) for key, label in labels.items())
    numbers: defaultdict[str, set[str]] = defaultdict(set)
    for key, label in doubtful.items():
        numbers[label].add(order[key].pool.key)
    kept: list[Hypothesis] = []
    for h in found:
        key = id(h.pool)
        if key not in doubtful or h.role not in {Role.ORDER_NUMBER, Role.PRODUCT_CODE}:
            kept.append(h)
            continue
        goods = bool(doubtful[key]) and (named or len(numbers[doubtful[key]]) >= _SEVERAL)
        right, wrong = (article, order) if goods else (order, article)
        if key not in right:  # a column of goods that is headed as the order's
            kept.append(replace(h, role=Role.PRODUCT_CODE.value))
        elif h is right[key]:
            kept.append(_with(h, wrong.get(key)))
    return kept


def _labels_of_both(pool: Pool, both: AbstractSet[str]) -> str | None:
    """The label by which alone a number is an order's or an article's; empty where more than such a label calls it the order's.

    None where no such label makes it an article's.
    """
    features, others = pool.roles[Role.ORDER_NUMBER], pool.roles.get(Role.PRODUCT_CODE, {})
    if _GOODS not in features and not any(name in _LABELLED and _bare(note) in both for name, note in others.items()):
        return None
    doubtful = [_bare(note) for name, note in features.items() if name == _GOODS or (name in _LABELLED and _bare(note) in both)]
    told = any(name not in _OF_NUMBER for name in features) and len(doubtful) < sum(name not in _OF_NUMBER for name in features)
    return "" if told or not doubtful else doubtful[0]


def _bare(note: str) -> str:
    return fold(note).strip(PUNCTUATION)


def _with(hypothesis: Hypothesis, rival: Hypothesis | None) -> Hypothesis:
    """A hypothesis with the share of the rival that it has won against, and the score that they come to."""
    if rival is None:
        return hypothesis
    more = rival.probability / hypothesis.probability
    return replace(
        hypothesis,
        probability=min(hypothesis.probability + rival.probability, 1.0),
        reasons=(*hypothesis.reasons, ("told_apart", round(log1p(more), 4))),
        alternatives=tuple(other for other in hypothesis.alternatives if other[0] != rival.role),
    )
