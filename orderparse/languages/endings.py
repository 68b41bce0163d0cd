"""Endings: the forms of an inflected word, written once.

``tilau<s|ksen|ksesi> nro`` stands for three phrases; a file may name a set of endings in ``[endings]``
and write its name: with ``case = ["", "n", "lle"]``, ``tilaus<case>``. An ending is always stated: a stem
alone never matches a longer word, so that "order" does not match "ordering".
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from orderparse.text.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_SET = lazy(r"<([^<>]*)>")
_MOST = 200  # forms of one phrase: more is a slip of the pen


def forms(phrase: str, endings: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """All forms of a phrase, in the order in which its endings are written, without doubles.

    >>> forms("numer<|u|em> zamówienia", {})
    ('numer zamówienia', 'numeru zamówienia', 'numerem zamówienia')
    >>> forms("rendelés<case> szám<case>", {"case": ["", "e"]})
    ('rendelés szám', 'rendelés száme', 'rendelése szám', 'rendelése száme')

    Raises:
        ValueError: The phrase names endings that the file does not have, has a lone bracket, or has too many forms.

    """
    pieces = _SET.split(phrase)  # text, set, text, set, text
    if any(mark in text for text in pieces[::2] for mark in "<>"):
        msg = f"{phrase!r}: < and > stand in pairs"
        raise ValueError(msg)
    if len(pieces) == 1:
        return (phrase,)
    choices: list[Sequence[str]] = []
    for number, piece in enumerate(pieces):
        choices.append((piece,) if number % 2 == 0 else _endings(piece, endings, phrase))
    size = 1
    for choice in choices:
        size *= len(choice)
    if size > _MOST:
        msg = f"{phrase!r}: {size} forms, at most {_MOST} are allowed"
        raise ValueError(msg)
    return tuple(dict.fromkeys(" ".join("".join(parts).split()) for parts in product(*choices)))


def _endings(written: str, endings: Mapping[str, Sequence[str]], phrase: str) -> Sequence[str]:
    if "|" in written:
        return written.split("|")
    if written not in endings:
        msg = f"{phrase!r}: [endings] has no {written!r}"
        raise ValueError(msg)
    return endings[written]
