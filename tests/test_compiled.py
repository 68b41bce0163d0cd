"""The compiled file says what the files say of which it was made."""

import dataclasses
import os
from pathlib import Path

from orderparse import carriers, compiled, currencies, knowledge, merchants
from orderparse.knowledge import Knowledge
from orderparse.languages.vocabulary import LAYERS, Vocabulary
from orderparse.text.fold import fold
from orderparse.text.phrases import Phrases
from orderparse.text.pieces import cut


def test_the_compiled_file_of_the_package_is_that_of_its_files():
    made_of = compiled.digest(knowledge.folders())
    assert made_of.encode() in compiled.FILE.read_bytes(), "python -m orderparse.training compile writes it anew"
    assert compiled.read(compiled.FILE, knowledge.folders()) is not None


def test_what_is_read_is_what_was_written(tmp_path):
    builtin = Knowledge.builtin()
    tables = {"carriers": {"x": {"name": "X", "countries": ["SE"]}}}
    compiled.write(tmp_path / "x.bin", [tmp_path], compiled.Compiled(builtin.phrases, builtin.words, tables))
    phrases, words, read = compiled.read(tmp_path / "x.bin", [tmp_path])
    assert words == builtin.words
    assert read == tables
    assert phrases.stored._replace(rows=[*phrases.stored.rows]) == builtin.phrases.stored._replace(rows=[*builtin.phrases.stored.rows])


def test_a_file_made_of_other_content_or_none_is_not_used(tmp_path):
    builtin = Knowledge.builtin()
    file, language, hour = tmp_path / "x.bin", tmp_path / "sv.toml", 3600 * 10**9
    language.write_text("a = 1")
    compiled.write(file, [tmp_path], compiled.Compiled(builtin.phrases, builtin.words, {}))
    written = file.stat().st_mtime_ns
    assert compiled.read(file, [tmp_path]) is not None
    os.utime(language, ns=(written + hour, written + hour))
    assert compiled.read(file, [tmp_path]) is not None  # written later, with the same content
    language.write_text("b = 1")
    os.utime(language, ns=(written + hour, written + hour))
    assert compiled.read(file, [tmp_path]) is None
    language.write_text("a = 12")
    os.utime(language, ns=(written - hour, written - hour))
    assert compiled.read(file, [tmp_path]) is None
    language.rename(tmp_path / "nb.toml")
    assert compiled.read(file, [tmp_path]) is None
    assert compiled.read(tmp_path / "y.bin", [tmp_path]) is None


def test_a_file_that_was_cut_off_is_not_used(tmp_path):
    whole = compiled.FILE.read_bytes()
    for size in (0, 3, 100, len(whole) // 2, len(whole) - 1):
        (tmp_path / "x.bin").write_bytes(whole[:size])
        assert compiled.read(tmp_path / "x.bin", knowledge.folders()) is None


def test_carriers_merchants_and_currencies_are_those_of_their_files():
    builtin = Knowledge.builtin()
    assert builtin.carriers == carriers.load_folder(Path(carriers.__file__).parent)
    assert builtin.currencies == currencies.load_folder(Path(currencies.__file__).parent)
    assert list(map(fields, builtin.merchants.by_code.values())) == list(
        map(fields, merchants.load_folder(Path(merchants.__file__).parent).values())
    )


def fields(merchant):
    return {field.name: getattr(merchant, field.name) for field in dataclasses.fields(merchant)}


def test_another_content_has_another_digest(tmp_path):
    (tmp_path / "sv.toml").write_text("a")
    first = compiled.digest([tmp_path])
    (tmp_path / "sv.toml").write_text("b")
    assert first != compiled.digest([tmp_path])


def test_a_language_without_its_file_is_as_if_it_had_never_been_written():
    builtin = Knowledge.builtin()
    left = {code: language for code, language in builtin.languages.items() if code != "sv"}
    without = builtin.without_language("sv")
    never = Phrases.of(knowledge._phrases(left.values(), builtin.carriers, builtin.merchants.by_code), LAYERS)
    assert without.words == Vocabulary.of(left.values())
    assert without.languages.keys() == left.keys()
    for code in ("sv", "nb", "da", "en", "fi", "ru", "ar", "th", "ja"):
        text = cut(fold(" . ".join(phrase for listed in builtin.languages[code].labels.values() for phrase in listed[::5])))
        for mine, theirs in zip(without.phrases.find(text), never.find(text), strict=True):
            assert [(match.span, set(match.meanings)) for match in mine] == [(match.span, set(match.meanings)) for match in theirs]
