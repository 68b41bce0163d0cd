"""A store: what many mails say, in one SQLite file that is brought up to date and answers questions.

Mails are known by their content, so a mail that was read is not read again wherever it lies by now, unless by
another version or with other settings. What was read is kept in batches, a transaction each, with a rollback journal
and full synchronisation: whatever is killed or loses its power, the file opens and goes on where the last batch ended.
The journal rather than WAL, so that a closed store, and a copied one, is one file, on a network's disk too.
"""

from __future__ import annotations

import errno
import json
import os
import sqlite3
from collections import deque
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final, Self

from orderparse.errors import RecordError, StoreError
from orderparse.mail.copies import key_of
from orderparse.outputs import order_ids, records_from_json, sqlite_rows, sqlite_schema
from orderparse.outputs.order_ids import Known
from orderparse.outputs.safe_text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from orderparse.mail.mailboxes import RawMail
    from orderparse.outputs.sqlite_rows import MailRows, Row
    from orderparse.records import Order, Reading

_BATCH: Final = 100  # mails: some seconds of reading, which is what a kill can lose
_PAGE: Final = 256  # readings that are fetched at once
_PATIENCE: Final = 30  # seconds to wait for another program that writes
_PRIMARY: Final = 0xFF  # of SQLite's extended result codes
_SYSTEM: Final = {  # SQLite's result code -> errno and what to say
    sqlite3.SQLITE_FULL: (errno.ENOSPC, os.strerror(errno.ENOSPC)),
    sqlite3.SQLITE_IOERR: (errno.EIO, os.strerror(errno.EIO)),
    sqlite3.SQLITE_READONLY: (errno.EACCES, "the store cannot be written to"),
    sqlite3.SQLITE_PERM: (errno.EACCES, os.strerror(errno.EACCES)),
    sqlite3.SQLITE_CANTOPEN: (errno.ENOENT, "the store cannot be opened: no such folder, or no right to it"),
    sqlite3.SQLITE_BUSY: (errno.EAGAIN, "another program is writing to the store"),
    sqlite3.SQLITE_NOTADB: (errno.EINVAL, "this is no SQLite file"),
    sqlite3.SQLITE_CORRUPT: (errno.EIO, "the file is damaged; PRAGMA integrity_check tells more"),
}


class Store:
    """A store at a path; made if it is not there.

    Used with ``with``: what was added is then kept whatever happens in the block, but for the mails since the last
    batch if the program is killed. One program writes at a time; another waits for half a minute.

    Args:
        path: The file.
        reader: What reads the mails: its version, and its settings if they change what is read. A mail that another
            reader has read is not known.
        batch: Mails that are written together.

    Raises:
        StoreError: The file cannot be opened or made, is no store, or one of a newer version.

    """

    def __init__(self, path: str | Path, *, reader: str = "", batch: int = _BATCH) -> None:
        self._path = os.path.abspath(path)  # ":memory:" is a name like any other  # noqa: PTH100
        self._reader = one_line(reader)
        self._batch = batch
        self._waiting: dict[str, MailRows] = {}
        with self._telling():
            self._db = sqlite3.connect(self._path, timeout=_PATIENCE, isolation_level=None)  # transactions are ours
        try:
            with self._telling():
                for pragma in ("journal_mode = DELETE", "synchronous = FULL", "foreign_keys = ON", "trusted_schema = OFF"):
                    self._db.execute(f"PRAGMA {pragma}")
            self._make()
        except BaseException:
            self._db.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            if error is None:
                self.flush()
            elif not isinstance(error, StoreError):
                with suppress(StoreError):  # the error that is under way says more
                    self.flush()
        finally:
            self._db.close()

    def __len__(self) -> int:
        """The mails that this reader need not read again."""
        self.flush()
        (count,) = self._all("SELECT count(*) FROM mails WHERE reader = ? AND status = 'ok'", (self._reader,))[0]
        return int(count)

    def known(self, key: str) -> bool:
        """Whether the mail with this key was read, without failure and by this reader."""
        waiting = self._waiting.get(key)
        if waiting is not None:
            return bool(waiting.mail["status"] == "ok")
        found = self._all("SELECT 1 FROM mails WHERE key = ? AND reader = ? AND status = 'ok'", (key, self._reader))
        return bool(found)

    def get(self, key: str) -> Reading | None:
        """What the mail with this key says; None if it is not there.

        Raises:
            StoreError: The file cannot be read.
            RecordError: Its record is damaged.

        """
        self.flush()
        found = self._all("SELECT reading FROM mails WHERE key = ?", (key,))
        return records_from_json.reading(json.loads(found[0][0])) if found else None

    def add(self, key: str, reading: Reading) -> None:
        """Keep what a mail says, in place of what was read of it before.

        Raises:
            StoreError: A batch was full and could not be written.

        """
        self._waiting[key] = sqlite_rows.of_reading(key, self._reader, reading)
        if len(self._waiting) >= self._batch:
            self.flush()

    def update(self, mails: Iterable[RawMail], read: Callable[[Iterable[RawMail]], Iterable[Reading]]) -> Iterator[Reading]:
        """Read the mails that are not known and keep what they say.

        Args:
            mails: All mails, one after the other.
            read: Gives a reading a mail, in their order, as :func:`orderparse.api.readings` does.

        Yields:
            Each new reading when it has been added.

        Raises:
            StoreError: A batch could not be written.

        """
        keys: deque[str] = deque()

        def fresh() -> Iterator[RawMail]:
            for mail in mails:
                key = key_of(mail.data)
                if not self.known(key):
                    keys.append(key)
                    yield mail

        for reading in read(fresh()):
            self.add(keys.popleft(), reading)
            yield reading

    def readings(self, *, on_error: Callable[[str, str], None] | None = None) -> Iterator[Reading]:
        """What all mails say, in the order in which they were read first; their texts are not kept.

        ``on_error`` is told of a mail whose record is damaged: its source and a sentence. The others come all the same.

        Raises:
            StoreError: The file cannot be read.

        """
        self.flush()
        last = 0
        while rows := self._all("SELECT id, source, reading FROM mails WHERE id > ? ORDER BY id LIMIT ?", (last, _PAGE)):
            for last, source, record in rows:  # noqa: B007  # the last is where the next page begins
                try:
                    yield records_from_json.reading(json.loads(record))
                except (RecordError, ValueError, TypeError, RecursionError) as error:
                    if on_error is not None:
                        on_error(str(source), f"its record in the store is damaged: {error}")

    def put_orders(self, orders: Iterable[Order]) -> list[str]:
        """Replace all orders, in one transaction; give their ids.

        An order that was there keeps its id, also if it has got more mails, its number or another name since.

        Raises:
            StoreError: They could not be written; then those of before are still there.

        """
        self.flush()
        new = list(orders)
        with self._transaction() as db:
            ids = order_ids.matched(new, self._known_orders())
            for table in ("order_mails", "events", "items", "parcels", "orders"):
                db.execute(f"DELETE FROM {table}")  # noqa: S608  # our own names
            for place, (name, order) in enumerate(zip(ids, new, strict=True)):
                rows = sqlite_rows.of_order(name, place, order)
                _insert(db, "orders", [rows.order])
                _insert(db, "parcels", rows.parcels)
                _insert(db, "items", rows.items)
                _insert(db, "events", rows.events)
            db.execute(
                "INSERT OR IGNORE INTO order_mails SELECT events.order_id, mails.id FROM events"
                " JOIN mails ON mails.source = events.source AND mails.message_id IS events.message_id"
            )
        return ids

    def flush(self) -> None:
        """Write what waits for its batch.

        Raises:
            StoreError: It could not be written; it waits still.

        """
        if not self._waiting:
            return
        with self._transaction() as db:
            for rows in self._waiting.values():
                _put(db, rows)
        self._waiting.clear()

    def _make(self) -> None:
        """Make the tables where there are none.

        Raises:
            StoreError: The file is no store, or one of a newer version.

        """
        with self._transaction() as db:
            (version,) = db.execute("PRAGMA user_version").fetchone()
            (application,) = db.execute("PRAGMA application_id").fetchone()
            (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if version == 0 and application == 0 and tables == 0:
                for statement in sqlite_schema.STATEMENTS:
                    db.execute(statement)
            elif application != sqlite_schema.APPLICATION:
                raise StoreError(errno.EINVAL, "this SQLite file is no store of orderparse", self._path)
            elif version > sqlite_schema.VERSION:
                known = sqlite_schema.VERSION
                msg = f"the store has version {version}, this orderparse knows {known}: take a newer orderparse, or another file"
                raise StoreError(errno.EINVAL, msg, self._path)

    def _known_orders(self) -> list[Known]:
        messages: dict[str, list[str]] = {}
        for name, message in self._db.execute("SELECT order_id, coalesce(message_id, source) FROM events ORDER BY order_id, place"):
            messages.setdefault(name, []).append(message)
        found = self._db.execute("SELECT id, merchant, order_number FROM orders ORDER BY place").fetchall()
        return [Known(name, merchant, number, tuple(messages.get(name, ()))) for name, merchant, number in found]

    def _all(self, statement: str, parameters: Sequence[Any]) -> list[Any]:
        with self._telling():
            return self._db.execute(statement, parameters).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._telling():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:  # SQLite may have gone back by itself
                    with suppress(sqlite3.Error):
                        self._db.execute("ROLLBACK")
                raise

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
            number, sentence = _SYSTEM.get(code, (errno.EIO, str(error)))
            raise StoreError(number, sentence, self._path) from error


def _put(db: sqlite3.Connection, rows: MailRows) -> None:
    """Write a mail over what there was of it: its id stays."""
    named = ", ".join(rows.mail)
    values = ", ".join(f":{name}" for name in rows.mail)
    anew = ", ".join(f"{name} = excluded.{name}" for name in rows.mail)
    db.execute(f"INSERT INTO mails ({named}) VALUES ({values}) ON CONFLICT (key) DO UPDATE SET {anew}", rows.mail)  # noqa: S608  # our own names
    (mail_id,) = db.execute("SELECT id FROM mails WHERE key = ?", (rows.mail["key"],)).fetchone()
    db.execute("DELETE FROM findings WHERE mail_id = ?", (mail_id,))
    _insert(db, "findings", [{"mail_id": mail_id, **row} for row in rows.findings])


def _insert(db: sqlite3.Connection, table: str, rows: Sequence[Row]) -> None:
    if rows:
        named = ", ".join(rows[0])
        values = ", ".join(f":{name}" for name in rows[0])
        db.executemany(f"INSERT INTO {table} ({named}) VALUES ({values})", rows)  # noqa: S608  # our own names
