import pytest

from orderparse.scoring.model import Situation
from orderparse.training import metrics
from orderparse.training.judge import Judged, Verdict
from orderparse.training.observe import Told


def told(judged, truths):
    verdict = Verdict(judged=tuple(Judged(role=r, confidence=c, right=ok, value=v) for r, v, c, ok in judged), truths=frozenset(truths))
    return Told(verdict=verdict, language="sv", situation=Situation.UNKNOWN, layout="x")


MAILS = [
    told([("order_number", "1", 0.9, True)], {("order_number", "1")}),
    told([("order_number", "2", 0.8, False), ("order_number", "3", 0.3, True)], {("order_number", "3")}),
    told([], {("order_number", "4")}),
]


def test_precision_and_recall_count_from_one_half():
    row = metrics.row(MAILS, "order_number")
    assert row.precision == 0.5
    assert row.recall == pytest.approx(1 / 3)
    assert row.exact == pytest.approx(1 / 3)
    assert (row.truths, row.values) == (3, 3)


def test_calibration_error_counts_every_value():
    assert metrics.row(MAILS, "order_number").ece == pytest.approx((0.1 + 0.8 + 0.7) / 3)


def test_accuracy_at_coverage_takes_the_surest():
    assert dict(metrics.row(MAILS, "order_number").accuracy)[0.5] == 0.5
    assert metrics.at_coverage([(0.9, True), (0.8, True), (0.1, False)], 0.66) == 1.0


def test_ties_count_half_in_the_area_under_the_curve():
    assert metrics.area([(0.5, True), (0.5, False)]) == 0.5
    assert metrics.area([(0.5, True)]) is None


def test_confusion_is_the_share_of_the_true_role():
    mails = [
        told([("tracking_number", "1", 0.9, False)], {("order_number", "1")}),
        told([("order_number", "2", 0.9, True)], {("order_number", "2")}),
    ]
    assert metrics.confusion(mails, ["order_number", "tracking_number"])["order_number", "tracking_number"] == 0.5
