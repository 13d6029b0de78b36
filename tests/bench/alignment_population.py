"""A programme of two years, written straight into the database of a store: what benches of alignment look at.

400 sites in 20 regions, 12 goals, 8 quarters and 200,000 decisions. Each site has one concluded audit a quarter; all of
its decisions are judged, each against one goal; one in ten by a second auditor too, and those that differed are agreed
on. Sites, goals, quarters and auditors differ a little, some a lot, so that there is something to be found.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, text
from sqlalchemy.schema import CreateIndex

from gemba.domain.judgements import agreed_uid, judgement_uid
from gemba.domain.quarters import days_of, quarters_until
from gemba.store.audit_tables import agreed_verdict, audit, judgement
from gemba.store.goal_tables import decision, goal
from gemba.store.opening import Store
from gemba.store.tables import person, place

NOW = datetime(2026, 10, 20, 12, tzinfo=UTC)
QUARTERS = quarters_until("2026-Q3", 8)
REGIONS, SITES, GOALS, AUDITORS = 20, 400, 12, 30
DECISIONS = 200_000
CAUSES = ("unclear_rule", "no_stock", "old_screen", "bonus", "never_told")
CONSTRAINTS = ("rule", "budget", "staff", "system", "authority", "target", "time", "knowledge", "unknown")
VERDICTS = ("aligned", "part", "contrary", "cannot_tell")
SCENARIOS = ("refund", "late_delivery", "goodwill", "waiver", "opening_hours")
_AT_ONCE = 20_000


def uid(group: int, number: int) -> str:
    return f"{group:08d}-0000-7000-8000-{number:012d}"


def region(n: int) -> str:
    return uid(1, n + 1)


def site(n: int) -> str:
    return uid(1, 1000 + n)


def auditor(n: int) -> str:
    return uid(2, n + 1)


def goal_of(n: int) -> str:
    return uid(3, n)


def audit_of(place_at: int, quarter_at: int) -> str:
    return uid(4, place_at * len(QUARTERS) + quarter_at)


def fill(store: Store, decisions: int = DECISIONS) -> None:
    """People, places, goals, audits, decisions and judgements; indexes last."""
    with store._writing.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("PRAGMA defer_foreign_keys=ON"))
        _insert(connection, person, ({"uid": auditor(n), "name": f"Auditor {n}", "role": "auditor"} for n in _people()))
        _insert(connection, place, _places())
        _insert(connection, goal, _goals())
        _insert(connection, audit, _audits())
        for table, rows in ((decision, _decisions), (judgement, _judgements), (agreed_verdict, _agreed)):
            indexes = list(table.indexes)
            for index in indexes:
                index.drop(connection)
            _insert(connection, table, rows(decisions))
            for index in indexes:
                connection.execute(CreateIndex(index))


def _insert(connection: Connection, table: Table, rows: Iterator[dict[str, Any]]) -> None:
    """What a row does not name is left empty."""
    names = [column.name for column in table.columns if column.name != "id"]
    while some := list(islice(rows, _AT_ONCE)):
        empty = {name: None if table.c[name].nullable else _EMPTY.get(name, "") for name in names}
        connection.execute(table.insert(), [{**empty, **row} for row in some])


_EMPTY: dict[str, Any] = {
    **{name: {} for name in ("anchors", "risk_parts")},
    **{name: [] for name in ("items", "links", "goals", "judgements")},
    **dict.fromkeys(("contradicts", "escalated", "taken_back"), False),
    "double_share": 0.0,
}


def _people() -> range:
    return range(-1, AUDITORS)


def _places() -> Iterator[dict[str, Any]]:
    yield {"uid": uid(1, 0), "name": "Enterprise", "level": "enterprise", "parent": None, "zone": "UTC"}
    for n in range(REGIONS):
        yield {"uid": region(n), "name": f"Region {n + 1}", "level": "region", "parent": uid(1, 0), "zone": "UTC"}
    for n in range(SITES):
        above = region(n % REGIONS)
        yield {"uid": site(n), "name": f"Site {n + 1:03d}", "level": "site", "parent": above, "zone": "UTC"}


def _goals() -> Iterator[dict[str, Any]]:
    for n in range(GOALS):
        yield {
            "uid": goal_of(n),
            "code": f"goal{n + 1:02d}",
            "version": 1,
            "title": f"Goal {n + 1}",
            "statement": "We tell you before you have to ask.",
            "need": "I want to know where I stand.",
            "owner": "Service lead",
            "valid_from": datetime(2020, 1, 1, tzinfo=UTC).date(),
            "made_at": NOW,
            "person": uid(2, 0),
        }


def _audits() -> Iterator[dict[str, Any]]:
    for at in range(SITES):
        for when, quarter in enumerate(QUARTERS):
            begins, ends = days_of(quarter)
            concluded = datetime.combine(ends, datetime.min.time(), UTC) + timedelta(days=14)
            yield {
                "uid": audit_of(at, when),
                "number": f"Q-BENCH-{at * len(QUARTERS) + when:05d}",
                "title": f"Audit of site {at + 1:03d}",
                "place": site(at),
                "quarter": quarter,
                "begins": begins,
                "ends": ends,
                "planned_on": ends + timedelta(days=7),
                "auditor": _leader(at, when),
                "second": _second(at, when),
                "double_share": 0.1,
                "state": "concluded",
                "opened_at": concluded - timedelta(days=5),
                "concluded_at": concluded,
                "made_at": concluded - timedelta(days=30),
                "person": uid(2, 0),
            }


def _leader(at: int, when: int) -> str:
    return auditor((at + when * 7) % AUDITORS)


def _second(at: int, when: int) -> str:
    return auditor((at + when * 7 + 11) % AUDITORS)


class _Case:
    """One decision and what was said of it; the same each time it is asked for."""

    def __init__(self, n: int) -> None:
        chance = random.Random(n)
        # Large sites decide more than small ones.
        self.at = n % SITES if n < SITES * len(QUARTERS) * 4 else int(SITES * chance.random() ** 1.6)
        self.when = (n // SITES) % len(QUARTERS)
        self.goal = chance.randrange(GOALS)
        begins, ends = days_of(QUARTERS[self.when])
        self.day = begins + timedelta(days=chance.randrange((ends - begins).days + 1))
        self.verdict = _verdict(chance, self.at, self.goal, self.when, strict=(self.at + self.when * 7) % 6 == 0)
        self.is_double = n % 10 == 0
        self.second = self.verdict if chance.random() < 0.85 else chance.choice(VERDICTS)
        bad = self.verdict in {"part", "contrary"}
        self.constraint = chance.choice(CONSTRAINTS) if bad else ""
        if bad and self.goal == 3 and chance.random() < 0.6:
            self.constraint = "target"
        self.cause = "bonus" if self.constraint == "target" and chance.random() < 0.8 else ""
        self.cause = self.cause or (chance.choice(CAUSES) if bad and chance.random() < 0.7 else "")
        self.exception = "A storm had closed the road." if bad and chance.random() < 0.05 else ""
        self.scenario = chance.choice(SCENARIOS)
        self.role = f"Role {chance.randrange(6) + 1}"


def _verdict(chance: random.Random, at: int, goal_at: int, when: int, *, strict: bool) -> str:
    if chance.random() < 0.04:
        return "cannot_tell"
    share = 0.86 - 0.02 * (goal_at % 4) - 0.02 * (goal_at == 3) * when - 0.25 * (at % 37 == 0) - 0.12 * strict
    return "aligned" if chance.random() < share else chance.choices(("part", "contrary"), (3, 2))[0]


def _decisions(count: int) -> Iterator[dict[str, Any]]:
    for n in range(count):
        case = _Case(n)
        yield {
            "uid": uid(5, n),
            "number": f"D-BENCH-{n:06d}",
            "title": f"Decision {n} on a {case.scenario.replace('_', ' ')}",
            "why": "The customer had waited twice.",
            "scenario": case.scenario,
            "role": case.role,
            "place": site(case.at),
            "decided_on": case.day,
            "customers": 1 + n % 9,
            "goal": goal_of(case.goal),
            "standing": "within",
            "recorded_at": datetime.combine(case.day, datetime.min.time(), UTC),
            "person": uid(2, 0),
        }


def _judgements(count: int) -> Iterator[dict[str, Any]]:
    for n in range(count):
        case = _Case(n)
        yield _said(n, case, _leader(case.at, case.when), case.verdict, lead=True)
        if case.is_double:
            yield _said(n, case, _second(case.at, case.when), case.second, lead=False)


def _said(n: int, case: _Case, by: str, verdict: str, *, lead: bool) -> dict[str, Any]:
    made, aim = audit_of(case.at, case.when), goal_of(case.goal)
    when = datetime.combine(days_of(QUARTERS[case.when])[1], datetime.min.time(), UTC) + timedelta(days=10)
    return {
        "uid": judgement_uid(made, uid(5, n), aim, by),
        "audit": made,
        "decision": uid(5, n),
        "goal": aim,
        "place": site(case.at),
        "quarter": QUARTERS[case.when],
        "auditor": by,
        "is_lead": lead,
        "verdict": verdict,
        "evidence_for": "The letter of the day says so.",
        "evidence_against": "The customer was told two days later." if verdict != "aligned" else "",
        "constraint": case.constraint,
        "confidence": "high" if n % 3 else "medium",
        "exception": case.exception,
        "cause": case.cause,
        "judged_at": when,
        "handed_in_at": when + timedelta(days=1),
        "person": by,
    }


def _agreed(count: int) -> Iterator[dict[str, Any]]:
    for n in range(0, count, 10):
        case = _Case(n)
        if case.second != case.verdict:
            made, aim = audit_of(case.at, case.when), goal_of(case.goal)
            when = datetime.combine(days_of(QUARTERS[case.when])[1], datetime.min.time(), UTC) + timedelta(days=12)
            yield {
                "uid": agreed_uid(made, uid(5, n), aim),
                "audit": made,
                "decision": uid(5, n),
                "goal": aim,
                "verdict": case.second if n % 20 else case.verdict,
                "constraint": case.constraint,
                "exception": case.exception,
                "cause": case.cause,
                "reason": "Looked at the letter together.",
                "agreed_at": when,
                "person": uid(2, 0),
            }
