"""The mails of `fixtures/blind`: what is read in them stays read. Their README says what the figures are worth."""

from pathlib import Path

import pytest

from orderparse.training import floors, gold
from tests.hostile_deceit.scams import LABELLED

FIXTURES = Path(__file__).parents[1] / "fixtures"
PINNED = floors.read(FIXTURES / "floors.json")
SETS = {name: mails for name, mails in floors.labelled(FIXTURES).items() if name.startswith("blind/")}
GENUINE = 0.6  # below it a mail may be a scam, as those are that are labelled so
# Genuine, but doubted: a carrier's demand that a person passes on, an employer's mail by a portal for jobs.
DOUBTED = {"blind/thirty-second/de_09.eml", "blind/thirty-sixth/nb_02.eml"}


@pytest.mark.parametrize("name", sorted(SETS))
def test_what_was_read_stays_read_and_no_genuine_mail_is_taken_for_a_scam(name):
    labels, folder = SETS[name]
    told = list(gold.readings(labels, folder))
    pinned, measured = {name: PINNED[name]}, {name: floors.figures(told, floors.digest(labels, folder))}
    assert [*floors.moved(pinned, measured), *floors.below(pinned, measured)] == []
    doubted = {f"{name}/{row['file']}" for row, one in zip(labels, told, strict=True) if one.genuine is None or one.genuine < GENUINE}
    assert doubted == {path for path in LABELLED | DOUBTED if path.startswith(f"{name}/")}


@pytest.mark.parametrize("name", sorted(SETS))
def test_every_blind_mail_has_its_label(name):
    labels, folder = SETS[name]
    assert {row["file"] for row in labels} == {path.name for path in folder.iterdir()}
