"""Days of orders: a day right behind an order number, or alone on the line below it, is the day of the order; so with invoices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderparse.languages import DATE_LABELS
from orderparse.mentions import MentionKind
from orderparse.readers.evidence import Evidence
from orderparse.readers.gaps import PUNCTUATION
from orderparse.readers.nearness import of_line
from orderparse.roles import DateRole, Role
from orderparse.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from orderparse.mentions import Mention, Page
    from orderparse.readers.gaps import Named

_DAY_OF = {Role.ORDER_NUMBER.value: DateRole.ORDER.value, Role.INVOICE_NUMBER.value: DateRole.INVOICE.value}
_TITLED = frozenset(":]\uff1a\u3011")  # what ends the name of a field, in brackets as well
_BROKEN = 40  # characters of a line that a mail program may have broken
_TIME = 10  # characters that a time behind a date takes


def beside(page: Page, number: int, days: Sequence[Mention], named: Mapping[int, Sequence[Named]]) -> Iterator[Evidence]:
    """A date that nothing names, right behind an order number or alone on the line below it, is the day of the order; so with invoices.

    ``named`` are the values of lines that their labels name, where that is known.
    """
    days = [mention for mention in days if mention.date is not None and mention.date.form != "compact"]
    if not days:
        return
    for where, feature in ((number, "beside_order_number"), (number - 1, "under_order_number")):
        known = named.get(where)
        for mention, role, _, _ in of_line(page, where, page.line_mentions.get(where, ())) if known is None else known:
            day_role = _DAY_OF.get(role)
            if day_role is None or mention.kind is not MentionKind.CODE:
                continue
            line = page.document.lines[number].span
            opening = mention.span.end if where == number else line.start
            day = next((day for day in days if day.span.start >= opening), None)
            if day is None:
                continue
            gap = page.document.folded[opening : day.span.start]
            if ". " in gap:
                continue  # "... of order 4821. On 3 May we refunded"
            words = gap.strip(PUNCTUATION).split()
            dated = bool(words) and (" ".join(words) in page.knowledge.words.dated or page.knowledge.words.dated.issuperset(words))
            titled = where < number and gap.rstrip()[-1:] in _TITLED and gap.strip(PUNCTUATION) in page.knowledge.words.date_words
            if titled and page.parties.merchant is not None and page.parties.merchant.kind == "payment":
                return  # the date of the payment
            rest = page.document.folded[mention.span.end : page.document.lines[where].span.end].strip(PUNCTUATION)
            if (
                where < number and not words and rest in page.knowledge.words.dated
            ):  # lines that a mail program broke: "order 4821 of / 3 May"
                yield Evidence(day, day_role, feature)
                return
            wrapped = where < number and not rest
            broken = wrapped and page.document.lines[where].span.size >= _BROKEN
            has_year = day.date is not None and day.date.has_year
            # "Your order 4821 (3 May 2026) has been shipped", "your order (number: 4821) 3 May 2026".
            in_brackets = gap.strip() == "(" and page.document.folded.startswith(")", day.span.end)
            bracketed = where == number and (in_brackets or _is_behind_bracket(page, gap))
            if (
                (dated and (where == number or broken or (wrapped and gap.rstrip()[-1:] in _TITLED)))
                or (titled and wrapped)
                or (has_year and bracketed)
                or (has_year and not words and line.end - day.span.end <= _TIME)
            ):
                yield Evidence(day, day_role, feature)
                return


def _is_behind_bracket(page: Page, gap: str) -> bool:
    """Whether a day stands right behind a number in brackets, or a small word does: "your order at Teahouse (number: 4821) on 3 May"."""
    bracket, _, words = gap.partition(")")
    return ")" in gap and not bracket.strip() and (not words.strip() or words.strip() in page.knowledge.words.fillers)


def is_from(page: Page, item: Evidence) -> bool:
    """Whether a day stands behind words that make it a number's, and not of what is told: "we sent your order 4821 from 3 May"."""
    codes = [
        one for one in page.line_mentions.get(item.mention.line, ()) if one.code is not None and one.span.end < item.mention.span.start
    ]
    if item.mention.date is None or not codes:
        return False
    gap = Span(codes[-1].span.end, item.mention.span.start)
    if _is_behind_bracket(page, page.document.folded[gap.slice]):
        return True
    words = page.document.folded[gap.slice].strip(PUNCTUATION)
    if words not in page.knowledge.words.dated or words in page.knowledge.words.date_words:
        return False
    return not any(
        gap.holds(match.span) and meaning.section == "before" and DATE_LABELS.get(meaning.key) == item.role
        for match in page.line_wordings.get(item.mention.line, ())
        for meaning in match.meanings
    )
