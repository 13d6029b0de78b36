"""Many decisions at several places, and audits that draw from them, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from tests.work.auditing import decide, plan_audit

from gemba.domain.places import Place
from gemba.domain.programmes import Audit
from gemba.domain.record import Uid
from gemba.domain.samples import Sample, SampleItem, SamplingMethod
from gemba.methods.sampling.acceptance import Inspection
from gemba.work.desk import Desk
from gemba.work.draw_sample import Wanted, draw
from gemba.work.places import add_place
from gemba.work.sample_plan import Told

BEGINS = date(2026, 1, 1)
QUARTER = "2026-Q1"


class Region(NamedTuple):
    """A region of three branches with decisions, and an audit of it."""

    place: Uid
    branches: dict[str, Uid]
    audit: Uid
    decisions: dict[str, list[Uid]]


def region(desk: Desk, counts: Sequence[int] = (24, 12, 4), **fields: Any) -> Region:
    """A region with so many decisions at each of three branches, in the first quarter of 2026, and its audit."""
    whole = add_place(desk, "Region North").uid
    names = ("Harbour", "Station", "Market")
    branches = {name: add_place(desk, name).uid for name in names}
    with desk.unit() as unit:
        for uid in branches.values():
            unit.change(Place, uid, parent=whole)
    decisions = {
        name: [decide(desk, branches[name], BEGINS + timedelta(days=n % 80), scenario="refund") for n in range(count)]
        for name, count in zip(names, counts, strict=True)
    }
    return Region(whole, branches, plan_audit(desk, whole, QUARTER, **fields), decisions)


def wanted(method: str = "simple", **said: Any) -> Wanted:
    """A sample that is asked for; what the method is told stands among the fields."""
    told = {name: said.pop(name) for name in Told.__struct_fields__ if name in said}
    if "level" in told:
        told["level"] = Inspection(told["level"])
    return Wanted(method=SamplingMethod(method), told=Told(**told), **said)


def drawn(desk: Desk, audit: Uid, method: str = "simple", **said: Any) -> Sample:
    """The sample that was drawn."""
    uid = draw(desk, audit, wanted(method, **said)).uid
    with desk.reader() as reader:
        found = reader.get(Sample, uid)
    assert found is not None
    return found


def items(desk: Desk, sample: Sample) -> list[SampleItem]:
    """What was drawn, in the order of judging."""
    with desk.reader() as reader:
        return sorted(reader.find(SampleItem, sample=sample.uid), key=lambda one: one.position)


def audit_of(desk: Desk, uid: Uid) -> Audit:
    """The audit as it stands."""
    with desk.reader() as reader:
        found = reader.get(Audit, uid)
    assert found is not None
    return found
