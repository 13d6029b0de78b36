"""A sample of 200,000 decisions drawn, and drawn again. Run by hand: python tests/bench/bench_sampling.py [N]"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import uuid_utils
from alignment_population import DECISIONS, NOW, QUARTERS, SCENARIOS, SITES, fill, site, uid

from gemba.domain.people import Person
from gemba.domain.programmes import Audit
from gemba.domain.quarters import days_of
from gemba.domain.samples import SamplingMethod
from gemba.store import opening
from gemba.work.desk import Desk
from gemba.work.draw_sample import Wanted, draw
from gemba.work.redraw_sample import redraw
from gemba.work.sample_plan import Told
from gemba.work.shelf import Shelf

LIMIT_S = 2.0
"""To draw and to draw again, together."""


def audit_of_all(desk: Desk) -> str:
    made = Audit(
        uid=desk.ids(),
        number=f"Q-BENCH-{desk.ids()[-6:]}",
        title="All of two years",
        place=uid(1, 0),
        quarter=QUARTERS[-1],
        begins=days_of(QUARTERS[0])[0],
        ends=days_of(QUARTERS[-1])[1],
        planned_on=NOW.date(),
        auditor=desk.person.uid,
        double_share=0.1,
        made_at=NOW,
        person=desk.person.uid,
    )
    with desk.unit() as unit:
        unit.put(made)
    return made.uid


def measure(desk: Desk, wanted: Wanted) -> dict[str, Any]:
    """Seconds to draw, with the frame hashed, kept and the items signed, and to prove it."""
    audit = audit_of_all(desk)
    began, spent = time.perf_counter(), time.process_time()
    sample = draw(desk, audit, wanted).uid
    drawn = time.perf_counter()
    found = redraw(desk, sample)
    assert found.is_same, found.differs
    assert not found.since.is_changed
    ended = time.perf_counter()
    return {
        "frame": found.sample.frame_count,
        "drawn": found.count,
        "draw_s": round(drawn - began, 2),
        "redraw_s": round(ended - drawn, 2),
        "both_s": round(ended - began, 2),
        "both_cpu_s": round(time.process_time() - spent, 2),
    }


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else DECISIONS
    with tempfile.TemporaryDirectory() as folder:
        store = opening.create(Path(folder) / "store", bytes(32), clock=lambda: NOW, device_name="bench", reserve=0)
        fill(store, count)
        with store.reader() as reader:
            person = reader.find(Person)[0]
        desk = Desk(store=store, person=person, clock=lambda: NOW, ids=_ids, shelf=Shelf())
        found = {name: measure(desk, wanted) for name, wanted in ways().items()}
        store.close()
    for name, one in found.items():
        print(f"{name:24}", json.dumps(one))
    slowest = max(one["both_s"] for one in found.values())
    print(json.dumps({"slowest_s": slowest, "limit_s": LIMIT_S}))
    sys.exit(0 if slowest <= LIMIT_S else 1)


def ways() -> dict[str, Wanted]:
    """Every way of drawing."""
    margin, share = Told(margin=0.05), {"scenario": SCENARIOS, "place": [site(n) for n in range(SITES)]}
    spreads = {by: {name: 0.2 + 0.2 * at / len(names) for at, name in enumerate(names)} for by, names in share.items()}
    whole = {
        "simple": Wanted(method=SamplingMethod.SIMPLE, told=margin),
        "discovery": Wanted(method=SamplingMethod.DISCOVERY, told=Told(share=0.01)),
        "MIL-STD-105E": Wanted(method=SamplingMethod.ACCEPTANCE, told=Told(aql=1.0)),
    }
    for by, words in (("scenario", "scenario"), ("place", "400 places")):
        told = Told(margin=0.05, spreads=spreads[by])
        whole[f"proportional, {words}"] = Wanted(method=SamplingMethod.PROPORTIONAL, told=margin, strata=by)
        whole[f"Neyman, {words}"] = Wanted(method=SamplingMethod.NEYMAN, told=told, strata=by)
    return whole


def _ids() -> str:
    return str(uuid_utils.uuid7())


if __name__ == "__main__":
    main()
