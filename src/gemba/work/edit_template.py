"""Write a checklist: drafts that are saved as they grow, and become templates when they are published."""

from __future__ import annotations

import io
import warnings
from dataclasses import replace
from datetime import datetime

import msgspec

from gemba.domain.change import Change
from gemba.domain.record import Uid
from gemba.domain.templates import Template
from gemba.errors import Refusal, Trouble
from gemba.forms.book import SHEETS, Book, nearly, read_book, write_book
from gemba.forms.editing.changing import change_form, next_version
from gemba.forms.editing.columns import cell, default_language
from gemba.forms.editing.found import Problem
from gemba.forms.editing.naming import from_words
from gemba.forms.editing.problem_words import problem_words
from gemba.forms.editing.problems import faults
from gemba.kinds.checklist import CHECKLIST
from gemba.store.draft_files import DraftFiles
from gemba.work import nameless_sheets
from gemba.work.desk import Desk
from gemba.work.import_template import import_template
from gemba.work.records import known
from gemba.work.short_names import LONGEST_TITLE, short_name

_KIND = "checklist"


class TemplateDraft(msgspec.Struct, frozen=True):
    """A checklist that is being written."""

    uid: Uid
    book: Book
    begun_at: datetime
    saved_at: datetime
    source: str = ""
    """SHA-256 of the workbook that it began as, kept as evidence; empty for one that began with nothing."""
    template: Uid = ""
    """The template that it is to be a new version of."""
    files: dict[str, str] = msgspec.field(default_factory=dict)
    """Lists that stand beside the form: file name and SHA-256."""
    saving: Uid = ""
    """The saving that it comes from; empty for one that was never saved."""

    @property
    def title(self) -> str:
        """Of the checklist."""
        return cell(self.book.settings, 0, "title") if self.book.settings.rows else ""


class Stamp(msgspec.Struct, frozen=True):
    """What tells one saving of a draft from the next."""

    saving: Uid = ""


def new_book(title: str, *, kind: str = "", language: str = "English (en)") -> Book:
    """A checklist with nothing in it but its title.

    Raises:
        Refusal: the title is too long.
    """
    short_name(title, LONGEST_TITLE)
    book = Book()
    book.survey.columns[:] = ["type", "name", f"label::{language}", f"hint::{language}", "required", "relevant"]
    book.choices.columns[:] = ["list_name", "name", f"label::{language}", "score"]
    form_id = from_words(title, ()) if title else ""
    said = {"title": title, "form_id": form_id, "version": "1", "default_language": language, "kind": kind}
    return change_form(book, said).book


def begin(desk: Desk, title: str = "", *, kind: str = "", language: str = "English (en)") -> TemplateDraft:
    """Begin a checklist with nothing in it; it is saved at once."""
    return _begun(desk, new_book(title, kind=kind, language=language))


def begin_from(desk: Desk, template: Uid) -> TemplateDraft:
    """Begin a new version of a template, from its kept workbook; the template stays as it is.

    Raises:
        Refusal: it is unknown.
    """
    with desk.reader() as reader:
        found = known(reader, Template, template)
        taken = {each.version for each in reader.find(Template, form_id=found.form_id)}
    kept = found.repaired or found.source
    book = replace(read_book(desk.store.evidence.read(kept), found.source_name), remarks=[])
    version = next_version(found.version)
    while version in taken:
        version = next_version(version)
    said = {"title": found.title, "form_id": found.form_id, "version": version}
    if found.kind != CHECKLIST.code:
        said["kind"] = found.kind
    return _begun(desk, change_form(book, said).book, source=kept, template=found.uid, files=found.files)


def save(desk: Desk, draft: TemplateDraft) -> TemplateDraft:
    """Save a draft durably in place of the saving that it comes from.

    Returns:
        The draft as it is saved: the next saving must come from this one.

    Raises:
        Refusal: `work.draft_discarded`, `work.draft_saved_elsewhere`: somebody else discarded or saved it meanwhile.
        Trouble: the disk is full or cannot be written.
    """
    with desk.unit():  # one at a time, of all windows and programs at this store
        demand_own(desk, draft)
        saved = msgspec.structs.replace(draft, saved_at=desk.clock(), saving=desk.ids())
        _files(desk).keep(f"{_KIND}-{draft.uid}", msgspec.json.encode(saved))
    return saved


class Saver:
    """Saves a draft that is open, again and again: each saving comes from the one before.

    Args:
        draft: as it was opened.
    """

    def __init__(self, draft: TemplateDraft) -> None:
        self._saving = draft.saving

    def save(self, desk: Desk, draft: TemplateDraft) -> TemplateDraft:
        """As `save`."""
        saved = save(desk, msgspec.structs.replace(draft, saving=self._saving))
        self._saving = saved.saving
        return saved

    def publish(self, desk: Desk, draft: TemplateDraft) -> Change:
        """As `publish`."""
        return publish(desk, msgspec.structs.replace(draft, saving=self._saving))

    def demand_own(self, desk: Desk, draft: TemplateDraft) -> None:
        """As `demand_own`."""
        demand_own(desk, msgspec.structs.replace(draft, saving=self._saving))


def demand_own(desk: Desk, draft: TemplateDraft) -> None:
    """See that nobody else discarded or saved a draft since.

    Raises:
        Refusal: `work.draft_discarded`, `work.draft_saved_elsewhere`.
    """
    try:
        there = msgspec.json.decode(_files(desk).read(f"{_KIND}-{draft.uid}"), type=Stamp)
    except Trouble as trouble:
        if trouble.code == "store.draft_missing" and draft.saving:
            raise Refusal("work.draft_discarded", title=draft.title) from None
        return  # a new one; or what is there is damaged, and this is better
    except msgspec.DecodeError:
        return
    if there.saving != draft.saving:
        raise Refusal("work.draft_saved_elsewhere", title=draft.title)


def open_draft(desk: Desk, uid: Uid) -> TemplateDraft:
    """A draft as it was saved last.

    Raises:
        Trouble: `store.draft_missing`, `store.draft_damaged`.
    """
    return _read(desk, f"{_KIND}-{uid}")


def drafts(desk: Desk) -> list[TemplateDraft]:
    """All drafts, the one saved last first; one that cannot be read is left out."""
    found = []
    for name in _files(desk).names(_KIND):
        try:
            found.append(_read(desk, name))
        except Trouble:
            continue  # opening it by name tells why
    return sorted(found, key=lambda draft: draft.saved_at, reverse=True)


def discard(desk: Desk, uid: Uid) -> TemplateDraft | None:
    """Let go of a draft.

    Returns:
        It as it was saved last, for `bring_back`; `None` where there is none that can be read.
    """
    with desk.unit():
        try:
            last = open_draft(desk, uid)
        except Trouble:
            last = None
        _files(desk).drop(f"{_KIND}-{uid}")
    return last


def bring_back(desk: Desk, draft: TemplateDraft) -> TemplateDraft:
    """Save a draft that was discarded.

    Raises:
        Refusal: `work.draft_saved_elsewhere`, when somebody else brought it back before.
    """
    return save(desk, msgspec.structs.replace(draft, saving=""))


def another(desk: Desk, draft: TemplateDraft) -> TemplateDraft:
    """The same as a draft of its own, not saved yet."""
    return msgspec.structs.replace(draft, uid=desk.ids(), begun_at=desk.clock(), saving="")


def workbook(desk: Desk, draft: TemplateDraft) -> bytes:
    """The draft as an XLSForm workbook (.xlsx), with the sheets of its origin that no form knows."""
    return whole_workbook(draft.book, desk.store.evidence.read(draft.source) if draft.source else b"")


def whole_workbook(book: Book, source: bytes) -> bytes:
    """A book as .xlsx, with the sheets of the workbook it was read from that no form knows."""
    written = write_book(book)
    return _with_sheets(written, source, set(book.others)) if source and book.others else written


def publish(desk: Desk, draft: TemplateDraft) -> Change:
    """Make a template of a draft, and let go of the draft.

    Raises:
        Refusal: `work.draft_has_faults`; what importing a workbook refuses; `work.draft_discarded` and
            `work.draft_saved_elsewhere`, when the saved draft is another one by now.
    """
    demand_own(desk, draft)
    wrong = faults(draft.book)
    if wrong:
        raise Refusal("work.draft_has_faults", count=len(wrong), first=where(draft.book, wrong[0]))
    name = f"{cell(draft.book.settings, 0, 'form_id')}.xlsx"
    change = import_template(desk, workbook(desk, draft), name, files=files_of(desk, draft))
    discard(desk, draft.uid)
    return change


def files_of(desk: Desk, draft: TemplateDraft) -> dict[str, bytes]:
    """The lists that stand beside a draft, by file name."""
    return {name: desk.store.evidence.read(sha256) for name, sha256 in draft.files.items()}


def where(book: Book, problem: Problem) -> str:
    """A problem with the item that it concerns, in one line."""
    said = problem_words(problem)
    if problem.sheet != "survey" or problem.row < 0:
        return said
    label = cell(book.survey, problem.row, "label", default_language(book)) or cell(book.survey, problem.row, "name")
    return f"{label}: {said}" if label else said


def _begun(
    desk: Desk, book: Book, source: str = "", template: Uid = "", files: dict[str, str] | None = None
) -> TemplateDraft:
    now = desk.clock()
    return save(desk, TemplateDraft(desk.ids(), book, now, now, source, template, files or {}))


def _files(desk: Desk) -> DraftFiles:
    return DraftFiles(desk.store.folder, desk.store.device)


def _read(desk: Desk, name: str) -> TemplateDraft:
    try:
        return msgspec.json.decode(_files(desk).read(name), type=TemplateDraft)
    except msgspec.DecodeError as error:
        raise Trouble("store.draft_damaged", name=name) from error


def _with_sheets(written: bytes, source: bytes, names: set[str]) -> bytes:
    """The workbook with the sheets of another one behind its own, cell for cell."""
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's remarks on styles and pictures, which are not taken over
        try:
            old = load_workbook(io.BytesIO(source), data_only=True)
        except Exception:  # noqa: BLE001 - an .xls or .csv holds no further sheets that could be copied
            return written
        new = load_workbook(io.BytesIO(written))
    for sheet in old.worksheets:
        if sheet.title in names and nearly(sheet.title) not in SHEETS:
            target = new.create_sheet(sheet.title)
            for row in sheet.iter_rows(values_only=True):
                target.append(list(row))
    out = io.BytesIO()
    nameless_sheets.save(new, out)
    return out.getvalue()
