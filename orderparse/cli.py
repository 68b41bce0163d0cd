"""``parse-mail``: the records of mails on the command line."""

from __future__ import annotations

import io
import os
import sys
from contextlib import nullcontext, suppress
from typing import TYPE_CHECKING

from orderparse import options
from orderparse.errors import KnowledgeError
from orderparse.options import WRONG_CALL, say

if TYPE_CHECKING:
    import argparse
    from collections import Counter
    from collections.abc import Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from typing import TextIO

    from orderparse.knowledge import Knowledge
    from orderparse.mail.mailboxes import RawMail
    from orderparse.outputs.questions import Question
    from orderparse.records import Reading

_UNREADABLE, _CANNOT_WRITE, _INTERRUPTED = 1, 74, 130  # exit statuses; 74 is EX_IOERR of sysexits.h


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``parse-mail`` and give its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # UTF-8 under LANG=C too
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")
    args = options.parsed(argv)
    missing = [path for path in args.paths if path != "-" and not os.path.lexists(path)]
    if missing:
        say(*(f"{path}: there is no such file or folder" for path in missing))
        return WRONG_CALL
    try:
        status = _run(args) if args.identify is None else _identify(args)
        sys.stdout.flush()
    except KnowledgeError as error:  # in the user's own files
        say(str(error))
        return WRONG_CALL
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:  # who reads has seen enough
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        say(f"cannot write {args.output or 'to standard output'}: {error.strerror or error}")
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _CANNOT_WRITE
    return status


def _knowledge(folder: str | None) -> Knowledge | None:
    """The package's knowledge under the user's own; None if there is no folder.

    Raises:
        KnowledgeError: A file of the user's is not as its schema says.

    """
    if folder is None:
        return None
    from pathlib import Path  # noqa: PLC0415

    from orderparse.knowledge import Knowledge  # noqa: PLC0415

    return Knowledge.builtin().with_folder(Path(folder))


def _identify(args: argparse.Namespace) -> int:
    from orderparse.identification import identify  # noqa: PLC0415
    from orderparse.outputs import candidates  # noqa: PLC0415

    known = _knowledge(args.knowledge)
    with _output(args.output) as file:
        for number in args.identify:
            found = identify(number, hint=args.hint, knowledge=known)
            if args.format == "jsonl":
                candidates.write_lines(found, file)
            else:
                candidates.write(number, found, file)
    return 0


def _run(args: argparse.Namespace) -> int:
    from collections import Counter  # noqa: PLC0415
    from itertools import chain  # noqa: PLC0415  # here as below: nothing is loaded for --version and --help

    from orderparse import api, workers  # noqa: PLC0415

    known = _knowledge(args.knowledge)
    problems: list[str] = []
    raw = _mails(args.paths, problems)
    first = next(raw, None)
    if first is None and problems:
        say(*problems)
        return WRONG_CALL
    streams = args.format == "jsonl" and args.by == "mail"
    read = 0
    left_out: Counter[str] = Counter()

    def noted(found: Iterable[Reading]) -> Iterator[Reading]:
        nonlocal read
        for reading in found:
            left_out.update(dict(reading.left_out))
            if reading.status == "ok":
                read += 1
            else:
                problems.append(f"{reading.source}: {reading.reason}")
            yield reading

    second = next(raw, None)  # one mail alone needs no other process
    mails: Iterator[RawMail] = chain(*((mail,) for mail in (first, second) if mail is not None), raw)
    jobs = (args.jobs if args.jobs is not None else workers.cores()) if second is not None else 0
    shows_each = sys.stdout.isatty() and args.output is None and (streams or args.explain)
    bar = not args.quiet and sys.stderr.isatty() and not shows_each
    if bar:
        mails = _with_progress(mails, args.paths)
    readings = noted(
        api.readings(
            mails,
            knowledge=known,
            authserv_id=args.authserv_id,
            precision=args.precision,
            jobs=jobs or None,
            seconds=args.timeout,
            text=args.explain,  # the texts of a mailbox would fill the memory
        )
    )
    with _output(args.output) as file:
        orders = _write(args, readings, known, file)
    if problems:
        say(*problems)
    if not args.quiet:
        told = [
            _count(read, "mail") + " read",
            *([_count(orders, "parcel" if args.by == "parcel" else "order")] if orders is not None else []),
        ]
        told += [f"{len(problems)} could not be read"] if problems else []
        if args.precision is not None:
            told.append(_left_out(left_out, args.precision))
        sys.stderr.write(", ".join(told) + "\n")
    return _UNREADABLE if problems else 0


def _write(args: argparse.Namespace, readings: Iterator[Reading], known: Knowledge | None, file: TextIO) -> int | None:
    """Write the records; give the number of orders if they were asked for."""
    from dataclasses import replace  # noqa: PLC0415

    from orderparse import api  # noqa: PLC0415
    from orderparse.outputs import card, csv_table, explain, jsonl, questions, table, threshold  # noqa: PLC0415

    question = _question(args)
    minimum = args.min_confidence if args.min_confidence is not None else 0.05 if args.format == "jsonl" else 0.5
    if args.explain:
        for reading in filter(question.of_reading, threshold.readings(readings, minimum)):
            explain.write(reading, file)
        return None
    if args.by == "mail":
        readings = filter(question.of_reading, threshold.readings(readings, minimum))
        if args.format == "table":
            table.write_readings(readings, file)
        elif args.format == "csv":
            csv_table.write_readings(readings, file)
        else:
            jsonl.write(readings, file)
        return None
    mails = list(readings)
    if args.by is None and args.format == "table" and len(mails) == 1 and question == questions.Question():
        card.write(next(threshold.readings(mails, minimum)), file)
        return None
    orders = [order for order in threshold.orders(api.consolidate(mails, knowledge=known), minimum) if question.of_order(order)]
    if args.by == "parcel":
        orders = [replace(order, order_delivery=tuple(filter(question.of_parcel, order.order_delivery))) for order in orders]
        writing = {"table": table.write_parcels, "csv": csv_table.write_parcels, "jsonl": jsonl.write_parcels}[args.format]
        writing(orders, file)
        return sum(len(order.order_delivery) for order in orders)
    if args.format == "table":
        table.write_orders(orders, file)
    elif args.format == "csv":
        csv_table.write_orders(orders, file)
    else:
        jsonl.write(orders, file)
    return len(orders)


def _question(args: argparse.Namespace) -> Question:
    from orderparse.outputs.questions import Question  # noqa: PLC0415
    from orderparse.roles import MailKind, OrderStatus  # noqa: PLC0415

    return Question(
        since=args.since,
        until=args.until,
        merchant=args.merchant,
        status=OrderStatus(args.status) if args.status is not None else None,
        kind=MailKind(args.kind) if args.kind is not None else None,
        order=args.order,
        tracking=args.tracking,
    )


def _mails(paths: Iterable[str], problems: list[str]) -> Iterator[RawMail]:
    """The mails of all paths; what cannot be read goes to the problems, a sentence each."""
    from pathlib import Path  # noqa: PLC0415

    from orderparse.mail import mailboxes  # noqa: PLC0415

    for path in paths:
        try:
            if path == "-":
                yield from mailboxes.from_stream(sys.stdin.buffer, on_error=lambda source, reason: problems.append(f"{source}: {reason}"))
            else:
                yield from mailboxes.find(Path(path), on_error=lambda source, reason: problems.append(f"{source}: {reason}"))
        except OSError as error:
            problems.append(str(error))


def _with_progress(mails: Iterable[RawMail], paths: Iterable[str]) -> Iterator[RawMail]:
    """The mails, with a bar on standard error that tells how many of their bytes have been read."""
    from pathlib import Path  # noqa: PLC0415

    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn  # noqa: PLC0415

    from orderparse.mail import mailboxes  # noqa: PLC0415

    total: int | None = 0
    try:
        total = None if "-" in paths else sum(mailboxes.total_bytes(Path(path)) for path in paths)
    except OSError:  # told when it is read
        total = None
    with Progress(BarColumn(), DownloadColumn(), TimeRemainingColumn(), console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=total)
        for mail in mails:
            yield mail
            progress.advance(task, len(mail.data))


def _output(path: str | None) -> AbstractContextManager[TextIO]:
    if path is None:
        return nullcontext(sys.stdout)
    from pathlib import Path  # noqa: PLC0415

    from orderparse.outputs import whole_file  # noqa: PLC0415

    return whole_file.writing(Path(path))


def _left_out(left_out: Counter[str], precision: float) -> str:
    """How many values do not hold the precision that was asked for, and of which roles."""
    roles = ", ".join(f"{count} {role.replace('_', ' ').replace(':', ' ')}" for role, count in left_out.most_common())
    return f"{_count(left_out.total(), 'value')} left out to hold a precision of {precision:g}" + (f" ({roles})" if roles else "")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


if __name__ == "__main__":
    sys.exit(main())
