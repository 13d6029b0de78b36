"""An open store finds out what other programs write into it, and does not take its own writing for theirs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.store.conftest import KEY, Records, Time

from gemba.domain.change import Change
from gemba.domain.people import Person
from gemba.errors import Trouble
from gemba.store import opening, other_programs
from gemba.store.opening import Store

pytestmark = pytest.mark.on_both
NOTHING = Change()


@pytest.fixture
def beside(store: Store, folder: Path, time: Time) -> Iterator[Store]:
    """The same store, opened by another program, and looked at once by the first."""
    opened = opening.open_store(folder, KEY, clock=time, reserve=0)
    assert store.written_by_others() == NOTHING
    yield opened
    opened.close()


def write(store: Store, records: Records) -> str:
    """A record that nothing else names; its uid."""
    with store.unit(records.person.uid) as unit:
        unit.put(Person(uid=(uid := records.uid()), name="Somebody"))
    return uid


def test_nobody_writes_and_nothing_is_told(store: Store, beside: Store) -> None:
    assert [store.written_by_others() for _ in range(3)] == [NOTHING] * 3


def test_what_we_write_is_not_told(store: Store, beside: Store, records: Records) -> None:
    write(store, records)
    assert store.written_by_others() == NOTHING
    write(store, records)
    write(store, records)
    assert store.written_by_others() == NOTHING


def test_what_another_program_writes_is_told_once(store: Store, beside: Store, records: Records) -> None:
    draft = records.begin(beside)
    finding = records.finding(beside, draft)
    told = store.written_by_others()
    assert {"finding", "assessment", "pack"} <= told.topics
    assert {draft.uid, finding.uid} <= told.uids
    assert store.written_by_others() == NOTHING


def test_what_both_write_in_turn_is_told(store: Store, beside: Store, records: Records) -> None:
    write(store, records)
    theirs = write(beside, records)
    write(store, records)
    assert theirs in store.written_by_others().uids
    assert store.written_by_others() == NOTHING


def test_each_of_two_hears_the_other(store: Store, beside: Store, records: Records) -> None:
    beside.written_by_others()
    mine, theirs = write(store, records), write(beside, records)
    assert theirs in store.written_by_others().uids
    assert mine in beside.written_by_others().uids


def test_what_stands_in_no_journal_is_told_as_what_travels(store: Store, beside: Store) -> None:
    with beside.unit("") as unit:
        unit.set_setting("held", 7)
    assert store.written_by_others().topics == {"pack"}


def test_of_very_many_records_only_the_nouns_are_told(
    store: Store, beside: Store, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(other_programs, "_MANY", 3)
    records.finding(beside, records.begin(beside))
    told = store.written_by_others()
    assert (told.uids, "finding" in told.topics) == (frozenset(), True)


def test_while_we_write_ourselves_it_is_told_afterwards(store: Store, beside: Store, records: Records) -> None:
    theirs = write(beside, records)
    with store.unit("") as unit:
        unit.set_setting("held", 7)
        told = store.written_by_others()
    after = store.written_by_others()
    assert theirs in told.uids | after.uids
    assert (told == NOTHING) != (after == NOTHING), "it is told once"


def test_a_store_that_is_closed_and_opened_anew_goes_on_listening(
    store: Store, beside: Store, records: Records, folder: Path, time: Time
) -> None:
    store.forget()
    with pytest.raises(Trouble, match=r"store\.forgotten"):
        store.written_by_others()
    store.take_up(opening.open_store(folder, KEY, clock=time, reserve=0))
    assert store.written_by_others() == NOTHING
    store.written_by_others()
    theirs = write(beside, records)
    assert theirs in store.written_by_others().uids


def test_a_line_that_was_cut_is_laid_anew(store: Store, beside: Store, records: Records, kind: str) -> None:
    if kind == "postgres":
        end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        with store.reader() as reader:
            reader.connection.exec_driver_sql(f"{end} AND pid <> pg_backend_pid()").all()
    theirs = write(beside, records)
    assert theirs in store.written_by_others().uids
    store.written_by_others()
    assert store.written_by_others() == NOTHING
    theirs = write(beside, records)
    assert theirs in store.written_by_others().uids
