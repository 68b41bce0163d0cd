"""What is said not to have happened has no day."""

from __future__ import annotations

import pytest

from tests.readers import sentences

NOTHING_DELIVERED = [
    "Your parcel could not be delivered on 5 May 2026. We will try again.",
    "Your parcel was not delivered on 5 May 2026 because nobody was home.",
    "Ihr Paket konnte am 5. Mai 2026 nicht zugestellt werden.",
    "Ditt paket kunde inte levereras den 5 maj 2026.",
    "Paketet levererades inte den 5 maj 2026.",
    "Votre colis n'a pas pu être livré le 5 mai 2026.",
    "Su envío no fue entregado el 5 de mayo de 2026.",
    "O seu envio não foi entregue no dia 05-05-2026 por destinatário ausente.",
    "Il pacco non è stato consegnato il 5 maggio 2026.",
    "Uw pakket is niet bezorgd op 5 mei 2026.",
    "Paczka nie została doręczona dnia 5 maja 2026.",
    "Din pakke blev ikke leveret den 5. maj 2026.",
    "Pakettia ei toimitettu 5. toukokuuta 2026.",
    "Посылка не была доставлена 5 мая 2026.",
    "Zásilka nebyla doručena dne 5. května 2026.",
]


def days(sentence: str) -> set[str]:
    return {role for role, _ in sentences.days(sentence, sender="Posten <noreply@posten.se>")}


@pytest.mark.parametrize("sentence", NOTHING_DELIVERED)
def test_a_day_on_which_nothing_was_delivered_is_no_day_of_delivery(sentence: str) -> None:
    assert not days(sentence) & {"delivered", "delivery_estimate", "ship"}


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("Do not reply to this mail. Your parcel was delivered on 5 May 2026.", "delivered"),
        ("You need not be at home: it was delivered on 5 May 2026.", "delivered"),
        ("Your parcel will be delivered no later than 8 May 2026.", "delivery_estimate"),
        ("Svara inte på detta mejl. Ditt paket levererades den 5 maj 2026.", "delivered"),
    ],
)
def test_a_denial_in_another_clause_denies_nothing_of_this_one(sentence: str, role: str) -> None:
    assert role in days(sentence)
