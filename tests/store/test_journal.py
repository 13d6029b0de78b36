from __future__ import annotations

import json
import random

import pytest

from gemba.domain.assessments import Answer, Assessment
from gemba.domain.evidence import Evidence
from gemba.domain.findings import Finding
from gemba.domain.nouns import NOUNS
from gemba.domain.places import Place
from gemba.errors import Refusal
from gemba.store import journal, operations, settling
from gemba.store.checking import check
from gemba.wording import sentence

pytestmark = pytest.mark.on_both


def lines_of(store, epoch=None, first=1, last=10_000):
    with store.reader() as reader:
        return [json.loads(line) for line in journal.since(reader, epoch or store.device.epoch, first, last)]


def take(store, lines, *senders):
    trusted = {one.device.id: one.device.public_key for one in senders}
    with store.unit("0" * 8 + "-0000-7000-8000-" + "0" * 12) as unit:
        return journal.merge(unit, lines, trusted=trusted)


def everything(store):
    with store.reader() as reader:
        return {name: {record.uid: record for record in reader.find(noun)} for name, noun in NOUNS.items()}


def story(store, records):
    """A walk with answers, findings and photos, in many operations."""
    draft = records.begin(store)
    for n in range(6):
        records.time.move(seconds=1)
        records.answer(store, draft, f"/data/q{n % 3}", str(n))
    finding = records.finding(store, draft)
    with store.unit(records.person.uid) as unit:
        sub = Place(uid=records.uid(), name="Aisle", parent=records.place.uid)
        unit.put(sub)
        unit.put(
            Evidence(
                uid=records.uid(),
                assessment=draft.uid,
                finding=finding.uid,
                sha256="c" * 64,
                name="a.jpg",
                media_type="image/jpeg",
                size=3,
                added_at=records.time(),
                person=records.person.uid,
            )
        )
        unit.change(Finding, finding.uid, place=sub.uid)
        unit.change(Place, records.place.uid, parent=sub.uid)  # a circle, as two offices might make one
    return draft


@pytest.mark.parametrize("seed", range(8))
def test_operations_may_come_in_any_order_and_twice(store, another, records, seed) -> None:
    story(store, records)
    lines = lines_of(store) * 2
    random.Random(seed).shuffle(lines)
    office = another("office")
    for start in range(0, len(lines), 7):
        take(office, lines[start : start + 7], store)
    assert everything(office) == everything(store)
    assert [p for p in check(office) if not p.code.startswith("store.evidence")] == []


@pytest.mark.parametrize(
    ("at_once", "heavy", "written"),
    [(1, 2**20, 10), (5, 2**20, 3), (10_000, 700, 10), (10_000, 2**20, 1), (10_000, 2**20, 4), (10_000, 2**20, 10_000)],
)
def test_it_is_the_same_however_many_are_taken_in_and_written_together(
    store, another, records, monkeypatch, at_once, heavy, written
) -> None:
    story(store, records)
    lines = lines_of(store) * 2
    random.Random(7).shuffle(lines)
    monkeypatch.setattr(journal, "_AT_ONCE", at_once)
    monkeypatch.setattr(journal, "_HEAVY", heavy)
    monkeypatch.setattr(settling, "_AT_ONCE", written)
    office = another("office")
    assert take(office, lines, store).added == len(lines) // 2
    assert everything(office) == everything(store)
    assert [p for p in check(office) if not p.code.startswith("store.evidence")] == []


@pytest.mark.parametrize("whole_first", [True, False])
def test_what_comes_once_whole_and_once_without_its_personal_part_is_whole(
    store, another, records, whole_first
) -> None:
    story(store, records)
    whole = lines_of(store)
    bare = [one | {"personal": None} if "personal" in one else one for one in whole]
    lines = [one for both in zip(whole, bare, strict=True) for one in both]
    lines = lines if whole_first else lines[::-1]
    office = another("office")
    assert take(office, lines, store).known == len(whole)
    assert everything(office) == everything(store)
    assert [p for p in check(office) if not p.code.startswith("store.evidence")] == []


def test_what_waits_for_a_record_is_kept_and_takes_part_when_it_comes(store, another, records) -> None:
    story(store, records)
    lines = lines_of(store)
    office = another("office")
    late = [line for line in lines if line["header"]["noun"] in {"place", "person", "template"}]
    early = [line for line in lines if line not in late]
    assert take(office, early, store).added == len(early)
    assert everything(office)["answer"] == {}
    assert check(office, files=False) == []
    take(office, late, store)
    assert everything(office) == everything(store)


def test_taking_in_twice_changes_nothing(store, another, records) -> None:
    story(store, records)
    office = another("office")
    first = take(office, lines_of(store), store)
    before = everything(office)
    again = take(office, lines_of(store), store)
    assert (again.added, again.known) == (0, first.added)
    assert everything(office) == before


def test_a_gap_is_named_and_closes(store, another, records) -> None:
    story(store, records)
    lines = lines_of(store)
    office = another("office")
    merged = take(office, lines[:2] + lines[5:], store)
    assert [(gap.first_seq, gap.last_seq) for gap in merged.gaps] == [(3, 5)]
    assert take(office, lines, store).gaps == ()


def test_two_who_did_not_know_of_each_other_make_a_conflict_that_a_person_settles(store, another, records) -> None:
    draft = story(store, records)
    office = another("office")
    take(office, lines_of(store), store)
    with store.unit(records.person.uid) as unit:
        unit.change(Assessment, draft.uid, title="Theirs")
    records.time.move(seconds=5)
    with office.unit(records.person.uid) as unit:
        unit.change(Assessment, draft.uid, title="Ours")
    merged = take(office, lines_of(store), store)
    take(store, lines_of(office), office)
    (conflict,) = merged.conflicts
    assert (conflict.noun, conflict.entity, conflict.field) == ("assessment", draft.uid, "title")
    assert len(conflict.operations) == 2
    assert everything(office) == everything(store)
    with office.unit(records.person.uid) as unit:
        assert unit.get(Assessment, draft.uid).title == "Ours"  # shown first; the other is not lost
        unit.change(Assessment, draft.uid, title="Ours")  # the same words, but now a decision
    take(store, lines_of(office), office)
    for one in (store, office):
        with one.reader() as reader:
            assert list(journal.conflicts(reader)) == []
        assert [p for p in check(one) if not p.code.startswith("store.evidence")] == []


def test_a_cloned_disk_is_a_fork_and_both_sides_are_kept(store, another, clone, records) -> None:
    draft = records.begin(store)
    copy = clone(store)
    records.answer(store, draft, "/data/a", "left")
    records.answer(copy, draft, "/data/a", "right")
    office = another("office")
    take(office, lines_of(store), store)
    merged = take(office, lines_of(copy), store)
    assert [fork.seq for fork in merged.forks] == [5]
    with office.reader() as reader:
        assert journal.forks(reader) == list(merged.forks)
        (answer,) = reader.find(Answer)
        assert answer.value in {"left", "right"}
        assert len(list(journal.conflicts(reader))) == 5  # each field of the answer was born twice
    assert len(lines_of_device(office, store)) == 6
    copy.close()


def lines_of_device(here, sender):
    with here.reader() as reader:
        return list(journal.since(reader, sender.device.epoch, 1, 10_000, device=sender.device.id))


def test_a_wild_clock_is_never_adopted(store, another, records) -> None:
    draft = records.begin(store)
    office = another("office")
    records.time.move(days=400)
    records.answer(store, draft, "/data/a", "from the future")
    records.time.move(days=-400)
    take(office, lines_of(store), store)
    before = records.assessment(office)
    with office.reader() as reader:
        lines = list(journal.since(reader, office.device.epoch, 1, 99))
    assert json.loads(lines[-1])["header"]["hlc"] < "019f"  # still 2026
    assert before


def _forged(lines, change):
    lines = json.loads(json.dumps(lines))
    change(lines[-1])
    return lines


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda line: line["payload"]["set"].update(value="99"), "store.bad_operation"),
        (lambda line: line["header"].update(seq=99), "store.bad_operation"),
        (lambda line: line["header"].update(extra=1), "store.bad_operation"),
        (lambda line: line["header"].update(noun="Robert'); --"), "store.bad_operation"),
        (lambda line: line.update(signature="AAAA"), "store.bad_operation"),
        (lambda line: line.update(signature="?"), "store.bad_operation"),
        (lambda line: line.pop("payload"), "store.bad_operation"),
        (lambda line: line.update(payload=None), "store.bad_operation"),
        (lambda line: line["header"].update(device="0" * 32), "store.unknown_signer"),
    ],
)
def test_what_its_device_did_not_sign_is_refused_and_nothing_is_taken_in(store, another, records, change, code) -> None:
    draft = records.begin(store)
    records.answer(store, draft, "/data/a", "1")
    office = another("office")
    lines = _forged(lines_of(store), change)
    with pytest.raises(Refusal) as refused:
        take(office, lines, store)
    assert refused.value.code == code
    assert all(not found for found in everything(office).values())
    assert check(office, files=False) == []


def _signed(store, **changes):
    """An operation that the device did sign, with anything in it."""
    values = changes.pop("values", {"name": "X"})
    noun = changes.pop("noun", "place")
    entity = changes.pop("entity", "01a1fbf1-79f6-759a-b9d5-f2129aa76d85")
    place = operations.Place(store.device.id, store.device.epoch, 1, "01a1fbf1ff3c-0000", entity)
    made = operations.make(place, noun, entity, values, changes.pop("parents", ()), store.device.sign)
    return json.loads(operations.line(made.header_bytes, made.payload, made.signature))


@pytest.mark.parametrize(
    ("operation", "code"),
    [
        ({"noun": "spaceship"}, "store.unknown_noun"),
        ({"values": {"warp": 9}}, "store.unfit_value"),
        ({"values": {"name": 9}}, "store.unfit_value"),
        ({"values": {"level": "galaxy"}}, "store.unfit_value"),
    ],
)
def test_a_signed_operation_must_still_make_sense(store, another, operation, code) -> None:
    with pytest.raises(Refusal) as refused:
        take(another("office"), [_signed(store, **operation)], store)
    assert refused.value.code == code
    assert "not as its device signed it" not in sentence(refused.value), "nobody is suspected"


def test_an_id_stands_for_one_operation(store, another, records) -> None:
    records.begin(store)
    office = another("office")
    line = lines_of(store)[0]
    twin = json.loads(json.dumps(line))
    twin["payload"]["salt"] = "0" * 32
    take(office, [line], store)
    with pytest.raises(Refusal, match=r"store\.bad_operation"):
        take(office, [twin], store)


def test_lines_are_canonical(store, records) -> None:
    import rfc8785

    story(store, records)
    with store.reader() as reader:
        for line in journal.since(reader, store.device.epoch, 1, 99):
            assert rfc8785.dumps(json.loads(line)) == line
