"""Look-alikes: domains and names that are made to be taken for a carrier's or a shop's.

What is compared is the domain that someone registered (https://publicsuffix.org), letter by letter as people see it
(Unicode Technical Standard 39, in short), never the end of a string.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from orderparse.slotted import dataclass
from orderparse.text.fold import bare, fold
from orderparse.text.patterns import lazy
from orderparse.values.links import registrable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orderparse.carriers import Carriers
    from orderparse.merchants import Merchants

Likeness = Literal["same", "disguised", "near", "below", "word", "part"]

_LIKE: Final = str.maketrans(
    "аеорсухіјѕһԁԛԝѵɡьвкмнтгαορνυκτιεϲ01345789$@|",
    "aeopcyxijshdqwvgbbkmhtraopvuktiecoieastbgsai",
)  # fmt: skip
_SHORT, _LONG = 4, 5  # characters of a label that is met by chance in others; of one that is not
_SHORTEST = 3
_LONGEST_LABEL: Final = 63
_LONGEST_NAME: Final = 200
_GREAT_I: Final = lazy(r"[a-z]I")  # "PayPaI"
_MIXED: Final = lazy(r"[a-z]")


@dataclass(frozen=True, slots=True, eq=False)
class Brands:
    """Carriers and merchants that may be imitated: codes by the labels of their domains and by their names, as people see them."""

    labels: Mapping[str, frozenset[str]]
    domains: frozenset[str]
    drawn: Mapping[str, frozenset[str]]  # by the looks of a label

    def likeness(self, host: str) -> Mapping[str, Likeness]:
        """How a host that belongs to none of them is like one of them: codes, and in what way.

        ``same`` is the brand's own label under another top-level domain, ``disguised`` one with digits or foreign letters that only
        looks so, ``near`` one with other letters, ``below`` a brand further left than what was registered, ``word`` a brand between
        hyphens, ``part`` one that is glued to something.
        """
        return _likeness(self, host)

    def of_name(self, name: str) -> frozenset[str]:
        """Codes of the brands that a name only looks like: "Аmazon" with a Cyrillic letter, "A m a z o n", "Amaz0n"."""
        plain = unicodedata.normalize("NFKC", name)[:_LONGEST_NAME]
        found: set[str] = set()
        for word in (plain, *plain.split()[:8]):
            visible = _visible(word)
            if bare(word) in self.labels and visible == word and not _spaced(word):
                continue
            if visible != word or _spaced(word) or _disguises(word):
                found.update(self.drawn.get(_skeleton(word), ()))
        return frozenset(found)


@lru_cache(maxsize=4096)
def _likeness(brands: Brands, host: str) -> Mapping[str, Likeness]:
    own = registrable(host)
    shown = unpunycoded(own.partition(".")[0])[:_LONGEST_LABEL]
    found: dict[str, Likeness] = {}
    outer = host.removesuffix(own).strip(".").split(".") if host != own else []
    for label in outer[-6:]:
        for word in (label, *label.split("-")[:8]):
            found.update(dict.fromkeys(brands.labels.get(bare(word), ()), "below"))
    drawn = _skeleton(shown)
    for size in range(_LONG, len(shown)):
        for part in (shown[:size], shown[-size:]):
            found.update(dict.fromkeys(brands.labels.get(part, ()), "part"))
    for token in shown.split("-")[:8] if "-" in shown else ():
        found.update(dict.fromkeys(brands.labels.get(token, ()), "word"))
        if token not in brands.labels and _disguises(token):
            found.update(dict.fromkeys(brands.drawn.get(_skeleton(token), ()), "disguised"))
    if shown in brands.labels:
        found.update(dict.fromkeys(brands.labels[shown], "same"))
    else:
        like: Likeness = "disguised" if _disguises(shown) else "near"
        found.update(dict.fromkeys(brands.drawn.get(drawn, ()), like))
        found.update(dict.fromkeys(_misspelt(brands, shown), "near"))
    return found


def _misspelt(brands: Brands, shown: str) -> frozenset[str]:
    """Codes of brands of which one letter is doubled, or two are exchanged."""
    for at in range(len(shown)) if len(shown) >= _LONG else ():
        shorter = shown[:at] + shown[at + 1 :]
        if at and shown[at] == shown[at - 1] and len(shorter) >= _SHORT and shorter in brands.labels:
            return brands.labels[shorter]
        swapped = shown[:at] + shown[at + 1 : at + 2] + shown[at] + shown[at + 2 :]
        if swapped != shown and swapped in brands.labels:
            return brands.labels[swapped]
    return frozenset()


def _disguises(word: str) -> bool:
    """Whether a word has digits or foreign letters that look like Latin ones, or a great I for a small l."""
    return _GREAT_I.search(word) is not None or any(
        char.translate(_LIKE) != char and (char.isdigit() or not char.isascii()) for char in word.lower()
    )


def _spaced(word: str) -> bool:
    """Whether a word is written letter by letter: "A m a z o n"."""
    pieces = word.split()
    return len(pieces) >= _SHORT and all(len(piece) == 1 for piece in pieces)


def unpunycoded(label: str) -> str:
    """A label of a domain as it is shown."""
    if not label.startswith("xn--"):
        return label
    try:
        return label.encode("ascii").decode("idna")
    except (UnicodeError, ValueError):
        return label


def mixes_scripts(host: str) -> bool:
    """Whether a label has Latin letters and such of Cyrillic or Greek script that look like them, or only these.

    >>> mixes_scripts("аmazon.com"), mixes_scripts("xn--mazon-3ve.com"), mixes_scripts("пример.рф"), mixes_scripts("café.fr")
    (True, True, False, False)
    """
    return any(_mixed(unpunycoded(label)) for label in host.split(".")[:10])


def _mixed(label: str) -> bool:
    if label.isascii():
        return False
    alike = [char for char in label if not char.isascii() and char.translate(_LIKE) != char]
    return bool(alike) and (bool(_MIXED.search(label)) or len(alike) == sum(char.isalpha() for char in label))


def _visible(word: str) -> str:
    return "".join(char for char in word if unicodedata.category(char) != "Cf")


def _skeleton(text: str) -> str:
    """A word as people see it, letters that look alike made one."""
    drawn = text.lower()
    if not (drawn.isascii() and drawn.isalpha()):
        drawn = drawn.translate(_LIKE)
    if not drawn.isascii():
        drawn = fold("".join(char for char in drawn if unicodedata.category(char) != "Cf")).translate(_LIKE)
    drawn = drawn.replace("rn", "m").replace("vv", "w").replace("l", "i")
    return drawn if drawn.isalnum() else "".join(filter(str.isalnum, drawn))


@lru_cache(maxsize=4)
def brands(merchants: Merchants, lines: Carriers) -> Brands:
    """The brands of a knowledge, made once of it."""
    labels: dict[str, set[str]] = {}
    domains: set[str] = set()
    for kind, code, names, own in (
        *(("merchant", one.code, (one.name, *one.names), one.domains) for one in merchants.by_code.values() if one.kind != "platform"),
        *(("carrier", one.code, (one.name, *one.names), one.domains) for one in lines.every),
    ):
        domains.update(own)
        for label in {_own_label(domain) for domain in own} | {bare(name) for name in names}:
            if len(label) >= _SHORTEST and label.isascii() and not label.isdigit():
                labels.setdefault(label, set()).add(f"{kind}:{code}")
    drawn: dict[str, set[str]] = {}
    for label, codes in labels.items():
        if len(label) >= _SHORTEST:
            drawn.setdefault(_skeleton(label), set()).update(codes)
    return Brands(_frozen(labels), frozenset(domains), _frozen(drawn))


def _own_label(domain: str) -> str:
    """The first label of what was registered; of two labels it is the first, whatever the Public Suffix List says."""
    return (domain if domain.count(".") == 1 else registrable(domain)).partition(".")[0]


def _frozen(index: dict[str, set[str]]) -> dict[str, frozenset[str]]:
    return {key: frozenset(codes) for key, codes in index.items()}
