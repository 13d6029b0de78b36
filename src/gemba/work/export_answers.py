"""Export answers: of one assessment, of some, or of all that were made with a template.

CSV is a folder with one file a table, XLSX a workbook with one sheet a table, OpenRosa a folder with one submission an
assessment. What an export does not hold is named in it (`Exported.left_out`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from gemba.domain.assessments import Assessment
from gemba.domain.record import Uid
from gemba.domain.templates import Template
from gemba.errors import Refusal
from gemba.forms.answer_tables import Manner
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.desk import Desk
from gemba.work.export_limits import Left, left_out
from gemba.work.export_submissions import Submissions
from gemba.work.export_tables import Answers
from gemba.work.records import known
from gemba.work.table_files import CsvFolder, TableFiles, XlsxFile

Format = Literal["csv", "xlsx", "openrosa"]
Step = Callable[[int, int], None]


class ExportChoice(msgspec.Struct, frozen=True, kw_only=True):
    """How answers are exported."""

    format: Format = "xlsx"
    labels: bool = False
    """Choices and headings in the words of the form; else by their names."""
    split: bool = False
    """A column for each choice of a question with several."""
    groups: bool = True
    """Headings with the names of the groups around a question."""
    scores: bool = True
    """Points and possible points of each scored question."""
    language: str = ""
    """Of labels; the form's default when empty."""
    media: bool = False
    """Copies of photos and files go along (always with OpenRosa)."""
    mark: bool = True
    """A CSV file begins with a byte order mark."""
    guard: bool = False
    """In CSV, texts that a spreadsheet would take for a formula get an apostrophe in front."""


class Exported(msgspec.Struct, frozen=True):
    """What was written."""

    folder: Path
    """Where a person looks."""
    files: tuple[Path, ...]
    """Tables or submissions, without copies of photos."""
    assessments: int
    rows: dict[str, int]
    """By table."""
    media: int
    left_out: tuple[Left, ...]
    remarks: tuple[str, ...]
    """Sentences: what had to be written otherwise, files that are not here."""


def made_with(reader: Reader, form_id: str) -> list[Uid]:
    """Every assessment that was made with any version of a form, the oldest first."""
    found = [
        assessment
        for template in reader.find(Template, form_id=form_id)
        for assessment in reader.find(Assessment, template=template.uid)
    ]
    return [each.uid for each in sorted(found, key=lambda each: (each.started_at, each.uid))]


def export_answers(
    desk: Desk, assessments: Sequence[Uid], out: Path, choice: ExportChoice, progress: Step | None = None
) -> Exported:
    """Write answers to files; all of them or, when something fails or it is called off, none.

    Args:
        desk: where the records are.
        assessments: whose answers; each once, in this order.
        out: the workbook for XLSX, a folder for CSV and OpenRosa.
        choice: how.
        progress: told how many assessments are written, of how many; what it raises stops the export.

    Raises:
        Refusal: there is nothing to export, an assessment is unknown, or a sheet cannot hold all columns.
        Trouble: a file cannot be written.
    """
    uids = list(dict.fromkeys(assessments))
    if not uids:
        raise Refusal("work.nothing_to_export")
    step = progress or (lambda _done, _total: None)
    with desk.reader() as reader:
        if choice.format == "openrosa":
            return _submissions(desk, reader, uids, out, choice, step)
        return _tables(desk, reader, uids, out, choice, step)


def _tables(desk: Desk, reader: Reader, uids: Sequence[Uid], out: Path, choice: ExportChoice, step: Step) -> Exported:
    xlsx = choice.format == "xlsx"
    files: TableFiles = XlsxFile(out) if xlsx else CsvFolder(out, mark=choice.mark, guard=choice.guard)
    media = (out.with_name(f"{out.stem}-media") if xlsx else out / "media") if choice.media else None
    manner = Manner(choice.labels, choice.split, choice.groups, choice.scores, choice.language)
    answers = Answers(desk, reader, files, manner, media)
    try:
        answers.begin(_templates(reader, uids))
        for place, uid in enumerate(uids):
            step(place, len(uids))
            answers.put(uid)
        step(len(uids), len(uids))
        answers.end()
        written = files.finish()
    except BaseException:
        files.abandon()
        for copy in answers.copies:
            copy.unlink(missing_ok=True)
        raise
    return Exported(
        folder=out.parent if xlsx else out,
        files=tuple(written),
        assessments=len(uids),
        rows=dict(answers.rows),
        media=len(answers.copies),
        left_out=left_out(choice.format, media=choice.media),
        remarks=_remarks(files.remarks, answers.absent),
    )


def _submissions(
    desk: Desk, reader: Reader, uids: Sequence[Uid], out: Path, choice: ExportChoice, step: Step
) -> Exported:
    submissions = Submissions(desk, reader, out)
    try:
        for place, uid in enumerate(uids):
            step(place, len(uids))
            submissions.put(uid)
    except BaseException:
        submissions.abandon()
        raise
    step(len(uids), len(uids))
    return Exported(
        folder=out,
        files=tuple(submissions.files),
        assessments=len(uids),
        rows={},
        media=submissions.media,
        left_out=left_out(choice.format, media=True),
        remarks=_remarks([], submissions.absent, submissions.unnamed),
    )


def _templates(reader: Reader, uids: Sequence[Uid]) -> list[Template]:
    templates = dict.fromkeys(known(reader, Assessment, uid).template for uid in uids)
    return [known(reader, Template, uid) for uid in templates]


def _remarks(codes: Sequence[str], absent: Sequence[str], unnamed: Sequence[str] = ()) -> tuple[str, ...]:
    found = []
    if cut := codes.count("cut"):
        found.append(
            text(
                "{n:text is|texts are} longer than a cell of a workbook holds, and cut; CSV keeps all whole.",
                n=cut,
            )
        )
    if unwritable := codes.count("unwritable"):
        found.append(text("{n:text holds|texts hold} signs that a workbook cannot keep; CSV keeps them.", n=unwritable))
    if absent:
        found.append(
            text(
                "These files are not here, or cannot be given out as copies: {files}.",
                files=", ".join(sorted(set(absent))),
            )
        )
    if unnamed:
        found.append(
            text(
                "These files lie beside a submission that has no answer to name them: {files}.",
                files=", ".join(sorted(set(unnamed))),
            )
        )
    return tuple(found)
