"""Looks a workbook through in a process of its own, which can be called off and does not make a window wait.

pyxform needs up to half a minute for a large form and never asks whether anybody still waits.
`python -m gemba.forms.apart FOLDER` is the other side; a program in one file is called with `CALLED` before the folder.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

import msgspec

from gemba import wording
from gemba.errors import GembaError, Refusal, Trouble
from gemba.forms.inspecting import Inspection, inspect

CALLED = "--look-through-workbook"
_GLANCE = 0.05
"""Seconds between two looks at how far the other process is."""


class _Request(msgspec.Struct):
    source: bytes
    name: str
    files: dict[str, bytes]
    language: str


class _Answer(msgspec.Struct):
    inspection: Inspection | None = None
    code: str = ""
    facts: dict[str, str | int] = {}


def inspect_apart(
    source: bytes, name: str, files: Mapping[str, bytes] | None = None, stage: Callable[[str], object] = lambda _: None
) -> Inspection:
    """As `gemba.forms.inspecting.inspect`, in another process.

    Args:
        source: bytes of the workbook.
        name: its file name.
        files: lists that stand beside it, by file name.
        stage: told again and again, in words, what is being done; what it raises ends the other process.

    Raises:
        Refusal: the file is no workbook at all.
        Trouble: forms.process_ended, when the other process fell over.
    """
    with TemporaryDirectory(prefix="gemba-") as made, TemporaryFile() as asked, TemporaryFile() as answered:
        asked.write(msgspec.msgpack.encode(_Request(source, name, dict(files or {}), wording.language())))
        asked.seek(0)
        nowhere = subprocess.DEVNULL
        process = subprocess.Popen([*_command(), made], stdin=asked, stdout=answered, stderr=nowhere)  # noqa: S603 - our own program
        try:
            _wait(process, Path(made), stage)
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
        answered.seek(0)
        return _answer(answered.read(), name)


def _wait(process: subprocess.Popen[bytes], folder: Path, stage: Callable[[str], object]) -> None:
    words = ""
    while process.poll() is None:
        file = folder / "stage"
        words = file.read_text("utf-8") if file.exists() else words
        stage(words)
        time.sleep(_GLANCE)


def _answer(said: bytes, name: str) -> Inspection:
    if not said:
        raise Trouble("forms.process_ended", file=name)
    answer = msgspec.msgpack.decode(said, type=_Answer)
    if answer.inspection is None:
        raise Refusal(answer.code, **answer.facts)
    return answer.inspection


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, CALLED]
    return [sys.executable, "-m", "gemba.forms.apart"]


def main(folder: Path) -> int:
    """Answer the request on the input; gives the exit code.

    What is being done is told in `folder`. Request and answer never stand in a file that has a name: a workbook may
    say what only its organisation shall know.
    """
    with os.fdopen(0, "rb", closefd=False) as asked:  # a window without a console has no `sys.stdin`
        request = msgspec.msgpack.decode(asked.read(), type=_Request)
    answering = os.dup(1)
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a device, no file
        os.dup2(nowhere.fileno(), 1)  # whatever a library prints is no answer
    wording.use(request.language)
    try:
        found = inspect(request.source, request.name, request.files, lambda words: _tell(folder, words))
        answer = _Answer(found)
    except GembaError as error:
        facts = {key: value if isinstance(value, int | str) else str(value) for key, value in error.facts.items()}
        answer = _Answer(None, error.code, facts)
    with os.fdopen(answering, "wb") as out:
        out.write(msgspec.msgpack.encode(answer))
    return 0


def _tell(folder: Path, words: str) -> None:
    file = folder / "next"
    file.write_text(words, "utf-8")
    file.replace(folder / "stage")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
