"""Paint: text that is put down but cannot be seen, for its size or because its colour is that of what lies behind it.

Unlike ``display: none`` these are inherited and may be set back further in: layouts set ``font-size: 0`` on a cell and a
size on the text in it. So what counts is what holds for a text in the end. What is not known for sure is seen.
Sources: https://www.w3.org/TR/css-color-4/, contrast as in https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from orderparse.text.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Mapping

Colour = tuple[int, int, int]
Known = Colour | Literal["unknown", "none"]  # "none" is transparent

WHITE: Final = (255, 255, 255)
_LEAST_CONTRAST: Final = 1.12  # #f4f4f4 on white has 1.10, #eee 1.16
_TINY: Final = 1.5  # pixels
_PIXELS: Final = {"px": 1.0, "pt": 4 / 3, "rem": 16.0, "pc": 16.0, "in": 96.0, "cm": 37.8, "mm": 3.78, "": 1.0}
_RELATIVE: Final = frozenset({"em", "ex", "%"})
_LENGTH: Final = lazy(r"([0-9]*\.?[0-9]+)(px|pt|rem|pc|in|cm|mm|em|ex|%)?")
_SIZE_IN_FONT: Final = lazy(r"(?:^|[ \t\n])([0-9]*\.?[0-9]+(?:px|pt|rem|pc|in|cm|mm|em|ex|%)?)(?=[ \t\n/]|$)")
_HEX: Final = lazy(r"#?([0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})")
_FUNCTION: Final = lazy(r"rgba?\(\s*([0-9]{1,3})[\s,]+([0-9]{1,3})[\s,]+([0-9]{1,3})(?:\s*[,/]\s*([0-9.]{1,6}%?))?\s*\)")
_NAMES: Final = {
    "white": WHITE, "black": (0, 0, 0), "red": (255, 0, 0), "green": (0, 128, 0), "blue": (0, 0, 255), "yellow": (255, 255, 0),
    "gray": (128, 128, 128), "grey": (128, 128, 128), "silver": (192, 192, 192), "snow": (255, 250, 250), "ivory": (255, 255, 240),
    "whitesmoke": (245, 245, 245), "ghostwhite": (248, 248, 255), "floralwhite": (255, 250, 240), "navy": (0, 0, 128),
    "lightgray": (211, 211, 211), "lightgrey": (211, 211, 211), "orange": (255, 165, 0), "maroon": (128, 0, 0), "purple": (128, 0, 128),
}  # fmt: skip
_ALPHA_DIGITS: Final = (4, 8)
_SEE_THROUGH: Final = 0.05


class Paint(NamedTuple):
    """What an element declares; None where it declares nothing. ``size`` is in pixels, ``relative`` a multiple of its parent's."""

    text: Known | None = None
    ground: Known | None = None
    size: float | None = None
    relative: float | None = None

    def with_later(self, later: Paint) -> Paint:
        """What holds where another style is declared behind this one."""
        if later.size is not None or later.relative is not None:
            size, relative = later.size, later.relative
        else:
            size, relative = self.size, self.relative
        text = later.text if later.text is not None else self.text
        return Paint(text, later.ground if later.ground is not None else self.ground, size, relative)


class Shade(NamedTuple):
    """What holds for a text: its colour, what lies behind it, its size; None is the reader's own choice."""

    text: Known | None = None
    ground: Known = WHITE
    size: float | None = None

    def under(self, paint: Paint, *, link: bool = False) -> Shade:
        """What holds inside an element that declares this; a link has a colour of its own."""
        size = paint.size if paint.size is not None else self.size
        if paint.relative is not None:
            size = (
                None if self.size is None and paint.relative > _SEE_THROUGH else (16.0 if self.size is None else self.size) * paint.relative
            )
        ground = paint.ground if paint.ground is not None and paint.ground != "none" else self.ground
        return Shade(paint.text if paint.text is not None else None if link else self.text, ground, size)

    @property
    def unseen(self) -> bool:
        """Whether nobody sees a text that is put down so."""
        if (self.size is not None and self.size <= _TINY) or self.text == "none":
            return True
        if not isinstance(self.text, tuple) or not isinstance(self.ground, tuple):
            return False
        return contrast(self.text, self.ground) < _LEAST_CONTRAST


def of_declarations(declared: Mapping[str, tuple[str, bool]]) -> Paint | None:
    """What the declarations of a style paint; None if nothing.

    >>> of_declarations({"color": ("#FFF".lower(), False), "font-size": ("1px", False)})
    Paint(text=(255, 255, 255), ground=None, size=1.0, relative=None)
    """

    def value(name: str) -> str:
        return declared[name][0] if name in declared else ""

    text = colour(value("color"))
    ground: Known | None = None
    if picture := value("background-image"):
        ground = "unknown" if picture != "none" else None
    if (plain := value("background-color")) and ground is None:
        ground = colour(plain) or "unknown"
    if (short := value("background")) and ground is None:
        ground = _of_shorthand(short)
    size, relative = _size(value("font-size"))
    if size is relative is None and (font := value("font")):
        found = _SIZE_IN_FONT.search(font)
        size, relative = _size(found[1]) if found else (16.0, None)
    if text is None and ground is None and size is None and relative is None:
        return None
    return Paint(text, ground, size, relative)


def _of_shorthand(value: str) -> Known | None:
    if "(" in value and "rgb" not in value:
        return "unknown"  # an image or a gradient
    if "rgb" in value:
        return colour(value[value.index("rgb") : value.find(")") + 1]) or "unknown"
    met = [found for word in value.split()[:10] if (found := colour(word)) is not None]
    return met[0] if met else None if value in {"none", "inherit", "initial", "unset"} else "unknown"


def _size(value: str) -> tuple[float | None, float | None]:
    if not value or value in {"inherit", "unset"}:
        return None, None
    match = _LENGTH.fullmatch(value)
    if match is None:
        return 16.0, None  # a word such as "small", or a sum: large enough
    number, unit = float(match[1]), match[2] or ""
    if unit in _RELATIVE:
        return None, number / 100 if unit == "%" else number
    return (number * _PIXELS[unit] if unit or not number else 16.0), None  # a number alone is none, but for 0


@lru_cache(maxsize=4096)
def colour(text: str) -> Known | None:
    """The colour that CSS or an attribute writes so, in lower case; None if it is none.

    >>> colour("#fff"), colour("rgb(1, 2, 3)"), colour("white"), colour("transparent"), colour("rgba(0,0,0,.5)"), colour("larch")
    ((255, 255, 255), (1, 2, 3), (255, 255, 255), 'none', 'unknown', None)
    """
    if text in _NAMES:
        return _NAMES[text]
    if text == "transparent":
        return "none"
    match = _HEX.fullmatch(text) if text[:1] == "#" else None
    if match is not None:
        digits = match[1]
        alpha = len(digits) in _ALPHA_DIGITS
        if len(digits) < 6:  # noqa: PLR2004  # one digit a part
            digits = "".join(digit * 2 for digit in digits)
        if alpha and digits[6:] != "ff":
            return "none" if digits[6:] == "00" else "unknown"
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)
    function = _FUNCTION.fullmatch(text)
    if function is None:
        return "unknown" if text.startswith(("rgb", "hsl")) else None
    if (alpha_text := function[4]) is not None:
        share = _share(alpha_text)
        if share < 1:
            return "none" if share <= _SEE_THROUGH else "unknown"
    return min(int(function[1]), 255), min(int(function[2]), 255), min(int(function[3]), 255)


def _share(text: str) -> float:
    try:
        return float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        return 0.5


@lru_cache(maxsize=4096)
def contrast(one: Colour, other: Colour) -> float:
    """Ratio of luminances: 1 for the same colour, 21 for black on white."""
    first, second = sorted((_luminance(one), _luminance(other)))
    return (second + 0.05) / (first + 0.05)


def _luminance(of: Colour) -> float:
    parts = [part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in of]  # noqa: PLR2004  # sRGB
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
