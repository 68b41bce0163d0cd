"""Features: the named reasons for a value, pooled from wherever it stands."""

from __future__ import annotations

from string import ascii_uppercase
from typing import TYPE_CHECKING

from orderparse.document.model import RegionKind
from orderparse.mentions import MentionKind
from orderparse.readers import tense
from orderparse.roles import AmountRole, DateRole, Role
from orderparse.slotted import dataclass, field
from orderparse.text.fold import bare
from orderparse.text.patterns import lazy
from orderparse.text.wordlike import wordlike

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orderparse.mentions import Mention, Page
    from orderparse.readers.evidence import Evidence

_PLAIN = lazy(r"[\W_]")
_SIGN_N = lazy(r"N[0-9]{3,}")
_YEAR = lazy(r"(?:19[89]\d|20[0-4]\d)(?:[-/.](?:0[1-9]|1[0-2]))?")  # or a month of it: "2024-06"
_CLAUSE_END = lazy(r"[.!?;:)]+(?:\s|\Z)|\n|\Z")
_MASK = lazy(r"X{3}|\*{3}")  # digits that somebody made unreadable
_SHORT = 3
_ROUND = 50  # sums and counts are multiples of it
_SHORTEST_TRACKED = 6  # characters: carriers number by the million
_LONGEST_BOOKING = 7  # characters: a passenger name record has six
_TRACKED = frozenset({Role.TRACKING_NUMBER.value, Role.SHIPMENT_NUMBER.value})
_SHAPES_OF_SHOP = frozenset({"merchant_shape", "merchant_shape_grouped"})
# What was done, and what it cost: a later mail does not change it.
_LASTING = frozenset({DateRole.ORDER, DateRole.PAYMENT, DateRole.INVOICE, AmountRole.TOTAL})
_LABELS = frozenset({"goods_column", "label", "label_above", "column_heading", "row_heading"})
_LONG = 5  # characters
_NAMES_ORDER = frozenset(
    {"label", "noun", "noun_number", "subject_label", "subject_noun", "subject_noun_number", "wording", "subject_wording"}
)
_PAST = frozenset({DateRole.ORDER, DateRole.PAYMENT, DateRole.DELIVERED, DateRole.INVOICE})
# Evidence that a value stands in the open, not only in the address of a link.
_LINK_FEATURES = frozenset(
    {"merchant_link", "carrier_link", "own_carrier_link", "carrier_link_loose", "own_parameter", "parameter"}
    | {"own_path", "own_path_shown", "carrier_path", "path", "path_shown", "track_link"}
)
# Evidence that the mail itself calls a number its order.
_OWN_FEATURES = frozenset(
    {"label", "label_near", "label_above", "column_heading", "row_heading", "noun", "noun_line", "noun_number", "wording"}
    | {"subject_label", "subject_noun", "subject_noun_number", "merchant_subject"}
)


@dataclass(slots=True, kw_only=True)
class Pool:
    """One value with all that speaks for and against it.

    ``roles`` maps a role to its features and the note of each; ``context`` holds the features of the value itself.
    """

    kind: MentionKind
    key: str
    mentions: list[Mention]
    roles: dict[str, dict[str, str]] = field(default_factory=dict)
    context: dict[str, str] = field(default_factory=dict)


def pools(page: Page, evidence: Iterable[Evidence]) -> list[Pool]:
    """Evidence pooled by value, in the order in which the values first stand."""
    found: dict[tuple[str, ...], Pool] = {}
    by_mention: dict[int, list[Evidence]] = {}
    for item in evidence:
        by_mention.setdefault(item.mention.ident, []).append(item)
    for index, items in by_mention.items():
        mention = page.mentions[index]
        key = (mention.kind.value, _key(mention), *_statement(mention, items))
        pool = found.get(key)
        if pool is None:
            pool = found[key] = Pool(kind=mention.kind, key=key[1], mentions=[])
        for item in items:
            pool.roles.setdefault(item.role, {}).setdefault(item.feature, item.note)
        if mention.kind is not MentionKind.CODE:
            pool.mentions.append(mention)
    for mention in page.mentions:
        if mention.kind is MentionKind.CODE:
            pool = found.get((mention.kind.value, _key(mention)))
            if pool is not None:
                pool.mentions.append(mention)
    names = _names(page)
    for pool in found.values():
        _place(page, pool)
        if pool.kind is MentionKind.CODE and bare(pool.key) in names:
            pool.roles.clear()
        if _NAMES_ORDER & pool.roles.get(Role.ORDER_NUMBER, {}).keys():
            # "Order 4821" in the subject, "please quote 4821" in the text: one number, and the order's.
            for role in (Role.REFERENCE, Role.INVOICE_NUMBER):
                pool.roles.pop(role, None)
        if _SHAPES_OF_SHOP & pool.roles.get(Role.ORDER_NUMBER, {}).keys() and Role.INVOICE_NUMBER in pool.roles:
            # A shop that numbers its orders as its invoices, and calls them so.
            pool.roles[Role.ORDER_NUMBER].update(pool.roles.pop(Role.INVOICE_NUMBER))
        if pool.kind is MentionKind.CODE:
            _shape(page, pool)
        elif pool.kind is MentionKind.DATE:
            _time(page, pool)
    _beside_shown(found.values())
    _of_quoted_order(page, found.values())
    for pool in found.values():
        if pool.kind is MentionKind.CODE and _SIGN_N.fullmatch(pool.key):  # "N2207" is "No. 2207" where 2207 stands too
            plain = found.get((pool.kind.value, pool.key[1:]))
            own = pool.roles.get(Role.ORDER_NUMBER, {}).keys()
            # Not where the N has a label itself, or the digits stand in a link alone: then it is a letter of the number.
            if plain is not None and _LABELS & plain.roles.get(Role.ORDER_NUMBER, {}).keys() and not _LABELS & own:
                pool.roles.clear()
    return sorted(found.values(), key=lambda pool: pool.mentions[0].ident)


def _names(page: Page) -> set[str]:
    """Words with digits of the names of those who send: "Gear4music" is no number."""
    sender = page.document.message.sender
    who = [party.name for party in (page.parties.merchant, page.parties.named_merchant, page.parties.carrier) if party is not None]
    said = " ".join((*who, sender.name if sender is not None else ""))
    return {bare(word) for word in said.split() if any(char.isdigit() for char in word) and any(char.isalpha() for char in word)}


def _statement(mention: Mention, items: list[Evidence]) -> tuple[str, ...]:
    """A code is one thing wherever it stands; one day or one sum may be said of several things, each on its own."""
    if mention.kind is MentionKind.CODE:
        return ()
    return tuple(sorted({item.role for item in items}))


def _key(mention: Mention) -> str:
    if mention.code is not None:
        return _PLAIN.sub("", mention.code.value).upper() or mention.code.value
    if mention.date is not None:
        best = mention.date.readings[0]
        return f"{best.first}/{best.last or ''}"
    assert mention.amount is not None  # noqa: S101  # a mention holds one of three
    return f"{mention.amount.values[0].normalize():f}"


def _place(page: Page, pool: Pool) -> None:
    regions = {page.line_of(mention).region for mention in pool.mentions}
    sources = {page.line_of(mention).source for mention in pool.mentions}
    lines = {mention.line for mention in pool.mentions if page.visible(mention)}
    shown = regions - {RegionKind.HIDDEN, RegionKind.LINK, RegionKind.MARKUP}
    if not shown:
        if regions <= {RegionKind.HIDDEN}:
            pool.context["hidden_only"] = ""
        elif RegionKind.MARKUP not in regions:
            features = {feature for features in pool.roles.values() for feature in features}
            pool.context["link_only" if features & _LINK_FEATURES else "stray_link"] = ""
    elif shown == {RegionKind.QUOTED}:
        pool.context["quoted_only"] = ""
    if {"html", "plain"} <= sources:
        pool.context["both_parts"] = ""
    if RegionKind.SUBJECT in shown and len(shown) > 1:
        pool.context["subject_and_body"] = ""
    if len(lines) > 1:
        pool.context["repeated"] = ""
    if RegionKind.LINK in regions and shown and Role.OTHER not in pool.roles:  # not in the link of a campaign
        pool.context["linked"] = ""
    if page.parties.impostor:
        pool.context["impostor"] = ""


def _beside_shown(pools: Iterable[Pool]) -> None:
    """An order number in links alone may be a part of the order that is shown; one in a quoted mail is that mail's."""
    codes = [pool for pool in pools if pool.kind is MentionKind.CODE and Role.ORDER_NUMBER in pool.roles]
    if any("quoted_only" not in pool.context and _OWN_FEATURES & pool.roles[Role.ORDER_NUMBER].keys() for pool in codes):
        for pool in codes:
            if "quoted_only" in pool.context:
                pool.context["quoted_beside_own"] = ""
    if any("link_only" not in pool.context and _OWN_FEATURES & pool.roles[Role.ORDER_NUMBER].keys() for pool in codes):
        for pool in codes:
            if "link_only" in pool.context:
                pool.context["link_only_beside_shown"] = ""


def _of_quoted_order(page: Page, pools: Iterable[Pool]) -> None:
    """What a quoted mail says of the past of an order that the mail itself is about, as an answer to a confirmation is, still holds."""
    orders = [pool for pool in pools if pool.kind is MentionKind.CODE and Role.ORDER_NUMBER in pool.roles]
    if any("quoted_beside_own" in pool.context for pool in orders):
        return
    if not any(page.line_of(mention).region is RegionKind.QUOTED for pool in orders for mention in pool.mentions):
        return
    for pool in pools:
        if "quoted_only" in pool.context and pool.roles and pool.roles.keys() <= _LASTING:
            del pool.context["quoted_only"]
            pool.context["quoted_of_order"] = ""


def _shape(page: Page, pool: Pool) -> None:
    value = pool.key
    context = pool.context
    if value.isalpha():
        # Nine capitals are how PrestaShop numbers orders, words or not.
        of_shop = bool(_SHAPES_OF_SHOP & pool.roles.get(Role.ORDER_NUMBER, {}).keys())
        context["wordlike" if wordlike(value) and not of_shop else "letters_only"] = ""
        if all(_in_phrase(page, mention) for mention in pool.mentions):
            context["label_word"] = ""
    elif len(value) <= _SHORT and not _told_short(page, pool):
        context["short"] = ""
    if len(value) < _SHORT and not _named(pool, "number", "label", "markup"):
        context["tiny"] = ""
    if len(value) < _SHORTEST_TRACKED and pool.roles.keys() & _TRACKED:
        if pool.roles.keys() - _TRACKED:  # a word for orders that means parcels in another language
            for role in _TRACKED:
                pool.roles.pop(role, None)
        else:
            context["too_short"] = ""
    if Role.BOOKING_REFERENCE in pool.roles and len(value) <= _LONGEST_BOOKING:  # a "localizador" is of a parcel or of a flight
        for role in _TRACKED:
            pool.roles.pop(role, None)
    shop = page.parties.merchant
    ordered = pool.roles.get(Role.ORDER_NUMBER, {})
    labelled = _LABELS & ordered.keys() and len(value) >= _LONG  # a shop may have begun to number otherwise
    if shop is not None and shop.order_number is not None and not shop.order_number.weak and ordered and not labelled:
        written = [mention.code.value for mention in pool.mentions if mention.code is not None]
        if not any(shop.order_number.allows(number) for number in written):
            context["other_shape"] = shop.name
    if _MASK.search(value):
        context["masked"] = ""
    if all(mention.code is not None and _YEAR.fullmatch(mention.code.value) for mention in pool.mentions):
        context["year"] = ""
    seen = [mention for mention in pool.mentions if page.line_of(mention).region not in {RegionKind.LINK, RegionKind.MARKUP}]
    if seen and all(_within(page, mention, MentionKind.DATE) for mention in seen):
        context["date_like"] = ""
    elif seen and all(_within(page, mention, MentionKind.AMOUNT) and not _signed(page, mention) for mention in seen):
        context["amount_like"] = ""
    if seen and all(mention.code is not None and not mention.code.joined and _in_group(page, mention) for mention in seen):
        context["inside_group"] = ""
    dialled = "shape_phone" in pool.roles.get(Role.PHONE, {})
    if seen and not dialled and all(mention.code is not None and mention.code.joined and not _regular(page, mention) for mention in seen):
        context["irregular_group"] = ""


def _told_short(page: Page, pool: Pool) -> bool:
    """Whether a short number is named as a number, not as a count ("order 200 pieces"): by a label, a sign, or as the last of a clause."""
    if _named(pool, "number", "label", "markup", "hash", "sign_") or _behind_sign(page, pool):
        return True
    if len(pool.key) < _SHORT:
        return False
    if _named(pool, "wording"):
        return True
    round_sum = pool.key.isdigit() and int(pool.key) % _ROUND == 0  # "for any order from 500"
    folded = page.document.folded
    return _named(pool, "noun") and not round_sum and any(_CLAUSE_END.match(folded, mention.span.end) for mention in pool.mentions)


def _behind_sign(page: Page, pool: Pool) -> bool:
    """Whether a number is written with a number sign: Basque "zure #918 eskaera"."""
    return any(page.document.text[mention.span.start - 1] in "#№" for mention in pool.mentions if mention.span.start)


def _named(pool: Pool, *words: str) -> bool:
    """Whether a feature of the pool has one of the words in its name."""
    return any(word in feature for features in pool.roles.values() for feature in features for word in words)


def _time(page: Page, pool: Pool) -> None:
    """What has happened cannot lie behind the mail's own date; what is expected does not lie long before it."""
    sent, day = page.document.message.sent, pool.mentions[0].date
    if sent is None or day is None:
        return
    days = (day.readings[0].first - sent.date()).days
    # "Delivered Thursday" of a Thursday to come; not "we brought it on Thursday"
    if days > 0 and DateRole.DELIVERED in pool.roles and not tense.is_over(page, pool.mentions[0]):
        told = pool.roles.pop(DateRole.DELIVERED)
        pool.roles[DateRole.DELIVERY_ESTIMATE] = {**told, **pool.roles.get(DateRole.DELIVERY_ESTIMATE, {})}
    past = pool.roles.keys() & _PAST
    if days > 1 and past == pool.roles.keys():
        if day.form != "weekday":  # "on Thursday" was the last one then
            pool.context["not_yet"] = ""
    elif days > 1:
        for role in past:
            del pool.roles[role]  # "thank you for your order, which we will ship by 14 March"
    elif days < -2 and DateRole.DELIVERY_ESTIMATE in pool.roles:  # noqa: PLR2004  # zones, and mails sent late
        pool.context["long_past"] = ""


def _signed(page: Page, mention: Mention) -> bool:
    """Whether a number sign stands right before a mention: "#KR10482" is no sum of crowns."""
    return page.document.text[max(mention.span.start - 1, 0)] in {"#", "№"}


def _in_phrase(page: Page, mention: Mention) -> bool:
    """Whether a word in capitals is a label itself: "TOTAL"; what stands in the hole of a kind is none."""
    return any(
        match.span.holds(mention.span) and not all(meaning.section == "kind" and meaning.rest for meaning in match.meanings)
        for match in page.line_phrases.get(mention.line, ())
    )


def _within(page: Page, mention: Mention, kind: MentionKind) -> bool:
    return any(
        other.kind is kind
        and other.span.overlaps(mention.span)
        and other.span.size >= mention.span.size - 1
        and (other.date is None or other.date.form != "compact")  # eight digits are a number first
        for other in page.line_mentions[mention.line]
    )


def _in_group(page: Page, mention: Mention) -> bool:
    return any(
        other.code is not None and other.code.joined and other.span.holds(mention.span) and _regular(page, other)
        for other in page.line_mentions[mention.line]
    )


def _regular(page: Page, mention: Mention) -> bool:
    """Whether a number in groups is grouped as people group numbers: even groups, or a known format."""
    assert mention.code is not None  # noqa: S101  # only codes are joined
    groups = page.document.text[mention.span.slice].split()
    groups[0] = groups[0].lstrip(ascii_uppercase).lstrip("-") or groups.pop(1)  # the letters of "TK-884 201 937"
    sizes = [len(group) for group in groups]
    if len(set(sizes[:-1])) == 1 and sizes[-1] <= sizes[0] and sizes[0] > 1 and (len(sizes) > 2 or sizes[0] > 2):  # noqa: PLR2004
        return True
    if len(sizes) > 2 and mention.code.value.isdigit() and (set(sizes[1:]) == {3} or _stands_alone(page, mention)):  # noqa: PLR2004
        return True
    plain = _PLAIN.sub("", mention.code.value).upper()
    return any(match.check is not False and match.format.tier in {"distinctive", "context"} for match in page.knowledge.formats.of(plain))


def _stands_alone(page: Page, mention: Mention) -> bool:
    """Whether a mention is all that its cell or line holds, or all behind a colon."""
    cells = (cell.span for cell in page.line_cells.get(mention.line, ()) if cell.span.holds(mention.span))
    place = next(cells, page.line_of(mention).span)
    text = page.document.text
    before, behind = text[place.start : mention.span.start].rstrip(), text[mention.span.end : place.end]
    return (not before or before.endswith((":", "#", "\uff1a"))) and not behind.strip(" .")
