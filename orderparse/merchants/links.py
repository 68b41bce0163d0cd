"""Links that the shops of one platform make: which platform a shop without a file runs on."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Protocol

from orderparse.text.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from orderparse.merchants import Merchant, Merchants, Shape


class Url(Protocol):
    """The parts of a link: path ``segments`` and ``params`` percent-decoded."""

    @property
    def segments(self) -> Sequence[str]: ...  # noqa: D102  # see the class
    @property
    def params(self) -> Sequence[tuple[str, str]]: ...  # noqa: D102


_SLOT = lazy(r"\{([a-z]+)(?::(\d+))?\}")
SLOTS = frozenset({"digits", "hex", "token"})
_CLASSES = {"digits": r"\d", "hex": "[0-9a-f]", "token": "[A-Za-z0-9_-]"}
_LONGEST = 400  # characters of a link's path


def platform(merchants: Merchants, links: Iterable[Url], numbers: Iterable[str]) -> Merchant | None:
    """The one platform that makes such links and counts orders so; nobody where it may be another too.

    A path alone tells no platform (``/order/...`` is anybody's), and a shape alone still less: both must fit.

    >>> from pathlib import Path
    >>> from typing import NamedTuple
    >>> from orderparse.merchants import Merchants, load_folder
    >>> class Link(NamedTuple):
    ...     segments: tuple[str, ...]
    ...     params: tuple[tuple[str, str], ...] = ()
    >>> merchants = Merchants(load_folder(Path(__file__).parent))
    >>> link = Link(("en", "order", "hsncibggkf"))
    >>> platform(merchants, [link], ["000006574"]).name, platform(merchants, [link], ["SE-6574"])
    ('Sylius', None)
    """
    numbers = tuple(numbers)
    if not numbers:
        return None
    paths = {_path(link) for link in links}
    met = [
        merchant
        for merchant in merchants.linking
        if _counted(merchant.order_number, numbers) and any(_template(mark).search(path) for mark in merchant.link_marks for path in paths)
    ]
    return met[0] if len(met) == 1 else None


def _counted(shape: Shape | None, numbers: Iterable[str]) -> bool:
    return shape is None or any(shape.fits(number) for number in numbers)


def _path(link: Url) -> str:
    """The path, and behind it the parameters, each as a segment: ``/index.php/?route=account/order/info``."""
    path = "".join(f"/{segment}" for segment in link.segments)
    return (path + "".join(f"/?{name}={value}" for name, value in link.params))[:_LONGEST]


@cache
def _template(mark: str) -> re.Pattern[str]:
    """A mark as an expression: whole segments at the end of a path or before parameters."""
    parts, at = [], 0
    for slot in _SLOT.finditer(mark):
        parts.append(re.escape(mark[at : slot.start()]))
        parts.append(_CLASSES[slot[1]] + (f"{{{slot[2]}}}" if slot[2] else "{1,80}"))
        at = slot.end()
    return re.compile("".join((*parts, re.escape(mark[at:]), r"(?=/\?|/?\Z)")))


def wrong(mark: str) -> bool:
    """Whether a mark of a file is none: a slot that nobody knows, or no path or parameter.

    >>> wrong("/order/{token:10}"), wrong("order"), wrong("/order/{number}")
    (False, True, True)
    """
    return not mark.startswith("/") or any(slot[1] not in SLOTS for slot in _SLOT.finditer(mark)) or "{" in _SLOT.sub("", mark)
