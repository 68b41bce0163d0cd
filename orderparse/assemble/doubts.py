"""Numbers that are not what a person sees: nothing is repaired, and what is doubtful is not accepted (UTS #39, UAX #9).

The characters that make a number doubtful are told by the codes of the defects ``bidi_override``, ``control_chars``,
``mixed_scripts``, ``odd_digits``, ``odd_characters``; the same names stand among the reasons of the value.
"""

from __future__ import annotations

import unicodedata
from functools import cached_property
from typing import TYPE_CHECKING, Final

from orderparse.mentions import MentionKind
from orderparse.records import Defect
from orderparse.roles import Role
from orderparse.text.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orderparse.mentions import Mention, Page
    from orderparse.scoring.model import Hypothesis

REASONS: Final = ("cut_off", "bidi_override", "control_chars", "mixed_scripts", "odd_digits", "odd_characters")
_MOST: Final = 0.45  # probability of a doubtful value: it is not accepted
_CUT: Final = 0.85  # of a value at the end of a mail that may have been cut off, not surely
_OF_DOUBTFUL: Final = 0.3  # what is left of the probability of a number in a mail that may not be genuine
_WANTED: Final = frozenset({Role.ORDER_NUMBER.value, Role.TRACKING_NUMBER.value})
_DETAILS: Final = {
    "cut_off": "the mail ends in or right behind a number, not as a mail does",
    "mixed_scripts": "digits or letters of several scripts in one number",
    "odd_digits": "digits that are no text: mathematical, raised, circled",
    "odd_characters": "a number with strokes over it, or with characters that cannot be shown",
}
_MATHEMATICAL: Final = lazy("[\U0001d7ce-\U0001d7ff\U0001fbf0-\U0001fbf9]")
_ODD_DIGITS: Final = lazy(
    "[\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\U0001d7ce-\U0001d7ff\U0001fbf0-\U0001fbf9]{4,}"
)
_STROKES: Final = lazy("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")  # combining marks of any script
_NO_CHARACTER: Final = lazy("[\ue000-\uf8ff\ufdd0-\ufdef\ufff0-\uffff\U000e0000-\U0010ffff]")
_MISTYPED: Final = lazy(r"(?=.{8})[0-9]+(?:[OIl][0-9]+){1,2}")  # letters that look like digits, in a number else of digits
_LATIN: Final = lazy(r"[A-Za-z]")
_ALIKE: Final = lazy(  # capitals of Cyrillic and Greek script that look like Latin ones
    "[\u0405\u0406\u0408\u0410\u0412\u0415\u041a\u041c-\u041e\u0420-\u0423\u0425\u0430\u0435\u043e\u0440\u0441\u0443\u0445"
    "\u0391\u0392\u0395-\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf]"
)
_OTHER_LETTER: Final = lazy("[\u0370-\u052f]")
_FEW: Final = 10  # one letter in so many: the page is not in that script


def weighed(page: Page, found: Iterable[Hypothesis]) -> list[Hypothesis]:
    """The hypotheses, those weakened whose value is doubtful wherever a person sees it."""
    if page.document.text.isascii() and not page.document.cut and not any(line.doubt for line in page.document.lines):
        return list(found)
    doubts = _Doubts(page)
    known: dict[int, tuple[str, float]] = {}  # why, and what it may be at the most
    kept: list[Hypothesis] = []
    for hypothesis in found:
        doubted = known.get(id(hypothesis.pool))
        if doubted is None:
            cut = page.document.cut
            mentions = [mention for mention in hypothesis.pool.mentions if page.visible(mention) or mention.span.end in cut]
            reasons = [doubts.of(mention) for mention in mentions]
            reason = reasons[0] if reasons and all(reasons) else ""
            surely = reason != "cut_off" or any(cut.get(mention.span.end, False) for mention in mentions)
            doubted = known[id(hypothesis.pool)] = reason, _MOST if surely else _CUT
        reason, most = doubted
        if reason and hypothesis.probability > most:
            hypothesis = hypothesis.weakened(most / hypothesis.probability, reason)  # noqa: PLW2901  # the same one
        kept.append(hypothesis)
    return kept


def of_doubtful(found: Iterable[Hypothesis], reason: str) -> list[Hypothesis]:
    """The hypotheses of a mail whose numbers are likely made up, as its sender is doubtful, or somebody else's, as people discuss them."""
    return [one.weakened(_OF_DOUBTFUL, reason) if one.role in _WANTED else one for one in found]


def defects(page: Page) -> Iterable[Defect]:
    """What is to be told of the numbers of a page."""
    text = page.document.text
    if any(mention.code is not None and _MISTYPED.fullmatch(mention.code.value) for mention in page.mentions if page.visible(mention)):
        yield Defect(code="lookalike_chars", detail="letters that look like digits in a number")
    if text.isascii() and not page.document.cut:
        return
    doubts = _Doubts(page)
    codes = {doubts.of(mention) for mention in page.mentions if page.visible(mention) or mention.span.end in page.document.cut}
    if _ODD_DIGITS.search(text):
        codes.add("odd_digits")
    yield from (Defect(code=code, detail=detail) for code, detail in _DETAILS.items() if code in codes)


class _Doubts:
    """Says why a value is doubtful where it stands."""

    def __init__(self, page: Page) -> None:
        self.lines = page.document.lines
        self.text = page.document.text
        self.cut = page.document.cut

    @cached_property
    def strange(self) -> bool:
        """Whether hardly any letter of the mail is Cyrillic or Greek."""
        return len(_OTHER_LETTER.findall(self.text)) * _FEW < len(_LATIN.findall(self.text))

    def of(self, mention: Mention) -> str:
        """The code of the defect; empty if nothing is doubtful."""
        if doubt := self.lines[mention.line].doubt:
            return doubt
        if mention.span.end in self.cut:
            return "cut_off"
        text, (start, end) = self.text, mention.span
        if text[max(start - 2, 0) : end + 2].isascii():
            return ""
        value = text[start:end]
        if _MATHEMATICAL.search(value):
            return "odd_digits"
        if _STROKES.search(value) or _STROKES.match(text, end) or (start and _STROKES.match(text, start - 1)):
            return "odd_characters"
        behind, before = text[end : end + 2], text[max(start - 2, 0) : start]
        if behind[1:].isdigit() and _NO_CHARACTER.match(behind):
            return "odd_characters"
        if before[:1].isdigit() and _NO_CHARACTER.match(before, 1):
            return "odd_characters"
        if mention.kind is not MentionKind.CODE:
            return ""
        if len({_zero(char) for char in value if char.isdecimal()}) > 1:
            return "mixed_scripts"
        if _ALIKE.search(value) and (_LATIN.search(value) or self.strange):
            return "mixed_scripts"
        return ""


def _zero(digit: str) -> int:
    """Which row of digits a digit is of: where its zero stands."""
    return ord(digit) - unicodedata.decimal(digit)
