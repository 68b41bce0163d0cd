"""The mails that are measured: a folder's, the well-formed ones among them, and mailboxes that are made up."""

from __future__ import annotations

import base64
import email
import email.policy
import re
from pathlib import Path
from random import Random

import orderparse
from orderparse.knowledge import Knowledge
from orderparse.mail import mailboxes
from orderparse.roles import MailKind
from orderparse.training.mailbox import mailbox

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "fixtures" / "mails"
_ATTACHED = 34_000  # bytes before base64: a mail has 48 KB in the mean


def of_folder(folder: Path, most: int | None = None) -> list[bytes]:
    """The ``.eml`` files of a folder; where there are none, all mails that are found in it."""
    files = sorted(folder.glob("*.eml"))
    mails = [file.read_bytes() for file in files] or [mail.data for mail in mailboxes.find(folder)]
    return mails[:most]


def well_formed(data: bytes) -> bool:
    """Whether the standard library reads the mail without a defect in any part, and decodes all of its text."""
    try:
        parts = list(email.message_from_bytes(data, policy=email.policy.default).walk())
        for part in parts:
            if part.get_content_maintype() == "text":
                part.get_content()
        return not any(part.defects for part in parts) and parts[0]["from"] is not None
    except Exception:  # noqa: BLE001  # it has many ways of not reading a mail
        return False


def without_evidence(data: bytes) -> bool:
    """Whether a mail says nothing of any order: newsletters, private mail."""
    read = orderparse.parse(data)
    return not (read.order_numbers or read.tracking_numbers or read.items) and (read.kind is None or read.kind.value is MailKind.OTHER)


def build(path: Path, size: int, attached: int = _ATTACHED) -> int:
    """Write an mbox of about so many bytes, of orders with their mails and newsletters between; give its count of mails."""
    rng = Random(1)
    made = mailbox(Knowledge.builtin(), "benchmark", orders=max(min(320, size >> 16), 2)).mails
    written = count = 0
    with path.open("wb") as file:
        while written < size:
            mail = made[count % len(made)]
            head, _, body = mail.data.replace(b"\r\n", b"\n").partition(b"\n\n")
            again = f".{count // len(made)}".encode()
            fields = re.split(rb"\n(?![ \t])", head.replace(b"Message-ID: <", b"Message-ID: <x" + again, 1))
            content = [field for field in fields if field.lower().startswith(b"content-")]
            rest = [field for field in fields if field not in content]
            paper = base64.encodebytes(rng.randbytes(rng.randint(0, 2 * attached)))
            parts = (
                b"--a-b-c\n" + b"\n".join(content) + b"\n\n" + body,
                b"--a-b-c\nContent-Type: application/pdf\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64\n\n" + paper,
                b"--a-b-c--\n",
            )
            whole = b"\n".join(rest) + b'\nContent-Type: multipart/mixed; boundary="a-b-c"\n\n' + b"\n".join(parts)
            written += file.write(b"From - Sun Mar  1 12:00:00 2026\n" + whole.replace(b"\nFrom ", b"\n>From ") + b"\n")
            count += 1
    return count


def with_attachment(size: int) -> bytes:
    """A mail of an order with an attachment of so many bytes, in base64."""
    rng = Random(2)
    paper = base64.encodebytes(rng.randbytes(1 << 20)) * max(size >> 20, 1)
    return (
        b"From: Nordljus <order@nordljus.example>\r\nSubject: Order 20417 shipped\r\nDate: Mon, 12 Oct 2026 08:00:00 +0200\r\n"
        b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="a-b-c"\r\n\r\n--a-b-c\r\nContent-Type: text/html; charset=utf-8\r\n\r\n'
        b'<p>Order number: 20417<p>Tracking number: CH245965875SE\r\n--a-b-c\r\nContent-Type: application/pdf; name="a.pdf"\r\n'
        b"Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment\r\n\r\n" + paper.replace(b"\n", b"\r\n") + b"--a-b-c--\r\n"
    )
