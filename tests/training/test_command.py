import json

import pytest

from orderparse.training import __main__ as command
from orderparse.training import plot


@pytest.fixture
def folder(tmp_path):
    assert command.main(["generate", str(tmp_path / "made"), "--count", "40", "--seed", "7"]) == 0
    return tmp_path / "made"


def test_generated_mails_are_measured(folder, capsys):
    assert command.main(["measure", str(folder / "gold.jsonl"), str(folder), "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["mails"] == 40
    assert figures["roles"]["order_number"]["precision"] > 0.8


def test_measuring_writes_a_table_a_matrix_and_a_plot(tmp_path, capsys):
    picture = tmp_path / "plot.svg"
    argv = ["measure", "--count", "60", "--rivals", "3", "--precision", "0.95", "--by", "language", "--plot", str(picture)]
    assert command.main(argv) == 0
    out = capsys.readouterr().out
    assert "true \\ read" in out
    assert "left out:" in out
    assert picture.read_text().startswith("<svg")


def test_a_gold_file_that_is_not_there_is_told(tmp_path, capsys):
    assert command.main(["measure", str(tmp_path / "none.jsonl"), str(tmp_path)]) == 2
    assert "none.jsonl" in capsys.readouterr().err


def test_a_plot_has_a_square_a_role():
    picture = plot.reliability({"order_number": [(0.9, True), (0.95, False)], "<kind>": [(0.2, False)]})
    assert picture.count("stroke-dasharray") == 2
    assert "&lt;kind&gt; (1)" in picture


@pytest.mark.slow
def test_the_fit_rebuilds_the_shipped_files_byte_for_byte(tmp_path):
    from pathlib import Path

    assert command.main(["fit", "--output", str(tmp_path)]) == 0
    shipped = Path(command.__file__).parents[1] / "scoring"
    for name in ("weights.json", "calibration.json", "promises.json"):
        assert (tmp_path / name).read_bytes() == (shipped / name).read_bytes(), name
