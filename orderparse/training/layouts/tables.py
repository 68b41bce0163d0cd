"""Layouts where an HTML table says which label a value has: side by side, one above the other, under the heading of a column."""

from __future__ import annotations

from html import escape
from itertools import chain, groupby
from typing import TYPE_CHECKING

from orderparse.training.content import Block, Body
from orderparse.training.layouts import page

if TYPE_CHECKING:
    from collections.abc import Iterable
    from random import Random

    from orderparse.training.content import Content, Fact

_PIXEL = '<img src="https://mail.example/open.gif" width="1" height="1" alt="" style="display:block">'
_PICTURE = '<img src="https://static.example/goods.jpg" width="72" height="72" alt="" border="0">'
_COLUMNS = 5  # more do not fit into a mail 600 pixels wide


def _page(content: Content, body: str, *, head: str = "", attributes: str = "") -> str:
    return page.whole(content, body, head=page.title(content) + head, attributes=attributes)


def _grid(block: Block, head: str = "<th>{}</th>", cell: str = "<td>{}</td>") -> str:
    forms = [(head, block.columns)] if block.columns and block.rows else []
    forms += [(cell, row) for row in block.rows]
    return "\n".join("<tr>" + "".join(form.format(escape(text)) for text in row) + "</tr>" for form, row in forms)


def _width(block: Block) -> int:
    return max(2, len(block.columns), *map(len, block.rows))


def _spelled(block: Block) -> list[tuple[str, list[str]]]:
    """The rows without columns: the first cell, and each other one behind the heading of its column."""
    heads = [f"{escape(column)}: " for column in block.columns] + [""] * max(map(len, block.rows), default=0)
    return [(escape(row[0]), [head + escape(cell) for head, cell in zip(heads[1:], row[1:], strict=False)]) for row in block.rows if row]


def _caption(block: Block, form: str) -> str:
    return page.each(form, block.columns[:1]) if block.rows else ""


def _named(facts: Iterable[Fact]) -> dict[tuple[str, int], Fact]:
    """The facts by label; the second of the same label is another, since a parcel may have two numbers."""
    named: dict[tuple[str, int], Fact] = {}
    for fact in facts:
        named[fact.label, sum(label == fact.label for label, _ in named)] = fact
    return named


def _plain(content: Content, rule: str, around: str = "{} <{}>") -> str:
    """What a mailer makes of the page for those who read text: the cells of the goods run together, headings over a rule."""
    lines = [content.title, "", content.greeting, *content.prose]
    for block in content.blocks:
        lines += ["", block.heading, rule * len(block.heading)]
        lines += [f"{fact.label}: {fact.value}" if fact.label else fact.value for fact in (*block.facts, *block.sums)]
        lines += ["  ".join(row) for row in block.rows]
    lines += ["", *(around.format(link.text, link.href) for link in content.buttons), "", *content.footer]
    return "\n".join(lines) + "\n"


def label_beside_value(content: Content, rng: Random) -> Body:
    """Bordered table a block with a row a fact, goods with the sums in the foot: WooCommerce, PrestaShop."""
    colon, tag, border = rng.choice(("", ":")), rng.choice(("td", "th")), f"1px solid {rng.choice(('#e5e5e5', '#ccc', 'silver'))}"
    style = f'cellspacing="0" cellpadding="6" border="1" style="border:{border};width:100%"'
    parts = [f'<div id="template_header"><h1>{escape(content.title or content.shop)}</h1></div>', page.words(content, "<p>{}</p>")]
    for block in content.blocks:
        rows = "".join(
            f'<tr><{tag} scope="row" align="left">{escape(fact.label)}{colon}</{tag}><td>{page.value(fact)}</td></tr>\n'
            if fact.label
            else f'<tr><td colspan="2">{page.value(fact)}</td></tr>\n'
            for fact in block.facts
        )
        parts += [page.each('<h2 style="color:#7f54b3">{}</h2>', (block.heading,)), f'<table class="td" {style}>\n{rows}</table><br>']
        span = _width(block) - 1
        feet = "".join(
            f'<tr><th colspan="{span}">{escape(fact.label)}{colon}</th><td>{page.value(fact)}</td></tr>\n' for fact in block.sums
        )
        if feet or block.rows:
            parts.append(f"<table {style}><tbody>{_grid(block)}</tbody><tfoot>{feet}</tfoot></table>")
    parts += [
        page.links(content, '<p><a class="link" href="{}">{}</a></p>'),
        page.each('<p align="center"><small>{}</small></p>', content.footer),
    ]
    return Body(html=_page(content, f'<div id="wrapper" style="max-width:600px">{"".join(parts)}</div>'))


def label_row_above_value_row(content: Content, rng: Random) -> Body:
    """One column of cells, a row for the label, a row for the value, an empty row: newsletters' builders, small fashion shops."""
    bold, gap = rng.choice(("b", "strong", "font")), f'<tr><td height="{rng.choice((10, 14, 18))}"></td></tr>'
    cells = [
        page.each('<tr><td align="center"><big>{}</big></td></tr>', (content.title,)),
        page.words(content, "<tr><td>{}<br></td></tr>"),
        gap,
    ]
    for block in content.blocks:
        cells.append(page.each('<tr><td style="font-size:18px;border-bottom:2px solid #000">{}</td></tr>', (block.heading,)))
        for fact in block.facts:
            label = f'<tr><td style="color:#767676;font-size:12px">{escape(fact.label)}</td></tr>' if fact.label else ""
            cells += [label, f"<tr><td><{bold}>{page.value(fact)}</{bold}></td></tr>", gap]
        cells.append(_caption(block, '<tr><td style="color:#767676">{}</td></tr>'))
        for name, others in _spelled(block):
            words = "<br>".join((f"<b>{name}</b>", *others))
            cells.append(f'<tr><td><table><tr><td width="80">{_PICTURE}</td><td valign="top">{words}</td></tr></table></td></tr>')
        sums = "".join(f'<tr><td align="right">{escape(fact.label)}&nbsp;</td><td>{page.value(fact)}</td></tr>' for fact in block.sums)
        cells.append(f'<tr><td align="right"><table cellpadding="2">{sums}</table></td></tr>{gap}' if sums else gap)
    cells.append(page.links(content, '<tr><td bgcolor="#111111" align="center"><a href="{}" style="color:#fff">{}</a></td></tr>'))
    cells.append(page.each('<tr><td align="center" style="font-size:11px">{}</td></tr>', content.footer))
    return Body(html=_page(content, '<table width="520" align="center">' + "\n".join(cells) + f"</table>{_PIXEL}"))


def headings_above_values(content: Content, rng: Random) -> Body:
    """Strips of up to four columns, labels in the heading row and values in the row beneath: stations' and marketplaces' receipts."""
    shade, tag, wide = rng.choice(("#f2f2f2", "#eaf3fb", "#fff8e1")), rng.choice(("th", "td")), rng.choice((3, 4))
    parts = [f'<p><img src="https://static.example/logo.png" alt="{escape(content.shop)}" height="32"></p>']
    parts += [page.each("<h2>{}</h2>", (content.title,)), page.words(content, "{}<br>")]
    for block in content.blocks:
        parts.append(page.each("<h3>{}</h3>", (block.heading,)))
        parts += [f"<p><b>{page.value(fact)}</b></p>" for fact in block.facts if not fact.label]
        named = [fact for fact in block.facts if fact.label]
        for start in range(0, len(named), wide):
            strip = named[start : start + wide]
            heads = "".join(f'<{tag} bgcolor="{shade}" align="left">{escape(fact.label)}</{tag}>' for fact in strip)
            values = "".join(f'<td style="white-space:nowrap">{page.value(fact)}</td>' for fact in strip)
            parts.append(f'<table width="100%" cellpadding="8"><tr>{heads}</tr>\n<tr>{values}</tr></table>')
        parts.append(_caption(block, "<p><b>{}</b></p>"))
        items = "".join(f"<li>{', '.join((name, *others))}</li>\n" for name, others in _spelled(block))
        parts.append(f"<ul>{items}</ul>" if items else "")
        parts.append("".join(f'<div align="right">{escape(fact.label)}: <b>{page.value(fact)}</b></div>' for fact in block.sums))
    parts += [page.links(content, '<p><a href="{}"><b>{}</b></a></p>'), "<hr>", page.each("<font size=1>{}</font><br>", content.footer)]
    return Body(html=_page(content, "\n".join(parts)), text=_plain(content, rng.choice("-=~")))


def blocks_as_rows(content: Content, rng: Random) -> Body:
    """One table for all orders or parcels, a row each under one heading row, what they do not share beneath: carriers, wholesalers."""
    blocks = [(block, _named(block.facts)) for block in content.blocks]
    keys = [key for key in (blocks[0][1] if blocks else ()) if key[0] and all(key in named for _, named in blocks)][:_COLUMNS]
    headed = any(block.heading for block in content.blocks)
    span, stripe = max(1, len(keys) + headed), rng.choice(("#f7f7f7", "#eef", "#fff"))
    rows = ["<thead><tr>" + "<th></th>" * headed + "".join(f"<th>{escape(label)}</th>" for label, _ in keys) + "</tr></thead><tbody>"]
    for block, named in blocks:
        cells = f"<th>{escape(block.heading)}</th>" if headed else ""
        rows.append(f'<tr bgcolor="{stripe}">{cells}' + "".join(f"<td>{page.value(named[key])}</td>" for key in keys) + "</tr>")
        rest = [fact for key, fact in named.items() if key not in keys]
        lines = [f"{escape(fact.label)}: {page.value(fact)}" if fact.label else page.value(fact) for fact in (*rest, *block.sums)]
        goods = f'<table border="0">{_grid(block)}</table>' if block.rows else ""
        rows.append(f'<tr><td colspan="{span}">{goods}{"<br>".join(lines)}</td></tr>' if lines or goods else "")
    table = '<table class="list" border="1" cellspacing="0">' + "\n".join(rows) + "</tbody></table>"
    top = page.each("<h1>{}</h1>", (content.title,)) + page.words(content, "<p>{}</p>")
    end = page.links(content, '<a href="{}">{}</a>&nbsp;| ') + page.each('<p class="f">{}</p>', content.footer)
    return Body(html=_page(content, f"{top}{table}<p>{end}", head="<style>.list th{text-align:left} .f{color:#999}</style>"))


def blocks_as_columns(content: Content, rng: Random) -> Body:
    """One table with the labels down its side and a column for each order or parcel: part deliveries of furniture shops."""
    blocks = [(block, _named(block.facts)) for block in content.blocks]
    none, width = rng.choice(("&ndash;", "-", "&nbsp;")), rng.choice((560, 600, 640))
    rows = ["<tr><td></td>" + "".join(f"<td><b>{escape(block.heading)}</b></td>" for block in content.blocks) + "</tr>"]
    for key in dict.fromkeys(chain.from_iterable(named for _, named in blocks)):
        cells = "".join(f"<td>{page.value(named[key]) if key in named else none}</td>" for _, named in blocks)
        rows.append(f'<tr><th scope="row" style="text-align:left">{escape(key[0])}</th>{cells}</tr>')
    goods = []
    for block in content.blocks:
        lines = [f"<i>{name}</i><br>{' / '.join(others)}" for name, others in _spelled(block)]
        lines += [f"<b>{escape(fact.label)}</b>&nbsp;{page.value(fact)}" for fact in block.sums]
        goods.append(f"<td valign=top>{_caption(block, '<u>{}</u><br>')}{'<br><br>'.join(lines)}</td>")
    rows.append("<tr><td></td>" + "".join(goods) + "</tr>")
    top = page.each("<p><big>{}</big></p>", (content.title,)) + page.words(content, "<p>{}</p>")
    end = page.links(content, '<p>&raquo; <a href="{}">{}</a></p>') + page.each("<address>{}</address>", content.footer)
    return Body(html=_page(content, f'{top}<table width="{width}" rules="all">' + "\n".join(rows) + f"</table>{end}"))


def label_table_beside_value_table(content: Content, rng: Random) -> Body:
    """Labels in the left table and values in the right one, rows of one height: old designers' tools, ticket shops."""
    colon, height = rng.choice((":", "")), rng.choice((20, 22, 26))
    cell = f'<tr><td height="{height}" style="white-space:nowrap;line-height:{height}px">{{}}</td></tr>'

    def twins(facts: Iterable[Fact]) -> str:
        facts = tuple(facts)
        left = "\n".join(cell.format(f"{escape(fact.label)}{colon}" if fact.label else "&nbsp;") for fact in facts)
        right = "\n".join(cell.format(f"<strong>{page.value(fact)}</strong>") for fact in facts)
        table = '<td valign="top"><table cellpadding="0">{}</table></td>'
        return f'<table><tr>{table.format(left)}<td width="20"></td>{table.format(right)}</tr></table>' if facts else ""

    parts = [page.each("<h1>{}</h1>", (content.title,)), page.words(content, "<div>{}</div><br>")]
    for block in content.blocks:
        parts += [page.each("<h4>{}</h4>", (block.heading,)), twins(block.facts)]
        if block.rows:
            heads = '<td style="border-bottom:1px solid">{}</td>'
            parts.append(f'<table width="100%">{_grid(block, heads)}</table>')
        parts.append(twins(block.sums))
    parts += [page.links(content, '<div><a href="{}">{}</a></div>'), page.each("<div><small>{}</small></div>", content.footer)]
    return Body(html=_page(content, f'<center><table width="600"><tr><td>{"".join(parts)}</td></tr></table></center>'))


def two_pairs_a_row(content: Content, rng: Random) -> Body:
    """Four cells a row, label, value, label, value, all in one grid with the goods: confirmations out of ERP systems."""
    colon, shade = rng.choice((":", "", " :")), rng.choice(("#dddddd", "#d9e2f3", "#f0f0f0"))
    banner = f'<tr><td>{escape(content.shop)}</td><td align="right">{escape(content.title)}</td></tr>'
    parts = [f'<table width="700" bgcolor="{shade}">{banner}</table>']
    parts.append(page.words(content, '<p style="font:10pt Arial">{}</p>'))
    for block in content.blocks:
        pairs = [
            f'<td bgcolor="{shade}">{escape(fact.label)}{colon}</td>\n<td>{page.value(fact)}</td>\n'
            if fact.label
            else f'<td colspan="2">{page.value(fact)}</td>\n'
            for fact in block.facts
        ]
        pairs += ["<td></td><td></td>"] * (len(pairs) % 2)
        rows = [f"<tr>{left}{right}</tr>" for left, right in zip(pairs[::2], pairs[1::2], strict=True)]
        heading = page.each('<tr><td colspan="4"><b>{}</b></td></tr>', (block.heading,))
        parts.append(f'<table width="700" border="1" style="border-collapse:collapse">{heading}{"".join(rows)}</table><br>')
        end = f'<tr><td colspan="{_width(block) - 1}" align="right">{{}}</td><td align="right">{{}}</td></tr>'
        sums = "".join(end.format(escape(fact.label), page.value(fact)) for fact in block.sums)
        if sums or block.rows:
            parts.append(f'<table width="700" border="1">{_grid(block, "<td><b>{}</b></td>")}{sums}</table><br>')
    parts += [page.links(content, '<a href="{}">{}</a><br>'), page.each('<p style="font:8pt Arial">{}</p>', content.footer)]
    return Body(html=_page(content, "".join(parts)))


def nested_with_spacers(content: Content, rng: Random) -> Body:
    """A table a fact, four deep, with spacer rows, a hidden preheader and ghost tables for Outlook: MJML, Mailchimp, agencies."""
    role = 'role="presentation" border="0" cellpadding="0" cellspacing="0" width="100%"'
    gap = rng.choice((8, 16, 24))
    spacer = f'<tr><td height="{gap}" style="font-size:1px;line-height:{gap}px">&nbsp;</td></tr>\n'
    row, weight = "<tr><td>{}</td></tr>\n" + spacer, rng.choice(("600", "700", "bold"))

    def pair(fact: Fact) -> str:
        value = f'<td align="right" style="font-weight:{weight}"><span>{page.value(fact)}</span></td>'
        label = f'<td align="left" style="color:#6b7280">{escape(fact.label)}</td>\n<td width="12">&nbsp;</td>\n' if fact.label else ""
        return f"<tr><td><table {role}><tbody><tr>{label}{value}</tr></tbody></table></td></tr>\n{spacer}"

    hidden = f'<div style="display:none;max-height:0;overflow:hidden">{escape(" ".join(content.prose[:1]))}{"&nbsp;&zwnj;" * 40}</div>'
    ghost = '<!--[if mso | IE]><table align="center" width="600"><tr><td><![endif]-->{}<!--[if mso | IE]></td></tr></table><![endif]-->'
    parts = [row.format(f'<img src="https://static.example/logo.png" width="120" alt="{escape(content.shop)}">')]
    parts += [page.each(row.format('<span style="font-size:28px">{}</span>'), (content.title,)), page.words(content, row)]
    for block in content.blocks:
        inner = page.each(row, (block.heading,)) + "".join(map(pair, block.facts)) + _caption(block, row)
        for name, others in _spelled(block):
            cells = f"<td>{_PICTURE}</td><td>{name}</td>" + "".join(f'<td align="right">{other}</td>' for other in others)
            inner += f"<tr><td><table {role}><tr>{cells}</tr></table></td></tr>{spacer}"
        parts.append(f"<tr><td><table {role}><tbody>{inner}{''.join(map(pair, block.sums))}</tbody></table></td></tr>{spacer}")
    inner = f'<tr><td bgcolor="{rng.choice(("#00aa77", "#2244cc", "black"))}"><a href="{{}}">{{}}</a></td></tr>'
    button = f'<tr><td><table role="presentation">{inner}</table></td></tr>'
    parts += [page.links(content, button), page.each(row, content.footer)]
    body = f'<table {role}><tr><td align="center"><table {role} style="max-width:600px">{"".join(parts)}</table></td></tr></table>'
    return Body(html=_page(content, hidden + ghost.format(body) + _PIXEL), text=_plain(content, "*", "{} ( {} )"))


def word_built(content: Content, rng: Random) -> Body:
    """Paragraphs of class MsoNormal in cells of fixed width, with o:p and conditional comments: written in Outlook or Word."""
    font = rng.choice(('"Calibri",sans-serif', '"Arial",sans-serif', '"Verdana",sans-serif'))
    width, bold = rng.choice((142, 170, 198)), rng.choice(("b", "strong"))
    normal = f"<p class=MsoNormal><span style='font-size:10.0pt;font-family:{font}'>{{}}<o:p></o:p></span></p>\n"
    empty = "<p class=MsoNormal><o:p>&nbsp;</o:p></p>\n"
    cell = "<td width={} valign=top style='padding:0cm 5.4pt 0cm 5.4pt'>{}</td>"
    table = "<table class=MsoNormalTable border=0 cellspacing=0 cellpadding=0 style='border-collapse:collapse'>{}</table>" + empty

    def pairs(facts: Iterable[Fact]) -> str:
        shown = [(normal.format(f"<{bold}>{escape(fact.label)}</{bold}>"), normal.format(page.value(fact))) for fact in facts]
        rows = "".join(f"<tr>{cell.format(width, label)}{cell.format(300, value)}</tr>\n" for label, value in shown)
        return table.format(rows) if rows else ""

    parts = [page.each(normal.format("<b>{}</b>"), (content.title,)), empty, page.words(content, normal), empty]
    for block in content.blocks:
        parts += [page.each(normal.format("<u>{}</u>"), (block.heading,)), pairs(block.facts)]
        if block.rows:
            head = cell.format(120, normal.format("<i>{}</i>"))
            parts.append(table.format(_grid(block, head, cell.format(120, normal))))
        parts.append(pairs(block.sums))
    parts += [page.links(content, normal.format('<a href="{}">{}</a>')), empty, page.each(normal, content.footer)]
    head = "<meta name=Generator content=Word><!--[if gte mso 9]><xml><o:shapedefaults v:ext=edit /></xml><![endif]-->"
    head += "<style><!-- p.MsoNormal {margin:0cm;} div.WordSection1 {page:WordSection1;} --></style>"
    html = _page(content, f"<div class=WordSection1>{''.join(parts)}</div>", head=head, attributes=" link=blue vlink=purple")
    return Body(html=html, text=_plain(content, "", "{}<{}>"))


def invoice_with_box(content: Content, rng: Random) -> Body:
    """Sender's address at the upper left, box of facts at the upper right, goods, sums at the right edge: bills by mail."""
    colon, border = rng.choice((":", "")), rng.choice((1, 2))
    address = page.each('<span style="font-size:9pt">{}</span><br>', (content.shop, *content.footer))
    words = page.each("<h2>{}</h2>", (content.title,)) + page.words(content, "<p>{}</p>")
    parts = []
    for number, block in enumerate(content.blocks or (Block(),)):
        rows = "\n".join(
            f"<tr><td>{escape(fact.label)}{colon if fact.label else ''}</td><td align=right nowrap>{page.value(fact)}</td></tr>"
            for fact in block.facts
        )
        heading = page.each("<caption><b>{}</b></caption>", (block.heading,))
        box = f'<table border="{border}" frame="box" rules="none" cellpadding="3">{heading}{rows}</table>' if heading or rows else ""
        left = "" if number else f'<img src="cid:logo" alt="{escape(content.shop)}"><br>{address}'
        parts.append(f'<table width="100%"><tr valign="top"><td width="55%">{left}</td><td align="right">{box}</td></tr></table>')
        parts.append("" if number else words)
        if block.rows:
            parts.append(f'<table width="100%"><thead>{_grid(block, "<th align=left><u>{}</u></th>")}</thead></table><hr>')
        sums = "".join(f"<tr><td>{escape(fact.label)}</td><td align=right>{page.value(fact)}</td></tr>" for fact in block.sums)
        parts.append(f'<table align="right" width="45%">{sums}</table><br clear="all">' if sums else "")
    parts.append(page.links(content, '<p align="center">[ <a href="{}">{}</a> ]</p>'))
    return Body(html=_page(content, "\n".join(parts), attributes=' bgcolor="#ffffff"'))


def spanned_cells(content: Content, rng: Random) -> Body:
    """Cells over several rows: the heading at the side of its facts, one label for all its values, an article beside its figures."""
    shade, border = rng.choice(("#eeeeee", "#fdf6e3", "#e8f0fe")), rng.choice(("1", "2"))
    rows = [
        f'<tr><td colspan="3" bgcolor="{shade}">{page.each("<h1>{}</h1>", (content.title,))}{page.words(content, "<p>{}</p>")}</td></tr>'
    ]
    for block in content.blocks:
        side = f'<th rowspan="{len(block.facts)}" width="25%">{escape(block.heading) or "&nbsp;"}</th>'
        if not block.facts:
            rows.append(page.each('<tr><th colspan="3">{}</th></tr>', (block.heading,)))
        for label, group in groupby(block.facts, lambda fact: fact.label):
            same = [f"<td{'' if label else ' colspan=2'}>{page.value(fact)}</td>" for fact in group]
            cells = f'<td rowspan="{len(same)}" valign="top" bgcolor="{shade}">{escape(label)}</td>' if label else ""
            rows += [f"<tr>{side}{cells}{same[0]}</tr>", *(f"<tr>{cell}</tr>" for cell in same[1:])]
            side = ""
        small = _caption(block, "<small>{}</small><br>")
        for row in filter(None, block.rows):
            article = f'<td rowspan="{max(1, len(row) - 1)}">{small}<b>{escape(row[0])}</b></td>'
            for column, cell in zip((*block.columns[1:], *[""] * len(row)), row[1:] or ("",), strict=False):
                rows.append(f"<tr>{article}<td>{escape(column)}</td><td align=right>{escape(cell)}</td></tr>")
                article = ""
        rows += [f"<tr><td colspan=2 align=right><b>{escape(fact.label)}</b></td><td>{page.value(fact)}</td></tr>" for fact in block.sums]
    rows += [page.links(content, '<tr><td colspan="3"><a href="{}">{}</a></td></tr>')]
    rows += [page.each("<tr><td colspan=3>{}</td></tr>", content.footer)]
    return Body(html=_page(content, f'<table border="{border}" cellpadding="5" width="640">' + "\n".join(rows) + "</table>"))


def label_break_value(content: Content, rng: Random) -> Body:
    """Label and value in one cell with a line break between them, two or three cells a row: receipts of app and music stores."""
    bold, wide, colour = rng.choice(("b", "strong")), rng.choice((2, 3)), rng.choice(("#666666", "#888", "gray"))
    parts = [page.each('<tr><td><font size="5">{}</font></td></tr>', (content.title,)), page.words(content, "<tr><td>{}</td></tr>")]
    for block in content.blocks:
        cells = [
            f'<td style="border:1px solid #eee"><span style="color:{colour}">{escape(fact.label)}</span><br>\n{page.value(fact)}</td>'
            if fact.label
            else f'<td style="padding:8px"><{bold}>{page.value(fact)}</{bold}></td>'
            for fact in block.facts
        ]
        grid = "".join(f"<tr>{''.join(cells[start : start + wide])}</tr>\n" for start in range(0, len(cells), wide))
        heading = page.each(f"<tr><td colspan={wide}><{bold}>{{}}</{bold}></td></tr>", (block.heading,))
        parts.append(f'<tr><td><table width="100%">{heading}{grid}</table></td></tr>')
        lines = [f"{name}<br>{' &middot; '.join(others)}" for name, others in _spelled(block)]
        lines = [_caption(block, f"<{bold}>{{}}</{bold}>"), *lines] if lines else []
        lines += [f"{escape(fact.label)} <{bold}>{page.value(fact)}</{bold}>" for fact in block.sums]
        parts += [f'<tr><td style="border-top:1px solid #eee">{line}</td></tr>' for line in lines if line]
    parts.append(page.links(content, '<tr><td><a href="{}">{}</a></td></tr>') + "<tr><td><hr></td></tr>")
    parts.append(page.each("<tr><td><sub>{}</sub></td></tr>", content.footer))
    return Body(html=_page(content, f'<table width="100%">{"".join(parts)}</table>'), text=_plain(content, rng.choice("=_-")))


def value_before_label(content: Content, rng: Random) -> Body:
    """The value's cell first, in bold, and its label in grey to the right of it, a line under each row: newer payment services."""
    grey, line = rng.choice(("#999999", "#9aa0a6", "gray")), rng.choice(("1px solid #eee", "1px dotted #bbb"))
    parts = [page.each('<h3 align="center">{}</h3>', (content.title,)), page.words(content, "<p>{}</p>")]
    for block in content.blocks:
        pairs = [(page.value(fact), escape(fact.label)) for fact in (*block.facts, *block.sums)]
        rows = "".join(
            f'<tr style="border-bottom:{line}"><td><b>{value}</b></td>\n<td style="color:{grey}"><small>{label}</small></td></tr>\n'
            for value, label in pairs
        )
        goods = f"<tr><td colspan=2><table>{_grid(block)}</table></td></tr>" if block.rows else ""
        parts.append(f'<table style="border-collapse:collapse">{page.each("<caption>{}</caption>", (block.heading,))}{rows}{goods}</table>')
    parts += [page.links(content, '<p align="center"><a href="{}">{}</a></p>'), page.each("<p><small>{}</small></p>", content.footer)]
    return Body(html=_page(content, f"<main>{''.join(parts)}</main>"))


LAYOUTS = (
    label_beside_value,
    label_row_above_value_row,
    headings_above_values,
    blocks_as_rows,
    blocks_as_columns,
    label_table_beside_value_table,
    two_pairs_a_row,
    nested_with_spacers,
    word_built,
    invoice_with_box,
    spanned_cells,
    label_break_value,
    value_before_label,
)
