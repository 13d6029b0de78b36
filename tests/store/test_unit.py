from __future__ import annotations

import pytest
from sqlalchemy import event

from gemba.domain.assessments import Answer, Assessment, answer_uid
from gemba.domain.findings import Finding
from gemba.domain.people import Person
from gemba.domain.places import Place
from gemba.errors import Refusal
from gemba.store import journal
from gemba.store.checking import check

pytestmark = pytest.mark.on_both


def _lines(store, first=1, last=10_000):
    with store.reader() as reader:
        return list(journal.since(reader, store.device.epoch, first, last))


def _write_and_fail(store, records, draft):
    with store.unit(records.person.uid) as unit:
        unit.change(Assessment, draft.uid, title="Lost")
        unit.number(Finding)
        unit.set_setting("person", "x")
        raise ZeroDivisionError


def test_a_record_reads_back_as_it_was_put(store, records) -> None:
    draft = records.begin(store)
    with store.reader() as reader:
        assert reader.get(Assessment, draft.uid) == draft
        assert reader.find(Place) == [records.place]
        assert reader.find(Assessment, place=records.place.uid, state="draft") == [draft]
        assert reader.get(Person, draft.uid) is None


def test_each_change_is_one_operation_with_what_changed(store, records) -> None:
    draft = records.begin(store)
    before = len(_lines(store))
    with store.unit(records.person.uid) as unit:
        changed = unit.change(Assessment, draft.uid, title="Evening walk", score=81.5)
    assert (changed.title, changed.score) == ("Evening walk", 81.5)
    (line,) = _lines(store)[before:]
    assert b'"set":{"score":81.5,"title":"Evening walk"}' in line


def test_a_change_that_changes_nothing_is_no_operation(store, records) -> None:
    draft = records.begin(store)
    before = _lines(store)
    with store.unit(records.person.uid) as unit:
        unit.change(Assessment, draft.uid, title=draft.title)
    assert _lines(store) == before


def test_an_exception_undoes_records_operations_numbers_and_settings(store, records) -> None:
    draft = records.begin(store)
    before = _lines(store)
    with pytest.raises(ZeroDivisionError):
        _write_and_fail(store, records, draft)
    assert _lines(store) == before
    with store.unit(records.person.uid) as unit:
        assert unit.number(Finding).endswith("-0001")
        assert unit.setting("person") is None
        assert unit.get(Assessment, draft.uid) == draft
    assert check(store, files=False) == []


def test_numbers_have_no_gaps_and_name_the_device(store, records) -> None:
    records.begin(store)
    with store.unit(records.person.uid) as unit:
        numbers = [unit.number(Assessment) for _ in range(3)]
    assert numbers == [f"A-{store.device.code}-{n:04d}" for n in (2, 3, 4)]


def test_putting_twice_is_refused(store, records) -> None:
    records.begin(store)
    with pytest.raises(Refusal, match=r"store\.exists"), store.unit(records.person.uid) as unit:
        unit.put(records.place)


def test_a_record_that_names_an_unknown_one_is_refused_and_leaves_nothing(store, records) -> None:
    draft = records.begin(store)
    with pytest.raises(Refusal, match=r"store\.unknown_record"), store.unit(records.person.uid) as unit:
        unit.change(Assessment, draft.uid, place=records.uid())
    with pytest.raises(Refusal, match=r"store\.unknown_record"), store.unit(records.person.uid) as unit:
        unit.change(Assessment, records.uid(), title="x")
    assert check(store, files=False) == []


@pytest.mark.parametrize("text", ["nul \0", "half \ud83d"])
def test_text_that_no_pack_can_carry_is_refused(store, records, text) -> None:
    draft = records.begin(store)
    with pytest.raises(Refusal, match=r"store\.bad_text"), store.unit(records.person.uid) as unit:
        unit.change(Assessment, draft.uid, title=text)


def test_a_change_tells_topics_and_records(store, records) -> None:
    draft = records.begin(store)
    with store.unit(records.person.uid) as unit:
        uid = answer_uid(draft.uid, "/data/a")
        unit.put(Answer(uid=uid, assessment=draft.uid, path="/data/a", value="1"))
        change = unit.change_made(uid)
    assert change.topics == {"answer"}
    assert change.uids == {uid}
    assert change.uid == uid


def test_settings_stay_here(store, records) -> None:
    with store.unit(records.uid()) as unit:
        unit.set_setting("language", "el")
        unit.set_setting("language", {"ui": "de"})
    with store.reader() as reader:
        assert reader.setting("language") == {"ui": "de"}
    assert _lines(store) == []


def test_a_reader_sees_one_moment(store, records) -> None:
    draft = records.begin(store)
    with store.reader() as reader:
        assert reader.get(Assessment, draft.uid) == draft
        records.answer(store, draft, "/data/a", "1")
        with store.unit(records.person.uid) as unit:
            unit.change(Assessment, draft.uid, title="Later")
        assert reader.get(Assessment, draft.uid) == draft
        assert reader.find(Answer) == []


def test_units_of_two_programs_take_turns(store, folder, key, time, records) -> None:
    from gemba.store.opening import open_store

    draft = records.begin(store)
    other = open_store(folder, key, clock=time, reserve=0)
    for n in range(5):
        records.answer(store, draft, f"/data/a{n}", "1")
        records.answer(other, draft, f"/data/b{n}", "2")
    other.close()
    assert check(store, files=False) == []
    with store.reader() as reader:
        assert len(reader.find(Answer)) == 10


def test_a_refusal_that_is_caught_leaves_the_rest_of_the_unit_sound(store, records) -> None:
    draft = records.begin(store)
    with store.unit(records.person.uid) as unit:
        with pytest.raises(Refusal):
            unit.change(Assessment, draft.uid, place=records.uid())
        with pytest.raises(Refusal):
            unit.change(Assessment, draft.uid, title="\0")
        with pytest.raises(Refusal):
            unit.put(Place(uid=records.uid(), name="x", parent=records.uid()))
        unit.change(Assessment, draft.uid, title="Kept")
    assert check(store, files=False) == []
    with store.reader() as reader:
        assert reader.get(Assessment, draft.uid).title == "Kept"
        assert len(reader.find(Place)) == 1


def test_a_unit_within_a_unit_is_a_bug_that_is_told(store, records) -> None:
    with store.unit(records.uid()), pytest.raises(RuntimeError, match="within"), store.unit(records.uid()):
        pass
    with store.unit(records.uid()) as unit:
        unit.set_setting("a", 1)


def test_threads_write_one_after_the_other_and_read_meanwhile(store, records) -> None:
    from concurrent.futures import ThreadPoolExecutor

    draft = records.begin(store)

    def work(thread: int) -> int:
        for n in range(15):
            records.answer(store, draft, f"/data/t{thread}q{n}", str(n))
            with store.reader() as reader:
                assert reader.get(Assessment, draft.uid) == draft
        return thread

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(work, range(4))) == [0, 1, 2, 3]
    with store.reader() as reader:
        assert len(reader.find(Answer)) == 60
    assert check(store, files=False) == []


def test_keeping_puts_what_is_new_and_changes_the_named_fields_of_what_is_known(store, records) -> None:
    draft = records.begin(store)
    uid = answer_uid(draft.uid, "/data/a")
    before = len(_lines(store))
    with store.unit(records.person.uid) as unit:
        first = Answer(uid=uid, assessment=draft.uid, path="/data/a", value="1", note="seen")
        assert unit.keep(first, "value") == first
        kept = unit.keep(Answer(uid=uid, assessment=draft.uid, path="/data/a", value="2"), "value", "origin")
        assert (kept.value, kept.note) == ("2", "seen")
        assert unit.get(Answer, uid) == kept
        assert unit.keep(kept) == kept  # says nothing new
        with pytest.raises(Refusal, match=r"store\.unknown_record"):
            unit.keep(Answer(uid=records.uid(), assessment=records.uid(), path="/x"))
    assert [b'"set":{"value":"2"}' in line for line in _lines(store)[before:]] == [False, True]
    assert check(store, files=False) == []


def test_many_answers_of_one_unit_read_no_record_twice(store, records) -> None:
    draft = records.begin(store)
    asked = []
    with store.unit(records.person.uid) as unit:
        event.listen(unit.connection, "before_cursor_execute", lambda *said: asked.append(said[2]))
        for value in ("1", "2"):
            for n in range(20):
                path = f"/data/q{n}"
                made = Answer(uid=answer_uid(draft.uid, path), assessment=draft.uid, path=path, value=value)
                unit.keep(made, "value")
    for table in ("answer", "head"):
        read = [said for said in asked if said.startswith("SELECT") and f"FROM {table} " in said.replace("\n", " ")]
        assert len(read) <= 21, table
    assert check(store, files=False) == []
