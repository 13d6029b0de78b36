"""The parts of a derived view as widgets: the same headings, figures, drawings and tables that a report prints."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.reports.picture_facts import Drawn, PictureFacts, Shape, Stroke
from gemba.reports.sheet_facts import Cell, Counted, Drawing, Figures, Heading, Narrowed, Notice, Part, Table, Words
from gemba.ui.lineage.behind import Behind, listed
from gemba.ui.lineage.behind import Part as Records
from gemba.ui.lineage.behind import parts as parts_behind
from gemba.ui.parts.cards import Card
from gemba.ui.parts.figure_table import FigureTable
from gemba.ui.parts.figures import Figures as FigureRow
from gemba.ui.parts.picture import PictureView
from gemba.ui.parts.words import Words as Label

_LARGER = 1.35
"""On the screen, than on paper: type of 10 points."""
_LENGTHS = ("x", "y", "width", "height", "size", "thick")
_LISTS = {"complaint": ("complaints", "")}
"""By noun: the page and view that list its records."""
_TONES = {"good": "good", "fair": "fair", "poor": "poor"}


def widgets(parts: tuple[Part, ...], name: str, title: str) -> Iterator[QWidget]:
    """A widget for each part.

    Args:
        parts: of the view.
        name: beginning of the object names.
        title: of the view, for screen readers.
    """
    heading = title
    for at, part in enumerate(parts):
        if isinstance(part, Heading):
            heading = part.words
            yield Label(part.words, scale="heading", wrap=True)
        elif isinstance(part, Words):
            yield Label(part.words, tone="muted" if part.look in {"quiet", "small"} else "", wrap=True)
        elif isinstance(part, Notice):
            yield _notice(part)
        elif isinstance(part, Figures):
            yield _figures(part, f"{name}.figures{at}")
        elif isinstance(part, Table):
            yield _table(part, f"{name}.table{at}", heading)
        elif isinstance(part, Drawing):
            yield from _drawing(part, f"{name}.picture{at}", heading)


def _notice(part: Notice) -> Card:
    card = Card(look="inset")
    for words in part.lines:
        card.body.addWidget(Label(words, tone=_TONES.get(part.tone, ""), wrap=True))
    return card


def _figures(part: Figures, name: str) -> FigureRow:
    made = FigureRow(name, *((str(at), word) for at, (_, word) in enumerate(part.figures)))
    for at, (figure, word) in enumerate(part.figures):
        refs = part.records[at] if at < len(part.records) else ()
        made.say(str(at), figure, behind=_behind(figure, word, refs))
    return made


def _behind(figure: str, word: str, counted: Counted) -> Behind | None:
    """The records that a figure counts, or the list that has them; `None` where there is none."""
    if isinstance(counted, Narrowed):
        page, tab = _LISTS[counted.noun]
        return listed(figure, word, page, tab=tab, count=counted.count, **counted.where) if counted.count else None
    if not counted:
        return None
    named = tuple((noun, uid) for noun, _, uid in (ref.partition(":") for ref in dict.fromkeys(counted)))
    how = ""
    if figure.isdecimal() and int(figure) != len(named):
        how = wording.plural("It follows from this record.", "It follows from these {n} records.", len(named))
    return parts_behind(figure, word, Records(word, named), how=how)


def _table(part: Table, name: str, title: str) -> FigureTable:
    made = FigureTable(name, title, part.titles, numbers=part.numbers)
    rows = [[_cell(cell).words for cell in row] for row in part.rows]
    tones = [{at: _TONES.get(_cell(cell).tone or "", "") for at, cell in enumerate(row)} for row in part.rows]
    made.put(rows, tones, [_behind_row(part, row) for row in part.rows])
    return made


def _behind_row(part: Table, row: tuple[str | Cell, ...]) -> dict[int, Behind]:
    """What is behind the cells of a row: each is told by the row's first words and its column."""
    about = next(cell.words for cell in map(_cell, row))
    found = {}
    for at, cell in enumerate(map(_cell, row)):
        behind = _behind(cell.words, f"{about} · {part.titles[at]}" if at else part.titles[at], cell.records)
        if behind is not None:
            found[at] = behind
    return found


def _drawing(part: Drawing, name: str, title: str) -> Iterator[QWidget]:
    picture = PictureView(name, title)
    picture.show_picture(enlarged(part.picture, _LARGER))
    yield picture
    if part.caption:
        yield Label(part.caption, tone="muted", scale="small", wrap=True)


def enlarged(facts: PictureFacts, by: float) -> PictureFacts:
    """The same drawing, so many times as large."""
    shapes = tuple(_enlarged(shape, by) for shape in facts.shapes)
    return msgspec.structs.replace(facts, width=facts.width * by, height=facts.height * by, shapes=shapes)


def _enlarged(shape: Drawn, by: float) -> Drawn:
    found: dict[str, object] = {
        name: value * by for name in _LENGTHS if isinstance(value := getattr(shape, name, None), int | float)
    }
    if isinstance(shape, Stroke | Shape):
        found["points"] = tuple((x * by, y * by) for x, y in shape.points)
    return msgspec.structs.replace(shape, **found)


def _cell(cell: str | Cell) -> Cell:
    return Cell(cell) if isinstance(cell, str) else cell
