"""Wordings: values that stand where a phrase has its gap, as in "your order {} has been shipped"."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from orderparse.mentions import MentionKind
from orderparse.readers.gaps import PUNCTUATION
from orderparse.readers.headings import role_of
from orderparse.text.patterns import lazy
from orderparse.text.pieces import inside_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orderparse.languages.vocabulary import Phrase
    from orderparse.mentions import Mention, Page
    from orderparse.readers.gaps import Named
    from orderparse.text.phrases import PhraseMatch

_SENTENCE_END = lazy(r"[.!?] |[\t\u3002\uff01\uff1f]")
_STOP = lazy(r"[.!?]\s+\Z")
_SMALL = 2  # words before a day that opens a sentence
_REST = 60  # characters behind a value in which the end of a wording begins
_NEXT = 2  # characters between a day and a sum, or itself once more
_AGAIN = 6  # characters between a day and the same day once more: "heute, am 3. Mai,"
_BESIDE = 200  # characters between words and value: more blanks than anyone types
# "at 14:22", "um 14:22 Uhr", "kl. 14.22": words of folded text.
_CLOCK = lazy(
    r"\A(?:(?:at|um|kl\.?|klo|kello|om|a las?|alle|a|as|ore|ora|o godz\.|v|o|u|ob|saat|в|о|у) ){0,2}"
    r"[0-9]{1,2}[:.h][0-9]{2}(?:[:.][0-9]{2})?(?: ?(?:uhr|uur|h|hrs|hod|ч|год|[ap]\.?m)(?![^\W\d_])\.?)?"
)


def of_line(page: Page, number: int, mentions: Sequence[Mention]) -> Iterator[Named]:
    """Wordings that hold the value: what stands before it and behind it must both fit, word for word. Of several the longest tells."""
    longest: dict[int, int] = {}
    found: list[tuple[int, Named]] = []
    for said in _fitting(page, number, mentions):
        size = len(said[3])
        found.append((size, said))
        longest[said[0].ident] = max(size, longest.get(said[0].ident, 0))
    yield from (said for size, said in found if size == longest[said[0].ident])


def _fitting(page: Page, number: int, mentions: Sequence[Mention]) -> Iterator[Named]:
    folded = page.document.folded
    matches = page.line_wordings.get(number, ())
    starts = [(start, mention) for mention in mentions for start in _starts(page, mention, mentions)] if matches else ()
    behind: dict[int, _Behind] = {}
    for match in matches:
        # Values beside the words, sought once: a short word ("a", "cu") begins hundreds of wordings.
        said = match.span
        before = [
            mention
            for start, mention in starts
            if 0 <= start - said.end <= _BESIDE and not folded[said.end : start].strip(PUNCTUATION)
        ]
        for mention in before:
            told = behind.get(mention.ident)
            if told is None:
                told = behind[mention.ident] = _Behind.of(page, mention, mentions)
            for wording in match.meanings:
                # The cheapest question first.
                if told.rest.startswith(wording.rest) and wording.section == "before" and told.fits(page, wording.rest):
                    role = role_of(mention.kind, wording.key)
                    if role is not None:
                        yield mention, role, "wording", f"{folded[said.slice]} {{}} {wording.rest}".strip()
        after = [mention for mention in mentions if 0 <= said.start - mention.span.end <= _BESIDE and _leads_to(page, mention, said.start)]
        if not after or not any(wording.section == "after" for wording in match.meanings):
            continue
        free = not _names_next(match, mentions)
        for mention in after:
            if free or mention.kind is not MentionKind.CODE:
                for wording in match.meanings:
                    role = role_of(mention.kind, wording.key) if wording.section == "after" else None
                    if role is not None:
                        yield mention, role, "wording", f"{wording.rest} {{}} {folded[said.slice]}".strip()


class _Behind(NamedTuple):
    """What stands behind a value, where the end of a wording may begin: all, and without the time of a day."""

    mention: Mention
    start: int
    text: str
    rest: str

    @classmethod
    def of(cls, page: Page, mention: Mention, mentions: Sequence[Mention]) -> _Behind:
        start = _goes_on(mention, mentions)
        text = page.document.folded[start : start + _REST]
        return cls(mention, start, text, _without_time(mention, text))

    def fits(self, page: Page, rest: str) -> bool:
        """Whether a wording may end with these words, with which ``rest`` begins."""
        if not rest:
            return True
        if inside_word(self.rest, len(rest)) or _next_sentence(page, self.mention, self.start + self.text.find(self.rest)):
            return False  # no "ab" of "abgebucht"
        return (
            self.mention.date is None
            or not self.text.startswith(",")
            or not self.text.rstrip(PUNCTUATION).endswith(self.rest)
            or owns_comma(page, self.mention)
        )  # "made on 3 May, was shipped": the clause of the day is over, and no time stood there


def _leads_to(page: Page, mention: Mention, start: int) -> bool:
    """Whether words that begin there follow a value with nothing but marks, or the time of a day, between."""
    between = page.document.folded[mention.span.end : start]
    return (
        not _without_time(mention, between)
        and ("," not in between or owns_comma(page, mention))
        and not _next_sentence(page, mention, start)
    )


def _starts(page: Page, mention: Mention, mentions: Sequence[Mention]) -> Iterator[int]:
    """Where a value begins: with a word such as Polish "do 14 marca", which is a part of wordings too, behind it, or with its twin."""
    yield mention.span.start
    if mention.date is None:
        return
    first, blank, _ = page.document.folded[mention.span.slice].partition(" ")
    if blank and first in page.knowledge.words.calendar.until:
        yield mention.span.start + len(first)
    yield from (other.span.start for other in mentions if _are_twins(other, mention))


def _are_twins(first: Mention, second: Mention, near: int = _NEXT) -> bool:
    """Whether a day is said again right behind it: "today (10 September)", "tomorrow, 4 May,"."""
    return (
        first.date is not None
        and second.date is not None
        and 0 < second.span.start - first.span.end <= near
        and first.date.readings[0].first == second.date.readings[0].first
    )


def _next_sentence(page: Page, mention: Mention, start: int) -> bool:
    """Whether words behind a day begin another sentence: "not delivered on 5 May 2026. We will try again" is no day of trying again.

    A dot alone ends none: days are written "5.12." and "2026. 5. 12." too.
    """
    text = page.document.text
    return mention.date is not None and text[start : start + 1].isupper() and bool(_STOP.search(text[mention.span.end : start]))


def owns_comma(page: Page, mention: Mention) -> bool:
    """Whether a comma behind a day belongs to it: the day opens its sentence, or says another again: "that today, 3 May, we have got"."""
    others = page.line_mentions.get(mention.line, ())
    return _opens_sentence(page, mention) or any(_are_twins(other, mention, _AGAIN) for other in others)


def _opens_sentence(page: Page, mention: Mention) -> bool:
    """Whether a day opens its sentence but for small words: what follows its comma is said of it: "Le 3 mai, vous avez acheté".

    "The order made on 3 May, was shipped" has the clause of the day behind it.
    """
    known = page.knowledge.words
    line = page.document.folded[page.document.lines[mention.line].span.start : mention.span.start]
    opening = _SENTENCE_END.split(line)[-1].split()
    return len(opening) <= _SMALL and all(word in known.fillers or word in known.stop_words or word in known.day_words for word in opening)


def _goes_on(mention: Mention, mentions: Sequence[Mention]) -> int:
    """Where what is said of a day goes on: "on 3 May 129.90 EUR were debited", "today (10 September) delivered"."""
    end = mention.span.end
    if mention.date is None:
        return end
    end = next((other.span.end for other in mentions if _are_twins(mention, other)), end)
    return next((other.span.end for other in mentions if other.amount is not None and 0 < other.span.start - end <= _NEXT), end)


def _without_time(mention: Mention, behind: str) -> str:
    """What is behind a value, without the time of a day and the marks around it."""
    behind = behind.strip(PUNCTUATION)
    if mention.date is not None:
        behind = _CLOCK.sub("", behind, count=1).strip(PUNCTUATION)
    return behind


def _names_next(match: PhraseMatch[Phrase], mentions: Sequence[Mention]) -> bool:
    """Whether a number stands right behind words that follow another: "order 4821, invoice 77120"."""
    beside = match.span.end + 1
    return any(other.kind is MentionKind.CODE and other.span.start == beside for other in mentions) and not any(
        other.kind is MentionKind.DATE and other.span.start == beside for other in mentions
    )
