"""What holds for every mail."""

import base64
import json
import quopri
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import orderparse
from orderparse.outputs import records_json

MAILS = sorted(path for path in (Path(__file__).parents[1] / "fixtures" / "mails").iterdir() if path.suffix in {".eml", ".html", ".txt"})
MALFORMED = sorted(path for path in (Path(__file__).parents[1] / "fixtures" / "malformed").iterdir() if path.suffix != ".json")
PIECES = st.sampled_from(
    [
        *(b"Order number: 48213\n", b"Ordernummer\n", b"<td>", b"</table>", b"<table><tr>", b"=3D", b"\xff\xfe", b"\x00", b"\n\n", b"> "),
        *(
            b"Subject: #48213\n",
            b"Content-Type: text/html\n",
            b"--b\n",
            b"Content-Transfer-Encoding: base64\n",
            b"https://x.example/?orderId=48213 ",
        ),
        *(b"1Z999AA10123456784 ", "Bestellnummer: \u0664\u0668\u0662\u0661\u0663 ".encode(), b"05/06/2026 ", b"12,50 kr ", b"</script>"),
        b'<script type="application/ld+json">{"@type":"Order","orderNumber":',
    ]
)
SETTINGS = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def findings(reading):
    found = [*reading.order_numbers, *reading.tracking_numbers, *reading.dates, *reading.amounts, *reading.identifiers]
    return [*found, *(value for value in (reading.merchant, reading.payment_method) if value is not None)]


def said(reading):
    record = records_json.of_reading(reading)
    return {key: record[key] for key in ("kind", "order_numbers", "tracking_numbers", "dates", "amounts", "identifiers", "merchant")}


@SETTINGS
@given(st.one_of(st.binary(max_size=400), st.lists(st.one_of(PIECES, st.binary(max_size=8)), max_size=30).map(b"".join)))
def test_any_bytes_parse_and_what_is_found_stands_where_it_is_said_to(data):
    reading = orderparse.parse(data)
    assert reading.status == "ok"
    for finding in findings(reading):
        assert 0 <= finding.confidence <= 1
        if finding.span is not None:
            assert reading.text[finding.span.slice] == finding.text
    json.dumps(records_json.of_reading(reading), allow_nan=False)


@pytest.mark.parametrize("path", MAILS, ids=lambda path: path.stem)
def test_the_text_at_the_span_is_the_text(path, reading):
    mail = reading(path)
    lines = mail.text.split("\n")
    for finding in findings(mail):
        if finding.span is not None and finding.text:
            assert mail.text[finding.span.slice] == finding.text
        if finding.span is not None and finding.line:
            assert finding.text in "\n".join(lines[finding.line : finding.line + 2])  # two days of a range may stand on two lines


@pytest.mark.parametrize("path", MAILS[::4], ids=lambda path: path.stem)
def test_lf_and_crlf_agree(path):
    lf = path.read_bytes().replace(b"\r\n", b"\n")
    assert said(orderparse.parse(lf)) == said(orderparse.parse(lf.replace(b"\n", b"\r\n")))


BODY = st.text(alphabet=st.sampled_from("abcåäö <>/=#:.,-0123456789 \n"), max_size=200)


@SETTINGS
@given(BODY)
def test_the_transfer_encoding_does_not_matter(rest):
    text = f"Ordernummer: 48213\nSpårningsnummer: RB123456785SE\n{rest}\n".encode()
    head = b"From: Butik <info@butik.example>\nSubject: Order\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: "
    bodies = {b"8bit": text, b"base64": base64.encodebytes(text), b"quoted-printable": quopri.encodestring(text)}
    records = [said(orderparse.parse(head + name + b"\n\n" + body)) for name, body in bodies.items()]
    assert records[0] == records[1] == records[2]


@SETTINGS
@given(st.integers(10_000, 10**12), st.booleans(), st.booleans(), st.booleans())
def test_a_number_that_more_places_name_is_never_less_sure(number, subject, link, again):
    def confidence(in_subject, in_link, twice):
        title = f"Order {number}" if in_subject else "Thank you"
        extra = f'<a href="https://lampshop.example/?orderId={number}">See it</a>' if in_link else ""
        more = f"<p>Order number: {number}</p>" if twice else ""
        mail = (
            f"From: Lamps <info@lampshop.example>\nSubject: {title}\nContent-Type: text/html\n\n<p>Order number: {number}</p>{extra}{more}"
        )
        return max(found.confidence for found in orderparse.parse(mail.encode()).order_numbers if found.value == str(number))

    assert confidence(subject, link, again) >= confidence(in_subject=False, in_link=False, twice=False) - 1e-9


@pytest.mark.parametrize("path", MALFORMED, ids=lambda path: path.name)
def test_a_damaged_mail_gives_a_record(path):
    assert orderparse.parse(path.read_bytes()).status == "ok"
