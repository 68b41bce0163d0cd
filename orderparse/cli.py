"""``parse-mail``: the records of mails on the command line."""

from __future__ import annotations

import argparse
import io
import math
import os
import sys
from contextlib import nullcontext, suppress
from typing import TYPE_CHECKING, NoReturn

from orderparse import __version__
from orderparse.errors import KnowledgeError

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from typing import TextIO

    from orderparse.knowledge import Knowledge
    from orderparse.mail.mailboxes import RawMail
    from orderparse.records import Reading

_UNREADABLE, _WRONG_CALL, _CANNOT_WRITE, _INTERRUPTED = 1, 2, 74, 130  # exit statuses; 74 is EX_IOERR of sysexits.h
_EXIT = """\
exit status: 0 all mails were read; 1 some could not be read, they are named on standard error;
2 wrong call, or nothing to read; 74 the output cannot be written; 130 interrupted
"""


class _Parser(argparse.ArgumentParser):
    """Argparse, with messages that hold no control characters of a file name."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        _say(message)
        self.exit(_WRONG_CALL)


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``parse-mail`` and give its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # UTF-8 under LANG=C too
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")
    parser = _parser()
    args = parser.parse_args(argv)
    if args.identify is None and not args.paths:
        parser.error("a PATH is wanted, or --identify NUMBER")
    if args.identify is not None and (args.paths or args.explain or args.by or args.format == "csv" or args.precision is not None):
        parser.error("--identify reads no mails: besides --hint, --knowledge, --format table or jsonl and --output nothing goes with it")
    if args.hint is not None and args.identify is None:
        parser.error("--hint goes with --identify")
    if args.explain and (args.format != "table" or args.by == "order"):
        parser.error("--explain explains mails: it goes with neither --by order nor another --format")
    if args.output is not None and any(_same(path, args.output) for path in args.paths):
        parser.error(f"--output {args.output} is a mailbox that is to be read")
    missing = [path for path in args.paths if path != "-" and not os.path.lexists(path)]
    if missing:
        _say(*(f"{path}: there is no such file or folder" for path in missing))
        return _WRONG_CALL
    try:
        status = _run(args) if args.identify is None else _identify(args)
        sys.stdout.flush()
    except KnowledgeError as error:  # in the user's own files
        _say(str(error))
        return _WRONG_CALL
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:  # who reads has seen enough
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        _say(f"cannot write {args.output or 'to standard output'}: {error.strerror or error}")
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _CANNOT_WRITE
    return status


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="parse-mail",
        description="Read the mails of shops, payment services and carriers: what was ordered where and when, what it costs, where it is.",
        epilog=_EXIT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "paths", metavar="PATH", nargs="*", help="a mail, a mailbox (mbox), a folder of them or a Maildir; - is standard input"
    )
    parser.add_argument(
        "--by", choices=["order", "mail"], help="a record an order, or a mail (default: order; one mail alone is shown as such)"
    )
    parser.add_argument("--format", choices=["table", "jsonl", "csv"], default="table", help="default: table")
    parser.add_argument("--output", metavar="FILE", help="write to FILE, all or nothing, instead of standard output")
    parser.add_argument(
        "--min-confidence",
        metavar="P",
        type=_probability,
        help="leave out what is less sure than P, from 0 to 1 (default: 0.5; jsonl: 0.05, which is everything)",
    )
    parser.add_argument(
        "--precision",
        metavar="P",
        type=_precision,
        help="keep only values of which at least the share P is right in their role, such as 0.995; tells how many were left out",
    )
    parser.add_argument("--explain", action="store_true", help="show the lines of each mail with what was found in them, and why")
    parser.add_argument(
        "--authserv-id", metavar="ID", help="the name of your mail server in Authentication-Results: only its word is taken"
    )
    parser.add_argument(
        "--identify", metavar="NUMBER", action="append", help="say what a number may be, instead of reading mails: carrier, shop, check digit"
    )
    parser.add_argument(
        "--hint",
        metavar="TEXT",
        help="with --identify: where the number comes from (a domain, a link, a shop, a carrier, a country, the words beside it)",
    )
    parser.add_argument(
        "--knowledge",
        metavar="DIR",
        help="lay your own carriers/, merchants/, languages/ and currencies/ (TOML files) over what the package brings",
    )
    parser.add_argument("--quiet", action="store_true", help="no progress bar, no summary")
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    return parser


def _probability(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 <= value <= 1:
        msg = f"{text!r} is no number from 0 to 1"
        raise argparse.ArgumentTypeError(msg)
    return value


def _precision(text: str) -> float:
    value = _probability(text)
    if value in {0, 1}:
        msg = f"{text!r} does not lie between 0 and 1; nobody can promise 1"
        raise argparse.ArgumentTypeError(msg)
    return value


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

    from orderparse import api  # noqa: PLC0415

    known = _knowledge(args.knowledge)
    problems: list[str] = []
    raw = _mails(args.paths, problems)
    first = next(raw, None)
    if first is None and problems:
        _say(*problems)
        return _WRONG_CALL
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

    mails: Iterator[RawMail] = chain(() if first is None else (first,), raw)
    bar = not args.quiet and sys.stderr.isatty() and not (sys.stdout.isatty() and args.output is None and (streams or args.explain))
    if bar:
        mails = _with_progress(mails, args.paths)
    readings = noted(api.readings(mails, knowledge=known, authserv_id=args.authserv_id, precision=args.precision))
    with _output(args.output) as file:
        orders = _write(args, readings, known, file)
    if problems:
        _say(*problems)
    if not args.quiet:
        told = [_count(read, "mail") + " read", *([_count(orders, "order")] if orders is not None else [])]
        told += [f"{len(problems)} could not be read"] if problems else []
        if args.precision is not None:
            told.append(_left_out(left_out, args.precision))
        sys.stderr.write(", ".join(told) + "\n")
    return _UNREADABLE if problems else 0


def _write(args: argparse.Namespace, readings: Iterator[Reading], known: Knowledge | None, file: TextIO) -> int | None:
    """Write the records; give the number of orders if they were asked for."""
    from dataclasses import replace  # noqa: PLC0415

    from orderparse import api  # noqa: PLC0415
    from orderparse.outputs import card, csv_table, explain, jsonl, table, threshold  # noqa: PLC0415

    minimum = args.min_confidence if args.min_confidence is not None else 0.05 if args.format == "jsonl" else 0.5
    if args.explain:
        for reading in threshold.readings(readings, minimum):
            explain.write(reading, file)
        return None
    if args.by == "mail":
        readings = threshold.readings(readings, minimum)
        if args.format == "table":
            table.write_readings(readings, file)
        elif args.format == "csv":
            csv_table.write_readings(readings, file)
        else:
            jsonl.write(readings, file)
        return None
    mails = [replace(reading, text="") for reading in readings]  # the texts of a mailbox would fill the memory
    if args.by is None and args.format == "table" and len(mails) == 1:
        card.write(next(threshold.readings(mails, minimum)), file)
        return None
    orders = list(threshold.orders(api.consolidate(mails, knowledge=known), minimum))
    if args.format == "table":
        table.write_orders(orders, file)
    elif args.format == "csv":
        csv_table.write_orders(orders, file)
    else:
        jsonl.write(orders, file)
    return len(orders)


def _mails(paths: Iterable[str], problems: list[str]) -> Iterator[RawMail]:
    """The mails of all paths; what cannot be read goes to the problems, a sentence each."""
    from pathlib import Path  # noqa: PLC0415

    from orderparse.mail import mailboxes  # noqa: PLC0415

    for path in paths:
        try:
            if path == "-":
                yield from mailboxes.from_stream(sys.stdin.buffer)
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


def _same(one: str, other: str) -> bool:
    with suppress(OSError):
        return os.path.samefile(one, other)  # noqa: PTH121  # as given
    return False


def _say(*sentences: str) -> None:
    from orderparse.outputs.safe_text import one_line  # noqa: PLC0415

    for sentence in sentences:
        sys.stderr.write(f"parse-mail: {one_line(sentence)}\n")


def _left_out(left_out: Counter[str], precision: float) -> str:
    """How many values do not hold the precision that was asked for, and of which roles."""
    roles = ", ".join(f"{count} {role.replace('_', ' ').replace(':', ' ')}" for role, count in left_out.most_common())
    return f"{_count(left_out.total(), 'value')} left out to hold a precision of {precision:g}" + (f" ({roles})" if roles else "")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


if __name__ == "__main__":
    sys.exit(main())
