"""Give a checklist out as a workbook for ODK, Kobo and their kin."""

from __future__ import annotations

from pathlib import Path

import msgspec

from gemba.domain.record import Uid
from gemba.domain.templates import Template
from gemba.forms.book import read_book, write_book
from gemba.forms.odk_export import scored_book
from gemba.forms.workbook import convert_book
from gemba.work.conduct import form_of
from gemba.work.desk import Desk
from gemba.work.keep_file import write_file
from gemba.work.records import known


class OdkFile(msgspec.Struct, frozen=True):
    """A workbook that was given out."""

    file: Path
    scored: int
    """Questions that got calculations; 0 without scores."""
    rows: int
    """Rows of the survey sheet that were added."""


def export_for_odk(desk: Desk, template: Uid, out: Path, *, with_scores: bool = True) -> OdkFile:
    """Write a checklist as an `.xlsx` that other tools convert strictly.

    Args:
        desk: where it is kept.
        template: which.
        out: the file, or a folder to put it into under its form's id.
        with_scores: add calculations that equal our score.

    Raises:
        Refusal: it is unknown, or its workbook does not convert strictly.
        Trouble: the file cannot be written.
    """
    with desk.reader() as reader:
        found = known(reader, Template, template)
    source = desk.store.evidence.read(found.repaired or found.source)
    book = read_book(source, found.source_name)
    before, scored = len(book.survey.rows), 0
    if with_scores:
        made = scored_book(book, form_of(desk, found))
        book, scored = made.book, len(made.items)
    convert_book(book, found.source_name)
    target = out / f"{found.form_id}.xlsx" if out.is_dir() else out
    write_file(target, write_book(book))
    return OdkFile(target, scored, len(book.survey.rows) - before)


def export_original(desk: Desk, template: Uid, out: Path) -> Path:
    """Write a checklist's workbook byte for byte as it came.

    Args:
        desk: where it is kept.
        template: which.
        out: the file, or a folder to put it into under its own name.

    Raises:
        Refusal: it is unknown.
        Trouble: the file cannot be written.
    """
    with desk.reader() as reader:
        found = known(reader, Template, template)
    target = out / found.source_name if out.is_dir() else out
    write_file(target, desk.store.evidence.read(found.source))
    return target


def export_rewritten(desk: Desk, template: Uid, out: Path) -> Path:
    """Write a checklist's workbook anew as `.xlsx`, with the repairs that were agreed to; the form is the same.

    Args:
        desk: where it is kept.
        template: which.
        out: the file, or a folder to put it into under its own name.

    Raises:
        Refusal: it is unknown.
        Trouble: the file cannot be written.
    """
    with desk.reader() as reader:
        found = known(reader, Template, template)
    book = read_book(desk.store.evidence.read(found.repaired or found.source), found.source_name)
    target = out / f"{Path(found.source_name).stem}.xlsx" if out.is_dir() else out
    write_file(target, write_book(book))
    return target
