"""What CSS and HTML keep from being shown: inline styles, simple rules of style sheets, the ``hidden`` attribute.

``font-size: 0`` hides nothing here: layouts set it on what surrounds the whole mail and set it back inside.
Rules in ``@media`` are for other screens. Source of the properties: https://www.w3.org/TR/css-2024/
"""

from __future__ import annotations

import re
from typing import Final

RULES: Final = 2_000  # that are read of all style sheets of a mail

_DISPLAY_NONE: Final = re.compile(r"display[ \t\n\f\r]*+:[ \t\n\f\r]*+none")
_UNSEEN: Final = re.compile(r"visibility[ \t\n\f\r]*+:[ \t\n\f\r]*+(?:hidden|collapse)")
_COMMENT: Final = re.compile(r"/\*(?>(?:[^*]|\*(?!/))*)(?:\*/)?")
_ZERO: Final = re.compile(r"[+-]?(?:0+(?:\.0*)?|\.0+)(?:[a-z]{1,4}|%)?")
_FAR_LEFT: Final = re.compile(r"-[0-9]{3,}(?:\.[0-9]*)?(?:px|pt|em|rem)?")
_SIMPLE_SELECTOR: Final = re.compile(r"(\*|[a-z][a-z0-9-]*+)?(?:([.#])((?>(?:[\w-]|[^\x00-\x7f])+)))?")


def hides(style: str) -> bool:
    """Whether an inline style hides its element.

    >>> hides("Display: none"), hides("max-height:0;overflow:hidden"), hides("mso-hide:all")
    (True, True, True)
    >>> hides("text-decoration:none"), hides("display:none;display:block"), hides("font-size:0")
    (False, False, False)
    """
    style = style.lower()
    # Almost all styles end here: reading declarations takes ten times as long.
    if not (
        ("none" in style and _DISPLAY_NONE.search(style))
        or "visibility" in style
        or "max-height" in style
        or "mso-hide" in style
        or "overflow" in style
        or "opacity" in style
        or "position" in style
        or "text-indent" in style
        or "/*" in style
    ):
        return False
    return _hiding(_declarations(style))


def shows(style: str) -> int:
    """How strongly an inline style shows its element against a rule: 0 not, 1 yes, 2 as important.

    >>> shows("color:red"), shows("display:block"), shows("display:block !important")
    (0, 1, 2)
    """
    style = style.lower()
    value, important = _declarations(style).get("display", ("none", False)) if "display" in style else ("none", False)
    return 0 if value == "none" else 1 + important


def _declarations(style: str) -> dict[str, tuple[str, bool]]:
    """Values by property, and whether they are important; later ones win over earlier ones."""
    found: dict[str, tuple[str, bool]] = {}
    if "/*" in style:
        style = _COMMENT.sub("", style)
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


def _hiding(declared: dict[str, tuple[str, bool]]) -> bool:
    def value(name: str) -> str:
        return declared[name][0] if name in declared else ""

    if value("display") == "none" or value("visibility") in {"hidden", "collapse"} or value("mso-hide") == "all":
        return True
    if _ZERO.fullmatch(value("max-height")) or _ZERO.fullmatch(value("opacity")):
        return True
    if "hidden" in value("overflow") and _ZERO.fullmatch(value("height")):
        return True
    if _FAR_LEFT.fullmatch(value("text-indent")):
        return True
    return value("position") in {"absolute", "fixed"} and any(_FAR_LEFT.fullmatch(value(side)) for side in ("left", "top", "right"))


class StyleSheets:
    """Simple selectors (``td``, ``.name``, ``#name``, ``td.name``) whose rules hide; all in lower case."""

    __slots__ = ("_rules", "by_element", "selectors")

    def __init__(self) -> None:
        self._rules = 0
        self.by_element = False  # a selector is but the name of an element
        self.selectors: dict[tuple[str, str], bool] = {}  # (element or "", ".name" or "#name" or "") -> important

    def add(self, css: str) -> bool:
        """Read a style sheet; gives whether it hides anything that no other hid before.

        >>> sheets = StyleSheets()
        >>> sheets.add(".pre, td#x { display: none !important } @media print { .y { display: none } }")
        True
        >>> sheets.selectors
        {('', '.pre'): True, ('td', '#x'): True}
        """
        css = css.lower()
        hiding = sorted({match.start() for pattern in (_DISPLAY_NONE, _UNSEEN) for match in pattern.finditer(css)})
        if hiding and "/*" in css:
            css = _COMMENT.sub(" ", css)
            hiding = sorted({match.start() for pattern in (_DISPLAY_NONE, _UNSEEN) for match in pattern.finditer(css)})
        before = len(self.selectors)
        depth = at = 0
        for place in hiding:
            if place < at:
                continue  # in the rule before
            self._rules += 1
            if self._rules > RULES:
                break
            depth += css.count("{", at, place) - css.count("}", at, place)
            begin = css.rfind("{", at, place)
            end = css.find("}", place)
            end = len(css) if end < 0 else end
            if depth == 1 and begin >= 0:
                selector = css[max(css.rfind("}", 0, begin), css.rfind("{", 0, begin), css.rfind(";", 0, begin)) + 1 : begin]
                self._rule(selector.replace("<!--", ""), css[begin + 1 : end])
            at = place
        return len(self.selectors) > before

    def _rule(self, selector: str, body: str) -> None:
        declared = _declarations(body)
        if not _hiding(declared):
            return
        important = any(declared[name][1] for name in ("display", "visibility") if name in declared)
        for written in selector.split(","):
            match = _SIMPLE_SELECTOR.fullmatch(written.strip())
            if match is None or match[1] in {"html", "body"} or match[0] in {"", "*"}:
                continue  # nothing, all, or more than a look at one element tells
            element = "" if match[1] in {None, "*"} else match[1]
            self.selectors[element, f"{match[2]}{match[3]}" if match[2] else ""] = important
            self.by_element = self.by_element or not match[2]

    def match(self, element: str, classes: str, name: str) -> int:
        """Whether a rule hides an element with these class names and this id: 0 no, 1 yes, 2 yes and it is important.

        >>> sheets = StyleSheets()
        >>> _ = sheets.add("p.a { display: none } #x { display: none !important }")
        >>> sheets.match("p", "b a", ""), sheets.match("td", "a", ""), sheets.match("td", "", "X")
        (1, 0, 2)
        """
        names = ["", *(f".{part}" for part in classes.lower().split(None, 20)[:20])]
        if name:
            names.append(f"#{name.lower()}")
        keys = ((part_of, part) for part in names for part_of in ("", element))
        return max((1 + self.selectors[key] for key in keys if key in self.selectors), default=0)
