"""Merchants: shops, marketplaces, payment services and shop platforms, and what is peculiar to their mails.

One TOML file a merchant, registered nowhere; its name without ``.toml`` is the merchant's
code. Files are data, never code: a file with a key that the schema does not know does
not load, and a pattern has a time limit.
"""

from __future__ import annotations

import re
from collections import Counter
from contextlib import suppress
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

from orderparse import datafiles
from orderparse.datafiles import WrongEntryError, known, member, strings, text
from orderparse.errors import KnowledgeError
from orderparse.merchants import links, subjects
from orderparse.roles import Role
from orderparse.slotted import dataclass
from orderparse.text.fold import fold
from orderparse.text.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    import regex

    from orderparse.merchants.subjects import Subject

_LONGEST = 64  # characters of a number
_MARKS = 2  # of a platform's templates: another's may have one of them
_SECONDS = 0.05  # for a pattern, which a user may have written


class MerchantKind(StrEnum):
    """What a merchant is. A platform is what thousands of shops run on: its name is not the shop's."""

    SHOP = "shop"
    MARKETPLACE = "marketplace"
    PAYMENT = "payment"
    PLATFORM = "platform"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a merchant's numbers look like, as written without blanks.

    ``weak`` are shapes that many other numbers have too: they allow a number, and speak for none; ``older`` is such a pattern of the
    numbers that the merchant gave in earlier years.
    ``last_four`` means that all orders of one buyer end with the same four digits. ``note`` tells people what to take it for.
    """

    pattern: str
    source: str
    weak: bool = False
    older: str = ""
    last_four: bool = False
    note: str = ""
    valid: tuple[str, ...] = ()
    invalid: tuple[str, ...] = ()

    def fits(self, number: str) -> bool:
        """Whether the whole number has the shape."""
        return _fits(self.pattern, number)

    def allows(self, number: str) -> bool:
        """Whether the number has the shape, or the one of earlier years."""
        return self.fits(number) or (bool(self.older) and _fits(self.older, number))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Merchant:
    """A merchant file as loaded.

    ``domains`` are whole domains that mails and links come from, ``senders`` single addresses of a domain that is
    not the merchant's alone. ``names`` are unmistakable in running text (the name alone if the file says nothing);
    ``also`` are names that are words of some language too ("Komplett", "Uber" for "über"). ``links`` are the
    parameters, ``link_paths`` the path segments before the value, that hold a number in links to ``domains``;
    ``ignore`` parameters hold sessions and campaigns whatever their shape. ``countries`` are the countries of
    single domains, ``template_marks`` class names and ids in a platform's mails, ``link_marks`` the paths that its
    shops' links have, with slots (``{digits}``, ``{hex:32}``, ``{token}``).
    """

    code: str
    name: str
    home: str
    kind: MerchantKind
    names: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    senders: tuple[str, ...] = ()
    order_number: Shape | None = None
    transaction_id: Shape | None = None
    product_code: Shape | None = None
    links: Mapping[Role, tuple[str, ...]]
    link_paths: Mapping[Role, tuple[str, ...]]
    ignore: tuple[str, ...] = ()
    countries: Mapping[str, str]
    template_marks: tuple[str, ...] = ()
    link_marks: tuple[str, ...] = ()
    subjects: tuple[Subject, ...] = ()

    @property
    def shapes(self) -> Iterator[tuple[Role, Shape]]:
        """The shapes that the file knows, with the roles of the numbers."""
        for role, shape in (
            (Role.ORDER_NUMBER, self.order_number),
            (Role.TRANSACTION_ID, self.transaction_id),
            (Role.PRODUCT_CODE, self.product_code),
        ):
            if shape is not None:
                yield role, shape

    def roles_of(self, number: str) -> tuple[Role, ...]:
        """The roles in which this merchant's numbers have a shape that this number has and few others do."""
        return tuple([role for role, shape in self.shapes if not shape.weak and shape.fits(number)])

    def match_subject(self, folded: str) -> Iterator[tuple[Subject, Mapping[Role, tuple[int, int]]]]:
        """The subjects that a folded subject line is, with the places of the numbers in it."""
        for subject in self.subjects:
            slots = subject.match(folded)
            if slots is not None:
                yield subject, slots

    def country(self, domain: str) -> str | None:
        """The ISO 3166 country that one of the merchant's domains is for, if the file says so."""
        return next((self.countries[rest] for rest in _domains(domain) if rest in self.countries), None)


class Merchants:
    """Merchants asked by domain, by sender, by name.

    >>> from pathlib import Path
    >>> merchants = Merchants(load_folder(Path(__file__).parent))
    >>> merchants.of_domain("notice.aliexpress.com").name, merchants.of_domain("notaliexpress.com")
    ('AliExpress', None)

    Raises:
        KnowledgeError: Two merchants have one domain.

    """

    def __init__(self, by_code: Mapping[str, Merchant]) -> None:
        self.by_code = by_code
        self._domains: dict[str, Merchant] = {}
        self._telling: list[tuple[Merchant, Role, Shape]] = []
        self._linking = [merchant for merchant in by_code.values() if merchant.link_marks]
        self._senders: dict[str, Merchant] = {}
        self._marks: dict[str, list[Merchant]] = {}
        self._names: dict[str, Merchant] = {}
        for merchant in by_code.values():
            for domain in merchant.domains:
                other = self._domains.setdefault(domain, merchant)
                if other is not merchant:
                    msg = f"{domain} is a domain of both {other.code} and {merchant.code}"
                    raise KnowledgeError(msg)
            self._telling += [(merchant, role, shape) for role, shape in merchant.shapes if not shape.weak]
            self._senders.update(dict.fromkeys(merchant.senders, merchant))
            for mark in merchant.template_marks:
                self._marks.setdefault(mark, []).append(merchant)
            for name in (merchant.name, *merchant.names, *merchant.also):
                self._names.setdefault(_plain_name(name), merchant)

    @property
    def linking(self) -> Sequence[Merchant]:
        """The merchants whose links are known by their paths."""
        return self._linking

    @property
    def telling(self) -> Sequence[tuple[Merchant, Role, Shape]]:
        """The shapes that few other numbers have, with whose they are."""
        return self._telling

    def of_domain(self, domain: str) -> Merchant | None:
        """The merchant that has this domain, or one above it: whole labels, so ``aliexpress.com.evil.org`` is nobody's."""
        return next((self._domains[rest] for rest in _domains(domain) if rest in self._domains), None)

    def of_sender(self, address: str) -> Merchant | None:
        """The merchant that mails from this address, or from its domain."""
        address = address.lower()
        return self._senders.get(address) or self.of_domain(address.rpartition("@")[2])

    def of_marks(self, names: Iterable[str]) -> Merchant | None:
        """The platform whose templates have most of these class names and ids, at least two; nobody where two have as many."""
        met = Counter(merchant.code for name in names for merchant in self._marks.get(name, ()))
        ranked = met.most_common(2)
        if not ranked or ranked[0][1] < _MARKS or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
            return None
        return self.by_code[ranked[0][0]]

    def of_name(self, text: str) -> Merchant | None:
        """The merchant called so; the whole text is the name, case and accents aside."""
        return self._names.get(_plain_name(text))


def load(path: Path) -> Merchant:
    """Load one merchant file.

    Raises:
        KnowledgeError: The file is no TOML, not as the schema says, or a number in it has not the shape that it should have.

    """
    return datafiles.load(path, lambda table: _proven(of_table(path.stem, table)))


def load_folder(folder: Path) -> dict[str, Merchant]:
    """All merchant files of a folder by code, in file-name order."""
    return {path.stem: load(path) for path in sorted(folder.glob("*.toml"))}


_SHAPES = ("order_number", "transaction_id", "product_code")
_TOP = frozenset(
    {"name", "home", "kind", "names", "also", "domains", "senders", *_SHAPES, "links", "link_paths"}
    | {"countries", "template_marks", "link_marks", "subjects", "guessed_subjects"}
)  # fmt: skip
_SHAPE = frozenset({"pattern", "source", "weak", "older", "last_four", "note", "valid", "invalid"})


def of_table(code: str, table: Mapping[str, Any]) -> Merchant:
    """The merchant of a file's table.

    Raises:
        ValueError: The table is not as the schema says.
        KeyError: It lacks a key.

    """
    known(table, _TOP, "the file")
    places = dict(table.get("links", {}))
    paths = table.get("link_paths", {})
    name = text(table, "name")
    return Merchant(
        code=code,
        name=name,
        home=text(table, "home"),
        kind=member(MerchantKind, table["kind"], "kind"),
        names=strings(table, "names") or (name,),
        also=strings(table, "also"),
        domains=strings(table, "domains"),
        senders=strings(table, "senders"),
        order_number=_shape(table, "order_number"),
        transaction_id=_shape(table, "transaction_id"),
        product_code=_shape(table, "product_code"),
        ignore=strings(places, "ignore"),
        links={member(Role, role, "[links]"): strings(places, role) for role in places if role != "ignore"},
        link_paths={member(Role, role, "[link_paths]"): strings(paths, role) for role in paths},
        countries=table.get("countries", {}),
        template_marks=strings(table, "template_marks"),
        link_marks=_link_marks(table),
        subjects=(*subjects.of_table(table, "subjects", guess=False), *subjects.of_table(table, "guessed_subjects", guess=True)),
    )


def _shape(table: Mapping[str, Any], key: str) -> Shape | None:
    if key not in table:
        return None
    shape = table[key]
    known(shape, _SHAPE, f"[{key}]")
    return Shape(
        **{
            **shape,
            "pattern": text(shape, "pattern"),
            "source": text(shape, "source"),
            "older": text(shape, "older") if "older" in shape else "",
            "valid": strings(shape, "valid"),
            "invalid": strings(shape, "invalid"),
        }
    )


def _proven(merchant: Merchant) -> Merchant:
    """The merchant, if its patterns are patterns and its numbers have the shapes that they should have."""
    for role, shape in merchant.shapes:
        if not shape.valid:
            msg = f"[{role}] valid: a number that has the shape is wanted"
            raise WrongEntryError(msg, shape.pattern)
        try:
            shape.allows("")
            wrong = [number for number in shape.valid if not shape.fits(number)]
        except KnowledgeError as error:
            raise WrongEntryError(str(error), shape.pattern) from error
        if wrong:
            msg = f"valid: {wrong[0]} does not fit {shape.pattern}"
            raise WrongEntryError(msg, wrong[0])
    return merchant


def _link_marks(table: Mapping[str, Any]) -> tuple[str, ...]:
    marks = strings(table, "link_marks")
    for mark in marks:
        if links.wrong(mark):
            msg = f"link_marks: {mark!r} is no path with slots of {', '.join(sorted(links.SLOTS))}"
            raise WrongEntryError(msg, mark)
    return marks


# Patterns that try some ten thousand ways at most, whatever the number: no group is repeated, though one may be missing, and few
# characters or classes stand any number of times.
_BRIEF = lazy(
    r"(?:[^\\()*+?{}\[\]]|\\.|\[\^?(?:[^\]\[\\]|\\.)+\]|\((?:\?[:=!])?|\)(?![*+{])|\{\d+(?:,\d+)?\}(?![*+?{])|(?<!\()\?(?![*+?{]))*"
)
_REPEATED = lazy(r"\{\d+,\d+\}")
_OPTIONAL = lazy(r"(?<!\()\?")
_FEW = 3


def _is_brief(pattern: str) -> bool:
    return _BRIEF.fullmatch(pattern) is not None and len(_REPEATED.findall(pattern)) <= _FEW and len(_OPTIONAL.findall(pattern)) <= _FEW


def _fits(pattern: str, number: str) -> bool:
    if len(number) > _LONGEST:
        return False
    expression = _compiled(pattern)
    if isinstance(expression, re.Pattern):
        return expression.fullmatch(number) is not None
    try:
        return expression.fullmatch(number, timeout=_SECONDS) is not None
    except TimeoutError:
        return False


@cache
def _compiled(pattern: str) -> re.Pattern[str] | regex.Pattern[str]:
    if _is_brief(pattern):
        with suppress(re.error):
            return re.compile(pattern)
    import regex  # noqa: PLC0415  # heavy, and can be stopped: for patterns of which nobody knows how long they take

    try:
        return regex.compile(pattern)
    except regex.error as error:
        msg = f"{pattern}: {error}"
        raise KnowledgeError(msg) from error


def _domains(domain: str) -> Iterator[str]:
    """A domain, then what is left of it as labels go from the left."""
    rest = domain.lower().rstrip(".")[-253:]
    while rest:
        yield rest
        rest = rest.partition(".")[2]


def _plain_name(text: str) -> str:
    return " ".join(fold(text).split())
