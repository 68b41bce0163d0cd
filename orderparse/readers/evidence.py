"""Evidence: a reason for a mention to have a role."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from orderparse.mentions import Mention


class Evidence(NamedTuple):
    """``feature`` names the reason (a key of weights.json); ``role`` is a Role, DateRole or AmountRole value."""

    mention: Mention
    role: str
    feature: str
    note: str = ""
