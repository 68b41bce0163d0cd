"""Style sheets of a mail: what their rules hide and paint, by selectors that a look at an element and its ancestors decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from orderparse.document import css_rules
from orderparse.document.paint import Paint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from selectolax.lexbor import LexborNode

    from orderparse.document.css_rules import Rule, Simple

_ANCESTORS: Final = 300  # of an element that are looked at
_STEPS: Final = 100_000  # from child to parent, of a mail


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
        before = len(self.selectors), len(self.nested), len(self.paints), len(self.vague)
        for rule in css_rules.read(css):
            if self._rules >= css_rules.RULES:
                break
            self._rules += 1
            self._take(rule)
        if not self._shown_when_narrow:  # nothing takes its place there: it is hidden for good
            self.selectors.update({key: value for key, value in self._narrow.items() if key not in self.selectors})
        return before != (len(self.selectors), len(self.nested), len(self.paints), len(self.vague))

    def _take(self, rule: Rule) -> None:
        self._shown_when_narrow = self._shown_when_narrow or rule.shows
        hides, painted = rule.hides, rule.painted
        for selector in rule.selectors:
            if not selector.last:
                if painted is not None:
                    self.vague.update(selector.names)
            elif rule.narrow:
                if hides is not None and selector.last[1].startswith("#") and not selector.inside:
                    self._narrow[selector.last] = hides
            else:
                self._select(selector.last, selector.inside, hides, painted)

    def _select(self, last: Simple, inside: tuple[Simple, ...], hides: bool | None, painted: Paint | None) -> None:  # noqa: FBT001  # None: it does not
        if last == ("", "") or (last == ("html", "") and painted is None):
            return  # all, or nothing
        if last[0] in {"html", "body"}:
            hides = None
        if inside:
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
