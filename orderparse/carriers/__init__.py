"""Carriers: the shapes of their tracking numbers, and the names, senders, pages and links that give them away.

One TOML file a carrier, registered nowhere; its name without ``.toml`` is the carrier's
code. A file with a key that the schema does not know does not load.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from orderparse import checkdigits, datafiles
from orderparse.datafiles import WrongEntryError, known, member, strings, text
from orderparse.errors import KnowledgeError
from orderparse.slotted import dataclass
from orderparse.text.fold import fold
from orderparse.text.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path


LONG = 20  # characters: a number of a carrier's shape that has so many is hardly anything else's


class Tier(StrEnum):
    """How much the shape of a number alone may say."""

    DISTINCTIVE = "distinctive"  # shape and check digit suffice
    CONTEXT = "context"  # wants a label, or a hint of the carrier near
    NAMED = "named"  # wants the carrier named or linked
    CARRIER = "carrier"  # any shop's number looks like it: wants the carrier and a label


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One shape of tracking number, on the compact number: capital letters and digits, no blanks, no dashes.

    ``pattern`` is a verbose regular expression without capturing groups, ``lengths`` the shortest and the
    longest number that it takes, ``check`` a name in :data:`orderparse.checkdigits.CHECKS` or None where
    no check digit is known, ``url`` a tracking page with ``{number}`` in it.
    """

    pattern: str
    lengths: tuple[int, int]
    tier: Tier
    check: str | None = None
    url: str | None = None
    source: str = ""
    valid: tuple[str, ...] = ()
    invalid: tuple[str, ...] = ()

    def fits(self, number: str) -> bool:
        """Whether the compact number has the shape; says nothing about the check digit."""
        return self.lengths[0] <= len(number) <= self.lengths[1] and _compiled(self.pattern).fullmatch(number) is not None

    def checks(self, number: str) -> bool | None:
        """Whether the check digit of the compact number is right; None if the format has none."""
        return None if self.check is None else checkdigits.CHECKS[self.check](number)

    def takes(self, number: str) -> bool:
        """Whether the compact number has the shape, and no wrong check digit."""
        return self.fits(number) and self.checks(number) is not False


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Where the number stands in the links to some hosts: in one of ``params``, in the path or behind the ``#``.

    ``path`` and ``fragment`` are segments; ``*`` is any one segment, ``{number}`` the number, ``{number}-*`` the
    number with more behind a dash. A ``token`` is a secret of the link that a mail never prints as a number.
    In a file a link without ``host`` is one to any of the carrier's hosts.
    """

    hosts: tuple[str, ...]
    params: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    fragment: tuple[str, ...] = ()
    token: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """A carrier file as loaded.

    ``home`` is the carrier's own page, ``countries`` are ISO 3166 codes, ``domains`` where its mails come from,
    ``hosts`` where its tracking pages are. ``names`` are unmistakable in running text (the name alone if the file
    says nothing); ``also`` are names that are words of some language too ("Bring"). ``hands_over``: it brings parcels
    to another country, where a post or carrier delivers them under a number of its own. ``operators`` stands in the
    file of the UPU alone: who carries the numbers that end with a country's letters.
    """

    code: str
    name: str
    home: str
    countries: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    tracking_url: str | None = None
    hands_over: bool = False
    formats: tuple[Format, ...] = ()
    operators: Mapping[str, str]

    @property
    def called(self) -> tuple[str, ...]:
        """All its names, also those that are words of some language."""
        return (self.name, *self.names, *self.also)

    def url(self, number: str, shape: Format | None = None) -> str | None:
        """The page that tracks this number, if the file knows one."""
        template = (shape.url if shape else None) or self.tracking_url
        return template.replace("{number}", number) if template else None


class FormatMatch(NamedTuple):
    """A format that fits a number: who says so, and what the check digit says (None: the format has none).

    ``carrier`` is a code; for UPU numbers the code of the country's post if it has a file, and ``name`` its name.
    """

    carrier: str
    format: Format
    check: bool | None
    name: str
    url: str | None

    def telling(self, number: str) -> bool:
        """Whether the shape says more than its context would: it is distinctive, or long with a shape that wants but a hint."""
        return self.format.tier is Tier.DISTINCTIVE or (self.format.tier is Tier.CONTEXT and len(number) >= LONG)


class _Candidate(NamedTuple):
    carrier: Carrier
    format: Format
    check: Callable[[str], bool] | None
    operators: Mapping[str, tuple[Carrier, str]]

    def match(self, number: str) -> FormatMatch:
        carrier, shape, check, operators = self
        carrier, name = operators.get(number[-2:], (carrier, carrier.name)) if operators else (carrier, carrier.name)
        return FormatMatch(carrier.code, shape, check(number) if check else None, name, carrier.url(number, shape))


class _Expression(NamedTuple):
    """One expression with an empty group for each pattern, set where that pattern takes the whole number."""

    pattern: re.Pattern[str]
    candidates: Sequence[tuple[_Candidate, int]]  # with their groups

    @classmethod
    def of(cls, candidates: Iterable[_Candidate], first: str) -> _Expression:
        """The expression for numbers that begin with this character: a third of all patterns."""
        fitting = [one for one in candidates if first in (_firsts(one.format.pattern) or first)]
        groups = {shape: group for group, shape in enumerate(dict.fromkeys(one.format.pattern for one in fitting), 1)}
        together = "".join(f"(?:(?=(?:{shape}\n)\\Z)())?" for shape in groups)
        return cls(re.compile(together, re.ASCII | re.VERBOSE), [(one, groups[one.format.pattern]) for one in fitting])


class Formats:
    """All formats, asked by the length of a number: one pass of one expression, whatever their count.

    >>> from pathlib import Path
    >>> formats = Formats(load_folder(Path(__file__).parent).values())
    >>> [(match.name, match.check) for match in formats.of("rb 123 456 785 se")]
    [('PostNord', True)]
    >>> formats.of("ordernummer"), formats.of("42")
    ((), ())
    """

    def __init__(self, carriers: Iterable[Carrier]) -> None:
        every = tuple(carriers)
        by_name = {_plain_name(name): carrier for carrier in every for name in carrier.called}
        self._candidates: dict[int, list[_Candidate]] = {}
        self._expressions: dict[tuple[int, str], _Expression] = {}
        for carrier in every:
            operators = {country: (by_name.get(_plain_name(name), carrier), name) for country, name in carrier.operators.items()}
            for shape in carrier.formats:
                candidate = _Candidate(carrier, shape, checkdigits.CHECKS.get(shape.check or ""), operators)
                for length in range(shape.lengths[0], shape.lengths[1] + 1):
                    self._candidates.setdefault(length, []).append(candidate)

    def of(self, number: str) -> tuple[FormatMatch, ...]:
        """The formats that the number has, also those whose check digit is wrong (``check`` False).

        Blanks and dashes do not count, nor does the case of letters. Scripts other than ASCII have no formats.
        """
        compact = number if number.isalnum() else number.translate(SEPARATORS)
        candidates = self._candidates.get(len(compact))
        if candidates is None or not compact.isascii():
            return ()
        compact = compact.upper()
        kind = len(compact), compact[0]
        expression = self._expressions.get(kind)
        if expression is None:
            expression = self._expressions[kind] = _Expression.of(candidates, compact[0])
        found = expression.pattern.match(compact)
        if found is None or found.lastindex is None:
            return ()
        return tuple([candidate.match(compact) for candidate, group in expression.candidates if found[group] is not None])


class Carriers:
    """Carriers asked by host, by sender domain, by name; several may share one (``dhl.com``, "DHL")."""

    def __init__(self, carriers: Iterable[Carrier]) -> None:
        self._hosts: dict[str, list[Carrier]] = {}
        self._domains: dict[str, list[Carrier]] = {}
        self._names: dict[str, list[Carrier]] = {}
        self.every = tuple(carriers)
        for carrier in self.every:
            for index, keys in ((self._hosts, carrier.hosts), (self._domains, carrier.domains)):
                for key in keys:
                    index.setdefault(key, []).append(carrier)
            for name in dict.fromkeys(map(_plain_name, carrier.called)):
                self._names.setdefault(name, []).append(carrier)

    def of_host(self, host: str) -> tuple[Carrier, ...]:
        """The carriers whose tracking pages are on this host or above it: ``nolp.dhl.de`` is below ``dhl.de``, ``notdhl.de`` is not."""
        return _longest(self._hosts, host)

    def of_domain(self, domain: str) -> tuple[Carrier, ...]:
        """The carriers whose mails come from this domain or from one below it."""
        return _longest(self._domains, domain)

    def of_name(self, text: str) -> tuple[Carrier, ...]:
        """The carriers that mails call so; the whole text is the name, case and accents aside."""
        return tuple(self._names.get(_plain_name(text), ()))


def load(path: Path) -> Carrier:
    """Load one carrier file.

    Raises:
        KnowledgeError: The file is no TOML, not as the schema says, or a number in it has not the shape that it should have.

    """
    return datafiles.load(path, lambda table: _proven(of_table(path.stem, table)))


def load_folder(folder: Path) -> dict[str, Carrier]:
    """All carrier files of a folder by code, in file-name order."""
    return {path.stem: load(path) for path in sorted(folder.glob("*.toml"))}


_TOP = frozenset(
    {"name", "home", "countries", "domains", "hosts", "names", "also", "links", "tracking_url", "hands_over"} | {"formats", "operators"}
)
_FORMAT = frozenset({"pattern", "lengths", "tier", "check", "url", "source", "valid", "invalid"})
_LINK = frozenset({"host", "params", "path", "fragment", "token"})


def of_table(code: str, table: Mapping[str, Any]) -> Carrier:
    """The carrier of a file's table.

    Raises:
        ValueError: The table is not as the schema says.
        KeyError: It lacks a key.

    """
    known(table, _TOP, "the file")
    name = text(table, "name")
    return Carrier(
        code=code,
        name=name,
        home=text(table, "home"),
        names=strings(table, "names") or (name,),
        also=strings(table, "also"),
        countries=strings(table, "countries"),
        domains=strings(table, "domains"),
        hosts=strings(table, "hosts"),
        links=tuple(_link(link, strings(table, "hosts")) for link in table.get("links", ())),
        tracking_url=_with_slot(table, "tracking_url"),
        hands_over=table.get("hands_over", False),
        formats=tuple(map(_format, table.get("formats", ()))),
        operators=table.get("operators", {}),
    )


def _format(table: Mapping[str, Any]) -> Format:
    known(table, _FORMAT, "[[formats]]")
    pattern = text(table, "pattern")
    lengths = table["lengths"]
    if not isinstance(lengths, list) or len(lengths) != 2 or not all(isinstance(length, int) for length in lengths):  # noqa: PLR2004  # from, to
        msg = "[[formats]] lengths: the shortest and the longest are wanted, such as [12, 14]"
        raise WrongEntryError(msg, pattern)
    check = table.get("check")
    if check is not None and check not in checkdigits.CHECKS:
        msg = f"[[formats]] check: {check!r} is none of {', '.join(sorted(checkdigits.CHECKS))}"
        raise WrongEntryError(msg, str(check))
    return Format(
        pattern=pattern,
        lengths=(lengths[0], lengths[1]),
        tier=member(Tier, table["tier"], "[[formats]] tier"),
        check=check,
        url=_with_slot(table, "url"),
        source=table.get("source", ""),
        valid=strings(table, "valid"),
        invalid=strings(table, "invalid"),
    )


def _with_slot(table: Mapping[str, Any], key: str) -> str | None:
    if key not in table:
        return None
    url = text(table, key)
    if "{number}" not in url:
        msg = f"{key}: the place of {{number}} is wanted"
        raise WrongEntryError(msg, key)
    return url


def _proven(carrier: Carrier) -> Carrier:
    """The carrier, if its patterns are patterns and its numbers have the shapes that they should have."""
    for shape in carrier.formats:
        try:
            _compiled(shape.pattern)
        except KnowledgeError as error:
            raise WrongEntryError(str(error), shape.pattern) from error
        if not shape.valid:
            msg = "[[formats]] valid: a number that has the shape is wanted"
            raise WrongEntryError(msg, shape.pattern)
        for number in shape.valid:
            plain = number.translate(SEPARATORS).upper()
            if not shape.takes(plain):
                msg = f"[[formats]] valid: {number} does not fit {shape.pattern}" + (
                    f" with the check digit {shape.check}" if shape.check else ""
                )
                raise WrongEntryError(msg, number)
    return carrier


def _link(table: Mapping[str, Any], hosts: tuple[str, ...]) -> Link:
    known(table, _LINK, "links")
    places = [place for place in ("params", "path", "fragment") if place in table]
    if len(places) != 1 or any("{number}" not in table.get(place, "{number}") for place in ("path", "fragment")):
        msg = "links: each wants params, or a path or a fragment with {number}"
        raise WrongEntryError(msg, "links")
    return Link(
        hosts=(table["host"],) if "host" in table else hosts,
        params=tuple(param.lower() for param in strings(table, "params")),
        path=tuple(part for part in table.get("path", "").split("/") if part),
        fragment=tuple(part for part in table.get("fragment", "").split("/") if part),
        token=table.get("token", False),
    )


# Blanks and dashes that people and templates put into numbers.
SEPARATORS = dict.fromkeys(map(ord, "- \t\u00a0\u2007\u2009\u202f\u2010\u2011\u2012\u2013\u2014\u2212"))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        expression = re.compile(pattern, re.ASCII | re.VERBOSE)
    except re.error as error:
        msg = f"{pattern}: {error}"
        raise KnowledgeError(msg) from error
    if expression.groups:
        msg = f"{pattern}: a pattern has no capturing groups"
        raise KnowledgeError(msg)
    return expression


@cache
def _firsts(pattern: str) -> str:
    """With which characters all begins that a pattern takes; an empty string if that is not plain to see.

    >>> _firsts("LP[0-9]{14} | (?:DO|CN)FR"), _firsts("[1-36]A"), _firsts("[A-Z]?[0-9]"), _firsts("(?:AB)?[0-9]")
    ('LDC', '1236', '', '')
    """
    written = "".join(pattern.split())
    ways = [_FIRST.match(way) for way in written.split("|")]
    if _MAY_LACK.search(written) or not all(ways):
        return ""
    return "".join(
        _RANGE.sub(lambda ends: "".join(map(chr, range(ord(ends[1]), ord(ends[2]) + 1))), way[1] or way[2]) for way in ways if way
    )


_FIRST = lazy(r"(?:\(\?:)*(?:([A-Z0-9])|\[((?:[A-Z0-9](?:-[A-Z0-9])?)+)\])(?![?*]|\{[0,])")
_RANGE = lazy(r"(.)-(.)")
_MAY_LACK = lazy(r"\)(?:[?*]|\{[0,])|#")  # a group that may be left out; the comments of verbose patterns


def _longest(index: Mapping[str, list[Carrier]], host: str) -> tuple[Carrier, ...]:
    """What is known of a host, else of what is left of it as labels go from the left."""
    rest = host.lower().rstrip(".")[-253:]
    while rest and rest not in index:
        rest = rest.partition(".")[2]
    return tuple(index.get(rest, ()))


def _plain_name(text: str) -> str:
    return " ".join(fold(text).split())
