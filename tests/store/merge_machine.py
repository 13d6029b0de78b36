"""A small world of laptops and a headquarters to which everything happens that happens to data in the field.

Edits, erasures and settlements by several; packs that are lost, doubled, shuffled and forwarded; backups, restores
that are noticed and that are not; cloned disks; clocks that are years off. In the end everybody exchanges everything,
and then all stores must say the same, and just what an oracle says that shares no code with the program.
"""

from __future__ import annotations

import atexit
import json
import random
import shutil
import tempfile
from collections import Counter, defaultdict
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from sqlalchemy import text
from tests.store.conftest import KEY, Records, Time

from gemba.domain.assessments import Answer, Assessment, answer_uid
from gemba.domain.erasures import Erasure
from gemba.domain.findings import Finding, FindingGrade, FindingState
from gemba.domain.nouns import NOUNS, PERSONAL_FIELDS
from gemba.domain.places import Place
from gemba.errors import Refusal
from gemba.store import conflicts, journal, opening
from gemba.store.checking import check
from gemba.store.opening import Store
from gemba.store.restoring import RESTORED

SKEWS = {"left": -1_000_000, "middle": 0, "right": 500_000, "headquarters": 0}
"""Minutes by which each clock is wrong."""
LAPTOPS = ("left", "middle", "right")
SECRET = "Ana Marker"
"""Stands in every personal text that is written; after an erasure of a record, no operation of it may hold it."""

VERDICTS = {"assessment": {"state", "score", "grade", "concluded_at"}, "finding": {"state", "grade"}}
"""Fields that no clock decides."""

Line = dict[str, Any]


class Machine(RuleBasedStateMachine):
    """What may happen, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp(prefix="gemba-merge-"))
        self.stores: dict[str, Store] = {}
        self.times: dict[str, Time] = {}
        self.keys: dict[str, bytes] = {}
        self.packs: list[list[Line]] = []
        self.backups: dict[str, Path] = {}
        self.erased: set[tuple[str, str]] = set()
        self.written: dict[str, Line] = {}
        self.at_headquarters: set[str] = set()
        self.records = Records(Time())

    @initialize()
    def begin(self) -> None:
        """Four stores; a walk is begun on the first laptop, and reaches all."""
        for name in SKEWS:
            shutil.copytree(prepared(name), self.root / name)
            self._open(name)
        self.draft = self.records.begin(self.stores["left"])
        self._deliver(self._lines("left"), *SKEWS)

    @rule(who=st.sampled_from(tuple(SKEWS)), what=st.integers(0, 6), pick=st.randoms(use_true_random=False))
    def edit(self, who: str, what: int, pick: random.Random) -> None:
        """Somebody records something."""
        store = self.stores[self._alive(who, pick)]
        before = self._newest(store)
        with suppress(Refusal), store.unit(self.records.person.uid) as unit:  # refused: what was erased
            self._edits[what](self, unit, pick)
        self._note(store)
        newest = self._newest(store)
        if newest != before and newest is not None:
            with store.reader() as reader:
                for one in journal.conflicts(reader, [newest["entity"]]):
                    assert newest["id"] not in one.operations, "an edit did not see what it was made upon"

    @rule(who=st.sampled_from(tuple(SKEWS)), pick=st.randoms(use_true_random=False))
    def erase(self, who: str, pick: random.Random) -> None:
        """Somebody orders that a record's personal part is forgotten."""
        store = self.stores[who]
        with store.reader() as reader:
            found = [("finding", one.uid) for one in reader.find(Finding)]
            found += [("answer", one.uid) for one in reader.find(Answer)]
        if not found or pick.random() < 0.5:
            return
        noun, entity = pick.choice(sorted(found))
        made = Erasure(
            uid=self.records.uid(),
            noun=noun,
            entity=entity,
            reason="Asked for by the person",
            ordered_at=self.records.time(),
            person=self.records.person.uid,
        )
        with store.unit(self.records.person.uid) as unit:
            unit.put(made)
        self.erased.add((noun, entity))
        self._note(store)

    @rule(who=st.sampled_from(tuple(SKEWS)), pick=st.randoms(use_true_random=False))
    def settle(self, who: str, pick: random.Random) -> None:
        """Somebody decides between the sides of a conflict."""
        store = self.stores[who]
        with store.reader() as reader:
            found = conflicts.open_conflicts(reader)
        if not found:
            return
        one = pick.choice(found)
        field = pick.choice(one.fields)
        side = pick.choice(field.sides)
        settled = False
        with suppress(Refusal), store.unit(self.records.person.uid) as unit:
            unit.change(NOUNS[one.noun], one.entity, **{field.field: _typed(one.noun, field.field, side.value)})
            settled = True
        self._note(store)
        if settled:
            with store.reader() as reader:
                left = {(each.entity, each.field) for each in journal.conflicts(reader, [one.entity])}
            assert (one.entity, field.field) not in left, "what was settled is still in conflict"

    @rule(who=st.sampled_from(LAPTOPS), pick=st.randoms(use_true_random=False))
    def export(self, who: str, pick: random.Random) -> None:
        """A pack of a part of what a laptop knows, its own or what it forwards for others."""
        lines = self._lines(self._alive(who, pick))
        self.packs.append([line for line in lines if pick.random() < 0.7])

    @rule(pick=st.randoms(use_true_random=False))
    def publish(self, pick: random.Random) -> None:
        """Headquarters hands down what it knows."""
        del pick
        self.packs.append(self._lines("headquarters"))

    @precondition(lambda self: self.packs)
    @rule(to=st.sampled_from(tuple(SKEWS)), pick=st.randoms(use_true_random=False), shuffled=st.booleans())
    def deliver(self, to: str, pick: random.Random, *, shuffled: bool) -> None:
        """A pack arrives; it stays under way, so that it may arrive again."""
        lines = list(pick.choice(self.packs))
        if shuffled:
            pick.shuffle(lines)
        self._deliver(lines, self._alive(to, pick))

    @precondition(lambda self: self.packs)
    @rule(pick=st.randoms(use_true_random=False))
    def lose(self, pick: random.Random) -> None:
        """A stick falls into the river."""
        self.packs.pop(pick.randrange(len(self.packs)))

    @rule(who=st.sampled_from(LAPTOPS))
    def back_up(self, who: str) -> None:
        """The folder of a laptop is copied away."""
        self.stores[who].close()
        copy = self.root / f"{who}.backup"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.root / who, copy)
        self.backups[who] = copy
        self._open(who)

    @precondition(lambda self: self.backups)
    @rule(pick=st.randoms(use_true_random=False), noticed=st.booleans())
    def restore(self, pick: random.Random, *, noticed: bool) -> None:
        """A laptop goes back to its backup, by the program or behind its back."""
        who = pick.choice(sorted(self.backups))
        self.packs.append(self._lines(who))  # what was exported is kept on a second medium until the receipt
        self.stores[who].close()
        shutil.rmtree(self.root / who)
        shutil.copytree(self.backups[who], self.root / who)
        if noticed:
            (self.root / who / RESTORED).touch()
        self._open(who)

    @precondition(lambda self: len(self.stores) < len(SKEWS) + 1)
    @rule(who=st.sampled_from(LAPTOPS))
    def clone(self, who: str) -> None:
        """A disk is copied; two laptops go on as one device."""
        self.stores[who].close()
        shutil.copytree(self.root / who, self.root / "clone")
        self.times["clone"] = Time()
        self._open(who)
        self._open("clone")

    @rule(who=st.sampled_from(tuple(SKEWS)), minutes=st.integers(-100_000, 100_000))
    def skew(self, who: str, minutes: int) -> None:
        """A clock is set."""
        self.times[who].move(minutes=minutes)

    def teardown(self) -> None:
        """Everybody meets everybody; then everything is compared."""
        try:
            if self.stores:
                self._heal()
                self._compare()
        finally:
            for store in self.stores.values():
                store.close()
            shutil.rmtree(self.root, ignore_errors=True)

    def _heal(self) -> None:
        """What is still under way and what anybody holds reaches everybody."""
        for lines in self.packs:
            self._deliver(lines, *self.stores)
        for _ in range(2):
            for name in list(self.stores):
                self._deliver(self._lines(name), *self.stores)

    def _compare(self) -> None:
        union = {line["header"]["id"]: line for line in self._lines("headquarters")}
        expected = everything(self.stores["headquarters"])
        for name, store in self.stores.items():
            assert {line["header"]["id"] for line in self._lines(name)} == set(union), f"{name} lacks operations"
            assert everything(store) == expected, f"{name} says something else"
            assert check(store, files=False) == [], f"{name} is not sound"
        assert self.at_headquarters <= set(union), "headquarters lost what it had"
        self._compare_with_the_oracle(union, expected)
        self._compare_orders(list(union.values()), expected)

    def _compare_with_the_oracle(self, union: dict[str, Line], expected: dict[str, Any]) -> None:
        store = self.stores["headquarters"]
        headers = [line["header"] for line in union.values()]
        heads = maxima(headers)
        with store.reader() as reader:
            told = {(one.noun, one.entity, one.field): set(one.operations) for one in journal.conflicts(reader)}
            erased = {(one.noun, one.entity) for one in expected["erasure"].values()}
            disputed = {
                (noun, entity, field): uids
                for (noun, entity, field), uids in heads.items()
                if len(uids) > 1 and not ((noun, entity) in erased and field in PERSONAL_FIELDS.get(noun, ()))
            }
            assert told == disputed, "conflicts"
            forked = {(fork.device, fork.epoch, fork.seq) for fork in journal.forks(reader)}
            numbers = Counter((one["device"], one["epoch"], one["seq"]) for one in headers)
            assert forked == {number for number, count in numbers.items() if count > 1}, "forks"
            for device, epoch in {(one["device"], one["epoch"]) for one in headers}:
                here = {one["seq"] for one in headers if (one["device"], one["epoch"]) == (device, epoch)}
                lacking = set(range(1, max(here))) - here
                gaps = journal.gaps(reader, device, epoch)
                assert {seq for gap in gaps for seq in range(gap.first_seq, gap.last_seq + 1)} == lacking, "gaps"
        self._compare_values(union, heads, expected)
        self._compare_erased(union, expected)

    def _compare_values(self, union: dict[str, Line], heads: dict[Any, set[str]], expected: dict[str, Any]) -> None:
        """A field says what its head says; of several the newest, but of a verdict the one of who began the record."""
        for (noun, entity, field), uids in heads.items():
            if entity not in expected[noun]:
                continue
            uid = max(uids, key=lambda one: (union[one]["header"]["hlc"], one))
            if len(uids) > 1 and field in VERDICTS.get(noun, ()):
                own = {one for one in uids if union[one]["header"]["device"] in self._givers(union, noun, entity)}
                if len(own) != 1:
                    continue  # a lot decides, the same everywhere
                (uid,) = own
            said = union[uid]["payload"]["set"] | ((union[uid].get("personal") or {}).get("set") or {})
            if field in said:
                stands = getattr(expected[noun][entity], field)
                assert stands == _typed(noun, field, said[field]), f"{noun}.{field}"

    @staticmethod
    def _givers(union: dict[str, Line], noun: str, entity: str) -> set[str]:
        """The devices that gave birth to a record."""
        headers = [line["header"] for line in union.values()]
        return {
            one["device"] for one in headers if (one["noun"], one["entity"]) == (noun, entity) and not one["parents"]
        }

    def _compare_erased(self, union: dict[str, Line], expected: dict[str, Any]) -> None:
        erased = {(one.noun, one.entity) for one in expected["erasure"].values()}
        for line in union.values():
            subject = line["header"]["noun"], line["header"]["entity"]
            if subject in erased:
                assert not line.get("personal"), f"an erased {subject[0]} is still here"
                assert SECRET not in json.dumps(line), "personal words stand outside the personal part"
        for noun, entity in erased:
            record = expected[noun].get(entity)
            for field in PERSONAL_FIELDS[noun] if record else ():
                assert not getattr(record, field), f"{noun}.{field} shows what was erased"
        # What was written stays, unless it was erased or its only copy went back to a backup.
        for uid, line in self.written.items():
            subject = line["header"]["noun"], line["header"]["entity"]
            if uid in union and subject not in erased and line["header"]["v"] == 2:
                assert union[uid]["personal"] == line["personal"], "a personal part was lost"

    def _compare_orders(self, lines: list[Line], expected: dict[str, Any]) -> None:
        """Two fresh stores that hear it in other orders, some of it twice, say the same."""
        for seed in range(2):
            chance, folder = random.Random(seed), self.root / f"fresh{seed}"
            shutil.copytree(prepared("fresh"), folder)
            store = opening.open_store(folder, KEY, clock=Time(), reserve=0)
            try:
                shuffled = lines + chance.sample(lines, len(lines) // 3)
                chance.shuffle(shuffled)
                for start in range(0, len(shuffled), 7):
                    self._merge(store, shuffled[start : start + 7])
                assert everything(store) == expected, "another order, another outcome"
                assert check(store, files=False) == []
            finally:
                store.close()

    def _open(self, name: str) -> None:
        time = self.times.setdefault(name, Time())
        if name in SKEWS and not self.stores.get(name):
            time.move(minutes=SKEWS[name])
        self.stores[name] = opening.open_store(self.root / name, KEY, clock=_ticking(time), reserve=0)
        self.keys[self.stores[name].device.id] = self.stores[name].device.public_key

    def _alive(self, who: str, pick: random.Random) -> str:
        """A laptop, or now and then the copy of one."""
        return "clone" if "clone" in self.stores and who in LAPTOPS and pick.random() < 0.3 else who

    def _lines(self, name: str) -> list[Line]:
        """Everything that a store holds, of every device."""
        with self.stores[name].reader() as reader:
            asked = "SELECT device, epoch, max(seq) FROM operation GROUP BY device, epoch ORDER BY device, epoch"
            return [
                json.loads(line)
                for device, epoch, last in reader.connection.execute(text(asked)).all()
                for line in journal.since(reader, epoch, 1, last, device=device)
            ]

    def _note(self, store: Store) -> None:
        """Remember what was acknowledged."""
        with store.reader() as reader:
            for epoch in {store.device.epoch}:
                for line in journal.since(reader, epoch, 1, 1_000_000):
                    read = json.loads(line)
                    self.written.setdefault(read["header"]["id"], read)

    @staticmethod
    def _newest(store: Store) -> dict[str, Any] | None:
        """The header of the newest own operation of this epoch."""
        with store.reader() as reader:
            lines = list(journal.since(reader, store.device.epoch, 1, 1_000_000))
        return json.loads(lines[-1])["header"] if lines else None

    def _deliver(self, lines: list[Line], *to: str) -> None:
        for name in to:
            self._merge(self.stores[name], lines)
            if name == "headquarters":
                self.at_headquarters |= {line["header"]["id"] for line in lines}

    def _merge(self, store: Store, lines: list[Line]) -> None:
        with store.unit(self.records.person.uid) as unit:
            journal.merge(unit, lines, trusted=self.keys)

    def _answer(self, unit: Any, pick: random.Random) -> None:
        path = f"/data/q{pick.randrange(2)}"
        uid = answer_uid(self.draft.uid, path)
        value = f"{SECRET} {pick.randrange(5)}"
        if unit.get(Answer, uid) is None:
            unit.put(Answer(uid=uid, assessment=self.draft.uid, path=path, value=value))
        else:
            unit.change(Answer, uid, value=value, **({"note": value[:12]} if pick.random() < 0.4 else {}))

    def _retitle(self, unit: Any, pick: random.Random) -> None:
        unit.change(Assessment, self.draft.uid, title=f"Walk {pick.randrange(5)}")

    def _move(self, unit: Any, pick: random.Random) -> None:
        places = sorted(place.uid for place in unit.find(Place))
        unit.change(Assessment, self.draft.uid, place=pick.choice(places))

    def _conclude(self, unit: Any, pick: random.Random) -> None:
        score = pick.choice([20.0, 55.5, 90.0])
        unit.change(Assessment, self.draft.uid, score=score, grade=pick.choice(["good", "poor"]))

    def _find(self, unit: Any, pick: random.Random) -> None:
        unit.put(
            Finding(
                uid=self.records.uid(),
                number=unit.number(Finding),
                assessment=self.draft.uid,
                place=pick.choice(sorted(place.uid for place in unit.find(Place))),
                criterion="Clear",
                grade=FindingGrade.MINOR,
                text=f"{SECRET} saw it",
                raised_at=self.records.time(),
                person=self.records.person.uid,
            )
        )

    def _regrade(self, unit: Any, pick: random.Random) -> None:
        found = sorted(one.uid for one in unit.find(Finding))
        if found:
            fields: dict[str, Any] = {"grade": pick.choice(list(FindingGrade))}
            fields |= {"text": f"{SECRET} {pick.randrange(9)}"} if pick.random() < 0.4 else {}
            fields |= {"state": pick.choice(list(FindingState))} if pick.random() < 0.4 else {}
            unit.change(Finding, pick.choice(found), **fields)

    def _add_place(self, unit: Any, pick: random.Random) -> None:
        parent = pick.choice(sorted(place.uid for place in unit.find(Place)))
        unit.put(Place(uid=self.records.uid(), name=f"Aisle {pick.randrange(9)}", parent=parent))

    _edits = (_answer, _retitle, _move, _conclude, _find, _regrade, _add_place)


def everything(store: Store) -> dict[str, dict[str, Any]]:
    """All records of a store, by noun and uid."""
    with store.reader() as reader:
        return {name: {record.uid: record for record in reader.find(noun)} for name, noun in NOUNS.items()}


def maxima(headers: list[dict[str, Any]]) -> dict[tuple[str, str, str], set[str]]:
    """For each field of each record the operations that no other operation on that field has seen."""
    setters: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    seen: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for one in headers:
        for field in one["fields"]:
            key = one["noun"], one["entity"], field
            setters[key].add(one["id"])
            seen[key] |= set(one["parents"])
    return {key: uids - seen[key] for key, uids in setters.items()}


_PREPARED: dict[str, Path] = {}
_FOLDER = Path(tempfile.mkdtemp(prefix="gemba-prepared-"))
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)


def prepared(name: str) -> Path:
    """The folder of an empty store with an identity of its own, made once for each name."""
    if name not in _PREPARED:
        folder = _FOLDER / name
        opening.create(folder, KEY, clock=Time(), device_name=name, reserve=0).close()
        _PREPARED[name] = folder
    return _PREPARED[name]


def _ticking(time: Time) -> Any:
    def tell() -> datetime:
        time.now = min(max(time.now, datetime(1975, 1, 1, tzinfo=UTC)), datetime(2095, 1, 1, tzinfo=UTC))
        time.now += timedelta(milliseconds=7)
        return time.now

    return tell


def _typed(noun: str, field: str, value: Any) -> Any:
    kinds = {one.name: one.type for one in msgspec.structs.fields(NOUNS[noun])}
    return msgspec.convert(value, kinds[field])
