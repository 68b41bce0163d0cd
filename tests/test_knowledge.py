import pytest

import orderparse
from orderparse.errors import KnowledgeError
from orderparse.knowledge import Knowledge

SHOP = """name = "Fjärran"
home = "https://fjarran.example/"
kind = "shop"
domains = ["fjarran.example"]
[order_number]
pattern = 'FJ[0-9]{4}'
source = "invented"
valid = ["FJ1234", "FJ0001"]
invalid = ["FJ12345"]
"""


def test_what_the_package_brings_is_loaded_once():
    assert Knowledge.builtin() is Knowledge.builtin()


def test_a_users_folder_is_laid_over_it(tmp_path):
    (tmp_path / "merchants").mkdir()
    (tmp_path / "merchants" / "fjarran.toml").write_text(SHOP, encoding="utf-8")
    own = Knowledge.builtin().with_folder(tmp_path)
    mail = "From: x <post@fjarran.example>\nSubject: Hej\n\nFJ1234 är på väg, order FJ1234\n"
    assert orderparse.parse(mail, knowledge=own).merchant.value == "Fjärran"
    assert Knowledge.builtin().merchants.of_domain("fjarran.example") is None


def test_a_faulty_file_names_itself(tmp_path):
    (tmp_path / "merchants").mkdir()
    (tmp_path / "merchants" / "x.toml").write_text('name = "X"\nshoe_size = 43\n', encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"x\.toml"):
        Knowledge.builtin().with_folder(tmp_path)


def test_a_missing_folder_is_an_error(tmp_path):
    with pytest.raises(KnowledgeError, match="is not a folder"):
        Knowledge.builtin().with_folder(tmp_path / "nowhere")


def test_a_number_is_still_found_by_its_format_when_the_language_has_no_file():
    without = Knowledge.builtin().without_language("sv")
    reading = orderparse.parse("Subject: Hej\n\nDitt brev RB123456785SE kommer snart\n", knowledge=without)
    assert [number.value for number in reading.tracking_numbers] == ["RB123456785SE"]
