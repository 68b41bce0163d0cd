"""Apache Spark (https://spark.apache.org): mails of files and mailboxes, what they say, and the orders of each mailbox owner.

    read = spark.parse_mails(session, "/data/mail")           # or spark.parse(any data frame with a column of bytes)
    read.write.parquet("/data/read")
    spark.orders(read.withColumn("owner", ...)).write.parquet("/data/orders")

orderparse must be installed on all machines, in the extra ``spark``. A mail that raises, hangs, takes up the memory or ends its
process (a segmentation fault in a C library) costs its own row: it is read in a process beside Spark's Python worker, which
begins another one. It has about 100 MiB as a rule and never more than 2 GiB, which the machine's limits must leave it
(``spark.executor.memoryOverhead``). Without it (``isolated=False``) a segmentation fault ends the worker; Spark tries the task
``spark.task.maxFailures`` times, four if nothing else is said, and then gives up the job.

Spark writes moments into Parquet without their zone (INT96) unless ``spark.sql.parquet.outputTimestampType`` is TIMESTAMP_MICROS.
It hands a Python worker 10,000 rows at once (``spark.sql.execution.arrow.maxRecordsPerBatch``), all of whose bytes are held
at a time; newer versions bound these too (``spark.sql.execution.arrow.maxBytesPerBatch``). Where mails are large, set one.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from orderparse import api, workers
from orderparse.errors import ColumnError, MissingExtraError
from orderparse.knowledge import Knowledge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyspark.sql import DataFrame, SparkSession

    from orderparse.mail.mbox import RawMail
    from orderparse.workers import Pool

_MANY = 200  # tasks at a time, where nobody says how many
_ANY_MAIL = (
    b"From: Shop <order@shop.example>\nSubject: Your order\nDate: Mon, 5 Oct 2026 10:00:00 +0200\nContent-Type: text/html\n\n"
    b"<table><tr><td>Order number</td><td>48211</td></tr><tr><td>Order date</td><td>5 October 2026</td></tr>"
    b"<tr><td>Total</td><td>129.00 SEK</td></tr></table><a href='https://shop.example/track?number=RB123456785SE'>Track</a>"
)


def read_mails(session: SparkSession, path: str | Path, *, part_bytes: int | None = None) -> DataFrame:
    """The mails of a file or a folder: ``source``, ``mail`` (bytes), and ``problem`` in place of a file that cannot be read.

    All that :func:`orderparse.parse_mailbox` reads is read, and the mails are called the same. A long mbox is read by many tasks,
    each of which splits about ``part_bytes`` of it; of all other files one task reads some, or one.

    Args:
        session: Where to read.
        path: A path that is the same on all machines, or a URI (``s3://``, ``gs://``, ``hdfs://``); see
            :mod:`orderparse.distributed.files`. Its files are listed at once, and read when rows are asked for.
        part_bytes: Bytes of files that one task reads; if None 1 to 64 MiB, so that each core has some tasks.

    Raises:
        MailboxError: There is no such path, or it cannot be looked at.
        MissingExtraError: pyspark or pyarrow is not installed.

    """
    planned = _planned(session, path, part_bytes)
    from orderparse.distributed import files  # noqa: PLC0415  # needs pyarrow

    return planned.mapInArrow(partial(_read, str(path)), _schema(files.SCHEMA))


def parse_mails(
    session: SparkSession,
    path: str | Path,
    *,
    part_bytes: int | None = None,
    knowledge: str | Path | None = None,
    authserv_id: str | None = None,
    precision: float | None = None,
    isolated: bool = True,
    seconds: float = api.SECONDS,
) -> DataFrame:
    """What the mails of a file or a folder say: the same as ``parse(read_mails(session, path))``, with less work for it.

    Each task reads and parses its files in one go, so that the mails themselves never go through Java and back.

    Args:
        session: As for :func:`read_mails`, and so are ``path`` and ``part_bytes``.
        path: As there.
        part_bytes: As there.
        knowledge: As for :func:`parse`, and so are all others.
        authserv_id: As there.
        precision: As there.
        isolated: As there.
        seconds: As there.

    Raises:
        MailboxError: There is no such path, or it cannot be looked at.
        MissingExtraError: pyspark or pyarrow is not installed.

    """
    planned = _planned(session, path, part_bytes)
    from orderparse.distributed import arrow, files  # noqa: PLC0415

    how = _How.of(knowledge, authserv_id, precision, isolated=isolated, seconds=seconds)
    return planned.mapInArrow(partial(_read_and_parse, str(path), how), _schema(arrow.output_schema(files.SCHEMA)))


def _planned(session: SparkSession, path: str | Path, part_bytes: int | None) -> DataFrame:
    """The tasks that read a path, a row and a partition each, in the order of the files."""
    types = _types()
    from orderparse.distributed import files  # noqa: PLC0415

    tasks = [(number, json.dumps(pieces)) for number, pieces in enumerate(files.plan(path, cores=_cores(session), part_bytes=part_bytes))]
    named = types.StructType([types.StructField("task", types.IntegerType()), types.StructField("pieces", types.StringType())])
    return session.createDataFrame(tasks, named).repartitionByRange(max(len(tasks), 1), "task")


def parse(
    mails: DataFrame,
    *,
    mail: str = "mail",
    source: str | None = "source",
    keep: Sequence[str] | None = None,
    knowledge: str | Path | None = None,
    authserv_id: str | None = None,
    precision: float | None = None,
    isolated: bool = True,
    seconds: float = api.SECONDS,
) -> DataFrame:
    """What the mails of a data frame say, a row a mail: the columns of :data:`orderparse.distributed.arrow.SCHEMA`.

    Args:
        mails: With a column of bytes.
        mail: As for :func:`orderparse.distributed.arrow.parse_batches`, and so are all others that are not named here.
        source: As there.
        keep: As there.
        knowledge: A folder of your own language, carrier and merchant files, the same on all machines.
        authserv_id: As there.
        precision: As there.
        isolated: Whether the mails of a task are read in a process of their own beside Spark's: a mail that ends it, or
            takes longer than ``seconds``, costs its row and not the task.
        seconds: How long a mail may take, if ``isolated``.

    Raises:
        ColumnError: A column is missing, holds no bytes, or is called as one that comes out.
        MissingExtraError: pyspark or pyarrow is not installed.

    """
    types = _types()
    import pyarrow as pa  # noqa: PLC0415

    from orderparse.distributed import arrow  # noqa: PLC0415

    columns = mails.schema
    told = arrow.output_schema(pa.schema([(name, pa.binary()) for name in columns.names]), mail=mail, source=source, keep=keep)
    if not isinstance(columns[mail].dataType, types.BinaryType):
        msg = f"the mails in the column {mail!r} are binary, not {columns[mail].dataType.simpleString()}"
        raise ColumnError(msg)
    kept = told.names[: len(told) - len(arrow.SCHEMA)]
    taken = [*kept, mail, *([source] if source is not None and source in columns.names else [])]
    how = _How.of(knowledge, authserv_id, precision, isolated=isolated, seconds=seconds)
    work = partial(_parse, how, mail=mail, source=source, keep=kept)
    schema = types.StructType([columns[name] for name in kept] + _schema(arrow.SCHEMA).fields)
    return mails.select(*(_quoted(name) for name in dict.fromkeys(taken))).mapInArrow(work, schema)


def orders(read: DataFrame, owner: str = "owner", *, knowledge: str | Path | None = None) -> DataFrame:
    """The orders of each mailbox owner, a row each: the columns of :data:`orderparse.distributed.arrow.ORDER_SCHEMA`.

    They are what :func:`orderparse.consolidate` makes of the owner's mails on one machine. The rows are brought together by
    owner and sorted within their partitions, so that one owner's mails are held at a time, and of those what joins.

    Args:
        read: What :func:`parse` gives, with the ``owner`` handed through. Mails without one (null) are one owner's.
        owner: The column that tells whose mails they are.
        knowledge: As for :func:`parse`.

    Raises:
        ColumnError: A column is missing, or is called as one that comes out.
        MissingExtraError: pyspark or pyarrow is not installed.

    """
    types = _types()
    import pyarrow as pa  # noqa: PLC0415

    from orderparse.distributed import arrow  # noqa: PLC0415

    columns = read.schema
    arrow.order_schema(pa.schema([(name, pa.string()) for name in columns.names]), owner=owner)
    work = partial(_join, str(knowledge) if knowledge is not None else None, owner)
    schema = types.StructType([columns[owner], *_schema(arrow.ORDER_SCHEMA).fields])
    own = _quoted(owner)
    return read.select(own, "record").repartition(own).sortWithinPartitions(own).mapInArrow(work, schema)


def _read(path: str, batches: Iterable[Any]) -> Iterator[Any]:
    from orderparse.distributed import files  # noqa: PLC0415

    for batch in batches:
        for pieces in batch.column("pieces").to_pylist():
            yield from files.read(path, (files.Piece(*piece) for piece in json.loads(pieces)))


class _How(NamedTuple):
    """How mails are read."""

    knowledge: str | None  # a folder
    authserv_id: str | None
    precision: float | None
    seconds: float | None  # that a mail may take in a process of its own; None: they are read in this one

    @classmethod
    def of(cls, knowledge: str | Path | None, authserv_id: str | None, precision: float | None, *, isolated: bool, seconds: float) -> _How:
        return cls(str(knowledge) if knowledge is not None else None, authserv_id, precision, seconds if isolated else None)


def _read_and_parse(path: str, how: _How, batches: Iterable[Any]) -> Iterator[Any]:
    yield from _parse(how, _read(path, batches))


def _parse(how: _How, batches: Iterable[Any], **columns: Any) -> Iterator[Any]:
    from orderparse.distributed import arrow  # noqa: PLC0415

    yield from arrow.read_batches(batches, partial(_lines, how), **columns)


# Pools that nobody uses now, by process and by how they read: Spark's worker has many tasks, most of them small. A pool takes up
# some 100 MiB, so those of another job end.
_IDLE: Final[defaultdict[tuple[int, _How], list[Pool[RawMail, bytes]]]] = defaultdict(list)


def _lines(how: _How, mails: Iterable[RawMail]) -> Iterator[bytes]:
    from orderparse.distributed.mail_rows import line  # noqa: PLC0415

    options: dict[str, Any] = {"knowledge": _knowledge(how.knowledge), "authserv_id": how.authserv_id, "precision": how.precision}
    if how.seconds is None or not workers.available():
        yield from api.told(mails, line, to_bytes=bytes, of_bytes=bytes, **options)
        return
    for other in [key for key in _IDLE if key[0] == os.getpid() and key[1] != how]:
        for pool in _IDLE.pop(other):
            pool.end()
    idle = _IDLE[os.getpid(), how]
    if not idle:
        _warm(how.knowledge)
    pool = idle.pop() if idle else api.standing(line, seconds=how.seconds, **options)
    yield from pool.run(mails)
    idle.append(pool)


def _join(knowledge: str | None, owner: str, batches: Iterable[Any]) -> Iterator[Any]:
    from orderparse.distributed import arrow  # noqa: PLC0415

    yield from arrow.join_orders(batches, owner=owner, knowledge=_knowledge(knowledge))


@cache
def _knowledge(folder: str | None) -> Knowledge | None:
    """Loaded once a worker, which Spark uses for many tasks."""
    return Knowledge.builtin().with_folder(Path(folder)) if folder is not None else None


@cache
def _warm(knowledge: str | None) -> None:
    """Build what is built for the first mail: a process that takes the place of a broken one would do it again."""
    api.parse(_ANY_MAIL, knowledge=_knowledge(knowledge))


def _cores(session: SparkSession) -> int:
    """How many tasks run at a time, as far as the session tells: one of Spark Connect does not."""
    try:
        return int(session.sparkContext.defaultParallelism)
    except Exception:  # noqa: BLE001  # pyspark.errors has no class for it in all versions
        return _MANY


def _types() -> Any:
    try:
        import pyarrow as pa  # noqa: F401, PLC0415
        from pyspark.sql import types  # noqa: PLC0415  # heavy, and an extra
    except ImportError as error:
        msg = "Spark needs pyspark and pyarrow: pip install 'orderparse[spark]'"
        raise MissingExtraError(msg) from error
    return types


def _schema(arrow_schema: Any) -> Any:
    """The schema in Spark's types. All may be null, as far as Spark knows."""
    types = _types()
    return types.StructType([types.StructField(field.name, _type(field.type)) for field in arrow_schema])


def _type(arrow_type: Any) -> Any:
    types = _types()
    import pyarrow as pa  # noqa: PLC0415

    of = pa.types
    if of.is_list(arrow_type):
        return types.ArrayType(_type(arrow_type.value_type))
    if of.is_struct(arrow_type):
        return types.StructType([types.StructField(field.name, _type(field.type)) for field in arrow_type])
    if of.is_decimal(arrow_type):
        return types.DecimalType(arrow_type.precision, arrow_type.scale)
    simple = {
        pa.string(): types.StringType,
        pa.binary(): types.BinaryType,
        pa.float64(): types.DoubleType,
        pa.int64(): types.LongType,
        pa.bool_(): types.BooleanType,
        pa.date32(): types.DateType,
        pa.timestamp("us", tz="UTC"): types.TimestampType,
    }
    return simple[arrow_type]()


def _quoted(name: str) -> str:
    return f"`{name.replace('`', '``')}`"
