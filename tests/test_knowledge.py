import gc

import pytest

import orderparse
from orderparse import knowledge
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


CARRIER = """name = "Snabbpost"
home = "https://snabbpost.example/"
[[formats]]
pattern = 'SP[0-9]{7}'
lengths = [9, 9]
tier = "distinctive"
source = "invented"
valid = ["SP4821377"]
"""


def write(folder, kind, text):
    (folder / kind).mkdir()
    (folder / kind / "own.toml").write_text(text, encoding="utf-8")
    return folder


def test_the_names_of_a_users_carriers_and_merchants_are_found_beside_those_of_the_package(tmp_path):
    own = Knowledge.builtin().with_folder(write(tmp_path, "carriers", CARRIER))
    reading = orderparse.parse("Subject: Paket\n\nDitt paket SP4821377 skickas med Snabbpost och inte med PostNord\n", knowledge=own)
    assert [(number.value, number.carrier) for number in reading.tracking_numbers] == [("SP4821377", "Snabbpost")]
    assert own.phrases.stored.longest == Knowledge.builtin().phrases.stored.longest


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        (
            "carriers",
            CARRIER.replace("tier", "trier"),
            r"own\.toml:6: \[\[formats\]\] has the unknown key trier; allowed are check, invalid",
        ),
        ("carriers", CARRIER.replace('"distinctive"', '"sure"'), r"own\.toml:6: .*'sure' is none of distinctive, context, named, carrier"),
        ("carriers", CARRIER.replace("SP[0-9]", "SP[0-9"), r"own\.toml:4: .*unterminated character set"),
        ("carriers", CARRIER.replace("SP4821377", "SP48213"), r"own\.toml:8: .*SP48213 does not fit SP\[0-9\]\{7\}"),
        ("carriers", CARRIER + 'check = "sum"\n', r"own\.toml:9: .*'sum' is none of air_waybill, "),
        ("carriers", CARRIER.replace('home = "https://snabbpost.example/"', ""), r"own\.toml: home is missing"),
        ("carriers", CARRIER + "x = [\n", r"own\.toml:9: no TOML"),
        ("merchants", SHOP.replace('"shop"', '"store"'), r"own\.toml:3: kind: 'store' is none of shop, marketplace, payment, platform"),
        ("merchants", SHOP.replace("FJ1234", "GJ1234"), r"own\.toml:8: valid: GJ1234 does not fit"),
        ("merchants", SHOP + '[links]\norder = ["o"]\n', r"own\.toml:11: \[links\]: 'order' is none of order_number, "),
        ("currencies", 'code = "sek"\nname = "x"\ndecimals = 2\nrank = 1\n', r"own\.toml:1: code: three capital letters"),
        (
            "languages",
            'code = "xx"\nname = "X"\n[labels]\norder = ["x"]\n',
            r"own\.toml:4: \[labels\] has the unknown key order; allowed are",
        ),
    ],
)
def test_a_wrong_file_is_told_with_its_name_its_line_and_what_is_allowed(tmp_path, kind, text, told):
    with pytest.raises(KnowledgeError, match=told):
        Knowledge.builtin().with_folder(write(tmp_path, kind, text))


def test_a_platform_that_a_user_names_otherwise_is_no_longer_known_by_its_old_name(tmp_path):
    (tmp_path / "merchants").mkdir()
    table = 'name = "Oddo"\nhome = "https://oddo.example/"\nkind = "platform"\ndomains = ["oddo.example"]\n'
    (tmp_path / "merchants" / "odoo.toml").write_text(table, encoding="utf-8")
    own = Knowledge.builtin().with_folder(tmp_path)
    mail = "From: Lumen <info@lumen.example>\nSubject: Order 4821\n\nThank you for your order 4821.\n\nPowered by {}\n"
    assert orderparse.parse(mail.format("Oddo"), knowledge=own).platform.value == "Oddo"
    assert orderparse.parse(mail.format("Odoo"), knowledge=own).platform is None
    assert orderparse.parse(mail.format("Odoo")).platform.value == "Odoo"


def test_what_is_loaded_leaves_the_collector_as_it_was():
    loaded = knowledge._builtin.__wrapped__()
    assert gc.isenabled()
    gc.disable()
    try:
        assert knowledge._builtin.__wrapped__().currencies == loaded.currencies
        assert not gc.isenabled()
    finally:
        gc.enable()
