"""What is known of an HTML part while it is read: what its styles, class names and ids mean, and what lies beside its text."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from orderparse.document.html_elements import QUOTE_NAMES, QUOTE_REST
from orderparse.document.paint import Paint, colour, of_declarations
from orderparse.document.style_sheets import StyleSheets
from orderparse.document.visibility import declarations, hides, shows

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from orderparse.document.css_rules import Simple
    from orderparse.document.markup import Leaf
    from orderparse.document.paint import Known
    from orderparse.document.sheet import Sheet

NAMES: Final = 200  # class names and ids that are kept of a part

# Verdicts on elements: not shown, a block quote, the quote of a mail program, one that goes on behind its element, a style that paints.
HIDDEN: Final = -1
WEAK: Final = 1
STRONG: Final = 2
REST: Final = 4
PAINTED: Final = 8


class Page:
    """What an HTML part holds: its sheet, class names and ids, JSON-LD texts, microdata."""

    def __init__(self, sheet: Sheet, style_sheets: StyleSheets | None = None) -> None:
        self.sheet = sheet
        self.style_sheets = style_sheets or StyleSheets()
        self.names: set[str] = set()
        self.scripts: list[str] = []
        self.has_items = False  # microdata
        self.leaves: list[Leaf] = []
        self.late_rules = False  # a style sheet may hide what stands before it
        # What styles, and class names and ids, mean: the same few stand in a mail again and again.
        self.styles: dict[str, int] = {}
        self.named: dict[str, int] = {}
        self.painted: dict[str, Paint] = {}
        self.judged: dict[tuple[int, str, str], tuple[int, Paint | None, tuple[Simple, ...]]] = {}

    def judge_style(self, style: str) -> int:
        """Whether an inline style hides, or paints; keeps what it paints."""
        verdict, painted = (_known_style if len(style) <= _LONGEST_KNOWN else _style)(style)
        if painted is not None:
            self.painted[style] = painted
        self.styles[style] = verdict
        return verdict

    def paint(self, attributes: dict[str, str | None], ruled: Paint | None) -> Paint | None:
        """What attributes of HTML, then rules, then the inline style of an element paint."""
        found: Paint | None = None
        if "bgcolor" in attributes or "background" in attributes:
            picture = attributes.get("background")
            found = Paint(ground="unknown" if picture else _attribute(attributes.get("bgcolor")))
        if "color" in attributes:
            found = Paint(text=_attribute(attributes.get("color")), ground=found.ground if found is not None else None)
        for later in (ruled, self.painted.get(attributes.get("style") or "")):
            if later is not None:
                found = later if found is None else found.with_later(later)
        return found

    def judge_names(self, written: str) -> int:
        """What class names or an id tell of a quote; keeps them."""
        verdict = 0
        for name in written.split(None, 20)[:20]:
            if len(self.names) < NAMES:
                self.names.add(name)
            plain = name.lower().removeprefix("x_")  # Outlook's prefix
            if plain in QUOTE_NAMES:
                verdict |= REST if plain in QUOTE_REST else STRONG
        self.named[written] = verdict
        return verdict

    def ruled(self, node: LexborNode, tag_id: int, attributes: dict[str, str | None]) -> tuple[bool, Paint | None]:
        """Whether style sheets hide an element, and what they paint."""
        classes, name = attributes.get("class") or "", attributes.get("id") or ""
        key = (tag_id, classes, name)
        known = self.judged.get(key)
        if known is None:
            element, sheets = node.tag or "", self.style_sheets
            nested = sheets.keys_of_nested(element, classes, name)
            known = self.judged[key] = (sheets.match(element, classes, name), sheets.painted(element, classes, name), nested)
        hidden, painted, nested = known
        if nested:
            more, inside = self.style_sheets.inside(node, nested)
            hidden = max(hidden, more)
            if inside is not None:
                painted = inside if painted is None else painted.with_later(inside)
        return hidden > 0 and shows(attributes.get("style") or "") < hidden, painted

    def add_style_sheet(self, css: str) -> None:
        """Read a style sheet, and note whether it may hide an element that was met before."""
        before = self.style_sheets.names
        if self.style_sheets.add(css) and (self.sheet.begun or self.names):
            met = {name.lower() for name in self.names}
            new = self.style_sheets.names - before
            ruled = any(name[:1] in {".", "#"} and name[1:] in met for name in new)
            self.late_rules = self.late_rules or len(met) >= NAMES or ruled or self.style_sheets.by_element


def _style(style: str) -> tuple[int, Paint | None]:
    """Whether an inline style hides, or what it paints."""
    if hides(style):
        return HIDDEN, None
    if "color" in style or "background" in style or "font" in style or "COLOR" in style or "FONT" in style:
        painted = of_declarations(declarations(style.lower()))
        return (0 if painted is None else PAINTED), painted
    return 0, None


_LONGEST_KNOWN = 400  # characters
_known_style = lru_cache(maxsize=4096)(_style)  # the mails of a shop have the same styles again and again


def _attribute(value: str | None) -> Known | None:
    """The colour of an attribute; what is no colour is unknown."""
    plain = (value or "").strip().lower()
    if not plain:
        return None
    found = colour(plain)
    return found if found is not None else colour(f"#{plain}") or "unknown"
