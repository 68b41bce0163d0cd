"""From a message to its document: the one text of a mail, with its lines, cells, links and markup."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from orderparse.document import budget, html, html_page, link_parts, markup, plain, quoted
from orderparse.document.characters import cleaned, doubt, odd_characters
from orderparse.document.model import Cell, Document, ForwardedHeader, Line, Link, LinkPart, Property, RegionKind
from orderparse.records import Defect
from orderparse.text.fold import fold
from orderparse.text.patterns import lazy
from orderparse.text.span import Span
from orderparse.values import links

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orderparse.document.sheet import Sheet
    from orderparse.mail.model import Message, Part
    from orderparse.values.links import Url

LINKS: Final = 1_000  # of a mail
_NO_END: Final = " \t-._/:#=&?"  # what does not end a number
_GROUPS: Final = lazy(r"(?<![0-9A-Za-z])[0-9A-Z]{1,6}(?:[ -][0-9A-Z]{1,6}){1,12}\Z")
_JOINT: Final = lazy(r"[ -]")
_GROUPED: Final = 48  # characters of a number in groups
_REMNANT: Final = lazy(r"[&=][#0-9A-Za-z=]{1,12}\Z")
SUBJECT: Final = 2_000  # characters: a line of a mail has 998


def build(message: Message, marks: quoted.Marks) -> Document:
    """The document of a message; every message gives one, what was odd is in its defects."""
    return _Build(message, marks).document()


class _Build:
    """The document while it grows; ``at`` is the offset behind all lines so far."""

    def __init__(self, message: Message, marks: quoted.Marks) -> None:
        self.message = message
        self.marks = marks
        self.at = 0
        self.texts: list[str] = []
        self.folded: list[str] = []
        self.lines: list[Line] = []
        self.cells: list[Cell] = []
        self.links: list[Link] = []
        self.tables = 0
        self.urls: dict[str, Url] = {}
        self.defects: dict[str, Defect] = {}
        self.names: set[str] = set()
        self.scripts: list[str] = []
        self.leaves: list[markup.Leaf] = []
        self.items = 0
        self.forwarded: ForwardedHeader | None = None
        self.room = budget.Room()
        self.cut: dict[int, bool] = {}

    def document(self) -> Document:
        for depth, message in _messages(self.message):
            subject = self._one_line(message.subject[:SUBJECT])
            if len(message.subject) > SUBJECT:
                self._cut_text("a long subject")
            if subject or not depth:
                self._add(subject, RegionKind.FORWARDED if depth else RegionKind.SUBJECT, "subject", message.subject[:SUBJECT])
                if message.subject_cut:
                    self._cut_off(surely=False)
            body = RegionKind.FORWARDED if depth else RegionKind.BODY
            for kind in ("html", "plain"):
                for part in message.parts:
                    if part.kind == kind:
                        self._part(part, message, body)
        properties = tuple(self._properties())
        parts = tuple(self._link_parts())
        text = "\n".join(self.texts)
        folded = "\n".join(self.folded)
        size = len(text)
        assert len(folded) == size  # noqa: S101  # the law that all offsets rest on
        return Document(
            message=self.message,
            text=text,
            folded=folded,
            lines=tuple(self.lines),
            cells=tuple(self.cells),
            links=tuple(link if link.span.end <= size else link._replace(span=Span(size, size)) for link in self.links),
            link_parts=parts,
            properties=properties,
            defects=tuple(self.defects.values()),
            template_marks=tuple(sorted(self.names)[: html_page.NAMES]),
            forwarded=self.forwarded,
            cut=self.cut,
        )

    def _add(self, text: str, region: RegionKind, source: str, raw: str = "") -> Span:
        span = Span(self.at, self.at + len(text))
        self.lines.append(Line(len(self.lines), span, region, source, doubt=doubt(raw) if raw else ""))
        self.texts.append(text)
        self.folded.append(fold(text))
        self.at = span.end + 1
        return span

    def _cut_off(self, *, surely: bool) -> None:
        """The text so far ends where the mail was cut off, perhaps inside a number, or an entity or encoded byte behind it."""
        last = self.texts[-1]
        begin = self.at - 1 - len(last)
        for end in (last, _REMNANT.sub("", last.rstrip(_NO_END))):
            whole = end.rstrip(_NO_END)
            self.cut[begin + len(whole)] = surely
            groups = _GROUPS.search(whole, max(len(whole) - _GROUPED, 0))
            if groups:  # "DE97 9999": each of them may be the last that was read
                self.cut.update((begin + groups.start() + joint.start(), surely) for joint in _JOINT.finditer(groups[0]))

    def _cut_text(self, detail: str) -> None:
        self.defects.setdefault("text_truncated", Defect(code="text_truncated", detail=detail))

    def _one_line(self, raw: str) -> str:
        text = " ".join(cleaned(raw).split())
        if text != raw:
            for defect in odd_characters(raw):
                self.defects.setdefault(defect.code, defect)
        return text

    def _part(self, part: Part, message: Message, body: RegionKind) -> None:
        source = part.kind
        begin = start = self.at
        if source == "html" or plain.is_html(part.text):
            page = html.read(part.text, start, tables=self.tables)
            sheet = page.sheet
            short = budget.shorten(sheet, self.room)
            self.names |= page.names
            self.scripts += page.scripts
            self._leaves(page.leaves)
        else:
            spans = budget.kept(part.text, self.room)
            text = part.text if spans is None else "\n".join(part.text[span.slice] for span in spans)
            sheet = plain.read(text, start, tables=self.tables)
            short = spans is not None
        if short:
            self._cut_text("a long text: its ends, and the places of numbers between them")
        for code, defect in sheet.defects.items():
            self.defects.setdefault(code, defect)
        self.tables = sheet.table_count
        self.cells += sheet.cells
        texts = [line.text for line in sheet.lines]
        for text in texts:
            self.room.take(text)
        folded = [fold(text) for text in texts]
        regions, forwarded = quoted.regions(
            sheet.lines,
            folded,
            self.marks,
            subject=message.subject,
            body=body,
            headless=message.sender is None and not message.subject,
        )
        self.forwarded = self.forwarded or forwarded
        number = len(self.lines)
        new = tuple.__new__  # half the time of calling the named tuples, for what there is most of
        for line, region in zip(sheet.lines, regions, strict=True):
            end = start + len(line.text)
            self.lines.append(new(Line, (number, new(Span, (start, end)), region, source, line.heading, line.doubt)))
            number += 1
            start = end + 1
        self.at = start
        self.texts += texts
        self.folded += folded
        self._links(sheet, "\n".join(texts), begin)
        if part.cut and texts:
            self._cut_off(surely=part.cut == "surely")

    def _leaves(self, leaves: Sequence[markup.Leaf]) -> None:
        """Keep leaves of one more source of markup, their items numbered behind those before."""
        first = self.items
        for leaf in leaves:
            if len(self.leaves) >= markup.LEAVES:
                self.defects.setdefault("markup_cut", Defect(code="markup_cut", detail="more markup than is read"))
                break
            self.leaves.append(leaf._replace(item=leaf.item + first, root=leaf.root + first))
            self.items = max(self.items, leaf.item + first + 1)

    def _links(self, sheet: Sheet, text: str, start: int) -> None:
        """Keep the links of a part: those of its elements, and the URLs that stand in its text outside of them."""
        anchors = [Link(Span(first, end), url) for first, end, href in sheet.links[:LINKS] if (url := self._url(href)).host]
        bare: list[Link] = []
        if "://" in text:
            covered = sorted(link.span for link in anchors)
            at = 0
            for span, url in islice(links.find(text), LINKS):
                place = Span(span.start + start, span.end + start)
                while at < len(covered) and covered[at].end <= place.start:
                    at += 1
                if at == len(covered) or not covered[at].overlaps(place):
                    bare.append(Link(place, self.urls.setdefault(url.text, url)))
        found = anchors + bare
        found.sort(key=_start)
        room = LINKS - len(self.links)
        if len(found) > room or len(sheet.links) > LINKS:
            self.defects.setdefault("links_cut", Defect(code="links_cut", detail=f"more than {LINKS} links"))
        self.links += found[:room]

    def _url(self, href: str) -> Url:
        known = self.urls.get(href)
        if known is None:
            known = self.urls[href] = links.parse(href)
        return known

    def _properties(self) -> Iterator[Property]:
        self._leaves([*islice(markup.json_ld(self.scripts, self.defects), markup.LEAVES + 1)])
        for leaf in self.leaves:
            value = self._one_line(leaf.value[: 2 * markup.VALUE_LENGTH])[: markup.VALUE_LENGTH].rstrip()
            if value:
                span = self._add(value, RegionKind.MARKUP, "markup")
                yield Property(span=span, path=leaf.path, item=leaf.item, root=leaf.root)

    def _link_parts(self) -> Iterator[LinkPart]:
        met: set[str] = set()
        count = 0
        for index, link in enumerate(self.links):
            if link.url.text in met:
                continue
            met.add(link.url.text)
            for name, before, value in link_parts.find(link.url):
                text = self._one_line(value)
                if not text:
                    continue
                if count == link_parts.PARTS:
                    self.defects.setdefault("links_cut", Defect(code="links_cut", detail="more parts of links than are read"))
                    return
                count += 1
                span = self._add(text, RegionKind.LINK, "link")
                if link.span.end in self.cut:
                    self.cut[span.end] = self.cut[link.span.end]
                yield LinkPart(span, index, name, before)


def _start(link: Link) -> int:
    return link.span.start


def _messages(message: Message) -> Iterator[tuple[int, Message]]:
    """Give a message and those attached to it, in order, with their depth."""
    waiting = [(0, message)]
    while waiting:
        depth, next_one = waiting.pop()
        yield depth, next_one
        waiting.extend((depth + 1, attached) for attached in reversed(next_one.attached))
