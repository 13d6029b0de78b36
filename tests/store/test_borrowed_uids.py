"""A device that signs operations under the uids of others with other nouns: honest records stay as they are."""

from __future__ import annotations

import json
import random
from typing import get_type_hints

import msgspec
import pytest
from sqlalchemy import insert, select
from tests.store.test_journal import everything, lines_of, story, take
from tests.store.test_merging import shape

from gemba.domain.assessments import Assessment, AssessmentState
from gemba.domain.nouns import NAMES, NOUNS
from gemba.errors import Refusal
from gemba.store import journal, journal_tables, operation_lines, operations
from gemba.store.checking import check

pytestmark = pytest.mark.on_both


class Forger:
    """Signs whatever it likes, with the key of an enrolled laptop."""

    def __init__(self, store, records) -> None:
        self.store = store
        self.records = records
        self.seq = 0

    def sign(self, noun, entity, values, parents=()):
        self.seq += 1
        place = operations.Place(
            self.store.device.id, self.store.device.epoch, self.seq, "0fffffffffff-0000", self.records.person.uid
        )
        made = operations.make(place, noun, entity, values, parents, self.store.device.sign)
        return json.loads(operations.line(made.header_bytes, made.payload, made.signature, made.personal))


def borrowed(forger, store, chance):
    """For every honest record: its very values, and single fields of the same names, under all other nouns."""
    parents: dict[str, list[str]] = {}
    for line in lines_of(store):
        parents.setdefault(line["header"]["entity"], []).append(line["header"]["id"])
    kept = [record for found in everything(store).values() for record in found.values()]
    for record in kept:
        for noun, kind in NOUNS.items():
            if noun == NAMES[type(record)]:
                continue
            twin = chance.choice([one for one in [*kept, None] if one is None or type(one) is kind])
            if twin is not None:
                values = msgspec.to_builtins(msgspec.structs.replace(twin, uid=record.uid))
                del values["uid"]
                yield forger.sign(noun, record.uid, values, parents[record.uid])
            if "state" in kind.__struct_fields__:
                states = kind.__annotations__["state"]
                state = "closed" if states == "str" else list(get_type_hints(kind)["state"])[-1].value
                yield forger.sign(noun, record.uid, {"state": state}, parents[record.uid])
            if "name" in kind.__struct_fields__:
                yield forger.sign(noun, record.uid, {"name": "Borrowed"})


def only(found, honest):
    return {noun: {uid: found[noun].get(uid) for uid in records} for noun, records in honest.items()}


@pytest.mark.parametrize("seed", range(4))
def test_operations_of_another_noun_leave_honest_records_as_they_were(store, another, records, seed) -> None:
    chance = random.Random(seed)
    story(store, records)
    honest = everything(store)
    hostile = another("hostile")
    lines = [*lines_of(store), *borrowed(Forger(hostile, records), store, chance)]
    seen = []
    for name in ("office", "branch"):
        office = another(name)
        chance.shuffle(lines)
        for start in range(0, len(lines), 9):
            take(office, lines[start : start + 9], store, hostile)
        assert only(everything(office), honest) == honest
        assert [p for p in check(office) if not p.code.startswith("store.evidence")] == []
        seen.append((everything(office), shape(office)))
    assert seen[0] == seen[1]


def test_a_record_that_is_only_there_under_another_noun_is_still_waited_for(store, another, records) -> None:
    """The uid of a place is borrowed by a person; what waits for the place goes on waiting."""
    story(store, records)
    hostile = another("hostile")
    lines = lines_of(store)
    late = [line for line in lines if line["header"]["entity"] == records.place.uid]
    early = [line for line in lines if line not in late]
    office = another("office")
    take(office, early, store)
    take(office, [Forger(hostile, records).sign("person", records.place.uid, {"name": "Site"})], hostile)
    assert everything(office)["assessment"] == {}
    assert check(office, files=False) == []
    take(office, late, store)
    assert everything(office)["assessment"] == everything(store)["assessment"]
    assert check(office, files=False) == []


@pytest.mark.parametrize(
    "moment", ["2026-03-02T08:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "yesterday"]
)
def test_a_moment_that_no_column_can_keep_is_refused(store, another, records, moment) -> None:
    draft = records.begin(store)
    hostile, office = another("hostile"), another("office")
    take(office, lines_of(store), store)
    line = Forger(hostile, records).sign("assessment", draft.uid, {"started_at": moment})
    with pytest.raises(Refusal, match=r"store\.unfit_value"):
        take(office, [line], hostile)
    assert everything(office) == everything(store)


def test_an_operation_that_has_seen_itself_is_refused(store, another, records) -> None:
    records.begin(store)
    hostile, office = another("hostile"), another("office")
    line = Forger(hostile, records).sign("place", records.place.uid, {"name": "X"})
    line["header"]["parents"] = [line["header"]["id"]]
    with pytest.raises(Refusal, match=r"store\.bad_operation"):
        take(office, [line], hostile)


def test_a_senseless_value_that_is_here_already_is_passed_over_and_told(store, records, another) -> None:
    """As a program that knew other states may have left it."""
    draft = records.begin(store)
    hostile = another("hostile")
    made = operation_lines.read(Forger(hostile, records).sign("assessment", draft.uid, {"state": "paused"}))
    uid = made.header.id
    with store.unit(records.person.uid) as unit:
        columns = {name: getattr(made.header, name) for name in ("device", "epoch", "seq", "hlc", "person", "noun")}
        row = {"uid": uid, "entity": draft.uid, **columns, "header": made.header_bytes, "payload": made.payload}
        unit.connection.execute(insert(journal_tables.operation).values(**row, signature=made.signature))
        before = journal_tables.operation.c
        born = unit.connection.scalar(select(before.uid).where(before.entity == draft.uid, before.uid != uid))
        every = sorted(set(Assessment.__struct_fields__) - {"uid"})
        head = {"entity": draft.uid, "noun": "assessment"}
        heads = [{**head, "operation": one, "fields": said} for one, said in ((born, every), (uid, ["state"]))]
        unit.connection.execute(insert(journal_tables.head), heads)
        dispute = {"entity": draft.uid, "noun": "assessment", "field": "state"}
        both = [{**dispute, "operation": one} for one in (born, uid)]
        unit.connection.execute(insert(journal_tables.conflict), both)
        key = {"device": hostile.device.id, "public_key": hostile.device.public_key}
        unit.connection.execute(insert(journal_tables.signer).values(**key))
    (problem,) = check(store, files=False)
    assert (problem.code, problem.facts["operation"]) == ("store.senseless", uid)
    other = Forger(hostile, records)
    other.seq = 1
    merged = take(store, [other.sign("assessment", draft.uid, {"title": "Theirs"})], hostile)
    assert merged.senseless == (journal.Senseless("assessment", draft.uid, "state", uid),)
    with store.unit(records.person.uid) as unit:
        assert unit.get(Assessment, draft.uid).state is AssessmentState.DRAFT
        unit.change(Assessment, draft.uid, state=AssessmentState.CONCLUDED)  # a person settles it
    assert check(store, files=False) == []
