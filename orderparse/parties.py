"""Parties: who sent a mail, which carriers and shops it names and links to.

A name proves nothing: a domain is compared by whole labels, and a sender that bears a
known brand's name without its domain or a link to it is an impostor.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING, Final

from orderparse.document.model import RegionKind
from orderparse.languages.vocabulary import NAMING
from orderparse.records import Address
from orderparse.slotted import dataclass
from orderparse.text.fold import bare, fold
from orderparse.text.pieces import cut
from orderparse.values.links import registrable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from orderparse.carriers import Carrier
    from orderparse.document.model import Document, Line
    from orderparse.knowledge import Knowledge
    from orderparse.languages.vocabulary import Phrase
    from orderparse.mail.model import Message
    from orderparse.merchants import Merchant
    from orderparse.text.phrases import PhraseMatch

# Country-code domains that are sold as words (IANA root zone: they belong to countries, but say nothing of them).
_GENERIC_COUNTRY_DOMAINS = frozenset({"ai", "cc", "co", "eu", "fm", "io", "me", "nu", "to", "tv", "ws"})

# Domains where each mailbox is somebody else's: a sender there is a person, or one who does not want to be known.
MAIL_PROVIDERS: Final = frozenset(
    (  # noqa: SIM905  # as in html_elements
        "126.com 163.com abv.bg alice.it aol.com aon.at att.net azet.sk bellsouth.net bigpond.com bluewin.ch "
        "bol.com.br bredband.net btinternet.com centrum.cz citromail.hu comcast.net comhem.se cox.net daum.net docomo.ne.jp "
        "eircom.net email.cz ezweb.ne.jp fastmail.com free.fr freemail.hu freenet.de gmail.com gmx.at gmx.ch gmx.com "
        "gmx.de gmx.net googlemail.com hanmail.net hetnet.nl hinet.net home.se hotmail.co.uk hotmail.com hotmail.de hotmail.es "
        "hotmail.fr hotmail.it hotmail.se i.ua icloud.com iinet.net.au interia.pl kolumbus.fi kpnmail.nl laposte.net libero.it "
        "live.co.uk live.com live.nl live.se luukku.com mail.bg mail.com mail.dk mail.ru me.com msn.com nate.com "
        "naver.com ntlworld.com o2.pl onet.pl online.no optusnet.com.au orange.fr outlook.com outlook.de outlook.fr planet.nl "
        "plus.com proton.me protonmail.com qq.com rediffmail.com rogers.com sapo.pt saunalahti.fi sbcglobal.net seznam.cz "
        "sfr.fr shaw.ca sky.com skynet.be spray.se sympatico.ca t-online.de talktalk.net telenet.be telenor.no telia.com "
        "terra.com.br tiscali.it tutanota.com ukr.net uol.com.br verizon.net virgilio.it virginmedia.com wanadoo.fr web.de "
        "wp.pl xs4all.nl xtra.co.nz yahoo.co.jp yahoo.co.uk yahoo.com yahoo.com.br yahoo.de yahoo.es yahoo.fr yahoo.it yahoo.se "
        "yandex.com yandex.ru ymail.com ziggo.nl zoho.com"
    ).split()
)
_CREDIT_WORDS = 6  # of "Powered by", in any language, and a platform's name
# Domains that pass mails on under an address made for one sender each.
MAIL_RELAYS: Final = frozenset({"appleid.com", "duck.com", "mozmail.com"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """Who takes part in a mail.

    ``merchant`` and ``senders`` (carriers) are those whose domain the sender has; ``named_merchant`` is one that
    the sender's display name or the subject names. ``platform`` is what the shop runs on, if its mail shows that.
    ``carriers`` maps the codes of carriers that the mail names, links to or comes from, to how often.
    ``country`` is an ISO 3166 code or None.
    """

    sender: Address | None
    merchant: Merchant | None
    named_merchant: Merchant | None
    platform: Merchant | None
    linked_merchants: tuple[Merchant, ...]
    senders: tuple[Carrier, ...]
    named_carriers: Mapping[str, int]
    linked_carriers: frozenset[str]
    country: str | None
    impostor: bool

    def knows_carrier(self, code: str) -> bool:
        """Whether the mail comes from, links to or names the carrier."""
        return code in self.linked_carriers or code in self.named_carriers or any(carrier.code == code for carrier in self.senders)

    @property
    def carrier(self) -> Carrier | None:
        """The carrier whose mail it is; where several share a domain, one that the mail names."""
        return max(self.senders, key=lambda carrier: self.named_carriers.get(carrier.code, 0), default=None)

    @property
    def shop(self) -> Merchant | None:
        """The merchant whose numbers the mail may hold."""
        return self.merchant or self.named_merchant


def of(document: Document, phrases: Sequence[PhraseMatch[Phrase]], knowledge: Knowledge) -> Parties:
    """The parties of a document."""
    merchant: Merchant | None = None
    lines: tuple[Carrier, ...] = ()
    candidates = list(senders(document))
    sender = candidates[0] if candidates else None
    for candidate in candidates:
        merchant = knowledge.merchants.of_sender(candidate.address)
        lines = knowledge.lines.of_domain(candidate.domain)
        if merchant or lines:
            sender = candidate
            break
    linked_carriers: set[str] = set()
    linked_merchants: dict[str, Merchant] = {}
    for host in {link.url.host for link in document.links}:
        linked_carriers.update(carrier.code for carrier in knowledge.lines.of_host(host))
        shop = knowledge.merchants.of_domain(host)
        if shop is not None:
            linked_merchants[shop.code] = shop
    named = Counter(meaning.key for match in phrases for meaning in match.meanings if meaning.section == "carrier")
    named_shops, claims_carriers = _claims(sender, knowledge)
    claims_merchants = {code for code in named_shops if _is_claimed(sender, knowledge.merchants.by_code[code])}
    if merchant is None and not lines and sender is not None:
        claims_carriers |= _in_domain(sender.domain, knowledge)
    impostor = (
        merchant is None
        and not lines
        and bool(claims_merchants or claims_carriers)
        and not claims_carriers & linked_carriers
        and not claims_merchants & set(linked_merchants)
        and not _bears_name(sender, claims_merchants, claims_carriers, knowledge)
    )
    named_merchant = next((knowledge.merchants.by_code[code] for code in sorted(named_shops)), None) or _in_subject(
        document, phrases, knowledge
    )
    return Parties(
        sender=sender,
        merchant=merchant,
        named_merchant=named_merchant,
        platform=_platform(document, phrases, merchant, linked_merchants.values(), knowledge),
        linked_merchants=tuple(linked_merchants[code] for code in sorted(linked_merchants)),
        senders=lines,
        named_carriers=named,
        linked_carriers=frozenset(linked_carriers),
        country=(merchant and sender and merchant.country(sender.domain)) or _country(sender.domain if sender else "") or _home(lines),
        impostor=impostor,
    )


def _platform(
    document: Document,
    phrases: Sequence[PhraseMatch[Phrase]],
    merchant: Merchant | None,
    linked: Iterable[Merchant],
    knowledge: Knowledge,
) -> Merchant | None:
    """What the shop runs on: its mails come from there, have the layout of its templates, link there or give it credit."""
    if merchant is not None:  # a shop with a file needs no guess
        return merchant if merchant.kind == "platform" else None
    platforms = [shop for shop in linked if shop.kind == "platform"]
    marked = knowledge.merchants.of_marks(document.template_marks) or (platforms[0] if len(platforms) == 1 else None)
    return marked or (_credited(document, phrases, knowledge) if not platforms else None)


def _credited(document: Document, phrases: Sequence[PhraseMatch[Phrase]], knowledge: Knowledge) -> Merchant | None:
    """The platform that a line of few words names, as shops credit it: "Powered by Odoo", "Oparte na PrestaShop"; the last of several."""
    for match in reversed(phrases):
        for meaning in match.meanings:
            if meaning.section == "platform":
                line = document.lines[bisect_right(document.lines, match.span.start, key=_start) - 1]
                if line.region is RegionKind.BODY and 1 <= document.folded.count(" ", *line.span) < _CREDIT_WORDS:
                    return knowledge.merchants.by_code[meaning.key]
    return None


def _start(line: Line) -> int:
    return line.span.start


def senders(document: Document) -> Iterator[Address]:
    """Whose mail it may be: the sender of an inlined or attached mail counts before the one who forwarded it."""
    if document.forwarded is not None and "@" in document.forwarded.sender:
        from email.utils import parseaddr  # noqa: PLC0415  # for the few mails that are forwarded

        name, address = parseaddr(document.forwarded.sender)
        yield Address(address=address.lower(), name=name)
    message: Message = document.message
    if not message.parts or len(document.lines) <= 1:
        yield from (inner.sender for inner in message.attached if inner.sender is not None)
    if message.sender is not None:
        yield message.sender
    yield from (inner.sender for inner in message.attached if inner.sender is not None)


def _claims(sender: Address | None, knowledge: Knowledge) -> tuple[set[str], set[str]]:
    """Codes of the merchants and carriers that a display name names."""
    shops: set[str] = set()
    lines: set[str] = set()
    if sender is not None and sender.name:
        for match in knowledge.phrases.find(cut(fold(sender.name)))[NAMING]:
            for meaning in match.meanings:
                if meaning.section == "merchant":
                    shops.add(meaning.key)
                elif meaning.section == "carrier":
                    lines.add(meaning.key)
    return shops, lines


def _is_claimed(sender: Address | None, shop: Merchant) -> bool:
    """Whether a display name claims to be a shop: by the bare name; "Zalando Lounge" is another of its shops. Payment: any mention."""
    return sender is not None and (shop.kind == "payment" or bare(sender.name) in {bare(name) for name in (shop.name, *shop.names)})


def _bears_name(sender: Address | None, shops: set[str], lines: set[str], knowledge: Knowledge) -> bool:
    """Whether the sender's domain is the name that it claims, under a top-level domain that its file does not list."""
    if sender is None:
        return False
    own = registrable(sender.domain).partition(".")[0]
    claimed = [knowledge.merchants.by_code[code] for code in sorted(shops)]
    names = {bare(name) for shop in claimed for name in (shop.name, *shop.names)}
    domains = {domain for shop in claimed for domain in shop.domains}
    for code in lines:
        carrier = knowledge.carriers[code]
        names.update(bare(name) for name in (carrier.name, *carrier.names))
        domains.update(carrier.domains)
    return bare(own) in names | {bare(registrable(domain).partition(".")[0]) for domain in domains}


def _in_domain(domain: str, knowledge: Knowledge) -> set[str]:
    """Codes of the carriers whose name is a part of somebody else's domain: "usps-redelivery-desk.top"."""
    words = registrable(domain).partition(".")[0].split("-")
    return {carrier.code for word in words[:8] if len(words) > 1 for carrier in knowledge.lines.of_name(word)}


def _in_subject(document: Document, phrases: Sequence[PhraseMatch[Phrase]], knowledge: Knowledge) -> Merchant | None:
    subject = document.lines[0]
    if subject.region is not RegionKind.SUBJECT:
        return None
    for match in phrases:
        if match.span.start >= subject.span.end:
            break
        for meaning in match.meanings:
            if meaning.section == "merchant":
                return knowledge.merchants.by_code[meaning.key]
    return None


def _home(carriers: Iterable[Carrier]) -> str | None:
    """The country of the carriers whose mail it is, if that is one."""
    countries = {country for carrier in carriers for country in carrier.countries}
    return next(iter(countries)) if len(countries) == 1 else None


def _country(domain: str) -> str | None:
    labels = domain.split(".")
    # Names for documents (RFC 2606) are put behind others: "shop.com.mx.example" stands for a shop in Mexico.
    if labels[-1] == "example" and len(labels) > 2:  # noqa: PLR2004
        labels.pop()
    last = labels[-1]
    if len(last) != 2 or not last.isalpha():  # noqa: PLR2004  # ISO 3166 alpha-2
        return None
    if last in _GENERIC_COUNTRY_DOMAINS and labels[-2:-1] != ["com"]:  # "shop.com.co" is in Colombia
        return None
    return "GB" if last == "uk" else last.upper()
