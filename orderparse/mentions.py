"""Mentions: every value on the page, found once; and the page that the readers read."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from orderparse import parties, tongues
from orderparse.carriers.links import number_in_link
from orderparse.document.model import RegionKind
from orderparse.languages import holes
from orderparse.languages.vocabulary import PARTED, WORDINGS
from orderparse.roles import Role
from orderparse.slotted import dataclass, field
from orderparse.text.fold import fold
from orderparse.text.patterns import lazy
from orderparse.text.pieces import cut
from orderparse.text.span import Span, any_overlaps
from orderparse.values import amounts, codes, dates, dayorder
from orderparse.values.codes import Code

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from orderparse.document.model import Cell, Document, Line
    from orderparse.knowledge import Knowledge
    from orderparse.languages.vocabulary import Phrase
    from orderparse.parties import Parties
    from orderparse.text.phrases import PhraseMatch
    from orderparse.values.amounts import AmountMatch
    from orderparse.values.dates import DateMatch
    from orderparse.values.links import Url

T = TypeVar("T")

_NESTED = frozenset({WORDINGS, PARTED})
_VISIBLE = frozenset({RegionKind.SUBJECT, RegionKind.BODY, RegionKind.FORWARDED, RegionKind.QUOTED})
_YEAR = lazy(r"(?<![\w.,])(?:19[89]\d|20[0-4]\d)(?![\w/-])")
_LONGEST_CODE = 64
_SPOKEN = 0.1
_LAST_WORD = lazy(r"-?[^\W\d_]+\Z")
_NEARLY = 0.6
_ENDING = lazy(r"-[^\W\d_]{2,3}")
_SHORT_WORD = 6  # characters
_UNDERSTOOD = 0.15  # of the words of the page: enough to tell its language
# The share of the words that are understood times that of the language that most of them are of: 0.17 is met by one in a hundred pages
# of a known language, and by six in seven of others, of which words of all their relatives are understood.
_STRANGE, _FOREIGN, _SOME_WORDS = 0.2, 0.3, 10
_LINE_BUDGET, _PAGE_BUDGET = 120, 6_000  # values
_GLUED = 10  # digits: a shorter number is never taken apart


class MentionKind(StrEnum):
    """Codes, dates and amounts compete for roles among their own kind."""

    CODE = "code"
    DATE = "date"
    AMOUNT = "amount"


class Mention(NamedTuple):
    """A value where it stands. Exactly one of ``code``, ``date``, ``amount`` is set; ``ident`` is unique on the page."""

    ident: int
    kind: MentionKind
    span: Span
    line: int
    code: Code | None = None
    date: DateMatch | None = None
    amount: AmountMatch | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All that a reader gets. Mentions and phrases are in text order, and by line."""

    document: Document
    knowledge: Knowledge
    parties: Parties
    languages: tuple[tuple[str, float], ...]
    understood: float  # as in `tongues.Spoken`
    strange: bool  # whether the page has words, in a language that nobody wrote a file for
    foreign: bool  # whether that may be
    mentions: tuple[Mention, ...]
    phrases: tuple[PhraseMatch[Phrase], ...]
    line_mentions: Mapping[int, tuple[Mention, ...]]
    line_phrases: Mapping[int, tuple[PhraseMatch[Phrase], ...]]
    line_cells: Mapping[int, tuple[Cell, ...]]
    line_wordings: Mapping[int, tuple[PhraseMatch[Phrase], ...]]
    reference: date | None
    cut: bool  # whether a line held more values than are weighed
    headings: dict[Span, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)  # what spans were found to be labels of
    labels: dict[str, list[tuple[int, PhraseMatch[Phrase]]]] = field(default_factory=dict, repr=False, compare=False)  # as `labelled` gives

    def line_of(self, mention: Mention) -> Line:
        """The line that a mention stands on."""
        return self.document.lines[mention.line]

    def labelled(self, key: str) -> Sequence[tuple[int, PhraseMatch[Phrase]]]:
        """The labels of a key with the numbers of their lines, in text order."""
        if not self.labels:
            for number, matches in self.line_phrases.items():
                for match in matches:
                    for name in {meaning.key for meaning in match.meanings if meaning.section == "label"}:
                        self.labels.setdefault(name, []).append((number, match))
        return self.labels.get(key, ())

    def visible(self, mention: Mention) -> bool:
        """Whether a person sees the mention."""
        return self.document.lines[mention.line].region in _VISIBLE


def page(document: Document, knowledge: Knowledge) -> Page:
    """Find every phrase and value of a document once."""
    seen_end = _end_of_text(document)
    seen, folded = document.text[:seen_end], document.folded[:seen_end]
    starts = [line.span.start for line in document.lines]
    pieces = cut(folded)
    naming, told, states, wordings, function_words, names, parted = knowledge.phrases.find(pieces, nested=_NESTED)
    apart = holes.kinds(folded, parted, knowledge.words.not_words)
    telling = (match for match in told if not _part_of_label(match, naming) and not holes.holds(apart, match))
    phrases = tuple(sorted((*naming, *telling, *states, *apart), key=lambda match: match.span))
    urls = [link.span for link in document.links if document.folded.startswith("http", link.span.start)]
    spoken, understood, words = tongues.spoken(pieces, phrases, function_words, urls, knowledge)
    shares = dict(spoken)
    read_well = understood * spoken[0][1] if spoken else 0.0
    phrases = tuple(own for match in phrases if (own := _as_spoken(match, shares, understood)) is not None)
    heard = {code for code, share in spoken if share >= _SPOKEN}
    who = parties.of(document, phrases, knowledge)
    reference = document.message.sent.date() if document.message.sent else _reference(folded)
    found: list[tuple[Span, MentionKind, Code | DateMatch | AmountMatch]] = []
    sent = document.message.sent.date() if document.message.sent else None
    day_first = dayorder.day_first(seen, spoken, knowledge.words.month_first, who.country, sent)
    taken: list[Span] = []
    named: list[Span] = []
    find = partial(dates.find, seen, folded, knowledge.calendar, day_first=day_first, reference=reference, names=names, spoken=shares)
    inner = _forwarded_on(document, knowledge, day_first, sent)
    days = find(sent=sent) if inner in {None, sent} else _with_forwarded(document, starts, find(sent=sent), find(sent=inner))
    for match in days:
        if match.form in {"relative", "weekday"} and not _spoken_here(folded[match.span.slice], heard, knowledge):
            continue
        found.append((match.span, MentionKind.DATE, match))
        taken.append(match.span)
        if match.form == "named":
            named.append(match.span)
    sums = [amount for amount in amounts.find(seen, knowledge.symbols) if not any_overlaps(taken, amount.span)]
    found.extend((amount.span, MentionKind.AMOUNT, amount) for amount in sums)
    money = [amount.span for amount in sums if amount.currencies]
    endings = {word for word, own in knowledge.words.number_endings.items() if not heard.isdisjoint(own)}
    for code in codes.find(seen):
        if any_overlaps(named, code.span) or _part_of_sum(seen, money, code.span) or _inflected_day(seen, taken, code.span):
            continue  # the 2 of "2 February 2026" and the 1 of "1 347 kr" are nobody's numbers
        code = _without_ending(code, folded, endings)  # noqa: PLW2901  # what the sentence glued to it is no part of the number
        found.append((code.span, MentionKind.CODE, code))
        bare = _without_running_number(code, seen, who)
        if bare is not None:
            found.append((bare.span, MentionKind.CODE, bare))
    found.extend(_machine_read(document, knowledge, sent))
    found.sort(key=lambda item: (item[0].start, -item[0].end, item[1]))
    found, values_cut = _within_budget(found, starts)
    mentions = tuple(
        Mention(
            index,
            kind,
            span,
            bisect_right(starts, span.start) - 1,
            value if kind is MentionKind.CODE else None,  # type: ignore[arg-type]
            value if kind is MentionKind.DATE else None,  # type: ignore[arg-type]
            value if kind is MentionKind.AMOUNT else None,  # type: ignore[arg-type]
        )
        for index, (span, kind, value) in enumerate(found)
    )
    return Page(
        document=document,
        knowledge=knowledge,
        parties=who,
        languages=spoken,
        understood=understood,
        strange=read_well < _STRANGE and words >= _SOME_WORDS,
        foreign=_STRANGE <= read_well < _FOREIGN and words >= _SOME_WORDS,
        mentions=mentions,
        phrases=phrases,
        cut=values_cut,
        line_mentions=_by_line((mention.line, mention) for mention in mentions),
        line_phrases=_by_line((bisect_right(starts, match.span.start) - 1, match) for match in phrases),
        line_cells=_by_line((bisect_right(starts, cell.span.start) - 1, cell) for cell in document.cells),
        line_wordings=_by_line((bisect_right(starts, match.span.start) - 1, match) for match in wordings),
        reference=reference,
    )


def _forwarded_on(document: Document, knowledge: Knowledge, day_first: float, sent: date | None) -> date | None:
    """The day of the mail that is forwarded, by the header block above it, or its own where it is attached: its "tomorrow" is not ours."""
    attached = next((mail.sent for mail in document.message.attached if mail.sent is not None), None)
    if attached is not None:
        return attached.date()
    if document.forwarded is None:
        return None
    text = document.forwarded.sent
    told = next(
        (match for match in dates.find(text, fold(text), knowledge.calendar, sent=None, day_first=day_first) if match.has_year), None
    )
    days = [reading.first for reading in told.readings if sent is None or reading.first <= sent] if told is not None else []
    return max(days) if sent is not None and days else next(iter(days), None)


def _with_forwarded(document: Document, starts: Sequence[int], ours: Iterable[DateMatch], theirs: Iterable[DateMatch]) -> list[DateMatch]:
    """The dates of a mail, those of a forwarded one in it as it means them."""
    forwarded = [line.region is RegionKind.FORWARDED for line in document.lines]
    found = (
        match
        for own, days in ((False, ours), (True, theirs))
        for match in days
        if forwarded[bisect_right(starts, match.span.start) - 1] is own
    )
    return sorted(found, key=lambda match: match.span)


def _end_of_text(document: Document) -> int:
    for line in document.lines:
        if line.region in {RegionKind.MARKUP, RegionKind.LINK}:
            return line.span.start
    return len(document.text)


def _machine_read(
    document: Document, knowledge: Knowledge, sent: date | None
) -> list[tuple[Span, MentionKind, Code | DateMatch | AmountMatch]]:
    """Whole lines of markup and links: the value is the line, whatever its form."""
    found: list[tuple[Span, MentionKind, Code | DateMatch | AmountMatch]] = []
    for part in document.link_parts:
        text = document.text[part.span.slice]
        span = Span(part.span.start, part.span.start + len(_carriers_part(text, document.links[part.link].url, knowledge)))
        value = codes.normal(document.text[span.slice])
        if value:
            found.append((span, MentionKind.CODE, Code(span, value, joined=False)))
    for prop in document.properties:
        text = document.text[prop.span.slice]
        name = prop.path[-1]
        if name.lower().endswith(("date", "from", "until", "time")):
            for match in dates.find(text, fold(text), knowledge.calendar, sent=sent):
                if match.form == "iso" or match.has_year:
                    found.append((prop.span, MentionKind.DATE, match._replace(span=prop.span)))
                    break
        elif name.lower().endswith(("price", "amount", "value", "due", "total")):
            parsed = amounts.parse_plain(text)
            if parsed is not None:
                found.append((prop.span, MentionKind.AMOUNT, amounts.AmountMatch(prop.span, (parsed,), ())))
        else:
            value = codes.normal(text)
            if value and len(value) <= _LONGEST_CODE:
                found.append((prop.span, MentionKind.CODE, Code(prop.span, value, joined=False)))
    return found


def _without_running_number(code: Code, text: str, who: Parties) -> Code | None:
    """The number behind a running number that the layout glued to it ("Bestellung 1" and the number).

    Only where the whole is no order number of the shop and the rest is one; the whole stays a mention too.
    """
    if who.shop is None or code.joined or not code.value.isdigit() or len(code.value) < _GLUED:
        return None
    rest = code.value[1:]
    if code.value[0] == "0" or Role.ORDER_NUMBER in who.shop.roles_of(code.value) or Role.ORDER_NUMBER not in who.shop.roles_of(rest):
        return None
    span = Span(code.span.start + 1, code.span.end)
    behind_word = text[: code.span.start].rstrip(" ")[-1:].isalpha()
    return Code(span, rest, joined=False) if behind_word and text[span.slice] == rest else None


def _without_ending(code: Code, folded: str, endings: set[str]) -> Code:
    """A code without the ending that a sentence of the page's language gives to a number: Hungarian "4821-es", Turkish "4821nolu"."""
    if not endings or code.joined:
        return code
    ending = _LAST_WORD.search(folded, *code.span)
    digits = folded[code.span.start : ending.start()] if ending is not None else ""
    if ending is None or ending[0] not in endings or not digits.isdigit():
        return code
    span = Span(code.span.start, code.span.start + len(digits))
    return Code(span, code.value[: len(digits)], joined=False)


def _carriers_part(text: str, url: Url, knowledge: Knowledge) -> str:
    """What of a part of a link is a carrier's number: "3SABCD1234567" of "3SABCD1234567-NL-1234AB" (or "*1234AB"); else all."""
    text = text.partition("*")[0] or text
    numbers = [number for carrier in knowledge.lines.of_host(url.host) for number, _ in number_in_link(carrier, url)] if "-" in text else []
    return next((number for number in numbers if text.startswith(f"{number}-")), text)


def _within_budget(
    found: list[tuple[Span, MentionKind, Code | DateMatch | AmountMatch]], starts: Sequence[int]
) -> tuple[list[tuple[Span, MentionKind, Code | DateMatch | AmountMatch]], bool]:
    """The values that are weighed: the first and last of a line that holds hundreds, and so many of a mail.

    Values of one line are weighed against each other; a line of a hundred thousand numbers is nobody's order.
    """
    if len(found) <= _LINE_BUDGET:
        return found, False
    kept: list[tuple[Span, MentionKind, Code | DateMatch | AmountMatch]] = []
    at = 0
    while at < len(found):
        line = bisect_right(starts, found[at][0].start)
        end = starts[line] if line < len(starts) else None
        stop = at
        while stop < len(found) and (end is None or found[stop][0].start < end):
            stop += 1
        size = stop - at
        kept.extend(found[at:stop] if size <= _LINE_BUDGET else found[at : at + _LINE_BUDGET // 2] + found[stop - _LINE_BUDGET // 2 : stop])
        at = stop
    whole = kept if len(kept) <= _PAGE_BUDGET else kept[: _PAGE_BUDGET // 2] + kept[-_PAGE_BUDGET // 2 :]
    return whole, len(whole) < len(found)


def _part_of_label(match: PhraseMatch[Phrase], naming: Sequence[PhraseMatch[Phrase]]) -> bool:
    """Whether a label of a name is a part of a longer label: the "amount" of "total amount"."""
    if match.meanings[0].section != "label":
        return False
    at = bisect_left(naming, (Span(match.span.start, match.span.start),))
    return any(other.span != match.span and other.span.holds(match.span) for other in naming[max(at - 2, 0) : at + 1])


def _as_spoken(match: PhraseMatch[Phrase], spoken: Mapping[str, float], understood: float) -> PhraseMatch[Phrase] | None:
    """Leave a phrase the meanings that it has in the languages of the page, where it has any there.

    A short word of another language than the page's is just a word: Latvian "kopa" (total) in a Spanish mail. English is everywhere.
    """
    if len(match.meanings) == 1:
        meaning = match.meanings[0]
        foreign = meaning.language not in {"", "en"} and match.span.size <= _SHORT_WORD and understood >= _UNDERSTOOD
        if foreign and spoken.get(meaning.language, 0.0) < _SPOKEN:
            return None
        return match
    # "Encomenda" is an order in Portugal and a parcel in Brazil: of near languages the one that is spoken counts.
    shares = {meaning.language: spoken.get(meaning.language, 0.0) for meaning in match.meanings if meaning.language}
    least = max(_SPOKEN, max(shares.values(), default=0.0) * _NEARLY)
    languages = {code for code, share in shares.items() if share >= least}
    own = tuple(meaning for meaning in match.meanings if not meaning.language or meaning.language in languages)
    if any(meaning.language for meaning in own):
        return match._replace(meanings=own)
    # Turkish and Polish "kod" is no code in a Croatian mail, where it means "at".
    foreign = match.span.size <= _SHORT_WORD and understood >= _UNDERSTOOD and not shares.keys() & {"", "en"}
    return None if foreign and len(own) == 0 else match


def _spoken_here(words: str, languages: set[str], knowledge: Knowledge) -> bool:
    """Whether a word for a day belongs to a language of the page: French "hier" (yesterday) is German "here"."""
    known = [knowledge.words.day_words[word] for word in (words, *words.split()) if word in knowledge.words.day_words]
    return not known or any(codes_of_word & languages for codes_of_word in known)


def _inflected_day(text: str, days: Sequence[Span], span: Span) -> bool:
    """Whether a code is a day with the ending of a word: "2026.03.10-én", on the tenth."""
    at = bisect_left(days, (span.start,))
    return any(day.start == span.start and day.end < span.end and _ENDING.fullmatch(text, day.end, span.end) for day in days[at : at + 1])


def _part_of_sum(text: str, money: Sequence[Span], span: Span) -> bool:
    """Whether a code is a part of the digits of a sum with its currency."""
    at = bisect_left(money, (span.start,))
    for whole in money[max(at - 1, 0) : at + 1]:
        if whole.holds(span) and any(char.isdecimal() for char in text[whole.start : span.start] + text[span.end : whole.end]):
            return True
    return False


def _by_line(pairs: Iterable[tuple[int, T]]) -> dict[int, tuple[T, ...]]:
    lines: dict[int, list[T]] = {}
    for line, thing in pairs:
        lines.setdefault(line, []).append(thing)
    return {line: tuple(things) for line, things in lines.items()}


def _reference(folded: str) -> date | None:
    """A day for dates without a year in a mail without a Date header: the middle of the newest year that stands in it."""
    years = [int(match) for match in _YEAR.findall(folded)]
    return date(max(years), 7, 1) if years else None
