from __future__ import annotations

from datetime import date

import pytest
from tests.store.test_alignment_counts import World

from gemba.domain.programmes import AuditState
from gemba.domain.samples import Sample, SampleItem, SamplingMethod, item_uid
from gemba.store.alignment_counts import Which
from gemba.store.alignment_weights import Weighted, weighted

pytestmark = pytest.mark.on_both


@pytest.fixture
def world(store, records):
    return World(store, records)


def sample(world, audit, sizes, items, replaces=None):
    made = Sample(
        uid=world.records.uid(), audit=audit, frame="f", frame_count=9, frame_sha256="f", begins=date(2026, 1, 1),
        ends=date(2026, 3, 31), method=SamplingMethod.PROPORTIONAL, sizes=sizes, seed="s", algorithm="a",
        count=len(items), replaces=replaces, drawn_at=world.records.time(), person=world.records.person.uid,
    )  # fmt: skip
    world.put(made)
    for at, (decision, stratum, weight) in enumerate(items, 1):
        uid = item_uid(made.uid, decision)
        world.put(SampleItem(uid=uid, sample=made.uid, decision=decision, stratum=stratum, position=at, weight=weight))
    return made.uid


def rows_of(world):
    with world.store.reader() as reader:
        return sorted(weighted(reader, Which()), key=lambda row: (row.sample, row.stratum))


def test_verdicts_are_told_by_stratum_with_what_each_stands_for(world):
    audit = world.audit(AuditState.CONCLUDED)
    decisions = [world.decision() for _ in range(4)]
    for decision, verdict in zip(decisions, ("aligned", "part", "contrary", "aligned"), strict=True):
        world.judged(audit, decision, verdict)
    untold = world.decision()
    world.judged(audit, untold, "cannot_tell")
    world.agree(audit, decisions[2], "aligned")  # what both agreed on is weighed
    items = [
        (decisions[0], "few", 1.0),
        (decisions[1], "many", 5.0),
        (decisions[2], "many", 5.0),
        (untold, "many", 5.0),
    ]
    drawn = sample(world, audit, {"few": "1/1", "many": "3/15"}, items)
    goal = world.goals[0].uid
    assert rows_of(world) == [
        Weighted(goal, "", "", None, 0, aligned=1, judged=1),
        Weighted(goal, drawn, "few", 1.0, 1, aligned=1, judged=1),
        Weighted(goal, drawn, "many", 5.0, 15, aligned=1, judged=2),
    ]


def test_of_a_sample_that_was_drawn_again_the_later_counts(world):
    audit, decision = world.audit(AuditState.CONCLUDED), world.decision()
    world.judged(audit, decision)
    first = sample(world, audit, {"": "1/4"}, [(decision, "", 4.0)])
    second = sample(world, audit, {"": "1/7"}, [(decision, "", 7.0)], replaces=first)
    (row,) = rows_of(world)
    assert (row.sample, row.weight, row.population, row.judged) == (second, 7.0, 7, 1)
