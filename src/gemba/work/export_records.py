"""Records as rows: every field of a noun in a column of its own, nested ones as JSON."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import Any

import msgspec

from gemba.domain.actions import Action
from gemba.domain.assessments import Assessment
from gemba.domain.conclusions import Conclusion, IssuedReport
from gemba.domain.draft_migrations import DraftMigration
from gemba.domain.evidence import Evidence
from gemba.domain.findings import Finding
from gemba.domain.people import Person
from gemba.domain.places import Place
from gemba.domain.process_maps import GoAndSee
from gemba.domain.record import Record
from gemba.domain.templates import Template
from gemba.domain.walks import Observation
from gemba.store.reading import Reader
from gemba.work.table_files import Cell, TableFiles

CONCERNING: dict[str, type[Record]] = {
    "evidence": Evidence,
    "findings": Finding,
    "actions": Action,
    "conclusions": Conclusion,
    "reports": IssuedReport,
    "moves": DraftMigration,
    "alerts": GoAndSee,
    "observations": Observation,
}
"""Tables of records that concern one assessment, by the name of the table."""
NAMED: dict[str, type[Record]] = {"templates": Template, "places": Place, "people": Person}
"""Tables of records that an assessment names."""
NOTES, SECTIONS = "notes", "sections"
NOTE_FIELDS = ("assessment", "number", "path", "question", "value", "note", "origin", "applies")
SECTION_FIELDS = (
    "assessment",
    "number",
    "path",
    "title",
    "points",
    "possible",
    "percent",
    "answered",
    "questions",
)
ASSESSMENT_FIELDS = Assessment.__struct_fields__
BESIDE = ("place_name", "zone", "person_name", "form_id", "version")
"""What else stands before the answers: words for the uids."""


def begin(files: TableFiles) -> None:
    """Begin the tables of records."""
    files.table(NOTES, NOTE_FIELDS, [False] * len(NOTE_FIELDS))
    files.table(SECTIONS, SECTION_FIELDS, [name in SECTION_FIELDS[4:] for name in SECTION_FIELDS])
    for table, noun in {**CONCERNING, **NAMED}.items():
        fields = noun.__struct_fields__
        files.table(table, fields, [False] * len(fields))


def put_concerning(files: TableFiles, reader: Reader, assessment: Assessment) -> dict[str, int]:
    """Rows of everything that concerns an assessment; gives how many in each table."""
    counted: dict[str, int] = {}
    for table, noun in CONCERNING.items():
        records = reader.find(noun, assessment=assessment.uid)
        for record in records:
            files.row(table, cells_of(record))
        counted[table] = len(records)
        if noun is Conclusion:
            for each in records:
                for section in getattr(each, "sections", ()):
                    files.row(SECTIONS, [assessment.uid, assessment.number, *msgspec.structs.astuple(section)])
    return counted


def cells_of(record: Any) -> list[Cell]:
    """The fields of a record as cells."""
    return [cell_of(getattr(record, name)) for name in record.__struct_fields__]


def cell_of(value: Any) -> Cell:
    """A value as a cell: moments as ISO 8601 with their zone, what is nested as JSON."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Enum):
        return str(value.value)
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds" if value.microsecond else "seconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return msgspec.json.encode(value).decode("utf-8")
