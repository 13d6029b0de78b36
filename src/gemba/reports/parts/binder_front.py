"""Cover and contents of a binder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gemba.reports.binder_facts import BinderFacts, ContentsFacts
from gemba.reports.paper.blocks import Block, Rule, Stack
from gemba.reports.paper.columns import Columns
from gemba.reports.paper.frames import Panel, Row
from gemba.reports.paper.look import (
    ACCENT,
    BODY,
    COUNT,
    HEADING,
    LABEL,
    LINE,
    PLACE,
    RAISED,
    SMALL,
    SMALL_STRONG,
    STRONG,
    TITLE,
    TONES,
    WIDTH,
    in_colour,
)
from gemba.reports.parts.compositor import Compositor, Marked
from gemba.reports.parts.shortening import in_one_line, shortened
from gemba.wording import text

_SHARES = (29.0, 0.0, 19.0, 42.0, 10.0)
_GUTTER = 3.0
_WORDS = WIDTH - sum(_SHARES) - 4 * _GUTTER


def binder_cover(facts: BinderFacts, hand: Compositor) -> Iterator[Block]:
    """What was chosen, how much there is, and what a reader must know."""
    accent = in_colour(SMALL_STRONG, ACCENT)
    yield hand.figure(facts.organisation, accent, align="start")
    yield Rule(ACCENT, gap=2.0, thick=0.9)
    yield hand.text(facts.title, TITLE, gap=30.0).outlined(facts.title, "cover", 0)
    if facts.subject:
        yield hand.text(facts.subject, PLACE, gap=2.0)
    if facts.figures:
        tiles = [_tile(count, label, hand) for count, label in facts.figures]
        yield Columns(tiles, [0.0] * len(tiles), gutter=3.0, gap=12.0, together=True)
    rows: list[Block] = []
    for label, value in facts.rows:
        shown = hand.figure(value, STRONG, align="start")
        rows += [
            Rule(LINE, gap=2.1),
            Columns([hand.text(label, in_colour(BODY, LABEL.colour)), shown], [46, 0], gap=2.1),
        ]
    yield Stack([*rows, Rule(LINE, gap=2.1)], gap=10.0)
    if facts.notices:
        words = [hand.text(notice, SMALL, gap=1.2) for notice in facts.notices]
        yield Panel(Stack(words), padding=4.0, ground=RAISED, bar=ACCENT, gap=9.0)


def contents(
    facts: Sequence[ContentsFacts], pages: Mapping[int, int], ends: Sequence[tuple[str, str, int]], hand: Compositor
) -> Iterator[Block]:
    """A line for each report and for what stands behind them. Each is one line high, whatever the page numbers.

    Args:
        facts: of the reports, in order.
        pages: page of each report, by its place in `facts`; one that is not there could not be drawn.
        ends: title, anchor and page of what follows the reports.
        hand: sets the texts.
    """
    yield hand.heading(text("Contents"), "contents", style=HEADING)
    yield contents_head(hand)
    for place, each in enumerate(facts):
        yield _line(each, place, pages.get(place, 0), hand)
    for title, key, page in ends:
        words = hand.figure(shortened(title, hand, _WORDS, SMALL_STRONG), SMALL_STRONG, align="start").linked(f"/{key}")
        number = hand.figure(str(page or "–"), SMALL)
        cells: list[Block] = [hand.figure("", SMALL), words, hand.figure("", SMALL), hand.figure("", SMALL), number]
        yield Row(Columns(cells, _SHARES, gutter=_GUTTER), air=0.9, rule=LINE)


def contents_head(hand: Compositor) -> Row:
    """The titles of the columns."""
    titles = [text("Number"), text("Assessment"), text("Concluded"), text("Grade")]
    cells: list[Block] = [hand.label(title) for title in titles]
    cells.append(hand.label(text("Page"), align="end"))
    return Row(Columns(cells, _SHARES, gutter=_GUTTER), ground=RAISED, rule=LINE, keep_next=True)


def _line(facts: ContentsFacts, place: int, page: int, hand: Compositor) -> Block:
    words = in_one_line((facts.place, facts.title), hand)
    number = hand.figure(shortened(facts.number, hand, _SHARES[0], SMALL), in_colour(SMALL, ACCENT), align="start")
    titled = hand.figure(shortened(words, hand, _WORDS, SMALL), SMALL, align="start")
    grade: Block = hand.figure("", SMALL)
    if facts.grade:
        ink = in_colour(SMALL, TONES[facts.tone][0])
        grade = hand.figure(shortened(facts.grade, hand, _SHARES[3], ink), ink, align="start")
    if page:
        key = f"/{report_key(place)}/cover"
        number, titled = number.linked(key), titled.linked(key)
    day = hand.figure(hand.notation.day(facts.day), SMALL, align="start")
    cells: list[Block] = [number, titled, day, grade, hand.figure(str(page or "–"), SMALL)]
    return Row(Columns(cells, _SHARES, gutter=_GUTTER), air=0.9, rule=LINE)


def report_key(place: int) -> str:
    """What stands before the keys of a report."""
    return f"report{place + 1}"


def _tile(count: int, label: str, hand: Compositor) -> Block:
    figure = hand.figure(str(count), COUNT, align="start")
    words = hand.figure(label, LABEL, align="start")
    return Panel(Stack([Marked(figure, "plain", size=0.0, side="end"), words]), padding=3.2, ground=RAISED)
