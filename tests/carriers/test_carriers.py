"""Carriers are found by number, host, sender and name, and their numbers in links."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderparse import carriers
from orderparse.carriers import Carriers, Formats, Tier
from orderparse.carriers.links import number_in_link
from orderparse.errors import KnowledgeError
from orderparse.values.links import Url, parse

CARRIERS = carriers.load_folder(Path(carriers.__file__).parent)
FORMATS = Formats(CARRIERS.values())
KNOWN = Carriers(CARRIERS.values())


def codes(found: tuple[carriers.Carrier, ...]) -> set[str]:
    return {carrier.code for carrier in found}


def in_link(code: str, url: str) -> list[tuple[str, bool]]:
    return list(number_in_link(CARRIERS[code], parse(url)))


# Formats


def test_the_file_name_is_the_code() -> None:
    assert all(carrier.code == code for code, carrier in CARRIERS.items())


@given(st.text(max_size=60) | st.text("0123456789ABCXYZ -", max_size=60))
def test_the_formats_of_any_text_are_those_that_fit_one_by_one(text: str) -> None:
    compact = re.sub("[- \t\u00a0\u2007\u2009\u202f\u2010-\u2013\u2014\u2212]", "", text)
    expected = [shape for carrier in CARRIERS.values() for shape in carrier.formats if compact.isascii() and shape.fits(compact.upper())]
    assert [match.format for match in FORMATS.of(text)] == expected


def test_a_megabyte_has_no_format() -> None:
    assert FORMATS.of("7" * 1_000_000) == FORMATS.of("7-" * 500_000) == ()


def test_digits_of_other_scripts_have_no_format() -> None:
    assert FORMATS.of("RB١٢٣٤٥٦٧٨٥SE") == ()


def test_a_wrong_check_digit_is_told_not_hidden() -> None:
    assert [match.check for match in FORMATS.of("RB123456786SE")] == [False]
    assert [match.check for match in FORMATS.of("RB123456785SE")] == [True]
    assert [match.check for match in FORMATS.of("84213960557SE")] == [None]


def test_letters_of_no_country_are_no_upu_number() -> None:
    assert FORMATS.of("RB123456785XY") == ()


def test_a_match_brings_the_page_that_tracks_the_number() -> None:
    (match,) = FORMATS.of("RB 123 456 785 SE")
    assert match.url == "https://tracking.postnord.com/se/?id=RB123456785SE"
    assert FORMATS.of("RB123456785AE")[0].url is None


def test_an_order_number_of_sixteen_digits_is_at_most_generic() -> None:
    assert {match.format.tier for match in FORMATS.of("8012345678904321")} <= {Tier.CARRIER}


# Hosts, senders, names


@pytest.mark.parametrize("host", ["dhl.de", "nolp.dhl.de", "NOLP.DHL.DE", "www.dhl.de."])
def test_hosts_below_a_carrier_are_the_carriers(host: str) -> None:
    assert codes(KNOWN.of_host(host)) == {"dhl_paket"}


@pytest.mark.parametrize("host", ["notdhl.de", "dhl.de.evil.example", "de", "", ".", "dhl-de.example", "amazon.com"])
def test_look_alike_hosts_are_nobodys(host: str) -> None:
    assert KNOWN.of_host(host) == ()


@pytest.mark.parametrize("code", sorted(CARRIERS))
def test_look_alikes_of_every_domain_are_nobodys(code: str) -> None:
    for domain in (*CARRIERS[code].domains, *CARRIERS[code].hosts):
        for fake in (f"not{domain}", f"{domain}.evil.example", domain.replace(".", "-") + ".example"):
            assert KNOWN.of_host(fake) == KNOWN.of_domain(fake) == ()


def test_carriers_that_share_a_domain_are_all_given() -> None:
    assert codes(KNOWN.of_domain("dhl.com")) == {"dhl_express", "dhl_freight", "dhl_ecommerce"}
    assert codes(KNOWN.of_name("DHL")) == {"dhl_express", "dhl_freight", "dhl_ecommerce", "dhl_paket"}


def test_names_are_compared_whole_without_case_and_accents() -> None:
    assert codes(KNOWN.of_name("POSTNORD  Sverige")) == {"postnord"}
    assert codes(KNOWN.of_name("osterreichische post")) == {"austrian_post"}
    assert KNOWN.of_name("my PostNord parcel") == ()


def test_words_of_a_language_are_names_only_as_a_whole() -> None:
    assert codes(KNOWN.of_name("Bring")) == {"bring"}
    assert "Bring" not in CARRIERS["bring"].names


# Links


@pytest.mark.parametrize(
    ("code", "url", "number"),
    [
        ("postnord", "https://tracking.postnord.com/se/?id=84213960557SE", "84213960557SE"),
        ("postnord", "https://www.postnord.se/vara-verktyg/spara-brev-paket-och-pall?shipmentId=84213960557SE", "84213960557SE"),
        ("postnord", "https://portal.postnord.com/tracking/details/00373102044182635591", "00373102044182635591"),
        ("bring", "https://sporing.posten.no/sporing/370720133445566174", "370720133445566174"),
        ("posti", "https://www.posti.fi/fi/seuranta#/lahetys/JJFI64211900000123457", "JJFI64211900000123457"),
        ("dhl_express", "https://www.dhl.com/se-sv/home/tracking.html?tracking-id=3182649750", "3182649750"),
        ("dhl_paket", "https://nolp.dhl.de/nextt-online-public/set_identcodes.do?lang=de&idc=00340434286410975316", "00340434286410975316"),
        ("dpd", "https://tracking.dpd.de/status/de_DE/parcel/09442864109753", "09442864109753"),
        ("gls", "https://gls-group.eu/GROUP/en/parcel-tracking?match=286410975315", "286410975315"),
        (
            "hermes_de",
            "https://www.myhermes.de/empfangen/sendungsverfolgung/sendungsinformation#H1002864109753124608",
            "H1002864109753124608",
        ),
        ("evri", "https://www.evri.com/track/parcel/H00ABC0123456786/details", "H00ABC0123456786"),
        ("royal_mail", "https://www.royalmail.com/track-your-item#/tracking-results/RR473124829GB", "RR473124829GB"),
        ("postnl", "https://jouw.postnl.nl/track-and-trace/3SQKZD2864109-NL-1234AB", "3SQKZD2864109"),
        ("postnl", "https://postnl.nl/tracktrace/?B=3SQKZD2864109&P=1234AB&D=NL&T=C", "3SQKZD2864109"),
        ("ups", "https://wwwapps.ups.com/WebTracking/track?TrackNum=1Z999AA10123456784", "1Z999AA10123456784"),
        ("usps", "https://tools.usps.com/go/TrackConfirmAction?tLabels=9205510286410975312462", "9205510286410975312462"),
        ("cainiao", "https://global.cainiao.com/newDetail.htm?mailNoList=LP00286410975312", "LP00286410975312"),
        ("amazon_logistics", "https://track.amazon.co.uk/tracking/QA2864109753", "QA2864109753"),
        ("swiss_post", "https://service.post.ch/ekp-web/ui/entry/search/996028641097531246", "996028641097531246"),
        ("auspost", "https://auspost.com.au/mypost/track/#/details/RR473124829GB", "RR473124829GB"),
    ],
)
def test_the_number_of_a_tracking_link_is_certain(code: str, url: str, number: str) -> None:
    assert in_link(code, url) == [(number, True)]


def test_several_numbers_of_one_parameter_are_all_given() -> None:
    url = "https://tools.usps.com/go/TrackConfirmAction?tLabels=9205510286410975312462%2C9400111206286410975310"
    assert in_link("usps", url) == [("9205510286410975312462", True), ("9400111206286410975310", True)]


def test_a_generic_parameter_is_certain_only_with_a_format_of_the_carrier() -> None:
    assert in_link("postnord", "https://tracking.postnord.com/se/?id=abc12345") == [("abc12345", False)]
    assert in_link("postnord", "https://tracking.postnord.com/se/?id=84213960557SE") == [("84213960557SE", True)]


def test_a_carrier_also_tracks_the_upu_numbers_of_other_posts() -> None:
    assert in_link("postnord", "https://tracking.postnord.com/se/?id=RR473124829GB") == [("RR473124829GB", True)]
    assert in_link("postnord", "https://tracking.postnord.com/se/?id=RR473124820GB") == [("RR473124820GB", False)]


def test_a_number_with_a_wrong_check_digit_is_not_certain() -> None:
    assert in_link("ups", "https://www.ups.com/track?tracknum=1Z999AA10123456785") == [("1Z999AA10123456785", False)]


def test_a_parameter_counts_only_on_the_carriers_host() -> None:
    assert in_link("postnord", "https://shop.example/?id=84213960557SE") == []
    assert in_link("postnord", "https://postnord.com.evil.example/?id=84213960557SE") == []


def test_a_token_is_never_certain() -> None:
    assert in_link("budbee", "https://tracking.budbee.com/QK28ZD64HV10") == [("QK28ZD64HV10", False)]


def test_words_in_the_place_of_a_number_are_none() -> None:
    assert in_link("postnord", "https://www.postnord.se/?id=sverige") == []
    assert in_link("budbee", "https://tracking.budbee.com/login") == []


@given(st.text(max_size=80), st.sampled_from(sorted(CARRIERS)))
def test_any_link_gives_only_what_stands_in_it(text: str, code: str) -> None:
    for host in CARRIERS[code].hosts[:1]:
        url = Url(text, "https", host, (text, text), (("id", text), ("q", text), ("number", text)), text)
        assert all(value in text for value, _ in number_in_link(CARRIERS[code], url))


def test_a_megabyte_in_a_link_gives_no_number() -> None:
    value = "7" * 1_000_000
    url = Url("", "https", "tracking.postnord.com", (value,), (("id", value), ("id", "a," * 500_000)), value)
    assert list(number_in_link(CARRIERS["postnord"], url)) == []


# Loading

GOOD = """
name = "Line"
home = "https://line.example/"
hosts = ["line.example"]
links = [{ params = ["Nr"] }]
[[formats]]
pattern = 'L[0-9]{9}'
lengths = [10, 10]
tier = "distinctive"
valid = ["L123456789"]
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "line.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_users_own_carrier_loads(tmp_path: Path) -> None:
    carrier = carriers.load(write(tmp_path, GOOD))
    assert (carrier.code, carrier.names, carrier.links[0].hosts, carrier.links[0].params) == ("line", ("Line",), ("line.example",), ("nr",))
    assert Formats([carrier]).of("l123456789")[0].carrier == "line"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('home = "https://line.example/"', ""),
        ('home = "https://line.example/"', 'homepage = "https://line.example/"'),
        ('tier = "distinctive"', 'tier = "sure"'),
        ('tier = "distinctive"', 'tier = "distinctive"\ncheck = "nosuch"'),
        ('tier = "distinctive"', 'tier = "distinctive"\ncolour = "red"'),
        ("lengths = [10, 10]", "lengths = 10"),
        ('hosts = ["line.example"]', 'hosts = "line.example"'),
        ('params = ["Nr"]', 'parameter = "Nr"'),
        ('params = ["Nr"]', 'path = "/track/"'),
        ('params = ["Nr"]', 'params = ["Nr"], path = "/track/{number}"'),
        ('links = [{ params = ["Nr"] }]', "links = [7]"),
        ('name = "Line"', "name ="),
    ],
)
def test_a_file_against_the_schema_does_not_load(tmp_path: Path, old: str, new: str) -> None:
    with pytest.raises(KnowledgeError, match=r"line\.toml"):
        carriers.load(write(tmp_path, GOOD.replace(old, new)))


@pytest.mark.parametrize("pattern", ["L[0-9", "(L)[0-9]{9}"])
def test_a_pattern_that_is_none_is_told(tmp_path: Path, pattern: str) -> None:
    with pytest.raises(KnowledgeError, match=r"line\.toml:\d+: "):
        carriers.load(write(tmp_path, GOOD.replace("L[0-9]{9}", pattern)))
