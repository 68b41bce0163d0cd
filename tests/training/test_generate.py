import json
import re

import pytest

from orderparse import api
from orderparse.document.build import build
from orderparse.document.quoted import Marks
from orderparse.knowledge import Knowledge
from orderparse.mail import messages
from orderparse.mentions import MentionKind, page
from orderparse.roles import MailKind, Role
from orderparse.training import folds, generate, gold
from orderparse.training.numbers import plain
from orderparse.values.plain import plain as ascii_digits

KNOWLEDGE = Knowledge.builtin()
EVERYTHING = folds.everything(KNOWLEDGE)
MARKS = Marks.of(KNOWLEDGE.words.quoted)


@pytest.fixture(scope="module")
def made():
    return list(generate.mails(KNOWLEDGE, EVERYTHING, "tests", 300))


def test_a_seed_and_an_index_give_the_same_mail_whatever_was_made_before(made):
    for index in (0, 7, 123):
        again = generate.mail(KNOWLEDGE, EVERYTHING, "tests", index)
        assert (again.data, again.truth) == (made[index].data, made[index].truth)


def test_another_seed_gives_other_mails(made):
    assert generate.mail(KNOWLEDGE, EVERYTHING, "other", 0).data != made[0].data


def test_every_kind_of_mail_is_made(made):
    assert {mail.truth.kind for mail in made} == set(MailKind)


def test_every_order_and_tracking_number_of_the_truth_is_in_the_mail(made):
    for mail in made:
        document = build(messages.parse(mail.data), MARKS)
        shown = plain(ascii_digits(document.text))
        for code, role in mail.truth.codes.items():
            if role in {Role.ORDER_NUMBER, Role.TRACKING_NUMBER}:
                assert code in shown, (mail.name, mail.layout, code)


def test_the_truth_about_days_is_read_in_the_mail(made):
    missing = 0
    told = 0
    for mail in made:
        seen = page(build(messages.parse(mail.data), MARKS), KNOWLEDGE)
        days = {day for m in seen.mentions if m.kind is MentionKind.DATE and m.date for r in m.date.readings for day in (r.first, r.last)}
        told += len(mail.truth.dates)
        missing += sum(day not in days for _, day in mail.truth.dates)
    assert told > 100
    assert missing <= told * 0.05


OF_SHOPS = {MailKind.ORDER_CONFIRMATION, MailKind.PAYMENT, MailKind.INVOICE, MailKind.CANCELLATION, MailKind.REFUND}


def shape(code):
    return re.sub("[A-Z]", "A", re.sub("[0-9]", "9", code))


def test_three_rivals_have_the_shape_of_the_order_number():
    seen = 0
    for index in range(80):
        mail = generate.mail(KNOWLEDGE, EVERYTHING, "rivals", index, rivals=3)
        orders = [code for code, role in mail.truth.codes.items() if role is Role.ORDER_NUMBER]
        if len(orders) != 1 or mail.truth.known or mail.truth.kind not in OF_SHOPS or not orders[0].isdigit():
            continue  # letters and digits drawn at will are alike, but have no shape in common; carriers know no other number
        seen += 1
        assert sum(shape(code) == shape(orders[0]) for code in mail.truth.codes) >= 4
    assert seen > 5


def test_written_mails_are_a_folder_that_can_be_measured(tmp_path):
    generate.write(tmp_path, 12, "1", KNOWLEDGE)
    rows = gold.rows(tmp_path / "gold.jsonl")
    assert len(rows) == 12
    assert all((tmp_path / row["file"]).exists() for row in rows)
    told = list(gold.readings(rows, tmp_path))
    assert sum(bool(one.verdict.truths) for one in told) == 12


def test_a_made_up_mail_never_fails(made):
    assert {api.parse(mail.data).status for mail in made[:80]} == {"ok"}


def test_folds_share_no_language_no_merchant_and_no_layout():
    parts = [folds.fold(KNOWLEDGE, number) for number in range(folds.FOLDS)]
    for name in ("languages", "merchants", "layouts"):
        members = [member for part in parts for member in getattr(part, name)]
        assert len(members) == len(set(members)) == len(getattr(EVERYTHING, name))
        assert all(getattr(part, name) for part in parts)


def test_the_gold_row_is_json(made):
    for mail in made[:30]:
        assert json.loads(json.dumps(generate.gold_row(mail)))["file"] == mail.name
