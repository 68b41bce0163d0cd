"""Fuzz targets for ``parse`` and for the readers of mailboxes: any bytes, and the laws that hold for all of them.

``python tests/fuzz/targets.py parse --seconds 600`` runs one with atheris (libFuzzer, guided by coverage), or with
``--plain`` by random changes alone, which is also what happens where atheris is not installed. The seeds are made from
``fixtures`` at each run. What breaks a law is kept in ``--keep DIR`` (default: the working directory) as ``crash-DIGEST``.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import importlib
import importlib.util
import io
import json
import os
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[2]
LONGEST = 600  # bytes of an input: the road takes time in step with its length
SECONDS_EACH = 10
SEPARATOR = b"From a@b.example Tue Mar  3 12:00:00 2026\n"
WORDS = [
    *(b"From: ", b"Subject: ", b"Date: Sun, 1 Mar 2026 12:00:00 +0100\n", b"Message-ID: <1@x.example>\n", b"Content-Length: 12\n", b"\n\n", b"\r\n", b"\n--b\n", b"\n--b--\n"),
    *(b"Content-Type: text/html; charset=utf-8\n", b"Content-Type: multipart/mixed; boundary=b\n", b"Content-Type: message/rfc822\n", b"charset=utf-16"),
    *(b"Content-Transfer-Encoding: base64\n", b"Content-Transfer-Encoding: quoted-printable\n", b"=?utf-8?b?w6U=?=", b"=?utf-8?q?=E5?=", b"=\n", b"=3D", b"\xff\xfe", b"\x00", b"\xef\xbb\xbf"),
    *(b"Order number: 48213", b"Tracking number: RB123456785SE", b"Ordernummer", b"Total: 1.299,00 EUR", b"05/06/2026", b"\xe2\x80\xae", b"\xd9\xa4\xd9\xa8", b"9" * 40),
    *(b"<table><tr><td>", b"</td>", b"</table>", b"<a href='https://x.example/?orderId=48213'>", b"<p hidden>", b"<style>.a{display:none}</style>", b"</html>", b"<!--", b"&#x202e;"),
    *(b'<script type="application/ld+json">{"@type":"Order","orderNumber":"48213"}</script>', b'"@graph":[', b"1e999", b"NaN", b"> ", b"-----Original Message-----\n"),
    *(SEPARATOR, b">From ", b"X-Mozilla-Status: 0008\n", b"PK\x03\x04", b"\x1f\x8b\x08\x00", b"BZh9", b"\xfd7zXZ\x00", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x78\x9f\x3e\x22", b"{\\rtf1"),
]  # fmt: skip


def seeds() -> list[bytes]:
    """Beginnings and pieces of all fixtures, none longer than an input."""
    found = []
    for path in sorted((ROOT / "fixtures").rglob("*")):
        if path.suffix in {".eml", ".html", ".txt"} and path.is_file():
            data = path.read_bytes()
            body = data.find(b"\n\n") + 2
            found += [data[:LONGEST], data[: LONGEST // 4] + b"\n\n" + data[body : body + LONGEST // 2]]
    return found


def mailbox_seeds() -> list[bytes]:
    """The same as mailboxes and archives."""
    found = []
    for place, mail in enumerate(seeds()):
        short = mail[: LONGEST // 3]
        box = SEPARATOR + short + b"\n\n" + SEPARATOR + b"Subject: b\n\n>From x\n"
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)[place % 2]) as archive:
            archive.writestr("a.mbox", box)
        found += [box, (gzip.compress(box), file.getvalue(), box.replace(b"\n", b"\r\n"))[place % 3]]
    return found


def parse_any(data: bytes) -> None:
    """A mail gives a record that is strict JSON, and each value stands where it is said to."""
    import orderparse
    from orderparse.outputs import csv_table, jsonl, records_from_json, records_json

    reading = orderparse.parse(data)
    assert reading.status == "ok", reading.defects
    for finding in (*reading.order_numbers, *reading.tracking_numbers, *reading.dates, *reading.amounts, *reading.identifiers):
        assert 0 <= finding.confidence <= 1
        assert finding.span is None or reading.text[finding.span.slice] == finding.text
    exact = json.dumps(records_json.of_reading(reading, exact=True))
    assert records_json.of_reading(records_from_json.reading(json.loads(exact)), exact=True) == json.loads(exact)
    file = io.StringIO()
    jsonl.write([reading], file)
    csv_table.write_orders(orderparse.consolidate([reading]), file)
    assert not any(char in "\x00\x1b\x9b\u2028\u202e" for char in file.getvalue())
    file.getvalue().encode()


def mailbox(data: bytes) -> None:
    """A mailbox gives the same mails from memory, from a file and from a stream; what it cannot read is told, never raised."""
    from orderparse.errors import MailboxError
    from orderparse.mail import contents, mailboxes

    whole = list(mailboxes.split(data, "in"))
    assert whole == list(mailboxes.split(contents.FileContent(io.BytesIO(data)), "in"))
    assert len({mail.source for mail in whole}) == len(whole)
    assert sum(len(mail.data) for mail in whole) <= len(data)
    try:
        found = list(mailboxes.from_stream(io.BytesIO(data), "in", on_error=lambda *_: None))
    except MailboxError:
        return
    assert all(isinstance(mail.data, bytes) for mail in found)


TARGETS = {"parse": (parse_any, seeds), "mailbox": (mailbox, mailbox_seeds)}


def changed(rng: Random, known: list[bytes]) -> bytes:
    """A seed after some random changes: bits, cuts, repeats, words, pieces of another seed."""
    data = bytearray(rng.choice(known))
    for _ in range(rng.choice((1, 2, 4, 8))):
        at = rng.randrange(len(data) + 1)
        match rng.randrange(7):
            case 0 if data:
                data[at % len(data)] = rng.randrange(256)
            case 1:
                del data[at : at + rng.randrange(1, 40)]
            case 2:
                data[at:at] = data[at : at + rng.randrange(1, 60)] * rng.choice((1, 1, 3, 20))
            case 3:
                other = rng.choice(known)
                begin = rng.randrange(len(other) + 1)
                data[at : at + rng.randrange(60)] = other[begin : begin + rng.randrange(1, 120)]
            case _:
                data[at:at] = rng.choice(WORDS)
    return bytes(data[:LONGEST])


def kept(data: bytes, folder: Path) -> Path:
    """Where an input that broke a law is kept."""
    path = folder / f"crash-{hashlib.sha1(data).hexdigest()}"
    path.write_bytes(data)
    return path


def run_plain(name: str, *, runs: int, seconds: float, seed: int = 0, keep: Path | None = None) -> int:
    """Try random changes until there were so many, or the time is over; give how many there were."""
    target, make = TARGETS[name]
    rng, known = Random(seed), make()
    until = time.monotonic() + seconds
    for done in range(runs):
        if time.monotonic() > until:
            return done
        data = changed(rng, known)
        try:
            target(data)
        except Exception as error:
            if keep is not None:
                error.add_note(f"kept as {kept(data, keep)}")
            error.add_note(f"the input was {data!r}")
            raise
    return runs


def run_guided(name: str, *, runs: int, seconds: float, seed: int, keep: Path) -> None:
    """Hand over to libFuzzer, which ends the process."""
    import atheris

    target, make = TARGETS[name]
    package = ROOT / "orderparse"
    modules = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in sorted(package.rglob("*.py")) if path.stem[0] != "_"]
    with atheris.instrument_imports(include=["orderparse"]):
        for module in modules:
            if not module.startswith(("orderparse.training", "orderparse.outputs.report", "orderparse.outputs.parquet")):
                importlib.import_module(module)
    corpus = Path(tempfile.mkdtemp(prefix="orderparse-seeds-"))
    for place, data in enumerate(make()):
        (corpus / f"{place:05}").write_bytes(data)
    words = corpus.with_suffix(".dict")
    words.write_text("".join('"' + "".join(f"\\x{byte:02x}" for byte in word) + '"\n' for word in WORDS))
    limits = [f"-runs={runs}", f"-max_total_time={int(seconds)}", f"-max_len={LONGEST}", f"-timeout={SECONDS_EACH}", f"-seed={seed + 1}"]
    more = [f"-dict={words}", f"-artifact_prefix={keep}{os.sep}", "-rss_limit_mb=3000", "-print_final_stats=1", "-verbosity=1"]
    atheris.Setup([sys.argv[0], *limits, *more, str(corpus)], target)
    atheris.Fuzz()


def main() -> None:
    """Run a target as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", choices=list(TARGETS))
    parser.add_argument("--seconds", type=float, default=90)
    parser.add_argument("--runs", type=int, default=1_000_000_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--keep", type=Path, default=Path())
    args = parser.parse_args()
    if args.plain or importlib.util.find_spec("atheris") is None:
        done = run_plain(args.target, runs=args.runs, seconds=args.seconds, seed=args.seed, keep=args.keep)
        print(f"{done} executions, no law broken")
    else:
        run_guided(args.target, runs=args.runs, seconds=args.seconds, seed=args.seed, keep=args.keep)


if __name__ == "__main__":
    main()
