"""Markup: schema.org properties that the sender wrote for machines.

Sources: https://schema.org/Order, https://schema.org/ParcelDelivery, https://schema.org/Invoice,
https://schema.org/Reservation and https://developers.google.com/gmail/markup.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orderparse.document.model import RegionKind
from orderparse.mentions import MentionKind
from orderparse.readers.evidence import Evidence
from orderparse.roles import AmountRole, DateRole, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orderparse.mentions import Page

_ROLES: dict[MentionKind, dict[str, str]] = {
    MentionKind.CODE: {
        "orderNumber": Role.ORDER_NUMBER,
        "trackingNumber": Role.TRACKING_NUMBER,
        "sku": Role.PRODUCT_CODE,
        "productID": Role.PRODUCT_CODE,
        "gtin13": Role.PRODUCT_CODE,
        "gtin": Role.PRODUCT_CODE,
        "mpn": Role.PRODUCT_CODE,
        "orderItemNumber": Role.OTHER,
        "reservationNumber": Role.BOOKING_REFERENCE,
        "reservationId": Role.BOOKING_REFERENCE,
        "ticketNumber": Role.BOOKING_REFERENCE,
        "flightNumber": Role.OTHER,
        "accountId": Role.ACCOUNT_NUMBER,
        "paymentMethodId": Role.ACCOUNT_NUMBER,
        "confirmationNumber": Role.INVOICE_NUMBER,
        "telephone": Role.PHONE,
        "postalCode": Role.POSTAL_CODE,
        "programMembershipUsed": Role.MEMBERSHIP_NUMBER,
        "discountCode": Role.COUPON,
    },
    MentionKind.DATE: {
        "orderDate": DateRole.ORDER,
        "expectedArrivalFrom": DateRole.DELIVERY_ESTIMATE,
        "expectedArrivalUntil": DateRole.DELIVERY_ESTIMATE,
        "paymentDueDate": DateRole.DUE,
        "paymentDue": DateRole.DUE,
        "scheduledPaymentDate": DateRole.DUE,
    },
    MentionKind.AMOUNT: {
        "discount": AmountRole.DISCOUNT,
        "minimumPaymentDue": AmountRole.OTHER,
        "totalPaymentDue": AmountRole.TOTAL,
    },
}
_TOTAL_HOLDERS = {"Order", "Invoice"}


def read(page: Page) -> Iterator[Evidence]:
    """Evidence from properties by their names."""
    properties = {prop.span.start: prop for prop in page.document.properties}
    for mention in page.mentions:
        if page.line_of(mention).region is not RegionKind.MARKUP:
            continue
        prop = properties.get(mention.span.start)
        if prop is None:
            continue
        role = _ROLES[mention.kind].get(prop.path[-1])
        if role is None and mention.kind is MentionKind.AMOUNT:
            role = _amount_role(prop.path)
        if role is not None:
            yield Evidence(mention, role, "markup", ".".join(prop.path[-2:]))


def _amount_role(path: tuple[str, ...]) -> str:
    """The price of an order is its total; of a product or an offer for one it is not."""
    if "totalPaymentDue" in path or (path[-1] in {"price", "totalPrice"} and path[-2] in _TOTAL_HOLDERS):
        return AmountRole.TOTAL
    return AmountRole.OTHER
