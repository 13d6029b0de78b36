"""What travels in a pack for people beside the journal: reports, tables, submissions, a summary, the recovery keys.

    summary.txt         what the pack concerns, in words; what was left out, and why
    <number>.pdf        the reports that were issued
    <number>.xml        the OpenRosa submission of each concluded assessment
    <noun>.csv          the records that the pack touches, as they were when it was sealed
    datapackage.json    what the columns mean; bytes and hash of all of these
    laptop.json         which publication of headquarters the laptop has, which erasures it has carried out
    recovery.age        the keys of the laptop, sealed to headquarters' recovery key alone

None of it is needed to take the pack in: what does not fit, or cannot be made, stays behind, and the summary says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from gemba.domain.assessments import Assessment, AssessmentState
from gemba.domain.conclusions import IssuedReport
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.errors import GembaError
from gemba.packs.evidence import Blob
from gemba.store.reading import Reader
from gemba.store.stretches import Stretch, touched
from gemba.store.transit import Correspondent
from gemba.wording import sentence, text
from gemba.work import laptop_told, pack_tables
from gemba.work.conduct import sheet_of
from gemba.work.desk import Desk
from gemba.work.export_submissions import name_files, submission_xml
from gemba.work.pack_plan import BESIDE
from gemba.work.recovery import DOCUMENT, recovery_document, recovery_recipient

SUMMARY = "summary.txt"
"""Name of the document that says in words what a pack concerns."""


class Contents:
    """The documents of one pack, gathered one after the other as long as there is room.

    Args:
        desk: whose store it is.
        reader: one view of it, the one from which the journal is sealed.
        stretch: of the journal that the pack brings.
        room: bytes that the documents may take together.
    """

    def __init__(self, desk: Desk, reader: Reader, stretch: Stretch, room: int) -> None:
        self._desk, self._reader, self._stretch, self._room = desk, reader, stretch, room
        self._touched = touched(reader, stretch)
        self._lines: list[str] = []
        self._left_out: list[str] = []
        self._made: dict[str, bytes | Blob] = {}

    def gather(self, headquarters: Correspondent) -> list[tuple[str, bytes | Blob]]:
        """All documents, by name; those that are needed most come first into the room there is."""
        self._add_recovery(headquarters)
        self._add(laptop_told.DOCUMENT, laptop_told.tell(self._reader, headquarters.id))
        concluded = list(self._concluded())
        self._add_reports()
        for assessment in concluded:
            self._add_submission(assessment)
        for name, blob in pack_tables.tables(self._reader, self._touched).items():
            self._add(name, blob)
        self._made[SUMMARY] = self._summary()
        name = f"gemba-{self._stretch.epoch}-{self._stretch.first_seq}-{self._stretch.last_seq}"
        self._made[pack_tables.DESCRIPTION] = pack_tables.describe(name, self._desk.clock(), self._made)
        return sorted(self._made.items())

    def _add_recovery(self, headquarters: Correspondent) -> None:
        recipient = recovery_recipient(headquarters.recipients)
        if recipient is not None:
            self._add(DOCUMENT, recovery_document(self._desk, recipient))

    def _concluded(self) -> Iterator[Assessment]:
        """The concluded assessments that the stretch touches; all that it touches are told in the summary."""
        for assessment in self._reader.many(Assessment, self._touched.get("assessment", [])):
            place = self._reader.get(Place, assessment.place)
            facts = [assessment.number, assessment.title, place.name if place else "", str(assessment.state)]
            score = [f"{assessment.score:.1f} %"] if assessment.score is not None else []
            self._lines.append("  ".join([*facts, *score, *filter(None, [assessment.grade])]))
            if assessment.state is AssessmentState.CONCLUDED:
                yield assessment

    def _add_reports(self) -> None:
        for report in self._reader.many(IssuedReport, self._touched.get("report", [])):
            name = self._free(self._number(report.assessment) if report.assessment else _plain(report.name), "pdf")
            if not self._desk.store.evidence.has(report.sha256):
                self._left_out.append(text("{name}: it is no longer on this disk", name=name))
                continue
            opener = partial(self._desk.store.evidence.open, report.sha256)
            self._add(name, Blob(report.sha256, self._desk.store.evidence.size(report.sha256), opener))

    def _add_submission(self, assessment: Assessment) -> None:
        name = self._free(_plain(assessment.number), "xml")
        try:
            sheet = sheet_of(self._desk, self._reader, assessment.uid)
            name_files(sheet.fill, sheet.evidence)
            self._add(name, submission_xml(sheet))
        except GembaError as error:  # a checklist that is not here keeps nothing back
            self._left_out.append(f"{name}: {sentence(error)}")

    def _number(self, assessment: Uid) -> str:
        found = self._reader.get(Assessment, assessment)
        return _plain(found.number if found else assessment)

    def _free(self, stem: str, ending: str) -> str:
        """A name that no other document has, capitals or not."""
        taken = {name.lower() for name in self._made}
        names = (f"{stem}{number}.{ending}" for number in ["", *(f"-{again}" for again in range(2, len(taken) + 3))])
        return next(name for name in names if name.lower() not in taken)

    def _add(self, name: str, content: bytes | Blob) -> None:
        size = (len(content) if isinstance(content, bytes) else content.size) + 2 * BESIDE
        if size > self._room:
            self._left_out.append(text("{name}: no room is left in this pack", name=name))
            return
        self._room -= size
        self._made[name] = content

    def _summary(self) -> bytes:
        """What the pack concerns, in words."""
        of = self._stretch
        said = [text("Changes {first} to {last} of {epoch}.", first=of.first_seq, last=of.last_seq, epoch=of.epoch)]
        if of.is_empty:
            said = [text("No changes; evidence that had not arrived.")]
        counted = [f"{noun}: {len(uids)}" for noun, uids in sorted(self._touched.items())]
        for heading, lines in (
            (text("Assessments"), self._lines[:1000]),
            (text("Records"), counted),
            (text("Left out"), self._left_out[:1000]),
        ):
            said += ["", heading, *(f"  {line}" for line in lines)] if lines else []
        return ("\n".join(said) + "\n").encode("utf-8", "replace")


def _plain(number: str) -> str:
    """A number as a file name that may stand in a pack."""
    return re.sub(r"[^A-Za-z0-9-]+", "-", number).strip("-")[:80] or "assessment"
