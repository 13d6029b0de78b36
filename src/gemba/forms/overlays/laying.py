"""Laying an overlay over a core: the finished workbook, or everything that the overlay may not do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gemba.errors import Refusal
from gemba.forms.book import Book
from gemba.forms.editing.columns import ADDRESS, SPACE, cell, header_for, meaning
from gemba.forms.editing.rule_problems import expression_problem
from gemba.forms.editing.steps import Row, fork, insert, put, settings_row
from gemba.forms.editing.tree import Branch, items, names
from gemba.forms.overlays.adding import Additions
from gemba.forms.overlays.amending import amend
from gemba.forms.overlays.choosing import lay_choices
from gemba.forms.overlays.fault_words import fault_words
from gemba.forms.overlays.shape import CORE, LOCAL, PLACING, WORDS, About, Fault, about, is_parked, placed, row_number

_RULES = frozenset({"relevant", "constraint", "calculation", "choice_filter", "repeat_count"})


@dataclass(frozen=True, slots=True)
class Laid:
    """A core with an overlay over it. With faults, the book holds only what was allowed."""

    book: Book
    about: About
    faults: tuple[Fault, ...]


def lay(core: Book, overlay: Book) -> Book:
    """The finished workbook.

    Raises:
        Refusal: forms.no_overlay, forms.another_core; forms.overlay_weakens with the first fault.
    """
    laid = try_to_lay(core, overlay)
    for fault in laid.faults:
        raise Refusal(
            "forms.overlay_weakens",
            count=len(laid.faults),
            sheet=fault.sheet,
            row=fault.row,
            column=fault.column,
            why=fault_words(fault),
        )
    return laid.book


def try_to_lay(core: Book, overlay: Book) -> Laid:
    """Lay what may be laid, and list what may not.

    Raises:
        Refusal: forms.no_overlay, forms.another_core.
    """
    said = about(overlay)
    core_id = _setting(core, "form_id")
    if core_id and said.core != core_id:
        raise Refusal("forms.another_core", core=said.core, form_id=core_id)
    book = fork(core)
    faults = lay_choices(core, book, overlay)
    faults += _lay_survey(core, book, overlay)
    _lay_settings(book, said)
    return Laid(book, said, tuple(faults))


def _lay_survey(core: Book, book: Book, overlay: Book) -> list[Fault]:
    known = _by_name(core)
    additions = Additions(core, overlay)
    faults: list[Fault] = []
    for place, row in enumerate(overlay.survey.rows):
        name = _name(row)
        if is_parked(row):
            continue
        if placed(row, "overlay").lower() not in WORDS:
            faults.append(_fault(overlay, place, name, "unknown_word", word=placed(row, "overlay")))
            continue
        if additions.is_open or not _is_amendment(row, name, known):
            faults += additions.take(place, row, known)
        elif len(known[name]) > 1:
            faults.append(_fault(overlay, place, name, "ambiguous"))
        else:
            faults += amend(core, book, known[name][0], row, row_number(overlay.survey, place))
    faults += additions.finish()
    for at, rows in additions.blocks():
        insert(book.survey, at, [_as_core_writes(book, each) for each in rows])
    return faults + list(_rules(book, overlay))


def _rules(book: Book, overlay: Book) -> Iterator[Fault]:
    """Expressions of the overlay that cannot be read, or name a question that is not there."""
    known = names(book)
    for place, row in enumerate(overlay.survey.rows):
        for header, text in row.items() if not is_parked(row) else ():
            if meaning(header).property in _RULES:
                why = expression_problem(text, known)
                if why:
                    number, name = row_number(overlay.survey, place), _name(row)
                    facts = {"name": name, "column": header, "text": text, "why": why}
                    yield Fault("survey", number, header, name, "bad_rule", facts)


def _is_amendment(row: Row, name: str, known: dict[str, list[Branch]]) -> bool:
    return name in known and placed(row, "overlay").lower() != "add"


def _as_core_writes(book: Book, row: Row) -> Row:
    """A new row under the headers that the core uses, marked as the region's own."""
    survey = book.survey
    made: Row = {}
    for header, text in row.items():
        if header.strip().lower() in PLACING:
            continue
        column = meaning(header)
        own = header_for(survey, column.property, column.language) if column.property else header
        if own not in survey.columns:
            survey.columns.append(own)
        made[own] = text
    if LOCAL not in survey.columns:
        survey.columns.append(LOCAL)
    return made | {LOCAL: "yes"}


def _lay_settings(book: Book, said: About) -> None:
    settings_row(book)
    core_id, version = _setting(book, "form_id") or said.core, _setting(book, "version")
    title = said.title or " – ".join(part for part in (_setting(book, "title") or core_id, said.region) if part)
    slug = "-".join("".join(each if each.isalnum() else " " for each in said.region.lower()).split())
    put(
        book,
        book.settings,
        0,
        {
            ("form_id", ""): f"{core_id}--{slug}",
            ("version", ""): f"{version}+{said.version}".strip("+"),
            ("title", ""): title,
            ("namespaces", ""): _namespaces(book),
        },
    )
    if CORE not in book.settings.columns:
        book.settings.columns.append(CORE)
    book.settings.rows[0] = {**book.settings.rows[0], CORE: core_id}


def _namespaces(book: Book) -> str:
    said = _setting(book, "namespaces")
    return said if f"{SPACE}=" in said else f"{said} {ADDRESS}".strip()


def _setting(book: Book, name: str) -> str:
    return cell(book.settings, 0, name).strip() if book.settings.rows else ""


def _by_name(book: Book) -> dict[str, list[Branch]]:
    found: dict[str, list[Branch]] = {}
    for item in items(book):
        found.setdefault(item.name, []).append(item)
    return found


def _name(row: Row) -> str:
    return next((text.strip() for header, text in row.items() if meaning(header).property == "name"), "")


def _fault(overlay: Book, place: int, name: str, code: str, **facts: str) -> Fault:
    return Fault("survey", row_number(overlay.survey, place), "name", name, code, {"name": name, **facts})
