"""The road of a mail, its stages and its floor.

The floor is what any reader of HTML mails must do: bytes, decoded text parts, an HTML tree, its text, and nothing else; no header field
but those of MIME is looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

import orderparse
from orderparse import assemble, mentions, readers
from orderparse.document.build import build
from orderparse.document.quoted import Marks
from orderparse.knowledge import Knowledge
from orderparse.mail import messages, mime
from orderparse.outputs import jsonl, records_json
from orderparse.scoring import features, model
from orderparse.text.fold import fold
from orderparse.text.pieces import cut

if TYPE_CHECKING:
    from collections.abc import Callable


def floor(data: bytes) -> int:
    """Decoded text parts and the text of their HTML trees; gives its length."""
    mail = mime.read(data)
    text = messages._Text(mail, None, None)
    for leaf in mail.leaves:
        text.leaf(leaf)
    return sum(len(LexborHTMLParser(part.text).text()) if part.kind == "html" else len(part.text) for part in text.parts)


def road(data: bytes) -> object:
    """All of it, as a user calls it."""
    return orderparse.parse(data)


def _of(make: Callable[[bytes], object], then: Callable[[object], object]) -> Callable[[bytes], object]:
    """A stage, which has what the stages before it gave, once for each mail."""
    made: dict[bytes, object] = {}

    def stage(data: bytes) -> object:
        return then(made[data])

    def prepared(data: bytes) -> None:
        if data not in made:
            made[data] = make(data)

    stage.prepare = prepared  # type: ignore[attr-defined]
    return stage


def stages() -> dict[str, Callable[[bytes], object]]:
    """The stages of the road by name; each is called with a mail and does its own part alone.

    Each has a ``prepare``, to be called with the mails before the clock runs.
    """
    knowledge, scales = Knowledge.builtin(), model.builtin()
    marks = Marks.of(knowledge.words.quoted)

    def message(data: bytes):
        return messages.parse(data)

    def document(data: bytes):
        return build(message(data), marks)

    def page(data: bytes):
        return mentions.page(document(data), knowledge)

    return {
        "MIME, header, charsets": _of(lambda data: data, messages.parse),
        "HTML to lines of text": _of(message, lambda found: build(found, marks)),
        "phrases and values": _of(document, lambda found: mentions.page(found, knowledge)),
        "of these the phrases": _of(lambda data: fold(document(data).text), lambda text: knowledge.phrases.find(cut(text))),
        "evidence and its score": _of(page, lambda found: model.hypotheses(scales, features.pools(found, readers.read(found)))),
        "evidence to record": _of(page, lambda found: assemble.read_page(found, scales)),
        "record to a line of JSON": _of(orderparse.parse, lambda read: jsonl.line(records_json.of_reading(read))),
    }
