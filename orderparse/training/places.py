"""Where a language is at home: what a shop that writes in it has in its address, its prices and its telephone number."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """ISO 3166 country, ISO 4217 currency, ITU country calling code, top-level domain, hours before UTC+0 reach local time."""

    country: str
    currency: str
    calling: str
    domain: str
    hours: int


_ELSEWHERE = Place("IE", "EUR", "353", "example", 0)
_PLACES = {
    "sv": (Place("SE", "SEK", "46", "se", 1), Place("FI", "EUR", "358", "fi", 2)),
    "en": (Place("GB", "GBP", "44", "co.uk", 0), Place("US", "USD", "1", "com", -5), Place("IE", "EUR", "353", "ie", 0)),
    "da": (Place("DK", "DKK", "45", "dk", 1),),
    "nb": (Place("NO", "NOK", "47", "no", 1),),
    "nn": (Place("NO", "NOK", "47", "no", 1),),
    "fi": (Place("FI", "EUR", "358", "fi", 2),),
    "de": (Place("DE", "EUR", "49", "de", 1), Place("CH", "CHF", "41", "ch", 1), Place("AT", "EUR", "43", "at", 1)),
    "nl": (Place("NL", "EUR", "31", "nl", 1), Place("BE", "EUR", "32", "be", 1)),
    "fr": (Place("FR", "EUR", "33", "fr", 1), Place("CH", "CHF", "41", "ch", 1)),
    "it": (Place("IT", "EUR", "39", "it", 1),),
    "es": (Place("ES", "EUR", "34", "es", 1), Place("MX", "MXN", "52", "mx", -6)),
    "pt": (Place("PT", "EUR", "351", "pt", 0), Place("BR", "BRL", "55", "com.br", -3)),
    "pl": (Place("PL", "PLN", "48", "pl", 1),),
    "cs": (Place("CZ", "CZK", "420", "cz", 1),),
    "sk": (Place("SK", "EUR", "421", "sk", 1),),
    "hu": (Place("HU", "HUF", "36", "hu", 1),),
    "ro": (Place("RO", "RON", "40", "ro", 2),),
    "bg": (Place("BG", "BGN", "359", "bg", 2),),
    "tr": (Place("TR", "TRY", "90", "com.tr", 3),),
    "ru": (Place("RU", "RUB", "7", "ru", 3),),
    "uk": (Place("UA", "UAH", "380", "ua", 2),),
    "ja": (Place("JP", "JPY", "81", "co.jp", 9),),
    "ko": (Place("KR", "KRW", "82", "co.kr", 9),),
    "zh-Hans": (Place("CN", "CNY", "86", "cn", 8),),
    "zh-Hant": (Place("TW", "TWD", "886", "com.tw", 8), Place("HK", "HKD", "852", "com.hk", 8)),
    "ar": (Place("AE", "AED", "971", "ae", 4), Place("SA", "SAR", "966", "sa", 3), Place("EG", "EGP", "20", "com.eg", 2)),
    "he": (Place("IL", "ILS", "972", "co.il", 2),),
    "fa": (Place("IR", "IRR", "98", "ir", 3),),
    "ur": (Place("PK", "PKR", "92", "pk", 5),),
    "hi": (Place("IN", "INR", "91", "in", 5),),
    "ta": (Place("IN", "INR", "91", "in", 5),),
    "bn": (Place("BD", "BDT", "880", "com.bd", 6),),
    "th": (Place("TH", "THB", "66", "co.th", 7),),
    "vi": (Place("VN", "VND", "84", "vn", 7),),
    "id": (Place("ID", "IDR", "62", "co.id", 7),),
    "ms": (Place("MY", "MYR", "60", "com.my", 8),),
    "fil": (Place("PH", "PHP", "63", "ph", 8),),
    "is": (Place("IS", "ISK", "354", "is", 0),),
    "et": (Place("EE", "EUR", "372", "ee", 2),),
    "lv": (Place("LV", "EUR", "371", "lv", 2),),
    "lt": (Place("LT", "EUR", "370", "lt", 2),),
    "pt-BR": (Place("BR", "BRL", "55", "com.br", -3),),
    "ca": (Place("ES", "EUR", "34", "cat", 1),),
    "gl": (Place("ES", "EUR", "34", "gal", 1),),
    "eu": (Place("ES", "EUR", "34", "eus", 1),),
    "sl": (Place("SI", "EUR", "386", "si", 1),),
    "hr": (Place("HR", "EUR", "385", "hr", 1),),
    "sr": (Place("RS", "RSD", "381", "rs", 1),),
    "bs": (Place("BA", "BAM", "387", "ba", 1),),
    "mk": (Place("MK", "MKD", "389", "mk", 1),),
    "sq": (Place("AL", "ALL", "355", "al", 1),),
    "el": (Place("GR", "EUR", "30", "gr", 2),),
    "be": (Place("BY", "BYN", "375", "by", 3),),
    "ka": (Place("GE", "GEL", "995", "ge", 4),),
    "az": (Place("AZ", "AZN", "994", "az", 4),),
    "kk": (Place("KZ", "KZT", "7", "kz", 5),),
    "mn": (Place("MN", "MNT", "976", "mn", 8),),
}


def of(language: str) -> tuple[Place, ...]:
    """The places of a language; one that stands for all others where none is listed."""
    return _PLACES.get(language) or (_ELSEWHERE,)
