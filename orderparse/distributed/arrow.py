"""Record batches of Apache Arrow (https://arrow.apache.org): mails in, a row a mail out; rows of mails in, orders out.

Whatever hands Arrow batches around is served by this: Spark's ``mapInArrow`` (:mod:`orderparse.distributed.spark`), DuckDB, Ray
Data, Daft, Dask, Polars, Flight. :data:`SCHEMA` and :data:`ORDER_SCHEMA` are what comes out, the columns of
:mod:`orderparse.outputs.typed_rows` and the whole record as JSON. Needs pyarrow, the extra ``arrow``.
"""

from __future__ import annotations

import json
from collections import deque
from dataclasses import replace
from functools import partial
from itertools import chain, groupby, repeat
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from orderparse import api
from orderparse.errors import ColumnError, MissingExtraError, RecordError
from orderparse.mail.mailboxes import RawMail
from orderparse.outputs import records_from_json, records_json, typed_rows
from orderparse.records import Defect, Reading

try:
    import pyarrow as pa

    from orderparse.distributed import mail_rows, sized
    from orderparse.distributed.mail_rows import RECORD
except ImportError as _error:
    _MSG = "Arrow batches need pyarrow: pip install 'orderparse[arrow]'"
    raise MissingExtraError(_MSG) from _error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from orderparse.knowledge import Knowledge

#: What :func:`parse_batches` gives of a mail; of ``record`` :func:`join_orders` makes the reading again.
SCHEMA: Final = mail_rows.SCHEMA

#: What :func:`join_orders` gives of an order; ``record`` is that of :func:`orderparse.outputs.records_json.of_order`.
ORDER_SCHEMA: Final = typed_rows.order_schema(pa).append(pa.field(RECORD, pa.string(), nullable=False))

_NO_MAIL: Final = Reading(source="", status="failed", reason="unreadable", defects=(Defect(code="no_mail", detail="the row has no mail"),))


def output_schema(schema: Any, *, mail: str = "mail", source: str | None = "source", keep: Sequence[str] | None = None) -> Any:
    """The schema that :func:`parse_batches` gives for batches of a schema; arguments and errors are its own.

    >>> output_schema(pa.schema([("owner", pa.int64()), ("mail", pa.binary())])).names[:3]
    ['owner', 'source', 'status']
    """
    if not _is_bytes(_field(schema, mail).type):
        msg = f"the mails in the column {mail!r} are bytes (binary, large_binary), not {schema.field(mail).type}"
        raise ColumnError(msg)
    return pa.schema(_kept(schema, mail, source, keep) + list(SCHEMA))


def parse_batches(
    batches: Iterable[Any],
    *,
    mail: str = "mail",
    source: str | None = "source",
    keep: Sequence[str] | None = None,
    knowledge: Knowledge | None = None,
    authserv_id: str | None = None,
    precision: float | None = None,
    jobs: int | None = None,
    seconds: float = api.SECONDS,
) -> Iterator[Any]:
    """What the mails of record batches say: a row a mail, in their order, in batches of at most 1000 rows or about 8 MiB.

    Each mail costs one row, whatever is in it. A null, and a mail that cannot be read, give a row with the ``status`` failed and
    the ``reason``: unreadable, crash, memory or timeout. A batch is taken in when its first row is asked for, and let go with
    its last; with ``jobs`` some 64 mails or 256 KiB a process earlier.

    Args:
        batches: Record batches of one schema.
        mail: The column of the mails' bytes (RFC 5322).
        source: The column of their names, which may be missing; then all are called "". It tells mails without a
            Message-ID apart where orders are joined.
        keep: Columns that are handed through, in front of those of :data:`SCHEMA`. None: all but ``mail`` and ``source``.
        knowledge: As for :func:`orderparse.parse`.
        authserv_id: As for :func:`orderparse.parse`.
        precision: As for :func:`orderparse.parse`.
        jobs: None: the mails are read in this process, and one that ends it or never ends takes all with it. Else so many
            processes read: such a mail costs its own row, as one that takes up more than 2 GiB does.
        seconds: How long a mail may take, with ``jobs``.

    Raises:
        ColumnError: A column is missing, holds no bytes, or is called as one that comes out.
        ValueError: The precision is not between 0 and 1.

    """
    read = partial(
        api.told,
        form=mail_rows.line,
        knowledge=knowledge,
        authserv_id=authserv_id,
        precision=precision,
        jobs=jobs,
        seconds=seconds,
        to_bytes=bytes,
        of_bytes=bytes,
    )
    yield from read_batches(batches, read, mail=mail, source=source, keep=keep)


def read_batches(
    batches: Iterable[Any],
    read: Callable[[Iterable[RawMail]], Iterator[bytes]],
    *,
    mail: str = "mail",
    source: str | None = "source",
    keep: Sequence[str] | None = None,
) -> Iterator[Any]:
    """As :func:`parse_batches`, read by whoever gives ``read``: for each mail its :func:`mail_rows.line`, in their order."""
    waiting: deque[_Rows] = deque()

    def mails() -> Iterator[RawMail]:
        for batch in batches:
            if batch.num_rows:
                waiting.append(_Rows(batch, mail, source, keep))
                yield from waiting[-1].mails()

    for line in read(mails()):
        rows = waiting[0]
        if (told := rows.take(line)) is not None:
            yield told
        if rows.done:
            waiting.popleft()


def parse_stream(stream: Any, **options: Any) -> Any:
    """What the mails of a stream say, as a ``RecordBatchReader``: for whatever gives and takes Arrow streams.

    Args:
        stream: Anything with ``__arrow_c_stream__`` (the Arrow PyCapsule interface): a DuckDB relation, a Polars or pandas
            frame, a table, a reader.
        options: Those of :func:`parse_batches`.

    Raises:
        ColumnError: As :func:`parse_batches` does, at once.

    """
    batches = pa.RecordBatchReader.from_stream(stream)
    schema = output_schema(batches.schema, **{name: options[name] for name in ("mail", "source", "keep") if name in options})
    return pa.RecordBatchReader.from_batches(schema, parse_batches(batches, **options))


class _Rows:
    """The rows of a batch that came in, with what has been read of them and not been given yet."""

    def __init__(self, batch: Any, mail: str, source: str | None, keep: Sequence[str] | None) -> None:
        self._schema = output_schema(batch.schema, mail=mail, source=source, keep=keep)
        self._kept = [batch.column(name) for name in self._schema.names[: len(self._schema) - len(SCHEMA)]]
        self._data = batch.column(mail)
        self._sources = batch.column(source) if source is not None and source in batch.schema.names else None
        self._told: list[bytes] = []
        self._given = self._bytes = 0

    def mails(self) -> Iterator[RawMail]:
        """All mails; a null is an empty one."""
        for at, data in enumerate(self._data):
            yield RawMail(self._source(at), data.as_py() or b"")

    def take(self, line: bytes) -> Any:
        """Take what the next row says; give a batch if there is enough for one, or nothing more to come."""
        at = self._given + len(self._told)
        if not self._data[at].is_valid:
            line = mail_rows.line(replace(_NO_MAIL, source=self._source(at)))
        self._told.append(line)
        self._bytes += len(line)
        if not sized.enough(len(self._told), self._bytes) and not self.done:
            return None
        columns = mail_rows.columns(self._told)
        kept = [column.slice(self._given, len(self._told)) for column in self._kept]
        self._given += len(self._told)
        self._bytes = 0
        self._told = []
        return pa.RecordBatch.from_arrays([*kept, *columns], schema=self._schema)

    @property
    def done(self) -> bool:
        """Whether all rows have been taken."""
        return self._given + len(self._told) == len(self._data)

    def _source(self, at: int) -> str:
        name = self._sources[at].as_py() if self._sources is not None else None
        return name if isinstance(name, str) else "" if name is None else str(name)


def order_schema(schema: Any, *, owner: str | None = "owner") -> Any:
    """The schema that :func:`join_orders` gives for batches of a schema; arguments and errors are its own."""
    if not _is_text(_field(schema, RECORD).type):
        msg = f"the column {RECORD!r} holds what parse_batches gives, not {schema.field(RECORD).type}"
        raise ColumnError(msg)
    own = [_field(schema, owner)] if owner is not None else []
    return pa.schema(_free(own, ORDER_SCHEMA) + list(ORDER_SCHEMA))


def join_orders(batches: Iterable[Any], *, owner: str | None = "owner", knowledge: Knowledge | None = None) -> Iterator[Any]:
    """The orders that the mails of each owner tell of, oldest first: the same as :func:`orderparse.consolidate` gives.

    Args:
        batches: Record batches with the column ``record`` that :func:`parse_batches` gives. The rows of one owner stand
            together, as after a sort; what they say is held at once, one owner at a time.
        owner: The column that tells whose mails they are; it is put in front of :data:`ORDER_SCHEMA`. Mails without an owner
            (null) are one owner's, as in SQL's GROUP BY. None: all mails are one owner's.
        knowledge: As for :func:`orderparse.consolidate`.

    Yields:
        Batches of at most 1000 orders or about 8 MiB.

    Raises:
        ColumnError: A column is missing, or has another type.
        RecordError: A record is none of a mail.

    """
    left = iter(batches)
    first = next(left, None)
    if first is None:
        return
    schema = order_schema(first.schema, owner=owner)
    records = _records(chain((first,), left), owner)
    yield from sized.record_batches(_orders(records, owner, knowledge), schema)


def _orders(
    records: Iterable[tuple[Any, str | None]], owner: str | None, knowledge: Knowledge | None
) -> Iterator[tuple[dict[str, Any], int]]:
    """Rows of the orders of each owner, with the length of the longest column."""
    # One owner's readings at a time, and of those what joins: api.consolidate takes them one by one and keeps no more.
    for value, rows in groupby(records, key=itemgetter(0)):
        for order in api.consolidate((_reading(record) for _, record in rows if record is not None), knowledge=knowledge):
            record = json.dumps(records_json.of_order(order), allow_nan=False)
            own = {owner: value} if owner is not None else {}
            yield {**own, **typed_rows.of_order(order), RECORD: record}, len(record)


def _records(batches: Iterable[Any], owner: str | None) -> Iterator[tuple[Any, str | None]]:
    for batch in batches:
        owners = batch.column(owner).to_pylist() if owner is not None else repeat(None)
        for value, record in zip(owners, batch.column(RECORD), strict=False):
            yield value, record.as_py()


def _reading(record: str) -> Reading:
    """Raise a RecordError for what is no record."""
    try:
        fields = json.loads(record)
    except ValueError as error:
        msg = f"the column {RECORD!r} holds what is no JSON: {error}"
        raise RecordError(msg) from error
    return records_from_json.reading(fields)


def _field(schema: Any, name: str) -> Any:
    if schema.names.count(name) != 1:
        msg = f"there is {'no' if name not in schema.names else 'more than one'} column {name!r} among {', '.join(schema.names)}"
        raise ColumnError(msg)
    return schema.field(name)


def _kept(schema: Any, mail: str, source: str | None, keep: Sequence[str] | None) -> list[Any]:
    names = keep if keep is not None else [name for name in schema.names if name not in {mail, source}]
    return _free([_field(schema, name) for name in names], SCHEMA)


def _free(fields: list[Any], taken: Any) -> list[Any]:
    """The fields, if none is called as one that comes out; Spark and DuckDB see no difference in the case of letters."""
    if used := [field.name for field in fields if field.name.lower() in taken.names]:
        msg = f"the columns {', '.join(used)} are called as some that come out: rename them, or name in keep what is to be handed through"
        raise ColumnError(msg)
    return fields


def _is_bytes(kind: Any) -> bool:
    return bool(
        pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind) or _is_view(kind, "binary")
    )


def _is_text(kind: Any) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or _is_view(kind, "string"))


def _is_view(kind: Any, of: str) -> bool:
    return str(kind) == f"{of}_view"  # pyarrow has it since 16
