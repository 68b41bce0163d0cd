"""Compiled knowledge: what the package's own files say, in one file that is read at once.

Reading hundreds of files, writing out the endings of fifty languages and folding every phrase takes some seconds. The file
``compiled.bin`` says of which content it was made; made of another, it is not used. Layout: the length of a
JSON text in four bytes, the text, then what JSON would be slower for, of sizes that it tells: meanings and rows, a line
each, the trie of the first words, the numbers of the phrases, their trie.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, overload
from zlib import adler32, crc32

from orderparse.languages.vocabulary import Phrase, Vocabulary
from orderparse.text.phrases import Phrases, Row, Stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FILE = Path(__file__).with_name("compiled.bin")
_FORM = b"5"  # of this file; another number makes older files useless
_SIZE = 4  # bytes of a length


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


class Compiled(NamedTuple):
    """What the files say: ``tables`` are those of single files, by folder and file name without ``.toml``."""

    phrases: Phrases[Phrase]
    vocabulary: Vocabulary
    tables: Mapping[str, Mapping[str, Mapping[str, Any]]]


def write(path: Path, made_of: str, what: Compiled) -> None:
    """Write what content with this digest says.

    Raises:
        OSError: The file cannot be written.

    """
    stored = what.phrases.stored
    meanings = {meaning: None for row in stored.rows for _, told in row for meaning in told}
    number = {meaning: at for at, meaning in enumerate(meanings)}
    lists = (
        "\n".join("\t".join(meaning) for meaning in meanings),
        "\n".join(";".join(f"{layer}:{','.join(str(number[meaning]) for meaning in told)}" for layer, told in row) for row in stored.rows),
    )
    parts = (*(text.encode() for text in lists), stored.words, stored.numbers, stored.trie)
    table = {
        "made_of": made_of,
        "heads": stored.heads,
        "longest": stored.longest,
        "layers": stored.layers,
        "sizes": [len(part) for part in parts],
        "vocabulary": what.vocabulary.as_json(),
        "tables": what.tables,
    }
    text = json.dumps(table, ensure_ascii=False, separators=(",", ":")).encode()
    path.write_bytes(b"".join((len(text).to_bytes(_SIZE, "little"), text, *parts)))


def read(path: Path, made_of: str) -> Compiled | None:
    """Read what was written; nothing if the file is not there or was made of other content."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    end = _SIZE + int.from_bytes(data[:_SIZE], "little")
    if made_of.encode() not in data[_SIZE : _SIZE + 64]:
        return None
    table = json.loads(data[_SIZE:end])
    ends = [*accumulate(table["sizes"], initial=end)]
    meanings, told, words, numbers, trie = (data[start:stop] for start, stop in pairwise(ends))
    stored = Stored(
        trie=trie,
        numbers=numbers,
        rows=_Rows(told.decode().split("\n"), meanings.decode().split("\n")),
        words=words,
        heads=table["heads"],
        longest=table["longest"],
        layers=table["layers"],
    )
    return Compiled(Phrases(stored), Vocabulary.from_json(table["vocabulary"]), table["tables"])
