"""Candidates for people: what a number may be, how likely, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from orderparse.outputs.jsonl import line
from orderparse.outputs.safe_text import one_line
from orderparse.outputs.terminal import percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orderparse.records import Candidate

_CHECKS = {True: ", check digit right", False: ", check digit wrong", None: ""}


def write(number: str, found: Sequence[Candidate], file: TextIO) -> None:
    """Write the candidates of a number, the likeliest first."""
    if not found:
        file.write(f"{one_line(number)}: nothing is known that looks like this\n")
    for one in found:
        whose = one.carrier or one.merchant
        named = f" of {one_line(whose)}" if whose else ""
        file.write(
            f"{percent(one.confidence):>5}  {one_line(one.value)}: {one.role.value.replace('_', ' ')}{named}{_CHECKS[one.check_digit]}\n"
        )
        file.writelines(f"       {one_line(reason)}\n" for reason in one.reasons)
        if one.tracking_url is not None:
            file.write(f"       {one_line(one.tracking_url)}\n")


def write_lines(found: Sequence[Candidate], file: TextIO) -> None:
    """Write the candidates as JSON Lines."""
    for one in found:
        record = {
            "role": one.role.value,
            "value": one.value,
            "confidence": round(one.confidence, 4),
            "carrier": one.carrier,
            "merchant": one.merchant,
            "check_digit": one.check_digit,
            "reasons": list(one.reasons),
            "tracking_url": one.tracking_url,
        }
        file.write(line(record) + "\n")
