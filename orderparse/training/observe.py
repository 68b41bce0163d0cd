"""Observing: made-up mails as the fit sees them: the features of each value with its true role, and judged readings.

What is alike is counted, not listed: a hundred thousand values come down to some thousand patterns.
"""

from __future__ import annotations

import os
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from orderparse import assemble, mentions, readers
from orderparse.document.build import build
from orderparse.document.quoted import Marks
from orderparse.knowledge import Knowledge
from orderparse.mail import messages
from orderparse.mentions import MentionKind
from orderparse.roles import AmountRole, DateRole, Role
from orderparse.scoring import features, model
from orderparse.training import folds, generate
from orderparse.training.judge import Verdict, judge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from orderparse.document.model import Document
    from orderparse.scoring.features import Pool
    from orderparse.scoring.model import Model, Situation
    from orderparse.training.generate import MadeMail
    from orderparse.training.truth import Truth

_CHUNK = 100
_STRANGE = 6  # each so many-th mail is read as if nobody had written its language's file
B = TypeVar("B")
R = TypeVar("R")


class Batch(NamedTuple):
    """Which mails: of one fold (or of all, if None), one seed, from one index to another."""

    fold: int | None
    seed: str
    start: int
    end: int
    rivals: int = 0
    without: str = ""  # "some" or "each" mail is read without the file of its language
    language: str = ""  # mails in this language alone


class Pattern(NamedTuple):
    """One value with what speaks for its roles: (role, features) by role, its context, and the roles that are right for it."""

    kind: str
    roles: tuple[tuple[str, tuple[str, ...]], ...]
    context: tuple[str, ...]
    right: tuple[str, ...]


class KindPattern(NamedTuple):
    """One mail with what speaks for its kinds: (kind, ((feature, how much), ...)), and the right one."""

    kinds: tuple[tuple[str, tuple[tuple[str, float], ...]], ...]
    right: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The verdict on one mail, with what it is grouped by."""

    verdict: Verdict
    language: str
    situation: Situation  # as its reader sees it
    without: bool = False  # read without the file of its language
    layout: str
    left_out: int = 0
    genuine: float | None = None  # how sure it is that the mail is from whom it claims to be from


@dataclass(slots=True)
class Patterns:
    """Patterns with their counts."""

    values: Counter[Pattern] = field(default_factory=Counter)
    kinds: Counter[KindPattern] = field(default_factory=Counter)

    def add(self, other: Patterns) -> None:
        """Count what another has counted."""
        self.values.update(other.values)
        self.kinds.update(other.kinds)


def batches(fold: int | None, seed: str, count: int, *, rivals: int = 0, without: str = "", language: str = "") -> list[Batch]:
    """The first mails of a seed in batches for the processes."""
    return [Batch(fold, seed, start, min(start + _CHUNK, count), rivals, without, language) for start in range(0, count, _CHUNK)]


def in_processes(work: Callable[[B], R], items: Iterable[B]) -> Iterator[R]:
    """Do the work in as many processes as there are cores; the results in order."""
    items = list(items)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if cores == 1 or len(items) == 1:
        yield from map(work, items)
        return
    with ProcessPoolExecutor(cores) as pool:
        yield from pool.map(work, items)


def patterns(which: Iterable[Batch], scales: Model | None = None) -> Patterns:
    """The patterns of the mails: of their values; with ``scales``, of their kinds, which need the values scored."""
    found = Patterns()
    for part in in_processes(partial(_patterns, scales=scales), which):
        found.add(part)
    return found


def readings(which: Iterable[Batch], scales: Model | None = None, precision: float | None = None) -> Iterator[Told]:
    """The mails as they are read with a model, judged."""
    for part in in_processes(partial(_readings, scales=scales, precision=precision), which):
        yield from part


@cache
def known(without: str | None) -> tuple[Knowledge, Marks]:
    """What a reader knows who has no file of a language."""
    knowledge = Knowledge.builtin() if without is None else Knowledge.builtin().without_language(without)
    return knowledge, Marks.of(knowledge.words.quoted)


def _mails(batch: Batch) -> Iterator[tuple[MadeMail, Document, Knowledge]]:
    """The mails of a batch as documents, with the knowledge that each is to be read with."""
    everything = Knowledge.builtin()
    cast = folds.everything(everything) if batch.fold is None else folds.fold(everything, batch.fold)
    if batch.language:
        cast = replace(cast, languages=(batch.language,))
    for index in range(batch.start, batch.end):
        made = generate.mail(everything, cast, batch.seed, index, rivals=batch.rivals)
        strange = made.truth.language if batch.without == "each" or (batch.without == "some" and index % _STRANGE == 0) else None
        knowledge, marks = known(strange)
        yield made, build(messages.parse(made.data, source=made.name), marks), knowledge


def _readings(batch: Batch, *, scales: Model | None, precision: float | None) -> list[Told]:
    found = []
    for made, document, knowledge in _mails(batch):
        page = mentions.page(document, knowledge)
        reading = assemble.read_page(page, scales or model.builtin(), precision)
        found.append(
            Told(
                verdict=judge(reading, made.truth),
                language=made.truth.language or "",
                situation=assemble.situation(page),
                without=knowledge is not Knowledge.builtin(),
                layout=made.layout,
                left_out=sum(count for _, count in reading.left_out),
            )
        )
    return found


def _patterns(batch: Batch, *, scales: Model | None) -> Patterns:
    found = Patterns()
    for made, document, knowledge in _mails(batch):
        if scales is not None:
            _whole(document, knowledge, scales, made.truth, found)
            continue
        page = mentions.page(document, knowledge)
        for pool in features.pools(page, readers.read(page)):
            right = _right(pool, made.truth)
            if right is not None:
                roles = tuple((role, tuple(names)) for role, names in pool.roles.items())
                found.values[Pattern(pool.kind.value, roles, tuple(pool.context), right)] += 1
    return found


def _whole(document: Document, knowledge: Knowledge, scales: Model, truth: Truth, found: Patterns) -> None:
    """The pattern of the kind, for which the values must have been scored."""
    page = mentions.page(document, knowledge)
    page, _, doubted = assemble.trusted(page)
    telling = assemble.values(page, scales, doubted=doubted).telling
    assert truth.kind is not None  # noqa: S101  # a made-up mail has a kind
    kinds = tuple((kind.value, tuple(sorted(own.items()))) for kind, own in sorted(telling.items()))
    found.kinds[KindPattern(kinds, truth.kind.value)] += 1


def _right(pool: Pool, truth: Truth) -> tuple[str, ...] | None:
    """The roles of a pool that are right; empty if none is; None if nothing is known of the value."""
    mention = pool.mentions[0]
    if pool.kind is MentionKind.CODE:
        own = (truth.codes or {}).get(pool.key)
        if own is None and not pool.roles.keys() - {Role.OTHER}:
            return None  # the house in "Mill Lane 12" is some number or other, and no mail tells more of it
        return (own.value,) if own is not None and own in pool.roles else ()
    right: tuple[str, ...]
    rest: DateRole | AmountRole
    if mention.date is not None:
        best = mention.date.readings[0]
        days = {best.first, best.last or best.first}
        right = tuple(role for role in pool.roles if {(role, day) for day in days} <= (truth.dates or frozenset()))
        rest = DateRole.OTHER
    else:
        assert mention.amount is not None  # noqa: S101  # the kinds are three
        value = mention.amount.values[0]
        right = tuple(role for role in pool.roles if (role, value) in (truth.amounts or frozenset()))
        rest = AmountRole.OTHER
        if not right and value in truth.free_amounts:
            return None
    return right or ((rest.value,) if rest in pool.roles else ())
