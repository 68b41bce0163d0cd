from pathlib import Path

import pytest

from orderparse.training import floors, gold

FIXTURES = Path(__file__).parents[2] / "fixtures"
FLOORS = {"mails": {"digest": "a", "mails": 3, "roles": {"order_number": {"precision": 0.9}}}}


def now(precision, digest="a"):
    return {"mails": {"digest": digest, "mails": 3, "roles": {"order_number": {"precision": precision}}}}


PINNED = floors.read(FIXTURES / "floors.json")


def test_each_set_of_labelled_mails_has_its_floor():
    assert PINNED.keys() == {*floors.labelled(FIXTURES), "generated"}


def test_no_figure_of_the_mails_beside_their_labels_is_below_its_floor():
    mails = floors.labelled(FIXTURES)["mails"]
    measured = {"mails": floors.figures(list(gold.readings(*mails)), floors.digest(*mails))}
    pinned = {"mails": PINNED["mails"]}
    assert [*floors.moved(pinned, measured), *floors.below(pinned, measured)] == []


def test_no_figure_of_made_up_mails_is_below_its_floor():
    measured = {"generated": floors.of_generated()}
    pinned = {"generated": PINNED["generated"]}
    assert [*floors.moved(pinned, measured), *floors.below(pinned, measured)] == []


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
