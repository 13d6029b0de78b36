"""Carrying an overlay to the next version of its core: three sides are compared, and what needs a look is named.

The three sides of every cell are the core as it was, the core as it is now, and what the overlay says. What only one
side changed is taken; where both did, the overlay stands and the change is named; what has no place any more is
parked: its row stays in the overlay's workbook and says so, so that nothing that a region wrote is lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from gemba.forms.book import Book, Sheet
from gemba.forms.editing.columns import TRANSLATED, Column, cell, default_language, meaning
from gemba.forms.editing.steps import Row
from gemba.forms.editing.tree import Branch, items
from gemba.forms.editing.types import closes, opens
from gemba.forms.overlays.laying import try_to_lay
from gemba.forms.overlays.shape import PARKED, PLACING, is_parked, placed

Sort = Literal["gone", "core_changed", "adopted", "weaker", "now_in_core", "anchor_gone"]


@dataclass(frozen=True, slots=True)
class Note:
    """Something that a person should look at after an upgrade."""

    sort: Sort
    item: str
    column: str
    old: str
    """What the old core said."""
    new: str
    """What the new core says."""
    ours: str
    """What the overlay says."""


@dataclass(frozen=True, slots=True)
class Upgrade:
    """The overlay for the new core, and what to look at."""

    overlay: Book
    notes: tuple[Note, ...]


def upgrade(old: Book, new: Book, overlay: Book) -> Upgrade:
    """Carry an overlay from one version of its core to another.

    Args:
        old: the core that it was made for.
        new: the core that it shall be laid over.
        overlay: the region's workbook; it is not changed.

    Raises:
        Refusal: forms.no_overlay, forms.another_core.
    """
    made = overlay.copy()
    carrying = _Carrying(old, new, made)
    notes = carrying.rows()
    _set_version(made, new)
    notes += _drop_faulty(new, made)
    return Upgrade(made, tuple(notes))


class _Carrying:
    """Goes through the rows of the survey sheet of an overlay."""

    def __init__(self, old: Book, new: Book, overlay: Book) -> None:
        self._old, self._new, self._overlay = old, new, overlay
        self._was = {item.name: item for item in items(old)}
        self._is = {item.name: item for item in items(new)}

    def rows(self) -> list[Note]:
        notes: list[Note] = []
        depth = 0
        for place, row in reversed(list(enumerate(self._overlay.survey.rows))):
            kind = _said(row, "type")
            depth += closes(kind)
            inside = depth > 0
            depth -= opens(kind)
            notes += self._row(place, row, inside=inside)
        return list(reversed(notes))

    def _row(self, place: int, row: Row, *, inside: bool) -> list[Note]:
        name = _said(row, "name")
        if not name or is_parked(row):
            return []
        if name in self._was and not inside and placed(row, "overlay").lower() != "add":
            if name in self._is:
                return list(self._amendment(row, self._was[name], self._is[name]))
            _park(self._overlay.survey, place)
            return [Note("gone", name, "", self._was[name].label, "", ", ".join(row.values()))]
        if name in self._is and _said(row, "type"):
            _park(self._overlay.survey, place)
            return [Note("now_in_core", name, "", "", self._is[name].label, _said(row, "label"))]
        return list(self._anchor(row, name))

    def _amendment(self, row: Row, was: Branch, now: Branch) -> Iterator[Note]:
        for header, ours in list(row.items()):
            column = meaning(header)
            if header.strip().lower() in PLACING or column.property in {"", "name", "type"}:
                continue
            before, after = _base(self._old, was, column), _base(self._new, now, column)
            if _same(self._new, now, column) == ours and before != after:
                del row[header]
                yield Note("adopted", now.name, header, before, after, ours)
            elif before != after:
                yield Note("core_changed", now.name, header, before, after, ours)

    def _anchor(self, row: Row, name: str) -> Iterator[Note]:
        for column in ("after", "into"):
            anchor = placed(row, column)
            if anchor and anchor in self._was and anchor not in self._is:
                above = self._was[anchor].above
                home = above.name if above is not None and above.name in self._is else ""
                for header in [each for each in row if each.strip().lower() in {"after", "into"}]:
                    del row[header]
                if home:
                    row["into"] = home
                    if "into" not in self._overlay.survey.columns:
                        self._overlay.survey.columns.append("into")
                yield Note("anchor_gone", name, column, anchor, home, _said(row, "label"))


def _base(core: Book, item: Branch, column: Column) -> str:
    """What the overlay's cell is based on: the same cell, or for a translation the words that were translated."""
    said = _same(core, item, column)
    if said or column.property not in TRANSLATED:
        return said
    return cell(core.survey, item.row, column.property, default_language(core))


def _same(core: Book, item: Branch, column: Column) -> str:
    language = column.language or (default_language(core) if column.property in TRANSLATED else "")
    return cell(core.survey, item.row, column.property, language)


def _set_version(overlay: Book, new: Book) -> None:
    row = overlay.settings.rows[0]
    header = next((each for each in row if each.strip().lower() == "core_version"), "core_version")
    if header not in overlay.settings.columns:
        overlay.settings.columns.append(header)
    row[header] = cell(new.settings, 0, "version") if new.settings.rows else ""


def _drop_faulty(new: Book, overlay: Book) -> list[Note]:
    """What would weaken the new core is parked: it has become stricter than the overlay."""
    notes: list[Note] = []
    for fault in try_to_lay(new, overlay).faults:
        sheet = overlay.sheet(fault.sheet)
        place = sheet.numbers.index(fault.row) if fault.row in sheet.numbers else -1
        if place < 0:
            continue
        row = sheet.rows[place]
        ours = row.get(fault.column, "")
        if meaning(fault.column).property == "name":
            _park(sheet, place)
        else:
            _keep_aside(sheet, {_name_header(sheet): fault.item, fault.column: row.pop(fault.column)})
        notes.append(Note("weaker", fault.item, fault.column, "", fault.facts.get("core", ""), ours))
    return notes


def _park(sheet: Sheet, place: int) -> None:
    """Let a row stand without effect; a section with all that it holds."""
    depth = 0
    for row in sheet.rows[place:]:
        _mark(sheet, row)
        depth += opens(_said(row, "type")) - closes(_said(row, "type"))
        if depth <= 0:
            return


def _keep_aside(sheet: Sheet, row: Row) -> None:
    """A row of its own for one cell that has no effect any more."""
    _mark(sheet, row)
    sheet.rows.append(row)
    sheet.numbers.append(max(sheet.numbers, default=1) + 1)


def _mark(sheet: Sheet, row: Row) -> None:
    header = next((each for each in sheet.columns if each.strip().lower() == "overlay"), "overlay")
    if header not in sheet.columns:
        sheet.columns.append(header)
    row[header] = PARKED


def _name_header(sheet: Sheet) -> str:
    return next((header for header in sheet.columns if meaning(header).property == "name"), "name")


def _said(row: Row, name: str) -> str:
    return next((text.strip() for header, text in row.items() if meaning(header).property == name), "")
