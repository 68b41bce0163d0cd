from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from orderparse.training import calibrate, metrics

JUDGED = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=60, max_size=400)


@given(JUDGED)
def test_a_map_rises_from_nothing_to_less_than_certainty(judged):
    points = calibrate.calibration_map(judged)
    assert points[0] == (0.0, 0.0)
    assert points[-1][0] == 1.0
    assert all(left[0] < right[0] and left[1] <= right[1] for left, right in pairwise(points))
    assert points[-1][1] < 1


def test_too_few_values_give_no_map():
    assert calibrate.calibration_map([(0.9, True)] * 30) == []


def mapped(points, share):
    for (x0, y0), (x1, y1) in pairwise(points):
        if x0 <= share <= x1:
            return y0 + (y1 - y0) * (share - x0) / (x1 - x0)
    raise AssertionError


def test_a_map_learns_that_shares_are_too_high():
    rng = Random(1)
    values = [(share := rng.random(), rng.random() < share**2) for _ in range(6000)]
    points = calibrate.calibration_map(values)
    fresh = [(share := rng.random(), rng.random() < share**2) for _ in range(6000)]
    before = metrics.calibration_error(fresh)
    after = metrics.calibration_error([(mapped(points, share), right) for share, right in fresh])
    assert before > 0.1
    assert after < 0.03


def test_a_promise_is_kept_on_values_that_it_was_not_learned_from():
    rng = Random(2)

    def draw(count):
        return [(c := 1 - rng.random() ** 3 / 2, rng.random() < c) for _ in range(count)]

    broken = 0
    for _ in range(20):
        promised = dict(calibrate.promises(draw(4000)))
        kept = [right for confidence, right in draw(20000) if confidence >= promised[0.95]]
        broken += sum(kept) / len(kept) < 0.95
    assert broken <= 2


def test_what_nobody_can_promise_is_not_promised():
    assert calibrate.promises([(0.99, True)] * 30) == []  # 0.9 needs 44 right ones at a risk of 1 %
    assert 0.999 not in dict(calibrate.promises([(0.99, True)] * 1000))


def test_a_higher_precision_wants_a_higher_confidence():
    rng = Random(3)
    promised = calibrate.promises([(c := rng.random(), rng.random() < c**0.1) for _ in range(20000)])
    assert len(promised) > 2
    assert promised == sorted(promised)
    assert [threshold for _, threshold in promised] == sorted(threshold for _, threshold in promised)


def test_values_of_one_share_are_as_right_as_they_are_together():
    judged = [(0.75, True)] * 990 + [(0.75, False)] * 10
    inner = [point for point in calibrate.calibration_map(judged) if 0 < point[0] < 1]
    assert inner == [(0.75, inner[0][1])]
    assert 0.97 < inner[0][1] < 0.995
