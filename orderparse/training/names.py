"""Made-up names: shops that nobody runs, people who do not live, streets, towns and goods."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

_FIRST = (
    "Norra",
    "Silver",
    "Birch",
    "Kettle",
    "Lumen",
    "Fjord",
    "Amber",
    "Stor",
    "Grün",
    "Petit",
    "Vela",
    "Oak",
    "Tern",
    "Sol",
    "Mira",
    "Quill",
)
_SECOND = (
    "kök",
    "Verkstan",
    "Outfitters",
    "Home",
    "Böcker",
    "Sport",
    "Garten",
    "Optik",
    "Studio",
    "Supply",
    "Cycles",
    "Tea",
    "Textil",
    "Tools",
)
_GIVEN = ("Maja", "Olof", "Hanna", "Elias", "Priya", "Tomas", "Greta", "Nils", "Ines", "Karol", "Aino", "Luca", "Sofie", "Marek")
_FAMILY = ("Lindqvist", "Berg", "Okafor", "Novak", "Haugen", "Moretti", "Virtanen", "Kowalska", "Meyer", "Dubois", "Silva", "Visser")
_STREETS = (
    "Ekgatan",
    "Mill Lane",
    "Lindenweg",
    "Rue du Lac",
    "Via Roma",
    "Kerkstraat",
    "Strandvejen",
    "ulica Lipowa",
    "Calle Mayor",
    "Koivutie",
)
_TOWNS = ("Ekby", "Harrow", "Weiden", "Montclair", "Lucca", "Zwolle", "Aarup", "Lipno", "Sorrel", "Tornio")
_GOODS = ("Kettle", "Lamp", "Backpack", "Jacket", "Novel", "Headphones", "Bicycle bell", "Tea towel", "Cable", "Notebook", "Socks", "Mug")
_KINDS = ("blue", "oak", "large", "XL", "steel", "2-pack", "wool", "mini", "USB-C", "black")


def shop(rng: Random) -> str:
    """A shop's name."""
    return rng.choice(_FIRST) + rng.choice((" ", "")) + rng.choice(_SECOND)


def domain(name: str, top: str, rng: Random) -> str:
    """A domain that a shop of this name could have."""
    plain = re.sub(r"[^a-z]", "", name.lower().translate(str.maketrans("åäöüé", "aaoue")))
    return f"{plain}{rng.choice(('', '', 'shop', '-store'))}.{top}"


def person(rng: Random) -> str:
    """A given and a family name."""
    return f"{rng.choice(_GIVEN)} {rng.choice(_FAMILY)}"


def street(rng: Random) -> str:
    """A street with a house number."""
    return f"{rng.choice(_STREETS)} {rng.randrange(1, 120)}"


def town(rng: Random) -> str:
    """A town."""
    return rng.choice(_TOWNS)


def product(rng: Random) -> str:
    """What is bought."""
    return f"{rng.choice(_GOODS)}, {rng.choice(_KINDS)}"
