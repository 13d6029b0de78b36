"""Answers, seals, exports and backs up, and goes on after each failure that comes as a sentence.

Run as: shaky_worker.py STORE KEY ASSESSMENT ROUNDS. Says `kept N` for each answer, `told CODE` for each failure.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable
from ctypes import c_char_p, c_float, c_int, c_uint, c_void_p
from pathlib import Path

import argon2.low_level  # all that is loaded late is loaded now: this is about the store's files
import openpyxl
import PIL.Image
import pyrage
import reportlab.platypus
from tests.faults.scene import now, uid

from gemba.domain.people import Person
from gemba.errors import GembaError
from gemba.store import opening
from gemba.wording import sentence
from gemba.work import backups, conduct
from gemba.work.desk import Desk
from gemba.work.export_answers import ExportChoice, export_answers
from gemba.work.issue_report import assessment_report
from gemba.work.send_pack import seal
from gemba.work.shelf import Shelf

LOADED = (argon2.low_level, openpyxl, PIL.Image, pyrage, reportlab.platypus)


def say(line: str) -> None:
    """One line, until it is out."""
    data = f"{line}\n".encode()
    for _ in range(1000):
        try:
            done = os.write(1, data)
        except OSError:
            continue
        data = data[done:]
        if not data:
            return


def told(deed: Callable[[], object]) -> bool:
    """True when a deed did well; a failure that has a sentence is told."""
    try:
        deed()
    except GembaError as error:
        sentence(error)
        say(f"told {error.code}")
        return False
    return True


def main() -> None:
    """Go on until it is enough."""
    folder, key, audit, rounds = Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    out = folder.parent / "out"
    desk = None
    for _ in range(50):
        try:
            store = opening.open_store(folder, key, clock=now, reserve=0)
            with store.reader() as reader:
                person = reader.find(Person)[0]
        except GembaError as error:
            say(f"told {error.code}")
            continue
        desk = Desk(store=store, person=person, clock=now, ids=uid, shelf=Shelf())
        break
    if desk is None:
        return
    _begin_failing()
    for number in range(1, rounds + 1):
        value = str(number)
        if told(lambda: conduct.answer(desk, audit, f"/data/q{number}", value)):  # noqa: B023 - used at once
            say(f"kept {number}")
        told(lambda: conduct.note(desk, audit, "/data/long", "x" * 20_000))
        if number % 6 == 0:
            told(lambda: seal(desk))
        if number % 10 == 0:
            told(lambda: export_answers(desk, [audit], out / f"{number}.xlsx", ExportChoice()))  # noqa: B023
            told(lambda: assessment_report(desk, audit, out / f"{number}.pdf"))  # noqa: B023
        if number % 15 == 0:
            told(lambda: backups.make(desk))


def _begin_failing() -> None:
    """From now on some calls to the system fail, if that is wished: libfiu is there, as `fiu-run` has loaded it."""
    share = os.environ.get("GEMBA_SHAKY")
    if share:
        library = ctypes.CDLL("libfiu.so.0")
        library.fiu_enable_random.argtypes = [c_char_p, c_int, c_void_p, c_uint, c_float]
        assert library.fiu_enable_random(b"posix/io/*", 1, None, 0, float(share)) == 0


if __name__ == "__main__":
    try:
        main()
        os._exit(0)
    except BaseException:  # noqa: BLE001 - told as what it is: a failure without a sentence
        import traceback

        traceback.print_exc()
        sys.stderr.write("untold\n")
        os._exit(1)
