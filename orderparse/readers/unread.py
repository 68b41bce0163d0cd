"""Pages of which hardly a word is known: what the place of a number says where its label cannot be read.

A label that cannot be read may still be compared: who orders "Rendelésed" by the subject finds its number behind "Rendelésszám".
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from orderparse.merchants import MerchantKind
from orderparse.readers.evidence import Evidence
from orderparse.roles import Role
from orderparse.text.fold import fold
from orderparse.text.patterns import lazy
from orderparse.text.wordlike import wordlike
from orderparse.values.codes import compact

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orderparse.document.model import Cell
    from orderparse.mentions import Mention, Page

_FEW = 3  # words of a label
_HASH = lazy(r"[#№][ :]*\Z")
_SIGN = lazy(r"(?:[#№]|\bn[°º]|\b[Nn][ro]\.)[ :]*\Z")
_BEHIND = lazy(r"[])}.:! ]*(?:\((?:[^()]|\([^()]{0,20}\)){1,60}\))?[.:! ]*")  # "(7. März 2026)"
_LABEL = lazy(r"[^\d\t()@/]+?[ :.]*\t?[ ]*")
# Characters of a number that stands behind a sign, behind a label; of one that a platform pads with zeros.
_SIGNED, _LABELLED, _PADDED = 3, 4, 9
_DRAWN = 9  # letters that PrestaShop draws for an order
# A year (of the Buddhist calendar, too), or a number whose first letters say in most countries that it is of something else.
_OTHER = lazy(r"(?:19\d\d|2[05]\d\d)\Z|(?:INV|RMA|REF|TKT|CASE)(?![A-Z])")
# Points, so much of something, a time, a day with an ending: "3.418", "120ml", "09h50", "1-мартка".
_SUM = lazy(r"[0-9]{1,3}(?:[.,][0-9]{3})+|[0-9]+[a-z]{1,3}|[0-9]{1,2}h[0-9]{2}|[0-9]{1,2}-[^\W\d_]+|[0-9]{4}-[a-z]+")
_NAME = lazy(r"[a-z]{4}|\A(?=[A-Z]*[0-9])(?=[0-9]*[A-Z])[A-Z0-9]{5,6}\Z")  # a user's; the code of a booking, or of a locker
_PASSCODE = lazy(r"\A[0-9]{3} ?[0-9]{1,5}(?![\w-])")  # "482 917 is your code"
_IDENTIFIER = lazy(r"\A[0-9a-f]{8}-[0-9a-f]{4}-|[B-DF-HJ-NP-TV-XZ]{4}")  # a UUID; four consonants of nine capitals
_POINTS, _ENDS_LABEL = " \t:.#№：-–", ":：#№"
_BEFORE = lazy(r"(?:[^\W\d][^\s,;()]{0,40}[ ]+){1,3}(?:[#№] ?)?\Z")
_AFTER = lazy(r"(?:[ ]+[^\W\d][^\s,;()]{0,40}){1,2}")
_REACH, _SHORT_WORD = 90, 3  # characters
_ORDERS = 2  # that a mail is about; a list of more is one of something else
_DAY = lazy(r"[0-9]{1,2}|20[0-4][0-9]")
# Letters with their marks, which the vowels of Indic scripts are: all but blanks, digits and the signs of most scripts.
_WORD = lazy(r"[^\W\d_][^\s!-@\[-`{-\xbf\u0964\u0965\u2000-\u206f\u3000-\u303f\uff00-\uff20]*")
_CLAUSE_END = lazy(r"[.!?;] |\(|, (?:[^\s\d]+ ){3}")
_BRACKET = lazy(r"\[[^\]]{0,40}\Z")
_PURPOSE = lazy(r"[\t:][ \t]*([^\W\d_]{4,}) (?:[nN][ro]\.?[ ]?|[#№][ ]?)?\Z")  # "Tytuł: Zamówienie nr"
_TELLING = frozenset({"label", "noun", "before"})
_NAMES = frozenset({"label", "before", "after"})
_STEM, _STEM_UNSPACED, _STEM_SIGNS = 5, 4, 2  # letters that words share: of most scripts; of such without blanks; of Chinese signs
_UNSPACED, _SIGNS = "\u0e00", "\u2e80"  # where scripts without blanks begin, and where signs for words do
_TOPIC_WORDS, _LABEL_WORDS = 14, 6
_LINES = 120  # that are compared


def read(page: Page) -> Iterator[Evidence]:
    """Evidence from lines that are a few words, a sign and a number, and from the habits of the shop's platform.

    A number that a platform has padded with zeros is told by its form: Sylius's 000006574, Magento's 100000428. A plain counter
    is told by its heading: "Bestellnummer 40493". Labels that cannot be read tell nothing: they may be of customers or phones.
    """
    # What a carrier's mail is about is the parcel, a payment service's the payment.
    if page.strange and page.parties.carrier is None and not _of_payment(page) and not _named(page):
        alone = _alone(page)
        yield from (Evidence(mention, Role.ORDER_NUMBER, "subject_alone") for mention in alone)
        if not alone:
            yield from _by_topic(page)
    if page.strange:
        yield from _of_shop(page)
        if _of_payment(page):
            yield from _paid_for(page)
    if page.strange or page.foreign:
        yield from _by_form(page)


def _of_payment(page: Page) -> bool:
    """Whether a payment service writes."""
    return page.parties.shop is not None and page.parties.shop.kind == MerchantKind.PAYMENT


def _of_shop(page: Page) -> Iterator[Evidence]:
    """The one number that looks as the orders of the shop do, or of its platform, wherever it stands."""
    shop = page.parties.shop or page.parties.platform
    if shop is None or shop.order_number is None:
        return
    found = [mention for mention in page.mentions if mention.code is not None and page.visible(mention)]
    found = [mention for mention in found if mention.code is not None and shop.order_number.fits(mention.code.value)]
    if shop.order_number.weak:  # a plain counter tells nothing; an identifier in groups does, and letters that are no word
        found = [mention for mention in found if mention.code is not None and _IDENTIFIER.search(mention.code.value)]
    if len({mention.code.value for mention in found if mention.code is not None}) == 1:
        yield from (Evidence(mention, Role.ORDER_NUMBER, "sole_shape", shop.name) for mention in found)


def _paid_for(page: Page) -> Iterator[Evidence]:
    """The one number of a payment that has no label but one word before it, as shops write what is paid for: "Tytuł: Zamówienie 48213".

    A word that is known, "Faktura 48213", tells itself what it is of.
    """
    known = {match.span.start for match in page.phrases if any(meaning.section in _TELLING for meaning in match.meanings)}
    found: list[tuple[Mention, str]] = []
    for mention in page.mentions:
        if not mention.line or mention.code is None or not page.visible(mention) or not _may_be_orders(page, mention.code.value):
            continue
        line = page.line_of(mention).span
        before = page.document.text[line.start : mention.span.start]
        behind = page.document.text[mention.span.end : line.end].partition("\t")[0]
        purpose = _PURPOSE.search(before)
        if purpose is not None and not behind.strip(" .") and line.start + purpose.start(1) not in known:
            found.append((mention, purpose[1]))
    if len({mention.code.value for mention, _ in found if mention.code is not None}) == 1:
        yield from (Evidence(mention, Role.ORDER_NUMBER, "purpose", word) for mention, word in found)


def _by_form(page: Page) -> Iterator[Evidence]:
    """Numbers behind a sign or in a heading, and those that a platform has padded."""
    padded: list[Mention] = []
    for mention in page.mentions:
        if mention.code is None or not page.visible(mention):
            continue
        value = mention.code.value
        of_platform = _fits_platform(page, value)
        if of_platform and len(value) >= _PADDED and "00" in value[:3]:
            padded.append(mention)
        line = page.line_of(mention)
        before = page.document.text[line.span.start : mention.span.start]
        behind = page.document.text[mention.span.end : line.span.end]
        words = before.rstrip(" \t#№:.").split()
        if not 1 <= len(words) <= _FEW or not _BEHIND.fullmatch(behind):
            continue
        signed = (_SIGN if line.heading else _HASH).search(before) is not None and len(value) >= _SIGNED and value.isdigit()
        if signed and "(" not in before and "\t" not in before:  # "Lamp (#LX-2040)" is an article
            yield Evidence(mention, Role.ORDER_NUMBER, "sign_heading" if line.heading else "sign_line")
        elif of_platform and line.heading and len(value) >= _LABELLED and _LABEL.fullmatch(before):
            yield Evidence(mention, Role.ORDER_NUMBER, "worded_heading")
    # "Your invoice #000000012 for order #000000345"
    papers = {mention.code.value for mention in padded if mention.code is not None and not _is_last(page, mention)}
    padded = [mention for mention in padded if mention.code is not None and mention.code.value not in papers]
    yield from (Evidence(mention, Role.ORDER_NUMBER, "platform_shape") for mention in padded)


def _named(page: Page) -> bool:
    """Whether the page has words that name an order number, in any language."""
    return any(meaning.key == Role.ORDER_NUMBER and meaning.section in _NAMES for phrase in page.phrases for meaning in phrase.meanings)


def _alone(page: Page) -> Sequence[Mention]:
    """The one number of a subject that the mail says again, where nothing names an order number: most of all an order's.

    Numbers in square brackets are tickets.
    """
    said = {mention.code.value for mention in page.mentions if mention.code is not None and mention.line and page.visible(mention)}
    mentions = page.line_mentions.get(0, ())
    others = [mention.span for mention in mentions if mention.code is None]
    found = [
        mention
        for mention in mentions
        if mention.code is not None
        and mention.code.value in said
        and _may_be_orders(page, mention.code.value)
        and not any(span.holds(mention.span) for span in others)
        and not _PASSCODE.match(page.document.text, mention.span.start)
        and not _BRACKET.search(page.document.text, 0, mention.span.start)
    ]
    return found if len({mention.code.value for mention in found if mention.code is not None}) == 1 else ()


def _may_be_orders(page: Page, value: str) -> bool:
    """Whether a number may be one of an order by its form alone."""
    if not any(char.isdigit() for char in value):
        return _fits_platform(page, value) or (len(value) == _DRAWN and value.isascii() and not wordlike(value))
    return len(value) >= _LABELLED and not _OTHER.match(value) and not _SUM.fullmatch(value) and not _NAME.search(value)


def _by_topic(page: Page) -> Iterator[Evidence]:
    """Numbers whose label shares a stem with the subject; all the likelier where a day or sum is labelled with it, too.

    A stem of several labels of numbers is the word for "number".
    """
    topic = " ".join(_own_words(page, page.document.folded[page.document.lines[0].span.slice])[:_TOPIC_WORDS])
    if not topic:
        return
    found: list[tuple[Mention, str, frozenset[str]]] = []
    dated: set[str] = set()
    for mention, label in _labelled(page):
        words = _own_words(page, label)
        if len(words) > _LABEL_WORDS or "," in label:  # a sentence, an address
            continue
        stems = frozenset(stem for word in words if (stem := _shared(word, topic)))
        stems |= {pair for pair in map(" ".join, pairwise(words)) if len(pair) > _STEM and pair in topic}  # "đơn hàng"
        if not stems:
            continue
        if mention.code is None or _DAY.fullmatch(mention.code.value):  # "21 dekabr 2024" in months that nobody knows
            dated |= stems
        elif _may_be_orders(page, mention.code.value) and _is_value_of_label(page, mention) and _is_last(page, mention):
            found.append((mention, label.strip(" \t:.#"), stems))
    labels: defaultdict[str, set[str]] = defaultdict(set)
    values: defaultdict[str, set[str]] = defaultdict(set)
    for mention, label, stems in found:
        for stem in stems:
            labels[stem].add(label)
            values[stem].add(mention.code.value if mention.code is not None else "")
    for mention, label, stems in found:
        if all(len(labels[stem]) > 1 and len(values[stem]) > 1 for stem in stems):
            continue
        yield Evidence(mention, Role.ORDER_NUMBER, "topic_label_dated" if stems & dated else "topic_label", label)
    worded = [(mention, word) for mention, word in _worded(page) if _shared(word, topic)]
    if len({mention.code.value for mention, _ in worded if mention.code is not None}) <= _ORDERS:
        yield from (Evidence(mention, Role.ORDER_NUMBER, "topic_word", word) for mention, word in worded)


def _is_value_of_label(page: Page, mention: Mention) -> bool:
    """Whether a number is all that is behind a label, not one of the words behind it: "Lamp: Nordlys 4812, oiled"."""
    line = page.line_of(mention).span
    before = page.document.text[line.start : mention.span.start]
    cell = before[before.rfind("\t") + 1 :]
    if ("\t" in before and cell.strip(_POINTS)) or cell.count("(") > cell.count(")"):
        return False  # a cell with words before the number; an aside
    behind = page.document.text[mention.span.end : line.end].partition("\t")[0]
    return cell.rstrip()[-1:] in _ENDS_LABEL or _BEHIND.fullmatch(behind) is not None


def _is_last(page: Page, mention: Mention) -> bool:
    """Whether no other such number is behind a number in its cell and clause: "Invoice 4812 for order 5093" is about the order."""
    behind = page.document.text[mention.span.end : page.line_of(mention).span.end].partition("\t")[0]
    end = mention.span.end + len(_CLAUSE_END.split(behind, 1)[0])
    return not any(
        other.code is not None and mention.span.end <= other.span.start < end and _may_be_orders(page, other.code.value)
        for other in page.line_mentions[mention.line]
    )


def _worded(page: Page) -> Iterator[tuple[Mention, str]]:
    """The numbers of sentences, each with the word before it ("din beställning 1186402735 och", "objednávka č. 4821") or behind it."""
    signs = page.knowledge.words.number_words
    for number, mentions in list(page.line_mentions.items())[:_LINES]:
        if not number or not page.visible(mentions[0]):
            continue
        line = page.document.lines[number].span
        for mention in mentions:
            if mention.code is None or not _may_be_orders(page, mention.code.value) or not _is_last(page, mention):
                continue
            if any(match.check for match in page.knowledge.formats.of(compact(mention.code.value))):
                continue  # a parcel's, most likely
            before = _BEFORE.search(page.document.folded, max(mention.span.start - _REACH, line.start), mention.span.start)
            words = before[0].split() if before is not None else []
            while len(words) > 1 and (words[-1].strip(_POINTS) in signs or len(words[-1].strip(_POINTS)) <= _SHORT_WORD):
                words.pop()
            if words:
                yield mention, words[-1].strip(_POINTS)
            behind = _AFTER.match(page.document.folded, mention.span.end, min(mention.span.end + _REACH, line.end))
            for word in behind[0].split() if behind is not None else ():
                yield mention, word


def _labelled(page: Page) -> Iterator[tuple[Mention, str]]:
    """The first value of each line with the words that may be its label; in a row of cells each cell's value with its column's heading."""
    for number, mentions in list(page.line_mentions.items())[:_LINES]:
        if not number or not page.visible(mentions[0]):
            continue
        whole = [
            one
            for one in mentions
            if not any(other.code is None and other.span.overlaps(one.span) for other in mentions if other is not one)
        ]
        cells = page.line_cells.get(number, ())
        if not whole:
            continue
        if len(cells) < 2:  # noqa: PLR2004
            yield whole[0], _label(page, number, whole[0])
            continue
        label = page.document.folded[page.document.lines[number].span.start : whole[0].span.start]
        if label.strip():
            yield whole[0], label
            yield from _in_pairs(page, whole[1:], cells)
            continue
        above = [cell for at in (number - 1, number - 2) if not page.line_mentions.get(at) for cell in page.line_cells.get(at, ())]
        for cell in cells:
            value = next((mention for mention in whole if cell.span.holds(mention.span)), None)
            heading = next((one for one in above if one.table == cell.table and one.column == cell.column), None)
            if value is not None and heading is not None:
                yield value, page.document.folded[heading.span.slice]


def _in_pairs(page: Page, whole: Sequence[Mention], cells: Sequence[Cell]) -> Iterator[tuple[Mention, str]]:
    """The further values of a row of labels and values in turn: "주문번호 3372918406 주문일자 2018-03-19"."""
    for heading, cell in pairwise(cells):
        value = next((mention for mention in whole if cell.span.holds(mention.span)), None)
        if value is not None and not any(heading.span.holds(mention.span) for mention in page.line_mentions[value.line]):
            yield value, page.document.folded[heading.span.slice]


def _label(page: Page, number: int, first: Mention) -> str:
    """The words before the first value of a line, or those of the line above if the line begins with the value."""
    line = page.document.lines[number].span
    before = page.document.folded[line.start : first.span.start]
    if before.strip(" \t#№:.*") or number < 2 or page.line_mentions.get(number - 1):  # noqa: PLR2004  # not the subject
        return before
    return page.document.folded[page.document.lines[number - 1].span.slice]


def _own_words(page: Page, folded: str) -> list[str]:
    """The words of a text but for those of the sender's name and domain and those that stand in every sentence."""
    sender = page.parties.sender
    names = fold(f"{sender.name} {sender.domain}") if sender is not None else ""
    common = page.knowledge.words.stop_words
    return [word for word in _WORD.findall(folded) if word not in names and word not in common]


def _shared(word: str, topic: str) -> str:
    """The first letters that a word shares with the topic, if they are enough for a stem; what stands before the stem is passed over."""
    need = _STEM_SIGNS if word >= _SIGNS else _STEM_UNSPACED if word >= _UNSPACED else _STEM
    return next((word[at : at + need] for at in range(len(word) - need + 1) if word[at : at + need] in topic), "")


def _fits_platform(page: Page, value: str) -> bool:
    """Whether the platform of the shop numbers orders so; most shapes are plain counters."""
    platform = page.parties.platform
    return platform is not None and platform.order_number is not None and platform.order_number.fits(value)
