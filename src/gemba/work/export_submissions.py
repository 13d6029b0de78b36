"""Assessments as OpenRosa submissions: what ODK Central, Kobo and their kin take in.

    out/
      forms/<form id>-<version>.xml              the form that the answers belong to
      submissions/<number>/submission.xml        the answers; its photos and files lie beside it
      records/<number>.json                      all records of the assessment, as the store holds them

A submission folder holds what is sent and nothing else. Source: OpenRosa 1.0 form submission API.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from gemba.domain.assessments import Answer, Assessment
from gemba.domain.evidence import Evidence
from gemba.domain.people import Person
from gemba.domain.record import Uid
from gemba.forms.filling import Fill
from gemba.store.reading import Reader
from gemba.work.conduct import Sheet, sheet_of
from gemba.work.desk import Desk
from gemba.work.export_media import copy_name, write_copies
from gemba.work.export_records import CONCERNING
from gemba.work.keep_file import write_file

_MEDIA = frozenset({"image", "audio", "video", "file"})


class Submissions:
    """Writes one submission after the other.

    Args:
        desk: where the records are.
        reader: one view of the store for all of them.
        out: the folder; made when it is not there.
    """

    def __init__(self, desk: Desk, reader: Reader, out: Path) -> None:
        self._desk, self._reader, self._out = desk, reader, out
        self._made: list[Path] = []
        self.files: list[Path] = []
        self.media = 0
        self.absent: list[str] = []
        self.unnamed: list[str] = []

    def put(self, uid: Uid) -> None:
        """Write one assessment: its form, its submission, its records."""
        sheet = sheet_of(self._desk, self._reader, uid)
        evidence = [item for item in self._reader.find(Evidence, assessment=uid) if not item.removed]
        number = _file_name(sheet.assessment.number)
        folder = self._fresh(self._out / "submissions" / number)
        named, unnamed = name_files(sheet.fill, evidence)
        self.unnamed += unnamed
        beside = [item for item in evidence if copy_name(item) in named]
        copies, absent = write_copies(self._desk, self._reader, beside, folder)
        rest = [item for item in evidence if item not in beside]
        others, lost = write_copies(self._desk, self._reader, rest, self._other(number))
        self.media += len(copies) + len(others)
        self.absent += [*absent, *lost]
        file = folder / "submission.xml"
        write_file(file, submission_xml(sheet))
        self.files.append(file)
        self._write(self._out / "records" / f"{number}.json", self._records(sheet))
        self._write(self._out / "forms" / self._form_name(sheet), sheet.fill.form.xform.encode("utf-8"))

    def abandon(self) -> None:
        """Leave nothing behind of what was made."""
        for made in self._made:
            if made.is_dir():
                shutil.rmtree(made, ignore_errors=True)
            with suppress(OSError):
                made.unlink(missing_ok=True)

    def _records(self, sheet: Sheet) -> bytes:
        of = sheet.assessment
        kept: dict[str, Any] = {
            "assessment": self._reader.get(Assessment, of.uid),
            "template": sheet.template,
            "place": sheet.place,
            "person": self._reader.get(Person, of.person),
            "answers": self._reader.find(Answer, assessment=of.uid),
        }
        for name, noun in CONCERNING.items():
            kept[name] = self._reader.find(noun, assessment=of.uid)
        return msgspec.json.format(msgspec.json.encode(kept), indent=2)

    def _form_name(self, sheet: Sheet) -> str:
        return f"{_file_name(sheet.template.form_id)}-{_file_name(sheet.template.version or '0')}.xml"

    def _other(self, number: str) -> Path:
        """Where files go that no answer names: beside the record, so that the submission is what is sent."""
        return self._out / "records" / number

    def _fresh(self, folder: Path) -> Path:
        """The folder of a submission, without what an earlier export left in it."""
        if (folder / "submission.xml").exists():
            shutil.rmtree(folder)
        if not folder.exists():
            self._made.append(folder)
        return folder

    def _write(self, file: Path, data: bytes) -> None:
        if not file.exists():
            self._made.append(file)
        write_file(file, data)


def submission_xml(sheet: Sheet) -> bytes:
    """The submission of an assessment whose files have been named (`name_files`)."""
    of = sheet.assessment
    extra = {"deprecatedID": f"uuid:{of.corrects}"} if of.corrects else {}
    return sheet.fill.instance_xml(f"uuid:{of.uid}", extra).encode("utf-8")


def name_files(fill: Fill, evidence: Sequence[Evidence]) -> tuple[set[str], list[str]]:
    """Put the name of its first file into each question that takes one.

    Returns:
        The names that are put, and those of the files that no question takes.
    """
    taking = {item.path for item in fill.items() if item.kind == "question" and fill.view(item.path).kind in _MEDIA}
    named: dict[str, str] = {}
    unnamed: list[str] = []
    for item in evidence:
        if item.path in taking and item.path not in named and item.finding is None:
            fill.set(item.path, copy_name(item))
            named[item.path] = copy_name(item)
        else:
            unnamed.append(item.name)
    return set(named.values()), unnamed


def _file_name(words: str) -> str:
    return re.sub(r"[^\w.-]+", "-", words).strip(".-") or "form"
