"""HTML elements by what they do to the lines of a text (HTML Living Standard, section 15.3, in short)."""

from __future__ import annotations

from typing import Final

INLINE: Final = 0
BLOCK: Final = 1
CELL: Final = 2
ROW: Final = 3
TABLE: Final = 4
LINK: Final = 5
HEADER_CELL: Final = 6
HEADING: Final = 7
IMAGE: Final = 8
QUOTE: Final = 9
PREFORMATTED: Final = 10
LINE_BREAK: Final = 11  # from here on: nothing inside is text of the page
NOTHING: Final = 12
SKIPPED: Final = 13
STYLE: Final = 14  # from here on: kept for what it tells
SCRIPT: Final = 15
TITLE: Final = 16
META: Final = 17
TEXT: Final = 18

_NAMES: Final = {
    BLOCK: (
        "address article aside caption center dd details dialog dir div dl dt fieldset figcaption figure footer form header hgroup "
        "legend li main menu nav ol optgroup option p search section summary ul"
    ),
    LINE_BREAK: "br hr",
    NOTHING: "area base basefont bgsound col embed frame input link param source track wbr -comment -doctype",
    SKIPPED: "audio canvas colgroup datalist frameset iframe noembed noframes noscript template video",
    LINK: "a",
    TABLE: "table",
    ROW: "tr",
    CELL: "td",
    HEADER_CELL: "th",
    HEADING: "h1 h2 h3 h4 h5 h6",
    IMAGE: "img",
    TITLE: "title",
    STYLE: "style",
    SCRIPT: "script",
    QUOTE: "blockquote",
    PREFORMATTED: "pre listing plaintext xmp",
    META: "meta",
    TEXT: "-text",
}
KINDS: Final = {name: kind for kind, names in _NAMES.items() for name in names.split()}

# Elements without content and end tag (13.1.2 of the standard, and older ones).
VOID: Final = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr".split()  # noqa: SIM905
)
# Elements whose content is text up to their end tag, whatever it looks like (13.1.2.1, and older ones).
RAW_TEXT: Final = frozenset({"iframe", "noembed", "noframes", "plaintext", "script", "style", "textarea", "title", "xmp"})

# Class names and ids that mail programs give to the mail that is answered or forwarded.
QUOTE_NAMES: Final = frozenset(
    {
        "appendonsend",
        "divrplyfwdmsg",
        "gmail_quote",
        "gmail_quote_container",
        "mail-editor-reference-message-container",
        "moz-cite-prefix",
        "moz-forward-container",
        "ms-outlook-mobile-reference-message",
        "protonmail_quote",
        "tutanota_quote",
        "yahoo_quoted",
        "zmail_extra",
    }
)
# Of these only the header block of the older mail lies inside: all that follows is that mail.
QUOTE_REST: Final = frozenset({"appendonsend", "divrplyfwdmsg"})
