"""HTML without geometry: what a mail tells stands in paragraphs, lists, spans and running lines, not in the cells of a table."""

from __future__ import annotations

from html import escape
from itertools import zip_longest
from typing import TYPE_CHECKING

from orderparse.training.content import Body, Fact
from orderparse.training.layouts import page

if TYPE_CHECKING:
    from collections.abc import Iterable
    from random import Random

    from orderparse.training.content import Block, Content

_PIXEL = '<img src="https://img.example/open.gif" width="1" height="1" alt="">'


def _said(fact: Fact, between: str) -> str:
    """Label and value in one breath; a value without a label stands alone."""
    return f"{escape(fact.label)}{between}{page.value(fact)}" if fact.label else page.value(fact)


def _goods(block: Block) -> list[list[Fact]]:
    """The rows of goods as facts: the column's heading is the label. Empty cells are left out."""
    return [[Fact(column, cell) for column, cell in zip_longest(block.columns, row, fillvalue="") if cell] for row in block.rows]


def _links(content: Content, attributes: str = "") -> list[str]:
    return [f'<a href="{escape(link.href)}"{attributes}>{escape(link.text)}</a>' for link in content.buttons]


def _stripped(content: Content, *, goods: bool = True, links: bool = True) -> str:
    """The plain text that a shop's mailer makes of its page: one line a thing; goods, links may get lost."""
    lines = [content.title, content.greeting, *content.prose]
    for block in content.blocks:
        lines += ["", block.heading, *(": ".join(filter(None, fact[:2])) for fact in block.facts)]
        lines += [" ".join(filter(None, row)) for row in (block.columns, *block.rows) if goods]
        lines += [": ".join(filter(None, fact[:2])) for fact in block.sums]
    lines += ["", *(f"{link.text} <{link.href}>" if links else link.text for link in content.buttons), "", *content.footer]
    return "\n".join(lines).strip() + "\n"


def broken_lines(content: Content, rng: Random) -> Body:
    """Paragraphs of "Label: value" lines parted by <br>, goods as lines with dashes: the stock mail of a small shop system."""
    colon, strong, br = page.colon(content) + " ", rng.choice(("b", "strong")), rng.choice(("<br>", "<br/>\n"))
    inner = page.each(f"<p><{strong}>{{}}</{strong}></p>\n", [content.title]) + page.each("<p>{}</p>\n", (content.greeting, *content.prose))
    for block in content.blocks:
        lines = [f"<{strong}>{escape(block.heading)}</{strong}>"] * bool(block.heading)
        lines += [_said(fact, colon) for fact in block.facts]
        inner += f"<p>{br.join(lines)}</p>\n" if lines else ""
        goods = [" – ".join(escape(cell) or "–" for cell in row) for row in block.rows]
        goods[:0] = [f"<u>{' – '.join(map(escape, block.columns))}</u>"] * bool(goods and block.columns)
        inner += f"<p>{br.join(goods)}</p>\n" if goods else ""
        inner += f"<p>{br.join(_said(fact, colon) for fact in block.sums)}</p>\n" if block.sums else ""
    inner += "".join(f"<p>{link}</p>\n" for link in _links(content)) + "<p>" + br.join(map(escape, content.footer)) + "</p>"
    return Body(html=page.whole(content, inner), text=_stripped(content))


def label_over_value(content: Content, rng: Random) -> Body:
    """Each fact a paragraph, its label in bold on the line above the value; goods as a bare table: service mails of big shops."""
    style = rng.choice(("", ' style="margin:0 0 12px"', ' class="field"'))
    strong, colon = rng.choice(("b", "strong")), rng.choice(("", page.colon(content)))
    inner = page.each("<h1>{}</h1>", [content.title]) + page.each("<p>{}</p>", (content.greeting, *content.prose))
    for block in content.blocks:
        inner += page.each("<h2>{}</h2>", [block.heading])
        for fact in block.facts:
            inner += f"<p{style}><{strong}>{escape(fact.label)}{colon}</{strong}><br>" if fact.label else f"<p{style}>"
            inner += f"{page.value(fact)}</p>\n"
        head = f"<tr>{page.each('<th align=left>{}</th>', block.columns)}</tr>" if block.columns else ""
        rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in block.rows)
        inner += f'<table cellpadding="4">{head}{rows}</table>' if rows else ""
        inner += "".join(f'<p align="right">{_said(fact, "&nbsp;&nbsp; ")}</p>' for fact in block.sums)
    inner += "<br>".join(_links(content, ' class="button"')) + "<hr>" + page.each("<p><small>{}</small></p>", content.footer) + _PIXEL
    return Body(html=page.whole(content, inner, head="<style>.button{padding:8px 20px;background:#123;color:#fff}</style>"))


def listed(content: Content, rng: Random) -> Body:
    """Facts as a bulleted list, each of the goods a bullet with a list of its own: ticket systems and mails typed in an editor."""
    label = rng.choice(("{}", "<b>{}</b>", "<strong>{}</strong>", "<i>{}</i>"))
    colon = rng.choice((f"{page.colon(content)} ", " – ", f"{page.colon(content)} "))
    inner = page.each("<h3>{}</h3>\n", [content.title]) + page.each("<div>{}</div><div><br></div>\n", (content.greeting, *content.prose))

    def items(facts: Iterable[Fact]) -> str:
        return "".join(f"<li>{label.format(escape(fact.label)) + colon if fact.label else ''}{page.value(fact)}</li>\n" for fact in facts)

    for block in content.blocks:
        inner += page.each("<div>{}</div>", [block.heading])
        inner += f"<ul>\n{items(block.facts)}"
        for goods in filter(None, _goods(block)):
            inner += f"<li>{_said(goods[0], colon)}<ul>{items(goods[1:])}</ul></li>\n"
        inner += items(block.sums) + "</ul>\n"
    inner += "".join(f"<div>{link}</div>" for link in _links(content)) + page.each("<div><i>{}</i></div>", content.footer)
    return Body(html=page.whole(content, inner), text=_stripped(content, goods=False))


def one_line(content: Content, rng: Random) -> Body:
    """All facts of a block in one centred paragraph, parted by bars or dots: marketing-built mails with a strip of facts."""
    bar, colon = rng.choice((" | ", " · ", "&nbsp;|&nbsp; ", " &bull; ")), f"{page.colon(content)} "
    inner = f"<center>{page.each('<h2>{}</h2>', [content.title])}</center>" + page.each("<p>{}</p>", (content.greeting, *content.prose))
    for block in content.blocks:
        inner += page.each("<center><h4>{}</h4></center>", [block.heading])
        inner += f'<p align="center">{bar.join(_said(fact, colon) for fact in block.facts)}</p>\n' if block.facts else ""
        for goods in filter(None, _goods(block)):
            picture = f'<img src="https://img.example/item.jpg" width="80" alt="{escape(goods[0].value)}"><br>'
            inner += f'<p align="center">{picture}{bar.join(_said(fact, colon) for fact in goods)}</p>\n'
        inner += f'<p align="center"><b>{bar.join(_said(fact, colon) for fact in block.sums)}</b></p>\n' if block.sums else ""
    inner += f'<p align="center">{bar.join(_links(content))}</p><p align="center"><font size="1">{bar.join(map(escape, content.footer))}'
    return Body(html=page.whole(content, f"{inner}</font></p>"))


def sentence(content: Content, rng: Random) -> Body:
    """Facts run on as a sentence, "Label value, label value.", after the prose and in its paragraph: friendly mails of young shops."""
    mark = rng.choice(("b", "strong", "span"))

    def run(facts: Iterable[Fact]) -> str:
        said = ", ".join(f"{escape(fact.label)} <{mark}>{page.value(fact)}</{mark}>".lstrip() for fact in facts)
        return said and f"{said}. "

    inner = page.each("<h2>{}</h2>", [content.title]) + page.each("<p>{}</p>", [content.greeting])
    before = " ".join(map(escape, content.prose))
    for block in content.blocks:
        heading = page.each("{} – ", [block.heading])
        inner += f"<p>{before} {heading}{run(block.facts)}</p>\n<p>{'</p><p>'.join(run(goods) for goods in _goods(block))}</p>"
        inner += f"<p>{run(block.sums)}</p>" if block.sums else ""
        before = ""
    inner += f"<p>{before}</p>" if before else ""
    inner += page.each("<p>{}</p>", [" ".join(content.footer)]) + "".join(f"<p>→ {link}</p>" for link in _links(content))
    return Body(html=page.whole(content, f'<div style="max-width:560px">{inner}</div>'), text=_stripped(content, goods=False, links=False))


def preformatted(content: Content, rng: Random) -> Body:
    """Everything in one <pre>, labels filled with blanks to a column: enterprise systems that wrap their printouts in HTML."""
    colon, gap = rng.choice(("", " :", ":")), rng.choice((" ", "  "))
    lines = [escape(text) for text in (content.title, "", content.greeting, "", *content.prose, "")]
    for block in content.blocks:
        facts = (*block.facts, *block.sums)
        width = max((len(fact.label) for fact in facts), default=0) + 2
        lines += ["-" * 60, *([escape(block.heading), ""] if block.heading else [])]
        aligned = [
            f"{escape(fact.label)}{colon}{' ' * (width - len(fact.label))}{gap}{page.value(fact)}" if fact.label else page.value(fact)
            for fact in facts
        ]
        rows = [row for row in (block.columns, *block.rows) if row]
        widths = [max(map(len, column)) for column in zip_longest(*rows, fillvalue="")]
        table = ["  ".join(escape(cell.ljust(w)) for cell, w in zip(row, widths, strict=False)) for row in rows if block.rows]
        lines += [*aligned[: len(block.facts)], "", *table, "", *aligned[len(block.facts) :], ""]
    lines += [*_links(content), "-" * 60, *map(escape, content.footer)]
    style = rng.choice(("", ' style="font-family:Courier New,monospace"', ' class="body"'))
    return Body(html=page.whole(content, f"<pre{style}>" + "\n".join(lines) + "</pre>"))


def parenthesised(content: Content, rng: Random) -> Body:
    """Facts in parentheses behind the title or a block's heading, parted by semicolons: terse notices of booking and payment systems."""
    between, small = rng.choice((" ", f"{page.colon(content)} ", "&nbsp;")), rng.choice(("small", "span", "font"))
    inner, rest = "", page.each("<p>{}</p>\n", (content.greeting, *content.prose))
    heading = content.title or content.shop
    for number, block in enumerate(content.blocks):
        heading = heading if not number else block.heading
        facts = "; ".join(_said(fact, between) for fact in block.facts)
        inner += f"<h2>{escape(heading)} <{small}>{f'({facts})' if facts else ''}</{small}></h2>\n{rest}"
        inner += page.each("<h3>{}</h3>", [block.heading if not number else ""])
        for goods in filter(None, _goods(block)):
            inside = "; ".join(_said(fact, between) for fact in goods[1:])
            inner += f"<p>{_said(goods[0], between)} <{small}>{f'({inside})' if inside else ''}</{small}></p>\n"
        sums = "; ".join(_said(fact, between) for fact in block.sums)
        inner += f"<p><{small}>({sums})</{small}></p>\n" if sums else ""
        rest = ""
    inner += rest and page.each("<h2>{}</h2>", [heading]) + rest
    inner += "".join(f"<h4>{link}</h4>" for link in _links(content)) + page.each("<h6>{}</h6>", content.footer)
    return Body(html=page.whole(content, inner))


def deep_spans(content: Content, rng: Random) -> Body:
    """Divs within divs, label and value in sibling spans that only CSS keeps apart; a hidden preheader: component-built app mails."""
    key, value = rng.choice((("label", "value"), ("k", "v"), ("css-h", "css-r")))
    glue = rng.choice(("", "\n", " "))
    gap = rng.choice(("display:inline-block;min-width:180px;padding-right:16px", "float:left;width:220px;margin-right:20px"))

    def pair(fact: Fact) -> str:
        label = f'<span class="{key}" style="{gap}">{escape(fact.label)}</span>{glue}' if fact.label else ""
        return f'<div class="row"><div>{label}<span class="{value}">{page.value(fact)}</span></div></div>\n'

    preheader = f"{escape(content.title)}{'&nbsp;&zwnj;' * rng.randint(5, 40)}"
    inner = f'<div style="display:none;max-height:0;overflow:hidden">{preheader}</div><div><div class="main">'
    inner += page.each('<div class="title"><span>{}</span></div>', [content.title])
    inner += page.each("<div><div><span>{}</span></div></div>", (content.greeting, *content.prose))
    for block in content.blocks:
        inner += f'<div class="card"><div>{page.each("<div><span><b>{}</b></span></div>", [block.heading])}'
        inner += f"<div>{''.join(map(pair, block.facts))}</div>"
        for goods in filter(None, _goods(block)):
            picture = f'<img src="https://img.example/i.png" alt="{escape(goods[0].value)}" width="64">'
            inner += f'<div class="item"><div>{picture}</div>{"".join(map(pair, goods))}</div>'
        inner += f'<div class="sums"><div>{"".join(map(pair, block.sums))}</div></div></div></div>'
    inner += "".join(f'<div class="cta"><div>{link}</div></div>' for link in _links(content))
    inner += f'<div class="foot">{page.each("<div><span>{}</span></div>", content.footer)}</div></div></div>{_PIXEL}'
    style = f"<style>.row{{overflow:hidden}}.{key}{{color:#777}}.{value}{{color:#111}}</style>"
    return Body(html=page.whole(content, inner, head=style), text=_stripped(content))


def bare_bones(content: Content, rng: Random) -> Body:
    """No html, no body, <p>, <br>, <td> never closed, unquoted attributes: hand-written scripts of shops that have always run so."""
    upper, between = rng.choice((True, False)), rng.choice((f"{page.colon(content)} ", " - ", f"{page.colon(content)}&nbsp;"))
    p, br, td, tr = ("<P>", "<BR>", "<TD>", "<TR>") if upper else ("<p>", "<br>", "<td>", "<tr>")
    out = "<div dir=rtl>" if content.language in {"ar", "he", "fa", "ur"} else ""
    out += page.each("<font size=4>{}</font>\n", [content.title]) + page.each(p + "{}\n", (content.greeting, *content.prose))
    for block in content.blocks:
        out += page.each(p + "<u>{}</u>" + br + "\n", [block.heading]) or p
        out += "".join(f"{_said(fact, between)}{br}\n" for fact in block.facts)
        if block.rows:
            rows = "".join(f"{tr}{''.join(td + escape(cell) for cell in row)}\n" for row in (block.columns, *block.rows) if row)
            out += f"<table border=1 width=500>\n{rows}</table>\n"
        out += "".join(f"<b>{_said(fact, between)}</b>{br}\n" for fact in block.sums)
    out += "".join(f"{p}&gt;&gt; {link}\n" for link in _links(content)) + f"<hr noshade>{br.join(map(escape, content.footer))}\n"
    return Body(html=out)


def span_soup(content: Content, rng: Random) -> Body:
    """AMP-like sections and microformat classes, label, colon and value each in spans of their own: generated by a mark-up library."""
    prefix, colon = rng.choice(("p-", "h-", "dt-", "u-")), page.colon(content)

    def soup(fact: Fact) -> str:
        label = f'<span class="{prefix}name"><span>{escape(fact.label)}</span></span><span class="{prefix}sep">{colon}</span> '
        value = f'<data class="{prefix}value"><span>{page.value(fact)}</span></data>'
        return f'<span class="{prefix}entry">{label if fact.label else ""}{value}</span>'

    end = rng.choice((",\n", ";\n", "<br>\n", "<wbr>&emsp;\n"))
    inner = page.each("<header><span><b>{}</b></span></header>", [content.title])
    inner += f"<main>{page.each('<p><span>{}</span></p>', (content.greeting, *content.prose))}"
    for block in content.blocks:
        inner += (
            f'<section class="h-order">{page.each("<header><b>{}</b></header>", [block.heading])}<p>{end.join(map(soup, block.facts))}</p>'
        )
        for goods in filter(None, _goods(block)):
            picture = f'<amp-img src="https://img.example/p.png" width="80" height="80" alt="{escape(goods[0].value)}"></amp-img>'
            inner += f'<article class="h-product">{picture}<p>{end.join(map(soup, goods))}</p></article>'
        inner += f"<footer>{end.join(map(soup, block.sums))}</footer></section>\n"
    inner += f"<nav>{' '.join(_links(content))}</nav></main><footer>{page.each('<small>{}</small><br>', content.footer)}</footer>"
    html = page.whole(content, inner, head='<meta charset="utf-8"><style amp-custom>.h-order{margin:0}</style>')
    return Body(html=html.replace("<html>", "<html amp4email>", 1))


def notification(content: Content, rng: Random) -> Body:
    """A line or two and a button, all facts in small print under it in one run: push-like notices of apps and carriers."""
    size, colon = rng.choice(("11px", "10px", "x-small")), rng.choice((" ", f"{page.colon(content)} "))
    first, later = content.prose[:1], content.prose[1:]
    inner = page.each("<div><b>{}</b></div>", [content.title]) + page.each(
        "<div>{}</div>", [" ".join(filter(None, (content.greeting, *first)))]
    )
    inner += "".join(f'<br><span style="border:1px solid;padding:6px 18px">{link}</span><br>' for link in _links(content))
    lines = [*map(escape, later)]
    for block in content.blocks:
        heading = [f"<b>{escape(block.heading)}</b>"] * bool(block.heading)
        lines.append(". ".join([*heading, *(_said(fact, colon) for fact in block.facts)]))
        lines += [", ".join(_said(fact, " ") for fact in goods) for goods in _goods(block)]
        lines.append(". ".join(_said(fact, colon) for fact in block.sums))
    small = "<br>\n".join(line for line in (*lines, *map(escape, content.footer)) if line)
    inner += f'<br><div style="font-size:{size};color:#888;line-height:1.3">{small}</div>'
    return Body(html=page.whole(content, inner), text=_stripped(content, goods=False))


def bilingual(content: Content, rng: Random) -> Body:
    """Each label twice, parted by a slash, the second time in capitals: shops and customs papers of countries with two languages."""
    second = rng.choice(("<i>{}</i>", "<em>{}</em>", "<i class='en'>{}</i>"))
    colon = page.colon(content)

    def both(label: str) -> str:
        return f"{escape(label)} / {second.format(escape(label.upper()))}" if label else ""

    inner = page.each("<h1>{}</h1>", [content.title]) + page.each("<blockquote>{}</blockquote>", (content.greeting, *content.prose))
    for block in content.blocks:
        inner += f"<fieldset>{page.each('<legend>{}</legend>', [block.heading])}"
        inner += "".join(f"<div>{both(fact.label) + colon if fact.label else ''} <b>{page.value(fact)}</b></div>\n" for fact in block.facts)
        if block.rows:
            head = "".join(f"<td>{both(column)}</td>" for column in block.columns)
            rows = "".join(f"<tr>{''.join(f'<td><tt>{escape(cell)}</tt></td>' for cell in row)}</tr>" for row in block.rows)
            inner += f'<table border="1" cellspacing="0"><tr bgcolor="#eeeeee">{head}</tr>{rows}</table>'
        inner += "".join(f'<div align="right">{both(fact.label)} <b>{page.value(fact)}</b></div>\n' for fact in block.sums) + "</fieldset>"
    inner += "".join(f"<address>{link}</address>" for link in _links(content)) + page.each("<address>{}</address>", content.footer)
    return Body(html=page.whole(content, inner))


def gaps(content: Content, rng: Random) -> Body:
    """No colons: a run of &nbsp; stands between label and value and between the cells of the goods: mails pasted from a word processor."""
    gap = rng.choice(("&nbsp;" * rng.randint(4, 9), " &nbsp; &nbsp; &nbsp; "))
    style = rng.choice((' class="MsoNormal"', ' class="MsoNormal" style="margin:0cm"', ' style="margin:0"'))

    def line(inner: str) -> str:
        return f'<p{style}><span style="font-family:Calibri,sans-serif">{inner}<o:p></o:p></span></p>\n'

    blank = line("&nbsp;")
    inner = "".join(line(page.each("{}", [text])) + blank for text in (content.title, content.greeting, *content.prose) if text)
    for block in content.blocks:
        inner += "".join(line(f"<b>{escape(text)}</b>") for text in [block.heading] if text)
        inner += "".join(line(_said(fact, gap)) for fact in block.facts) + blank
        rows = [row for row in (block.columns, *block.rows) if row] if block.rows else []
        inner += "".join(line(gap.join(escape(cell) or "–" for cell in row)) for row in rows) + blank
        inner += "".join(line(_said(fact, gap)) for fact in block.sums) + blank
    inner += "".join(map(line, _links(content))) + "".join(line(f"<i>{escape(text)}</i>") for text in content.footer)
    return Body(html=page.whole(content, inner, head="<!--[if gte mso 9]><xml></xml><![endif]-->", attributes=' lang="EN-US" link="blue"'))


def label_in_brackets(content: Content, rng: Random) -> Body:
    """The value first, its label behind it in brackets and italics: receipts that read as a summary, "8012345 (order number)"."""
    left, right = rng.choice((("(", ")"), ("[", "]"), ("(", ")")))
    mark = rng.choice(("em", "i"))

    def turned(fact: Fact) -> str:
        label = f" <{mark}>{left}{escape(fact.label)}{right}</{mark}>" if fact.label else ""
        return f"<b>{page.value(fact)}</b>{label}"

    inner = page.each("<h2>{}</h2>", [content.title]) + page.each("<p>{}</p>", (content.greeting, *content.prose))
    for block in content.blocks:
        inner += "<hr>" + page.each("<h3>{}</h3>", [block.heading])
        inner += "".join(f"{turned(fact)}<br>\n" for fact in block.facts)
        inner += "".join(f"<dd>{', '.join(map(turned, goods))}</dd>\n" for goods in _goods(block))
        inner += "".join(f"<p>{turned(fact)}</p>\n" for fact in block.sums)
    inner += "".join(f"<p>[{link}]</p>" for link in _links(content)) + page.each("<p><sub>{}</sub></p>", content.footer)
    return Body(html=page.whole(content, inner))


LAYOUTS = (
    *(broken_lines, label_over_value, listed, one_line, sentence, preformatted, parenthesised),
    *(deep_spans, bare_bones, span_soup, notification, bilingual, gaps, label_in_brackets),
)
