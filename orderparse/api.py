"""The library's front door: a mail, a mailbox, orders across mails."""

from __future__ import annotations

import json
import re
import sys
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from orderparse import assemble
from orderparse.document.build import build
from orderparse.document.quoted import Marks
from orderparse.errors import MailboxError, place
from orderparse.knowledge import Knowledge
from orderparse.mail import charsets, copies, mailboxes, messages
from orderparse.mail.mbox import RawMail
from orderparse.records import Defect, Reading
from orderparse.slotted import replace
from orderparse.text.patterns import lazy

if TYPE_CHECKING:
    import email.message
    from collections.abc import Callable, Iterable, Iterator

    from orderparse.mail.model import Message
    from orderparse.records import Order
    from orderparse.workers import Pool

T = TypeVar("T")

SECONDS = 30.0  # that one mail may take, where other processes read

# How the text of a mail begins: with a header field (RFC 5322), a "From " line (RFC 4155) or an HTML tag.
_MAIL_TEXT = lazy(r"\s*(?:[A-Za-z][A-Za-z0-9-]+:(?:\s|$)|From \S+ |<[!A-Za-z])")
_CHARSET = lazy(r"charset\s*=\s*[\"']?([A-Za-z0-9_:.+-]{1,40})", re.IGNORECASE)


def parse(
    source: bytes | str | Path | email.message.Message,
    *,
    knowledge: Knowledge | None = None,
    authserv_id: str | None = None,
    precision: float | None = None,
) -> Reading:
    """What one mail says.

    Args:
        source: The mail's bytes, the path of a file that holds one mail, the mail's text, or a message of the
            standard library. A string of several lines, or one that begins as a mail or HTML does, is the text.
        knowledge: Languages, carriers, merchants and currencies; what the package brings if None.
        authserv_id: The name by which your own mail server signs its Authentication-Results (RFC 8601);
            no other is believed.
        precision: Between 0 and 1: of the values of each role only those are kept which hold that share of right ones.
            How many were left out stands in ``left_out``. A role for which nobody can promise it has no values.

    Returns:
        A reading for any bytes, be they a mail or not: what is odd is in its ``defects``.

    Raises:
        MailboxError: There is no such file, or it holds no mail, or more than one.
        ValueError: The precision is not between 0 and 1.

    """
    read = _read_with(knowledge, precision)
    loaded = sys.modules.get("email.message")  # who has such a message has loaded it
    if loaded is not None and isinstance(source, loaded.Message):
        return read("", partial(messages.of_email, source, authserv_id=authserv_id))
    name = ""
    if isinstance(source, bytes):
        data = source
    elif (path := _path(cast(str | Path, source))) is None:
        data = _encoded(str(source))
    else:
        mail = _only_mail(path)
        name, data = mail.source, mail.data
    return read(name, partial(messages.parse, data, source=name, authserv_id=authserv_id))


def parse_mailbox(
    path: str | Path,
    *,
    knowledge: Knowledge | None = None,
    authserv_id: str | None = None,
    precision: float | None = None,
    jobs: int | None = None,
    on_error: Callable[[str, str], None] | None = None,
) -> Iterator[Reading]:
    """What each mail of a mailbox file or a folder says, one after the other, in the mailbox's own order.

    Args:
        path: A file (one mail, mbox, an archive, Outlook's .msg) or a folder (of mails, mailboxes, a Maildir).
        knowledge: As for :func:`parse`.
        authserv_id: As for :func:`parse`; None is the one that stands on top in most of the first 200 mails, "" is none.
        precision: As for :func:`parse`.
        jobs: So many processes read, each mail under a deadline; a mail that crashes one or takes too long costs itself alone.
            None: all is read in this process, as it is where no process can be copied (Windows).
        on_error: Called with the source and a sentence for what cannot be read; the rest is read all the same.

    Yields:
        A reading a mail. A mail that cannot be read gives one too, with the status ``failed`` and a reason.

    Raises:
        MailboxError: There is no such path, or it holds no mail. Raised when the first reading is asked for.
        ValueError: The precision is not between 0 and 1. Raised then too.

    """
    mails, server = _mailbox(path, authserv_id, on_error)
    yield from readings(mails, knowledge=knowledge, authserv_id=server, precision=precision, jobs=jobs)


def read_orders(
    path: str | Path,
    *,
    knowledge: Knowledge | None = None,
    authserv_id: str | None = None,
    jobs: int | None = None,
    on_error: Callable[[str, str], None] | None = None,
) -> list[Order]:
    """The orders that the mails of a mailbox tell of, oldest first; arguments and errors are those of :func:`parse_mailbox`."""
    mails, server = _mailbox(path, authserv_id, on_error)
    return consolidate(readings(mails, knowledge=knowledge, authserv_id=server, jobs=jobs, text=False), knowledge=knowledge)


def _mailbox(
    path: str | Path, authserv_id: str | None, on_error: Callable[[str, str], None] | None
) -> tuple[Iterator[RawMail], str | None]:
    """The mails at a path, and the server whose word about senders counts."""
    server = mailboxes.own_server(Path(path)) if authserv_id is None else authserv_id
    return copies.marked(mailboxes.find(Path(path), on_error=on_error)), server


def readings(
    mails: Iterable[RawMail],
    *,
    knowledge: Knowledge | None = None,
    authserv_id: str | None = None,
    precision: float | None = None,
    jobs: int | None = None,
    seconds: float = SECONDS,
    text: bool = True,
) -> Iterator[Reading]:
    """What each of the mails says; without ``text`` their one text is left out, which ``--explain`` alone needs."""
    return told(
        mails,
        _as_read if text else _without_text,
        knowledge=knowledge,
        authserv_id=authserv_id,
        precision=precision,
        jobs=jobs,
        seconds=seconds,
        to_bytes=_bytes_of,
        of_bytes=_reading_of,
    )


def told(
    mails: Iterable[RawMail],
    form: Callable[[Reading], T],
    *,
    knowledge: Knowledge | None = None,
    authserv_id: str | None = None,
    precision: float | None = None,
    jobs: int | None = None,
    seconds: float = SECONDS,
    to_bytes: Callable[[T], bytes],
    of_bytes: Callable[[bytes], T],
) -> Iterator[T]:
    """What ``form`` makes of the reading of each mail, in the process that reads it: what is large to send is best made there.

    Mails go to the workers as they are, with any name that a file can have, and what is made of them comes back as the
    bytes that ``to_bytes`` gives and ``of_bytes`` reads, never as pickles, which are programs.
    """
    one, lost = _task(form, knowledge=knowledge, authserv_id=authserv_id, precision=precision)
    if jobs is None:
        yield from map(one, mails)
        return
    from orderparse import workers  # noqa: PLC0415  # here as below: what one mail alone does not need

    if not workers.available():
        yield from map(one, mails)
    else:
        wire = workers.Wire(_parts_of, _mail_of, to_bytes, of_bytes)
        yield from workers.run(mails, one, lost, jobs=jobs, seconds=seconds, wire=wire)


def standing(
    form: Callable[[Reading], bytes],
    *,
    knowledge: Knowledge | None = None,
    authserv_id: str | None = None,
    precision: float | None = None,
    jobs: int = 1,
    seconds: float = SECONDS,
) -> Pool[RawMail, bytes]:
    """Workers for what :func:`told` gives, which stay for one run after the other.

    Raises:
        ValueError: The precision is not between 0 and 1.

    """
    from orderparse import workers  # noqa: PLC0415

    one, lost = _task(form, knowledge=knowledge, authserv_id=authserv_id, precision=precision)
    wire = workers.Wire(_parts_of, _mail_of, bytes, bytes)
    return workers.Pool(one, lost, jobs=jobs, seconds=seconds, wire=wire)


def _task(
    form: Callable[[Reading], T], *, knowledge: Knowledge | None, authserv_id: str | None, precision: float | None
) -> tuple[Callable[[RawMail], T], Callable[[RawMail, str, str], T]]:
    """What a worker does with a mail, and what stands for one that it breaks on."""
    read = _read_with(knowledge, precision)

    def one(mail: RawMail) -> T:
        reading = read(mail.source, partial(messages.parse, mail.data, source=mail.source, authserv_id=authserv_id))
        return form(as_copy(reading, mail.copy_of))

    def lost(mail: RawMail, reason: str, detail: str) -> T:
        return form(_failed(mail.source, None, reason, detail))

    return one, lost


def as_copy(reading: Reading, source: str) -> Reading:
    """What a mail says that has the same bytes as an earlier one of the mailbox, whose source is given; itself if there is none."""
    if not source:
        return reading
    return replace(reading, defects=(*reading.defects, Defect(code="copy", detail=f"the same bytes as {source}")))


def _as_read(reading: Reading) -> Reading:
    return reading


def _without_text(reading: Reading) -> Reading:
    return replace(reading, text="")


def _bytes_of(reading: Reading) -> bytes:
    from orderparse.outputs import records_json  # noqa: PLC0415

    return json.dumps([records_json.of_reading(reading, exact=True), reading.text]).encode()


def _reading_of(answer: bytes) -> Reading:
    from orderparse.outputs import records_from_json  # noqa: PLC0415

    fields, text = json.loads(answer)
    return replace(records_from_json.reading(fields), text=str(text))


def _parts_of(mail: RawMail) -> tuple[bytes, bytes]:
    return json.dumps([mail.source, mail.copy_of]).encode(), mail.data


def _mail_of(names: bytes, data: bytes) -> RawMail:
    source, copy_of = json.loads(names)
    return RawMail(source, data, copy_of)


def consolidate(readings: Iterable[Reading], *, knowledge: Knowledge | None = None) -> list[Order]:
    """The orders that the readings tell of, oldest first; neither their order nor copies among them change it."""
    merchants = (knowledge or Knowledge.builtin()).merchants.by_code.values()
    suffixes = {merchant.name: 4 for merchant in merchants if merchant.order_number is not None and merchant.order_number.last_four}
    from orderparse import consolidation  # noqa: PLC0415

    return consolidation.consolidate(readings, shared_suffix=suffixes)


@cache
def _read_builtin() -> Callable[[str, Callable[[], Message]], Reading]:
    return _read_with(Knowledge.builtin(), None)


def _read_with(knowledge: Knowledge | None, precision: float | None) -> Callable[[str, Callable[[], Message]], Reading]:
    """A function that reads a message, given its source and how to get it; it never raises.

    Raises:
        ValueError: The precision is not between 0 and 1.

    """
    if precision is not None and not 0 < precision < 1:
        msg = f"a precision lies between 0 and 1, without them: {precision}"
        raise ValueError(msg)
    if knowledge is None:
        if precision is None:
            return _read_builtin()
        knowledge = Knowledge.builtin()
    marks = Marks.of(knowledge.words.quoted)

    def read(source: str, message_of: Callable[[], Message]) -> Reading:
        message: Message | None = None
        try:
            message = message_of()
            return assemble.read(build(message, marks), knowledge, precision=precision)
        except MemoryError:
            return _failed(source, message, "memory", "")
        except Exception as error:  # noqa: BLE001  # a bug must cost one mail, not the mailbox
            return _failed(source, message, "crash", place(error))

    return read


def _failed(source: str, message: Message | None, reason: str, detail: str) -> Reading:
    defects = (Defect(code=reason, detail=detail),)
    if message is None:
        return Reading(source=source, status="failed", reason=reason, defects=defects)
    return Reading(
        source=message.source,
        status="failed",
        reason=reason,
        message_id=message.message_id,
        in_reply_to=message.in_reply_to,
        sent=message.sent,
        sender=message.sender,
        subject=message.subject,
        defects=(*message.defects, *defects),
    )


def _path(source: str | Path) -> Path | None:
    """The file that is meant; None if the string is a mail itself.

    Raises:
        MailboxError: It is neither.

    """
    if isinstance(source, Path):
        return source
    if "\n" in source or "\r" in source:
        return None
    path = Path(source)
    try:
        if source and path.exists():
            return path
    except (OSError, ValueError):  # too long for a name, or a NUL in it
        pass
    if _MAIL_TEXT.match(source):
        return None
    shown = source if len(source) <= 100 else f"{source[:100]}..."  # noqa: PLR2004  # characters of a message
    msg = f"{shown!r} is no file, and does not begin as a mail does"
    raise MailboxError(msg)


def _only_mail(path: Path) -> RawMail:
    if path.is_dir():
        msg = f"{path} is a folder: read it with parse_mailbox"
        raise MailboxError(msg)
    mails = mailboxes.find(path)
    first = next(mails, None)
    if first is None:
        msg = f"{path} holds no mail"
        raise MailboxError(msg)
    if next(mails, None) is not None:
        msg = f"{path} holds more than one mail: read it with parse_mailbox"
        raise MailboxError(msg)
    return first


def _encoded(text: str) -> bytes:
    """The bytes of a mail's text, in the one charset that its header declares, else in UTF-8."""
    declared = set() if text.isascii() else {charset.lower() for charset in _CHARSET.findall(text)}
    charset = charsets.codec(declared.pop()) if len(declared) == 1 else None
    if charset is not None and "a".encode(charset) == b"a":
        try:
            return text.encode(charset, "surrogateescape")
        except UnicodeEncodeError:
            pass
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half of a character that stands outside the Basic Multilingual Plane
        return text.encode("utf-8", "replace")
