"""``parse-mail``: the records of mails on the command line."""

from __future__ import annotations

import errno
import gc
import io
import os
import signal
import sys
import time
from contextlib import contextmanager, nullcontext, suppress
from typing import TYPE_CHECKING

from orderparse import options
from orderparse.errors import BusyError, KnowledgeError, MissingExtraError, place
from orderparse.options import WRONG_CALL, say, silence, tell

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager
    from types import FrameType
    from typing import TextIO

    from orderparse.outputs.questions import Question
    from orderparse.records import Reading
    from orderparse.runs import Run

_EVERYTHING, _LIKELY = 0.05, 0.5  # confidences from which values are shown
_FOR_PROGRAMS = frozenset({"jsonl", "json", "parquet"})
_COLLECTED = 150_000  # new objects until cycles are looked for; Python's own 700 are few, and what is known are 70,000
# Exit statuses: those above 69 as sysexits.h has them (EX_SOFTWARE, EX_IOERR, EX_TEMPFAIL), then what shells say of a signal.
_UNREADABLE, _FAULT, _CANNOT_WRITE, _BUSY, _BY_SIGNAL = 1, 70, 74, 75, 128
_ONCE = 1.0  # seconds in which a signal that comes again is the same wish


class _Stopped(KeyboardInterrupt):
    """A signal asked the program to end."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``parse-mail`` and give its exit status."""
    with _stoppable(), _few_collections(last=argv is None):
        try:
            return _main(argv)
        except KeyboardInterrupt as stop:
            return _status_of(stop)
        except Exception as error:  # noqa: BLE001  # its text, and a traceback, may hold a piece of a mail
            say(f"this is a fault of the program, please tell its makers: {place(error)}")
            return _FAULT


@contextmanager
def _few_collections(*, last: bool) -> Iterator[None]:
    """What is loaded stays: to look through it again and again while it is loaded is a quarter of a start.

    ``last``: the program ends with this; nothing is looked through once more for what ends anyway.
    """
    before = gc.get_threshold()
    gc.set_threshold(_COLLECTED)
    try:
        yield
    finally:
        if last:
            gc.freeze()
        gc.set_threshold(*before)


@contextmanager
def _stoppable() -> Iterator[None]:
    """A termination or a hang-up ends the program as Ctrl-C does: what is half written is removed, workers are ended."""
    last = -_ONCE

    def stop(number: int, _frame: FrameType | None) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _ONCE:  # else it is under way
            last = now
            raise _Stopped(number)

    before: dict[int, signal.Handlers] = {}
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) in {signal.SIG_DFL, signal.default_int_handler}:  # not under nohup
            with suppress(ValueError):  # not the main thread
                before[number] = signal.signal(number, stop)  # type: ignore[assignment]
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _status_of(stop: KeyboardInterrupt) -> int:
    return _BY_SIGNAL + (stop.number if isinstance(stop, _Stopped) else signal.SIGINT)


def _have_streams() -> bool:
    """Have something for each standard stream, or the files that are opened would be taken for them; give whether there is an output."""
    closed = [name for name in ("stdin", "stdout", "stderr") if getattr(sys, name) is None]
    for name in closed:
        setattr(sys, name, open(os.devnull, "r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: PTH123, SIM115  # as long as the program
    return "stdout" not in closed


def _main(argv: Sequence[str] | None) -> int:
    writable = _have_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # UTF-8 under LANG=C too
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")
    args = options.parsed(argv)
    if args.output is None and not writable:
        say("cannot write to standard output: it is closed")
        return _CANNOT_WRITE
    missing = [path for path in args.paths if path != "-" and not os.path.lexists(path)]
    if missing:
        say(*(f"{path}: there is no such file or folder" for path in missing))
        return WRONG_CALL
    try:
        with _alone(args.output):
            status = _run(args) if args.identify is None else _identify(args)
        sys.stdout.flush()
    except (KnowledgeError, MissingExtraError) as error:  # in the user's own files, or for a format that was asked for
        say(str(error))
        return WRONG_CALL
    except BrokenPipeError:  # who reads has seen enough
        silence(sys.stdout)
        return 0
    except BusyError as error:
        say(f"{args.output}: {error.strerror}")
        return _BUSY
    except OSError as error:
        say(f"cannot write {args.output or 'to standard output'}: {error.strerror or error}")
        silence(sys.stdout)
        return _BUSY if error.errno == errno.EAGAIN else _CANNOT_WRITE
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
    except KeyboardInterrupt as stop:
        say(run.stopped)
        return _status_of(stop)
    if run.problems:
        say(*run.problems)
    if not args.quiet:
        tell(run.summary())
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
    # The readings of a mailbox are many: they are held at once only where the form needs them besides its orders.
    mails = list(run.readings()) if args.format in {"ics", "html"} else []
    orders = run.orders(mails or run.readings(), minimum, question)
    if args.format == "ics":
        from orderparse.outputs import icalendar  # noqa: PLC0415  # here as below: only the form that is asked for

        icalendar.write(orders, file, readings=list(threshold.readings(mails, minimum)))
    elif args.format == "html":
        from orderparse.outputs import report  # noqa: PLC0415

        report.write(orders, mails, file)
    elif args.format == "jsonl":
        from orderparse.outputs import jsonl  # noqa: PLC0415

        (jsonl.write_parcels if args.by == "parcel" else jsonl.write)(orders, file)
    elif args.format == "csv":
        from orderparse.outputs import csv_table  # noqa: PLC0415

        (csv_table.write_parcels if args.by == "parcel" else csv_table.write_orders)(orders, file)
    elif args.format == "table":
        from orderparse.outputs import table  # noqa: PLC0415

        (table.write_parcels if args.by == "parcel" else table.write_orders)(orders, file)
    else:
        from orderparse.outputs import json_array, jsonld  # noqa: PLC0415

        {"json": json_array.write, "jsonld": jsonld.write}[args.format](orders, file)


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


def _alone(path: str | None) -> AbstractContextManager[None]:
    if path is None:
        return nullcontext()
    from pathlib import Path  # noqa: PLC0415

    from orderparse.outputs.alone import alone  # noqa: PLC0415

    return alone(Path(path))


def _output(path: str | None) -> AbstractContextManager[TextIO]:
    if path is None:
        return nullcontext(sys.stdout)
    from pathlib import Path  # noqa: PLC0415

    from orderparse.outputs import whole_file  # noqa: PLC0415

    return whole_file.writing(Path(path))


if __name__ == "__main__":
    sys.exit(main())
