"""The rules of a style sheet (CSS) that hide or paint anything, read once for all mails that have the same sheet.

Rules in ``@media`` count where a computer's screen meets them, as a mail program on a desk shows the mail.
Source: https://www.w3.org/TR/css-2024/, https://www.w3.org/TR/mediaqueries-5/
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from orderparse.document.paint import Paint, of_declarations
from orderparse.document.visibility import declarations, hiding, may_hide, without_comments
from orderparse.text.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator

RULES: Final = 2_000  # that are read of all style sheets of a mail
_SELECTORS: Final = 50  # of a rule
_SCREEN: Final = 1280.0  # pixels
_KEPT, _LONGEST_KEPT = 128, 50_000  # sheets that are kept, and the characters of the longest
_SIMPLE_SELECTOR: Final = lazy(r"(\*|[a-z][a-z0-9-]*+)?(?:([.#])((?>(?:[\w-]|[^\x00-\x7f])+)))?")
_NAMES: Final = lazy(r"[.#](?>(?:[\w-]|[^\x00-\x7f])+)|(?<![\w.#:\[=\"'-])[a-z][a-z0-9-]*+")
_PASSING: Final = lazy(
    r":(?:hover|active|focus|visited|target|:?before|:?after|:?selection|-ms-|-moz-|-webkit-)"
)  # says nothing of the text at rest
_FEATURE: Final = lazy(r"\(\s*([a-z-]{1,40})\s*(?::\s*([^()]{0,60}))?\)")
_WIDTH: Final = lazy(r"([0-9]{1,6}(?:\.[0-9]{0,4})?)(px|em|rem)?")

Simple = tuple[str, str]  # (element or "", ".name" or "#name" or "")


class Selector(NamedTuple):
    """What a rule is for: ``last`` in ``inside``, innermost first; without ``last`` a selector that is not understood, with its names."""

    last: Simple | None
    inside: tuple[Simple, ...] = ()
    names: tuple[str, ...] = ()


class Rule(NamedTuple):
    """A rule: whether it hides, and as important (None: it does not), what it paints, and whether it is for telephones alone."""

    selectors: tuple[Selector, ...]
    hides: bool | None
    painted: Paint | None
    narrow: bool
    shows: bool  # a rule for telephones that shows something


def read(css: str) -> tuple[Rule, ...]:
    """The rules of a style sheet, in their order.

    >>> [(rule.selectors[0].last, rule.hides) for rule in read(".a { display: none } @media print { .b { display: none } }")]
    [(('', '.a'), False)]
    """
    return _known(css) if len(css) <= _LONGEST_KEPT else tuple(_rules(css))


@lru_cache(maxsize=_KEPT)
def _known(css: str) -> tuple[Rule, ...]:
    return tuple(_rules(css))


def _rules(css: str) -> Iterator[Rule]:
    css = css.lower()
    if "/*" in css:
        css = without_comments(css)
    open_rules: list[str] = []  # how the at-rules around apply: "yes", "no" or "narrow"
    stray = False  # a bracket that closes nothing spoils the next rule
    count = 0
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
        if not stray and body and selector[:1] != "@" and "no" not in open_rules and count < RULES:
            rule = _rule(selector, body, narrow="narrow" in open_rules)
            if rule is not None:
                count += 1
                yield rule
        stray = False


def _rule(selector: str, body: str, *, narrow: bool) -> Rule | None:
    """A rule, if it may say anything of what is seen."""
    hides = may_hide(body)
    paints = not narrow and ("color" in body or "background" in body or "font" in body)
    shown = narrow and "display" in body
    if not (hides or paints or shown):
        return None
    declared = declarations(body)
    hides = hides and hiding(declared)
    shows = shown and not hides and bool(declared.get("display", ("", False))[0])
    painted = of_declarations(declared) if paints else None
    if not hides and painted is None:
        return Rule((), None, None, narrow, shows)
    important = any(declared[name][1] for name in ("display", "visibility") if name in declared)
    selectors = (_selector(written.strip()) for written in selector.split(",")[:_SELECTORS])
    return Rule(tuple(one for one in selectors if one is not None), important if hides else None, painted, narrow, shows)


def _selector(written: str) -> Selector | None:
    if _PASSING.search(written):
        return None
    compounds = [_simple(part) for part in written.replace(">", " ").split()]
    last = compounds[-1] if compounds else None
    if last is None or None in compounds:
        return Selector(None, names=tuple(_NAMES.findall(written)[:20]))
    return Selector(last, tuple(one for one in reversed(compounds[:-1]) if one is not None))


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
