"""What a user would take instead, on the same mails; the extra ``bench`` installs it. What is not there is left out, and said.

Each is called as its own documentation shows it, and none gives what orderparse does: text alone, or every number in it that may be a
tracking number, or the markup alone.
"""

from __future__ import annotations

import email
import email.policy
import re
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_NUMBER = re.compile(r"\b(?=[A-Z]*[0-9])[0-9A-Z]{8,40}\b")  # it tells of a word whether it is one, and finds none in a text


def _bodies(data: bytes) -> Iterator[tuple[str, str]]:
    for part in email.message_from_bytes(data, policy=email.policy.default).walk():
        if part.get_content_maintype() == "text":
            try:
                yield part.get_content_subtype(), part.get_content()
            except (LookupError, UnicodeError, ValueError):  # a charset that it does not know
                yield part.get_content_subtype(), (part.get_payload(decode=True) or b"").decode("utf-8", "replace")


def _beautifulsoup() -> Callable[[bytes], object]:
    from bs4 import BeautifulSoup

    warnings.filterwarnings("ignore", module="bs4")

    def text(data: bytes) -> int:
        return sum(len(BeautifulSoup(body, "html.parser").get_text("\n") if kind == "html" else body) for kind, body in _bodies(data))

    return text


def _tracking_numbers() -> Callable[[bytes], object]:
    import mailparser
    from tracking_numbers import get_tracking_number

    def numbers(data: bytes) -> int:
        mail = mailparser.parse_from_bytes(data)
        words = {word for body in (*mail.text_plain, *mail.text_html) for word in _NUMBER.findall(body)}
        return sum(get_tracking_number(word) is not None for word in words)

    return numbers


def _extruct() -> Callable[[bytes], object]:
    import extruct

    def markup(data: bytes) -> int:
        bodies = (body for kind, body in _bodies(data) if kind == "html" and body.strip())
        return sum(len(extruct.extract(body, syntaxes=["json-ld", "microdata"], errors="ignore")) for body in bodies)

    return markup


_ALL = {
    "email + BeautifulSoup: the text alone": _beautifulsoup,
    "mail-parser + tracking-numbers": _tracking_numbers,
    "email + extruct: the markup alone": _extruct,
}


def installed(say: Callable[[str], object]) -> dict[str, Callable[[bytes], object]]:
    """Those that are installed, by name; ``say`` is told of the others."""
    found = {}
    for name, load in _ALL.items():
        try:
            found[name] = _safe(load())
        except ImportError as error:
            say(f"left out: {name} ({error}); pip install '.[bench]'")
    return found


def _safe(call: Callable[[bytes], object]) -> Callable[[bytes], object]:
    def safely(data: bytes) -> object:
        try:
            return call(data)
        except Exception:  # noqa: BLE001  # it does not read this mail; its time counts all the same
            return None

    return safely
