"""A process of its own that checks signatures, so that the interpreter is free for whoever takes operations in.

A second thread has to wait for the interpreter after each signature, and hardly gets it while the first is at work.
What is written to the process: for each batch four bytes with its length, then a MessagePack list of (public key,
signature, message). What comes back: one byte for each, 1 when the signature holds. It ends when nobody can write any
more, however the program ended that began it.
"""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import IO

import msgspec

Signed = tuple[bytes, bytes, bytes]
"""Public key, signature and message."""

_LENGTH = 4
_batch = msgspec.msgpack.Decoder(list[Signed]).decode


class Checker:
    """A process that checks signatures, batch after batch.

    Raises:
        OSError: there is none to be had.
    """

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - ourselves, and nothing from outside on the line
            [sys.executable, "-P", "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        self._thread = ThreadPoolExecutor(1, "signatures")

    def begin(self, some: Sequence[Signed]) -> Future[bytes | None]:
        """Have these checked.

        Returns:
            One byte for each, 1 when the signature holds; `None` when the process is gone: then check them yourself.
        """
        packed = msgspec.msgpack.encode(some)
        return self._thread.submit(self._ask, packed, len(some))

    def close(self) -> None:
        """End the process."""
        self._thread.shutdown(wait=True, cancel_futures=True)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait()

    def _ask(self, packed: bytes, count: int) -> bytes | None:
        given, found = self._process.stdin, self._process.stdout
        if given is None or found is None:
            return None
        try:
            given.write(len(packed).to_bytes(_LENGTH, "big"))
            given.write(packed)
            given.flush()
            said = found.read(count)
        except (OSError, ValueError):  # it is gone, or we are ending
            return None
        return said if len(said) == count else None


@cache
def checker() -> Checker | None:
    """The process of this program, begun at the first call; `None` where there is no use in one, or none to be had."""
    if (os.cpu_count() or 1) < 2 or getattr(sys, "frozen", False) or not sys.executable:
        return None
    try:
        made = Checker()
    except OSError:
        return None
    atexit.register(made.close)
    return made


if hasattr(os, "register_at_fork"):  # a forked process would share the pipes
    os.register_at_fork(after_in_child=checker.cache_clear)


def answer(given: IO[bytes], found: IO[bytes]) -> None:
    """Check what comes until nothing comes any more."""
    from gemba.store.device import verify

    while len(length := given.read(_LENGTH)) == _LENGTH:
        packed = given.read(int.from_bytes(length, "big"))
        found.write(bytes([verify(*one) for one in _batch(packed)]))
        found.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever presses Ctrl+C means the program that waits for us
    answer(sys.stdin.buffer, sys.stdout.buffer)
