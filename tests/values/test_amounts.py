from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import orderparse.currencies
from orderparse.currencies import load_folder
from orderparse.text.fold import clean
from orderparse.values import amounts
from orderparse.values.amounts import AmountMatch, Symbols

CURRENCIES = load_folder(Path(orderparse.currencies.__file__).parent)
SYMBOLS = Symbols(CURRENCIES.values())


def find(text: str) -> list[AmountMatch]:
    return [*amounts.find(clean(text), SYMBOLS)]


def best(text: str) -> list[str]:
    return [" ".join((str(match.values[0]), *match.currencies[:1])) for match in find(text)]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("€ 7,49", "7.49 EUR"),
        ("7,49€", "7.49 EUR"),
        ("7,49 €", "7.49 EUR"),
        ("€ 7,49x2", "7.49 EUR"),
        ("2 x 7,49 €", "7.49 EUR"),
        ("2x7,49€", "7.49 EUR"),
        ("kr 1 299,00", "1299.00 SEK"),
        ("1 002,76 kr", "1002.76 SEK"),
        ("1 002,76\u00a0kr.", "1002.76 SEK"),
        ("1.299:-", "1299 SEK"),
        ("129:-", "129 SEK"),
        ("129 SEK", "129 SEK"),
        ("NT$     1,270", "1270 TWD"),
        ("USD     1,270.00", "1270.00 USD"),
        ("SEK129", "129 SEK"),
        ("SEK\t129,00", "129.00 SEK"),
        ("129,00\tSEK", "129.00 SEK"),
        ("129,00 sek", "129.00 SEK"),
        ("129 kronor", "129 SEK"),
        ("Total:129 kr", "129 SEK"),
        ("USD 12.99", "12.99 USD"),
        ("ILS 24.20", "24.20 ILS"),
        ("US $12.99", "12.99 USD"),
        ("US$12.99", "12.99 USD"),
        ("A$ 12.99", "12.99 AUD"),
        ("R$ 1.234,56", "1234.56 BRL"),
        ("R299.00", "299.00 ZAR"),
        ("12,- €", "12 EUR"),
        ("kr 12,–", "12 SEK"),
        ("1'299.00 CHF", "1299.00 CHF"),
        ("Fr. 1’299.–", "1299 CHF"),
        ("₹1,299", "1299 INR"),
        ("₹12,34,567.00", "1234567.00 INR"),
        ("3,83zł", "3.83 PLN"),
        ("-7,50 €", "-7.50 EUR"),
        ("€ -7,50", "-7.50 EUR"),
        ("-$7.50", "-7.50 USD"),
        ("−7,50 €", "-7.50 EUR"),
        ("$2429", "2429 USD"),
        ("$12.99 CAD", "12.99 CAD"),
        ("CAD $12.99", "12.99 CAD"),
        ("合計1,299円", "1299 JPY"),
        ("￥１，２９９", "1299 JPY"),
        ("1.299,00 €", "1299.00 EUR"),
        ("1,299.00 €", "1299.00 EUR"),
        ("12 345 678,90 Kč", "12345678.90 CZK"),
        ("0,5 €", "0.5 EUR"),
        ("0.125 €", "0.125 EUR"),
        ("150.000₫", "150000 VND"),
        ("1,250 KWD", "1.250 KWD"),
        ('24.20 ש"ח', "24.20 ILS"),
        ("1299 руб.", "1299 RUB"),
        ("7.49", "7.49"),
        ("1 299,00", "1299.00"),
        ("1,299.00", "1299.00"),
        ("-7.49", "-7.49"),
        ("12,-", "12"),
        ("٧٫٤٩", "7.49"),
        ("2\t$12.99", "12.99 USD"),
        ("2 $12.99", "12.99 USD"),
        ("2 SEK 129,00", "129.00 SEK"),
        ("($7.49)", "7.49 USD"),
        ("Du betalade 129 kr.", "129 SEK"),
        ("129 kr/mån", "129 SEK"),
    ],
)
def test_an_amount_with_its_currency(text: str, amount: str) -> None:
    assert best(text) == [amount]


def test_a_row_of_amounts_keeps_each_sign_with_its_number() -> None:
    assert best("kr 100,00 kr 200,00") == ["100.00 SEK", "200.00 SEK"]
    assert best("100,00 kr 200,00 kr") == ["100.00 SEK", "200.00 SEK"]
    assert best("€5,00 $6.00") == ["5.00 EUR", "6.00 USD"]


@pytest.mark.parametrize(
    "text",
    [
        "129",
        "4821",
        "Order 123 456 789",
        "10.05.2026",
        "192.168.1.10",
        "v2.10",
        "12.50%",
        "12.50 %",
        "10.00-18.00",
        "10.00 - 18.00",
        "kl 12.30",
        "#12.99",
        "AB-12.99",
        "12.99-AB",
        "7.50kg",
        "7.50 kg",
        "TOTAL WEIGHT 3.40 LB",
        "16.90 oz",
        "0.75 l",
        "1e5",
        "€1e5",
        "NaN kr",
        "Infinity €",
        "1234567890123456 kr",
        "1" * 5000 + " kr",
        "1.29.9 kr",
        "1.2345.678 €",
        "R299",
        "TRY 30 DAYS",
        "PHP 8",
        "try 5",
        "RM123-456",
        "skr129",
        "AB129 kr",
        "12/129 kr",
        "1.234",
        "7.495",
    ],
)
def test_what_is_no_amount(text: str) -> None:
    assert find(text) == []


def test_one_mark_before_three_digits_has_two_readings() -> None:
    assert [str(value) for value in find("1.234 €")[0].values] == ["1234", "1.234"]
    assert [str(value) for value in find("1,234 €")[0].values] == ["1234", "1.234"]
    assert [str(value) for value in find("1,234 JPY")[0].values] == ["1234"]


def test_brackets_may_be_a_minus() -> None:
    assert [str(value) for value in find("(12.00)")[0].values] == ["12.00", "-12.00"]


def test_a_shared_symbol_gives_its_currencies_by_rank() -> None:
    assert find("129 kr")[0].currencies[:3] == ("SEK", "NOK", "DKK")
    assert find("$5")[0].currencies[:3] == ("USD", "CAD", "AUD")
    assert find("129,00")[0].currencies == ()


def test_the_span_holds_number_sign_and_currency() -> None:
    text = "Summa: -1 299,00 kr, tack"
    assert text[find(text)[0].span.slice] == "-1 299,00 kr"
    text = "Total US $12.99."
    assert text[find(text)[0].span.slice] == "US $12.99"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("129.00", "129.00"),
        ("1.234", "1.234"),
        ("-5", "-5"),
        ("1,299.00", "1299.00"),
        ("1.299,00 €", "1299.00"),
        ("SEK 129", "129"),
        ("-$7.50", "-7.50"),
        ("$-7.50", "-7.50"),
        ("free", None),
        ("", None),
        ("1e5", None),
        ("nan", None),
        ("1 - 2", None),
        ("A129", None),
        ("9" * 50, None),
    ],
)
def test_a_price_of_markup_is_read(text: str, value: str | None) -> None:
    assert amounts.parse_plain(text) == (None if value is None else Decimal(value))


def test_no_digit_is_rounded_away() -> None:
    assert amounts.format(Decimal("138.8"), 2) == "138.80"
    assert amounts.format(Decimal("1.2345"), 2) == "1.2345"
    with pytest.raises(ValueError, match="no amount"):
        amounts.format(Decimal("NaN"))


VALUES = st.decimals(min_value=0, max_value=10**9, places=2)


@given(VALUES, st.sampled_from(sorted(CURRENCIES)), st.booleans())
def test_a_written_amount_is_found_again(value: Decimal, code: str, front: bool) -> None:
    written = amounts.format(value)
    (match,) = find(f"{code} {written}" if front else f"{written} {code}")
    assert match.values[0] == value
    assert match.currencies == (code,)


@given(
    VALUES,
    st.sampled_from([(",", "."), (".", ","), (" ", ","), ("'", "."), ("\u00a0", ","), ("", ",")]),
    st.sampled_from(["€ {}", "{} €", "{}€", "€{}", "{}"]),
)
def test_every_style_gives_the_value(value: Decimal, style: tuple[str, str], form: str) -> None:
    group, decimal = style
    written = f"{value:,.2f}".replace(",", "G").replace(".", decimal).replace("G", group)
    (match,) = find(form.format(written))
    assert match.values[0] == value
    assert amounts.parse_plain(clean(written).replace("\u00a0", " ")) == value


@given(st.text(max_size=100) | st.text(alphabet="0123456789-., '€$krSEK:x()%\t", max_size=60))
def test_any_text_gives_finite_amounts_inside_the_text(text: str) -> None:
    text = clean(text)
    last = 0
    for match in amounts.find(text, SYMBOLS):
        assert last <= match.span.start < match.span.end <= len(text)
        last = match.span.end
        assert match.values
        digits = "".join(char for char in text[match.span.slice] if char.isdecimal())
        for value in match.values:
            assert value.is_finite()
            assert {int(digit) for digit in f"{value:f}" if digit.isdigit()} <= {0, *map(int, digits)}
            assert Decimal(amounts.format(value)) == value


def test_the_end_of_an_indic_word_is_no_currency_sign() -> None:
    assert find("शुरु 1250") == []
    assert best("कुल: रु. 1,250") == ["1250 INR"]


def test_a_word_of_another_language_is_no_currency() -> None:
    assert find("order 20471938 som levererades") == []


def test_a_sign_of_one_letter_before_a_whole_number_is_one_alone_in_its_cell() -> None:
    for text, value in (("Order Total\tR 787", "787"), ("Total: R 1 249", "1249"), ("R 0\n", "0")):
        assert [str(amount.values[0]) for amount in find(text)] == [value], text
    for text in ("Model R 787 in red", "2 x R 119 each", "R787", "Platform R 12, track 3"):
        assert not find(text), text


def test_a_sign_of_money_may_stand_blanks_before_a_sum_that_is_set_to_the_right() -> None:
    for text, expected in (("Order Total              $  322.80", ("322.80", "$")), ("Discount (5%)   $   -14.91", ("-14.91", "$"))):
        assert [(str(amount.values[0]), text[amount.span.start]) for amount in find(text)] == [expected]
    assert [amount.currencies for amount in find("model S   12.50")] == [()]


def test_korean_particles_that_are_glued_to_the_currency_are_no_part_of_its_name() -> None:
    for text, expected in (("총 32,000원을 결제", "KRW"), ("32,000원이 환불", "KRW"), ("32,000원으로", "KRW")):
        assert [match.currencies[:1] for match in find(text)] == [(expected,)], text
