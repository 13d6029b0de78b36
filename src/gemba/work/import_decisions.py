"""Import a decision log from a file: look at it, try it, do it; the same file again changes nothing."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from gemba.domain.change import Change
from gemba.domain.decisions import Decision
from gemba.domain.intakes import Intake
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.store.uncollected import uncollected
from gemba.store.unit import Unit
from gemba.wording import text
from gemba.work.decision_fields import FIELDS, JOINED
from gemba.work.decision_row import DecisionPlan
from gemba.work.decision_run import DecisionRun, place_record
from gemba.work.desk import Desk
from gemba.work.escalations import open_conflict_in
from gemba.work.intake_dates import DateOrder
from gemba.work.intake_fields import KEY
from gemba.work.intake_mapping import OF
from gemba.work.intake_reading import Reading
from gemba.work.intake_run import Counted, Step

NOUN, UNDATED = "decision", "undated"


class DecisionsCounted(Counted, frozen=True, kw_only=True):
    """What an import of decisions did, or would do."""

    undated: int = 0
    """Refused records that do not say when they were decided: no sample can hold them."""
    standings: dict[str, int] = msgspec.field(default_factory=dict)
    """Records that can be taken, by how they stand."""
    conflicts: int = 0
    """Decisions that contradict a commitment and still stand: each opens an escalation, once."""


class DecisionsImported(msgspec.Struct, frozen=True):
    """What an import did."""

    intake: Uid
    counted: DecisionsCounted
    change: Change


def dry_run(
    desk: Desk,
    path: Path,
    reading: Reading,
    plan: DecisionPlan,
    *,
    step: Step | None = None,
    refused: Path | None = None,
) -> DecisionsCounted:
    """Count what an import would do; nothing is changed.

    Args:
        desk: who asks.
        path: the file.
        reading: how it is read.
        plan: what its columns stand for.
        step: is told how far it is; may raise to cancel.
        refused: where refused records are written, all of them.

    Raises:
        Refusal: `work.intake_*`, when the plan does not fit the file.
        Trouble: a file cannot be read or written.
    """
    demand_sound(reading, plan)
    with uncollected(), desk.reader() as reader, DecisionRun(desk, reader, reading, plan, refused) as run:
        for some in run.some(path):
            _tell(step, some.done, reading)
    return _counted(run)


def import_(
    desk: Desk,
    path: Path,
    reading: Reading,
    plan: DecisionPlan,
    *,
    step: Step | None = None,
    refused: Path | None = None,
) -> DecisionsImported:
    """Import a file, in one transaction: all that can be read, or nothing when it is cancelled.

    Args: as `dry_run`.

    Raises:
        Refusal: `work.intake_*`.
        Trouble: the disk is full, a file cannot be read or written; then nothing was changed.
    """
    demand_sound(reading, plan)
    with uncollected(), desk.unit() as unit:
        intake = _begun(desk, unit, path, reading, plan)
        with DecisionRun(desk, unit, reading, plan, refused) as run:
            for some in run.some(path):
                for name, uid in some.places.items():
                    unit.put(place_record(name, uid, desk.zone))
                unit.put_many(some.added)
                for one, differs in some.changed:
                    unit.change(Decision, one.uid, **differs)
                _tell(step, some.done, reading)
        for decision, goal in run.conflicts:
            open_conflict_in(desk, unit, decision, goal)
        counted = _counted(run)
        counts = {name: getattr(counted, name) for name in ("added", "changed", "unchanged", "refused")}
        unit.change(Intake, intake.uid, reading={**intake.reading, UNDATED: str(counted.undated)}, **counts)
        change = unit.change_made(intake.uid)
    if step is not None:
        step(reading.rows, reading.rows, text("Done."))
    return DecisionsImported(intake.uid, counted, Change(change.topics | {NOUN}, change.uids, intake.uid))


def demand_sound(reading: Reading, plan: DecisionPlan) -> None:
    """Demand that a plan fits a file.

    Raises:
        Refusal: `work.intake_no_source`, `work.intake_order`, `work.intake_column`, `work.intake_field`,
            `work.intake_twice`, `work.intake_lacks`.
    """
    if not plan.source.strip():
        raise Refusal("work.intake_no_source")
    if plan.date_order not in set(DateOrder):
        raise Refusal("work.intake_order", order=plan.date_order)
    demand_columns(reading, plan.mapping)
    named = Counter(field for field in plan.mapping.values() if field)
    twice = sorted(field for field, count in named.items() if count > 1 and field not in JOINED)
    if twice:
        raise Refusal("work.intake_twice", field=twice[0])
    given = {name for name in ("place", "role") if getattr(plan, name)}
    for needed in (KEY, "decided_on", "title", "place", "role"):
        if needed not in {*named, *given}:
            raise Refusal("work.intake_lacks", field=needed)


def demand_columns(reading: Reading, mapping: Mapping[str, str]) -> None:
    """Demand that columns are of the file and fields of decisions.

    Raises:
        Refusal: `work.intake_column`, `work.intake_field`.
    """
    for title, field in mapping.items():
        if title not in reading.columns:
            raise Refusal("work.intake_column", column=title, columns=", ".join(reading.columns))
        if field and field not in FIELDS:
            raise Refusal("work.intake_field", field=field, fields=", ".join(FIELDS))


def undated(reader: Reader) -> int:
    """How many decisions of imported logs were refused because nothing says when they were made.

    Of the same file only the last import counts.
    """
    last = {one.file_sha256: one for one in sorted(reader.find(Intake), key=lambda one: one.imported_at)}
    return sum(int(one.reading.get(UNDATED) or 0) for one in last.values() if one.reading.get(OF) == NOUN)


def _tell(step: Step | None, done: int, reading: Reading) -> None:
    if step is not None:
        step(done, max(reading.rows, done + 1), text("Reading decisions …"))


def _begun(desk: Desk, unit: Unit, path: Path, reading: Reading, plan: DecisionPlan) -> Intake:
    """The record of the import; what came of it is told at the end."""
    kept: dict[str, Any] = {
        **{name: str(getattr(reading, name)) for name in ("encoding", "separator", "sheet", "decimal", "header")},
        **{name: str(getattr(plan, name)) for name in ("date_order", "place", "role", "unit")},
        "unknown_places": plan.unknown_places.value,
        "unknown_goals": plan.unknown_goals.value,
        OF: NOUN,
    }
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    intake = Intake(
        uid=desk.ids(),
        source=plan.source,
        file_name=path.name,
        file_sha256=sha256,
        reading=kept,
        mapping={title: field for title, field in plan.mapping.items() if field},
        columns=reading.columns,
        **dict.fromkeys(("added", "changed", "unchanged", "refused"), 0),
        imported_at=desk.clock(),
        person=desk.person.uid,
    )
    unit.put(intake)
    return intake


def _counted(run: DecisionRun) -> DecisionsCounted:
    unknown = {name: dict(some.most_common(50)) for name, some in run.unknown.items() if some}
    if run.places.unknown:
        unknown["place"] = dict(run.places.unknown.most_common(50))
    if run.segments.unknown:
        unknown["segment"] = dict(run.segments.unknown.most_common(50))
    return DecisionsCounted(
        added=run.done["added"],
        changed=run.done["changed"],
        unchanged=run.done["unchanged"],
        kept=run.done["kept"],
        erased=run.done["erased"],
        refused=run.refused.count,
        reasons=dict(run.refused.reasons),
        first_refused=tuple(run.refused.first),
        unknown=unknown,
        new_places=tuple(run.places.made),
        refused_file=str(run.refused.file or ""),
        undated=run.refused.reasons["no_day"],
        standings=dict(run.standings),
        conflicts=len(run.conflicts),
    )
