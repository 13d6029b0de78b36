"""Make an audit pack: what a steward chose, in one file that anybody can read and prove without Gemba.

The same choice over the same store gives the same bytes (of the open pack): no clock, no chance.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Self

import msgspec

from gemba import __version__, wording
from gemba.domain.assessments import Assessment
from gemba.errors import GembaError, Refusal
from gemba.kinds.registry import by_code
from gemba.packs import audit_pack_paths as paths
from gemba.packs import audit_pack_sealing as sealing
from gemba.packs.audit_pack_spool import Spool, Waiting
from gemba.reports.binder import Binder
from gemba.reports.binder_facts import BinderFacts, ContentsFacts, RegisterFacts
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work import audit_pack_estimate as estimating
from gemba.work import audit_pack_statement as statement
from gemba.work.audit_pack_choice import Choice, Resolution, quarter
from gemba.work.audit_pack_crate import crate
from gemba.work.audit_pack_estimate import Estimate
from gemba.work.audit_pack_evidence import Gathered, gather
from gemba.work.audit_pack_gaps import Gaps, gaps_of
from gemba.work.audit_pack_names import Names
from gemba.work.audit_pack_statement import Absent, Account
from gemba.work.audit_pack_survey import Piece, Step, Subject, Survey, survey
from gemba.work.audit_pack_tables import REGISTER_FIELDS, Tables
from gemba.work.desk import Desk
from gemba.work.report_facts import TONES, Showing, assessment_facts

_TRIES, _PREFIX, _LONG_AGO = 4, "audit-pack-", 86_400


class MadeAuditPack(msgspec.Struct, frozen=True, kw_only=True):
    """An audit pack that lies on the disk."""

    file: Path
    sha256: str
    size: int
    pack_id: str
    inner_sha256: str
    """Of the zip inside; the same each time, sealed or not, for the same recipients."""
    sealed: bool
    assessments: int
    reports: int
    pages: int
    evidence: int
    resolution: Resolution
    estimated: int
    """Bytes that it was thought to have."""
    absent: dict[str, int]
    """How many things that were chosen are not in it, by reason."""
    known_whole: bool
    """False when the store knows, or cannot rule out, that something of the stretch has not reached it."""
    remarks: tuple[str, ...]


def estimate(desk: Desk, choice: Choice, step: Step | None = None) -> list[Estimate]:
    """How large the pack would be, at the resolution asked for and at each lower one.

    Raises:
        Refusal: there is nothing of what was chosen.
    """
    with desk.reader() as reader:
        return estimating.estimates(desk, choice, survey(reader, choice, step))


def make(
    desk: Desk, choice: Choice, out: Path, *, recipients: Sequence[str] = (), step: Step | None = None
) -> MadeAuditPack:
    """Make an audit pack.

    Args:
        desk: of a laptop's or headquarters' store; its device signs.
        choice: what is to be in it.
        out: the file, or a folder in which it gets a name of its own.
        recipients: age keys that it is sealed to; none makes an open pack.
        step: told how far it is; what it raises ends the work, and nothing is left behind.

    Raises:
        Refusal: nothing was found, or not even the binder has room within the size asked for.
        Trouble: the disk is full, or the folder cannot be written.
    """
    told = step or (lambda _stage, _done, _total: None)
    with desk.reader() as reader:
        found = survey(reader, choice, told)
        thought = estimating.resolution_within(estimating.estimates(desk, choice, found), estimating.room_of(choice))
        gaps = gaps_of(reader, choice.first, choice.last, {one.assessment.uid for one in found.subjects})
        kept_free = 0
        for _ in range(_TRIES):
            with _Making(desk, reader, choice, found, gaps, thought, told) as making:
                request = making.request(recipients, kept_free)
                over = sealing.zip_size(request) - estimating.room_of(choice)
                if over <= 0:
                    written = sealing.write(request, out, lambda done, total: told("writing", done, total))
                    return making.told_of(written, sealed=bool(recipients))
                if not making.account.evidence:
                    break
                kept_free += round(over * 1.1) + 10_000
    needed = -(-sealing.zip_size(request) // 100_000) / 10  # never less than it takes
    raise Refusal("work.budget_too_small", budget_mb=estimating.room_of(choice) / 1_000_000, needed_mb=needed)


class _Making:
    """One go at a pack; whatever it wrote is gone when it ends."""

    def __init__(
        self,
        desk: Desk,
        reader: Reader,
        choice: Choice,
        found: Survey,
        gaps: Gaps,
        thought: Estimate,
        step: Step,
    ) -> None:
        self._desk, self._reader, self._choice, self._found = desk, reader, choice, found
        self._thought, self._step = thought, step
        signer = desk.store.device.id
        self.account = Account(choice=choice, survey=found, gaps=gaps, signer=signer, resolution=thought.resolution)
        self._names = Names(desk, reader, plain=choice.with_names)

    def __enter__(self) -> Self:
        _clear_left(self._desk.store.folder)
        self._folder = tempfile.TemporaryDirectory(prefix=_PREFIX, dir=self._desk.store.folder)
        self._spool = Spool(Path(self._folder.name))
        return self

    def __exit__(self, *_: object) -> None:
        self._spool.close()
        self._folder.cleanup()

    def request(self, recipients: Sequence[str], kept_free: int) -> sealing.AuditPackRequest:
        """Draw and write everything into the spool.

        Args:
            recipients: that it will be sealed to.
            kept_free: bytes that the evidence must leave free beside what was reckoned.
        """
        account, found = self.account, self._found
        account.absent += [Absent("assessment", number, "draft", place) for number, place in found.drafts]
        allowance = estimating.room_of(self._choice) - (self._thought.total - self._thought.evidence) - kept_free
        gathered = gather(self._desk, found, account, self._spool, max(0, allowance), self._step)
        binder_file = self._spool.scratch()
        binder = Binder(binder_file, self._cover(), language=wording.language())
        tables = Tables(self._desk, self._reader, self._names, Path(self._folder.name))
        try:
            tables.begin(found.subjects)
            self._draw(binder, tables, gathered)
            for one in self._found.done:
                tables.put_done(one, {piece.item.name: gathered.names[piece.item.uid] for piece in one.pieces})
            for cells in self._register_cells(gathered):
                tables.register(cells)
            written, odd = tables.finish(self._spool, found.newest)
        except BaseException:
            tables.abandon()
            raise
        account.tables = tuple(path.rpartition("/")[2] for path in written)
        if odd:
            account.remarks.append(text("Some texts in the workbook were cut or hold signs that it cannot keep."))
        rendered = binder.finish(statement.parts(account), self._register(gathered), statement.figures(account))
        account.pages = rendered.pages
        account.remarks += rendered.warnings
        payload = {**written, **{f"data/evidence/{name}": one for name, one in gathered.files.items()}}
        return self._packed(self._spool.add_file(binder_file), payload, recipients)

    def told_of(self, written: sealing.WrittenAuditPack, *, sealed: bool) -> MadeAuditPack:
        """What came of it."""
        account = self.account
        return MadeAuditPack(
            file=written.path,
            sha256=written.sha256,
            size=written.size,
            pack_id=written.pack_id,
            inner_sha256=written.inner_sha256,
            sealed=sealed,
            assessments=len(self._found.subjects),
            reports=account.reports,
            pages=account.pages,
            evidence=account.evidence,
            resolution=account.resolution,
            estimated=self._thought.total,
            absent=statement.count_of_absent(account.absent),
            known_whole=account.gaps.is_known_whole,
            remarks=tuple(account.remarks),
        )

    def _packed(
        self, binder: Waiting, payload: dict[str, Waiting], recipients: Sequence[str]
    ) -> sealing.AuditPackRequest:
        account, title, spool = self.account, text("Audit pack"), self._spool
        payload[paths.COMPLETENESS] = spool.add([statement.as_json(account)])
        people = {paths.BINDER: binder, paths.STATEMENT: spool.add([statement.as_text(account, title)])}
        about = crate(
            title,
            self._subject(),
            self._found.organisation,
            self._found.newest,
            {**people, **dict(sorted(payload.items()))},
        )
        return sealing.AuditPackRequest(
            spool=spool,
            people={**people, paths.CRATE: spool.add([about])},
            payload=payload,
            as_of=self._found.newest,
            assessments=len(self._found.subjects),
            public_key=self._desk.store.device.public_key,
            sign=self._desk.store.device.sign,
            recipients=recipients,
            program=f"Gemba {__version__}",
        )

    def _draw(self, binder: Binder, tables: Tables, gathered: Gathered) -> None:
        """Every report into the binder, every assessment into the tables; what fails is told, and the rest goes on."""
        subjects, account = self._found.subjects, self.account
        for place, subject in enumerate(subjects):
            self._step("reports", place, len(subjects))
            number = subject.assessment.number
            files = {piece.item.name: gathered.names[piece.item.uid] for piece in subject.pieces}
            if self._tried(lambda s=subject, p=place, f=files: self._report(binder, p, s, gathered, f)):  # type: ignore[misc]
                account.reports += 1
            else:
                account.absent.append(Absent("report", number, "failed"))
            if not self._tried(lambda s=subject, f=files: tables.put(s.assessment, f)):  # type: ignore[misc]
                account.absent.append(Absent("table", number, "failed"))
        self._step("reports", len(subjects), len(subjects))

    def _report(self, binder: Binder, place: int, subject: Subject, gathered: Gathered, files: dict[str, str]) -> None:
        showing = Showing(gathered.picture, lambda item: gathered.names.get(item.uid, item.name))
        facts = assessment_facts(self._desk, self._reader, subject.assessment.uid, showing)
        binder.add(place, self._names.in_report(facts, subject.assessment.person, files))

    @staticmethod
    def _tried(work: Callable[[], object]) -> bool:
        try:
            work()
        except Exception:  # noqa: BLE001 - one report that cannot be drawn must not sink the pack; it is named instead
            return False
        return True

    def _subject(self) -> str:
        choice = self._choice
        period = text("{first} to {last}", first=choice.first, last=choice.last)
        number = (choice.first.month + 2) // 3
        if (choice.first, choice.last) == quarter(f"{choice.first.year:04}Q{number}"):
            period = text("Quarter {number} of {year}", number=number, year=choice.first.year)
        return " · ".join([period, *self._found.places[:3], *(["…"] if len(self._found.places) > 3 else [])])

    def _cover(self) -> BinderFacts:
        account, found = self.account, self._found
        rows = [row for row in statement.chosen_rows(self._choice, found) if row[1]]
        return BinderFacts(
            title=text("Audit pack"),
            subject=self._subject(),
            organisation=found.organisation,
            rows=(*_short(rows), (text("Signed by device"), account.signer)),
            figures=((0, ""),) * 4,
            notices=tuple(statement.notices(account)),
            contents=tuple(_line(one) for one in found.subjects),
            when=found.newest,
        )

    def _register(self, gathered: Gathered) -> Iterator[RegisterFacts]:
        for heading, _, pieces in _groups(self._found):
            for number, piece in enumerate(pieces):
                name = gathered.names[piece.item.uid]
                one = gathered.files.get(name)
                reason = gathered.reasons.get(piece.item.uid, "")
                yield RegisterFacts(
                    file=name,
                    concerns=_concerns(piece),
                    size=_size(one.size) if one else "",
                    sha256=one.sha256 if one else "",
                    missing=statement.reason_words(reason) if reason else "",
                    heading=() if number else heading,
                )

    def _register_cells(self, gathered: Gathered) -> Iterator[list[str | float | None]]:
        for _, assessment, pieces in _groups(self._found):
            for piece in pieces:
                item, name = piece.item, gathered.names[piece.item.uid]
                one = gathered.files.get(name)
                cells: dict[str, str | float | None] = {
                    "file": name,
                    "assessment_number": assessment.number if assessment is not None else "",
                    "assessment": assessment.uid if assessment is not None else "",
                    "evidence": item.uid,
                    "finding_number": piece.concerns,
                    "path": item.path,
                    "media_type": item.media_type,
                    "size": one.size if one else None,
                    "sha256": one.sha256 if one else "",
                    "original_sha256": item.sha256,
                    "missing": gathered.reasons.get(item.uid, ""),
                    "action_number": piece.action,
                }
                yield [cells[name] for name in REGISTER_FIELDS]


def _groups(found: Survey) -> Iterator[tuple[tuple[str, ...], Assessment | None, tuple[Piece, ...]]]:
    """What the register says before the first piece of an assessment or action, and its pieces."""
    for subject in found.subjects:
        of = subject.assessment
        yield (of.number, subject.place.name, of.title), of, subject.pieces
    for one in found.done:
        yield (one.action.number, one.place.name, one.action.text), None, one.pieces


def _concerns(piece: Piece) -> str:
    """What a piece stands for: the action that it shows as done, its finding, an answer, or all of it."""
    if piece.action or piece.concerns:
        return " · ".join(part for part in (piece.concerns, piece.action) if part)
    return text("an answer") if piece.item.path else text("the assessment as a whole")


def _clear_left(folder: Path) -> None:
    """Remove what a making that was killed more than a day ago left; another program may be at a younger one."""
    for left in folder.glob(f"{_PREFIX}*"):
        if time.time() - left.stat().st_mtime > _LONG_AGO:
            shutil.rmtree(left, ignore_errors=True)


def _line(subject: Subject) -> ContentsFacts:
    """A line of the contents."""
    assessment = subject.assessment
    concluded = assessment.concluded_at or assessment.started_at
    shown = ContentsFacts(
        number=assessment.number, title=assessment.title, place=subject.place.name, day=concluded.date()
    )
    try:
        grade = by_code(assessment.kind).grade(assessment.grade or "")
    except (GembaError, LookupError, StopIteration):
        return shown
    return msgspec.structs.replace(shown, grade=text(grade.title), tone=TONES[grade.tone])


def _short(rows: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Values that leave the cover on one page, however many places were chosen."""
    return tuple((label, value if len(value) <= 300 else value[:299] + "…") for label, value in rows)


def _size(octets: int) -> str:
    return f"{octets / 1_000_000:.1f} MB" if octets >= 1_000_000 else f"{-(-octets // 1000)} kB"
