"""The head of the report: what, where, when, who, and what it came to."""

from __future__ import annotations

from collections.abc import Iterator

from gemba.reports.facts import AssessmentFacts
from gemba.reports.paper.blocks import Block, Rule, Space, Stack
from gemba.reports.paper.columns import Columns
from gemba.reports.paper.frames import Panel
from gemba.reports.paper.look import (
    ACCENT,
    BODY,
    COUNT,
    EDGE,
    LABEL,
    LINE,
    PLACE,
    QUIET,
    RAISED,
    SMALL_STRONG,
    STRONG,
    TITLE,
    TONES,
    in_colour,
)
from gemba.reports.parts.compositor import Compositor, Marked
from gemba.reports.parts.score import ScoreFigure
from gemba.reports.summary import grades, summary
from gemba.wording import text

_AIR = 2.1
"""Above and below a fact, so that six of them are as high as the score beside them."""
_TILE = 41.0
"""Width of a count of findings when there is room for more."""


def cover(facts: AssessmentFacts, hand: Compositor) -> Iterator[Block]:
    """Title and place; facts beside the score; the summary."""
    yield _masthead(facts, hand)
    yield Rule(ACCENT, gap=2.0, thick=0.9)
    yield hand.text(facts.title, TITLE, gap=7.0).outlined(facts.title, "cover", 0)
    if facts.place:
        yield hand.text(facts.place, PLACE, gap=1.0)
    if facts.place_path:
        path = " › ".join(hand.notation.alone(name) for name in facts.place_path)
        yield hand.text(path, QUIET, gap=0.5)
    if facts.corrects:
        number = hand.notation.alone(facts.corrects)
        note = text("This assessment corrects {number} and stands in its place.", number=number)
        yield Panel(hand.text(note, STRONG), padding=3.0, ground=RAISED, bar=EDGE, gap=5.0)
    yield Columns([_facts(facts, hand), _score(facts, hand)], [0, 62], gutter=8.0, gap=8.0, together=True)
    if facts.findings:
        yield _counts(facts, hand)
    yield from _summary(facts, hand)


def _masthead(facts: AssessmentFacts, hand: Compositor) -> Block:
    accent = in_colour(SMALL_STRONG, ACCENT)
    return Columns(
        [hand.figure(facts.organisation, accent, align="start"), hand.figure(facts.kind_title, accent)], [0, 0]
    )


def _facts(facts: AssessmentFacts, hand: Compositor) -> Block:
    """Label and value, a hairline between."""
    notation = hand.notation
    template = " · ".join(part for part in (facts.template_title, facts.template_version) if part)
    rows = [
        (text("Number"), notation.alone(facts.number)),
        (text("Conducted by"), facts.person),
        (text("Started"), notation.moment(facts.started_at)),
        (text("Concluded"), text("not yet") if facts.draft else notation.moment(facts.concluded_at)),
        (text("Times in"), notation.zone_name(facts.started_at)),
        (text("Template"), template),
        (text("Questions drawn with"), notation.alone(facts.seed) if facts.seed else ""),
    ]
    blocks: list[Block] = []
    for label, value in rows:
        if value:
            blocks += [Rule(LINE, gap=_AIR if blocks else 0.0), _fact(label, value, hand)]
    return Stack([*blocks, Rule(LINE, gap=_AIR)])


def _fact(label: str, value: str, hand: Compositor) -> Block:
    shown = hand.figure(value, STRONG, align="start")
    return Columns([hand.text(label, in_colour(BODY, LABEL.colour)), shown], [32, 0], gap=_AIR)


def _score(facts: AssessmentFacts, hand: Compositor) -> Block:
    """The score as a figure in a ring, with the grade."""
    if facts.score is None:
        shown = hand.figure(text("not scored"), in_colour(STRONG, LABEL.colour), align="centre")
    else:
        shown = hand.figure(
            hand.notation.percent(facts.score), in_colour(TITLE, TONES[facts.grade_tone][0]), align="centre"
        )
    grade = in_colour(STRONG, TONES[facts.grade_tone][0])
    blocks: list[Block] = [ScoreFigure(shown, facts.score, facts.grade_tone)]
    if facts.grade_title:
        blocks.append(Stack([Space(3.0), hand.figure(facts.grade_title, grade, align="centre")]))
    return Panel(Stack(blocks), padding=5.0, ground=RAISED)


def _counts(facts: AssessmentFacts, hand: Compositor) -> Block:
    """How many findings of each grade, large."""
    tiles = []
    for title, tone, count in grades(facts.findings)[:5]:
        ink, ground = TONES[tone]
        figure = hand.figure(str(count), in_colour(COUNT, ink), align="start")
        label = hand.figure(title, in_colour(LABEL, ink), align="start")
        tiles.append(Panel(Stack([Marked(figure, tone, size=4.0, side="end"), label]), padding=2.8, ground=ground))
    free = [Stack([])] if len(tiles) < 4 else []
    shares = [_TILE] * len(tiles) + [0.0] if free else [0.0] * len(tiles)
    return Columns([*tiles, *free], shares, gutter=3.0, gap=7.0, together=True)


def _summary(facts: AssessmentFacts, hand: Compositor) -> Iterator[Block]:
    yield hand.heading(text("Summary"), "summary", level=1, gap=8.0)
    yield hand.text(summary(facts, hand.notation), gap=1.5)
    if facts.summary.strip():
        words = [hand.label(text("In the words of {person}", person=hand.notation.alone(facts.person or "–")))]
        yield Panel(Stack([*words, hand.prose(facts.summary.strip(), gap=0.8)]), padding=3.5, bar=ACCENT, gap=4.0)
