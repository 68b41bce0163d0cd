"""The errors that a caller can meet.

A caller's mistake raises. A mail's mistake never does: it is a
:class:`orderparse.records.Defect` on the record of that mail.
"""

from __future__ import annotations


class OrderparseError(Exception):
    """Anything that orderparse raises on purpose."""


class KnowledgeError(OrderparseError, ValueError):
    """A language, carrier, merchant, currency or weight file is not as its schema says."""


class MailboxError(OrderparseError, OSError):
    """A path holds no mail, or cannot be read."""
