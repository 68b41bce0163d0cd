"""What is nobody's business is masked in the text that --explain and the report show."""

from __future__ import annotations

from pathlib import Path

import orderparse
from orderparse.outputs import explain

MAIL = Path(__file__).parents[2] / "fixtures" / "mails" / "personal_numbers_sv.eml"
SECRETS = ("811218-9876", "4111 1111 1111 1111", "SE45 5000 0000 0583 9825 7466")


def test_cards_accounts_and_persons_are_masked_in_the_text_which_keeps_its_length() -> None:
    reading = orderparse.parse(MAIL)
    whole = MAIL.read_text(encoding="utf-8")
    assert all(secret in whole and secret not in reading.text for secret in SECRETS)
    assert all("*" * 2 in line for line in reading.text.splitlines() if line.startswith(("Personnummer", "Kort", "IBAN")))
    for number in reading.order_numbers:
        assert number.span is not None
        assert reading.text[number.span.slice] == number.text


def test_they_are_shown_nowhere(tmp_path: Path) -> None:
    target = tmp_path / "x.txt"
    with target.open("w", encoding="utf-8") as file:
        explain.write(orderparse.parse(MAIL), file, width=200)
    shown = target.read_text(encoding="utf-8")
    assert "771204" in shown
    assert not any(secret in shown or secret.replace(" ", "") in shown for secret in SECRETS)
