"""One going through a decision log that is imported: its records read, and compared with what is here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, Self

import msgspec

from gemba.domain.decisions import Decision, Standing, decision_uid, imported_number
from gemba.domain.goal_validity import plain_code
from gemba.domain.nouns import PERSONAL_FIELDS
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.domain.standings import plain
from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.store import erasing
from gemba.store.reading import Reader
from gemba.store.record_history import history
from gemba.work.boundaries import Boundaries
from gemba.work.decision_row import DecisionPlan, DecisionRows, UnknownGoal
from gemba.work.decisions import demand_open
from gemba.work.desk import Desk
from gemba.work.exception_standards import standards
from gemba.work.goals_in_force import Goals
from gemba.work.intake_names import Codes, Places, Unfit
from gemba.work.intake_plan import Plan
from gemba.work.intake_reading import Reading, rows
from gemba.work.intake_records import Faulty
from gemba.work.intake_refused import Refused, abandon

AT_ONCE = 2000
"""Records that are compared and written together."""
_AHEAD = timedelta(days=1)
_SAID = ("title", "why", "scenario", "role", "place", "decided_on", "customers", "segment", "goal", "contradicts",
         "amount", "unit", "effect", "escalated", "exception", "expires")  # fmt: skip
_FOLLOWS = ("boundary", "standing")
"""What follows from what a file says."""
_PERSONAL = PERSONAL_FIELDS["decision"]


class Some(msgspec.Struct, frozen=True):
    """Decisions that are to be written, and the sites that are to be made before."""

    done: int
    """Records that were read so far."""
    places: dict[str, Uid]
    added: list[Decision]
    changed: list[tuple[Decision, dict[str, Any]]]
    """As they are to be, with what is to be said anew."""


class DecisionRun:
    """One going through a file.

    Args:
        desk: who does it.
        reader: of the store.
        reading: how the file is read.
        plan: what its columns stand for.
        refused: where refused records are written.
    """

    def __init__(self, desk: Desk, reader: Reader, reading: Reading, plan: DecisionPlan, refused: Path | None) -> None:
        self._desk, self._reader, self._reading, self._plan, self._file = desk, reader, reading, plan, refused
        self.refused = Refused(reading.columns, refused)
        names = Plan(source=plan.source, mapping={}, unknown_places=plan.unknown_places)
        self.places = Places(reader, names)
        self.segments = Codes(reader, Facet.SEGMENT, names)
        latest = (desk.clock() + _AHEAD).date()
        self.rows = DecisionRows(reading.columns, plan, self.places, self.segments, latest, reading.decimal)
        self.boundaries = Boundaries(reader)
        self._goals = Goals(reader)
        self._goal_codes = _goal_codes(self._goals)
        self._standards = {
            plain(words): code for code, one in standards(reader).items() for words in (code, one.number, one.title)
        }
        self.done: Counter[str] = Counter()
        self.standings: Counter[str] = Counter()
        self.unknown: dict[str, Counter[str]] = {"goal": Counter(), "exception": Counter(), "role": Counter()}
        self.conflicts: list[tuple[Uid, Uid]] = []
        """Decisions that contradict a goal and still stand, each with the goal."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.refused.publish()
        else:
            abandon(self._file)

    def some(self, path: Path) -> Iterator[Some]:
        """The records of the file, some at a time: what is new, and what says something else."""
        seen, held, done = set[int](), list[tuple[int, Sequence[str], Decision]](), 0
        for one in rows(path, self._reading):
            done += 1
            if isinstance(one, Faulty):
                self.refused.faulty(one)
                continue
            line, cells = one
            try:
                made = self._made(cells, seen)
            except Unfit as unfit:
                self.refused.unfit(line, cells, unfit)
                continue
            held.append((line, cells, made))
            if len(held) >= AT_ONCE:
                yield self._compared(held, done)
                held = []
        yield self._compared(held, done)
        self.refused.finish()

    def _made(self, cells: Sequence[str], seen: set[int]) -> Decision:
        """The decision that a record says."""
        said = self.rows.convert(cells)
        key = said.pop("key")
        short = hash(key)
        if short in seen:
            raise Unfit("key_twice", key)
        said["scenario"] = self.boundaries.scenario(said.get("scenario") or "")
        self._name(said)
        if said.get("contradicts") and not said.get("goal"):
            raise Unfit("no_goal")
        if plain(said["role"]) not in self.boundaries.roles:
            self._count("role", said["role"])
        stands = self._stands(said)
        seen.add(short)
        uid = decision_uid(self._plan.source, key)
        return Decision(
            uid=uid,
            number=imported_number(uid),
            source=self._plan.source,
            key=key,
            recorded_at=self._desk.clock(),
            person=self._desk.person.uid,
            boundary=stands.boundary.uid if stands.boundary is not None else None,
            standing=stands.standing,
            **said,
        )

    def _stands(self, said: dict[str, Any]) -> Any:
        amount, unit = said.get("amount"), said.get("unit") or ""
        case = (said["role"], said["scenario"], said["place"], said["decided_on"])
        stands = self.boundaries.check(*case, amount=amount, unit=unit, escalated=bool(said.get("escalated")))
        if amount is not None and not unit and (stands.boundary is None or stands.boundary.unit):
            raise Unfit("no_unit", f"{amount:g}")
        return stands

    def _name(self, said: dict[str, Any]) -> None:
        """Put the records in that goal and exception name."""
        if said.get("goal"):
            said["goal"] = self._goal(said["goal"], said["place"], said["decided_on"])
        elif "goal" in said:
            said["goal"] = None
        if said.get("exception"):
            found = self._standards.get(plain(said["exception"]))
            if found is None:
                self._count("exception", said["exception"])
                raise Unfit("unknown_exception", said["exception"])
            said["exception"] = found

    def _goal(self, words: str, place: Uid, day: Any) -> Uid | None:
        roots = self._goal_codes.get(plain_code(words)) or self._goal_codes.get(plain(words)) or set()
        codes = {self._goals.lines.code(root) for root in roots}
        for one in self._goals.at(place, day) if codes else ():
            if self._goals.lines.code(one.uid) in codes:
                return one.uid
        if not codes:
            self._count("goal", words)
        if self._plan.unknown_goals is UnknownGoal.EMPTY:
            return None
        raise Unfit("goal_not_then" if codes else "unknown_goal", words)

    def _count(self, field: str, words: str) -> None:
        counted = self.unknown[field]
        if words in counted or len(counted) < AT_ONCE:
            counted[words] += 1

    def _compared(self, held: list[tuple[int, Sequence[str], Decision]], done: int) -> Some:
        here = {one.uid: one for one in self._reader.many(Decision, [made.uid for _, _, made in held])}
        added: list[Decision] = []
        changed: list[tuple[Decision, dict[str, Any]]] = []
        for line, cells, made in held:
            old = here.get(made.uid)
            self.standings[made.standing] += 1
            if old is None:
                added.append(made)
                self._note_conflict(made)
                continue
            try:
                differs = self._differs(old, made)
            except Refusal:
                self.refused.unfit(line, cells, Unfit("audited", old.number))
                continue
            if differs:
                now = msgspec.structs.replace(old, **differs)
                changed.append((now, differs))
                self._note_conflict(now)
            self.done["changed" if differs else "unchanged"] += 1
        self.done["added"] += len(added)
        return Some(done, self.places.take_made(), added, changed)

    def _differs(self, old: Decision, made: Decision) -> dict[str, Any]:
        """What the file says otherwise than the record, where no person has set it and nothing was erased.

        Raises:
            Refusal: a concluded audit has judged it.
        """
        told = [name for name in _SAID if name in self.rows.fields or name in ("place", "role")]
        differs = {name: getattr(made, name) for name in told if getattr(made, name) != getattr(old, name)}
        if not differs:
            return {}
        kept = {name for name in self._set_by_people(old.uid) if name in differs}
        self.done["kept"] += bool(kept)
        differs = {name: value for name, value in differs.items() if name not in kept}
        if not _PERSONAL.isdisjoint(differs) and erasing.fetch(self._reader.connection, [("decision", old.uid)]).get(
            ("decision", old.uid)
        ):
            self.done["erased"] += 1
            differs = {name: value for name, value in differs.items() if name not in _PERSONAL}
        if differs:
            demand_open(self._reader, old)
            differs |= self._following(msgspec.structs.replace(old, **differs))
        return differs

    def _following(self, now: Decision) -> dict[str, Any]:
        stands = self.boundaries.check(
            now.role,
            now.scenario,
            now.place,
            now.decided_on,
            amount=now.amount,
            unit=now.unit,
            escalated=now.escalated,
        )
        uid = stands.boundary.uid if stands.boundary is not None else None
        return {"boundary": uid, "standing": Standing(stands.standing), "recorded_at": self._desk.clock()}

    def _set_by_people(self, uid: Uid) -> set[str]:
        """Fields that a person has set since an import did: an import says anew when the record was taken in."""
        last: dict[str, bool] = {}
        for step in history(self._reader, "decision", uid):
            for name in step.fields:
                last.setdefault(name, "recorded_at" in step.fields)
        return {name for name, imported in last.items() if not imported}

    def _note_conflict(self, decision: Decision) -> None:
        stands = decision.expires is None or decision.expires >= self._desk.clock().date()
        if decision.contradicts and decision.goal is not None and stands:
            self.conflicts.append((decision.uid, decision.goal))


def place_record(name: str, uid: Uid, zone: str) -> Place:
    """A site that an import makes."""
    return Place(uid=uid, name=name, zone=zone)


def _goal_codes(goals: Goals) -> dict[str, set[Uid]]:
    """Lines of goals by everything that a file may call them: code, titles and uids."""
    found: dict[str, set[Uid]] = {}
    for root, versions in goals.lines.lines.items():
        for words in (goals.lines.code(root), *(one.title for one in versions), *(one.uid for one in versions)):
            found.setdefault(plain(words), set()).add(root)
    return found
