import math
from pathlib import Path

import pytest

import orderparse
from orderparse.assemble.certainty import Certainty
from orderparse.records import Finding, Identifier
from orderparse.roles import Role
from orderparse.scoring import model

MAILS = sorted((Path(__file__).parents[2] / "fixtures" / "mails").glob("*.eml"))
MAPS = {"order_number": {"known": [(0.0, 0.0), (0.5, 0.2), (1.0, 0.9)], "unknown": []}}
PROMISES = {"order_number": {"known": [(0.9, 0.4), (0.99, 0.8)], "unknown": []}}
SCALES = model.Model(weights={}, calibration=MAPS, promises=PROMISES)
NUMBERS = (
    Finding(value="1", confidence=0.5, alternatives=(("product_code", 0.4),)),
    Finding(value="2", confidence=1.0),
)


def test_a_share_becomes_a_confidence_and_the_rivals_keep_their_proportion():
    first, second = Certainty(scales=SCALES, situation=model.Situation.KNOWN).of(NUMBERS)
    assert (first.confidence, first.share) == (0.2, 0.5)
    assert first.alternatives == (("product_code", pytest.approx(0.64)),)
    assert second.confidence == 0.9


def test_with_a_precision_only_what_holds_it_is_kept_and_the_rest_is_counted():
    certainty = Certainty(scales=SCALES, situation=model.Situation.KNOWN, precision=0.98)
    assert [number.value for number in certainty.of(NUMBERS)] == ["2"]
    assert certainty.left_out == {"order_number": 1}


def test_a_role_of_which_nothing_can_be_promised_is_left_out():
    certainty = Certainty(scales=SCALES, situation=model.Situation.KNOWN, precision=0.5)
    assert certainty.of((Identifier(value="1", confidence=0.99, role=Role.COUPON),)) == ()
    assert Certainty(scales=SCALES, situation=model.Situation.UNKNOWN, precision=0.5).of(NUMBERS) == ()
    assert Certainty(scales=SCALES, situation=model.Situation.KNOWN, precision=0.999).of(NUMBERS) == ()


def findings(reading):
    yield from (reading.order_numbers, reading.tracking_numbers, reading.dates, reading.amounts, reading.identifiers)


@pytest.mark.parametrize("path", MAILS[::3], ids=lambda path: path.stem)
def test_the_reasons_of_a_finding_give_its_share_and_the_shares_sum_to_at_most_one(path):
    for group in findings(orderparse.parse(path)):
        for found in group:
            assert found.confidence + sum(share for _, share in found.alternatives) <= 1 + 1e-9
            # Odds against "no role": the rivals have the rest.
            nothing = found.share * math.exp(-found.score)
            assert nothing + found.share <= 1 + 1e-3, found
            if not found.alternatives:
                assert found.share / (found.share + nothing) == pytest.approx(found.share, abs=2e-3), found
