"""A workbook looked through before it is taken in: strictly first, then with repairs that somebody must confirm."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from gemba.errors import Refusal
from gemba.forms import checking
from gemba.forms.book import Book, Remark, read_book, write_book
from gemba.forms.definition import Form
from gemba.forms.faults import book_faults, together
from gemba.forms.lists import outside_names
from gemba.forms.repairs import Repair, mend
from gemba.forms.still import uncollected
from gemba.forms.workbook import convert_book
from gemba.forms.xform import parse
from gemba.wording import sentence, text

Stage = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is in the way of a form, and where; `code` and `facts` as those of a `Refusal`."""

    code: str
    facts: dict[str, Any]

    @property
    def refusal(self) -> Refusal:
        """The fault as it is raised."""
        return Refusal(self.code, **self.facts)


@dataclass(frozen=True, slots=True)
class FormFacts:
    """What a form says of itself."""

    form_id: str
    version: str
    title: str
    attributes: dict[str, str]
    languages: tuple[str, ...]
    questions: int


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found in a workbook; plain values, so that it can be found in another process.

    Attributes:
        form: what the form says of itself, when there is one; with `repairs`, that of the repaired workbook.
        xform: its XForm; "" when there is none.
        repairs: what had to be changed; empty when the workbook is fine as it is.
        faults: what is in the way and nobody but the author can mend; empty when there is a form.
        warnings: what is worth knowing, in sentences.
        repaired: the repaired workbook (.xlsx); b"" when nothing was changed.
        wanted: names of the files that the form takes lists from.
    """

    form: FormFacts | None
    xform: str = ""
    repairs: tuple[Repair, ...] = ()
    faults: tuple[Fault, ...] = ()
    warnings: tuple[str, ...] = ()
    repaired: bytes = b""
    wanted: tuple[str, ...] = ()

    def refusal(self, name: str) -> Refusal | None:
        """The faults as one refusal; None when there is none."""
        if len(self.faults) < 2:
            return self.faults[0].refusal if self.faults else None
        first = sentence(self.faults[0].refusal)
        return Refusal("forms.faults", file=name, count=len(self.faults), first=first)


def inspect(
    source: bytes, name: str, files: Mapping[str, bytes] | None = None, stage: Stage = lambda _words: None
) -> Inspection:
    """Look a workbook through.

    Args:
        source: bytes of the workbook.
        name: its file name.
        files: lists that stand beside it, by file name.
        stage: told in words what is being done.

    Raises:
        Refusal: the file is no workbook at all (as `gemba.forms.book.read_book` says it).
    """
    with uncollected():
        return _inspect(source, name, files, stage)


def _inspect(source: bytes, name: str, files: Mapping[str, bytes] | None, stage: Stage) -> Inspection:
    stage(text("The workbook is read …"))
    book = read_book(source, name)
    unread = _unread(book)
    stage(text("The form is made …"))
    strict = _try(book, name, files)
    if not strict[1] and not _doubled(book):
        return _found(strict[0], unread, (), book, b"")
    stage(text("Repairs are looked for …"))
    repaired = book.copy()
    repairs = [*unread, *mend(repaired)]
    if len(repairs) == len(unread):
        return _found(None, unread, together(book_faults(book, name), strict[1]), book, b"")
    stage(text("The repaired form is made …"))
    form, faults = _try(repaired, name, files)
    if faults:
        faults = together(book_faults(repaired, name), faults)
    return _found(form, repairs, faults, book, write_book(repaired))


def _try(book: Book, name: str, files: Mapping[str, bytes] | None) -> tuple[Form | None, list[Refusal]]:
    try:
        form = parse(convert_book(book, name), name=name, files=files)
    except Refusal as refusal:
        return None, [refusal]
    faults = list(checking.faults(form, book))
    if not form.questions():
        faults.append(Refusal("forms.no_questions", file=name))
    return form, faults


def _found(
    form: Form | None, repairs: list[Repair], faults: list[Refusal] | tuple[()], book: Book, repaired: bytes
) -> Inspection:
    warnings = tuple(said for each in book.remarks if (said := _warning(each)))
    if faults or form is None:
        told = tuple(Fault(each.code, _plain(each.facts)) for each in faults)
        return Inspection(None, "", tuple(repairs), told, warnings)
    if "recordaudio" in form.xform:
        left_out = text("Recording in the background is left out: sound is recorded only when somebody asks for it.")
        warnings = (*warnings, left_out)
    facts = FormFacts(
        form.form_id, form.version, form.title, dict(form.attributes), tuple(form.languages), len(form.questions())
    )
    return Inspection(facts, form.xform, tuple(repairs), (), warnings, repaired, outside_names(form.xform))


def _plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value if isinstance(value, int | str) else str(value) for key, value in facts.items()}


def _doubled(book: Book) -> bool:
    return any(each.code == "duplicate_header" for each in book.remarks)


def _unread(book: Book) -> list[Repair]:
    """What stands in the workbook and cannot be read: whoever imports it should know and agree."""
    told = []
    for each in book.remarks:
        if each.code == "formula_without_value":
            what = text("The formula was never calculated: its cell counts as empty. Open and save the file in Excel.")
            told.append(Repair(each.sheet, each.row, each.column, what, each.text, ""))
        if each.code == "rows_far_below":
            what = text("Rows stand far below the table, after more than 60 empty ones: they are left out.")
            told.append(Repair(each.sheet, each.row, "", what, "", ""))
    return told


def _warning(remark: Remark) -> str:
    place = {"sheet": remark.sheet, "row": remark.row, "column": remark.column, "text": remark.text}
    match remark.code:
        case "macros":
            return text("The workbook has macros; they are never run.")
        case "external_links":
            return text("The workbook has links to other files; they are never followed.")
        case "encoding":
            return text("The file was read as {text}.", **place)
        case "blank_header":
            return text("Column {column} of {sheet} has no header: what stands in it is no part of the form.", **place)
        case "error_cell":
            return text("Row {row} of {sheet}, column {column}, shows the error {text}.", **place)
        case _:
            return ""
