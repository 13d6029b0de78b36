"""Answers questions, with photos, while the recorder listens; each answer that is acknowledged is noted in `acks`.

Run as: power_worker.py STORE KEY PERSON ASSESSMENT COUNT SYNCHRONOUS ACKS
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.store.answering import add_photo, now, uid

from gemba.domain.people import Person
from gemba.store import connecting, opening
from gemba.work import conduct
from gemba.work.desk import Desk
from gemba.work.shelf import Shelf

QUESTIONS = 40


def main() -> None:
    """Answer so many questions, then end without closing anything."""
    folder, key, person, assessment, count, synchronous, acks = sys.argv[1:]
    wanted = f"PRAGMA synchronous={synchronous}"
    connecting._SETTINGS = tuple(  # type: ignore[misc]
        wanted if setting.startswith("PRAGMA synchronous") else setting for setting in connecting._SETTINGS
    )
    store = opening.open_store(Path(folder), bytes.fromhex(key), clock=now, reserve=0)
    desk = Desk(store=store, person=Person(uid=person, name="Ana"), clock=now, ids=uid, shelf=Shelf())
    told = os.open(acks, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for number in range(1, int(count) + 1):
        path = f"/data/q{number % QUESTIONS}"
        if number % 7 == 0:
            add_photo(desk, assessment, path, f"photo {number}".encode() * 50)
        conduct.answer(desk, assessment, path, str(number))
        os.write(told, f"kept {number}\n".encode())
    os._exit(0)


if __name__ == "__main__":
    main()
