"""Cleaning and folding: one text for matching, with the offsets of the text that is shown.

:func:`clean` runs once, while a document is built. After that :func:`fold` maps
each character to exactly one, so an offset in folded text *is* the offset in the text.
"""

from __future__ import annotations

import unicodedata

# Characters that a reader cannot see: soft hyphen, combining grapheme joiner, Arabic letter mark,
# Hangul fillers, Mongolian vowel separator, zero-width space, bidi marks, overrides and isolates, deprecated
# format characters, word joiner, variation selectors, BOM, interlinear annotation, tags. ZWNJ and ZWJ (U+200C,
# U+200D) shape Persian and Indic words; between digits they are junk like the rest, and fold-matching never needs them.
INVISIBLE = frozenset(
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f"
    "\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069"
    "\u206a\u206b\u206c\u206d\u206e\u206f\u3164\ufeff\uffa0\ufff9\ufffa\ufffb"
) | frozenset(map(chr, (*range(0xFE00, 0xFE10), 0xE0001, *range(0xE0020, 0xE0080), *range(0xE0100, 0xE01F0))))
# An override makes the shown order of characters differ from the stored one.
BIDI_OVERRIDES = frozenset("\u202d\u202e")

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_LINE_BREAKS = "\u000b\u000c\u0085\u2028\u2029"


_COMPOSED = {"\u0e4d\u0e32": "\u0e33", "\u0ecd\u0eb2": "\u0eb3"}  # Thai and Lao "am", which NFC leaves in two pieces
# Malayalam's letters without a vowel as they were written before Unicode 5.1: with a joiner, which is taken out.
_CHILLUS = {
    f"{letter}\u0d4d\u200d": chillu
    for letter, chillu in zip("\u0d23\u0d28\u0d30\u0d32\u0d33\u0d15", "\u0d7a\u0d7b\u0d7c\u0d7d\u0d7e\u0d7f", strict=True)
}


def _clean_table() -> dict[int, str | None]:
    table: dict[int, str | None] = dict.fromkeys(map(ord, INVISIBLE))
    table.update(dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), " "))
    table[0x2800] = " "  # a Braille cell without dots
    table.update({0x09: "\t", 0x0A: "\n", 0x0D: "\n"})
    table.update(dict.fromkeys(map(ord, _LINE_BREAKS), "\n"))
    table.update(dict.fromkeys(range(0xD800, 0xE000), "\ufffd"))
    return table


_CLEAN = _clean_table()


def clean(text: str) -> str:
    r"""Text in NFC without invisible and control characters; CRLF and CR become LF.

    >>> clean("8012\u200b3456\u00ad7890")
    '801234567890'
    >>> clean("a\r\nb\x00c")
    'a\nb c'
    """
    text = text.replace("\r\n", "\n")
    if text.isascii() and text.isprintable():
        return text
    if "\u0d4d\u200d" in text:
        for parts, whole in _CHILLUS.items():
            text = text.replace(parts, whole)
    text = text.translate(_CLEAN)  # before composing: what is invisible parts a letter from its accent
    if text.isascii():
        return text
    for parts, whole in _COMPOSED.items():
        text = text.replace(parts, whole)
    return unicodedata.normalize("NFC", text)


class _FoldTable(dict[int, str]):
    """Folds a character the first time it is met, remembers it after that."""

    def __missing__(self, code: int) -> str:
        folded = _fold_character(chr(code))
        self[code] = folded
        return folded


def _fold_character(char: str) -> str:
    if char in "\n\t":
        return char
    if char in _DASHES:
        return "-"
    if char.isspace() or char in _LINE_BREAKS:
        return " "
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    if _HANGUL[0] <= char <= _HANGUL[1]:
        return char  # a syllable is no letter with accents
    lowered = char.lower()
    if char in _WHOLE:
        return char
    base = unicodedata.normalize("NFKD", lowered if len(lowered) == 1 else char)[:1].lower()
    if len(base) != 1 or base.isspace() or base.isdecimal() or unicodedata.combining(base):
        base = lowered if len(lowered) == 1 else char
    return "-" if base in _DASHES else _LETTERS.get(base, base)


# Letters that Unicode does not decompose, apostrophes, and punctuation of other scripts: what people leave out or straighten on
# other keyboards; letters of Arabic script that Arabic, Persian and Urdu write with different characters.
_WHOLE = frozenset("\u0587")  # a ligature that is a letter of its own: Armenian "and"
_LETTERS = {
    **dict.fromkeys("\u2019\u2018\u02bb\u02bc\u2032\u00b4\u0060\u05f3", "'"),
    **dict.fromkeys("\u0649\u06cc\u06d2", "\u064a"),  # alef maksura, Farsi yeh, yeh barree: yeh
    **dict.fromkeys("\u06a9", "\u0643"),  # keheh: kaf
    **dict.fromkeys("\u0629\u06c1\u06be\u06d5", "\u0647"),  # teh marbuta and the other hehs: heh
    "\u03c2": "\u03c3",  # final sigma, which is none in capitals
    **dict.fromkeys("\u2502\u2503\u2551", "|"),  # the lines of tables in plain text
    "\u060c": ",",
    "\u061b": ";",
    "\u061f": "?",
    **dict.fromkeys("\u06d4\u0589\u0964\u0965\u104b\u1362\u17d4\u17d5", "."),  # Urdu, Armenian, Indic, Burmese, Ethiopic, Khmer
    **dict.fromkeys("\u055d\u1365\u1366\u17d6", ":"),  # what stands behind a label in Armenian, Ethiopic and Khmer
    **dict.fromkeys("\u104a\u1363", ","),
    "\u1361": " ",  # parts words in Ethiopic
    "\u05be": "-",
    "\u05f4": '"',
    "\u00f8": "o",
    "\u0142": "l",
    "\u0111": "d",
    "\u0127": "h",
    "\u00df": "s",
    "\u00e6": "a",
    "\u0153": "o",
    "\u0131": "i",
    "\u00f0": "d",
}
_HANGUL = ("\uac00", "\ud7a3")
_FOLD = _FoldTable()


def fold(text: str) -> str:
    r"""Lower case, no accents, ASCII digits, one kind of dash and blank; one character for one.

    >>> fold("Beställningsnummer № ８０１２–٣")
    'bestallningsnummer n 8012-3'
    >>> len(fold("Straße İ")) == len("Straße İ")
    True
    """
    if text.isascii() and text.isprintable() and "`" not in text:
        return text.lower()  # the same, a tenth of the time: most lines
    return text.translate(_FOLD)


def bare(name: str) -> str:
    """Letters and digits of a name, folded, as names are compared.

    >>> bare("Kjell & Company"), bare("kjell-company")
    ('kjellcompany', 'kjellcompany')
    """
    folded = fold(name)
    return folded if folded.isalnum() else "".join(filter(str.isalnum, folded))
