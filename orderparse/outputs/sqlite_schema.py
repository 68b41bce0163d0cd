"""The tables of a store: what its columns hold, and the views that answer questions.

Texts are safe to show: on one line, without controls. Numbers of orders and parcels are TEXT, as an integer of more
than 15 digits is none in many a reader. Days and moments are TEXT in ISO 8601; a moment is as the mail has it, with its
zone, so moments are compared by ``julianday(sent)``. An amount is REAL for questions; ``total_exact`` has its digits.
"""

from __future__ import annotations

from typing import Final

VERSION: Final = 1  # PRAGMA user_version: raised with every change of the tables
APPLICATION: Final = 0x6F70_7273  # PRAGMA application_id, "oprs": what file(1) and we know a store by

_MAILS = """
CREATE TABLE mails (
    id INTEGER PRIMARY KEY,           -- in the order in which they were read first
    key TEXT NOT NULL UNIQUE,         -- digest of the bytes of the mail
    reader TEXT NOT NULL,             -- what has read it: version and settings
    source TEXT NOT NULL,
    message_id TEXT,
    sent TEXT,
    sender TEXT,
    subject TEXT NOT NULL,
    kind TEXT,
    kind_confidence REAL,
    merchant TEXT,
    merchant_confidence REAL,
    status TEXT NOT NULL,
    reason TEXT,
    reading TEXT NOT NULL             -- the whole record, exact, as JSON in ASCII
)
"""
_FINDINGS = """
CREATE TABLE findings (
    mail_id INTEGER NOT NULL REFERENCES mails (id) ON DELETE CASCADE,
    list TEXT NOT NULL,               -- the field of the record: order_numbers, dates, pickup ...
    place INTEGER NOT NULL,           -- in the list, from 0
    role TEXT NOT NULL,
    value TEXT NOT NULL,
    until TEXT,                       -- last day of a range
    amount REAL,
    currency TEXT,
    confidence REAL NOT NULL,
    line INTEGER,
    start INTEGER,
    end INTEGER,
    text TEXT,
    reasons TEXT,                     -- JSON: [[name, weight], ...]
    PRIMARY KEY (mail_id, list, place)
) WITHOUT ROWID
"""
_ORDERS = """
CREATE TABLE orders (
    id TEXT PRIMARY KEY,              -- stays with the order as more mails tell of it
    place INTEGER NOT NULL,           -- oldest first, from 0
    merchant TEXT,
    merchant_confidence REAL,
    order_number TEXT,
    order_number_confidence REAL,
    other_order_numbers TEXT NOT NULL, -- JSON: [number, ...]
    order_date TEXT,
    status TEXT,
    status_confidence REAL,
    total REAL,
    total_exact TEXT,
    currency TEXT,
    total_confidence REAL,
    payment TEXT,
    expected_from TEXT,
    expected_until TEXT,
    delivered TEXT,
    first_mail TEXT,
    last_mail TEXT,
    mails INTEGER NOT NULL,
    confidence REAL NOT NULL,
    record TEXT NOT NULL              -- the whole record as JSON
)
"""
_PARCELS = """
CREATE TABLE parcels (
    order_id TEXT NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    tracking_number TEXT NOT NULL,
    other_numbers TEXT NOT NULL,      -- JSON: [number, ...]
    carrier TEXT,
    check_digit INTEGER,
    url TEXT,
    status TEXT,
    status_confidence REAL,
    expected_from TEXT,
    expected_until TEXT,
    delivered TEXT,
    confidence REAL NOT NULL,
    PRIMARY KEY (order_id, place)
) WITHOUT ROWID
"""
_ITEMS = """
CREATE TABLE items (
    order_id TEXT NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    quantity INTEGER,
    price REAL,
    price_exact TEXT,
    currency TEXT,
    confidence REAL NOT NULL,
    PRIMARY KEY (order_id, place)
) WITHOUT ROWID
"""
_EVENTS = """
CREATE TABLE events (
    order_id TEXT NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    at TEXT,
    kind TEXT NOT NULL,
    message_id TEXT,
    source TEXT NOT NULL,
    PRIMARY KEY (order_id, place)
) WITHOUT ROWID
"""
_ORDER_MAILS = """
CREATE TABLE order_mails (
    order_id TEXT NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    mail_id INTEGER NOT NULL REFERENCES mails (id) ON DELETE CASCADE,
    PRIMARY KEY (order_id, mail_id)
) WITHOUT ROWID
"""
_INDICES = (
    "CREATE INDEX mails_message_id ON mails (message_id)",
    "CREATE INDEX mails_source ON mails (source)",
    "CREATE INDEX mails_merchant ON mails (merchant)",
    "CREATE INDEX mails_sent ON mails (sent)",
    "CREATE INDEX findings_value ON findings (value)",
    "CREATE INDEX findings_role ON findings (role, value)",
    "CREATE INDEX orders_number ON orders (order_number)",
    "CREATE INDEX orders_merchant ON orders (merchant, order_date)",
    "CREATE INDEX orders_status ON orders (status)",
    "CREATE INDEX parcels_number ON parcels (tracking_number)",
    "CREATE INDEX order_mails_mail ON order_mails (mail_id)",
)
_OPEN = """
CREATE VIEW orders_open AS
SELECT id, merchant, order_number, order_date, status, total, currency, expected_from, expected_until, last_mail, confidence
FROM orders
WHERE confidence >= 0.5 AND (status IS NULL OR status NOT IN ('delivered', 'cancelled', 'returned'))
ORDER BY place
"""
_EXPECTED = """
CREATE VIEW parcels_expected AS
SELECT parcels.tracking_number, parcels.carrier, parcels.url, parcels.status, parcels.expected_from, parcels.expected_until,
    orders.merchant, orders.order_number, orders.id AS order_id
FROM parcels JOIN orders ON orders.id = parcels.order_id
WHERE parcels.delivered IS NULL AND orders.confidence >= 0.5
    AND coalesce(parcels.status, '') <> 'delivered'
    AND coalesce(orders.status, '') NOT IN ('delivered', 'cancelled', 'returned')
ORDER BY parcels.expected_until IS NULL, parcels.expected_until, orders.place, parcels.place
"""
# Amounts of all that was bought and kept, in each currency by itself; the day is the order's, else that of its first mail.
_BY_MONTH = """
CREATE VIEW spending_by_month AS
SELECT substr(coalesce(order_date, first_mail), 1, 7) AS month, currency, count(*) AS orders, round(sum(total), 4) AS total
FROM orders
WHERE total IS NOT NULL AND total_confidence >= 0.5 AND confidence >= 0.5
    AND coalesce(status, '') NOT IN ('cancelled', 'returned')
GROUP BY 1, 2
ORDER BY 1, 2
"""
_BY_MERCHANT = """
CREATE VIEW spending_by_merchant AS
SELECT merchant, currency, count(*) AS orders, round(sum(total), 4) AS total,
    min(coalesce(order_date, substr(first_mail, 1, 10))) AS first_day,
    max(coalesce(order_date, substr(first_mail, 1, 10))) AS last_day
FROM orders
WHERE total IS NOT NULL AND total_confidence >= 0.5 AND confidence >= 0.5
    AND coalesce(status, '') NOT IN ('cancelled', 'returned')
GROUP BY 1, 2
ORDER BY sum(total) DESC
"""
STATEMENTS: Final = (
    *(_MAILS, _FINDINGS, _ORDERS, _PARCELS, _ITEMS, _EVENTS, _ORDER_MAILS),
    *_INDICES,
    *(_OPEN, _EXPECTED, _BY_MONTH, _BY_MERCHANT),
    f"PRAGMA application_id = {APPLICATION}",
    f"PRAGMA user_version = {VERSION}",
)
