"""Every carrier file keeps what its own examples promise."""

from __future__ import annotations

import math
import re
from pathlib import Path
from re import _parser

import pytest

from orderparse import carriers, checkdigits
from orderparse.carriers import Carriers, Format, Formats, Tier
from orderparse.identification import _rarity

FOLDER = Path(carriers.__file__).parent
CARRIERS = carriers.load_folder(FOLDER)
FORMATS = Formats(CARRIERS.values())
SHAPES = [
    pytest.param(code, shape, id=f"{code}-{number}") for code, carrier in CARRIERS.items() for number, shape in enumerate(carrier.formats)
]
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def compact(number: str) -> str:
    return re.sub("[ -]", "", number).upper()


def check_of(shape: Format, number: str) -> bool | None:
    """What the format says of the number among all formats; False if it does not fit."""
    return next((match.check for match in FORMATS.of(number) if match.format is shape), False)


@pytest.mark.parametrize("carrier", CARRIERS.values(), ids=list(CARRIERS))
def test_a_file_names_its_source_in_full(carrier: carriers.Carrier) -> None:
    assert carrier.home.startswith("https://")
    assert all(shape.source for shape in carrier.formats)
    assert all(re.fullmatch("[A-Z]{2}", country) for country in (*carrier.countries, *carrier.operators))
    for host in (*carrier.hosts, *carrier.domains, *(host for link in carrier.links for host in link.hosts)):
        assert re.fullmatch(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", host)


@pytest.mark.parametrize("carrier", CARRIERS.values(), ids=list(CARRIERS))
def test_links_lead_to_the_hosts_of_the_carrier(carrier: carriers.Carrier) -> None:
    found = Carriers(CARRIERS.values())
    for link in carrier.links:
        assert link.hosts
        for host in link.hosts:
            assert carrier in found.of_host(host)


@pytest.mark.parametrize(("code", "shape"), SHAPES)
def test_valid_numbers_are_recognised_however_they_are_grouped(code: str, shape: Format) -> None:
    assert shape.valid
    for number in shape.valid:
        plain = compact(number)
        groups = [plain[at : at + 4] for at in range(0, len(plain), 4)]
        for written in (number, plain, plain.lower(), " ".join(groups), "-".join(groups), "\u00a0".join(groups)):
            assert check_of(shape, written) in {True, None}, (code, written)


@pytest.mark.parametrize(("code", "shape"), SHAPES)
def test_invalid_numbers_are_not_recognised(code: str, shape: Format) -> None:
    for number in shape.invalid:
        assert check_of(shape, number) is False, (code, number)


@pytest.mark.parametrize(("code", "shape"), SHAPES)
def test_a_format_with_a_check_digit_has_two_valid_numbers_and_an_invalid_one(code: str, shape: Format) -> None:
    if shape.check is not None:
        assert len({compact(number) for number in shape.valid}) >= 2, code
        assert len(shape.invalid) >= 1, code


@pytest.mark.parametrize(("code", "shape"), SHAPES)
def test_a_changed_check_digit_is_wrong(code: str, shape: Format) -> None:
    if shape.check is None:
        return
    check = checkdigits.CHECKS[shape.check]
    for number in map(compact, shape.valid):
        at = 10 if shape.check == "s10" else len(number) - 1
        for other in ALPHABET if shape.check == "iso7064_37_36" else ALPHABET[:10]:
            if other != number[at]:
                assert not check(number[:at] + other + number[at + 1 :]), (code, number, other)


@pytest.mark.parametrize(("code", "shape"), SHAPES)
def test_lengths_are_those_of_the_pattern(code: str, shape: Format) -> None:
    assert shape.lengths == _parser.parse(shape.pattern, re.VERBOSE).getwidth(), code


@pytest.mark.parametrize(("code", "shape"), SHAPES)
def test_patterns_do_not_repeat_what_repeats(code: str, shape: Format) -> None:
    assert not re.search(r"[*+]", shape.pattern), code
    assert re.compile(shape.pattern, re.VERBOSE).groups == 0, code


@pytest.mark.parametrize(("code", "shape"), SHAPES)
def test_plain_digits_are_distinctive_only_where_one_random_number_in_a_hundred_thousand_has_the_shape(code: str, shape: Format) -> None:
    if shape.tier is Tier.DISTINCTIVE and any(number.isdigit() and len(number) <= 24 for number in shape.valid):  # longer is rare itself
        assert shape.check is not None, code
        assert 10 * math.exp(_rarity(shape)) >= 100_000, code


@pytest.mark.parametrize("carrier", [carrier for carrier in CARRIERS.values() if carrier.countries], ids=lambda carrier: carrier.code)
def test_a_upu_number_leads_to_the_file_of_its_post(carrier: carriers.Carrier) -> None:
    operators = CARRIERS["upu_s10"].operators
    for country in carrier.countries:
        if operators.get(country) in carrier.called:
            match = FORMATS.of(f"RB12345678 5{country}")[0]
            assert (match.carrier, match.name, match.check) == (carrier.code, operators[country], True)


def test_carriers_share_a_name_or_a_domain_only_where_they_are_branches_of_one_firm() -> None:
    shared: dict[str, set[str]] = {}
    for code, carrier in CARRIERS.items():
        for key in {*(name.casefold() for name in carrier.called), *carrier.domains, *carrier.hosts}:
            shared.setdefault(key, set()).add(code)
    both = {key: codes for key, codes in shared.items() if len(codes) > 1}
    heirs = {"fastway couriers": {"aramex_au", "fastway_ireland"}, "instabee": {"budbee", "instabox"}}
    assert {key: codes for key, codes in both.items() if not all(code.startswith("dhl") for code in codes)} == heirs
