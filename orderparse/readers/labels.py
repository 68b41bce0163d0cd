"""Labels: a value that stands behind, under, before or above the words that name it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderparse.languages import DATE_LABELS
from orderparse.mentions import MentionKind
from orderparse.readers import history, order_days, stacks, telling
from orderparse.readers.evidence import Evidence
from orderparse.readers.gaps import ASIDE, PUNCTUATION, ends_clause, gap_between
from orderparse.readers.headings import LABELS, is_own_name, role_of
from orderparse.readers.nearness import of_line
from orderparse.roles import Role
from orderparse.text.patterns import lazy
from orderparse.text.span import Span
from orderparse.values.codes import compact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from orderparse.languages.vocabulary import Phrase
    from orderparse.mentions import Mention, Page
    from orderparse.readers.gaps import Named
    from orderparse.text.phrases import PhraseMatch

# What a day right behind an order number is not of: "order 4821 of 3 May is cancelled".
_WEAK = frozenset({"kind_phrase", "label_behind", "label_after"})
_YEAR = lazy(r"20[0-4][0-9]")
_SECTION_WORDS = 3  # around the noun: "Details of your order"
_LONG, _LONG_PARCEL = 5, 9  # characters
_FEW_WORDS = 2  # behind the label of a sum: "To pay in the shop"
_BROKEN = 50  # characters of a line that a mail program breaks
_LISTED = 6  # lines of a list under a label


def read(page: Page) -> Iterator[Evidence]:
    """Evidence from labels on the lines that a person sees, and on hidden lines."""
    return history.with_history(page, stacks.with_stacks(page, _of_lines(page)))


def _of_lines(page: Page) -> Iterator[Evidence]:
    runs: dict[int, bool] = {}
    named: dict[int, tuple[Named, ...]] = {}
    for number, standing in page.line_mentions.items():
        if number == 0 or page.document.lines[number].source in {"markup", "link"}:
            continue
        mentions = _own_mentions(page, number, standing)
        if not mentions:
            continue
        named[number] = tuple(of_line(page, number, mentions))
        found = [Evidence(mention, role, how, note) for mention, role, how, note in named[number]]
        across = [*_across_lines(page, number, mentions, runs)]
        named[number] += tuple((item.mention, item.role, item.feature, item.note) for item in across)
        found += across
        labelled = {
            item.mention.ident
            for item in found
            if item.feature not in _WEAK and not (item.feature == "label_near" and order_days.is_from(page, item))
        }
        days = [mention for mention in mentions if mention.date is not None and mention.ident not in labelled]
        beside = [*order_days.beside(page, number, days, named)] if days else []
        found += [Evidence(mention, role, how, note) for mention, role, how, note in telling.of_charge(page, number, days)]
        found += _in_section(page, number, [mention for mention in mentions if mention.ident not in {item.mention.ident for item in found}])
        # "Your order 4821 of 3 May has been shipped": the day of the order.
        of_orders = {item.mention.ident for item in beside}
        yield from (item for item in found if item.mention.ident not in of_orders)
        yield from beside


def _in_section(page: Page, number: int, mentions: Sequence[Mention]) -> Iterator[Evidence]:
    """A code that is named "Number" and no more, beside it or above it, in a section that is headed as the order's: "Order details"."""
    for mention in mentions:
        if mention.code is None or not _is_long(mention):
            continue
        line = page.document.lines[number].span
        before = page.document.folded[line.start : mention.span.start].strip(PUNCTUATION)
        behind = page.document.folded[mention.span.end : line.end].partition("\t")[0].strip(PUNCTUATION)
        label = number if before else number - 1
        if behind or not 0 < label < len(page.document.lines):
            return
        words = before or page.document.folded[page.document.lines[label].span.slice].strip(PUNCTUATION)
        if words not in page.knowledge.words.number_words:
            return
        heading = _noun_line(page, label - 1, words=_SECTION_WORDS) if label > 1 else None
        if heading is not None and {meaning.key for meaning in heading.meanings if meaning.section == "noun"} == {Role.ORDER_NUMBER.value}:
            yield Evidence(mention, Role.ORDER_NUMBER, "noun_section", page.document.text[heading.span.slice])


def _own_mentions(page: Page, number: int, standing: Sequence[Mention]) -> Sequence[Mention]:
    """The mentions of a line, but for the dates in the header block of an inlined mail."""
    if not in_header_block(page, number):
        return standing
    return [mention for mention in standing if mention.kind is not MentionKind.DATE]


def in_header_block(page: Page, number: int) -> bool:
    """Whether a line belongs to the header block of an inlined mail ("From: ... Sent: ..."): its date is that mail's."""
    return _header_line(page, number) and (_header_line(page, number - 1) or _header_line(page, number + 1))


def _header_line(page: Page, number: int) -> bool:
    if not 0 < number < len(page.document.lines):
        return False
    word, colon, _ = page.document.folded[page.document.lines[number].span.slice].partition(":")
    return bool(colon) and word.strip(" *>") in page.knowledge.words.header_words


def _across_lines(page: Page, number: int, mentions: Sequence[Mention], runs: dict[int, bool]) -> Iterator[Evidence]:
    """A label that is the whole of the line above, or ends it; weaker: one that is the whole of the line below."""
    lines = page.document.lines
    line = lines[number]
    first = mentions[0].span.start
    opening = page.document.folded[line.span.start : first].strip(PUNCTUATION)
    named_above = opening in page.knowledge.words.number_words or (not opening and line.source == "plain" and _is_long(mentions[0]))
    if named_above and mentions[0].code is not None:
        yield from _wrapped(page, number, mentions[0], opening)
    if opening and not _says_nothing(page, opening) and not _opens_day(page, number, mentions[0]):
        yield from _in_list(page, number, mentions[0])
        return
    if len(page.line_cells.get(number, ())) > 1:
        return
    leading = [mention for mention in mentions if mention.span.start <= first + 1]
    few = 0
    if len(leading) == len(mentions):
        few = _FEW_WORDS if leading[0].kind is MentionKind.AMOUNT else int(_is_long(leading[0]))
    above = _label_line(page, number - 1, line.source, ends_with=True, behind_words=few)
    code = leading[0].code
    if code is not None and _YEAR.fullmatch(code.value) and line.span.end - leading[0].span.end > 2:  # noqa: PLR2004
        return  # "2026 May 20" of a date that is written in a way nobody knows
    alone = line.span.end - max(mention.span.end for mention in leading) <= 2  # noqa: PLR2004  # a full stop
    below = _label_line(page, number + 1, line.source, ends_with=False) if alone else None
    upwards = below is not None and _names_upwards(page, number + 1, line.source, runs)
    if above is not None and leading[0].kind is MentionKind.DATE and ends_clause(page, above.span, page.line_mentions.get(number - 1, ())):
        return
    if above is not None and not upwards and not _names_upwards(page, number - 1, line.source, runs):
        yield from _evidence(page, leading, above, "label_above")
        return
    if below is not None and (upwards or not _has_own_value(page, below, number + 2, leading[0].kind)):
        yield from _evidence(page, leading, below, "label_below")


def _says_nothing(page: Page, words: str) -> bool:
    """Whether words are such as may stand between a label and its value."""
    return page.knowledge.words.fillers.issuperset(words.split())


def _opens_day(page: Page, number: int, mention: Mention) -> bool:
    """Whether a line begins with words that stand before a day, and then has the day: "on or before 3 May"."""
    start, folded = page.document.lines[number].span.start, page.document.folded
    return mention.date is not None and any(
        any(meaning.section == "before" for meaning in match.meanings)
        for match in page.line_wordings.get(number, ())
        if not (folded[start : match.span.start] + folded[match.span.end : mention.span.start]).strip(PUNCTUATION)
    )


def _in_list(page: Page, number: int, mention: Mention) -> Iterator[Evidence]:
    """A day at the end of a line of a list under a label, each line with what the day is for: "Delivery / Shirt: 4 May / Cap: 9 May"."""
    for at in range(number, max(number - _LISTED, 0), -1):
        if not _ends_with_day(page, at):
            label = _label_line(page, at, page.document.lines[number].source, ends_with=False) if at < number else None
            if label is not None:
                yield from _evidence(page, [mention], label, "label_above")
            return


def _ends_with_day(page: Page, number: int) -> bool:
    """Whether a line has some words that name nothing, a colon, a day and no more."""
    standing, line = page.line_mentions.get(number, ()), page.document.lines[number].span
    days = [mention.span for mention in standing if mention.date is not None]
    if len(days) != 1 or line.end - days[0].end > 2 or not page.document.folded[line.start : days[0].start].rstrip().endswith(":"):  # noqa: PLR2004
        return False
    return not any(
        meaning.section == "label" and meaning.key in DATE_LABELS
        for match in page.line_phrases.get(number, ())
        for meaning in match.meanings
    )


def _wrapped(page: Page, number: int, mention: Mention, opening: str) -> Iterator[Evidence]:
    """A number that begins a line, with a word for it or none, that a mail program broke behind the thing: "your order / no. 4821"."""
    above = page.document.lines[number - 1]
    if above.span.size < _BROKEN or page.document.lines[number].source != above.source:
        return
    for match in page.line_phrases.get(number - 1, ()):
        ends = is_own_name(page, Span(match.span.end, above.span.end))
        for meaning in match.meanings if ends else ():
            role = role_of(mention.kind, meaning.key) if meaning.section == "noun" else None
            if role is not None:
                yield Evidence(mention, role, "noun_number" if opening else "noun", f"{page.document.text[match.span.slice]} {opening}")


def _has_own_value(page: Page, label: PhraseMatch[Phrase], number: int, kind: MentionKind) -> bool:
    """Whether a value of the kind that stands above a label stands below it too, or one that it names: "29.00 / Coupon / SAVE10"."""
    return any(mention.kind is kind for mention in page.line_mentions.get(number, ())) or _fits(page, label, number)


def _is_long(mention: Mention) -> bool:
    """Whether a code is too long for a count or a year."""
    return mention.code is not None and len(mention.code.value) >= _LONG and any(char.isdigit() for char in mention.code.value)


def _names_upwards(page: Page, number: int, source: str, runs: dict[int, bool]) -> bool:
    """Whether in a run of lines that are by turns a value and a label the labels fit the values above them better than those below.

    ``number`` is the line of one of the labels, ``runs`` what was said of the labels of a run before.
    """
    if number not in runs:
        run: list[int] = []
        up: list[object] = []
        down: list[object] = []
        for step in (-2, 2):
            at = number if step < 0 else number + step
            while (label := _label_line(page, at, source, ends_with=False)) is not None:
                run.append(at)
                # A sum stands once in a list of sums: "Delivery" again, behind it, is the heading of what follows.
                named: object = label.meanings if any(meaning.key in LABELS[MentionKind.AMOUNT] for meaning in label.meanings) else at
                for fitting, beside in ((up, at - 1), (down, at + 1)):
                    if _fits(page, label, beside) and not (named is label.meanings and named in fitting):
                        fitting.append(named)
                    if _is_carriers(page, label, beside):
                        fitting.append(at)
                at += step
        runs.update(dict.fromkeys((number, *run), len(up) > len(down)))
    return runs[number]


def _fits(page: Page, label: PhraseMatch[Phrase], number: int) -> bool:
    """Whether a line begins with a value of a kind that a label names, but for words that say nothing: "between the 3rd and ..."."""
    standing = page.line_mentions.get(number, ())
    others = [mention.span for mention in standing if mention.kind is not MentionKind.CODE]  # the digits of "$91.00" are no number
    mentions = [mention for mention in standing if mention.code is None or not any(span.overlaps(mention.span) for span in others)]
    if not mentions:
        return False
    opening = page.document.folded[page.document.lines[number].span.start : mentions[0].span.start].strip(PUNCTUATION)
    if opening and (mentions[0].date is None or not _says_nothing(page, opening)):
        return False
    return any(
        role_of(mention.kind, meaning.key) is not None
        for mention in mentions
        for meaning in label.meanings
        if meaning.section in {"label", "noun"}
    )


def _is_carriers(page: Page, label: PhraseMatch[Phrase], number: int) -> bool:
    """Whether a line is a number of a carrier's format, for a label of tracking numbers."""
    if not any(meaning.key == Role.TRACKING_NUMBER for meaning in label.meanings):
        return False
    codes = [mention.code.value for mention in page.line_mentions.get(number, ()) if mention.code is not None]
    return any(len(code) >= _LONG_PARCEL and page.knowledge.formats.of(compact(code)) for code in codes)


def _evidence(page: Page, mentions: Iterable[Mention], label: PhraseMatch[Phrase], feature: str) -> Iterator[Evidence]:
    for mention in mentions:
        for meaning in label.meanings:
            role = role_of(mention.kind, meaning.key) if meaning.section in {"label", "noun"} else None
            if role is not None:
                named = feature if meaning.section == "label" else feature.replace("label", "noun")
                yield Evidence(mention, role, named, page.document.text[label.span.slice])


def _label_line(page: Page, number: int, source: str, *, ends_with: bool, behind_words: int = 0) -> PhraseMatch[Phrase] | None:
    """The label that a line consists of, or ends with, if no value follows it there; or begins with, if so few words are behind it."""
    if not 0 < number < len(page.document.lines):
        return None
    line = page.document.lines[number]
    if line.source != source or len(page.line_cells.get(number, ())) > 1:
        return None
    labels = [match for match in page.line_phrases.get(number, ()) if any(meaning.section == "label" for meaning in match.meanings)]
    if not labels:
        return _noun_line(page, number)
    folded = page.document.folded
    begins = not folded[line.span.start : labels[0].span.start].strip(PUNCTUATION)
    leads = begins and "," in folded[line.span.slice]
    label = labels[0] if leads or (begins and behind_words) else labels[-1]
    same = [meaning for match in labels if match.span == label.span for meaning in match.meanings]
    label = label._replace(meanings=tuple(same))  # "Delivery by" is of a day and of a carrier
    tail = page.document.folded[label.span.end : line.span.end]
    asides = [match.span() for match in ASIDE.finditer(tail)]  # "Total charged to PayPal (x-3371)"
    for mention in page.line_mentions.get(number, ()):
        at = mention.span.start - label.span.end
        if at >= 0 and not any(start <= at < end for start, end in asides):
            return None
    if leads:
        return label  # "Order total, paid in full"
    behind = ASIDE.sub("", page.document.folded[_behind_name(page, number, label) : line.span.end])
    words = [bare for word in behind.split() if (bare := word.strip(PUNCTUATION)) and bare not in page.knowledge.words.fillers]
    if words and not (begins and len(words) <= behind_words):
        return None
    if not ends_with or page.document.folded[label.span.end : line.span.end].strip() not in {":", "#", "#:"}:
        before = _value_before(page, number, label)
        if before is not None and not _is_between(page, number, label):
            return None
        opening = gap_between(page, line.span.start if before is None else before.span.end, label.span.start)
        # "... and your order number is" of a line that a mail program broke.
        broken = ends_with and source == "plain" and line.span.size >= _BROKEN and behind.strip(PUNCTUATION)
        if opening.words > (2 if ends_with else 0) and not broken:  # "Here is your order number" is a label, a sentence is not
            return None
    return label


def _value_before(page: Page, number: int, label: PhraseMatch[Phrase]) -> Mention | None:
    """The value of its line that a label stands right behind, whose it is: "29.00 EUR [Shipping]"."""
    folded = page.document.folded
    return next(
        (
            mention
            for mention in page.line_mentions.get(number, ())
            if mention.span.end <= label.span.start
            and not folded[mention.span.end : label.span.start].strip(PUNCTUATION)
            and any(meaning.section == "label" and role_of(mention.kind, meaning.key) is not None for meaning in label.meanings)
        ),
        None,
    )


def _is_between(page: Page, number: int, label: PhraseMatch[Phrase]) -> bool:
    """Whether the line above a label's is a label too and the line below begins with a value: "Order date / 3 May Delivery / 5 May"."""
    above = page.line_phrases.get(number - 1, ()) if not page.line_mentions.get(number - 1) else ()
    return _fits(page, label, number + 1) and any(meaning.section == "label" for match in above for meaning in match.meanings)


def _behind_name(page: Page, number: int, label: PhraseMatch[Phrase]) -> int:
    """Where the label ends, with the name of a carrier or shop that follows at once: "AWB FAN Courier:"."""
    end = label.span.end
    for match in page.line_phrases.get(number, ()):
        named = any(meaning.section in {"carrier", "merchant"} for meaning in match.meanings)
        if named and match.span.start >= end and not page.document.folded[end : match.span.start].strip(PUNCTUATION):
            return match.span.end
    return end


def _noun_line(page: Page, number: int, words: int = 1) -> PhraseMatch[Phrase] | None:
    """A line that consists of a noun, with a word before it at most: "Order #", "Original order"; with more ``words``, around it."""
    line = page.document.lines[number].span
    nouns = [match for match in page.line_phrases.get(number, ()) if any(meaning.section == "noun" for meaning in match.meanings)]
    if not nouns or page.line_mentions.get(number):
        return None
    around = (gap_between(page, line.start, nouns[-1].span.start), gap_between(page, nouns[-1].span.end, line.end))
    if words > 1:
        return nouns[-1] if around[0].words + around[1].words <= words else None
    return nouns[-1] if around[0].words <= 1 and not around[1].words else None
