import io
import json
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

import orderparse
from orderparse import cli
from orderparse.scoring import model

FIXTURES = Path(__file__).parents[1] / "fixtures"
MAIL = "From: Nordljus <order@nordljus.example>\nSubject: Hej\n\nOrdernummer: 20417\nReferens: 88213377\n"


def test_what_is_kept_is_as_sure_as_the_promise_wants():
    kept = left = 0
    for path in sorted((FIXTURES / "mails").glob("*.eml"))[::2]:
        whole, sure = orderparse.parse(path), orderparse.parse(path, precision=0.99)
        assert {number.value for number in sure.order_numbers} <= {number.value for number in whole.order_numbers}
        least = [model.builtin().least("order_number", 0.99, situation) for situation in model.Situation]
        assert all(number.confidence >= min(value for value in least if value is not None) for number in sure.order_numbers)
        count = dict(sure.left_out).get("order_number", 0)
        assert len(sure.order_numbers) + count == len(whole.order_numbers)
        kept, left = kept + len(sure.order_numbers), left + count
    assert kept > left


def test_without_a_precision_nothing_is_left_out():
    assert orderparse.parse(MAIL).left_out == ()


def test_a_higher_precision_keeps_less():
    path = FIXTURES / "mailbox"
    counts = [sum(len(r.order_numbers) + len(r.dates) for r in orderparse.parse_mailbox(path, precision=p)) for p in (0.9, 0.99, 0.9999)]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[2] == 0


@pytest.mark.parametrize("precision", [0, 1, -0.5, 2, float("nan")])
def test_a_precision_that_is_none_is_refused(precision):
    with pytest.raises(ValueError, match="between 0 and 1"):
        orderparse.parse(MAIL, precision=precision)


def run(*argv):
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            status = cli.main(argv)
        except SystemExit as stop:
            status = stop.code
    return status, out.getvalue(), err.getvalue()


def test_the_command_tells_how_much_was_left_out(tmp_path):
    mail = tmp_path / "mail.eml"
    mail.write_text(MAIL)
    status, out, err = run("--by", "mail", "--format", "jsonl", "--precision", "0.9999", str(mail))
    record = json.loads(out)
    assert status == 0
    assert record["order_numbers"] == []
    assert record["left_out"]["order_number"] == 1
    assert "left out to hold a precision of 0.9999" in err
    assert "1 order number" in err


@pytest.mark.parametrize("text", ["1", "0", "1.5", "high"])
def test_the_command_refuses_a_precision_that_is_none(tmp_path, text):
    mail = tmp_path / "mail.eml"
    mail.write_text(MAIL)
    assert run("--precision", text, str(mail))[0] == 2
