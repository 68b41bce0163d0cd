"""Made-up scams that imitate carriers and shops: parcels held for a fee, orders that nobody placed, refunds by telephone.

The same mails every time. Each text exists in two versions: the rules were tuned on the first, ``half=1`` has the second, with
other senders, domains and links. All addresses are under invented domains; brands are named because scams name them.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from email.header import Header
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# What is imitated: the name, its true domain, the language of its scams, a number in its shape.
CARRIERS = {
    "DHL": ("dhl.de", "de en sv nl", "00340434781635230802"), "DPD": ("dpd.de", "de fr en pl", "01505827123456"), "GLS": ("gls-group.eu", "de it es", "12345678901"),
    "UPS": ("ups.com", "en de it", "1Z999AA10123456784"), "FedEx": ("fedex.com", "en es", "794612345678"), "USPS": ("usps.com", "en", "9400110200881234567890"),
    "Royal Mail": ("royalmail.com", "en", "RM123456785GB"), "Evri": ("evri.com", "en", "H01QPA0012345678"), "PostNord": ("postnord.se", "sv", "RB123456785SE"),
    "PostNL": ("postnl.nl", "nl", "3SABCD1234567"), "Poste Italiane": ("poste.it", "it", "RA123456785IT"), "Correos": ("correos.es", "es", "PQ4F6W0712345670128028N"),
    "Chronopost": ("chronopost.fr", "fr", "XY123456785FR"), "La Poste": ("laposte.fr", "fr", "6A12345678901"), "InPost": ("inpost.pl", "pl", "620012345678901234567890"),
    "Poczta Polska": ("poczta-polska.pl", "pl", "RR123456785PL"),
}  # fmt: skip
SHOPS = {
    "Amazon": ("amazon.com", "en de fr es it sv nl pl", "302-1234567-7654321"), "PayPal": ("paypal.com", "en de fr es it sv nl", "8AB12345CD678901E"),
    "eBay": ("ebay.com", "en de", "12-12345-54321"), "AliExpress": ("aliexpress.com", "en es pl", "8012345678901234"), "Zalando": ("zalando.de", "de sv pl nl", "10101234567890"),
    "Apple": ("apple.com", "en fr it", "W123456789"), "Klarna": ("klarna.com", "sv de nl", "KL-4471820"), "Netflix": ("netflix.com", "en es sv", "NF-99182-2"),
    "Temu": ("temu.com", "en fr de", "PO-123-12345678901234"), "Walmart": ("walmart.com", "en", "200012345678901"),
}  # fmt: skip

# (subject, sentences, words of the link), two versions each; {b} brand, {n} number, {a} amount, {p} telephone.
HELD = {
    "en": (
        ("Your parcel {n} is on hold", "Dear customer,|we tried to deliver your parcel {n} but a customs fee of {a} has not been paid.|Please pay the fee within 24 hours, otherwise the parcel will be returned to the sender.", "Pay the fee"),
        ("Delivery failed: action required", "Hello,|your package with tracking number {n} could not be delivered because the address is incomplete.|Confirm your address and pay the redelivery charge of {a}. The link expires in 48 hours.", "Schedule redelivery"),
    ),
    "de": (
        ("Ihr Paket {n} wartet auf Zustellung", "Sehr geehrter Kunde,|Ihr Paket {n} konnte nicht zugestellt werden, da die Zollgebühr von {a} noch nicht bezahlt wurde.|Bitte zahlen Sie innerhalb von 24 Stunden, sonst wird das Paket an den Absender zurückgeschickt.", "Jetzt bezahlen"),
        ("Zustellung fehlgeschlagen", "Guten Tag,|Ihre Sendung mit der Sendungsnummer {n} wird in unserem Depot zurückgehalten.|Bestätigen Sie Ihre Adresse und begleichen Sie die Versandkosten in Höhe von {a}. Der Link ist 48 Stunden gültig.", "Sendung freigeben"),
    ),
    "fr": (
        ("Votre colis {n} est en attente", "Cher client,|votre colis {n} est bloqué en douane : des frais de {a} n'ont pas été réglés.|Veuillez payer sous 24 heures, sinon le colis sera retourné à l'expéditeur.", "Payer les frais"),
        ("Échec de la livraison", "Bonjour,|nous n'avons pas pu livrer votre colis, numéro de suivi {n}, car l'adresse est incomplète.|Confirmez votre adresse et réglez {a} pour une nouvelle livraison. Ce lien expire dans 48 heures.", "Reprogrammer la livraison"),
    ),
    "es": (
        ("Su paquete {n} está retenido", "Estimado cliente,|su paquete {n} está retenido en la aduana porque no se ha pagado la tasa de {a}.|Pague en las próximas 24 horas o el paquete será devuelto al remitente.", "Pagar ahora"),
        ("Entrega fallida", "Hola,|no hemos podido entregar su envío con número de seguimiento {n} porque la dirección está incompleta.|Confirme su dirección y abone {a} para una nueva entrega. El enlace caduca en 48 horas.", "Programar la entrega"),
    ),
    "it": (
        ("Il tuo pacco {n} è in attesa", "Gentile cliente,|il tuo pacco {n} è bloccato in dogana: le spese di {a} non sono state pagate.|Paga entro 24 ore, altrimenti il pacco sarà restituito al mittente.", "Paga ora"),
        ("Consegna non riuscita", "Ciao,|non è stato possibile consegnare la spedizione con numero {n} perché l'indirizzo è incompleto.|Conferma il tuo indirizzo e versa {a} per la nuova consegna. Il link scade tra 48 ore.", "Riprogramma la consegna"),
    ),
    "nl": (
        ("Uw pakket {n} staat in de wacht", "Beste klant,|uw pakket {n} kon niet worden bezorgd omdat de douanekosten van {a} niet zijn betaald.|Betaal binnen 24 uur, anders gaat het pakket terug naar de afzender.", "Nu betalen"),
        ("Bezorging mislukt", "Hallo,|uw zending met trackingnummer {n} wordt vastgehouden in ons sorteercentrum.|Bevestig uw adres en betaal {a} aan verzendkosten. De link verloopt over 48 uur.", "Plan een nieuwe bezorging"),
    ),
    "sv": (
        ("Ditt paket {n} väntar", "Hej,|ditt paket {n} kunde inte levereras eftersom tullavgiften på {a} inte är betald.|Betala inom 24 timmar, annars skickas paketet tillbaka till avsändaren.", "Betala avgiften"),
        ("Leveransen misslyckades", "Bästa kund,|din försändelse med kollinummer {n} ligger kvar på vår terminal.|Bekräfta din adress och betala fraktkostnaden {a}. Länken gäller i 48 timmar.", "Boka ny leverans"),
    ),
    "pl": (
        ("Twoja paczka {n} została wstrzymana", "Szanowny Kliencie,|paczka {n} została wstrzymana, ponieważ nie opłacono cła w wysokości {a}.|Prosimy o zapłatę w ciągu 24 godzin, w przeciwnym razie paczka zostanie zwrócona do nadawcy.", "Zapłać teraz"),
        ("Nieudana próba doręczenia", "Dzień dobry,|nie mogliśmy doręczyć przesyłki o numerze {n}, ponieważ adres jest niepełny.|Potwierdź adres i dopłać {a} za ponowne doręczenie. Link wygasa za 48 godzin.", "Zaplanuj doręczenie"),
    ),
}  # fmt: skip
NOBODY_ORDERED = {
    "en": (
        ("Order confirmation {n}", "Thank you for your order!|Order number: {n}|Total: {a}|If you did not place this order, call us immediately at {p} to cancel it and get a refund.", "View order"),
        ("Your payment of {a} was successful", "Dear user,|your account has been charged {a} for order {n}.|Did not authorize this transaction? Contact our support desk at {p} within 24 hours.", "Dispute transaction"),
    ),
    "de": (
        ("Bestellbestätigung {n}", "Vielen Dank für Ihre Bestellung!|Bestellnummer: {n}|Gesamtbetrag: {a}|Wenn Sie diese Bestellung nicht getätigt haben, rufen Sie uns sofort unter {p} an, um sie zu stornieren.", "Bestellung ansehen"),
        ("Ihre Zahlung über {a}", "Sehr geehrter Nutzer,|Ihr Konto wurde für die Bestellung {n} mit {a} belastet.|Nicht von Ihnen autorisiert? Kontaktieren Sie unseren Support innerhalb von 24 Stunden: {p}.", "Zahlung widerrufen"),
    ),
    "fr": (
        ("Confirmation de commande {n}", "Merci pour votre commande !|Numéro de commande : {n}|Total : {a}|Si vous n'avez pas passé cette commande, appelez-nous immédiatement au {p} pour l'annuler.", "Voir la commande"),
        ("Votre paiement de {a}", "Cher utilisateur,|votre compte a été débité de {a} pour la commande {n}.|Vous n'êtes pas à l'origine de cet achat ? Contactez notre service au {p} sous 24 heures.", "Contester le paiement"),
    ),
    "es": (
        ("Confirmación de pedido {n}", "¡Gracias por su pedido!|Número de pedido: {n}|Total: {a}|Si no ha realizado este pedido, llámenos de inmediato al {p} para cancelarlo.", "Ver pedido"),
        ("Su pago de {a}", "Estimado usuario,|se ha cargado {a} en su cuenta por el pedido {n}.|¿No reconoce esta compra? Póngase en contacto con nosotros en el {p} en 24 horas.", "Disputar el pago"),
    ),
    "it": (
        ("Conferma dell'ordine {n}", "Grazie per il tuo ordine!|Numero ordine: {n}|Totale: {a}|Se non hai effettuato questo ordine, chiamaci subito al {p} per annullarlo.", "Vedi ordine"),
        ("Il tuo pagamento di {a}", "Gentile utente,|sul tuo conto sono stati addebitati {a} per l'ordine {n}.|Non hai autorizzato questo acquisto? Contatta il supporto al {p} entro 24 ore.", "Contesta il pagamento"),
    ),
    "nl": (
        ("Bestelbevestiging {n}", "Bedankt voor je bestelling!|Bestelnummer: {n}|Totaal: {a}|Heb je deze bestelling niet geplaatst? Bel ons direct op {p} om te annuleren.", "Bekijk bestelling"),
        ("Uw betaling van {a}", "Beste gebruiker,|er is {a} van uw rekening afgeschreven voor bestelling {n}.|Niet door u goedgekeurd? Neem binnen 24 uur contact op met onze helpdesk: {p}.", "Betaling betwisten"),
    ),
    "sv": (
        ("Orderbekräftelse {n}", "Tack för din beställning!|Ordernummer: {n}|Totalt: {a}|Om du inte har gjort beställningen, ring oss genast på {p} för att avbryta den.", "Visa beställningen"),
        ("Din betalning på {a}", "Bästa användare,|ditt konto har debiterats {a} för order {n}.|Har du inte godkänt köpet? Kontakta vår support på {p} inom 24 timmar.", "Bestrid köpet"),
    ),
    "pl": (
        ("Potwierdzenie zamówienia {n}", "Dziękujemy za zamówienie!|Numer zamówienia: {n}|Razem: {a}|Jeśli to nie Ty złożyłeś to zamówienie, natychmiast zadzwoń pod numer {p}, aby je anulować.", "Zobacz zamówienie"),
        ("Twoja płatność {a}", "Drogi użytkowniku,|Twoje konto zostało obciążone kwotą {a} za zamówienie {n}.|Nie autoryzowałeś tej transakcji? Skontaktuj się z nami w ciągu 24 godzin: {p}.", "Zgłoś transakcję"),
    ),
}  # fmt: skip
ACCOUNT = {
    "en": (
        ("Your order {n} could not be processed", "Dear customer,|there is a problem with the payment for order {n}. Your account has been suspended.|Update your payment details to avoid cancellation.", "Verify your account"),
        ("Refund of {a} is waiting", "Hello,|we owe you a refund of {a} for order {n}.|Please confirm your bank details to receive the money today.", "Claim refund"),
    ),
    "de": (
        ("Problem mit Ihrer Bestellung {n}", "Sehr geehrter Kunde,|die Zahlung für die Bestellung {n} ist fehlgeschlagen. Ihr Konto wurde gesperrt.|Aktualisieren Sie Ihre Zahlungsdaten.", "Konto bestätigen"),
        ("Ihre Rückerstattung von {a}", "Guten Tag,|für die Bestellung {n} steht Ihnen eine Rückerstattung von {a} zu.|Bitte bestätigen Sie Ihre Bankdaten.", "Erstattung anfordern"),
    ),
    "fr": (
        ("Problème avec votre commande {n}", "Cher client,|le paiement de la commande {n} a échoué. Votre compte a été suspendu.|Mettez à jour vos informations de paiement.", "Vérifier mon compte"),
        ("Remboursement de {a}", "Bonjour,|un remboursement de {a} vous attend pour la commande {n}.|Confirmez vos coordonnées bancaires.", "Demander le remboursement"),
    ),
    "es": (
        ("Problema con su pedido {n}", "Estimado cliente,|el pago del pedido {n} ha fallado. Su cuenta ha sido suspendida.|Actualice sus datos de pago.", "Verificar la cuenta"),
        ("Reembolso de {a}", "Hola,|tiene un reembolso pendiente de {a} por el pedido {n}.|Confirme sus datos bancarios.", "Solicitar reembolso"),
    ),
    "it": (
        ("Problema con il tuo ordine {n}", "Gentile cliente,|il pagamento dell'ordine {n} non è riuscito. Il tuo account è stato sospeso.|Aggiorna i tuoi dati di pagamento.", "Verifica l'account"),
        ("Rimborso di {a}", "Ciao,|ti spetta un rimborso di {a} per l'ordine {n}.|Conferma i tuoi dati bancari.", "Richiedi il rimborso"),
    ),
    "nl": (
        ("Probleem met uw bestelling {n}", "Beste klant,|de betaling voor bestelling {n} is mislukt. Uw account is geblokkeerd.|Werk uw betaalgegevens bij.", "Account verifiëren"),
        ("Terugbetaling van {a}", "Hallo,|u heeft recht op een terugbetaling van {a} voor bestelling {n}.|Bevestig uw bankgegevens.", "Terugbetaling aanvragen"),
    ),
    "sv": (
        ("Problem med din beställning {n}", "Bästa kund,|betalningen för order {n} misslyckades. Ditt konto har spärrats.|Uppdatera dina betalningsuppgifter.", "Verifiera kontot"),
        ("Återbetalning på {a}", "Hej,|du har en återbetalning på {a} att hämta för order {n}.|Bekräfta dina bankuppgifter.", "Begär återbetalning"),
    ),
    "pl": (
        ("Problem z zamówieniem {n}", "Szanowny Kliencie,|płatność za zamówienie {n} nie powiodła się. Twoje konto zostało zablokowane.|Zaktualizuj dane płatności.", "Zweryfikuj konto"),
        ("Zwrot {a}", "Dzień dobry,|przysługuje Ci zwrot {a} za zamówienie {n}.|Potwierdź swoje dane bankowe.", "Odbierz zwrot"),
    ),
}  # fmt: skip
NEUTRAL = {
    "en": ("Delivery Service", "Parcel Notification"), "de": ("Paketzustellung", "Versandinfo"), "fr": ("Service Livraison", "Suivi Colis"),
    "es": ("Servicio de Entrega", "Aviso de Envío"), "it": ("Servizio Consegne", "Avviso Spedizione"), "nl": ("Bezorgservice", "Pakketinfo"),
    "sv": ("Leveransservice", "Paketavisering"), "pl": ("Dział Dostaw", "Powiadomienie o paczce"),
}  # fmt: skip
WORDS = (
    (
        "parcel-fee",
        "delivery-hold",
        "zoll-service",
        "customs-desk",
        "track-update",
        "my-billing",
        "secure-pay",
        "help-center",
        "post-info",
        "depot",
    ),
    (
        "redelivery",
        "versand-portal",
        "clearance",
        "shipment-help",
        "account-safe",
        "service24",
        "refund-office",
        "logistik-info",
        "user-verify",
        "express-mail",
    ),
)
TLDS = (("top", "xyz", "com", "info", "click", "net"), ("shop", "icu", "org", "online", "site", "com"))
UNRELATED = (
    ("mueller-gartenbau.de", "lakeside-dental.com", "fotoatelier-nord.se"),
    ("bakery-lindholm.se", "apexroofing.net", "clubnautico-sol.es"),
)
FREEMAIL = (("gmail.com", "outlook.com"), ("hotmail.com", "gmx.de"))
AMOUNTS = ("1,99 EUR", "2.49 USD", "29 SEK", "£1.45", "3,20 €", "$489.99", "749,00 EUR", "12,50 PLN")
PHONES = ("+1 (888) 555-0142", "+44 20 7946 0991", "+1-805-555-0177", "0800 555 0199")
LOOKS = str.maketrans({"o": "0", "l": "1", "e": "3"})
CYRILLIC = str.maketrans({"a": "а", "o": "о", "e": "е", "p": "р", "c": "с", "A": "А", "P": "Р", "C": "С", "E": "Е", "O": "О"})

# The labelled scams of the fixtures; all other mails are what they claim to be.
LABELLED = {
    "mails/scam_en_parcel_held.eml", "mails/scam_sv_parcel_fee.eml", "blind/first/de10.eml", "blind/first/en09.eml", "blind/first/sv13.eml",
    "blind/second/en07.eml", "blind/third/en12.eml", "blind/sixth/en_scam.eml",
    "blind/twenty-seventh/en_31.eml", "blind/thirty-first/en_28.eml", "blind/thirty-first/sv_22.eml", "blind/thirty-eighth/en_35.eml",
    "blind/thirty-eighth/sv_23.eml", "blind/thirty-ninth/he_04.eml", "blind/eighteenth/en_08.eml", "blind/eighteenth/hu_01.eml",
    "blind/twenty-first/en_17.eml", "blind/twenty-fourth/en_12.eml", "blind/twenty-fourth/sv_08.eml", "blind/thirty-sixth/sv_08.eml",
    "blind/forty-second/en_10.eml", "blind/forty-second/fr_01.eml", "blind/forty-second/nb_01.eml", "blind/forty-second/pl_01.eml",
    "blind/forty-sixth/en_26.eml", "blind/forty-sixth/nl_02.eml",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scam:
    """A scam with what it was made from."""

    name: str
    brand: str
    language: str
    data: bytes


def scams(half: int, count: int = 400) -> Iterator[Scam]:
    """So many scams of one half: every brand in its languages, tricks dealt out in turn."""
    deal = random.Random(f"scams {half}")
    brands = [(name, True, *entry) for name, entry in CARRIERS.items()] + [(name, False, *entry) for name, entry in SHOPS.items()]
    for number in range(count):
        name, carrier, domain, languages, shape = brands[number % len(brands)]
        language = deal.choice(languages.split())
        texts = HELD if carrier else deal.choice((NOBODY_ORDERED, NOBODY_ORDERED, ACCOUNT))
        subject, sentences, button = texts[language][half]
        filled = {"b": name, "n": _number(deal, shape), "a": deal.choice(AMOUNTS), "p": deal.choice(PHONES)}
        trick, sender, display = _sender(deal, name, domain, language, half, carrier=carrier)
        target, shown = _link(deal, name, domain, half, sender, button)
        yield Scam(
            f"{number}_{trick}", name, language, _mail(deal, subject, sentences, filled, display, sender, target, shown, domain, half)
        )


def _number(deal: random.Random, shape: str) -> str:
    return "".join(deal.choice("123456789") if char.isdigit() else char for char in shape) if deal.random() < 0.7 else shape


def _label(name: str) -> str:
    return "".join(name.lower().split())


def _sender(deal: random.Random, name: str, domain: str, language: str, half: int, *, carrier: bool) -> tuple[str, str, str]:
    label, word, tld = _label(name), deal.choice(WORDS[half]), deal.choice(TLDS[half])
    local = deal.choice(("info", "noreply", "service", "notification", "support"))
    near = {
        "word": f"{label}-{word}.{tld}", "glued": f"{label}{word.replace('-', '')}.{tld}", "sub": f"{domain}.{word}.{tld}", "below": f"{label}.{word}.{tld}",
        "before": f"{word}-{label}.{tld}", "digit": f"{label.translate(LOOKS)}.{tld}", "double": f"{label}{label[-1]}.com", "random": f"{word}{deal.randint(10, 999)}.{tld}",
        "hacked": deal.choice(UNRELATED[half]), "cyrillic": f"{label.translate(CYRILLIC)}.com",
    }  # fmt: skip
    trick = deal.choice(
        (
            "word",
            "glued",
            "sub",
            "below",
            "before",
            "digit",
            "double",
            "random",
            "random",
            "hacked",
            "hacked",
            "cyrillic",
            "freemail",
            "neutral",
            "neutral",
            "disguised",
            "quoted",
        )
    )
    shown = deal.choice((name, name, f"{name} Support", f"{name} Express" if carrier else f"{name} Service", f"{name} ({domain})"))
    if trick == "digit" and near["digit"].startswith(f"{label}."):
        trick = "word"
    if trick == "cyrillic" and near["cyrillic"].isascii():
        trick = "sub"
    if trick == "freemail":
        return trick, f"{label}.{deal.choice(('desk', 'care', 'team'))}{deal.randint(1, 99)}@{deal.choice(FREEMAIL[half])}", shown
    if trick == "neutral":
        return trick, f"{local}@{deal.choice((near['random'], near['hacked']))}", NEUTRAL[language][half]
    if trick == "disguised":
        return (
            trick,
            f"{local}@{near['random']}",
            deal.choice((name.translate(CYRILLIC), name[:2] + "\u200b" + name[2:], name.translate(LOOKS))),
        )
    if trick == "quoted":
        return trick, f"{local}@{near['random']}", f"{local}@{domain}"
    return trick, f"{local}@{near[trick]}", shown


def _link(  # noqa: PLR0917
    deal: random.Random, name: str, domain: str, half: int, sender: str, button: str
) -> tuple[str, str]:
    label, word, tld = _label(name), deal.choice(WORDS[half]), deal.choice(TLDS[half])
    own = sender.rpartition("@")[2]
    hosts = [
        f"https://{word}{deal.randint(10, 999)}.{tld}/p/{deal.randint(1000, 9999)}", f"https://{label}-{word}.{tld}/pay", f"https://{domain}.{word}.{tld}/track",
        f"http://203.0.113.{deal.randint(2, 250)}/{label}/", f"https://bit.ly/{deal.randint(10**6, 10**7):x}", f"https://www.{domain}@{word}.{tld}/a",
        f"https://{deal.choice(UNRELATED[half])}/wp-content/{label}/index.php", f"https://{deal.choice(UNRELATED[half])}/{word}",
        f"https://{word}.web.app/{deal.randint(1, 99)}",
    ]  # fmt: skip
    if own not in {*FREEMAIL[0], *FREEMAIL[1]}:
        hosts += [f"https://{own}/track"] * 3
    return deal.choice(hosts), deal.choice((button, button, f"https://www.{domain}/track", f"www.{domain}"))


def _mail(  # noqa: PLR0917  # a letter has so many parts
    deal: random.Random,
    subject: str,
    sentences: str,
    filled: dict[str, str],
    display: str,
    sender: str,
    target: str,
    shown: str,
    domain: str,
    half: int,
) -> bytes:
    lines = sentences.format(**filled).split("|")
    brand = filled["b"]
    lines.append(deal.choice((f"{brand}", f"Your {brand} team", f"© 2026 {brand}")))
    head = subject.format(**filled)
    if deal.random() < 0.3:
        head = f"{brand}: {head}"
    plain = deal.random() < 0.2
    decoy = deal.random() < 0.35  # a link to the true site
    if plain:
        body = "\n\n".join(lines) + f"\n\n{target}\n" + (f"https://www.{domain}/privacy\n" if decoy else "")
    else:
        body = f'<html><body><img src="https://www.{domain}/logo.png" alt="{brand}">' + "".join(f"<p>{line}</p>" for line in lines)
        body += (
            f'<p><a href="{target}">{shown}</a></p>'
            + (f'<p><a href="https://www.{domain}/privacy">Privacy</a></p>' if decoy else "")
            + "</body></html>\n"
        )
    reply = f"Reply-To: {brand.replace(' ', '').lower()}.claims@{FREEMAIL[half][0]}\n" if deal.random() < 0.2 else ""
    return (
        f"Return-Path: <{sender}>\nFrom: {Header(display, 'utf-8').encode() if not display.isascii() else chr(34) + display + chr(34)} <{sender}>\n{reply}"
        f"To: <ann@reader.example>\nSubject: {Header(head, 'utf-8').encode()}\nDate: Mon, {deal.randint(2, 27)} Nov 2026 10:00:00 +0000\n"
        f"Message-ID: <{deal.randint(10**8, 10**9)}@mail.invalid>\nMIME-Version: 1.0\nContent-Type: text/{'plain' if plain else 'html'}; charset=utf-8\n\n{body}"
    ).encode()
