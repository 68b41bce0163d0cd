"""Characters inside a number: those that vanish, those that are other digits, those that deceive; numbers that are traps."""

from __future__ import annotations

from tests.hostile.inputs.case import BLOCK, LINE, NUMBER, Case, mail

INVISIBLE = {
    "zwsp": "\u200b", "zwnj": "\u200c", "zwj": "\u200d", "lrm": "\u200e", "rlm": "\u200f", "shy": "\u00ad", "wj": "\u2060", "bom": "\ufeff", "cgj": "\u034f",
    "lri": "\u2066", "pdi": "\u2069", "variation": "\ufe0f", "tag": "\U000e0031", "filler": "\u3164", "alm": "\u061c", "deprecated": "\u206f",
}  # fmt: skip
BLANKS = {
    "blank": " ",
    "nbsp": "\u00a0",
    "thin": "\u2009",
    "narrow": "\u202f",
    "figure": "\u2007",
    "ideographic": "\u3000",
    "braille": "\u2800",
}
ROWS = {
    "fullwidth": 0xFF10,
    "arabic": 0x660,
    "persian": 0x6F0,
    "devanagari": 0x966,
    "bengali": 0x9E6,
    "thai": 0xE50,
    "khmer": 0x17E0,
    "nko": 0x7C0,
}
MATHEMATICAL = {"bold": 0x1D7CE, "double": 0x1D7D8, "sans": 0x1D7E2, "mono": 0x1D7F6, "segmented": 0x1FBF0}
ODD = {
    "superscript": "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079",
    "subscript": "".join(map(chr, range(0x2080, 0x208A))),
    "circled": "\u24ea" + "".join(map(chr, range(0x2460, 0x2469))),
}
CONTROL = {
    "nul": "\0",
    "bel": "\a",
    "backspace": "\b",
    "escape": "\x1b",
    "delete": "\x7f",
    "csi": "\x9b",
    "vertical_tab": "\x0b",
    "unit": "\x1f",
}
LOST = {"replacement": "\ufffd", "private": "\ue000", "noncharacter": "\uffff", "plane_15": "\U000f0000"}
BIDI = {
    "rlo": f"\u202e{NUMBER[::-1]}\u202c", "lro": f"\u202d{NUMBER}\u202c", "rlo_inside": "8012\u202e3456\u202c78907734", "rlo_open": f"\u202e{NUMBER[::-1]}",
    "rlo_before_label": f"\u202e{NUMBER[::-1]} :rebmun redrO",
}  # fmt: skip


def spelled(zero: int, digits: str = NUMBER) -> str:
    return "".join(chr(zero + int(digit)) for digit in digits)


def in_text(written: str) -> bytes:
    return mail(f"Hello,\nOrder number: {written}\nThank you for your order.\n".encode("utf-8", "surrogatepass"))


def in_page(written: str) -> bytes:
    return mail(f"<p>Hello,</p><p>Order number: {written}</p><p>Thank you for your order.</p>".encode("utf-8", "surrogatepass"), "html")


def both(name: str, written: str, **expected):
    yield Case(name=f"num_{name}_text", make=lambda: in_text(written), **expected)
    yield Case(name=f"num_{name}_page", make=lambda: in_page(written), **expected)


def cases():
    half = len(NUMBER) // 2
    for name, char in INVISIBLE.items():
        yield from both(name, f"{NUMBER[:half]}{char}{NUMBER[half:]}", defects=("invisible_chars",))
    for name, char in BLANKS.items():
        yield from both(f"groups_{name}", char.join(NUMBER[at : at + 4] for at in range(0, 16, 4)))
    for name, zero in ROWS.items():
        yield from both(name, spelled(zero))
    for name, zero in MATHEMATICAL.items():
        yield from both(name, spelled(zero), finds=None, doubts=True, defects=("odd_digits",))
    for name, digits in ODD.items():
        yield from both(name, "".join(digits[int(digit)] for digit in NUMBER), finds=None, doubts=True, defects=("odd_digits",))
    for name, zero in (("arabic", 0x660), ("fullwidth", 0xFF10)):
        yield from both(f"mixed_{name}", NUMBER[:8] + spelled(zero, NUMBER[8:]), finds=None, doubts=True, defects=("mixed_scripts",))
    for name, mark in (("slash", "\u0338"), ("strike", "\u0336"), ("keycap", "\u20e3"), ("accent", "\u0301")):
        yield from both(f"combining_{name}", mark.join(NUMBER), finds=None, doubts=True, defects=("odd_characters",))
    for name, written in (
        ("cyrillic", "\u0410\u041212345678"),
        ("cyrillic_o", "8\u041e12345678907734"),
        ("greek", "\u0391\u039212345678"),
        ("latin_and_cyrillic", "A\u041212345678"),
    ):
        yield from both(f"homoglyph_{name}", written, finds=None, doubts=True, defects=("mixed_scripts",))
    for name, written in (("oh", "8O12345678907734"), ("capital_i", "80I2345678907734"), ("small_l", "80l2345678907734")):
        yield from both(f"homoglyph_{name}", written, finds=written, defects=("lookalike_chars",))
    for name, char in CONTROL.items():
        yield Case(
            name=f"num_{name}_text",
            make=lambda char=char: in_text(NUMBER[:half] + char + NUMBER[half:]),
            finds=None,
            doubts=True,
            defects=("control_chars",),
        )
    yield Case(
        name="num_nul_page", make=lambda: in_page(NUMBER[:half] + "\0" + NUMBER[half:]), finds=None, doubts=True, defects=("control_chars",)
    )
    for name, char in LOST.items():
        yield from both(name, NUMBER[:half] + char + NUMBER[half:], finds=None, doubts=True, defects=("odd_characters",))
    yield from both("surrogate", NUMBER[:half] + "\ud800" + NUMBER[half:], finds=None, doubts=True, defects=("odd_characters",))
    for name, written in BIDI.items():
        yield from both(f"bidi_{name}", written, finds=None, doubts=True, defects=("bidi_override",))
    for name, written in (
        ("isolate", f"\u2066{NUMBER}\u2069"),
        ("right_isolate", f"\u2067{NUMBER}\u2069"),
        ("embedding", f"\u202b{NUMBER}\u202c"),
    ):
        yield from both(name, written)
    yield Case(name="num_wbr", make=lambda: in_page("<wbr>".join((NUMBER[:4], NUMBER[4:8], NUMBER[8:]))))
    yield Case(name="num_spans", make=lambda: in_page("".join(f"<span>{digit}</span>" for digit in NUMBER)))
    yield Case(name="num_empty_elements", make=lambda: in_page("<b></b>".join(NUMBER)))
    yield Case(
        name="num_override_apart",
        make=lambda: mail(f"<p>Order number: {NUMBER}</p><p><span>\u202e</span><b>100000009</b></p>".encode(), "html"),
        defects=("bidi_override",),
    )
    yield Case(name="num_digits_10k", make=lambda: mail(LINE + b"Customer number: " + b"7" * 10_000 + b"\n"))
    yield Case(name="num_digits_5k_total", make=lambda: mail(LINE + b"Total: " + b"7" * 5_000 + b" EUR\n"))
    yield Case(name="num_amount_exponent", make=lambda: mail(LINE + b"Total: 1e999999999 EUR\nTotal: 1E+400 EUR\n"))
    yield Case(name="num_amount_nan", make=lambda: mail(LINE + b"Total: NaN EUR\nTotal: Infinity EUR\nTotal: -0 EUR\n"))
    yield Case(name="num_amount_marks", make=lambda: mail(LINE + b"Total: 1.2.3,4,5.6 EUR\nTotal: ,,,1 EUR\n"))
    yield Case(
        name="num_dates",
        make=lambda: mail(
            LINE + b"Delivery: 99.99.9999\nDelivery: 0000-00-00\nDelivery: 31 February 2026\nDelivery: 2026-13-45T99:99:99Z\n"
        ),
    )
    yield Case(
        name="num_date_header",
        make=lambda: mail(LINE).replace(b"Tue, 3 Mar 2026 12:00:00 +0100", b"Tue, 99 Foo 99999999999999 99:99:99 +9999"),
        defects=("date_invalid",),
    )
    yield Case(
        name="num_date_digits", make=lambda: mail(LINE).replace(b"3 Mar 2026", b"9" * 5_000 + b" Mar 2026"), defects=("date_invalid",)
    )
    yield Case(name="num_year_huge", make=lambda: mail(LINE + b"Delivered on 3 March " + b"2" * 5_000 + b"\n"))
    yield Case(name="num_card", make=lambda: mail(BLOCK + b"<p>Visa 4111 1111 1111 1111</p>", "html"))
    for name, unit in (("slash", "/"), ("dot", "."), ("dash", "-"), ("underscore", "_")):
        yield Case(name=f"num_chain_{name}", make=lambda unit=unit: mail(LINE + unit.join("12" for _ in range(50_000)).encode() + b"\n"))
