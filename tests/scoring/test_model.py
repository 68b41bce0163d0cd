import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderparse.errors import KnowledgeError
from orderparse.mentions import MentionKind
from orderparse.scoring import model
from orderparse.scoring.features import Pool

SCALES = model.builtin()
CODE = SCALES.weights["code"]
SUPPORT = sorted(CODE.features)
ROLES = ["order_number", "tracking_number", "product_code", "invoice_number", "phone"]


def probability(roles, context=(), role="order_number"):
    pool = Pool(kind=MentionKind.CODE, key="4821", mentions=[])
    pool.roles = {name: dict.fromkeys(features, "") for name, features in roles.items()}
    pool.context = dict.fromkeys(context, "")
    return {h.role: h.probability for h in model.hypotheses(SCALES, [pool])}.get(role, 0.0)


def test_the_roles_of_one_value_sum_to_at_most_one():
    pool = Pool(kind=MentionKind.CODE, key="1", mentions=[])
    pool.roles = {role: {"label": ""} for role in ROLES}
    assert sum(h.probability for h in model.hypotheses(SCALES, [pool])) <= 1


def test_what_was_paid_may_be_the_total():
    pool = Pool(kind=MentionKind.AMOUNT, key="49.00", mentions=[])
    pool.roles = {"total": {"label": "Total paid"}, "paid": {"label": "Total paid"}, "other": {}}
    found = {h.role: h for h in model.hypotheses(SCALES, [pool])}
    assert min(found["total"].probability, found["paid"].probability) > 0.9
    assert {rival for rival, _ in found["total"].alternatives} == {rival for rival, _ in found["paid"].alternatives} == {"other"}


@given(
    st.dictionaries(st.sampled_from(ROLES), st.sets(st.sampled_from(SUPPORT), max_size=4), min_size=1),
    st.sampled_from(SUPPORT),
    st.sets(st.sampled_from(sorted(CODE.context))),
)
def test_more_support_never_lowers_confidence(roles, extra, context):
    before = probability(roles | {"order_number": roles.get("order_number", set())}, context)
    after = probability(roles | {"order_number": roles.get("order_number", set()) | {extra}}, context)
    assert after >= before - 1e-12


@given(st.sets(st.sampled_from(SUPPORT), max_size=4), st.sampled_from(SUPPORT))
def test_support_for_a_rival_never_raises_confidence(features, extra):
    before = probability({"order_number": features})
    assert probability({"order_number": features, "product_code": {extra}}) <= before + 1e-12


def test_no_weight_of_a_feature_is_negative():
    for weights in SCALES.weights.values():
        assert all(weight >= 0 for weight in weights.features.values())


def test_the_reasons_add_up_to_the_score():
    pool = Pool(kind=MentionKind.CODE, key="4821", mentions=[])
    pool.roles = {"order_number": {"label": "Order number"}}
    pool.context = {"repeated": ""}
    (hypothesis,) = model.hypotheses(model.Model(weights=SCALES.weights, calibration={}), [pool])
    score = sum(weight for _, weight in hypothesis.reasons)
    assert model.softmax({"order_number": score})["order_number"] == pytest.approx(hypothesis.probability)


def test_a_label_beats_a_bare_shape():
    assert probability({"order_number": {"label"}, "tracking_number": {"shape_context_checked"}}) > 0.9


def test_a_hidden_number_is_not_accepted():
    assert probability({"order_number": {"label"}}, {"hidden_only"}) < 0.5


@given(st.floats(0, 1), st.floats(0, 1))
def test_calibration_never_turns_the_order_of_two_probabilities(left, right):
    low, high = sorted((left, right))
    for situation in model.Situation:
        assert SCALES.calibrated("order_number", low, situation) <= SCALES.calibrated("order_number", high, situation)


def test_a_falling_calibration_map_does_not_load(tmp_path):
    (tmp_path / "weights.json").write_text("{}")
    (tmp_path / "promises.json").write_text("{}")
    (tmp_path / "calibration.json").write_text(json.dumps({"order_number": {"known": [[0, 0.5], [1, 0.4]], "unknown": []}}))
    with pytest.raises(KnowledgeError, match="does not rise"):
        model.load(tmp_path)


def test_missing_weights_do_not_load(tmp_path):
    with pytest.raises(KnowledgeError):
        model.load(tmp_path)


def test_every_weight_belongs_to_a_feature_that_some_code_gives():
    package = Path(model.__file__).parents[1]
    source = "".join(
        path.read_text(encoding="utf-8") for folder in ("readers", "scoring", "assemble") for path in (package / folder).glob("*.py")
    )
    built = {
        f"subject_{how}"
        for how in (
            "label",
            "label_near",
            "label_after",
            "noun",
            "noun_line",
            "noun_number",
            "noun_cell",
            "noun_far",
            "wording",
            "kind_phrase",
        )
    }
    built |= {f"shape_{tier}{checked}" for tier in ("distinctive", "known_carrier", "context", "named") for checked in ("", "_checked")}
    built |= {"noun_above", "noun_below", *(f"{place}_first" for place in ("subject", "heading", "opening"))}
    names = {name for weights in SCALES.weights.values() for table in (weights.features, weights.context) for name in table}
    assert {name for name in names - built if f'"{name}"' not in source} == set()
