"""What a worker notes can be read while it is written."""

import multiprocessing
import time

import pytest

from orderparse import workers
from orderparse.worker import Note

pytestmark = pytest.mark.skipif(not workers.available(), reason="this system has no fork")


def test_a_note_that_is_read_while_it_is_written_never_says_that_an_item_was_begun_long_ago():
    note, started = Note(), time.monotonic()

    def begin_again_and_again():
        for count in range(1, 1 << 30):
            note.begin(count)

    writer = multiprocessing.get_context("fork").Process(target=begin_again_and_again, daemon=True)
    writer.start()
    last = 0
    try:
        for _ in range(200_000):
            count, moment = note.read()
            assert count >= last
            assert not count or moment >= started
            last = count
    finally:
        writer.kill()
        writer.join()
        note.close()
    assert last > 0
