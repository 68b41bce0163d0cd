"""A mail as it came: headers that count, text parts, defects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from orderparse.records import Address, Authentication, Defect
from orderparse.slotted import dataclass, field

if TYPE_CHECKING:
    from datetime import datetime

PartKind = Literal["html", "plain"]
Cut = Literal["", "maybe", "surely"]  # whether a text breaks off where the mail ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A decoded text part. Parts of one ``multipart/alternative`` tell the same in two forms.

    ``cut`` says whether the mail ends in it, and not as a mail does: it may have been cut off.
    """

    kind: PartKind
    text: str
    cut: Cut = field(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A mail: any bytes give one; what went wrong is in ``defects``.

    ``attached`` are mails inside this mail (``message/rfc822``), each a message of its own.
    ``sent`` is the Date header with its zone, or None; ``sender`` is From. A ``discussion`` comes from a tracker of issues.
    """

    source: str
    message_id: str | None = None
    in_reply_to: str | None = None
    sent: datetime | None = None
    sender: Address | None = None
    reply_to: Address | None = None
    subject: str = ""
    subject_cut: bool = False  # the mail ends in its header
    parts: tuple[Part, ...] = ()
    attached: tuple[Message, ...] = ()
    authentication: Authentication = field(default_factory=Authentication)
    discussion: bool = False
    defects: tuple[Defect, ...] = ()
