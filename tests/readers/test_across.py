"""What happened on a day is told where words that no file can know part it from the day."""

from __future__ import annotations

import pytest

import orderparse
from tests.readers.sentences import days


@pytest.mark.parametrize(
    ("sentence", "role", "day"),
    [
        ("The chair will leave our Leeds depot on 9 May.", "ship", "2026-05-09"),
        ("Your parcel was signed for by SMITH on 3 May 2026.", "delivered", "2026-05-03"),
        ("We hold your parcel at the Leeds depot until 9 May.", "pickup_until", "2026-05-09"),
        ("Ditt paket lämnade vårt lager i Borås den 3 maj 2026.", "ship", "2026-05-03"),
        ("Din beställning från Garnhuset i Lund den 3 maj är klar.", "order", "2026-05-03"),
        ("Ihr Paket verließ unser Lager in Köln am 3. Mai 2026.", "ship", "2026-05-03"),
        ("Votre colis a quitté notre entrepôt de Lyon le 3 mai 2026.", "ship", "2026-05-03"),
        ("Il pacco ha lasciato il nostro magazzino di Verona il 3 maggio 2026.", "ship", "2026-05-03"),
    ],
)
def test_free_words_may_part_a_day_from_what_tells_of_it(sentence: str, role: str, day: str) -> None:
    assert (role, day) in days(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "You left a review for the lamp on 3 May.",
        "We sent you a reminder about the forms on 3 May.",
        "The chair left our Leeds depot, and the next fair is on 9 May.",
        "The chair left our Leeds depot. We close early on 9 May.",
        "The chair has not left our Leeds depot on 3 May.",
        "It left our depot with all the other chairs from the old mill, on 9 May.",
    ],
)
def test_another_clause_a_denial_or_many_words_part_them(sentence: str) -> None:
    assert not days(sentence)


def test_the_nearer_words_tell() -> None:
    assert days("It left our depot and should arrive on 9 May.") == {("delivery_estimate", "2026-05-09")}


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("We shipped your prescription order on 05/17/2026.", {("ship", "2026-05-17")}),
        ("Your order left our Calgary distribution centre today.", {("ship", "2026-05-06")}),
        ("Vous devez régler en ligne la somme de 62,80 € au plus tard le 25 mai 2026.", {("due", "2026-05-25")}),
        ("The pot is out of stock until 7 July 2026, I have refunded the item.", set()),
        ("Die Karten wurden am 4. Mai 2026 gedruckt und werden am 9. Mai 2026 von der Post gebracht und zugestellt.", None),
        (
            "Die Lampe, die Sie am 2. Mai 2026 bestellt und am 3. Mai 2026 bezahlt haben.",
            {("order", "2026-05-02"), ("payment", "2026-05-03")},
        ),
    ],
)
def test_a_day_belongs_to_the_verb_of_its_own_clause(sentence: str, found: set[tuple[str, str]] | None) -> None:
    read = days(sentence)
    assert read == found if found is not None else ("delivered", "2026-05-04") not in read


def test_arabic_joins_two_days_with_a_word_that_is_a_part_of_the_next() -> None:
    found = orderparse.parse("Subject: x\nDate: Mon, 17 Mar 2025 10:00:00 +0300\n\nمن المتوقع وصول طلبك بين 22 مارس و24 مارس 2025.\n").dates
    assert [(day.value.isoformat(), day.until and day.until.isoformat()) for day in found] == [("2025-03-22", "2025-03-24")]
