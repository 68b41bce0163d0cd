import pytest
from hypothesis import given
from hypothesis import strategies as st

import orderparse
from orderparse.values.companies import countries


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Tienda S.A. CUIT 30-50361405-3", "AR"),
        ("RUT: 76.086.428-5", "CL"),
        ("Comercial Ltda 5.126.663-3.", "CL"),
        ("NIT 890.903.938-8", "CO"),
        ("ABN 51 824 753 556", "AU"),
        ("ABN: 51824753556", "AU"),
        ("RFC ABC010203AB9", "MX"),
        ("DeTienda de México, S. de R.L. de C.V., Insurgentes Sur 1602", "MX"),
        ("Comercial del Norte S.A. de C.V.", "MX"),
        ("GST/HST 123456789 RT0001", "CA"),
        ("UEN: 201912345K", "SG"),
    ],
)
def test_a_company_number_tells_its_country(text, country):
    assert countries(text) == {country}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "30-50361405-4",  # a wrong check digit
        "76.086.428-6",
        "890.903.938-9",
        "ABN 51 824 753 557",
        "51 824 753 556",  # a phone, for all that is known
        "order 30-50361405-3-1",
        "123.456.789-01",  # a person in Brazil
        "ABC010203AB9",
    ],
)
def test_what_may_be_something_else_tells_none(text):
    assert countries(text) == frozenset()


@given(st.text(alphabet="0123456789-. ABNRFCUTabc\n", max_size=200))
def test_any_text_is_read(text):
    assert countries(text) <= {"AR", "AU", "CA", "CL", "CO", "MX", "SG"}


def test_a_bare_dollar_sign_is_of_the_country_whose_company_it_is():
    mail = "From: Surf <hi@surf.example>\nSubject: Your order\n\nThank you for your order.\n\nOrder number: 48213\nTotal: $59.90\n\n{}\n"
    currencies = {}
    for footer in ("ABN 51 824 753 556", "123456789 RT0001"):
        (total,) = [found for found in orderparse.parse(mail.format(footer).encode()).amounts if found.role == "total"]
        currencies[footer] = total.value.currency
    assert currencies == {"ABN 51 824 753 556": "AUD", "123456789 RT0001": "CAD"}
