"""What CSS keeps from being shown, read from the declarations of one style.

Colours and sizes, which are inherited and may be set back further in, are in ``paint``; style sheets in ``style_sheets``.
Source of the properties: https://www.w3.org/TR/css-2024/
"""

from __future__ import annotations

from typing import Final

from orderparse.text.patterns import lazy

_DISPLAY_NONE: Final = lazy(r"display[ \t\n\f\r]*+:[ \t\n\f\r]*+none")
_COMMENT: Final = lazy(r"/\*(?>(?:[^*]|\*(?!/))*)(?:\*/)?")
_ZERO: Final = lazy(r"[+-]?(?:0+(?:\.0*)?|\.0+)(?:[a-z]{1,4}|%)?")
_LITTLE: Final = lazy(r"\+?(?:[01](?:\.0*)?|0?\.[0-9]{1,4})(?:px|pt)?")  # one pixel, or less
_FAINT: Final = lazy(r"\+?(?:0+(?:\.0[0-4]?[0-9]{0,6})?|\.0[0-4]?[0-9]{0,6})%?|[0-4](?:\.[0-9]{0,6})?%")
_FAR_LEFT: Final = lazy(r"-[0-9]{3,}(?:\.[0-9]*)?(?:px|pt|em|rem|vw|vh|%)?")
_CLIPPED: Final = lazy(r"rect\((?:[ ,]{0,3}[01](?:px)?){4}[ ]?\)|inset\((?:[5-9][0-9]|100)%.{0,60}\)|circle\(0.{0,30}\)")
_MOVED_AWAY: Final = lazy(r"scale\(0(?:\.0{1,3})?(?:,[^)]{0,20})?\)|translate[xy3d]{0,2}\([^)-]{0,20}-[0-9]{3,}")
# Almost all styles hold none of these: reading declarations takes ten times as long.
_WORDS: Final = (
    "visibility",
    "max-height",
    "mso-hide",
    "overflow",
    "opacity",
    "position",
    "text-indent",
    "margin",
    "clip",
    "transform",
    "/*",
)
_AWAY: Final = ("margin-left", "margin-top", "margin")


def may_hide(style: str) -> bool:
    """Whether a style in lower case may hide: holds a property with which it could."""
    if "none" in style and _DISPLAY_NONE.search(style):
        return True
    for word in _WORDS:
        if word in style:
            return word != "margin" or "-" in style.partition("margin")[2]
    return False


def hides(style: str) -> bool:
    """Whether an inline style hides its element.

    >>> hides("Display: none"), hides("max-height:0;overflow:hidden"), hides("mso-hide:all")
    (True, True, True)
    >>> hides("text-decoration:none"), hides("display:none;display:block"), hides("font-size:0")
    (False, False, False)
    """
    style = style.lower()
    return may_hide(style) and hiding(declarations(style))


def shows(style: str) -> int:
    """How strongly an inline style shows its element against a rule: 0 not, 1 yes, 2 as important.

    >>> shows("color:red"), shows("display:block"), shows("display:block !important")
    (0, 1, 2)
    """
    style = style.lower()
    value, important = declarations(style).get("display", ("none", False)) if "display" in style else ("none", False)
    return 0 if value == "none" else 1 + important


def declarations(style: str) -> dict[str, tuple[str, bool]]:
    """Values by property, and whether they are important; later ones win over earlier ones."""
    found: dict[str, tuple[str, bool]] = {}
    if "/*" in style:
        style = without_comments(style)
    for declaration in style.split(";"):
        name, colon, value = declaration.partition(":")
        if not colon:
            continue
        name = name.strip()
        value, bang, _ = value.partition("!")
        important = bool(bang)
        if important or not (name in found and found[name][1]):
            found[name] = (value.strip(), important)
    return found


def without_comments(css: str) -> str:
    """CSS without its comments."""
    return _COMMENT.sub(" ", css)


def hiding(declared: dict[str, tuple[str, bool]]) -> bool:
    """Whether an element with these declarations is not shown, nor anything in it."""

    def value(name: str) -> str:
        return declared[name][0] if name in declared else ""

    if value("display") == "none" or value("visibility") in {"hidden", "collapse"} or value("mso-hide") == "all":
        return True
    if _ZERO.fullmatch(value("max-height")) or _FAINT.fullmatch(value("opacity")):
        return True
    # A scroll box of no height or width; overflow has one value an axis.
    if ("hidden" in value("overflow") or "clip" in value("overflow")) and any(
        _LITTLE.fullmatch(value(side)) for side in ("height", "width", "max-height", "max-width")
    ):
        return True
    if _FAR_LEFT.fullmatch(value("text-indent")) or _MOVED_AWAY.search(value("transform")):
        return True
    if any(_FAR_LEFT.fullmatch(side) for name in _AWAY for side in value(name).split()[:4]):
        return True
    if value("position") not in {"absolute", "fixed"}:
        return bool(_CLIPPED.fullmatch(value("clip-path")))
    if _CLIPPED.fullmatch(value("clip")) or _CLIPPED.fullmatch(value("clip-path")):
        return True
    return any(_FAR_LEFT.fullmatch(value(side)) for side in ("left", "top", "right", "bottom"))
