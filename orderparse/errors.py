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


class RecordError(OrderparseError, ValueError):
    """A record in JSON is not as :mod:`orderparse.outputs.records_json` writes it."""


class ColumnError(OrderparseError, ValueError):
    """A column of a table is missing, is called as another one, or does not hold what it should."""


class StoreError(OrderparseError, OSError):
    """A store cannot be opened, read or written; ``errno`` says why where the system does, as ``ENOSPC`` for a full disk."""


class BusyError(OrderparseError, OSError):
    """Another run is writing to the same output."""


class MissingExtraError(OrderparseError, ImportError):
    """A package that comes with an extra of orderparse is not installed."""


def place(error: BaseException) -> str:
    """Where an error arose; its text may hold a piece of a mail and is left out."""
    import traceback  # noqa: PLC0415  # not needed where all goes well
    from pathlib import Path  # noqa: PLC0415

    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else type(error).__name__
