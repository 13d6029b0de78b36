"""Merging as a game of several laptops: whatever is edited, lost, doubled, shuffled or cloned, all come to agree.

The machine is run against the true rules, and against mutants of them, which it must kill.
"""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from gemba.store import heads as rules
from gemba.store.heads import Stated

FIELDS = ("grade", "text", "due")


class Laptop:
    """One store, as far as heads are concerned."""

    def __init__(self, device: int, skew: int) -> None:
        self.device = device
        self.skew = skew
        self.seq = 0
        self.known: dict[str, Stated] = {}
        self.numbers: dict[str, tuple[int, int]] = {}
        self.clocks: dict[str, str] = {}
        self.heads: rules.Heads = {}

    def edit(self, uid: str, fields: tuple[str, ...], now: int) -> Stated:
        parents = {head for field in fields for head in self.heads.get(field, ())}
        self.seq += 1
        made = Stated(uid, tuple(sorted(fields)), tuple(sorted(parents)))
        self.receive(made, (self.device, self.seq), f"{now + self.skew:012x}")
        return made

    def receive(self, operation: Stated, number: tuple[int, int], clock: str) -> None:
        if operation.uid in self.known:
            return
        children = [known for known in self.known.values() if operation.uid in known.parents]
        self.known[operation.uid] = operation
        self.numbers[operation.uid] = number
        self.clocks[operation.uid] = clock
        self.add(operation, children)

    def add(self, operation: Stated, children: Iterable[Stated]) -> None:
        rules.add(self.heads, operation, children)

    def clone(self) -> Laptop:
        twin = type(self)(self.device, self.skew)
        twin.seq = self.seq
        twin.known, twin.numbers, twin.clocks = dict(self.known), dict(self.numbers), dict(self.clocks)
        twin.heads = {field: set(uids) for field, uids in self.heads.items()}
        return twin

    def is_closed(self) -> bool:
        """True when everything that was seen by what is here is here, too."""
        return all(parent in self.known for one in self.known.values() for parent in one.parents)


class ParentsIgnored(Laptop):
    """Mutant: what an edit had seen does not count."""

    def add(self, operation: Stated, children: Iterable[Stated]) -> None:
        super().add(Stated(operation.uid, operation.fields, ()), children)


class ChildrenIgnored(Laptop):
    """Mutant: an operation that comes after those that had seen it becomes a head."""

    def add(self, operation: Stated, children: Iterable[Stated]) -> None:  # noqa: ARG002 - the mutation
        super().add(operation, ())


class ForkDropped(Laptop):
    """Mutant: the second operation of a number is taken for a copy of the first."""

    def receive(self, operation: Stated, number: tuple[int, int], clock: str) -> None:
        if number not in self.numbers.values():
            super().receive(operation, number, clock)


class LastClockWins(Laptop):
    """Mutant: of several heads the latest clock alone is kept."""

    def add(self, operation: Stated, children: Iterable[Stated]) -> None:
        super().add(operation, children)
        for uids in self.heads.values():
            uids.intersection_update({max(uids, key=lambda uid: (self.clocks[uid], uid))} if uids else ())


class FieldsMixedUp(Laptop):
    """Mutant: what is seen of one field counts as seen of all."""

    def add(self, operation: Stated, children: Iterable[Stated]) -> None:
        super().add(operation, children)
        for uids in self.heads.values():
            uids.difference_update(operation.parents)


class Merging(RuleBasedStateMachine):
    """Three laptops, headquarters, and clones."""

    kind: type[Laptop] = Laptop

    @initialize()
    def begin(self) -> None:
        self.laptops = [self.kind(device, skew) for device, skew in enumerate((0, -1_000_000, 500_000, 0))]
        self.now = 2_000_000
        self.acknowledged: dict[str, Stated] = {}
        self.seen: dict[str, set[str]] = {}
        """The oracle: of each edit all edits that its laptop knew, told without parents."""

    @rule(who=st.integers(0, 99), fields=st.sets(st.sampled_from(FIELDS), min_size=1))
    def edit(self, who: int, fields: set[str]) -> None:
        laptop = self.laptops[who % len(self.laptops)]
        self.now += 1
        uid = f"{len(self.acknowledged):04d}"
        self.seen[uid] = set(laptop.known)
        self.acknowledged[uid] = laptop.edit(uid, tuple(fields), self.now)

    @rule(source=st.integers(0, 99), sink=st.integers(0, 99), chance=st.randoms(use_true_random=False))
    def deliver(self, source: int, sink: int, chance: random.Random) -> None:
        """Part of what one knows reaches another: some lost, some twice, in any order."""
        giver, taker = self.laptops[source % len(self.laptops)], self.laptops[sink % len(self.laptops)]
        parcel = [uid for uid in giver.known if chance.random() < 0.7] * 2
        chance.shuffle(parcel)
        for uid in parcel:
            taker.receive(giver.known[uid], giver.numbers[uid], giver.clocks[uid])

    @rule(who=st.integers(0, 99))
    def clone(self, who: int) -> None:
        """A disk is copied, and both copies are used."""
        if len(self.laptops) < 7:
            self.laptops.append(self.laptops[who % len(self.laptops)].clone())

    @invariant()
    def heads_are_what_nobody_has_seen(self) -> None:
        for laptop in getattr(self, "laptops", ()):
            assert laptop.heads == rules.from_scratch(laptop.known.values())
            maxima = self._maxima(laptop)
            if laptop.is_closed():
                assert laptop.heads == maxima
            for field, uids in maxima.items():
                assert uids <= laptop.heads[field]

    def _maxima(self, laptop: Laptop) -> rules.Heads:
        found: rules.Heads = {}
        for field in FIELDS:
            stating = {uid for uid, one in laptop.known.items() if field in one.fields}
            if stating:
                beaten = set().union(*(self.seen[uid] for uid in stating))
                found[field] = stating - beaten
        return found

    def teardown(self) -> None:
        """In the end everything reaches everyone: nothing is lost, and all agree."""
        for giver in getattr(self, "laptops", ()):
            for taker in self.laptops:
                for uid in reversed(list(giver.known)):
                    taker.receive(giver.known[uid], giver.numbers[uid], giver.clocks[uid])
        for laptop in getattr(self, "laptops", ()):
            assert laptop.known == self.acknowledged
            assert laptop.heads == self.laptops[0].heads == self._maxima(laptop)
            for uids in laptop.heads.values():
                assert rules.shown(uids, laptop.clocks) == rules.shown(uids, self.laptops[0].clocks)


def machine_of(mutant: type[Laptop]) -> type[RuleBasedStateMachine]:
    return type(f"Merging{mutant.__name__}", (Merging,), {"kind": mutant})


QUICK = settings(
    max_examples=300,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
    print_blob=False,
)


def test_all_stores_come_to_agree_and_nothing_is_lost() -> None:
    run_state_machine_as_test(Merging, settings=QUICK)


@pytest.mark.parametrize("mutant", [ParentsIgnored, ChildrenIgnored, ForkDropped, LastClockWins, FieldsMixedUp])
def test_the_game_kills_mutants(mutant: type[Laptop]) -> None:
    hunting = settings(QUICK, phases=[Phase.generate])
    with pytest.raises((AssertionError, ExceptionGroup)):
        run_state_machine_as_test(machine_of(mutant), settings=hunting)


def test_two_edits_of_one_moment_are_both_heads() -> None:
    heads: rules.Heads = {}
    rules.add(heads, Stated("a", ("text",), ()))
    rules.add(heads, Stated("b", ("text",), ("a",)))
    rules.add(heads, Stated("c", ("text", "due"), ("a",)))
    assert heads == {"text": {"b", "c"}, "due": {"c"}}
    assert rules.shown({"b", "c"}, {"b": "2", "c": "1"}) == "b"
    assert rules.shown({"b", "c"}, {"b": "1", "c": "1"}) == "c"
