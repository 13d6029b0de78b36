"""The tables of an audit pack: CSV for programs, one workbook for people, the same bytes each time."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from gemba.domain.assessments import Assessment
from gemba.domain.templates import Template
from gemba.errors import GembaError
from gemba.forms.answer_tables import Manner
from gemba.packs.audit_pack_paths import fitting
from gemba.packs.audit_pack_spool import Spool, Waiting
from gemba.store.reading import Reader
from gemba.work.audit_pack_names import NamedTables, Names
from gemba.work.audit_pack_survey import DoneAction, Subject
from gemba.work.conduct import form_of
from gemba.work.desk import Desk
from gemba.work.export_records import cells_of
from gemba.work.export_tables import Answers
from gemba.work.records import known
from gemba.work.table_files import Cell, CsvFolder, TableFiles, XlsxFile

WORKBOOK = "tables.xlsx"
REGISTER = "register"
REGISTER_FIELDS = (
    "file",
    "assessment_number",
    "assessment",
    "evidence",
    "finding_number",
    "path",
    "media_type",
    "size",
    "sha256",
    "original_sha256",
    "missing",
    "action_number",
)
_PIECE = 2**18
_MOMENT = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(<)")


class Tables:
    """Writes the tables of an audit pack, assessment after assessment.

    Args:
        desk: where the records are.
        reader: one view of the store.
        names: what persons are called.
        folder: for the files until they are taken into the pack; nobody else's.
    """

    def __init__(self, desk: Desk, reader: Reader, names: Names, folder: Path) -> None:
        self._desk, self._folder = desk, folder
        self._reader = reader
        targets: list[TableFiles] = [CsvFolder(folder, mark=True, guard=True), XlsxFile(folder / WORKBOOK)]
        self._files = NamedTables(targets, names)
        self._answers = Answers(desk, reader, self._files, Manner(True, False, True, True, ""), None)

    def begin(self, subjects: Sequence[Subject]) -> None:
        """Lay the tables out; a checklist that cannot be read has none, so that `put` fails for its assessments."""
        uids = dict.fromkeys(one.assessment.template for one in subjects)
        templates = [known(self._reader, Template, uid) for uid in uids]
        self._answers.begin([one for one in templates if self._is_readable(one)])
        self._files.table(REGISTER, REGISTER_FIELDS, [name == "size" for name in REGISTER_FIELDS])

    def _is_readable(self, template: Template) -> bool:
        try:
            form_of(self._desk, template)
        except GembaError:
            return False
        return True

    def put(self, assessment: Assessment, files: dict[str, str]) -> None:
        """Write one assessment; `files` says what its evidence is called, by the name that it had."""
        self._files.files = files
        try:
            self._answers.put(assessment.uid)
        finally:
            self._files.files = {}

    def put_done(self, one: DoneAction, files: dict[str, str]) -> None:
        """Write an action behind which there is no assessment, and what shows it; `files` as for `put`."""
        self._files.files = files
        self._files.row("actions", cells_of(one.action))
        for piece in one.pieces:
            self._files.row("evidence", cells_of(piece.item))
        self._files.files = {}

    def register(self, cells: Sequence[Cell]) -> None:
        """Write a line of the register of evidence."""
        self._files.row(REGISTER, cells)

    def finish(self, spool: Spool, moment: datetime) -> tuple[dict[str, Waiting], list[str]]:
        """Close the tables and take them into the spool; their paths, and codes of what had to be written otherwise."""
        self._answers.end()
        written: dict[str, Waiting] = {}
        for file in self._files.finish():
            if file.name == WORKBOOK:
                written[f"data/tables/{WORKBOOK}"] = spool.add_file(_timeless(file, moment, spool.scratch()))
            else:
                with file.open("rb") as table:
                    written[f"data/tables/{fitting(file.stem, 100)}.csv"] = spool.add_file(table)
            file.unlink()
        return dict(sorted(written.items())), self._files.remarks

    def abandon(self) -> None:
        """Leave nothing behind."""
        self._files.abandon()


def _timeless(file: Path, moment: datetime, out: BinaryIO) -> BinaryIO:
    """A workbook with no other time in it than `moment`, zipped in one way, piece by piece into `out`."""
    stamp = f"{moment:%Y-%m-%dT%H:%M:%SZ}".encode()
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
        for name in sorted(source.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            told = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            told.compress_type, told.create_system, told.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            told.file_size = source.getinfo(name).file_size
            if name == "docProps/core.xml":
                target.writestr(told, _MOMENT.sub(rb"\g<1>" + stamp + rb"\g<3>", source.read(name)))
                continue
            with source.open(name) as sheet, target.open(told, "w") as copy:
                shutil.copyfileobj(sheet, copy, _PIECE)
    return out
