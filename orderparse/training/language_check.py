"""Checking a language file: what is missing in it, and what its examples give when the whole engine reads them."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import TYPE_CHECKING

from orderparse import languages
from orderparse.api import parse
from orderparse.languages import AMOUNT_LABELS, DATE_LABELS, LABELS
from orderparse.languages.vocabulary import GAP, HOLE
from orderparse.roles import MailKind, Role
from orderparse.scoring.model import LIKELY
from orderparse.text.fold import clean, fold
from orderparse.text.pieces import unspaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from orderparse.knowledge import Knowledge
    from orderparse.languages import Language

_FOLDER = Path(languages.__file__).parent
_CODE = re.compile(r"[a-z]{2,3}(-[A-Z][A-Za-z]+)?")  # BCP 47: language, and a script or a region
# Lists that hold the words of every shop, carrier and invoice; others may be short.
_WIDE = ("order_number", "tracking_number", "product_code", "invoice_number", "order_date", "delivery_estimate", "total")
_WIDE_AT_LEAST, _KIND_AT_LEAST, _EXAMPLES, _EMPTY_EXAMPLES, _OWN_STOP_WORDS = 8, 5, 8, 3, 8
_NOUNS = (Role.ORDER_NUMBER, Role.TRACKING_NUMBER, Role.INVOICE_NUMBER)
_LEAST = 2  # letters of the name of a weekday
_STOP_WORDS = (30, 60)
_IN_EXAMPLES = frozenset({"order_number", "tracking_number", "order_date", "delivery_estimate", "total"})
_EXPECTED = frozenset({"order_number", "tracking_number", "total", *DATE_LABELS} - {"other_date"})
_PAST = ("order_date", "payment_date", "ship_date", "delivered_date", "invoice_date", "refund_date")
_LABEL_OF = {role: key for key, role in DATE_LABELS.items()}
_MARK = re.compile(r"[:#]$|^\s|\s$|\s\s")


def complaints(path: Path, language: Language, others: Iterable[Language]) -> Iterator[str]:
    """What is to be mended in a file, which stands beside ``others``: nothing if it is as complete as those of the package."""
    if path.stem != language.code or not _CODE.fullmatch(language.code):
        yield f"code {language.code!r}: the file's name, and a BCP 47 code such as sv, pt-BR or zh-Hant"
    yield from _phrases(language)
    yield from _words(language, [other for other in others if other.code != language.code and not _kin(language, other)])
    yield from _calendar(language)
    yield from _examples(language)


def misread(language: Language, knowledge: Knowledge) -> Iterator[str]:
    """The examples that give something else than they expect, read by the whole engine."""
    for number, example in enumerate(language.examples, 1):
        found = said(example.text, example.expect, knowledge)
        if found != dict(example.expect):
            yield f"example {number}: expected {dict(example.expect)}, read {found}"


def _phrases(language: Language) -> Iterator[str]:
    for key in sorted(LABELS):
        size, wanted = len(language.labels.get(key, ())), _WIDE_AT_LEAST if key in _WIDE else 1
        if size < wanted:
            yield f"[labels] {key}: {size} phrases, at least {wanted} are wanted"
    for role in _NOUNS:
        if not language.nouns.get(role):
            yield f"[nouns] {role}: the word for the thing itself (order, parcel, invoice) is wanted"
    for kind in MailKind:
        size = len(language.kinds.get(kind, ()))
        if size < _KIND_AT_LEAST:
            yield f"[kinds] {kind}: {size} phrases, at least {_KIND_AT_LEAST} are wanted"
        if kind is not MailKind.OTHER and not language.like and not language.status.get(kind):
            yield f'[status] {kind}: nothing, so that "Status: shipped" says nothing'
    for where, phrases in _lists(language):
        if where.startswith(("labels", "nouns")):
            for phrase in phrases:
                if _MARK.search(phrase):
                    yield f"{where}: {phrase!r} has blanks or a mark at its end that the reader skips by itself"
    for phrase in sorted(set(_folded(language.labels.get("order_number", ()))) & set(_folded(language.labels.get("tracking_number", ())))):
        yield f"[labels] {phrase!r} names an order number and a tracking number"
    told = Counter(phrase for phrases in language.kinds.values() for phrase in set(_folded(phrases)))
    shared = sorted(phrase for phrase, count in told.items() if count > 1)
    if shared:
        yield f"[kinds] {len(shared)} phrases tell two kinds of mail: {', '.join(shared)}"
    for key, wordings in language.around.items():
        for wording in wordings:
            if wording.count("{}") != 1 or not any(char.isalpha() for char in wording.replace("{}", "")):
                yield f"[around] {key}: {wording!r} must hold one {{}} and words beside it"
    for section, table in (("across", language.across), ("kinds", language.kinds)):
        for key, wordings in table.items():
            for wording in wordings:
                words, hole, last = wording.partition(HOLE)
                if not words.strip() or (hole and not last.strip()) or (GAP in wording and (section == "kinds" or GAP not in words)):
                    yield f"[{section}] {key}: {wording!r} must have words, and others behind {HOLE} if it has one; {GAP} stands before it"


def _words(language: Language, others: Iterable[Language]) -> Iterator[str]:
    single = {"fillers": language.fillers, "number": language.number_words, "stop": language.stop_words, "not": language.not_words}
    for name, words in single.items():
        for word in words:
            if " " in word:
                yield f"[words] {name}: {word!r} is more than one word"
    if not language.not_words:
        yield "[words] not: nothing, so that what could not be delivered would have been"
    stop = set(_folded(language.stop_words))
    if not _STOP_WORDS[0] <= len(stop) <= _STOP_WORDS[1]:
        yield f"[words] stop: {len(stop)} words, {_STOP_WORDS[0]} to {_STOP_WORDS[1]} are wanted"
    own = stop - {word for other in others for word in _folded(other.stop_words)}
    if len(own) < _OWN_STOP_WORDS:
        yield f"[words] stop: {len(own)} words are no other language's, {_OWN_STOP_WORDS} are wanted: they tell the language"
    quoted = language.quoted
    for name in ("forwarded", "original", "wrote", "from_", "sent", "to", "subject"):
        if not getattr(quoted, name):
            yield f"[quoted] {name.rstrip('_')}: nothing"
    if not language.track_links:
        yield "[links] track: nothing"


def _calendar(language: Language) -> Iterator[str]:
    days = language.dates
    for name, lists in (("months", days.months), ("weekdays", days.weekdays)):
        for number, spellings in enumerate(lists, 1):
            if not spellings:
                yield f"[dates] {name}: number {number} has no name"
        for twice in _doubles(name for names in lists for name in set(_folded(names))):
            yield f"[dates] {name}: {twice!r} means two of them"
    for name in ("today", "tomorrow", "yesterday", "until"):
        if not getattr(days, name):
            yield f"[dates] {name}: nothing"
    if language.numbers.decimal not in {".", ","} or language.numbers.decimal in language.numbers.group:
        yield "[numbers] decimal is . or , and no mark that groups thousands"
    try:
        import babel  # noqa: PLC0415  # a test dependency: Unicode CLDR
    except ModuleNotFoundError:
        yield "months and weekdays are not compared with Unicode CLDR: pip install babel"
        return
    try:
        locale = babel.Locale.parse(language.code, sep="-")
    except (babel.UnknownLocaleError, ValueError):
        return  # CLDR does not know the language
    for where, names, written in (
        ("months", days.months, locale.months["format"]["wide"]),
        ("weekdays", days.weekdays, locale.days["format"]["wide"]),
        ("weekdays", days.weekdays, locale.days["format"]["abbreviated"]),
    ):
        every = {spelling.rstrip(".") for known in names for spelling in _folded(known)}
        for known, name in zip(names, (written[key] for key in sorted(written)), strict=True):
            folded = " ".join(fold(clean(name)).split()).rstrip(".")
            if len(folded) < _LEAST or "." in folded or unspaced(folded):
                continue  # a letter is no name, and two of Thai may be a part of any word
            if folded not in every:
                yield f"[dates] {where}: CLDR writes {name!r}, the file {', '.join(known)}"


def _examples(language: Language) -> Iterator[str]:
    empty = sum(not example.expect for example in language.examples)
    if len(language.examples) < _EXAMPLES or empty < _EMPTY_EXAMPLES:
        yield f"{len(language.examples)} examples, {empty} with nothing to find: {_EXAMPLES} and {_EMPTY_EXAMPLES} are wanted"
    missing = _IN_EXAMPLES - {key for example in language.examples for key in example.expect}
    if missing:
        yield f"no example expects {', '.join(sorted(missing))}"
    for number, example in enumerate(language.examples, 1):
        for key, value in example.expect.items():
            if key not in _EXPECTED:
                yield f"example {number}: {key} can't be expected, only {', '.join(sorted(_EXPECTED))}"
            elif not _normal(key, value, example.text):
                yield f"example {number}: {key} {value!r} is not as the record writes it (2026-03-01, 129.00 SEK, digits as in the text)"


def _normal(key: str, value: str, text: str) -> bool:
    if key in AMOUNT_LABELS:
        return re.fullmatch(r"\d+\.\d{2} [A-Z]{3}", value) is not None
    if key not in DATE_LABELS:
        return value.casefold() in fold(text)
    try:
        return all(date.fromisoformat(day).isoformat() == day for day in value.split("/"))
    except ValueError:
        return False


def covers(languages: Iterable[Language]) -> list[str]:
    """The rows of a table in Markdown: what each language file holds."""
    rows = [
        "| language | code | labels | wordings | kinds of mail | links and quoting | examples | like |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for language in sorted(languages, key=lambda one: one.code):
        quoted = language.quoted
        marks = (quoted.forwarded, quoted.original, quoted.wrote, quoted.from_, quoted.sent, quoted.to, quoted.subject)
        sizes = (
            sum(map(len, language.labels.values())) + sum(map(len, language.nouns.values())),
            sum(map(len, (*language.around.values(), *language.across.values()))),
            sum(map(len, language.kinds.values())) + sum(map(len, language.status.values())),
            len(language.track_links) + sum(map(len, marks)),
            len(language.examples),
        )
        rows.append(f"| {language.name} | {language.code} | {' | '.join(map(str, sizes))} | {language.like} |")
    return rows


def said(text: str, expect: Mapping[str, str], knowledge: Knowledge) -> dict[str, str]:
    """What a mail of this text says, as the examples write it.

    The mail is sent on the last day that lies behind it by what is expected, and before the day of a delivery.
    """
    day = max(
        (expect[key] for key in _PAST if key in expect), default=min("2026-03-10", expect.get("delivery_estimate", "2026-03-10")[:10])
    )
    sent = datetime.fromisoformat(f"{day}T12:00:00+01:00")
    mail = f"From: Shop <info@shop.example>\nDate: {format_datetime(sent)}\nContent-Type: text/plain; charset=utf-8\n\n{text}"
    reading = parse(mail.encode(), knowledge=knowledge)
    found = {}
    for key, findings in (("order_number", reading.order_numbers), ("tracking_number", reading.tracking_numbers)):
        values = [finding.value for finding in findings if finding.confidence >= LIKELY]
        if values:
            found[key] = " ".join(values)
    for one in reading.dates:
        if one.confidence >= LIKELY:
            found[_LABEL_OF[one.role]] = one.value.isoformat() + (f"/{one.until.isoformat()}" if one.until else "")
    for amount in reading.amounts:
        if amount.confidence >= LIKELY and amount.role == "total":
            found["total"] = f"{amount.value.value:.2f} {amount.value.currency}"
    return found


def _lists(language: Language) -> Iterator[tuple[str, tuple[str, ...]]]:
    """All lists of phrases of a language, by where they stand."""
    for name in ("labels", "nouns", "around", "across", "kinds"):
        for key, phrases in getattr(language, name).items():
            yield f"{name}.{key}", phrases
    yield "links.track", language.track_links
    yield "words.fillers", language.fillers
    yield "words.number", language.number_words
    yield "words.stop", language.stop_words
    yield "words.not", language.not_words
    yield "words.ahead", language.ahead
    yield "words.done", language.done
    yield "words.behind", language.behind
    yield "words.from", language.sent_by
    yield "words.amount", language.amount_words
    yield "words.on_delivery", language.on_delivery
    yield "words.shipment_total", language.shipment_total
    yield "words.taken_over", language.taken_over
    for name in ("forwarded", "original", "wrote", "from_", "sent", "to", "subject"):
        yield f"quoted.{name.rstrip('_')}", getattr(language.quoted, name)
    for name in ("today", "tomorrow", "yesterday", "until"):
        yield f"dates.{name}", getattr(language.dates, name)


def _kin(language: Language, other: Language) -> bool:
    """Whether one of two is written as the other with changes, or as a third: they share their stop words."""
    bases = [one.like or one.code for one in (language, other)]
    return bases[0] == bases[1]


def _folded(phrases: Iterable[str]) -> list[str]:
    return [" ".join(fold(phrase).split()) for phrase in phrases]


def _doubles(phrases: Iterable[str]) -> list[str]:
    return sorted(phrase for phrase, count in Counter(phrases).items() if count > 1)
