"""Wordings: values that stand where a phrase has its gap, as in "your order {} has been shipped"."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
_NEXT = 2  # characters between a day and a sum
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
    for match in page.line_wordings.get(number, ()):
        # Values beside the words, sought once: a short word ("a", "cu") begins hundreds of wordings.
        beside = {
            "before": [
                m
                for m in mentions
                for start in _starts(page, m)
                if 0 <= start - match.span.end <= _BESIDE and not folded[match.span.end : start].strip(PUNCTUATION)
            ],
            "after": [
                m
                for m in mentions
                if 0 <= match.span.start - m.span.end <= _BESIDE
                and ("," not in folded[m.span.end : match.span.start] or _opens_sentence(page, m))
                and not _without_time(m, folded[m.span.end : match.span.start])
                and not _next_sentence(page, m, match.span.start)
            ],
        }
        if not any(beside.values()):
            continue
        for wording in match.meanings:
            for mention in beside[wording.section]:
                role = role_of(mention.kind, wording.key)
                if role is None:
                    continue
                end = _behind_sum(mention, mentions)
                behind = folded[end : end + _REST]
                rest = _without_time(mention, behind)
                free = mention.kind is not MentionKind.CODE or not _names_next(match, mentions)
                if (
                    wording.section == "before"
                    and wording.rest
                    and mention.date is not None
                    and behind.startswith(",")
                    and behind.rstrip(PUNCTUATION).endswith(rest)
                    and not _opens_sentence(page, mention)
                ):
                    continue  # "made on 3 May, was shipped": the clause of the day is over, and no time stood there
                fits = (
                    rest.startswith(wording.rest)
                    and not inside_word(rest, len(wording.rest))  # no "ab" of "abgebucht"
                    and not (wording.rest and _next_sentence(page, mention, end + behind.find(rest)))
                )
                if free if wording.section == "after" else fits:
                    sides = (folded[match.span.slice], wording.rest)
                    before, after = sides if wording.section == "before" else reversed(sides)
                    yield mention, role, "wording", f"{before} {{}} {after}".strip()


def _starts(page: Page, mention: Mention) -> Iterator[int]:
    """Where a value begins: with a word such as Polish "do 14 marca", which is a part of wordings too, or behind it."""
    yield mention.span.start
    first, blank, _ = page.document.folded[mention.span.slice].partition(" ")
    if blank and mention.date is not None and first in page.knowledge.words.calendar.until:
        yield mention.span.start + len(first)


def _next_sentence(page: Page, mention: Mention, start: int) -> bool:
    """Whether words behind a day begin another sentence: "not delivered on 5 May 2026. We will try again" is no day of trying again.

    A dot alone ends none: days are written "5.12." and "2026. 5. 12." too.
    """
    text = page.document.text
    return mention.date is not None and text[start : start + 1].isupper() and bool(_STOP.search(text[mention.span.end : start]))


def _opens_sentence(page: Page, mention: Mention) -> bool:
    """Whether a day opens its sentence but for small words: what follows its comma is said of it: "Le 3 mai, vous avez acheté".

    "The order made on 3 May, was shipped" has the clause of the day behind it.
    """
    known = page.knowledge.words
    line = page.document.folded[page.document.lines[mention.line].span.start : mention.span.start]
    opening = _SENTENCE_END.split(line)[-1].split()
    return len(opening) <= _SMALL and all(word in known.fillers or word in known.stop_words or word in known.day_words for word in opening)


def _behind_sum(mention: Mention, mentions: Sequence[Mention]) -> int:
    """Where what is said of a day goes on: "on 3 May 129.90 EUR were debited"."""
    end = mention.span.end
    if mention.date is None:
        return end
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
