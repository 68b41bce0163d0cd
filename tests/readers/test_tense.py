"""A weekday alone is the last one or the next, as the verb of its clause has it."""

from __future__ import annotations

import pytest

from tests.readers.sentences import days

SENT = "Wed, 11 Mar 2026"
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
        ("我们周四给您发货。", "ship", NEXT),
        ("我们周四已发货。", "ship", LAST),
        ("Paketnya sudah saya kirim hari Kamis.", "ship", LAST),
        ("木曜日に発送します。", "ship", NEXT),
        ("Отправили вашу посылку в четверг, будет у вас в понедельник.", "ship", LAST),
        ("Отправим вашу посылку в четверг.", "ship", NEXT),
        ("Paczka wyszła od nas w czwartek i będzie u Pani w poniedziałek.", "ship", LAST),
        ("We'll ship it, as promised, on Thursday.", "ship", NEXT),
        ("We shipped it on Thursday, you should have it by Monday.", "ship", LAST),
    ],
)
def test_a_weekday_alone_is_the_last_or_the_next(sentence: str, role: str, day: str) -> None:
    found = days(sentence, SENT)
    assert (role, day) in found
    assert (NEXT if day == LAST else LAST) not in {other for _, other in found}
