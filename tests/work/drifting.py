"""A small organisation with concluded audits: what decisions of sites came to."""

from __future__ import annotations

from typing import Any

from tests.work.auditing import decide, judge, plan_audit, promise

from gemba.domain.places import Level, Place
from gemba.domain.programmes import AuditState
from gemba.domain.quarters import days_of
from gemba.work.desk import Desk
from gemba.work.places import add_place


class Organisation:
    """Two regions with sites, goals and audits."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.north, self.south = self.place("North", Level.REGION), self.place("South", Level.REGION)
        self.harbour = self.place("Harbour", parent=self.north)
        self.station = self.place("Station", parent=self.north)
        self.market = self.place("Market", parent=self.south)
        self.counter = self.place("Counter", Level.AREA, self.harbour)
        self.goals = {code: promise(desk, code) for code in ("told", "once")}
        self.audits: dict[tuple[str, str, str], str] = {}

    def place(self, name: str, level: Level = Level.SITE, parent: str | None = None) -> str:
        uid = add_place(self.desk, name).uid
        with self.desk.unit() as unit:
            unit.change(Place, uid, level=level, parent=parent)
        return uid

    def audit(self, place: str, quarter: str, auditor: str, state: AuditState = AuditState.CONCLUDED) -> str:
        key = (place, quarter, auditor)
        if key not in self.audits:
            self.audits[key] = plan_audit(self.desk, place, quarter, state=state, auditor=auditor)
        return self.audits[key]

    def judged(
        self,
        place: str,
        verdicts: str,
        *,
        goal: str = "told",
        quarter: str = "2026-Q3",
        auditor: str = "",
        state: AuditState = AuditState.CONCLUDED,
        **fields: Any,
    ) -> list[str]:
        """One decision for each letter: a(ligned), p(art), c(ontrary), t (cannot tell); uids of the decisions."""
        by = auditor or self.desk.person.uid
        audit = self.audit(place, quarter, by, state)
        begins, _ = days_of(quarter)
        names = {"a": "aligned", "p": "part", "c": "contrary", "t": "cannot_tell"}
        made = []
        for letter in verdicts:
            decision = decide(self.desk, place, begins)
            uid = self.goals.get(goal, goal)
            said = {"handed_in_at": self.desk.clock(), "auditor": by, **fields}
            judge(self.desk, audit, decision, uid, names[letter], **said)
            made.append(decision)
        return made
