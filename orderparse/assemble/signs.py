"""Signs by which people tell a genuine mail from a scam: their weights, and lists of hosts and words that are signs."""

from __future__ import annotations

from typing import Final

# Log-odds that a person judged; the made-up scams and the genuine mails of the fixtures only said whether they do.
WEIGHTS: Final = {
    "bias": 3.0,
    # the sender
    "sender_known": 4.0,
    "sender_known_inside": 1.5,
    "authenticated": 1.5,
    "authentication_failed": -9.0,
    "impostor": -8.0,
    "several_senders": -2.0,
    "several_senders_of_brand": -6.0,
    "name_of_another": -3.0,
    "name_holds_another": -1.2,
    "name_disguised": -5.0,
    "address_of_another_in_name": -5.0,
    "another_address_in_name": -0.5,
    "domain_disguised": -5.5,
    "domain_near": -4.0,
    "domain_below": -3.5,
    "domain_with_name": -2.2,
    "domain_mixes_scripts": -5.0,
    "free_mailbox": -0.5,
    "free_mailbox_for_brand": -3.5,
    "cheap_domain": -0.8,
    "reply_elsewhere": -1.0,
    "speaks_for_another": -0.8,
    "name_of_domain": 1.3,
    # where its links lead
    "links_of_sender": 0.8,
    "links_of_claimed": 3.0,
    "links_elsewhere": -1.0,
    "link_mismatch_brand": -3.0,
    "link_to_number": -3.0,
    "link_with_user": -4.0,
    "link_disguised": -3.0,
    "link_shortened": -1.0,
    "link_free_site": -1.2,
    "link_cheap_domain": -0.6,
    "link_in_hidden_folder": -1.5,
    # its numbers
    "number_fits": 0.4,
    "number_misfits": -0.7,
    # its words
    "held": -0.6,
    "fee": -1.3,
    "urgent": -1.0,
    "confirm": -1.0,
    "account": -1.3,
    "call": -1.2,
    "refund": -0.8,
    "nobody": -0.4,
    "held_for_fee": -1.5,
    "call_for_another": -2.0,
    "account_for_another": -2.4,
    "held_and_urgent": -0.5,
    "held_for_data": -0.8,
    "signed_by_another": -1.2,
}
SHORTENERS: Final = frozenset(
    (  # noqa: SIM905  # as in html_elements
        "bit.ly tinyurl.com t.co goo.gl ow.ly is.gd buff.ly cutt.ly rebrand.ly rb.gy shorturl.at t.ly tiny.cc s.id lnkd.in "
        "qrco.de urlz.fr u.to v.gd"
    ).split()
)
FREE_SITES: Final = (
    ".web.app",
    ".firebaseapp.com",
    ".pages.dev",
    ".workers.dev",
    ".netlify.app",
    ".vercel.app",
    ".github.io",
    ".glitch.me",
    ".herokuapp.com",
    ".weebly.com",
    ".wixsite.com",
    ".blogspot.com",
    ".000webhostapp.com",
    ".duckdns.org",
    ".r2.dev",
    ".repl.co",
    ".godaddysites.com",
    ".square.site",
    ".webflow.io",
    ".ngrok.io",
    ".ngrok-free.app",
    ".trycloudflare.com",
    ".azurewebsites.net",
    ".s3.amazonaws.com",
    ".no-ip.org",
    ".ddns.net",
)
# Top-level domains that cost next to nothing, and are most of what abuse lists hold (Interisle, "Phishing Landscape").
CHEAP: Final = frozenset(
    (  # noqa: SIM905  # as in html_elements
        "top xyz icu click cfd sbs cyou rest bond lol live buzz gq ml tk ga cf quest monster fun beauty hair skin makeup site "
        "online website space store shop info vip win loan work support help today digital world best pw ru.com sa.com za.com"
    ).split()
)
# Hosts in nearly every mail, which say nothing of who wrote it.
FURNITURE: Final = frozenset(
    (  # noqa: SIM905  # as in html_elements
        "facebook.com twitter.com x.com instagram.com youtube.com linkedin.com tiktok.com pinterest.com apple.com google.com "
        "googleapis.com gstatic.com w3.org schema.org whatsapp.com t.me wa.me microsoft.com trustpilot.com"
    ).split()
)
# What stands beside a brand in the name of one of its desks.
ROLES: Final = frozenset(
    (  # noqa: SIM905  # as in html_elements
        "support service services team customer care customers security billing help helpdesk desk center centre delivery express "
        "notification notifications orders order account accounts info mail noreply official inc ltd llc gmbh shipping tracking "
        "payments payment kundenservice kundendienst kundservice kundtjanst klantenservice assistenza clienti servizio soporte "
        "atencion cliente clientes servicio suivi livraison bezorging obsluga klienta the your my europe global international "
        "sverige deutschland uk usa us"
    ).split()
)
