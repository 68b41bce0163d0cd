"""The benchmarks run: on two mails, once; and what they say of growth, memory and the order of magnitude holds."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

import orderparse
from orderparse.mail import contents, mbox
from tests.benchmarks import __main__ as benchmarks
from tests.benchmarks import corpus, growth, programs

ROOT = Path(__file__).parents[1]


def test_the_benchmark_of_the_road_runs_on_two_mails(capsys: pytest.CaptureFixture[str]) -> None:
    assert benchmarks.main(["road", "growth", "--most", "2", "--rounds", "1", "--first", "1"]) == 0
    printed = capsys.readouterr().out
    for name in ("floor", "whole road", "evidence and its score", "email + BeautifulSoup", "2 well-formed mails", "links", "Measured on"):
        assert name in printed


def test_the_benchmark_of_programs_runs(tmp_path: Path) -> None:
    box = tmp_path / "small.mbox"
    count = corpus.build(box, 30_000, attached=100)
    assert programs.split(box)["count"] == count
    told = programs.read(box, 1, "order")
    assert told["workers"] > 0
    assert told["peak"] > 1


def test_tables_are_filled_in_between_their_markers() -> None:
    text = "a\n<!-- speed: road -->\nold\n<!-- /speed: road -->\nb"
    assert benchmarks._filled(text, "speed: road", "new") == "a\n<!-- speed: road -->\nnew\n<!-- /speed: road -->\nb"
    assert benchmarks._filled(text, "speed: none", "new") == text


def test_an_attachment_is_not_copied() -> None:
    data = corpus.with_attachment(4 << 20)
    orderparse.parse(data[:100_000])
    tracemalloc.start(1)
    try:
        before = tracemalloc.get_traced_memory()[0]
        tracemalloc.reset_peak()
        assert orderparse.parse(data).tracking_numbers[0].value == "CH245965875SE"
        assert tracemalloc.get_traced_memory()[1] - before < len(data)
    finally:
        tracemalloc.stop()


def test_a_mailbox_is_split_in_memory_that_does_not_grow(tmp_path: Path) -> None:
    box = tmp_path / "box.mbox"
    corpus.build(box, 12 << 20)
    with box.open("rb") as file:
        content = contents.FileContent(file)
        tracemalloc.start(1)
        try:
            sizes = [len(mail.data) for mail in mbox.split(content)]
            assert tracemalloc.get_traced_memory()[1] < (4 << 20)
        finally:
            tracemalloc.stop()
    assert sum(sizes) > 10 << 20


@pytest.mark.slow
def test_a_mail_with_a_large_attachment_is_read_within_twice_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "large.eml"
    path.write_bytes(corpus.with_attachment(25 << 20))
    size, extra = programs.attachment(path)
    assert extra <= 2 * size


@pytest.mark.slow
def test_a_mailbox_of_a_gigabyte_is_read_within_200_mib(tmp_path: Path) -> None:
    box = tmp_path / "large.mbox"
    corpus.build(box, 1 << 30, attached=400_000)
    for form in ("mail", "order"):
        assert programs.read(box, 2, form)["peak"] <= 200


@pytest.mark.slow
@pytest.mark.parametrize("name", growth.SERIES)
def test_twice_as_many_take_little_more_than_twice_the_time(name: str) -> None:
    for _ in range(3):  # noise alone does not come thrice
        worst = growth.worst(growth.of(name))
        if worst <= growth.MOST:
            return
    assert worst <= growth.MOST
