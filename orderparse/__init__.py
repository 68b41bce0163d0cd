"""Order numbers, tracking numbers, days and amounts from the mails of shops, payment services and carriers.

    import orderparse

    reading = orderparse.parse("mail.eml")
    for reading in orderparse.parse_mailbox("inbox.mbox"):
        ...
    orders = orderparse.consolidate(readings)

Nothing heavy is loaded before the first call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from orderparse.api import consolidate, parse, parse_mailbox, read_orders
    from orderparse.errors import KnowledgeError, MailboxError, OrderparseError
    from orderparse.identification import identify
    from orderparse.knowledge import Knowledge
    from orderparse.records import (
        Address,
        AmountFinding,
        Authentication,
        Candidate,
        DateFinding,
        Defect,
        Event,
        Finding,
        Genuine,
        Identifier,
        Join,
        MailOrder,
        Merchant,
        Money,
        Order,
        OrderItem,
        ParcelDelivery,
        Pickup,
        Reading,
        Status,
        TrackingNumber,
    )
    from orderparse.roles import AmountRole, DateRole, MailKind, OrderStatus, Role

__version__ = "0.1.0"

_HOMES = {
    "orderparse.api": ("consolidate", "parse", "parse_mailbox", "read_orders"),
    "orderparse.errors": ("KnowledgeError", "MailboxError", "OrderparseError"),
    "orderparse.identification": ("identify",),
    "orderparse.knowledge": ("Knowledge",),
    "orderparse.records": (
        *(
            "Address",
            "AmountFinding",
            "Authentication",
            "Candidate",
            "DateFinding",
            "Defect",
            "Event",
            "Finding",
            "Genuine",
            "Identifier",
            "Join",
            "MailOrder",
        ),
        *("Merchant", "Money", "Order", "OrderItem", "ParcelDelivery", "Pickup", "Reading", "Status", "TrackingNumber"),
    ),
    "orderparse.roles": ("AmountRole", "DateRole", "MailKind", "OrderStatus", "Role"),
}

__all__ = [
    "Address",
    "AmountFinding",
    "AmountRole",
    "Authentication",
    "Candidate",
    "DateFinding",
    "DateRole",
    "Defect",
    "Event",
    "Finding",
    "Genuine",
    "Identifier",
    "Join",
    "Knowledge",
    "KnowledgeError",
    "MailKind",
    "MailOrder",
    "MailboxError",
    "Merchant",
    "Money",
    "Order",
    "OrderItem",
    "OrderStatus",
    "OrderparseError",
    "ParcelDelivery",
    "Pickup",
    "Reading",
    "Role",
    "Status",
    "TrackingNumber",
    "__version__",
    "consolidate",
    "identify",
    "parse",
    "parse_mailbox",
    "read_orders",
]


def __getattr__(name: str) -> Any:
    """Load a name when it is asked for the first time (PEP 562)."""
    from importlib import import_module  # noqa: PLC0415  # keeps the import of the package alone cheap

    for home, names in _HOMES.items():
        if name in names:
            value = getattr(import_module(home), name)
            globals()[name] = value
            return value
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
