"""The page around a layout, and how its pieces are written in HTML: escaped, links as links, empty texts left out."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orderparse.training.content import Content, Fact

_RIGHT_TO_LEFT = frozenset({"ar", "he", "fa", "ur"})
_COLONS = {"zh-Hans": "：", "zh-Hant": "：", "ja": "：", "fr": "\u00a0:"}


def whole(content: Content, body: str, *, head: str = "", attributes: str = "") -> str:
    """The whole document, with the direction of the language's script."""
    direction = ' dir="rtl"' if content.language in _RIGHT_TO_LEFT else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(content.language)}"><head><meta charset="utf-8">{head}</head>\n'
        f"<body{direction}{attributes}>\n{body}\n</body></html>\n"
    )


def title(content: Content) -> str:
    """The title of the document, as its head has it."""
    return f"<title>{escape(content.title or content.shop)}</title>"


def value(fact: Fact, attributes: str = "") -> str:
    """The value of a fact, as a link if it is one."""
    return f'<a href="{escape(fact.href)}"{attributes}>{escape(fact.value)}</a>' if fact.href else escape(fact.value)


def each(form: str, texts: Iterable[str]) -> str:
    """Each text that is not empty in the form's place for it."""
    return "\n".join(form.format(escape(text)) for text in texts if text)


def words(content: Content, form: str) -> str:
    """Greeting and prose, each in the form's place for it."""
    return each(form, (content.greeting, *content.prose))


def links(content: Content, form: str) -> str:
    """The buttons, each in the form's places for target and text."""
    return "\n".join(form.format(escape(link.href), escape(link.text)) for link in content.buttons)


def colon(content: Content) -> str:
    """The colon as the language sets it: full width in Chinese and Japanese, after a blank in French."""
    return _COLONS.get(content.language, ":")
