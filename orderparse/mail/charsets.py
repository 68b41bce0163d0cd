"""Character sets of mail (RFC 2045 charset, RFC 2047, HTML meta): label and bytes in, text out.

A label names the superset that mailers really send (WHATWG Encoding Standard,
https://encoding.spec.whatwg.org/#names-and-labels): ``iso-8859-1`` is read as windows-1252,
``gb2312`` as GB 18030. Only codecs of the table below are ever used, so a label can never call
``rot13``, ``punycode``, ``zlib`` or ``unicode_escape``. ASCII digits always survive.
"""

from __future__ import annotations

import codecs
import re
from encodings.aliases import aliases
from typing import Final, NamedTuple

from orderparse.records import Defect
from orderparse.text.patterns import lazy

# Codec of Python's library: the labels that mean it, without case and punctuation.
_LABELS: Final = {
    "ascii": "usascii ascii ansix341968 ansix341986 iso646us iso646irv1991 us 646 cp367 ibm367 isoir6 csascii",
    "utf_8": "utf8 unicode11utf8 unicode20utf8 xunicode20utf8 utf8mb4 utf8mb3 utf8n csutf8 utf8sig cp65001",
    "utf_7": "utf7 unicode11utf7 unicode20utf7 csutf7 cp65000",
    "utf_16": "utf16 ucs2 unicode iso10646ucs2 csunicode unicodefeff",
    "utf_16_le": "utf16le ucs2le",
    "utf_16_be": "utf16be ucs2be unicodefffe",
    "utf_32": "utf32 ucs4 iso10646ucs4",
    "utf_32_le": "utf32le",
    "utf_32_be": "utf32be",
    "cp1250": "windows1250 cp1250 xcp1250 win1250",
    "cp1251": "windows1251 cp1251 xcp1251 win1251",
    "cp1252": "windows1252 cp1252 xcp1252 win1252 ansi iso88591 iso885911987 latin1 isolatin1 l1 isoir100 csisolatin1 cp819 ibm819 xansi",
    "cp1253": "windows1253 cp1253 xcp1253 win1253",
    "cp1254": "windows1254 cp1254 xcp1254 win1254 iso88599 iso885991989 latin5 l5 isoir148 csisolatin5",
    "cp1255": "windows1255 cp1255 xcp1255 win1255",
    "cp1256": "windows1256 cp1256 xcp1256 win1256",
    "cp1257": "windows1257 cp1257 xcp1257 win1257",
    "cp1258": "windows1258 cp1258 xcp1258 win1258",
    "cp874": "windows874 cp874 tis620 iso885911 dos874 ms874",
    "iso8859_2": "iso88592 iso885921987 latin2 l2 isoir101 csisolatin2",
    "iso8859_3": "iso88593 iso885931988 latin3 l3 isoir109 csisolatin3",
    "iso8859_4": "iso88594 iso885941988 latin4 l4 isoir110 csisolatin4",
    "iso8859_5": "iso88595 iso885951988 cyrillic isoir144 csisolatincyrillic",
    "iso8859_6": "iso88596 iso885961987 iso88596e iso88596i arabic asmo708 ecma114 isoir127 csisolatinarabic",
    "iso8859_7": "iso88597 iso885971987 greek greek8 ecma118 elot928 isoir126 csisolatingreek suneugreek",
    "iso8859_8": "iso88598 iso885981988 iso88598e iso88598i hebrew logical visual isoir138 csisolatinhebrew",
    "iso8859_10": "iso885910 iso8859101992 latin6 l6 isoir157 csisolatin6",
    "iso8859_13": "iso885913 latin7 l7",
    "iso8859_14": "iso885914 latin8 l8",
    "iso8859_15": "iso885915 latin9 l9 csisolatin9",
    "iso8859_16": "iso885916 latin10 l10",
    "koi8_r": "koi8r koi8 koi cskoi8r",
    "koi8_u": "koi8u koi8ru",
    "mac_roman": "macintosh mac macroman xmacroman applemacintosh csmacintosh",
    "mac_cyrillic": "xmaccyrillic maccyrillic xmacukrainian",
    "mac_latin2": "xmacce maclatin2",
    "cp437": "cp437 ibm437 437",
    "cp850": "cp850 ibm850 850",
    "cp852": "cp852 ibm852 852",
    "cp858": "cp858 ibm00858 ccsid00858",
    "cp866": "cp866 ibm866 866 csibm866",
    "gb18030": "gb18030 gb2312 gb23121980 gb231280 csgb2312 csiso58gb231280 gbk cp936 ms936 windows936 chinese isoir58 euccn eucgb2312cn",
    "hz": "hzgb2312 hz hzgb",
    "big5hkscs": "big5 big5hkscs big5eten cnbig5 csbig5 xxbig5 cp950 ms950 windows950",
    "euc_jp": "eucjp xeucjp ujis cseucpkdfmtjapanese",
    "iso2022_jp_ext": "iso2022jp iso2022jp1 iso2022jp2 iso2022jpext csiso2022jp csiso2022jp2 cp50220 cp50221 cp50222",
    "cp932": "shiftjis sjis xsjis csshiftjis mskanji windows31j cswindows31j cp932 ms932 windows932",
    "cp949": "euckr ksc5601 ksc56011987 ksc56011989 cseuckr csksc56011987 korean isoir149 cp949 ms949 windows949 uhc cp51949",
    "johab": "johab cp1361 ms1361",
    "iso2022_kr": "iso2022kr csiso2022kr",
}
CODECS: Final = {label: codec for codec, labels in _LABELS.items() for label in labels.split()}

_WIDE: Final = frozenset({"utf_16", "utf_16_le", "utf_16_be", "utf_32", "utf_32_le", "utf_32_be"})
# Codecs in which a byte below 0x80 may be something else than its ASCII character.
_SHIFTING: Final = frozenset({"utf_7", "hz", "iso2022_jp_ext", "iso2022_kr"}) | _WIDE
_OPEN: Final = frozenset({None, "ascii"})  # what says nothing of bytes above 0x7f
_SAYS_NOTHING: Final = frozenset({"unknown8bit", "unknown", "8bit", "7bit", "binary", "none", "default", "charset"})  # RFC 1428 and kin
_LATIN: Final = frozenset({"ascii", "cp1252", "cp1250", "cp1254", "iso8859_15", "iso8859_2", "mac_roman"})
_BOMS: Final = (
    (codecs.BOM_UTF32_LE, "utf_32_le"),  # before UTF-16 LE, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf_32_be"),
    (codecs.BOM_UTF16_LE, "utf_16_le"),
    (codecs.BOM_UTF16_BE, "utf_16_be"),
)
_META: Final = lazy(rb"""<(?:meta|\?xml)\b[^>]{0,300}?\b(?:charset|encoding)\s*=\s*["']?\s*([\w.:+-]{1,40})""", re.IGNORECASE)
_META_BYTES: Final = 4096
_PUNCTUATION: Final = lazy(r"[^a-z0-9]")
_MULTIBYTE: Final = lazy(rb"[\xc2-\xf4][\x80-\xbf]{1,3}")
# Surrogates and overlong forms, which UTF-8 does not allow (RFC 3629, section 3): some programs write them all the same.
_NO_UTF8: Final = lazy(rb"\xed[\xa0-\xbf][\x80-\xbf]|[\xc0\xc1][\x80-\xbf]|\xe0[\x80-\x9f][\x80-\xbf]|\xf0[\x80-\x8f][\x80-\xbf]{2}")
_HIGH: Final = bytes(range(0x80, 0x100))
_C1: Final = bytes(range(0x80, 0xA0))
_DIGITS: Final = b"0123456789"
_SAMPLE: Final = 20_000  # bytes that a guess looks at
_SURE: Final = 4  # multi-byte sequences after which text that is valid UTF-8 is no accident


class Decoded(NamedTuple):
    """Text, the codec that gave it, and what was wrong with its label."""

    text: str
    codec: str
    defect: Defect | None = None


def codec(label: str) -> str | None:
    """Codec that a label means; None for a label that no mailer should write.

    >>> codec("ISO-8859-1"), codec('"gb2312"'), codec("KS_C_5601-1987"), codec("rot13")
    ('cp1252', 'gb18030', 'cp949', None)
    """
    plain = _plain(label)
    # Mails that a Python program wrote have Python's own names: "big5_tw".
    python = aliases.get(label.lower().replace("-", "_"), "")
    names = (plain, plain.removeprefix("charset"), plain.removeprefix("x"), _plain(python))
    return next((CODECS[name] for name in names if name in CODECS), None)


def wide(data: bytes) -> str | None:
    r"""UTF-16 or UTF-32 codec that data begins in, told by its byte order mark or by where its NULs stand.

    >>> wide(b"O\0r\0d\0e\0r\0 \0001\0"), wide(b"Order 1"), wide(b"\0\0\0\0\0\0\0\0")
    ('utf_16_le', None, None)
    """
    head = data[:1024]
    for mark, name in _BOMS:
        if head.startswith(mark) and (b"\x00" in head or not head[len(mark) :].isascii()):
            return name
    if b"\x00" not in head:
        return None
    half = len(head) // 2
    even, odd = head[::2].count(0), head[1::2].count(0)
    # Text of which most is ASCII: nearly each second byte is NUL, and none of the others.
    if odd * 10 >= half * 7 and even * 20 <= half:
        return "utf_16_le"
    if even * 10 >= half * 7 and odd * 20 <= half:
        return "utf_16_be"
    return None


def decode(data: bytes, label: str | None = None, *, html: bool = False, hint: str | None = None) -> Decoded:
    r"""Text of encoded bytes, whatever the label says.

    ``html`` lets a meta element name the charset where the mail does not; ``hint`` is a label
    from elsewhere in the mail, tried where nothing else is known.

    >>> decode(b"Stra\xdfe 12", "iso-8859-1").text
    'Straße 12'
    >>> decode("Straße 12".encode(), "iso-8859-1")
    Decoded(text='Straße 12', codec='utf_8', defect=Defect(code='charset_mismatch', detail='iso-8859-1'))
    >>> decode(b"Order 12", "x-nonsense").defect
    Defect(code='charset_unknown', detail='x-nonsense')
    """
    if label and _plain(label) in _SAYS_NOTHING:
        label = None
    name = codec(label) if label else None
    unknown = Defect(code="charset_unknown", detail=_detail(label)) if label and name is None else None
    if data.isascii() and name not in _SHIFTING and (name not in _OPEN or (b"\x1b$" not in data and b"\x00" not in data)):
        return Decoded(data.decode("ascii"), name or "ascii", unknown)
    if marked := _marked(data):
        return marked._replace(defect=unknown)
    if name is None or name == "ascii":
        decoded = _unlabelled(data, html=html, hint=hint)
        if label and name and not data.isascii():
            unknown = Defect(code="charset_mismatch", detail=_detail(label))
        return decoded._replace(defect=unknown)
    return _labelled(data, name, label or "", html=html)


def _plain(label: str) -> str:
    return _PUNCTUATION.sub("", label[:80].partition("*")[0].lower())  # RFC 2231 puts a language behind "*"


def _detail(label: str | None) -> str:
    return (label or "").encode("ascii", "replace").decode("ascii")[:60]


def _marked(data: bytes) -> Decoded | None:
    if data.startswith(codecs.BOM_UTF8):
        return Decoded(data[len(codecs.BOM_UTF8) :].decode("utf-8", "replace"), "utf_8")
    for mark, name in _BOMS:
        if data.startswith(mark) and name == wide(data):
            return Decoded(data[len(mark) :].decode(name, "replace"), name)
    return None


def _labelled(data: bytes, name: str, label: str, *, html: bool) -> Decoded:
    mismatch = Defect(code="charset_mismatch", detail=_detail(label))
    if name in _WIDE:
        return _labelled_wide(data, name, mismatch, html=html)
    # Valid UTF-8 is no accident in a Latin text; in other scripts a few letters may be.
    sure = name in _LATIN or (name != "utf_8" and name not in _SHIFTING and len(_MULTIBYTE.findall(data[:_SAMPLE])) >= _SURE)
    if sure and (text := _strict(data, "utf_8")) is not None:
        return Decoded(text, "utf_8", mismatch)
    if (text := _strict(data, name)) is not None:
        return Decoded(text, name)
    if name != "utf_8" and (text := _strict(data, "utf_8")) is not None:
        return Decoded(text, "utf_8", mismatch)
    meta = _meta(data) if html else None
    if meta and meta not in _WIDE and meta != name and (text := _strict(data, meta)) is not None:
        return Decoded(text, meta, mismatch)
    return _lenient(data, name)._replace(defect=mismatch)


def _labelled_wide(data: bytes, name: str, mismatch: Defect, *, html: bool) -> Decoded:
    found = wide(data)
    if found is None and b"\x00" not in data[:_SAMPLE] and not _looks_wide(data, name):
        return _unlabelled(data, html=html, hint=None)._replace(defect=mismatch)
    if name in {"utf_16", "utf_32"}:  # no byte order mark: RFC 2781 says big-endian, mailers send little-endian
        name = found or f"{name}_le"
    text = _strict(data, name)
    return Decoded(text, name) if text is not None else Decoded(data.decode(name, "replace"), name, mismatch)


def _looks_wide(data: bytes, name: str) -> bool:
    """Whether text without a NUL (Han, kana, Hangul) is UTF-16 as said: then it is no ASCII and no UTF-8."""
    return "16" in name and len(data) % 2 == 0 and _strict(data, "utf_8") is None


def _unlabelled(data: bytes, *, html: bool, hint: str | None) -> Decoded:
    if (name := wide(data)) is not None:
        return Decoded(data.decode(name, "replace"), name)
    if b"\x1b$" in data and (text := _strict(data, "iso2022_jp_ext")) is not None:
        return Decoded(text, "iso2022_jp_ext")
    meta = _meta(data) if html else None
    # UTF-7 only ever by a header; a page that says UTF-16 in ASCII letters is not in UTF-16 (HTML 4.10.5.3).
    if meta and meta not in _SHIFTING and meta != "utf_8":
        found = _labelled(data, meta, "", html=False)
        if found.defect is None:
            return found
    if (text := _strict(data, "utf_8")) is not None:
        return Decoded(text, "ascii" if data.isascii() else "utf_8")
    for name in (codec(hint) if hint else None, _guess(data)):
        if name and name not in _SHIFTING and name != "ascii" and (text := _strict(data, name)) is not None and _keeps_digits(data, text):
            return Decoded(text, name)
    return _lenient(data, "utf_8")


def _meta(data: bytes) -> str | None:
    found = _META.search(data, 0, _META_BYTES)
    return codec(found[1].decode("ascii")) if found and found[1].isascii() else None


def _guess(data: bytes) -> str | None:
    """Guess for text that is not UTF-8 and has more odd bytes than windows-1252 would have."""
    sample = data[:_SAMPLE]
    high = len(sample) - len(sample.translate(None, _HIGH))
    odd = len(sample) - len(sample.translate(None, _C1))
    if odd * 5 < high and high * 3 < len(sample):
        return "cp1252"
    from bs4.dammit import EncodingDetector  # noqa: PLC0415  # heavy, and hardly ever needed

    for guess in EncodingDetector(sample).encodings:
        name = codec(guess)
        if name and name not in _SHIFTING and name not in {"ascii", "utf_8"}:
            return name
    return None


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeError, ValueError):
        return None


def _keeps_digits(data: bytes, text: str) -> bool:
    """Whether all ASCII digits are still there: a multi-byte codec takes one into a character at times, and such a reading is wrong."""
    return sum(map(text.count, "0123456789")) == len(data) - len(data.translate(None, _DIGITS))


def _lenient(data: bytes, name: str) -> Decoded:
    """Text with U+FFFD for what a codec cannot read: windows-1252 if that loses less."""
    if name == "utf_8" and _NO_UTF8.search(data) and (mended := _strict(_NO_UTF8.sub(b"\xef\xbf\xbd", data), name)) is not None:
        return Decoded(mended, name)
    text = data.decode(name, "replace")
    if name in _SHIFTING:
        return Decoded(text, name)
    lost = text.count("\ufffd")
    high = len(data) - len(data.translate(None, _HIGH))
    if lost * 3 > high or not _keeps_digits(data, text):
        return Decoded(data.decode("cp1252", "replace"), "cp1252")
    return Decoded(text, name)
