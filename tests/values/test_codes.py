from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderparse.text.fold import clean
from orderparse.values import codes


def values(text: str) -> list[str]:
    return [code.value for code in codes.find(clean(text))]


def joined(text: str) -> list[str]:
    return [code.value for code in codes.find(clean(text)) if code.joined]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("8012345678901234", "8012345678901234"),
        ("0048", "0048"),
        ("#0048", "0048"),
        ("(#0048)", "0048"),
        ("№0048", "0048"),
        ("[0048]", "0048"),
        ("Nr.12345", "12345"),
        ("Art.-Nr.12345", "12345"),
        ("Bestellung:12345", "12345"),
        ("Order12345", "Order12345"),
        ("order 12345.", "12345"),
        ("order 12345.Thanks", "12345"),
        ("250-1234567-0000001", "250-1234567-0000001"),
        ("112\u20111234567\u20117654321", "112-1234567-7654321"),
        ("AB/12.3_4-x", "AB/12.3_4-x"),
        ("aB3", "aB3"),
        ("RB123456785SE", "RB123456785SE"),
        ("550e8400-e29b-41d4-a716-446655440000", "550e8400-e29b-41d4-a716-446655440000"),
        ("８０１２", "8012"),
        ("٨٠١٢", "8012"),
        ("ＲＢ１２", "RB12"),
        ("80\u200b12", "8012"),
        ("订单号8012345号", "8012345"),
        ("注文番号：250-1234567", "250-1234567"),
        ("РB123456785SE", "РB123456785SE"),  # a Cyrillic letter stays one
        ("ABCD", "ABCD"),
        ("7", "7"),
        ("Faktura_12345.pdf", "Faktura_12345"),
        ("2026-03-01T12:00:00+01:00", "2026-03-01"),
        ("+46701234567", "46701234567"),
        ("17:29 +4670", "4670"),
        ("17:29 +0046 70", "0046"),
        ("2@12345", "2"),
    ],
)
def test_a_token_gives_its_code(text: str, code: str) -> None:
    assert values(text)[:1] == [code]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "order number",
        "ABC",
        "Abcd",
        "ABCDEFGHIJKLMNOPQ",
        "12:30",
        "at 12:30:45.",
        "17:29:00 +0000",
        "at 17:29 -0330.",
        "a1@shop.example",
        "order+4821@shop.example",
        "https://shop.example/orders/4821?id=ABCD",
        "www.shop.example/4821",
        "shop24.example/4821",
        "4px.com",
        "1" * 65,
        "a1" * 40,
        "--- ... ///",
        "½ ²",
    ],
)
def test_what_holds_no_code(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("8012 3456 7890 1234", "8012345678901234"),
        ("8012\u00a03456\u00a07890\u00a01234", "8012345678901234"),
        ("1Z 999 AA1 01 2345 6784", "1Z999AA10123456784"),
        ("RB 123 456 785 SE", "RB123456785SE"),
        ("00 340 434 161 234 567 89", "0034043416123456789"),
        ("070-174 06 35", "070-1740635"),
        ("(503) 555-0148", "503555-0148"),
        ("+1 (503) 555-0148", "1503555-0148"),
        ("+46 70 123 45 67", "46701234567"),
        ("GB29 NWBK 6016 1331 9268 19", "GB29NWBK60161331926819"),
        ("Order 8012 3456, tack", "80123456"),
    ],
)
def test_groups_that_one_blank_parts_are_joined(text: str, code: str) -> None:
    assert joined(text)[0] == code


def test_the_digits_of_a_joined_code_are_one_too_and_its_pieces_are_given() -> None:
    assert values("1Z 999 AA1 01 2345 6784") == ["1Z999AA10123456784", "1Z", "999", "AA1", "0123456784", "01", "2345", "6784"]
    assert values("KOLLI 123 456 785") == ["KOLLI", "123456785", "123", "456", "785"]


@pytest.mark.parametrize(
    "text",
    [
        "1 2 3",
        "12 345",
        "1 2 3 4 5 6 7 8 9 10 11",
        "1234  5678",
        "1234\t5678",
        "1234\n5678",
        "1 299,00 kr",
        "8012 (3) 4567890123456",
        "order 4821 from 2026",
        "0048-21 (AB12)",
        "1234 5678 9012 3456 7890 1234 5678 9012 3456 7890",
        "12345 abcde 67890",
    ],
)
def test_what_is_not_joined(text: str) -> None:
    assert joined(text) == []


def test_the_span_is_without_the_mark() -> None:
    text = "Order (#0048), (503) 555-0148"
    assert [text[code.span.slice] for code in codes.find(text)] == ["0048", "503) 555-0148", "503", "555-0148"]


def test_a_label_of_capitals_may_belong_to_the_code() -> None:
    assert values("NO.12345") == ["NO.12345", "12345"]


def test_normal_and_compact_forms() -> None:
    assert codes.normal("#ab 00-12/３") == "ab00-12/3"
    assert codes.compact("RB 123-456.785_SE") == "RB123456785SE"
    assert codes.compact("") == ""


CODES = st.from_regex(r"[A-Z0-9]{1,8}[0-9](?:[-/][A-Z0-9]{1,5}[0-9]){0,3}", fullmatch=True)


@given(CODES, st.sampled_from(["{}", "Order number: {}", "#{}.", "({})", "Bestellung {}, danke", "№ {}\n"]))
def test_a_code_in_a_sentence_is_found_as_written(code: str, sentence: str) -> None:
    text = sentence.format(code)
    assert (code, code) in [(found.value, text[found.span.slice]) for found in codes.find(text)]


@given(st.text(max_size=120) | st.text(alphabet="01aB-./_ ()@:#\n№٣ＡÅдT", max_size=80))
def test_any_text_gives_codes_made_of_its_own_characters(text: str) -> None:
    text = clean(text)
    last = 0
    for code in codes.find(text):
        assert last <= code.span.start < code.span.end <= len(text)
        last = code.span.start
        shown = text[code.span.slice]
        assert code.value == codes.normal(shown)
        assert 1 <= len(code.value) <= codes.LONGEST
        assert code.joined == (any(char.isspace() for char in shown))


def test_the_running_number_of_a_renewal_belongs_to_the_order_number() -> None:
    found = [code.value for code in codes.find("Order number: GPA.2864-1097-5312-46085..3\nPages 12345..67, 4821..")]
    assert "GPA.2864-1097-5312-46085..3" in found
    assert "12345..67" not in found
    assert "4821" in found


def test_the_hours_of_a_shop_are_no_codes() -> None:
    assert [code.value for code in codes.find("ma-vr 8.30-18.00, za 9.00-17.00, 9h00-17h00, 12.34-56")] == ["12.34-56"]
