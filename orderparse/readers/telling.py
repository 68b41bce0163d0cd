"""What happened on a day: the words that tell it stand beside the day, and are no label of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderparse.readers.denial import denied
from orderparse.readers.gaps import PUNCTUATION
from orderparse.readers.wordings import owns_comma
from orderparse.roles import DateRole, MailKind
from orderparse.text.patterns import lazy
from orderparse.values.withheld import SHOWN_CARD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orderparse.languages.vocabulary import Phrase
    from orderparse.mentions import Mention, Page
    from orderparse.readers.gaps import Named
    from orderparse.text.phrases import PhraseMatch
    from orderparse.text.span import Span

# What a date is the date of, when the words beside it tell the kind of mail.
KIND_DATES: dict[str, str] = {
    MailKind.ORDER_CONFIRMATION: DateRole.ORDER,
    MailKind.PAYMENT: DateRole.PAYMENT,
    MailKind.SHIPPING: DateRole.SHIP,
    MailKind.OUT_FOR_DELIVERY: DateRole.DELIVERY_ESTIMATE,
    MailKind.DELIVERED: DateRole.DELIVERED,
    MailKind.REFUND: DateRole.REFUND,
}
_SENTENCE_END = lazy(r"(?<=[.!?])\s")
_CLOCK = lazy(r"[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?(?: ?[ap]\.?m\.?)?")
_FAR = 70  # characters between the words and the day
_NEAR_BEHIND = 5  # characters between the words and a day behind them: " den "
_CLOSE = 3  # characters between the words and the day that they are surely of


def of_day(page: Page, mention: Mention, phrases: Sequence[PhraseMatch[Phrase]]) -> Iterator[Named]:
    """The role of a date from the phrase nearest to it on its line that tells what happened: "has shipped ... 3 May"."""
    told = [match for match in phrases if _tells(match, "kind") or (_tells(match, "status") and _fill(page, match.span, mention))]
    if not told or _said_before(page, mention):
        return
    nearest = min(told, key=lambda match: max(match.span.start - mention.span.end, mention.span.start - match.span.end, 0))
    first, second = sorted((nearest.span, mention.span))
    between = page.document.folded[first.end : second.start]
    if mention.span < nearest.span and ", " in between and not owns_comma(page, mention):
        return  # "out of stock until 7 July, we have refunded it"
    if ". " in between or len(between) > _FAR or denied(page, nearest) or _asked(page, mention) or _of_another(page, nearest.span, mention):
        return
    if "\t" in between and not (_beside(page, nearest.span, mention) and _of_two_cells(page, mention)):
        return
    for kind in dict.fromkeys(meaning.key for meaning in nearest.meanings if meaning.section in {"kind", "status"}):
        if kind == MailKind.SHIPPING and _of_arrival(nearest, phrases):
            continue
        if kind in KIND_DATES:
            yield mention, KIND_DATES[kind], "kind_phrase", page.document.text[nearest.span.slice]


def of_charge(page: Page, number: int, days: Sequence[Mention]) -> Iterator[Named]:
    """The day on which a card was charged: on a line of its own right below the card and the sum, as receipts have it."""
    if number < 2:  # noqa: PLR2004  # the line above is the subject
        return
    here, above = page.document.lines[number].span, page.document.lines[number - 1].span
    card = SHOWN_CARD.search(page.document.folded, above.start, above.end)
    if card is None:
        return
    sums = [other.span for other in page.line_mentions.get(number - 1, ()) if other.amount is not None]
    charged = page.document.folded[card.end() : sums[-1].start if sums else above.end]
    for mention in days:
        beside = page.document.folded[here.start : mention.span.start] + page.document.folded[mention.span.end : here.end]
        if not any(char.isalpha() for char in charged + _CLOCK.sub("", beside)):
            yield mention, DateRole.PAYMENT, "label_above", page.document.text[above.slice]


def _of_another(page: Page, said: Span, mention: Mention) -> bool:
    """Whether words have another day at their other side: "on 3 May ordered, today not yet paid", "on Friday I sew, and send on Monday"."""
    days = [other.span for other in page.line_mentions[mention.line] if other.date is not None and other is not mention]
    if any(said.holds(day) for day in days) and not said.holds(mention.span):
        return True  # "sends on Monday"
    if said.end <= mention.span.start:
        return any(0 <= said.start - day.end <= _CLOSE for day in days)
    return any(0 <= day.start - said.end <= _NEAR_BEHIND and day.start > mention.span.end for day in days)


def _asked(page: Page, mention: Mention) -> bool:
    """Whether a day is asked about: "it is on its way, could somebody be there on Thursday?"."""
    line = page.document.lines[mention.line].span
    return _SENTENCE_END.split(page.document.folded[mention.span.end : line.end], maxsplit=1)[0].endswith("?")


def _of_arrival(match: PhraseMatch[Phrase], phrases: Sequence[PhraseMatch[Phrase]]) -> bool:
    """Whether words that a parcel is on its way name its coming, not its leaving: "arriving soon"."""
    return any(
        other.span.overlaps(match.span) and any(one.section == "label" and one.key == DateRole.DELIVERY_ESTIMATE for one in other.meanings)
        for other in phrases
    )


def _tells(match: PhraseMatch[Phrase], section: str) -> bool:
    return any(meaning.section == section and meaning.key in KIND_DATES for meaning in match.meanings)


def _beside(page: Page, span: Span, mention: Mention) -> bool:
    """Whether nothing but punctuation is between words and a day: "Paid 3 May", a row of a day and what happened then."""
    first, second = sorted((span, mention.span))
    return not page.document.folded[first.end : second.start].strip(PUNCTUATION)


def _fill(page: Page, span: Span, mention: Mention) -> bool:
    """Whether words and a day are all that stands on a line."""
    line = page.document.lines[mention.line].span
    first, second = sorted((span, mention.span))
    folded = page.document.folded
    rest = folded[line.start : first.start] + folded[first.end : second.start] + folded[second.end : line.end]
    return not any(char.isalpha() for char in rest)


def _of_two_cells(page: Page, mention: Mention) -> bool:
    """Whether a day is all of one of the two cells of its line."""
    line = page.document.lines[mention.line].span
    cells = page.document.text[line.slice].split("\t")
    return len(cells) == 2 and page.document.text[mention.span.slice] in {cell.strip(" .:") for cell in cells}  # noqa: PLR2004


def _said_before(page: Page, mention: Mention) -> bool:
    """Whether a day says again what stands before it: "today, Wednesday 3 June"."""
    return mention.date is not None and any(
        other.date is not None
        and other.span.end <= mention.span.start <= other.span.end + 3
        and other.date.readings[0].first == mention.date.readings[0].first
        for other in page.line_mentions[mention.line]
    )
