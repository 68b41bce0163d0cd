"""The parts of URLs (RFC 3986) that may be a number of an order or a parcel."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from orderparse.text.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orderparse.values.links import Url

PARTS: Final = 2_000  # of a mail
_SHORTEST: Final = 3
_LONGEST: Final = 64
_VALUES: Final = 50  # of a list in one parameter
_CAPITALS: Final = 5  # letters of the shortest number without a digit
_FILE: Final = lazy(r".*\.(?:avif|bmp|css|gif|ico|jpe?g|js|json|png|svg|tiff?|webp|woff2?)", re.IGNORECASE | re.DOTALL)
# Endings that servers give to pages: "1005006123456789.html" is a product's page.
_PAGE: Final = lazy(r"\.(?:[ps]?html?|php|aspx?|jsp|do)\Z", re.IGNORECASE)
# Forty and more letters and digits in one piece are a token that was drawn, not a number that was given.
_SHORT_TOKEN: Final = 40
_TOKEN: Final = lazy(r"(?=.*[A-Za-z])[A-Za-z0-9+/=_-]{41,}")
_ROUTE: Final = lazy(r"[/=?]")  # of a fragment that is a path or has parameters, which are read as such
_DIGIT: Final = lazy(r"\d")
_COLOUR: Final = lazy(r"#?(?:[0-9a-f]{3}|[0-9a-f]{6}|[0-9A-F]{3}|[0-9A-F]{6})")
_COLOUR_NAMES: Final = ("bg", "background", "color", "colour", "fg")


def find(url: Url) -> Iterator[tuple[str, str, str]]:
    """Give name, path segment before, and value of each part: the name is that of a parameter, else empty.

    >>> from orderparse.values import links
    >>> list(find(links.parse("https://shop.example/orders/4821/view?ids=8017%2C8018&utm_source=mail2")))
    [('', 'orders', '4821'), ('ids', '', '8017'), ('ids', '', '8018')]
    """
    segments = [_PAGE.sub("", segment) for segment in url.segments]
    if segments and _FILE.fullmatch(segments[-1]):
        return
    before = ""
    for segment in segments:
        if may_be_number(segment):
            yield "", before, segment
        before = segment
    for name, value in url.params:
        if name[:4].lower() == "utm_":
            continue
        values = value.split(",", _VALUES)[:_VALUES] if "," in value else (value,)
        for one in values:
            entry = one.strip()
            if may_be_number(entry) and not (_COLOUR.fullmatch(entry) and name.lower().endswith(_COLOUR_NAMES)):
                yield name, "", entry
    if url.fragment and not _ROUTE.search(url.fragment) and may_be_number(url.fragment):
        yield "", "#", url.fragment  # "pochta.ru/tracking#RR123456785RU"


def may_be_number(value: str) -> bool:
    """Whether a part may be a number that people use.

    >>> [value for value in ("4821", "ABCDE", "track", "ab", "x1" * 30) if may_be_number(value)]
    ['4821', 'ABCDE']
    """
    if not _SHORTEST <= len(value) <= _LONGEST or (len(value) > _SHORT_TOKEN and _TOKEN.fullmatch(value)):
        return False
    if _DIGIT.search(value):
        return not _FILE.fullmatch(value)
    return len(value) >= _CAPITALS and value.isalpha() and value.isupper()
