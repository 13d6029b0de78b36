"""Bytes that go from one thread to another: nobody waits for ever when the other has left."""

from __future__ import annotations

import threading

import pytest

from gemba.packs.streams import AT_ONCE, Handed


def test_what_is_written_comes_out_in_order():
    handed, pieces = Handed(), [bytes([number]) * (AT_ONCE // 3) for number in range(20)]

    def write() -> None:
        for piece in pieces:
            handed.write(piece)
        handed.end()

    thread = threading.Thread(target=write)
    thread.start()
    assert b"".join(handed) == b"".join(pieces)
    thread.join()


@pytest.mark.parametrize("drawn", [0, 1, 3])
def test_whoever_writes_is_told_each_time_that_nobody_draws_any_more(drawn):
    """What encrypts may flush what it still holds after it was told once: it must be told again, not wait."""
    handed, told = Handed(), []

    def write() -> None:
        while len(told) < 5:
            try:
                handed.write(b"x" * AT_ONCE)
            except BrokenPipeError:
                told.append(True)

    thread = threading.Thread(target=write, daemon=True)
    thread.start()
    pieces = iter(handed)
    for _ in range(drawn):
        assert len(next(pieces)) == AT_ONCE
    handed.leave()
    thread.join(timeout=60)
    assert not thread.is_alive()
    assert len(told) == 5
