"""A process of its own that reads a large file, so that the interpreter is free for whoever writes the rows.

The process is given a `Conversion` and the file's name. What comes back: for each frame a letter, four bytes with its
length, and a MessagePack `Frame` (F); at the end the conversion as it is then (C), or what went wrong (E).
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import suppress
from pathlib import Path
from queue import Full, Queue
from threading import Event, Thread
from typing import IO

import msgspec

from gemba.errors import GembaError, Refusal, Trouble
from gemba.work.intake_conversion import Conversion, Frame

LARGE = 20_000
"""Records for which a process is worth its start."""
_AHEAD = 6
"""Frames that may be ready before they are used."""

Piece = tuple[bytes, bytes]
_END = (b"", b"")


def converted(conversion: Conversion, path: Path, expected: int) -> Generator[Frame | Conversion, None, None]:
    """The frames of a file, and then the conversion with what it has gathered.

    Args:
        conversion: what is to be done.
        path: the file.
        expected: records, roughly.

    Raises:
        Refusal: the file cannot be read to its end.
        Trouble: a file cannot be read or written.
    """
    if expected >= LARGE and not conversion.needs_store:
        try:
            process = _begin(conversion, path)
        except OSError:
            pass  # none is to be had; it takes longer
        else:
            yield from _from_process(process)
            return
    yield from conversion.frames(path)
    yield conversion


def _begin(conversion: Conversion, path: Path) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(  # noqa: S603 - ourselves, and nothing from outside on the line
        [sys.executable, "-P", "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert process.stdin is not None
    with suppress(BrokenPipeError), process.stdin as given:
        pickle.dump((conversion, path), given)
    return process


def _from_process(process: subprocess.Popen[bytes]) -> Iterator[Frame | Conversion]:
    pieces, stopped = Queue[Piece](_AHEAD), Event()
    thread = Thread(target=_fetch, args=(process, pieces, stopped), name="import", daemon=True)
    thread.start()
    try:
        while (piece := pieces.get()) != _END:
            letter, body = piece
            if letter == b"E":
                is_refusal, code, facts = msgspec.msgpack.decode(body)
                raise (Refusal if is_refusal else Trouble)(code, **facts)
            if letter == b"C":
                conversion: Conversion = pickle.loads(body)  # noqa: S301 - from the process that we began
                yield conversion
                return
            yield msgspec.msgpack.decode(body, type=Frame)
        raise Trouble("work.intake_stopped")
    finally:
        stopped.set()
        process.kill()
        process.wait()
        thread.join()
        if process.stdout is not None:
            process.stdout.close()


def _fetch(process: subprocess.Popen[bytes], pieces: Queue[Piece], stopped: Event) -> None:
    """Fetch what the process says, a little ahead of who needs it."""
    assert process.stdout is not None
    piece = _read(process.stdout)
    while not stopped.is_set():
        with suppress(Full):
            pieces.put(piece, timeout=0.2)
            if piece == _END:
                return
            piece = _read(process.stdout)


def _read(source: IO[bytes]) -> Piece:
    head = source.read(5)
    if len(head) < 5:
        return _END
    body = source.read(int.from_bytes(head[1:], "big"))
    return head[:1], body


def _write(out: IO[bytes], letter: bytes, body: bytes) -> None:
    out.write(letter + len(body).to_bytes(4, "big") + body)
    out.flush()


def _serve(source: IO[bytes], out: IO[bytes]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who began us ends us
    conversion, path = pickle.load(source)  # noqa: S301 - from the process that began us
    try:
        for frame in conversion.frames(path):
            _write(out, b"F", msgspec.msgpack.encode(frame))
        _write(out, b"C", pickle.dumps(conversion))
    except GembaError as error:
        said = (isinstance(error, Refusal), error.code, error.facts)
        _write(out, b"E", msgspec.msgpack.encode(said))


if __name__ == "__main__":
    with suppress(BrokenPipeError):
        _serve(sys.stdin.buffer, sys.stdout.buffer)
