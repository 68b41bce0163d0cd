"""A number alone: what it may be, what is wrong with it, and how little chance makes of it."""

from __future__ import annotations

import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import orderparse
from orderparse import identify
from orderparse.knowledge import Knowledge
from orderparse.roles import Role

CARRIERS = Knowledge.builtin().carriers
SHAPES = [
    pytest.param(carrier, shape, id=f"{code}-{at}") for code, carrier in CARRIERS.items() for at, shape in enumerate(carrier.formats, 1)
]
WORDS = [
    "spring",
    "sale",
    "enjoy",
    "new",
    "arrivals",
    "great",
    "prices",
    "free",
    "returns",
    "on",
    "all",
    "jackets",
    "this",
    "weekend",
    "only",
    "while",
    "stocks",
    "last",
]


def digits(rng: Random) -> str:
    return "".join(rng.choices("0123456789", k=rng.randint(8, 24)))


@pytest.mark.parametrize(("carrier", "shape"), SHAPES)
def test_a_valid_number_is_recognised_however_it_is_grouped(carrier: object, shape: object) -> None:
    names = {carrier.name, *carrier.operators.values()}
    for number in shape.valid:
        plain = re.sub("[^0-9A-Z]", "", number.upper())
        groups = [plain[at : at + 4] for at in range(0, len(plain), 4)]
        for written in (plain, plain.lower(), " ".join(groups), "-".join(groups)):
            told = [one for one in identify(written, hint=carrier.name) if one.carrier in names]
            assert told, written
            assert told[0].check_digit is not False, written


@pytest.mark.parametrize(("carrier", "shape"), SHAPES)
def test_an_invalid_number_is_refused_or_marked(carrier: object, shape: object) -> None:
    for number in shape.invalid:
        for one in identify(number):
            # Another of the carrier's formats may take it.
            mine = one.carrier == carrier.name and not any(other.fits(one.value) for other in carrier.formats if other is not shape)
            assert not mine or one.check_digit is False or one.confidence < 0.5, (number, one)


def test_random_digits_are_nobodys_tracking_number() -> None:
    rng = Random(7)
    for _ in range(20_000):
        number = digits(rng)
        assert [one for one in identify(number) if one.role is Role.TRACKING_NUMBER and one.confidence > 0.5] == [], number


def test_random_digits_in_a_newsletter_give_no_tracking_number_at_all() -> None:
    rng = Random(11)
    for _ in range(250):
        lines = [" ".join([*rng.sample(WORDS, 3), digits(rng), *rng.sample(WORDS, 3)]) + "." for _ in range(20)]
        mail = "From: News <news@shop.example>\nSubject: Spring sale\nDate: Sun, 1 Mar 2026 12:00:00 +0100\n\n" + "\n".join(lines)
        assert orderparse.parse(mail).tracking_numbers == ()


@pytest.mark.parametrize(
    ("number", "hint", "role", "whose"),
    [
        ("RB 1234 5678 5 SE", "aliexpress.com", Role.TRACKING_NUMBER, "PostNord"),
        ("1Z12345E6605272234", None, Role.TRACKING_NUMBER, "UPS"),
        ("00340434286410975316", None, Role.TRACKING_NUMBER, "DHL"),
        ("LP00286410975312", None, Role.TRACKING_NUMBER, "Cainiao"),
        ("TBA286410975312", None, Role.TRACKING_NUMBER, "Amazon Logistics"),
        ("568838414941", None, Role.TRACKING_NUMBER, "FedEx"),
        ("286410975315", "GLS", Role.TRACKING_NUMBER, "GLS"),
        ("286410975315", "https://gls-group.eu/track", Role.TRACKING_NUMBER, "GLS"),
        ("8012345678904321", "aliexpress.com", Role.ORDER_NUMBER, "AliExpress"),
        ("8012345678904321", "transaction@notice.aliexpress.com", Role.ORDER_NUMBER, "AliExpress"),
        ("1005006123456789", "AliExpress", Role.PRODUCT_CODE, "AliExpress"),
        ("402-2864109-7531246", None, Role.ORDER_NUMBER, "Amazon"),
        ("48213", "order number", Role.ORDER_NUMBER, None),
        ("48213", "Fakturanummer", Role.INVOICE_NUMBER, None),
        ("9780306406157", None, Role.PRODUCT_CODE, None),
        ("+46 8 123 456 78", None, Role.PHONE, None),
        ("DE136695976", None, Role.COMPANY_NUMBER, None),
    ],
)
def test_the_likeliest_is_what_it_is(number: str, hint: str | None, role: Role, whose: str | None) -> None:
    best = identify(number, hint=hint)[0]
    assert (best.role, best.carrier or best.merchant) == (role, whose)


@pytest.mark.parametrize(
    ("number", "hint", "sentence"),
    [
        ("RB123456784SE", None, "the check digit should be 5, not 4"),
        ("RB12345678SE", None, "it is one digit short of PostNord's numbers, which have 13"),
        ("RB1234567855SE", None, "it is one character longer than PostNord's numbers, which have 13"),
        ("RBI23456785SE", None, "it has letters where digits should be, such as O for 0"),
        ("1Z12345E6605272235", None, "the check digit should be 4, not 5"),
        ("9400111206286410975311", None, "the check digit should be 0, not 1"),
        ("1005006123456789", "aliexpress.com", "the order number has the same length, but does not begin with 1005"),
        ("801234567", "aliexpress.com", "AliExpress's order numbers have another shape: it has 9 characters, they have 14 or 15 or 16"),
        ("48213", "webhallen.com", "it may be Webhallen's, whose order numbers have no shape that is known"),
    ],
)
def test_what_is_wrong_with_a_number_is_said_and_nothing_is_repaired(number: str, hint: str | None, sentence: str) -> None:
    found = identify(number, hint=hint)
    (telling,) = [one for one in found if sentence in one.reasons]
    assert re.sub("[^0-9A-Z]", "", telling.value) == number
    if telling.role is Role.TRACKING_NUMBER:
        assert telling.confidence < 0.5
        assert telling is found[0]


@pytest.mark.parametrize("number", ["4111 1111 1111 1111", "SE45 5000 0000 0583 9825 7466", "811218-9876", "3782 822463 10005"])
def test_what_is_nobodys_business_is_masked_whatever_it_may_be(number: str) -> None:
    found = identify(number)
    assert found[0].role in {Role.CARD_NUMBER, Role.IBAN, Role.NATIONAL_ID}
    plain = re.sub("[^0-9A-Z]", "", number)
    for one in found:
        assert one.value == "*" * (len(plain) - 4) + plain[-4:]
        assert plain not in "".join(one.reasons) + (one.tracking_url or "")


@pytest.mark.parametrize("number", ["", " ", "-", "hello", "订单", "7" * 65, "\x00"])
def test_what_is_no_number_is_nothing(number: str) -> None:
    assert identify(number) == ()


@given(st.text(max_size=70) | st.text("0123456789ABZ -#", max_size=40), st.none() | st.text(max_size=30))
def test_any_text_gives_ranked_candidates_that_come_to_at_most_one(number: str, hint: str | None) -> None:
    found = identify(number, hint=hint)
    shares = [one.confidence for one in found]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) <= 1 + 1e-9
    assert all(one.reasons for one in found)


def test_a_users_own_carrier_is_known(tmp_path: object) -> None:
    (tmp_path / "carriers").mkdir()
    (tmp_path / "carriers" / "xpost.toml").write_text(
        "name = 'Xpost'\nhome = 'https://x.example/'\n[[formats]]\npattern = 'XP[0-9]{5}'\nlengths = [7, 7]\ntier = 'distinctive'\nvalid = ['XP12345']\n"
    )
    own = Knowledge.builtin().with_folder(tmp_path)
    assert identify("XP48213", knowledge=own)[0].carrier == "Xpost"
    assert identify("XP48213")[0].carrier is None
