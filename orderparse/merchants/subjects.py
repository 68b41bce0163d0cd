"""Subjects that merchants write, with slots for what changes."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from orderparse.datafiles import member, strings
from orderparse.roles import MailKind, Role
from orderparse.slotted import dataclass
from orderparse.text.fold import fold
from orderparse.text.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_UNDECIDED = "undecided"  # subjects that do not tell what the mail is
_LONGEST_SUBJECT = 400
_SLOT = lazy(r"\{([a-z_]*)\}")
_SLOTS = {"any": r".{0,120}?", "count": r"\d{1,4}"}
_NUMBER = r"[0-9a-z](?:[0-9a-z./_-]{0,46}[0-9a-z])?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A subject that a merchant writes, with slots for what changes.

    ``{order_number}``, ``{tracking_number}`` and other roles hold a number, ``{count}`` a count, ``{any}``
    any words. ``kind`` is None where the subject does not tell what the mail is; ``guess`` where nobody has
    seen it and it follows from the other languages.
    """

    text: str
    kind: MailKind | None
    guess: bool = False

    def match(self, folded: str) -> Mapping[Role, tuple[int, int]] | None:
        """Where the numbers stand in a folded subject; None if it is another one.

        >>> subject = Subject(text="Order {order_number}: order shipped", kind=MailKind.SHIPPING)
        >>> subject.match("re: order 8123456789012345: order shipped")
        {<Role.ORDER_NUMBER: 'order_number'>: (10, 26)}
        >>> subject.match("order 8123456789012345: order shipped back") is None
        True
        """
        if not all(word in folded for word in _words(self.text)):
            return None  # told without an expression, which takes longer to make than all else to read a single mail
        found = _subject(self.text).search(folded[:_LONGEST_SUBJECT])
        if found is None:
            return None
        return {Role(slot): found.span(slot) for slot in found.re.groupindex}


def of_table(table: Mapping[str, Any], key: str, *, guess: bool) -> Iterator[Subject]:
    """The subjects of one section of a merchant file's table."""
    kinds = table.get(key, {})
    for kind in kinds:
        for line in strings(kinds, kind):
            for slot in _SLOT.findall(line):
                if slot not in {"any", "count"}:
                    member(Role, slot, f"[{key}] {kind}")
            yield Subject(text=line, kind=None if kind == _UNDECIDED else member(MailKind, kind, f"[{key}]"), guess=guess)


@cache
def _words(text: str) -> tuple[str, ...]:
    """What stands in each subject of a template as it stands there, between its slots and blanks."""
    return tuple(word for part in _SLOT.split(text)[::2] for word in fold(part).split(" ") if word)


@cache
def _subject(text: str) -> re.Pattern[str]:
    """A subject as an expression for folded text, from the first word of the template to its last."""
    parts = []
    for index, part in enumerate(_SLOT.split(text)):
        if index % 2:
            parts.append(_SLOTS.get(part) or f"(?P<{part}>{_NUMBER})")
        else:
            parts.append(re.sub(r"(?:\\ )+", " {1,3}", re.escape(fold(part))))
    return re.compile(r"(?<![^\W_])" + "".join(parts) + r"(?![^\W_]| [^\W\d_])")
