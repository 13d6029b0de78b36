"""Import complaints from a file: look at it, try it, do it; the same file again changes nothing."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Self

import msgspec

from gemba.domain.change import Change
from gemba.domain.intakes import Intake
from gemba.domain.record import Uid
from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.store import lot_files, lot_loading
from gemba.store.lot_comparing import ALL_FIELDS, Comparing
from gemba.store.lot_erasing import Forgetting
from gemba.store.lot_files import LotFiles
from gemba.store.lots import NOUN
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.wording import text
from gemba.work.desk import Desk
from gemba.work.intake_dates import DateOrder, spelled
from gemba.work.intake_fields import FIELDS, JOINED, KEY, MORE
from gemba.work.intake_lots import LotWriter
from gemba.work.intake_names import Codes, Places, Unfit, site_maker
from gemba.work.intake_plan import Plan
from gemba.work.intake_reading import Reading, rows
from gemba.work.intake_records import Faulty
from gemba.work.intake_refused import Refused, RefusedRow
from gemba.work.intake_row import Converter

Step = Callable[[int, int, str], None]
"""Told how many records are done, how many there are (roughly), and what is being done; may raise to cancel."""

_AT_ONCE = 2000


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """What an import did, or would do."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    kept: int = 0
    """Records of which a person has set something otherwise; the person's word stays."""
    erased: int = 0
    """Records whose words were erased; they stay so."""
    reasons: dict[str, int] = {}
    """Refused records by the code of the reason."""
    first_refused: tuple[RefusedRow, ...] = ()
    unknown: dict[str, dict[str, int]] = {}
    """By field the values that are not known here, with how often they occur."""
    new_places: tuple[str, ...] = ()
    new_codes: dict[str, dict[str, str]] = {}
    """Title by code, by facet."""
    refused_file: str = ""
    """Where all refused records stand."""


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
        run = _Run(desk, reader, reading, plan, refused, None)
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
            run = _Run(desk, unit, reading, plan, refused, site_maker(desk, unit, plan.zone))
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
    from zoneinfo import ZoneInfo

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


class _Run:
    """One going through a file.

    Args:
        desk: who does it.
        reader: of the store.
        reading: how the file is read.
        plan: what its columns stand for.
        refused: where refused records are written.
        make: makes a site; `None` when nothing is written.
    """

    def __init__(
        self,
        desk: Desk,
        reader: Reader,
        reading: Reading,
        plan: Plan,
        refused: Path | None,
        make: Callable[[str], Uid] | None,
    ) -> None:
        self._reading = reading
        self.places = Places(reader, plan, make)
        self.codes = {facet.value: Codes(reader, facet, plan) for facet in Facet}
        self._converter = Converter(
            reader, reading.columns, plan, self.places, self.codes, desk.clock(), reading.decimal
        )
        self.fields = self._converter.fields
        self.refused = Refused(reading.columns, refused)
        self._comparing = Comparing(reader, plan.source, self.fields, ("due_at",))
        self._seen: set[int] = set()
        self._done: Counter[str] = Counter()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.refused.close()
        else:
            self.refused.abandon()

    def compared(self, path: Path, step: Step | None) -> Iterator[tuple[list[Sequence[Any]], list[Sequence[Any]]]]:
        """Records that are new, and those that say something else with all their fields, some at a time."""
        some: list[Sequence[Any]] = []
        seen, done, total = self._seen, 0, self._reading.rows
        at_key = self.fields.index(KEY)
        convert, refused = self._converter.convert, self.refused
        for one in rows(path, self._reading):
            done += 1
            if isinstance(one, Faulty):
                refused.faulty(one)
                continue
            line, cells = one
            try:
                values = convert(cells)
            except Unfit as unfit:
                refused.unfit(line, cells, unfit)
                continue
            key = values[at_key]
            if (short := hash(key)) in seen:
                refused.unfit(line, cells, Unfit("key_twice", key))
                continue
            seen.add(short)
            some.append(values)
            if len(some) >= _AT_ONCE:
                if step is not None:
                    step(done, max(total, done), text("Reading complaints …"))
                yield self._told(some)
                some = []
        yield self._told(some)
        if step is not None:
            step(done, done, text("Writing indexes …"))

    def _told(self, some: list[Sequence[Any]]) -> tuple[list[Sequence[Any]], list[Sequence[Any]]]:
        found = self._comparing.compare(some)
        self._done.update(
            added=len(found.added),
            changed=len(found.changed),
            unchanged=found.unchanged,
            kept=found.kept,
            erased=found.erased,
        )
        return found.added, found.changed

    def counted(self) -> Counted:
        """What has been done so far."""
        unknown = {facet: dict(codes.unknown.most_common(50)) for facet, codes in self.codes.items() if codes.unknown}
        if self.places.unknown:
            unknown["place"] = dict(self.places.unknown.most_common(50))
        return Counted(
            **{name: self._done[name] for name in ("added", "changed", "unchanged", "kept", "erased")},
            refused=self.refused.count,
            reasons=dict(self.refused.reasons),
            first_refused=tuple(self.refused.first),
            unknown=unknown,
            new_places=tuple(self.places.made),
            new_codes={facet: codes.added for facet, codes in self.codes.items() if codes.added},
            refused_file=str(self.refused.file or ""),
        )


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


def _write(desk: Desk, unit: Unit, run: _Run, intake: Intake, files: LotFiles, path: Path, step: Step | None) -> None:
    same = {"source": intake.source, "person": desk.person.uid, "recorded_at": spelled(_whole(intake.imported_at))}
    with LotWriter(desk, unit, intake.uid, same, files) as lots:
        for added, changed in run.compared(path, step):
            lots.add(run.fields, added)
            lots.add(ALL_FIELDS, changed)
        lots.finish()
        for first, last in lots.laying.fresh:
            lot_loading.learn(unit.connection, first, last)


def _finished(desk: Desk, unit: Unit, run: _Run, intake: Intake, path: Path) -> None:
    """Tell what came of it, and see to what an erasure ahead of it asks for."""
    for codes in run.codes.values():
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
