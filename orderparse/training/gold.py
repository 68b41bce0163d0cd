"""Gold files: mails in a folder, labelled by a line of JSON each.

``{"file": "a.eml", "language": "sv", "kind": "shipping", "order_numbers": ["1042"], "tracking_numbers": [{"number": "...",
"carrier": "..."}], "dates": [{"value": "2026-03-01", "role": "order"}], "total": {"amount": "129.00", "currency": "SEK"} | null,
"ignore": [...], "ignore_dates": [{"value": "..."}]}``. A field that is absent was not labelled and is not measured; what is in
``ignore`` is neither right nor wrong.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from orderparse import assemble, mentions
from orderparse.document.build import build
from orderparse.errors import MailboxError
from orderparse.knowledge import Knowledge
from orderparse.mail import messages
from orderparse.roles import AmountRole, DateRole, MailKind, Role
from orderparse.scoring import model
from orderparse.training import observe
from orderparse.training.judge import judge
from orderparse.training.numbers import plain
from orderparse.training.observe import Told
from orderparse.training.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

# The roles that every labelled mail labels; a date of another role counts only where a line has one.
_ALWAYS = frozenset({DateRole.ORDER, DateRole.PAYMENT, DateRole.SHIP, DateRole.DELIVERY_ESTIMATE, DateRole.DELIVERED, DateRole.INVOICE})


def rows(path: Path) -> list[dict[str, Any]]:
    """The lines of a gold file.

    Raises:
        MailboxError: The file is not there or a line is no labelled mail.

    """
    try:
        found = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        msg = f"{path}: {error}"
        raise MailboxError(msg) from error
    if not all(isinstance(row, dict) and "file" in row for row in found):
        msg = f'{path}: each line is an object with a "file"'
        raise MailboxError(msg)
    return found


def truth_of(row: dict[str, Any]) -> Truth:
    """The truth that a line labels."""
    codes: dict[str, Role] | None = None
    if "order_numbers" in row or "tracking_numbers" in row:
        codes = {plain(number): Role.ORDER_NUMBER for number in row.get("order_numbers") or []}
        for parcel in row.get("tracking_numbers") or []:
            number = (parcel.get("number") or parcel.get("value") or "") if isinstance(parcel, dict) else parcel
            codes[plain(number)] = Role.TRACKING_NUMBER
    dates = None
    if "dates" in row:
        told = [
            (day["role"], day[end][:10])
            for day in row["dates"] or []
            for end in ("value", "until")
            if day.get(end) and day.get("role") != DateRole.OTHER
        ]
        dates = frozenset((DateRole(role), date.fromisoformat(value)) for role, value in told)
    amounts, currency = _total(row)
    return Truth(
        language=row.get("language"),
        kind=MailKind(row["kind"]) if row.get("kind") else None,
        codes=codes,
        codes_known=False,
        dates=dates,
        amounts=amounts,
        currency=currency,
        amount_roles=frozenset({AmountRole.TOTAL}),
        free_codes=frozenset(plain(value) for value in row.get("ignore") or []) - frozenset(codes or ()),
        free_dates=frozenset(date.fromisoformat(day["value"][:10]) for day in row.get("ignore_dates") or []),
    )


def _total(row: dict[str, Any]) -> tuple[frozenset[tuple[AmountRole, Decimal]] | None, str | None]:
    total = row.get("total")
    if "total" not in row:
        return None, None
    if not total:
        return frozenset(), None
    try:
        value = Decimal(str(total.get("amount") or total.get("value") or "").replace(" ", ""))
    except InvalidOperation:
        return None, None
    return frozenset({(AmountRole.TOTAL, value)}), total.get("currency") or None


def beside(folder: Path) -> list[dict[str, Any]]:
    """The labels of a folder in which each mail has its own, ``NAME.expected.json``."""
    found = []
    for label in sorted(folder.glob("*.expected.json")):
        stem = label.name.removesuffix(".expected.json")
        mail = next(path for path in sorted(folder.glob(f"{stem}.*")) if path != label)
        found.append({**json.loads(label.read_text(encoding="utf-8")), "file": mail.name})
    return found


def readings(labels: Iterable[dict[str, Any]], folder: Path, *, without_language: bool = False) -> Iterator[Told]:
    """The labelled mails as they are read, judged; each, if that is asked for, as if nobody had written its language's file.

    Raises:
        OSError: There is no such mail as a label names.

    """
    languages, scales = Knowledge.builtin().languages, model.builtin()
    for row in labels:
        truth = truth_of(row)
        knowledge, marks = observe.known(truth.language if without_language and truth.language in languages else None)
        path = folder / row["file"]
        page = mentions.page(build(messages.parse(path.read_bytes(), source=path.name), marks), knowledge)
        reading = assemble.read_page(page, scales)
        if truth.dates is not None:
            scored = _ALWAYS | {role for role, _ in truth.dates}
            reading = replace(reading, dates=tuple(day for day in reading.dates if day.role in scored))
        yield Told(
            verdict=judge(reading, truth),
            language=str(row.get("language") or ""),
            situation=assemble.situation(page),
            without=knowledge is not Knowledge.builtin(),
            layout=str(row.get("platform") or ""),
            genuine=reading.genuine.confidence if reading.genuine is not None else None,
        )
