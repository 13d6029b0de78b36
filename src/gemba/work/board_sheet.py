"""The board as one document, to hang on a wall: each column with what matters most to customers first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from gemba import wording
from gemba.reports.chart_numbers import figure
from gemba.reports.facts import Rendered
from gemba.reports.sheet import render
from gemba.reports.sheet_facts import Cell, Figures, Heading, Notice, Part, SheetFacts, Table, Words
from gemba.wording import plural, text
from gemba.work.board_cards import DONE, Band, BoardShown, Card, Cards, shown_board
from gemba.work.desk import Desk
from gemba.work.record_titles import shortened

MOST = 40
"""Cards of a column on paper; what comes behind is counted."""
_LONGEST = 240


def board_pdf(
    desk: Desk, out: Path, where: Mapping[str, str] | None = None, *, by: str = "", about: str = ""
) -> Rendered:
    """Write the board as a PDF.

    Args:
        desk: where the records are.
        out: the PDF.
        where: as `gemba.work.board_cards.shown_board` takes it.
        by: `owner`, `place` or `goal` for one part each.
        about: what it was narrowed to, in words.

    Raises:
        Trouble: the file cannot be written.
    """
    shown = shown_board(desk, where or {}, by=by, bands=50, most=MOST)
    return render(sheet_of(desk, shown, about), out, language=wording.language())


def sheet_of(desk: Desk, shown: BoardShown, about: str = "") -> SheetFacts:
    """The document's facts."""
    return SheetFacts(
        title=text("Board of actions"),
        kind_title=text("Board of actions"),
        place=about or text("All open actions"),
        when=desk.clock(),
        zone=desk.zone,
        parts=tuple(_parts(shown)),
    )


def _parts(shown: BoardShown) -> Iterator[Part]:
    columns = [column for band in shown.bands for column in band.columns]
    counts: dict[str, int] = {}
    for column in columns:
        counts[column.title] = counts.get(column.title, 0) + column.count
    if counts:
        yield Figures(tuple((figure(count), title) for title, count in counts.items()))
    over = list(dict.fromkeys(column.title for column in columns if column.is_over))
    if over:
        yield Notice((text("More than the limit: {columns}.", columns=", ".join(over)),), "poor")
    if shown.resting:
        said = plural(
            "{n} action rests until its day and is not shown.", "{n} actions rest until their day.", shown.resting
        )
        yield Words(said, "quiet")
    if not any(column.count for column in columns):
        yield Words(text("Nothing stands on the board."), "quiet")
    for band in shown.bands:
        yield from _band(band)
    if shown.more_bands:
        yield Words(text("There are more; narrow the board to print them."), "quiet")


def _band(band: Band) -> Iterator[Part]:
    if band.title:
        yield Heading(band.title)
    for column in band.columns:
        if column.count:
            yield Heading(_head(column), 1 if band.title else 0)
            yield _table(column)
            more = column.count - len(column.cards)
            if more > 0:
                yield Words(plural("… and {n} more", "… and {n} more", more), "quiet")


def _head(column: Cards) -> str:
    if column.limit is None:
        return f"{column.title}: {column.count}"
    return text("{column}: {n} of {limit}", column=column.title, n=column.count, limit=column.limit)


def _table(column: Cards) -> Table:
    is_done = column.code == DONE
    titles = (text("Priority"), text("Action"), text("Owner and place"), text("Done") if is_done else text("Due"))
    return Table(titles, tuple(_row(card) for card in column.cards), (26, 0, 44, 32))


def _row(card: Card) -> tuple[str | Cell, ...]:
    words = shortened(card.text, _LONGEST)
    notes = [card.number, card.goal]
    if card.waits_for:
        notes.append(text("waits for {what}", what=card.waits_for))
    if card.back_since is not None:
        notes.append(text("back since {day}", day=card.back_since))
    under = " · ".join(note for note in notes if note)
    return (
        Cell(card.priority, strong=card.impact is not None),
        f"{words}\n{under}",
        f"{card.owner}\n{card.place}",
        _when(card),
    )


def _when(card: Card) -> str | Cell:
    if card.done_on is not None:
        return card.done_on.isoformat()
    age = plural("{n} day old", "{n} days old", card.age)
    if card.is_late:
        return Cell(text("late: {day}", day=card.due) + f"\n{age}", "poor", strong=True)
    return f"{card.due}\n{age}"
