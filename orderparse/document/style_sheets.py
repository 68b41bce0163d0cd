"""Style sheets of a mail: what their rules hide and paint, by selectors that a look at an element and its ancestors decides.

Rules in ``@media`` count where a computer's screen meets them, as a mail program on a desk shows the mail.
Source: https://www.w3.org/TR/css-2024/, https://www.w3.org/TR/mediaqueries-5/
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from orderparse.document.paint import Paint, of_declarations
from orderparse.document.visibility import declarations, hiding, may_hide, without_comments
from orderparse.text.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from selectolax.lexbor import LexborNode

RULES: Final = 2_000  # that are read of all style sheets of a mail
_SELECTORS: Final = 50  # of a rule
_ANCESTORS: Final = 300  # of an element that are looked at
_STEPS: Final = 100_000  # from child to parent, of a mail
_SCREEN: Final = 1280.0  # pixels
_SIMPLE_SELECTOR: Final = lazy(r"(\*|[a-z][a-z0-9-]*+)?(?:([.#])((?>(?:[\w-]|[^\x00-\x7f])+)))?")
_NAMES: Final = lazy(r"[.#](?>(?:[\w-]|[^\x00-\x7f])+)|(?<![\w.#:\[=\"'-])[a-z][a-z0-9-]*+")
_PASSING: Final = lazy(
    r":(?:hover|active|focus|visited|target|:?before|:?after|:?selection|-ms-|-moz-|-webkit-)"
)  # says nothing of the text at rest
_FEATURE: Final = lazy(r"\(\s*([a-z-]{1,40})\s*(?::\s*([^()]{0,60}))?\)")
_WIDTH: Final = lazy(r"([0-9]{1,6}(?:\.[0-9]{0,4})?)(px|em|rem)?")

Simple = tuple[str, str]  # (element or "", ".name" or "#name" or "")


class Inside(NamedTuple):
    """A rule for what stands in certain ancestors, innermost first; ``hides`` says how strongly (0 not, 1 yes, 2 as important)."""

    inside: tuple[Simple, ...]
    hides: int
    painted: Paint | None


class StyleSheets:
    """Rules by the last simple selector (``td``, ``.name``, ``#name``, ``td.name``); all in lower case."""

    __slots__ = (
        *("_around", "_inside", "_narrow", "_rules", "_shown_when_narrow", "_steps"),
        *("by_element", "nested", "paints", "selectors", "vague"),
    )

    def __init__(self) -> None:
        self._rules = self._steps = 0
        self._narrow: dict[Simple, bool] = {}  # what an id hides on a telephone
        self._shown_when_narrow = False
        self._inside: set[Simple] = set()  # what rules ask of the ancestors of an element
        self._around: dict[int, frozenset[Simple]] = {}  # which of these an element and its ancestors meet
        self.by_element = False  # a selector is but the name of an element
        self.selectors: dict[Simple, bool] = {}  # what hides -> important
        self.nested: dict[Simple, list[Inside]] = {}
        self.paints: dict[Simple, Paint] = {}
        self.vague: set[str] = set()  # names and elements in selectors that paint, and are not understood

    def __bool__(self) -> bool:
        return bool(self.selectors or self.paints or self.nested or self.vague)

    @property
    def names(self) -> set[str]:
        """Names of elements, ".classes" and "#ids" that the rules speak of."""
        return {name or element for element, name in (*self.selectors, *self.nested, *self.paints)} | self.vague

    def add(self, css: str) -> bool:
        """Read a style sheet; gives whether it tells of anything that no other told of before.

        >>> sheets = StyleSheets()
        >>> sheets.add(".pre, td#x { display: none !important } @media print { .y { display: none } }")
        True
        >>> sheets.selectors
        {('', '.pre'): True, ('td', '#x'): True}
        """
        css = css.lower()
        if "/*" in css:
            css = without_comments(css)
        before = len(self.selectors), len(self.nested), len(self.paints), len(self.vague)
        open_rules: list[str] = []  # how the at-rules around apply: "yes", "no" or "narrow"
        stray = False  # a bracket that closes nothing spoils the next rule
        for chunk in css.replace("<!--", "").split("}"):
            *preludes, body = chunk.split("{")
            if not preludes:
                stray = not open_rules
                if open_rules:
                    open_rules.pop()
                continue
            *outer, selector = preludes
            open_rules.extend(_applies(prelude) for prelude in outer[:20])
            selector = selector.rpartition(";")[2].strip()
            if not stray and body and selector[:1] != "@" and "no" not in open_rules and self._rules < RULES:
                self._rule(selector, body, "narrow" if "narrow" in open_rules else "yes")
            stray = False
        if not self._shown_when_narrow:  # nothing takes its place there: it is hidden for good
            self.selectors.update({key: value for key, value in self._narrow.items() if key not in self.selectors})
        return before != (len(self.selectors), len(self.nested), len(self.paints), len(self.vague))

    def _rule(self, selector: str, body: str, applies: str) -> None:
        hides = may_hide(body)
        paints = applies == "yes" and ("color" in body or "background" in body or "font" in body)
        shown = applies == "narrow" and "display" in body
        if not (hides or paints or shown):
            return
        self._rules += 1
        declared = declarations(body)
        hides = hides and hiding(declared)
        if shown and not hides and declared.get("display", ("", False))[0]:
            self._shown_when_narrow = True
        painted = of_declarations(declared) if paints else None
        important = any(declared[name][1] for name in ("display", "visibility") if name in declared)
        if not hides and painted is None:
            return
        for written in selector.split(",")[:_SELECTORS]:
            self._selector(written.strip(), important if hides else None, painted, applies)

    def _selector(self, written: str, hides: bool | None, painted: Paint | None, applies: str) -> None:  # noqa: FBT001  # None: it does not
        if _PASSING.search(written):
            return
        compounds = [_simple(part) for part in written.replace(">", " ").split()]
        last = compounds[-1] if compounds else None
        if last is None or None in compounds:
            if painted is not None:
                self.vague.update(_NAMES.findall(written)[:20])
            return
        if applies == "narrow":
            if hides is not None and last[1].startswith("#") and len(compounds) == 1:
                self._narrow[last] = hides
            return
        if last == ("", "") or (last == ("html", "") and painted is None):
            return  # all, or nothing
        if last[0] in {"html", "body"}:
            hides = None
        if len(compounds) > 1:
            inside = tuple(one for one in reversed(compounds[:-1]) if one is not None)
            self._inside.update(inside)
            self._around.clear()
            self.nested.setdefault(last, []).append(Inside(inside, 0 if hides is None else 1 + hides, painted))
        else:
            if hides is not None:
                self.selectors[last] = hides
            if painted is not None:
                known = self.paints.get(last)
                self.paints[last] = painted if known is None else known.with_later(painted)
        self.by_element = self.by_element or not last[1]

    def match(self, element: str, classes: str, name: str) -> int:
        """Whether a rule hides an element with these class names and this id: 0 no, 1 yes, 2 yes and it is important.

        >>> sheets = StyleSheets()
        >>> _ = sheets.add("p.a { display: none } #x { display: none !important }")
        >>> sheets.match("p", "b a", ""), sheets.match("td", "a", ""), sheets.match("td", "", "X")
        (1, 0, 2)
        """
        return max((1 + self.selectors[key] for key in _keys(element, _names(classes, name)) if key in self.selectors), default=0)

    def painted(self, element: str, classes: str, name: str) -> Paint | None:
        """What rules paint an element, as far as a look at it tells."""
        names = _names(classes, name)
        if self.vague and (element in self.vague or any(one in self.vague for one in names if one)):
            return Paint("unknown", "unknown", 16.0)
        found: Paint | None = None
        for key in _keys(element, names):
            own = self.paints.get(key)
            if own is not None:
                found = own if found is None else found.with_later(own)
        return found

    def keys_of_nested(self, element: str, classes: str, name: str) -> tuple[Simple, ...]:
        """The selectors that an element meets and that have rules for what stands in other elements."""
        return tuple([key for key in _keys(element, _names(classes, name)) if key in self.nested])

    def inside(self, node: LexborNode, keys: Iterable[Simple]) -> tuple[int, Paint | None]:
        """What rules for what stands in other elements make of an element: how strongly they hide it, and what they paint."""
        hides, found = 0, None
        around = self._ancestors_meet(node)
        for key in keys:
            for rule in self.nested[key]:
                if not around.issuperset(rule.inside) or not (rule.hides > hides or rule.painted is not None):
                    continue
                if len(rule.inside) == 1 or self._stands_in(node, rule.inside):
                    hides = max(hides, rule.hides)
                    if rule.painted is not None:
                        found = rule.painted if found is None else found.with_later(rule.painted)
        return hides, found

    def _ancestors_meet(self, node: LexborNode) -> frozenset[Simple]:
        """Which of the selectors that rules ask of ancestors those of a node meet: each element is looked at once."""
        known = self._around
        unknown: list[LexborNode] = []
        at = node.parent
        while at is not None and at.mem_id not in known and len(unknown) < _ANCESTORS:
            unknown.append(at)
            at = at.parent
        met = known.get(at.mem_id, frozenset()) if at is not None else frozenset()
        for element in reversed(unknown):
            attributes = element.attributes
            names = _names(attributes.get("class") or "", attributes.get("id") or "")
            own = [key for key in _keys(element.tag or "", names) if key in self._inside]
            met = met.union(own) if own else met
            known[element.mem_id] = met
        return met

    def _stands_in(self, node: LexborNode, inside: tuple[Simple, ...]) -> bool:
        """Whether the ancestors of a node meet the selectors, from the inside out."""
        at = node.parent
        wanted = 0
        for _ in range(_ANCESTORS):
            if at is None or self._steps > _STEPS:
                return False
            self._steps += 1
            element, name = inside[wanted]
            if not element or element == at.tag:
                attributes = at.attributes if name else {}
                written = attributes.get("id" if name[:1] == "#" else "class") or "" if name else ""
                if not name or name[1:] in written.lower().split(None, 20)[:20]:
                    wanted += 1
                    if wanted == len(inside):
                        return True
            at = at.parent
        return False


def _names(classes: str, name: str) -> list[str]:
    names = ["", *(f".{part}" for part in classes.lower().split(None, 20)[:20])]
    if name:
        names.append(f"#{name.lower()}")
    return names


def _keys(element: str, names: Sequence[str]) -> Iterator[Simple]:
    """Simple selectors that an element meets, the more telling ones last."""
    for part in names:
        if part:
            yield ("", part)
        yield (element, part)


def _simple(written: str) -> Simple | None:
    match = _SIMPLE_SELECTOR.fullmatch(written)
    if match is None or not match[0]:
        return None
    return "" if match[1] in {None, "*"} else match[1], f"{match[2]}{match[3]}" if match[2] else ""


def _applies(prelude: str) -> str:
    """Whether a computer's screen meets the condition of an at-rule: "yes", "no", or "narrow" for a telephone's alone."""
    condition = prelude.rpartition(";")[2].strip()
    if condition.startswith("@supports"):
        return "yes"
    if not condition.startswith("@media"):
        return "no"  # keyframes, pages, fonts
    verdicts = {_of_query(query) for query in condition.removeprefix("@media").split(",")[:20]}
    return "yes" if "yes" in verdicts else "narrow" if "narrow" in verdicts else "no"


def _of_query(query: str) -> str:
    words = query.split("(", maxsplit=1)[0].split()
    if "not" in words or "print" in words or "speech" in words:
        return "no"
    verdict = "yes"
    for name, value in _FEATURE.findall(query):
        width = _WIDTH.fullmatch(value.strip())
        pixels = float(width[1]) * (16 if width[2] in {"em", "rem"} else 1) if width else None
        if name in {"max-width", "max-device-width"} and pixels is not None:
            if pixels < _SCREEN:
                verdict = "narrow"
        elif name in {"min-width", "min-device-width"} and pixels is not None:
            if pixels > _SCREEN:
                return "no"
        elif name not in {"-webkit-min-device-pixel-ratio", "min-resolution", "orientation", "hover", "pointer"} or "portrait" in value:
            return "no"  # a dark screen, a program of its own
    return verdict
