"""Whether a mail is what it claims to be: a probability from its sender, its links, its numbers and its wording together.

The weights are log-odds that a person judged; nothing here is fitted. They say of what a mail claims, so a mail that claims
nothing that anybody would forge is believed.
"""

from __future__ import annotations

import re
from math import exp
from typing import TYPE_CHECKING, Final

from orderparse.assemble import lookalikes, signs
from orderparse.assemble.disagreements import mismatched
from orderparse.document.model import RegionKind
from orderparse.languages.vocabulary import NAMING
from orderparse.mentions import MentionKind
from orderparse.parties import MAIL_PROVIDERS
from orderparse.records import Genuine
from orderparse.text.fold import bare, fold
from orderparse.text.patterns import lazy
from orderparse.text.pieces import cut
from orderparse.values.links import registrable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orderparse.assemble.lookalikes import Brands
    from orderparse.mentions import Page
    from orderparse.records import Address

_DOUBTFUL: Final = 0.8
_KNOWN_WORDS: Final = 0.15  # what the wording counts where the sender is known
_WORDS_NEED: Final = 0.35  # what a little of the wording counts where the links are the sender's own
_MANY: Final = 3  # kinds of wording
_ADDRESS: Final = lazy(r"(?:[^\s<>()\"',;:@]{1,80}@)?(?<![\w.-])((?:[\w-]{1,63}\.){1,8}[a-z]{2,24})(?![\w-])", re.IGNORECASE)
_HIDDEN_FOLDER: Final = frozenset({"wp-content", "wp-includes", "wp-admin", ".well-known"})
_IP: Final = lazy(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}|0x[0-9a-f]{1,8}|[0-9]{8,10}")
_HOST: Final = lazy(r"(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,18}")
_SEEN: Final = frozenset({RegionKind.SUBJECT, RegionKind.BODY, RegionKind.FORWARDED})
_LINKS: Final = 300  # that are looked at
_PHONE: Final = lazy(r"(?<![0-9a-z])(?:\+|0|1-)[0-9 ()/.-]{7,18}[0-9](?![0-9a-z])")
_TEXT: Final = 40_000  # characters
_LAST_LINES, _SIGNATURE = 12, 40  # among which and within which a mail is signed: lines, characters
_LONG: Final = 8
_LONGEST_HOST: Final = 400  # characters, with a user before it
_USER_END: Final = lazy(r"[/?#\\]")
_SHORT: Final = 5


def of(page: Page) -> Genuine:
    """How sure it is that a page is what it claims to be, and why."""
    reasons = tuple(_reasons(page))
    score = sum(weight for _, weight in reasons)
    return Genuine(confidence=1 / (1 + exp(-score)), reasons=tuple(sorted(reasons, key=lambda reason: -abs(reason[1]))))


def doubtful(found: Genuine) -> bool:
    """Whether a mail may well be none of whom it claims to be from: hardly any genuine one is so unsure."""
    return found.confidence < _DOUBTFUL


def _reasons(page: Page) -> Iterator[tuple[str, float]]:
    who, message = page.parties, page.document.message
    known = who.merchant is not None or bool(who.senders)
    direct = who.sender is not None and who.sender == message.sender
    brands = lookalikes.brands(page.knowledge.merchants, page.knowledge.lines)
    seen = "\n".join(page.document.folded[line.span.slice] for line in page.document.lines if line.region in _SEEN)
    words = set(page.knowledge.scams.said(seen))
    if "unknown" in words and ("phone" in words or _PHONE.search(seen[:_TEXT])):
        words.add("call")
    words -= {"unknown", "phone"}
    claims = _Claims(page, brands, worded=bool(words))
    told: list[str] = ["bias"]
    if message.authentication.dmarc == "fail":
        told.append("authentication_failed")
    elif message.authentication.dmarc == "pass" and direct:
        told.append("authenticated")
    if any(defect.code == "sender_ambiguous" and not defect.detail for defect in message.defects):
        told.append("several_senders_of_brand" if known or claims.codes else "several_senders")
    if known:
        told.append("sender_known" if direct else "sender_known_inside")
    elif who.sender is not None:
        told += _of_sender(page, who.sender, claims)
    links = list(_of_links(page, claims, known=known))
    told += links
    yield from ((name, signs.WEIGHTS[name]) for name in dict.fromkeys(told))
    if not known:
        yield from ((name, signs.WEIGHTS[name]) for name in claims.numbers())
    share = _KNOWN_WORDS if known and direct else 1.0
    strong = len(words) >= _MANY or (claims.others and words & {"call", "account"})
    unlinked = not page.document.links and not claims.codes and "call" not in words  # nothing to press, nobody to ring
    if not known and not strong and (unlinked or ("links_of_sender" in links and not claims.codes)):
        share = _WORDS_NEED
    together = set(words)
    if claims.signed and len(words) > 1 and not known:
        together.add("signed_by_another")
    if {"held", "fee"} <= words:
        together.add("held_for_fee")
    if {"held", "confirm"} <= words:
        together.add("held_for_data")
    if {"held", "urgent"} <= words:
        together.add("held_and_urgent")
    if not known and claims.others and share == 1.0:
        together.update(f"{word}_for_another" for word in ("call", "account") if word in words)
    yield from ((name, round(signs.WEIGHTS[name] * share, 4)) for name in sorted(together))


class _Claims:
    """Whom a mail claims to come from: brands by their codes."""

    def __init__(self, page: Page, brands: Brands, *, worded: bool) -> None:
        self.page, self.brands, self.worded = page, brands, worded
        sender = page.parties.sender
        name = sender.name if sender is not None else ""
        self.exact, self.held = _named(page, name)
        self.disguised = brands.of_name(name) - self.exact - self.held
        self.likeness = brands.likeness(sender.domain) if sender is not None and sender.domain else {}
        subject = page.document.lines[0].span if page.document.lines else None
        self.subject: set[str] = set()
        self.body: set[str] = set()
        for match in page.phrases:
            for meaning in match.meanings:
                if meaning.section in {"merchant", "carrier"}:
                    inside = subject is not None and match.span.start < subject.end
                    (self.subject if inside else self.body).add(f"{meaning.section}:{meaning.key}")

        self.signed: set[str] = set()
        known = page.parties.merchant is not None or bool(page.parties.senders)
        for line in [line for line in page.document.lines if line.region in _SEEN][-_LAST_LINES:] if not known else ():
            if line.span.size <= _SIGNATURE:
                self.signed |= _core(page, page.document.folded[line.span.slice])[1]
        self.body |= self.signed
        self.signed = {code for code in self.signed if self.likeness.get(code) != "same"}

    @property
    def codes(self) -> set[str]:
        """Brands that the mail bears as its own."""
        like = {code for code, how in self.likeness.items() if how not in {"part", "near"} or code in self.named}
        return {*self.exact, *self.held, *self.disguised, *like}

    @property
    def named(self) -> set[str]:
        """Brands that stand anywhere in the mail."""
        return {*self.exact, *self.held, *self.disguised, *self.subject, *self.body}

    @property
    def others(self) -> bool:
        """Whether a shop or a payment service is named for which the sender cannot speak."""
        return any(code.startswith("merchant:") and self.likeness.get(code) != "same" for code in self.named)

    def owns(self, host: str) -> bool:
        """Whether a host belongs to a brand that the mail bears or names in its subject."""
        return bool(_owners(self.page, host) & (self.codes | self.subject))

    def numbers(self) -> set[str]:
        """Whether numbers have the form of the carriers that the mail bears, or only nearly."""
        own = {code.removeprefix("carrier:") for code in self.codes | self.subject if code.startswith("carrier:")}
        carriers = own | {code.removeprefix("carrier:") for code in self.body if code.startswith("carrier:")}
        values = {mention.code.value for mention in self.page.mentions if mention.kind is MentionKind.CODE and mention.code is not None}
        checks = {
            match.check
            for value in sorted(value for value in values if len(value) >= _LONG)[:50]
            for match in (self.page.knowledge.formats.of(value) if carriers else ())
            if match.carrier in own or (match.check and match.carrier in carriers)  # a shop that sends with one has other numbers, too
        }
        return {"number_fits"} if True in checks else {"number_misfits"} if False in checks else set()


def _named(page: Page, name: str) -> tuple[set[str], set[str]]:
    """Brands that a display name is, but for words such as "Support", and those that it holds besides other words."""
    core, exact = _core(page, fold(name[:200]))
    held: set[str] = set()
    if not core:
        return exact, held
    for match in page.knowledge.phrases.find(cut(fold(name[:200])))[NAMING]:
        for meaning in match.meanings:
            if meaning.section in {"merchant", "carrier"}:
                (exact if len(bare(core)) <= match.span.size + 1 else held).add(f"{meaning.section}:{meaning.key}")
    return exact, held - exact


def _core(page: Page, folded: str) -> tuple[str, set[str]]:
    """A name without words such as "Support", and the brands that are called so."""
    words = [
        word for word in folded.replace("(", " ").split() if "." not in word and bare(word) not in signs.ROLES and not bare(word).isdigit()
    ]
    core = " ".join(words).strip(" -,|:\u00a9")
    if not core:
        return "", set()
    shop = page.knowledge.merchants.of_name(core)
    found = {f"carrier:{line.code}" for line in page.knowledge.lines.of_name(core)}
    return core, found | {f"merchant:{shop.code}"} if shop is not None else found


def _owners(page: Page, host: str) -> set[str]:
    shop = page.knowledge.merchants.of_domain(host)
    lines = (*page.knowledge.lines.of_host(host), *page.knowledge.lines.of_domain(host))
    return (
        {f"merchant:{shop.code}"}
        if shop is not None and not lines
        else {f"carrier:{line.code}" for line in lines} | ({f"merchant:{shop.code}"} if shop is not None else set())
    )


def _of_sender(page: Page, sender: Address, claims: _Claims) -> Iterator[str]:
    """What speaks for and against a sender whose domain is no known one."""
    domain = registrable(sender.domain)
    free, cheap = domain in MAIL_PROVIDERS, domain.rpartition(".")[2] in signs.CHEAP
    how = set(claims.likeness.values())
    same = {code for code, likeness in claims.likeness.items() if likeness == "same"}
    if page.parties.impostor:
        yield "impostor"
    if claims.exact - same and not claims.exact & same:
        yield "name_of_another"
    elif claims.held and not claims.held & same:
        yield "name_holds_another"
    if claims.disguised:
        yield "name_disguised"
    for match in _ADDRESS.finditer(sender.name[:300]):
        if registrable(match[1].lower()) != domain:
            yield "address_of_another_in_name" if _owners(page, match[1].lower()) else "another_address_in_name"
            break
    bearing = claims.named if claims.worded else claims.named - claims.body
    named = {code for code, likeness in claims.likeness.items() if likeness in {"below", "word", "part"} and code in bearing}
    near = any(
        likeness == "near" and (code in claims.named or len(domain.partition(".")[0]) > _SHORT)
        for code, likeness in claims.likeness.items()
    )
    if "disguised" in how and not same:
        yield "domain_disguised"
    elif near and not same:
        yield "domain_near"
    elif named and not same:
        yield "domain_below" if any(claims.likeness[code] == "below" for code in named) else "domain_with_name"
    if lookalikes.mixes_scripts(sender.domain):
        yield "domain_mixes_scripts"
    if free:
        local = bare(sender.address.rpartition("@")[0])
        bears = any(local.startswith(bare(name)) or local.endswith(bare(name)) for name in _names(page, claims.named))
        yield "free_mailbox_for_brand" if bears or claims.exact | claims.held | claims.disguised else "free_mailbox"
    elif cheap:
        yield "cheap_domain"
    reply = page.document.message.reply_to
    if reply is not None and registrable(reply.domain) in MAIL_PROVIDERS and registrable(reply.domain) != domain:
        yield "reply_elsewhere"
    if not (free or cheap or claims.likeness or claims.codes) and _is_named_so(sender.name, domain):
        yield "name_of_domain"
    if (
        claims.subject - same
        and not (claims.exact or claims.held)
        and not any(claims.owns(link.url.host) for link in page.document.links[:_LINKS])
    ):
        yield "speaks_for_another"


def _is_named_so(name: str, domain: str) -> bool:
    """Whether a shop writes under its own name from its own domain: "Iron Spruce Games" from ironspruce.games."""
    told, owned = bare(fold(name[:200])), bare(domain.partition(".")[0])
    return min(len(told), len(owned)) > _SHORT and (told.startswith(owned) or owned.startswith(told))


def _names(page: Page, codes: set[str]) -> Iterator[str]:
    for code in codes:
        kind, _, key = code.partition(":")
        one = page.knowledge.merchants.by_code.get(key) if kind == "merchant" else page.knowledge.carriers.get(key)
        if one is not None and len(bare(one.name)) > 2:  # noqa: PLR2004  # "HP" is in too many names
            yield one.name


def _of_links(page: Page, claims: _Claims, *, known: bool) -> Iterator[str]:
    """What the links tell; of a known sender only what no such sender does."""
    sender = page.parties.sender
    own = registrable(sender.domain) if sender is not None else ""
    hosts = {link.url.host: link.url for link in page.document.links[:_LINKS]}
    others: dict[str, set[str]] = {}
    for host in hosts:
        if registrable(host) not in signs.FURNITURE or _owners(page, host) & claims.codes:
            others[host] = _owners(page, host)
    if any(_IP.fullmatch(host) for host in others):
        yield "link_to_number"
    for link in page.document.links[:_LINKS]:
        user = _USER_END.split(link.url.text.partition("://")[2][:_LONGEST_HOST], maxsplit=1)[0].lower().rpartition("@")[0]
        if user and (claims.codes or any(_owners(page, host[0]) for host in _HOST.finditer(user))):
            yield "link_with_user"
            break
    for shown, target in mismatched(page):
        owners = _owners(page, shown)
        if owners and not owners & _owners(page, target):
            yield "link_mismatch_brand"
            break
    for host, owners in others.items():
        if not owners and registrable(host) != own:
            like = claims.brands.likeness(host)
            if "disguised" in like.values() or any(how != "same" and code in claims.named for code, how in like.items()):
                yield "link_disguised"
                break
    if known:
        return
    if any(registrable(host) in signs.SHORTENERS for host in others):
        yield "link_shortened"
    if any(host.endswith(signs.FREE_SITES) for host in others):
        yield "link_free_site"
    if any(registrable(host).rpartition(".")[2] in signs.CHEAP and registrable(host) != own for host in others):
        yield "link_cheap_domain"
    if any(_HIDDEN_FOLDER & set(url.segments) for url in (link.url for link in page.document.links[:_LINKS])):
        yield "link_in_hidden_folder"
    stranger = [host for host, owners in others.items() if not owners and registrable(host) != own]
    if any(registrable(host) == own for host in others):
        yield "links_of_sender"
    elif others and not stranger and any(owners & claims.codes for owners in others.values()):
        yield "links_of_claimed"  # and nowhere else: whoever wrote it, it takes nobody in
    elif stranger and (sender is not None or claims.codes):
        yield "links_elsewhere"  # what has no sender, such as a saved page, has no elsewhere either
