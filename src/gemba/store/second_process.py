"""A process of its own that reads lines of packs and checks signatures, beside the program that takes them in.

A second thread would have to wait for the interpreter after each signature, and hardly get it while the first is at
work. What goes to the process: a byte that says what is asked, four with a length, then MessagePack of so many bytes.
What comes back: four bytes with a length, and MessagePack. The process ends when nobody can write to it any more,
however the program ended that began it; whoever asks does the work himself when the process is gone.
"""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from threading import Lock
from typing import IO, TYPE_CHECKING

import msgspec

from gemba.errors import Refusal
from gemba.store.uncollected import uncollected

if TYPE_CHECKING:
    from gemba.store.operations import Operation

Signed = tuple[bytes, bytes, bytes]
"""Public key, signature and message."""
_LENGTH = 4
_READ, _VERIFY = b"r", b"v"
_MANY = 2000
"""From so many operations in one program on, another process is worth its beginning."""
_BEHIND = 5
"""Steps of priority below the program's."""
_UNDER_WAY = 2
"""Questions: the next lies there when one is answered, however busy the program is then."""
_PATIENCE = 3
"""Processes that may go before we do everything ourselves."""

_lines = msgspec.msgpack.Decoder(tuple[list[bytes], dict[str, bytes]]).decode
_signed = msgspec.msgpack.Decoder(list[Signed]).decode


class SecondProcess:
    """The other process, as the program knows it.

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
        self._threads = ThreadPoolExecutor(_UNDER_WAY, "second-process")
        self._giving, self._hearing = Lock(), Lock()
        self.is_gone = False
        """True once it did not answer."""

    def begin_to_read(self, lines: Sequence[bytes], keys: Mapping[str, bytes]) -> Future[bytes | None]:
        """Have lines read, and signatures of the devices checked whose keys are given; see `operations_in`."""
        return self._threads.submit(self._ask, _READ, msgspec.msgpack.encode((lines, dict(keys))))

    def begin_to_verify(self, some: Sequence[Signed]) -> Future[bytes | None]:
        """Have signatures checked: one byte for each, 1 when it holds; `None` when you have to do it yourself."""
        return self._threads.submit(self._ask, _VERIFY, msgspec.msgpack.encode(some), len(some))

    def close(self) -> None:
        """End the process. Of one that is gone all questions are answered first: everybody does his own work."""
        self._threads.shutdown(wait=True, cancel_futures=not self.is_gone)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):  # what was to be written to one that is gone
                    pipe.close()
        self._process.wait()

    def _ask(self, what: bytes, packed: bytes, size: int | None = None) -> bytes | None:
        said = self._exchange(what, packed)
        length = int.from_bytes(said[:_LENGTH], "big")
        if len(said) <= _LENGTH or len(said) != _LENGTH + (length if size is None else size):
            self.is_gone = True
        return None if self.is_gone else said[_LENGTH:]

    def _exchange(self, what: bytes, packed: bytes) -> bytes:
        """Ask, and hear what is said: the length and so many bytes; fewer when the process is gone.

        Answers come in the order of the questions, so who has asked takes his place to hear before the next may ask.
        """
        given, found = self._process.stdin, self._process.stdout
        if given is None or found is None:
            return b""
        try:
            with self._giving:
                given.write(what + len(packed).to_bytes(_LENGTH, "big") + packed)
                given.flush()
                self._hearing.acquire()
            try:
                length = found.read(_LENGTH)
                return length + found.read(int.from_bytes(length, "big"))
            finally:
                self._hearing.release()
        except (OSError, ValueError):  # it is gone, or we are ending
            return b""


def operations_in(said: bytes | None) -> list[Operation] | None:
    """What the process read; `None` when it could not, and one has to read oneself, be it to see what is wrong."""
    return None if said is None else _operations()(said)


@cache
def _operations() -> Callable[[bytes], list[Operation] | None]:
    from gemba.store.operations import Operation

    return msgspec.msgpack.Decoder(list[Operation] | None).decode


class _Met:
    """What this program has met."""

    operations = 0
    deaths = 0
    """Times that the other process has gone."""


def second_process(operations: int) -> SecondProcess | None:
    """The other process of this program, begun once it has met many operations; `None` where there is none.

    Args:
        operations: how many more have come.
    """
    _Met.operations += operations
    found = _second_process() if _Met.operations > _MANY and _Met.deaths < _PATIENCE else None
    if found is None or not found.is_gone:
        return found
    _Met.deaths += 1
    _second_process.cache_clear()
    found.close()
    return second_process(0)


@cache
def _second_process() -> SecondProcess | None:
    if (os.cpu_count() or 1) < 2 or getattr(sys, "frozen", False) or not sys.executable:
        return None
    try:
        made = SecondProcess()
    except OSError:
        return None
    atexit.register(made.close)
    return made


if hasattr(os, "register_at_fork"):  # a forked process would share the pipes
    os.register_at_fork(after_in_child=_second_process.cache_clear)


def answer(given: IO[bytes], found: IO[bytes]) -> None:
    """Do what is asked until nothing is asked any more."""
    while len(asked := given.read(1 + _LENGTH)) == 1 + _LENGTH:
        packed = given.read(int.from_bytes(asked[1:], "big"))
        with uncollected():
            said = _read(packed) if asked[:1] == _READ else _verify(packed)
        found.write(len(said).to_bytes(_LENGTH, "big") + said)
        found.flush()


def read_proven(lines: Sequence[bytes], keys: Mapping[str, bytes]) -> list[Operation]:
    """The operations of lines, each with the key of its device when its signature holds by that.

    Args:
        lines: the very bytes of lines of a pack.
        keys: public keys by device id; none when signatures are looked at by somebody else.

    Raises:
        Refusal: `store.bad_operation`.
    """
    from gemba.store.device import verify
    from gemba.store.operation_lines import read
    from gemba.store.operations import signed

    found = [read(line) for line in lines]
    if not keys:
        return found
    for at, one in enumerate(found):
        key = keys.get(one.header.device, b"")
        if key and verify(key, one.signature, signed(one.header_bytes)):
            found[at] = msgspec.structs.replace(one, proven_by=key)
    return found


def _read(packed: bytes) -> bytes:
    lines, keys = _lines(packed)
    try:
        return msgspec.msgpack.encode(read_proven(lines, keys))
    except Refusal:
        return msgspec.msgpack.encode(None)  # the program will see for itself, and say what is wrong


def _verify(packed: bytes) -> bytes:
    from gemba.store.device import verify

    return bytes([verify(*one) for one in _signed(packed)])


def _warm_up() -> None:
    """Fetch what the first question will need, while nobody waits for an answer yet."""
    import gemba.store.device
    import gemba.store.operation_lines  # noqa: F401 - to have it


def _make_way() -> None:
    """Let the program go first: it holds the transaction that others wait for, and what is read here is read ahead."""
    if hasattr(os, "nice"):
        os.nice(_BEHIND)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever presses Ctrl+C means the program that waits for us
    _make_way()
    _warm_up()
    answer(sys.stdin.buffer, sys.stdout.buffer)
