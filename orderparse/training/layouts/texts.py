"""Plain text: what a mail tells stands in lines, columns of blanks, drawn boxes or running text, without any mark-up."""

from __future__ import annotations

import re
import unicodedata
from itertools import zip_longest
from typing import TYPE_CHECKING

from orderparse.training.content import Body, Fact
from orderparse.training.layouts import page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from random import Random

    from orderparse.training.content import Block, Content

_SCREEN = 72  # columns of a line, as mail programs have wrapped since RFC 2646


def _value(fact: Fact) -> str:
    return f"{fact.value} <{fact.href}>" if fact.href else fact.value


def _said(fact: Fact, between: str) -> str:
    """Label and value in one breath; a value without a label stands alone."""
    return f"{fact.label}{between}{_value(fact)}" if fact.label else _value(fact)


def _goods(block: Block) -> list[list[Fact]]:
    """The rows of goods as facts: the column's heading is the label. Empty cells are left out."""
    rows = ([Fact(column, cell) for column, cell in zip_longest(block.columns, row, fillvalue="") if cell] for row in block.rows)
    return [row for row in rows if row]


def _width(text: str) -> int:
    """How many columns of a screen the text fills: ideographs take two (UAX 11), combining marks none."""
    if text.isascii():
        return len(text)
    return sum((unicodedata.east_asian_width(char) in "WF") + (not unicodedata.combining(char)) for char in text)


def _left(text: str, width: int, fill: str = " ") -> str:
    return text + fill * (width - _width(text))


def _right(text: str, width: int) -> str:
    return " " * (width - _width(text)) + text


def _widest(texts: Iterable[str]) -> int:
    return max(map(_width, texts), default=0)


def _columns(rows: Sequence[Sequence[str]], gap: str = "  ") -> list[str]:
    """Rows as lines whose cells begin in the same column. An empty cell keeps its place."""
    widths = [_widest(column) for column in zip_longest(*rows, fillvalue="")]
    return [gap.join(_left(cell, width) for cell, width in zip(row, widths, strict=False)).rstrip() for row in rows]


def _table(block: Block) -> list[tuple[str, ...]]:
    return [row for row in (block.columns, *block.rows) if row] if block.rows else []


def _opening(content: Content) -> list[str]:
    """Title, greeting and sentences, a blank line after each that there is."""
    return [line for text in (content.title, content.greeting, " ".join(content.prose)) if text for line in (text, "")]


def _written(lines: Iterable[str]) -> Body:
    """The lines as a body, never more than one of them empty in a row."""
    return Body(text=re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n")


def colon_lines(content: Content, rng: Random) -> Body:
    """One line a fact, "Label: value"; goods as lines with commas: the stock text mail of small shop systems."""
    colon, indent = f"{page.colon(content)} ", rng.choice(("", "", "  "))
    lines = _opening(content)
    for block in content.blocks:
        lines += [block.heading] * bool(block.heading)
        lines += [indent + _said(fact, colon) for fact in block.facts] + [""]
        lines += [indent + ", ".join(cell or "-" for cell in row) for row in _table(block)]
        lines += ["", *(indent + _said(fact, colon) for fact in block.sums), ""]
    lines += [line for link in content.buttons for line in (f"{link.text}{colon}", link.href, "")]
    return _written([*lines, *content.footer])


def padded(content: Content, rng: Random) -> Body:
    """Labels filled with blanks to a column where all values begin, goods in columns too: accounting and ERP systems."""
    colon, between = rng.choice(("", ":", " :")), rng.choice(("  ", "   ", " "))
    lines = _opening(content)
    for block in content.blocks:
        facts = (*block.facts, *block.sums)
        width = _widest(fact.label + colon for fact in facts) + 1

        def aligned(fact: Fact, width: int = width) -> str:
            return _left(fact.label + colon, width) + between + _value(fact) if fact.label else _value(fact)

        lines += [block.heading, *map(aligned, block.facts), "", *_columns(_table(block), "   "), "", *map(aligned, block.sums), ""]
    return _written([*lines, *(f"{link.text}{between} {link.href}" for link in content.buttons), "", *content.footer])


def leaders(content: Content, rng: Random) -> Body:
    """Dotted leaders from the label to a value at the right edge: receipts of tills and hotels."""
    width, dot = rng.randint(44, 60), rng.choice((".", ".", "·", "_"))

    def led(left: str, right: str) -> str:
        return f"{left} {dot * max(3, width - _width(left) - _width(right) - 2)} {right}" if left and right else left or right

    lines = _opening(content)
    for block in content.blocks:
        lines += [block.heading, ""] if block.heading else []
        for fact in block.facts:
            lines += [led(fact.label, fact.value), *([_right(f"<{fact.href}>", width)] if fact.href else [])]
        lines += ["", *(led(", ".join(filter(None, row[:-1])), row[-1]) for row in _table(block)), ""]
        lines += [*(led(fact.label, _value(fact)) for fact in block.sums), ""]
    lines += [line for link in content.buttons for line in (f"-> {link.text}", f"   {link.href}")]
    return _written([*lines, "", *(" " * ((width - _width(text)) // 2) + text for text in content.footer)])


def indented_below(content: Content, rng: Random) -> Body:
    """The label on a line of its own, the value indented on the next: text parts that mailers make of stacked HTML."""
    indent, colon, between = rng.choice(("    ", "  ", "\t")), rng.choice(("", page.colon(content))), rng.choice(([], [""]))

    def stacked(facts: Iterable[Fact]) -> list[str]:
        lines: list[str] = []
        for fact in facts:
            lines += [fact.label + colon, indent + fact.value] if fact.label else ["", fact.value, ""]
            lines += [f"{indent}<{fact.href}>", *between] if fact.href else between
        return lines

    lines = _opening(content)
    for block in content.blocks:
        lines += [f"[{block.heading}]", ""] if block.heading else []
        lines += [*stacked(block.facts), ""]
        for goods in _goods(block):
            lines += [*stacked(goods), ""]
        lines += [*stacked(block.sums), ""]
    lines += [line for link in content.buttons for line in (link.text, f"{indent}{link.href}")]
    return _written([*lines, "", *content.footer])


def headed_columns(content: Content, rng: Random) -> Body:
    """Labels as a heading row with the values in columns under them, a few to a band: printouts of warehouse and airline systems."""
    across, gap, ruled = rng.choice((2, 3, 4)), rng.choice(("   ", "    ")), rng.choice((True, False))

    def bands(facts: Sequence[Fact]) -> list[str]:
        lines: list[str] = []
        for start in range(0, len(facts), across):
            band = facts[start : start + across]
            upper, lower = _columns([[fact.label for fact in band], [fact.value for fact in band]], gap)
            rule = gap.join("-" * max(_width(fact.label), _width(fact.value)) for fact in band)
            lines += [upper, *([rule] if ruled else []), lower, *(f"{f.value} <{f.href}>" for f in band if f.href), ""]
        return lines

    lines = _opening(content)
    for block in content.blocks:
        lines += [f"*** {block.heading} ***", ""] if block.heading else []
        table = _columns(_table(block), gap)
        lines += [*bands(block.facts), *table[:1], *(["-" * _widest(table)] if ruled and table else []), *table[1:], ""]
        lines += bands(block.sums)
    return _written([*lines, *(f"{link.text} <{link.href}>" for link in content.buttons), "", *content.footer])


def boxed(content: Content, rng: Random) -> Body:
    """Facts, goods and sums in boxes drawn with +---+ and |: scripts of technical shops, domain and hosting sellers."""
    cross, line = rng.choice((("+", "-"), ("+", "="), ("*", "-")))

    def box(rows: Sequence[Sequence[str]], *, headed: bool = False) -> list[str]:
        widths = [_widest(column) for column in zip_longest(*rows, fillvalue="")]
        rule = cross + cross.join(line * (width + 2) for width in widths) + cross
        filled = [[*row, *[""] * (len(widths) - len(row))] for row in rows]
        drawn = [f"| {' | '.join(map(_left, row, widths))} |" for row in filled]
        return [rule, *drawn[:1], *([rule] if headed else []), *drawn[1:], rule] if rows else []

    def pairs(facts: Iterable[Fact]) -> list[tuple[str, str]]:
        shown = (fact for fact in facts if fact.label)
        return [pair for fact in shown for pair in ((fact.label, fact.value), *([("", f"<{fact.href}>")] if fact.href else []))]

    def bare(facts: Iterable[Fact]) -> list[str]:
        return [_value(fact) for fact in facts if not fact.label]

    lines = [*box([[content.title]] if content.title else []), "", content.greeting, "", *content.prose, ""]
    for block in content.blocks:
        lines += [block.heading, *bare(block.facts), *box(pairs(block.facts)), ""]
        lines += [*box(_table(block), headed=bool(block.columns)), *box(pairs(block.sums)), *bare(block.sums), ""]
    return _written([*lines, *(f"{link.text} : {link.href}" for link in content.buttons), "", *content.footer])


def underlined(content: Content, rng: Random) -> Body:
    """Title and headings underlined, two facts on each line parted by wide blanks: invoices and confirmations of older systems."""
    colon, strokes = f"{page.colon(content)} ", rng.choice(("=-", "-=", "=~", "#="))

    def under(text: str, stroke: str) -> list[str]:
        return [text, stroke * _width(text), ""] if text else []

    def twos(facts: Sequence[Fact]) -> list[str]:
        said = [_said(fact, colon) for fact in facts]
        return _columns([said[start : start + 2] for start in range(0, len(said), 2)], "        ")

    lines = [*under(content.title, strokes[0]), content.greeting, "", "\n".join(content.prose), ""]
    for block in content.blocks:
        lines += [*under(block.heading, strokes[1]), *twos(block.facts), ""]
        lines += [*(" / ".join(_said(fact, " ") for fact in goods) for goods in _goods(block)), ""]
        lines += [_right(_said(fact, colon), _SCREEN) for fact in block.sums] + [""]
    lines += [f"{link.text}:\n{link.href}\n" for link in content.buttons]
    return _written([*lines, strokes[0] * _SCREEN, *content.footer])


def label_headings(content: Content, rng: Random) -> Body:
    """Each label a heading underlined with dashes, its value under it, values without a label first: help desks, form mailers."""
    stroke, colon = rng.choice(("-", "~", "=")), rng.choice(("", page.colon(content)))

    def sections(facts: Sequence[Fact]) -> list[str]:
        lines = [_value(fact) for fact in facts if not fact.label] + [""]
        for fact in facts:
            lines += [fact.label + colon, stroke * _width(fact.label + colon), _value(fact), ""] if fact.label else []
        return lines

    lines = _opening(content)
    for block in content.blocks:
        lines += [f":: {block.heading} ::", ""] if block.heading else []
        lines += sections(block.facts)
        for number, row in enumerate(_table(block)):
            text = " | ".join(cell or "-" for cell in row)
            lines += [text, stroke * _width(text)] if block.columns and not number else [text]
        lines += sections(block.sums)
    return _written([*lines, *(f"{link.text} ({link.href})" for link in content.buttons), "", "\n".join(content.footer)])


def running(content: Content, rng: Random) -> Body:
    """One paragraph a block, sentence-like, "Label value. Label value.": short mails and texts of carriers, taxis, clinics."""
    stop, join = rng.choice((". ", " ; ", ". ")), rng.choice((", ", " / "))

    def run(facts: Iterable[Fact]) -> str:
        return "".join(_said(fact, " ") + stop for fact in facts).strip(" ;")

    lines = [" ".join(filter(None, (content.title + "." * content.title[-1:].isalnum(), content.greeting, *content.prose))), ""]
    for block in content.blocks:
        goods = "".join(join.join(_said(fact, " ") for fact in row) + stop for row in _goods(block)).strip(" ;")
        heading = f"{block.heading} - " if block.heading else ""
        lines += [heading + " ".join(filter(None, (run(block.facts), goods, run(block.sums)))), ""]
    lines += [" ".join(f"{link.text} {link.href}" for link in content.buttons), "", " ".join(content.footer)]
    return _written(lines)


def equations(content: Content, rng: Random) -> Body:
    """Lines "Label = value" under section names in brackets, goods as records: mails that a script dumps from its form or its database."""
    sign, start, end = rng.choice(((" = ", "[", "]"), ("=", "[", "]"), (" => ", "--- ", " ---"), (" = ", "== ", " ==")))
    lines = _opening(content)
    for block in content.blocks:
        lines += [f"{start}{block.heading}{end}"] if block.heading else ["---"]
        lines += [_said(fact, sign) for fact in block.facts]
        for goods in _goods(block):
            lines += ["", *(_said(fact, sign) for fact in goods)]
        lines += ["", *(_said(fact, sign) for fact in block.sums), ""]
    return _written([*lines, *(f"{link.text}{sign}{link.href}" for link in content.buttons), "", *(f"; {text}" for text in content.footer)])


def bullets(content: Content, rng: Random) -> Body:
    """Bulleted lines "* Label - value", goods as bullets one step in: clubs, ticket shops, mails typed by a person."""
    bullet, dash = rng.choice(("* ", "- ", "• ", "o ")), rng.choice((" - ", " – ", " -- "))
    lines = [*([f"*{content.title}*", ""] if content.title else []), content.greeting, "", "\n\n".join(content.prose), ""]
    for block in content.blocks:
        lines += [block.heading, *(bullet + _said(fact, dash) for fact in block.facts)]
        for goods in _goods(block):
            lines += [f"{bullet}{_said(goods[0], dash)}", *(f"    {bullet}{_said(fact, dash)}" for fact in goods[1:])]
        lines += [*(bullet + _said(fact, dash) for fact in block.sums), ""]
    return _written([*lines, *(f"{bullet}{link.text}\n  <{link.href}>" for link in content.buttons), "", *content.footer])


def tabbed(content: Content, rng: Random) -> Body:
    """Tabs between label and value and between the cells of the goods: tables pasted as text, exports of spreadsheets."""
    tab, quote = rng.choice(("\t", "\t\t", ":\t")), rng.choice(("", "", '"'))
    lines = _opening(content)
    for block in content.blocks:
        lines += [block.heading, *(_said(fact, tab) for fact in block.facts), ""]
        lines += ["\t".join(f"{quote}{cell}{quote}" for cell in row) for row in _table(block)]
        lines += ["", *(_said(fact, tab) for fact in block.sums), ""]
    return _written([*lines, *(f"{link.text}\t{link.href}" for link in content.buttons), "", *content.footer])


def value_first(content: Content, rng: Random) -> Body:
    """The value first, its label behind it in a second column, "8012345   Order number": packing lists, summaries of tills."""
    gap = rng.choice(("   ", "    ", "  | "))
    place: Callable[[str, int], str] = rng.choice((_left, _right))
    lines = _opening(content)
    for block in content.blocks:
        width = _widest(fact.value for fact in (*block.facts, *block.sums))
        lines += [block.heading] * bool(block.heading)
        turned = [
            (place(fact.value, width) + gap + fact.label if fact.label else fact.value) + (f"\n<{fact.href}>" if fact.href else "")
            for fact in (*block.facts, *block.sums)
        ]
        lines += [*turned[: len(block.facts)], "", *_columns([row[::-1] for row in _table(block)], gap), ""]
        lines += [*turned[len(block.facts) :], ""]
    return _written([*lines, *(f"{link.href}{gap}{link.text}" for link in content.buttons), "", *content.footer])


def _flowed(pieces: Iterable[str]) -> str:
    """Pieces run on, broken at the screen's width with the blank left before the break, as format=flowed has it (RFC 3676)."""
    lines, line, filled = [], "", 0
    for piece in filter(None, pieces):
        width = _width(piece)
        if line and filled + 1 + width > _SCREEN:
            lines.append(f"{line} ")
            line, filled = piece, width
        else:
            line, filled = f"{line} {piece}".lstrip(" "), filled + width + bool(line)
    return "\n".join([*lines, line])


def flowed(content: Content, rng: Random) -> Body:
    """Running text wrapped so that a line may end in "Label:" and the value begins the next: mail programs, format=flowed."""
    colon, stop = page.colon(content), rng.choice((";", ".", ","))

    def pieces(facts: Iterable[Fact]) -> list[str]:
        cut, held = [], ""
        for fact in facts:
            if fact.label:
                cut.append(f"{held} {fact.label}{colon}".lstrip(" "))
                held = ""
            held = f"{held} {_value(fact)}{stop}".lstrip(" ")
        return [*cut, held] if held else cut

    lines = [content.title, "", content.greeting, ""]
    words = " ".join(content.prose).split(" ")
    for block in content.blocks:
        words += [f"{block.heading}{colon}"] if block.heading else []
        lines += [_flowed([*words, *pieces(block.facts)]), ""]
        lines += [_flowed(["+", *pieces(goods)]) for goods in _goods(block)]
        lines += [_flowed(pieces(block.sums)), ""]
        words = []
    lines += [_flowed([f"{link.text}{colon}", link.href]) for link in content.buttons]
    return _written([*lines, "", _flowed(" ".join(content.footer).split(" "))])


def markdown(content: Content, rng: Random) -> Body:
    """Markdown: **Label:** value, [text](url), a table with pipes: mailers that turn HTML into Markdown, developers' shops."""
    mark, inside, bullet = rng.choice(("**", "__")), rng.choice((True, False)), rng.choice(("", "- ", "* "))
    colon = page.colon(content)

    def marked(fact: Fact) -> str:
        value = f"[{fact.value}]({fact.href})" if fact.href else fact.value
        label = f"{mark}{fact.label}{colon}{mark} " if inside else f"{mark}{fact.label}{mark}{colon} "
        return bullet + (label if fact.label else "") + value + ("" if bullet else "  ")

    lines = [*([f"# {content.title}", ""] if content.title else []), content.greeting, "", *content.prose, ""]
    for block in content.blocks:
        lines += [*([f"## {block.heading}", ""] if block.heading else []), *map(marked, block.facts), ""]
        table = [f"| {' | '.join(row)} |" for row in _table(block)]
        table[1:1] = [f"|{' --- |' * len(block.columns)}"] if table and block.columns else []
        lines += [*table, "", *map(marked, block.sums), ""]
    lines += [f"[{link.text}]({link.href})" for link in content.buttons]
    return _written([*lines, "", "---", *(f"_{text}_" for text in content.footer)])


def signed(content: Content, rng: Random) -> Body:
    """A letter under a reply line, labels flush right against their colons, a signature after "-- ": small shops, help desks."""
    colon, reply = page.colon(content), rng.choice(("##- -##", "_" * _SCREEN, "----- * -----"))
    lines = [reply, "", content.greeting, "", *([content.title, ""] if content.title else []), *content.prose, ""]
    for block in content.blocks:
        lines += [f"{block.heading}{colon}", ""] if block.heading else []
        width = _widest(fact.label for fact in (*block.facts, *block.sums)) + 3
        flush = [
            f"{_right(fact.label, width)}{colon} {_value(fact)}" if fact.label else _value(fact) for fact in (*block.facts, *block.sums)
        ]
        goods = [
            f"   + {_said(first, f'{colon} ')}" + (f" ({', '.join(_said(fact, ' ') for fact in rest)})" if rest else "")
            for first, *rest in _goods(block)
        ]
        lines += [*flush[: len(block.facts)], "", *goods, "", *flush[len(block.facts) :], ""]
    lines += [line for link in content.buttons for line in (link.text, link.href, "")]
    return _written([*lines, "-- ", content.shop, *content.footer])


LAYOUTS = (
    *(colon_lines, padded, leaders, indented_below, headed_columns, boxed, underlined, label_headings),
    *(running, equations, bullets, tabbed, value_first, flowed, markdown, signed),
)
