"""What stands behind the reports of a binder: the statement of what is there and what is not, and the register."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from gemba.reports.binder_facts import RegisterFacts, StatementFacts
from gemba.reports.paper.blocks import Block
from gemba.reports.paper.columns import Columns
from gemba.reports.paper.frames import Row
from gemba.reports.paper.look import BODY, LINE, QUIET, RAISED, SMALL, SMALL_STRONG, SUBHEADING, TONES, in_colour
from gemba.reports.parts.compositor import Compositor
from gemba.reports.parts.shortening import in_one_line
from gemba.wording import text

_SHARES = (62.0, 0.0, 17.0, 40.0)
_TWO = (70.0, 0.0)
_GUTTER = 3.0


def statement(parts: Sequence[StatementFacts], hand: Compositor) -> Iterator[Block]:
    """What is in the pack and what is not, with the reasons."""
    yield hand.heading(text("What is in this pack, and what is not"), "statement")
    for part in parts:
        heading = hand.text(part.heading, SUBHEADING, gap=6.0)
        heading.keep_next = bool(part.lines or part.rows)
        yield heading
        for line in part.lines:
            yield hand.text(line, BODY, gap=1.0)
        for what, why in part.rows:
            cells: list[Block] = [hand.text(what, SMALL_STRONG), hand.text(why, SMALL)]
            yield Row(Columns(cells, _TWO, gutter=_GUTTER), air=0.9, rule=LINE)


def register(items: Iterable[RegisterFacts], hand: Compositor) -> Iterator[Block]:
    """Every piece of evidence of the reports, whether it is in the pack or not."""
    yield hand.heading(text("Evidence register"), "register")
    yield register_head(hand)
    for item in items:
        if item.heading:
            heading = hand.text(in_one_line(item.heading, hand), SMALL_STRONG, gap=2.5)
            heading.keep_next = True
            yield heading
        yield _row(item, hand)


def register_head(hand: Compositor) -> Row:
    """The titles of the columns."""
    cells: list[Block] = [hand.label(text("File in this pack")), hand.label(text("Concerns"))]
    cells += [hand.label(text("Size"), align="end"), hand.label(text("SHA-256, its beginning"))]
    return Row(Columns(cells, _SHARES, gutter=_GUTTER), ground=RAISED, rule=LINE, keep_next=True)


def _row(item: RegisterFacts, hand: Compositor) -> Block:
    poor = in_colour(SMALL, TONES["poor"][0])
    last = hand.text(item.missing, poor) if item.missing else hand.text(item.sha256[:16], QUIET)
    cells: list[Block] = [
        hand.figure(item.file, SMALL, align="start"),
        hand.text(item.concerns, SMALL),
        hand.figure(item.size, SMALL),
        last,
    ]
    return Row(Columns(cells, _SHARES, gutter=_GUTTER), air=0.8, rule=LINE)
