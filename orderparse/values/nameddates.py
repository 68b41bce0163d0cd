"""Dates with the name of a month: "1 March 2026", "Mär 14,2026", "den 3 och 5 maj", "08MAR26"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from orderparse.text.patterns import lazy
from orderparse.values.calendars import WORD, Calendar, NameMatch
from orderparse.values.eras import FIRST_YEAR, gregorian
from orderparse.values.numericdates import valid
from orderparse.values.stamps import SOLAR, Part, Stamp

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_REACH = 48  # characters before a name that its day or days may begin in
_YEAR_REACH = 24  # characters that a year and its word take
_DIGIT = lazy(r"[0-9]")
_GLUED = lazy(rf"[{WORD}]")
_OF = lazy(r"[.-]? ?(?:(?:de|of|di|den) )?")
_SEPARATED = lazy(r"[.-]")


class _Found(NamedTuple):
    start: int
    end: int
    day: str
    other: str | None  # the first day of a range before the name, the last day after it
    year: int | None
    doubtful: bool = False  # a year of two digits that may be something else
    timed: bool = False  # a time stands between day and year


def stamps(folded: str, names: Sequence[NameMatch], calendar: Calendar) -> Iterator[Stamp]:
    """Dates around the months among ``names``, which are those of the text in its order."""
    last = 0
    for index, match in enumerate(names):
        if not match.name.months and match.name.solar is None:
            continue
        following = names[index + 1] if index + 1 < len(names) else None
        before = _before(folded, match, following, last, calendar)
        after = _after(folded, match, following, calendar)
        first = before is not None and (after is None or before.year is not None or after.year is None)
        found = before if first else after
        if found is None or (match.name.everyday and not _sure(folded, match, found)):
            continue
        stamp = _stamp(match, found, first=first)
        if stamp:
            last = stamp.end
            yield stamp


def _before(folded: str, match: NameMatch, following: NameMatch | None, last: int, calendar: Calendar) -> _Found | None:
    stop = max(last, match.start - _REACH)
    if not _DIGIT.search(folded, max(stop, match.start - 10), match.start):
        return None
    days = calendar.before.search(folded, stop, match.start)
    if days is None:
        return None
    end = match.end
    year = calendar.year_after.match(folded, end)
    if year and year["year"] and not _fits(int(year["year"]), match):
        year = None
    if year and not year["year"] and _month_at(folded, year.end(), following):
        year = None  # "28 Nov-06 Dec 2022"
    if year and year["bare"] and bool(days["mark"]) != bool(year["blank"].strip(".")):
        year = None  # "1 March26", "1March 26" are no dates with a year
    if year is None:
        end += folded.startswith(".", end)
        worded = calendar.year_before.search(folded, max(0, days.start() - _YEAR_REACH), days.start())
        if worded and worded["worded"] and _fits(int(worded["year"]), match):
            return _Found(worded.start(), end, days["day"], days["first"], int(worded["year"]))
        return _Found(days.start(), end, days["day"], days["first"], None)
    written = int(year["year"] or year["marked"] or year["bare"])
    return _Found(days.start(), year.end(), days["day"], days["first"], written + (0 if year["year"] else 2000), bool(year["blank"]))


_DAY_ENDING = lazy(r"[^\W\d_]+\.?")  # "일" behind 19


def _after(folded: str, match: NameMatch, following: NameMatch | None, calendar: Calendar) -> _Found | None:
    if not _DIGIT.search(folded, match.end, match.end + 10):
        return None
    days = calendar.after.match(folded, match.end)
    if days is None or _GLUED.search(folded, max(0, match.start - 1), match.start):
        return None
    end, last = days.end(), days["last"]
    written = days["year"] or days["later"]
    year = int(written) if written else 2000 + int(days["short"]) if days["short"] else None
    if written and not _fits(int(written), match):
        return None
    if match.name.weekdays and year is None and _month_at(folded, days.end("day"), following):  # "mar 3 de mar"
        return None
    if year is None and following is not None and folded[days.end("day") : following.start] == " " and following.name.months:
        return None  # Polish "się 15 lutego": oneself, not August
    own = following is not None and following.start <= days.start("last") < following.end  # "2월 19일 ~ 2월 23일"
    if last and year is None and (own or _month_at(folded, days.end("last"), following)):  # "March 27 - 2 April"
        end, last = days.end("day"), None
        if own and (ending := _DAY_ENDING.match(folded, end, days.start("last"))):
            end = ending.end()
    start = match.start
    if year is None:
        before = calendar.year_before.search(folded, max(0, start - _YEAR_REACH), start)
        if before and _fits(int(before["year"]), match):
            start, year = before.start(), int(before["year"])
    return _Found(start, end, days["day"], last, year, timed=days["later"] is not None)


def _fits(year: int, match: NameMatch) -> bool:
    """Whether a year is of the month's calendar; the Buddhist one has the Gregorian months."""
    return (year < FIRST_YEAR) is (match.name.solar is not None)


def _month_at(folded: str, at: int, following: NameMatch | None) -> bool:
    """Whether the number that ends here is the day of the month that follows."""
    return (
        following is not None
        and bool(following.name.months or following.name.solar)
        and _OF.fullmatch(folded, at, following.start) is not None
    )


def _sure(folded: str, match: NameMatch, found: _Found) -> bool:
    """Whether a name that is also an everyday word is a month here: "5 de out.", "05-set-2026"."""
    if found.year is not None:
        return True
    return bool(_SEPARATED.match(folded, match.end) or re.search(r"[0-9](?: de |[.-] ?)\Z", folded[max(0, match.start - 5) : match.start]))


def _stamp(match: NameMatch, found: _Found, *, first: bool) -> Stamp | None:
    parts = [part for month, share in match.name.months if (part := _part(found.year, month, found.day, share))]
    if match.name.solar is not None:
        parts = [part for part in (_part(found.year, match.name.solar, found.day, 1.0, SOLAR),) if part]
    if not parts:
        return None
    if found.doubtful:
        parts = [*parts, *(part._replace(year=None, order="doubt") for part in parts)]
    stamp = Stamp(found.start, found.end, "named", tuple(parts), short_year=found.doubtful, has_time=found.timed)
    if found.other is None or (int(found.other) >= int(found.day)) is first:
        return stamp
    if match.name.solar is not None and found.year is not None:
        return stamp  # the other day of the range may be of another Gregorian month
    pairs = [(part, other) for part in parts if (other := valid(part._replace(day=int(found.other))))]
    if not pairs:
        return None
    days, others = zip(*pairs, strict=True)
    return stamp._replace(firsts=others, lasts=days) if first else stamp._replace(firsts=days, lasts=others)


def _part(year: int | None, month: int, day: str, share: float, order: str = "named") -> Part | None:
    if year is None:
        return valid(Part(None, month, int(day), share, order))
    written = gregorian(year, month, int(day))
    return valid(Part(*written, share)) if written else None
