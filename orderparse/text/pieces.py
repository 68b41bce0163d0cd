"""Pieces: folded text cut where words begin and end.

A word is a run of letters and combining marks; in scripts that put no blanks between words each character is one.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

from orderparse.text.patterns import lazy

# Insides of two character classes. Scripts that put no blanks between words: Thai and Lao, Myanmar, Khmer to Balinese, Han and
# kana (blocks of The Unicode Standard); letters and combining marks of all others but
# the Bengali visarga, which is written for a colon. Folded digits are ASCII.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u1dff\u2e80-\uabff\ud7b0-\ud7ff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
_LATIN = "a-zA-Z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02c1"
_SPACED = (
    f"{_LATIN}\u0300-\u0373\u0376-\u037d\u0386\u0388-\u0481\u0483-\u0556"
    "\u0560-\u0588\u0591-\u05c7\u05d0-\u05f2\u0610-\u061a\u0620-\u065f\u066e-\u06d3\u06d5-\u06ef\u06fa-\u0963\u0970-\u0982\u0984-\u0dff"
    "\u0f00-\u0fff\u10a0-\u10fa\u10fc-\u177f\u1e00-\u1fff\uac00-\ud7a3"
)
_PIECE = lazy(f"[{_SPACED}]+|[{_UNSPACED}]|[^{_SPACED}{_UNSPACED}]+")
_PLAIN_PIECE = lazy("[a-zA-Z]+|[^a-zA-Z]+")
_LATIN_PIECE = lazy(f"[{_LATIN}]+|[^{_LATIN}]+")
# All but Latin letters and blocks of signs, where no letters are: most mails have none, and the large classes are slow to compile.
_OTHER_SCRIPT = lazy("[^\0-\u02c1\u2000-\u2bff\U0001f000-\U0001faff]")
_SIGNS = ("\u2000", "\u2bff")
_WORD = lazy(f"[{_SPACED}{_UNSPACED}]")
_SPACED_LETTER = lazy(f"[{_SPACED}]")
# The first character of each block without blanks, and the first behind it: the class takes long to compile for a glance at one character.
_BOUNDS = [ord(char) + (at % 2) for at, char in enumerate(_UNSPACED.replace("-", ""))]
_PLAIN = "\u0300"  # below it a letter is what str.isalpha says


class Pieces(NamedTuple):
    """A folded text, its pieces, and where each begins; the last of ``starts`` is the end of the text."""

    text: str
    pieces: list[str]
    starts: list[int]


def cut(folded: str) -> Pieces:
    """Cut a text into words and what stands between them.

    >>> cut("order4821, 注文").pieces
    ['order', '4821, ', '注', '文']
    """
    pieces = (_PLAIN_PIECE if folded.isascii() else _LATIN_PIECE if latin(folded) else _PIECE).findall(folded)
    return Pieces(folded, pieces, [0, *accumulate(map(len, pieces))])


def latin(folded: str) -> bool:
    """Whether the letters of a text are all Latin.

    >>> latin("10 € – smörgås"), latin("заказ"), latin("注文")
    (True, False, False)
    """
    return folded.isascii() or _OTHER_SCRIPT.search(folded) is None


def first_word(folded: str) -> tuple[str, int] | None:
    """The first word of a text and where it begins."""
    match = _WORD.search(folded)
    if match is None:
        return None
    word = _PIECE.match(folded, match.start())
    assert word is not None  # noqa: S101  # a word is a piece
    return word[0], match.start()


def inside_word(text: str, at: int) -> bool:
    """Whether a word goes on at an offset: "order1042" and "nr.5" end a word, Han, kana and Thai have no boundary to check."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if before < _PLAIN and after < _PLAIN:  # nearly always
        return before.isalpha() and after.isalpha()
    if _SIGNS[0] <= before <= _SIGNS[1] or _SIGNS[0] <= after <= _SIGNS[1]:
        return False
    return bool(_SPACED_LETTER.match(before)) and bool(_SPACED_LETTER.match(after))


def unspaced(text: str) -> bool:
    """Whether a text begins with a character of a script that puts no blanks between words.

    >>> unspaced("注文"), unspaced("주문"), unspaced("order")
    (True, False, False)
    """
    return text[:1] >= _UNSPACED[0] and bool(bisect_right(_BOUNDS, ord(text[0])) % 2)
