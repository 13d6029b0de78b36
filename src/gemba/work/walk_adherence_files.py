"""Adherence to leaders' standard work as a drawing, a table of values, or a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from gemba import wording
from gemba.domain.walk_adherence import Tally
from gemba.errors import Refusal
from gemba.reports.heat_map import HeatFacts, HeatLine, heat_drawing
from gemba.reports.picture_png import picture_png
from gemba.reports.sheet import render
from gemba.reports.sheet_facts import Drawing, Heading, Notice, Part, SheetFacts, Table, Words
from gemba.wording import text
from gemba.work.desk import Desk
from gemba.work.table_files import write_csv
from gemba.work.walk_adherence import AdherenceLine, WalkAdherence, share_words, told
from gemba.work.walk_words import walk_state_words, week_words, who_words, window_words

ENDINGS = (".csv", ".png", ".pdf")
_WEEKS = 13
"""Weeks beside each other on one page."""
_ROWS = 26


def adherence_file(desk: Desk, made: WalkAdherence, out: Path) -> None:
    """Write adherence; the ending says as what. The table of values has one line for each expected walk.

    Raises:
        Refusal: `work.walk_file` for another ending.
        Trouble: the file cannot be written.
    """
    ending = out.suffix.lower()
    if ending not in ENDINGS:
        raise Refusal("work.walk_file", file=out.name, known=", ".join(ENDINGS))
    if ending == ".csv":
        write_csv(out, walk_heads(), walk_rows(made))
    elif ending == ".png":
        picture_png(heat_drawing(weeks_grid(made)).picture, out)
    else:
        _pdf(desk, made, out)


def walk_heads() -> list[str]:
    """Titles of the walks behind the numbers."""
    return [text(word) for word in ("Week", "Window", "Route", "Layer", "Place", "Leader", "State", "Walked on")]


def walk_rows(made: WalkAdherence) -> Iterator[list[str]]:
    """Each expected walk, by day."""
    for one in made.walks:
        year, week, _ = one.expected.on.isocalendar()
        walked = one.standing.walked
        yield [
            f"{year}-W{week:02d}",
            window_words(one.expected),
            one.title,
            one.layer,
            one.place,
            who_words(one),
            walk_state_words(one.state),
            walked.on.isoformat() if walked is not None else "",
        ]


def line_heads(first: str) -> tuple[str, ...]:
    """Titles of leaders, layers or routes as a table."""
    rest = ("Expected", "In the window", "By another", "Late", "Missed", "Share in the window (95 %)")
    return (first, *(text(word) for word in rest))


def line_rows(lines: Sequence[AdherenceLine], *, held: bool) -> Iterator[tuple[str, ...]]:
    """Leaders, layers or routes: what was expected so far, and what became of it."""
    for one in lines:
        whole = one.whole
        counts = (whole.counted, whole.in_window, whole.stood_in, whole.late, whole.missed)
        yield (one.title, *map(str, counts), share_words(whole, held=held))


def weeks_grid(made: WalkAdherence, lines: Sequence[AdherenceLine] | None = None, last: int = 0) -> HeatFacts:
    """Leaders by weeks, to be drawn.

    Args:
        made: what is shown.
        lines: of it; all leaders when left out.
        last: only so many weeks, the last ones; all when 0.
    """
    shown = made.leaders if lines is None else lines
    heads = tuple(week_words(monday) for monday in made.weeks[-last:])
    rows = tuple(HeatLine(one.title, tuple((short(each), mark(each)) for each in one.weeks[-last:])) for one in shown)
    return HeatFacts(heads, rows, " ".join(told(made)), strong=0)


def short(counts: Tally) -> str:
    """A week in a cell: how many of the expected walks were walked by the leader."""
    if counts.counted:
        return f"{counts.walked}/{counts.counted}"
    return text("due") if counts.due else text("plan") if counts.ahead else "·"


def mark(counts: Tally) -> str:
    """How a week is coloured: missed ones tell before late ones."""
    if not counts.counted:
        return "few" if counts.due or counts.ahead else "none"
    if counts.missed:
        return "below"
    return "above" if counts.in_window == counts.counted else "like"


def legend() -> str:
    """What the grid's numbers and marks mean."""
    return text(
        "Numbers are walks that were walked of those expected in the week; a walk counts only once it is concluded. "
        "A triangle upwards: all within their windows; downwards: one was missed; neither: late, or walked by another."
    )


def _pdf(desk: Desk, made: WalkAdherence, out: Path) -> None:
    sheet = SheetFacts(
        number=f"{made.weeks[0].isoformat()} – {made.today.isoformat()}",
        title=text("Leaders' standard work"),
        kind_title=text("Adherence to walks by week"),
        when=desk.clock(),
        zone=desk.zone,
        parts=tuple(_parts(made)),
    )
    render(sheet, out, language=wording.language())


def _parts(made: WalkAdherence) -> Iterator[Part]:
    yield Notice(tuple(told(made)), "fair" if made.whole.missed or made.whole.late else "plain")
    if not made.walks:
        return
    yield Heading(text("Leaders by weeks"))
    for at in range(0, len(made.leaders), _ROWS):
        yield Drawing(heat_drawing(weeks_grid(made, made.leaders[at : at + _ROWS], _WEEKS)).picture)
    yield Words(legend(), "quiet")
    widths = (0.0, 17.0, 21.0, 19.0, 13.0, 15.0, 46.0)
    for title, lines, held in (
        (text("Leader"), made.leaders, False),
        (text("Layer"), made.layers, True),
        (text("Route"), made.routes, True),
    ):
        yield Heading(title)
        yield Table(line_heads(title), tuple(line_rows(lines, held=held)), widths, numbers=(1, 2, 3, 4, 5))
