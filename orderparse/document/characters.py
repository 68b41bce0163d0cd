"""Characters that a reader does not see, or does not see where they are (UAX #9, UTR #36), before they are cleaned away."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from orderparse.records import Defect
from orderparse.text.fold import BIDI_OVERRIDES, INVISIBLE, clean
from orderparse.text.patterns import inside, lazy

if TYPE_CHECKING:
    from collections.abc import Iterator

_INVISIBLE: Final = inside(INVISIBLE)
_TYPOGRAPHY: Final = "\u00ad\u200c\u200d"  # they shape words; between letters they are nothing odd
_RARE: Final = lazy(
    "[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)  # invisible, though ``str.isprintable`` says no
_CONTROL: Final = lazy(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_ODD: Final = inside(INVISIBLE - set(_TYPOGRAPHY))
_INSIDE_CODE: Final = lazy(rf"\d[{_INVISIBLE}]++[^\W_]|[^\W_][{_INVISIBLE}]++\d|[^\W_][{_TYPOGRAPHY}]*+[{_ODD}][{_INVISIBLE}]*+[^\W_]")
# Inside a number these part it or not, as the mail program likes.
_IN_NUMBER: Final = lazy(r"\d[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]++[^\W_]|[^\W_][\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]++\d")


def doubt(raw: str) -> str:
    r"""Why numbers on a raw line are not what a person sees there, as the code of a defect; empty if they are.

    >>> doubt("Order \u202e4321\u202c"), doubt("Order 80\x0012"), doubt("Order\x00 8012")
    ('bidi_override', 'control_chars', '')
    """
    if not BIDI_OVERRIDES.isdisjoint(raw):
        return "bidi_override"
    return "control_chars" if _IN_NUMBER.search(raw) else ""


def odd_characters(text: str) -> Iterator[Defect]:
    r"""Defects that the characters of a raw text show; what was odd is gone after ``clean``.

    >>> [defect.code for defect in odd_characters("8012\u200b3456 \x07")]
    ['invisible_chars', 'control_chars']
    >>> list(odd_characters("Bestell\u00adnummer"))
    []
    """
    if _INSIDE_CODE.search(text):
        yield Defect(code="invisible_chars", detail="invisible characters inside a word or number")
    if not BIDI_OVERRIDES.isdisjoint(text):
        yield Defect(code="bidi_override", detail="the shown order of characters is not the stored one")
    if _CONTROL.search(text) or _IN_NUMBER.search(text):
        yield Defect(code="control_chars", detail="control characters in the text")


def is_clean(text: str) -> bool:
    r"""Whether ``clean`` would leave a text as it is; quicker than ``clean``.

    >>> is_clean("Größe 4"), is_clean("8012\u200b34"), is_clean("a\u0301")
    (True, False, False)
    """
    return text.isprintable() and (text.isascii() or (unicodedata.is_normalized("NFC", text) and not _RARE.search(text)))


def cleaned(text: str) -> str:
    r"""Text that is clean, and in NFC also where an invisible character parted a letter from its accent.

    >>> cleaned("o\u200b\u0308") == "ö"
    True
    """
    text = clean(text)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
