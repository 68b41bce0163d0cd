from collections import Counter

from orderparse.scoring.model import Weights
from orderparse.training import fit, weights
from orderparse.training.observe import KindPattern, Pattern

JUDGED = Weights(
    bias={"*": -2.0},
    features={"label": 3.0, "shape_named": 1.0, "shape_named_checked": 2.0},
    roles={},
    context={"repeated": 0.5, "hidden_only": -3.0},
)


def code(roles, right, context=()):
    return Pattern("code", tuple((role, tuple(names)) for role, names in roles.items()), tuple(context), tuple(right))


def test_a_reason_that_is_always_right_gains_weight_and_one_that_is_not_loses_it():
    counted = Counter({
        code({"order_number": ["label"]}, ["order_number"]): 4000,
        code({"tracking_number": ["shape_named"]}, []): 4000,
    })  # fmt: skip
    fitted = weights.fit_values(counted, "code", JUDGED)
    assert fitted.of("order_number", "label") > 3.0
    assert fitted.of("tracking_number", "shape_named") < 1.0


def test_no_reason_is_turned_into_its_opposite():
    counted = Counter({
        code({"order_number": ["label"]}, []): 9000,
        code({"order_number": []}, ["order_number"], ["hidden_only"]): 9000,
        code({"order_number": []}, [], ["repeated"]): 9000,
    })  # fmt: skip
    fitted = weights.fit_values(counted, "code", JUDGED)
    assert fitted.of("order_number", "label") >= 0
    assert fitted.context["hidden_only"] <= 0
    assert fitted.context["repeated"] >= 0


def test_a_right_check_digit_never_counts_less_than_none():
    counted = Counter({
        code({"tracking_number": ["shape_named"]}, ["tracking_number"]): 5000,
        code({"tracking_number": ["shape_named_checked"]}, []): 5000,
    })  # fmt: skip
    fitted = weights.fit_values(counted, "code", JUDGED)
    assert fitted.of("tracking_number", "shape_named_checked") >= fitted.of("tracking_number", "shape_named")


def test_what_the_mails_do_not_show_keeps_its_judged_weight():
    fitted = weights.fit_values(Counter({code({"order_number": ["label"]}, ["order_number"]): 10}), "code", JUDGED)
    assert fitted.features["shape_named"] == 1.0
    assert fitted.context == JUDGED.context


def test_kinds_learn_from_the_kinds_that_were_not_told():
    counted = Counter({
        KindPattern((("refund", (("body", 1.0),)),), "refund"): 300_000,
        KindPattern((("shipping", (("body", 1.0),)),), "other"): 300_000,
    })  # fmt: skip
    judged = Weights(bias={"*": 0.0}, features={"body": 1.0}, roles={}, context={})
    fitted = weights.fit_kinds(counted, judged)
    assert fitted.of("refund", "body") > fitted.of("shipping", "body")


def test_the_shipped_weights_keep_the_signs_of_the_judged_ones():
    from orderparse.scoring import model

    judged, shipped = fit.judgement(), model.builtin()
    assert judged.weights.keys() == shipped.weights.keys()
    for kind, table in shipped.weights.items():
        assert table.features.keys() == judged.weights[kind].features.keys()
        assert all(weight >= 0 for own in (table.features, *table.roles.values()) for weight in own.values())
        for name, weight in table.context.items():
            assert weight * judged.weights[kind].context[name] >= 0
        for own in (table.features, *table.roles.values()):
            for name in own:
                if name.endswith("_checked"):
                    plain = name.removesuffix("_checked")
                    assert own[name] >= own.get(plain, table.features[plain]) - 1e-9
