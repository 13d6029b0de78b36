"""Import complaints from a file: look at it, try it, do it; the same file again changes nothing."""

from __future__ import annotations

import hashlib
from collections import Counter
from contextlib import closing
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from gemba.domain.change import Change
from gemba.domain.intakes import Intake
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store import lot_files, lot_loading
from gemba.store.lot_comparing import ALL_FIELDS
from gemba.store.lot_erasing import Forgetting
from gemba.store.lot_files import LotFiles
from gemba.store.lots import NOUN
from gemba.store.unit import Unit
from gemba.wording import text
from gemba.work.desk import Desk
from gemba.work.intake_dates import DateOrder, spelled
from gemba.work.intake_fields import FIELDS, JOINED, KEY, MORE
from gemba.work.intake_lots import LotWriter
from gemba.work.intake_plan import Plan
from gemba.work.intake_reading import Reading
from gemba.work.intake_run import Counted, Run, Step

__all__ = ["Counted", "Imported", "Step", "demand_sound", "dry_run", "import_"]


class Imported(msgspec.Struct, frozen=True):
    """What an import did."""

    intake: Uid
    counted: Counted
    change: Change


def dry_run(
    desk: Desk, path: Path, reading: Reading, plan: Plan, *, step: Step | None = None, refused: Path | None = None
) -> Counted:
    """Count what an import would do; nothing is changed.

    Args:
        desk: who asks.
        path: the file.
        reading: how it is read.
        plan: what its columns stand for.
        step: is told how far it is.
        refused: where refused records are written, all of them.

    Raises:
        Refusal: `work.intake_mapping`, when the plan does not fit the file.
        Trouble: a file cannot be read or written.
    """
    demand_sound(reading, plan)
    with desk.reader() as reader:
        run = Run(desk, reader, reading, plan, refused)
        with run:
            for _ in run.compared(path, step):
                pass
        return run.counted()


def import_(
    desk: Desk, path: Path, reading: Reading, plan: Plan, *, step: Step | None = None, refused: Path | None = None
) -> Imported:
    """Import a file, in one transaction: all that can be read, or nothing when it is cancelled.

    Args: as `dry_run`.

    Raises:
        Refusal: `work.intake_mapping`.
        Trouble: the disk is full, a file cannot be read or written; then nothing was changed.
    """
    demand_sound(reading, plan)
    files = LotFiles(desk.store.folder, desk.store.evidence)
    try:
        with desk.unit() as unit:
            lot_files.sweep(desk.store.folder, desk.store.evidence, unit)
            run = Run(desk, unit, reading, plan, refused)
            intake = _begun(desk, unit, path, reading, plan)
            with run, lot_loading.in_bulk(unit.connection, reading.rows):
                _write(desk, unit, run, intake, files, path, step)
            _finished(desk, unit, run, intake, path)
            change = unit.change_made(intake.uid)
    except BaseException:
        files.undo()
        raise
    files.done()
    return Imported(intake.uid, run.counted(), Change(change.topics | {NOUN}, change.uids, intake.uid))


def demand_sound(reading: Reading, plan: Plan) -> None:
    """Demand that a plan fits a file.

    Raises:
        Refusal: `work.intake_mapping`, `work.intake_no_source`, `work.unknown_zone`, `work.intake_order`.
    """
    if not plan.source.strip():
        raise Refusal("work.intake_no_source")
    if plan.date_order not in set(DateOrder):
        raise Refusal("work.intake_order", order=plan.date_order)
    try:
        ZoneInfo(plan.zone)
    except (ValueError, OSError, KeyError) as error:
        raise Refusal("work.unknown_zone", zone=plan.zone) from error
    unknown = [title for title in plan.mapping if title not in reading.columns]
    if unknown:
        raise Refusal("work.intake_column", column=unknown[0], columns=", ".join(reading.columns))
    named = Counter(field for field in plan.mapping.values() if field)
    wrong = sorted(set(named) - set(FIELDS))
    if wrong:
        raise Refusal("work.intake_field", field=wrong[0], fields=", ".join(FIELDS))
    twice = sorted(field for field, count in named.items() if count > 1 and field not in {*JOINED, MORE})
    if twice:
        raise Refusal("work.intake_twice", field=twice[0])
    for needed in (KEY, "received_at"):
        if needed not in named:
            raise Refusal("work.intake_lacks", field=needed)


def _begun(desk: Desk, unit: Unit, path: Path, reading: Reading, plan: Plan) -> Intake:
    """The record of the import; what came of it is told at the end."""
    intake = Intake(
        uid=desk.ids(),
        source=plan.source,
        file_name=path.name,
        file_sha256=_sha256(path),
        reading={
            **{name: str(getattr(reading, name)) for name in ("encoding", "separator", "sheet", "decimal", "header")},
            "date_order": plan.date_order,
            "zone": plan.zone,
            "unknown_places": plan.unknown_places.value,
            "unknown_codes": plan.unknown_codes.value,
            "rest": "yes" if plan.rest else "",
        },
        mapping={title: field for title, field in plan.mapping.items() if field},
        columns=reading.columns,
        added=0,
        changed=0,
        unchanged=0,
        refused=0,
        imported_at=desk.clock(),
        person=desk.person.uid,
    )
    unit.put(intake)
    return intake


def _write(desk: Desk, unit: Unit, run: Run, intake: Intake, files: LotFiles, path: Path, step: Step | None) -> None:
    zone = intake.reading["zone"]
    same = {"source": intake.source, "person": desk.person.uid, "recorded_at": spelled(_whole(intake.imported_at))}
    run.ask_for_lots(same)
    lots = LotWriter(desk, unit, intake.uid, same, files)
    with closing(run.compared(path, step)) as pieces:
        for some in pieces:
            for name, uid in some.places.items():
                unit.put(Place(uid=uid, name=name, zone=zone))
            if some.packed:
                lots.lay_whole(run.fields, some.added, some.count_added, some.packed)
            else:
                lots.add(run.fields, some.added, some.count_added)
                lots.add(ALL_FIELDS, some.changed, some.count_changed)
    lots.finish()


def _finished(desk: Desk, unit: Unit, run: Run, intake: Intake, path: Path) -> None:
    """Tell what came of it, and see to what an erasure ahead of it asks for."""
    for codes in run.made.codes.values():
        codes.release(desk, unit, text("Codes of the import of {file}", file=path.name))
    told = run.counted()
    counts = {name: getattr(told, name) for name in ("added", "changed", "unchanged", "refused")}
    unit.change(Intake, intake.uid, **counts)
    Forgetting(unit, desk.store.evidence, desk.ids, desk.person.uid).settle()


def _whole(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
