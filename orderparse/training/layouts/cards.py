"""Layouts without tables of facts: divisions, headings, spans and lists, where type and nearness say which label a value has."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from orderparse.training.content import Body
from orderparse.training.layouts import page

if TYPE_CHECKING:
    from collections.abc import Iterable
    from random import Random

    from orderparse.training.content import Block, Content, Fact

_VIEWPORT = '<meta name="viewport" content="width=device-width,initial-scale=1">'
_STEPS = {  # none of them is marked as reached: how far the order has come is for the words of the mail to say
    "da": ("Bestilt", "Pakket", "Afsendt", "Leveret"),
    "de": ("Bestellt", "Verpackt", "Versendet", "Zugestellt"),
    "en": ("Ordered", "Packed", "Shipped", "Delivered"),
    "es": ("Pedido", "Preparado", "Enviado", "Entregado"),
    "fi": ("Tilattu", "Pakattu", "Lähetetty", "Toimitettu"),
    "fr": ("Commandé", "Préparé", "Expédié", "Livré"),
    "it": ("Ordinato", "Preparato", "Spedito", "Consegnato"),
    "nb": ("Bestilt", "Pakket", "Sendt", "Levert"),
    "nl": ("Besteld", "Ingepakt", "Verzonden", "Bezorgd"),
    "pl": ("Zamówione", "Spakowane", "Wysłane", "Dostarczone"),
    "pt": ("Encomendado", "Preparado", "Enviado", "Entregue"),
    "sv": ("Beställd", "Packad", "Skickad", "Levererad"),
}


def _page(content: Content, body: str, *, style: str = "", attributes: str = "") -> str:
    css = f'<style type="text/css">\n{style}\n</style>' if style else ""
    return page.whole(content, body, head=f"{_VIEWPORT}{page.title(content)}{css}", attributes=attributes)


def _value(fact: Fact, style: str = "color:inherit") -> str:
    return page.value(fact, f' style="{style}"')


def _facts(facts: Iterable[Fact], form: str, bare: str) -> str:
    """Each fact in the form with places for label and value; one without a label in the form with a place for the value."""
    return "\n".join(form.format(escape(f.label), _value(f)) if f.label else bare.format(_value(f)) for f in facts)


def _cells(block: Block) -> list[list[tuple[str, str]]]:
    """The rows of goods as pairs of the column's heading, which may be empty, and the cell."""
    heads = tuple(map(escape, block.columns)) + ("",) * max(map(len, block.rows), default=0)
    return [[*zip(heads, map(escape, row), strict=False)] for row in block.rows if row]


def _caption(block: Block, form: str) -> str:
    """The heading of the first column, for goods whose other cells are told by ``_spelled``."""
    return page.each(form, block.columns[:1]) if block.rows else ""


def _spelled(cells: Iterable[tuple[str, str]], form: str = "{}: {}") -> list[str]:
    return [form.format(head, cell) if head else cell for head, cell in cells]


def _plain(content: Content, mark: str) -> str:
    """What a converter of HTML to text makes of the page: links under their words, goods a cell a line, sums last."""
    lines = [f"{mark} {content.title}", content.greeting, "", *content.prose]
    for block in content.blocks:
        lines += ["", f"{mark}{mark} {block.heading}".rstrip() if block.heading else "", ""]
        for fact in (*block.facts, *block.sums):
            lines += [f"{fact.label}: {fact.value}" if fact.label else fact.value, *([f"<{fact.href}>"] if fact.href else ())]
        for row in block.rows:
            lines += ["", *row]
    for link in content.buttons:
        lines += ["", link.text, f"<{link.href}>"]
    return "\n".join([*lines, "", *content.footer, ""])


def small_label_over_big_value(content: Content, rng: Random) -> Body:
    """A small grey division with the label over a big one with the value: modern web shops, Klarna-like payment services."""
    grey, size, tag = rng.choice(("#767676", "#8c8c8c", "gray")), rng.choice((18, 20, 22)), rng.choice(("div", "div", "p"))
    label = f'<div style="font-size:12px;color:{grey};margin-top:16px">{{}}</div>\n'
    value = f'<{tag} style="font-size:{size}px;font-weight:600;margin:0">{{}}</{tag}>'
    parts = [
        f'<div><img src="https://static.example/logo.png" alt="{escape(content.shop)}"></div>',
        page.each("<h1>{}</h1>", (content.title,)),
    ]
    parts.append(page.words(content, "<div>{}</div>"))
    for block in content.blocks:
        inner = page.each("<h2>{}</h2>", (block.heading,)) + _facts(block.facts, label + value, value)
        inner += _caption(block, f'<div style="font-size:12px;color:{grey}">{{}}</div>')
        for row in _cells(block):
            words = "".join(f"<div>{text}</div>" for text in _spelled(row[1:]))
            inner += f'<div><img src="https://static.example/goods.jpg" width="64" alt=""><div><b>{row[0][1]}</b></div>{words}</div>'
        inner += _facts(block.sums, '<div style="text-align:right">{} <b>{}</b></div>', '<div style="text-align:right">{}</div>')
        parts.append(f'<div style="padding:24px 0;border-top:1px solid #eee">{inner}</div>')
    parts += [page.links(content, '<div><a class="button" href="{}">{}</a></div>'), page.each('<div class="foot">{}</div>', content.footer)]
    html = _page(content, f'<div style="max-width:560px;margin:0 auto">{"".join(parts)}</div>')
    return Body(html=html, text=_plain(content, rng.choice("#*=")))


def cards_side_by_side(content: Content, rng: Random) -> Body:
    """Inline blocks next to each other, each a card with label above value: travel, delivery and grocery services."""
    width, radius = rng.choice((31, 46, 48)), rng.choice((0, 6, 12))
    card = f'<div class="c" style="display:inline-block;vertical-align:top;width:{width}%;border-radius:{radius}px">'
    style = ".c{background:#f4f4f4;margin:4px;padding:8px} .c p{margin:0} .l{font-size:11px;color:#555}"
    parts = [page.each("<h2>{}</h2>", (content.title,)), page.words(content, "<p>{}</p>")]
    for block in content.blocks:
        parts.append(page.each('<p class="h"><b>{}</b></p>', (block.heading,)))
        both, bare = '<p class="l">{}</p><p><strong>{}</strong></p></div>', "<p><strong>{}</strong></p></div>"
        parts += [f"<section>{_facts(block.facts, card + both, card + bare)}</section>"]
        for row in _cells(block):
            parts.append(f"{card}{''.join(f'<p>{text}</p>' for text in _spelled(row, '<small>{}</small> {}'))}</div>")
        parts.append(_facts(block.sums, '<p class="s" align="right"><span>{}</span>&nbsp;&nbsp;<b>{}</b></p>', "<p><b>{}</b></p>"))
    parts += [page.links(content, '<p><a href="{}"><span>{}</span></a></p>'), page.each("<footer>{}</footer>", content.footer)]
    return Body(html=_page(content, "\n".join(parts), style=style))


def heading_and_paragraph(content: Content, rng: Random) -> Body:
    """The label as a heading of the fourth rank and the value as the paragraph after it: Shopify's customer information, Magento."""
    tag, gap = rng.choice(("h4", "h4", "h5")), rng.choice(("0 0 5px", "0 0 4px", "0"))
    parts = [f'<h1 class="shop-name__text">{escape(content.shop)}</h1>']
    parts += [
        page.each("<h2>{}</h2>", (content.title,)),
        page.words(content, "<p>{}</p>"),
        page.links(content, '<a href="{}" class="button">{}</a>'),
    ]
    for block in content.blocks:
        parts.append(page.each("<hr><h3>{}</h3>", (block.heading,)))
        parts.append(_facts(block.facts, f'<{tag} style="font-weight:500;margin:{gap}">{{}}</{tag}>\n<p>{{}}</p>', "<p>{}</p>"))
        parts.append(_caption(block, '<p class="order-list__head"><b>{}</b></p>'))
        for row in _cells(block):
            lines = "<br>".join(f'<span class="order-list__item-variant">{text}</span>' for text in _spelled(row[1:]))
            parts.append(f'<p><span class="order-list__item-title">{row[0][1]}</span><br>{lines}</p>')
        parts.append(_facts(block.sums, '<p class="subtotal-line"><span>{}</span> <strong>{}</strong></p>', "<p><strong>{}</strong></p>"))
    parts.append(page.each('<p class="disclaimer__subtext">{}</p>', content.footer))
    return Body(html=_page(content, "\n".join(parts)), text=_plain(content, "*"))


def big_value_over_small_label(content: Content, rng: Random) -> Body:
    """The value in large type and its label in small type below it, each pair in a frame of its own: fitness, energy, apps."""
    tag, frame = rng.choice(("small", "span")), rng.choice(("1px solid #ddd", "2px solid #111", "1px dashed #999"))
    pair = f'<article style="border:{frame};padding:12px;margin:8px 0;text-align:center">'
    value, label = '<div style="font-size:24px">{1}</div>', f'<{tag} style="font-size:11px;color:#888">{{0}}</{tag}>'
    parts = [page.each('<div style="font-size:30px">{}</div>', (content.title,)), page.words(content, "<p>{}</p>")]
    for block in content.blocks:
        parts.append(page.each('<div style="font-weight:bold">{}</div>', (block.heading,)))
        parts.append(_facts(block.facts, f"{pair}{value}{label}</article>", pair + '<div style="font-size:24px">{}</div></article>'))
        if block.rows:
            heads = "".join(f"<th>{escape(column)}</th>" for column in block.columns)
            rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for _, cell in row)}</tr>" for row in _cells(block))
            parts.append(f'<table width="100%"><tr>{heads}</tr>{rows}</table>')
        parts.append(_facts(block.sums, f"{pair}{value}{label}</article>", pair + "<div>{}</div></article>"))
    parts += [page.links(content, '<div><a href="{}">{}</a></div>'), page.each('<div style="font-size:11px">{}</div>', content.footer)]
    return Body(html=_page(content, f'<div class="{rng.choice(("wrap", "container", "mail"))}">{"".join(parts)}</div>'))


def hero_and_list(content: Content, rng: Random) -> Body:
    """The first fact in a hero, its label over a huge value, all others as points of a list: pick-up codes, tickets, carriers."""
    back, colon = rng.choice(("#ffd400", "#cfe3ff", "#f5f5f5")), rng.choice((":", "", " &ndash;"))
    point = f"<li><b>{{}}</b>{colon} {{}}</li>"
    parts: list[str] = []
    for block in content.blocks:
        parts.append(page.each('<h3 class="block">{}</h3>', (block.heading,)))
        first, rest = (block.facts[:1], block.facts[1:]) if block is content.blocks[0] else ((), block.facts)
        huge = '<h1 style="font-size:48px;letter-spacing:2px">{}</h1>'
        hero = _facts(first, "<div><span>{}</span></div>" + huge, huge)
        parts.append(f'<div style="background:{back};padding:32px;text-align:center">{hero}</div>' if hero else "")
        items = _facts(rest, point, "<li>{}</li>") + "".join(f"<li>{' | '.join(_spelled(row))}</li>" for row in _cells(block))
        items += _facts(block.sums, point, "<li>{}</li>")
        parts.append(f"<ul>{items}</ul>" if items else "")
    top = page.each('<p style="font-size:22px">{}</p>', (content.title,)) + page.words(content, "<p>{}</p>")
    bottom = page.links(content, '<p align="center"><a href="{}">{}</a></p>') + page.each('<p class="legal">{}</p>', content.footer)
    return Body(html=_page(content, top + "\n".join(parts) + bottom, attributes=' style="font-family:Helvetica,sans-serif"'))


def definition_list(content: Content, rng: Random) -> Body:
    """A list of terms and definitions a block, hand-written by a developer: libraries, hosting, open-source shops."""
    colon, inner = rng.choice((":", "")), rng.choice(("{}", "<code>{}</code>", "<b>{}</b>"))
    pair, bare = f"<dt>{{}}{colon}</dt>\n<dd>{inner}</dd>", f"<dd>{inner}</dd>"
    parts = [f"<header>{escape(content.shop)}</header>", page.each("<h1>{}</h1>", (content.title,)), page.words(content, "<p>{}</p>")]
    for block in content.blocks:
        items = "".join(f"<dt>{row[0][1]}</dt><dd>{'<br>'.join(_spelled(row[1:]))}</dd>\n" for row in _cells(block))
        facts = _facts(block.facts, pair, bare)
        parts.append(page.each("<h2>{}</h2>", (block.heading,)) + (f"<dl>{facts}</dl>" if facts else ""))
        parts.append(f"{_caption(block, '<h3>{}</h3>')}<dl>{items}</dl>" if items else "")
        parts.append(f"<dl>{_facts(block.sums, pair, bare)}</dl>" if block.sums else "")
    links = page.links(content, '<li><a href="{}">{}</a></li>')
    parts += [f"<nav><ul>{links}</ul></nav>" if links else "", "<hr>", page.each("<footer><p>{}</p></footer>", content.footer)]
    style = "dt{float:left;clear:left;width:12em} dd{margin-left:13em}"
    return Body(html=_page(content, "\n".join(filter(None, parts)), style=style))


def rows_of_two_spans(content: Content, rng: Random) -> Body:
    """Label at the left edge and value at the right one, two spans in a flex row and nothing between them: React Email, fintechs."""
    line, gap = rng.choice(("1px solid #f0f0f0", "1px solid #ddd", "none")), rng.choice((6, 8, 12))
    row = f'<div style="display:flex;justify-content:space-between;padding:{gap}px 0;border-bottom:{line}">'
    pair, bare = f"{row}<span>{{}}</span><span>{{}}</span></div>", f"{row}<span>{{}}</span></div>"
    parts = [page.each('<h1 style="font-size:24px">{}</h1>', (content.title,)), page.words(content, "<p>{}</p>")]
    for block in content.blocks:
        goods = _caption(block, '<p style="color:#aaa">{}</p>')
        for cells in _cells(block):
            words = "<br>".join(_spelled(cells[1:-1]))
            last = _spelled(cells[-1:])[0] if len(cells) > 1 else ""
            goods += f"{row}<span><strong>{cells[0][1]}</strong><br>{words}</span><span>{last}</span></div>"
        inner = page.each("<h2>{}</h2>", (block.heading,)) + _facts(block.facts, pair, bare) + goods + _facts(block.sums, pair, bare)
        parts.append(f'<div style="border-radius:8px;background:#fff;padding:{gap * 2}px">{inner}</div>')
    parts += [page.links(content, '<a href="{}" style="display:block">{}</a>'), page.each('<p style="color:#aaa">{}</p>', content.footer)]
    return Body(html=_page(content, f"<div><div>{''.join(parts)}</div></div>", attributes=' style="background:#fafafa"'))


def capitals_before_value(content: Content, rng: Random) -> Body:
    """The label in small spaced capitals, the value after it in the same line: fashion houses, design and furniture brands."""
    upper = rng.random() < 0.5  # noqa: PLR2004  # half write capitals, half let CSS make them
    css = f"letter-spacing:.{rng.choice(('1', '15', '2'))}em;font-size:10px" + ("" if upper else ";text-transform:uppercase")
    space = rng.choice((" ", "&nbsp;", "&nbsp;&nbsp; "))
    label = f'<p><span style="{css}">{{}}</span>{space}<em style="font-style:normal">{{}}</em></p>'

    def lines(facts: Iterable[Fact]) -> str:
        shown = (fact._replace(label=fact.label.upper()) if upper else fact for fact in facts)
        return _facts(shown, label, '<p><em style="font-style:normal">{}</em></p>')

    parts = [f"<center><h1>{escape(content.shop)}</h1></center>", page.each("<center>{}</center>", (content.title,))]
    parts.append(page.words(content, "<p>{}</p>"))
    for block in content.blocks:
        parts += [page.each('<h2 style="font-weight:normal">{}</h2>', (block.heading,)), lines(block.facts)]
        parts.append(_caption(block, f'<h5 style="{css}">{{}}</h5>'))
        for row in _cells(block):
            inner = "".join(f"<figcaption>{text}</figcaption>" for text in (row[0][1], *_spelled(row[1:])))
            parts.append(f'<figure><img src="https://static.example/look.jpg" width="240" alt="{row[0][1]}">{inner}</figure>')
        parts.append(lines(block.sums))
    parts += [page.links(content, '<center><a href="{}">{}</a></center>'), page.each("<center><small>{}</small></center>", content.footer)]
    return Body(html=_page(content, "\n".join(parts)), text=_plain(content, "~"))


def steps_and_cards(content: Content, rng: Random) -> Body:
    """A bar of the steps of a delivery, then cards with label, break and value: marketplaces, AliExpress-like mails, carriers."""
    dot, bold = rng.choice(("&#9679;", "&#9675;", "&#10003;")), rng.choice(("b", "strong"))
    steps = _STEPS.get(content.language, ())
    bar = "".join(f'<li style="display:inline-block;width:24%;text-align:center">{dot}<br>{escape(step)}</li>' for step in steps)
    parts = [page.each("<h1>{}</h1>", (content.title,)), f"<ol>{bar}</ol>" if bar else f"<div>{' &#9473; '.join([dot] * 4)}</div>"]
    parts.append(page.words(content, "<div>{}</div>"))
    both = f'<div class="card"><div>{{}}<br>\n<{bold}>{{}}</{bold}></div></div>'
    for block in content.blocks:
        parts += [page.each('<div class="title">{}</div>', (block.heading,)), _facts(block.facts, both, '<div class="card">{}</div>')]
        parts.append(_caption(block, '<div class="title">{}</div>'))
        for cells in _cells(block):
            counts = [pair for pair in cells[1:] if pair[1].isdigit() and len(pair[1]) == 1]  # a longer one may be a size
            others = _spelled(pair for pair in cells[1:] if counts != [pair])
            count = f"{counts[0][1]} x " if len(counts) == 1 else ""
            parts.append(f'<div class="item">{count}{cells[0][1]}&nbsp;&nbsp;{", ".join(others)}</div>')
        parts.append(_facts(block.sums, '<div class="sum"><i>{}</i>: {}</div>', '<div class="sum">{}</div>'))
    parts += [page.links(content, '<div><a href="{}">{}</a></div>'), '<div style="height:1px;background:#ccc"></div>']
    parts.append(page.each("<div><small>{}</small></div>", content.footer))
    style = f".card{{border:1px solid #e0e0e0;padding:12px;margin:{rng.choice((6, 10))}px}} ol{{list-style:none;padding:0}}"
    return Body(html=_page(content, "\n".join(parts), style=style))


def card_headed_by_fact(content: Content, rng: Random) -> Body:
    """Each block a bordered card, its heading the first fact, label and value in one line: orders in mails of marketplaces."""
    border, mark = rng.choice(("1px solid #d5d9d9", "1px solid #bbb", "3px solid #eee")), rng.choice(("", ":", " &middot;"))
    parts = [page.each("<h2>{}</h2>", (content.title,)), page.words(content, "<p>{}</p>")]
    for block in content.blocks:
        head = _facts(block.facts[:1], "<h3>{}&nbsp;{}</h3>", "<h3>{}</h3>")
        inner = page.each('<div style="color:#565959">{}</div>', (block.heading,)) + head
        inner += _facts(block.facts[1:], f"<div><span>{{}}</span>{mark} <span>{{}}</span></div>", "<div><span>{}</span></div>")
        if block.rows:
            heads = "".join(f"<th align=left>{escape(column)}</th>" for column in block.columns)
            rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for _, cell in row)}</tr>" for row in _cells(block))
            inner += f"<hr><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        inner += _facts(block.sums, '<div style="text-align:right"><span>{}</span>: <b>{}</b></div>', "<div><b>{}</b></div>")
        parts.append(f'<div style="border:{border};border-radius:8px;padding:14px;margin:12px 0">{inner}</div>')
    parts += [page.links(content, '<p><a href="{}">{}</a></p>'), page.each('<p style="font-size:11px">{}</p>', content.footer)]
    return Body(html=_page(content, "\n".join(parts)))


LAYOUTS = (
    small_label_over_big_value,
    cards_side_by_side,
    heading_and_paragraph,
    big_value_over_small_label,
    hero_and_list,
    definition_list,
    rows_of_two_spans,
    capitals_before_value,
    steps_and_cards,
    card_headed_by_fact,
)
