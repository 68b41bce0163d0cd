"""Digits, full-width letters, blanks and hyphens in the form that ASCII has for them, one character for one.

Unlike :func:`orderparse.text.fold.fold` this keeps letter case and accents, and never touches a
letter that merely looks like another (Cyrillic, Greek): such a letter is a different letter.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from orderparse.text.patterns import lazy

if TYPE_CHECKING:
    import re

# Hyphen, non-breaking hyphen, figure dash, en dash, minus, small hyphen: what word processors put where
# someone typed "-". The em dash is punctuation between words.
_HYPHENS = frozenset("\u2010\u2011\u2012\u2013\u2212\ufe63")
# Below U+0660 only the no-break space has another form in ASCII, and Latin, Greek, Cyrillic and Hebrew mails are read fast.
_OTHER = lazy(r"[^\x00-\x9f\xa1-\u065f]+")


class _PlainTable(dict[int, str]):
    """Finds the plain form of a character the first time it is met, remembers it after that."""

    def __missing__(self, code: int) -> str:
        plain = _plain_character(chr(code))
        self[code] = plain
        return plain


def _plain_character(char: str) -> str:
    if char in _HYPHENS:
        return "-"
    if "\uff01" <= char <= "\uff5e":  # full-width forms of "!" to "~"
        return chr(ord(char) - 0xFEE0)
    if unicodedata.category(char) == "Zs":
        return " "
    digit = unicodedata.decimal(char, None)
    return char if digit is None else str(digit)


_TABLE = _PlainTable()


def plain(text: str) -> str:
    r"""Text of the same length, with ASCII digits and blanks.

    >>> plain("ＲＢ１２３\u00a0٤٥\u2011Å")
    'RB123 45-Å'
    >>> plain("РВ12") == "РВ12"  # Cyrillic
    True
    """
    if text.isascii():
        return text
    try:
        text.encode("latin-1")  # the quickest test there is
    except UnicodeEncodeError:
        return _OTHER.sub(_plain_run, text)
    return text.replace("\xa0", " ")


def _plain_run(match: re.Match[str]) -> str:
    return match[0].translate(_TABLE)
