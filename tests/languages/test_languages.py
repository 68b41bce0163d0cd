"""Every language file is complete, and a file that is not is told so."""

import re
from pathlib import Path

import pytest

from orderparse import languages
from orderparse.errors import KnowledgeError
from orderparse.knowledge import Knowledge
from orderparse.languages.endings import forms
from orderparse.training.language_check import complaints

FOLDER = Path(languages.__file__).parent
KNOWLEDGE = Knowledge.builtin()
LANGUAGES = pytest.mark.parametrize("code", KNOWLEDGE.languages)
EXAMPLE = """
[[examples]]
text = "Ordernummer: 8012345678901234"
expect = { order_number = "8012345678901234" }
"""


def lacks(path):
    language = languages.load(path)
    return list(complaints(path, language, KNOWLEDGE.languages.values()))


def written(tmp_path, old="", new="", code="sv"):
    source = (FOLDER / "sv.toml").read_text(encoding="utf-8")
    changed, count = re.subn(old, new, source, count=1, flags=re.MULTILINE | re.DOTALL)
    assert count == 1
    path = tmp_path / f"{code}.toml"
    path.write_text(changed, encoding="utf-8")
    return path


@LANGUAGES
def test_a_language_file_lacks_nothing(code):
    assert lacks(FOLDER / f"{code}.toml") == []


def test_a_file_of_another_name_than_its_code_is_told_so(tmp_path):
    assert any("BCP 47" in sentence for sentence in lacks(written(tmp_path, code="sw")))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (r"^postal_code = \[.*?\]\n", "", "postal_code: 0 phrases"),
        (r'^iban = \[\s*"iban"', 'iban = ["iban:"', "a mark at its end"),
        (r"(^\[status\]$.*?)^cancellation = \[.*?\]\n", r"\1", "[status] cancellation: nothing"),
        (r"^iban = \[", 'tracking_number = ["ordernummer"]\niban = [', "does not load"),
        ('"januari", "jan"', '"janvier", "jan"', "CLDR writes 'januari'"),
        ('"april", "apr"', '"april", "jan"', "'jan' means two of them"),
        ('decimal = ","', 'decimal = "."', "no mark that groups thousands"),
        (r'^number = \[\s*"nr",', 'number = ["nr eller",', "more than one word"),
        (
            r'expect = \{ order_number = "204177", tracking',
            'expect = { order_number = "204178", tracking',
            "is not as the record writes it",
        ),
    ],
)
def test_what_a_file_lacks_is_said(tmp_path, old, new, said):
    path = written(tmp_path, old, new)
    if said == "does not load":
        with pytest.raises(KnowledgeError):
            languages.load(path)
    else:
        assert any(said in sentence for sentence in lacks(path))


def test_a_file_with_an_unknown_key_does_not_load(tmp_path):
    with pytest.raises(KnowledgeError, match="ordinal_number"):
        languages.load(written(tmp_path, r"^\[labels\]", '[labels]\nordinal_number = ["nummer"]'))


def test_a_file_with_eleven_months_does_not_load(tmp_path):
    path = tmp_path / "xx.toml"
    path.write_text('code = "xx"\nname = "x"\n[dates]\nmonths = [["a"]]\nweekdays = [["b"]]\n[numbers]\ndecimal = "."\ngroup = []\n')
    with pytest.raises(KnowledgeError, match="12 months"):
        languages.load(path)


def test_a_language_like_another_has_its_phrases_and_its_own(tmp_path):
    path = tmp_path / "sv-FI.toml"
    path.write_text('code = "sv-FI"\nname = "svenska (Finland)"\nlike = "sv"\n[labels]\ntracking_number = ["följekod"]\n', encoding="utf-8")
    language, base = languages.load(path), KNOWLEDGE.languages["sv"]
    assert language.labels["tracking_number"] == ("följekod", *base.labels["tracking_number"])
    assert language.dates == base.dates
    assert language.examples == ()


@pytest.mark.parametrize("phrase", ["numer<em zamówienia", "numer> x", "ordernummer<case>", "<a|b>" * 9])
def test_endings_that_nobody_stated_do_not_load(phrase):
    with pytest.raises(ValueError, match=r"."):
        forms(phrase, {})
