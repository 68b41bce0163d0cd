"""Dates in every reading that the text allows: 05/06/2026 has two, "Tuesday" depends on the day of the mail.

Names of months and weekdays come from the language files, all languages at once (:class:`Calendar`).
"""

from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from orderparse.text.patterns import lazy
from orderparse.text.pieces import latin
from orderparse.text.span import Span
from orderparse.values import links, nameddates, numericdates
from orderparse.values.calendars import Calendar, NameMatch
from orderparse.values.resolution import LONGEST_RANGE, DateReading, readings
from orderparse.values.stamps import Part, Stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from orderparse.languages.vocabulary import Phrase
    from orderparse.text.phrases import PhraseMatch

__all__ = ["Calendar", "DateMatch", "DateReading", "find", "parse"]

_LONGEST = 100  # characters of an ISO or RFC date
_ISO_DAY = lazy(r"\s*([0-9]{4}-[0-9]{2}-[0-9]{2})(?![0-9])")
_BEFORE_DATE = lazy(r"\.?[,:]?[ \t]?\(?(?:(?:den|the|le|el|il|o|am|dem|du|dia|dnia|de|dne|d\.) )?")
_BARE_DAY = lazy(r"[.,]{0,2} (?:d\. )?([0-9]{1,2})[.-]([0-9]{1,2})(?![0-9]|[.,:-] ?[0-9])")
_DAY_BEHIND = lazy(r"\.?,? (?:(?:den|the|el|le|il) )?(0?[1-9]|[12][0-9]|3[01])(?:\.|st|nd|rd|th)?(?![0-9])")  # of a weekday
_OPENING_DAY = lazy(r"\.?,? [0-9]{1,2}\.? ?[-\u2013\u2014~]")  # of a range whose month stands at its end
_SHORT = 2  # letters: such a weekday is one where it agrees with the day beside it
_LONGEST_GAP = 40  # characters between the two days of a range
_AFTER_DATE = lazy(r",? ?\(| ?, | ?")
_TIME = lazy(r"(?:,? (?:(?:at|kl\.?|um|om|a las|a|alle|@|-|,) ?)?|, ?)[0-2]?[0-9](?:[:.h][0-5][0-9]|:?[0-9]{0,2} ?[ap]\.?m\b)(?![0-9])")
_CLOCK_WORD = 8  # characters
_CLOCK_BEFORE = lazy(r"(?<![^\W\d_])(?:klo|kello|kl\.?|um|ore|godz\.|hod\.|saat|pukul|jam) ?\Z")
_DASH = lazy(r" ?[-\u2013\u2014] ?")
_HOURS = lazy(r"[:,]? (?:kl\.? ?)?[0-2]?[0-9](?:[:.][0-5][0-9])? ?(?:[ap]m)? ?- ?[0-2]?[0-9]")
_LETTERS = ("月火水木金土日", "一二三四五六日", "월화수목금토일")  # weekdays from Monday
_LETTER = lazy(rf" ?\(([{''.join(_LETTERS)}])\)")
# Weeks of work: a range of weekdays that tells when a shop is open.
_WORKING_WEEKS = frozenset({(0, 4), (0, 5), (0, 6), (5, 6), (6, 3), (6, 4)})
_CURRENCY_SIGNS = frozenset("$€£¥₹₽₺₴₪₩₫฿")


T = TypeVar("T", NameMatch, Stamp)


class DateMatch(NamedTuple):
    """A date, or the two days of a range, and where it stands.

    ``readings`` are never empty, best first, and their shares sum to 1. ``form`` is iso, numeric, named,
    weekday, relative or compact. ``has_time`` tells that a time of day stands right behind.
    """

    span: Span
    readings: tuple[DateReading, ...]
    form: str
    has_year: bool
    has_time: bool


def find(
    text: str,
    folded: str,
    calendar: Calendar,
    *,
    sent: date | None,
    day_first: float = 0.5,
    reference: date | None = None,
    names: Iterable[PhraseMatch[Phrase]] | None = None,
    spoken: Mapping[str, float] | None = None,
) -> Iterator[DateMatch]:
    """Dates of a cleaned text and its folded form, in text order, without overlaps.

    ``sent`` is the day of the mail, ``day_first`` the probability that 05/06 is the fifth of June, ``reference``
    a day near the dates of a mail that does not tell when it was sent. ``names`` are the phrases of the calendar's layer, if
    those of the text were found before, ``spoken`` the shares of its languages.

    A date without a year gets the year that puts it nearest to ``sent``, from 60 days before to 305 days after,
    and that agrees with the weekday if one stands there; without ``sent`` the year nearest to ``reference``. A
    weekday alone is the next such day after ``sent``; on that weekday itself, which "today" would name, the day
    a week later is likelier than the day itself. The last such day before ``sent`` is always a reading, too.

    >>> from orderparse.text.fold import fold
    >>> def days(text, **known):
    ...     found = find(text, fold(text), Calendar.of({}), **{"sent": date(2026, 3, 1), **known})
    ...     return [[f"{day.first} {day.share:.2}" for day in match.readings] for match in found]
    >>> days("2026-03-05T07:00, 05/06/2026 and 5.6.", day_first=0.75)
    [['2026-03-05 1.0'], ['2026-06-05 0.75', '2026-05-06 0.25'], ['2026-06-05 1.0']]
    >>> days("10.05 kr, open 24/7, 25-0821-1050, v1.2.2026, https://x.example/2026/03/05, 31/31/2026")
    []
    """
    urls = [*links.spans(text)] if "://" in text else []
    met = _outside(urls, calendar.names(folded, names, spoken))
    calendar = calendar.latin if latin(folded) else calendar
    stamps = _stamps(text, folded, met, calendar, day_first)
    known = (sent, reference)
    for stamp in _with_ranges(_with_weekdays(text, folded, _outside(urls, stamps), met, known), folded, calendar):
        if stamp.weak and not (stamp.weekdays or stamp.lasts or stamp.has_time):
            continue
        if not text.isascii() and not _decimal(text, folded, stamp):
            continue
        found = readings(stamp, sent, reference)
        if found:
            has_year = any(part.year is not None for part in (*stamp.firsts, *stamp.lasts))
            yield DateMatch(Span(stamp.start, stamp.end), found, stamp.form, has_year, stamp.has_time)


def parse(text: str) -> date:
    """Read the day of an ISO 8601 or RFC 5322 string, as written there, whatever its zone.

    Raises:
        ValueError: The text is neither.

    >>> parse("2026-03-01T23:30:00-05:00"), parse("Sun, 01 Mar 2026 12:00:00 +0100"), parse("20260301")
    (datetime.date(2026, 3, 1), datetime.date(2026, 3, 1), datetime.date(2026, 3, 1))

    """
    text = text.strip()
    if not text or len(text) > _LONGEST or not text.isascii():
        msg = f"no date: {text[:_LONGEST]!r}"
        raise ValueError(msg)
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        pass
    day = _ISO_DAY.match(text)
    if day:
        return date.fromisoformat(day[1])
    from email.utils import parsedate_to_datetime  # noqa: PLC0415  # for the few dates that markup has in this form

    try:
        return parsedate_to_datetime(text).date()
    except (TypeError, IndexError, OverflowError) as error:
        msg = f"no date: {text!r}"
        raise ValueError(msg) from error


def _stamps(text: str, folded: str, names: Sequence[NameMatch], calendar: Calendar, day_first: float) -> list[Stamp]:
    found = [
        *numericdates.stamps(folded, day_first),
        *nameddates.stamps(folded, names, calendar),
        *numericdates.cjk_stamps(text),
    ]
    found.sort(key=lambda stamp: (stamp.start, -stamp.end))
    kept: list[Stamp] = []
    for stamp in found:
        # A sum or a time that ends a sentence: "€10.05.", "klo 14.05."
        if (
            stamp.firsts[0].order == "dmy"
            and folded[stamp.end - 1] == "."
            and (
                set(text[max(0, stamp.start - 2) : stamp.start]) & _CURRENCY_SIGNS
                or _CLOCK_BEFORE.search(folded, max(0, stamp.start - _CLOCK_WORD), stamp.start)
            )
        ):
            continue
        if not kept or kept[-1].end <= stamp.start:
            kept.append(stamp._replace(has_time=stamp.has_time or bool(_TIME.match(folded, stamp.end))))
    return kept


def _outside(urls: Sequence[Span], found: Sequence[T]) -> list[T]:
    """Those of the found that no URL holds a part of; all in text order."""
    kept: list[T] = []
    at = 0
    for match in found:
        while at < len(urls) and urls[at].end <= match.start:
            at += 1
        if at == len(urls) or match.end <= urls[at].start:
            kept.append(match)
    return kept


def _with_weekdays(
    text: str, folded: str, stamps: Sequence[Stamp], names: Sequence[NameMatch], known: tuple[date | None, date | None]
) -> list[Stamp]:
    """Stamps with the weekdays beside them, and those weekdays and words for today that stand alone.

    ``known`` are the day of the mail and one near its dates.
    """
    stamps = [_with_letter(folded, stamp) for stamp in stamps]
    found: list[Stamp] = []
    alone: list[Stamp] = []
    opening: set[int] = set()  # where weekdays begin that hours follow
    upcoming = iter((*stamps, None))
    stamp = next(upcoming)
    for match in names:
        while stamp and stamp.end <= match.start:
            found.append(stamp)
            stamp = next(upcoming)
        if stamp and stamp.start < match.end:
            continue
        name = match.name
        if name.weekdays:
            if stamp and _BEFORE_DATE.fullmatch(folded, match.end, stamp.start):
                whole = stamp._replace(start=match.start, weekdays=name.weekdays)
                if _is_weekday(text, match, whole, known):
                    stamp = whole
                    continue
            day = _bare_day(folded, match) if not name.everyday and (stamp is None or match.end < stamp.start) else None
            if day and (stamp is None or day.end <= stamp.start) and _agrees(day, known):
                found.append(day)
                continue
            if (
                found
                and not found[-1].weekdays
                and found[-1].firsts
                and _AFTER_DATE.fullmatch(folded, found[-1].end, match.start)
                and (
                    name.full
                    or folded[match.start - 1] == "("
                    or (match.end - match.start > _SHORT and match.start - found[-1].end > 1)
                    or (not name.everyday and _agrees(found[-1]._replace(weekdays=name.weekdays), known))
                )
            ):
                closed = folded[match.start - 1] == "(" and folded[match.end : match.end + 1] == ")"  # "21 March (Fri) - 22 March (Sat)"
                found[-1] = found[-1]._replace(end=match.end + closed, weekdays=name.weekdays)
                continue
            if not name.full and not name.everyday and _OPENING_DAY.match(folded, match.end):
                alone.append(Stamp(match.start, match.end, "opening", weekdays=name.weekdays))
                continue
            if name.full and not name.months and len(name.weekdays) == 1:
                if _HOURS.match(folded, match.end):
                    opening.add(match.start)
                    if alone and _DASH.fullmatch(folded, alone[-1].end, match.start):  # "Monday - Friday 8 to 17"
                        opening.add(alone[-1].start)
                alone.append(
                    Stamp(match.start, match.end, "weekday", has_time=bool(_TIME.match(folded, match.end)), cycle=(*name.weekdays,))
                )
        elif name.shift is not None:
            alone.append(Stamp(match.start, match.end, "relative", has_time=bool(_TIME.match(folded, match.end)), days=name.shift))
    found.extend(left for left in (stamp, *upcoming) if left)
    if len(opening) > 1:  # hours on several weekdays: when a shop is open
        alone = [other for other in alone if other.start not in opening]
    return sorted((*found, *alone), key=lambda stamp: stamp.start)


def _with_letter(folded: str, stamp: Stamp) -> Stamp:
    """A stamp with the weekday of one character that stands behind it in brackets, as in East Asia."""
    letter = _LETTER.match(folded, stamp.end)
    if letter is None or not stamp.firsts:
        return stamp
    day = next(days.index(letter[1]) for days in _LETTERS if letter[1] in days)
    return stamp._replace(end=letter.end(), weekdays=frozenset({day}))


def _is_weekday(text: str, match: NameMatch, whole: Stamp, known: tuple[date | None, date | None]) -> bool:
    """Whether a weekday before a date is one: "do" is Thursday where the day is one, else Spanish "of"; "RB123456785DO" has none."""
    if match.start and text[match.start - 1].isdecimal():
        return False
    letters = match.end - match.start
    if letters > _SHORT + 1 or (letters > _SHORT and not match.name.everyday and known[0] is None):
        return True
    return not (match.name.everyday and letters <= _SHORT) and _agrees(whole, known)


def _bare_day(folded: str, match: NameMatch) -> Stamp | None:
    """A day and a month behind a weekday, which may be a time or a sum without it: "Mon 16.03", "ma 16-03"."""
    found = _BARE_DAY.match(folded, match.end)
    part = found and numericdates.valid(Part(None, int(found[2]), int(found[1]), order="dmy"))
    return Stamp(match.start, found.end(), "numeric", (part,), weekdays=match.name.weekdays) if found and part else None


def _agrees(stamp: Stamp, known: tuple[date | None, date | None]) -> bool:
    """Whether a day is of its weekday in the year that it has without that."""
    found = readings(stamp._replace(weekdays=frozenset()), *known)
    return any(reading.first.weekday() in stamp.weekdays for reading in found)


def _with_ranges(stamps: Sequence[Stamp], folded: str, calendar: Calendar) -> list[Stamp]:
    """Stamps, two that are one range put together."""
    kept: list[Stamp] = []
    joined = False
    for stamp, following in pairwise((*stamps, Stamp(len(folded), len(folded), ""))):
        if joined:
            joined = False
            continue
        gap = following.start - stamp.end
        pair: Stamp | None = stamp
        if gap <= _LONGEST_GAP and calendar.gap.fullmatch(folded, stamp.end, following.start):
            pair = _range(stamp, following)
        elif gap <= _LONGEST_GAP and (day := _opening_day(stamp, following, folded, calendar)):
            pair = _within_month(stamp, day, following)
        joined = pair is not stamp
        if pair:
            kept.append(pair)
    return kept


def _opening_day(stamp: Stamp, following: Stamp, folded: str, calendar: Calendar) -> int:
    """The day behind a weekday whose month stands with the end of the range: "Wednesday 18 and Friday 20 March"; 0 if there is none."""
    if (len(stamp.cycle) != 1 and stamp.form != "opening") or not following.firsts or following.lasts:
        return 0
    day = _DAY_BEHIND.match(folded, stamp.end, following.start)
    if day is None:
        return 0
    end = day.end() + folded.startswith(", ", day.end())  # "Monday, 9, and Tuesday, 10 March"
    return int(day[1]) if calendar.gap.fullmatch(folded, end, following.start) else 0


def _within_month(stamp: Stamp, day: int, following: Stamp) -> Stamp:
    """The range from a day, of the month of the last day or the one before it."""
    firsts = []
    for last in following.firsts:
        month = last.month if day <= last.day else (last.month - 2) % 12 + 1
        firsts.append(last._replace(day=day, month=month, year=last.year - (month > last.month) if last.year is not None else None))
    return following._replace(
        start=stamp.start,
        firsts=tuple(firsts),
        lasts=following.firsts,
        weekdays=stamp.weekdays or frozenset(stamp.cycle),
        has_time=following.has_time,
    )


def _range(stamp: Stamp, following: Stamp) -> Stamp | None:
    """One stamp of two; the first if they are no range; None if they are opening hours."""
    if len(stamp.cycle) == 1 and len(following.cycle) == 1:
        cycle = (*stamp.cycle, *following.cycle)
        return None if cycle in _WORKING_WEEKS else stamp._replace(end=following.end, cycle=cycle)
    if stamp.lasts or following.lasts:
        return stamp
    pairs = [(first, last) for first in stamp.firsts for last in following.firsts if _in_order(first, last)]
    if {first.month for first, _ in pairs} == {last.month for _, last in pairs}:  # one name of a month, of two languages
        pairs = [(first, last) for first, last in pairs if first.month == last.month] or pairs
    if not pairs:
        return stamp
    return stamp._replace(
        end=following.end,
        firsts=tuple(first for first, _ in pairs),
        lasts=tuple(last for _, last in pairs),
        has_time=stamp.has_time or following.has_time,
    )


def _in_order(first: Part, last: Part) -> bool:
    """Whether two parts may be the ends of a range, which no range of more than half a year is."""
    if first.order != last.order and (first.order, last.order) != ("ymd", "mdy"):
        return False
    if first.year is not None and last.year is not None:
        return 0 <= (date(last.year, last.month, last.day) - date(first.year, first.month, first.day)).days <= LONGEST_RANGE
    return (last.month - first.month) % 12 < 6 and (first.month != last.month or first.day <= last.day)


def _decimal(text: str, folded: str, stamp: Stamp) -> bool:
    """Whether the digits of a stamp are digits in the text, too, and not folded fractions, powers or circled numbers."""
    span = slice(stamp.start, stamp.end)
    return all(shown == plain or not plain.isdecimal() or shown.isdecimal() for shown, plain in zip(text[span], folded[span], strict=True))
