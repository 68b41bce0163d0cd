import re
from random import Random

import pytest

from orderparse.document.build import build
from orderparse.document.quoted import Marks
from orderparse.mail import messages
from orderparse.training.content import Block, Content, Fact, Link
from orderparse.training.layouts import LAYOUTS

FACTS = (
    Fact("Ordernummer", "NB-10482"),
    Fact("Orderdatum", "2026-03-01"),
    Fact("Kollinummer", "RK407182357GB", "https://example.com/track?id=RK407182357GB"),
)
CONTENT = Content(
    language="sv",
    shop="Norra kök",
    title="Order bekräftad",
    greeting="Hej Maja,",
    prose=("Tack för din order.", "Vi skickar den snart."),
    blocks=(
        Block(
            heading="Din order",
            facts=FACTS,
            columns=("Vara", "Antal", "Pris"),
            rows=(("Kettle, blue", "2", "129,00 kr"), ("Lamp, oak", "1", "49,50 kr")),
            sums=(Fact("Delsumma", "307,50 kr"), Fact("Totalt", "356,50 kr")),
        ),
    ),
    buttons=(Link("Spåra paket", "https://example.com/go"),),
    footer=("Norra kök AB", "Ekgatan 12, Ekby"),
)
HTML = sorted(name for name, layout in LAYOUTS.items() if layout(CONTENT, Random(1)).html is not None)


def shown(body):
    kind, text = ("html", body.html) if body.html is not None else ("plain", body.text)
    mail = f"Content-Type: text/{kind}; charset=utf-8\n\n{text}"
    return " ".join(build(messages.parse(mail.encode()), Marks.of(())).text.split())


def test_there_are_at_least_thirty_layouts():
    assert len(LAYOUTS) >= 30


@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_a_layout_shows_every_value_and_label(name):
    for seed in range(4):
        text = shown(LAYOUTS[name](CONTENT, Random(seed)))
        for block in CONTENT.blocks:
            for fact in (*block.facts, *block.sums):
                assert fact.value in text, fact
                assert fact.label.casefold() in text.casefold(), fact
            assert all(cell in text for row in block.rows for cell in row)


@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_a_layout_is_the_same_for_the_same_chance(name):
    assert LAYOUTS[name](CONTENT, Random(3)) == LAYOUTS[name](CONTENT, Random(3))


@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_a_layout_takes_content_that_lacks_everything(name):
    for content in (Content(language="sv", shop="Norra kök"), Content(language="ar", shop="x", blocks=(Block(), Block(facts=FACTS)))):
        body = LAYOUTS[name](content, Random(2))
        assert body.html is not None or body.text is not None


def test_no_two_html_layouts_have_one_skeleton():
    skeletons = {}
    for name in HTML:
        tags = tuple(re.findall(r"<(/?[a-z][a-z0-9]*)", LAYOUTS[name](CONTENT, Random(1)).html))
        assert tags not in skeletons, (name, skeletons.get(tags))
        skeletons[tags] = name
