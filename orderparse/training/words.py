"""The words of a made-up mail, taken from a language file: labels, sentences, days and sums as that language writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from orderparse.languages.vocabulary import HOLE
from orderparse.training import cldr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from decimal import Decimal
    from random import Random

    from orderparse.currencies import Currency
    from orderparse.languages import Language
    from orderparse.roles import MailKind, Role

_MARKS = {"dots": ".", "slashes": "/", "dashes": "-"}
# Digits of scripts that have their own, and how many shops write them.
_DIGITS = {
    "ar": ("٠١٢٣٤٥٦٧٨٩", 0.3),
    "fa": ("۰۱۲۳۴۵۶۷۸۹", 0.6),
    "ur": ("۰۱۲۳۴۵۶۷۸۹", 0.1),
    "hi": ("०१२३४५६७८९", 0.1),
    "bn": ("০১২৩৪৫৬৭৮৯", 0.5),
    "th": ("๐๑๒๓๔๕๖๗๘๙", 0.05),
}
_NUMBERS = re.compile(r"(?<![A-Za-z0-9#-])[0-9][0-9., :/-]*(?![A-Za-z0-9-])")
_COMMON = 14  # labels of a role that are drawn from; language files begin with those that are seen most
_SYLLABLES = ("ver", "tan", "dok", "lis", "mor", "kel", "nad", "pra", "sol", "tur", "ben", "gra", "vik", "osk", "lum", "fer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One language as a made-up shop writes it. ``day_style`` and ``money_style`` are that shop's own habits."""

    language: Language
    currency: Currency
    day_style: str
    money_style: str
    digits: str = ""  # the ten digits of the language's script, if the shop writes them

    def label(self, key: str, rng: Random) -> str:
        """A label of the language for a key of its ``[labels]``; the sooner in the file, the likelier."""
        labels = self.language.labels.get(key, ())[:_COMMON]
        if not labels:
            return ""
        at = min(int(rng.expovariate(0.25)), len(labels) - 1)
        return capital(labels[at])

    def also(self, label: str, keys: Iterable[str]) -> set[str]:
        """The keys of a label that stands in several lists of the language: "Total paid" is the total, and what was paid."""
        return {key for key in keys if any(capital(one) == label for one in self.language.labels.get(key, ()))}

    def noun(self, role: Role, rng: Random) -> str:
        """A noun of the language for what has a number of that role: "order", "parcel"."""
        nouns = self.language.nouns.get(role, ())[:4]
        return rng.choice(nouns) if nouns else ""

    def told(self, kind: MailKind, rng: Random) -> str:
        """A phrase that tells a kind of mail, with a capital letter."""
        phrases = [phrase for phrase in self.language.kinds.get(kind, ()) if HOLE not in phrase]
        return capital(rng.choice(phrases)) if phrases else ""

    def status(self, kind: MailKind, rng: Random) -> str:
        """A word or two that tell a kind of mail where they stand alone; else a phrase of that kind."""
        words = self.language.status.get(kind, ())
        return capital(rng.choice(words)) if words else self.told(kind, rng)

    def around(self, key: str, value: str, rng: Random) -> str:
        """A wording with the value inside, or nothing if the language file has none for the key."""
        wordings = self.language.around.get(key, ())
        return capital(rng.choice(wordings)).replace("{}", value) if wordings else ""

    def chatter(self, rng: Random, words: int = 12) -> str:
        """Words of the language that say nothing, as a sentence."""
        known = self.language.stop_words or ("...",)
        return capital(" ".join(rng.choice(known) for _ in range(rng.randrange(4, words)))) + "."

    def day(self, day: date) -> str:
        """A day as the shop writes it."""
        if self.day_style in _MARKS:
            parts = {"d": f"{day.day:02}", "m": f"{day.month:02}", "y": str(day.year)}
            return _MARKS[self.day_style].join(parts[letter] for letter in self.language.dates.order)
        if self.day_style == "iso" or not cldr.knows(self.language.code):
            return day.isoformat()
        return cldr.written(day, self.language.code, self.day_style)

    def in_own_digits(self, text: str) -> str:
        """A text with its numbers in the shop's digits, but for those that Latin letters belong to."""
        if not self.digits:
            return text
        table = str.maketrans("0123456789", self.digits)
        return _NUMBERS.sub(lambda match: match[0].translate(table), text)

    def money(self, value: Decimal) -> str:
        """A sum as the shop writes it."""
        numbers = self.language.numbers
        whole, _, cents = f"{value:.{self.currency.decimals}f}".partition(".")
        group = numbers.group[0] if numbers.group else ""
        digits = "" if len(whole) <= 3 and group else whole  # noqa: PLR2004
        if not digits:
            digits = whole
        elif group:
            digits = f"{int(whole):,}".replace(",", group)
        if cents and not (self.money_style == "round" and cents == "00"):
            digits += numbers.decimal + cents
        symbol = self.currency.symbols[0] if self.currency.symbols else self.currency.code
        match self.money_style:
            case "code_before":
                return f"{self.currency.code} {digits}"
            case "code_after":
                return f"{digits} {self.currency.code}"
            case "symbol_before":
                return f"{symbol}{digits}" if len(symbol) == 1 else f"{symbol} {digits}"
        return f"{digits} {symbol}"


def of(language: Language, currencies: Mapping[str, Currency], currency: str, rng: Random) -> Words:
    """The words of a shop that writes in a language and sells for a currency."""
    money: Sequence[str] = (
        ("symbol_before", "symbol_before", "code_before")
        if currency in {"USD", "GBP", "MXN", "BRL"}
        else (*("symbol_after", "symbol_after", "code_after", "round"),)
    )
    styles = ["iso", "long", "long", "medium", "full", "full", "short", "no_year"]
    if language.dates.order != "ymd":
        styles += ["slashes"] if language.dates.order == "mdy" else ["dots", "slashes", "dashes"]
    digits, share = _DIGITS.get(language.code, ("", 0.0))
    return Words(
        language=language,
        currency=currencies[currency],
        day_style=rng.choice(styles),
        money_style=rng.choice(money),
        digits=digits if rng.random() < share else "",
    )


def unknown_label(rng: Random) -> str:
    """A label that no language file has: a shop's own word.

    >>> from random import Random
    >>> unknown_label(Random(3)).isprintable()
    True
    """
    word = capital("".join(rng.choice(_SYLLABLES) for _ in range(rng.randrange(2, 4))))
    return rng.choice((word, f"{word}-nr", f"{word} ID", f"{word} no."))


def capital(text: str) -> str:
    """The text with a capital first letter.

    >>> capital("är på väg")
    'Är på väg'
    """
    return text[:1].upper() + text[1:]
