"""Text and header fields of a megabyte and more, around the number that counts."""

from __future__ import annotations

from tests.hostile.inputs.case import BLOCK, LINE, Case, mail, of

SIZE = 1_000_000
UNITS = {
    "digits": b"1", "spaces": b" ", "nbsp": "\u00a0".encode(), "dashes": b"-", "digit_space": b"1 ", "digit_dot": b"1.", "digit_comma": b"1,",
    "digit_slash": b"1/", "digit_dash": b"1-", "letters": b"a", "local_parts": b"a.b", "at": b"@", "mail": b"a@b.example ", "parens": b"(",
    "http": b"http://", "links": b"https://a.example/?a=1&", "label": b"Order number ", "label_colon": b"Order number: ", "noun": b"order ",
    "money": b"$1", "sums": b"EUR 1 ", "days": b"1 January ", "iso_days": b"2026-03-03 ", "years": b"2026 ", "clocks": b"12:30 ",
    "hashes": b"#", "han": "\u8ba2\u5355\u53f7".encode(), "arabic": "\u0631\u0642\u0645 \u0627\u0644\u0637\u0644\u0628 ".encode(),
    "capitals": b"ABCD ", "capital_run": b"A", "dotted": b"A.", "escapes": b"%41", "equals": b"=", "underscores": b"_", "quotes": b"> > > ",
    "columns": b"ab  cd\n", "newlines": b"\n", "crlf": b"\r\n", "short_lines": b"a\n", "from_lines": b"From a\n", "tabs": b"\t",
    "attributions": b"On Tue, 3 Mar 2026 at 12:00, A wrote:\n", "rules": b"-----\n", "accents": "a\u0301".encode(), "strokes": "\u0338".encode(),
    "zero_width": "1\u200b".encode(), "emoji": "\U0001f4e6 ".encode(), "nul": b"\0", "angles": b"<", "entities": b"&amp;", "www": b"www.",
}  # fmt: skip
# Header fields, from which a hostile value is made of a prefix, a unit and an end.
FIELDS = {
    "one_field": (b"X-Long: ", b"a", b"\n"),
    "fields": (b"", b"X-A: b\n", b""),
    "names": (b"", b"a:\n", b""),
    "folded": (b"X-Folded: a", b"\n b", b"\n"),
    "folded_subject": (b"Subject: Your order", b"\n b", b"\n"),
    "received": (b"", b"Received: from a by b; Tue, 3 Mar 2026 12:00:00 +0100\n", b""),
    "to": (b"To: ", b"a@b.example, ", b"c@d.example\n"),
    "group": (b"To: g:", b"a@b.example,", b";\n"),
    "groups": (b"To: ", b"g:;,", b"\n"),
    "words": (b"To: ", b"=?utf-8?q?a?= ", b"<a@b.example>\n"),
    "subject_words": (b"Subject: ", b"=?utf-8?q?a?= ", b"\n"),
    "subject_base64": (b"Subject: ", b"=?utf-8?b?YQ==?= ", b"\n"),
    "half_words": (b"Subject: ", b"=?utf-8?q?", b"\n"),
    "replies": (b"Subject: ", b"Re: Fwd: ", b"\n"),
    "subject_blanks": (b"Subject: a", b" ", b"b\n"),
    "semicolons": (b"Content-Disposition: inline", b";", b"\n"),
    "parameters": (b"Content-Disposition: inline", b"; a=b", b"\n"),
    "comments": (b"Reply-To: ", b"(", b"\n"),
    "closed_comments": (b"Reply-To: ", b"(a)", b"a@b.example\n"),
    "quotes": (b"Reply-To: ", b'"', b"\n"),
    "quoted_pairs": (b'Reply-To: "', b"\\a", b'" <a@b.example>\n'),
    "dots": (b"Reply-To: a", b".", b"@b.example\n"),
    "domains": (b"Reply-To: a@b", b".c", b"\n"),
    "ats": (b"Reply-To: ", b"a@", b"b.example\n"),
    "angles": (b"Reply-To: ", b"<", b"\n"),
    "routes": (b"Reply-To: <", b"@a,", b":b@c.example>\n"),
    "continuations": (b"Content-Disposition: inline", b"; a*0*=utf-8''b", b"\n"),
    "references": (b"References: ", b"<a@b.example> ", b"\n"),
    "message_ids": (b"In-Reply-To: ", b"<", b"\n"),
    "results": (b"Authentication-Results: a.example", b"; dkim=pass", b"\n"),
    "result_comments": (b"Authentication-Results: a.example; ", b"(", b"\n"),
    "date": (b"Date: ", b"Tue, ", b"\n"),
    "date_comment": (b"Date: Tue, 3 Mar 2026 12:00:00 +0100 ", b"(", b"\n"),
    "nul": (b"X-Nul: ", b"\0", b"\n"),
    "raw_8bit": (b"X-Raw: ", b"\xff", b"\n"),
    "carriage_returns": (b"X-Cr: ", b"\ra", b"\n"),
    "encodings": (b"Content-Transfer-Encoding: 8bit", b" ", b"\n"),
    "types": (b"", b"Content-Type: text/plain\n", b""),
}  # fmt: skip


def text(name: str, size: int = SIZE) -> bytes:
    return mail(of(UNITS[name], size) + b"\n" + LINE)


def page(name: str, size: int = SIZE) -> bytes:
    return mail(b"<p>" + of(UNITS[name], size) + b"</p>" + BLOCK, "html")


def one_line(name: str, size: int = SIZE) -> bytes:
    return mail(of(UNITS[name], size) + b" " + LINE.strip() + b" " + of(UNITS[name], 1000))


def header(name: str, size: int = SIZE) -> bytes:
    before, unit, behind = FIELDS[name]
    return mail(LINE, more=before + of(unit, size) + behind)


def _case(family: str, name: str, make) -> Case:
    odd = ("control_chars",) if name == "nul" and family == "text" else ()
    return Case(name=f"{family}_{name}", make=lambda: make(name), defects=odd)


def cases():
    yield from (_case("text", name, text) for name in UNITS)
    yield from (_case("page", name, page) for name in UNITS if name not in {"from_lines", "quotes"})
    yield from (_case("header", name, header) for name in FIELDS)
    yield Case(
        name="text_middle",
        make=lambda: mail(of(b"lorem ipsum\n", SIZE) + LINE + of(b"dolor sit amet\n", SIZE)),
        defects=("text_truncated",),
    )
    yield Case(name="page_middle", make=lambda: mail(of(b"<p>lorem ipsum</p>", SIZE) + BLOCK + of(b"<p>dolor sit amet</p>", SIZE), "html"))
    yield Case(name="text_ten_megabytes", make=lambda: text("noun", 10_000_000), defects=("text_truncated",))
    yield Case(name="page_ten_megabytes", make=lambda: page("money", 10_000_000), defects=("text_truncated", "html_size"))
    yield Case(name="header_ten_megabytes", make=lambda: header("one_field", 10_000_000), defects=("header_size",))
    yield Case(
        name="text_numbers",
        make=lambda: mail("".join(f"line {number} of {number * 7919 % 99_991}\n" for number in range(60_000)).encode() + LINE),
        defects=("text_truncated",),
    )
