"""How languages write days, from Unicode CLDR: the generator's own calendar, that the language files have no part in.

``cldr.json`` was written by ``python -m orderparse.training cldr`` with Babel; a language file is so tested by what it did not say.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

FILE = Path(__file__).with_name("cldr.json")
STYLES = ("long", "medium", "full", "short", "no_year")
_FIELD = re.compile(r"'([^']*)'|([A-Za-z])\2*")
_BUDDHIST = 543
_BIDI_MARKS = "\u200e\u200f"


def write(codes: Iterable[str], path: Path = FILE) -> None:
    """Write the calendars of some languages, as the installed Babel has them.

    Raises:
        OSError: The file cannot be written.

    """
    import babel  # noqa: PLC0415  # an extra

    table = {}
    for code in sorted(codes):
        locale = babel.Locale.parse(code, sep="-")
        skeletons = locale.datetime_skeletons
        months, days = locale.months["format"], locale.days["format"]
        table[code] = {
            **{style: _told(locale.date_formats[style].pattern) for style in STYLES if style != "no_year"},
            "no_year": _told(str(skeletons.get("MMMMd") or skeletons["MMMd"])),
            "months": [months["wide"][number] for number in range(1, 13)],
            "short_months": [months["abbreviated"][number] for number in range(1, 13)],
            "weekdays": [days["wide"][number] for number in range(7)],
            "eras": locale.eras["abbreviated"][1] if code != "th" else "พ.ศ.",
        }
    lines = (f"{json.dumps(code)}: {json.dumps(calendar, ensure_ascii=False)}" for code, calendar in table.items())
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def _told(pattern: str) -> str:
    """A pattern as people fill it in: Basque "5(a)" is 5a, "2026(e)ko" 2026ko."""
    return pattern.replace("('a')", "'a'").replace("('e')", "")


@cache
def _calendars() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return table


def knows(code: str) -> bool:
    """Whether a language's calendar was written down."""
    return code in _calendars()


def written(day: date, code: str, style: str) -> str:
    """A day as a language writes it, in one of the styles.

    >>> from datetime import date
    >>> written(date(2026, 3, 5), "hu", "long"), written(date(2026, 3, 5), "th", "long")
    ('2026. március 5.', '5 มีนาคม พ.ศ. 2569')
    """
    calendar = _calendars()[code]
    year = day.year + (_BUDDHIST if code == "th" else 0)
    fields = {
        "d": f"{day.day}",
        "dd": f"{day.day:02}",
        "M": f"{day.month}",
        "MM": f"{day.month:02}",
        "MMM": calendar["short_months"][day.month - 1],
        "MMMM": calendar["months"][day.month - 1],
        "LLLL": calendar["months"][day.month - 1],
        "EEEE": calendar["weekdays"][day.weekday()],
        "cccc": calendar["weekdays"][day.weekday()],
        "y": f"{year}",
        "yy": f"{year}",  # mails hardly ever write two digits
        "G": calendar["eras"],
    }
    text = _FIELD.sub(lambda match: match[1] if match[1] is not None else fields[match[0]], calendar[style])
    return text.translate(dict.fromkeys(map(ord, _BIDI_MARKS)))
