from __future__ import annotations

from pathlib import Path

import pytest

import orderparse.currencies
from orderparse.currencies import load, load_folder
from orderparse.errors import KnowledgeError
from orderparse.values import amounts
from orderparse.values.amounts import Symbols

FOLDER = Path(orderparse.currencies.__file__).parent
CURRENCIES = load_folder(FOLDER)
WANTED = [
    "EUR",
    "USD",
    "GBP",
    "SEK",
    "NOK",
    "DKK",
    "ISK",
    "CHF",
    "PLN",
    "CZK",
    "HUF",
    "RON",
    "BGN",
    "TRY",
    "RUB",
    "UAH",
    "JPY",
    "CNY",
    "KRW",
    "INR",
    "BRL",
    "MXN",
    "ARS",
    "CLP",
    "COP",
    "CAD",
    "AUD",
    "NZD",
    "ZAR",
    "ILS",
    "AED",
    "SAR",
    "THB",
    "VND",
    "IDR",
    "MYR",
    "PHP",
    "SGD",
    "HKD",
    "TWD",
    "KZT",
    "GEL",
    "RSD",
]
# ISO 4217, list one.
WITHOUT_MINOR_UNIT = {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"}
UNUSED_MINOR_UNIT = {"IQD"}  # a thousandth by ISO 4217, which nobody has paid in for decades; CLDR has none
OF_THOUSANDTHS = {"BHD", "JOD", "KWD", "LYD", "OMR", "TND"}


def test_the_common_currencies_are_there() -> None:
    assert set(WANTED) <= set(CURRENCIES)


@pytest.mark.parametrize("code", sorted(CURRENCIES))
def test_a_file_is_named_by_its_code_and_has_the_decimals_of_iso_4217(code: str) -> None:
    assert load(FOLDER / f"{code.lower()}.toml") == CURRENCIES[code]
    assert CURRENCIES[code].decimals == (0 if code in WITHOUT_MINOR_UNIT | UNUSED_MINOR_UNIT else 3 if code in OF_THOUSANDTHS else 2)


def test_ranks_are_unique() -> None:
    ranks = [currency.rank for currency in CURRENCIES.values()]
    assert len(set(ranks)) == len(ranks)


@pytest.mark.parametrize(("code", "symbol"), [(code, symbol) for code in sorted(CURRENCIES) for symbol in CURRENCIES[code].symbols])
def test_every_symbol_is_recognised_behind_and_before_a_number(code: str, symbol: str) -> None:
    symbols = Symbols(CURRENCIES.values())
    for text in (f"129.00 {symbol}", f"{symbol} 129.00"):
        (match,) = amounts.find(text, symbols)
        assert code in match.currencies


@pytest.mark.parametrize(("code", "word"), [(code, word) for code in sorted(CURRENCIES) for word in CURRENCIES[code].words])
def test_every_word_is_recognised_behind_a_number(code: str, word: str) -> None:
    (match,) = amounts.find(f"129 {word}", Symbols(CURRENCIES.values()))
    assert code in match.currencies


GOOD = 'code = "XTS"\nname = "Test"\ndecimals = 2\nrank = 999\n'


@pytest.mark.parametrize(
    "text",
    [
        "code = ",
        GOOD.replace("XTS", "xts"),
        GOOD.replace("decimals = 2", ""),
        GOOD.replace("decimals = 2", "decimals = 5"),
        GOOD.replace("decimals = 2", "decimals = true"),
        GOOD.replace("rank = 999", 'rank = "1"'),
        GOOD + 'symbol = ["x"]\n',
        GOOD + 'symbols = "x"\n',
        GOOD + 'symbols = [" "]\n',
        GOOD + 'symbols = ["x", "x"]\n',
        GOOD + 'countries = ["Sweden"]\n',
    ],
)
def test_a_file_that_is_not_as_the_schema_says_does_not_load(text: str, tmp_path: Path) -> None:
    (tmp_path / "xts.toml").write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"xts\.toml"):
        load_folder(tmp_path)


def test_two_files_of_one_code_do_not_load(tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    with pytest.raises(KnowledgeError, match="already"):
        load_folder(tmp_path)


def test_a_folder_that_is_not_there_has_none(tmp_path: Path) -> None:
    assert load_folder(tmp_path / "none") == {}
