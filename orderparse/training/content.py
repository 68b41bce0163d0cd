"""What a made-up mail says, before it is laid out: title, sentences, labelled facts, rows of goods, sums, links, small print."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class Fact(NamedTuple):
    """A label with its value, both as shown ("Order number", "8012345678904321"), and where the value links to, if it does.

    The label has no colon: whether one stands behind it is the layout's affair. It is empty where the shop writes a bare value.
    """

    label: str
    value: str
    href: str = ""


class Link(NamedTuple):
    """A link with its text."""

    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What belongs together: an order, a parcel, a bill. ``columns`` head the cells of ``rows``, which are the goods."""

    heading: str = ""
    facts: tuple[Fact, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    sums: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The words of one mail in reading order. Any of them may be empty but ``shop``."""

    language: str
    shop: str
    title: str = ""
    greeting: str = ""
    prose: tuple[str, ...] = ()  # whole sentences, some with a number or a day in them
    blocks: tuple[Block, ...] = ()
    buttons: tuple[Link, ...] = ()
    footer: tuple[str, ...] = ()

    def mapped(self, write: Callable[[str], str]) -> Content:
        """The content with all that is read of it written anew; the targets of links stay."""

        def facts(told: tuple[Fact, ...]) -> tuple[Fact, ...]:
            return tuple(Fact(fact.label, write(fact.value), fact.href) for fact in told)

        def cells(told: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(write(text) for text in told)

        return replace(
            self,
            prose=cells(self.prose),
            footer=cells(self.footer),
            blocks=tuple(
                replace(block, facts=facts(block.facts), rows=tuple(map(cells, block.rows)), sums=facts(block.sums))
                for block in self.blocks
            ),
        )


class Body(NamedTuple):
    """The body of a mail: HTML, text, or both."""

    html: str | None = None
    text: str | None = None
