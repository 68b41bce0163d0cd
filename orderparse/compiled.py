"""Compiled knowledge: what the package's own files say, in one file that is read at once.

Reading hundreds of files, writing out the endings of fifty languages and folding every phrase takes some seconds. The file
``compiled.bin`` says of which content it was made; made of another, it is not used. Names and sizes of the files are
compared at each start, their content only where one was written after the compiled file. Layout: the trie of the phrases,
which is not read but mapped into memory; what else JSON would be slower for: the numbers of the phrases, the trie of their first words,
meanings and rows, a line each; a JSON text, which tells the sizes of these; its own length in four bytes.
"""

from __future__ import annotations

import json
import mmap
import os
import sys
from array import array
from collections.abc import Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, overload
from zlib import adler32, crc32

from marisa_trie import Trie

from orderparse.languages.vocabulary import Phrase, Vocabulary
from orderparse.text.phrases import Phrases, Row, Stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FILE = Path(__file__).with_name("compiled.bin")
_FORM = b"8"  # of this file; another number makes older files useless
_SIZE = 4  # bytes of a length
_NUMBER: Final = "I"  # a row's number: four bytes, the lowest first
_HEAD = 64  # bytes in which the text says of what it was made
# How much later than the compiled file those that it was made of may have been written: an installation writes them in some order.
_AT_ONCE = 2 * 10**9  # nanoseconds


class _Rows(Sequence[Row[Phrase]]):
    """Rows that are made when they are asked for: a mail meets some hundred of ten thousand."""

    def __init__(self, rows: list[str], meanings: list[str]) -> None:
        self._rows = rows  # "0:12,13;1:44": layers with the numbers of their meanings
        self._meanings = meanings  # the fields of a phrase, parted by tabs
        self._made: dict[int, Row[Phrase]] = {}

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> Row[Phrase]: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row[Phrase]]: ...
    def __getitem__(self, index: int | slice) -> Row[Phrase] | list[Row[Phrase]]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        row = self._made.get(index)
        if row is None:
            layers = (written.partition(":")[::2] for written in self._rows[index].split(";"))
            row = tuple(
                (int(layer), tuple(Phrase(*self._meanings[int(at)].split("\t")) for at in told.split(","))) for layer, told in layers
            )
            self._made[index] = row
        return row


def digest(folders: Iterable[Path]) -> str:
    """What tells one content of the folders' files from any other."""
    sums = crc32(_FORM), adler32(_FORM)  # two sums: nobody deceives himself, and no library for cryptography is loaded
    for folder in folders:
        # Hundreds of files at each start: pathlib takes thrice as long, and file objects half as long again.
        for name in sorted(entry for entry in os.listdir(folder) if entry.endswith(".toml")):  # noqa: PTH208
            file = os.open(f"{folder}{os.sep}{name}", os.O_RDONLY | getattr(os, "O_BINARY", 0))
            try:
                size = os.fstat(file).st_size
                content = b"%b\0%d\0%b" % (name.encode(), size, os.read(file, size))
            finally:
                os.close(file)
            sums = crc32(content, sums[0]), adler32(content, sums[1])
    return "".join(f"{one:08x}" for one in sums)


def listing(folders: Iterable[Path]) -> tuple[str, int]:
    """What tells the names and sizes of the folders' files from any other, and when the newest was written, in nanoseconds."""
    told = crc32(_FORM)
    newest = 0
    for folder in folders:
        with os.scandir(folder) as entries:
            found = sorted((entry.name, entry.stat()) for entry in entries if entry.name.endswith(".toml"))
        for name, stat in found:
            told = crc32(b"%b\0%d\0" % (name.encode(), stat.st_size), told)
            newest = max(newest, stat.st_mtime_ns)
    return f"{told:08x}", newest


class Compiled(NamedTuple):
    """What the files say: ``tables`` are those of single files, by folder and file name without ``.toml``."""

    phrases: Phrases[Phrase]
    vocabulary: Vocabulary
    tables: Mapping[str, Mapping[str, Mapping[str, Any]]]


def write(path: Path, folders: Sequence[Path], what: Compiled) -> None:
    """Write what the files of these folders say.

    Raises:
        OSError: The file cannot be written.

    """
    stored = what.phrases.stored
    meanings = {meaning: None for row in stored.rows for _, told in row for meaning in told}
    number = {meaning: at for at, meaning in enumerate(meanings)}
    numbers = array(_NUMBER, stored.numbers)
    if sys.byteorder == "big":
        numbers.byteswap()
    lists = (
        "\n".join("\t".join(meaning) for meaning in meanings),
        "\n".join(";".join(f"{layer}:{','.join(str(number[meaning]) for meaning in told)}" for layer, told in row) for row in stored.rows),
    )
    parts = (stored.trie.tobytes(), numbers.tobytes(), stored.words.tobytes(), *(text.encode() for text in lists))
    table = {
        "made_of": digest(folders),
        "listing": listing(folders)[0],
        "heads": stored.heads,
        "longest": stored.longest,
        "layers": stored.layers,
        "sizes": [len(part) for part in parts],
        "vocabulary": what.vocabulary.as_json(),
        "tables": what.tables,
    }
    text = json.dumps(table, ensure_ascii=False, separators=(",", ":")).encode()
    # Another file in its place: what is mapped into the memory of a process does not change under it.
    beside = path.with_name(f"{path.name}.new")
    beside.write_bytes(b"".join((*parts, text, len(text).to_bytes(_SIZE, "little"))))
    beside.replace(path)


def read(path: Path, folders: Sequence[Path]) -> Compiled | None:
    """Read what was written; nothing if the file is not there, or was made of other content than that of these folders.

    The content is only read where a file was written after the compiled one: it takes a third of the time of all that is loaded.
    """
    try:
        with path.open("rb") as file:
            written = os.fstat(file.fileno()).st_mtime_ns
            data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError):  # none, or an empty one
        return None
    start = len(data) - _SIZE - int.from_bytes(data[-_SIZE:], "little")
    text = bytes(data[max(start, 0) : -_SIZE])
    listed, newest = listing(folders)
    head = text[:_HEAD]
    if listed.encode() not in head or (newest > written + _AT_ONCE and digest(folders).encode() not in head):
        return None
    table = json.loads(text)
    _, numbers, words, meanings, rows = (data[start:stop] for start, stop in pairwise(accumulate(table["sizes"], initial=0)))
    stored = Stored(
        trie=Trie().mmap(str(path)),  # what follows it in the file is not looked at
        numbers=numbers.cast(_NUMBER) if sys.byteorder == "little" else _swapped(numbers),
        rows=_Rows(str(rows, "utf-8").split("\n"), str(meanings, "utf-8").split("\n")),
        words=Trie().frombytes(bytes(words)),
        heads=table["heads"],
        longest=table["longest"],
        layers=table["layers"],
    )
    return Compiled(Phrases(stored), Vocabulary.from_json(table["vocabulary"]), table["tables"])


def _swapped(numbers: memoryview) -> Sequence[int]:
    own = array(_NUMBER, numbers.tobytes())
    own.byteswap()
    return own
