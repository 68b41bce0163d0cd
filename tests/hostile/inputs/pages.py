"""HTML that tree builders take the square of its size for, and tables without end; JSON-LD traps."""

from __future__ import annotations

from tests.hostile.inputs.case import BLOCK, NUMBER, Case, mail

MANY = 100_000
NESTED = (
    "div",
    "b",
    "font",
    "table",
    "template",
    "frameset",
    "span",
    "p",
    "a",
    "ul",
    "li",
    "blockquote",
    "td",
    "center",
    "nobr",
    "button",
    "svg",
    "math",
    "select",
)


def page(body: bytes) -> bytes:
    return mail(body, "html")


def nested(name: str) -> bytes:
    return page(BLOCK + f"<{name}>".encode() * MANY + b"x" + f"</{name}>".encode() * MANY)


def ld(script: str) -> bytes:
    return page(f'<script type="application/ld+json">{script}</script>'.encode("utf-8", "surrogatepass") + BLOCK)


ORDER = '{"@context":"http://schema.org","@type":"Order","orderNumber":'
PAGES = {
    "deep_300": lambda: b"<div>" * 300 + BLOCK + b"</div>" * 300,
    "deep_900": lambda: b"<div>" * 900 + BLOCK + b"</div>" * 900,
    "deep_cells": lambda: b"<table><tr><td>" * 250 + BLOCK + b"</td></tr></table>" * 250,
    "attributes": lambda: b"<p " + b" ".join(b"a%d=1" % n for n in range(MANY)) + b">" + BLOCK,
    "same_attributes": lambda: b"<p" + b" a=1" * MANY + b">" + BLOCK,
    "long_attribute": lambda: b'<p title="' + b"x" * 3_000_000 + b'">x</p>' + BLOCK,
    "open_attribute": lambda: BLOCK + b'<p title="' + b"x" * 3_000_000,
    "rules": lambda: b"<style>" + b"".join(b".c%d{display:none}" % n for n in range(20_000)) + b"</style>" + b"".join(b"<p class=d%d>x</p>" % n for n in range(20_000)) + BLOCK,
    "selector": lambda: b"<style>" + b"div " * MANY + b"{display:none}</style>" + BLOCK,
    "sheets": lambda: b"<style>p.x{display:none}</style>" * 20_000 + BLOCK,
    "misnested": lambda: b"<a><b><i><u></a></b></i></u>" * 30_000 + BLOCK,
    "formatting": lambda: b"<b><p>" * 50_000 + BLOCK,
    "open_tags": lambda: BLOCK + b"<a" * 400_000,
    "open_comments": lambda: BLOCK + b"<!--" * 250_000,
    "comments": lambda: b"<!-- x -->" * MANY + BLOCK,
    "scripts": lambda: b"<script>x</script>" * 50_000 + BLOCK,
    "behind_end": lambda: b"<html><body><p>Hello</p></body></html>" + BLOCK,
    "second_page": lambda: b"<html><body><p>Hello</p></body></html><!DOCTYPE html><html><body>" + BLOCK + b"</body></html>",
    "colspan": lambda: b"<table><tr><td colspan=2000000000>Order number</td><td rowspan=2000000000>" + NUMBER.encode() + b"</td></tr></table>",
    "spans": lambda: b"<table>" + b"<tr><td colspan=1000 rowspan=1000>x" * 30_000 + b"</table>" + BLOCK,
    "entity_bomb": lambda: b'<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + BLOCK + b"&b;" * 10_000,
    "external_entity": lambda: b'<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + BLOCK + b"<p>&x;</p>",
    "external_dtd": lambda: b'<!DOCTYPE html SYSTEM "http://127.0.0.1:9/x.dtd">' + BLOCK,
    "xml_declaration": lambda: b'<?xml version="1.0" encoding="utf-16"?><html>' + BLOCK + b"</html>",
    "remote": lambda: b'<img src="http://127.0.0.1:9/x.png"><link rel=stylesheet href="http://127.0.0.1:9/x.css">' + BLOCK,
    "entities": lambda: b"&#" + b"9" * 500_000 + b";" + BLOCK,
    "data_image": lambda: b'<img src="data:image/png;base64,' + b"QUJD" * 500_000 + b'">' + BLOCK,
    "links": lambda: b"".join(b"<a href='https://a.example/%d'>x</a> " % n for n in range(45_000)) + BLOCK,
    "hidden_tail": lambda: BLOCK + b"<div style='display:none'>" + b"".join(b"<i>%d</i>" % n for n in range(60_000)) + b"<p>Order number: 9000000000000001</p></div>",
    "hidden_class_tail": lambda: b"<style>.h{display:none}</style>" + BLOCK + b"<div class=h>" + b"".join(b"<i>%d</i>" % n for n in range(60_000)) + b"<p>Order number: 9000000000000001</p></div>",
    "hidden_middle": lambda: BLOCK + b"".join(b"<i>x%d</i>" % n for n in range(25_000)) + b"<div style='display:none'>" + b"".join(b"<i>y%d</i>" % n for n in range(25_000)) + b"<p>Order number: 9000000000000001</p></div>",
    "comment_tail": lambda: BLOCK + b"".join(b"<i>x%d</i>" % n for n in range(25_000)) + b"<!-- " + b"".join(b"<i>y%d</i>" % n for n in range(25_000)) + b"<p>Order number: 9000000000000001</p> -->",
    "script_tail": lambda: BLOCK + b"".join(b"<i>x%d</i>" % n for n in range(25_000)) + b"<script>" + b"".join(b"<i>y%d</i>" % n for n in range(25_000)) + b"<p>Order number: 9000000000000001</p></script>",
}  # fmt: skip
TOLD = {
    "attributes": ("html_attrs",),
    "same_attributes": ("html_attrs",),
    "long_attribute": ("html_attrs",),
    "rules": ("html_size",),
    "hidden_tail": ("html_size",),
}
LD = {
    "deep": lambda: '{"a":' * 100_000 + "1" + "}" * 100_000,
    "deep_lists": lambda: "[" * 200_000,
    "huge_number": lambda: ORDER + "9" * 5_000 + "}",
    "exponent": lambda: ORDER + f'"{NUMBER}","price":1e999999999,"totalPaymentDue":{{"price":"1e999999999","priceCurrency":"EUR"}}}}',
    "not_a_number": lambda: ORDER + f'"{NUMBER}","price":NaN,"discount":-Infinity}}',
    "types": lambda: '{"@type":["Order",1,null,{}],"orderNumber":[null,{"@type":[]},true],"seller":7,"@graph":3}',
    "surrogate": lambda: ORDER + f'"{NUMBER}","name":"\\ud800"}}',
    "context": lambda: '{"@context":"http://127.0.0.1:9/context.json","@type":"Order","orderNumber":"' + NUMBER + '"}',
    "blocks": lambda: '{}</script><script type="application/ld+json">' * 20_000,
    "leaves": lambda: "[" + '{"@type":"A","b":"c"},' * 10_000 + "{}]",
    "long_string": lambda: '{"@type":"A","b":"' + "x" * 600_000 + '"}',
    "half": lambda: ORDER + '"12',
    "many_keys": lambda: "{" + ",".join(f'"k{n}":1' for n in range(15_000)) + "}",
    "same_keys": lambda: "{" + ",".join('"k":1' for _ in range(25_000)) + "}",
    "escapes": lambda: '{"a":"' + "\\\\" * 100_000 + '"}',
    "quotes": lambda: '"' * 200_000,
}
LD_TOLD = {
    "deep": ("markup_cut",),
    "deep_lists": ("markup_invalid",),
    "blocks": ("markup_cut",),
    "long_string": ("markup_cut",),
    "half": ("markup_invalid",),
}


def cases():
    for name in NESTED:
        yield Case(name=f"html_nested_{name}", make=lambda name=name: nested(name))
    for name, body in PAGES.items():
        yield Case(name=f"html_{name}", make=lambda body=body: page(body()), defects=TOLD.get(name, ()))
    for name, script in LD.items():
        also = ("9" * 5_000,) if name == "huge_number" else ()
        yield Case(name=f"ld_{name}", make=lambda script=script: ld(script()), also=also, defects=LD_TOLD.get(name, ()))
