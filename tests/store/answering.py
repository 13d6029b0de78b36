"""Run by `test_power_cut`: for each line on its input, one child that answers questions until it is killed.

Answers go the way of the window and the command line (`gemba.work.conduct.answer`). Everything is imported once and
children are forked, so that a child costs milliseconds.
Output: `pid N` when a child begins, `kept N` after the N-th answer is committed, `dead` when the child is gone.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from uuid_utils import uuid7

from gemba.domain.evidence import Evidence
from gemba.domain.people import Person
from gemba.store import opening
from gemba.work import conduct
from gemba.work.desk import Desk
from gemba.work.shelf import Shelf

QUESTIONS = 40


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def now() -> datetime:
    return datetime.now(UTC)


def uid() -> str:
    return str(uuid7())


def answer(desk: Desk, assessment: str, count: int) -> None:
    path = f"/data/q{count % QUESTIONS}"
    if count % 7 == 0:
        add_photo(desk, assessment, path, f"photo {count}".encode())
    conduct.answer(desk, assessment, path, str(count))


def add_photo(desk: Desk, assessment: str, path: str, data: bytes) -> None:
    """As `attach_evidence` does, without the decoding of pictures."""
    sha256, size = desk.store.evidence.keep(data)
    with desk.unit() as unit:
        unit.put(
            Evidence(
                uid=uid(),
                assessment=assessment,
                path=path,
                sha256=sha256,
                name="photo.jpg",
                media_type="image/jpeg",
                size=size,
                added_at=now(),
                person=desk.person.uid,
            )
        )


def child(folder: Path, person: str, assessment: str, count: int) -> None:
    say(f"pid {os.getpid()}")
    store = opening.open_store(folder, bytes(range(32)), clock=now, reserve=0)
    desk = Desk(store=store, person=Person(uid=person, name="Ana"), clock=now, ids=uid, shelf=Shelf())
    while True:
        count += 1
        answer(desk, assessment, count)
        say(f"kept {count}")


def main() -> None:
    folder, person, assessment = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            try:
                child(folder, person, assessment, int(line))
            finally:
                os._exit(1)
        _, status = os.waitpid(pid, 0)
        say(f"dead {os.waitstatus_to_exitcode(status)}")


if __name__ == "__main__":
    main()
