"""Layouts: the ways in which shops set out what they tell, each a function that differs from all others in structure.

A layout gets the content of a mail and a source of chance, and gives its body. It shows everything that the content holds,
each value with its label, so that a person cannot mistake which belongs to which; chance changes details (attributes, a colon
or none, a wrapper more), never the structure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderparse.training.layouts import cards, flowing, tables, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from random import Random

    from orderparse.training.content import Body, Content

LAYOUTS: Mapping[str, Callable[[Content, Random], Body]] = {
    layout.__name__: layout for module in (tables, cards, flowing, texts) for layout in module.LAYOUTS
}
