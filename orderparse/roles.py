"""The words of the field: what a code, a date, an amount or a mail can be.

A value that is no member of its enum does not load from a data file.
"""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What an identifier is. The first two are wanted; all others are their rivals."""

    ORDER_NUMBER = "order_number"
    TRACKING_NUMBER = "tracking_number"
    SHIPMENT_NUMBER = "shipment_number"
    PRODUCT_CODE = "product_code"
    INVOICE_NUMBER = "invoice_number"
    CUSTOMER_NUMBER = "customer_number"
    TRANSACTION_ID = "transaction_id"
    REFERENCE = "reference"
    PICKUP_CODE = "pickup_code"
    PHONE = "phone"
    ACCOUNT_NUMBER = "account_number"
    COUPON = "coupon"
    MEMBERSHIP_NUMBER = "membership_number"
    BOOKING_REFERENCE = "booking_reference"
    # Rivals that are never put out as identifiers: they only win the competition.
    POSTAL_CODE = "postal_code"
    COMPANY_NUMBER = "company_number"
    CARD_NUMBER = "card_number"
    NATIONAL_ID = "national_id"
    IBAN = "iban"
    OTHER = "other"


class DateRole(StrEnum):
    """What a date is the date of. ``OTHER`` covers print dates, departures, deadlines of offers."""

    ORDER = "order"
    PAYMENT = "payment"
    SHIP = "ship"
    DELIVERY_ESTIMATE = "delivery_estimate"
    DELIVERED = "delivered"
    INVOICE = "invoice"
    DUE = "due"
    PICKUP_UNTIL = "pickup_until"
    REFUND = "refund"
    OTHER = "other"


class AmountRole(StrEnum):
    """What an amount of money is. ``OTHER`` covers item prices, balances, advertised prices.

    In a mail of several orders that has the total of all, that of one of them is a ``SUBTOTAL`` of the mail; in its order it is the total.
    """

    TOTAL = "total"
    SUBTOTAL = "subtotal"
    SHIPPING = "shipping"
    TAX = "tax"
    DISCOUNT = "discount"
    PAID = "paid"
    REFUND = "refund"
    OTHER = "other"


class MailKind(StrEnum):
    """What a mail tells."""

    ORDER_CONFIRMATION = "order_confirmation"
    PAYMENT = "payment"
    INVOICE = "invoice"
    SHIPPING = "shipping"
    OUT_FOR_DELIVERY = "out_for_delivery"
    DELIVERED = "delivered"
    PICKUP = "pickup"
    EXCEPTION = "exception"
    CANCELLATION = "cancellation"
    REFUND = "refund"
    OTHER = "other"


class OrderStatus(StrEnum):
    """Where an order stands: schema.org's OrderStatus in snake_case."""

    PROCESSING = "processing"
    PAYMENT_DUE = "payment_due"
    IN_TRANSIT = "in_transit"
    PICKUP_AVAILABLE = "pickup_available"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    RETURNED = "returned"
    PROBLEM = "problem"
