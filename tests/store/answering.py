"""Run by `test_power_cut`: for each line on its input, one child that answers questions until it is killed.

Everything is imported once and children are forked, so that a child costs milliseconds.
Output: `pid N` when a child begins, `kept N` after the N-th answer is committed, `dead` when the child is gone.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from uuid_utils import uuid7

from gemba.domain.assessments import Answer, answer_uid
from gemba.domain.evidence import Evidence
from gemba.store import opening
from gemba.store.opening import Store

QUESTIONS = 40


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def answer(store: Store, person: str, assessment: str, count: int) -> None:
    path = f"/data/q{count % QUESTIONS}"
    uid = answer_uid(assessment, path)
    photo = store.evidence.keep(f"photo {count}".encode()) if count % 7 == 0 else None
    with store.unit(person) as unit:
        if unit.get(Answer, uid) is None:
            unit.put(Answer(uid=uid, assessment=assessment, path=path, value=str(count)))
        else:
            unit.change(Answer, uid, value=str(count))
        if photo:
            unit.put(
                Evidence(
                    uid=str(uuid7()),
                    assessment=assessment,
                    path=path,
                    sha256=photo[0],
                    name="photo.jpg",
                    media_type="image/jpeg",
                    size=photo[1],
                    added_at=datetime.now(UTC),
                    person=person,
                )
            )


def child(folder: Path, person: str, assessment: str, count: int) -> None:
    say(f"pid {os.getpid()}")
    store = opening.open_store(folder, bytes(range(32)), clock=lambda: datetime.now(UTC), reserve=0)
    while True:
        count += 1
        answer(store, person, assessment, count)
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
