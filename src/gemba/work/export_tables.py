"""Answers of many assessments as tables: answers and repeats wide, everything else a row a record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from gemba.domain.assessments import Answer, Assessment
from gemba.domain.evidence import Evidence
from gemba.domain.people import Person
from gemba.domain.places import Place
from gemba.domain.record import Record, Uid
from gemba.domain.templates import Template
from gemba.forms.answer_tables import AnswerTables, Instance, Manner, label_of_question
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work import export_records as records
from gemba.work.conduct import Sheet, form_of, sheet_of
from gemba.work.desk import Desk
from gemba.work.export_media import names_by_path, write_copies
from gemba.work.table_files import TableFiles

KEY, PARENT_KEY, NUMBER = "_key", "_parent_key", "_number_in_parent"


class Answers:
    """Writes assessments into tables, one after the other.

    Args:
        desk: where the records are.
        reader: one view of the store for all of them.
        files: where the tables go.
        manner: how answers are written.
        media: the folder for copies of photos and files; `None` to name them only.
    """

    def __init__(self, desk: Desk, reader: Reader, files: TableFiles, manner: Manner, media: Path | None) -> None:
        self._desk, self._reader, self._files, self._manner, self._media = desk, reader, files, manner, media
        self._layouts: dict[str, AnswerTables] = {}
        self._many = False
        self._named: dict[tuple[type[Record], Uid], Record] = {}
        self.rows: Counter[str] = Counter()
        self.absent: list[str] = []
        self.copies: list[Path] = []

    def begin(self, templates: Sequence[Template]) -> None:
        """Lay out the tables for these templates: the versions of one form share theirs."""
        by_form: dict[str, list[Template]] = {}
        for template in sorted(templates, key=lambda each: (each.imported_at, each.uid), reverse=True):
            by_form.setdefault(template.form_id, []).append(template)
        self._many = len(by_form) > 1
        for form_id, versions in by_form.items():
            forms = [form_of(self._desk, version) for version in versions]
            layout = self._layouts[form_id] = AnswerTables(forms, self._manner)
            for key, table in layout.tables.items():
                own = _before(self._manner) if not key else [KEY, PARENT_KEY, NUMBER, "_assessment", "_number"]
                numbers = [name == "_score" for name in own]
                self._files.table(
                    self._name(form_id, key),
                    _apart(own, [column.heading for column in table.columns]),
                    [*numbers, *(column.number for column in table.columns)],
                )
        records.begin(self._files)

    def put(self, uid: Uid) -> None:
        """Write one assessment with everything that concerns it."""
        sheet = sheet_of(self._desk, self._reader, uid)
        of = sheet.assessment
        evidence = self._reader.find(Evidence, assessment=uid)
        media = names_by_path(evidence, copied=self._media is not None)
        rows = self._layouts[sheet.template.form_id].rows(sheet.fill, media)
        for row in rows:
            self._put_row(sheet, row)
        self._put_notes(sheet)
        self.rows.update(records.put_concerning(self._files, self._reader, of))
        self._name_records(sheet)
        if self._media is not None:
            copies, absent = write_copies(self._desk, self._reader, evidence, self._media)
            self.copies += copies
            self.absent += absent

    def end(self) -> None:
        """Write the records that were named."""
        for table, noun in records.NAMED.items():
            for (of, _), record in self._named.items():
                if of is noun:
                    self._files.row(table, records.cells_of(record))
                    self.rows[table] += 1

    def _put_row(self, sheet: Sheet, row: Instance) -> None:
        of, form_id = sheet.assessment, sheet.template.form_id
        columns = self._layouts[form_id].tables[row.table].columns
        cells = [row.cells.get(column.key) for column in columns]
        if not row.table:
            own = [*records.cells_of(of), *self._beside(sheet)]
        else:
            parent = f"{of.uid}/{row.parent}" if row.parent else of.uid
            own = [f"{of.uid}/{row.key}", parent, row.number, of.uid, of.number]
        name = self._name(form_id, row.table)
        self._files.row(name, [*own, *cells])
        self.rows[name] += 1

    def _beside(self, sheet: Sheet) -> list[str]:
        person = self._reader.get(Person, sheet.assessment.person)
        return [
            sheet.place.name,
            sheet.place.zone,
            person.name if person is not None else "",
            sheet.template.form_id,
            sheet.template.version,
        ]

    def _put_notes(self, sheet: Sheet) -> None:
        """Answers with a note, and those that stand in no table because they do not apply."""
        applying = sheet.fill.answers()
        for answer in self._reader.find(Answer, assessment=sheet.assessment.uid):
            applies = answer.path in applying or not answer.value or answer.path.endswith("]")  # a row of its own
            if not answer.note and (applies or "/meta/" in answer.path):
                continue
            question = label_of_question(sheet.fill.form, answer.path, self._manner.language)
            of = sheet.assessment
            own = [of.uid, of.number, answer.path, question, answer.value, answer.note]
            self._files.row(records.NOTES, [*own, str(answer.origin.value), "true" if applies else "false"])
            self.rows[records.NOTES] += 1

    def _name_records(self, sheet: Sheet) -> None:
        self._named.setdefault((Template, sheet.template.uid), sheet.template)
        place: Place | None = sheet.place
        while place is not None and (Place, place.uid) not in self._named:
            self._named[Place, place.uid] = place
            place = self._reader.get(Place, place.parent) if place.parent else None
        if (Person, sheet.assessment.person) not in self._named:
            person = self._reader.get(Person, sheet.assessment.person)
            if person is not None:
                self._named[Person, person.uid] = person

    def _name(self, form_id: str, repeat: str) -> str:
        """Of a table: "answers", or the repeat's; with the form's id before it where there are several forms."""
        own = repeat.replace("/", "-") if repeat else "answers"
        taken = {records.NOTES, records.SECTIONS, *records.CONCERNING, *records.NAMED, "answers"}
        own = f"repeat-{own}" if repeat and own in taken else own
        return own if not self._many else f"{form_id}-{own}" if repeat else form_id


def _before(manner: Manner) -> list[str]:
    """The headings before the answers, with an underscore so that no question is called the same."""
    names = [f"_{name}" for name in (*Assessment.__struct_fields__, *records.BESIDE)]
    if not manner.labels:
        return names
    words = {
        "_number": text("Number"),
        "_title": text("Title"),
        "_state": text("State"),
        "_kind": text("Kind"),
        "_started_at": text("Started"),
        "_concluded_at": text("Concluded"),
        "_due": text("Due"),
        "_score": text("Score"),
        "_grade": text("Grade"),
        "_place_name": text("Place"),
        "_person_name": text("Conducted by"),
        "_version": text("Version"),
    }
    return [words.get(name, name) for name in names]


def _apart(own: list[str], headings: list[str]) -> list[str]:
    """Own headings before those of the questions; a question that is called like one of them gets a mark."""
    taken = {name.casefold() for name in own}
    return [*own, *(f"{heading} (?)" if heading.casefold() in taken else heading for heading in headings)]
