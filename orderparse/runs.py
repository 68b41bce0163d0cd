"""Runs of ``parse-mail``: mails read once, by several processes, kept where a run that is stopped goes on."""

from __future__ import annotations

import json
import sys
from collections import Counter
from contextlib import ExitStack
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self, TypedDict

from orderparse import __version__, api, options
from orderparse.knowledge import Knowledge
from orderparse.mail import authentication, copies, folders, mailboxes
from orderparse.outputs import threshold
from orderparse.records import Defect, Reading
from orderparse.slotted import replace

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator
    from types import TracebackType

    from orderparse.mail.folders import OnError
    from orderparse.mail.mailboxes import RawMail
    from orderparse.outputs.questions import Question
    from orderparse.outputs.sqlite_store import Store
    from orderparse.records import Order

_PARTIAL = ".partial"  # behind the name of the output: what a run has read so far
_EVERYTHING = 0.05
_STREAM_SAMPLE = 16 << 20  # bytes of standard input that are looked at before they are read


def knowledge(folder: str | None) -> Knowledge | None:
    """The user's own files over those of the package; None if there is no folder of them.

    Raises:
        KnowledgeError: There is no such folder, or one of its files is not as its schema says.

    """
    return Knowledge.builtin().with_folder(Path(folder)) if folder is not None else None


class _Noted(NamedTuple):
    """What a run keeps of a mail whose record was made elsewhere."""

    source: str
    status: str
    reason: str | None
    left_out: tuple[tuple[str, int], ...]
    made: str | None


class _How(TypedDict):
    knowledge: Knowledge | None
    authserv_id: str | None
    precision: float | None
    jobs: int | None
    seconds: float


def _bytes_of(noted: _Noted) -> bytes:
    return json.dumps(noted).encode()


def _noted_of(answer: bytes) -> _Noted:
    source, status, reason, left_out, made = json.loads(answer)
    return _Noted(source, status, reason, tuple((role, count) for role, count in left_out), made)


class Run:
    """One call: its mails, what became of them, and what is to be said of them in the end.

    Raises:
        KnowledgeError: A file of the user's own is not as its schema says.

    """

    def __init__(self, args: argparse.Namespace) -> None:
        self._args = args
        self._known = knowledge(args.knowledge)
        self.problems: list[str] = []
        self._read = self._kept = 0
        self._told: list[str] = []
        self._left_out: Counter[str] = Counter()
        self._open = ExitStack()
        self._partial: Path | None = None
        self._unread: list[Reading] = []
        self._skipped: Counter[str] = Counter()
        raw = copies.marked(self._mails(self._tell_unread, self._tell_skipped, self.problems))
        first = next(raw, None)
        second = next(raw, None)
        #: Whether there is one mail and no more, which needs no other process.
        self.alone = first is not None and second is None
        #: Whether there is no mail at all, and a reason for that.
        self.nothing = first is None and bool(self.problems)
        self._raw: Iterator[RawMail] = chain(*((mail,) for mail in (first, second) if mail is not None), raw)
        #: The server whose Authentication-Results are believed: the one that was asked for, else that of most of the mails.
        self.server: str | None = args.authserv_id if args.authserv_id is not None or self.alone else self._own_server()
        self._jobs = (args.jobs if args.jobs is not None else _cores()) if not self.alone else 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close what is open; what was read is kept if the run was stopped."""
        self._open.__exit__(kind, error, trace)
        if error is None and self._partial is not None:
            self._partial.unlink(missing_ok=True)

    def _own_server(self) -> str | None:
        """The one server that the mailboxes have: by the first mails of each, whatever else is read and by how many processes."""
        found = {mailboxes.own_server(Path(path), follow_links=self._args.follow_links) for path in self._args.paths if path != "-"}
        if "-" in self._args.paths:
            kept: list[RawMail] = []
            room = _STREAM_SAMPLE
            for mail in islice(self._raw, authentication.SAMPLE):
                kept.append(mail)
                room -= len(mail.data)
                if room <= 0:
                    break
            self._raw = chain(kept, self._raw)
            found.add(authentication.own_server(mail.data for mail in kept))
        servers = sorted(found - {None}, key=str)
        return servers[0] if len(servers) == 1 else None

    def _mails(self, on_error: OnError, on_skip: OnError, problems: list[str]) -> Iterator[RawMail]:
        """The mails of all paths. What of them cannot be read is told; a path that holds none goes to the problems, a sentence each."""
        for path in self._args.paths:
            try:
                if path == "-":
                    yield from mailboxes.from_stream(sys.stdin.buffer, on_error=on_error)
                else:
                    yield from mailboxes.find(Path(path), follow_links=self._args.follow_links, on_error=on_error, on_skip=on_skip)
            except OSError as error:
                problems.append(str(error))

    def readings(self) -> Iterator[Reading]:
        """What each mail says, in the order of the mailbox."""
        raw = self._raw if self._args.by == "mail" else self._once(self._raw)
        yield from self._kept_readings() if self._args.resume else self._noted(self._parsed(raw))
        if self._args.by == "mail":
            yield from self._unread

    def _kept_readings(self) -> Iterator[Reading]:
        self._partial = Path(self._args.output + _PARTIAL)
        store = self._opened(self._partial)
        self._kept = len(store)
        for _ in store.update(self._once(self._raw), self._parsed):
            pass
        # A second time over the mailbox, which is soon done: what was kept is in the order of runs, not of mails.
        for mail in copies.marked(self._mails(lambda *_: None, lambda *_: None, [])):
            found = store.get(copies.key_of(mail.data))
            if found is not None:  # a mail may have come since
                yield from self._noted([api.as_copy(replace(found, source=mail.source), mail.copy_of)])

    def told(self, form: Callable[[Reading], str | None]) -> Iterator[str | None]:
        """What is made of each mail, in the order of the mailbox: made where the mail is read, unless it was read before."""
        if self._args.resume:
            yield from map(form, self.readings())
            return

        def noted(reading: Reading) -> _Noted:
            return _Noted(reading.source, reading.status, reading.reason, reading.left_out, form(reading))

        for note in api.told(self._looked_on(self._raw), noted, to_bytes=_bytes_of, of_bytes=_noted_of, **self._how()):
            self._note(note)
            yield note.made
        yield from map(form, self._unread)

    def into_store(self) -> None:
        """Bring the SQLite file that is the output up to date."""
        store = self._opened(Path(self._args.output))
        before = len(store)
        for _ in self._noted(store.update(self._once(self._raw), self._parsed)):
            pass
        orders = self._joined(store.readings(on_error=lambda source, reason: self.problems.append(f"{source}: {reason}")))
        minimum = self._args.min_confidence if self._args.min_confidence is not None else _EVERYTHING
        found = list(threshold.orders(orders, minimum))
        store.put_orders(found)
        self._told += [f"{before} were known", _count(len(found), "order")] if before else [_count(len(found), "order")]

    def orders(self, readings: Iterable[Reading], minimum: float, question: Question) -> list[Order]:
        """The orders that are sure enough and asked for; of those the parcels that are."""
        found = [order for order in threshold.orders(self._joined(readings), minimum) if question.of_order(order)]
        if self._args.by == "parcel":
            found = [replace(order, order_delivery=tuple(filter(question.of_parcel, order.order_delivery))) for order in found]
            self._told.append(_count(sum(len(order.order_delivery) for order in found), "parcel"))
        else:
            self._told.append(_count(len(found), "order"))
        return found

    @property
    def stopped(self) -> str:
        """What to say when the run was stopped."""
        kept = Path(self._args.output) if self._args.format == "sqlite" else self._partial
        if kept is None or not kept.exists():
            return "stopped"
        return f"stopped: what was read is kept in {kept}, the same call goes on there"

    def summary(self) -> str:
        """What was read, in a sentence."""
        told = [_count(self._read, "mail") + " read", *self._told]
        if self._kept:
            told.insert(1, f"{self._kept} of them before")
        if self.problems:
            told.append(f"{len(self.problems)} could not be read")
        told += [f"{_count(count, kind)} passed over" for kind, count in sorted(self._skipped.items())]
        if self._args.precision is not None:
            told.append(_left_out(self._left_out, self._args.precision))
        return ", ".join(told)

    def _tell_unread(self, source: str, sentence: str) -> None:
        """A file that cannot be read may be a mail: where each mail has a record, it has one too."""
        self.problems.append(f"{source}: {sentence}")
        self._unread.append(
            Reading(source=source, status="failed", reason="unreadable", defects=(Defect(code="unreadable", detail=sentence),))
        )

    def _tell_skipped(self, source: str, kind: str) -> None:
        self._skipped[kind.removeprefix("a ")] += 1
        if kind != folders.LINK and not self._args.quiet:  # of links there may be many
            options.say(f"{source}: {kind}, passed over")

    def _once(self, mails: Iterable[RawMail]) -> Iterator[RawMail]:
        """The mails without the copies, which change no order."""
        for mail in mails:
            if mail.copy_of:
                self._skipped["copy"] += 1
            else:
                yield mail

    def _joined(self, readings: Iterable[Reading]) -> list[Order]:
        return api.consolidate(readings, knowledge=self._known)

    def _parsed(self, mails: Iterable[RawMail]) -> Iterator[Reading]:
        # The texts of a mailbox would fill the memory.
        with_text = self._args.explain or self._args.format == "html"
        return api.readings(self._looked_on(mails), text=with_text, **self._how())

    def _looked_on(self, mails: Iterable[RawMail]) -> Iterable[RawMail]:
        """The mails, with a bar that tells how far they have been read where somebody looks on."""
        args = self._args
        streams = args.format == "jsonl" and args.by == "mail"
        shows_each = sys.stdout.isatty() and args.output is None and (streams or args.explain)
        if not args.quiet and sys.stderr.isatty() and not shows_each:
            return _with_progress(mails, args.paths)
        return mails

    def _how(self) -> _How:
        """How mails are read in this run."""
        args = self._args
        return _How(
            knowledge=self._known,
            authserv_id=self.server,
            precision=args.precision,
            jobs=self._jobs or None,
            seconds=args.timeout,
        )

    def _noted(self, found: Iterable[Reading]) -> Iterator[Reading]:
        for reading in found:
            self._note(reading)
            yield reading

    def _note(self, reading: Reading | _Noted) -> None:
        self._left_out.update(dict(reading.left_out))
        if reading.status == "ok":
            self._read += 1
        else:
            self.problems.append(f"{reading.source}: {reading.reason}")

    def _opened(self, path: Path) -> Store:
        from orderparse.outputs.sqlite_store import Store  # noqa: PLC0415  # sqlite3 is loaded where it is used

        return self._open.enter_context(Store(path, reader=self._reader()))

    def _reader(self) -> str:
        """What another run must have in common with this one for its readings to be as good."""
        from hashlib import blake2b  # noqa: PLC0415  # where something is kept for another run

        args = self._args
        own = blake2b(digest_size=8)
        for path in sorted(Path(args.knowledge).rglob("*.toml")) if args.knowledge is not None else ():
            own.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
        return f"{__version__} {self.server or ''} {args.precision or ''} {own.hexdigest()}"


def _cores() -> int:
    from orderparse import workers  # noqa: PLC0415  # one mail needs no other process

    return workers.cores()


def _with_progress(mails: Iterable[RawMail], paths: Iterable[str]) -> Iterator[RawMail]:
    """The mails, with a bar on standard error that tells how many of their bytes have been read."""
    from rich.console import Console  # noqa: PLC0415  # for those who look on
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn, TransferSpeedColumn  # noqa: PLC0415

    total: int | None = 0
    try:
        total = None if "-" in paths else sum(mailboxes.total_bytes(Path(path)) for path in paths)
    except OSError:  # told when it is read
        total = None
    with Progress(
        BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn(), console=Console(stderr=True), transient=True
    ) as progress:
        task = progress.add_task("", total=total)
        for mail in mails:
            yield mail
            progress.advance(task, len(mail.data))


def _left_out(left_out: Counter[str], precision: float) -> str:
    """How many values do not hold the precision that was asked for, and of which roles."""
    roles = ", ".join(f"{count} {role.replace('_', ' ').replace(':', ' ')}" for role, count in left_out.most_common())
    return f"{_count(left_out.total(), 'value')} left out to hold a precision of {precision:g}" + (f" ({roles})" if roles else "")


def _count(number: int, noun: str) -> str:
    if number != 1:
        noun = f"{noun[:-1]}ies" if noun.endswith("py") else f"{noun}s"
    return f"{number} {noun}"
