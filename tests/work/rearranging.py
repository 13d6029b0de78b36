"""Run by `test_rearrange`: moves the first of three people to the end, again and again, until it is killed.

Output: `ready` once the store is open, then `moved` after each move that was committed.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from uuid_utils import uuid7

from gemba.domain.people import Person
from gemba.store import keys, opening
from gemba.work.desk import Desk
from gemba.work.rearrange import move
from gemba.work.shelf import Shelf


def main() -> None:
    folder, assessment, repeat = Path(sys.argv[1]), sys.argv[2], sys.argv[3]

    def now() -> datetime:
        return datetime.now(UTC)

    store = opening.open_store(folder, keys.find_key(folder, passphrase=None), clock=now, reserve=0)
    with store.reader() as reader:
        person = reader.find(Person)[0]
    desk = Desk(store=store, person=person, clock=now, ids=lambda: str(uuid7()), shelf=Shelf())
    os.write(1, b"ready\n")
    while True:
        move(desk, assessment, repeat, 1, 3)
        os.write(1, b"moved\n")


if __name__ == "__main__":
    main()
