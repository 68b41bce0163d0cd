"""MIME that nests, floods, lies about its boundaries and its encodings."""

from __future__ import annotations

import base64

from tests.hostile.inputs.case import LINE, NUMBER, Case, mail, multipart, of

TEXT = b"Content-Type: text/plain\n\n"
ATTACHMENT = b'Content-Type: application/pdf; name="a.pdf"\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64\n\n'
SUBJECT = b"Subject: Your order number: " + NUMBER.encode()


def nest(depth: int, *, inner: bytes = TEXT + LINE) -> bytes:
    parts = b"From: Lamps <orders@lampshop.example>\n" + SUBJECT + b"\nMIME-Version: 1.0\n"
    parts += b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (level, level) for level in range(depth))
    return parts + inner + b"".join(b"\n--b%d--\n" % level for level in reversed(range(depth)))


def attached(depth: int) -> bytes:
    return (
        b"From: Lamps <orders@lampshop.example>\n"
        + b"".join(b"Subject: Fwd\nContent-Type: message/rfc822\n\n" for _ in range(depth))
        + mail(LINE)
    )


def parts(count: int, part: bytes = b"--b1\nContent-Type: image/png\n\nx\n") -> bytes:
    return multipart(b"", b"--b1\n" + TEXT + LINE + part * count + b"--b1--\n")


def damaged(body: bytes, encoding: str) -> bytes:
    return mail(body, encoding=encoding)


ENCODED = base64.encodebytes(b"Hello,\nthank you.\n" + LINE + b"Kind regards\n")
QUOTED = b"Thank you =\nfor it.\nOrder number: 80123456=\n78907734\n=3D\n"
STRUCTURES = {
    "nest_50": lambda: nest(50),
    "nest_500": lambda: nest(500),
    "nest_5000": lambda: nest(5_000),
    "rfc822_50": lambda: attached(50),
    "rfc822_5000": lambda: attached(5_000) + LINE,
    "parts_100k": lambda: parts(100_000),
    "texts_20k": lambda: parts(20_000, b"--b1\nContent-Type: text/plain\n\nhello\n"),
    "mails_20k": lambda: parts(20_000, b"--b1\nContent-Type: message/rfc822\n\nSubject: x\n\nhello\n"),
    "nest_900_lines": lambda: nest(90, inner=TEXT + LINE + b"--x\n" * 30_000),
    "deep_and_long": lambda: nest(900, inner=TEXT + LINE + b"--x\n" * 30_000),
    "dsn_blank_lines": lambda: multipart(b"", b"--b1\n" + TEXT + LINE + b"--b1\nContent-Type: message/delivery-status\n\n" + b"\n" * 300_000 + b"--b1--\n", b"report"),
    "boundary_long": lambda: multipart(b"", b"--" + b"b" * 5_000 + b"\n" + TEXT + LINE, boundary=b"b" * 5_000),
    "boundary_empty": lambda: multipart(b"", TEXT + LINE, boundary=b""),
    "boundary_dashes": lambda: multipart(b"", b"----\n" + TEXT + LINE + b"------\n", boundary=b"--"),
    "boundary_prefix": lambda: multipart(b"", b"--b1\n" + TEXT + LINE + b"--b12\nhello\n--b1--\n"),
    "boundary_other": lambda: multipart(b"", b"--b2\n" + TEXT + LINE + b"--b2--\n"),
    "boundary_unclosed": lambda: multipart(b"", b"--b1\n" + TEXT + LINE),
    "boundary_none": lambda: multipart(b"", LINE),
    "boundary_lines": lambda: multipart(b"", b"--b1\n" + TEXT + LINE + of(b"--\n", 1_000_000)),
    "boundary_same": lambda: multipart(b"", b"--b1\nContent-Type: multipart/mixed; boundary=b1\n\n" * 3_000 + b"--b1\n" + TEXT + LINE),
    "boundary_8bit": lambda: multipart(b"", b"--\xff\xfe\n" + TEXT + LINE + b"--\xff\xfe--\n", boundary=b"\xff\xfe"),
    "truncated": lambda: multipart(b"", b"--b1\n" + TEXT + LINE + b"--b1\n" + ATTACHMENT + b"QUJD"),
    "headers_in_parts": lambda: parts(300, b"--b1\n" + of(b"X-A: b\n", 30_000) + b"\nx\n"),
    "big_attachment": lambda: multipart(b"", b"--b1\n" + TEXT + LINE + b"--b1\n" + ATTACHMENT + of(b"QUJD" * 19 + b"\n", 9_000_000) + b"--b1--\n"),
    "zip_bomb": lambda: multipart(b"", b"--b1\n" + TEXT + LINE + b"--b1\nContent-Type: application/zip; name=a.zip\nContent-Transfer-Encoding: base64\n\n" + base64.encodebytes(b"PK\x03\x04" + b"\0" * 60_000) + b"--b1--\n"),
    "length_lies": lambda: mail(LINE, more=b"Content-Length: 99999999999999\nLines: -1\n"),
    "length_short": lambda: mail(b"Hello\n" + LINE, more=b"Content-Length: 3\n"),
    "external_body": lambda: multipart(b"", b"--b1\n" + TEXT + LINE + b'--b1\nContent-Type: message/external-body; access-type=URL; URL="http://127.0.0.1:9/"\n\nContent-Type: text/plain\n\n--b1--\n'),
    "b64_junk": lambda: damaged(b"!!" + ENCODED.replace(b"\n", b"\n!*"), "base64"),
    "b64_no_padding": lambda: damaged(ENCODED.rstrip(b"=\n"), "base64"),
    "b64_one_line": lambda: damaged(ENCODED.replace(b"\n", b""), "base64"),
    "b64_blanks": lambda: damaged(b" \t".join(ENCODED.split()), "base64"),
    "b64_plain": lambda: damaged(b"Hello there,\nthank you for it.\n" + LINE, "base64"),
    "b64_footer": lambda: damaged(ENCODED + b"\n-- \nA mailing list, with a footer.\n", "base64"),
    "b64_cut": lambda: damaged(ENCODED + b"QUJDRA", "base64"),
    "b64_padding_flood": lambda: damaged(ENCODED + b"=" * 500_000, "base64"),
    "b64_blocks": lambda: damaged(ENCODED + b"QQ==\n" * 100_000, "base64"),
    "qp_broken": lambda: damaged(QUOTED + b"=ZZ =4 =\n=", "quoted-printable"),
    "qp_flood": lambda: damaged(QUOTED + b"=" * 500_000, "quoted-printable"),
    "qp_soft_breaks": lambda: damaged(QUOTED + b"=\n" * 300_000, "quoted-printable"),
    "qp_escapes": lambda: damaged(QUOTED + b"=C3=A4" * 100_000, "quoted-printable"),
    "qp_8bit": lambda: damaged(QUOTED + b"\xc3\xa4\n", "quoted-printable"),
    "cte_unknown": lambda: damaged(LINE, "x-nonsense"),
    "cte_two": lambda: mail(LINE, more=b"Content-Transfer-Encoding: base64\n", encoding="8bit"),
    "cte_comment": lambda: mail(ENCODED, encoding="base64 (so it is)"),
    "cte_long": lambda: mail(LINE, encoding="a" * 100_000),
    "cte_multipart": lambda: multipart(b"Content-Transfer-Encoding: base64\n", b"--b1\n" + TEXT + LINE + b"--b1--\n"),
    "uuencoded": lambda: mail(b"begin 644 a\n" + b"#86)C\n" * 100_000 + b"end\n" + LINE, encoding="7bit"),
    "two_headers": lambda: mail(LINE, more=b"Subject: another\nFrom: x@y.example\n"),
    "no_blank_line": lambda: b"From: Lamps <orders@lampshop.example>\nSubject: Order confirmation\n" + LINE,
    "type_garbage": lambda: mail(LINE, kind='pl\x00ain;;;=;"'),
    "emlx_lies": lambda: b"99999999\n" + mail(LINE),
    "emlx_short": lambda: b"12\n" + mail(LINE),
    "cr_only": lambda: mail(LINE).replace(b"\n", b"\r"),
    "crcrlf": lambda: mail(LINE).replace(b"\n", b"\r\r\n"),
    "mixed_ends": lambda: mail(b"a\rb\r\nc\n" + LINE),
}  # fmt: skip
TOLD = {
    "nest_500": ("mime_depth",), "nest_5000": ("mime_depth",), "rfc822_5000": ("mime_depth",), "parts_100k": ("mime_parts",), "deep_and_long": ("mime_depth",),
    "boundary_other": ("boundary_mismatched",), "boundary_unclosed": ("boundary_unterminated",), "boundary_none": ("boundary_missing",),
    "truncated": ("boundary_unterminated",), "b64_junk": ("base64_invalid",), "b64_plain": ("base64_invalid",), "cte_unknown": ("transfer_encoding_unknown",),
    "cte_two": ("transfer_encoding_ambiguous",), "texts_20k": ("mime_parts",), "mails_20k": ("mime_parts",),
}  # fmt: skip
_MAY_MISS = {"rfc822_5000", "type_garbage"}  # the text is deeper than is read, or of no known kind


def cases():
    for name, make in STRUCTURES.items():
        yield Case(name=f"mime_{name}", make=make, defects=TOLD.get(name, ()), finds=None if name in _MAY_MISS else NUMBER, also=(NUMBER,))
