"""Alpha of 2,000 decisions that two judged, with 1,000 draws. Run by hand: python tests/bench/bench_agreement.py"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from pathlib import Path

from alignment_population import NOW, fill, uid
from sqlalchemy import insert

from gemba.domain.people import Person
from gemba.domain.record import Uid
from gemba.store import opening
from gemba.store.audit_tables import audit, judgement, sample, sample_item
from gemba.store.opening import Store
from gemba.work.agreement import of_audit, of_auditors

LIMIT_S = 3.0
CASES, GOALS = 2000, 3
"""Decisions that both judge, and goals that each of them is judged against."""
VERDICTS = ("aligned", "aligned", "aligned", "part", "contrary", "cannot_tell")
POPULATION = 20_000


def double_judged(store: Store) -> Uid:
    """One audit of 2,000 decisions, each judged by two auditors against three goals; one case in five differs."""
    chance = random.Random(5)
    of, drawn = uid(9, 1), uid(9, 2)
    with store._writing.begin() as connection:
        row = dict(connection.execute(audit.select().limit(1)).mappings().one())
        lead, second = uid(2, 1), uid(2, 2)
        fields = {"uid": of, "number": "Q-BENCH-DOUBLE", "auditor": lead, "second": second, "double_share": 1.0}
        fields |= {"state": "open", "lead_handed_in_at": NOW, "second_handed_in_at": NOW, "concluded_at": None}
        connection.execute(insert(audit), [{name: said for name, said in (row | fields).items() if name != "id"}])
        one = {"audit": of, "frame": "", "frame_count": CASES, "frame_sha256": "", "filters": {}, "undated": 0}
        one |= {"uid": drawn, "begins": row["begins"], "ends": row["ends"], "method": "all", "strata": "", "sizes": {}}
        one |= {"settings": {}, "seed": "s", "algorithm": "a", "count": CASES, "double_count": CASES, "reason": ""}
        connection.execute(insert(sample), [{**one, "replaces": None, "drawn_at": NOW, "person": lead}])
        decisions = [uid(5, n) for n in range(CASES)]
        connection.execute(
            insert(sample_item),
            [
                {"uid": uid(8, n), "sample": drawn, "decision": each, "stratum": "", "position": n + 1, "weight": 1.0}
                | {"is_double": True}
                for n, each in enumerate(decisions)
            ],
        )
        kept = dict(connection.execute(judgement.select().limit(1)).mappings().one())
        rows = []
        for n, decision in enumerate(decisions):
            for goal in range(GOALS):
                first = chance.choice(VERDICTS)
                other = first if chance.random() < 0.8 else chance.choice(VERDICTS)
                for auditor, verdict in ((lead, first), (second, other)):
                    said = {"audit": of, "decision": decision, "goal": uid(3, goal), "auditor": auditor}
                    said |= {"verdict": verdict, "is_lead": auditor == lead, "handed_in_at": NOW, "taken_back": False}
                    said |= {"uid": f"{n}-{goal}-{auditor[-2:]}"}
                    rows.append({name: value for name, value in (kept | said).items() if name != "id"})
        connection.execute(insert(judgement), rows)
    return of


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = opening.create(Path(folder) / "store", bytes(32), clock=lambda: NOW, device_name="bench", reserve=0)
        fill(store, POPULATION)
        of = double_judged(store)
        with store.reader() as reader:
            assert reader.find(Person)
            began, spent = time.perf_counter(), time.process_time()
            found = of_audit(reader, of)
            whole, spent = time.perf_counter() - began, time.process_time() - spent
        with store.reader() as reader:
            began = time.perf_counter()
            across = of_auditors(reader)
            auditors = time.perf_counter() - began
        store.close()
    assert found.overall is not None
    assert found.overall.alpha is not None
    told = {
        "decisions": CASES,
        "cases": found.overall.cases,
        "alpha": round(found.overall.alpha, 4),
        "audit_s": round(whole, 2),
        "audit_cpu_s": round(spent, 2),
        "pairs_of_auditors": len(across.pairs),
        "auditors_s": round(auditors, 2),
        "limit_s": LIMIT_S,
    }
    print(json.dumps(told))
    sys.exit(0 if whole <= LIMIT_S else 1)


if __name__ == "__main__":
    main()
