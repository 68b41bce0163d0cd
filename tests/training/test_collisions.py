"""The table of collisions is that of the files, and nothing that is believed by its shape is claimed by shape from elsewhere."""

from __future__ import annotations

from orderparse.knowledge import Knowledge
from orderparse.training import collisions

TABLE = collisions.FILE.read_text(encoding="utf-8").splitlines()


def test_the_table_in_the_repo_is_that_of_the_files() -> None:
    assert collisions.lines(Knowledge.builtin()) == TABLE, "python -m orderparse.training collisions"


def test_no_number_of_a_weaker_format_is_believed_by_its_shape_as_another_carriers() -> None:
    wanting_nothing = [row for row in TABLE[1:] if row.endswith("believed by its shape")]
    explained = {  # owner and claimant: why both may be right
        ("dhl_parcel_nl 2", "postnl 1"): "3S is the Dutch posts' common prefix",
        ("dhl_parcel_nl 3", "dhl_express 2"): "one firm",
        ("dhl_parcel_nl 3", "dhl_paket 2"): "one firm",
        ("yodel 2", "dhl_express 2"): "JD is a licence plate (ISO 15459) that DHL gave to the network that it sold",
        ("chronopost 2", "dpd 1"): "one group; one number in 36 has the check character",
    }
    assert {tuple(row.split("\t")[:2]) for row in wanting_nothing} == set(explained)
