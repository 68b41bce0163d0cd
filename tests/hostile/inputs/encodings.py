"""Charsets that are none, that lie, or that are slow; bytes that are no text."""

from __future__ import annotations

from tests.hostile.inputs.case import LINE, Case, mail

NO_CHARSETS = (
    "rot13", "rot_13", "zlib", "zlib_codec", "hex", "hex_codec", "base64", "bz2", "uu", "quopri", "idna", "punycode", "undefined", "unicode_escape",
    "raw_unicode_escape", "unicode_internal", "string_escape", "mbcs", "oem", "charmap", "x-nonsense", "x" * 5_000, "\u00e4", "", "../../etc/passwd",
    "%s%s%n", "utf-8\x00", "'utf-8", "unknown-8bit",
)  # fmt: skip
ASCII_LIKE = (
    "us-ascii", "utf-8", "utf8", "UTF_8", "iso-8859-1", "iso-8859-15", "windows-1252", "cp1252", "latin1", "koi8-r", "gb2312", "gbk", "gb18030", "big5",
    "shift_jis", "euc-jp", "euc-kr", "ks_c_5601-1987", "iso-2022-jp", "iso-2022-kr", "windows-1251", "tis-620", "macintosh", "utf-7", "hz-gb-2312", "cp437",
)  # fmt: skip
SWEDISH = "Best\u00e4llningsnummer: 8012345678907734\nTack f\u00f6r din best\u00e4llning\n"
BODIES = {
    "utf_16": lambda: mail(LINE.decode().encode("utf-16"), charset="utf-16", encoding="binary"),
    "utf_16_le": lambda: mail(LINE.decode().encode("utf-16-le"), charset="utf-16", encoding="binary"),
    "utf_16_be": lambda: mail(LINE.decode().encode("utf-16-be"), charset="utf-16", encoding="binary"),
    "utf_16_silent": lambda: mail(LINE.decode().encode("utf-16-le"), charset="us-ascii", encoding="binary"),
    "utf_32": lambda: mail(LINE.decode().encode("utf-32"), charset="utf-32", encoding="binary"),
    "utf_16_lies": lambda: mail(LINE, charset="utf-16"),
    "utf_7": lambda: mail(b"Order number: +ADg-012345678907734\n", charset="utf-7"),
    "utf_7_silent": lambda: mail(b"+ADw-script+AD4-\n" + LINE),
    "utf_7_script": lambda: mail(b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-\n" + LINE, charset="utf-7"),
    "hz": lambda: mail(b"~{VPND~}\n" + LINE, charset="hz-gb-2312"),
    "iso_2022_jp": lambda: mail("\u6ce8\u6587\u756a\u53f7: 8012345678907734\n".encode("iso2022_jp"), charset="iso-2022-jp"),
    "iso_2022_cut": lambda: mail(LINE + b"\x1b$B!!\x1b", charset="iso-2022-jp"),
    "idna_slow": lambda: mail(LINE + b"a" * 500_000, charset="idna"),
    "punycode_slow": lambda: mail(LINE + b"a-" * 250_000, charset="punycode"),
    "latin_as_utf8": lambda: mail(SWEDISH.encode("latin-1"), charset="utf-8"),
    "utf8_as_latin": lambda: mail(SWEDISH.encode(), charset="iso-8859-1"),
    "utf8_as_ascii": lambda: mail(SWEDISH.encode(), charset="us-ascii"),
    "meta_conflict": lambda: mail(b'<meta charset="utf-16"><p>' + SWEDISH.encode() + b"</p>", "html"),
    "meta_latin": lambda: mail(b'<meta charset="iso-8859-1"><p>' + SWEDISH.encode() + b"</p>", "html"),
    "meta_flood": lambda: mail(b'<meta charset="rot13">' * 20_000 + b"<p>" + LINE + b"</p>", "html"),
    "c1": lambda: mail(b"\x80\x81\x8d\x8f\x90\x9d\n" + LINE, charset="iso-8859-1"),
    "overlong": lambda: mail(b"\xc0\xaf\xc1\x81\xe0\x80\xaf\n" + LINE),
    "surrogates": lambda: mail(b"\xed\xa0\x80\xed\xbf\xbf\n" + LINE),
    "beyond": lambda: mail(b"\xf4\x90\x80\x80\xf8\x88\x80\x80\x80\n" + LINE),
    "noncharacters": lambda: mail("\ufffe\uffff\U0001ffff\ufdd0\n".encode() + LINE),
    "byte_order_mark": lambda: b"\xef\xbb\xbf" + mail(LINE),
    "body_mark": lambda: mail(b"\xef\xbb\xbf" + LINE),
    "all_bytes": lambda: mail(bytes(range(256)) + b"\n" + LINE),
    "high_bytes": lambda: mail(bytes(range(128, 256)) * 2_000 + b"\n" + LINE, charset="x-nonsense"),
    "nul_text": lambda: mail(b"a\x00b\x00\n" + LINE),
    "nul_runs": lambda: mail(LINE + b"\x00" * 100_000),
    "nul_html": lambda: mail(b"<p>a\x00b</p><p>" + LINE + b"</p>", "html"),
    "nul_header": lambda: mail(LINE, more=b"X-A: \x00\x00\n", subject=b"Order\x00 confirmation"),
    "shift_jis_digit": lambda: mail(LINE + b"\x83" + b"1\n", charset="shift_jis"),
    "subject_charset": lambda: mail(LINE, subject=b"=?rot13?q?Beqre?= =?idna?q?a?= =?zlib?b?eJw=?="),
    "subject_broken": lambda: mail(LINE, subject=b"=?utf-8?b?!!!?= =?utf-8?q?=ZZ?= =?utf-8?q?"),
    "subject_raw": lambda: mail(LINE, subject="Best\u00e4llning".encode("latin-1")),
}  # fmt: skip
_TOLD = {"nul_text": ("control_chars",), "latin_as_utf8": ("charset_mismatch",), "utf8_as_latin": ("charset_mismatch",)}


def cases():
    for number, name in enumerate(NO_CHARSETS):
        silent = name in {"", "unknown-8bit", "utf-8\x00", "'utf-8"}
        label = name[:12] if name.isascii() and name.isprintable() else f"odd_{number}"
        yield Case(
            name=f"cs_{number}_{label}", make=lambda name=name: mail(LINE, charset=name), defects=() if silent else ("charset_unknown",)
        )
    for name in ASCII_LIKE:
        yield Case(name=f"cs_{name}", make=lambda name=name: mail(LINE, charset=name))
    for name, make in BODIES.items():
        yield Case(name=f"cs_{name}", make=make, defects=_TOLD.get(name, ()))
