"""Each kind of planted damage is found, and nothing is found where there is none."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import text

from gemba.domain.evidence import Evidence
from gemba.domain.places import Place
from gemba.domain.templates import Template
from gemba.errors import Trouble
from gemba.store import connecting, journal
from gemba.store.checking import check
from gemba.wording import sentence


@pytest.fixture
def full(store, records):
    """A store with a bit of everything, whole."""
    for name in ("source", "xform"):
        sha256, _ = store.evidence.keep(name.encode())
        records.template = type(records.template)(
            **{**{f: getattr(records.template, f) for f in records.template.__struct_fields__}, name: sha256}
        )
    draft = records.begin(store)
    uid = records.answer(store, draft, "/data/a", "1")
    records.answer(store, draft, "/data/a", "2")
    finding = records.finding(store, draft)
    sha256, size = store.evidence.keep(b"a photo")
    with store.unit(records.person.uid) as unit:
        unit.put(
            Evidence(
                uid=records.uid(),
                assessment=draft.uid,
                finding=finding.uid,
                sha256=sha256,
                name="a.jpg",
                media_type="image/jpeg",
                size=size,
                added_at=records.time(),
                person=records.person.uid,
            )
        )
        unit.change(Place, records.place.uid, name="Site South")
    assert check(store) == []
    numbers = f"{finding.number} in {draft.number}"
    store.known = {"answer": uid, "photo": sha256, "finding": finding.uid, "numbers": numbers}
    return store


def plant(store, *statements):
    """Change the database behind the program's back."""
    connection = connecting.connect(store.folder / "gemba.db", store.key)
    connection.execute("PRAGMA foreign_keys=OFF")
    for statement in statements:
        connection.execute(statement)
    connection.close()


LAST = "(SELECT max(id) FROM operation)"
PLANTED = {
    "a changed row": (["UPDATE answer SET value = 'better'"], "store.row_differs"),
    "a changed number": (["UPDATE assessment SET score = 100"], "store.row_differs"),
    "a row taken out": (["DELETE FROM answer"], "store.row_missing"),
    "a row smuggled in": (
        ["INSERT INTO person(uid, name, role) VALUES('01a1fbf1-79f6-759a-b9d5-f2129aa76d85', 'Nobody', 'auditor')"],
        "store.row_unfounded",
    ),
    "a missing operation": (["DELETE FROM operation WHERE seq = 6"], "store.operation_missing"),
    "the last operation missing": ([f"DELETE FROM operation WHERE id = {LAST}"], "store.operation_missing"),
    "all operations missing": (["DELETE FROM operation"], "store.operation_missing"),
    "a flipped payload": (
        ["UPDATE operation SET personal = CAST(replace(personal, '\"2\"', '\"3\"') AS BLOB) WHERE seq = 6"],
        "store.operation_altered",
    ),
    "a payload that is none": (["UPDATE operation SET payload = x'7b' WHERE seq = 6"], "store.operation_altered"),
    "a forged signature": (
        [f"UPDATE operation SET signature = zeroblob(64) WHERE id = {LAST}"],
        "store.operation_altered",
    ),
    "another signer": (["UPDATE signer SET public_key = zeroblob(32)"], "store.operation_altered"),
    "a header that is none": ([f"UPDATE operation SET header = '{{}}' WHERE id = {LAST}"], "store.operation_altered"),
    "a changed column": ([f"UPDATE operation SET person = 'x' WHERE id = {LAST}"], "store.operation_altered"),
    "a wrong head": (
        ["UPDATE head SET operation = (SELECT uid FROM operation WHERE seq = 1) WHERE fields = '[\"value\"]'"],
        "store.heads_differ",
    ),
    "a head taken out": (["DELETE FROM head WHERE fields = '[\"value\"]'"], "store.heads_differ"),
    "a head of nothing": (["INSERT INTO head VALUES('x', 'place', 'y', '[]')"], "store.heads_differ"),
    "a parent taken out": (
        ["DELETE FROM edge WHERE child = (SELECT uid FROM operation WHERE seq = 6)"],
        "store.parents_differ",
    ),
    "a parent too many": (["INSERT INTO edge VALUES('x', 'y', 'z')"], "store.parents_differ"),
    "a parent that is gone": (["DELETE FROM operation WHERE seq = 5"], "store.parent_missing"),
    "an orphan": (["UPDATE finding SET place = 'nowhere'"], "store.orphan"),
    "one that waits in vain": (
        ["INSERT INTO waiting SELECT uid, (SELECT uid FROM place) FROM operation WHERE seq = 6"],
        "store.waits_in_vain",
    ),
    "a stale search index": (["INSERT INTO finding_search(finding_search) VALUES('delete-all')"], "store.search_stale"),
    "a search index that tells other words": (
        [
            "INSERT INTO place_search(place_search) VALUES('delete-all')",
            "INSERT INTO place_search(rowid, name) VALUES(1, 'x')",
        ],
        "store.search_stale",
    ),
    "a pack that was taken in and is not all there": (
        ["INSERT INTO taken_in VALUES('s', 'd', '0001-00000000', 1, 3, '2026-01-01 00:00:00.000000', NULL)"],
        "store.operation_missing",
    ),
}


@pytest.mark.parametrize("name", PLANTED)
def test_planted_damage_is_found(full, name) -> None:
    statements, code = PLANTED[name]
    plant(full, *statements)
    found = check(full)
    assert code in {problem.code for problem in found}
    for problem in found:
        assert "?" not in sentence(problem.error).removeprefix("The latest changes of ?")


def test_a_missing_file_is_found(full) -> None:
    next((full.folder / "evidence").glob(f"??/{full.known['photo']}.age")).unlink()
    (problem,) = check(full)
    assert (problem.code, problem.facts["sha256"]) == ("store.evidence_missing", full.known["photo"])
    assert sentence(problem.error).startswith(f"a.jpg of {full.known['numbers']} (kept file")


def test_one_flipped_bit_in_a_file_is_found(full) -> None:
    file = next((full.folder / "evidence").glob(f"??/{full.known['photo']}.age"))
    data = bytearray(file.read_bytes())
    data[-5] ^= 1
    file.write_bytes(data)
    (problem,) = check(full)
    assert problem.code == "store.evidence_damaged"
    assert sentence(problem.error).startswith(f"a.jpg of {full.known['numbers']} (kept file")
    with pytest.raises(Trouble) as met:
        full.evidence.read(full.known["photo"])
    assert sentence(met.value) == sentence(problem.error)
    assert check(full, files=False) == []


def test_a_damaged_file_of_a_checklist_is_told_by_its_name(full) -> None:
    with full.reader() as reader:
        template = reader.find(Template)[0]
    full.evidence.forget(template.source)
    (problem,) = check(full)
    assert sentence(problem.error).startswith(f"{template.source_name} of the checklist {template.title}")


def test_what_an_auditor_kept_for_a_judgement_is_not_named(full, records) -> None:
    with full.unit(records.person.uid) as unit:
        photo = unit.find(Evidence)[0]
        unit.change(Evidence, photo.uid, subject=f"judgement:{records.uid()}", finding=None)
    full.evidence.forget(full.known["photo"])
    (problem,) = check(full)
    assert "a.jpg" not in sentence(problem.error)


def test_a_file_that_cannot_be_read_is_not_called_damaged(full) -> None:
    file = next((full.folder / "evidence").glob(f"??/{full.known['photo']}.age"))
    file.unlink()
    file.mkdir()  # what is there gives nothing to read, whoever asks
    with pytest.raises(Trouble, match=r"store\.evidence_unreadable"):
        full.evidence.read(full.known["photo"])
    unreadable = [problem for problem in check(full) if problem.code == "store.evidence_unreadable"]
    assert ["a.jpg" in sentence(problem.error) for problem in unreadable] == [True]


def test_a_file_under_another_name_is_found(full) -> None:
    other, _ = full.evidence.keep(b"another photo")
    photo = next((full.folder / "evidence").glob(f"??/{full.known['photo']}.age"))
    photo.write_bytes(next((full.folder / "evidence").glob(f"??/{other}.age")).read_bytes())
    assert [problem.code for problem in check(full)] == ["store.evidence_damaged"]


def test_one_flipped_bit_in_the_database_is_found(full, folder, key, time) -> None:
    from gemba.store.opening import open_store

    full.close()
    file = folder / "gemba.db"
    data = bytearray(file.read_bytes())
    data[20 * 4096 + 100] ^= 1
    file.write_bytes(data)
    again = open_store(folder, key, clock=time, reserve=0)
    assert "store.page_damaged" in {problem.code for problem in check(again)}
    again.close()


def test_checking_changes_nothing_and_tells_its_steps(full) -> None:
    with full.reader() as reader:
        before = list(journal.since(reader, full.device.epoch, 1, 99))
    steps: list[str] = []
    assert check(full, steps.append) == []
    assert steps == ["database", "references", "operations", "sequence", "parents", "records", "files"]
    with full.reader() as reader:
        assert list(journal.since(reader, full.device.epoch, 1, 99)) == before
        assert reader.connection.scalar(text("SELECT count(*) FROM place_search WHERE place_search MATCH 'south'")) == 1
    assert json.loads(before[0])["header"]["seq"] == 1


def test_words_that_were_written_often_since_the_last_check_are_no_damage(store, records) -> None:
    person, place = records.person.uid, Place(uid=records.uid(), name="Hill")
    with store.unit(person) as unit:
        unit.put(place)
    for number in range(48):  # so often that the index merges its segments, which the reader still remembers
        with store.unit(person) as unit:
            unit.change(Place, place.uid, name=f"Hill {number}")
        if number % 3 == 0:
            assert not check(store)


def test_damage_is_told_once_and_without_the_words_of_libraries(full, folder, key, time) -> None:
    from gemba.store.opening import open_store

    with full.reader() as reader:
        page = reader.connection.scalar(text("SELECT rootpage FROM sqlite_master WHERE name = 'operation'"))
    full.close()
    data = bytearray((folder / "gemba.db").read_bytes())
    data[(page - 1) * 4096 + 100] ^= 1
    (folder / "gemba.db").write_bytes(data)
    again = open_store(folder, key, clock=time, reserve=0)
    found = check(again)
    again.close()
    told = [sentence(problem.error) for problem in found]
    assert told
    assert len(told) == len(set(told))
    assert not any("sqlalche" in words or "SELECT" in words or "\n" in words or len(words) > 300 for words in told)
