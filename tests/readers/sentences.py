"""One sentence as the text of a mail, and the days that are read in it."""

from __future__ import annotations

import orderparse


def days(sentence: str, sent: str = "Wed, 06 May 2026", sender: str = "Shop <info@shop.example>") -> set[tuple[str, str]]:
    """The likely days as role and ISO date."""
    head = f"From: {sender}\nDate: {sent} 10:00:00 +0200\nContent-Type: text/plain; charset=utf-8\nSubject: x\n\n"
    reading = orderparse.parse(f"{head}{sentence}\n".encode())
    return {(day.role.value, day.value.isoformat()) for day in reading.dates if day.confidence >= 0.5}
