"""A report of headings, words, figures, tables and drawings: facts in, a PDF out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import singledispatch
from pathlib import Path
from typing import Any

from gemba import wording
from gemba.reports.assessment import Step, speaking, warnings
from gemba.reports.facts import AssessmentFacts, Rendered, Tone
from gemba.reports.files import written
from gemba.reports.paper import pages
from gemba.reports.paper.blocks import Block, Rule, Stack, fill
from gemba.reports.paper.columns import Columns
from gemba.reports.paper.document import Document
from gemba.reports.paper.frames import Panel, Row
from gemba.reports.paper.frames import Table as RuledTable
from gemba.reports.paper.look import (
    ACCENT,
    BODY,
    COUNT,
    EDGE,
    HEADING,
    HEIGHT,
    LABEL,
    LINE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    PLACE,
    QUIET,
    RAISED,
    SMALL,
    SMALL_STRONG,
    STRONG,
    SUBHEADING,
    TITLE,
    TONES,
    WIDTH,
    in_colour,
)
from gemba.reports.paper.pages import NewPage
from gemba.reports.paper.pen import Pen
from gemba.reports.parts.compositor import Compositor
from gemba.reports.parts.drawn import DrawnPicture
from gemba.reports.parts.notation import Notation
from gemba.reports.parts.pairs import pairs
from gemba.reports.parts.surround import Surround
from gemba.reports.sheet_facts import (
    Cell,
    Drawing,
    Facts,
    Figures,
    Heading,
    Notice,
    Part,
    PhotoPairs,
    Quotes,
    SheetFacts,
    Table,
    Words,
)
from gemba.reports.typeset.book import FontBook
from gemba.reports.typeset.pieces import Style
from gemba.wording import text

_GUTTER = 3.0
_SENTENCES = 400
"""Letters up to which words below a heading only lead to what follows them."""
_LOW_TITLE = Style(17, 21, "bold", TITLE.colour)
_LOOKS = {"body": BODY, "strong": STRONG, "small": SMALL, "quiet": QUIET, "label": LABEL}
_BARS: dict[Tone, str] = {"good": TONES["good"][0], "fair": TONES["fair"][0], "poor": TONES["poor"][0], "plain": EDGE}


def render(
    facts: SheetFacts,
    out: Path,
    *,
    language: str,
    font_packs: Sequence[Path] = (),
    step: Step = lambda done, total: None,  # noqa: ARG005 - nobody listens
) -> Rendered:
    """Write such a report as a PDF; the same facts give the same bytes.

    Args:
        facts: what it tells; texts already in `language`.
        out: the PDF; it appears whole or not at all.
        language: BCP 47 tag.
        font_packs: folders with fonts for writing systems that are neither bundled nor installed.
        step: told of progress.

    Raises:
        Trouble: the file cannot be written, as for any report.
    """
    with speaking(language):
        notation = Notation(language, wording.right_to_left(), facts.zone)
        book = FontBook(language, font_packs)
        hand = Compositor(book, notation)
        document = Document(PAGE_WIDTH, PAGE_HEIGHT, language=language, rtl=notation.rtl)
        title = " · ".join(part for part in (facts.number, facts.title, facts.place) if part)
        document.describe(title=title, author=facts.person, subject=facts.kind_title, creator="Gemba", when=facts.when)
        pen = Pen(document, PAGE_WIDTH, PAGE_HEIGHT, rtl=notation.rtl)
        found = list(_blocks(facts, hand))
        laid_out = pages.lay_out(_on_one_page(found, hand) if facts.one_page else found)
        count = len(laid_out)
        pages.draw(laid_out, pen, Surround(_around(facts), hand))
        size = written(out, lambda file: document.write(file, step))
        return Rendered(count, size, tuple(warnings(book, len(document.unreadable))))


def _around(facts: SheetFacts) -> AssessmentFacts:
    """What head and foot of the pages need to know."""
    return AssessmentFacts(
        number=facts.number,
        title=facts.title,
        place=facts.place,
        person=facts.person,
        started_at=facts.when,
        draft=facts.draft,
    )


def _on_one_page(blocks: list[Block], hand: Compositor) -> list[Block]:
    """As many blocks as one page carries; a line says when there are more."""
    placed, rest = fill(blocks, WIDTH, HEIGHT)
    if not rest:
        return blocks
    more = hand.text(
        text("There is more than this page carries; the window and the lists show all of it."), QUIET, gap=3.0
    )
    placed, _ = fill(blocks, WIDTH, HEIGHT - more.height(WIDTH) - more.gap)
    return [*(item.block for item in placed), more]


def _blocks(facts: SheetFacts, hand: Compositor) -> Iterator[Block]:
    yield from _head(facts, hand)
    headings = 0
    for before, part, after in zip((None, *facts.parts), facts.parts, (*facts.parts[1:], None), strict=False):
        if isinstance(part, Heading):
            headings += 1
            if part.new_page:
                yield NewPage()
        for block in _set(part, hand, f"part{headings}", tight=facts.one_page):
            block.keep_next = block.keep_next or _leads(before, part, after)
            yield block


def _leads(before: Part | None, part: Part, after: Part | None) -> bool:
    """True for a sentence between a heading and what it is about: alone with the heading it tells nothing."""
    if not isinstance(before, Heading) or not isinstance(part, Words) or len(part.words) > _SENTENCES:
        return False
    return after is not None and not isinstance(after, Heading | Words)


def _head(facts: SheetFacts, hand: Compositor) -> Iterator[Block]:
    accent = in_colour(SMALL_STRONG, ACCENT)
    masthead = [hand.figure(facts.organisation, accent, align="start"), hand.figure(facts.kind_title, accent)]
    yield Columns(masthead, [0, 0])
    yield Rule(ACCENT, gap=2.0, thick=0.9)
    style, gap = (_LOW_TITLE, 3.0) if facts.one_page else (TITLE, 7.0)
    yield hand.text(facts.title, style, gap=gap).outlined(facts.title, "cover", 0)
    if facts.place:
        yield hand.text(facts.place, PLACE, gap=1.0)
    made = [hand.notation.alone(facts.number), facts.person, hand.notation.moment(facts.when)]
    made.append(hand.notation.zone_name(facts.when))
    yield hand.text(" · ".join(each for each in made if each), QUIET, gap=1.0)


@singledispatch
def _set(part: Any, hand: Compositor, key: str, *, tight: bool) -> Iterator[Block]:  # noqa: ARG001 - others do
    raise TypeError(f"no part of a report: {type(part).__name__}")


@_set.register
def _(part: Heading, hand: Compositor, key: str, *, tight: bool) -> Iterator[Block]:
    style = HEADING if part.level == 0 and not tight else SUBHEADING
    gap = (9.0 if part.level == 0 else 6.0) if not tight else 4.5
    yield hand.heading(part.words, key, style=style, level=part.level, gap=gap)


@_set.register
def _(part: Words, hand: Compositor, key: str, *, tight: bool) -> Iterator[Block]:  # noqa: ARG001 - others do
    if part.words:
        yield hand.prose(part.words, _LOOKS.get(part.look, BODY), gap=1.5 if tight else 2.2)


@_set.register
def _(part: Notice, hand: Compositor, key: str, *, tight: bool) -> Iterator[Block]:  # noqa: ARG001 - others do
    lines = [hand.prose(line, BODY, gap=1.0) for line in part.lines]
    ground = TONES[part.tone][1] if part.tone != "plain" else RAISED
    yield Panel(Stack(lines), padding=3.2, ground=ground, bar=_BARS[part.tone], gap=3.0 if tight else 4.5)


@_set.register
def _(part: Quotes, hand: Compositor, key: str, *, tight: bool) -> Iterator[Block]:  # noqa: ARG001 - others do
    for words, whose in part.quotes:
        inside: list[Block] = [hand.prose(words, BODY)]
        if whose:
            inside.append(hand.text(whose, QUIET, gap=0.8))
        yield Panel(Stack(inside), padding=3.0, bar=ACCENT, gap=2.5 if tight else 3.5)


@_set.register
def _(part: Figures, hand: Compositor, key: str, *, tight: bool) -> Iterator[Block]:  # noqa: ARG001 - others do
    tiles = [_tile(figure, label, hand) for figure, label in part.figures]
    if tiles:
        yield Columns(tiles, [0.0] * len(tiles), gutter=_GUTTER, gap=3.0 if tight else 5.0, together=True)


@_set.register
def _(part: Facts, hand: Compositor, key: str, *, tight: bool) -> Iterator[Block]:  # noqa: ARG001 - others do
    rows: list[Block] = []
    for label, value in part.rows:
        pair: list[Block] = [hand.text(label, in_colour(BODY, LABEL.colour)), hand.prose(value, BODY)]
        above = Rule(LINE, gap=1.4)
        above.keep_next = True  # no heading is left alone with a line below it
        rows += [above, Columns(pair, [46, 0], gap=1.4)]
    yield Stack([*rows, Rule(LINE, gap=1.4)], gap=2.5 if tight else 4.0)


@_set.register
def _(part: Table, hand: Compositor, key: str, *, tight: bool) -> Iterator[Block]:  # noqa: ARG001 - others do
    ends = set(part.numbers)
    titles = [hand.label(title, align="end" if at in ends else "start") for at, title in enumerate(part.titles)]
    head = Row(Columns(titles, part.shares, gutter=_GUTTER), ground=RAISED, rule=LINE, keep_next=True)
    rows = [
        Row(
            Columns([_cell(cell, hand, at in ends) for at, cell in enumerate(row)], part.shares, gutter=_GUTTER),
            rule=LINE,
        )
        for row in part.rows
    ]
    if rows:
        yield RuledTable(head, rows, gap=2.0 if tight else 3.5, together=part.together)
    if part.note:
        yield hand.prose(part.note, QUIET, gap=1.5)


@_set.register
def _(part: Drawing, hand: Compositor, key: str, *, tight: bool) -> Iterator[Block]:  # noqa: ARG001 - others do
    picture = DrawnPicture(part.picture, hand, gap=2.5 if tight else 4.0)
    picture.keep_next = bool(part.caption)
    yield picture
    if part.caption:
        yield hand.prose(part.caption, QUIET, gap=1.2)


@_set.register
def _(part: PhotoPairs, hand: Compositor, key: str, *, tight: bool) -> Iterator[Block]:  # noqa: ARG001 - others do
    yield from pairs(part.pairs, hand)


def _cell(cell: str | Cell, hand: Compositor, ends: bool) -> Block:  # noqa: FBT001 - internal
    if isinstance(cell, str):
        return hand.figure(cell, SMALL) if ends else hand.text(cell, SMALL)
    if cell.tone is not None:
        return hand.pill(cell.words, cell.tone)
    style = SMALL_STRONG if cell.strong else SMALL
    return hand.figure(cell.words, style) if ends else hand.text(cell.words, style)


def _tile(figure: str, label: str, hand: Compositor) -> Block:
    words: list[Block] = [hand.figure(figure, COUNT, align="start"), hand.text(label, LABEL)]
    return Panel(Stack(words), padding=3.2, ground=RAISED)


__all__ = ["Part", "render"]
