"""Wordlike: whether letters could be a word of some language, or were drawn by chance, as the order numbers of PrestaShop are."""

from __future__ import annotations

from typing import Final

from orderparse.text.patterns import lazy

# Pairs of letters of which the words of the language files (64,000, without accents) have fewer than one in 100,000.
RARE_PAIRS: Final = frozenset(
    (  # noqa: SIM905  # as in html_elements
        "BQ BX CB CG CV CX DQ DX FC FQ FX FZ GQ GX HQ HX HZ JH JJ JP JQ JW JX JY KQ KX LX MQ MX NX PQ PX QB QC QF QG QH QJ QK "
        "QM QN QP QQ QR QV QW QX QY QZ SX TQ VF VQ VW VX WD WF WG WJ WQ WV WX WZ XB XD XF XG XH XJ XM XQ XR XV XW XY XZ YQ YX "
        "ZF ZQ ZX"
    ).split()
)
_VOWELS: Final = frozenset("AEIOUY")
_CONSONANTS: Final = lazy(r"[^AEIOUY]{4}")
_FEWEST: Final = 5  # letters of a word to a vowel, at most


def wordlike(letters: str) -> bool:
    """Whether capital letters could be a word: enough vowels, no long run of consonants, no pair that words don't have.

    Of nine letters drawn by chance one in six still could be.

    >>> wordlike("PENDING"), wordlike("XKBKNABJK"), wordlike("HAQVOTERI")
    (True, False, False)
    """
    if sum(letter in _VOWELS for letter in letters) * _FEWEST < len(letters) or _CONSONANTS.search(letters):
        return False
    return not any(letters[at : at + 2] in RARE_PAIRS for at in range(len(letters) - 1))
