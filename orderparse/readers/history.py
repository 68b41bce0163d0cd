"""The history of a parcel in a carrier's mail: a line for each event, with its day and hour, and what happened then.

    08.10.2024  12:47  Støvring  Pakken er leveret
    08.10.2024  04:02  Støvring  Pakken er ankommet til pakkecentret
    07.10.2024  19:18  Kolding   Pakken er afhentet af GLS

Most events are on the way: their days are no day of shipping and none of delivery, whatever their words are called elsewhere. The
parcel was shipped when the carrier got it, not when its label was printed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from orderparse.mentions import MentionKind
from orderparse.readers.denial import denied
from orderparse.readers.evidence import Evidence
from orderparse.readers.gaps import PUNCTUATION
from orderparse.roles import DateRole, MailKind
from orderparse.text.patterns import lazy
from orderparse.text.pieces import inside_word
from orderparse.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence
    from datetime import date

    from orderparse.mentions import Mention, Page

_CLOCK = lazy(r"(?<![0-9])(?:[01]?[0-9]|2[0-3])[:.h][0-5][0-9](?![0-9])(?: ?[ap]\.?m\b\.?)?")
_EVENTS, _MOST = 3, 100  # that make a history, two of them with an hour; more are none of a parcel
_TIMED = 2
_HOUR = 5  # characters of "07:31"
_APART = 3  # lines: a place or a sentence may stand below an event
_ELSEWHERE = ("_above", "_below")
_ON_THE_WAY = frozenset({DateRole.SHIP.value, DateRole.DELIVERY_ESTIMATE.value})


class _Event(NamedTuple):
    line: int
    mention: Mention
    day: date
    hour: str  # as written, with two digits, or ""


def with_history(page: Page, found: Iterable[Evidence]) -> Iterator[Evidence]:
    """The evidence of labels, but for what the words of a history seem to say of its days, with the day when the carrier got the parcel."""
    runs = list(_histories(page))
    if not runs:
        yield from found
        return
    found = list(found)
    events = {event.mention.ident for run in runs for event in run}
    sent = {item.mention.ident for item in found if item.role == DateRole.SHIP and item.mention.ident in events}
    taken: dict[int, Evidence] = {}
    shipped: set[int] = set()  # where no carrier says when it got the parcel, the shop says when it was sent
    delivered: list[Evidence] = []
    for run in runs:
        chronicle = run if (run[0].day, run[0].hour) <= (run[-1].day, run[-1].hour) else run[::-1]
        if (first := _taken_over(page, chronicle)) is not None:
            taken[first.mention.ident] = first
        elif page.parties.carrier is None:
            shipped.update([event.mention.ident for event in chronicle if event.mention.ident in sent][:1])
        if (last := _delivered(page, chronicle[-1], run)) is not None:
            delivered.append(last)
    own = {event.mention.ident for run in runs for event in run if _told(page, event, run)[0] == event.line}
    kept = [item for item in found if item.mention.ident not in events or _may_stay(item, taken, shipped, own)]
    yield from (*kept, *taken.values())
    come = {*taken, *(item.mention.ident for item in kept if item.role == DateRole.DELIVERED)}
    yield from (item for item in delivered if item.mention.ident not in come)


def _may_stay(item: Evidence, taken: Container[int], shipped: Container[int], own: Container[int]) -> bool:
    """Whether what labels make of an event's day may be so: a line that tells its event has nothing of the lines around it."""
    ident = item.mention.ident
    if ident in taken or (ident in own and item.feature.endswith(_ELSEWHERE)):
        return False
    return item.role not in _ON_THE_WAY or (item.role == DateRole.SHIP and ident in shipped)


def _histories(page: Page) -> Iterator[Sequence[_Event]]:
    """Runs of events near each other, in the order of their days, which have all passed."""
    if sum(mention.kind is MentionKind.DATE for mention in page.mentions) < _EVENTS:
        return
    run: list[_Event] = []
    for event in _events(page):
        if run and not _goes_on(run, event):
            yield from _whole(run)
            run = []
        run.append(event)
    yield from _whole(run)


def _events(page: Page) -> Iterator[_Event]:
    for number, mentions in page.line_mentions.items():
        days = [mention for mention in mentions if mention.date is not None and mention.date.form not in {"relative", "weekday"}]
        if len(days) != 1 or not page.visible(days[0]):
            continue
        assert days[0].date is not None  # noqa: S101  # by the line above
        day = days[0].date.readings[0]  # the likeliest
        if day.last is not None or (page.reference is not None and day.first > page.reference):
            continue
        line, folded = page.document.lines[number].span, page.document.folded
        clock = _CLOCK.search(folded, days[0].span.end, line.end) or _CLOCK.search(folded, line.start, days[0].span.start)
        opens = not folded[line.start : days[0].span.start].strip(PUNCTUATION + "0123456789")
        closes = not folded[days[0].span.end : line.end].strip(PUNCTUATION + "0123456789")
        if opens or closes:
            yield _Event(number, days[0], day.first, clock[0].zfill(_HOUR) if clock else "")


def _goes_on(run: Sequence[_Event], event: _Event) -> bool:
    if event.line - run[-1].line > _APART:
        return False
    first, last = run[0].day, run[-1].day
    return last in {first, event.day} or (event.day > last) == (last > first)


def _whole(run: Sequence[_Event]) -> Iterator[Sequence[_Event]]:
    if _EVENTS <= len(run) <= _MOST and sum(bool(event.hour) for event in run) >= _TIMED:
        yield run


def _taken_over(page: Page, run: Sequence[_Event]) -> Evidence | None:
    """The first event that tells that the carrier has got the parcel, but for the last of all: that one, it went to its recipient."""
    for event in run[:-1]:
        _, told = _told(page, event, run)
        text = page.document.folded[told.slice]
        for words in page.knowledge.words.taken_over:
            at = text.find(words)
            if at >= 0 and not inside_word(text, at) and not inside_word(text, at + len(words)):
                return Evidence(event.mention, DateRole.SHIP, "kind_phrase", words)
    return None


def _delivered(page: Page, event: _Event, run: Sequence[_Event]) -> Evidence | None:
    """An event that tells that the parcel was delivered."""
    number, told = _told(page, event, run)
    for match in page.line_phrases.get(number, ()):
        kinds = {meaning.key for meaning in match.meanings if meaning.section in {"kind", "status"}}
        if MailKind.DELIVERED in kinds and told.holds(match.span) and not denied(page, match):
            return Evidence(event.mention, DateRole.DELIVERED, "kind_phrase", page.document.text[match.span.slice])
    return None


def _told(page: Page, event: _Event, run: Sequence[_Event]) -> tuple[int, Span]:
    """The line and the place that tell what happened: behind the day, before it, or on the next line if its own says nothing else."""
    lines, folded = page.document.lines, page.document.folded
    line, day, below = lines[event.line].span, event.mention.span, event.line + 1
    for span in (Span(day.end, line.end), Span(line.start, day.start)):
        if any(char.isalpha() for char in _CLOCK.sub("", folded[span.slice])):
            return event.line, span
    return (below, lines[below].span) if below < len(lines) and all(one.line != below for one in run) else (event.line, line)
