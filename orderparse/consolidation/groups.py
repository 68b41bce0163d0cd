"""Groups: which claims are of one order."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, TypeVar

from orderparse.consolidation import awaited, payments, references
from orderparse.consolidation.claims import DISTINCTIVE, domain_of
from orderparse.consolidation.forest import Forest
from orderparse.slotted import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from orderparse.consolidation.claims import Claim

T = TypeVar("T")

_WORD_OF_A_NAME = 4  # letters
_DIGITS = 6  # of a number that has letters elsewhere
_CROWD = 20  # orders that one parcel may hold; what more of them have is no parcel's number


@dataclass(slots=True, kw_only=True, eq=False)
class Group:
    """The claims that make one order, by the key that brought them; the first of ``by_number`` has its order number."""

    by_number: list[Claim] = field(default_factory=list)
    by_parcel: list[Claim] = field(default_factory=list)
    by_thread: list[Claim] = field(default_factory=list)
    by_payment: list[Claim] = field(default_factory=list)
    by_shop: list[Claim] = field(default_factory=list)
    by_reference: list[Claim] = field(default_factory=list)

    @property
    def claims(self) -> list[Claim]:
        """All claims, in the order of time."""
        others = (*self.by_parcel, *self.by_thread, *self.by_payment, *self.by_shop, *self.by_reference)
        return sorted((*self.by_number, *others), key=lambda claim: claim.place)


def of(claims: Sequence[Claim]) -> list[Group]:
    """The groups; a claim of a parcel that several orders share is in each of them."""
    groups = _by_number([claim for claim in claims if claim.number])
    loose = _by_parcel([claim for claim in claims if not claim.number and claim.parcels], groups)
    bare = [Group(by_thread=[claim]) for claim in claims if not claim.number and not claim.parcels and not claim.silent]
    homes = _index(groups, lambda claim: claim.threads)
    answered = _index(groups, lambda claim: (claim.thread,) if claim.thread else ())
    mates: dict[tuple[str, str], list[Group]] = defaultdict(list)
    left: list[Group] = []
    for unit in (*loose, *bare):
        threads = sorted({thread for claim in unit.claims for thread in claim.threads})
        found = {home for thread in threads for home in homes.get(thread, ())}
        if len(found) == 1:
            groups[min(found)].by_thread += unit.claims
        elif not found and unit.by_thread and sum(len(mates[thread]) for thread in threads) == 1:
            mates[threads[0]][0].by_thread += unit.claims
        else:
            left.append(unit)
            for thread in threads:
                mates[thread].append(unit)
    for claim in claims:
        if claim.silent and claim.thread and len(answered.get(claim.thread, ())) == 1:
            groups[min(answered[claim.thread])].by_thread.append(claim)
    return [*groups, *awaited.joined(groups, payments.joined(groups, references.joined(groups, left)))]


def _by_number(claims: Sequence[Claim]) -> list[Group]:
    """A group for each order number of a merchant; those that only a carrier numbers are taken in by their parcels."""
    forest = Forest()
    agreed, carriers = _agreed(claims)
    for claim, mate in (*agreed, *payments.numbered(claims)):
        forest.join((mate, claim))
    for same in _spelled_otherwise(claims):
        forest.join(same)
    for number, members in split(claims, lambda claim: claim.number).items():
        for author, same in split(members, lambda claim: claim.author).items():
            if author in carriers and len(number) < DISTINCTIVE:  # a short number means another order at another shop
                for parcel in split([(key, claim) for claim in same for key in claim.parcels], lambda told: told[0]).values():
                    forest.join(claim for _, claim in parcel)
            else:
                forest.join(same)
        if len(number) < DISTINCTIVE:
            for same in split(members, _named_by_domain).values():
                forest.join(same)
        else:
            for key in (_first_word, lambda claim: domain_of(claim.reading)):
                for same in split(members, key).values():
                    forest.join(same)
            if len({forest.root(claim) for claim in members if claim.known}) <= 1:
                forest.join(members)
    groups = [Group(by_number=members) for members in split(claims, forest.root).values()]
    known = [group for group in groups if any(claim.known for claim in group.by_number)]
    unknown = [group for group in groups if not any(claim.known for claim in group.by_number)]
    homes = _index(known, lambda claim: claim.parcels)
    guests: dict[int, list[Group]] = defaultdict(list)
    for group in unknown:
        found = {home for claim in group.by_number for parcel in claim.parcels for home in homes.get(parcel, ())}
        if len(found) == 1:
            guests[min(found)].append(group)
    for home, candidates in guests.items():
        # Two numbers of one author are two orders, whatever else they share; and who hides may be anyone.
        authors = Counter(author for group in (known[home], *candidates) for author in {claim.author for claim in group.by_number})
        for group in candidates:
            if all(claim.author and authors[claim.author] == 1 for claim in group.by_number):
                known[home].by_number += group.by_number
                groups.remove(group)
    return groups


def _spelled_otherwise(claims: Sequence[Claim]) -> Iterator[list[Claim]]:
    """Claims of a merchant whose numbers differ in their marks only, or in the letters that one of them lacks: "AU-25-0417", "250417"."""
    for same in split([claim for claim in claims if claim.known], lambda claim: claim.author).values():
        numbers = split(same, lambda claim: "".join(filter(str.isalnum, claim.number or "")))
        yield from (members for members in numbers.values() if len(members) > 1)
        digits = split([number for number in numbers if not number.isdigit()], lambda number: "".join(filter(str.isdigit, number)))
        for number, full in digits.items():
            if len(number) >= _DIGITS and len(full) == 1 and number in numbers:
                yield [*numbers[number], *numbers[full[0]]]


def _agreed(claims: Sequence[Claim]) -> tuple[list[tuple[Claim, Claim]], set[str]]:
    """Claims of nobody known with one that is a merchant's and has both number and parcel of theirs; and who made them."""
    known: dict[tuple[str, str], dict[str, Claim]] = defaultdict(dict)
    told_of: set[str] = set()
    for claim in claims:
        if claim.known and claim.author and claim.number:
            told_of.update(claim.parcels)
            for parcel in claim.parcels:
                known[parcel, claim.number].setdefault(claim.author, claim)
    pairs: list[tuple[Claim, Claim]] = []
    carriers: set[str] = set()
    for claim in claims:
        if claim.known or not claim.number:
            continue
        if claim.author and not told_of.isdisjoint(claim.parcels):
            carriers.add(claim.author)
        mates = {author: mate for parcel in claim.parcels for author, mate in known.get((parcel, claim.number), {}).items()}
        if len(mates) == 1:
            pairs += [(claim, mate) for mate in mates.values()]
    return pairs, carriers


def _named_by_domain(claim: Claim) -> tuple[str, str] | None:
    """The sender's domain with the word of the name that it holds: "Tess of Lumen" and "Lumen Lamps" write from lumenlamps.example."""
    domain = domain_of(claim.reading)
    word = next((word for word in (claim.author or "").split() if len(word) >= _WORD_OF_A_NAME and domain.startswith(word)), None)
    return (domain, word) if claim.known and domain and word else None


def _first_word(claim: Claim) -> str:
    """What "Elgiganten" and "Elgiganten Sverige" share: with a number that no chance repeats it is enough."""
    return (claim.author or "").partition(" ")[0] if claim.known else ""


def _by_parcel(claims: Sequence[Claim], groups: Sequence[Group]) -> list[Group]:
    """Lays claims that name only parcels to the groups that have these; gives those that have no home."""
    homes = {parcel: found for parcel, found in _index(groups, lambda claim: claim.parcels).items() if len(found) <= _CROWD}
    forest = Forest()
    for claim in claims:
        forest.join(claim.parcels)
    loose: list[Claim] = []
    for members in split(claims, lambda claim: forest.root(claim.parcels[0])).values():
        found = {home for claim in members for parcel in claim.parcels for home in homes.get(parcel, ())}
        if len(found) <= 1:
            (groups[min(found)].by_parcel if found else loose).extend(members)
            continue
        for claim in members:  # parcels of several orders: to each order what is its own
            for home in sorted(found):
                own = frozenset(parcel for parcel in claim.parcels if home in homes.get(parcel, ()))
                if own:
                    groups[home].by_parcel.append(claim.only(own))
            left = frozenset(claim.parcels) - homes.keys()
            if left:
                loose.append(claim.only(left))
    forest = Forest()
    for claim in loose:
        forest.join(claim.parcels)
    return [Group(by_parcel=members) for members in split(loose, lambda claim: forest.root(claim.parcels[0])).values()]


def _index(groups: Sequence[Group], keys: Callable[[Claim], Iterable[T]]) -> dict[T, set[int]]:
    """Key -> places of the groups whose numbered claims have it."""
    found: dict[T, set[int]] = defaultdict(set)
    for place, group in enumerate(groups):
        for claim in group.by_number:
            for key in keys(claim):
                found[key].add(place)
    return found


def split(items: Iterable[T], key: Callable[[T], Any]) -> dict[Any, list[T]]:
    """Items by key, without those that have none."""
    parts: dict[Any, list[T]] = defaultdict(list)
    for item in items:
        found = key(item)
        if found is not None and found != "":
            parts[found].append(item)
    return parts
