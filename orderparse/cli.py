"""``parse-mail``: the records of mails on the command line."""

from __future__ import annotations

import gc
import io
import os
import sys
from contextlib import nullcontext, suppress
from typing import TYPE_CHECKING

from orderparse import options
from orderparse.errors import KnowledgeError, MissingExtraError
from orderparse.options import WRONG_CALL, say

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from contextlib import AbstractContextManager
    from typing import TextIO

    from orderparse.outputs.questions import Question
    from orderparse.records import Reading
    from orderparse.runs import Run

_EVERYTHING, _LIKELY = 0.05, 0.5  # confidences from which values are shown
_FOR_PROGRAMS = frozenset({"jsonl", "json", "parquet"})
_COLLECTED = 50_000  # new objects until cycles are looked for; Python's own 700 are few
_UNREADABLE, _CANNOT_WRITE, _INTERRUPTED = 1, 74, 130  # exit statuses; 74 is EX_IOERR of sysexits.h


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``parse-mail`` and give its exit status."""
    before = gc.get_threshold()
    # What is loaded stays: to look through it again and again while it is loaded is a quarter of a start.
    gc.set_threshold(_COLLECTED)
    try:
        return _main(argv)
    finally:
        gc.set_threshold(*before)


def _main(argv: Sequence[str] | None) -> int:
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
    except (KnowledgeError, MissingExtraError) as error:  # in the user's own files, or for a format that was asked for
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


def _identify(args: argparse.Namespace) -> int:
    from orderparse.identification import identify  # noqa: PLC0415
    from orderparse.outputs import candidates  # noqa: PLC0415
    from orderparse.runs import knowledge  # noqa: PLC0415

    known = knowledge(args.knowledge)
    with _output(args.output) as file:
        for number in args.identify:
            found = identify(number, hint=args.hint, knowledge=known)
            if args.format == "jsonl":
                candidates.write_lines(found, file)
            else:
                candidates.write(number, found, file)
    return 0


def _run(args: argparse.Namespace) -> int:
    from orderparse.runs import Run  # noqa: PLC0415  # here as below: nothing is loaded for --version and --help

    run = Run(args)
    if run.nothing:
        say(*run.problems)
        return WRONG_CALL
    try:
        with run:
            if args.format == "sqlite":
                run.into_store()
            elif args.format == "parquet":
                _write_parquet(args, run)
            else:
                with _output(args.output) as file:
                    _write(args, run, file)
    except KeyboardInterrupt:
        say(run.stopped)
        return _INTERRUPTED
    if run.problems:
        say(*run.problems)
    if not args.quiet:
        sys.stderr.write(run.summary() + "\n")
    return _UNREADABLE if run.problems else 0


def _write(args: argparse.Namespace, run: Run, file: TextIO) -> None:
    """Write the records that were asked for."""
    from orderparse.outputs import questions, threshold  # noqa: PLC0415

    question, minimum = _question(args), _minimum(args)
    if args.explain:
        from orderparse.outputs import explain  # noqa: PLC0415

        for reading in filter(question.of_reading, threshold.readings(run.readings(), minimum)):
            explain.write(reading, file)
        return
    if args.by == "mail" and args.format in {"jsonl", "json"}:
        from orderparse.outputs import json_array, jsonl  # noqa: PLC0415

        def record(reading: Reading) -> str:
            return "".join(map(jsonl.of_record, filter(question.of_reading, threshold.readings([reading], minimum))))

        {"jsonl": jsonl, "json": json_array}[args.format].write_lines(filter(None, run.told(record)), file)
        return
    if args.by == "mail":
        from orderparse.outputs import csv_table, table  # noqa: PLC0415

        readings = filter(question.of_reading, threshold.readings(run.readings(), minimum))
        {"table": table.write_readings, "csv": csv_table.write_readings}[args.format](readings, file)
        return
    if run.alone and args.by is None and args.format == "table" and question == questions.Question():
        from orderparse.outputs import card  # noqa: PLC0415

        card.write(next(threshold.readings(run.readings(), minimum)), file)
        return
    from orderparse.outputs import csv_table, icalendar, json_array, jsonl, jsonld, report, table  # noqa: PLC0415

    # The readings of a mailbox are many: they are held at once only where the form needs them besides its orders.
    mails = list(run.readings()) if args.format in {"ics", "html"} else []
    orders = run.orders(mails or run.readings(), minimum, question)
    if args.by == "parcel":
        {"table": table.write_parcels, "csv": csv_table.write_parcels, "jsonl": jsonl.write_parcels}[args.format](orders, file)
    elif args.format == "ics":
        icalendar.write(orders, file, readings=list(threshold.readings(mails, minimum)))
    elif args.format == "html":
        report.write(orders, mails, file)
    else:
        forms = {"table": table.write_orders, "csv": csv_table.write_orders, "jsonl": jsonl.write, "json": json_array.write}
        {**forms, "jsonld": jsonld.write}[args.format](orders, file)


def _write_parquet(args: argparse.Namespace, run: Run) -> None:
    from pathlib import Path  # noqa: PLC0415

    from orderparse.outputs import parquet, threshold  # noqa: PLC0415

    question, minimum = _question(args), _minimum(args)
    if args.by == "mail":
        parquet.write_readings(filter(question.of_reading, threshold.readings(run.readings(), minimum)), Path(args.output))
    else:
        parquet.write_orders(run.orders(run.readings(), minimum, question), Path(args.output))


def _minimum(args: argparse.Namespace) -> float:
    if args.min_confidence is not None:
        return float(args.min_confidence)
    return _EVERYTHING if args.format in _FOR_PROGRAMS else _LIKELY


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
        suspicious=args.suspicious,
    )


def _output(path: str | None) -> AbstractContextManager[TextIO]:
    if path is None:
        return nullcontext(sys.stdout)
    from pathlib import Path  # noqa: PLC0415

    from orderparse.outputs import whole_file  # noqa: PLC0415

    return whole_file.writing(Path(path))


if __name__ == "__main__":
    sys.exit(main())
