"""A weekday alone is the last one or the next, as the verb of its clause has it."""

from __future__ import annotations

import pytest

import orderparse

# Wednesday 11 March 2026.
HEAD = (
    "From: Shop <info@shop.example>\nDate: Wed, 11 Mar 2026 10:00:00 +0100\nContent-Type: text/plain; charset=utf-8\nSubject: Hello\n\n{}\n"
)
LAST, NEXT = "2026-03-05", "2026-03-12"


@pytest.mark.parametrize(
    ("sentence", "role", "day"),
    [
        ("We'll ship your lamp on Thursday.", "ship", NEXT),
        ("We shipped your lamp on Thursday.", "ship", LAST),
        ("Vi skickar din lampa på torsdag.", "ship", NEXT),
        ("Vi skickade din lampa i torsdags.", "ship", LAST),
        ("Lampan som du beställde i torsdags är på väg.", "order", LAST),
        ("Dein Paket geht am Donnerstag raus.", "ship", NEXT),
        ("Wir haben dein Paket am Donnerstag verschickt.", "ship", LAST),
        ("Votre colis partira jeudi.", "ship", NEXT),
        ("Votre colis est parti jeudi dernier.", "ship", LAST),
        ("We received your payment on Thursday.", "payment", LAST),
    ],
)
def test_a_weekday_alone_is_the_last_or_the_next(sentence: str, role: str, day: str) -> None:
    reading = orderparse.parse(HEAD.format(sentence).encode())
    assert (role, day) in {(found.role.value, str(found.value)) for found in reading.dates if found.confidence >= 0.5}
    other = NEXT if day == LAST else LAST
    assert not [found for found in reading.dates if str(found.value) == other and found.confidence >= 0.5]
