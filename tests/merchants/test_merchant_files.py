"""Every merchant file keeps what its own examples promise."""

from __future__ import annotations

import re
from pathlib import Path
from re import _parser
from typing import TYPE_CHECKING

import pytest

from orderparse import merchants
from orderparse.merchants import Merchant, MerchantKind, Merchants, Shape
from orderparse.roles import Role
from orderparse.text.fold import fold

if TYPE_CHECKING:
    from orderparse.merchants.subjects import Subject

FOLDER = Path(merchants.__file__).parent
MERCHANTS = merchants.load_folder(FOLDER)
KNOWN = Merchants(MERCHANTS)
EVERY = pytest.mark.parametrize("merchant", MERCHANTS.values(), ids=list(MERCHANTS))
SHAPES = [
    pytest.param(shape, id=f"{code}-{key}")
    for code, merchant in MERCHANTS.items()
    for key, shape in (("order_number", merchant.order_number), ("transaction_id", merchant.transaction_id))
    if shape is not None
]
SUBJECTS = [
    pytest.param(merchant, subject, id=f"{code}-{subject.text}") for code, merchant in MERCHANTS.items() for subject in merchant.subjects
]


@EVERY
def test_a_file_names_its_source_in_full(merchant: Merchant) -> None:
    assert merchant.home.startswith("https://")
    assert all(shape.source for shape in (merchant.order_number, merchant.transaction_id) if shape is not None)


@EVERY
def test_domains_are_written_as_domains(merchant: Merchant) -> None:
    for domain in (*merchant.domains, *merchant.countries):
        assert re.fullmatch(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", domain)
    assert all(re.fullmatch(r"[a-z0-9._+-]+@[a-z0-9.-]+", sender) for sender in merchant.senders)
    assert merchant.domains or merchant.senders or merchant.kind is MerchantKind.PLATFORM
    assert all(re.fullmatch("[A-Z]{2}", country) for country in merchant.countries.values())


@EVERY
def test_a_domain_leads_to_its_merchant_and_a_look_alike_to_nobody(merchant: Merchant) -> None:
    for domain in merchant.domains:
        for real in (domain, f"mail.{domain}", f"a.b.{domain}.", domain.upper()):
            assert KNOWN.of_domain(real) is merchant
        for fake in (f"not{domain}", f"{domain}.evil.example", domain.replace(".", "-") + ".example", domain.replace(".", "")):
            assert KNOWN.of_domain(fake) is None


@EVERY
def test_a_name_leads_to_its_merchant(merchant: Merchant) -> None:
    for name in (merchant.name, *merchant.names, *merchant.also):
        assert KNOWN.of_name(f" {name.upper()} ") is merchant


@pytest.mark.parametrize("shape", SHAPES)
def test_valid_numbers_have_the_shape_and_invalid_ones_do_not(shape: Shape) -> None:
    assert shape.valid
    assert shape.invalid
    assert [number for number in shape.valid if not shape.fits(number)] == []
    assert [number for number in shape.invalid if shape.fits(number)] == []


@pytest.mark.parametrize("shape", SHAPES)
def test_patterns_are_bounded(shape: Shape) -> None:
    assert _parser.parse(shape.pattern).getwidth()[1] <= 100
    assert not re.search(r"[^\[\\][*+]", shape.pattern.replace("[A-Z]*", ""))


@pytest.mark.parametrize(("merchant", "subject"), SUBJECTS)
def test_a_subject_gives_back_the_numbers_that_were_put_in(merchant: Merchant, subject: Subject) -> None:
    numbers = {Role.ORDER_NUMBER: "4821-a7", Role.TRACKING_NUMBER: "LP00286410975312"}
    if merchant.order_number is not None:
        numbers[Role.ORDER_NUMBER] = merchant.order_number.valid[0].removeprefix("#")
    for before in ("", "Re: ", "[SPAM] "):
        text = before + subject.text.replace("{any}", "Café 24").replace("{count}", "3")
        for role, number in numbers.items():
            text = text.replace("{" + role + "}", number)
        (slots,) = [slots for found, slots in merchant.match_subject(fold(text)) if found is subject]
        assert {role: text[slice(*span)] for role, span in slots.items()} == {
            role: number for role, number in numbers.items() if "{" + role + "}" in subject.text
        }


@pytest.mark.parametrize(("merchant", "subject"), SUBJECTS)
def test_no_two_subjects_tell_different_kinds(merchant: Merchant, subject: Subject) -> None:
    text = re.sub(r"\{[a-z_]+\}", "7", subject.text)
    assert {found.kind for found, _ in merchant.match_subject(fold(text))} == {subject.kind}


@pytest.mark.parametrize(("merchant", "subject"), SUBJECTS)
def test_a_subject_has_at_most_one_slot_for_any_words(merchant: Merchant, subject: Subject) -> None:
    assert subject.text.count("{any}") <= 1, merchant.code


@EVERY
def test_marks_are_of_platforms_and_guesses_have_no_shape(merchant: Merchant) -> None:
    if merchant.template_marks or merchant.link_marks:
        assert merchant.kind is MerchantKind.PLATFORM
    if merchant.kind is MerchantKind.PLATFORM and merchant.order_number is not None:
        assert merchant.order_number.weak
    text = (FOLDER / f"{merchant.code}.toml").read_text(encoding="utf-8")
    if "is not public" in text:
        assert merchant.order_number is None
