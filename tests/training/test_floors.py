from pathlib import Path

import pytest

from orderparse.training import floors

FIXTURES = Path(__file__).parents[2] / "fixtures"
FLOORS = {"mails": {"digest": "a", "mails": 3, "roles": {"order_number": {"precision": 0.9}}}}


def now(precision, digest="a"):
    return {"mails": {"digest": digest, "mails": 3, "roles": {"order_number": {"precision": precision}}}}


def test_no_figure_is_below_its_floor_and_each_was_measured_on_the_mails_of_now():
    measured = floors.measured(FIXTURES)
    pinned = floors.read(FIXTURES / "floors.json")
    assert floors.moved(pinned, measured) == []
    assert floors.below(pinned, measured) == []
    assert {"mails", "generated"} <= pinned.keys()


def test_a_lower_figure_is_told():
    assert floors.below(FLOORS, now(0.89)) == ["mails: precision of order_number is 0.89, its floor 0.9"]
    assert floors.below(FLOORS, {}) == ["mails: measured no longer"]


def test_other_mails_are_told():
    assert floors.moved(FLOORS, now(0.9, "b")) == ["mails: the floor was measured on other mails; measure --pin measures it anew"]


def test_floors_fall_only_where_somebody_asks_for_it(tmp_path):
    path = tmp_path / "floors.json"
    floors.pin(path, now(0.9))
    for digest in ("a", "b"):
        with pytest.raises(floors.FloorsError, match="--lower"):
            floors.pin(path, now(0.8, digest))
    assert floors.read(path) == now(0.9)
    floors.pin(path, now(0.8), lower=True)
    assert floors.read(path) == now(0.8)
