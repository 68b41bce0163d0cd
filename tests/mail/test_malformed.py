"""Damaged mails: each is a family of damage met in the wild, with invented content."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import orderparse
from orderparse.mail import messages

if TYPE_CHECKING:
    from orderparse.mail.model import Message

FOLDER = Path(__file__).parents[2] / "fixtures" / "malformed"
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))


def everything(message: Message) -> list[Message]:
    """The message and all that are attached to it."""
    found = [message]
    for one in found:
        found.extend(one.attached)
    return found


def shown(message: Message) -> str:
    return "\n".join(part.text for one in everything(message) for part in one.parts)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_damaged_mail_still_shows_its_text(name: str) -> None:
    message = messages.parse((FOLDER / name).read_bytes(), source=name)
    assert message.source == name
    assert (EXPECTED[name]["contains"] or "") in shown(message)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_damage_is_told_and_nothing_else_is(name: str) -> None:
    message = messages.parse((FOLDER / name).read_bytes())
    assert sorted({defect.code for one in everything(message) for defect in one.defects}) == sorted(EXPECTED[name]["defects"])


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_damage_stands_in_the_reading(name: str) -> None:
    defects = {defect.code for defect in orderparse.parse((FOLDER / name).read_bytes()).defects}
    assert defects >= set(EXPECTED[name]["defects"])


def test_every_damaged_mail_has_its_expectation() -> None:
    assert {path.name for path in FOLDER.iterdir()} - {"expected.json"} == set(EXPECTED)


def test_what_is_no_text_of_the_mail_is_left_out() -> None:
    text = shown(messages.parse((FOLDER / "text_attachment.eml").read_bytes()))
    assert "LB-00000000" not in text
    assert "LB-11111111" not in text


def test_an_attached_mail_has_its_own_sender_and_subject() -> None:
    for name in ("nested_rfc822.eml", "nested_rfc822_base64.eml"):
        message = messages.parse((FOLDER / name).read_bytes())
        assert [part.text for part in message.parts] == ["see the mail that came with this one"]
        (attached,) = message.attached
        assert attached.sender is not None
        assert attached.sender.address == "orders@lanternbooks.example"
        assert attached.subject.startswith("Your order LB-")
