import json
from pathlib import Path

import pytest

from orderparse import compiled, knowledge, languages
from orderparse.knowledge import Knowledge
from orderparse.training import __main__ as command
from orderparse.training import cldr, plot

LANGUAGES = Path(languages.__file__).parent
FIXTURES = Path(__file__).parents[2] / "fixtures"
SOME = {"hu", "is", "sk"}  # each language left out takes half a second


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
    assert command.main(["fit", "--output", str(tmp_path)]) == 0
    shipped = Path(command.__file__).parents[1] / "scoring"
    for name in ("weights.json", "calibration.json", "promises.json"):
        assert (tmp_path / name).read_bytes() == (shipped / name).read_bytes(), name


def test_what_is_left_of_a_language_without_its_file_is_measured(capsys):
    assert command.main(["measure", "--without", "et", "--count", "12"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split()[0] == "et"
    assert lines[-1].startswith("loss of order-number recall: median ")


def test_a_language_that_is_not_there_cannot_be_left_out(capsys):
    assert command.main(["measure", "--without", "xx"]) == 2
    assert "xx" in capsys.readouterr().err


def test_a_language_file_is_checked(tmp_path, capsys):
    source = LANGUAGES / "is.toml"
    assert command.main(["check-language", str(source)]) == 0
    broken = tmp_path / "is.toml"
    broken.write_text(
        source.read_text(encoding="utf-8").replace('expect = { order_number = "', 'expect = { order_number = "9', 1), encoding="utf-8"
    )
    assert command.main(["check-language", str(broken)]) == 1
    assert "example 1: expected" in capsys.readouterr().out


def test_the_compiled_file_is_written_again_byte_for_byte(tmp_path):
    knowledge.compile_builtin(tmp_path / "compiled.bin")
    assert (tmp_path / "compiled.bin").read_bytes() == compiled.FILE.read_bytes()


def test_the_calendar_of_the_generator_knows_every_language():
    assert [code for code in Knowledge.builtin().languages if not cldr.knows(code)] == []


def test_what_is_left_of_labelled_mails_without_their_languages_file_is_measured(capsys):
    blind = FIXTURES / "blind"
    assert command.main(["measure", "--without", "is", str(blind / "sixteenth.jsonl"), str(blind / "sixteenth")]) == 0
    assert capsys.readouterr().out.splitlines()[1].split()[0] == "is"


def test_labelled_mails_are_read_without_their_languages_file(tmp_path, capsys):
    some = tmp_path / "some.jsonl"
    labelled = (FIXTURES / "blind" / "sixteenth.jsonl").read_text(encoding="utf-8").splitlines()
    some.write_text("\n".join(line for line in labelled if json.loads(line)["language"] in SOME), encoding="utf-8")
    gold = str(some), str(FIXTURES / "blind" / "sixteenth")
    assert command.main(["measure", "--json", *gold]) == 0
    whole = json.loads(capsys.readouterr().out)["roles"]["order_number"]["recall"]
    assert command.main(["measure", "--json", "--without-language", *gold]) == 0
    assert json.loads(capsys.readouterr().out)["roles"]["order_number"]["recall"] < whole
