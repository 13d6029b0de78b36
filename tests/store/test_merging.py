"""Whole stores that edit, exchange parts of their journals in any order, and are cloned: in the end all agree."""

from __future__ import annotations

import json
import random
from itertools import permutations

import pytest
from sqlalchemy import text

from gemba.domain.assessments import Answer, Assessment, answer_uid
from gemba.domain.findings import Finding, FindingGrade
from gemba.domain.nouns import NOUNS
from gemba.domain.places import Place
from gemba.store import journal, transit
from gemba.store.checking import check

pytestmark = pytest.mark.on_both


class Office:
    """A few stores, and what may happen to them."""

    def __init__(self, stores, records, chance) -> None:
        self.stores = stores
        self.records = records
        self.chance = chance
        self.written: set[str] = set()

    def lines_of(self, store):
        """Everything that a store holds, of every device."""
        with store.reader() as reader:
            asked = "SELECT DISTINCT device, epoch, max(seq) FROM operation GROUP BY device, epoch"
            stretches = reader.connection.execute(text(asked)).all()
            return [
                json.loads(line)
                for device, epoch, last in stretches
                for line in journal.since(reader, epoch, 1, last, device=device)
            ]

    def deliver(self, giver, taker, *, all_of_it=False) -> None:
        lines = self.lines_of(giver)
        if not all_of_it:
            lines = [line for line in lines if self.chance.random() < 0.6]
        self.chance.shuffle(lines)
        trusted = {store.device.id: store.device.public_key for store in self.stores}
        with taker.unit(self.records.person.uid) as unit:
            journal.merge(unit, lines, trusted=trusted)

    def edit(self, store) -> None:
        self.records.time.move(seconds=self.chance.randrange(-3, 10))
        with store.unit(self.records.person.uid) as unit:
            drafts, places = unit.find(Assessment), unit.find(Place)
            if not drafts:
                return
            self.chance.choice([self.answer, self.retitle, self.find, self.place, self.move])(unit, drafts, places)

    def answer(self, unit, drafts, _) -> None:
        draft, path = self.chance.choice(drafts), f"/data/q{self.chance.randrange(3)}"
        uid, value = answer_uid(draft.uid, path), str(self.chance.random())
        if unit.get(Answer, uid) is None:
            unit.put(Answer(uid=uid, assessment=draft.uid, path=path, value=value))
        else:
            unit.change(Answer, uid, value=value, note=value[:3])

    def retitle(self, unit, drafts, places) -> None:
        draft = self.chance.choice(drafts)
        unit.change(Assessment, draft.uid, title=str(self.chance.random()), place=self.chance.choice(places).uid)

    def find(self, unit, drafts, places) -> None:
        found = unit.find(Finding)
        if found and self.chance.random() < 0.6:
            unit.change(Finding, self.chance.choice(found).uid, grade=self.chance.choice(list(FindingGrade)))
            return
        unit.put(
            Finding(
                uid=self.records.uid(),
                number=unit.number(Finding),
                assessment=self.chance.choice(drafts).uid,
                place=self.chance.choice(places).uid,
                criterion="Clear",
                grade=FindingGrade.MINOR,
                text="Blocked",
                raised_at=self.records.time(),
                person=self.records.person.uid,
            )
        )

    def place(self, unit, _, places) -> None:
        unit.put(Place(uid=self.records.uid(), name="New", parent=self.chance.choice(places).uid))

    def move(self, unit, _, places) -> None:
        unit.change(Place, self.chance.choice(places).uid, parent=self.chance.choice(places).uid)


def everything(store):
    with store.reader() as reader:
        return {name: {record.uid: record for record in reader.find(noun)} for name, noun in NOUNS.items()}


def shape(store):
    """Operations, heads and what waits, without local keys."""
    with store.reader() as reader:
        asked = (
            "SELECT uid, 'operation', '' FROM operation UNION ALL SELECT operation, entity, fields FROM head "
            "UNION ALL SELECT operation, entity, field FROM conflict "
            "UNION ALL SELECT operation, needs, 'waiting' FROM waiting"
        )
        return sorted(tuple(row) for row in reader.connection.execute(text(asked)))


@pytest.mark.parametrize("seed", range(6))
def test_stores_come_to_agree(store, another, clone, records, seed) -> None:
    chance = random.Random(seed)
    office = Office([store, another("left"), another("right")], records, chance)
    records.begin(store)
    first_epoch = store.device.epoch
    _live(office, 30)
    copy = clone(store)
    office.stores.append(copy)
    office.edit(store)
    _live(office, 30)
    _heal(office)
    for one in office.stores:
        assert shape(one) == shape(store)
        assert everything(one) == everything(store)
        assert check(one, files=False) == []
    with store.reader() as reader:
        assert list(journal.conflicts(reader))
        if journal.forks(reader):
            assert first_epoch not in {store.device.epoch, copy.device.epoch}
    office.edit(store)
    office.edit(copy)
    assert store.device.epoch != copy.device.epoch
    copy.close()


def _live(office, steps) -> None:
    for _ in range(steps):
        one, other = office.chance.choice(office.stores), office.chance.choice(office.stores)
        if office.chance.random() < 0.7:
            office.edit(one)
        elif one is not other:
            office.deliver(one, other)


def _heal(office) -> None:
    """Everything reaches everyone; twice, for what the first round brought."""
    for giver, taker in [*permutations(office.stores, 2)] * 2:
        office.deliver(giver, taker, all_of_it=True)


def test_when_a_clone_is_noticed_both_go_on_in_new_epochs(store, clone, records) -> None:
    draft = records.begin(store)
    copy = clone(store)
    office = Office([store, copy], records, random.Random(1))
    records.answer(store, draft, "/data/a", "left")
    records.answer(copy, draft, "/data/b", "right")
    assert store.device.epoch == copy.device.epoch
    _heal(office)
    records.answer(store, draft, "/data/a", "left again")
    records.answer(copy, draft, "/data/b", "right again")
    assert len({store.device.epoch, copy.device.epoch, "0001"}) == 3
    assert {store.device.epoch[:4], copy.device.epoch[:4]} == {"0002"}
    _heal(office)
    assert everything(store) == everything(copy)
    for one in office.stores:
        assert check(one, files=False) == []
        with one.reader() as reader:
            assert len(journal.forks(reader)) == 1
            assert transit.unsent_ranges(reader)[0].epoch[:4] == "0001"
    copy.close()
