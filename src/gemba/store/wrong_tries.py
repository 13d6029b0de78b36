"""Wrong passphrases cost a growing wait, however often the program is started and whatever the clock is set to.

`wrong-tries.json` beside the keys counts them. The wait is measured with the system's running time, which nobody
sets: since a try at running time b at least `now - b` has passed, or, if the machine was started again since, at
least `now`. So a wait may become longer by a restart, and never shorter.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from math import ceil
from pathlib import Path

import msgspec

from gemba.durable import written
from gemba.errors import Trouble

FILE = "wrong-tries.json"
FREE = 3
"""Slips of the finger that cost nothing."""
_FIRST, _LONGEST = 5, 900
"""Seconds of the first wait, which doubles, and of the longest."""
_DOUBLINGS = 16
"""More of them change nothing: the longest wait is reached long before."""
_MOST = 2**31
"""Tries that no hand makes, and seconds that no machine runs; a file that tells of more is damaged."""
_WRONG = "store.wrong_passphrase"


class _Tries(msgspec.Struct, frozen=True):
    wrong: int = 0
    at: float = 0.0
    """Running time of the machine at the last of them, in seconds."""


def wait_after(wrong: int) -> int:
    """Seconds to wait after so many wrong passphrases."""
    return 0 if wrong < FREE else min(_FIRST * 2 ** min(wrong - FREE, _DOUBLINGS), _LONGEST)


@contextmanager
def counted(folder: Path) -> Iterator[None]:
    """One try at a passphrase: a wrong one is counted, a right one ends the count.

    Raises:
        Trouble: `store.wait_first` before the wait is over; `store.wrong_passphrase`, or
            `store.wrong_passphrase_wait` from the third on.
    """
    tries = _read(folder)
    left = _left(tries)
    if left > 0:
        raise Trouble("store.wait_first", wrong=tries.wrong, seconds=left)
    try:
        yield
    except Trouble as trouble:
        if trouble.code != _WRONG:
            raise
        wrong = tries.wrong + 1
        _write(folder, _Tries(wrong, time.monotonic()))
        if wait_after(wrong):
            raise Trouble("store.wrong_passphrase_wait", wrong=wrong, seconds=wait_after(wrong)) from trouble
        raise
    if tries.wrong:
        forget(folder)


def forget(folder: Path) -> None:
    """End the count: the store has another passphrase, or whoever waits has proved in another way who they are."""
    (folder / FILE).unlink(missing_ok=True)


def _left(tries: _Tries) -> int:
    """Whole seconds that are still to be waited."""
    now = time.monotonic()
    passed = now - tries.at if now >= tries.at else now
    return max(0, ceil(wait_after(tries.wrong) - passed))


def _read(folder: Path) -> _Tries:
    try:
        tries = msgspec.json.decode((folder / FILE).read_bytes(), type=_Tries)
    except (OSError, msgspec.MsgspecError):
        return _Tries()
    return tries if 0 <= tries.wrong < _MOST and 0 <= tries.at < _MOST else _Tries()


def _write(folder: Path, tries: _Tries) -> None:
    """Keep the count; where nothing can be written the passphrase is still wrong, and that is what is said."""
    with suppress(OSError), written(folder / FILE) as out:
        out.write(msgspec.json.encode(tries))
