"""Text from mails and file names, made safe to write: Unicode scalar values, no terminal controls (ECMA-48), no bidi controls.

What a mail says must not steer the terminal that shows it, be it through a pipe and ``less``.
"""

from __future__ import annotations

from orderparse.text.fold import clean
from orderparse.text.patterns import lazy

_ESCAPED_BYTES = lazy("[\udc80-\udcff]+")  # bytes of a file name that the locale's encoding lacks (PEP 383)
_SURROGATE = lazy("[\ud800-\udfff]")


def scalar(text: str) -> str:
    r"""The text in Unicode scalar values: bytes of a file name that are no UTF-8 as ``\xNN``, other surrogates as U+FFFD.

    >>> scalar("r\udce4k.eml"), scalar("r\udcc3\udca4k.eml")
    ('r\\xe4k.eml', 'räk.eml')
    """
    if text.isascii():
        return text
    text = _ESCAPED_BYTES.sub(lambda run: run[0].encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace"), text)
    return _SURROGATE.sub("\ufffd", text)


def visible(text: str) -> str:
    r"""The text as lines of characters that a terminal only shows.

    >>> visible("a\x1b[31mred\x07\u202e\r\n\udce9")
    'a [31mred \n\\xe9'
    """
    return clean(scalar(text))


def one_line(text: str) -> str:
    r"""The text on one line, blanks as one blank each.

    >>> one_line("Order\r\n\t8012")
    'Order 8012'
    """
    return " ".join(visible(text).split())
