"""Nearness: which words that name a value stand beside it, on its line or in its cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderparse.languages import DATE_LABELS
from orderparse.mentions import MentionKind
from orderparse.readers import across, kinship, nouns, telling, wordings
from orderparse.readers.brackets import aside, holds, names_before
from orderparse.readers.denial import denied
from orderparse.readers.gaps import JOINT_WORDS, PUNCTUATION, RUNNING_NUMBER, ends_clause, gap_between, names_code, of_earlier
from orderparse.readers.headings import LABELS, role_of
from orderparse.readers.rows import in_row
from orderparse.roles import DateRole, MailKind, Role
from orderparse.text.patterns import lazy
from orderparse.text.span import any_overlaps

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orderparse.languages.vocabulary import Phrase
    from orderparse.mentions import Mention, Page
    from orderparse.readers.gaps import Gap, Named
    from orderparse.text.phrases import PhraseMatch
    from orderparse.text.span import Span

_ALL_LABELS = frozenset(key for labels in LABELS.values() for key in labels)
_PERCENT = lazy(r"[0-9] ?%")
_RATE_WORDS = 3  # of a rate of tax with the word before it
_OF_GOODS = frozenset({"quantity", "item", "price"})
_FEW_WORDS, _QUALIFIER, _OTHERS_WORDS = 6, 3, 2
_NO_COUNT = 4  # digits
_CLAUSE_WORDS = 3  # behind a comma: more begin another clause
_RUN = 8  # lines of a run that are looked at
_FAR = {MentionKind.CODE: 40, MentionKind.DATE: 70, MentionKind.AMOUNT: 60}


def of_line(page: Page, number: int, mentions: Sequence[Mention]) -> Iterator[Named]:
    """Roles of the mentions of one line by the labels of that line: mention, role, how, and the label's text."""
    worded = list(wordings.of_line(page, number, mentions))
    yield from worded
    opened = {mention.ident: note.split(" {} ")[0] for mention, _, _, note in worded if " {} " in note}
    phrases = page.line_phrases.get(number, ())
    if not phrases and number not in page.line_wordings:
        return
    texts = [match.span for match in phrases if any(one.section == "label" and one.key in _OF_GOODS for one in match.meanings)]
    labels = [
        match
        for match in phrases
        # The "ordered" of "quantity ordered: 2" is no order.
        if any(_names_value(meaning) for meaning in match.meanings)
        and not any(span.holds(match.span) and span.size > match.span.size for span in texts)
    ]
    labels.sort(key=lambda match: (match.span.end, -match.span.start))  # of two that end together the longer is nearer
    labels = [match for match in labels if not kinship.cut_short(match, labels)]
    bracketed = [match for match in labels if names_before(page, match, mentions)]
    days = [mention.span for mention in mentions if mention.date is not None]
    for mention in mentions:
        dated = mention.kind is MentionKind.DATE
        if dated and (around := _around(page, mention, labels)):
            yield from around
            continue
        last_day = max((day.start for day in days if day.end < mention.span.start), default=-1)
        kin = [match for match in labels if kinship.may_name(match, mention, last_day)]
        before = [match for match in kin if match.span.end <= mention.span.start or kinship.runs_into(page, match, mention)]
        before = [match for match in before if match not in bracketed and not (dated and ends_clause(page, match.span, mentions))]
        tail = before[-1].span.end if before else 0
        before = before[: _head(page, before, mention) + 1]
        if mention.kind is MentionKind.AMOUNT and before and aside(page, before[-1].span.end, mention):
            continue
        if dated and (verb := across.over_noun(page, mention, before[-1:], phrases)):
            yield from verb
            continue
        held = False
        for match in reversed(before[-2:]):
            if dated and denied(page, match):
                held = True  # by nothing else either
                break
            if dated and of_earlier(page, match.span, mention, mentions):
                break
            gap = gap_between(page, tail if match is before[-1] else match.span.end, mention.span.start)
            if mention.kind is MentionKind.AMOUNT and gap.words and gap.text.split()[-1].upper() in page.knowledge.currencies:
                gap = gap._replace(words=gap.words - 1)  # "Total EUR       149.35"
            if in_row(page, number, match.span, mentions, mention):
                gap = gap._replace(text="\t", words=0, sentence_end=False)
            elif _listed(page, gap, mentions, match.span.end, mention):
                alike = any(_alike(other, mention) for other in mentions if match.span.end <= other.span.start < mention.span.start)
                if not alike and mention.code is not None and len(mention.code.value) < _NO_COUNT:
                    break  # "order 14-10562, 3 cards"
                gap = gap._replace(words=0, text=" " if alike else gap.text)  # "orders 4821 and 4822", but "order 4821 and 2 others"
            elif _interrupted(page, mentions, match.span.end, mention):
                break
            roles = list(_roles(page, match, mention, gap, alone=_fills_line(page, number, match.span, mention.span)))
            if dated and nouns.parted_by_sum(match, mention, mentions):
                roles = [(role, how) for role, how in roles if how != "label_near"]
            if not roles and number == 0 and nouns.ends_subject(page, match, mention):
                roles = [(Role.ORDER_NUMBER, "noun")]
            if mention.ident in opened and _shares_end(opened[mention.ident], page.document.folded[match.span.slice]):
                roles = []  # "until 3 May to collect it" says more than "until"
            if not roles and gap.text.startswith("\t") and not gap.words and "\t" not in gap.text[1:]:
                named = dict.fromkeys(meaning.key for meaning in match.meanings if meaning.section == "noun")
                roles = [(role, "noun_cell") for key in named if (role := role_of(mention.kind, key)) is not None]
            others = mention.kind is MentionKind.AMOUNT and _other_label_between(labels, match, mention)
            if others or (mention.kind is MentionKind.AMOUNT and names_code(page, match.span, mentions)):
                roles = [(role, how) for role, how in roles if how != "label_near"]
            if nouns.counts(page, mention):
                roles = [(role, how) for role, how in roles if not how.startswith("noun")]
            for role, how in roles:
                held = True
                yield mention, role, how, page.document.text[match.span.slice]
            if roles or any(meaning.section == "label" and meaning.key in _ALL_LABELS for meaning in match.meanings):
                break
        if not held:
            if mention.kind is MentionKind.CODE:
                yield from nouns.of_cell(page, before, mention)
            opening = _opening_label(page, before, mention)
            if opening is not None:
                yield mention, opening[0], "label_near", page.document.text[opening[1].slice]
                continue
            after = list(_after(page, mention, [match for match in kin if not (dated and denied(page, match))], mentions))
            yield from after
            if dated and not after:
                told = [*across.of_day(page, mention, phrases)]
                yield from told or telling.of_day(page, mention, phrases)


def _around(page: Page, mention: Mention, labels: Sequence[PhraseMatch[Phrase]]) -> list[Named]:
    """The role of a day by a label that holds it: "tomorrow at your door"."""
    return [
        (mention, DATE_LABELS[meaning.key], "label", page.document.text[match.span.slice])
        for match in labels
        if match.span.holds(mention.span) and match.span.size > mention.span.size
        for meaning in match.meanings
        if meaning.section == "label" and meaning.key in DATE_LABELS
    ]


def _head(page: Page, before: Sequence[PhraseMatch[Phrase]], mention: Mention) -> int:
    """The index of the label that names the value: "Total incl. VAT" is a total, its tail only says what is in it."""
    at = len(before) - 1
    if mention.kind is not MentionKind.AMOUNT:
        return at
    while at > 0 and holds(page, before[at], mention.span.start):
        at -= 1
    while at > 0 and any(meaning.key == "tax" for meaning in before[at].meanings):
        if page.document.folded[before[at].span.slice].rpartition(" ")[2] in page.knowledge.words.fillers:
            break  # "The total includes VAT of"
        between = page.document.folded[before[at - 1].span.end : before[at].span.start]
        if _PERCENT.search(between) and len(between.split()) <= _RATE_WORDS:  # "Total incl. 8.1% VAT"
            between = ""
        in_aside = "(" in between and ")" not in between
        if (between.strip(" ,") and not in_aside) or any(meaning.key == "tax" for meaning in before[at - 1].meanings):
            break
        at -= 1
    return at


def _opening_label(page: Page, before: Sequence[PhraseMatch[Phrase]], mention: Mention) -> tuple[str, Span] | None:
    """The label that the cell or line part before the value begins with: "Total charged to VISA x-4242<tab>38.49"."""
    if mention.kind is MentionKind.CODE:
        return None
    start = page.document.lines[mention.line].span.start
    parts = page.document.folded[start : mention.span.start].split("\t")
    if len(parts) < 2 or parts[-1].strip(PUNCTUATION):  # noqa: PLR2004  # a cell before, and the value's own
        return None
    cell = start + sum(len(part) + 1 for part in parts[:-2])
    for match in before:
        if match.span.start >= cell and not page.document.folded[cell : match.span.start].strip(PUNCTUATION):
            for meaning in match.meanings:
                role = role_of(mention.kind, meaning.key) if meaning.section == "label" else None
                if role is not None:
                    return role, match.span
    return None


def _names_value(meaning: Phrase) -> bool:
    return meaning.section == "noun" or nouns.confirms(meaning) or (meaning.section == "label" and meaning.key in _ALL_LABELS)


def _fills_line(page: Page, number: int, label: Span, value: Span) -> bool:
    """Whether a noun and the value behind it are all that stands on their line or in their cell."""
    line = page.document.lines[number].span
    before = page.document.folded[line.start : label.start].rpartition("\t")[2]
    behind = page.document.folded[value.end : line.end].partition("\t")[0]
    return number > 0 and not before.strip(PUNCTUATION) and not behind.strip(PUNCTUATION)


def _roles(page: Page, match: PhraseMatch[Phrase], mention: Mention, gap: Gap, *, alone: bool) -> Iterator[tuple[str, str]]:
    keys = LABELS[mention.kind]
    for role in dict.fromkeys(keys[m.key] for m in match.meanings if m.section == "label" and m.key in keys):
        if role == Role.REFERENCE and gap.words == 0 and not gap.sentence_end and nouns.refers_to_order(page, match, mention):
            yield Role.ORDER_NUMBER, "label"
            continue
        if not gap.sentence_end and (gap.words == 0 or (mention.kind is MentionKind.CODE and _qualified(gap))):
            yield role, "label"
        elif len(gap.text) <= _FAR[mention.kind] and not gap.sentence_end and "\t" not in gap.text and not _is_over(gap, mention):
            if mention.kind is MentionKind.CODE and gap.words > 2:  # noqa: PLR2004  # "your order number is now"
                continue
            yield role, "label_near"
    if mention.kind is not MentionKind.CODE:
        return
    for role in nouns.named(page, match, mention):
        if gap.words == 0 and not gap.sentence_end and "\t" not in gap.text:
            if gap.numbered:
                yield role, "noun_number"
            elif not gap.text.strip(" (.…*_"):  # "order *4821*", bold in a plain text
                yield role, "noun_line" if alone else "noun"
        elif 0 < gap.words <= _FEW_WORDS and not gap.sentence_end and "\t" not in gap.text and gap.number_last:
            bracketed = "(" in gap.text and len(gap.text.rpartition("(")[2].split()) == 1
            yield role, "noun_number" if bracketed else "noun_far"  # "your order at Teahouse (number: 30217)"


def _is_over(gap: Gap, mention: Mention) -> bool:
    """Whether a label of days has nothing to do with a day behind it any more.

    The words behind it make another of it, which has its own value: "Delivery address: Ann Lee, 7/22 High St"; or another clause
    has begun: "for it to be delivered, you have to pay the duties by 3 May".
    """
    if mention.kind is not MentionKind.DATE:
        return False
    qualifier, colon, value = gap.text.partition(":")
    if colon and qualifier.strip() and len(value.split()) >= _OTHERS_WORDS:
        return True
    return len(gap.text.partition(", ")[2].split()) > _CLAUSE_WORDS


def _shares_end(one: str, other: str) -> bool:
    return one.endswith(other) or other.endswith(one)


def _qualified(gap: Gap) -> bool:
    """Whether a few words behind a number's label belong to it: "Order number with the sender: 4821"; "Total of goods" is another sum."""
    return gap.words <= _QUALIFIER and gap.text.rstrip().endswith((":", "\uff1a")) and gap.text.count(":") < 2 and "\t" not in gap.text  # noqa: PLR2004


def _other_label_between(labels: Sequence[PhraseMatch[Phrase]], label: PhraseMatch[Phrase], mention: Mention) -> bool:
    """Whether a label of something else stands between a label and a sum: "Lamp [goods], LX-20 [article], 49.00"."""
    return any(
        label.span.end <= other.span.start and other.span.end <= mention.span.start and not kinship.is_kin(other, mention.kind)
        for other in labels
        if any(meaning.section == "label" for meaning in other.meanings)
    )


def _interrupted(page: Page, mentions: Sequence[Mention], start: int, mention: Mention) -> bool:
    """Whether another value of the same kind stands between the label and this one, running numbers and sums in brackets aside."""
    if mention.kind is MentionKind.CODE and (counted := RUNNING_NUMBER.match(page.document.folded, start, mention.span.start)) is not None:
        start = counted.end()
    days = [other.span for other in mentions if other.date is not None]
    return any(
        other.kind is mention.kind
        and start <= other.span.start
        and other.span.end <= mention.span.start
        and not (mention.kind is MentionKind.AMOUNT and aside(page, start, other))
        and not (mention.kind is MentionKind.CODE and any_overlaps(days, other.span))
        for other in mentions
    )


def _listed(page: Page, gap: Gap, mentions: Sequence[Mention], start: int, mention: Mention) -> bool:
    """Whether label and value are parted by other values of a list alone: "Orders: 4821, 4822 and 4823"."""
    if mention.kind is not MentionKind.CODE:
        return False
    between = [m for m in mentions if m.kind is MentionKind.CODE and start <= m.span.start and m.span.end <= mention.span.start]
    if not between:
        return False
    joining = page.knowledge.words.calendar.until
    rest = page.document.folded[start : mention.span.start].replace("+", " ")
    for other in between:
        rest = rest.replace(page.document.folded[other.span.slice], " ")
    if "\t" in gap.text or (not any(sign in gap.text for sign in ",;&/+") and not joining & set(gap.text.split())):
        return False
    return all(not word.strip(PUNCTUATION) or word.strip(PUNCTUATION) in joining for word in rest.split())


def _alike(one: Mention, other: Mention) -> bool:
    """Whether two numbers are as long as each other, and more than counts."""
    if one.code is None or other.code is None:
        return False
    return len(one.code.value) == len(other.code.value) >= _NO_COUNT and one.code.value.isdigit() == other.code.value.isdigit()


def _after(page: Page, mention: Mention, labels: Sequence[PhraseMatch[Phrase]], mentions: Sequence[Mention]) -> Iterator[Named]:
    """A label right behind the value, with nothing between but punctuation, that no later value claims."""
    for match in labels:
        if match.span.start < mention.span.end:
            continue
        gap = gap_between(page, mention.span.end, match.span.start)
        apart = gap.words or gap.text.strip(PUNCTUATION)
        if mention.kind is MentionKind.DATE and apart and not gap.sentence_end and len(gap.text) <= _FAR[MentionKind.DATE]:
            # Verb-final clauses: "wurde am 29. April von der Post zugestellt".
            if "\t" in gap.text or _claimed(page, match, mentions):
                return
            if len(gap.text.partition(",")[2].split()) > _CLAUSE_WORDS and not _says_again(mention, match, mentions):
                return  # "they came yesterday, and now all has been handed over"
            if ", " in gap.text and not wordings.owns_comma(page, mention):
                return  # "handed over on 7 March, and should reach you"
            if _is_nearer(page, mention, match, mentions):
                return  # "were printed on 3 May and on 9 May brought to you"
            for meaning in match.meanings:
                if meaning.section == "label" and meaning.key in DATE_LABELS:
                    yield mention, DATE_LABELS[meaning.key], "label_behind", page.document.text[match.span.slice]
            return
        if gap.words or "\t" in gap.text or gap.text.strip(" ()[]-:«»‹›←|=") or _claimed(page, match, mentions):
            return
        if _names_below(page, mention, match):
            return
        keys = LABELS[mention.kind]
        for meaning in match.meanings:
            if meaning.section == "label" and meaning.key in keys:
                role = DateRole.DELIVERY_ESTIMATE if _still_to_come(page, mention, match.span) else keys[meaning.key]
                yield mention, role, "label_after", page.document.text[match.span.slice]
        return


def _is_nearer(page: Page, mention: Mention, label: PhraseMatch[Phrase], mentions: Sequence[Mention]) -> bool:
    """Whether another day stands between a day and a label behind it, with words of its own before it."""
    days = [other.span.start for other in mentions if other.date is not None and mention.span.end <= other.span.start < label.span.start]
    return bool(days) and len(page.document.folded[mention.span.end : days[0]].split()) > JOINT_WORDS


def _says_again(mention: Mention, label: PhraseMatch[Phrase], mentions: Sequence[Mention]) -> bool:
    """Whether another day stands between a day and a label behind it: "today, Thursday 12 March, we deliver"."""
    return any(other.date is not None and mention.span.end <= other.span.start < label.span.start for other in mentions)


def _still_to_come(page: Page, mention: Mention, label: Span) -> bool:
    """Whether day and label are a phrase that a parcel is out for delivery: "Today delivered" in Dutch and German."""
    return mention.kind is MentionKind.DATE and any(
        match.span.holds(label) and match.span.holds(mention.span)
        for match in page.line_phrases.get(mention.line, ())
        if any(meaning.section == "kind" and meaning.key == MailKind.OUT_FOR_DELIVERY for meaning in match.meanings)
    )


def _names_below(page: Page, mention: Mention, label: PhraseMatch[Phrase]) -> bool:
    """Whether a label that ends its line names the value of the line below: "3 May Delivery / 5 May".

    In a run of values with labels behind them it does if the last value of the run has none.
    """
    line = page.document.lines[mention.line].span
    if page.document.folded[label.span.end : line.end].strip(" :"):
        return False
    for number in range(mention.line + 1, mention.line + 1 + _RUN):
        standing = page.line_mentions.get(number)
        if not standing:
            return False
        line, first = page.document.lines[number].span, standing[0].span
        if page.document.folded[line.start : first.start].strip(PUNCTUATION):
            return False
        last = max(other.span.end for other in standing)
        if not page.document.folded[last : line.end].strip(PUNCTUATION):
            return number > mention.line + 1 or standing[0].kind is mention.kind
        if not any(match.span.start >= last and _is_label(match) for match in page.line_phrases.get(number, ())):
            return False
    return False


def _is_label(match: PhraseMatch[Phrase]) -> bool:
    return any(meaning.section == "label" for meaning in match.meanings)


def _claimed(page: Page, match: PhraseMatch[Phrase], mentions: Sequence[Mention]) -> bool:
    if ends_clause(page, match.span, mentions):
        return False
    following = page.document.folded[match.span.end : match.span.end + 2]
    return following.lstrip()[:1] in {":", "#"} or any(match.span.end <= other.span.start <= match.span.end + 3 for other in mentions)
