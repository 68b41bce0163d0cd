"""The same few mails in every kind of mailbox, built anew for each test."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zipfile
from datetime import UTC, datetime
from email import message_from_bytes, policy
from types import SimpleNamespace

import pytest

LINE = b"From shop@shop.example Tue Mar  3 12:00:00 2026\n"
PLAIN = b"""From: Lampenhaus <order@lampenhaus.example>
To: jo@mail.example
Subject: Your order LH-48213
Date: Tue, 03 Mar 2026 12:00:00 +0100
Message-ID: <1@lampenhaus.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Thank you!

From here on it takes three days.

From shop to door Tue Mar
Order number: LH-48213
Total: 12,50 \xe2\x82\xac
"""
HTML = b"""From: =?utf-8?q?Fj=C3=A4llk=C3=B6k?= <hej@fjallkok.example>
Subject: =?utf-8?q?Din_best=C3=A4llning?=
Date: Wed, 04 Mar 2026 08:30:00 +0100
Message-ID: <2@fjallkok.example>
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable

<p>Ordernummer: 77120934</p><p>Summa 249 kr f=C3=B6r dig</p>
"""
BOTH = b"""From: parcels@bote.example
Subject: Parcel
Date: Thu, 05 Mar 2026 18:00:00 +0000
Message-ID: <3@bote.example>
In-Reply-To: <1@lampenhaus.example>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

Tracking number: JD014600003820123456
--b
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: base64

PHA+VHJhY2tpbmcgbnVtYmVyOiA8Yj5KRDAxNDYwMDAwMzgyMDEyMzQ1NjwvYj48L3A+
--b--
"""
MAILS = [PLAIN, HTML, BOTH]


def quoted(mail: bytes) -> bytes:
    header, _, body = mail.partition(b"\n\n")
    return header + b"\n\n" + b"".join(b">" + li if li.lstrip(b">").startswith(b"From ") else li for li in body.splitlines(keepends=True))


def counted(mail: bytes) -> bytes:
    header, _, body = mail.partition(b"\n\n")
    return header + b"\nContent-Length: %d\n\n" % len(body) + body


def box(*mails: bytes, fields: bytes = b"", line: bytes = LINE) -> bytes:
    return b"".join(line + fields + mail + b"\n" for mail in mails)


def mbox(*mails: bytes) -> bytes:
    return box(*map(quoted, mails))


def emlx(mail: bytes) -> bytes:
    plist = b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "">\n<plist version="1.0"><dict/></plist>\n'
    return b"%-10d\n" % len(mail) + mail + plist


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def tree(folder, files: dict[str, bytes]):
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def compound(root: dict) -> bytes:
    """A compound file (MS-CFB): storages are dicts, streams bytes."""
    entries, mini, mini_fat, big, sectors, fat = [], bytearray(), [], [], bytearray(), []

    def add(name, node):
        number = len(entries)
        entries.append([name, 5 if not number else 1 if isinstance(node, dict) else 2, -1, -1, -2, 0])
        if isinstance(node, dict):
            last = None
            for child in sorted(node, key=lambda name: (len(name), name)):
                found = add(child, node[child])
                entries[number if last is None else last][3 if last is None else 2] = found
                last = found
        elif len(node) >= 4096:
            big.append((number, node))
        elif node:
            entries[number][4:] = len(mini_fat), len(node)
            count = -(-len(node) // 64)
            mini_fat.extend([*range(len(mini_fat) + 1, len(mini_fat) + count), -2])
            mini.extend(node.ljust(count * 64, b"\0"))
        return number

    def put(data, end=-2):
        start, count = len(fat), -(-len(data) // 512)
        fat.extend([*range(start + 1, start + count), end] if count else [])
        sectors.extend(data.ljust(count * 512, b"\0"))
        return start if count else -2

    add("Root Entry", root)
    for number, data in big:
        entries[number][4:] = put(data), len(data)
    entries[0][4:] = put(bytes(mini)), len(mini)
    mini_start = put(struct.pack(f"<{len(mini_fat)}i", *mini_fat))
    packed = b"".join(
        struct.pack("<64sHBBiii16sIQQiQ", name.encode("utf-16-le"), 2 * len(name) + 2, kind, 1, -1, right, child, b"", 0, 0, 0, start, size)
        for name, kind, right, child, start, size in entries
    )
    directory = put(packed)
    count = -(-len(fat) // 127)
    at = len(fat)
    fat.extend([-3] * count)
    sectors.extend(struct.pack(f"<{count * 128}i", *fat, *[-1] * (count * 128 - len(fat))))
    difat = [*range(at, at + count)]
    header = struct.pack(
        "<8s16sHHHHH6sIIiIIiIiI109i", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"", 0, count, directory, 0, 4096,
        mini_start, -(-len(mini_fat) // 128), -2, 0, *difat, *[-1] * (109 - count),
    )  # fmt: skip
    return header + bytes(sectors)


def properties(mail: bytes) -> dict[int, str | bytes]:
    """The texts of a mail as Outlook has them, and its header as it came."""
    parsed = message_from_bytes(mail, policy=policy.default)
    values: dict[int, str | bytes] = {0x007D: mail.partition(b"\n\n")[0].decode("ascii").replace("\n", "\r\n"), 0x0037: parsed["subject"]}
    for part in parsed.walk():
        if part.get_content_type() == "text/plain":
            values[0x1000] = part.get_content()
        elif part.get_content_type() == "text/html":
            values[0x1013] = part.get_content().encode("utf-8")
    return values


def ticks(sent: datetime) -> int:
    return int((sent - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10**7


def storage(values: dict[int, str | bytes | int | datetime], header: int = 32, **more) -> dict:
    fixed = bytes(header)
    streams = {}
    for name, value in values.items():
        if isinstance(value, datetime):
            fixed += struct.pack("<HHIQ", 0x0040, name, 6, ticks(value))
        elif isinstance(value, int):
            fixed += struct.pack("<HHIQ", 0x0003, name, 6, value)
        else:
            kind = 0x001F if isinstance(value, str) else 0x0102 if name in {0x1013, 0x1009} else 0x001E
            streams[f"__substg1.0_{name:04X}{kind:04X}"] = value.encode("utf-16-le") if isinstance(value, str) else value
    return {"__properties_version1.0": fixed, **streams, **more}


def tnef(values: dict[int, str | bytes | datetime]) -> bytes:
    packed = struct.pack("<I", len(values) + 1) + struct.pack("<HH16sIII", 0x0003, 0x8001, bytes(16), 0, 7, 1)
    for name, value in values.items():
        if isinstance(value, datetime):
            packed += struct.pack("<HHQ", 0x0040, name, ticks(value))
            continue
        data = value.encode("utf-16-le") + b"\0\0" if isinstance(value, str) else value
        packed += struct.pack("<HHII", 0x001F if isinstance(value, str) else 0x0102, name, 1, len(data)) + data + bytes(-len(data) % 4)
    return struct.pack("<IH", 0x223E9F78, 1) + struct.pack("<BII", 1, 0x00069003, len(packed)) + packed + b"\0\0"


def numbered(pattern: str, contents) -> dict[str, bytes]:
    return {pattern % number: content for number, content in enumerate(contents, 1)}


TAKEOUT = b"From 1791@xxx Tue Mar 03 12:00:00 +0000 2026\n"
GMAIL = b"X-GM-THRID: 1791\nX-Gmail-Labels: Inbox\n"
MOZILLA = b"X-Mozilla-Status: 0001\nX-Mozilla-Status2: 00000000\n"
DELETED = b"X-Mozilla-Status: 0009\nX-Mozilla-Status2: 00000000\n"
THUNDERBIRD = box(b"Subject: gone\n\n1\n", fields=DELETED) + box(*map(quoted, MAILS), fields=MOZILLA)
CRLF = [mail.replace(b"\n", b"\r\n") for mail in MAILS]
MSF = b'// <!-- <mdb:mork:z v="1.4"/> -->\n'

# Name -> the files of a mailbox that holds MAILS in their order; or one file.
DIALECTS: dict[str, dict[str, bytes]] = {
    "mboxo": {"in.mbox": box(*[mail.replace(b"\nFrom ", b"\n>From ") for mail in MAILS])},
    "mboxrd": {"in.mbox": mbox(*MAILS)},
    "mboxcl": {"in.mbox": box(*[counted(quoted(mail)) for mail in MAILS])},
    "mboxcl2": {"in.mbox": box(*map(counted, MAILS))},
    "mbox with CRLF": {"in.mbox": mbox(*MAILS).replace(b"\n", b"\r\n")},
    "Takeout": {"All mail Including Spam and Trash.mbox": box(*map(quoted, MAILS), fields=GMAIL, line=TAKEOUT).replace(b"\n", b"\r\n")},
    "Thunderbird": {"Inbox": THUNDERBIRD, "Inbox.msf": MSF, "Trash": b"", "Trash.msf": MSF, "filterlog.html": b"<html><p>Order 1"},
    "Thunderbird sbd": {"Shop": b"", "Shop.msf": MSF, "Shop.sbd/2026.03": mbox(*MAILS), "Shop.sbd/2026.03.msf": MSF},
    "Thunderbird maildir": {**numbered("Inbox/cur/%d.eml", MAILS), "Inbox/tmp/4.eml": PLAIN},
    "Apple mbox": {"Shop.mbox/mbox": mbox(*MAILS), "Shop.mbox/table_of_contents": bytes(range(256))},
    "Apple emlx": {**numbered("Shop.mbox/Messages/%d.emlx", map(emlx, MAILS)), "Shop.mbox/Attachments/2/2/page.html": b"<html><p>1"},
    "Apple partial emlx": numbered("Shop.mbox/0A-1B/Data/Messages/%d.partial.emlx", map(emlx, MAILS)),
    "Apple emlx with CRLF": numbered("%d.emlx", map(emlx, CRLF)),
    "emlx with a wrong count": numbered("%d.emlx", [emlx(mail).replace(b"\n", b"\r\n") for mail in MAILS]),
    "Maildir": {**numbered("Maildir/cur/170946%d.M5P8.host.example,S=2:2,S", MAILS), "Maildir/new/.keep": b"", "Maildir/tmp/17.M.h": PLAIN},
    "Maildir++": {
        **numbered("Maildir/.Orders.2026/cur/170946%d.M5P8.host.example,S=2:2,ST", MAILS),
        "Maildir/.Orders.2026/new/.keep": b"",
        "Maildir/.Orders.2026/tmp/170.M.h": PLAIN,
        "Maildir/.hidden/a.eml": PLAIN,
        "Maildir/cur/.keep": b"",
        "Maildir/new/.keep": b"",
    },
    "MH": {"9": MAILS[0], "10": MAILS[1], "100": MAILS[2], ",4": PLAIN, ".mh_sequences": b"cur: 9\n"},
    "single mails": numbered("%d.eml", MAILS),
    "zip of mails": {"a.zip": zipped(numbered("mails/%d.eml", MAILS))},
    "zip without suffixes": {"takeout": zipped({"Takeout/archive_browser.html": b"<html><p>1", "Takeout/Mail/All.mbox": mbox(*MAILS)})},
    "zip of a Maildir": {"a.zip": zipped({**numbered("M/.O/cur/170946%d.M5P8.h:2,S", MAILS), "M/tmp/1709461000.M5P8.host": PLAIN})},
    "zip of a zip": {"a.zip": zipped({"b.zip": zipped({"__MACOSX/._x": PLAIN, **numbered("%d", MAILS)})})},
    "tar": {"a.tar": tarred(numbered("%d.emlx", map(emlx, MAILS)))},
    "tar.gz": {"a.tgz": gzip.compress(tarred({"in.mbox": mbox(*MAILS)}))},
    "zip of a tar.gz": {"a.zip": zipped({"b.tar.gz": gzip.compress(tarred({"in.mbox": mbox(*MAILS)}))})},
    "mbox.gz": {"in.mbox.gz": gzip.compress(mbox(*MAILS))},
    "eml.gz": numbered("%d.eml.gz", map(gzip.compress, MAILS)),
    "msg": numbered("%d.msg", [compound(storage(properties(mail))) for mail in MAILS]),
    "zip of msg": {"a.zip": zipped(numbered("%d.msg", [compound(storage(properties(mail))) for mail in MAILS]))},
    "winmail.dat": numbered("%d/winmail.dat", [tnef(properties(mail)) for mail in MAILS]),
}


@pytest.fixture(params=DIALECTS)
def dialect(request, tmp_path):
    """The folder of a mailbox in one of the dialects."""
    if "msg" in request.param:
        pytest.importorskip("olefile")
    return tree(tmp_path, DIALECTS[request.param])


@pytest.fixture(scope="session")
def build():
    """What builds mailboxes, and the mails of the dialects."""
    names = (box, mbox, quoted, counted, emlx, zipped, tarred, tree, compound, storage, properties, tnef)
    return SimpleNamespace(mails=MAILS, line=LINE, **{function.__name__: function for function in names})
