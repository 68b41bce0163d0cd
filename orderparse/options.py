"""What ``parse-mail`` can be told: its arguments, and what ``--help`` says of them."""

from __future__ import annotations

import argparse
import math
import os
import sys
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, NoReturn

from orderparse import __version__
from orderparse.outputs import formats
from orderparse.outputs.terminal import columns
from orderparse.roles import MailKind, OrderStatus

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from typing import TextIO

WRONG_CALL = 2  # exit status
_MOST_JOBS = 256
_WIDTH = 80  # of what --help says, where nobody tells how wide the terminal is
_BY = {
    **dict.fromkeys(("table", "jsonl", "csv"), (None, "order", "mail", "parcel")),
    **dict.fromkeys(("json", "parquet"), (None, "order", "mail")),
    **dict.fromkeys(("sqlite", "jsonld", "ics", "html"), (None, "order")),
}
_EXIT = """\
exit status: 0 all mails were read; 1 some could not be read, they are named on standard error;
2 wrong call, or nothing to read; 70 a fault of this program; 74 the output cannot be written; 75 another run
is writing to it; 129, 130, 143 ended by a hang-up, an interrupt, a termination
"""


class _Parser(argparse.ArgumentParser):
    """Argparse, with messages that hold no control characters of a file name."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        say(message)
        self.exit(WRONG_CALL)


def parsed(argv: Sequence[str] | None) -> argparse.Namespace:
    """The arguments of a call; a wrong one ends the program with :data:`WRONG_CALL`."""
    parser = _parser()
    args = parser.parse_args(argv)
    if args.format is None:
        args.format = formats.of_suffix(args.output or "") or "table"
    if args.identify is None and not args.paths:
        parser.error("a PATH is wanted, or --identify NUMBER")
    if args.identify is not None and (
        args.paths or args.explain or args.by or args.format not in {"table", "jsonl"} or args.precision is not None
    ):
        parser.error("--identify reads no mails: besides --hint, --knowledge, --format table or jsonl and --output nothing goes with it")
    if args.hint is not None and args.identify is None:
        parser.error("--hint goes with --identify")
    if args.status is not None and args.by == "mail":
        parser.error("--status asks for orders or parcels: a mail has none")
    if args.suspicious and args.by is None:
        args.by = None if args.explain else "mail"
    if args.suspicious and args.by in {"order", "parcel"}:
        parser.error("--suspicious asks for mails: none of them is an order")
    if args.explain and (args.format != "table" or args.by in {"order", "parcel"}):
        parser.error("--explain explains mails: it goes with neither --by order, --by parcel nor another --format")
    if args.output is None and args.format in {"sqlite", "parquet", "html"}:
        parser.error(f"--format {args.format} wants --output FILE")
    if args.by not in _BY[args.format]:
        parser.error(f"--format {args.format} goes with --by {' or '.join(str(by) for by in _BY[args.format] if by)}")
    asked = (args.since, args.until, args.merchant, args.status, args.kind, args.order, args.tracking)
    if args.format == "sqlite" and (args.resume or any(one is not None for one in asked)):
        parser.error("--format sqlite keeps all, and always goes on where it stopped: ask the file")
    if args.resume and (args.output is None or args.explain or "-" in args.paths):
        parser.error("--resume wants --output FILE, and goes neither with --explain nor with standard input")
    if args.output is not None and any(_same(path, args.output) for path in args.paths):
        parser.error(f"--output {args.output} is a mailbox that is to be read")
    return args


def say(*sentences: str) -> None:
    """Say something on standard error, a sentence a line."""
    tell(*(f"parse-mail: {sentence}" for sentence in sentences))


def tell(*lines: str) -> None:
    """Put lines on standard error; that nobody hears them is no reason to fail."""
    from orderparse.outputs.safe_text import one_line  # noqa: PLC0415

    try:
        for line in lines:
            sys.stderr.write(f"{one_line(line)}\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        silence(sys.stderr)


def silence(stream: TextIO) -> None:
    """Let nothing of what a stream still holds be written: the interpreter tries once more at its end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="parse-mail",
        description="Read the mails of shops, payment services and carriers: what was ordered where and when, what it costs, where it is.",
        epilog=_EXIT,
        formatter_class=partial(argparse.RawDescriptionHelpFormatter, width=columns(_WIDTH) - 2),  # else it loads shutil to ask for it
    )
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="*",
        help="a mail, a mailbox (mbox, Maildir, MH, .msg), an archive (zip, tar, gz) or a folder of them; - is standard input",
    )
    parser.add_argument(
        "--by",
        choices=["order", "mail", "parcel"],
        help="a record an order, a mail or a parcel (default: order; one mail alone is shown as such)",
    )
    parser.add_argument(
        "--format",
        choices=[*_BY],
        help="default: by the suffix of --output, else table. sqlite and parquet want --output; sqlite is brought up to date; ics is a "
        "calendar of deliveries, jsonld is of schema.org, html a page with search, parcels and spending",
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="write to FILE, all or nothing, instead of standard output")
    parser.add_argument(
        "--resume", action="store_true", help="keep what is read in FILE.partial, and go on there if a run was stopped (with --output)"
    )
    parser.add_argument(
        "--min-confidence",
        metavar="P",
        type=_probability,
        help="leave out what is less sure than P, from 0 to 1 (default: 0.5; jsonl, json, parquet, sqlite: 0.05, which is everything)",
    )
    parser.add_argument(
        "--precision",
        metavar="P",
        type=_precision,
        help="keep only values of which at least the share P is right in their role, such as 0.995; tells how many were left out",
    )
    parser.add_argument("--explain", action="store_true", help="show the lines of each mail with what was found in them, and why")
    parser.add_argument(
        "--authserv-id",
        metavar="ID",
        help="the name of your mail server in Authentication-Results: only its word is taken (default: the name on top of most of the "
        "first 200 mails; '' believes none)",
    )
    parser.add_argument(
        "--identify",
        metavar="NUMBER",
        action="append",
        help="say what a number may be, instead of reading mails: carrier, shop, check digit",
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
    asked = parser.add_argument_group("questions", "only orders, mails or parcels that fit all of these are shown")
    asked.add_argument("--since", metavar="DAY", type=_day, help="ordered, or sent, on that day or later (2026-03-01, 2026-03 or 2026)")
    asked.add_argument("--until", metavar="DAY", type=_last_day, help="ordered, or sent, on that day or before")
    asked.add_argument("--merchant", metavar="NAME", help="from a shop of that name, or with it in its name")
    asked.add_argument("--status", choices=[status.value for status in OrderStatus], help="that stand so (not with --by mail)")
    asked.add_argument("--kind", choices=[kind.value for kind in MailKind], help="told of by a mail of that kind")
    asked.add_argument("--order", metavar="NUMBER", help="with that order number")
    asked.add_argument(
        "--suspicious", action="store_true", help="mails that are likely not what they claim to be (with --by mail, or --explain)"
    )
    asked.add_argument("--tracking", metavar="NUMBER", help="with that tracking number: where is this parcel from?")
    parser.add_argument("--follow-links", action="store_true", help="read what symbolic links in a folder lead to, too; each file once")
    parser.add_argument(
        "-j",
        "--jobs",
        metavar="N",
        type=_count_of,
        help="processes that read (default: one a core; 0: none but this one, without deadlines)",
    )
    parser.add_argument(
        "--timeout", metavar="SECONDS", type=_seconds, default=30.0, help="how long a mail may take, before it is given up (default: 30)"
    )
    parser.add_argument("-q", "--quiet", action="store_true", help="no progress bar, no summary")
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    return parser


def _day(text: str) -> date:
    """The first day of what is written."""
    from datetime import date  # noqa: PLC0415

    parts = text.split("-")
    try:
        return date(int(parts[0]), *(int(part) for part in (*parts[1:], "1", "1")[:2]))
    except (ValueError, TypeError):
        msg = f"{text!r} is no day, month or year such as 2026-03-01, 2026-03 or 2026"
        raise argparse.ArgumentTypeError(msg) from None


def _last_day(text: str) -> date:
    """The last day of what is written."""
    from datetime import timedelta  # noqa: PLC0415

    first, parts = _day(text), text.count("-")
    if parts == 2:  # noqa: PLR2004  # year, month and day
        return first
    following = first.replace(year=first.year + 1) if not parts else (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    return following - timedelta(days=1)


def _count_of(text: str) -> int:
    if not text.isdecimal() or int(text) > _MOST_JOBS:
        msg = f"{text!r} is no number from 0 to {_MOST_JOBS}"
        raise argparse.ArgumentTypeError(msg)
    return int(text)


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 < value < math.inf:
        msg = f"{text!r} is no number of seconds"
        raise argparse.ArgumentTypeError(msg)
    return value


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


def _same(one: str, other: str) -> bool:
    with suppress(OSError):
        return os.path.samefile(one, other)  # noqa: PTH121  # as given
    return False
