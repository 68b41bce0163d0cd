"""The typed records: what a mail says, as data.

The names are schema.org's in snake_case where schema.org has one
(https://schema.org/Order, https://schema.org/ParcelDelivery, https://schema.org/Invoice).
Every value that was read is a :class:`Finding`: the value with its confidence,
its place in the mail and the reasons for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from orderparse.slotted import dataclass, field

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

    from orderparse.roles import AmountRole, DateRole, MailKind, OrderStatus, Role
    from orderparse.text.span import Span

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Defect:
    """Something odd about a mail; ``code`` is stable, ``detail`` is for people."""

    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A mailbox of RFC 5322: ``address`` is the addr-spec in lower case, ``name`` the display name."""

    address: str
    name: str = ""

    @property
    def domain(self) -> str:
        """The part behind the last ``@``, without a trailing dot; empty if there is none."""
        return self.address.rpartition("@")[2].rstrip(".") if "@" in self.address else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Authentication:
    """What the user's own server wrote into Authentication-Results (RFC 8601): ``pass``, ``fail``, ``none`` ..."""

    dmarc: str = "unknown"
    dkim: str = "unknown"
    spf: str = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Genuine:
    """Whether a mail is what it claims to be: the probability of that, and the reasons with their weights in log-odds."""

    confidence: float
    reasons: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Generic[T]):
    """A value that was read from a mail.

    ``confidence`` is the probability (0 to 1) that the value is right in its role; ``belongs``, in the findings of an order,
    the probability that it belongs to that order (None where nothing was to be decided).
    ``text`` is what the mail shows at ``span`` of the mail's one text, ``line`` its line number; the two days of a range may stand
    on two lines.
    ``reasons`` are the named features that spoke for and against it with their weights in log-odds: their sum is
    :attr:`score`, ``share`` what the score comes to among the value's roles, and the confidence that share after calibration.
    ``notes`` hold what the mail shows of a reason, such as the label. ``alternatives`` are the other roles that the value
    could have, with their probabilities; with the confidence they sum to at most 1.
    """

    value: T
    confidence: float
    text: str = ""
    line: int = 0
    span: Span | None = None
    hidden: bool = False
    reasons: tuple[tuple[str, float], ...] = ()
    alternatives: tuple[tuple[str, float], ...] = ()
    share: float | None = None
    belongs: float | None = None
    notes: tuple[tuple[str, str], ...] = ()

    @property
    def score(self) -> float:
        """The logarithm of the odds of this role against "no role": the sum of the reasons."""
        return sum(weight for _, weight in self.reasons)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackingNumber(Finding[str]):
    """A tracking number; ``check_digit`` is None where the format has none or is unknown.

    ``carrier`` is the name that the mail has for the carrier, or else its own; ``carrier_code`` that of its file, the same in all mails.

    ``handed_over_to`` is the number under which another carrier delivers the same parcel, ``shipment`` that of the
    shipment which the parcel is a piece of, where the mail gives them too.
    """

    carrier: str | None = None
    carrier_code: str | None = None
    check_digit: bool | None = None
    url: str | None = None
    handed_over_to: str | None = None
    shipment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier(Finding[str]):
    """An identifier that is neither order nor tracking number."""

    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class DateFinding(Finding["date"]):
    """A day in its role; ``until`` is the last day of a range."""

    role: DateRole
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An amount of money; ``currency`` is an ISO 4217 code or None where the mail leaves it open."""

    value: Decimal
    currency: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountFinding(Finding[Money]):
    """An amount of money in its role."""

    role: AmountRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Merchant(Finding[str]):
    """Who sells. ``verified`` is what mail authentication says of the sender; None if it says nothing."""

    verified: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderItem:
    """One bought thing (https://schema.org/OrderItem)."""

    name: str
    confidence: float
    quantity: int | None = None
    price: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pickup:
    """Where a parcel waits, under which code and until when."""

    confidence: float
    place: str | None = None
    code: str | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MailOrder:
    """The findings of one mail that belong to one order. ``order_number`` is None if the mail names none."""

    order_number: Finding[str] | None
    tracking_numbers: tuple[TrackingNumber, ...] = ()
    dates: tuple[DateFinding, ...] = ()
    amounts: tuple[AmountFinding, ...] = ()
    items: tuple[OrderItem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one mail says.

    ``seller`` is who sells on the ``merchant``'s marketplace, ``platform`` the software that an unknown shop runs on.
    """

    source: str
    status: str = "ok"
    reason: str | None = None
    message_id: str | None = None
    in_reply_to: str | None = None
    sent: datetime | None = None
    sender: Address | None = None
    subject: str = ""
    language: Finding[str] | None = None
    kind: Finding[MailKind] | None = None
    merchant: Merchant | None = None
    seller: Finding[str] | None = None
    platform: Finding[str] | None = None
    order_numbers: tuple[Finding[str], ...] = ()
    tracking_numbers: tuple[TrackingNumber, ...] = ()
    dates: tuple[DateFinding, ...] = ()
    amounts: tuple[AmountFinding, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    items: tuple[OrderItem, ...] = ()
    payment_method: Finding[str] | None = None
    pickup: Pickup | None = None
    orders: tuple[MailOrder, ...] = ()
    authentication: Authentication = field(default_factory=Authentication)
    genuine: Genuine | None = None
    defects: tuple[Defect, ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()  # with a promised precision: roles and how many of their values do not hold it
    text: str = field(default="", repr=False)  # the one text of the mail, for --explain; personal numbers masked; not put out

    @property
    def suspicious(self) -> bool:
        """Whether the mail is likely not what it claims to be. No order and no parcel comes of it."""
        if self.merchant is not None and self.merchant.verified is False:
            return True
        return self.genuine is not None and self.genuine.confidence < 0.5  # noqa: PLR2004  # likelier not than so


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What a number may be, asked of the number alone; see :func:`orderparse.identify`.

    ``reasons`` are sentences. ``check_digit`` is None where nothing is known of one. ``value`` is masked where the
    number is nobody's business.
    """

    role: Role
    value: str
    confidence: float = 0.0
    carrier: str | None = None
    merchant: str | None = None
    check_digit: bool | None = None
    reasons: tuple[str, ...] = ()
    tracking_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Where an order or a parcel stands."""

    value: OrderStatus
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A mail in the story of an order or a parcel; ``at`` is when the mail was sent."""

    at: datetime | None
    kind: MailKind
    message_id: str | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelDelivery:
    """A parcel (https://schema.org/ParcelDelivery). Days are those that the newest mail gave.

    ``other_numbers`` are the same parcel's with the carriers that had it before, or those of its shipment; ``events`` its own story.
    """

    tracking_number: TrackingNumber
    other_numbers: tuple[str, ...] = ()
    carrier: str | None = None
    status: Status | None = None
    expected_from: date | None = None
    expected_until: date | None = None
    delivered: date | None = None
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """Why mails are one order, and how sure that is.

    The reason is ``order_number``, ``tracking_number``, ``thread``, ``payment``, ``merchant`` (its only order under way) or ``reference``.
    """

    messages: tuple[str, ...]
    reason: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An order across mails (https://schema.org/Order). ``messages`` are Message-IDs, or sources where a mail has none."""

    order_number: Finding[str] | None
    confidence: float
    merchant: Merchant | None = None
    other_order_numbers: tuple[Finding[str], ...] = ()
    order_date: DateFinding | None = None
    status: Status | None = None
    total: AmountFinding | None = None
    payment: Finding[str] | None = None
    items: tuple[OrderItem, ...] = ()
    order_delivery: tuple[ParcelDelivery, ...] = ()
    events: tuple[Event, ...] = ()
    messages: tuple[str, ...] = ()
    joined_by: tuple[Join, ...] = ()

    def to_jsonld(self) -> dict[str, Any]:
        """The order in JSON-LD of schema.org; see :func:`orderparse.outputs.jsonld.of_order`."""
        from orderparse.outputs import jsonld  # noqa: PLC0415  # the one way up: a method where people look for it

        return jsonld.of_order(self)
