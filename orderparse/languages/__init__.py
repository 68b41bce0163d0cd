"""A language: the words that shops, payment services and carriers write in it.

One TOML file a language, registered nowhere. The keys of its tables are closed
vocabularies: a file with an unknown key does not load.
"""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orderparse import datafiles
from orderparse.datafiles import WrongEntryError, known, member
from orderparse.languages.endings import forms
from orderparse.roles import AmountRole, DateRole, MailKind, Role
from orderparse.slotted import dataclass, field
from orderparse.text.fold import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

# The label keys of a language file, and the role that a value behind such a label has.
DATE_LABELS: Mapping[str, DateRole] = {
    "order_date": DateRole.ORDER,
    "payment_date": DateRole.PAYMENT,
    "ship_date": DateRole.SHIP,
    "delivery_estimate": DateRole.DELIVERY_ESTIMATE,
    "delivered_date": DateRole.DELIVERED,
    "invoice_date": DateRole.INVOICE,
    "due_date": DateRole.DUE,
    "pickup_until": DateRole.PICKUP_UNTIL,
    "refund_date": DateRole.REFUND,
    "other_date": DateRole.OTHER,
}
AMOUNT_LABELS: Mapping[str, AmountRole] = {
    "total": AmountRole.TOTAL,
    "subtotal": AmountRole.SUBTOTAL,
    "shipping_cost": AmountRole.SHIPPING,
    "tax": AmountRole.TAX,
    "discount": AmountRole.DISCOUNT,
    "amount_paid": AmountRole.PAID,
    "refund_amount": AmountRole.REFUND,
    "other_amount": AmountRole.OTHER,
}
# Labels whose value is a word or two: a carrier's name, a shop, "Visa".
TEXT_LABELS = frozenset({"carrier", "merchant", "payment_method", "quantity", "item", "price", "pickup_place"})
CODE_LABELS: Mapping[str, Role] = {role.value: role for role in Role}
LABELS = frozenset({*CODE_LABELS, *DATE_LABELS, *AMOUNT_LABELS, *TEXT_LABELS})


@dataclass(frozen=True, slots=True, kw_only=True)
class DateWords:
    """How a language writes dates. ``months`` has 12 entries, ``weekdays`` 7 from Monday, each with all its spellings."""

    order: str = "dmy"
    month_first: bool = False  # whether 3/5 without a year is the fifth of March
    months: tuple[tuple[str, ...], ...] = ()
    weekdays: tuple[tuple[str, ...], ...] = ()
    today: tuple[str, ...] = ()
    tomorrow: tuple[str, ...] = ()
    yesterday: tuple[str, ...] = ()
    until: tuple[str, ...] = ()  # what stands between the two days of a range: "to", "bis", "och"
    between: tuple[str, ...] = ()  # what may stand between day, month and year: "de", "năm"
    day: tuple[str, ...] = ()  # what may stand right behind the number of a day: "a" of "5a", "d." of "5 d."
    year: tuple[str, ...] = ()  # what may stand behind a year: "m.", "gada", "ko", "р."
    solar_months: tuple[tuple[str, ...], ...] = ()  # the 12 months of the Solar Hijri calendar, from Farvardin


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """How a language writes numbers: the decimal mark and what groups thousands."""

    decimal: str = "."
    group: tuple[str, ...] = (",",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """Marks of quoted and forwarded mails.

    ``forwarded`` are lines that begin a forwarded mail, ``original`` lines that begin a quoted one,
    ``wrote`` what ends an attribution line ("wrote:"), the others the header words of an inlined mail.
    """

    forwarded: tuple[str, ...] = ()
    original: tuple[str, ...] = ()
    wrote: tuple[str, ...] = ()
    from_: tuple[str, ...] = ()
    sent: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Text with the identifiers, dates (ISO) and amounts that it must give, by label key; nothing else may be given."""

    text: str
    expect: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language file as loaded; every string as written there.

    ``kinds`` tell the kind of a mail wherever they stand, ``status`` (words such as "shipped") only as the whole of a
    line or as the first or last word of a subject.
    """

    code: str
    name: str
    like: str = ""  # the language that this one is written as, but for what its file says
    country: str = ""  # ISO 3166 alpha-2, where it tells the currency that "kr" or "$" means
    labels: Mapping[str, tuple[str, ...]]
    nouns: Mapping[str, tuple[str, ...]]
    around: Mapping[str, tuple[str, ...]]
    across: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # what tells a day's role with free words between: "left our … on"
    kinds: Mapping[MailKind, tuple[str, ...]]
    neutral: tuple[str, ...] = ()  # what tells no kind, though it holds words that do: "this message was sent"
    status: Mapping[MailKind, tuple[str, ...]]
    track_links: tuple[str, ...] = ()
    fillers: tuple[str, ...] = ()
    number_words: tuple[str, ...] = ()
    number_endings: tuple[str, ...] = ()  # what a sentence glues to a number: "-es" of "4821-es"
    on_delivery: tuple[str, ...] = ()  # labels of the sum that the courier collects, not of the fee for it
    amount_words: tuple[str, ...] = ()  # labels that say that a sum is one, and no more: "Amount"
    shipment_total: tuple[str, ...] = ()  # labels of what the goods of one parcel come to
    taken_over: tuple[str, ...] = ()  # what a parcel's history says when the carrier has got it
    not_words: tuple[str, ...] = ()  # "not", and verbs that deny what they stand with
    ahead: tuple[str, ...] = ()  # verbs of what is yet to be sent: "will", "goes"; a weekday in their clause is the next one
    done: tuple[str, ...] = ()  # where verbs have no tenses: marks of what has happened; a weekday without one is the next one
    behind: tuple[str, ...] = ()  # words that make a weekday the last one: "last", Swedish "torsdags"
    dated: tuple[str, ...] = ()  # what stands between an order number and its day: "order 4821 of 3 May"
    sent_by: tuple[str, ...] = ()  # what stands between a parcel and who sent it: "your parcel from Lumen"
    stop_words: tuple[str, ...] = ()
    quoted: Quoted = field(default_factory=Quoted)
    dates: DateWords = field(default_factory=DateWords)
    numbers: Numbers = field(default_factory=Numbers)
    examples: tuple[Example, ...] = ()


_TOP = {
    "code",
    "name",
    "like",
    "country",
    "endings",
    "labels",
    "nouns",
    "around",
    "across",
    "kinds",
    "status",
    "links",
    "words",
    "quoted",
    "dates",
    "numbers",
    "examples",
}


_FOLDER = Path(__file__).parent
_INFLECTED = {"labels", "nouns", "around", "across", "kinds", "status", "links"}


def load(path: Path) -> Language:
    """Load one language file.

    A file that says ``like = "hr"`` has all phrases of that language too, after its own, but for the function words; what it does not
    say of dates, numbers and quoted mails is as there. The other file stands beside it or comes with the package.

    Raises:
        KnowledgeError: The file is no TOML, or has a key that the schema does not know.

    """
    return datafiles.load(path, lambda table: _language(_whole(path, table)))


def _whole(path: Path, table: Mapping[str, Any]) -> Mapping[str, Any]:
    """A file's table with every form of its phrases, and those of the language that it is like."""
    known(table, _TOP, "the file")
    table = _inflected(table)
    if "like" not in table:
        return table
    import tomllib  # noqa: PLC0415  # what the package brings is compiled

    beside = path.with_name(f"{table['like']}.toml")
    base = tomllib.loads((beside if beside.is_file() else _FOLDER / beside.name).read_text(encoding="utf-8"))
    if "like" in base:
        msg = f"like = {table['like']!r}: that file is like another itself"
        raise WrongEntryError(msg, "like")
    return _laid_over(_inflected(base), table)


def _laid_over(base: Mapping[str, Any], table: Mapping[str, Any]) -> Mapping[str, Any]:
    """A table with what it leaves out taken from another; lists of phrases are joined, examples and calendars are not."""
    joined = dict(table)
    for key, value in base.items():
        if key not in table:
            if key not in {"examples", "country"}:
                joined[key] = value
        elif key in {*_INFLECTED, "words", "quoted"}:
            own = table[key]
            # Function words tell a language from the one that it is like.
            inherited = {name: phrases for name, phrases in value.items() if (key, name) != ("words", "stop")}
            joined[key] = {**own, **{name: list(dict.fromkeys((*own.get(name, ()), *phrases))) for name, phrases in inherited.items()}}
        elif key in {"dates", "numbers"}:
            joined[key] = {**value, **table[key]}
    return joined


def load_folder(folder: Path) -> dict[str, Language]:
    """All language files of a folder by code, in file-name order."""
    found = (load(path) for path in sorted(folder.glob("*.toml")))
    return {language.code: language for language in found}


_WORDS = frozenset(
    {"fillers", "number", "stop", "ahead", "done", "behind", "dated", "endings", "amount", "on_delivery", "shipment_total"}
    | {"taken_over", "not", "from"}
)


def _language(table: Mapping[str, Any]) -> Language:
    words = table.get("words", {})
    known(words, _WORDS, "[words]")
    links = table.get("links", {})
    known(links, {"track"}, "[links]")
    kinds = table.get("kinds", {})
    quoted = {("from_" if key == "from" else key): tuple(value) for key, value in table.get("quoted", {}).items()}
    return Language(
        code=table["code"],
        name=table["name"],
        like=table.get("like", ""),
        country=table.get("country", ""),
        labels=_phrases(_with_sums(table.get("labels", {}), words), LABELS, "[labels]"),
        nouns=_phrases(table.get("nouns", {}), frozenset(CODE_LABELS), "[nouns]"),
        around=_phrases(table.get("around", {}), LABELS - TEXT_LABELS, "[around]"),
        across=_phrases(table.get("across", {}), frozenset(DATE_LABELS), "[across]"),
        kinds={member(MailKind, kind, "[kinds]"): tuple(listed) for kind, listed in kinds.items() if kind != "neutral"},
        neutral=tuple(kinds.get("neutral", ())),
        status={member(MailKind, kind, "[status]"): tuple(phrases) for kind, phrases in table.get("status", {}).items()},
        track_links=tuple(links.get("track", ())),
        fillers=tuple(words.get("fillers", ())),
        number_words=tuple(words.get("number", ())),
        stop_words=tuple(words.get("stop", ())),
        ahead=tuple(words.get("ahead", ())),
        done=tuple(words.get("done", ())),
        behind=tuple(words.get("behind", ())),
        dated=tuple(words.get("dated", ())),
        sent_by=tuple(words.get("from", ())),
        on_delivery=tuple(words.get("on_delivery", ())),
        amount_words=tuple(words.get("amount", ())),
        shipment_total=tuple(words.get("shipment_total", ())),
        taken_over=tuple(words.get("taken_over", ())),
        not_words=tuple(words.get("not", ())),
        number_endings=tuple(words.get("endings", ())),
        quoted=Quoted(**quoted),
        dates=_dates(table.get("dates", {})),
        numbers=_numbers(table.get("numbers", {})),
        examples=tuple(Example(text=example["text"], expect=example["expect"]) for example in table.get("examples", ())),
    )


def _inflected(table: Mapping[str, Any]) -> Mapping[str, Any]:
    """The table with every phrase in all its forms."""
    endings = table.get("endings", {})

    def written_out(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: written_out(inner) for key, inner in value.items()}
        if isinstance(value, list) and all(isinstance(phrase, str) for phrase in value):
            return list(dict.fromkeys(form for phrase in value for form in forms(clean(phrase), endings)))
        return value

    return {key: written_out(value) if key in _INFLECTED else _cleaned(value, key) for key, value in table.items()}


def _cleaned(value: Any, key: str) -> Any:
    """Words without characters that nobody sees, which a mail's text has not either; examples stay as they are."""
    if key == "examples":
        return value
    if isinstance(value, dict):
        return {name: _cleaned(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_cleaned(inner, key) for inner in value]
    return clean(value) if isinstance(value, str) else value


def _with_sums(labels: Mapping[str, Any], words: Mapping[str, Any]) -> dict[str, Any]:
    """The labels, with those of sums that only some mails take for the total among other sums."""
    own = (labels.get("other_amount", ()), words.get("on_delivery", ()), words.get("shipment_total", ()))
    return {**labels, "other_amount": [*dict.fromkeys(chain(*own))]}


def _phrases(table: Mapping[str, Any], keys: frozenset[str], where: str) -> dict[str, tuple[str, ...]]:
    known(table, keys, where)
    for key, phrases in table.items():
        if not isinstance(phrases, list) or not all(isinstance(phrase, str) and phrase.strip() for phrase in phrases):
            msg = f"{where} {key}: a list of phrases is wanted"
            raise WrongEntryError(msg, key)
    return {key: tuple(phrases) for key, phrases in table.items()}


def _dates(table: Mapping[str, Any]) -> DateWords:
    lists = ("today", "tomorrow", "yesterday", "until", "between", "day", "year")
    known(table, {"order", "month_first", "months", "weekdays", "solar_months", *lists}, "[dates]")
    months = tuple(tuple(names) for names in table.get("months", ()))
    solar_months = tuple(tuple(names) for names in table.get("solar_months", ()))
    weekdays = tuple(tuple(names) for names in table.get("weekdays", ()))
    order = table.get("order", "dmy")
    if len(months) != 12 or len(solar_months) not in {0, 12} or len(weekdays) != 7 or order not in {"dmy", "mdy", "ymd"}:  # noqa: PLR2004  # a year, a week
        msg = "[dates]: 12 months, 7 weekdays from Monday and order dmy, mdy or ymd are wanted"
        raise WrongEntryError(msg, "dates")
    words = {key: tuple(table.get(key, ())) for key in lists}
    month_first = bool(table.get("month_first", order == "mdy"))
    return DateWords(order=order, month_first=month_first, months=months, weekdays=weekdays, solar_months=solar_months, **words)


def _numbers(table: Mapping[str, Any]) -> Numbers:
    known(table, {"decimal", "group"}, "[numbers]")
    return Numbers(decimal=table["decimal"], group=tuple(table["group"]))
