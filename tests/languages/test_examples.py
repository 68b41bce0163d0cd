"""The examples of every language file, read by the whole engine."""

from pathlib import Path

import pytest

from orderparse import languages
from orderparse.knowledge import Knowledge
from orderparse.training.language_check import said

FOLDER = Path(languages.__file__).parent
KNOWLEDGE = Knowledge.builtin()
EXAMPLES = [(code, number) for code, language in KNOWLEDGE.languages.items() for number in range(len(language.examples))]


@pytest.mark.parametrize(("code", "number"), EXAMPLES, ids=[f"{code}-{number}" for code, number in EXAMPLES])
def test_an_example_of_a_language_file_gives_what_it_says(code, number):
    example = KNOWLEDGE.languages[code].examples[number]
    assert said(example.text, example.expect, KNOWLEDGE) == dict(example.expect)
