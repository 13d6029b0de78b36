"""The index of complaints holds no word that no complaint says any more."""

from __future__ import annotations

from sqlalchemy import text
from tests.work.complaint_records import put_complaint

from gemba.domain.complaints import Complaint
from gemba.store import search_index
from gemba.work.erase import erase


def kept(desk) -> bytes:
    with desk.reader() as reader:
        return b"".join(reader.connection.scalars(text("SELECT block FROM complaint_search_data")))


def found(desk, words) -> int:
    with desk.reader() as reader:
        asked = search_index.condition(reader.connection, "complaint", search_index.column("id"), words)
        return reader.connection.scalar(
            text(f"SELECT count(*) FROM complaint WHERE {asked.compile(compile_kwargs={'literal_binds': True})}")
        )


def test_what_was_said_once_and_what_was_erased_is_nowhere_in_the_index(desk) -> None:
    for number in range(40):  # so that the index has pages of others, too
        put_complaint(desk, words=f"common words number{number} quiet")
    once = put_complaint(desk, words="qqaardvarkish was here").uid
    assert b"ardvark" in kept(desk)
    with desk.unit() as unit:
        unit.change(Complaint, once, words="qqbumblebeeish came after")
    assert b"ardvark" not in kept(desk)
    assert found(desk, "qqbumblebeeish") == 1
    erase(desk, "complaint", once, "asked for")
    assert b"mblebee" not in kept(desk)
    assert found(desk, "qqbumblebeeish") == 0
    assert found(desk, "common") == 40
